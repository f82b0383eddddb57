"""Checking a paper: a PDF dropped or chosen, a code typed or scanned; one sentence says what it is."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest

from deliberation_app import settings
from deliberation_app.services import meeting_file, papers_made
from deliberation_app.services.papers_asked import Asked
from deliberation_app.services.work import Work
from deliberation_app.storage.meetings import Meeting
from deliberation_app.ui.main_window import MainWindow
from deliberation_app.ui.verify_page import VerifyPage

Open = Callable[[Work], MainWindow]


@pytest.fixture
def asked(fresh_work: Work) -> Asked:
    """The agenda of the theme day."""
    found = meeting_file.import_file(fresh_work, settings.path("resources", "demo", "theme-day.json")).meeting_id
    return Asked(paper="agenda", meeting=found)


@pytest.fixture
def page(open_main: Open, fresh_work: Work, asked: Asked, qtbot) -> VerifyPage:
    """The page, opened from the minutes."""
    window = open_main(fresh_work)
    with fresh_work.read() as session:
        window.shell.desk.unit_id = session.get_one(Meeting, asked.meeting).unit_id
    window.shell.navigate("minutes")
    window.shell.page().verify_act.click()
    return window.shell.page()


def move(work: Work, meeting: uuid.UUID) -> None:
    """The meeting is held elsewhere: its papers say something else."""
    with work.act("meetings.edit") as act:
        act.get_one(Meeting, meeting).place = "另一间会议室"


def drop(page: VerifyPage, file: Path) -> None:
    """Let a file fall on the page."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    page.dropEvent(
        QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton,
                   Qt.KeyboardModifier.NoModifier)
    )  # fmt: skip


def test_a_dropped_file_is_known_then_older_then_unknown(
    page: VerifyPage, fresh_work: Work, asked: Asked, tmp_path: Path, qtbot
) -> None:
    """Word for word the same; older once it says something else; unknown if nobody printed it here."""
    papers_made.write(fresh_work, asked, tmp_path / "a.pdf")
    drop(page, tmp_path / "a.pdf")
    qtbot.waitUntil(page.answer_card.isVisible)
    assert page.answer_head.text() == "It says word for word what is kept here."
    move(fresh_work, asked.meeting)
    drop(page, tmp_path / "a.pdf")
    qtbot.waitUntil(page.answer_card.isVisible)
    assert page.answer_head.text() == "This is an older version."
    assert "会议议程" in page.answer_title.text()
    unprinted = papers_made.made(fresh_work, Asked(paper="notice", meeting=asked.meeting)).pdf
    (tmp_path / "b.pdf").write_bytes(unprinted)
    drop(page, tmp_path / "b.pdf")
    qtbot.waitUntil(page.answer_card.isVisible)
    assert page.answer_head.text() == "This paper is not known here."
    assert not page.show_paper.isVisible()


def test_what_is_no_pdf_is_a_sentence(page: VerifyPage, tmp_path: Path, qtbot) -> None:
    """A picture or a text is refused, and says so."""
    (tmp_path / "a.pdf").write_text("no paper", encoding="utf-8")
    drop(page, tmp_path / "a.pdf")
    qtbot.waitUntil(page.error_line.isVisible)
    assert "can be opened" in page.error_line.accessibleName()


def test_the_code_typed_as_it_is_read_aloud(page: VerifyPage, fresh_work: Work, asked: Asked, tmp_path: Path) -> None:
    """Four groups and Enter; the answer leads to the paper."""
    content = papers_made.write(fresh_work, asked, tmp_path / "a.pdf").content_sha256
    QTest.keyClicks(page.digits.editor, content[:16])
    QTest.keyClick(page.digits.editor, Qt.Key.Key_Return)
    assert page.answer_head.text() == "This code belongs to the version of now."
    assert "hold the sheet against" in page.answer_hint.text()
    assert page.show_paper.hasFocus()
    window = page.window()
    QTest.keyClick(page.show_paper, Qt.Key.Key_Space)
    assert window.shell.at()[0] == "paper"


def test_a_scanner_types_the_whole_code(page: VerifyPage, fresh_work: Work, asked: Asked, tmp_path: Path) -> None:
    """Number and digits in one go; no key is needed after it."""
    content = papers_made.write(fresh_work, asked, tmp_path / "a.pdf").content_sha256
    move(fresh_work, asked.meeting)
    page.digits.editor.insert("〔2026〕第3次 " + " ".join(content[at : at + 4] for at in range(0, 16, 4)))
    assert page.answer_card.isVisible()
    assert page.answer_head.text() == "This is an older version."


def test_a_code_that_is_none_or_unknown(page: VerifyPage) -> None:
    """Too short is said in the error line; unknown in the answer; typing on hides the answer."""
    QTest.keyClicks(page.digits.editor, "12")
    QTest.keyClick(page.digits.editor, Qt.Key.Key_Return)
    assert "16 digits" in page.error_line.accessibleName()
    page.digits.editor.clear()
    QTest.keyClicks(page.digits.editor, "0123456789abcdef")
    QTest.keyClick(page.digits.editor, Qt.Key.Key_Return)
    assert page.answer_head.text() == "This code is not known here."
    QTest.keyClick(page.digits.editor, Qt.Key.Key_Backspace)
    assert not page.answer_card.isVisible()


@pytest.mark.parametrize("heard", ["wide", "spoken", "letters"])
def test_what_eye_and_ear_make_of_a_code(
    page: VerifyPage, fresh_work: Work, asked: Asked, tmp_path: Path, heard: str
) -> None:
    """Full-width digits, single signs with capital letters, O and I for 0 and 1."""
    code = papers_made.write(fresh_work, asked, tmp_path / "a.pdf").content_sha256[:16]
    said = {
        "wide": "".join(chr(ord(sign) + 0xFEE0) for sign in code),
        "spoken": "、".join(code.upper()),
        "letters": code.replace("0", "O").replace("1", "I"),
    }[heard]
    page.digits.set_value(said)
    page.look_up.click()
    assert page.answer_head.text() == "This code belongs to the version of now."


def test_a_scanner_types_wherever_the_focus_is(
    page: VerifyPage, fresh_work: Work, asked: Asked, tmp_path: Path
) -> None:
    """Its keys reach the field from a button too; its Enter does not leave the page."""
    content = papers_made.write(fresh_work, asked, tmp_path / "a.pdf").content_sha256
    page.choose.setFocus()
    QTest.keyClick(page.choose, content[0])
    assert page.digits.editor.hasFocus()
    assert page.digits.value() == content[0]
    page.digits.editor.insert(" and more words before " + content[:16])
    assert page.answer_card.isVisible()
    assert page.digits.editor.hasFocus()
    QTest.keyClick(page.digits.editor, Qt.Key.Key_Return)
    assert page.window().shell.at()[0] == "verify"
    assert page.answer_head.text() == "This code belongs to the version of now."

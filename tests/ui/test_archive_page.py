"""The archive by real keys: files and what is missing, ticks, reasons, scans dropped, the year handed over."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QThread, QTimer, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLayout

from deliberation_app import settings
from deliberation_app.services import archive, archive_year, enclosures, meeting_file
from deliberation_app.services.work import Work
from deliberation_app.ui.archive_page import ArchivePage
from deliberation_app.ui.archive_year import ArchiveYear
from deliberation_app.ui.kit.desk import Desk

Went = list[tuple[str, dict[str, object]]]


@pytest.fixture
def unit(fresh_work: Work) -> uuid.UUID:
    """The courtyard of the demonstration with its two meetings."""
    for name in ("shandalu194-consultation", "shandalu194-owners-vote"):
        found = meeting_file.import_file(fresh_work, settings.path("resources", "demo", f"{name}.json"))
    with fresh_work.read() as session:
        return session.get_one(archive.Meeting, found.meeting_id).unit_id


@pytest.fixture
def went() -> Went:
    """Where the page went, and what it said."""
    return []


@pytest.fixture
def desk(fresh_work: Work, unit: uuid.UUID, desk_settings, went: Went) -> Desk:
    """A desk that remembers."""
    return Desk(
        fresh_work, unit, desk_settings, lambda name, **where: went.append((name, where)),
        lambda words, **_more: went.append(("toast", {"words": words})),
    )  # fmt: skip


@pytest.fixture
def page(app_dressed, desk: Desk, qtbot) -> Iterator[ArchivePage]:
    """The page by itself, told of every change as the shell does."""
    made = ArchivePage(desk)
    qtbot.addWidget(made)
    made.resize(1086, 690)
    made.refresh()
    made.show()
    qtbot.waitExposed(made)
    made.shown()
    stop = desk.work.changed(lambda _parts: _again(made))
    yield made
    stop()


def _again(page: ArchivePage | ArchiveYear) -> None:
    """Read again in the thread of the window, whichever thread did the act."""
    if QThread.currentThread() == page.thread():
        page.refresh()
    else:
        QTimer.singleShot(0, page, page.refresh)


def _words(page: ArchivePage) -> list[str]:
    return [page.pane.acts.itemAt(at).widget().text() for at in range(page.pane.acts.count())]


def _choose(page: ArchivePage, paper: str) -> archive.FileLine:
    page.pane.lines.choose(paper)
    page.pane.lines.setFocus()
    page.pane._tell_acts()
    found = page.pane.chosen()
    assert found is not None
    return found


def test_the_latest_file_is_shown_with_what_is_missing(page: ArchivePage) -> None:
    first = page.found[0]
    assert page.pane.view.id == first.id
    row = page.rows.rows.rows[0]
    assert row.status == f"{first.red} missing"
    assert (row.status_icon, row.status_tone) == ("failed", "bad")
    assert page.pane.lines.rows.rows[0].status in ("Missing", "To explain", "There")


def test_arrows_choose_a_file_and_enter_goes_into_it(page: ArchivePage) -> None:
    page.rows.setFocus()
    QTest.keyClick(page.rows, Qt.Key.Key_Down)
    assert page.pane.view.id == page.found[1].id
    QTest.keyClick(page.rows, Qt.Key.Key_Return)
    assert page.pane.lines.hasFocus()
    QTest.keyClick(page.pane.lines, Qt.Key.Key_Escape)
    assert page.rows.hasFocus()


def test_a_paper_is_ticked_off_by_keys_and_taken_back(page: ArchivePage, went: Went) -> None:
    key = page.pane.view.id
    _choose(page, "record")
    assert _words(page) == ["In the paper file", "Take in a scan"]
    page.pane.acts.itemAt(0).widget().click()
    QTest.keyClicks(QApplication.focusWidget(), "box 2")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    line = next(one for one in archive.file(page.desk.work, "meeting", key).lines if one.paper == "record")
    assert (line.state, line.pieces[-1].title) == ("there", "box 2")
    assert went[-1][0] == "toast"
    _choose(page, "record")
    assert "Not in the paper file" in _words(page)
    page.desk.work.undo()
    assert page.pane.chosen().state == "missing"


def test_a_reason_is_given_by_keys_and_esc_leaves_the_question(page: ArchivePage) -> None:
    _choose(page, "photo")
    page.pane.acts.itemAt(_words(page).index("Say why")).widget().click()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert page.pane.foot.isVisible()
    page.pane.acts.itemAt(_words(page).index("Say why")).widget().click()
    QApplication.focusWidget().insert("那天没有拍照")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert page.pane.chosen().state == "excused"
    assert page.pane.lines.rows.rows[[row.id for row in page.pane.lines.rows.rows].index("photo")].status == "Explained"


def test_a_period_of_practice_is_changed_and_a_wrong_one_said_in_place(page: ArchivePage) -> None:
    _choose(page, "notice")
    page.pane.acts.itemAt(_words(page).index("How long")).widget().click()
    line = QApplication.focusWidget()
    line.clear()
    line.insert("long")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert page.pane.ask.error_line.isVisible()
    line.clear()
    line.insert("30年")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert page.pane.chosen().keep == "30年"
    assert "How long" not in _words(page)


def test_two_orders_of_one_file(page: ArchivePage) -> None:
    happened = [row.id for row in page.pane.lines.rows.rows]
    page.pane.order.setFocus()
    page.pane.order.choose("archive")
    page.pane._reorder("archive")
    filed = [row.id for row in page.pane.lines.rows.rows]
    assert sorted(filed) == sorted(happened)
    assert filed.index("record") < filed.index("sign_in_sheet")
    assert happened.index("sign_in_sheet") < happened.index("record")


def test_filters_change_what_is_listed(page: ArchivePage) -> None:
    assert len(page.found) == 2
    page.about.choose("item")
    page._filter()
    assert {view.about for view in page.found} == {"item"}
    page.year.setCurrentIndex(0)
    page.which.choose("incomplete")
    page._filter()
    assert all(view.colour != "green" for view in page.found)
    page.about.choose("meeting")
    page.kind.setCurrentIndex(0)
    page._filter()
    page.kind.setCurrentIndex(page.kind.findData("theme_day"))
    page._filter()
    assert page.found == []
    assert page.empty.isVisible()


def test_dropped_files_are_said_what_they_are_and_taken_in_once(page: ArchivePage, tmp_path: Path, qtbot) -> None:
    meeting = page.pane.view.id
    folder = tmp_path / "scans"
    folder.mkdir()
    for number in range(2):
        (folder / f"IMG_{number}.jpg").write_bytes(b"\xff\xd8\xff\xe0" + str(number).encode())
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(folder))])
    page.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
                              Qt.KeyboardModifier.NoModifier))  # fmt: skip
    qtbot.waitUntil(lambda: len(page.arrivals.found) == 2)
    assert page.arrivals.isVisible()
    assert page.arrivals.take.text() == "Take in 2 files"
    page.arrivals.rows.choose("1")
    page.arrivals._tell_chosen()
    page.arrivals.paper.set_value("sign_in_sheet")
    page.arrivals._assign()
    assert "Sign-in sheet" in page.arrivals.rows.rows.rows[1].hint
    page.arrivals.take.setFocus()
    QTest.keyClick(page.arrivals.take, Qt.Key.Key_Space)
    qtbot.waitUntil(page.arrivals.isHidden)
    kept = enclosures.listed(page.desk.work, "meeting", meeting)
    assert sorted(one.paper for one in kept) == ["photo", "sign_in_sheet"]
    _choose(page, "sign_in_sheet")
    page.pane.acts.itemAt(_words(page).index("Take out")).widget().click()
    QApplication.focusWidget().insert("放错了")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert [one.paper for one in enclosures.listed(page.desk.work, "meeting", meeting)] == ["photo"]
    page.desk.work.undo()
    page.take_in([folder])
    qtbot.waitUntil(lambda: len(page.arrivals.found) == 2)
    assert not page.arrivals.take.isEnabled()
    QTest.keyClick(page.arrivals.rows, Qt.Key.Key_Escape)
    assert page.arrivals.isHidden()
    page.desk.work.undo()
    assert enclosures.listed(page.desk.work, "meeting", meeting) == ()


def test_a_whole_file_is_exported(page: ArchivePage, tmp_path: Path, went: Went, qtbot, monkeypatch) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_more: str(tmp_path / "out"))
    page.pane.export.setFocus()
    QTest.keyClick(page.pane.export, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: any(name == "toast" for name, _where in went))
    qtbot.waitUntil(page.pane.export.isEnabled)
    folder = next((tmp_path / "out").iterdir())
    assert any(one.name.endswith("卷内目录.pdf") for one in folder.iterdir())


def test_a_narrow_page_shows_list_and_file_in_turn(page: ArchivePage) -> None:
    page.layout().setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
    page.setMinimumSize(0, 0)
    page.resize(620, 800)
    QApplication.processEvents()
    assert page.list_card.isVisible()
    assert not page.pane.isVisible()
    page.rows.setFocus()
    QTest.keyClick(page.rows, Qt.Key.Key_Return)
    assert page.pane.isVisible()
    assert not page.list_card.isVisible()
    QTest.keyClick(page.pane.lines, Qt.Key.Key_Escape)
    assert page.list_card.isVisible()


@pytest.fixture
def year(app_dressed, desk: Desk, unit: uuid.UUID, qtbot) -> Iterator[ArchiveYear]:
    """The year with two papers on paper."""
    for row in archive.page(desk.work, unit, "meeting").rows:
        archive.tick(desk.work, "meeting", row.id, "record", there=True, pages=4)
    made = ArchiveYear(desk)
    qtbot.addWidget(made)
    made.resize(1150, 690)
    made.refresh()
    made.show()
    qtbot.waitExposed(made)
    made.shown(year=2026)
    stop = desk.work.changed(lambda _parts: _again(made))
    yield made
    stop()


def test_the_year_is_handed_over_by_keys_and_taken_back(year: ArchiveYear, unit: uuid.UUID) -> None:
    assert year.model.rowCount() == 2
    assert year.hand.kind() == "primary"
    QTest.keyClick(year.hand, Qt.Key.Key_Space)
    receiver = year.ask._ask.fields[1][1].editor
    receiver.setFocus()
    receiver.insert("李归档")
    QTest.keyClick(receiver, Qt.Key.Key_Return)
    assert archive_year.year_list(year.desk.work, unit, 2026).handed.receiver == "李归档"
    assert not year.hand.isVisible()
    assert "李归档" in year.note.text()
    year.desk.work.undo()
    assert year.hand.isVisible()


def test_the_papers_of_the_year_and_the_sheet(year: ArchiveYear, went: Went, tmp_path: Path, monkeypatch) -> None:
    QTest.keyClick(year.papers["spine"], Qt.Key.Key_Space)
    assert went[-1] == ("archive_paper", {"paper": "spine", "year": 2026})
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_more: (str(tmp_path / "a"), ""))
    QTest.keyClick(year.excel, Qt.Key.Key_Space)
    assert (tmp_path / "a.xlsx").read_bytes().startswith(b"PK")

"""One item from a slip on the wish wall to the posted outcome, through the windows; its file green, then red."""

from __future__ import annotations

import shutil
import sqlite3
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from sqlalchemy import update
from sqlalchemy.orm import Session

from deliberation_app.domain.votes_count import percent
from deliberation_app.services import archive, papers_list
from deliberation_app.services.archive import FileLine
from deliberation_app.services.archive_evidence import Piece
from deliberation_app.services.work import Work, open_work
from deliberation_app.storage.agenda import AgendaItem
from deliberation_app.storage.archive import Enclosure, FileNote, PrintedPaper
from deliberation_app.storage.minutes import Minutes
from deliberation_app.storage.notices import Publication
from deliberation_app.storage.tasks import Task
from deliberation_app.storage.voices import Voice
from deliberation_app.ui.main_window import MainWindow
from tests.ui.whole_way import Way
from tests.ui.whole_way_hands import ASSEMBLY, Clock, Files, answer, press, register

Open = Callable[[Work], MainWindow]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the records of the first walk are kept for the tests after it."""
    return tmp_path_factory.mktemp("way") / "walked.sqlite"


@pytest.fixture
def way(
    open_main: Open, branch_work: Work, kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: Any
) -> Way:
    """The main window at the end of the way: walked by the first test that asks, opened again by the others."""
    clock, files = Clock(), Files(tmp_path, monkeypatch)
    if kept.exists():
        work = open_work(shutil.copy(kept, tmp_path / "walked.sqlite"), clock=clock, user_name="尹记录")
        clock.to(12, 8)
        made = Way(open_main(work), work, clock, files, qtbot)
        made.find_again()
        return made
    branch_work.clock = clock
    register(branch_work)
    made = Way(open_main(branch_work), branch_work, clock, files, qtbot)
    made.window.resize(1366, 768)
    walk(made)
    with sqlite3.connect(made.file) as source, sqlite3.connect(kept) as copy:
        source.backup(copy)
    return made


def walk(way: Way) -> None:
    """The whole way, with the days it takes."""
    way.note_the_slip()
    way.make_it_an_item()
    way.write_the_facts()
    way.link_the_assembly(ASSEMBLY)
    way.call_the_meeting()
    way.give_notice()
    way.hold_it()
    way.sign_the_record()
    way.move_on("discussed")
    way.move_on("decided")
    way.clock.to(10, 28)
    way.make_papers("delivery_list", "tally_sheet", "result", "summary", "leave_list")
    way.scan("meeting", "sign_in_sheet", "delivery_list", "tally_sheet", "photo")
    way.post("decision", checked=True)
    way.clock.to(11, 16)
    way.take_down("decision")
    way.do_the_tasks()
    way.clock.to(11, 18)
    way.survey()
    way.post("outcome", checked=False)
    way.tell_the_raisers()
    way.clock.to(12, 8)
    way.take_down("outcome")
    way.number_the_file()
    way.move_on("shared")
    way.scan("item", "satisfaction_form", "satisfaction_count")
    way.make_papers("opinion_sheet", "posting", "task_list", "closing_form", "archive_cover", "archive_list")


def test_every_paper_is_made_the_files_are_green_and_red_without_any(way: Way) -> None:
    _every_paper_was_made(way)
    for about, key in (("item", way.item), ("meeting", way.meeting)):
        view = archive.file(way.work, about, key)
        assert [one.paper for one in view.lines if one.state == "missing"] == []
        assert view.colour == "green"
        assert [one.paper for one in view.lines if one.state == "excused"] == []
        for line in (one for one in view.lines if one.level):
            assert _without(way.work, about, key, line) == {line.paper: line.level}


def _every_paper_was_made(way: Way) -> None:
    rows = papers_list.listed(way.work, way.meeting).rows
    assert {row.asked.paper for row in rows if row.there and row.state in ("ready", "lacking")} == set()
    with way.work.read() as session:
        made = {row.paper for row in session.query(PrintedPaper)}
    assert made >= {row.asked.paper for row in rows if row.there} - {"record"}


def _without(work: Work, about: archive.About, key: uuid.UUID, line: FileLine) -> dict[str, str]:
    """What a file lacks, and how gravely, once everything that proves this paper is taken away."""
    with Session(work.engine) as session:
        session.info["known"] = work.known
        for piece in line.pieces:
            for statement in _taken(piece, key):
                session.execute(statement)
        view = archive.file_of(session, about, key)
        session.rollback()
    return {one.paper: one.colour for one in view.lines if one.state == "missing"}


def _taken(piece: Piece, item: uuid.UUID) -> list[Any]:
    """The sentences that take a proof away."""
    if piece.opens == "enclosure":
        return [update(Enclosure).where(Enclosure.id == piece.key).values(removed_at=piece.at)]
    if piece.opens == "printed":
        return [update(PrintedPaper).where(PrintedPaper.id == piece.key).values(meeting_id=None, item_id=None)]
    if piece.opens == "note":
        return [update(FileNote).where(FileNote.id == piece.key).values(way="gone")]
    if piece.opens == "record":
        return [update(Minutes).where(Minutes.meeting_id == piece.key).values(signed_at=None)]
    posts = update(Publication).where(Publication.item_id == item)
    return {
        "opinion_sheet": [update(Voice).where(Voice.item_id == item).values(channel=None)],
        "survey_facts": [update(AgendaItem).where(AgendaItem.id == item).values(background=None)],
        "task_evidence": [update(Task).where(Task.item_id == item).values(evidence=None)],
        "decision_posting": [posts.where(Publication.about == "decision").values(item_id=uuid.UUID(int=0))],
        "outcome_posting": [posts.where(Publication.about == "outcome").values(taken_down_on=None)],
        "told": [posts.values(told=None), update(Voice).where(Voice.item_id == item).values(told_at=None)],
    }[piece.paper]


def test_a_scan_taken_out_in_the_window_turns_the_file_red_until_it_is_taken_back(way: Way) -> None:
    page = way.go("archive", item=str(way.item))
    assert page.pane.view.colour == "green"
    page.pane.lines.setFocus()
    QTest.keyClick(page.pane.lines, Qt.Key.Key_Home)
    for _row in page.pane.view.lines:
        if page.pane.chosen().paper == "satisfaction_count":
            break
        QTest.keyClick(page.pane.lines, Qt.Key.Key_Down)
    press(page.pane, "Take out")
    answer(page.pane.ask, reason="扫错了")
    assert page.pane.view.colour == "red"
    assert page.rows.rows.rows[0].status == "1 missing"
    QTest.keyClick(page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert page.pane.view.colour == "green"


# What the windows count, against questions of one's own to the database.
SUMS = {
    "received": "SELECT count(*) FROM voice",
    "refused": "SELECT count(*) FROM voice WHERE refused_at IS NOT NULL",
    "closed": "SELECT count(*) FROM voice WHERE refused_at IS NULL AND told_at IS NOT NULL",
    "raised": "SELECT count(*) FROM item WHERE raised_at LIKE '2026%'",
    "shared": "SELECT count(DISTINCT item_id) FROM item_step WHERE stage = 'shared'",
    "meetings": "SELECT count(*) FROM meeting WHERE closed_at IS NOT NULL AND cancelled_at IS NULL",
    "tasks_due": "SELECT count(*) FROM task WHERE due BETWEEN '2026-01-01' AND '2026-12-31'",
    "surveys": "SELECT count(*) FROM evaluation WHERE held_on LIKE '2026%'",
    "posted": "SELECT count(*) FROM publication WHERE posted_on LIKE '2026%'",
    "unanswered": "SELECT count(*) FROM statement q WHERE q.side = 'raise' AND q.promised_by IS NULL"
                  " AND NOT EXISTS (SELECT 1 FROM statement a WHERE a.answers_id = q.id)",
}  # fmt: skip
_OF_CLOSED = "FROM attendance JOIN meeting m ON m.id = meeting_id WHERE m.closed_at IS NOT NULL AND capacity = 'voting'"
_ANSWERS = ("very_satisfied", "satisfied", "fairly_satisfied", "dissatisfied", "unsure")
RATES = {
    "attendance": (f"SELECT count(*) {_OF_CLOSED} AND status = 'present'", f"SELECT count(*) {_OF_CLOSED}"),
    "pass_rate": ("SELECT count(*) FROM vote WHERE passed", "SELECT count(*) FROM vote WHERE quorate IS NOT NULL"),
    "tasks_done_rate": ("SELECT count(*) FROM task WHERE state = 'done'", "SELECT count(*) FROM task"),
    "strict": (
        "SELECT sum(responses ->> 'very_satisfied' + responses ->> 'satisfied') FROM evaluation",
        f"SELECT sum({' + '.join(f'coalesce(responses ->> {name!r}, 0)' for name in _ANSWERS)}) FROM evaluation",
    ),
}


def test_the_figures_that_are_shown_equal_an_independent_count(way: Way) -> None:
    with sqlite3.connect(way.file) as database:
        asked = {key: database.execute(sentence).fetchone()[0] for key, sentence in SUMS.items()}
        rates = {
            key: tuple(database.execute(sentence).fetchone()[0] for sentence in pair) for key, pair in RATES.items()
        }
        stages = dict(database.execute("SELECT stage, count(*) FROM item GROUP BY stage"))
    page = way.go("figures")
    way.qtbot.waitUntil(lambda: page.told is not None)
    shown = {line.key: line for line in page.model.rows}
    assert {key: shown[key].value for key in SUMS} == {key: str(count) for key, count in asked.items()}
    assert {key: shown[key].sum for key in RATES} == {key: f"{part}÷{whole}" for key, (part, whole) in rates.items()}
    assert {key: shown[key].value for key in RATES} == {key: percent(*pair) for key, pair in rates.items()}
    assert {bar.key: bar.part for bar in page.stages.chart.bars if bar.part} == stages
    home = way.go("home")
    assert {stage: button._count for stage, button in home.strip.stages.items() if button._count} == stages
    scored = way.go("evaluation", view="category")
    scored.refresh()
    (row,) = scored.sums.rows
    assert (row.name, row.surveys, row.strict.text) == ("照明", asked["surveys"], percent(*rates["strict"]))
    assert (row.strict.part, row.strict.whole) == rates["strict"]
    said = way.go("voices", view="figures").figures
    said.kind.choose("year")
    said.read()
    told = {one.accessibleName() for one in said.cards[0].findChildren(QWidget)}
    closed, accepted = asked["closed"], asked["received"] - asked["refused"]
    wanted = {f"Voices received {asked['received']}", f"Voices accepted {accepted}",
              f"In progress {accepted - closed}", f"Closure rate {percent(closed, accepted)}"}  # fmt: skip
    assert wanted <= told

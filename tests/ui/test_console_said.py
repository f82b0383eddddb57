"""The list of what was said: lines that stay stay, pixels that stand there move, and what is new is painted."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from deliberation_app.services.board_picture import Said
from deliberation_app.ui.console_said import lines_of
from deliberation_app.ui.console_said_list import SaidDelegate, SaidPane

_KEYS = [uuid.UUID(int=number) for number in range(12)]


def said(number: int, side: str | None = None, answers: int | None = None, text: str = "先划线。") -> Said:
    """A statement of somebody."""
    at = datetime(2026, 10, 24, 6, number, tzinfo=UTC)
    return Said(_KEYS[number], None, f"居民{number}", "", at, side, text,
                None if answers is None else _KEYS[answers], None, False, False)  # fmt: skip


ONE = st.builds(
    said, st.integers(0, 11), st.sampled_from([None, "raise", "answer"]), st.none() | st.integers(0, 11),
    st.sampled_from(["先划线。", "再收费，" * 30]),
)  # fmt: skip
SOME = st.lists(ONE, max_size=12, unique_by=lambda one: one.id)


def test_the_day_is_told_where_another_sitting_begins() -> None:
    days = (0, 0, 4, 4)
    words = [replace(said(number), at=said(number).at + timedelta(days=day)) for number, day in enumerate(days)]
    assert [line.time() for line in lines_of(words)] == ["14:00", "14:01", "28 Oct 14:02", "14:03"]
    assert lines_of(words, lines_of(words[:3]))[3].day is None


@given(before=SOME, kept=st.integers(0, 12), after=SOME)
def test_lines_kept_from_before_are_those_made_anew(before: list[Said], kept: int, after: list[Said]) -> None:
    known = {one.id for one in before[:kept]}
    now = [*before[:kept], *(one for one in after if one.id not in known)]
    assert lines_of(now, lines_of(before)) == lines_of(now)


@pytest.fixture
def pane(app_dressed, qtbot) -> SaidPane:
    """A pane of its own, in which some statements stand and more than there is room for."""
    made = SaidPane()
    qtbot.addWidget(made)
    made.resize(600, 300)
    made.show()
    show(made, 6)
    return made


def test_an_empty_list_says_what_to_do(pane: SaidPane) -> None:
    pane.tell_nothing(live=True)
    assert not pane.nothing.isVisible()
    pane.show_said(())
    pane.tell_nothing(live=True)
    assert pane.nothing.isVisible()
    assert "initials" in pane.nothing.text()
    pane.tell_nothing(live=False)
    assert pane.nothing.text() == "Nobody has spoken on this item yet."
    pane.show_only_open(only=True)
    assert pane.nothing.text().startswith("Every question has an answer.")
    pane.resize(120, 32)  # words that would be cut
    assert not pane.nothing.isVisible()


def show(pane: SaidPane, count: int, text: str = "先划线，再收费，钱要公开。") -> tuple[Said, ...]:
    """Show so many statements, and let them be painted."""
    statements = tuple(_made.setdefault((number, text), said(number, None, None, text)) for number in range(count))
    pane.show_said(statements)
    for _round in range(3):
        QApplication.processEvents()
    return statements


_made: dict[tuple[int, str], Said] = {}


def on_screen(pane: SaidPane) -> QImage:
    """What stands on the screen, as it was painted step by step."""
    return pane.screen().grabWindow(pane.winId()).toImage().convertToFormat(QImage.Format.Format_RGB32)


def whole(pane: SaidPane) -> QImage:
    """The same, painted anew."""
    return pane.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def test_a_new_statement_moves_the_others_up_and_is_painted_alone(pane: SaidPane, monkeypatch) -> None:
    painted: list[uuid.UUID] = []
    head = SaidDelegate._paint_head
    monkeypatch.setattr(
        SaidDelegate, "_paint_head", lambda self, *values: (painted.append(values[-1].said.id), head(self, *values))
    )
    show(pane, 7)
    assert painted == [_KEYS[6]]
    assert on_screen(pane) == whole(pane)


def test_what_stands_on_the_screen_is_what_would_be_painted_anew(pane: SaidPane) -> None:
    high = "先划线，再收费，钱要公开。" * 9
    for count, text in ((7, ""), (8, ""), (5, ""), (6, high), (7, high), (9, high), (2, ""), (3, ""), (10, "")):
        show(pane, count, text or "先划线。")
        assert on_screen(pane) == whole(pane)
    bar = pane.list.verticalScrollBar()
    for value in (bar.maximum() - 7, 0, bar.maximum() - 30, bar.maximum()):
        bar.setValue(value)
        QApplication.processEvents()
        assert on_screen(pane) == whole(pane)
    pane.resize(420, 260)
    show(pane, 11)
    assert on_screen(pane) == whole(pane)


def test_the_oldest_is_seen_whole_and_nothing_is_cut_at_the_newest(pane: SaidPane) -> None:
    listed, last = pane.list, pane.list.lines.index(5, 0)
    assert listed.visualRect(last).bottom() == listed.viewport().height() - 1
    first = listed.lines.index(0, 0)
    listed.verticalScrollBar().setValue(0)
    assert listed.visualRect(first).top() == 0
    assert pane.list.geometry() == pane.rect()


def test_few_statements_lie_at_the_line(pane: SaidPane) -> None:
    show(pane, 2)
    assert pane.list.geometry().bottom() == pane.rect().bottom()
    assert pane.list.geometry().height() == sum(pane.list.highs)


def test_the_first_key_chooses_the_newest_and_brings_it_into_sight(pane: SaidPane) -> None:
    show(pane, 9)
    pane.list.setFocus()
    QApplication.processEvents()
    assert pane.list.chosen() is None
    QTest.keyClick(pane.list, Qt.Key.Key_Up)
    assert pane.list.chosen().id == _KEYS[8]
    pane.resize(600, 200)  # the bar of its actions takes its room
    for _round in range(3):
        QApplication.processEvents()
    assert pane.list.viewport().rect().contains(pane.list.visualRect(pane.list.currentIndex()))
    for _times in range(8):
        QTest.keyClick(pane.list, Qt.Key.Key_Up)
    assert pane.list.chosen().id == _KEYS[0]
    assert pane.list.viewport().rect().contains(pane.list.visualRect(pane.list.currentIndex()))


def test_a_statement_higher_than_the_list_is_read_by_keys_from_end_to_beginning(pane: SaidPane) -> None:
    show(pane, 3, "先划线，再收费，钱要公开。" * 120)
    pane.list.setFocus()
    QTest.keyClick(pane.list, Qt.Key.Key_Up)
    place = pane.list.visualRect
    assert place(pane.list.currentIndex()).bottom() < pane.list.viewport().height()
    seen = []
    while pane.list.chosen().id == _KEYS[2]:
        seen.append(place(pane.list.currentIndex()).top())
        QTest.keyClick(pane.list, Qt.Key.Key_PageUp)
    assert seen[-1] == 0
    assert len(seen) > 3
    for _to_its_beginning_and_to_the_oldest in range(2):
        QTest.keyClick(pane.list, Qt.Key.Key_Home)
    assert (pane.list.chosen().id, place(pane.list.currentIndex()).top()) == (_KEYS[0], 0)
    QTest.keyClick(pane.list, Qt.Key.Key_Down)
    assert (pane.list.chosen().id, place(pane.list.currentIndex()).top() < 0) == (_KEYS[0], True)
    QTest.keyClick(pane.list, Qt.Key.Key_End)
    QTest.keyClick(pane.list, Qt.Key.Key_Down)
    assert (pane.list.chosen().id, place(pane.list.currentIndex()).top()) == (_KEYS[1], 0)

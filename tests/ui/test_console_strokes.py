"""How little an act moves in the console: what is laid out, filled and painted for it, counted."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtWidgets import QApplication

from deliberation_app.services import floor
from deliberation_app.storage.people import Person
from deliberation_app.ui.projector_canvas import region
from tests.ui.console_meeting import Hands, Held

F = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class Count(QObject):
    """Counts the events of one kind that a widget is sent."""

    def __init__(self, watched: QObject, kind: QEvent.Type) -> None:
        super().__init__()
        self.kind, self.count = kind, 0
        watched.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Count, and let everything happen."""
        self.count += event.type() == self.kind
        return False


def test_the_frame_fills_the_window_and_no_act_moves_it(hands: Hands, meeting: Held) -> None:
    frame = hands.window.frame
    hands.window.resize(1300, 800)
    QApplication.processEvents()
    assert frame.geometry() == hands.window.rect()
    moved = Count(frame, QEvent.Type.ChildAdded)  # a window with a layout of its own would animate the frame
    floor.give(meeting.work, meeting.meeting, meeting.people["甄租住"])
    QApplication.processEvents()
    assert moved.count == 0


def test_a_frame_made_anew_takes_the_place_of_the_old(hands: Hands) -> None:
    old = hands.window.frame
    hands.window._build()
    QApplication.processEvents()
    assert hands.window.frame is not old
    assert hands.window.frame.isVisible()
    assert not old.isVisible()
    assert hands.window.frame.geometry() == hands.window.rect()


def test_the_verdict_comes_into_sight_in_one_stroke(hands: Hands, meeting: Held) -> None:
    floor.note(meeting.work, meeting.meeting, text="57辆车抢31个位子。", speaker_id=meeting.people["甄租住"])
    QApplication.processEvents()
    hands.key(F.Key_F8)
    verdict = hands.window.frame.vote.verdict
    assert not verdict.isVisible()
    shown, laid_out = Count(verdict, QEvent.Type.Show), Count(verdict, QEvent.Type.Resize)
    for number in ("12", "4", "3"):
        hands.type(number)
        hands.enter()
    assert verdict.isVisible()
    assert verdict.told.title == "A majority is in favour"
    assert (shown.count, laid_out.count) == (1, 1)


def test_what_is_unsettled_is_listed_only_for_who_looks(hands: Hands, meeting: Held) -> None:
    panel = hands.window.frame.unfinished
    floor.note(meeting.work, meeting.meeting, text="租户怎么办？", side="raise", speaker_id=meeting.people["甄租住"])
    QApplication.processEvents()
    assert not panel.list.rows.rows
    hands.window.frame.show_page("unfinished")
    assert panel.list.rows.rows[0].title == "甄租住：租户怎么办？"


def test_the_tabs_say_the_moment_as_soon_as_they_are_seen(hands: Hands, meeting: Held) -> None:
    frame = hands.window.frame
    floor.queue(meeting.work, meeting.meeting, meeting.people["甄租住"])
    QApplication.processEvents()
    hands.window.resize(900, 700)
    QApplication.processEvents()
    assert frame.mode == "narrow"
    assert frame.tabs._group.button(2).text() == "Queue 1"


@pytest.mark.parametrize(("boxes", "parts"), [(3, 3), (40, 1)])
def test_many_parts_of_a_scene_are_painted_as_one(boxes: int, parts: int) -> None:
    found = region([QRectF(20, at * 26, 10, 10) for at in range(boxes)], 1.0, 0)
    assert found.rectCount() == parts
    assert found.contains(QRectF(20, (boxes - 1) * 26, 10, 10).toRect())


def settle() -> None:
    """Let one layout ask for the next until none is left."""
    for _ in range(6):
        QApplication.processEvents()


def test_the_next_speaker_moves_nothing_in_the_column(hands: Hands, meeting: Held) -> None:
    frame, people = hands.window.frame, meeting.people
    for name in ("甄租住", "冯㛃"):
        floor.give(meeting.work, meeting.meeting, people[name])
        settle()
    asked = Count(frame.talk_side, QEvent.Type.LayoutRequest)
    floor.give(meeting.work, meeting.meeting, people["陶堃"])
    settle()
    assert (frame.speaker._name.text(), frame.speaker._below.text()) == ("陶堃", "无车居民代表\nfirst time")
    assert asked.count == 0


def test_a_post_that_takes_more_lines_has_them(hands: Hands, meeting: Held) -> None:
    below, long = hands.window.frame.speaker._below, meeting.people["古丽娜尔·阿不都热西提"]
    with meeting.work.act("people.edit") as act:
        act.get_one(Person, long).post = "无车居民代表、志愿者、沿街商户代表、楼长、网格员"
    heights = []
    for person in (meeting.people["甄租住"], long, meeting.people["甄租住"]):
        floor.give(meeting.work, meeting.meeting, person)
        settle()
        heights.append(below.height())
        assert below.height() >= below.heightForWidth(below.width())
    assert heights[0] == heights[2] < heights[1]

"""What the foot tells beside the key that takes back: the act it would take, in the language of now."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from deliberation_app.services import floor
from deliberation_app.services.work import Work, open_work
from deliberation_app.ui.kit import forms
from tests.ui.console_meeting import Hands, Held

K = Qt.Key


@pytest.fixture
def elsewhere(meeting: Held, hands: Hands) -> Iterator[Work]:
    """Another run of the program on the same records."""
    work = open_work(str(meeting.work.engine.url.database), clock=meeting.clock, user_name="范例安", make=False)
    meeting.work.poll()
    yield work
    work.close()


def note(hands: Hands, text: str) -> None:
    """Note some words."""
    hands.window.frame.line.text.setFocus()
    hands.type(text)
    hands.enter()


def look(hands: Hands, meeting: Held) -> None:
    """Notice what other programs did."""
    meeting.work.poll()
    QApplication.processEvents()


def texts(meeting: Held) -> list[str]:
    return [one.text for one in meeting.board().statements]


def test_the_foot_shows_the_act_that_would_be_taken_back(hands: Hands, meeting: Held, elsewhere: Work) -> None:
    note(hands, "mine")
    assert hands.said() == "Noted: question of no name given"
    meeting.clock.to(15, 1, 30)
    floor.choose_seconds(elsewhere, meeting.meeting, 300)
    look(hands, meeting)
    foot = hands.window.frame.foot
    assert (hands.said(), foot.at()) == ("Speaking time chosen, 5 minutes each", "15:01:30")
    hands.ctrl(K.Key_Z)
    assert hands.said() == "Taken back: Speaking time chosen, 5 minutes each"
    assert texts(meeting) == ["mine"]
    elsewhere.undo()  # and then the other one takes back what was noted here
    look(hands, meeting)
    assert texts(meeting) == []
    assert "Noted" not in hands.said()


def test_what_was_done_here_keeps_its_own_words(hands: Hands, meeting: Held, elsewhere: Work) -> None:
    floor.note(elsewhere, meeting.meeting, text="there")
    look(hands, meeting)
    assert hands.said() == "Statement noted, there"
    note(hands, "here")
    look(hands, meeting)
    assert hands.said() == "Noted: question of no name given"
    hands.ctrl(K.Key_Z)
    look(hands, meeting)
    assert hands.said() == "Taken back: Statement noted, here"
    assert texts(meeting) == ["there"]


def test_the_foot_follows_a_change_of_language(hands: Hands, meeting: Held, qtbot) -> None:
    note(hands, "before")
    try:
        forms.speak("zh_CN")
        qtbot.waitUntil(lambda: hands.said().startswith("记下发言"))
        assert hands.window.frame.foot.undo.isVisible()
        hands.ctrl(K.Key_Z)
        assert texts(meeting) == []
    finally:
        forms.speak("en")
        QApplication.processEvents()


def test_what_the_main_window_did_is_told_too(hands: Hands, meeting: Held) -> None:
    note(hands, "here")
    floor.choose_seconds(meeting.work, meeting.meeting, 300)
    QApplication.processEvents()
    assert hands.said() == "Speaking time chosen, 5 minutes each"

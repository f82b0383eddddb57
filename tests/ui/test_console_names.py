"""Every control of the console has a name in every language and moment, and in Chinese nothing is said in English."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from deliberation_app.services import floor, floor_clock, floor_queue, floor_room, meetings, votes, votes_series
from deliberation_app.ui.kit import forms
from deliberation_app.ui.kit.buttons import Button
from tests.ui.console_meeting import Hands, Held, vote_by_hands
from tests.ui.fitting import name as found_as

F = Qt.Key
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
# Names of keys, and initials as they are typed.
_KEYS = re.compile(r"\b(Enter|Ctrl|Shift|Esc|Backspace|Delete|Alt|Up|Down|wlj|Excel|CSV)\b")
_WORDS = re.compile(r"[A-Za-z]{3,}")


def settle() -> None:
    """Let everything be shown."""
    for _round in range(3):
        QApplication.sendPostedEvents()
        QApplication.processEvents()


def talk(hands: Hands, held: Held) -> None:
    """A question without an answer, one that was promised, somebody speaks, others wait."""
    asked = floor.note(held.work, held.meeting, text="怎么停？", side="raise", speaker_id=held.people["冯㛃"])
    floor.note(held.work, held.meeting, text="先划线。", side="answer", answers_id=asked, dissent=True)
    floor.note(held.work, held.meeting, text="租户呢？", side="raise", speaker_id=held.people["甄租住"])
    for name in ("买买提·吐尔逊", "欧阳试例", "钱商户"):
        floor_queue.queue(held.work, held.meeting, held.people[name])
    floor_clock.give(held.work, held.meeting)


def chosen(hands: Hands, _held: Held) -> None:
    """A statement is chosen, and then corrected."""
    hands.window.frame.said.list.setFocus()
    hands.key(F.Key_Up)


def voted(method: str) -> Callable[[Hands, Held], None]:
    """A vote by this method is open."""

    def do(_hands: Hands, held: Held) -> None:
        if held.board().vote is not None:
            votes.void(held.work, held.board().vote.id, "再来")
        vote_by_hands(held, method)

    return do


def judged(_hands: Hands, held: Held) -> None:
    """The open vote is counted."""
    votes.void(held.work, held.board().vote.id, "再来")
    vote_by_hands(held)
    votes.count(held.work, held.board().vote.id, in_favour=12, against=4, abstain=3)


def announced(_hands: Hands, held: Held) -> None:
    """The result is announced."""
    votes.announce(held.work, held.board().vote.id)


def compared(_hands: Hands, held: Held) -> None:
    """Options are compared in pairs."""
    rule = held.board().kind.default_rule
    votes_series.begin(held.work, held.board().current, "pairs", rule=rule, method="show_of_hands")


def compared_no_more(_hands: Hands, held: Held) -> None:
    votes.void(held.work, held.board().vote.id, "再来")


def key(*pressed: tuple[F, Qt.KeyboardModifier] | F) -> Callable[[Hands, Held], None]:
    """Press these keys."""

    def do(hands: Hands, _held: Held) -> None:
        for one in pressed:
            hands.key(*one) if isinstance(one, tuple) else hands.key(one)

    return do


# What is done from moment to moment; each leaves the console where the next begins.
MOMENTS: dict[str, Callable[[Hands, Held], None]] = {
    "quiet": key(),
    "talk": talk,
    "chosen": chosen,
    "correcting": key((F.Key_E, CTRL)),
    "promise": key(F.Key_Escape, F.Key_Escape, (F.Key_L, CTRL), (F.Key_D, CTRL)),
    "queueing": key(F.Key_Escape, F.Key_F4),
    "roll": key(F.Key_Escape, F.Key_F3),
    "person": key(F.Key_Tab, F.Key_Down),
    "many": key((F.Key_F3, SHIFT)),
    "keys": key(F.Key_Escape, F.Key_Escape, F.Key_F1),
    "earlier": key(F.Key_F1, F.Key_F7),
    "shares": key(F.Key_F7, (F.Key_G, CTRL)),
    "only open": key((F.Key_G, CTRL), (F.Key_F7, SHIFT)),
    "mark": key((F.Key_F7, SHIFT), (F.Key_M, CTRL)),
    "message": key(F.Key_Escape, (F.Key_F12, CTRL)),
    "blank": lambda hands, held: (hands.key(F.Key_Escape), floor_room.blank(held.work, held.meeting)),
    "frozen": lambda _hands, held: floor_room.freeze(held.work, held.meeting),
    "recess asked": key((F.Key_R, CTRL)),
    "unfinished": key(F.Key_Escape, (F.Key_R, CTRL | SHIFT)),
    "motion": key(F.Key_Escape, (F.Key_F8, SHIFT)),
    "hands": lambda hands, held: (hands.key(F.Key_Escape), hands.key(F.Key_Escape), vote_by_hands(held)),
    "rows": key((F.Key_F8, CTRL)),
    "reword": key(F.Key_F8),
    "secret": voted("secret_ballot"),
    "roll call": voted("roll_call"),
    "written": voted("written"),
    "consensus": voted("consensus"),
    "judged": judged,
    "announced": announced,
    "compared": compared,
    "conclusion": lambda hands, held: (compared_no_more(hands, held), hands.ctrl(F.Key_J)),
    "recess": lambda hands, held: (hands.key(F.Key_Escape), meetings.recess(held.work, held.meeting, None)),
    "closed": lambda _hands, held: (meetings.resume(held.work, held.meeting), meetings.close(held.work, held.meeting)),
}


@pytest.fixture
def in_english_again(app_dressed: QApplication) -> Iterator[None]:
    """Whatever was spoken, it is English afterwards."""
    yield
    forms.speak("en")
    settle()


def unnamed(window: QWidget) -> list[str]:
    """Controls that the keyboard reaches and that a screen reader calls nothing."""
    reached = [one for one in window.findChildren(QWidget) if one.isVisible() and one.focusPolicy() != Qt.NoFocus]
    return [found_as(one) for one in reached if not (one.accessibleName() or getattr(one, "text", str)())]


def foreign(window: QWidget) -> list[str]:
    """Words of ours that are English: what is not a key."""
    shown = [one for one in window.findChildren(QWidget) if one.isVisible()]
    said = {one.text() for one in shown if isinstance(one, QLabel | Button)} | {one.accessibleName() for one in shown}
    return sorted(text for text in said if _WORDS.search(_KEYS.sub("", text)))


@pytest.mark.parametrize("language", ["zh_CN", "zh_TW", "en"])
@pytest.mark.parametrize("wide", [1366, 900])
@pytest.mark.usefixtures("in_english_again")
def test_every_control_has_a_name_at_every_moment(hands: Hands, meeting: Held, language: str, wide: int) -> None:
    forms.speak(language)
    hands.window.resize(wide, 768)
    settle()
    faults = {}
    for moment, do in MOMENTS.items():
        do(hands, meeting)
        settle()
        found = unnamed(hands.window)
        if language != "en":
            found += foreign(hands.window)
        if found:
            faults[moment] = found
    assert faults == {}, "\n".join(sorted({one for found in faults.values() for one in found}))
    assert meeting.board().state == "closed"

"""The console fits: at every size of window, scale and moment nothing is cut, squeezed or laid over something else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from deliberation_app.services import floor, floor_queue, votes
from deliberation_app.ui.console_speaker_clock import NameLabel
from deliberation_app.ui.kit import forms, theme
from tests.ui.console_meeting import Hands, Held
from tests.ui.fitting import unfit

F = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SIZES = ((1366, 768), (1366, 749), (1366, 720), (1366, 682), (1280, 720), (1024, 768), (640, 480))
LONG = "古丽娜尔·阿不都热西提"


def settle() -> None:
    """Let everything be laid out and painted."""
    for _round in range(4):
        QApplication.sendPostedEvents()
        QApplication.processEvents()


def cut_at(hands: Hands, sizes: Iterable[tuple[int, int]]) -> dict[tuple[int, int], list[str]]:
    """What is cut or lies over something else, for each of these sizes of the window at which anything does."""
    found = {}
    for wide, high in sizes:
        hands.window.resize(wide, high)
        settle()
        found[wide, high] = unfit(hands.window)
    return {size: cut for size, cut in found.items() if cut}


def talked(held: Held) -> None:
    """Somebody asked, somebody else has the floor, four wait."""
    floor.note(held.work, held.meeting, text="57辆车抢31个位子。", side="raise", speaker_id=held.people["冯㛃"])
    for name in (LONG, "买买提·吐尔逊", "欧阳试例", "钱商户"):
        floor_queue.queue(held.work, held.meeting, held.people[name])
    floor.give(held.work, held.meeting, held.people[LONG])
    floor_queue.queue(held.work, held.meeting, held.people["甄租住"])


def voted(held: Held) -> None:
    """The same after three votes."""
    talked(held)
    for option in held.board().options[:2]:
        vote = votes.open_vote(held.work, held.board().current, motion=f"是否赞成{option.name}", option_id=option.id)
        votes.count(held.work, vote, in_favour=12, against=4, abstain=3)
        votes.announce(held.work, vote)
    vote = votes.open_vote(held.work, held.board().current, motion="按排数先数一遍，再举手表决")
    votes.count(held.work, vote, in_favour=12, against=4, abstain=3)
    votes.announce(held.work, vote)
    floor.give(held.work, held.meeting, held.people["欧阳试例"])


def quiet(_held: Held) -> None:
    """Nothing has been said."""


def chosen(hands: Hands) -> None:
    """A statement is chosen."""
    hands.window.frame.said.list.setFocus()
    hands.key(F.Key_Up)


def wrong(hands: Hands) -> None:
    """A promise for a day that is over: the line says what would be right."""
    hands.window.frame.line.text.setFocus()
    hands.type("x")
    hands.ctrl(F.Key_2)
    hands.ctrl(F.Key_D)
    hands.type("2020-01-01")
    hands.enter()
    assert hands.window.frame.line.error.isVisible()


def correcting(hands: Hands) -> None:
    """The chosen statement is corrected, with a stance and word for word."""
    chosen(hands)
    for key in (F.Key_E, F.Key_S, F.Key_B):
        hands.ctrl(key)
    assert hands.window.frame.line.cancel.isVisible()


# What was done before, and what is done in each window after it.
MOMENTS: dict[str, tuple[Callable[[Held], None], Callable[[Hands], None]]] = {
    "quiet": (quiet, lambda _hands: None),
    "talked": (talked, lambda _hands: None),
    "chosen": (talked, chosen),
    "correcting": (talked, correcting),
    "marked": (talked, lambda hands: hands.ctrl(F.Key_M)),
    "queueing": (talked, lambda hands: hands.key(F.Key_F4)),
    "voted": (voted, lambda _hands: None),
    "told": (voted, lambda hands: hands.key(F.Key_F12, CTRL)),
    "roll": (talked, lambda hands: hands.key(F.Key_F3)),
    "wrong": (talked, wrong),
    "refused": (quiet, lambda hands: hands.key(F.Key_F8)),
    "shares": (talked, lambda hands: hands.ctrl(F.Key_G)),
}


@pytest.fixture
def at_hundred(app_dressed: QApplication) -> Iterator[None]:
    """Whatever the scale was, it is the usual one afterwards."""
    yield
    forms.speak("en")
    theme.apply(app_dressed, "light", 100, "comfortable")


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize(("language", "scale"), [("en", 100), ("zh_CN", 110), ("en", 125), ("zh_CN", 150), ("en", 200)])
@pytest.mark.usefixtures("at_hundred")
def test_nothing_is_cut_at_any_size(
    app_dressed: QApplication, hands: Hands, meeting: Held, moment: str, language: str, scale: int
) -> None:
    before, shown = MOMENTS[moment]
    before(meeting)
    forms.speak(language)
    theme.apply(app_dressed, "light", scale, "comfortable")
    settle()
    hands.window.resize(*SIZES[0])
    settle()
    shown(hands)
    assert cut_at(hands, SIZES) == {}


@pytest.mark.usefixtures("at_hundred")
def test_the_column_at_the_right_comes_to_rest(app_dressed: QApplication, hands: Hands, meeting: Held) -> None:
    """Beside a smaller clock a long name needs a line less: the column must not go to and fro between the two."""
    talked(meeting)
    forms.speak("en")
    theme.apply(app_dressed, "light", 125, "comfortable")
    settle()
    for high in range(730, 780, 6):
        hands.window.resize(1366, high)
        settle()
        levels = set()
        for _round in range(6):
            settle()
            levels.add(hands.window.frame.column.level)
        assert len(levels) == 1, f"{high} high: {levels}"


@pytest.mark.usefixtures("at_hundred")
def test_a_name_is_parted_where_its_parts_meet_however_wide_the_clock(hands: Hands, meeting: Held) -> None:
    floor_queue.queue(meeting.work, meeting.meeting, meeting.people["买买提·吐尔逊"])
    hands.next_step()
    settle()
    card = hands.window.frame.speaker
    assert card.findChild(NameLabel).text() == "买买提·吐尔逊"  # in one line beside 3:00
    began = meeting.clock.now
    meeting.clock.now = began + timedelta(minutes=4, seconds=5)
    hands.window.frame.tick(meeting.clock.now)
    settle()
    name = card.findChild(NameLabel)
    assert card.figures() == len("+1:05")
    for line in name.text().split("\n"):
        assert name.fontMetrics().horizontalAdvance(line) <= name.width(), "the label would break it again"

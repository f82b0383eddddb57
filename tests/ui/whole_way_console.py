"""The consultation of the whole way, held in the chair's console by keys alone."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from deliberation_app.services.board import Board
from deliberation_app.ui.chair_console import ChairConsole
from tests.ui.console_meeting import Hands
from tests.ui.whole_way_hands import TITLE, Clock, settle

K = Qt.Key
# The most steps that the console asks for before or after the item, and the most counts of one vote.
_MOST = 12
PRESENT = ("yjl", "gy", "lx", "fa")
SPOKEN = (("gy", K.Key_1, "灯坏了两个月，什么时候换？"), ("lx", K.Key_2, "半个月内换好。"))
COUNTED = (("3", "1", "0"), ("1", "3", "0"))


def hold(console: ChairConsole, clock: Clock, board: Callable[[], Board]) -> None:
    """Roll, gong and drum, a vote on each way, the conclusion, closed; one key more leads to the record."""
    hands = Hands(console)
    _sign_in(hands, clock, board)
    _speak(hands, clock, board)
    _vote(hands, board)
    _conclude(hands)
    clock.to(10, 27, 15, 30)
    for _step in range(_MOST):
        if board().state != "closed":
            hands.next_step()
    assert board().state == "closed", hands.said()
    hands.next_step()


def _sign_in(hands: Hands, clock: Clock, board: Callable[[], Board]) -> None:
    assert hands.window.frame.page() == "roll"
    for initials in PRESENT:
        hands.name(initials)
    clock.to(10, 27, 14, 32)
    for _step in range(_MOST):
        if not any(entry.id == board().current and TITLE in entry.title for entry in board().entries):
            hands.next_step()
    assert any(entry.id == board().current and TITLE in entry.title for entry in board().entries), hands.said()


def _speak(hands: Hands, clock: Clock, board: Callable[[], Board]) -> None:
    clock.to(10, 27, 14, 45)
    line = hands.window.frame.line
    for who, side, said in SPOKEN:
        hands.ctrl(K.Key_L)
        line.who.setFocus()
        line.who.selectAll()
        hands.name(who)
        hands.ctrl(side)
        line.text.setFocus()
        hands.type(said)
        hands.enter()
    asked, answered = board().statements
    assert (asked.side, asked.open, answered.side) == ("raise", False, "answer")


def _vote(hands: Hands, board: Callable[[], Board]) -> None:
    """Both ways are put; three to one is close, so each is counted a second time."""
    for numbers in COUNTED:
        hands.key(K.Key_F8)
        assert board().vote is not None, hands.said()
        for _count in range(2):
            for number in numbers:
                hands.type(number)
                hands.enter()
            hands.next_step()
        for _step in range(_MOST):
            if board().vote is not None:
                hands.next_step()
    first, second = board().motions
    assert (first.quorate, first.passed, second.passed) == (True, True, False)


def _conclude(hands: Hands) -> None:
    hands.ctrl(K.Key_J)
    panel = hands.window.frame.outcome
    panel.resolution.set_value("西门三盏路灯由物业公司换成太阳能灯。")
    panel.routing.set_value("direct")
    QTest.mouseClick(panel.go, Qt.MouseButton.LeftButton)
    settle()

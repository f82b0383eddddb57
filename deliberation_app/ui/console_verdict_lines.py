"""Where the words of a verdict stand in a column of some width, and how high they are together."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics

from deliberation_app.ui.kit import theme
from deliberation_app.ui.kit.theme import px

WRAP = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
_ENDLESS = 2000
# Around these an equation is not broken: its lines begin with the sign that compares.
_INSIDE, _COMPARES = re.compile(r" ([×＝]) "), re.compile(r"([≥＞＜]) ")
_KEPT = "\u00a0"


@dataclass(frozen=True)
class Told:
    """What is said of the numbers; what is empty is not shown."""

    sum: str = ""
    state: str = ""
    state_tone: str = ""
    state_icon: str = ""
    faults: str = ""
    title: str = ""
    tone: str = "ok"
    passing: str = ""
    quorum: str = ""
    clause: str = ""

    def lines(self) -> list[str]:
        """Everything that is said, as it is read aloud."""
        said = " ".join(part for part in (self.sum, self.state) if part)
        return [one for one in (said, self.faults, self.title, self.passing, self.quorum, self.clause) if one]


@dataclass
class Arranged:
    """Words with face and tone, icons with tone, and the tint, each in its place."""

    height: int = 0
    tint: QRect | None = None
    words: list[tuple[str, str, str, QRect]] = field(default_factory=list)
    icons: list[tuple[str, str, QRect]] = field(default_factory=list)

    def write(self, text: str, kind: str, tone: str, left: int, width: int) -> None:
        """One text below what stands there, as high as its lines."""
        high = _size(text, kind, width).height()
        self.words.append((text, kind, tone, QRect(left, self.height, width, high)))
        self.height += high


@lru_cache(64)
def arranged(told: Told, short: bool, width: int, _scale: int) -> Arranged:
    """The verdict in a column so wide; `short` leaves out the quorum and the clause."""
    made = Arranged()
    if told.sum:
        _sum(made, told, width)
    if told.faults:
        made.height += px(8) if made.height else 0
        made.write(told.faults, "hint", "bad", 0, width)
    if told.title:
        made.height += px(8) if made.height else 0
        _verdict(made, told, width, short=short)
    return made


def _sum(made: Arranged, told: Told, width: int) -> None:
    """The sum at the left, its state beside it; large numbers leave that one two lines."""
    wide, side = _size(told.sum, "statement", _ENDLESS).width(), px(18)
    left = wide + px(8) + side + px(8)
    room = max(width - left, px(48))
    high = max(_size(told.sum, "statement", _ENDLESS).height(), _size(told.state, "label", room).height(), px(22))
    made.words.append((told.sum, "statement", "text", QRect(0, 0, wide, high)))
    upper = (high - px(22)) // 2 + (px(22) - side) // 2
    made.icons.append((told.state_icon, told.state_tone, QRect(wide + px(8), upper, side, side)))
    made.words.append((told.state, "label", told.state_tone, QRect(left, 0, room, high)))
    made.height = high


def _verdict(made: Arranged, told: Told, width: int, *, short: bool) -> None:
    upper, side, inside = made.height, px(20), width - 2 * px(14)
    made.height += px(10)
    head = made.height
    high = max(_size(told.title, "h3", inside - side - px(8)).height(), px(24))
    place = QRect(px(14) + side + px(8), head, inside - side - px(8), high)
    made.words.append((told.title, "h3", told.tone, place))
    at = head + (high - px(24)) // 2 + (px(24) - side) // 2
    made.icons.append(("done" if told.tone == "ok" else "late_fill", told.tone, QRect(px(14), at, side, side)))
    made.height += high
    rest = () if short else ((told.quorum, "hint", "text2"), (told.clause, "hint", "text2"))
    for text, kind, tone in ((told.passing, "body", "text"), *rest):
        if text:
            made.height += px(2)
            made.write(_in_lines(text, kind, inside), kind, tone, px(14), inside)
    made.height += px(10)
    made.tint = QRect(0, upper, width, made.height - upper)


def unbroken(text: str) -> str:
    """The same words; what is on either side of a comparison stays together."""
    return _COMPARES.sub(rf"\1{_KEPT}", _INSIDE.sub(rf"{_KEPT}\1{_KEPT}", text))


def _in_lines(text: str, kind: str, width: int) -> str:
    """Equations are broken before what compares, where the longest of their parts has room in a line."""
    kept = unbroken(text)
    return kept if all(_size(part, kind, _ENDLESS).width() <= width for part in kept.split(" ")) else text


def _size(text: str, kind: str, width: int) -> QRect:
    room = QRect(0, 0, max(width, 1), _ENDLESS)
    return QFontMetrics(theme.font(kind)).boundingRect(room, Qt.TextFlag.TextWordWrap, text)

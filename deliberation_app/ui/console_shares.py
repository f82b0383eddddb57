"""Who has had how much of the floor: by party and by person, in the whole meeting or on this entry, and who not yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from deliberation_app.domain.speaking import TURN_SECONDS, Share
from deliberation_app.language import _, ngettext_
from deliberation_app.services import floor
from deliberation_app.services.board import Board
from deliberation_app.ui import console_words as words
from deliberation_app.ui.console_chair import Chair
from deliberation_app.ui.console_words import length_words
from deliberation_app.ui.kit import theme
from deliberation_app.ui.kit.buttons import Segment
from deliberation_app.ui.kit.labels import Label
from deliberation_app.ui.kit.one_line import elided
from deliberation_app.ui.kit.panels import Card, Scroll, column, empty, row
from deliberation_app.ui.kit.theme import px

# Below this height, at 100 %, the list needs the room of what stands below it.
_LOW = 340


@dataclass(frozen=True)
class Part:
    """A line: a name, its turns and seconds, and the most seconds of all lines."""

    name: str
    share: Share
    most: int

    def words(self) -> str:
        """Turns and time."""
        if not self.share.turns:
            return _("not heard yet")
        turns = ngettext_("{count} turn", "{count} turns", self.share.turns).format(count=self.share.turns)
        return f"{turns} · {words.clock(self.share.seconds)}" if self.share.seconds else turns


class ShareBar(QWidget):
    """One line: name, bar as long as the time, turns and time in words."""

    def __init__(self, part: Part) -> None:
        super().__init__()
        self._part = part
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{part.name}, {part.words()}")

    def sizeHint(self) -> QSize:
        """A row of 30."""
        return QSize(px(300), px(30))

    def minimumSizeHint(self) -> QSize:
        """Room for a name and a time."""
        return QSize(px(220), px(30))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The line."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box, middle = QRectF(self.rect()), Qt.AlignmentFlag.AlignVCenter
        left, right = box.width() * 0.36, theme.metrics("label").horizontalAdvance(_("not heard yet")) + px(40)
        right = max(right, theme.metrics("label").horizontalAdvance(self._part.words()) + px(8))
        painter.setFont(theme.font("strong"))
        painter.setPen(theme.colour("text"))
        painter.drawText(
            QRectF(0, 0, left - px(8), box.height()), middle, elided(self._part.name, "strong", left - px(8))
        )
        bar = QRectF(left, box.center().y() - px(4), max(box.width() - left - right - px(12), px(20)), px(8))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("track"))
        painter.drawRoundedRect(bar, px(4), px(4))
        if self._part.share.seconds and self._part.most:
            painter.setBrush(theme.colour("okFill"))
            wide = max(bar.width() * self._part.share.seconds / self._part.most, px(8))
            painter.drawRoundedRect(QRectF(bar.left(), bar.top(), wide, bar.height()), px(4), px(4))
        painter.setFont(theme.font("label"))
        painter.setPen(theme.colour("text2" if self._part.share.turns else "bad"))
        place = QRectF(box.right() - right, 0, right, box.height())
        painter.drawText(place, middle | Qt.AlignmentFlag.AlignRight, self._part.words())
        painter.end()


class SharesPanel(Card):
    """各方用时: the parties first, then everybody who is here, and the length of the turns to come."""

    def __init__(self, chair: Chair) -> None:
        super().__init__()
        self.chair = chair
        self._box = box = column(self, margins=(12, 14, 8, 12), spacing=10)
        head = row(margins=(8, 0, 12, 0), spacing=12)
        head.addWidget(Label(_("Who has had the floor"), "h3"))
        head.addStretch()
        self.span = Segment([("meeting", _("Whole meeting")), ("entry", _("This item"))], name=_("Counted over"))
        self.span.chosen.connect(lambda _span: self.refresh())
        head.addWidget(self.span)
        box.addLayout(head)
        inner = QWidget()
        self._inner = column(inner, margins=(8, 4, 12, 4), spacing=10)
        self._list = column(spacing=4)
        self._inner.addLayout(self._list)
        self._inner.addStretch()
        self.scroll = Scroll(inner)
        self.scroll.setMinimumHeight(px(24))
        self.scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.scroll.setAccessibleName(_("Who has had the floor"))
        box.addWidget(self.scroll, 1)
        self._turns = QWidget()
        turns = column(self._turns, margins=(8, 0, 0, 0), spacing=6)
        turns.addWidget(Label(_("Each turn from the next one on"), "label"))
        self.length = Segment([(str(one), _short_words(one)) for one in TURN_SECONDS], name=_("How long each turn is"))
        self.length.chosen.connect(self._choose)
        turns.addWidget(self.length, 0, Qt.AlignmentFlag.AlignLeft)
        box.addWidget(self._turns)
        self._low = False
        chair.changed.connect(self._heard)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where the panel is low the length of the turns stands at the end of the list and scrolls with it."""
        super().resizeEvent(event)
        low = self.height() < px(_LOW)
        if low != self._low:
            self._low = low
            self._box.setContentsMargins(px(12), px(8 if low else 14), px(8), px(8 if low else 12))
            self._turns.layout().setContentsMargins(0 if low else px(8), 0, 0, 0)
            (self._inner if low else self._box).addWidget(self._turns)

    def _heard(self, _board: Board) -> None:
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """The lines of the moment."""
        board = self.chair.board
        empty(self._list)
        if board is None:
            return
        here = self.span.current() == "entry"
        persons = board.shares.here if here else board.shares.persons
        parties = board.shares.parties_here if here else board.shares.parties
        if any(board.shares.party.values()):
            self._add(_("By party"), self._of_parties(board, parties))
        names = {str(one.person_id): one.name for one in board.guests if one.there and one.capacity == "voting"}
        names |= {str(one.person_id): one.name for one in board.guests if str(one.person_id) in persons}
        lines = sorted(((names[key], persons.get(key, Share())) for key in names), key=lambda one: _order(one[1]))
        self._add(_("By person"), lines)
        if str(board.turn_seconds) in {str(one) for one in TURN_SECONDS}:
            self.length.choose(str(board.turn_seconds))

    @staticmethod
    def _of_parties(board: Board, parties: Mapping[str, Share]) -> list[tuple[str, Share]]:
        there = {str(one.person_id) for one in board.guests if one.there and one.capacity == "voting"}
        named = {party for key, party in board.shares.party.items() if key in there} | set(parties)
        return sorted(((name, parties.get(name, Share())) for name in named if name), key=lambda one: _order(one[1]))

    def _add(self, title: str, lines: list[tuple[str, Share]]) -> None:
        most = max((share.seconds for _name, share in lines), default=0)
        head = row(margins=(0, 6, 0, 0), spacing=8)
        head.addWidget(Label(title, "label", "text2"))
        silent = sum(not share.turns for _name, share in lines)
        if silent:
            head.addWidget(Label(_("{count} not heard yet").format(count=silent), "hint"))
        head.addStretch()
        self._list.addLayout(head)
        for name, share in lines:
            self._list.addWidget(ShareBar(Part(name, share, most)))

    def _choose(self, seconds: str) -> None:
        said = _("From the next turn on: {length}").format(length=length_words(int(seconds)))
        self.chair.do(self, said, floor.choose_seconds, self.chair.meeting_id, int(seconds))


def _short_words(seconds: int) -> str:
    return _("{minutes} min").format(minutes=seconds // 60) if seconds else length_words(seconds)


def _order(share: Share) -> tuple[int, int]:
    """Who has had the most stands first, who has had nothing last."""
    return -share.seconds, -share.turns

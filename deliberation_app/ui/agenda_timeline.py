"""The time line of one item: everything that happened, in the order of time, painted by a delegate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from deliberation_app.services.agenda import Event
from deliberation_app.ui.agenda_words import civil, day_words, hour_words, said
from deliberation_app.ui.kit import focus, icons, theme
from deliberation_app.ui.kit.cards import wrapped
from deliberation_app.ui.kit.lists import ROW, RowList
from deliberation_app.ui.kit.marks import ink, paint_disc
from deliberation_app.ui.kit.theme import px

ICONS = {
    "step": "go_on", "meeting": "meetings", "vote": "votes", "task": "tasks", "evaluation": "evaluation",
    "publication": "notices", "objection": "note", "voice": "voices",
}  # fmt: skip
_DATE, _DISC, _MOST = 92, 30, 8


@dataclass(frozen=True)
class Moment:
    """One line of the time line, in words."""

    id: str
    day: str
    hour: str
    icon: str
    tone: str
    words: str
    title: str
    note: str
    opens: bool

    def spoken(self) -> str:
        """What a screen reader says."""
        return ", ".join(part for part in (self.day, self.hour, self.words, self.title, self.note) if part)


def moment(at: int, event: Event) -> Moment:
    """An event in words."""
    told = civil(event.at)
    hour = "" if event.whole_day else hour_words(event.at)
    words = f"{said(event.words)} · {event.title}" if event.title else said(event.words)
    return Moment(str(at), day_words(told.date()), f"{told.year}  {hour}".strip(), ICONS.get(event.what, "note"),
                  event.tone, words, "", event.note, bool(event.page and event.target_id))  # fmt: skip


class MomentDelegate(QStyledItemDelegate):
    """Paints day, disc on the line of time, words, and the note below them."""

    def _lines(self, told: Moment, width: float) -> tuple[list[str], list[str]]:
        words = wrapped(told.words, "strong", width, 3)
        parts = [part for part in told.note.splitlines() if part.strip()]
        notes = [line for part in parts for line in wrapped(part, "hint", width, _MOST)]
        return words, notes[:_MOST]

    def _room(self, wide: float) -> float:
        return wide - px(16 + _DATE + _DISC + 14 + 36)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        """As high as its words."""
        view = self.parent()
        wide = view.viewport().width() if isinstance(view, RowList) else option.rect.width()
        words, notes = self._lines(index.data(ROW), self._room(wide))
        high = theme.metrics("strong").height() * len(words) + theme.metrics("hint").height() * len(notes)
        return QSize(wide, max(int(high) + px(18), px(56)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """Ground, line of time, day, disc, words."""
        told: Moment = index.data(ROW)
        box = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.fillRect(box, theme.colour("accentTint" if chosen else "sunken" if over else "surface"))
        disc = QRectF(box.left() + px(16 + _DATE), box.top() + px(12), px(_DISC), px(_DISC))
        first, last = index.row() == 0, index.row() + 1 == index.model().rowCount()
        top = disc.center().y() if first else box.top()
        bottom = disc.center().y() if last else box.bottom() + 1
        painter.fillRect(QRectF(disc.center().x() - px(1), top, px(2), bottom - top), theme.colour("line"))
        self._paint_mark(painter, disc, told)
        self._paint_day(painter, QRectF(box.left() + px(16), box.top() + px(8), px(_DATE - 8), box.height()), told)
        self._paint_words(painter, QRectF(disc.right() + px(14), box.top() + px(8), self._room(box.width()), 0), told)
        if told.opens:
            side = px(16)
            place = QRectF(box.right() - px(12) - side, disc.center().y() - side / 2, side, side)
            icons.paint(painter, "right", place, theme.colour("text3"))
        if option.state & QStyle.StateFlag.State_HasFocus and focus.keyboard_used():
            focus.paint_ring(painter, box.adjusted(px(2), px(2), -px(2), -px(2)), 6)
        painter.restore()

    def _paint_mark(self, painter: QPainter, disc: QRectF, told: Moment) -> None:
        tone = told.tone if told.tone in ("accent", "ok", "warn", "bad", "info") else ""
        paint_disc(painter, disc, "", tone)
        side = px(16)
        inner = QRectF(disc.center().x() - side / 2, disc.center().y() - side / 2, side, side)
        icons.paint(painter, told.icon, inner, theme.colour(ink(tone or "text2")))

    def _paint_day(self, painter: QPainter, box: QRectF, told: Moment) -> None:
        flags = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight
        painter.setFont(theme.font("label"))
        painter.setPen(theme.colour("text2"))
        painter.drawText(box, flags, told.day)
        painter.setFont(theme.font("hint"))
        painter.setPen(theme.colour("text3"))
        painter.drawText(box.adjusted(0, theme.metrics("label").height(), 0, 0), flags, told.hour)

    def _paint_words(self, painter: QPainter, box: QRectF, told: Moment) -> None:
        words, notes = self._lines(told, box.width())
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        top = box.top() if notes else box.top() + px(7)
        for kind, shade, lines in (("strong", "text", words), ("hint", "text2", notes)):
            painter.setFont(theme.font(kind))
            painter.setPen(theme.colour(shade))
            high = theme.metrics(kind).height()
            for said_line in lines:
                painter.drawText(QRectF(box.left(), top, box.width(), high), flags, said_line)
                top += high


class TimeLine(RowList):
    """The events of one item; Enter opens the meeting or paper behind one."""

    def __init__(self, parent: QWidget | None = None, *, name: str = "") -> None:
        super().__init__(parent, name=name)
        self.setUniformItemSizes(False)
        self.setItemDelegate(MomentDelegate(self))
        self.setResizeMode(RowList.ResizeMode.Adjust)
        self.events: Sequence[Event] = ()

    def show_events(self, events: Sequence[Event]) -> None:
        """Show these, the latest chosen and in sight."""
        self.events = events
        self.fill([moment(at, event) for at, event in enumerate(events)])
        if events:
            self.setCurrentIndex(self.rows.index(len(events) - 1, 0))
            QTimer.singleShot(0, self, self.scrollToBottom)

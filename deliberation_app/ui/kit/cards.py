"""The cards of the board, painted by a delegate: number and flag, title, who raised it, evidence and days."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from deliberation_app.ui.kit import focus, icons, rare_faces, theme
from deliberation_app.ui.kit.lists import ROW, RowList
from deliberation_app.ui.kit.marks import ink
from deliberation_app.ui.kit.one_line import elided
from deliberation_app.ui.kit.theme import px


@dataclass(frozen=True)
class BoardCard:
    """What a card of the board says."""

    id: str
    number: str
    title: str
    by: str = ""
    flag: str = ""
    flag_tone: str = "warn"
    evidence: str = ""
    evidence_icon: str = "under_way"
    evidence_tone: str = "text2"
    days: str = ""
    days_tone: str = "text2"

    def spoken(self) -> str:
        """What a screen reader says."""
        return ", ".join(
            part for part in (self.number, self.title, self.flag, self.by, self.evidence, self.days) if part
        )


def wrapped(text: str, kind: str, width: float, most: int) -> list[str]:
    """`text` in at most `most` lines of `width`; the last gives way to …."""
    layout = QTextLayout(rare_faces.ready(text), theme.font(kind))
    layout.setTextOption(QTextOption(Qt.AlignmentFlag.AlignLeft))
    layout.beginLayout()
    lines: list[str] = []
    at = 0
    # QTextLayout counts UTF-16 units: rare characters take two of them.
    units = text.encode("utf-16-le")
    while True:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width)
        rest = units[2 * at :].decode("utf-16-le")
        if len(lines) == most - 1:
            lines.append(elided(rest, kind, width))
            break
        lines.append(units[2 * at : 2 * (at + line.textLength())].decode("utf-16-le").strip())
        at += line.textLength()
    layout.endLayout()
    return lines


class CardDelegate(QStyledItemDelegate):
    """Paints a BoardCard on its own ground with a gap below."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        """As high as its title needs."""
        view = self.parent()
        wide = view.viewport().width() if isinstance(view, RowList) else option.rect.width()
        card = index.data(ROW)
        lines = len(wrapped(card.title, "strong", wide - px(38), 2)) if card else 1
        high = px(12) * 2 + theme.metrics("hint").height() * (3 if card and card.by else 2)
        return QSize(wide, int(high + theme.metrics("strong").height() * lines) + px(8) + px(10))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """Ground, then four kinds of lines."""
        card: BoardCard = index.data(ROW)
        box = QRectF(option.rect).adjusted(px(5), px(4), -px(5), -px(6))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, box, option)
        inner = box.adjusted(px(14), px(10), -px(14), -px(10))
        line = theme.metrics("hint").height()
        top = inner.top()
        self._pair(
            painter, QRectF(inner.left(), top, inner.width(), line), card.number, "text3", card.flag, card.flag_tone
        )
        top += line
        painter.setFont(theme.font("strong"))
        painter.setPen(theme.colour("text"))
        for words in wrapped(card.title, "strong", inner.width(), 2):
            high = theme.metrics("strong").height()
            painter.drawText(QRectF(inner.left(), top, inner.width(), high), Qt.AlignmentFlag.AlignVCenter, words)
            top += high
        if card.by:
            self._pair(painter, QRectF(inner.left(), top, inner.width(), line), card.by, "text3")
        foot = QRectF(inner.left(), inner.bottom() - line, inner.width(), line)
        icon = px(16)
        icons.paint(
            painter,
            card.evidence_icon,
            QRectF(foot.left(), foot.center().y() - icon / 2, icon, icon),
            _shade(card.evidence_tone),
        )
        foot.setLeft(foot.left() + px(21))
        self._pair(painter, foot, card.evidence, card.evidence_tone, card.days, card.days_tone)
        painter.restore()

    def _paint_ground(self, painter: QPainter, box: QRectF, option: QStyleOptionViewItem) -> None:
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.setBrush(theme.colour("sunken" if over and not chosen else "surface"))
        painter.setPen(QPen(theme.colour("accentFill" if chosen else "line"), px(2) if chosen else px(1)))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), px(8), px(8))
        if option.state & QStyle.StateFlag.State_HasFocus and focus.keyboard_used():
            focus.paint_ring(painter, box.adjusted(-px(4), -px(4), px(4), px(4)), 11)

    def _pair(
        self, painter: QPainter, box: QRectF, left: str, tone: str, right: str = "", right_tone: str = "text2"
    ) -> None:
        measure = theme.metrics("hint")
        wide = measure.horizontalAdvance(right) if right else 0
        painter.setFont(theme.font("hint"))
        painter.setPen(_shade(tone))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, elided(left, "hint", box.width() - wide - px(8)))
        if right:
            painter.setPen(_shade(right_tone))
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, right)


def _shade(tone: str):
    return theme.colour(ink(tone))


class CardList(RowList):
    """A column of the board: a list of BoardCard that scrolls alone."""

    def __init__(self, parent: QWidget | None = None, *, name: str = "") -> None:
        super().__init__(parent, name=name, ground="")
        self.setProperty("ground", "none")
        self.viewport().setProperty("ground", "none")
        self.setUniformItemSizes(False)
        self.setItemDelegate(CardDelegate(self))
        self.setResizeMode(RowList.ResizeMode.Adjust)

"""How the matrix of duties is painted: heads, names, and cells that say their state by icon and words."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from deliberation_app.language import render
from deliberation_app.services.duties import DutyCell, DutyRow
from deliberation_app.ui.duties_words import LOOKS, Look, cell_words, often, talk_share
from deliberation_app.ui.kit import focus, icons, theme
from deliberation_app.ui.kit.one_line import elided
from deliberation_app.ui.kit.theme import px

_LEFT, _ICON, _GAP, _NARROW = 20, 14, 6, 56
_WRAP = int(Qt.TextFlag.TextWordWrap)


def paint_head(painter: QPainter, box: QRect, words: str, *, first: bool, now: bool) -> None:
    """The head of a column; the month that runs stands on the accent."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(box, theme.colour("sunken"))
    painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), theme.colour("line"))
    painter.setFont(theme.font("label"))
    painter.setPen(theme.colour("text2"))
    if first:
        room = box.adjusted(px(_LEFT), 0, -px(4), 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, elided(words, "label", room.width()))
    else:
        if now:
            wide = min(theme.metrics("label").horizontalAdvance(words) + px(24), box.width() - px(4))
            middle = QRectF(0, 0, wide, px(26))
            middle.moveCenter(QRectF(box).center())
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent"))
            painter.drawRoundedRect(middle, px(6), px(6))
            painter.setPen(theme.colour("onAccent"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
    painter.restore()


def paint_ground(painter: QPainter, box: QRect, *, lined: bool) -> None:
    """The ground of a row and the line below it."""
    painter.fillRect(box, theme.colour("surface"))
    if lined:
        painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), theme.colour("line"))


def _wrapped(words: str, face: str, wide: float) -> float:
    """How high these words are in the column of names."""
    room = QRectF(0, 0, wide - px(_LEFT) - px(8), px(400))
    return theme.metrics(face).boundingRect(room, _WRAP, words).height()


def name_height(row: DutyRow, wide: int) -> int:
    """What the name and the line below it need, both wrapped."""
    return int(_wrapped(render(row.name), "strong", wide) + _wrapped(often(row), "hint", wide)) + px(1)


def paint_name(painter: QPainter, box: QRect, row: DutyRow) -> None:
    """What must be held, and below it how often: wrapped, never cut."""
    painter.save()
    lines = ((render(row.name), "strong", "text"), (often(row), "hint", "text3"))
    highs = [_wrapped(words, face, box.width()) for words, face, _shade in lines]
    top = box.top() + (box.height() - sum(highs)) / 2
    for (words, face, shade), high in zip(lines, highs, strict=True):
        painter.setFont(theme.font(face))
        painter.setPen(theme.colour(shade))
        painter.drawText(QRectF(box.left() + px(_LEFT), top, box.width() - px(_LEFT) - px(8), high), _WRAP, words)
        top += high
    painter.restore()


def paint_cell(
    painter: QPainter, place: QRect, row: DutyRow, cell: DutyCell, *, chosen: bool, focused: bool
) -> None:  # fmt: skip
    """One duty in one period."""
    look = LOOKS[cell.status]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    edge = px(3 if place.width() > px(56) else 2)
    above = px(7 if place.height() >= px(56) else 4)  # a low row keeps room for an icon above its words
    box = QRectF(place).adjusted(edge, above, -edge, -above - px(1))
    _paint_box(painter, box, look)
    share = talk_share(cell)
    if share is not None and cell.status != "missing":
        _paint_share(painter, box, share)
    icon = "voices" if share is not None else "note" if cell.status == "missing" and cell.reason else look.icon
    shade = "ok" if share else look.ink
    _paint_words(painter, box, icon, shade, cell_words(row, cell))
    if chosen:
        _paint_chosen(painter, box, focused)
    painter.restore()


def _paint_box(painter: QPainter, box: QRectF, look: Look) -> None:
    painter.setBrush(theme.colour(look.ground))
    painter.setPen(Qt.PenStyle.NoPen)
    half = 0.0
    if look.wide:
        pen = QPen(theme.colour(look.edge), look.wide * theme.look().scale / 100)
        if look.dashed:
            pen.setDashPattern([4, 2.5])
        painter.setPen(pen)
        half = pen.widthF() / 2
    painter.drawRoundedRect(box.adjusted(half, half, -half, -half), px(6), px(6))


def _paint_share(painter: QPainter, box: QRectF, share: float) -> None:
    painter.save()
    whole = QPainterPath()
    whole.addRoundedRect(box, px(6), px(6))
    painter.setClipPath(whole)
    painter.fillRect(box, theme.colour("sunken"))
    painter.fillRect(QRectF(box.left(), box.top(), box.width() * share, box.height()), theme.colour("okTint"))
    painter.restore()


def _paint_chosen(painter: QPainter, box: QRectF, focused: bool) -> None:
    out = px(2)
    around = box.adjusted(-out, -out, out, out)
    if focused and focus.keyboard_used():
        focus.paint_ring(painter, around, 8)
        return
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.colour("ring"), px(2)))
    painter.drawRoundedRect(around.adjusted(1, 1, -1, -1), px(7), px(7))


def _paint_words(painter: QPainter, box: QRectF, icon: str, shade: str, words: tuple[str, ...]) -> None:
    """Icon and words side by side; where that is too wide the icon goes above them."""
    room = box.width() - px(8)
    beside = px(_ICON + _GAP) if icon else 0
    advance = theme.metrics("label").horizontalAdvance
    narrow = icon and box.width() < px(_NARROW)
    across = None if narrow else next((text for text in words if advance(text) + beside <= room), None)
    painter.setFont(theme.font("label"))
    colour = theme.colour(shade)
    painter.setPen(colour)
    if across is not None:
        wide = advance(across) + (beside if across else beside - px(_GAP))
        left = box.center().x() - wide / 2
        if icon:
            icons.paint(painter, icon, QRectF(left, box.center().y() - px(_ICON) / 2, px(_ICON), px(_ICON)), colour)
        text = QRectF(left + beside, box.top(), box.right() - left - beside, box.height())
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, across)
        return
    shown = next((text for text in words if advance(text) <= box.width() - px(2)), words[-1])
    line = theme.metrics("label").height()
    top = box.center().y() - (line + (px(_ICON) if icon else 0)) / 2
    if icon:
        icons.paint(painter, icon, QRectF(box.center().x() - px(_ICON) / 2, top, px(_ICON), px(_ICON)), colour)
        top += px(_ICON)
    below = QRectF(box.left(), top, box.width(), line)
    painter.drawText(below, Qt.AlignmentFlag.AlignCenter, elided(shown, "label", box.width()))

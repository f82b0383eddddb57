"""Large type: Qt fills the outlines of letters over 64 pixels anew each time, so they are kept as pictures."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPixmap, QPixmapCache

# Above this many pixels Qt keeps no pictures of letters itself.
_LARGE = 64
# These stand one beside the other whatever their neighbours are; Latin letters lean on each other, so that a line of
# them is one picture.
_ALONE = frozenset("0123456789:/ %·×＋－.")
_CHINESE = (("\u3000", "\u303f"), ("\u3400", "\u9fff"), ("\uff00", "\uff60"))


def large(pixels: int, painter: QPainter) -> bool:
    """Whether a face of so many pixels is painted so large here that pictures of its letters pay."""
    return pixels * painter.transform().m11() > _LARGE


def apart(text: str) -> bool:
    """Whether each character of the text stands for itself: figures and Chinese."""
    return all(one in _ALONE or any(low <= one <= high for low, high in _CHINESE) for one in text)


def write(painter: QPainter, left: float, baseline: float, text: str, face: QFont) -> None:
    """One line of large type in the pen of the painter, its baseline here."""
    if not large(face.pixelSize(), painter):
        painter.setFont(face)
        painter.drawText(QPointF(left, baseline), text)
        return
    world, shade, key = painter.transform(), painter.pen().color(), face.key()
    ratio = painter.device().devicePixelRatioF()
    _faces.setdefault(key, QFont(face))
    painter.resetTransform()
    for one in text if apart(text) else (text,):
        if not one.isspace():
            picture, edge = _picture(one, face, key, shade, world.m11(), ratio)
            at = world.map(QPointF(left, baseline)) - edge
            painter.drawPixmap(QPointF(round(at.x() * ratio) / ratio, round(at.y() * ratio) / ratio), picture)
        left += _measured(one, key)[0]
    painter.setTransform(world)


def _picture(one: str, face: QFont, key: str, shade: QColor, scale: float, ratio: float) -> tuple[QPixmap, QPointF]:
    """The picture of a character or a line, and where in it the baseline begins."""
    _on, left, top, wide, high = _measured(one, key)
    edge = QPointF(2 - left * scale, 2 - top * scale)
    name = f"letter {one} {key} {shade.rgba():x} {scale:.5f} {ratio:.3f}"
    picture = QPixmap()
    if not QPixmapCache.find(name, picture):
        picture = QPixmap(int((wide * scale + 5) * ratio), int((high * scale + 5) * ratio))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        brush = QPainter(picture)
        brush.setRenderHint(QPainter.RenderHint.Antialiasing)
        brush.translate(edge)
        brush.scale(scale, scale)
        brush.setFont(face)
        brush.setPen(shade)
        brush.drawText(QPointF(0, 0), one)
        brush.end()
        QPixmapCache.insert(name, picture)
    return picture, edge


_faces: dict[str, QFont] = {}


@lru_cache(1024)
def _measured(one: str, key: str) -> tuple[float, float, float, float, float]:
    """How far it goes on, and the box of its ink around the beginning of its baseline."""
    metrics = QFontMetricsF(_faces[key])
    box = metrics.boundingRect(one)
    return metrics.horizontalAdvance(one), box.left(), box.top(), box.width(), box.height()

"""Small shapes kept as pictures: to fill the outline of an icon anew costs more than the words beside it."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QWidget

# A picture is named by everything that is seen in it, so that none is ever out of date; then all are thrown away.
_MOST = 500
_kept: dict[Hashable, QPixmap] = {}


def put(painter: QPainter, box: QRectF, name: Hashable, shape: Callable[[QPainter, QRectF], None]) -> None:
    """Paint `shape` into `box`; `name` tells it, with its colours, from all other shapes.

    Only on a widget whose pixels are whole: a picture that is scaled or turned is not as sharp as the outline, and
    words are no shape, since their edges depend on the ground.
    """
    device = painter.device()
    ratio = device.devicePixelRatioF() if isinstance(device, QWidget) and painter.transform().isIdentity() else 0.0
    if not ratio or not ratio.is_integer():
        painter.save()
        shape(painter, box)
        painter.restore()
        return
    left, top = math.floor(box.x()), math.floor(box.y())
    x, y, wide, high = box.x() - left, box.y() - top, box.width(), box.height()
    key = (name, x, y, wide, high, ratio)
    picture = _kept.get(key)
    if picture is None:
        if len(_kept) >= _MOST:
            _kept.clear()
        picture = _kept[key] = _picture(QRectF(x + 1, y + 1, wide, high), ratio, shape)
    painter.drawPixmap(QPointF(left - 1, top - 1), picture)


def _picture(box: QRectF, ratio: float, shape: Callable[[QPainter, QRectF], None]) -> QPixmap:
    """The shape in the middle of a picture, with a pixel around it for its soft edges."""
    made = QPixmap(math.ceil(box.right() + 1) * int(ratio), math.ceil(box.bottom() + 1) * int(ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    shape(painter, box)
    painter.end()
    return made

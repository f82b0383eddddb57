"""What does not fit in a window: words wider or higher than their place, parts outside of theirs or over each other."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QAbstractScrollArea, QLabel, QLayout, QScrollBar, QSplitter, QStackedWidget, QWidget

from deliberation_app.ui.kit.buttons import Button
from deliberation_app.ui.kit.labels import ElideLabel
from deliberation_app.ui.kit.marks import Painted

# A pixel more or less comes of rounding at scales between.
_SLACK = 2


def unfit(window: QWidget) -> list[str]:
    """A sentence for each visible widget of the window that is cut, squeezed, outside of its parent or over another."""
    found = []
    for one in window.findChildren(QWidget):
        if one.isVisible() and one.window() is window:
            found += [f"{name(one)}: {what}" for what in (*_cut(one), *_outside(one))]
            found += _over(one)
    return found


def name(one: QWidget) -> str:
    """The widget as a person would find it."""
    said = getattr(one, "text", None)
    said = said() if callable(said) else said
    return f"{type(one).__name__} {one.objectName() or one.accessibleName()} {str(said or '')[:30]!r}"


def _cut(one: QWidget) -> Iterator[str]:
    wide, high = one.width() + _SLACK, one.height() + _SLACK
    if isinstance(one, QLabel):
        if not one.text():
            return
        needed = one.heightForWidth(one.width()) if one.wordWrap() else _ink(one)
        if needed > high:
            yield f"{one.height()} high, needs {needed}"
        if isinstance(one, ElideLabel):
            if one.text() == "…":
                yield "nothing but an ellipsis"
        elif not one.wordWrap() and one.sizeHint().width() > wide:
            yield f"{one.width()} wide, needs {one.sizeHint().width()}"
    elif isinstance(one, Button | Painted):
        least = one.minimumSizeHint()
        if least.width() > wide or least.height() > high:
            yield f"{one.width()} × {one.height()}, needs {least.width()} × {least.height()}"


def _ink(label: QLabel) -> int:
    return label.fontMetrics().tightBoundingRect(label.text()).height()


def _outside(one: QWidget) -> Iterator[str]:
    parent = one.parentWidget()
    if parent is None or parent.parentWidget() is None or isinstance(one, QScrollBar):
        return
    if isinstance(parent.parentWidget(), QAbstractScrollArea):
        return  # it scrolls
    room = parent.rect().adjusted(-_SLACK, -_SLACK, _SLACK, _SLACK)
    if one.width() and one.height() and not room.contains(one.geometry()):
        yield f"{_told(one.geometry())} lies outside of {name(parent)} {_told(parent.rect())}"


def _over(parent: QWidget) -> list[str]:
    layout = parent.layout()
    if layout is None or isinstance(parent, QStackedWidget | QSplitter):
        return []
    laid = [one for one in _laid_out(layout) if one.isVisible() and one.width() and one.height()]
    found = []
    for at, one in enumerate(laid):
        for other in laid[at + 1 :]:
            both = one.geometry() & other.geometry()
            if both.width() > _SLACK and both.height() > _SLACK:
                found.append(f"{name(one)} lies over {name(other)}")
    return found


def _laid_out(layout: QLayout) -> Iterator[QWidget]:
    for at in range(layout.count()):
        item = layout.itemAt(at)
        if item.widget() is not None:
            yield item.widget()
        elif item.layout() is not None:
            yield from _laid_out(item.layout())


def _told(box: QRect) -> str:
    return f"({box.x()} {box.y()} {box.width()} × {box.height()})"

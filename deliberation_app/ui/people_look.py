"""Measures and order of the pages of people and meetings: columns as wide as their words, Tab as the eye goes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QWidget

from deliberation_app.ui.kit import theme
from deliberation_app.ui.kit.table import Cell, PagedModel, Table
from deliberation_app.ui.kit.theme import px

_NO_LIMIT = 16_777_215  # the widest that Qt knows


def width_of(*words: str, icon: bool = False) -> int:
    """The width at 100 % of a column in which the longest of these words stands uncut."""
    widest = max(theme.metrics("strong").horizontalAdvance(word) for word in words)
    return int(widest * 100 / theme.look().scale) + (48 if icon else 27)  # a pixel for rounding at any scale


def fit(table: Table, model: PagedModel, told: Mapping[int, Callable[[Any], Cell | str]], *, most: int) -> None:
    """Columns as wide as what their rows say, at most so wide."""
    for at, of in told.items():
        cells = [cell if isinstance(cell, Cell) else Cell(cell) for cell in map(of, model.rows)]
        widest = max((width_of(cell.text, icon=bool(cell.icon)) for cell in cells), default=0)
        table.setColumnWidth(at, px(min(max(widest, width_of(model.columns[at].heading)), most)))


def stack(page: QWidget, card: QWidget) -> None:
    """A page of a list and a card of what is chosen: in a narrow window one above the other."""
    narrow = theme.window_width(page) < 960
    way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
    page.body.setDirection(way)
    page.acts.setDirection(way)
    page.list_card.setMaximumWidth(_NO_LIMIT if narrow else px(340))
    page.list.setMinimumHeight(px(130))
    card.setMinimumHeight(px(420 if narrow else 0))


def tab_through(*places: QWidget) -> None:
    """Let Tab go through these, and through what lies in each of them, in this order."""
    stops = [stop for place in places for stop in _stops(place)]
    for before, after in pairwise(dict.fromkeys(stops)):
        QWidget.setTabOrder(before, after)


def _stops(place: QWidget) -> Iterator[QWidget]:
    """What takes the focus in a place, in the order it has there by itself; lists that open over it are no part."""
    if place.focusPolicy() != Qt.FocusPolicy.NoFocus:
        yield place
        return
    # Not by nextInFocusChain: its binding makes each widget a child of the one before, and one that is thrown away
    # takes the others along.
    for one in place.findChildren(QWidget):
        if one.focusPolicy() != Qt.FocusPolicy.NoFocus and _window(one) is _window(place):
            yield one


def _window(widget: QWidget) -> QWidget:
    while not widget.isWindow() and widget.parentWidget() is not None:
        widget = widget.parentWidget()
    return widget

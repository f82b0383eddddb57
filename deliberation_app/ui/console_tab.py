"""Tab goes through the console as the eye does: bar on top, agenda, middle, right column, foot; each row by row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget

from deliberation_app.ui.kit.theme import px

if TYPE_CHECKING:
    from deliberation_app.ui.console_frame import ConsoleFrame

# What lies no further apart than this stands in one row.
_ROW = 14


def step(frame: ConsoleFrame, *, forward: bool) -> bool:
    """Go on to the next place for the keyboard, or back; worked out when asked, for parts come and go all the time."""
    places = in_order(frame)
    if not places:
        return False
    now = QApplication.focusWidget()
    at = places.index(now) if now in places else -1 if forward else 0
    places[(at + (1 if forward else -1)) % len(places)].setFocus(
        Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
    )
    return True


def in_order(frame: ConsoleFrame) -> list[QWidget]:
    """Everything that Tab can reach, in the order of reading."""
    first = (frame.top, frame.clock, frame.message, frame.mark, frame.rest, frame.error_place, frame.side)
    last = (frame.right, frame.foot)
    parts: list[list[QWidget]] = [[] for _part in range(len(first) + 1 + len(last))]
    for one in frame.findChildren(QWidget):
        if _reached(one, frame):
            before = next((at for at, part in enumerate(first) if part.isAncestorOf(one)), len(first))
            after = next((at for at, part in enumerate(last, len(first) + 1) if part.isAncestorOf(one)), before)
            parts[after].append(one)
    return [one for part in parts for one in _by_rows(part, frame)]


def _reached(one: QWidget, frame: ConsoleFrame) -> bool:
    by_tab = one.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus
    return by_tab and one.isVisible() and one.isEnabled() and not one.focusProxy() and one.window() is frame.window()


def _by_rows(part: list[QWidget], frame: ConsoleFrame) -> list[QWidget]:
    placed = [(one.mapTo(frame, QPoint(0, one.height() // 2)), one) for one in part]
    placed.sort(key=lambda pair: pair[0].y())
    rows: list[list[tuple[QPoint, QWidget]]] = []
    for pair in placed:
        if rows and pair[0].y() - rows[-1][0][0].y() <= px(_ROW):
            rows[-1].append(pair)
        else:
            rows.append([pair])
    return [one for row in rows for _at, one in sorted(row, key=lambda pair: pair[0].x())]

"""The motion above the numbers: read out in large type, and where it is long it leaves the numbers their place."""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics

from deliberation_app.language import _
from deliberation_app.ui.kit import theme
from deliberation_app.ui.kit.one_line import plain_tip
from deliberation_app.ui.kit.theme import px

if TYPE_CHECKING:
    from deliberation_app.ui.console_vote import VotePanel

_LARGE, _SMALL = "h2", "strong"


class MotionTitle:
    """Says the motion of a panel: in large type, else in small type, else its beginning and where the rest is read."""

    def __init__(self, panel: VotePanel) -> None:
        self._panel, self._label = panel, panel.title
        self._whole = ""

    def say(self, whole: str) -> None:
        """Show these words."""
        if whole != self._whole:
            self._whole = whole
            self._show(_LARGE, whole)

    def fit(self) -> bool:
        """Find how much of it stands above the numbers, one line at least; False where it is short in any case."""
        panel = self._panel
        edges = panel.inner_column.contentsMargins()
        across = panel.scroll.viewport().width()
        width = across - edges.left() - edges.right()
        if _high(self._whole, _LARGE, width, theme.look().scale) < 2 * theme.metrics(_LARGE).height():
            self._show(_LARGE, self._whole)
            return False
        panel.verdict.set_short(False)
        room = self._room(across, width)
        if room < 2 * theme.metrics(_SMALL).height() and not panel.verdict.isHidden():
            panel.verdict.set_short(True)
            room = self._room(across, width)
        for face in (_LARGE, _SMALL):
            if _high(self._whole, face, width, theme.look().scale) <= room:
                self._show(face, self._whole)
                return True
        self._show(_SMALL, self._beginning(width, room))
        return True

    def _room(self, across: int, width: int) -> int:
        """How high the words may be for all the rest to be seen."""
        column, label = self._panel.inner_column, self._label
        rest = column.minimumHeightForWidth(across) - label.heightForWidth(width)
        return self._panel.scroll.viewport().height() - rest - px(2)

    def _beginning(self, width: int, room: int) -> str:
        more = _("… (all of it: F8)") if self._panel.reword.can_ask() else "…"
        room = max(room, round(theme.metrics(_SMALL).height()) + 1)
        scale = theme.look().scale
        ends = range(1, len(self._whole))
        end = bisect_left(ends, True, key=lambda end: _high(self._whole[:end] + more, _SMALL, width, scale) > room)
        return self._whole[:end] + more

    def _show(self, face: str, shown: str) -> None:
        label = self._label
        if label.text() == shown and label.property("type") == face:
            return
        theme.restyle(label, type=face)
        label.setText(shown)
        label.setToolTip(plain_tip(self._whole) if shown != self._whole else "")
        label.setAccessibleName(self._whole)


@lru_cache(512)
def _high(text: str, face: str, width: int, _scale: int) -> int:
    room = QRect(0, 0, max(width, 1), 1 << 20)
    return QFontMetrics(theme.font(face)).boundingRect(room, Qt.TextFlag.TextWordWrap, text).height()

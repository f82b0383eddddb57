"""The column at the right gives way where the window is low: what only informs before what is done, the clock never."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject

from deliberation_app.ui import console_fold
from deliberation_app.ui.console_item import CLOSE, FULL, GONE
from deliberation_app.ui.kit.theme import px

if TYPE_CHECKING:
    from deliberation_app.ui.console_frame import ConsoleFrame

# Everything; the quorum without its last line; in one line; a smaller clock; fewer than two rows of the queue.
_LEVELS = ((0, False, False), (1, False, False), (2, False, False), (2, True, False), (2, True, True))
# Below the whole card of the item there are two statements at least, below a line of it one.
_USUAL, _CLOSE = 104, 60


class RightColumn(QObject):
    """Sees to it that attendance, speaker, queue and vote stand below each other without being cut."""

    def __init__(self, frame: ConsoleFrame) -> None:
        super().__init__(frame)
        self._frame = frame
        self.level = 0
        # So high the speaker's card was while somebody spoke: nothing moves when the next one does.
        self._speaking = 0
        self._busy = False
        frame.right.installEventFilter(self)
        frame.talk_side.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look again when there is another room, or another need for it."""
        kind = event.type()
        if kind == (QEvent.Type.Resize if watched is self._frame.right else QEvent.Type.LayoutRequest):
            self.fit()
        return False

    def fit(self) -> None:
        """Take the first level at which everything has its height."""
        frame = self._frame
        if self._busy or frame.mode == "narrow" or frame.right_stack.currentIndex() != 0 or frame.chair.board is None:
            return
        self._busy = True
        try:
            self._take(self._level())
        finally:
            self._busy = False

    def _level(self) -> int:
        frame = self._frame
        edges, gap = frame.right_column.contentsMargins(), frame.right_column.spacing()
        room = frame.right.height() - edges.top() - edges.bottom() - gap
        wide = frame.right.width() - edges.left() - edges.right()
        # As it would be with the usual clock and two rows.
        need = self._least(wide) + self._gain(3, self.level) + self._gain(4, self.level)
        for level, (lines, _close, _few) in enumerate(_LEVELS):
            less = (self._gain(3) if level >= 3 else 0) + (self._gain(4) if level >= 4 else 0)
            if frame.attendance.high(lines) + need - less <= room:
                return level
        return len(_LEVELS) - 1

    def _least(self, wide: int) -> int:
        """The least that speaker, queue and vote need now, as though somebody spoke."""
        frame = self._frame
        place = frame.talk_place
        need = place.minimumHeightForWidth(wide) if place.hasHeightForWidth() else place.minimumSize().height()
        card = frame.speaker.layout().minimumHeightForWidth(wide)
        if frame.chair.board.speaker is not None:
            self._speaking = card + self._gain(3, self.level)
        return need + max(self._speaking - self._gain(3, self.level) - card, 0)

    def _gain(self, step: int, since: int = 9) -> int:
        """What a step gives, where it was taken."""
        frame = self._frame
        if since < step:
            return 0
        return frame.speaker.close_gain() if step == 3 else 2 * frame.queue.list.row_height()

    def _take(self, level: int) -> None:
        if level != self.level:
            self.level = level
            lines, close, few = _LEVELS[level]
            frame = self._frame
            frame.attendance.set_short(lines > 0, one_line=lines > 1)
            frame.speaker.set_close(close)
            frame.queue.list.setMinimumHeight(0 if few else 2 * frame.queue.list.row_height())


class MiddleColumn(QObject):
    """Sees to it that below the card of the item statements stand that can be read."""

    def __init__(self, frame: ConsoleFrame) -> None:
        super().__init__(frame)
        self._frame = frame
        self._busy = False
        self._seen: object = None
        for watched in (frame.stage, *frame.bars()):
            watched.installEventFilter(self)
        frame.chair.changed.connect(self.fit)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look again when there is another room; a bar that comes has its own in a window too small."""
        kind = event.type()
        if watched is not self._frame.stage:
            if kind in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
                console_fold.fill(self._frame.window(), self._frame)
                console_fold.fold_bars(self._frame)
        elif kind == QEvent.Type.Resize:
            self.fit()
        return False

    def fit(self, _board: object = None) -> None:
        """Take the first level that leaves room for what is said."""
        frame, board = self._frame, self._frame.chair.board
        if self._busy or board is None:
            return
        room = frame.stage.height()
        acts = frame.said_acts
        title = board.entry and board.entry.title
        seen = (room, acts.isHidden(), frame.stage.width(), title, board.item, board.options)
        if seen == self._seen:
            return
        # Below the whole card the bar of a chosen statement has its room kept: choosing one moves nothing.
        bar = acts.sizeHint().height() + px(8)
        self._busy, self._seen = True, seen
        try:
            for level in range(FULL, GONE + 1):
                frame.item.take(level)
                said = px(_USUAL + 8) + bar if level < CLOSE else px(_CLOSE + 8) + (0 if acts.isHidden() else bar)
                if level == GONE or frame.item.least(frame.stage.width()) + said <= room:
                    break
        finally:
            self._busy = False

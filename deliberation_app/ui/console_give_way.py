"""The column at the right gives way where the window is low: what only informs before what is done, the clock never."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject

from deliberation_app.ui import console_fold
from deliberation_app.ui.console_item import CLOSE, FULL, GONE
from deliberation_app.ui.kit.theme import px

if TYPE_CHECKING:
    from deliberation_app.ui.console_frame import ConsoleFrame

# Everything; the quorum without its last line; in one line; a smaller clock; fewer than two rows of the queue; while
# it is told why there is no vote, no quorum.
_GONE = 3
_LEVELS = (
    (0, False, False), (1, False, False), (2, False, False), (2, True, False), (2, True, True), (_GONE, True, True),
)  # fmt: skip
# Below the whole card of the item there are two statements at least, below a line of it one.
_USUAL, _CLOSE = 104, 60


class RightColumn(QObject):
    """Sees to it that attendance, speaker, queue and vote stand below each other without being cut."""

    def __init__(self, frame: ConsoleFrame) -> None:
        super().__init__(frame)
        self._frame = frame
        self.level = 0
        # So high the speaker's card was with either clock while somebody spoke: nothing moves when the next one does.
        self._key: object = None
        self._known = (0, 0)
        self._busy = self._stale = False
        frame.right.installEventFilter(self)
        frame.talk_side.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look again when there is another room, or another need for it."""
        kind = event.type()
        if kind == (QEvent.Type.Resize if watched is self._frame.right else QEvent.Type.LayoutRequest):
            self.fit()
        return False

    def forget(self) -> None:
        """Somebody else has changed what a level says: the next one is put, even where it is the same."""
        self._stale = True

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
        place, queue, few = frame.talk_place, frame.queue.few_gain(), _LEVELS[self.level][2]
        need = place.minimumHeightForWidth(wide) if place.hasHeightForWidth() else place.minimumSize().height()
        card = frame.speaker.layout().minimumHeightForWidth(wide)
        usual, close = self._speaker(card, wide)
        others = need - card + (queue if few else 0)
        for level, (lines, small, fewer) in enumerate(_LEVELS):
            speaker = close if small else usual
            if fewer and frame.chair.board.speaker is None:
                speaker = card  # what is kept free for the next one is the first thing to go
            attendance = -gap if lines == _GONE else frame.attendance.high(lines)
            if attendance + others + speaker - (queue if fewer else 0) <= room:
                return level
        return len(_LEVELS) - 1

    def _speaker(self, card: int, wide: int) -> tuple[int, int]:
        """How high the speaker's card is with the usual clock and with the smaller one, as though somebody spoke.

        Beside a smaller clock a long name may need a line less: both are measured, else each would ask for the other.
        """
        frame = self._frame
        speaker, gain = frame.chair.board.speaker, frame.speaker.close_gain()
        if speaker is not None:
            key = (speaker.name, wide, frame.speaker.figures())
            usual, close = self._known if key == self._key else (0, 0)
            usual, close = (usual, card) if _LEVELS[self.level][1] else (card, close)
            self._key, self._known = key, (usual, close)
        usual, close = self._known
        if not usual and close:
            usual = close + gain
        close = close or max(usual - gain, 0)
        return (usual, close) if speaker is not None else (max(usual, card), max(close, card))

    def _take(self, level: int) -> None:
        if level != self.level or self._stale:
            self.level, self._stale = level, False
            lines, close, few = _LEVELS[level]
            frame = self._frame
            frame.attendance.setVisible(lines < _GONE)
            frame.attendance.set_short(lines > 0, one_line=lines > 1)
            frame.speaker.set_close(close)
            frame.queue.set_few(few)


class MiddleColumn(QObject):
    """Sees to it that below the card of the item statements stand that can be read."""

    def __init__(self, frame: ConsoleFrame) -> None:
        super().__init__(frame)
        self._frame = frame
        self._busy = self._waits = False
        self._seen: object = None
        for watched in (frame.stage, *frame.bars(), frame.line.error):
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

    def wait(self) -> None:
        """Look at nothing while the parts are put elsewhere."""
        self._waits = True

    def go_on(self) -> None:
        """Everything is in its place: look again."""
        self._waits = False
        self.fit()

    def fit(self, _board: object = None) -> None:
        """Take the first level that leaves room for what is said."""
        frame, board = self._frame, self._frame.chair.board
        if self._busy or self._waits or board is None:
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

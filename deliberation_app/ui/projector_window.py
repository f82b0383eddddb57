"""The window for the room: the same moment as the console, in type that is read from ten metres; no keys, no bars."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QPainter, QPaintEvent, QScreen
from PySide6.QtWidgets import QWidget

from deliberation_app.language import _
from deliberation_app.services.board import Board
from deliberation_app.services.votes import Preview
from deliberation_app.ui import projector_scenes
from deliberation_app.ui.console_chair import Chair
from deliberation_app.ui.kit import run, theme

_TICK_MS = 250


class ProjectorWindow(QWidget):
    """Follows the chair's board; it is painted only when what it shows has changed."""

    closed = Signal()

    def __init__(self, chair: Chair) -> None:
        super().__init__()
        self.chair = chair
        self.written: list[tuple[str, float]] = []
        self._shown: tuple[object, ...] = ()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setWindowTitle(_("The window for the room"))
        self.setMinimumSize(480, 270)
        self.resize(960, 540)
        chair.changed.connect(self._look)
        theme.changes.changed.connect(self.update)
        QGuiApplication.instance().screenRemoved.connect(self._screen_gone)
        self._ticking = QTimer(self, interval=_TICK_MS)
        self._ticking.timeout.connect(lambda: self._look(self.chair.board))
        self._ticking.start()

    def open_on(self, beside: QWidget) -> None:
        """Fill the other screen where there is one; else stand as a window that can be moved there."""
        here = beside.screen()
        others = [screen for screen in QGuiApplication.screens() if screen is not here]
        if others:
            self.setGeometry(others[0].geometry())
            self.showFullScreen()
        else:
            self.show()
        beside.activateWindow()
        if not others:
            # In front, or nobody sees that it opened; the keyboard stays with the chair.
            self.raise_()

    def _screen_gone(self, screen: QScreen) -> None:
        """The cable was pulled: stay as a small window, the meeting goes on."""
        if self.screen() is screen or self.isFullScreen():
            self.showNormal()
            self.resize(960, 540)

    def _look(self, board: Board | None) -> None:
        """Paint again only what a person in the room would notice."""
        if board is None:
            return
        now = self.chair.now()
        left = board.speaker.left(now) if board.speaker is not None else None
        state = (
            board.state, board.current, board.vote, board.speaker, left, board.queue[:2], board.options, board.quorum,
            board.open_questions[-1:], now.hour, now.minute, board.meeting.title,
        )  # fmt: skip
        if state != self._shown:
            self._shown = state
            self.update()

    def _preview(self) -> Preview | None:
        """The verdict of the vote that is shown."""
        motion = self.chair.board.vote if self.chair.board else None
        return run.act(self, self.chair.judged, motion) if motion is not None else None

    def show_error(self, *_error: object) -> None:
        """The room is not told of errors; the console is."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The scene, scaled to the height of the window."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scale = self.height() / projector_scenes.HEIGHT
        painter.scale(scale, scale)
        board = self.chair.board
        if board is not None:
            width = self.width() / scale
            self.written = projector_scenes.paint(painter, width, board, self.chair.now(), self._preview)
            self.setAccessibleName(", ".join(text for text, _size in self.written))
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the full screen, then the window; F11 goes there; F10 closes it as it does in the console."""
        if event.key() == Qt.Key.Key_F10 or (event.key() == Qt.Key.Key_Escape and not self.isFullScreen()):
            self.close()
        elif event.key() == Qt.Key.Key_Escape:
            self.showNormal()
        elif event.key() == Qt.Key.Key_F11:
            self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """The console may open it again."""
        self._ticking.stop()
        self.closed.emit()
        super().closeEvent(event)

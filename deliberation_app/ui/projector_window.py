"""The window for the room: the same moment as the console, in type that is read from ten metres; no keys, no bars."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from deliberation_app.language import _
from deliberation_app.services.board import Board
from deliberation_app.ui import projector_scenes
from deliberation_app.ui.kit import theme
from deliberation_app.ui.projector_moment import RoomMoment

_TICK_MS = 250


class ProjectorWindow(QWidget):
    """Shows the room's moment; it is painted only when what it shows has changed.

    `closed` comes when a person closes it, `window_wanted` tells whether it is to stand as a window (True) or to fill
    its screen again, `typed` brings keys that are not for this window: a scanner may be typing.
    """

    closed = Signal()
    window_wanted = Signal(bool)
    typed = Signal(object)

    def __init__(self, moment: RoomMoment) -> None:
        super().__init__()
        self.moment = moment
        self.written: list[tuple[str, float]] = []
        self._shown: object = None
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        # The keyboard stays with the chair when this window comes and goes by itself.
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setWindowTitle(_("The window for the room"))
        self.setMinimumSize(320, 180)
        self.resize(640, 360)
        moment.chair.changed.connect(self._look)
        theme.changes.changed.connect(self.update)
        self._ticking = QTimer(self, interval=_TICK_MS)
        self._ticking.timeout.connect(lambda: self._look(None))
        self._ticking.start()

    def _look(self, _board: Board | None) -> None:
        """Paint again only what a person in the room would notice."""
        state = self.moment.state()
        if state != self._shown:
            self._shown = state
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The scene, scaled to the height of the window; on a narrow screen to what a scene needs in width."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        high = min(float(self.height()), self.width() * 3 / 4)
        if high < self.height():  # a scene fills its own ground
            painter.fillRect(self.rect(), theme.colour("bg"))
        scale = high / projector_scenes.HEIGHT
        painter.translate(0, (self.height() - high) / 2)
        painter.scale(scale, scale)
        self.written = self.moment.paint(painter, self.width() / scale)
        self.setAccessibleName(", ".join(text for text, _size in self.written))
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the full screen, then the window; F11 goes there; F10 closes it as it does in the console."""
        if event.key() == Qt.Key.Key_F10 or (event.key() == Qt.Key.Key_Escape and not self.isFullScreen()):
            self.close()
        elif event.key() == Qt.Key.Key_Escape:
            self.window_wanted.emit(True)
        elif event.key() == Qt.Key.Key_F11:
            self.window_wanted.emit(self.isFullScreen())
        else:
            self.typed.emit(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """The console may open it again."""
        self._ticking.stop()
        self.closed.emit()
        super().closeEvent(event)

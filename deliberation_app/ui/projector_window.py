"""The window for the room: the same moment as the console, in type that is read from ten metres; no keys, no bars."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from deliberation_app.language import _
from deliberation_app.services.board import Board
from deliberation_app.ui import projector_scenes
from deliberation_app.ui.kit import theme
from deliberation_app.ui.projector_canvas import Canvas, region
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
        # What was composed last, for which size; whether that was since the window was painted.
        self._scene: Canvas | None = None
        self._sized: object = None
        self._fresh = False
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        # The keyboard stays with the chair when this window comes and goes by itself.
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setWindowFlag(Qt.WindowType.WindowDoesNotAcceptFocus)
        self.setWindowTitle(_("The window for the room"))
        self.setMinimumSize(320, 180)
        self.resize(640, 360)
        moment.chair.changed.connect(self._look)
        theme.changes.changed.connect(self._anew)
        self._ticking = QTimer(self, interval=_TICK_MS)
        self._ticking.timeout.connect(lambda: self._look(None))
        self._ticking.start()

    def _look(self, _board: Board | None) -> None:
        """Paint again only what a person in the room would notice."""
        state = self.moment.state()
        if state != self._shown:
            self._shown = state
            self._compose()

    def _anew(self) -> None:
        """Other colours, faces or words: nothing stays."""
        self._scene = None
        self._fresh = False
        self.update()

    def _scale(self) -> tuple[float, float]:
        """How large a scene is shown, and where its upper edge lies."""
        high = min(float(self.height()), self.width() * 3 / 4)
        return high / projector_scenes.HEIGHT, (self.height() - high) / 2

    def _compose(self) -> None:
        """Compose the scene, and have painted what is other than in the one before."""
        scale, upper = self._scale()
        scene, sized = self.moment.compose(self.width() / scale), self.size()
        before, self._scene = self._scene, scene
        if before is None or sized != self._sized:
            self.update()
        else:
            changed = scene.changed_from(before)
            if changed:
                self.update(region(changed, scale, upper))
        self._sized, self._fresh = sized, True
        if scene.written != self.written:
            self.written = scene.written
            self.setAccessibleName(", ".join(text for text, _size in self.written))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The scene, scaled to the height of the window; on a narrow screen to what a scene needs in width."""
        whole = event.rect() == self.rect()
        if self._scene is None or self._sized != self.size() or (whole and not self._fresh):
            self._compose()
        self._fresh = False
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scale, upper = self._scale()
        if upper > 0:  # a scene fills its own ground
            painter.fillRect(self.rect(), theme.colour("bg"))
        painter.translate(0, upper)
        painter.scale(scale, scale)
        # Qt lets nothing through that lies outside of the region.
        self._scene.paint(painter, [_part(box, scale, upper) for box in event.region()])
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        """Another language has other words."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._anew()

    def let_keyboard(self, come: bool) -> None:
        """Whether whoever goes to this window by hand takes the keyboard along; never while it comes up by itself."""
        if self.windowHandle() is not None:
            self.windowHandle().setFlag(Qt.WindowType.WindowDoesNotAcceptFocus, not come)

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


def _part(box: QRect, scale: float, upper: float) -> tuple[float, float, float, float]:
    """Left, upper, right and lower edge of a box of the window, in the scene."""
    left, top = box.left() / scale, (box.top() - upper) / scale
    return left, top, left + box.width() / scale, top + box.height() / scale

"""On which screen the window for the room stands, while screens come and go; no window is ever lost with a screen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QApplication, QWidget

from deliberation_app.ui.projector_window import ProjectorWindow

# A cable that is plugged in or pulled brings several signals: look once they have come.
_SETTLE_MS = 80
# So long after it has come up the window for the room is not given the keyboard, whatever a window manager wants.
_REFUSE_MS = 1000
_SIZE = (640, 360)


class RoomPlace(QObject):
    """Opens, moves and brings back the window for the room.

    With a second screen it fills that one by itself; without one it is a window, behind the console unless it was
    asked for. Nothing it does takes the keyboard from the chair.
    """

    changed = Signal()

    def __init__(self, console: QWidget, make: Callable[[], ProjectorWindow]) -> None:
        super().__init__(console)
        self.console = console
        self.window: ProjectorWindow | None = None
        self._make = make
        # What a person chose: closed by hand it stays closed, taken out of the full screen it stays a window.
        self._unwanted = self._as_window = False
        self._leaving = self._watching = False
        # It came down by itself to the console's screen, where the console covers it.
        self._behind = False
        self._last_screen = ""
        self._soon = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._soon.timeout.connect(self.settle)
        self._refusing = QTimer(self, singleShot=True, interval=_REFUSE_MS)
        self._refusing.timeout.connect(self._refuse_no_more)
        desktop = QApplication.instance()
        desktop.screenAdded.connect(self._soon_again)
        desktop.primaryScreenChanged.connect(self._soon_again)
        desktop.screenRemoved.connect(self._screen_gone)
        self._heard = {screen.name() for screen in QGuiApplication.screens()}
        for screen in QGuiApplication.screens():
            screen.geometryChanged.connect(self._soon_again)
        self._soon.start()

    def _soon_again(self, what: object = None) -> None:
        if isinstance(what, QScreen) and what.name() not in self._heard:
            self._heard.add(what.name())
            what.geometryChanged.connect(self._soon_again)
        if not self._leaving:
            self._soon.start()

    def _screen_gone(self, screen: QScreen) -> None:
        self._heard.discard(screen.name())
        self._soon_again()

    def toggle(self) -> None:
        """Open the window, or close it; one that stands behind the console comes in front first."""
        if self.window is not None and self._behind:
            self._behind = False
            self.window.raise_()
            return
        if self.window is not None:
            self.window.close()
            return
        self._unwanted = self._as_window = False
        self._open()
        self.settle()
        if self.window is not None and not self.window.isFullScreen():
            self._behind = False
            self.window.raise_()  # in front, or nobody sees that it opened

    def leave(self) -> None:
        """The console goes, and this window with it."""
        self._leaving = True
        self._soon.stop()
        if self.window is not None:
            self.window.close()

    def full(self) -> bool:
        """Whether it fills a screen of its own."""
        return self.window is not None and self.window.isFullScreen()

    def settle(self) -> None:
        """Put both windows where they belong on the screens there are now."""
        if self._leaving or not self.console.isVisible():
            return
        if not self._watching:
            self._watching = True
            self.console.windowHandle().screenChanged.connect(self._soon_again)
        self._find_console()
        other = self._other_screen()
        if self.window is None and other is not None and not self._unwanted:
            self._open()
        if self.window is not None:
            if other is not None and not self._as_window:
                self._fill(other)
            else:
                self._stand()
        self.changed.emit()

    def _open(self) -> None:
        self.window = self._make()
        self.window.closed.connect(self._closed)
        self.window.window_wanted.connect(self._want_window)
        self.window.installEventFilter(self)

    def _refuse_keyboard(self) -> None:
        """The window comes up: a window manager must not hand it the keyboard when it is mapped, which is later."""
        self._refusing.start()
        if self.window is not None:
            self.window.let_keyboard(False)

    def _refuse_no_more(self) -> None:
        if self.window is not None:
            self.window.let_keyboard(True)

    def eventFilter(self, _window: QObject, event: QEvent) -> bool:
        """Where a window manager gave it the keyboard nevertheless, it goes back to the console."""
        if event.type() == QEvent.Type.WindowActivate and self._refusing.isActive():
            QTimer.singleShot(0, self.console, self.console.activateWindow)
        return False

    def _closed(self) -> None:
        self.window, self._behind = None, False
        self._unwanted = not self._leaving
        self.changed.emit()

    def _want_window(self, wanted: bool) -> None:
        self._as_window = wanted
        if wanted or self._other_screen() is not None:
            self.settle()
        elif self.window is not None:  # asked for by F11 on the only screen there is
            self.window.showFullScreen()

    def _other_screen(self) -> QScreen | None:
        """A screen that shows other than the console's does; the one that was used last where there are several."""
        here = self.console.screen()
        others = [one for one in QGuiApplication.screens() if one is not here and not _same(one, here)]
        return next((one for one in others if one.name() == self._last_screen), others[0] if others else None)

    def _fill(self, screen: QScreen) -> None:
        window = self.window
        if window is None or (window.isFullScreen() and window.geometry() == screen.geometry()):
            return
        self._last_screen, self._behind = screen.name(), False
        if window.isVisible():
            window.showNormal()
        window.winId()  # there is no handle to give a screen to before
        self._refuse_keyboard()
        window.windowHandle().setScreen(screen)
        window.setGeometry(screen.geometry())
        # Not showFullScreen, which asks for the keyboard.
        window.setWindowState(Qt.WindowState.WindowFullScreen)
        window.show()
        self.console.activateWindow()

    def _stand(self) -> None:
        """Stand as a window on the console's screen, behind the console; one that stands well stays where it is."""
        window, screen = self.window, self.console.screen()
        if window is None or (window.isVisible() and not window.isFullScreen() and _found(window)):
            return
        room = screen.availableGeometry()
        window.winId()
        self._refuse_keyboard()
        window.windowHandle().setScreen(screen)
        wide = min(_SIZE[0], room.width() - 40)
        place = QRect(room.left() + 20, room.bottom() - 60 - wide * 9 // 16, wide, wide * 9 // 16)
        window.showNormal()
        window.setGeometry(place)
        self._behind = True
        self.console.raise_()
        self.console.activateWindow()

    def _find_console(self) -> None:
        """Bring the console back whose own screen went."""
        console = self.console
        if _found(console):
            return
        screen = QGuiApplication.primaryScreen()
        room = screen.availableGeometry()
        full, most = console.isFullScreen(), console.isMaximized()
        console.showNormal()
        console.windowHandle().setScreen(screen)
        console.setGeometry(QRect(room.topLeft(), console.size().boundedTo(room.size())))
        if full:
            console.showFullScreen()
        elif most:
            console.showMaximized()
        console.raise_()


def _same(one: QScreen, other: QScreen) -> bool:
    """Whether two screens show the same, as a projector does that repeats the laptop, be it larger or smaller."""
    both = one.geometry().intersected(other.geometry()).size()
    least = min(screen.geometry().width() * screen.geometry().height() for screen in (one, other))
    return not both.isEmpty() and 2 * both.width() * both.height() > least


def _found(window: QWidget) -> bool:
    """Whether more than half of a window lies on the screens there are."""
    frame = window.frameGeometry()
    parts = (frame.intersected(one.geometry()).size() for one in QGuiApplication.screens())
    return 2 * sum(part.width() * part.height() for part in parts) > frame.width() * frame.height()

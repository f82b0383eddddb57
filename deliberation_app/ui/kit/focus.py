"""The one focus ring of the program: two pixels, three outside, drawn while the keyboard was used last."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QPlainTextEdit,
    QScrollArea,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

from deliberation_app.ui.kit import theme
from deliberation_app.ui.kit.theme import px

_GAP = 3
_WIDE = 2
# So long nobody waits without pressing the key again.
_STILL = 1.0
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
# No hand is as quick: milliseconds between two keys.
_SCANNED = 40
# With Ctrl these copy and paste.
_TYPING = (Qt.Key.Key_A, Qt.Key.Key_C, Qt.Key.Key_V, Qt.Key.Key_X, Qt.Key.Key_Control)
_KEYS = (QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride)
_MOVES = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide)


class FocusRing(QWidget):
    """Lies over the window around the widget that has the focus, and lets the mouse through.

    A plain overlay and not QFocusFrame: that one takes gap and width from the style, and a style written in Python
    would be asked for every measure of every widget.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._target: QWidget | None = None
        self._watched: list[QObject] = []
        self.hide()

    def surround(self, target: QWidget | None) -> None:
        """Go around `target`, or away."""
        for watched in self._watched:
            if isValid(watched):  # a page that was thrown away took its widgets along
                watched.removeEventFilter(self)
        self._watched = []
        self._target = target
        host = host_of(target) if target else None
        if target is None or host is None:
            self.hide()
            return
        if self.parentWidget() is not host:
            self.setParent(host)
        above: QWidget | None = target
        while above is not None and above is not host:
            above.installEventFilter(self)
            self._watched.append(above)
            above = above.parentWidget()
        self._follow()

    def target(self) -> QWidget | None:
        """The widget it surrounds."""
        return self._target

    def _follow(self) -> None:
        target, host = self._target, self.parentWidget()
        if target is None or not isValid(target) or host is None or not target.isVisibleTo(host):
            self.hide()
            return
        wide = px(_GAP) + px(_WIDE)
        area = QRect(target.mapTo(host, target.rect().topLeft()), target.size())
        self.setGeometry(area.adjusted(-wide, -wide, wide, wide))
        self.raise_()
        self.show()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Move with the widget and everything it lies in."""
        if event.type() in _MOVES:
            self._follow()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide = px(_WIDE)
        painter.setPen(QPen(theme.colour("ring"), wide))
        half = wide / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), px(11), px(11))


def host_of(target: QWidget) -> QWidget | None:
    """The window, or what scrolls around the target, so that the ring scrolls and is clipped with it."""
    above = target.parentWidget()
    while above is not None and not above.isWindow():
        outer = above.parentWidget()
        if (
            outer is not None
            and isinstance(outer.parentWidget(), QScrollArea)
            and outer.parentWidget().widget() is above
        ):
            return above
        above = outer
    return above


class FocusWatch(QObject):
    """Knows whether keyboard or mouse was used last, and sends the ring to the widget with the focus."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.keyboard = False
        self._enter = HeldEnter()
        self.still = StoodStill()
        self._ring: FocusRing | None = None
        app.focusChanged.connect(self._focus_changed)
        app.focusWindowChanged.connect(self._watch)
        self._watch(app.focusWindow())

    def _watch(self, window: QObject | None) -> None:
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)

    def eventFilter(self, _window: QObject, event: QEvent) -> bool:
        """Only what comes to a whole window passes here, so this costs nothing while painting."""
        kind = event.type()
        if kind in _KEYS and (self._enter.swallows(event) or self.still.swallows(event)):
            return True
        if kind == QEvent.Type.KeyPress and not self.keyboard:
            self._use(True)
        elif kind == QEvent.Type.MouseButtonPress and self.keyboard:
            self._use(False)
        return False

    def _use(self, keyboard: bool) -> None:
        self.keyboard = keyboard
        self._focus_changed(None, QApplication.focusWidget())
        view = QApplication.focusWidget()
        if isinstance(view, QAbstractItemView):
            view.viewport().update()

    def ring(self) -> FocusRing:
        """The ring, made again if the window it lay in is gone."""
        if self._ring is None or not isValid(self._ring):
            self._ring = FocusRing()
        return self._ring

    def _focus_changed(self, _old: QWidget | None, now: QWidget | None) -> None:
        if self.keyboard and now is not None and wants_ring(now):
            self.ring().surround(now)
        elif self._ring is not None and isValid(self._ring):
            self._ring.surround(None)


class HeldEnter:
    """Knows Enter that is held down: it acts once, for the page may have changed under the hand."""

    def __init__(self) -> None:
        self._released = -1

    def swallows(self, event: QEvent) -> bool:
        """Whether this is Enter once more without having been let go; in a long text that is typing."""
        if not isinstance(event, QKeyEvent):
            return False
        if event.key() not in _ENTER:
            self._released = -1  # another key between: this Enter is a new one, however quick the hand or the scanner
            return False
        if event.type() == QEvent.Type.KeyRelease:
            self._released = event.timestamp() if event.nativeScanCode() else -1
            return False
        # X tells a repeated key as let go and pressed in the same moment, and Qt does not always notice.
        paired = event.timestamp() == self._released and event.nativeScanCode() and _on_x()
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        typing = plain and isinstance(QApplication.focusWidget(), (QPlainTextEdit, QTextEdit))
        if typing or not (event.isAutoRepeat() or paired):
            return False
        event.accept()  # nor is it for a shortcut
        return True


class StoodStill:
    """Knows the keys that were pressed while an act waited and the windows stood still.

    Nobody saw then what a key would do: what was typed is taken, but nothing is done by it.
    """

    def __init__(self) -> None:
        self._pressed = self._until = self._last = -1

    def pressed(self) -> int:
        """When the last key came, in milliseconds of the window system."""
        return self._pressed

    def stood(self, since: int, seconds: float) -> None:
        """What the key of then began has taken so long; a dialog in between took keys, and they do not count."""
        if seconds >= _STILL:
            self._until = since + round(seconds * 1000)

    def swallows(self, event: QEvent) -> bool:
        """Whether this key would do something, and was pressed while the windows stood still."""
        if not (isinstance(event, QKeyEvent) and event.nativeScanCode()) or event.type() == QEvent.Type.KeyRelease:
            return False
        now, before = event.timestamp(), self._last
        if event.type() == QEvent.Type.KeyPress:
            self._last = now
        if now >= self._until:
            self._pressed, self._until = now, -1
            return False
        key, ctrl = event.key(), event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if key in _ENTER and not ctrl and 0 <= now - before < _SCANNED:
            return False  # the end of a line that a scanner has typed
        done = key in _ENTER or Qt.Key.Key_F1 <= key <= Qt.Key.Key_F35 or (ctrl and key not in _TYPING)
        if done:
            event.accept()  # nor is it for a shortcut
        return bool(done)


def last_key() -> int:
    """When the last key came."""
    return _watch.still.pressed() if _watch is not None else -1


def stood_still(since: int, seconds: float) -> None:
    """An act that the key of then began has taken so long."""
    if _watch is not None:
        _watch.still.stood(since, seconds)


def _on_x() -> bool:
    return QGuiApplication.platformName() == "xcb"


def wants_ring(widget: QWidget) -> bool:
    """Lists draw the ring around the current row themselves; windows and popups have none."""
    if widget.isWindow() or widget.property("ring") == "own":
        return False
    return not isinstance(widget, QAbstractItemView) or (
        isinstance(widget, QAbstractScrollArea) and widget.property("ring") == "whole"
    )


_watch: FocusWatch | None = None


def watch(app: QApplication) -> FocusWatch:
    """Start the one watch of the application."""
    global _watch  # noqa: PLW0603 - one focus a process
    if _watch is None:
        _watch = FocusWatch(app)
    return _watch


def keyboard_used() -> bool:
    """Whether the keyboard was used last, for delegates that draw the ring around a row."""
    return _watch is not None and _watch.keyboard


def paint_ring(painter: QPainter, box: QRectF, radius: float = 8) -> None:
    """The ring inside `box`, for delegates."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.colour("ring"), px(_WIDE)))
    half = px(_WIDE) / 2
    painter.drawRoundedRect(box.adjusted(half, half, -half, -half), px(radius), px(radius))
    painter.restore()


__all__ = [
    "FocusRing", "FocusWatch", "host_of", "keyboard_used", "last_key", "paint_ring", "stood_still", "wants_ring",
    "watch",
]  # fmt: skip

"""Buttons with icon, words and key cap, filters, and the segment of two to four exclusive sides."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import Property, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QWidget,
)

from deliberation_app.ui.kit import icons, pictures, theme
from deliberation_app.ui.kit.theme import px

_LIVE = re.compile(r"(Ctrl|Alt|F\d)")
_FILLED = ("primary", "next")
_SYMBOLS = {"Return": "⏎"}
# Buttons that only point somewhere are clicked on and on: the next month, the next page, larger.
_ON_AND_ON = ("left", "right", "up", "down", "up_arrow", "down_arrow", "minus")
_CENTRED = Qt.AlignmentFlag.AlignCenter


def paint_cap(painter: QPainter, right: float, middle: float, keys: str, shade: str, edge: str) -> float:
    """A key cap that ends at `right`; returns its left edge."""
    words = keys.replace("+", " ")
    wide = theme.advance("keycap", words) + px(12)
    high = px(22)
    box = QRectF(right - wide, middle - high / 2, wide, high)
    line = theme.colour(edge)

    def frame(brush: QPainter, place: QRectF) -> None:
        brush.setRenderHint(QPainter.RenderHint.Antialiasing)
        brush.setPen(line)
        brush.setBrush(Qt.BrushStyle.NoBrush)
        brush.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), px(4), px(4))

    pictures.put(painter, box, ("cap", line.rgba()), frame)
    painter.setPen(theme.colour(shade))
    painter.setFont(theme.face("keycap"))
    painter.drawText(box, _CENTRED, words)
    return box.left()


class Button(QPushButton):
    """A button that paints its own content; kind is primary, normal, quiet, link, next, filter, segment, nav or toast.

    `keys` (Ctrl+N, F5) is a live shortcut shown as a cap; `cap` only shows one (Enter); `icon_name` stands before the
    words, `after` behind them. Enter presses it as the space bar does, unless `takes_enter` leaves Enter to the page. A
    double click presses it once, unless it `goes_on`.
    """

    takes_enter = True
    goes_on = False

    def __init__(
        self, text: str = "", kind: str = "normal", *, icon: str = "", after: str = "", keys: str = "", cap: str = "",
        small: bool = False, tone: str = "", parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._icon, self._after, self._keys, self._cap, self._tone = icon, after, "", cap, tone
        self._measured: object = None
        self._size = QSize()
        self._shortcut: QShortcut | None = None
        self.setProperty("kind", kind)
        self.setProperty("small", small)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setAutoDefault(False)
        if kind in ("filter", "segment", "nav"):
            self.setCheckable(True)
        self.setText(text)
        if keys:
            self.set_keys(keys)

    def _get_keys(self) -> str:
        return self._keys

    def set_keys(self, keys: str) -> None:
        """Give the button a live shortcut and show it as a cap."""
        self._keys = self._cap = keys
        if self._shortcut is None:
            self._shortcut = QShortcut(self)
            self._shortcut.setAutoRepeat(False)
            self._shortcut.activated.connect(self.click)
        self._shortcut.setKey(QKeySequence(keys) if _LIVE.match(keys) else QKeySequence())
        self.updateGeometry()

    def _get_cap(self) -> str:
        return self._cap

    def set_cap(self, cap: str) -> None:
        """Show a key cap without making the key live."""
        if cap == self._cap:
            return
        self._cap = cap
        self.updateGeometry()

    def _get_icon_name(self) -> str:
        return self._icon

    def set_icon_name(self, name: str) -> None:
        """Show this icon before the words."""
        if name == self._icon:
            return
        self._icon = name
        self.updateGeometry()
        self.update()

    def _get_after(self) -> str:
        return self._after

    def set_after(self, name: str) -> None:
        """Show this icon behind the words."""
        self._after = name
        self.updateGeometry()
        self.update()

    keys = Property(str, _get_keys, set_keys)
    cap = Property(str, _get_cap, set_cap)
    icon_name = Property(str, _get_icon_name, set_icon_name)
    after = Property(str, _get_after, set_after)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it, once however long the key is held; with Ctrl it belongs to the page."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if not (self.takes_enter and plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)):
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            self.click()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Who clicks everything twice means it once, unless the button is made to be clicked on and on."""
        if self.goes_on or (not self.text() and self._icon in _ON_AND_ON):
            super().mouseDoubleClickEvent(event)

    def kind(self) -> str:
        """Its kind."""
        return str(self.property("kind") or "normal")

    def set_kind(self, kind: str) -> None:
        """Change its kind while it is shown."""
        theme.restyle(self, kind=kind)

    def small(self) -> bool:
        """Whether it is 32 high instead of 40."""
        return bool(self.property("small"))

    def face(self, *, widest: bool = False) -> str:
        """The kind of type of its words."""
        if self.kind() == "segment":
            return "bold" if widest or self.isChecked() else "body"
        return "label" if self.small() else "strong"

    def _icon_size(self) -> int:
        return px(18)

    def _pad(self) -> int:
        kind = self.kind()
        if not self.text():
            return px(7) if self.small() else px(11)
        if kind == "link":
            return px(4)
        return px(10) if self.small() or kind == "quiet" else px(16)

    def sizeHint(self) -> QSize:
        """Room for icon, words, key cap; the bold width is reserved where words change weight."""
        kind, small, scale = self.kind(), self.small(), theme.look().scale
        measured = (self.text(), kind, small, self._icon, self._after, self._cap, scale)
        if measured != self._measured:
            self._measured, self._size = measured, self._measure()
        return QSize(self._size)

    def _measure(self) -> QSize:
        wide = theme.advance(self.face(widest=True), self.text()) + 2 * self._pad()
        gap = px(6) if self.text() else 0
        wide += (self._icon_size() + gap if self._icon else 0) + (self._icon_size() + gap if self._after else 0)
        if self._cap:
            wide += theme.advance("keycap", self._cap.replace("+", " ")) + px(12) + px(8)
        high = px(32) if self.small() or self.kind() in ("filter", "link", "segment") else px(40)
        return QSize(max(int(wide) + 1, px(32)), high)

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()

    def ink(self) -> str:
        """The colour token of its words in its present state."""
        kind = self.kind()
        if not self.isEnabled():
            return "text3"
        if kind in _FILLED:
            return "onAccent"
        if kind == "link" or (kind == "filter" and self.isChecked()):
            return "accentText"
        if kind == "toast":
            return "toastButtonText"
        if kind == "segment" and not self.isChecked():
            return "text2"
        return self._tone or "text"

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ground by the style, the content by hand."""
        painter = QPainter(self)
        option, box = QStyleOptionButton(), QRectF(self.rect())
        self.initStyleOption(option)

        def bevel(brush: QPainter, place: QRectF) -> None:
            option.rect = place.toRect()
            self.style().drawControl(QStyle.ControlElement.CE_PushButtonBevel, option, brush, self)

        look = (self.kind(), self.small(), option.state.value, theme.look().theme)
        pictures.put(painter, box, look, bevel)
        self.paint_content(painter, box)

    def paint_content(self, painter: QPainter, box: QRectF) -> None:
        """Icon, words, icon, cap, centred together."""
        text, shade, side = self.text(), self.ink(), self._icon_size()
        gap, pad, wide = px(6) if text else 0, self._pad(), box.width()
        aside = max((wide + 2 * pad - self.sizeHint().width()) / 2, pad if text else 0)
        left, right, middle = box.left() + aside, box.right() - aside, box.center().y()
        if self._cap:
            edge = "onAccent" if shade == "onAccent" else "field"
            right = paint_cap(painter, right, middle, self._cap, shade, edge) - px(8)
        if self._icon:
            icons.paint(painter, self._icon, QRectF(left, middle - side / 2, side, side), theme.colour(shade))
            left += side + gap
        if self._after:
            icons.paint(painter, self._after, QRectF(right - side, middle - side / 2, side, side), theme.colour(shade))
            right -= side + gap
        if text:
            painter.setFont(theme.face(self.face()))
            painter.setPen(theme.colour(shade))
            painter.drawText(QRectF(left, box.top(), right - left + 1, box.height()), _CENTRED, text)


class FilterButton(Button):
    """A filter that is on or off, with a tick in front while it is on."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, "filter", parent=parent)
        self.toggled.connect(self._tick)

    def _tick(self, on: bool) -> None:
        self.set_icon_name("check" if on else "")


class Segment(QFrame):
    """Two to four exclusive views or sides; arrows move, one is always chosen."""

    chosen = Signal(str)

    def __init__(
        self,
        options: Sequence[tuple[str, str]] = (),
        current: str = "",
        *,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "segment")
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._group = QButtonGroup(self)
        self._names: list[str] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(px(4), px(3), px(4), px(3))
        self._row.setSpacing(px(4))
        self._group.idClicked.connect(lambda at: self.chosen.emit(self._names[at]))
        self.set_options(options, current)

    def set_options(self, options: Sequence[tuple[str, str]], current: str = "") -> None:
        """Offer (id, words) pairs; `current` or the first is chosen."""
        for button in self._group.buttons():
            self._group.removeButton(button)
            button.deleteLater()
        self._names = [name for name, _words in options]
        for at, (_name, words) in enumerate(options):
            button = SegmentButton(words, self)
            self._group.addButton(button, at)
            self._row.addWidget(button)
        if self._names:
            self.choose(current or self._names[0])

    def current(self) -> str:
        """The id of the chosen side."""
        at = self._group.checkedId()
        return self._names[at] if at >= 0 else ""

    def choose(self, name: str) -> None:
        """Choose a side without telling."""
        self._group.button(self._names.index(name)).setChecked(True)

    def words(self, name: str, words: str) -> None:
        """Change the words of one side, for example its count."""
        self._group.button(self._names.index(name)).setText(words)

    def step(self, by: int) -> None:
        """Choose the neighbour, around the ends, and tell."""
        at = (self._group.checkedId() + by) % len(self._names)
        button = self._group.button(at)
        button.setChecked(True)
        button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.chosen.emit(self._names[at])


class SegmentButton(Button):
    """One side of a segment; only the chosen one is a stop of the Tab key, and Enter has nothing to choose there."""

    takes_enter = False

    def __init__(self, words: str, segment: Segment) -> None:
        super().__init__(words, "segment", parent=segment)
        self._segment = segment
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.toggled.connect(self._take_tab)

    def _take_tab(self, on: bool) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if on else Qt.FocusPolicy.ClickFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the choice."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
        by = steps.get(Qt.Key(event.key()))
        if by:
            self._segment.step(by)
        else:
            super().keyPressEvent(event)

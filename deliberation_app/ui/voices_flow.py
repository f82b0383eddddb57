"""A layout that sets widgets one after the other and goes on in the next line: filters, channels, acts."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget

from deliberation_app.ui.kit.theme import px


class Flow(QLayout):
    """As many widgets in a line as have room; the height follows the width."""

    def __init__(self, parent: QWidget | None = None, *, gap: int = 8) -> None:
        super().__init__(parent)
        self.setContentsMargins(0, 0, 0, 0)
        self._gap = px(gap)
        self._items: list[QLayoutItem] = []

    def addItem(self, item: QLayoutItem) -> None:
        """Take one more."""
        self._items.append(item)

    def count(self) -> int:
        """How many."""
        return len(self._items)

    def itemAt(self, at: int) -> QLayoutItem | None:
        """The one at a place."""
        return self._items[at] if 0 <= at < len(self._items) else None

    def takeAt(self, at: int) -> QLayoutItem | None:
        """Give one back."""
        return self._items.pop(at) if 0 <= at < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """It does not grow by itself."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """The height follows the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of all lines at a width."""
        return self._lay(QRect(0, 0, width, 0), place=False)

    def setGeometry(self, rect: QRect) -> None:
        """Place the widgets."""
        super().setGeometry(rect)
        self._lay(rect, place=True)

    def sizeHint(self) -> QSize:
        """All in one line."""
        sizes = [item.sizeHint() for item in self._shown()]
        wide = sum(size.width() for size in sizes) + self._gap * max(len(sizes) - 1, 0)
        return QSize(wide, max((size.height() for size in sizes), default=0))

    def minimumSize(self) -> QSize:
        """The widest of them."""
        sizes = [item.minimumSize() for item in self._shown()]
        return QSize(max((one.width() for one in sizes), default=0), max((one.height() for one in sizes), default=0))

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if item.widget() is None or not item.widget().isHidden()]

    def _lay(self, rect: QRect, *, place: bool) -> int:
        left, top, high = rect.left(), rect.top(), 0
        for item in self._shown():
            size = item.sizeHint()
            if left > rect.left() and left + size.width() > rect.right() + 1:
                left, top, high = rect.left(), top + high + self._gap, 0
            if place:
                wide = min(size.width(), rect.width())
                item.setGeometry(QRect(QPoint(left, top), QSize(wide, size.height())))
            left += size.width() + self._gap
            high = max(high, size.height())
        return top + high - rect.top()


class FlowBox(QWidget):
    """A widget that holds a flow."""

    def __init__(self, parent: QWidget | None = None, *, gap: int = 8) -> None:
        super().__init__(parent)
        self.flow = Flow(self, gap=gap)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def event(self, event: QEvent) -> bool:
        """The lines that its width needs are its least height, also where the room is short."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self.setMinimumHeight(self.flow.heightForWidth(self.width()))
        return super().event(event)

    def add(self, widget: QWidget) -> QWidget:
        """One more at the end."""
        self.flow.addWidget(widget)
        return widget

    def clear(self) -> None:
        """Throw away what it holds."""
        while (item := self.flow.takeAt(0)) is not None:
            if item.widget() is not None:
                item.widget().hide()
                item.widget().deleteLater()


class PaneStack(QWidget):
    """One pane in front of the others, as high as there is room: a pane that scrolls by itself asks for its least."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._panes: list[QWidget] = []
        self._front: QWidget | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def take(self, pane: QWidget) -> None:
        """One more, behind."""
        pane.setParent(self)
        pane.hide()
        self._panes.append(pane)

    def show_pane(self, front: QWidget) -> None:
        """Bring this one to the front."""
        self._front = front
        front.setGeometry(self.rect())
        for pane in self._panes:
            pane.setVisible(pane is front)
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        """What the one in front needs."""
        return self._front.minimumSizeHint() if self._front is not None else QSize(0, 0)

    sizeHint = minimumSizeHint

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The one in front fills it."""
        super().resizeEvent(event)
        if self._front is not None:
            self._front.setGeometry(self.rect())

    def event(self, event: QEvent) -> bool:
        """What the one in front needs has changed."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().event(event)

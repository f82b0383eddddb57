"""A layout that sets widgets one after the other and goes on in the next line: filters, channels, acts."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget

from deliberation_app.ui.kit import theme
from deliberation_app.ui.kit.theme import px


class Flow(QLayout):
    """As many widgets in a line as have room; the height follows the width."""

    def __init__(self, parent: QWidget | None = None, *, gap: int = 8, asks: bool = True) -> None:
        super().__init__(parent)
        self.setContentsMargins(0, 0, 0, 0)
        self._gap = px(gap)
        self._asks = asks  # whether those around it ask for its height at a width
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
        return self._asks

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
    """A widget that holds a flow; without `asks` it grows by itself, and those around keep their own measures."""

    def __init__(self, parent: QWidget | None = None, *, gap: int = 8, asks: bool = True) -> None:
        super().__init__(parent)
        self.flow = Flow(self, gap=gap, asks=asks)
        high = QSizePolicy.Policy.Minimum if asks else QSizePolicy.Policy.Maximum
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, high)
        policy.setHeightForWidth(asks)
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


def let_flow(box: QWidget) -> None:
    """What stands in a line of this box goes on in the next line where there is little room."""
    line = box.layout()
    flowing = FlowBox(gap=round(line.spacing() * 100 / theme.look().scale), asks=False)
    while (item := line.takeAt(0)) is not None:
        if item.widget() is not None:
            flowing.add(item.widget())
    line.addWidget(flowing)

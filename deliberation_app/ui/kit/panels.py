"""Larger pieces of a page: card, headers, error line, empty state, progress, bottom panel, scroll area."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from PySide6.QtCore import Property, QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from deliberation_app.language import _
from deliberation_app.ui.kit.buttons import Button
from deliberation_app.ui.kit.flow import FlowBox
from deliberation_app.ui.kit.labels import ElideLabel, Label
from deliberation_app.ui.kit.theme import px


@contextmanager
def at_once(layout: QLayout) -> Iterator[None]:
    """What comes and goes inside is laid out once, when the block ends: each part that comes lays out all around it."""
    was = layout.isEnabled()
    layout.setEnabled(False)
    try:
        yield
    finally:
        layout.setEnabled(was)
        layout.activate()


def column(
    parent: QWidget | None = None, *, margins: tuple[int, int, int, int] = (0, 0, 0, 0), spacing: int = 0
) -> QVBoxLayout:
    """A column with margins and spacing of the design."""
    made = QVBoxLayout(parent) if parent else QVBoxLayout()
    made.setContentsMargins(*(px(side) for side in margins))
    made.setSpacing(px(spacing))
    return made


def row(
    parent: QWidget | None = None, *, margins: tuple[int, int, int, int] = (0, 0, 0, 0), spacing: int = 0
) -> QHBoxLayout:
    """A row with margins and spacing of the design."""
    made = QHBoxLayout(parent) if parent else QHBoxLayout()
    made.setContentsMargins(*(px(side) for side in margins))
    made.setSpacing(px(spacing))
    return made


def line(*, upright: bool = False) -> QFrame:
    """A hairline."""
    made = QFrame()
    made.setProperty("kind", "rule" if upright else "line")
    return made


class Card(QFrame):
    """A white ground with a hairline; put a layout into it, or use its column."""

    def __init__(self, parent: QWidget | None = None, *, kind: str = "card") -> None:
        super().__init__(parent)
        self.setProperty("kind", kind)

    def column(self, padding: int = 20, spacing: int = 12) -> QVBoxLayout:
        """A column inside the card."""
        return column(self, margins=(padding, padding, padding, padding), spacing=spacing)


class Tint(QFrame):
    """A block on the tint of a tone: a note, a verdict."""

    def __init__(self, tone: str = "info", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "tint")
        self.setProperty("tone", tone)


class PageHeader(QWidget):
    """Title in the Song face, one line of context below, acts at the right, the most important last."""

    def __init__(
        self, title: str = "", context: str = "", acts: Sequence[QWidget] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._across = row(self, spacing=12)
        words = column(spacing=2)
        self._title = Label(title, "title")
        self._context = ElideLabel(context, "context")
        words.addWidget(self._title)
        words.addWidget(self._context)
        self._across.addLayout(words, 1)
        self.acts = FlowBox(gap=12, asks=False)
        self._across.addWidget(self.acts)
        for act in acts:
            self.acts.add(act)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where title and acts have no room beside each other the acts go below, in several lines if need be."""
        super().resizeEvent(event)
        self._fold()

    def event(self, event: QEvent) -> bool:
        """Other words need other room."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fold()
        return super().event(event)

    def _fold(self) -> None:
        needed = self._title.sizeHint().width() + self.acts.flow.sizeHint().width() + px(12)
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        wanted = across if needed <= self.width() else down
        if self._across.direction() != wanted:
            self._across.setDirection(wanted)

    def _get_title(self) -> str:
        return self._title.text()

    def set_title(self, title: str) -> None:
        """Show this title, one of our own fixed words."""
        self._title.setText(title)

    def _get_context(self) -> str:
        return self._context.whole()

    def set_context(self, context: str) -> None:
        """Show this line below."""
        self._context.set_text(context)

    title = Property(str, _get_title, set_title)
    context = Property(str, _get_context, set_context)

    def add_act(self, act: QWidget) -> None:
        """Put an act at the right end."""
        self.acts.add(act)


class InnerHeader(QFrame):
    """The bar of an inner page: back arrow, title, chip, context, acts."""

    back = Signal()

    def __init__(
        self, title: str = "", context: str = "", acts: Sequence[QWidget] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "bar")
        self.setFixedHeight(px(80))
        across = row(self, margins=(16, 0, 24, 0), spacing=12)
        self.back_button = Button("", "quiet", icon="back")
        self.back_button.setAccessibleName(_("Back"))
        self.back_button.setToolTip(_("Back"))
        self.back_button.clicked.connect(self.back)
        across.addWidget(self.back_button)
        words = column(spacing=2)
        words.addStretch()
        self._head = row(spacing=10)
        self._title = ElideLabel(title, "h2")
        self._title.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._head.addWidget(self._title)
        self._head.addStretch()
        self._context = ElideLabel(context, "context")
        words.addLayout(self._head)
        words.addWidget(self._context)
        words.addStretch()
        across.addLayout(words, 1)
        self.acts = row(spacing=12)
        across.addLayout(self.acts)
        for act in acts:
            self.acts.addWidget(act)
        self._context.setVisible(bool(context))

    def set_title(self, title: str) -> None:
        """Show this title."""
        self._title.setText(title)

    def set_context(self, context: str) -> None:
        """Show this line below; without one the title stands in the middle."""
        self._context.set_text(context)
        self._context.setVisible(bool(context))

    def add_chip(self, chip: QWidget) -> None:
        """Put a chip behind the title."""
        self._head.insertWidget(self._head.count() - 1, chip)

    def add_act(self, act: QWidget) -> None:
        """Put an act at the right end."""
        self.acts.addWidget(act)


def empty(held: QHBoxLayout | QVBoxLayout) -> None:
    """Take everything out of a layout and throw it away."""
    while held.count():
        item = held.takeAt(0)
        if item.widget():
            item.widget().hide()
            item.widget().deleteLater()
        elif item.layout():
            empty(item.layout())


class Scroll(QScrollArea):
    """Scrolls one widget up and down when it is higher than the room; `both` ways instead of asking for its width."""

    def __init__(self, widget: QWidget | None = None, parent: QWidget | None = None, *, both: bool = False) -> None:
        super().__init__(parent)
        self._both = both
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        if not both:
            self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setProperty("ground", "none")
        if widget:
            self.setWidget(widget)

    def setWidget(self, widget: QWidget) -> None:
        """Scroll this; its width follows the area."""
        widget.setProperty("ground", "none")
        super().setWidget(widget)

    def event(self, event: QEvent) -> bool:
        """Never narrower than its content asks for."""
        if event.type() == QEvent.Type.LayoutRequest and self.widget() and not self._both:
            self.setMinimumWidth(self.widget().minimumSizeHint().width() + px(12))
        return super().event(event)

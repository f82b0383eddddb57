"""Panes in front of each other, as high as there is room; what flows from line to line lies in the kit."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from deliberation_app.ui.kit.flow import Flow, FlowBox

__all__ = ["Flow", "FlowBox", "PaneStack"]


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

"""Labels: words on the screen that are never mark-up, and that move nothing around while they need the same room."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from deliberation_app.ui.kit import rare_faces, theme
from deliberation_app.ui.kit.one_line import cut, one_line, plain_tip

_HIDDEN = Qt.WidgetAttribute.WA_WState_Hidden


class Label(QLabel):
    """A label that shows user text as text, never as mark-up; `type` and `tone` are those of the stylesheet."""

    # What the layout around was told: the size, and the face it was of.
    _room: object = None

    def __init__(
        self, text: str = "", type: str = "", tone: str = "", *, wrap: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        if type:
            self.setProperty("type", type)
        if tone:
            self.setProperty("tone", tone)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Show `text`; where it needs the room of the text before, nothing around is laid out anew."""
        if text == self.text():
            return
        rare_faces.ready(text)
        if self.wordWrap() or not self.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
            super().setText(text)
            return
        self.swap(text)
        self._tell_room()

    def _tell_room(self) -> None:
        room = (self.sizeHint(), self.font())
        if room != self._room:
            self._room = room
            self.updateGeometry()

    def say(self, text: str) -> None:
        """Show `text` where its width is given: only what needs another height moves what is around."""
        if text == self.text():
            return
        rare_faces.ready(text)
        high = self.heightForWidth(self.width())
        self.swap(text)
        if self.heightForWidth(self.width()) != high or self.minimumSizeHint().width() > self.width():
            self.updateGeometry()

    def swap(self, text: str) -> None:
        """Show `text` in the room of the text before: a QLabel calls for a new layout at each change of its text."""
        hidden = self.testAttribute(_HIDDEN)
        self.setAttribute(_HIDDEN, True)  # what is hidden calls for none, and is painted by another flag
        QLabel.setText(self, text)
        self.setAttribute(_HIDDEN, hidden)

    def set_tone(self, tone: str) -> None:
        """Change the tone while the label is shown."""
        theme.restyle(self, tone=tone)


class ElideLabel(Label):
    """One line that gives way to … and then tells the whole text as tool tip and accessible name."""

    def __init__(self, text: str = "", type: str = "", tone: str = "", parent: QWidget | None = None) -> None:
        self._whole = ""
        super().__init__(text, type, tone, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._elide()

    def set_text(self, text: str) -> None:
        """Show `text`, cut only where the width ends."""
        if text == self._whole:
            return
        self._whole = rare_faces.ready(text)
        self._elide()

    setText = set_text

    def whole(self) -> str:
        """The text uncut."""
        return self._whole

    def sizeHint(self) -> QSize:
        """The size of the whole text."""
        self.ensurePolished()
        wide = self.fontMetrics().horizontalAdvance(self._whole)
        return QSize(wide + 2, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Room for a few characters at least."""
        self.ensurePolished()
        return QSize(
            min(self.sizeHint().width(), self.fontMetrics().horizontalAdvance("中中…")), super().sizeHint().height()
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut again for the new width."""
        super().resizeEvent(event)
        self._elide()

    def changeEvent(self, event: QEvent) -> None:
        """Cut again for a new face."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._elide()

    def _elide(self) -> None:
        line = one_line(self._whole)
        shown = cut(line, self.fontMetrics(), max(self.width(), 1))
        tip = plain_tip(self._whole) if shown != line else ""
        if tip != self.toolTip():
            QLabel.setToolTip(self, tip)
        self.setAccessibleName(self._whole)
        if shown == self.text() and self.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
            self._tell_room()  # what is cut looks the same, and would take another room where there is more
        else:
            Label.setText(self, shown)

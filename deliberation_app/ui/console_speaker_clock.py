"""The clock of whoever speaks, and the name beside it, which is never cut."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFont, QFontMetricsF

from deliberation_app.ui.kit import theme
from deliberation_app.ui.kit.labels import Label
from deliberation_app.ui.kit.name_lines import name_lines
from deliberation_app.ui.kit.theme import px

# Size of the clock at 100 %: in the right column, and in a strip or a low column.
LARGE, SMALL = 56, 42
# So many signs stand in the full size (+99:59); with hours the type is smaller, and the width stays.
_SIGNS = 6
# A name takes the largest of these in which it stands in one line.
_FACES = ("h2", "h3", "strong", "name")


class ClockLabel(Label):
    """The big clock, as wide as its widest figures, so that nothing moves while it runs."""

    _face: QFont | None = None
    _figures = -1
    _size = LARGE

    def __init__(self) -> None:
        super().__init__("")
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.set_size(LARGE)

    def set_size(self, size: int) -> None:
        """Show it in this size, given at 100 %."""
        self._face, self._figures, self._size = theme.font("clock"), -1, size
        # Figures need no room for what hangs below the line.
        self.setFixedHeight(px(size * 1.15))
        self._fit()

    def setText(self, text: str) -> None:
        """Show this time; as long as it is as wide as the one before, nothing around is laid out anew."""
        super().setText(text)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """A stylesheet that looks again brings the size back that the label had at first."""
        super().changeEvent(event)
        if self._face is not None and self.font().pixelSize() != self._face.pixelSize():
            self.setFont(self._face)

    def _fit(self) -> None:
        if self._face is None:
            return
        figures = len(self.text())
        if figures != self._figures:
            self._figures = figures
            self._face.setPixelSize(px(self._size) * _SIGNS // max(figures, _SIGNS))
            self.setFont(self._face)
            measures = QFontMetricsF(self._face)
            wide = max(measures.horizontalAdvance(said) for said in ("0:00", "0" * figures))
            self.setFixedWidth(int(wide) + px(4))


class NameLabel(Label):
    """A name in the largest type in which it stands in one line, else in several lines of the smallest."""

    def __init__(self, faces: tuple[str, ...] = _FACES) -> None:
        super().__init__("", faces[0])
        self._faces = faces
        self._fitted: object = None
        self._room: object = None

    def fit(self, name: str, room: int, least: int) -> int:
        """Show the name in so much room; it takes no less than `least` of it. How many lines it has."""
        face = next((one for one in self._faces if theme.advance(one, name) <= room), "")
        lines = [name] if face else name_lines(name, self._faces[-1], room)
        state = (name, room, least, theme.look().scale)
        if state != self._fitted:
            self._fitted, face = state, face or self._faces[-1]
            # The card gives a name all the room there is, the strip what the name needs.
            of_face = (face, len(lines), theme.look().scale, name if least else "")
            if of_face == self._room:
                self.swap("\n".join(lines))
            else:
                self._room = of_face
                self._take_face(face, lines, room, least)
            self.setAccessibleName(name)
        return len(lines)

    def _take_face(self, face: str, lines: list[str], room: int, least: int) -> None:
        if self.property("type") != face:
            theme.restyle(self, type=face)
        self.setText("\n".join(lines))
        self.setMinimumHeight(round(theme.metrics(face).height() + 0.5) * len(lines))
        wide = max(theme.advance(face, line) for line in lines)
        self.setMinimumWidth(max(min(round(wide) + px(4), room), least) if least else 0)

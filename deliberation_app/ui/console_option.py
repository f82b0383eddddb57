"""An option before the meeting: its letter, what it is called, what it means, and whether it was voted on."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QFrame, QGridLayout, QSizePolicy, QWidget

from deliberation_app.language import _
from deliberation_app.ui.kit import theme
from deliberation_app.ui.kit.icons import IconLabel
from deliberation_app.ui.kit.labels import ElideLabel
from deliberation_app.ui.kit.one_line import elided, one_line, plain_tip
from deliberation_app.ui.kit.panels import column, row
from deliberation_app.ui.kit.theme import px


class LetterDisc(QWidget):
    """The letter of an option on a white disc."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text
        self.setFixedSize(px(28), px(28))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Disc and letter."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(theme.colour("line"))
        painter.setBrush(theme.colour("surface"))
        painter.drawEllipse(box)
        painter.setPen(theme.colour("text2"))
        painter.setFont(theme.font("bold"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._text)
        painter.end()


class Lines(QWidget):
    """A text in at most so many lines, cut with … and told whole as tool tip."""

    def __init__(self, text: str, kind: str, most: int = 2) -> None:
        super().__init__()
        self._text, self._kind, self._most = one_line(text), kind, most
        self.setAccessibleName(text)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _high(self) -> int:
        return int(theme.metrics(self._kind).height()) + 1

    def heightForWidth(self, width: int) -> int:
        """One line or more."""
        return self._high() * len(_parted(self._text, self._kind, max(width, 1), self._most, theme.look().scale))

    def sizeHint(self) -> QSize:
        """As the width is now."""
        return QSize(px(80), self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        """A few characters."""
        return QSize(px(60), self._high())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The lines."""
        lines = _parted(self._text, self._kind, max(self.width(), 1), self._most, theme.look().scale)
        self.setToolTip(plain_tip(self._text) if lines[-1].endswith("…") else "")
        painter = QPainter(self)
        painter.setFont(theme.face(self._kind))
        painter.setPen(theme.colour("text3" if self._kind == "hint" else "text"))
        for at, said in enumerate(lines):
            painter.drawText(QRectF(0, at * self._high(), self.width(), self._high()), _LEFT, said)
        painter.end()


@lru_cache(256)
def _parted(text: str, kind: str, width: int, most: int, _scale: int) -> tuple[str, ...]:
    """The text in lines, the last of which takes what remains and ends in … where that is too long."""
    layout = QTextLayout(text, theme.font(kind))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    # Positions count UTF-16 units, of which a rare character takes two.
    units, lines, start = text.encode("utf-16-le"), [], 0
    while len(lines) < most - 1 and (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        end = start + line.textLength()
        lines.append(units[2 * start : 2 * end].decode("utf-16-le").rstrip())
        start = end
    layout.endLayout()
    rest = units[2 * start :].decode("utf-16-le")
    return (*lines, elided(rest, kind, width)) if rest or not lines else tuple(lines)


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


# An option narrower than this, at 100 %, shows too little: then they stand in two rows or more.
_NARROWEST = 150


class OptionGrid(QGridLayout):
    """The options beside each other, in rows of about as many where there is little width."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setContentsMargins(0, px(4), px(4), 0)
        self.setSpacing(px(8))
        self._boxes: list[QWidget] = []
        self._columns, self._wide = 0, 0

    def fill(self, boxes: list[QWidget]) -> None:
        """Show these instead of those before."""
        for box in self._boxes:
            self.removeWidget(box)
            box.hide()
            box.deleteLater()
        self._boxes, self._columns = boxes, 0
        self._place()
        for box in boxes:
            box.show()  # else it has no height yet

    def fit(self, wide: int) -> None:
        """There is so much width."""
        self._wide = wide
        self._place()

    def _place(self) -> None:
        count = len(self._boxes)
        most = max((self._wide + self.spacing()) // (px(_NARROWEST) + self.spacing()), 1) if self._wide else count
        rows = -(-count // most) if count else 1
        columns = -(-count // rows)
        if columns == self._columns:
            return
        self._columns = columns
        for box in self._boxes:
            self.removeWidget(box)
        for at, box in enumerate(self._boxes):
            self.addWidget(box, at // columns, at % columns)
        for at in range(self.columnCount()):
            self.setColumnStretch(at, 1 if at < columns else 0)


# So many lines the title and what it means may have: with all the room, with less, with one line.
ROOMY, USUAL, CLOSE = (3, 2), (2, 1), (1, 0)


class OptionBox(QFrame):
    """One option in up to five lines; in one line where the window is low."""

    def __init__(self, sign: str, title: str, meaning: str, *, voted: bool, lines: tuple[int, int]) -> None:
        super().__init__()
        self.setProperty("ground", "sunken")
        close = lines == CLOSE
        edge = 2 if close else 7
        across = row(self, margins=(edge + 3, edge, 10, edge), spacing=10)
        across.addWidget(LetterDisc(sign), 0, Qt.AlignmentFlag.AlignVCenter)
        stack = column(spacing=0)
        stack.addStretch()
        name = row(spacing=4)
        name.addWidget(ElideLabel(title, "strong") if close else Lines(title, "strong", lines[0]), 1)
        if voted:
            mark = IconLabel("done", "ok", 16)
            mark.setToolTip(_("voted on"))
            mark.setAccessibleName(_("voted on"))
            name.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        stack.addLayout(name)
        # The mark does not take the place of what the option means; where it means no more, the words stand there.
        under = meaning or (_("voted on") if voted else "")
        if under and not close:
            stack.addWidget(Lines(under, "hint", lines[1]))
        stack.addStretch()
        across.addLayout(stack, 1)

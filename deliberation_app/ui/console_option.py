"""An option before the meeting: its letter, what it is called, what it means, and whether it was voted on."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QTextLayout
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from deliberation_app.language import _
from deliberation_app.ui.kit import theme
from deliberation_app.ui.kit.icons import IconLabel
from deliberation_app.ui.kit.labels import ElideLabel, elided, one_line, plain_tip
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


class TwoLines(QWidget):
    """A text in at most two lines, cut with … and told whole as tool tip."""

    def __init__(self, text: str, kind: str) -> None:
        super().__init__()
        self._text, self._kind = one_line(text), kind
        self.setAccessibleName(text)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _high(self) -> int:
        return int(theme.metrics(self._kind).height()) + 1

    def _lines(self, width: int) -> list[str]:
        layout = QTextLayout(self._text, theme.font(self._kind))
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(max(width, 1))
        end = line.textLength()
        layout.endLayout()
        # Positions count UTF-16 units, of which a rare character takes two.
        units = self._text.encode("utf-16-le")
        first, rest = units[: 2 * end].decode("utf-16-le"), units[2 * end :].decode("utf-16-le")
        return [first.rstrip(), elided(rest, self._kind, width)] if rest else [first]

    def heightForWidth(self, width: int) -> int:
        """One line or two."""
        return self._high() * len(self._lines(width))

    def sizeHint(self) -> QSize:
        """As the width is now."""
        return QSize(px(80), self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        """A few characters."""
        return QSize(px(60), self._high())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The lines."""
        lines = self._lines(self.width())
        self.setToolTip(plain_tip(self._text) if lines[-1].endswith("…") else "")
        painter = QPainter(self)
        painter.setFont(theme.font(self._kind))
        painter.setPen(theme.colour("text"))
        for at, said in enumerate(lines):
            painter.drawText(QRectF(0, at * self._high(), self.width(), self._high()), _LEFT, said)
        painter.end()


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class OptionBox(QFrame):
    """One option in two or three lines; `close` in one line, as where the window is low."""

    def __init__(self, sign: str, title: str, meaning: str, *, voted: bool, close: bool) -> None:
        super().__init__()
        self.setProperty("ground", "sunken")
        edge = 2 if close else 7
        across = row(self, margins=(edge + 3, edge, 10, edge), spacing=10)
        across.addWidget(LetterDisc(sign), 0, Qt.AlignmentFlag.AlignVCenter)
        stack = column(spacing=0)
        stack.addStretch()
        name = row(spacing=4)
        name.addWidget(ElideLabel(title, "strong") if close else TwoLines(title, "strong"), 1)
        if voted:
            mark = IconLabel("done", "ok", 16)
            mark.setToolTip(_("voted on"))
            mark.setAccessibleName(_("voted on"))
            name.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        stack.addLayout(name)
        # The mark does not take the place of what the option means; where it means no more, the words stand there.
        under = meaning or (_("voted on") if voted else "")
        if under and not close:
            stack.addWidget(ElideLabel(under, "hint"))
        stack.addStretch()
        across.addLayout(stack, 1)

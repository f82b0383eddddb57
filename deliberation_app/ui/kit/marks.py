"""Marks on the screen: key caps, chips, status words, discs and seals."""

from __future__ import annotations

from PySide6.QtCore import Property, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from deliberation_app.ui.kit import icons, pictures, rare_faces, theme
from deliberation_app.ui.kit.labels import Label
from deliberation_app.ui.kit.name_lines import name_lines
from deliberation_app.ui.kit.one_line import elided
from deliberation_app.ui.kit.theme import px

STAGE_WORDS = {"raised": "提", "discussed": "议", "decided": "决", "evaluated": "评", "shared": "享"}
SIDE_WORDS = {"raise": ("锣", "warn"), "answer": ("鼓", "ok"), "law": ("法", "info"), "plain": ("言", "text2")}


def tint(tone: str) -> str:
    """The ground on which words of `tone` stand in chips and discs."""
    return f"{tone}Tint" if tone in ("accent", "ok", "warn", "bad", "info") else "sunken"


def ink(tone: str) -> str:
    """The colour token of words of `tone`."""
    return "accentText" if tone == "accent" else tone


class KeyCap(Label):
    """A key as its cap: Ctrl K."""

    def __init__(self, keys: str = "", parent: QWidget | None = None) -> None:
        super().__init__(keys.replace("+", " "), "key", parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)


class Painted(QWidget):
    """A small painted widget with words in it; it follows theme and scale and is named for screen readers."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._tone = ""
        self._icon = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changes.changed.connect(self.updateGeometry)

    def _get_text(self) -> str:
        return self._text

    def set_text(self, text: str) -> None:
        """Show these words."""
        if text == self._text and text == self.accessibleName():
            return
        self._text = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def _get_tone(self) -> str:
        return self._tone

    def set_tone(self, tone: str) -> None:
        """Show it in this tone."""
        if tone != self._tone:
            self._tone = tone
            self.update()

    def _get_icon(self) -> str:
        return self._icon

    def set_icon(self, icon: str) -> None:
        """Show this icon, a name of icons.NAMES."""
        if icon == self._icon:
            return
        self._icon = icon
        self.updateGeometry()
        self.update()

    text = Property(str, _get_text, set_text)
    tone = Property(str, _get_tone, set_tone)
    icon = Property(str, _get_icon, set_icon)

    def show_as(self, text: str, tone: str = "", icon: str = "") -> None:
        """Words, tone and icon at once."""
        self.set_tone(tone)
        self.set_icon(icon)
        self.set_text(text)

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()


class Chip(Painted):
    """An icon and one to five words on a tint."""

    def __init__(self, text: str = "", tone: str = "", icon: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.show_as(text, tone, icon)

    def sizeHint(self) -> QSize:
        """As wide as icon and words."""
        return chip_size(self._text, self._icon)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Tint, icon, words."""
        painter = QPainter(self)
        paint_chip(painter, QRectF(self.rect()), self._text, self._tone, self._icon)


def chip_size(text: str, icon: str = "") -> QSize:
    """The size of a chip with these words."""
    wide = theme.advance("label", text) + px(20) + (px(16) + px(4) if icon else 0)
    return QSize(int(wide) + 1, px(24))


def paint_chip(painter: QPainter, box: QRectF, text: str, tone: str, icon: str = "") -> None:
    """A chip in `box`, for widgets and delegates."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(tint(tone)))
    painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
    left = box.left() + px(10)
    shade = theme.colour(ink(tone) if tone else "text2")
    if icon:
        left -= px(2)
        icons.paint(painter, icon, QRectF(left, box.center().y() - px(16) / 2, px(16), px(16)), shade)
        left += px(20)
    painter.setPen(shade)
    painter.setFont(theme.face("label"))
    painter.drawText(QRectF(left, box.top(), box.right() - left, box.height()), Qt.AlignmentFlag.AlignVCenter, text)
    painter.restore()


class StatusWords(Painted):
    """A state said by icon and words, without ground."""

    def __init__(self, text: str = "", tone: str = "text2", icon: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.show_as(text, tone, icon)

    def sizeHint(self) -> QSize:
        """As wide as icon and words."""
        return QSize(status_wide(self._text, self._icon), px(24))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Icon, words."""
        painter = QPainter(self)
        paint_status(painter, QRectF(self.rect()), self._text, self._tone, self._icon)


def status_wide(text: str, icon: str = "") -> int:
    """How wide a state is, with its icon."""
    return int(theme.advance("label", text) + (px(26) if icon else 0)) + 2


def paint_status(painter: QPainter, box: QRectF, text: str, tone: str, icon: str = "", *, right: bool = False) -> None:
    """Icon and words in the middle of `box`, at its left or right edge."""
    painter.save()
    shade = theme.colour(ink(tone or "text2"))
    painter.setPen(shade)
    painter.setFont(theme.face("label"))
    gap = px(26) if icon else 0
    shown = elided(text, "label", box.width() - gap)
    left = box.right() - gap - theme.advance("label", shown) if right else box.left()
    if icon:
        icons.paint(painter, icon, QRectF(left, box.center().y() - px(9), px(18), px(18)), shade)
    painter.drawText(
        QRectF(left + gap, box.top(), box.right() - left - gap + 1, box.height()), Qt.AlignmentFlag.AlignVCenter, shown
    )
    painter.restore()


# A name takes the largest of these in which it stands in one line.
_NAMES = ("strong", "name", "label", "hint")


def name_face(name: str, width: float) -> str:
    """The face for a name of which nothing is cut; none where it needs more than a line."""
    rare_faces.ready(name)
    return next((one for one in _NAMES if theme.advance(one, name) <= width), "")


def paint_name(painter: QPainter, name: str, box: QRectF) -> None:
    """A name too long for one line, in as many as it needs."""
    painter.setPen(theme.colour("text"))
    painter.setFont(theme.face(_NAMES[-1]))
    high = theme.metrics(_NAMES[-1]).height()
    lines = name_lines(name, _NAMES[-1], box.width(), max(int((box.height() + 2) // high), 1))
    top = box.center().y() - high * len(lines) / 2
    for at, said in enumerate(lines):
        painter.drawText(QRectF(box.left(), top + at * high, box.width(), high), Qt.AlignmentFlag.AlignVCenter, said)


def paint_disc(painter: QPainter, box: QRectF, text: str, tone: str, face: str = "h3") -> None:
    """A disc of `tone` with one or two characters in its middle."""
    shade = theme.colour(tint(tone))

    def ground(brush: QPainter, place: QRectF) -> None:
        brush.setRenderHint(QPainter.RenderHint.Antialiasing)
        brush.setPen(Qt.PenStyle.NoPen)
        brush.setBrush(shade)
        brush.drawEllipse(place)

    pictures.put(painter, box, ("disc", shade.rgba()), ground)
    painter.save()
    painter.setPen(theme.colour(ink(tone or "text2")))
    painter.setFont(theme.face(face))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()


class Disc(Painted):
    """A round ground with an icon or a character: statement sides, list rows, empty states."""

    def __init__(
        self,
        text: str = "",
        tone: str = "",
        icon: str = "",
        size: int = 40,
        face: str = "h3",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._size = size
        self._face = face
        self.show_as(text, tone, icon)

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(px(self._size), px(self._size))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Disc, then icon or character."""
        painter = QPainter(self)
        box = QRectF(self.rect())
        paint_disc(painter, box, "" if self._icon else self._text, self._tone, self._face)
        if self._icon:
            side = px(self._size) / 2
            middle = QRectF(box.center() - QPointF(side / 2, side / 2), box.center() + QPointF(side / 2, side / 2))
            icons.paint(painter, self._icon, middle, theme.colour(ink(self._tone or "text2")))


class StageSeal(Disc):
    """One of the five characters 提议决评享 on its disc; grey while nothing is in that stage."""

    def __init__(
        self, stage: str = "raised", *, active: bool = True, size: int = 40, parent: QWidget | None = None
    ) -> None:
        super().__init__(STAGE_WORDS[stage], "accent" if active else "", "", size, "seal", parent)

    def set_stage(self, stage: str, *, active: bool = True) -> None:
        """Show another stage."""
        self.show_as(STAGE_WORDS[stage], "accent" if active else "")


class Seal(Painted):
    """The seal of the program: 议 in white on the accent."""

    def __init__(self, size: int = 36, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._size = size
        self.set_text("议")

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(px(self._size), px(self._size))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A rounded square with the character."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(Qt.PenStyle.NoPen))
        painter.setBrush(theme.colour("accent"))
        painter.drawRoundedRect(QRectF(self.rect()), px(8), px(8))
        painter.setPen(theme.colour("onAccent"))
        painter.setFont(theme.face("seal"))
        painter.drawText(QRectF(self.rect()), Qt.AlignmentFlag.AlignCenter, self._text)

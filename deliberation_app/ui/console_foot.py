"""The bottom bar: what was just done and its undo, what comes after, and the one next step."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import lru_cache

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from deliberation_app.language import _
from deliberation_app.ui import console_words as words
from deliberation_app.ui.console_text import Wrapped, wrapped
from deliberation_app.ui.kit import icons, theme
from deliberation_app.ui.kit.buttons import Button, paint_cap
from deliberation_app.ui.kit.icons import IconLabel
from deliberation_app.ui.kit.one_line import one_line, plain_tip
from deliberation_app.ui.kit.panels import row
from deliberation_app.ui.kit.theme import px

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
# The part of the window that the next step takes; what comes after it needs a window of this width, at 100 %.
_SHARE, _ROOM = 0.36, 860


class NextButton(Button):
    """The one filled button: a small word above, the step in large words, arrow and key."""

    def __init__(self) -> None:
        super().__init__("", "next", cap="Ctrl+⏎")
        self.low = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """420 × 60 at 100 %, lower where the window is narrow."""
        return QSize(px(420), px(52 if self.low else 60))

    def minimumSizeHint(self) -> QSize:
        """Room for the key and a few words."""
        return QSize(px(290 if self.low else 350), self.sizeHint().height())

    def show_step(self, said: str) -> None:
        """Show this step; nothing to do disables the button."""
        if said and said == self.text() and self.isEnabled():
            return
        self.setText(said)
        self.setEnabled(bool(said))
        self.setAccessibleName(_("Next: {step}").format(step=said))
        self.setToolTip(plain_tip(said))

    def paint_content(self, painter: QPainter, box: QRectF) -> None:
        """Two lines at the left, arrow and cap at the right."""
        shade, face = theme.colour(self.ink()), "h3" if self.low else "h2"
        inside = box.adjusted(px(24), 0, -px(20), 0)
        edge = "onAccent" if self.isEnabled() else "field"
        right = paint_cap(painter, inside.right(), box.center().y(), "Ctrl+⏎", self.ink(), edge) - px(20)
        side = px(22)
        icons.paint(painter, "go_on", QRectF(right - side, box.center().y() - side / 2, side, side), shade)
        room = right - side - px(12) - inside.left()
        upper, lower = theme.metrics("label").height(), theme.metrics(face).height()
        top = box.center().y() - (upper + lower) / 2
        painter.setPen(shade)
        fitting = (one for one in (face, "h3", "bold") if theme.advance(one, self.text()) <= room)
        face = next(fitting, "")
        if not face:  # a name is never cut: the words take both lines
            _paint_two_lines(painter, self.text(), QRectF(inside.left(), box.top(), room, box.height()))
            return
        painter.setFont(theme.face("label"))
        painter.drawText(QRectF(inside.left(), top, room, upper), Qt.AlignmentFlag.AlignVCenter, _("Next"))
        painter.setFont(theme.face(face))
        place = QRectF(inside.left(), top + upper, room, lower)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, one_line(self.text()))


def _paint_two_lines(painter: QPainter, text: str, box: QRectF) -> None:
    """Words too long for one line, in two of about the same length; what is longer still ends in …"""
    laid = in_two_lines(one_line(text), "h3", box)
    if laid.ends_cut() or laid.height > box.height():
        laid = in_two_lines(one_line(text), "bold", box)
    laid.draw(painter, box.left(), box.center().y() - laid.height / 2)


def in_two_lines(text: str, face: str, box: QRectF, *, even: bool = True) -> Wrapped:
    """A text in two lines, `even` ones of about the same length, as high as the box at most."""
    return _in_two_lines(text, face, box.width(), box.height(), theme.look().scale, even)


@lru_cache(64)
def _in_two_lines(text: str, face: str, width: float, height: float, _scale: int, even: bool) -> Wrapped:
    laid = wrapped(text, face, width)
    if laid.height > height:
        fits, too_long = 0, len(text)
        while too_long - fits > 1:
            half = (fits + too_long) // 2
            short = wrapped(text[:half].rstrip() + "…", face, width).height <= height
            fits, too_long = (half, too_long) if short else (fits, half)
        return wrapped(text[:fits].rstrip() + "…", face, width)
    narrow, wide = width / 2, width
    while even and wide - narrow > 2:  # no single sign alone in the second line
        middle = (narrow + wide) / 2
        narrow, wide = (narrow, middle) if wrapped(text, face, middle).height <= laid.height else (middle, wide)
    return wrapped(text, face, wide)


class Stacked(QWidget):
    """Words with a small line above or below; where they are too long for one line they take both."""

    def __init__(self, *, small_above: bool = False, least: int = 0) -> None:
        super().__init__()
        self._above, self._least, self._most = small_above, least, 300
        self._words = self._small = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_words(self, words: str, small: str) -> None:
        """Show these; only other sizes are a reason to lay out anew."""
        if (words, small) == (self._words, self._small):
            return
        before = self.sizeHint()
        self._words, self._small = words, small
        self.setAccessibleName(" ".join(part for part in ((small, words) if self._above else (words, small)) if part))
        self.setToolTip(plain_tip(words))
        if self.sizeHint() != before:
            self.updateGeometry()
        self.update()

    def words(self) -> str:
        """The words, whole."""
        return self._words

    def small(self) -> str:
        """The small line."""
        return self._small

    def set_most(self, most: int) -> None:
        """As wide as this at 100 %, and no wider."""
        if most != self._most:
            self._most = most
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        """One line of words, or two of the most that there may be."""
        wide = theme.metrics("strong").horizontalAdvance(one_line(self._words))
        wide = max(wide, theme.metrics("hint").horizontalAdvance(self._small)) + 2
        return QSize(min(int(wide) + 1, px(self._most)), int(2 * theme.metrics("strong").height()) + 1)

    def minimumSizeHint(self) -> QSize:
        """What comes after stands whole or not at all; what was done gives way."""
        hint = self.sizeHint()
        return QSize(min(hint.width(), px(self._least)) if self._least else hint.width(), hint.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Two lines in either way."""
        painter, box = QPainter(self), QRectF(self.rect())
        painter.setPen(theme.colour("text"))
        said = one_line(self._words)
        if theme.metrics("strong").horizontalAdvance(said) > box.width():
            laid = in_two_lines(said, "strong", box, even=self._above)
            laid.draw(painter, box.left(), box.center().y() - laid.height / 2)
            painter.end()
            return
        upper, lower = ("hint", "strong") if self._above else ("strong", "hint")
        heights = [theme.metrics(face).height() for face in (upper, lower)]
        top = box.center().y() - sum(heights) / 2
        texts = (self._small, said) if self._above else (said, self._small)
        for face, text, high in zip((upper, lower), texts, heights, strict=True):
            painter.setPen(theme.colour("text" if face == "strong" else "text3"))
            painter.setFont(theme.face(face))
            painter.drawText(QRectF(0, top, box.width(), high), _LEFT, text)
            top += high
        painter.end()


class Foot(QFrame):
    """Left what was just noted, right what comes next."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._now = now
        self.setProperty("kind", "foot")
        across = row(self, margins=(24, 0, 16, 0), spacing=12)
        self._icon = IconLabel("done", "ok", 20)
        across.addWidget(self._icon)
        self._told = Stacked(least=110)
        across.addWidget(self._told)
        self.undo = Button(_("Undo"), cap="Ctrl+Z", small=True)
        across.addWidget(self.undo)
        across.addStretch(1)
        self._after = Stacked(small_above=True)
        across.addWidget(self._after)
        across.addSpacing(px(18))
        self.next = NextButton()
        across.addWidget(self.next)
        self.tell("", None)
        self.set_narrow(False)

    def tell(self, said: str, at: datetime | None, *, undo: bool = True) -> None:
        """What was just done, and when; `undo` offers to take it back."""
        self._told.show_words(said, words.moment(at, self._now(), words.second) if at is not None else "")
        for part in (self._icon, self._told, self.undo):
            part.setVisible(bool(said) and (undo or part is self._told))

    def said(self) -> str:
        """What is told now."""
        return self._told.words()

    def at(self) -> str:
        """When it was done."""
        return self._told.small()

    def told(self) -> tuple[str, bool]:
        """What is told now, and whether it is an act that can be taken back."""
        return self.said(), self.undo.isVisibleTo(self)

    def show_steps(self, first: str, after: str) -> None:
        """The next step and the one after it."""
        self.next.show_step(first)
        self._after.show_words(after, _("Then"))
        self._share_out()

    def set_narrow(self, narrow: bool) -> None:
        """In one column bar and button take less."""
        self.setFixedHeight(px(64 if narrow else 84))
        self.next.low = narrow
        self._after.set_most(160 if narrow else 240)
        self._share_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What comes after gives way to the step itself."""
        super().resizeEvent(event)
        self._share_out()

    def _share_out(self) -> None:
        """The button is as wide as the window says, whatever else is told: it stands where it stood."""
        most, least = (360, 290) if self.next.low else (420, 350)
        self.next.setFixedWidth(round(min(px(most), max(px(least), self.width() * _SHARE))))
        self._after.setVisible(bool(self._after.words()) and self.width() >= px(_ROOM))

"""The bottom bar: what was just done and its undo, what comes after, and the one next step."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy

from deliberation_app.language import _
from deliberation_app.ui import console_words as words
from deliberation_app.ui.console_text import wrapped
from deliberation_app.ui.kit import icons, theme
from deliberation_app.ui.kit.buttons import Button, paint_cap
from deliberation_app.ui.kit.icons import IconLabel
from deliberation_app.ui.kit.labels import ElideLabel, Label, one_line, plain_tip
from deliberation_app.ui.kit.panels import column, row
from deliberation_app.ui.kit.theme import px


class NextButton(Button):
    """The one filled button: a small word above, the step in large words, arrow and key."""

    def __init__(self) -> None:
        super().__init__("", "next", cap="Ctrl+⏎")
        self.low = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

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
    """Words too long for one line, in two; what is longer still ends in …"""
    laid = wrapped(text, "bold", box.width())
    for length in range(len(text) - 1, 0, -1):
        if laid.height <= box.height():
            break
        laid = wrapped(text[:length].rstrip() + "…", "bold", box.width())
    laid.draw(painter, box.left(), box.center().y() - laid.height / 2)


class Foot(QFrame):
    """Left what was just noted, right what comes next."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._now = now
        self.setProperty("kind", "foot")
        across = row(self, margins=(24, 0, 16, 0), spacing=12)
        self._icon = IconLabel("done", "ok", 20)
        across.addWidget(self._icon)
        told = column(spacing=0)
        told.addStretch()
        self._said = ElideLabel("", "strong")
        self._said.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._at = Label("", "hint")
        told.addWidget(self._said)
        told.addWidget(self._at)
        told.addStretch()
        across.addLayout(told)
        self.undo = Button(_("Undo"), cap="Ctrl+Z", small=True)
        across.addWidget(self.undo)
        across.addStretch(1)
        after = column(spacing=0)
        after.addStretch()
        self._then = Label(_("Then"), "hint")
        self._after = ElideLabel("", "strong")
        self._after.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._after.setMaximumWidth(px(240))
        after.addWidget(self._then)
        after.addWidget(self._after)
        after.addStretch()
        across.addLayout(after)
        across.addSpacing(px(18))
        self.next = NextButton()
        self.next.setMaximumWidth(px(420))
        across.addWidget(self.next, 2)
        self._said.setMaximumWidth(px(300))
        self.tell("", None)
        self.set_narrow(False)

    def tell(self, said: str, at: datetime | None, *, undo: bool = True) -> None:
        """What was just done, and when; `undo` offers to take it back."""
        self._said.set_text(said)
        self._at.setText(words.moment(at, self._now(), words.second) if at is not None else "")
        for part in (self._icon, self._said, self._at, self.undo):
            part.setVisible(bool(said) and (undo or part in (self._said, self._at)))

    def said(self) -> str:
        """What is told now."""
        return self._said.whole()

    def told(self) -> tuple[str, bool]:
        """What is told now, and whether it is an act that can be taken back."""
        return self._said.whole(), self.undo.isVisibleTo(self)

    def show_steps(self, first: str, after: str) -> None:
        """The next step and the one after it."""
        self.next.show_step(first)
        self._after.set_text(after)
        self._tell_after()

    def set_narrow(self, narrow: bool) -> None:
        """In one column bar and button take less."""
        self.setFixedHeight(px(64 if narrow else 84))
        self.next.low = narrow
        self.next.updateGeometry()
        self.next.setMaximumWidth(px(360 if narrow else 420))
        self._after.setMaximumWidth(px(160 if narrow else 240))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What comes after gives way to the step itself."""
        super().resizeEvent(event)
        self._tell_after()

    def _tell_after(self) -> None:
        shown = bool(self._after.whole()) and self.width() >= px(800)
        self._then.setVisible(shown)
        self._after.setVisible(shown)

"""The strip below a meeting's head: the five steps of its preparation, or afterwards what came of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QBoxLayout, QSizePolicy, QWidget

from deliberation_app.language import _, ngettext_, render
from deliberation_app.services.home_meetings import Preparation
from deliberation_app.services.meetings_view import MeetingView
from deliberation_app.ui.kit import icons, theme
from deliberation_app.ui.kit.marks import ink
from deliberation_app.ui.kit.one_line import elided
from deliberation_app.ui.kit.panels import empty
from deliberation_app.ui.kit.states import Fact
from deliberation_app.ui.kit.theme import px

_LOOK = {"done": ("done", "ok"), "partial": ("under_way", "warn"), "to_do": ("to_do", "text3")}
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
Told = tuple[str, str, str, str]  # icon, tone, words, hint


def across(widget: QWidget) -> bool:
    """Whether the window is wide enough for two columns."""
    return theme.window_width(widget) >= 960


class StepMark(QAbstractButton):
    """One step: icon, name and how far it is; a click or Space ticks it off or does what is next for it."""

    def __init__(self, step: Preparation, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = step.key
        self._icon, self._tone = _LOOK[step.status]
        self._name, self._words = render(step.name), render(step.words)
        self.setAccessibleName(f"{self._name}, {self._words}")
        self.setToolTip(self._words)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:
        """Room for two lines."""
        names = theme.metrics("strong").horizontalAdvance(self._name)
        said = theme.metrics("hint").horizontalAdvance(self._words)
        return QSize(int(max(names, said)) + px(56), px(54))

    def minimumSizeHint(self) -> QSize:
        """The second line may give way."""
        return QSize(int(theme.metrics("strong").horizontalAdvance(self._name)) + px(56), px(54))

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show the ground of what can be pressed."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Take it away."""
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground under the mouse, icon, two lines."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        if self.isDown() or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("hover" if self.isDown() else "sunken"))
            painter.drawRoundedRect(box, px(6), px(6))
        side = px(20)
        place = QRectF(px(10), box.center().y() - side / 2, side, side)
        icons.paint(painter, self._icon, place, theme.colour(ink(self._tone)))
        left, wide = px(40), box.width() - px(46)
        painter.setPen(theme.colour("text"))
        painter.setFont(theme.font("strong"))
        upper = QRectF(left, box.center().y() - px(22), wide, px(22))
        painter.drawText(upper, _LEFT, elided(self._name, "strong", wide))
        painter.setPen(theme.colour("warn" if self._tone == "warn" else "text3"))
        painter.setFont(theme.font("hint"))
        painter.drawText(upper.translated(0, px(22)), _LEFT, elided(self._words, "hint", wide))


def came_of(view: MeetingView) -> Sequence[Told]:
    """Attendance, what was said, what was voted, and how far the record is."""
    due = [one for one in view.roll if one.capacity == "voting"]
    came = sum(1 for one in due if one.status in ("present", "online"))
    others = sum(1 for one in view.roll if one.capacity != "voting" and one.status in ("present", "online"))
    said = sum(entry.statements for entry in view.entries)
    votes = sum(entry.votes for entry in view.entries)
    passed = sum(entry.passed for entry in view.entries)
    record = {
        "": ("to_do", "text3", _("Record"), _("Not composed yet")),
        "draft": ("under_way", "warn", _("Record"), _("To be checked and signed")),
        "signed": ("done", "ok", _("Record"), _("Signed and locked")),
    }[view.record]
    listened = ngettext_("{count} more listened", "{count} more listened", others).format(count=others)
    return (
        ("people", "text2", _("{came} of {due} came").format(came=came, due=len(due)), listened if others else ""),
        ("voices", "text2", ngettext_("{count} statement", "{count} statements", said).format(count=said),
         ngettext_("{count} point", "{count} points", len(view.entries)).format(count=len(view.entries))),
        ("votes", "text2", ngettext_("{count} vote", "{count} votes", votes).format(count=votes),
         _("{count} passed").format(count=passed) if votes else ""),
        record,
    )  # fmt: skip


def fill_strip(place: QBoxLayout, view: MeetingView, *, before: bool, wide: bool) -> list[StepMark]:
    """Show the steps of the preparation, or what came of the meeting; the answer are the steps."""
    empty(place)
    if view.state == "cancelled":
        place.addWidget(Fact("missing", "text2", _("Cancelled"), view.meeting.cancelled_reason or ""), 1)
    elif not before:
        for fact in came_of(view):
            place.addWidget(Fact(*fact), 1)
    marks = [StepMark(step) for step in view.steps] if before else []
    for mark in marks:
        # Where it is tight each gets what its words need.
        place.addWidget(mark, 1 if wide else mark.sizeHint().width())
    return marks

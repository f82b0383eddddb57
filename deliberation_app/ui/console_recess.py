"""A recess: for how long, told in the page; and while it lasts, when the meeting goes on and that it is time to."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy

from deliberation_app.errors import AppError
from deliberation_app.language import _
from deliberation_app.services import meetings
from deliberation_app.services.board import Board
from deliberation_app.settings import DISPLAY_ZONE
from deliberation_app.ui import projector_rest
from deliberation_app.ui.console_chair import Chair
from deliberation_app.ui.kit import theme
from deliberation_app.ui.kit.buttons import Button, Segment
from deliberation_app.ui.kit.fields import Field
from deliberation_app.ui.kit.labels import ElideLabel, Label
from deliberation_app.ui.kit.panels import Card, column, row
from deliberation_app.ui.kit.states import ErrorLine
from deliberation_app.ui.kit.theme import px

_MINUTES = (10, 15, 30, 60)
_OPEN, _UNTIL = "open", "until"
_MORNING = time(9, 0)
# Below this height, at 100 %, the panel shows only what nothing else says.
_LOW = 480


class RecessPanel(Card):
    """Ten minutes, half an hour, an hour of today or of another day; nothing here is a dialog."""

    def __init__(self, chair: Chair) -> None:
        super().__init__()
        self.chair = chair
        self._box = box = column(self, margins=(20, 16, 20, 16), spacing=12)
        self._head = Label(_("Recess"), "h3")
        box.addWidget(self._head)
        self.error = ErrorLine()
        self.error.hide()
        box.addWidget(self.error)
        self._how_long = Label(_("How long?"), "label")
        box.addWidget(self._how_long)
        self.length = Segment(name=_("How long?"))
        self.length.set_options([(str(one), _("{minutes} min").format(minutes=one)) for one in _MINUTES])
        self.length.chosen.connect(self._by_length)
        box.addWidget(self.length, 0, Qt.AlignmentFlag.AlignLeft)
        when = row(spacing=12)
        self.day = Field(_("Goes on, day"), "date")
        self.hour = Field(_("Goes on, hour"), "time")
        for field in (self.day, self.hour):
            field.edited.connect(self._tell)
            when.addWidget(field)
        when.addStretch(1)
        box.addLayout(when)
        self.means = Label("", "hint", wrap=True)
        box.addWidget(self.means)
        acts = row(spacing=8)
        self.go = Button(_("Begin the recess"), cap="Ctrl+⏎", small=True)
        self.go.clicked.connect(self.start)
        self.without = Button(_("Without a time"), "quiet", small=True)
        self.without.clicked.connect(lambda: self._rest(None))
        self.cancel = Button(_("Go on with the meeting"), "quiet", cap="Esc", small=True)
        self.cancel.clicked.connect(lambda: chair.wanted.emit("back"))
        for button in (self.go, self.without, self.cancel):
            acts.addWidget(button)
        acts.addStretch(1)
        box.addLayout(acts)
        box.addStretch(1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter begins the recess as it is told."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.start()
        else:
            super().keyPressEvent(event)

    def _fold(self) -> None:
        """In a low window what other places say as well gives way: title, label, and the step of the big button."""
        low = self.window().height() < px(_LOW)
        for part in (self._head, self._how_long, self.go):
            part.setVisible(not low)
        self._box.setContentsMargins(px(20), px(6 if low else 16), px(20), px(4 if low else 16))
        self._box.setSpacing(px(4 if low else 12))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold with the window."""
        super().resizeEvent(event)
        self._fold()

    def show_error(self, error: AppError, again: object = None) -> None:
        """Say here what went wrong."""
        self.error.show_error(error, again)
        self.error.show()

    def prepare(self) -> None:
        """Fifteen minutes from now; the arrows choose another length."""
        self._fold()
        self.error.hide()
        self.day.editor.set_today(self.chair.today())
        self.length.choose("15")
        self._by_length("15")
        button = next(one for one in self.length.findChildren(Button) if one.isChecked())
        button.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _by_length(self, minutes: str) -> None:
        until = self.chair.now() + timedelta(minutes=int(minutes))
        until += timedelta(minutes=-until.minute % 5 if until.minute % 5 else 0)
        self.day.set_value(until.date())
        self.hour.set_value(until.time().replace(second=0, microsecond=0))
        self._tell()

    def until(self) -> datetime | None:
        """The moment at which the meeting goes on, None while none is told; a day alone means the morning."""
        day, hour = self.day.value(), self.hour.value()
        if day is None and hour is None:
            return None
        return datetime.combine(day or self.chair.today(), hour or _MORNING, DISPLAY_ZONE)

    def _tell(self) -> None:
        until, now = self.until(), self.chair.now()
        if until is None:
            self.means.setText(_("Type the hour, or begin the recess without a time."))
        elif until.date() != now.date():
            self.means.setText(_("{when}: the same record goes on; on that day everybody signs in anew.")
                               .format(when=projector_rest.when(until, now)))  # fmt: skip
        else:
            when = projector_rest.when(until, now)
            self.means.setText(_("The room reads that we go on at {when}.").format(when=when))

    def start(self) -> None:
        """Begin the recess that is told here."""
        for field in (self.day, self.hour):
            if field.editor.faulty():
                field.set_error(_("Write it like 10-27 or 15:10."))
                field.editor.setFocus()
                return
        self._rest(self.until())

    def _rest(self, until: datetime | None) -> None:
        self.error.hide()
        if until is None:
            said = _("The meeting is in recess")
        else:
            said = _("In recess until {when}").format(when=projector_rest.when(until, self.chair.now()))
        if self.chair.do(self, said, meetings.recess, self.chair.meeting_id, until) is not None:
            self.chair.wanted.emit("line")


class RestBar(QFrame):
    """While the meeting rests: until when, how long still, and softly that the break is over."""

    def __init__(self, chair: Chair) -> None:
        super().__init__()
        self.chair = chair
        self.setProperty("kind", "bar")
        across = row(self, margins=(24, 8, 16, 8), spacing=10)
        self._said = ElideLabel("", "strong")
        self._said.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        across.addWidget(self._said, 1)
        self._shown: object = None
        self.hide()

    def tick(self, board: Board | None, now: datetime) -> None:
        """Count down."""
        resting = board is not None and board.state == "recess"
        self.setVisible(resting)
        if board is None or not resting:
            return
        until = board.resumes_at
        left = None if until is None else round((until - now).total_seconds() / 60)
        if (until, left) == self._shown:
            return
        self._shown = (until, left)
        if until is None or left is None:
            said, tone = _("In recess; no time was told"), "warn"
        elif left <= 0:
            said, tone = _("The break is over: the meeting was to go on at {when}"), "bad"
        elif left < 120:
            said, tone = _("In recess until {when}, {minutes} min left"), "warn"
        else:
            said, tone = _("In recess until {when}"), "warn"
        when = projector_rest.when(until, now) if until is not None else ""
        self._said.set_text(said.format(when=when, minutes=left))
        theme.restyle(self._said, tone=tone)

    def said(self) -> str:
        """What it tells."""
        return self._said.whole()

"""A calm line when the computer's clock went back or leapt ahead in a meeting: both hours, and what is noted now."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame

from deliberation_app.language import _
from deliberation_app.settings import DISPLAY_ZONE
from deliberation_app.ui import console_words as words
from deliberation_app.ui.kit.buttons import Button
from deliberation_app.ui.kit.icons import IconLabel
from deliberation_app.ui.kit.labels import Label
from deliberation_app.ui.kit.panels import row

if TYPE_CHECKING:
    from deliberation_app.ui.console_chair import Chair

# A clock that is set right by the network moves by less, and nobody need look.
_LITTLE = timedelta(seconds=5)


# In a meeting that is in session nobody sits before a silent screen for so long.
_LEAP = timedelta(hours=3)


class ClockWatch:
    """The hours that a clock has shown; `went` are the old and the new one after it went back or leapt ahead.

    It stays until the clock is past the old hour, or has been set right before anything was noted.
    """

    def __init__(self) -> None:
        self._latest: datetime | None = None
        self._shown: datetime | None = None
        self.went: tuple[datetime, datetime] | None = None
        # What somebody has looked at, and need not be told again.
        self.checked: tuple[datetime, datetime] | None = None

    def begin(self, before: datetime) -> None:
        """Before the power failed the clock had shown this."""
        self._latest = before

    def rest(self) -> None:
        """The meeting rests: the clock may go on unseen."""
        self._shown = None

    def see(self, now: datetime, noted: datetime | None = None) -> None:
        """The clock shows this; the last thing of the meeting was noted at `noted`."""
        shown, self._shown = self._shown, now
        leapt = self.went is not None and self.went[1] > self.went[0]
        if self._latest is not None and leapt and now < self._latest and (noted is None or noted <= now):
            self._latest, self.went = now, None
        elif self._latest is None or now >= self._latest:
            if shown is not None and now - max(shown, self._latest or now) >= _LEAP:
                self.went = (shown, now)
            elif not leapt:
                self.went = None
            self._latest = now
        elif self._latest - now > _LITTLE and (self.went is None or leapt or self.went[1] - now > _LITTLE):
            self.went = (self._latest, now)

    def told(self) -> tuple[datetime, datetime] | None:
        """What is to be said of it."""
        return None if self.went == self.checked else self.went


class ClockBar(QFrame):
    """Stays until it is put away or the clock shows the old hour again."""

    def __init__(self, chair: Chair) -> None:
        super().__init__()
        self.chair = chair
        self.setProperty("kind", "card")
        across = row(self, margins=(24, 8, 16, 8), spacing=10)
        across.addWidget(IconLabel("late_fill", "warn", 18))
        self._said = Label("", "strong", "warn", wrap=True)
        across.addWidget(self._said, 1)
        self.close_button = Button(_("Understood"), small=True)
        self.close_button.clicked.connect(self.put_away)
        across.addWidget(self.close_button)
        self._shown: tuple[datetime, datetime] | None = None
        self.hide()

    def tick(self, now: datetime) -> None:
        """Look whether the clock goes on, as clocks do."""
        board = self.chair.board
        if board is None or board.state not in ("open", "recess"):
            return
        if board.state == "recess":  # until another day, maybe
            self.chair.watch.rest()
        self.chair.watch.see(now, self.chair.work.known.latest.get(self.chair.meeting_id))
        told = self.chair.watch.told()
        if told != self._shown:
            self._shown = told
            self.setVisible(told is not None)
            if told is not None:
                self._tell(*(one.astimezone(DISPLAY_ZONE) for one in told))

    def _tell(self, before: datetime, after: datetime) -> None:
        old, new = words.hour(before), words.hour(after)
        if old == new and before.date() == after.date():
            old, new = words.second(before), words.second(after)
        elif before.date() != after.date():
            old, new = (f"{words.day(one.date())} {words.hour(one)}" for one in (before, after))
            if before.year != after.year:
                old, new = f"{before.year} {old}", f"{after.year} {new}"
        if after > before:
            self._said.setText(
                _("The computer's clock leapt from {old} to {new}: please check it. What is noted now carries {new}.")
                .format(old=old, new=new)
            )  # fmt: skip
            return
        self._said.setText(
            _("The computer's clock went back from {old} to {new}: please check it. Until it shows {old} again, "
              "what is noted carries {old}.").format(old=old, new=new)
        )  # fmt: skip

    def put_away(self) -> None:
        """Somebody has looked."""
        self.chair.watch.checked = self.chair.watch.went
        self.tick(self.chair.now())
        self.chair.wanted.emit("line")

    def said(self) -> str:
        """What it tells."""
        return "" if self.isHidden() else self._said.text()

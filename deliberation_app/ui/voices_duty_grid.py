"""The roster of a month as a calendar: who has the room on which day, and how each turn stands."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from deliberation_app.language import _, ngettext_
from deliberation_app.services.voices_duty import SlotCard
from deliberation_app.ui.meetings_calendar import Block, MonthGrid
from deliberation_app.ui.voices_words import slot_look


class DutyGrid(MonthGrid):
    """Arrows move by days, PageUp and PageDown by months, Space goes through the turns of a day."""

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(today, parent)
        self.setToolTip(_("Arrows move, Space goes through the turns of a day, Enter changes or plans one"))

    def block(self, row: SlotCard) -> Block:
        """Hours in front, the name below them."""
        words, tone, icon = slot_look(row)
        return Block(f"slot:{row.slot.id}", row.slot.on_day, row.slot.begins, row.person, words, tone, icon)

    def count_words(self, count: int) -> str:
        """How many turns are on a day."""
        return ngettext_("{count} turn of duty", "{count} turns of duty", count).format(count=count)

    def choose(self, key: str) -> None:
        """Choose this turn where its month is shown, without telling anybody."""
        for day, turns in self._meetings.items():
            for at, one in enumerate(turns):
                if self.block(one).key == key and (self.day, self._at) != (day, at):
                    self.day, self._at = day, at
                    self._speak()
                    self.update()

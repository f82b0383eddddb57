"""What is done on the roll of a meeting: invited, taken off, absence explained, the last roll taken over."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from deliberation_app.language import _
from deliberation_app.services import floor_roll, meetings, meetings_roll
from deliberation_app.services.meetings_view import MeetingView
from deliberation_app.ui.kit import run
from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.meeting_roll import MeetingRoll


class RollActs(QObject):
    """Does what the roll asks for, for the meeting that the page shows."""

    def __init__(self, page: QWidget, desk: Desk, roll: MeetingRoll, shown: Callable[[], MeetingView]) -> None:
        super().__init__(page)
        self._page, self._desk, self._shown = page, desk, shown
        roll.added.connect(lambda key, name, capacity: run.act(page, self._invite, key, name, capacity))
        roll.removed.connect(lambda key: run.act(page, self._uninvite, key))
        roll.explained.connect(lambda *told: run.act(page, self._explain, *told))
        roll.last_wanted.connect(run.slot(page, self._take_last))

    @property
    def _id(self) -> uuid.UUID:
        return self._shown().meeting.id

    def _invite(self, key: str, name: str, capacity: str) -> None:
        meetings.invite(self._desk.work, self._id, [uuid.UUID(key)], capacity)
        self._desk.toast(_("{name} is on the roll").format(name=name))

    def _uninvite(self, key: str) -> None:
        meetings.uninvite(self._desk.work, self._id, uuid.UUID(key))
        self._desk.toast(_("Taken off the roll"))

    def _explain(self, key: str, reason: str) -> None:
        floor_roll.explain(self._desk.work, self._id, uuid.UUID(key), reason)
        self._desk.toast(_("The reason is noted"))

    def _take_last(self) -> None:
        meeting = self._shown().meeting
        roll = meetings_roll.last_roll(self._desk.work, meeting.unit_id, meeting.kind)
        if roll:
            meetings_roll.take_roll(self._desk.work, self._id, roll)
        else:
            self._page.error_line.say(_("No meeting of this kind was held before: add people by their initials."))

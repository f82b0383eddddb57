"""What can be done about a cell of the duties: see what is behind it, call, explain, set."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtWidgets import QWidget

from deliberation_app.language import _
from deliberation_app.services import duties, kinds
from deliberation_app.services.duties import DutyCell, DutyRow
from deliberation_app.ui import duties_asks
from deliberation_app.ui.agenda_ask import Ask
from deliberation_app.ui.duties_words import TALKS, day_words, full_day
from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.meeting_dialog import MeetingDialog

_MEETINGS_SHOWN = 3
Do = Callable[[], object]
Acts = list[tuple[str, str, Do]]


class DutyActs:
    """Gives the acts of a cell as (words, kind of button, what is done), the most useful last."""

    def __init__(self, desk: Desk, where: QWidget, ask: Callable[[Ask], None]) -> None:
        self.desk = desk
        self.where = where
        self.ask = ask
        self._callable = {kind.id for kind in kinds.kinds(desk.work, desk.unit_id)}

    def of(self, row: DutyRow, cell: DutyCell) -> Acts:
        """Every act of this cell."""
        return [*self._settings(row), *self._behind(cell), *self._to_do(row, cell)]

    def _settings(self, row: DutyRow) -> Acts:
        """A number that is practice can be changed."""
        if row.duty.verify and row.duty.kind != TALKS:
            return [(_("Change the number"), "quiet", lambda: self.ask(duties_asks.number(self.desk, row)))]
        return []

    def _behind(self, cell: DutyCell) -> Acts:
        """The meetings behind the mark, the last of many."""
        see = lambda key: lambda: self.desk.navigate("meeting", id=str(key))  # noqa: E731 - a slot for each meeting
        found = cell.meetings[-_MEETINGS_SHOWN:]
        if len(found) == 1:
            return [(_("See the meeting"), "normal", see(found[0].id))]
        return [(_("See {day}").format(day=day_words(one.day)), "normal", see(one.id)) for one in found]

    def _to_do(self, row: DutyRow, cell: DutyCell) -> Acts:
        """What can be done about the cell, the most useful last."""
        over = cell.end < self.desk.today()
        why = (_("Change the reason") if cell.reason else _("Say why"), "normal",
               lambda: self.ask(duties_asks.reason(self.desk, row, cell)))  # fmt: skip
        if cell.status == "before":
            return [(_("Count from here"), "normal", lambda: self._count_from(cell.start))]
        if cell.status == "held" and row.duty.kind != TALKS:
            return []
        if row.duty.kind == TALKS:  # a year that is over is noted late, as one remembers it
            kind = "primary" if cell.status == "due" else "normal"
            return [(_("Note the talks"), kind, lambda: self.ask(duties_asks.talks(self.desk, cell)))]
        if cell.status == "missing":
            later = (_("Count only after this"), "quiet", lambda: self._count_from(cell.end + timedelta(days=1)))
            return [later, why]
        if over or row.duty.kind not in self._callable:
            return [why] if cell.status != "to_come" else []
        kind = "normal" if cell.status == "to_come" else "primary"
        call = (_("Call a meeting"), kind, lambda: self.call(row.duty.kind, cell))
        return [why, call] if cell.status == "partial" else [call]

    def call(self, kind: str, cell: DutyCell) -> MeetingDialog:
        """Call a meeting of this kind on a day of the period."""
        dialog = MeetingDialog(self.desk, day=day_for(cell, self.desk.today()), parent=self.where)
        dialog.kind_field.set_value(kind)
        dialog.kind_field.edited.emit()
        dialog.saved.connect(self._called)
        dialog.open()
        return dialog

    def _count_from(self, day: date) -> None:
        duties.set_since(self.desk.work, self.desk.unit_id, day)
        self.desk.toast(_("Meetings count from {day}").format(day=full_day(day)))

    def _called(self, key: str) -> None:
        self.desk.toast(_("The meeting is called; it is being prepared"))
        self.desk.navigate("meeting", id=key)


def day_for(cell: DutyCell, today: date) -> date:
    """The usual week ahead, kept within the period."""
    return max(cell.start, min(today + timedelta(days=7), cell.end))

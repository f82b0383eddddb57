"""What planning, changing and ending a turn of duty asks."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QWidget

from deliberation_app.errors import N_, RuleBroken
from deliberation_app.language import _
from deliberation_app.services import voices_duty
from deliberation_app.services.voices_duty import SlotCard
from deliberation_app.ui.agenda_ask import Ask
from deliberation_app.ui.kit.buttons import FilterButton
from deliberation_app.ui.kit.dates import DateEdit, TimeEdit
from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.kit.fields import Field
from deliberation_app.ui.kit.names import NameEdit
from deliberation_app.ui.voices_asks import person_edit
from deliberation_app.ui.voices_flow import FlowBox
from deliberation_app.ui.voices_words import day


class WeekdaysEdit(FlowBox):
    """Days of the week to choose from."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, gap=4)
        self._days = []
        for at in range(7):
            button = FilterButton(QLocale().dayName(at + 1, QLocale.FormatType.ShortFormat))
            button.setAccessibleName(QLocale().dayName(at + 1))
            button.toggled.connect(lambda _on: self.edited.emit())
            self._days.append(self.add(button))
        self.setFocusProxy(self._days[0])

    def value(self) -> list[int]:
        """The days chosen, Monday is 0."""
        return [at for at, button in enumerate(self._days) if button.isChecked()]

    def set_value(self, value: object) -> None:
        """Choose these."""
        wanted = list(value or [])
        for at, button in enumerate(self._days):
            button.setChecked(at in wanted)


def plan(desk: Desk, year: int, month: int, once: date | None = None) -> Ask:
    """Turns in a month: on which days of the week (or `once` on a day), at what hours, who one after the other."""
    names = [person_edit(desk, _("Initials do")) for _at in range(3)]
    weekdays = WeekdaysEdit()
    weekdays.set_value([1, 3])
    fields: list[tuple[str, Field]] = [
        ("weekdays", Field(_("On which days of the week"), weekdays)),
        ("begins", Field(_("Begins at"), TimeEdit())), ("ends", Field(_("Ends at"), TimeEdit())),
        ("once", Field(_("Or on one day"), DateEdit(once, desk.today()), _("Then the days of the week do not count"))),
        ("first", Field(_("Who is on duty"), names[0])), ("second", Field(_("Then"), names[1])),
        ("third", Field(_("Then"), names[2])), ("deputy", Field(_("Stands in"), person_edit(desk))),
        ("room", Field(_("Reception room"), "line")), ("matter", Field(_("For what"), "line")),
    ]  # fmt: skip
    fields[1][1].editor.setText("09:00")
    fields[2][1].editor.setText("11:00")

    def do(values: dict[str, Any]) -> None:
        first, _after = voices_duty.span(year, month)
        since = max(desk.today(), first)
        days = [values["once"]] if values["once"] else voices_duty.weekdays(year, month, values["weekdays"], since)
        people = [uuid.UUID(values[name]) for name in ("first", "second", "third") if values[name]]
        added = voices_duty.plan(
            desk.work, desk.unit_id, days=days, begins=_hour(values["begins"]), ends=_hour(values["ends"]),
            people=people, deputy_id=_key(values["deputy"]), room=values["room"], matter=values["matter"],
        )  # fmt: skip
        if not added:
            raise RuleBroken(N_("Each of these days has a turn at this hour already. Nothing was changed."))

    return Ask(_("Plan turns of duty for {month}").format(month=f"{year}-{month:02d}"),
               _("From today on; the people take turns in the order given."), _("Put them on the roster"), do,
               _("The turns are on the roster"), fields, frozenset({"weekdays"}))  # fmt: skip


def _hour(value: Any) -> str:
    return f"{value:%H:%M}" if value is not None else ""


def _key(value: str) -> uuid.UUID | None:
    return uuid.UUID(value) if value else None


def edit(desk: Desk, card: SlotCard) -> Ask:
    """Somebody else takes a turn."""
    who, deputy = person_edit(desk), person_edit(desk)
    who.set_person(str(card.slot.person_id), card.person)
    deputy.set_person(str(card.slot.deputy_id or ""), card.deputy)
    fields = [("who", Field(_("Who is on duty"), who)), ("deputy", Field(_("Stands in"), deputy)),
              ("room", Field(_("Reception room"), "line")), ("matter", Field(_("For what"), "line"))]  # fmt: skip
    fields[2][1].set_value(card.slot.room)
    fields[3][1].set_value(card.slot.matter)

    def do(values: dict[str, Any]) -> None:
        if not values["who"]:
            raise RuleBroken(N_("Choose who is on duty from the list that opens. Nothing was changed."))
        voices_duty.edit(desk.work, card.slot.id, person_id=uuid.UUID(values["who"]), deputy_id=_key(values["deputy"]),
                         room=values["room"], matter=values["matter"])  # fmt: skip

    return Ask(_("The turn of {day}").format(day=_when(card)), "", _("Keep the changes"), do, _("The turn is changed"),
               fields)  # fmt: skip


def hand_over(desk: Desk, card: SlotCard) -> Ask:
    """Who takes over, signed with name and time."""
    who: NameEdit = person_edit(desk, _("Initials do"))
    fields = [("to", Field(_("Taken over by"), who)),
              ("note", Field(_("What is passed on"), "line", _("For example the key and the log")))]  # fmt: skip

    def do(values: dict[str, Any]) -> None:
        voices_duty.hand_over(desk.work, card.slot.id, who.value(), values["note"])

    return Ask(_("Hand over the turn of {day}").format(day=_when(card)),
               _("Name and time stand on the roster as the signature does."), _("Hand over and sign"), do,
               _("The turn is handed over"), fields, frozenset({"note"}))  # fmt: skip


def miss(desk: Desk, card: SlotCard) -> Ask:
    """Why nobody was there."""
    fields = [("why", Field(_("Why"), "line", _("The roster keeps it")))]
    return Ask(_("Nobody was there on {day}").format(day=_when(card)), "", _("Note it as missed"),
               lambda values: voices_duty.miss(desk.work, card.slot.id, values["why"]), _("The turn counts as missed"),
               fields, frozenset({"why"}))  # fmt: skip


def _when(card: SlotCard) -> str:
    return f"{day(card.slot.on_day)} {card.hours}"


ASKS = {"edit": edit, "hand_over": hand_over, "miss": miss}


def month_after(shown: date, by: int) -> date:
    """The first day of a month some months away."""
    at = shown.year * 12 + shown.month - 1 + by
    return date(at // 12, at % 12 + 1, 1)

"""What the page of duties asks in the place of its panel: a reason, talks, the names of groups, another number."""

from __future__ import annotations

from typing import Any

from deliberation_app.language import _, render
from deliberation_app.services import duties
from deliberation_app.services.duties import DutyCell, DutyRow
from deliberation_app.ui.agenda_ask import Ask
from deliberation_app.ui.duties_words import period_words, talk_share
from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.kit.editors import NumberEdit
from deliberation_app.ui.kit.fields import Field


def reason(desk: Desk, row: DutyRow, cell: DutyCell) -> Ask:
    """Why a duty was not fulfilled."""
    field = Field(_("Why"), "line", _("Kept with this cell; emptied, it is taken back."))
    field.set_value(cell.reason)
    return Ask(
        head=_("Why was this not held? {duty}, {period}").format(
            duty=render(row.name), period=period_words(row, cell)
        ),
        hint="", words=_("Keep the reason"), fields=(("reason", field),), wide=frozenset({"reason"}),
        do=lambda said: duties.explain(desk.work, desk.unit_id, row.duty.id, cell.start, said["reason"]),
        done=_("The reason is kept"),
    )  # fmt: skip


def talks(desk: Desk, cell: DutyCell) -> Ask:
    """With how many somebody has talked this year, of how many."""
    told = cell.words.values if talk_share(cell) is not None else {}
    talked = int(str(told.get("talked", 0)))
    all_due = talked + int(str(told["left"])) if told else None
    counts = (
        ("talked", Field(_("Talked with"), NumberEdit(talked if told else None))),
        ("due", Field(_("Of how many"), NumberEdit(all_due))),
    )

    def note(said: dict[str, Any]) -> None:
        duties.note_talks(desk.work, desk.unit_id, cell.end.year, said["talked"] or 0, said["due"] or 0)

    return Ask(
        head=_("With how many was talked in {year}?").format(year=cell.end.year),
        hint=_("Committee members among themselves, with the members, and members with each other."),
        words=_("Note the talks"), fields=counts, do=note, done=_("The talks are noted"),
    )  # fmt: skip


def groups(desk: Desk, row: DutyRow) -> Ask:
    """The names of the Party groups."""
    field = Field(
        _("Groups, with a space between"), "line",
        _("A group meeting belongs to the group whose name stands in its title."),
    )  # fmt: skip
    field.set_value(" ".join(row.groups))

    def name(said: dict[str, Any]) -> None:
        words = said["groups"].replace("、", " ").replace("，", " ").replace(",", " ")
        duties.set_groups(desk.work, desk.unit_id, words.split())

    return Ask(
        head=_("Which Party groups are there?"), hint="", words=_("Keep the groups"), fields=(("groups", field),),
        wide=frozenset({"groups"}), do=name, done=_("The groups are kept"),
    )  # fmt: skip


def number(desk: Desk, row: DutyRow) -> Ask:
    """How often, where that is practice."""
    field = Field(_("How often"), NumberEdit(row.times, digits=2))
    return Ask(
        head=_("{duty}: how often in each period?").format(duty=render(row.name)),
        hint=_("The text of {clause} leaves the number open; the usual one is {times}.").format(
            clause=row.duty.clause, times=row.duty.times
        ),
        words=_("Keep the number"), fields=(("times", field),), done=_("The number is kept"),
        do=lambda said: duties.set_times(desk.work, desk.unit_id, row.duty.id, said["times"]),
    )  # fmt: skip

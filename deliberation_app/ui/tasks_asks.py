"""What the page of tasks asks: a new task, changes, what proves it, who accepts it, why it is dropped or reopened."""

from __future__ import annotations

import uuid
from typing import Any

from deliberation_app.errors import N_, RuleBroken
from deliberation_app.language import _
from deliberation_app.services import agenda, people_find, tasks, tasks_people
from deliberation_app.services.tasks import TaskRow
from deliberation_app.ui.agenda_ask import Ask
from deliberation_app.ui.kit.dates import DateEdit, PromiseEdit
from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.kit.fields import Field
from deliberation_app.ui.kit.names import NameEdit


def find_people(desk: Desk) -> NameEdit:
    """A line in which somebody of the register is named."""
    return NameEdit(lambda text: [(str(one.id), one.name, one.hint)
                                  for one in people_find.find(desk.work, desk.unit_id, text)])  # fmt: skip


def find_item(desk: Desk) -> NameEdit:
    """A line in which an item is named."""

    def find(text: str) -> list[tuple[str, str, str]]:
        rows = agenda.page(desk.work, desk.unit_id, text=text, state="active", limit=8).rows
        return [(str(card.id), card.title, card.number or "") for card in rows]

    return NameEdit(find, _("Title or number"))


def add(desk: Desk, item: tuple[uuid.UUID, str] | None) -> Ask:
    """A new task: for which item, what, who, by when; the item chosen last stands there already."""
    found, who = find_item(desk), find_people(desk)
    if item is not None:
        found.set_person(str(item[0]), item[1])
    fields = [
        ("title", Field(_("What is to be done"), "line")),
        ("owner", Field(_("Who"), who, _("Initials are enough: fla finds 范例安"))),
        ("due", Field(_("By when"), PromiseEdit(today=desk.today()), _("31, next Friday as 下周五, 三天内, 月底"))),
        ("item", Field(_("For which item"), found)),
        ("helpers", Field(_("With whom"), "line")),
    ]

    def do(values: dict[str, Any]) -> None:
        if not values["item"]:
            raise RuleBroken(N_("Choose the item that the task belongs to. Nothing was changed."))
        owner = uuid.UUID(values["owner"]) if values["owner"] else None
        tasks.add(
            desk.work, uuid.UUID(values["item"]), title=values["title"], owner_id=owner,
            owner_unit=None if owner else who.value() or None, due=values["due"], helpers=values["helpers"],
        )  # fmt: skip

    return Ask(_("Add a task"), "", _("Add the task"), do, _("The task is added"), fields, frozenset({"title"}))


def edit(desk: Desk, row: TaskRow) -> Ask:
    """Everything that may change while it is carried out."""
    who, kept = find_people(desk), row.task
    who.set_person(str(kept.owner_id or ""), row.owner)
    late = row.standing == "overdue"
    fields = [
        ("title", Field(_("What is to be done"), "line")),
        ("owner", Field(_("Who"), who)),
        ("helpers", Field(_("With whom"), "line")),
        ("begun_on", Field(_("Begun on"), DateEdit(today=desk.today()))),
        ("due", Field(_("By when"), DateEdit(today=desk.today()))),
        ("progress", Field(_("How far it is"), "line")),
        ("late_reason", Field(_("Why it is late"), "line", _("Printed in the list") if late else "")),
    ]
    for name, field in fields:
        if name != "owner":
            field.set_value(getattr(kept, name) or "" if name not in ("begun_on", "due") else getattr(kept, name))

    def do(values: dict[str, Any]) -> None:
        owner = uuid.UUID(values["owner"]) if values["owner"] else None
        unit = kept.owner_unit if owner is not None and owner == kept.owner_id else None
        told = {name: values[name] for name, _field in fields if name != "owner"}
        unit = unit if owner is not None else who.value() or None
        tasks.edit(desk.work, kept.id, owner_id=owner, owner_unit=unit, **told)

    return Ask(kept.title, row.item_title, _("Keep it"), do, _("The task is changed"), fields, frozenset({"title"}))


def done(desk: Desk, row: TaskRow) -> Ask:
    """What shows that it is done; why it is late, if it is."""
    late = row.standing == "overdue"
    fields = [("note", Field(_("What shows it"), "line", _("What was done; photos and papers are added beside it")))]
    if late:
        fields.append(("late_reason", Field(_("Why it is late"), "line", _("Printed in the list"))))
        fields[-1][1].set_value(row.task.late_reason or "")
    closer = Field(_("Closed by"), "line")
    closer.set_value(desk.work.user_name)
    fields.append(("closed_by", closer))

    def do(values: dict[str, Any]) -> None:
        tasks.done(desk.work, row.task.id, note=values["note"], late_reason=values.get("late_reason"),
                   closed_by=values["closed_by"])  # fmt: skip

    words = _("Done: “{title}”").format(title=row.task.title)
    return Ask(words, _("Another person accepts it afterwards."), _("Task finished"), do,
               _("The task is done and waits for acceptance"), fields, frozenset({"note"}))  # fmt: skip


def accept(desk: Desk, row: TaskRow, proof: str) -> Ask:
    """Who accepts what was done."""
    who = find_people(desk)
    fields = [("by", Field(_("Accepted by"), who, _("Not whoever carried it out or closed it")))]

    def do(_values: dict[str, Any]) -> None:
        tasks.accept(desk.work, row.task.id, who.value())

    said = _("Done by {who}, closed by {closer}: {proof}").format(
        who=row.owner or "—", closer=row.task.closed_by or "—", proof=proof or "—"
    )
    return Ask(_("Accept: “{title}”").format(title=row.task.title), said, _("Accept it"), do,
               _("The task is accepted"), fields)  # fmt: skip


def reason(desk: Desk, row: TaskRow, act: str) -> Ask:
    """Why it is dropped, or opened again."""
    dropping = act == "drop"
    head = _("Drop: “{title}”") if dropping else _("Open again: “{title}”")
    fields = [("reason", Field(_("Why"), "line", _("The reason is kept with the task")))]

    def do(values: dict[str, Any]) -> None:
        (tasks.drop if dropping else tasks.reopen)(desk.work, row.task.id, values["reason"])

    return Ask(
        head.format(title=row.task.title), "", _("Drop the task") if dropping else _("Open it again"), do,
        _("The task is dropped") if dropping else _("The task is open again"), fields, frozenset({"reason"}),
    )  # fmt: skip


def mine(desk: Desk) -> uuid.UUID | None:
    """Who works here, as the register knows them."""
    return tasks_people.me(desk.work, desk.unit_id)

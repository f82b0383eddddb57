"""What each act on an item asks: the side steps, links, tasks, scores, objections and the number of its file."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from deliberation_app.domain.agenda import STEPS
from deliberation_app.domain.evaluation import ANSWERS, Responses
from deliberation_app.errors import N_, RuleBroken
from deliberation_app.language import _
from deliberation_app.services import agenda, archive, evaluation, notices, people_find, tasks
from deliberation_app.services.agenda import ItemView
from deliberation_app.services.agenda_party import assemblies
from deliberation_app.ui import archive_asks
from deliberation_app.ui.agenda_ask import Ask
from deliberation_app.ui.agenda_words import MIDDLE_DAY, day_words
from deliberation_app.ui.kit.dates import DateEdit
from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.kit.editors import Combo, NumberEdit, TextEdit
from deliberation_app.ui.kit.fields import Field
from deliberation_app.ui.kit.names import NameEdit

_STEP_HINTS = {
    "send_back": N_("It is discussed again; the meetings and votes held so far stay on record and count no more."),
    "merge": N_("It is carried on with the other item; nothing disappears."),
    "defer": N_("It rests where it is until it is taken up again."),
    "decline": N_("It is not treated; those who raised it are told why."),
    "hand_up": N_("The level above deals with it."),
    "withdraw": N_("Those who raised it take it back."),
    "resume": N_("It goes on from the stage where it stood."),
}


def step(desk: Desk, view: ItemView, step_id: str) -> Ask:
    """A step that leaves the line of the five stages: why, and for a merger into which item."""
    entry = STEPS[step_id]
    fields = [("reason", Field(_("Why"), "line", _("The reason is kept with the item and printed with its history.")))]
    if entry.needs_target:
        find = NameEdit(lambda text: _items(desk, view, text), _("Title or number"))
        fields.insert(0, ("into", Field(_("Into which item"), find, _("Choose it from the list that opens"))))

    def do(values: dict[str, Any]) -> None:
        into = uuid.UUID(values["into"]) if values.get("into") else None
        agenda.take(desk.work, view.item.id, step_id, reason=values["reason"], into=into)

    name = _(entry.name)
    head = _("{step}: “{title}”").format(step=name, title=view.item.title)
    return Ask(head, _(_STEP_HINTS[step_id]), name, do, head, fields, frozenset({"reason"}))


def _items(desk: Desk, view: ItemView, text: str) -> list[tuple[str, str, str]]:
    rows = agenda.page(desk.work, desk.unit_id, text=text, state="active", limit=8).rows
    return [(str(card.id), card.title, card.number or "") for card in rows if card.id != view.item.id]


def link(desk: Desk, view: ItemView) -> Ask:
    """Which branch assembly discussed it beforehand."""
    linked = {key for key, _meeting in view.party_meetings}
    found = [one for one in assemblies(desk.work, desk.unit_id) if one.id not in linked]
    options = [(str(one.id), f"{day_words(one.day, MIDDLE_DAY)} · {one.title}") for one in found]
    hint = "" if found else _("No branch assembly is known here yet: call one, or import its meeting file.")
    choice = Field(_("Branch assembly"), Combo(options), hint)

    def do(values: dict[str, Any]) -> None:
        if not values["meeting"]:
            raise RuleBroken(N_("Choose the branch assembly that discussed it. Nothing was changed."))
        agenda.link_party_meeting(desk.work, view.item.id, uuid.UUID(values["meeting"]))

    return Ask(_("Which branch assembly discussed it beforehand?"),
               _("What touches the vital interests of the residents goes to the Party members first."),
               _("Link it"), do, _("The branch assembly is linked"), [("meeting", choice)],
               frozenset({"meeting"}))  # fmt: skip


def close_task(desk: Desk, view: ItemView) -> Ask:
    """Which task is done, and what shows it."""
    waiting = [task for task in view.tasks if (task.state or "open") == "open"]
    options = [(str(task.id), task.title) for task in waiting]
    fields = [
        ("task", Field(_("Task"), Combo(options), "" if options else _("No task is open"))),
        ("how", Field(_("How it ended"), Combo([("done", _("Done")), ("dropped", _("Dropped"))]))),
        ("note", Field(_("What shows it"), "line", _("A word on the result; a dropped task needs the reason"))),
    ]

    def do(values: dict[str, Any]) -> None:
        if not values["task"]:
            raise RuleBroken(N_("No task of this item is open. Nothing was changed."))
        key = uuid.UUID(values["task"])
        if values["how"] == "dropped":
            tasks.drop(desk.work, key, values["note"])
        else:
            tasks.done(desk.work, key, note=values["note"] or None)

    return Ask(_("Close a task"), view.item.title, _("Close the task"), do, _("The task is closed"), fields)


def add_task(desk: Desk, view: ItemView) -> Ask:
    """Who does what by when."""
    find = NameEdit(lambda text: [(str(one.id), one.name, one.hint)
                                  for one in people_find.find(desk.work, desk.unit_id, text)])  # fmt: skip
    fields = [
        ("title", Field(_("What is to be done"), "line")),
        ("owner", Field(_("Who"), find, _("Initials are enough: fla finds 范例安"))),
        ("due", Field(_("By when"), DateEdit(today=desk.today()))),
    ]

    def do(values: dict[str, Any]) -> None:
        owner = uuid.UUID(values["owner"]) if values["owner"] else None
        unit = find.value() if owner is None else None
        tasks.add(desk.work, view.item.id, title=values["title"], owner_id=owner, owner_unit=unit or None,
                  due=values["due"])  # fmt: skip

    return Ask(_("Add a task"), view.item.title, _("Add the task"), do, _("The task is added"), fields)


def scores(desk: Desk, view: ItemView) -> Ask:
    """The forms that came back, answer by answer."""
    fields: list[tuple[str, Field]] = [(key, Field(_(name), NumberEdit())) for key, (_title, name) in ANSWERS.items()]
    fields.append(("invalid", Field(_("Invalid forms"), NumberEdit())))
    fields.append(("invited", Field(_("Handed out"), NumberEdit())))
    fields.append(("held_on", Field(_("Counted on"), DateEdit(desk.today(), desk.today()))))

    def do(values: dict[str, Any]) -> None:
        counted = {key: values[key] or 0 for key in (*ANSWERS, "invalid")}
        evaluation.add(desk.work, view.item.id, held_on=values["held_on"] or desk.today(),
                       responses=Responses(**counted), invited=values["invited"])  # fmt: skip

    return Ask(_("Scores of the residents"), _("How many forms came back with each answer"), _("Keep the scores"), do,
               _("The scores are kept"), fields)  # fmt: skip


def number(desk: Desk, view: ItemView) -> Ask:
    """The archive number of its file."""
    return archive_asks.number(desk, archive.file(desk.work, "item", view.item.id))


def answer(desk: Desk, view: ItemView) -> Ask:
    """An objection to a notice, and what was answered."""
    options = [
        (f"{one.id}/{at}", objection["text"])
        for one in view.publications
        for at, objection in enumerate(one.objections or ())
        if not objection.get("answer")
    ]
    fields = [("which", Field(_("Objection"), Combo(options), "" if options else _("No objection is open"))),
              ("text", Field(_("Answer"), TextEdit(rows=2)))]  # fmt: skip

    def do(values: dict[str, Any]) -> None:
        if not values["which"]:
            raise RuleBroken(N_("No objection is open. Nothing was changed."))
        key, _slash, at = values["which"].partition("/")
        notices.answer(desk.work, uuid.UUID(key), int(at), values["text"])

    return Ask(_("Answer an objection"), view.item.title, _("Keep the answer"), do, _("The answer is kept"), fields)


def objection(desk: Desk, view: ItemView) -> Ask:
    """An objection that somebody raised to a notice."""
    options = [(str(one.id), one.text.strip().partition("\n")[0]) for one in view.publications]
    fields = [("which", Field(_("Posted notice"), Combo(options), "" if options else _("Nothing has been posted yet"))),
              ("text", Field(_("In the words of whoever objects"), TextEdit(rows=2)))]  # fmt: skip

    def do(values: dict[str, Any]) -> None:
        if not values["which"]:
            raise RuleBroken(N_("Nothing has been posted for this item yet. Nothing was changed."))
        notices.object_to(desk.work, uuid.UUID(values["which"]), values["text"])

    return Ask(_("Note an objection"), view.item.title, _("Note it"), do, _("The objection is noted"), fields)


ASKS: dict[str, Callable[[Desk, ItemView], Ask]] = {
    "agenda.link": link, "tasks.add": add_task, "tasks.done": close_task, "evaluation.add": scores,
    "notices.object": objection, "notices.answer": answer, "archive.number": number,
}  # fmt: skip
# The words of these acts in the menu of an item, in its order.
NAMES = {
    "agenda.link": N_("Link a branch assembly"), "tasks.add": N_("Add a task"), "tasks.done": N_("Close a task"),
    "evaluation.add": N_("Enter the scores"), "notices.post": N_("Post a notice"),
    "notices.object": N_("Note an objection"), "notices.answer": N_("Answer an objection"),
    "archive.number": N_("Give the file its number"), "archive.open": N_("File in the archive"),
}  # fmt: skip


def offered(view: ItemView) -> list[str]:
    """The acts that make sense for an item at its stage."""
    if view.facts.state != "active":
        return ["archive.open"]
    waiting = any((task.state or "open") == "open" for task in view.tasks)
    decided = view.item.stage in ("decided", "evaluated", "shared")
    fits = {
        "agenda.link": view.item.stage in ("raised", "discussed"), "tasks.add": decided, "tasks.done": waiting,
        "evaluation.add": decided, "notices.post": decided, "notices.object": bool(view.publications),
        "notices.answer": view.facts.open_objections > 0,
        "archive.number": view.item.stage in ("evaluated", "shared"), "archive.open": True,
    }  # fmt: skip
    return [name for name, fit in fits.items() if fit]

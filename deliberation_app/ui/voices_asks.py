"""What each act on a voice asks: item, order, answer, hand on, join, tell, refuse, change, terms."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from deliberation_app.domain import voices as rules
from deliberation_app.domain.evaluation import ANSWERS
from deliberation_app.errors import N_, RuleBroken
from deliberation_app.language import _
from deliberation_app.services import agenda, people_find, voices, voices_ends, voices_list, voices_orders
from deliberation_app.services.voices_list import VoiceView
from deliberation_app.settings import DISPLAY_ZONE
from deliberation_app.ui.agenda_ask import Ask
from deliberation_app.ui.kit.dates import DateEdit, TimeEdit
from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.kit.editors import Combo, NumberEdit, TextEdit
from deliberation_app.ui.kit.fields import Field
from deliberation_app.ui.kit.names import NameEdit
from deliberation_app.ui.voices_words import channel_words

_YES = {"": None, "yes": True, "no": False}


def person_edit(desk: Desk, placeholder: str = "") -> NameEdit:
    """A line that finds people of the register."""

    def find(text: str) -> list[tuple[str, str, str]]:
        return [(str(one.id), one.name, one.hint) for one in people_find.find(desk.work, desk.unit_id, text)]

    return NameEdit(find, placeholder)


def _number(view: VoiceView) -> str:
    return view.card.voice.number or ""


def item(desk: Desk, view: VoiceView) -> Ask:
    """A new item, or one that is there already."""
    kept = view.card.voice
    title = kept.text.strip().partition("\n")[0][:60]

    def find(text: str) -> list[tuple[str, str, str]]:
        rows = agenda.page(desk.work, desk.unit_id, text=text, state="active", limit=8).rows
        return [(str(card.id), card.title, card.number or "") for card in rows]

    fields = [
        ("title", Field(_("Title of the item"), "line", _("In few words; what was said stays word for word"))),
        ("category", Field(_("Category"), "line")),
        ("vital", Field(_("Vital interests of the residents?"), Combo(
            [("", _("Not known yet")), ("yes", _("Yes: Party members discuss it first")), ("no", _("No"))]))),
        ("into", Field(_("Or add it to an item that is there"), NameEdit(find, _("Title or number")),
                       _("Leave it empty for a new item"))),
    ]  # fmt: skip
    fields[0][1].set_value(title)
    fields[1][1].set_value(kept.category)

    def do(values: dict[str, Any]) -> None:
        into = uuid.UUID(values["into"]) if values["into"] else None
        voices.to_item(desk.work, kept.id, item_id=into, title=values["title"], category=values["category"] or None,
                       vital_interest=_YES[values["vital"]])  # fmt: skip

    return Ask(_("Make {number} an item").format(number=_number(view)),
               _("Whoever said it, and those joined to it, stand with the item as those who raised it."),
               _("Make it an item"), do, _("{number} is an item now").format(number=_number(view)), fields,
               frozenset({"title"}))  # fmt: skip


def order(desk: Desk, view: VoiceView) -> Ask:
    """Which service of the menu."""
    kept = view.card.voice
    names = [(line.name, line.name) for line in voices_orders.menu(desk.work, desk.unit_id)]
    fields = [("kind", Field(_("Service"), Combo(names))),
              ("text", Field(_("What is wanted"), "line")),
              ("place", Field(_("Where"), "line", _("Empty: at home")))]  # fmt: skip
    fields[1][1].set_value(kept.text)

    def do(values: dict[str, Any]) -> None:
        voices_orders.order(desk.work, desk.unit_id, kind=values["kind"], text=values["text"], place=values["place"],
                            voice_id=kept.id)  # fmt: skip

    return Ask(_("Order a service for {number}").format(number=_number(view)), "", _("Order it"), do,
               _("The service is ordered"), fields)  # fmt: skip


def answer(desk: Desk, view: VoiceView) -> Ask:
    """The line of answer."""
    fields = [("text", Field(_("What was answered"), TextEdit(view.card.voice.answer or "", rows=2)))]
    hint = _("Handed on to {to}: write what came back.").format(to=view.card.handed_to) if view.card.handed_to else ""
    return Ask(_("Answer {number}").format(number=_number(view)), hint, _("Keep the answer"),
               lambda values: voices.answer(desk.work, view.card.voice.id, values["text"]),
               _("The answer is kept; now it is to be told"), fields)  # fmt: skip


def hand_on(desk: Desk, view: VoiceView) -> Ask:
    """To whom, and by when an answer is back."""
    who = person_edit(desk, _("Initials do"))
    due = max(view.card.voice.due_on or desk.today(), desk.today())
    fields = [("to", Field(_("Unit"), "line", _("For example the property company"))),
              ("person", Field(_("Or somebody by name"), who)),
              ("due", Field(_("Answer back by"), DateEdit(due, desk.today())))]  # fmt: skip

    def do(values: dict[str, Any]) -> None:
        person = uuid.UUID(values["person"]) if values["person"] else None
        to = values["to"] or (who.value() if person is None else "")
        voices_ends.hand_on(desk.work, view.card.voice.id, to=to, person_id=person, due=values["due"])

    return Ask(_("Hand {number} on").format(number=_number(view)), view.card.voice.text, _("Hand it on"), do,
               _("{number} is handed on").format(number=_number(view)), fields)  # fmt: skip


def join(desk: Desk, view: VoiceView) -> Ask:
    """With which other voice."""

    def find(text: str) -> list[tuple[str, str, str]]:
        rows = voices_list.page(desk.work, desk.unit_id, text=text, limit=9).rows
        return [(str(one.voice.id), one.voice.text[:40], one.voice.number or "") for one in rows
                if one.voice.id != view.card.voice.id]  # fmt: skip

    def do(values: dict[str, Any]) -> None:
        if not values["other"]:
            raise RuleBroken(N_("Choose the other one from the list that opens. Nothing was changed."))
        voices_ends.join(desk.work, view.card.voice.id, uuid.UUID(values["other"]))

    fields = [("other", Field(_("With which"), NameEdit(find, _("Number or words"))))]
    return Ask(_("Join {number} with another").format(number=_number(view)),
               _("The later goes with the earlier; both keep their number, and both are told."), _("Join them"), do,
               _("They are joined"), fields, frozenset({"other"}))  # fmt: skip


def tell(desk: Desk, view: VoiceView) -> Ask:
    """How, when and by whom it was told."""
    kept = view.card.voice
    ways = [(name, _(one.name)) for name, one in rules.TOLD_HOW.items()]
    how = Combo(ways)
    how.set_value("face" if view.card.who else "wall")
    pleased = Combo([("", _("Not asked")), *((key, _(name)) for key, (_title, name) in ANSWERS.items())])
    by = Field(_("By whom"), "line")
    by.set_value(desk.work.user_name)
    fields = [("how", Field(_("How"), how)), ("on", Field(_("On"), DateEdit(desk.today(), desk.today()))),
              ("by", by), ("words", Field(_("The words said"), "line")),
              ("satisfied", Field(_("And how do they find it?"), pleased))]  # fmt: skip

    def do(values: dict[str, Any]) -> None:
        day: date = values["on"] or desk.today()
        at = None if day == desk.today() else max(datetime.combine(day, time(18), DISPLAY_ZONE), kept.received_at)
        voices_ends.tell(desk.work, kept.id, how=values["how"], words=values["words"], at=at, by=values["by"],
                         satisfied=values["satisfied"])  # fmt: skip

    along = len(view.joined)
    hint = _("Those joined to it are told along with it: {count}.").format(count=along) if along else ""
    return Ask(_("Told about {number}").format(number=_number(view)), hint, _("They were told"), do,
               _("{number} is closed").format(number=_number(view)), fields)  # fmt: skip


def refuse(desk: Desk, view: VoiceView) -> Ask:
    """Why it is not accepted."""
    fields = [("why", Field(_("Why"), "line", _("Whoever said it is told this; with the clause, where there is one")))]
    return Ask(_("Do not accept {number}").format(number=_number(view)), view.card.voice.text, _("Not accepted"),
               lambda values: voices_ends.refuse(desk.work, view.card.voice.id, values["why"]),
               _("{number} is not accepted").format(number=_number(view)), fields, frozenset({"why"}))  # fmt: skip


def edit(desk: Desk, view: VoiceView) -> Ask:
    """Put right what was noted."""
    kept = view.card.voice
    who = person_edit(desk)
    who.set_person(str(kept.person_id or ""), view.card.who)
    channel = Combo([(name, channel_words(name)) for name in rules.CHANNELS])
    channel.set_value(kept.channel or "other")
    urgency = Combo([(name, _(one.name)) for name, one in rules.URGENCIES.items()])
    urgency.set_value(kept.urgency or "normal")
    received = kept.received_at.astimezone(DISPLAY_ZONE)
    fields = [
        ("text", Field(_("The words said"), TextEdit(kept.text, rows=2))),
        ("channel", Field(_("Channel"), channel)), ("person", Field(_("Who said it"), who, _("Empty: unnamed"))),
        ("contact", Field(_("How to reach them"), "line")), ("category", Field(_("Category"), "line")),
        ("urgency", Field(_("Urgency"), urgency)), ("wish", Field(_("What they wish for"), "line")),
        ("on", Field(_("Received on"), DateEdit(received.date(), desk.today()))),
        ("hour", Field(_("At"), TimeEdit(received.time().replace(second=0, microsecond=0)))),
        ("due", Field(_("Answer by"), DateEdit(kept.due_on, desk.today()))),
    ]  # fmt: skip
    for name, made in fields:
        if name in ("contact", "category", "wish"):
            made.set_value(getattr(kept, name))

    def do(values: dict[str, Any]) -> None:
        person = uuid.UUID(values["person"]) if values["person"] else None
        more = {name: values[name] for name in ("contact", "category", "urgency", "wish")}
        if values["due"] != kept.due_on:
            more["due_on"] = values["due"]
        day, hour = values["on"] or received.date(), values["hour"] or received.time()
        same = (day, hour) == (received.date(), received.time().replace(second=0, microsecond=0))
        at = kept.received_at if same else datetime.combine(day, hour, DISPLAY_ZONE)
        voices.edit(desk.work, kept.id, text=values["text"], channel=values["channel"], person_id=person,
                    received_at=at, said_by=who.value() if person is None else "", **more)  # fmt: skip

    return Ask(_("Change {number}").format(number=_number(view)), "", _("Keep the changes"), do,
               _("{number} is changed").format(number=_number(view)), fields)  # fmt: skip


def step(desk: Desk, view: VoiceView) -> Ask:
    """A step of the red express."""
    open_ = [(name, _(rules.STEPS[name].name)) for name in rules.NOTED if name not in view.clock]
    fields = [("step", Field(_("Step"), Combo(open_))), ("on", Field(_("On"), DateEdit(desk.today(), desk.today()))),
              ("hour", Field(_("At"), TimeEdit(desk.now().time().replace(second=0, microsecond=0))))]  # fmt: skip

    def do(values: dict[str, Any]) -> None:
        if not values["step"]:
            raise RuleBroken(N_("Every step is noted already. Nothing was changed."))
        day, hour = values["on"] or desk.today(), values["hour"] or desk.now().time()
        at = min(datetime.combine(day, hour, DISPLAY_ZONE), desk.now()) if day == desk.today() else \
            datetime.combine(day, hour, DISPLAY_ZONE)  # fmt: skip
        voices_ends.step(desk.work, view.card.voice.id, values["step"], at)

    return Ask(_("A step of {number}").format(number=_number(view)),
               _("The steps keep their order; the other ones follow from what is done."), _("Note the step"), do,
               _("The step is noted"), fields)  # fmt: skip


def terms(desk: Desk, _view: VoiceView | None = None) -> Ask:
    """The unit's own days until the line of answer."""
    own = voices_ends.terms(desk.work, desk.unit_id)
    fields = [(name, Field(_("{urgency}: days").format(urgency=_(one.name)), NumberEdit(own[name], 3)))
              for name, one in rules.URGENCIES.items()]  # fmt: skip
    return Ask(_("Within how many days does each voice have its answer?"),
               _("The unit’s own rule; what is noted from now on follows it."), _("Keep the terms"),
               lambda values: voices_ends.set_terms(desk.work, desk.unit_id,
                                                    {name: value or 0 for name, value in values.items()}),
               _("The terms are kept"), fields)  # fmt: skip


ASKS: dict[str, Callable[[Desk, VoiceView], Ask]] = {
    "item": item, "order": order, "answer": answer, "hand_on": hand_on, "join": join, "tell": tell, "refuse": refuse,
    "edit": edit, "step": step,
}  # fmt: skip

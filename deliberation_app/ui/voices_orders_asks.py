"""What each act on a service order asks, and what the pane says of one."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from typing import Any

from deliberation_app.domain import voices_orders as rules
from deliberation_app.errors import N_, RuleBroken
from deliberation_app.language import _, ngettext_
from deliberation_app.services import voices_orders, voices_orders_list
from deliberation_app.services.voices_orders_list import OrderView
from deliberation_app.ui.agenda_ask import Ask
from deliberation_app.ui.kit.dates import DateEdit
from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.kit.editors import Combo, TextEdit
from deliberation_app.ui.kit.fields import Field
from deliberation_app.ui.kit.names import NameEdit
from deliberation_app.ui.voices_asks import person_edit
from deliberation_app.ui.voices_side import Do, Line, Shown
from deliberation_app.ui.voices_words import day, moment, order_look


def new(desk: Desk, ordered: Callable[[str], object]) -> Ask:
    """A service ordered directly; `ordered` hears which one it became."""
    who = person_edit(desk, _("Initials do"))
    names = [(line.name, line.name) for line in voices_orders.menu(desk.work, desk.unit_id)]
    fields = [("kind", Field(_("Service"), Combo(names))), ("who", Field(_("Who orders it"), who)),
              ("contact", Field(_("How to reach them"), "line")), ("text", Field(_("What is wanted"), "line")),
              ("place", Field(_("Where"), "line", _("Empty: at home"))),
              ("due", Field(_("Taken by"), DateEdit(None, desk.today()), _("Empty: as on the menu")))]  # fmt: skip

    def do(values: dict[str, Any]) -> None:
        person = uuid.UUID(values["who"]) if values["who"] else None
        made = voices_orders.order(
            desk.work, desk.unit_id, kind=values["kind"], text=values["text"], person_id=person, place=values["place"],
            said_by=who.value() if person is None else "", contact=values["contact"], due=values["due"],
        )  # fmt: skip
        ordered(str(made))

    return Ask(_("Order a service"), _("Residents order, the branch sends it on, volunteers accept."), _("Order it"),
               do, _("The service is ordered"), fields)  # fmt: skip


def assign(desk: Desk, view: OrderView) -> Ask:
    """To which volunteer."""
    fields = [("who", Field(_("Volunteer"), person_edit(desk, _("Initials do"))))]

    def do(values: dict[str, Any]) -> None:
        if not values["who"]:
            raise RuleBroken(N_("Choose the volunteer from the list that opens. Nothing was changed."))
        voices_orders.assign(desk.work, view.card.order.id, uuid.UUID(values["who"]))

    return Ask(_("Send {number} to a volunteer").format(number=view.card.order.number), view.card.order.text,
               _("Send it"), do, _("It is sent; now the volunteer accepts or declines"), fields)  # fmt: skip


def decline(desk: Desk, view: OrderView) -> Ask:
    """Why the volunteer cannot."""
    fields = [("why", Field(_("Why"), "line", _("May stay empty")))]
    return Ask(_("{name} declines").format(name=view.card.volunteer), _("It waits to be sent to somebody else."),
               _("Note it"), lambda values: voices_orders.decline(desk.work, view.card.order.id, values["why"]),
               _("It waits to be sent again"), fields, frozenset({"why"}))  # fmt: skip


def confirm(desk: Desk, view: OrderView) -> Ask:
    """Who confirms that it was done."""
    by = Field(_("Who confirms it"), "line", _("The resident, or whoever speaks for them"))
    by.set_value(view.card.who)
    return Ask(_("Was {number} done as wanted?").format(number=view.card.order.number),
               _("An order ends only when the resident has confirmed it."), _("It is confirmed"),
               lambda values: voices_orders.confirm(desk.work, view.card.order.id, values["by"]),
               _("It is confirmed"), [("by", by)])  # fmt: skip


def score(desk: Desk, view: OrderView) -> Ask:
    """One to five."""
    points = Combo([(str(at), _("{points} of 5").format(points=at)) for at in range(5, 0, -1)])
    fields = [("points", Field(_("Score"), points)), ("words", Field(_("In their words"), "line"))]
    return Ask(_("How does the resident find it?"), view.card.order.text, _("Keep the score"),
               lambda values: voices_orders.score(desk.work, view.card.order.id, int(values["points"]),
                                                  values["words"]),
               _("The score is kept"), fields, frozenset({"words"}))  # fmt: skip


def end(desk: Desk, view: OrderView, step: str) -> Ask:
    """Why it ends without having been done."""
    words = _("Cancel it") if step == "cancel" else _("Nobody took it")
    fields = [("why", Field(_("Why"), "line", _("The reason is kept with the order")))]
    return Ask(_("{number} ends without being done").format(number=view.card.order.number), "", words,
               lambda values: voices_orders.end(desk.work, view.card.order.id, step, values["why"]),
               _("The order has ended"), fields, frozenset({"why"}))  # fmt: skip


def merge(desk: Desk, view: OrderView) -> Ask:
    """Into which other order."""

    def find(text: str) -> list[tuple[str, str, str]]:
        rows = voices_orders_list.page(desk.work, desk.unit_id, text=text, limit=20).rows
        return [(str(one.order.id), f"{one.order.kind} {one.order.text[:30]}", one.order.number) for one in rows
                if one.order.id != view.card.order.id and one.order.state in rules.RUNNING]  # fmt: skip

    def do(values: dict[str, Any]) -> None:
        if not values["into"]:
            raise RuleBroken(N_("Choose the other one from the list that opens. Nothing was changed."))
        voices_orders.merge(desk.work, view.card.order.id, uuid.UUID(values["into"]))

    fields = [("into", Field(_("Into which order"), NameEdit(find, _("Number or words"))))]
    return Ask(_("Merge {number} into another").format(number=view.card.order.number),
               _("One service for both, for example one talk that two have asked for."), _("Merge them"), do,
               _("The orders are merged"), fields, frozenset({"into"}))  # fmt: skip


def menu(desk: Desk) -> Ask:
    """The unit's own menu, one service a line."""
    lines = "\n".join(f"{line.name} {line.days}" for line in voices_orders.menu(desk.work, desk.unit_id))
    fields = [("lines", Field(_("One service a line, with the days in which somebody takes it"),
                              TextEdit(lines, rows=6)))]  # fmt: skip

    def do(values: dict[str, Any]) -> None:
        voices_orders.set_menu(desk.work, desk.unit_id, [_menu_line(one) for one in values["lines"].splitlines()])

    return Ask(_("Menu of services"), _("What is taken off the menu stays with the orders of before."),
               _("Keep the menu"), do, _("The menu is kept"), fields)  # fmt: skip


def _menu_line(text: str) -> tuple[str, int]:
    name, _blank, days = text.strip().rpartition(" ")
    return (name, int(days)) if name and days.isdecimal() else (text.strip(), rules.DAYS)


ASKS = {"assign": assign, "decline": decline, "confirm": confirm, "score": score, "merge": merge}
_NAMES = {
    "assign": (N_("Send it to a volunteer"), "go_on"), "accept": (N_("They accept"), "check"),
    "decline": (N_("They decline"), ""), "serve": (N_("It begins"), "play"),
    "finish": (N_("The service is done"), "done"),
    "confirm": (N_("The resident confirms"), "check"), "score": (N_("Enter the score"), "evaluation"),
    "merge": (N_("Merge with another"), ""), "cancel": (N_("Cancel it"), ""), "time_out": (N_("Nobody took it"), ""),
    "order_again": (N_("Order it again"), "repeat"),
}  # fmt: skip
_FRONT = {
    "ordered": ("assign",), "declined": ("assign",), "assigned": ("accept", "decline"), "accepted": ("serve", "finish"),
    "serving": ("finish",), "done": ("confirm",), "confirmed": ("score",), "timed_out": ("assign", "order_again"),
    "cancelled": ("order_again",),
}  # fmt: skip


def shown(view: OrderView) -> Shown:
    """One order for the pane."""
    return Shown(view.card.order.number, order_look(view.card), f"{view.card.order.kind}：{view.card.order.text}",
                 tuple(_lines(view)), tuple(_sections(view)), tuple(_acts(view)))  # fmt: skip


def _lines(view: OrderView) -> Iterator[Line]:
    card, kept = view.card, view.card.order
    yield Line("person", card.who or _("No name"), " · ".join(one for one in (card.home, card.phone) if one))
    due = _("Somebody takes it by {day}").format(day=day(kept.due_on)) if kept.due_on else ""
    yield Line("calendar", _("Ordered {moment}").format(moment=moment(kept.ordered_at)), due,
               "bad" if card.late_days else "text2")  # fmt: skip
    if card.voice_number:
        yield Line("voices", _("From {number}").format(number=card.voice_number), act="to_voice", act_words=_("Open"))
    if card.volunteer:
        yield Line("first_time", _("Volunteer: {name}").format(name=card.volunteer), act="slip", act_words=_("Slip"))
    if kept.confirmed_at is not None:
        words = _("Confirmed by {name}").format(name=kept.confirmed_by or _("No name"))
        yield Line("done", words, moment(kept.confirmed_at), "ok")
    if kept.score is not None:
        yield Line("evaluation", _("{points} of 5").format(points=kept.score), kept.score_words or "")
    if card.into_number:
        yield Line("merge", _("Goes with {number}").format(number=card.into_number))
    if kept.reason:
        yield Line("missing", kept.reason, day(kept.ended_at))


def _sections(view: OrderView) -> Iterator[tuple[str, list[Line]]]:
    answers = {"accepted": (_("accepted"), "done", "ok"), "declined": (_("declined"), "missing", "text2"),
               "": (_("asked"), "to_do", "text2")}  # fmt: skip
    if view.asked:
        yield _("Who was asked"), [
            Line(answers[one.answer][1], f"{one.name} {answers[one.answer][0]}",
                 " · ".join(part for part in (moment(one.at or one.asked), one.reason) if part), answers[one.answer][2])
            for one in view.asked
        ]  # fmt: skip
    if view.merged:
        count = len(view.merged)
        head = ngettext_("Merged into it: {count}", "Merged into it: {count}", count).format(count=count)
        yield head, [Line("merge", f"{one.order.number} {one.order.text}", one.who) for one in view.merged]


def _acts(view: OrderView) -> Iterator[Do]:
    front = _FRONT.get(view.card.order.state, ())
    offered = [*front, *(step for step in view.steps if step not in front)]
    for step in offered:
        words, icon = _NAMES[step]
        yield Do(step, _(words), icon, more=step not in front)

"""What the pages of notices ask: a new notice, its posting with the gates, objections, answers, who was told, down."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from deliberation_app.domain.voices import TOLD_HOW
from deliberation_app.errors import N_, RuleBroken
from deliberation_app.language import _, render
from deliberation_app.services import notices, notices_drafts
from deliberation_app.services.notices import NoticeRow
from deliberation_app.services.notices_drafts import DraftView
from deliberation_app.ui.agenda_ask import Ask
from deliberation_app.ui.agenda_words import MIDDLE_DAY, day_words
from deliberation_app.ui.kit.dates import DateEdit
from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.kit.editors import Combo, TextEdit
from deliberation_app.ui.kit.fields import Field
from deliberation_app.ui.notices_words import ABOUT
from deliberation_app.ui.tasks_asks import find_item

_CHECKED = "checked"


def start(desk: Desk, open_draft: Callable[[uuid.UUID], None]) -> Ask:
    """A new notice: about which item, and whether about its decision or outcome."""
    item = Field(_("About which item"), find_item(desk))
    about = Field(_("Notice of"), Combo([(key or "", _(words)) for key, words in ABOUT.items()]),
                  _("A text is proposed from the records"))  # fmt: skip

    def do(values: dict[str, Any]) -> None:
        if not values["item"]:
            raise RuleBroken(N_("Choose the item that the notice is about. Nothing was changed."))
        open_draft(notices_drafts.start(desk.work, uuid.UUID(values["item"]), about=values["about"] or None))

    fields = [("item", item), ("about", about)]
    return Ask(_("Write a notice"), "", _("Start writing"), do, _("The draft is there"), fields, frozenset({"item"}))


def post(desk: Desk, view: DraftView, posted: Callable[[uuid.UUID], None]) -> Ask:
    """Where and since when it hangs; a decision passes its gates, with a reason where the law allows one."""
    place = Field(_("Where it hangs"), "line", _("For example the board at the gate"))
    place.set_value(view.draft.place or "")
    day = Field(_("Posted on"), DateEdit(min(view.posts_on, desk.today()), desk.today()))
    fields: list[tuple[str, Field]] = [("place", place), ("posted_on", day)]
    for state in view.gates:
        if state.overridable and not state.met:
            why = render(state.sentence) if state.sentence else ""
            fields.append((f"reason:{state.gate.id}", Field(_("Reason, printed with it"), "line", why)))
    if view.gates:
        fields.insert(2, (_CHECKED, Field(_("Held against law and everybody’s rights"), Combo(
            [("", _("Not yet")), ("yes", _("Checked, nothing infringed"))]))))  # fmt: skip
    barred = [render(one.sentence) for one in view.gates if one.sentence and not one.met and not one.overridable]

    def do(values: dict[str, Any]) -> None:
        reasons = {name.partition(":")[2]: str(values[name]) for name in values if name.startswith("reason:")}
        made = notices_drafts.post(
            desk.work,
            view.draft.id,
            posted_on=values["posted_on"] or desk.today(),
            place=values["place"],
            checked=values.get(_CHECKED) == "yes",
            reasons=reasons,
        )
        posted(made)

    return Ask(_("Where and since when does it hang?"), " ".join(barred), _("It hangs"), do,
               _("The notice hangs; what is posted is not taken back"), fields)  # fmt: skip


def object_to(desk: Desk, row: NoticeRow) -> Ask:
    """An objection in the words of whoever raised it, and when it came."""
    text = Field(_("In the words of whoever objects"), TextEdit(rows=2))
    on = Field(_("Came on"), DateEdit(desk.today(), desk.today()),
               _("To be answered within {days} days").format(days=notices.ANSWER_DAYS))  # fmt: skip

    def do(values: dict[str, Any]) -> None:
        notices.object_to(desk.work, row.publication.id, values["text"], on=values["on"] or desk.today())

    return Ask(_("Note an objection"), row.title, _("Note it"), do, _("The objection is noted"),
               [("on", on), ("text", text)])  # fmt: skip


def answer(desk: Desk, row: NoticeRow, at: int) -> Ask:
    """The answer to one objection, and when it was given."""
    objection = (row.publication.objections or [])[at]
    text = Field(_("Answer"), TextEdit(rows=2))
    text.set_value(objection.get("answer") or "")
    on = Field(_("Answered on"), DateEdit(desk.today(), desk.today()))

    def do(values: dict[str, Any]) -> None:
        notices.answer(desk.work, row.publication.id, at, values["text"], on=values["on"] or desk.today())

    return Ask(_("Answer an objection"), str(objection.get("text") or ""), _("Keep the answer"), do,
               _("The answer is kept"), [("on", on), ("text", text)])  # fmt: skip


def tell(desk: Desk, row: NoticeRow, raisers: str) -> Ask:
    """Who of those who raised it was told, how and when."""
    who = Field(_("Who was told"), "line")
    who.set_value(raisers)
    how = Field(_("How"), Combo([(name, _(one.name)) for name, one in TOLD_HOW.items()]))
    on = Field(_("Told on"), DateEdit(desk.today(), desk.today()))

    def do(values: dict[str, Any]) -> None:
        notices.tell(desk.work, row.publication.id, values["who"], values["how"], on=values["on"] or desk.today())

    hint = _("{title}: the voices behind it are noted as told, too.").format(title=row.item_title)
    return Ask(_("Those who raised it are told"), hint, _("Note it"), do, _("It is noted who was told"),
               [("who", who), ("how", how), ("on", on)])  # fmt: skip


def take_down(desk: Desk, row: NoticeRow) -> Ask:
    """When it came down; never before the day after its last day."""
    on = Field(_("Taken down on"), DateEdit(desk.today(), desk.today()))

    def do(values: dict[str, Any]) -> None:
        notices.take_down(desk.work, row.publication.id, on=values["on"] or desk.today())

    last = _("Its last day was {day}.").format(day=day_words(row.last_day, MIDDLE_DAY))
    return Ask(_("Take down: “{title}”").format(title=row.title), last, _("It is down"), do,
               _("The notice is taken down"), [("on", on)])  # fmt: skip

"""How notices are told: what they are about, where they stand, how many days are left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from deliberation_app.domain.calendar import days_between
from deliberation_app.domain.voices import TOLD_HOW
from deliberation_app.errors import N_
from deliberation_app.language import _, ngettext_, render
from deliberation_app.services import notices, notices_waiting
from deliberation_app.services.notices import NoticeRow
from deliberation_app.services.notices_waiting import DraftRow, ToPublish
from deliberation_app.services.work import Work
from deliberation_app.ui.agenda_words import MIDDLE_DAY, day_words
from deliberation_app.ui.kit.lists import Row
from deliberation_app.ui.kit.table import Cell

ABOUT = {"decision": N_("The decision"), "outcome": N_("The outcome"), None: N_("Something else")}
DRAFT_WORDS = {
    "written": (N_("Draft, to be checked"), "warn", "edit"),
    "checked": (N_("Checked, to be printed"), "info", "print"),
    "printed": (N_("Printed, to be posted"), "info", "print"),
}


@dataclass(frozen=True)
class Told:
    """A line of the list: an item that waits for a publication, a draft, or what hangs or hung."""

    key: str
    title: str
    item_title: str
    about: str | None
    place: str
    one: ToPublish | DraftRow | NoticeRow


def now(work: Work, unit_id: Any) -> list[Told]:
    """What hangs, the overdue first, then the drafts, then what has no draft yet."""
    hanging = sorted(notices.running(work, unit_id), key=lambda row: (not row.late, row.last_day))
    found = [posted(row) for row in hanging]
    for one in notices_waiting.drafts(work, unit_id):
        draft, head = one.draft, one.draft.text.partition("\n")[0]
        found.append(Told(f"draft:{draft.id}", head, one.item_title, draft.about, draft.place or "", one))
    for item in notices_waiting.waiting(work, unit_id):
        said = _("To be published, the decision: {title}"), _("To be published, the outcome: {title}")
        words = said[item.about == "outcome"].format(title=item.title)
        found.append(Told(f"item:{item.item_id}", words, item.title, item.about, "", item))
    return found


def posted(row: NoticeRow) -> Told:
    """A publication as a line."""
    post = row.publication
    return Told(f"post:{post.id}", row.title, row.item_title, post.about, post.place or "", row)


def state_cell(told: Told, today: date) -> Cell:
    """Where it stands in words."""
    one = told.one
    if isinstance(one, ToPublish):
        return Cell(_("No draft yet"), icon="to_do", tone="info")
    if isinstance(one, DraftRow):
        words, tone, icon = DRAFT_WORDS[one.state]
        return Cell(_(words), icon=icon, tone=tone)
    if one.answer_due is not None and one.answer_due < today:
        over = days_between(one.answer_due, today)
        words = ngettext_("Answer {count} day overdue", "Answer {count} days overdue", over).format(count=over)
        return Cell(words, icon="late", tone="bad")
    if one.open_objections:
        words = ngettext_("{count} objection open", "{count} objections open", one.open_objections)
        return Cell(words.format(count=one.open_objections), icon="late", tone="warn")
    if one.state == "over":
        over = days_between(one.last_day, today)
        return Cell(ngettext_("Over for {count} day, take down", "Over for {count} days, take down", over).format(
            count=over), icon="late", tone="warn")  # fmt: skip
    if one.state == "taken_down":
        return Cell(render(one.words), icon="done", tone="ok")
    return Cell(_("Hangs"), icon="under_way", tone="text2")


def left_cell(told: Told, today: date) -> Cell:
    """Until when, and how many days are left."""
    one = told.one
    if not isinstance(one, NoticeRow):
        return Cell("")
    until = day_words(one.last_day)
    if one.state in ("over", "taken_down"):
        return Cell(_("until {day}").format(day=until), tone="text3")
    left = days_between(today, one.last_day)
    words = ngettext_("until {day}, {count} day left", "until {day}, {count} days left", left)
    return Cell(
        words.format(day=until, count=left) if left else _("Last day today"), tone="text" if left > 2 else "warn"
    )


def about_words(about: str | None) -> str:
    """The decision, the outcome, something else."""
    return _(ABOUT.get(about, ABOUT[None]))


def log(row: NoticeRow, photos: int, today: date) -> list[Row]:
    """What came of a posted notice: the posting, objections with their answers, those told, the taking down."""
    post = row.publication
    until = day_words(row.last_day, MIDDLE_DAY)
    found = [Row("posted", _("Posted {day}").format(day=day_words(post.posted_on, MIDDLE_DAY)),
                 _("{place} · until {day}").format(place=post.place or "—", day=until), icon="notices")]  # fmt: skip
    if photos:
        words = ngettext_("{count} photo of the posting", "{count} photos of the posting", photos)
        found.append(Row("photos", words.format(count=photos), "", icon="eye", act=_("Open")))
    received = [*(post.received or ()), *({} for _one in post.objections or ())]
    for at, (objection, when) in enumerate(zip(post.objections or (), received, strict=False)):
        found.append(_objection(at, objection, when, today))
    for at, told in enumerate(post.told or ()):
        words = _("{who} told").format(who=told.get("who", ""))
        how = str(told.get("how", ""))
        how = _(TOLD_HOW[how].name) if how in TOLD_HOW else how
        found.append(Row(f"told:{at}", words, f"{_day(told.get('on'))} · {how}", icon="check", tone="ok"))
    if post.taken_down_on is not None:
        found.append(Row("down", _("Taken down {day}").format(day=day_words(post.taken_down_on, MIDDLE_DAY)), "",
                         icon="done", tone="ok"))  # fmt: skip
    return found


def _objection(at: int, objection: dict[str, Any], when: dict[str, Any], today: date) -> Row:
    text, answer = str(objection.get("text") or ""), str(objection.get("answer") or "")
    if answer:
        hint = _("Answered {day}: {answer}").format(day=_day(objection.get("answered_on")), answer=answer)
        return Row(f"objection:{at}", text, hint, icon="verbatim", tone="ok")
    came = when.get("received_on")
    hint = _("not answered yet")
    if came:
        due = date.fromordinal(date.fromisoformat(came).toordinal() + notices.ANSWER_DAYS)
        said = (
            _("came {came}, to be answered by {due}") if due >= today else _("came {came}, was to be answered by {due}")
        )
        hint = said.format(came=_day(came), due=day_words(due, MIDDLE_DAY))
    return Row(f"objection:{at}", text, hint, icon="verbatim", tone="warn", act=_("Answer"))


def _day(kept: str | None) -> str:
    """A day of the record as people read it."""
    return day_words(date.fromisoformat(kept), MIDDLE_DAY) if kept else ""

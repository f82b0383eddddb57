"""Notices: publications posted for their period, objections noted and answered, taken down when the period is over."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Select, literal, select, tuple_
from sqlalchemy.orm import Session

from deliberation_app.domain import calendar
from deliberation_app.domain import minutes_words as words_of
from deliberation_app.domain.calendar_days import NO_EDITS, DayEdits
from deliberation_app.domain.notices_periods import PERIODS
from deliberation_app.domain.voices import TOLD_HOW
from deliberation_app.errors import N_, AppError, NotFound, RuleBroken
from deliberation_app.services.act import Act
from deliberation_app.services.agenda_facts import posted
from deliberation_app.services.agenda_item import gone
from deliberation_app.services.calendar_days import edits
from deliberation_app.services.gates import pass_publication
from deliberation_app.services.voices_ends import tell_raisers
from deliberation_app.services.work import Work
from deliberation_app.storage.agenda import AgendaItem
from deliberation_app.storage.base import new_id
from deliberation_app.storage.notices import Publication

# 居组法 art. 34 and 村组法 art. 35, in force 2026-01-01: decisions and what came of them hang for 15 days at least.
LEAST_DAYS, _LEAST_SINCE = 15, date(2026, 1, 1)
CLAUSE = "《城市居民委员会组织法》第三十四条"
# 居组法 art. 17 for the list of voters; kept by house custom for every other notice.
ANSWER_DAYS = 3
ABOUT = ("decision", "outcome", None)
_WHAT = {"decision": "决定", "outcome": "办理结果"}
_EVENING = timedelta(hours=18)

Where = tuple[date, uuid.UUID]


@dataclass(frozen=True)
class NoticeRow:
    """A publication as lists show it."""

    publication: Publication
    title: str  # the first line of its text
    item_title: str
    item_number: str | None
    last_day: date
    state: str  # hanging, last_day, over (to be taken down), taken_down
    day: int  # 第几天 of the period; the day of posting is day 0
    open_objections: int
    words: AppError
    answer_due: date | None = None  # of the open objection that waits longest
    late: bool = False  # it must come down, or an answer is overdue


@dataclass(frozen=True)
class Page:
    """One page of publications; `next` goes into `after` for the following page, None at the end."""

    rows: tuple[NoticeRow, ...]
    next: Where | None


def running(work: Work, unit_id: uuid.UUID) -> list[NoticeRow]:
    """What hangs now, that which comes down first at the top."""
    today = calendar.day_of(work.clock())
    with work.read() as session:
        return hanging(session, unit_id, today)


def hanging(session: Session, unit_id: uuid.UUID, today: date, *, limit: int = 200) -> list[NoticeRow]:
    """See running; within a session under way."""
    query = _of_unit(unit_id).where(Publication.taken_down_on.is_(None))
    found = session.execute(query.order_by(Publication.posted_on, Publication.id).limit(limit))
    own = edits(session, unit_id)
    return sorted((row_of(post, item, today, own) for post, item in found), key=lambda row: row.last_day)


def page(work: Work, unit_id: uuid.UUID, *, after: Where | None = None, limit: int = 50) -> Page:
    """A page of all publications of the unit, the latest first."""
    today = calendar.day_of(work.clock())
    query = _of_unit(unit_id).order_by(Publication.posted_on.desc(), Publication.id.desc()).limit(limit + 1)
    if after is not None:
        day, key = after
        query = query.where(tuple_(Publication.posted_on, Publication.id) < tuple_(literal(day), literal(key)))
    with work.read() as session:
        own = edits(session, unit_id)
        found = [row_of(post, item, today, own) for post, item in session.execute(query)]
    last = found[limit - 1].publication if len(found) > limit else None
    return Page(tuple(found[:limit]), None if last is None else (last.posted_on, last.id))


def notice(work: Work, publication_id: uuid.UUID) -> NoticeRow:
    """One publication; NotFound where there is none."""
    with work.read() as session:
        kept = session.get(Publication, publication_id)
        if kept is None:
            raise _gone()
        item = session.get_one(AgendaItem, kept.item_id)
        return row_of(kept, item, calendar.day_of(work.clock()), edits(session, item.unit_id))


def post(
    work: Work,
    item_id: uuid.UUID,
    *,
    text: str,
    about: str | None = "decision",
    days: int = LEAST_DAYS,
    posted_on: date | None = None,
    place: str | None = None,
    checked: bool = True,
    reasons: Mapping[str, str] | None = None,
    period: str | None = None,
) -> uuid.UUID:
    """Record that a notice was posted; the answer is its id.

    A decision passes the gates before its publication first: `checked` says that it was held against the law and
    everybody's rights (居组法 art. 31), `reasons` pass those gates that allow it and are printed.
    """
    with work.act("notices.post") as act:
        kept = post_within(act, item_id, text=text, about=about, days=days, posted_on=posted_on, place=place,
                           checked=checked, reasons=reasons, period=period)  # fmt: skip
    return kept.id


def post_within(
    act: Act, item_id: uuid.UUID, *, text: str, about: str | None, days: int, posted_on: date | None,
    place: str | None, checked: bool, reasons: Mapping[str, str] | None, period: str | None,
) -> Publication:  # fmt: skip
    """See post; within an act under way."""
    if act.get(AgendaItem, item_id) is None:
        raise gone()
    day = posted_on or calendar.day_of(act.now)
    _check(text, about, days, day, calendar.day_of(act.now))
    short = PERIODS[period].too_short(day, days) if period is not None else None
    if short is not None:
        raise RuleBroken(N_("The period is too short. Nothing was changed."), reasons=(short,))
    over = None
    if about == "decision":
        over = pass_publication(act, item_id, text, day, checked=checked, reasons=reasons or {})
    kept = Publication(
        id=new_id(), item_id=item_id, about=about, posted_on=day, days=days, period=period,
        place=(place or "").strip() or None, text=text.strip(), overrides=over,
    )  # fmt: skip
    act.add(kept)
    return kept


def take_down(work: Work, publication_id: uuid.UUID, *, on: date | None = None) -> None:
    """Record that a notice came down; refused before the day after its last day (民法典 arts 201, 203)."""
    with work.act("notices.take_down") as act:
        kept = _kept(act, publication_id)
        today = calendar.day_of(act.now)
        day = on or today
        if kept.taken_down_on is not None:
            raise RuleBroken(N_("The notice was taken down on {day} already."), day=kept.taken_down_on)
        if day > today:
            raise RuleBroken(N_("The notice cannot have come down in the future. Nothing was changed."))
        last = posted(kept, edits(act, act.get_one(AgendaItem, kept.item_id).unit_id)).last_day
        if day <= last:
            raise RuleBroken(
                N_("The notice must hang for its whole period, {day} included; it may come down the day after. "
                   "Nothing was changed."),
                day=last,
            )  # fmt: skip
        kept.taken_down_on = day


def object_to(work: Work, publication_id: uuid.UUID, text: str, *, on: date | None = None) -> None:
    """Note an objection to a publication, in the words of whoever raised it, and when it came in."""
    if not text.strip():
        raise RuleBroken(N_("Write down what the objection is. Nothing was changed."))
    with work.act("notices.object") as act:
        kept = _kept(act, publication_id)
        today = calendar.day_of(act.now)
        day = on or today
        if not kept.posted_on <= day <= today:
            raise RuleBroken(N_("The objection came between {first} and today: check the date. Nothing was changed."),
                             first=kept.posted_on)  # fmt: skip
        known = list(kept.objections or ())
        before = [*(kept.received or ()), *({} for _ in known)][: len(known)]
        kept.objections = [*known, {"text": text.strip()}]
        kept.received = [*before, {"received_on": day.isoformat()}]


def tell(work: Work, publication_id: uuid.UUID, who: str, how: str, *, on: date | None = None) -> int:
    """Note that those who raised the matter were told what came of it: who, how (TOLD_HOW) and when.

    The voices behind the item say so too; how many of them comes back.
    """
    if not who.strip() or how not in TOLD_HOW:
        raise RuleBroken(N_("Say who was told, and how. Nothing was changed."))
    with work.act("notices.told") as act:
        kept = _kept(act, publication_id)
        day = on or calendar.day_of(act.now)
        if day > calendar.day_of(act.now):
            raise RuleBroken(N_("The day lies in the future. Nothing was changed."))
        kept.told = [*(kept.told or ()), {"who": who.strip(), "how": how, "on": day.isoformat()}]
        at = act.now if day == calendar.day_of(act.now) else calendar.instant(day) + _EVENING
        words = f"{words_of.day(day)}告知{_WHAT.get(kept.about or '', '公示内容')}（{TOLD_HOW[how].title}）"
        return tell_raisers(act, kept.item_id, who, how, at, work.user_name or "", words)


def answer(work: Work, publication_id: uuid.UUID, position: int, text: str, *, on: date | None = None) -> None:
    """Answer the objection at this position; a later answer takes the place of the earlier one."""
    if not text.strip():
        raise RuleBroken(N_("Write down what was answered. Nothing was changed."))
    with work.act("notices.answer") as act:
        kept = _kept(act, publication_id)
        objections = list(kept.objections or ())
        if not 0 <= position < len(objections):
            raise NotFound(N_("This objection is not here any more."))
        day = on or calendar.day_of(act.now)
        came = next((one.get("received_on") for one in (kept.received or ())[position : position + 1]), None)
        first = date.fromisoformat(came) if came else kept.posted_on
        if not first <= day <= calendar.day_of(act.now):
            raise RuleBroken(N_("The answer was given between {first} and today: check the date. Nothing was changed."),
                             first=first)  # fmt: skip
        answered = {**objections[position], "answer": text.strip(), "answered_on": day.isoformat()}
        kept.objections = [*objections[:position], answered, *objections[position + 1 :]]


def row_of(kept: Publication, item: AgendaItem, today: date, own: DayEdits = NO_EDITS) -> NoticeRow:
    """A publication as a line of a list."""
    fact = posted(kept, own)
    state, words = _standing(kept, fact.last_day, today)
    title = kept.text.strip().partition("\n")[0]
    day = calendar.days_between(kept.posted_on, today)
    due = answer_due(kept)
    late = state == "over" or (due is not None and due < today)
    return NoticeRow(
        kept, title, item.title, item.number, fact.last_day, state, day, fact.open_objections, words, due, late
    )


def answer_due(kept: Publication) -> date | None:
    """When the open objection that waits longest must be answered; None where none is open or no day is known."""
    days = [
        date.fromisoformat(when["received_on"]) + timedelta(days=ANSWER_DAYS)
        for objection, when in zip(kept.objections or (), kept.received or (), strict=False)
        if not objection.get("answer") and when.get("received_on")
    ]
    return min(days, default=None)


def _standing(kept: Publication, last: date, today: date) -> tuple[str, AppError]:
    if kept.taken_down_on is not None:
        return "taken_down", AppError(N_("Taken down {month}/{day}"), month=kept.taken_down_on.month,
                                      day=kept.taken_down_on.day)  # fmt: skip
    if today < last:
        return "hanging", AppError(N_("Until {month}/{day}"), month=last.month, day=last.day)
    if today == last:
        return "last_day", AppError(N_("Last day today"))
    return "over", AppError(N_("Period over, take down"))


def _of_unit(unit_id: uuid.UUID) -> Select[Publication, AgendaItem]:
    query = select(Publication, AgendaItem).join(AgendaItem, AgendaItem.id == Publication.item_id)
    return query.where(AgendaItem.unit_id == unit_id)


def _check(text: str, about: str | None, days: int, day: date, today: date) -> None:
    if not text.strip():
        raise RuleBroken(N_("The notice has no text yet. Nothing was changed."))
    if about not in ABOUT:
        raise RuleBroken(N_("Choose whether the notice is about the decision, the outcome or something else."))
    if day > today:
        raise RuleBroken(N_("The day of posting lies in the future. Nothing was changed."))
    if not 1 <= days <= 365:
        raise RuleBroken(N_("The period is between 1 and 365 days. Nothing was changed."))
    if about is not None and day >= _LEAST_SINCE and days < LEAST_DAYS:
        raise RuleBroken(
            N_("A decision and its outcome are published for at least {least} days ({clause}); {days} are too few. "
               "Nothing was changed."),
            least=LEAST_DAYS, clause=CLAUSE, days=days,
        )  # fmt: skip


def _kept(act: Act, publication_id: uuid.UUID) -> Publication:
    kept = act.get(Publication, publication_id)
    if kept is None:
        raise _gone()
    return kept


def _gone() -> NotFound:
    return NotFound(N_("This notice is not here any more; perhaps it was taken back on another computer."))

"""How a voice goes on: refused, handed on, taken up again, joined with a like one, told; and the steps of its clock."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import or_, select

from deliberation_app.domain import voices as rules
from deliberation_app.domain.calendar import day_of
from deliberation_app.errors import N_, AppError, NotFound, RuleBroken
from deliberation_app.services.act import Act
from deliberation_app.services.voices import carry_over, kept_voice, standing
from deliberation_app.services.voices_list import clock_of
from deliberation_app.services.work import Work
from deliberation_app.storage.people import Person, Unit
from deliberation_app.storage.voices import Voice


def refuse(work: Work, voice_id: uuid.UUID, reason: str) -> None:
    """Not accepted, with the reason that whoever said it is told."""
    if not reason.strip():
        raise RuleBroken(N_("Say why it is not accepted; whoever said it is told this. Nothing was changed."))
    with work.act("voices.refuse") as act:
        kept = _running(act, voice_id)
        kept.refused_at, kept.refused_reason = act.now, reason.strip()


def hand_on(
    work: Work, voice_id: uuid.UUID, *, to: str = "", person_id: uuid.UUID | None = None, due: date | None = None
) -> None:
    """Hand it on to a unit, a person, or a person of a unit, with the day by which an answer is back."""
    if not to.strip() and person_id is None:
        raise RuleBroken(N_("Say to whom it is handed on: a unit, or somebody by name. Nothing was changed."))
    with work.act("voices.hand_on") as act:
        kept = _running(act, voice_id)
        if due is None or due < day_of(act.now):
            raise RuleBroken(
                N_("Say by which day an answer is to be back; it lies in the future. Nothing was changed.")
            )
        kept.handed_at, kept.handed_to = act.now, to.strip() or None
        kept.handed_person_id, kept.handed_due = person_id, due


def take_up(work: Work, voice_id: uuid.UUID) -> None:
    """Take it up here again: what was refused, answered or handed on waits anew; an item or an order it keeps."""
    with work.act("voices.take_up") as act:
        kept = kept_voice(act, voice_id)
        if standing(kept).state not in ("refused", "answered", "handed"):
            raise RuleBroken(N_("Only what was refused, answered or handed on can be taken up again. "
                                "Nothing was changed."))  # fmt: skip
        for name in ("refused_at", "refused_reason", "answer", "answered_at", "handed_at", "handed_to",
                     "handed_person_id", "handed_due", "told_at", "told_how", "told_by", "told_words"):  # fmt: skip
            setattr(kept, name, None)


def join(work: Work, voice_id: uuid.UUID, other_id: uuid.UUID) -> uuid.UUID:
    """Join two like voices: the later goes with the earlier, unless it has an end already; the head comes back.

    What was joined to either goes along; whoever said it is among those who raised the item, where there is one.
    """
    with work.act("voices.join") as act:
        pair = [_head(act, kept_voice(act, key)) for key in (voice_id, other_id)]
        if pair[0].id == pair[1].id or pair[0].unit_id != pair[1].unit_id:
            raise RuleBroken(N_("These two are one already. Nothing was changed."))
        head, joined = sorted(pair, key=lambda one: (one.received_at, str(one.id)))
        if standing(joined).state in rules.ENDED:
            head, joined = joined, head
        if standing(joined).state in rules.ENDED or head.refused_at is not None:
            raise RuleBroken(N_("Both have gone their own way already: {first} and {second} stay apart."),
                             first=head.number or "—", second=joined.number or "—")  # fmt: skip
        along = list(act.scalars(select(Voice).where(Voice.group_id == joined.id)))
        for one in (joined, *along):
            one.group_id = head.id
        if head.item_id is not None:
            carry_over(act, head.item_id, [one.person_id for one in (joined, *along) if one.person_id is not None])
    return head.id


def part(work: Work, voice_id: uuid.UUID) -> None:
    """Take a voice out of its group again."""
    with work.act("voices.part") as act:
        kept = kept_voice(act, voice_id)
        if kept.group_id is None:
            raise RuleBroken(N_("It is not joined to another. Nothing was changed."))
        kept.group_id = None


def tell(
    work: Work,
    voice_id: uuid.UUID,
    *,
    how: str,
    words: str = "",
    at: datetime | None = None,
    by: str = "",
    satisfied: str = "",
) -> int:
    """Whoever said it was told how it ended, and so were those joined to it; how many of them comes back."""
    if how not in rules.TOLD_HOW:
        raise RuleBroken(N_("Say how it was told. Nothing was changed."))
    with work.act("voices.tell") as act:
        kept = kept_voice(act, voice_id)
        if standing(kept).state not in rules.ENDED:
            raise RuleBroken(N_("It has no answer yet: answer it, make it an item or an order, or refuse it first. "
                                "Nothing was changed."))  # fmt: skip
        moment = at or act.now
        if moment > act.now or moment < kept.received_at:
            raise RuleBroken(N_("It was told between the day it came in and now. Nothing was changed."))
        joined = act.scalars(select(Voice).where(Voice.group_id == voice_id, Voice.told_at.is_(None)))
        told = [kept, *joined]
        for one in told:
            one.told_at, one.told_how = max(moment, one.received_at), how
            one.told_by, one.told_words = by.strip() or work.user_name or None, words.strip() or None
        kept.satisfied = satisfied or None
    return len(told)


def tell_raisers(act: Act, item_id: uuid.UUID, who: str, how: str, at: datetime, by: str, words: str) -> int:
    """Note with the voices behind an item that those named were told what came of it; how many of them comes back.

    Who gave no name is told by what hangs. What somebody was told before stays, the outcome is written after it.
    """
    heads = select(Voice.id).where(Voice.item_id == item_id)
    query = select(Voice, Person.name).outerjoin(Person, Person.id == Voice.person_id)
    query = query.where(or_(Voice.item_id == item_id, Voice.group_id.in_(heads)))
    told = 0
    for kept, person in act.execute(query):
        name = person or kept.said_by or ""
        if name and name not in who:
            continue
        told += 1
        if kept.told_at is None:
            kept.told_at, kept.told_how = max(at, kept.received_at), how if name else "wall"
            kept.told_by, kept.told_words = by or None, words
        elif words not in (kept.told_words or ""):
            kept.told_words = "；".join(part for part in (kept.told_words, words) if part)
    return told


def step(work: Work, voice_id: uuid.UUID, name: str, at: datetime | None = None) -> None:
    """Note a step of the red express with its time; the order of the steps is kept."""
    with work.act("voices.step") as act:
        kept = kept_voice(act, voice_id)
        moment = at or act.now
        if moment > act.now:
            raise RuleBroken(N_("The time lies in the future. Nothing was changed."))
        rules.checked_step(clock_of(kept), name, moment)
        kept.clock = {**(kept.clock or {}), name: moment.isoformat()}


def set_terms(work: Work, unit_id: uuid.UUID, terms: Mapping[str, int]) -> None:
    """The unit's own days until the line of answer, by urgency; voices noted from now on take them."""
    for days in terms.values():
        if not 1 <= days <= rules.LONGEST_TERM:
            raise RuleBroken(N_("A term is a whole number of days from 1 to {most}. Nothing was changed."),
                             most=rules.LONGEST_TERM)  # fmt: skip
    with work.act("voices.terms") as act:
        kept = act.get(Unit, unit_id)
        if kept is None:
            raise NotFound(N_("This unit is not here; choose another one."))
        kept.settings = {**(kept.settings or {}), "voice_terms": {**rules.terms(kept.settings), **terms}}


def terms(work: Work, unit_id: uuid.UUID) -> dict[str, int]:
    """The unit's days until the line of answer, by urgency."""
    with work.read() as session:
        return rules.terms(session.get_one(Unit, unit_id).settings)


def _head(act: Act, kept: Voice) -> Voice:
    return kept if kept.group_id is None else kept_voice(act, kept.group_id)


def _running(act: Act, voice_id: uuid.UUID) -> Voice:
    """A voice that still has no end."""
    kept = kept_voice(act, voice_id)
    state = standing(kept).state
    if state in rules.ENDED:
        raise RuleBroken(N_("{number} is “{state}” already. Nothing was changed."), number=kept.number or "—",
                         state=AppError(rules.STATES[state].name))  # fmt: skip
    return kept

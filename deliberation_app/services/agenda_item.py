"""One item as its page shows it: the record, what is missing, what may be done, and everything that happened."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from deliberation_app.domain import agenda, calendar, evaluation
from deliberation_app.domain.agenda import EvidenceState, ItemFacts, Step
from deliberation_app.errors import N_, AppError, NotFound, RuleBroken
from deliberation_app.services.agenda_board import Card, cards_of
from deliberation_app.services.agenda_facts import facts_of, posted, responses_of
from deliberation_app.services.work import Work
from deliberation_app.storage.agenda import AgendaItem, ItemRaiser, ItemStep
from deliberation_app.storage.evaluation import Evaluation
from deliberation_app.storage.meetings import AgendaEntry, Meeting
from deliberation_app.storage.notices import Publication
from deliberation_app.storage.people import Person
from deliberation_app.storage.tasks import Task
from deliberation_app.storage.voices import Voice
from deliberation_app.storage.votes import Vote


@dataclass(frozen=True)
class Offer:
    """A step that may be asked for from here; it can be taken at once when nothing is missing."""

    step: Step
    missing: tuple[AppError, ...]  # what else must be there, the reason that will be asked for left out

    @property
    def ready(self) -> bool:
        """Nothing but the reason or the target, which are asked for when the step is taken."""
        return not self.missing


@dataclass(frozen=True)
class Event:
    """A line of the time line; `title` is what people wrote, `words` what the program says about it."""

    at: datetime
    what: str  # step, meeting, vote, task, evaluation, publication, objection, voice
    words: AppError
    title: str
    note: str
    tone: str
    page: str  # where it is shown in full: meetings, tasks, …; empty for a step
    target_id: uuid.UUID | None
    whole_day: bool = False


@dataclass(frozen=True)
class ItemView:
    """Everything the page of one item shows."""

    item: AgendaItem
    card: Card
    facts: ItemFacts
    raisers: tuple[Person, ...]
    merged_into: AgendaItem | None
    merged: tuple[AgendaItem, ...]  # those that were merged into this one
    evidence: tuple[EvidenceState, ...]
    next_step: Step | None
    steps: tuple[Offer, ...]
    party_meetings: tuple[tuple[uuid.UUID, Meeting | None], ...]  # None: not known here
    tasks: tuple[Task, ...]
    evaluations: tuple[Evaluation, ...]
    publications: tuple[Publication, ...]
    voices: tuple[Voice, ...]
    timeline: tuple[Event, ...]


def item(work: Work, item_id: uuid.UUID) -> ItemView:
    """One item; NotFound where there is none."""
    now = work.clock()
    with work.read() as session:
        kept = session.get(AgendaItem, item_id)
        if kept is None:
            raise gone()
        facts = facts_of(session, [kept], now=now)[item_id]
        raisers = select(Person).join(ItemRaiser, ItemRaiser.person_id == Person.id)
        tasks = tuple(session.scalars(select(Task).where(Task.item_id == item_id).order_by(Task.due, Task.id)))
        surveys = select(Evaluation).where(Evaluation.item_id == item_id).order_by(Evaluation.held_on, Evaluation.id)
        posts = select(Publication).where(Publication.item_id == item_id)
        evaluations = tuple(session.scalars(surveys))
        publications = tuple(session.scalars(posts.order_by(Publication.posted_on, Publication.id)))
        voices = select(Voice).where(Voice.item_id == item_id).order_by(Voice.received_at, Voice.id)
        told = tuple(session.scalars(voices))
        merged = select(AgendaItem).where(AgendaItem.merged_into_id == item_id).order_by(AgendaItem.id)
        events = [
            *_steps(session, item_id), *_meetings(session, item_id), *_votes(session, item_id), *_tasks(tasks),
            *_surveys(evaluations), *_posts(publications), *_voices(told),
        ]  # fmt: skip
        return ItemView(
            item=kept,
            card=cards_of(session, [kept], now=now, known={item_id: facts})[item_id],
            facts=facts,
            raisers=tuple(session.scalars(raisers.where(ItemRaiser.item_id == item_id).order_by(ItemRaiser.position))),
            merged_into=session.get(AgendaItem, kept.merged_into_id) if kept.merged_into_id else None,
            merged=tuple(session.scalars(merged)),
            evidence=agenda.evidence(facts),
            next_step=agenda.next_step(facts),
            steps=tuple(_offer(facts, step) for step in agenda.offered(facts)),
            party_meetings=_party_meetings(session, kept),
            tasks=tasks,
            evaluations=evaluations,
            publications=publications,
            voices=told,
            timeline=tuple(sorted(events, key=_in_time)),
        )


def gone() -> NotFound:
    """The sentence for an item that is not here."""
    return NotFound(N_("This item is not here any more; perhaps it was taken back on another computer."))


def _in_time(event: Event) -> tuple[datetime, bool]:
    """A step comes after what it rests on."""
    return event.at, event.what == "step"


def _offer(facts: ItemFacts, step: Step) -> Offer:
    try:
        agenda.take(facts, step.id, reason="—", has_target=True)
    except RuleBroken as refused:
        return Offer(step, refused.reasons)
    return Offer(step, ())


def _party_meetings(session: Session, kept: AgendaItem) -> tuple[tuple[uuid.UUID, Meeting | None], ...]:
    keys = [uuid.UUID(key) for key in kept.party_meetings or ()]
    known = {meeting.id: meeting for meeting in session.scalars(select(Meeting).where(Meeting.id.in_(keys)))}
    return tuple((key, known.get(key)) for key in keys)


def _steps(session: Session, item_id: uuid.UUID) -> Iterator[Event]:
    query = select(ItemStep).where(ItemStep.item_id == item_id).order_by(ItemStep.position, ItemStep.id)
    before: ItemStep | None = None
    for step in session.scalars(query):
        # A deferment or a merger leaves the stage; its note says what it was.
        moved = before is None or before.stage != step.stage
        note = "\n".join(part for part in (step.note, step.by) if part)
        words = AppError(N_("Stage “{stage}”"), stage=AppError(agenda.STAGES[step.stage].name))
        yield Event(step.at, "step", words if moved else AppError(N_("Noted")), "", note, "accent", "", None)
        before = step


def _meetings(session: Session, item_id: uuid.UUID) -> Iterator[Event]:
    query = select(AgendaEntry, Meeting).join(Meeting, Meeting.id == AgendaEntry.meeting_id)
    query = query.where(AgendaEntry.item_id == item_id, Meeting.cancelled_at.is_(None))
    seen: set[uuid.UUID] = set()
    for entry, meeting in session.execute(query.order_by(Meeting.starts_at, AgendaEntry.position)):
        if meeting.id not in seen or entry.resolution:
            words, at = AppError(N_("On the agenda of a meeting")), meeting.opened_at or meeting.starts_at
            note = entry.resolution or ""
            yield Event(at, "meeting", words, meeting.title, note, "text", "meetings", meeting.id)
        seen.add(meeting.id)


def _votes(session: Session, item_id: uuid.UUID) -> Iterator[Event]:
    query = select(Vote, Meeting).join(AgendaEntry, AgendaEntry.id == Vote.entry_id)
    query = query.join(Meeting, Meeting.id == AgendaEntry.meeting_id)
    for vote, meeting in session.execute(query.where(AgendaEntry.item_id == item_id, Vote.quorate.is_not(None))):
        if not vote.quorate:
            words, tone = AppError(N_("Voted without quorum: not valid")), "warn"
        else:
            words, tone = (AppError(N_("Passed")), "ok") if vote.passed else (AppError(N_("Not passed")), "text2")
        yield Event(vote.at or meeting.opened_at or meeting.starts_at, "vote", words, vote.motion, "", tone, "meetings",
                    meeting.id)  # fmt: skip


def _day(day: date) -> datetime:
    return calendar.instant(day)


def _tasks(tasks: Iterable[Task]) -> Iterator[Event]:
    for task in tasks:
        if task.done_at is not None:
            words = AppError(N_("Task done"))
            yield Event(task.done_at, "task", words, task.title, task.note or "", "ok", "tasks", task.id)


def _surveys(surveys: Iterable[Evaluation]) -> Iterator[Event]:
    for survey in surveys:
        answers = responses_of(survey)
        words = AppError(N_("{rate} satisfied, of {valid} valid forms"), rate=evaluation.rate(answers).text,
                         valid=answers.valid)  # fmt: skip
        yield Event(_day(survey.held_on), "evaluation", words, "", "", "text", "agenda", survey.id, whole_day=True)


def _posts(posts: Iterable[Publication]) -> Iterator[Event]:
    for post in posts:
        last = posted(post).last_day
        words = AppError(N_("Posted for {days} days, until {month}/{day}"), days=post.days, month=last.month,
                         day=last.day)  # fmt: skip
        head = post.text.strip().partition("\n")[0]
        yield Event(_day(post.posted_on), "publication", words, head, post.place or "", "text", "agenda", post.id,
                    whole_day=True)  # fmt: skip
        for objection in post.objections or ():
            on = objection.get("answered_on")
            if on:
                answered = AppError(N_("Objection answered"))
                yield Event(_day(date.fromisoformat(on)), "objection", answered, objection["text"], objection["answer"],
                            "text", "agenda", post.id, whole_day=True)  # fmt: skip


def _voices(voices: Iterable[Voice]) -> Iterator[Event]:
    for voice in voices:
        words = AppError(N_("Voice {number}"), number=voice.number or "")
        yield Event(voice.received_at, "voice", words, voice.text, "", "text", "voices", voice.id)

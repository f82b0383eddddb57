"""The closing form of an item, from the records: what each of the five stages left behind."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from deliberation_app.domain import evaluation
from deliberation_app.domain import minutes_words as words
from deliberation_app.domain.agenda import CHANNELS
from deliberation_app.domain.calendar_days import period_end
from deliberation_app.papers import closing_form as paper
from deliberation_app.papers.document import Document
from deliberation_app.services.agenda_facts import day_unit, responses_of
from deliberation_app.services.calendar_days import edits
from deliberation_app.services.papers_asked import Asked
from deliberation_app.services.papers_item import ABOUT, day, items, raised_by, unit_name
from deliberation_app.services.papers_tasks import TASK_STATES
from deliberation_app.services.papers_votes import subject
from deliberation_app.storage.agenda import AgendaItem
from deliberation_app.storage.evaluation import Evaluation
from deliberation_app.storage.floor import Attendance, Statement
from deliberation_app.storage.meetings import AgendaEntry, Meeting
from deliberation_app.storage.notices import Publication
from deliberation_app.storage.tasks import Task
from deliberation_app.storage.voices import Voice
from deliberation_app.storage.votes import Vote


def closing_form(session: Session, asked: Asked) -> Sequence[Document]:
    """One form an item that has gone its whole way, or an empty one."""
    if asked.empty:
        return (paper.compose(paper.ClosingFacts(unit=unit_name(session, asked))),)
    return tuple(
        paper.compose(_facts(session, asked, item)) for item in items(session, asked) if item.stage == "shared"
    )  # fmt: skip


def _facts(session: Session, asked: Asked, item: AgendaItem) -> paper.ClosingFacts:
    about = select(AgendaEntry, Meeting).join(Meeting, Meeting.id == AgendaEntry.meeting_id)
    about = about.where(AgendaEntry.item_id == item.id, Meeting.closed_at.is_not(None))
    held = [(row[0], row[1]) for row in session.execute(about.order_by(Meeting.starts_at, AgendaEntry.position))]
    return paper.ClosingFacts(
        unit=unit_name(session, asked, item), number=item.number or "", archive_number=item.archive_number or "",
        title=item.title, category=item.category or "", raised_on=day(item.raised_at),
        channel=CHANNELS[item.channel].title if item.channel and item.channel in CHANNELS else "",
        raiser=raised_by(session, item), background=item.background or "",
        discussed="\n".join(_discussed(session, held)), decided="\n".join(_decided(session, held)),
        carried_out="\n".join(_carried_out(session, item)), judged="\n".join(_judged(session, item)),
        shared="\n".join(_shared(session, item)), told=_told(session, item),
    )  # fmt: skip


def _discussed(session: Session, held: Sequence[tuple[AgendaEntry, Meeting]]) -> Iterator[str]:
    said_at: dict[uuid.UUID, int] = {}
    for entry, meeting in held:
        said = select(func.count()).select_from(Statement).where(Statement.entry_id == entry.id)
        said_at[meeting.id] = said_at.get(meeting.id, 0) + (session.scalar(said) or 0)
    for meeting in {meeting.id: meeting for _entry, meeting in held}.values():
        came = select(func.count()).select_from(Attendance).where(
            Attendance.meeting_id == meeting.id, Attendance.status.in_(("present", "online")),
        )  # fmt: skip
        told = (f"{day(meeting.starts_at)}{meeting.title}", f"到会{session.scalar(came)}人",
                f"发言{said_at[meeting.id]}条" if said_at[meeting.id] else "")  # fmt: skip
        yield words.closed(words.listed(told, "，"))


def _decided(session: Session, held: Sequence[tuple[AgendaEntry, Meeting]]) -> Iterator[str]:
    for entry, meeting in held:
        if entry.resolution:
            motions = session.scalars(select(Vote.motion).where(Vote.entry_id == entry.id).order_by(Vote.position))
            about = subject({"title": entry.title, "votes": [{"motion": motion} for motion in motions]})
            yield f"{day(meeting.starts_at)}“{about.strip('“”')}”：{words.closed(entry.resolution)}"


def _carried_out(session: Session, item: AgendaItem) -> Iterator[str]:
    query = select(Task).where(Task.item_id == item.id).order_by(Task.due.nulls_last(), Task.id)
    tasks = list(session.scalars(query))
    if tasks:
        states = [TASK_STATES.get(task.state or "open", "") for task in tasks]
        counts = "，".join(f"{state}{states.count(state)}件" for state in dict.fromkeys(states))
        yield f"共{len(tasks)}件：{counts}。"
    for n, task in enumerate(tasks, start=1):
        done = f"（{day(task.done_at)}完成）" if task.state == "done" and task.done_at is not None else ""
        yield f"{n}. {task.title}{done}"


def _judged(session: Session, item: AgendaItem) -> Iterator[str]:
    query = select(Evaluation).where(Evaluation.item_id == item.id).order_by(Evaluation.held_on, Evaluation.id)
    for survey in session.scalars(query):
        answers = responses_of(survey)
        strict, wide = (evaluation.rate(answers, basis).formula for basis in ("strict", "wide"))
        counted = f"{day(survey.held_on)}测评，收回{answers.returned}份，有效{answers.valid}份。"
        yield f"{counted}严口径{strict}；宽口径{wide}。"


def _shared(session: Session, item: AgendaItem) -> Iterator[str]:
    query = select(Publication).where(Publication.item_id == item.id)
    for post in session.scalars(query.order_by(Publication.posted_on, Publication.id)):
        ends = period_end(post.posted_on, post.days, day_unit(post.period), edits(session, item.unit_id))
        objections = post.objections or ()
        answered = sum(bool(one.get("answer")) for one in objections)
        told = f"收到异议{len(objections)}条，已答复{answered}条" if objections else "未收到异议"
        yield f"{ABOUT.get(post.about or '', '')}公示：{day(post.posted_on)}至{day(ends)}，{told}。"


def _told(session: Session, item: AgendaItem) -> str:
    voices = list(session.scalars(select(Voice).where(Voice.item_id == item.id).order_by(Voice.received_at, Voice.id)))
    told = sorted(voice.told_at for voice in voices if voice.told_at is not None)
    if not voices:
        return ""
    last = f"，最近一次{day(told[-1])}" if told else ""
    return f"{len(voices)}人次反映，已告知{len(told)}人次{last}。"

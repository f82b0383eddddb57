"""What has to be done: one list out of tasks, notices, items, voices and meetings, the most urgent first."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from deliberation_app.domain import agenda, calendar
from deliberation_app.domain.voices import CHANNELS
from deliberation_app.errors import N_, AppError
from deliberation_app.services import evaluation, tasks, voices
from deliberation_app.services.agenda_facts import facts_of
from deliberation_app.services.home_meetings import unfinished
from deliberation_app.services.notices import NoticeRow
from deliberation_app.services.tasks import TaskRow
from deliberation_app.storage.agenda import AgendaItem

# A task is shown this many days before its date.
AHEAD_DAYS = 7
_URGENCY = {"bad": 0, "warn": 1, "info": 2}


@dataclass(frozen=True)
class Todo:
    """A line of the list; words are sentences to be rendered, a plain `title` is what people wrote."""

    icon: str  # late, tasks, notices, evaluation, archive, agenda, voices, meetings
    tone: str  # bad, warn, info
    title: str | AppError
    hint: AppError
    status: AppError
    act: AppError  # the words on the button
    page: str
    target_id: uuid.UUID | None
    item_id: uuid.UUID | None
    since: date  # what is older is more urgent


def todo(
    session: Session, unit_id: uuid.UUID, today: date, posts: Iterable[NoticeRow], *, now: datetime
) -> tuple[Todo, ...]:
    """Everything that waits for this unit; `posts` are the notices that hang."""
    found = [
        *_tasks(session, unit_id, today),
        *_posts(posts, today),
        *_meetings(session, unit_id, today),
        *_surveys(session, unit_id, today, now),
        *_outcomes(session, unit_id, now),
        *_voices(session, unit_id),
    ]
    return tuple(sorted(found, key=lambda one: (_URGENCY[one.tone], one.since)))


def _tasks(session: Session, unit_id: uuid.UUID, today: date) -> Iterator[Todo]:
    for row in tasks.waiting(session, unit_id, today, until=today + timedelta(days=AHEAD_DAYS)):
        late = row.standing == "overdue"
        due = row.task.due or today
        icon, tone = ("late", "bad") if late else ("tasks", "warn")
        yield Todo(icon, tone, row.task.title, _task_hint(row, due), row.words or AppError(N_("Under way")),
                   AppError(N_("Deal with it")), "tasks", row.task.id, row.task.item_id, due)  # fmt: skip


def _task_hint(row: TaskRow, due: date) -> AppError:
    if row.owner:
        return AppError(N_("Task · {owner} · due {month}/{day}"), owner=row.owner, month=due.month, day=due.day)
    return AppError(N_("Task · due {month}/{day}"), month=due.month, day=due.day)


def _posts(posts: Iterable[NoticeRow], today: date) -> Iterator[Todo]:
    for row in posts:
        post = row.publication
        hint = AppError(N_("Notice · {place} · posted {month}/{day} for {days} days"), place=post.place or "—",
                        month=post.posted_on.month, day=post.posted_on.day, days=post.days)  # fmt: skip
        if row.state in ("last_day", "over"):
            yield Todo("notices", "warn", row.title, hint, row.words, AppError(N_("Take down")), "notices", post.id,
                       post.item_id, row.last_day)  # fmt: skip
        if row.open_objections:
            status = AppError(N_("{count} objections open"), count=row.open_objections)
            yield Todo("notices", "warn", row.title, hint, status, AppError(N_("Answer")), "notices", post.id,
                       post.item_id, post.posted_on)  # fmt: skip


def _meetings(session: Session, unit_id: uuid.UUID, today: date) -> Iterator[Todo]:
    for meeting in unfinished(session, unit_id, today):
        day = calendar.day_of(meeting.starts_at)
        if meeting.opened_at is None:
            hint = AppError(N_("Meeting · planned for {month}/{day}, not held"), month=day.month, day=day.day)
            status, act = AppError(N_("Not held")), AppError(N_("Hold or cancel"))
        else:
            hint = AppError(N_("Meeting · of {month}/{day}, never closed"), month=day.month, day=day.day)
            status, act = AppError(N_("Not closed")), AppError(N_("Close the meeting"))
        yield Todo("meetings", "warn", meeting.title, hint, status, act, "meetings", meeting.id, None, day)


def _surveys(session: Session, unit_id: uuid.UUID, today: date, now: datetime) -> Iterator[Todo]:
    for one in evaluation.unscored(session, unit_id, now=now, limit=50):
        hint = AppError(N_("Evaluation · all tasks closed, the forms can go out"))
        yield Todo("evaluation", "info", one.title, hint, AppError(N_("To be scored")), AppError(N_("Hand out forms")),
                   "evaluation", one.item_id, one.item_id, today)  # fmt: skip


def _outcomes(session: Session, unit_id: uuid.UUID, now: datetime) -> Iterator[Todo]:
    """Scored items whose outcome has not been posted yet, and those that can be moved on to the last stage."""
    query = select(AgendaItem).where(
        AgendaItem.unit_id == unit_id, AgendaItem.stage == "evaluated",
        or_(AgendaItem.state.is_(None), AgendaItem.state == "active"),
    )  # fmt: skip
    items = list(session.scalars(query.order_by(AgendaItem.entered_at, AgendaItem.id).limit(50)))
    known = facts_of(session, items, now=now)
    for item in items:
        facts = known[item.id]
        since = calendar.day_of(item.entered_at or now)
        missing = [piece.id for piece in agenda.evidence(facts) if not piece.met]
        if not facts.outcomes:
            hint = AppError(N_("Notice · scored, the outcome has not been posted"))
            act = AppError(N_("Post the outcome"))
            yield Todo("notices", "info", item.title, hint, AppError(N_("To be posted")), act, "notices", item.id,
                       item.id, since)  # fmt: skip
        elif missing == ["filed"]:
            hint = AppError(N_("Archive · the publication is over, only the archive number is missing"))
            act = AppError(N_("Give the number"))
            yield Todo("archive", "info", item.title, hint, AppError(N_("To be filed")), act, "agenda", item.id,
                       item.id, since)  # fmt: skip
        elif not missing:
            hint = AppError(N_("Item · the publication is over, nothing is open"))
            yield Todo("agenda", "info", item.title, hint, AppError(N_("Can be completed")), AppError(N_("Complete")),
                       "agenda", item.id, item.id, since)  # fmt: skip


def _voices(session: Session, unit_id: uuid.UUID) -> Iterator[Todo]:
    count = voices.counted(session, unit_id).open
    if not count:
        return
    first = voices.waiting(session, unit_id, limit=1)[0]
    words = first.text.strip().partition("\n")[0]
    several = AppError(N_("{first} and {count} in all"), first=words.rstrip("。．.！!；;"), count=count)
    title = words if count == 1 else several
    channel = CHANNELS[first.channel or "other"]
    hint = AppError(N_("Voices · {channel}"), channel=AppError(channel.name))
    yield Todo("voices", "info", title, hint, AppError(N_("To be taken up")), AppError(N_("Take up")), "voices",
               first.id if count == 1 else None, None, calendar.day_of(first.received_at))  # fmt: skip

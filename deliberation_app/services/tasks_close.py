"""Closing tasks: done with evidence, accepted by another person, dropped or opened again with a reason."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select

from deliberation_app.domain import calendar, tasks
from deliberation_app.errors import N_, RuleBroken
from deliberation_app.services.act import Act
from deliberation_app.services.tasks_rows import evidence_of, kept_task, text_or_none
from deliberation_app.services.work import Work
from deliberation_app.storage.archive import Enclosure
from deliberation_app.storage.people import Person


def done(
    work: Work,
    task_id: uuid.UUID,
    *,
    at: datetime | None = None,
    note: str | None = None,
    evidence: Sequence[str] = (),
    late_reason: str | None = None,
    closed_by: str | None = None,
) -> None:
    """Close a task (销号) with what proves it: a word on the result, pieces of evidence, or files taken in for it.

    A task that is closed after its date keeps the reason why, if one is given.
    """
    with work.act("tasks.done") as act:
        kept = kept_task(act, task_id)
        tasks.check_open(kept.state or "open")
        if at is not None and at > act.now:
            raise RuleBroken(N_("The task cannot have been done in the future. Nothing was changed."))
        pieces = evidence_of([*(kept.evidence or ()), *evidence])
        tasks.check_done(len(pieces or ()) + bool(text_or_none(note)) + _files(act, task_id))
        kept.state, kept.done_at = "done", at or act.now
        kept.note = text_or_none(note) or kept.note
        kept.evidence = pieces
        kept.late_reason = text_or_none(late_reason) or kept.late_reason
        kept.closed_by = text_or_none(closed_by) or work.user_name or None


def accept(work: Work, task_id: uuid.UUID, by: str) -> None:
    """Accept what was done (验收); `by` is another person than those who carried it out and closed it."""
    with work.act("tasks.accept") as act:
        kept = kept_task(act, task_id)
        person = act.get(Person, kept.owner_id) if kept.owner_id is not None else None
        owners = {name for name in (person.name if person else "", kept.owner_unit or "") if name}
        tasks.check_accept(kept.state or "open", by.strip(), kept.closed_by or "", owners)
        kept.accepted_by, kept.accepted_at = by.strip(), act.now


def drop(work: Work, task_id: uuid.UUID, reason: str) -> None:
    """Drop a task with a reason that is kept as its note."""
    tasks.check_drop(reason)
    with work.act("tasks.drop") as act:
        kept = kept_task(act, task_id)
        tasks.check_open(kept.state or "open")
        kept.state = "dropped"
        kept.note = "\n".join(part for part in (kept.note, reason.strip()) if part)


def reopen(work: Work, task_id: uuid.UUID, reason: str) -> None:
    """Open a closed task again, because it was not accepted or came back; its evidence stays, the reason is kept."""
    with work.act("tasks.reopen") as act:
        kept = kept_task(act, task_id)
        tasks.check_reopen(kept.state or "open", reason)
        kept.state, kept.done_at, kept.accepted_at, kept.accepted_by = "open", None, None, None
        told = f"{calendar.chinese_date(act.now)} {reason.strip()}"
        kept.returned_reason = "\n".join(part for part in (kept.returned_reason, told) if part)


def _files(act: Act, task_id: uuid.UUID) -> int:
    query = select(func.count()).where(Enclosure.about == "task", Enclosure.about_id == task_id)
    return act.scalar(query.where(Enclosure.removed_at.is_(None))) or 0

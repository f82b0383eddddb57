"""What proves each paper of an item's file: its own papers and records, and those of its meetings."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import UTC, datetime, time
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from deliberation_app.services.agenda_facts import batches
from deliberation_app.services.archive_evidence import (
    Evidence,
    Found,
    Piece,
    enclosed,
    noted,
    printed_piece,
    shared_with_items,
)
from deliberation_app.storage.agenda import AgendaItem
from deliberation_app.storage.archive import PrintedPaper
from deliberation_app.storage.evaluation import Evaluation
from deliberation_app.storage.notices import Publication
from deliberation_app.storage.tasks import Task
from deliberation_app.storage.voices import Voice

_POSTINGS = {"outcome": "outcome_posting"}


def of_items(session: Session, items: Sequence[AgendaItem]) -> Found:
    """The evidence of these items, in as many questions as for one."""
    found: Found = {item.id: Evidence() for item in items}
    for item in items:
        if (item.background or "").strip():
            found[item.id].pieces.append(_on_record("survey_facts", item.id, item.raised_at, item.background or ""))
    keys = [item.id for item in items]
    for some in batches(keys):
        query = select(PrintedPaper).where(PrintedPaper.item_id.in_(some)).order_by(PrintedPaper.printed_at)
        for row in session.scalars(query):
            if row.item_id is not None:
                found[row.item_id].pieces.append(printed_piece(row))
        _voices(session, some, found)
        _posts(session, some, found)
        _tasks(session, some, found)
        _surveys(session, some, found)
    enclosed(session, "item", {key: key for key in keys}, found)
    shared_with_items(session, keys, found)
    for told in found.values():
        if "meeting_straw_poll" in told.traits and "meeting_voted" not in told.traits:
            told.traits.add("consulted")
    noted(session, "item", found)
    return found


def _on_record(paper: str, item_id: uuid.UUID, at: datetime | None, title: str) -> Piece:
    return Piece(way="records", paper=paper, title=title.strip().split("\n")[0][:60], at=at, key=item_id, opens="item")


def _noon(day: Any) -> datetime | None:
    return None if day is None else datetime.combine(day, time(4), UTC)


def _voices(session: Session, keys: Sequence[uuid.UUID], found: Found) -> None:
    """A voice on record with channel, person or number and time stands for the sheet; whoever raised it is told."""
    voices: dict[uuid.UUID, uuid.UUID] = {}
    told: dict[uuid.UUID, list[bool]] = {}
    for voice in session.scalars(select(Voice).where(Voice.item_id.in_(keys)).order_by(Voice.received_at)):
        if voice.item_id is None:
            continue
        voices[voice.id] = voice.item_id
        if voice.channel:
            title = voice.number or voice.text
            found[voice.item_id].pieces.append(_on_record("opinion_sheet", voice.item_id, voice.received_at, title))
        told.setdefault(voice.item_id, []).append(voice.told_at is not None)
    for item_id, answers in told.items():
        if all(answers):
            found[item_id].pieces.append(_on_record("told", item_id, None, ""))
    enclosed(session, "voice", voices, found)


def _posts(session: Session, keys: Sequence[uuid.UUID], found: Found) -> None:
    """Notices on record; the notice of the outcome counts when it has hung and was taken down."""
    posts: dict[uuid.UUID, uuid.UUID] = {}
    waiting: set[uuid.UUID] = set()
    query = select(Publication).where(Publication.item_id.in_(keys)).order_by(Publication.posted_on)
    for post in session.scalars(query):
        told = found[post.item_id]
        posts[post.id] = post.item_id
        paper = _POSTINGS.get(post.about or "", "decision_posting")
        if paper == "decision_posting" or post.taken_down_on is not None:
            told.pieces.append(_on_record(paper, post.item_id, _noon(post.posted_on), post.text))
        if post.objections:
            told.traits.add("objections")
        if any(not one.get("answer") for one in post.objections or ()):
            waiting.add(post.item_id)
        if post.told and paper == "outcome_posting":
            told.pieces.append(_on_record("told", post.item_id, None, ""))
    for key in keys:
        if "objections" in found[key].traits and key not in waiting:
            found[key].pieces.append(_on_record("objections", key, None, ""))
    enclosed(session, "publication", posts, found)


def _tasks(session: Session, keys: Sequence[uuid.UUID], found: Found) -> None:
    """Tasks with what proves them; all of the closed ones must be proven."""
    tasks: dict[uuid.UUID, uuid.UUID] = {}
    bare: set[uuid.UUID] = set()
    proven: dict[uuid.UUID, str] = {}
    for task in session.scalars(select(Task).where(Task.item_id.in_(keys)).order_by(Task.due, Task.id)):
        tasks[task.id] = task.item_id
        found[task.item_id].traits.add("tasks")
        if task.state == "done":
            found[task.item_id].traits.add("tasks_done")
            if task.evidence:
                proven[task.item_id] = "；".join(str(one) for one in task.evidence)
            else:
                bare.add(task.item_id)
    for key, words in proven.items():
        if key not in bare:
            found[key].pieces.append(_on_record("task_evidence", key, None, words))
    enclosed(session, "task", tasks, found)


def _surveys(session: Session, keys: Sequence[uuid.UUID], found: Found) -> None:
    for item_id in session.scalars(select(Evaluation.item_id).where(Evaluation.item_id.in_(keys)).distinct()):
        found[item_id].traits.add("surveyed")

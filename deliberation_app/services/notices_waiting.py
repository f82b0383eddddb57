"""What waits to be published: decisions and outcomes without a notice, and drafts that do not hang yet."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from sqlalchemy import or_, select

from deliberation_app.services.agenda_facts import facts_of
from deliberation_app.services.work import Work
from deliberation_app.storage.agenda import AgendaItem
from deliberation_app.storage.notices import NoticeDraft

ABOUT = {"decided": "decision", "evaluated": "outcome"}


@dataclass(frozen=True)
class ToPublish:
    """An item that waits for a publication: of the decision, or of the outcome."""

    item_id: uuid.UUID
    title: str
    number: str | None
    about: str


@dataclass(frozen=True)
class DraftRow:
    """A draft as lists show it."""

    draft: NoticeDraft
    item_title: str
    item_number: str | None
    state: str


def waiting(work: Work, unit_id: uuid.UUID, *, limit: int = 200) -> list[ToPublish]:
    """Active items without the publication their stage asks for and without a draft of it, the oldest first."""
    now = work.clock()
    query = select(AgendaItem).where(
        AgendaItem.unit_id == unit_id, AgendaItem.stage.in_(ABOUT),
        or_(AgendaItem.state.is_(None), AgendaItem.state == "active"),
    )  # fmt: skip
    drafted = select(NoticeDraft.item_id, NoticeDraft.about).where(
        NoticeDraft.unit_id == unit_id, NoticeDraft.publication_id.is_(None)
    )
    with work.read() as session:
        items = list(session.scalars(query.order_by(AgendaItem.entered_at, AgendaItem.id).limit(limit)))
        known = {(key, about) for key, about in session.execute(drafted)}
        facts = facts_of(session, items, now=now)
    found = [ToPublish(item.id, item.title, item.number, ABOUT[item.stage]) for item in items]
    return [
        one for one in found
        if (one.item_id, one.about) not in known
        and not any(post.about == one.about for post in facts[one.item_id].publications)
    ]  # fmt: skip


def drafts(work: Work, unit_id: uuid.UUID) -> list[DraftRow]:
    """The drafts that do not hang yet, the oldest first."""
    query = select(NoticeDraft, AgendaItem.title, AgendaItem.number).join(
        AgendaItem, AgendaItem.id == NoticeDraft.item_id
    )
    query = query.where(NoticeDraft.unit_id == unit_id, NoticeDraft.publication_id.is_(None))
    with work.read() as session:
        found = session.execute(query.order_by(NoticeDraft.made_at, NoticeDraft.id))
        return [DraftRow(kept, title, number, state_of(kept)) for kept, title, number in found]


def state_of(kept: NoticeDraft) -> str:
    """How far a draft is, as lists say it: written, checked or printed."""
    if kept.checked_sha256 is None:
        return "written"
    return "printed" if kept.printed_sha256 == kept.checked_sha256 else "checked"

"""Agenda items: raised, followed through the five stages by their evidence, and numbered."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from deliberation_app.domain import agenda
from deliberation_app.errors import N_, RuleBroken
from deliberation_app.services import meetings
from deliberation_app.services.act import Act
from deliberation_app.services.agenda_board import (
    Board,
    Card,
    Column,
    Page,
    StageFigure,
    board,
    categories,
    counts_by_stage,
    page,
)
from deliberation_app.services.agenda_facts import facts
from deliberation_app.services.agenda_item import Event, ItemView, Offer, gone, item
from deliberation_app.services.work import Work
from deliberation_app.settings import DISPLAY_ZONE
from deliberation_app.storage.agenda import AgendaItem, ItemRaiser, ItemStep
from deliberation_app.storage.base import derived_id, new_id
from deliberation_app.storage.meetings import AgendaEntry, Meeting, Mention
from deliberation_app.storage.people import Unit

__all__ = [
    "Board", "Card", "Column", "Event", "ItemView", "Offer", "Page", "StageFigure",
    "board", "categories", "counts_by_stage", "edit", "facts", "item", "last_number", "link_party_meeting",
    "mention_beside", "number_items", "page", "raise_item", "raise_within", "take", "unlink_party_meeting",
]  # fmt: skip

# How long a title and a category may be, so that a meeting file can carry them.
_TITLE, _CATEGORY = 300, 60
_UNSET: Any = object()


def raise_item(
    work: Work,
    unit_id: uuid.UUID,
    *,
    title: str,
    category: str | None = None,
    background: str | None = None,
    channel: str | None = "other",
    raised_by: Sequence[uuid.UUID] = (),
    raised_at: datetime | None = None,
    votable: bool | None = None,
    vital_interest: bool | None = None,
    charges: bool | None = None,
) -> uuid.UUID:
    """Put a new item on the board; the answer is its id."""
    with work.act("agenda.raise") as act:
        return raise_within(
            act, unit_id, title=title, category=category, background=background, channel=channel, raised_by=raised_by,
            raised_at=raised_at, votable=votable, vital_interest=vital_interest, charges=charges,
        )  # fmt: skip


def raise_within(
    act: Act, unit_id: uuid.UUID, *, title: str, raised_by: Sequence[uuid.UUID] = (), raised_at: datetime | None = None,
    **told: Any,
) -> uuid.UUID:  # fmt: skip
    """A new item within an act under way, such as a voice or a statement that becomes one."""
    act.get_one(Unit, unit_id, with_for_update=True)  # two computers never give the same number
    at = raised_at or act.now
    if at > act.now:
        raise RuleBroken(N_("The time of raising lies in the future. Nothing was changed."))
    kept = AgendaItem(id=new_id(), unit_id=unit_id, title="", stage="raised", raised_at=at, entered_at=at)
    _write(kept, title=title, **told)
    year = at.astimezone(DISPLAY_ZONE).year
    kept.number = f"{year}-{last_number(act, unit_id, year) + 1:02d}"
    act.add(kept)
    act.add(ItemStep(id=derived_id(kept.id, "step", 0), item_id=kept.id, position=0, stage="raised", at=at))
    _set_raisers(act, kept.id, raised_by)
    return kept.id


def edit(
    work: Work,
    item_id: uuid.UUID,
    *,
    title: str = _UNSET,
    category: str | None = _UNSET,
    background: str | None = _UNSET,
    channel: str | None = _UNSET,
    raised_by: Sequence[uuid.UUID] = _UNSET,
    raised_at: datetime | None = _UNSET,
    votable: bool | None = _UNSET,
    vital_interest: bool | None = _UNSET,
    charges: bool | None = _UNSET,
) -> None:
    """Change what is given and leave the rest; None empties a field."""
    told = {"title": title, "category": category, "background": background, "channel": channel, "raised_at": raised_at,
            "votable": votable, "vital_interest": vital_interest, "charges": charges}  # fmt: skip
    with work.act("agenda.edit") as act:
        kept = _kept(act, item_id)
        _write(kept, **{name: value for name, value in told.items() if value is not _UNSET})
        if raised_by is not _UNSET:
            _set_raisers(act, item_id, raised_by)


def take(work: Work, item_id: uuid.UUID, step: str, *, reason: str = "", into: uuid.UUID | None = None) -> agenda.Move:
    """Take a step of STEPS: refused with every piece that is missing, else the item moves and its history says so."""
    with work.act("agenda.take") as act:
        kept = _kept(act, item_id)
        move = agenda.take(facts(act, item_id, now=act.now), step, reason=reason, has_target=into is not None)
        if agenda.STEPS[step].needs_target:
            kept.merged_into_id = _target(act, kept, into)
        elif move.state == "active":
            kept.merged_into_id = None
        if move.state != (kept.state or "active"):
            kept.state = None if move.state == "active" else move.state
            kept.state_reason = None if move.state == "active" else reason.strip()
        at = _append_step(act, kept, move.stage, _note(step, reason), work.user_name or None)
        if move.stage != kept.stage:
            kept.stage = move.stage
            kept.entered_at = at
    return move


def link_party_meeting(work: Work, item_id: uuid.UUID, meeting_id: uuid.UUID) -> None:
    """Say that this Party meeting discussed the item beforehand; it may be one that this computer does not hold."""
    with work.act("agenda.link") as act:
        kept = _kept(act, item_id)
        linked = list(kept.party_meetings or ())
        meeting = act.get(Meeting, meeting_id)
        if meeting is not None and meeting.kind not in agenda.BEFOREHAND:
            raise RuleBroken(N_("“{meeting}” is no branch assembly. Choose the one that discussed the item. "
                                "Nothing was changed."), meeting=meeting.title)  # fmt: skip
        if str(meeting_id) not in linked:
            kept.party_meetings = [*linked, str(meeting_id)]


def unlink_party_meeting(work: Work, item_id: uuid.UUID, meeting_id: uuid.UUID) -> None:
    """Take back such a link."""
    with work.act("agenda.link") as act:
        kept = _kept(act, item_id)
        kept.party_meetings = [key for key in kept.party_meetings or () if key != str(meeting_id)] or None


def number_items(act: Act, unit_id: uuid.UUID, rows: list[dict[str, Any]]) -> None:
    """Give new items the next number of their year in this unit (2026-03); known ones keep theirs."""
    query = select(AgendaItem.id).where(AgendaItem.id.in_([row["id"] for row in rows]))
    known = set(act.scalars(query))
    last: dict[int, int] = {}
    for row in sorted(rows, key=lambda row: (row["raised_at"] or row["entered_at"] or act.now, str(row["id"]))):
        if row["id"] not in known:
            year = (row["raised_at"] or act.now).astimezone(DISPLAY_ZONE).year
            last[year] = last.get(year, last_number(act, unit_id, year)) + 1
            row["number"] = f"{year}-{last[year]:02d}"
            row["entered_at"] = row["entered_at"] or act.now  # lists are paged by it
        elif row["entered_at"] is None:
            del row["entered_at"]


def last_number(act: Act, unit_id: uuid.UUID, year: int) -> int:
    """The highest number given to an item of this unit in a year, 0 when none."""
    numbers = select(func.max(AgendaItem.number)).where(
        AgendaItem.unit_id == unit_id,
        AgendaItem.number.like(f"{year}-%"),
        func.length(AgendaItem.number)
        == select(func.max(func.length(AgendaItem.number)))
        .where(AgendaItem.unit_id == unit_id, AgendaItem.number.like(f"{year}-%"))
        .scalar_subquery(),
    )
    highest = act.scalar(numbers)
    return int(highest.rpartition("-")[2]) if highest else 0


def _kept(act: Act, item_id: uuid.UUID) -> AgendaItem:
    kept = act.get(AgendaItem, item_id)
    if kept is None:
        raise gone()
    return kept


def _write(kept: AgendaItem, **told: Any) -> None:
    for name, value in told.items():
        setattr(kept, name, (value.strip() or None) if isinstance(value, str) else value)
    if not kept.title:
        raise RuleBroken(N_("The item needs a title: say in a few words what it is about. Nothing was changed."))
    for words, most in ((kept.title, _TITLE), (kept.category or "", _CATEGORY)):
        if len(words) > most:
            raise RuleBroken(N_("“{words}…” has {count} characters; at most {most} fit. Put the rest into the "
                                "background. Nothing was changed."),
                             words=words[:20], count=len(words), most=most)  # fmt: skip
    if kept.channel is not None and kept.channel not in agenda.CHANNELS:
        raise RuleBroken(N_("Choose the channel from the list. Nothing was changed."))


def _set_raisers(act: Act, item_id: uuid.UUID, people: Iterable[uuid.UUID]) -> None:
    """Who raised it, each once and in the order given; the id of a line is that of its place."""
    wanted = list(dict.fromkeys(people))
    known = {row.position: row for row in act.scalars(select(ItemRaiser).where(ItemRaiser.item_id == item_id))}
    for position, person_id in enumerate(wanted):
        row = known.pop(position, None)
        if row is None:
            key = derived_id(item_id, "raiser", position)
            act.add(ItemRaiser(id=key, item_id=item_id, position=position, person_id=person_id))
        else:
            row.person_id = person_id
    for row in known.values():
        act.delete(row)
    mention_beside(act, item_id, "person", wanted)


def mention_beside(act: Act, item_id: uuid.UUID, what: str, keys: Iterable[uuid.UUID]) -> None:
    """Whatever stands with an item goes into every meeting file that holds the item."""
    wanted = list(keys)
    if wanted:
        listed = select(Mention.meeting_id).where(Mention.row_id == item_id)
        discussed = select(AgendaEntry.meeting_id).where(AgendaEntry.item_id == item_id)
        for meeting_id in list(act.scalars(listed.union(discussed))):
            meetings.mention(act, meeting_id, what, wanted)


def _target(act: Act, kept: AgendaItem, into: uuid.UUID | None) -> uuid.UUID | None:
    """The item it is merged into: another one of this unit that has not been merged itself."""
    target = act.get(AgendaItem, into) if into is not None else None
    if target is None:
        raise gone()
    if target.id == kept.id or target.unit_id != kept.unit_id or target.merged_into_id is not None:
        raise RuleBroken(N_("“{target}” cannot take it in: choose another item of this unit that has not been merged "
                            "itself. The item stays where it is."), target=target.title)  # fmt: skip
    mention_beside(act, kept.id, "item", (target.id,))
    return target.id


def _note(step: str, reason: str) -> str | None:
    """What the history says: the name of a step that leaves the line of the five stages, and the reason given."""
    entry = agenda.STEPS[step]
    if entry.needs_reason:
        return f"{entry.title}：{reason.strip()}"
    return reason.strip() or None


def _append_step(act: Act, kept: AgendaItem, stage: str, note: str | None, by: str | None) -> datetime:
    """One more line of the history, never earlier than the line before even if the clock was set back."""
    query = select(ItemStep).where(ItemStep.item_id == kept.id).order_by(ItemStep.position.desc()).limit(1)
    last = act.scalars(query).first()
    position = 0 if last is None else last.position + 1
    at = act.now if last is None else max(act.now, last.at)
    key = derived_id(kept.id, "step", position)
    act.add(ItemStep(id=key, item_id=kept.id, position=position, stage=stage, at=at, note=note, by=by))
    return at

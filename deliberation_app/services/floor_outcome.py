"""The conclusion of an entry, written while the meeting runs: common ground, differences, resolution, routing."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from sqlalchemy import select

from deliberation_app.domain import outcome
from deliberation_app.domain.agenda import ROUTINGS
from deliberation_app.errors import N_, RuleBroken
from deliberation_app.services import votes_series
from deliberation_app.services.agenda import raise_within
from deliberation_app.services.board_picture import short_name
from deliberation_app.services.meetings import find, mention, require
from deliberation_app.services.work import Work
from deliberation_app.storage.meetings import AgendaEntry, AgendaOption
from deliberation_app.storage.votes import Vote


@dataclass(frozen=True)
class Conclusion:
    """What stands in the record as the outcome of an entry; `drafted` while the resolution is only proposed."""

    title: str
    common: str = ""
    differences: str = ""
    resolution: str = ""
    routing: str = ""
    drafted: bool = False


def read(work: Work, entry_id: uuid.UUID) -> Conclusion:
    """The conclusion as it is written, or one drafted from the votes that were counted."""
    with work.read() as session:
        entry = session.get_one(AgendaEntry, entry_id)
        _, common, differences = outcome.taken_apart(entry.summary or "")
        written = entry.resolution or ""
        names = {
            row.id: short_name(row.title)
            for row in session.scalars(select(AgendaOption).where(AgendaOption.entry_id == entry_id))
        }
        votes = session.scalars(select(Vote).where(Vote.entry_id == entry_id).order_by(Vote.position, Vote.id))
        counted = [
            outcome.Counted(
                vote.motion, names.get(vote.option_id, "") if vote.option_id is not None else "", vote.rule,
                vote.method, vote.counts or {}, bool(vote.quorate), bool(vote.passed),
                votes_series.compares(vote),
            )
            for vote in votes if vote.counts is not None
        ]  # fmt: skip
        compared = votes_series.came_to(session, entry) if not written and not entry.routing else ()
        drafted = "" if written or entry.routing else outcome.resolution(counted, compared)
        return Conclusion(
            entry.title, common, differences, written or drafted, entry.routing or "", drafted=bool(drafted)
        )


def write(
    work: Work, entry_id: uuid.UUID, *, common: str = "", differences: str = "", resolution: str = "", routing: str = ""
) -> None:
    """Put the conclusion of an entry on record; something must have been concluded."""
    if routing and routing not in ROUTINGS:
        raise KeyError(routing)
    if not resolution.strip() and not routing:
        raise RuleBroken(N_("Write what was decided, or choose where the matter goes from here."))
    with work.act("floor.outcome") as act:
        entry = act.get_one(AgendaEntry, entry_id)
        require(find(act, entry.meeting_id), "open", "recess", "closed")
        rest, _, _ = outcome.taken_apart(entry.summary or "")
        entry.summary = outcome.put_together(rest, common, differences) or None
        entry.resolution, entry.routing = resolution.strip() or None, routing or None


def raise_item(work: Work, entry_id: uuid.UUID) -> uuid.UUID:
    """Raise an item of this point of the agenda, so that what was promised and asked becomes tasks of it."""
    with work.act("floor.raise_item") as act:
        entry = act.get_one(AgendaEntry, entry_id)
        meeting = find(act, entry.meeting_id)
        require(meeting, "open", "recess")
        if entry.item_id is not None:
            raise RuleBroken(N_("This point of the agenda has its item already."))
        entry.item_id = raise_within(act, meeting.unit_id, title=entry.title, channel="other")
        mention(act, meeting.id, "item", [entry.item_id])
        return entry.item_id

"""What there is, as plain lists for the command line; titles are Chinese, as on paper."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from deliberation_app.domain.agenda import STAGES, STATES
from deliberation_app.domain.duties import DUTIES
from deliberation_app.domain.meetings import KINDS
from deliberation_app.domain.meetings import STATES as MEETING_STATES
from deliberation_app.domain.votes import RULES
from deliberation_app.services import papers_made
from deliberation_app.services.meetings import state_of
from deliberation_app.services.work import Work
from deliberation_app.settings import DISPLAY_ZONE
from deliberation_app.storage.agenda import AgendaItem
from deliberation_app.storage.meetings import Meeting
from deliberation_app.storage.people import Unit

Listed = list[dict[str, Any]]


def meetings(work: Work) -> Listed:
    """Every meeting, the latest first."""
    query = select(Meeting, Unit.name).join(Unit, Unit.id == Meeting.unit_id)
    with work.read() as session:
        return [
            {
                "id": str(meeting.id),
                "title": meeting.title,
                "kind": meeting.kind,
                "kind_title": KINDS[meeting.kind].title,
                "unit": unit,
                "number": meeting.number,
                "starts_at": meeting.starts_at.astimezone(DISPLAY_ZONE).isoformat(),
                "state": state_of(meeting),
                "state_title": MEETING_STATES[state_of(meeting)].title,
            }
            for meeting, unit in session.execute(query.order_by(Meeting.starts_at.desc(), Meeting.id))
        ]


def items(work: Work) -> Listed:
    """Every item, unit by unit in the order of its numbers."""
    query = select(AgendaItem, Unit.name).join(Unit, Unit.id == AgendaItem.unit_id)
    with work.read() as session:
        return [
            {
                "id": str(item.id),
                "title": item.title,
                "number": item.number,
                "unit": unit,
                "stage": item.stage,
                "stage_title": STAGES[item.stage].full_title,
                "state": item.state or "active",
                "state_title": STATES[item.state or "active"].title,
            }
            for item, unit in session.execute(query.order_by(Unit.name, AgendaItem.number, AgendaItem.id))
        ]


def papers() -> Listed:
    """Every paper that can be printed now."""
    return [{"id": paper.id, "title": paper.title, "about": paper.about} for paper in papers_made.printable()]


def rules() -> Listed:
    """Every rule by which a vote is judged."""
    return [{"id": rule.id, "title": rule.title} for rule in RULES.values()]


def kinds() -> Listed:
    """Every kind of meeting."""
    return [{"id": kind.id, "title": kind.title, "rules": list(kind.rules)} for kind in KINDS.values()]


def duties() -> Listed:
    """Every duty of a period."""
    return [
        {"id": duty.id, "title": duty.title, "per": duty.per, "times": duty.times, "clause": duty.clause}
        for duty in DUTIES.values()
    ]

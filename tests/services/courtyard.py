"""The courtyard of the demonstration in a database of its own, and ways to make what it lacks."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import event

from deliberation_app.errors import AppError
from deliberation_app.services import agenda, meeting_file, units
from deliberation_app.services.work import Work
from deliberation_app.settings import path
from deliberation_app.storage.base import new_id
from deliberation_app.storage.floor import Attendance, Statement
from deliberation_app.storage.meetings import AgendaEntry, Meeting
from deliberation_app.storage.people import Unit
from deliberation_app.storage.votes import Vote

FILES = ("shandalu194-consultation", "shandalu194-owners-vote")
PARKING, LAMPS, SECOND_CAR = "院内停车位重新划分与停车收费", "更换院内三盏损坏路灯", "第二辆车停车收费标准"


def fill(work: Work) -> Unit:
    """Import the two meetings of courtyard 194; the answer is its unit."""
    for name in FILES:
        meeting_file.import_file(work, path("resources", "demo", f"{name}.json"))
    return next(unit for unit in units.all_units(work) if "194" in unit.name)


def found_unit(work: Work, name: str = "试例院党支部", kind: str = "courtyard") -> uuid.UUID:
    """A unit with nobody in it but its secretary 范例安."""
    return units.set_up(work, name=name, kind=kind, chair_name="范例安")


def item_called(work: Work, unit_id: uuid.UUID, title: str) -> uuid.UUID:
    """The item of this title."""
    return next(card.id for card in agenda.page(work, unit_id).rows if card.title == title)


def meeting_on(
    work: Work,
    unit_id: uuid.UUID,
    item_id: uuid.UUID | None,
    at: datetime,
    *,
    kind: str = "courtyard_consultation",
    statements: int = 1,
    routing: str | None = None,
    vote: tuple[bool, bool] | None = None,
    **more: Any,
) -> uuid.UUID:
    """A meeting that was held on an item, with what was said and whether a vote was (quorate, passed)."""
    told = {"opened_at": at, "closed_at": at, "notice_at": at, **more}
    meeting = Meeting(id=new_id(), unit_id=unit_id, kind=kind, title="试例会议", starts_at=at, **told)
    entry = AgendaEntry(id=new_id(), meeting_id=meeting.id, position=0, title="议题", item_id=item_id, routing=routing)
    with work.act("meetings.call") as act:
        act.add_all([meeting, entry])
        for position in range(statements):
            act.add(Statement(entry_id=entry.id, position=position, text="有么说么"))
        if vote is not None:
            act.add(
                Vote(
                    entry_id=entry.id,
                    position=0,
                    motion="同意",
                    method="show_of_hands",
                    rule="straw_poll",
                    quorate=vote[0],
                    passed=vote[1],
                )
            )
    return meeting.id


def attend(work: Work, meeting_id: uuid.UUID, person_id: uuid.UUID, status: str = "present") -> None:
    """Enter a person as voting."""
    with work.act("floor.sign_in") as act:
        act.add(Attendance(meeting_id=meeting_id, position=0, person_id=person_id, capacity="voting", status=status))


@contextmanager
def counted(work: Work) -> Iterator[list[str]]:
    """Every question put to the database inside the block."""
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith("BEGIN"):
            asked.append(statement)

    event.listen(work.engine, "before_cursor_execute", note)
    yield asked
    event.remove(work.engine, "before_cursor_execute", note)


def said(words: AppError | str | None) -> str:
    """English words of a sentence, for comparing."""
    return "" if words is None else str(words)

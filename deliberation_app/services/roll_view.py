"""The roll as one reads it: everybody with events, home, party, proxy and opinion; and who could come besides."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session, aliased

from deliberation_app.domain.minutes_parties import party_of
from deliberation_app.domain.people import matches, normalise_query
from deliberation_app.domain.roll_events import Event
from deliberation_app.domain.roll_words import door_fits
from deliberation_app.domain.script import simplify
from deliberation_app.services.floor_roll import events
from deliberation_app.services.meetings import find
from deliberation_app.services.people_find import Found
from deliberation_app.services.people_find import find as find_people
from deliberation_app.services.people_register import by_door, home_text, households
from deliberation_app.services.work import Work
from deliberation_app.storage.floor import Attendance
from deliberation_app.storage.meetings import AgendaEntry, Meeting
from deliberation_app.storage.people import Household, Person
from deliberation_app.storage.votes import WrittenOpinion

_SHOWN = 30


@dataclass(frozen=True)
class RollLine:
    """One person on the roll; `events` are in order of time, `represents` and `proxy_of` are "" for none."""

    person_id: uuid.UUID
    name: str
    post: str
    home: str
    building: str
    party: str
    party_told: bool
    capacity: str
    status: str
    expected: bool
    reason: str
    events: tuple[Event, ...]
    represents: str
    proxy_of: str
    # What each opinion in writing says, and on which point ("" for every point).
    opinions: tuple[tuple[str, str], ...]
    key: str = field(repr=False)

    @property
    def opinion(self) -> str:
        """What the opinion says, the first of several; "" without any."""
        return self.opinions[0][0] if self.opinions else ""

    @property
    def there(self) -> bool:
        """In the room or on the line now."""
        return self.came and self.events[-1].what in ("arrived", "back")

    @property
    def came(self) -> bool:
        """Signed in at some time of this sitting."""
        return bool(self.events) and not self.expected

    @property
    def out(self) -> bool:
        """Out for a while."""
        return self.came and self.events[-1].what == "out"

    @property
    def gone(self) -> bool:
        """Left for good."""
        return self.came and self.events[-1].what == "left"


def lines(work: Work, meeting_id: uuid.UUID) -> tuple[RollLine, ...]:
    """Everybody on the roll of a meeting, in its order."""
    with work.read() as session:
        opinions = _opinions(session, meeting_id)
        rows = session.execute(_query(), {"meeting": meeting_id})
        return tuple(_line(row, opinions.get(row.person_id, ())) for row in rows)


@cache
def _query() -> Select[Any]:
    """The query for the roll of a meeting; made once, since to make it takes as long as to ask it."""
    home, spoken_for, given = aliased(Household), aliased(Household), aliased(Person)
    return (
        select(
            Attendance.person_id, Attendance.capacity, Attendance.status, Attendance.expected, Attendance.reason,
            Attendance.arrived_at, Attendance.left_at, Attendance.away, Attendance.speaks_for,
            Person.name, Person.post, Person.search_key, given.name.label("giver"),
            home.building, home.entrance, home.room,
            spoken_for.building.label("for_building"), spoken_for.entrance.label("for_entrance"),
            spoken_for.room.label("for_room"),
        )
        .join(Person, Person.id == Attendance.person_id)
        .outerjoin(home, home.id == Person.household_id)
        .outerjoin(spoken_for, spoken_for.id == Attendance.represents_id)
        .outerjoin(given, given.id == Attendance.proxy_of_id)
        .where(Attendance.meeting_id == bindparam("meeting"))
        .order_by(Attendance.position, Attendance.id)
    )  # fmt: skip


# The same few posts stand on a roll of hundreds.
_party = lru_cache(maxsize=4096)(party_of)


def _opinions(session: Session, meeting_id: uuid.UUID) -> dict[uuid.UUID, tuple[tuple[str, str], ...]]:
    query = (
        select(WrittenOpinion.person_id, WrittenOpinion.choice, AgendaEntry.title)
        .outerjoin(AgendaEntry, AgendaEntry.id == WrittenOpinion.entry_id)
        .where(WrittenOpinion.meeting_id == meeting_id)
        .order_by(AgendaEntry.position, WrittenOpinion.id)
    )
    found: dict[uuid.UUID, tuple[tuple[str, str], ...]] = {}
    for row in session.execute(query):
        found[row.person_id] = (*found.get(row.person_id, ()), (row.choice, row.title or ""))
    return found


def _line(row: Any, opinions: tuple[tuple[str, str], ...]) -> RollLine:
    post = row.post or ""
    return RollLine(
        row.person_id, row.name, post, _door(row.building, row.entrance, row.room), row.building or "",
        row.speaks_for or _party(post), bool(row.speaks_for), row.capacity, row.status, bool(row.expected),
        row.reason or "", events(row), _door(row.for_building, row.for_entrance, row.for_room), row.giver or "",
        opinions, row.search_key,
    )  # fmt: skip


def _door(*parts: str | None) -> str:
    return " ".join(part for part in parts if part)


def fitting(roll: tuple[RollLine, ...], typed: str) -> list[RollLine]:
    """Those whose name fits what was typed: the whole name or all initials first, then beginnings, then the rest."""
    wanted = normalise_query(simplify(typed))
    if not wanted:
        return list(roll)
    found = [line for line in roll if matches(simplify(typed), line.name, line.key)]
    return sorted(found, key=lambda line: closeness(line, wanted))


def closeness(line: RollLine, wanted: str) -> int:
    """0: the whole name, its pinyin or all its initials; 1: it begins so; 2: somewhere in it."""
    name = normalise_query(simplify(line.name))
    sounds, *words = line.key.split(" ")
    firsts = [{reading[:1] for reading in part[2:].split(",")} for part in sounds.split("|")]
    along = len(wanted) <= len(firsts) and all(one in first for one, first in zip(wanted, firsts, strict=False))
    if wanted in (name, *words[:1]) or (along and len(wanted) == len(firsts)):
        return 0
    return 1 if along or any(whole.startswith(wanted) for whole in (name, *words[:1])) else 2


def others(work: Work, meeting_id: uuid.UUID, typed: str, *, limit: int = 8) -> list[Found]:
    """People of the register whose name fits and who are not on the roll."""
    with work.read() as session:
        unit_id = find(session, meeting_id).unit_id
        listed = set(session.scalars(select(Attendance.person_id).where(Attendance.meeting_id == meeting_id)))
    return [one for one in find_people(work, unit_id, typed, limit=limit + 12) if one.id not in listed][:limit]


def flats(work: Work, meeting_id: uuid.UUID, typed: str) -> list[tuple[uuid.UUID, str, str]]:
    """Flats found by 1-2-301, each with its door and who votes for it in this meeting already."""
    with work.read() as session:
        unit_id = find(session, meeting_id).unit_id
        query = select(Attendance.represents_id, Person.name).join(Person, Person.id == Attendance.person_id)
        query = query.where(Attendance.meeting_id == meeting_id, Attendance.capacity == "voting")
        voted = {key: name for key, name in session.execute(query) if key is not None}
    found = [one for one in households(work, unit_id) if door_fits(typed, one.building, one.entrance, one.room)]
    found.sort(key=lambda one: by_door(one.building, one.entrance, one.room))
    return [(one.id, home_text(one), voted.get(one.id, "")) for one in found[:_SHOWN]]


@dataclass(frozen=True)
class LastTime:
    """The day of the last sitting or meeting of this kind, and who of this roll came then and is not here yet."""

    day: datetime
    people: tuple[uuid.UUID, ...]


def last_time(work: Work, meeting_id: uuid.UUID) -> LastTime | None:
    """Everybody who came last time and is still expected now; None where there was no meeting before."""
    with work.read() as session:
        now = find(session, meeting_id)
        sitting = _sitting_before(session, now)
        if sitting is not None:
            return sitting
        before = session.scalars(
            select(Meeting)
            .where(
                Meeting.unit_id == now.unit_id, Meeting.kind == now.kind, Meeting.id != now.id,
                Meeting.opened_at.is_not(None), Meeting.starts_at < now.starts_at,
            )
            .order_by(Meeting.starts_at.desc(), Meeting.id.desc())
            .limit(1)
        ).first()  # fmt: skip
        if before is None:
            return None
        came = select(Attendance.person_id).where(
            Attendance.meeting_id == before.id, Attendance.status.in_(("present", "online"))
        )
        query = select(Attendance.person_id).where(
            Attendance.meeting_id == meeting_id, Attendance.expected, Attendance.person_id.in_(came)
        )
        return LastTime(before.starts_at, tuple(session.scalars(query.order_by(Attendance.position))))


def _sitting_before(session: Session, meeting: Meeting) -> LastTime | None:
    """Who stayed to the end of this meeting's last sitting, when it goes on on another day."""
    ended = [datetime.fromisoformat(one["closed_at"]) for one in meeting.sessions or () if "closed_at" in one]
    if not ended or meeting.closed_at is not None:
        return None
    rows = session.scalars(
        select(Attendance)
        .where(Attendance.meeting_id == meeting.id, Attendance.left_at.is_not(None))
        .order_by(Attendance.position)
    ).all()
    if not any(row.left_at == ended[-1] for row in rows):
        return None  # the recess was one of the same day: nobody went home
    return LastTime(ended[-1], tuple(row.person_id for row in rows if row.expected and row.left_at == ended[-1]))

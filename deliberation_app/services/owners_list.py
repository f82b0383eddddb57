"""The list of owners of one meeting: taken from the register, corrected, frozen once a vote of the owners is open."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from deliberation_app.domain.people import normalise_query
from deliberation_app.domain.script import simplify
from deliberation_app.errors import N_, RuleBroken
from deliberation_app.services import owners
from deliberation_app.services.act import Act
from deliberation_app.services.meetings import find as meeting_of
from deliberation_app.services.meetings import require
from deliberation_app.services.owners import HEAD, ListTotals
from deliberation_app.services.people_register import by_door, courtyards, home_text
from deliberation_app.services.work import Work
from deliberation_app.storage.base import derived_id
from deliberation_app.storage.floor import Attendance
from deliberation_app.storage.meetings import AgendaEntry, Mention
from deliberation_app.storage.people import Household, Person
from deliberation_app.storage.votes import Delivery, FlatBallot, Vote, VotingFlat

_DIGITS = re.compile(r"[0-9A-Za-z]+")
# A ballot number as typed or scanned, and what a door is written with.
_NUMBER = re.compile(r"(?:No|№|#|票号)?[.:：\s]*0*([0-9]{1,9})", re.IGNORECASE)
_DOOR = re.compile(r"[0-9A-Za-z\-－—\s,，.号楼幢栋座单元门室]+")
Owner, Voter = aliased(Person), aliased(Person)


@dataclass(frozen=True)
class FlatRow:
    """One flat of the list as tables show it."""

    id: uuid.UUID
    household_id: uuid.UUID
    number: int
    place: str
    owner_id: uuid.UUID | None
    owner: str
    area: int | None
    unsold: bool
    voter_id: uuid.UUID | None
    voter: str
    proxy: str
    proxy_on: date | None
    guardian: str
    note: str
    way: str = ""
    delivered_on: date | None = None
    receiver: str = ""
    delivery_note: str = ""


@dataclass(frozen=True)
class Page:
    """One page of the list; `next` goes into `after` for the following page, None at the end."""

    rows: tuple[FlatRow, ...]
    next: int | None


@dataclass(frozen=True)
class ListView:
    """The list as a whole: its sums, whether it is frozen, and how many flats the register has otherwise by now."""

    totals: ListTotals
    frozen: bool
    closed: bool
    changed: int
    buildings: tuple[str, ...]
    several: int  # owners of more than one flat


def overview(work: Work, meeting_id: uuid.UUID) -> ListView:
    """What stands beside the list."""
    with work.read() as session:
        meeting = meeting_of(session, meeting_id)
        totals = owners.list_totals(session, meeting_id)
        places = select(Household.building).join(VotingFlat, VotingFlat.household_id == Household.id)
        buildings = set(session.scalars(places.where(VotingFlat.meeting_id == meeting_id).distinct()))
        heads = select(HEAD).where(VotingFlat.meeting_id == meeting_id).group_by(HEAD).having(func.count() > 1)
        several = session.scalar(select(func.count()).select_from(heads.subquery())) or 0
        frozen = is_frozen(session, meeting_id)
        changed = _changed(session, meeting_id) if frozen else 0
        ordered = tuple(sorted(buildings, key=by_door))
        return ListView(totals, frozen, meeting.closed_at is not None, changed, ordered, several)


def is_frozen(session: Session, meeting_id: uuid.UUID) -> bool:
    """Whether a vote of the owners was opened in this meeting: from then on the list stays as it is."""
    query = select(Vote.id).join(AgendaEntry, AgendaEntry.id == Vote.entry_id)
    query = query.where(AgendaEntry.meeting_id == meeting_id, Vote.rule.in_(owners.AREA_RULES))
    return session.scalars(query.limit(1)).first() is not None


def _changed(session: Session, meeting_id: uuid.UUID) -> int:
    query = select(func.count()).select_from(VotingFlat).join(Household, Household.id == VotingFlat.household_id)
    other = or_(
        Household.area.is_distinct_from(VotingFlat.area),
        and_(VotingFlat.unsold.is_(False), Household.owner_id.is_distinct_from(VotingFlat.owner_id)),
    )
    return session.scalar(query.where(VotingFlat.meeting_id == meeting_id, other)) or 0


def take(work: Work, meeting_id: uuid.UUID) -> int:
    """Take the flats of the unit's courtyards from the register, with owner and area; the answer is how many.

    Taken again before the vote opens it follows the register; who votes, proxies and unsold flats stay as noted.
    """
    with work.act("votes.roster") as act:
        meeting = meeting_of(act, meeting_id)
        require(meeting, "planned", "called", "open", "recess")
        if is_frozen(act, meeting_id):
            raise RuleBroken(N_("A vote of the owners has been opened: the list of owners stays as it was then."))
        yards = courtyards(act, meeting.unit_id)
        homes = list(act.scalars(select(Household).where(Household.courtyard.in_(yards))))
        if not homes:
            raise RuleBroken(N_("The register has no flats yet: enter them with People, or import a register."))
        homes.sort(key=lambda home: by_door(home.courtyard, home.building, home.entrance, home.room))
        held = {flat.household_id: flat for flat in act.scalars(_of(meeting_id))}
        rows = [_row(meeting_id, number, home, held.get(home.id)) for number, home in enumerate(homes, 1)]
        gone = held.keys() - {home.id for home in homes}
        act.remove(VotingFlat, [held[key].id for key in gone])
        act.write(VotingFlat, rows)
        _enter_owners(act, meeting_id, homes)
    return len(homes)


def _of(meeting_id: uuid.UUID) -> Select[VotingFlat]:
    return select(VotingFlat).where(VotingFlat.meeting_id == meeting_id)


def _row(meeting_id: uuid.UUID, number: int, home: Household, held: VotingFlat | None) -> dict[str, Any]:
    kept = ("voter_id", "proxy", "proxy_on", "guardian", "note")
    return {
        "id": held.id if held is not None else derived_id(meeting_id, "flat", home.id), "meeting_id": meeting_id,
        "household_id": home.id, "number": number, "door": door_of(home.building, home.entrance, home.room),
        "owner_id": home.owner_id, "area": home.area,
        "unsold": held is not None and held.unsold and home.owner_id is None,
        **{name: getattr(held, name) if held is not None else None for name in kept},
    }  # fmt: skip


def door_of(*parts: str | None) -> str:
    """A door as somebody types it: 1号楼 2单元 301 is 1-2-301."""
    return "-".join("".join(_DIGITS.findall(part)) for part in parts if part).lower()


def _enter_owners(act: Act, meeting_id: uuid.UUID, homes: Sequence[Household]) -> None:
    """The meeting's file lists the flats and their owners, and 应到 counts the owners."""
    people = list(dict.fromkeys(home.owner_id for home in homes if home.owner_id is not None))
    listed = [*(("household", home.id) for home in homes), *(("person", key) for key in people)]
    act.write(Mention, [{"id": derived_id(meeting_id, "mention", key), "meeting_id": meeting_id, "what": what,
                         "row_id": key} for what, key in listed])  # fmt: skip
    there = set(act.scalars(select(Attendance.person_id).where(Attendance.meeting_id == meeting_id)))
    last = act.scalar(select(func.max(Attendance.position)).where(Attendance.meeting_id == meeting_id))
    first = 0 if last is None else last + 1
    told = {"meeting_id": meeting_id, "capacity": "voting", "status": "absent", "reason": None, "represents_id": None,
            "proxy_of_id": None, "arrived_at": None, "left_at": None, "away": None, "expected": True,
            "speaks_for": None}  # fmt: skip
    fresh = [key for key in people if key not in there]
    act.write(Attendance, [{"id": derived_id(meeting_id, "attendance", key), "position": first + place,
                            "person_id": key, **told} for place, key in enumerate(fresh)])  # fmt: skip


def page(
    work: Work,
    meeting_id: uuid.UUID,
    *,
    text: str = "",
    only: str | None = None,
    building: str | None = None,
    after: int | None = None,
    limit: int = 50,
) -> Page:
    """A page of the list by doors: `only` is None, unsettled, several, proxy, missing (not delivered) or unreturned."""
    with work.read() as session:
        query = rows_query(meeting_id).order_by(VotingFlat.number)
        if after is not None:
            query = query.where(VotingFlat.number > after)
        if building:
            query = query.where(Household.building == building)
        if only is not None:
            query = query.where(_ONLY[only](meeting_id))
        if text.strip():
            query = query.where(_fits(text.strip()))
        found = list(session.execute(query.limit(limit + 1)))
        rows = _with_delivery(session, meeting_id, [row_of(*row) for row in found[:limit]])
    return Page(tuple(rows), rows[-1].number if len(found) > limit else None)


def rows_query(meeting_id: uuid.UUID) -> Any:
    """Flats of a list with home, owner's name and the name of whoever votes."""
    return (
        select(VotingFlat, Household, Owner.name, Voter.name)
        .join(Household, Household.id == VotingFlat.household_id)
        .outerjoin(Owner, Owner.id == VotingFlat.owner_id)
        .outerjoin(Voter, Voter.id == VotingFlat.voter_id)
        .where(VotingFlat.meeting_id == meeting_id)
    )


def row_of(flat: VotingFlat, home: Household, owner: str | None, voter: str | None) -> FlatRow:
    """A flat as tables show it."""
    return FlatRow(
        flat.id, flat.household_id, flat.number, home_text(home), flat.owner_id, owner or "", flat.area, flat.unsold,
        flat.voter_id, voter or "", flat.proxy or "", flat.proxy_on, flat.guardian or "", flat.note or "",
    )  # fmt: skip


def _with_delivery(session: Session, meeting_id: uuid.UUID, rows: list[FlatRow]) -> list[FlatRow]:
    lines = select(Delivery).where(
        Delivery.meeting_id == meeting_id, Delivery.household_id.in_([row.household_id for row in rows])
    )
    last = {line.household_id: line for line in session.scalars(lines.order_by(Delivery.delivered_on, Delivery.id))}
    told = []
    for row in rows:
        line = last.get(row.household_id)
        more = (
            {}
            if line is None
            else {
                "way": line.way,
                "delivered_on": line.delivered_on,
                "receiver": line.receiver or "",
                "delivery_note": line.note or "",
            }
        )
        told.append(FlatRow(**{**row.__dict__, **more}))
    return told


def _several(meeting_id: uuid.UUID) -> Any:
    heads = select(HEAD).where(VotingFlat.meeting_id == meeting_id).group_by(HEAD).having(func.count() > 1)
    return HEAD.in_(heads.scalar_subquery())


def _unreturned(meeting_id: uuid.UUID) -> Any:
    paper = select(FlatBallot.household_id).join(Vote, Vote.id == FlatBallot.vote_id)
    paper = paper.join(AgendaEntry, AgendaEntry.id == Vote.entry_id)
    return VotingFlat.household_id.not_in(
        paper.where(AgendaEntry.meeting_id == meeting_id, FlatBallot.replaced_at.is_(None))
    )


_ONLY = {
    "unsettled": lambda _key: or_(
        VotingFlat.area.is_(None), and_(VotingFlat.owner_id.is_(None), VotingFlat.unsold.is_(False))
    ),
    "several": _several,
    "proxy": lambda _key: or_(
        VotingFlat.proxy.is_not(None), VotingFlat.guardian.is_not(None), VotingFlat.voter_id.is_not(None)
    ),
    "missing": lambda key: VotingFlat.household_id.not_in(
        select(Delivery.household_id).where(Delivery.meeting_id == key, Delivery.household_id.is_not(None))
    ),
    "unreturned": _unreturned,
}


def _fits(typed: str) -> Any:
    wanted = normalise_query(simplify(typed))
    by_name = [Owner.name.contains(typed, autoescape=True)]
    if wanted:
        by_name.append(Owner.search_key.contains(f" {wanted}", autoescape=True))
    return or_(door_fits(typed), *by_name)


def door_fits(typed: str) -> Any:
    """Doors that fit what was typed: 1-2-301, 1-301 (any entrance) or 301 (any building)."""
    parts = [part.lower() for part in _DIGITS.findall(typed)]
    if not parts:
        return VotingFlat.door == ""
    if len(parts) == 1:
        return or_(VotingFlat.door == parts[0], VotingFlat.door.endswith(f"-{parts[0]}", autoescape=True))
    if len(parts) == 2:
        inside = and_(
            VotingFlat.door.startswith(f"{parts[0]}-", autoescape=True),
            VotingFlat.door.endswith(f"-{parts[1]}", autoescape=True),
        )
        return or_(VotingFlat.door == "-".join(parts), inside)
    return VotingFlat.door == "-".join(parts)


def find(work: Work, meeting_id: uuid.UUID, typed: str, *, limit: int = 8) -> list[FlatRow]:
    """The flats meant by what a clerk types: a ballot number (also from a scanner) first, then doors, then owners."""
    number = _NUMBER.fullmatch(typed.strip())
    with work.read() as session:
        found: list[Any] = []
        if number is not None:
            found = list(session.execute(rows_query(meeting_id).where(VotingFlat.number == int(number[1]))))
        if _DOOR.fullmatch(typed.strip()):
            by_doors = rows_query(meeting_id).where(door_fits(typed)).order_by(VotingFlat.number)
            found += session.execute(by_doors.limit(limit))
        if not found and typed.strip():
            query = rows_query(meeting_id).where(_fits(typed.strip())).order_by(VotingFlat.number)
            found = list(session.execute(query.limit(limit)))
        rows = {row.id: row for row in (row_of(*one) for one in found)}
        return list(rows.values())[:limit]

"""Duties of a unit in a year: a matrix of duty × period with the meetings behind each mark."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from deliberation_app.domain import calendar
from deliberation_app.domain import duties as law
from deliberation_app.domain.duties import Duty, DutyState, DutyStatus
from deliberation_app.errors import N_, AppError, NotFound, RuleBroken
from deliberation_app.services.gates import has_committee
from deliberation_app.services.home_meetings import HeldMeeting, held_meetings
from deliberation_app.services.work import Work
from deliberation_app.storage.people import Membership, Person, Unit

__all__ = ["DutyCell", "DutyRow", "DutyYear", "HeldMeeting", "explain", "note_talks", "set_committee", "set_groups",
           "set_since", "set_times", "standing", "year"]  # fmt: skip

GROUPED, TALKS, COMMITTEE = "party_group", "heart_to_heart_talk", "branch_committee"
# A hint of composition, not a line of law: from seven full members on a branch elects a committee.
COMMITTEE_FROM = 7
MOST_TIMES = 31
_URGENT: Mapping[DutyStatus, int] = {"missing": 0, "partial": 1, "due": 2}


@dataclass(frozen=True, kw_only=True)
class DutyCell:
    """One duty in one period, the meetings behind it and what is said of it."""

    duty_id: str
    start: date  # from when it is generally held; the period may begin earlier
    end: date
    status: DutyStatus
    needed: int
    meetings: tuple[HeldMeeting, ...]
    missing_groups: tuple[str, ...]
    words: AppError
    reason: str  # 说明原因
    month_from: int
    month_to: int


@dataclass(frozen=True, kw_only=True)
class DutyRow:
    """One duty of the unit through the year."""

    duty: Duty
    title: str
    name: AppError
    times: int
    groups: tuple[str, ...]
    note: AppError | None
    cells: tuple[DutyCell, ...]


@dataclass(frozen=True, kw_only=True)
class DutyYear:
    """The whole page: rows in the order of the table, and the sums above them."""

    unit_id: uuid.UUID
    year: int
    today: date
    rows: tuple[DutyRow, ...]
    held: int
    missing: int
    partial: int
    ahead: int
    next: DutyCell | None  # the one to see to first
    unnamed: tuple[HeldMeeting, ...]  # group meetings whose title names none of the groups


def year(work: Work, unit_id: uuid.UUID, year: int, today: date | None = None) -> DutyYear:
    """The duties of a unit in a year, as they stand today."""
    now = today or calendar.day_of(work.clock())
    with work.read() as session:
        unit = session.get(Unit, unit_id)
        if unit is None:
            raise NotFound(N_("This unit is not here; choose another one."))
        held = held_meetings(session, unit_id, year, until=now)
        committee = _committee(session, unit, held, date(year, 12, 31))
    return _matrix(unit, held, now, year, committee=committee)


def _committee(session: Session, unit: Unit, held: Sequence[HeldMeeting], day: date) -> bool:
    """Whether the branch has a committee: as set, else because it met, by its members' roles, or by its size."""
    told = (unit.settings or {}).get("has_committee")
    if told is not None:
        return bool(told)
    if any(one.kind == COMMITTEE for one in held) or has_committee(session, unit.id, day):
        return True
    query = select(func.count(Person.id.distinct())).join(Membership, Membership.person_id == Person.id)
    members = session.scalar(query.where(Membership.unit_id == unit.id, Person.party == "full")) or 0
    # A register without any members says nothing: better a reminder too many.
    return members == 0 or members >= COMMITTEE_FROM


def standing(session: Session, unit: Unit, year: int, now: date) -> list[DutyState]:
    """Every duty of the unit in every period of the year, for lists that need no meetings behind the marks."""
    held = held_meetings(session, unit.id, year, until=now)
    return _states(unit, held, now, year, committee=_committee(session, unit, held, date(year, 12, 31)))


def _states(unit: Unit, held: Sequence[HeldMeeting], now: date, year: int, *, committee: bool) -> list[DutyState]:
    settings = unit.settings or {}
    since = date.fromisoformat(settings["record_since"]) if settings.get("record_since") else None
    duties = [duty for duty in law.DUTIES.values() if duty.kind != COMMITTEE or committee]
    counting = list(_counting(held, _groups(settings)))
    pairs = [(one.kind, one.day) for one in counting] + _talked(settings, year)
    pairs += [(one.called_as, one.day) for one in counting if one.called_as]
    return law.due(duties, unit.kind, pairs, now, year=year, since=since, times=_times(settings))


def _groups(settings: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(settings.get("groups") or ())


def _times(settings: Mapping[str, Any]) -> dict[str, int]:
    """How often, where the unit differs from the table: each group meets, or so often as was set."""
    groups = _groups(settings)
    return {**(settings.get("duty_times") or {}), **({GROUPED: len(groups)} if groups else {})}


def _matrix(unit: Unit, held: Sequence[HeldMeeting], now: date, year: int, *, committee: bool) -> DutyYear:
    settings = unit.settings or {}
    groups, times = _groups(settings), _times(settings)
    states = _states(unit, held, now, year, committee=committee)
    rows = []
    for duty in dict.fromkeys(state.duty for state in states):
        own = groups if duty.kind == GROUPED else ()
        cells = tuple(_cell(state, held, own, settings, year) for state in states if state.duty is duty)
        note = AppError(duty.note) if duty.note else None
        needed = times.get(duty.id, duty.times)
        rows.append(DutyRow(duty=duty, title=duty.title, name=AppError(duty.name), times=needed, groups=own, note=note,
                            cells=cells))  # fmt: skip
    return _summed(unit.id, year, now, tuple(rows), _unnamed(held, groups))


def _unnamed(held: Sequence[HeldMeeting], groups: Sequence[str]) -> tuple[HeldMeeting, ...]:
    mine = (one for one in held if groups and one.kind == GROUPED)
    return tuple(one for one in mine if not any(group in one.title for group in groups))


def _counting(held: Sequence[HeldMeeting], groups: Sequence[str]) -> list[HeldMeeting]:
    """The meetings that fulfil a duty; of each group one a month, so that one group never meets for another."""
    if not groups:
        return list(held)
    others = [one for one in held if one.kind != GROUPED]
    first: dict[tuple[str, int], HeldMeeting] = {}
    for one in held:
        for group in groups:
            if one.kind == GROUPED and group in one.title:
                first.setdefault((group, one.day.month), one)
    return [*others, *first.values()]


def _talked(settings: Mapping[str, Any], year: int) -> list[tuple[str, date]]:
    """谈心谈话 are no meetings: the duty of the year is fulfilled when everybody was talked with."""
    told = (settings.get("talks") or {}).get(str(year))
    return [(TALKS, date(year, 1, 1))] if told and told["due"] and told["talked"] >= told["due"] else []


def _cell(
    state: DutyState, held: Sequence[HeldMeeting], groups: Sequence[str], settings: Mapping[str, Any], year: int
) -> DutyCell:
    begins = next(start for start, end in law.periods(state.duty.per, year) if end == state.end)
    mine = tuple(one for one in held if one.fulfils(state.duty.kind) and begins <= one.day <= state.end)
    absent = tuple(group for group in groups if not any(group in one.title for one in mine))
    talks = (settings.get("talks") or {}).get(str(year)) if state.duty.kind == TALKS else None
    reasons = settings.get("duty_reasons") or {}
    shown = begins if mine and mine[0].day < state.start else state.start
    return DutyCell(
        duty_id=state.duty.id, start=state.start, end=state.end, status=state.status, needed=state.needed,
        meetings=mine, missing_groups=absent, words=_talk_words(talks) if talks else _words(state, mine),
        reason=reasons.get(_key(state.duty.id, begins), ""), month_from=shown.month, month_to=state.end.month,
    )  # fmt: skip


def _talk_words(talks: Mapping[str, int]) -> AppError:
    return AppError(N_("Talked with {talked}, {left} to go"), talked=talks["talked"],
                    left=max(0, talks["due"] - talks["talked"]))  # fmt: skip


def _words(state: DutyState, mine: Sequence[HeldMeeting]) -> AppError:
    if state.needed > 1 and state.status in ("held", "partial"):
        return AppError(N_("{held} of {needed}"), held=len(state.held), needed=state.needed)
    if state.status == "held" and mine:
        return AppError(N_("{month}/{day}"), month=mine[0].day.month, day=mine[0].day.day)
    if state.status == "due":
        return AppError(N_("by {month}/{day}"), month=state.end.month, day=state.end.day)
    return AppError(_STATUS[state.status])


_STATUS: Mapping[DutyStatus, str] = {
    "held": N_("Held"), "partial": N_("Not complete"), "missing": N_("Missing"), "due": N_("Due"),
    "to_come": N_("To come"), "before": N_("Not asked for yet"),
}  # fmt: skip


def _summed(
    unit_id: uuid.UUID, year: int, now: date, rows: tuple[DutyRow, ...], unnamed: tuple[HeldMeeting, ...]
) -> DutyYear:
    cells = [cell for row in rows for cell in row.cells]
    count = {status: sum(cell.status == status for cell in cells) for status in _STATUS}
    # What can still be held comes before what was missed.
    waiting = [cell for cell in cells if cell.status in _URGENT and not cell.reason]
    waiting.sort(key=lambda cell: (cell.end < now, _URGENT[cell.status], cell.end))
    return DutyYear(
        unit_id=unit_id, year=year, today=now, rows=rows, held=sum(len(cell.meetings) for cell in cells),
        missing=count["missing"], partial=count["partial"], ahead=count["due"] + count["to_come"],
        next=waiting[0] if waiting else None, unnamed=unnamed,
    )  # fmt: skip


def _key(duty_id: str, start: date) -> str:
    return f"{duty_id}:{start.isoformat()}"


def explain(work: Work, unit_id: uuid.UUID, duty_id: str, start: date, reason: str) -> None:
    """Say why a duty was not fulfilled in the period of a day (说明原因); an empty reason takes it back."""
    if duty_id not in law.DUTIES:
        raise RuleBroken(N_("There is no duty “{duty}”."), duty=duty_id)
    spans = law.periods(law.DUTIES[duty_id].per, start.year)
    begins = next(first for first, last in spans if first <= start <= last)
    with work.act("settings.edit") as act:
        unit = _unit(act, unit_id)
        reasons = dict((unit.settings or {}).get("duty_reasons") or {})
        reasons.pop(_key(duty_id, begins), None)
        if reason.strip():
            reasons[_key(duty_id, begins)] = reason.strip()
        unit.settings = {**(unit.settings or {}), "duty_reasons": reasons}


def set_groups(work: Work, unit_id: uuid.UUID, groups: Sequence[str]) -> None:
    """Name the Party groups; a group meeting belongs to the group whose name stands in its title."""
    names = [group.strip() for group in groups]
    if "" in names or len(set(names)) < len(names):
        raise RuleBroken(N_("Each group needs a name of its own. Nothing was changed."))
    if any(one in other for one in names for other in names if one != other):
        raise RuleBroken(N_("The name of one group is part of another's, so titles could not be told apart. "
                            "Nothing was changed."))  # fmt: skip
    with work.act("settings.edit") as act:
        unit = _unit(act, unit_id)
        unit.settings = {**(unit.settings or {}), "groups": names}


def set_committee(work: Work, unit_id: uuid.UUID, has: bool | None) -> None:
    """Say whether the branch has a committee; None leaves it to the memberships."""
    with work.act("settings.edit") as act:
        unit = _unit(act, unit_id)
        unit.settings = {**(unit.settings or {}), "has_committee": has}


def set_since(work: Work, unit_id: uuid.UUID, day: date | None) -> None:
    """From which day on this unit keeps its record here: what ended before is not shown as missing."""
    with work.act("settings.edit") as act:
        unit = _unit(act, unit_id)
        unit.settings = {**(unit.settings or {}), "record_since": day.isoformat() if day else None}


def set_times(work: Work, unit_id: uuid.UUID, duty_id: str, times: int | None) -> None:
    """Say how often a duty is held in each of its periods, where the text leaves that open; None takes it back."""
    duty = law.DUTIES.get(duty_id)
    if duty is None:
        raise RuleBroken(N_("There is no duty “{duty}”."), duty=duty_id)
    if not duty.verify:
        raise RuleBroken(N_("{clause} names this number itself. Nothing was changed."), clause=duty.clause)
    if times is not None and not 1 <= times <= MOST_TIMES:
        raise RuleBroken(N_("A number from 1 to {most}. Nothing was changed."), most=MOST_TIMES)
    with work.act("settings.edit") as act:
        unit = _unit(act, unit_id)
        kept = dict((unit.settings or {}).get("duty_times") or {})
        kept.pop(duty_id, None)
        if times is not None and times != duty.times:
            kept[duty_id] = times
        unit.settings = {**(unit.settings or {}), "duty_times": kept}


def note_talks(work: Work, unit_id: uuid.UUID, year: int, talked: int, due: int) -> None:
    """谈心谈话: with how many somebody has talked this year, of how many."""
    if not 0 <= talked <= due:
        raise RuleBroken(N_("{talked} of {due}: nobody can have been talked with who is not due. Nothing was changed."),
                         talked=talked, due=due)  # fmt: skip
    with work.act("settings.edit") as act:
        unit = _unit(act, unit_id)
        talks = {**((unit.settings or {}).get("talks") or {}), str(year): {"talked": talked, "due": due}}
        unit.settings = {**(unit.settings or {}), "talks": talks}


def _unit(session: Session, unit_id: uuid.UUID) -> Unit:
    unit = session.get(Unit, unit_id)
    if unit is None:
        raise NotFound(N_("This unit is not here; choose another one."))
    return unit

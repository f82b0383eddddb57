"""Who has the floor, and the clock: given, paused, extended, ended."""

from __future__ import annotations

import uuid
from datetime import timedelta

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from deliberation_app.domain.speaking import TURN_SECONDS, USUAL_SECONDS
from deliberation_app.errors import N_, RuleBroken
from deliberation_app.services import floor_turns
from deliberation_app.services.act import Act
from deliberation_app.services.meetings import find, mention, require
from deliberation_app.services.moments import by_clock
from deliberation_app.services.work import Work
from deliberation_app.storage.base import derived_id
from deliberation_app.storage.floor import Attendance, FloorState
from deliberation_app.storage.meetings import Meeting
from deliberation_app.storage.people import Person
from deliberation_app.storage.statements import Prepared, wire_of

_MEETING, _STATE = Meeting.__table__.c, FloorState.__table__.c
# Made once: to make a query takes longer than to ask it.
_LAST_CHOSEN = Prepared(
    select(_STATE.turn_seconds)
    .join_from(FloorState.__table__, Meeting.__table__, _MEETING.id == _STATE.id)
    .where(
        _MEETING.unit_id == bindparam("unit"), _MEETING["kind"] == bindparam("kind"), _MEETING.id != bindparam("own"),
        _STATE.turn_seconds.is_not(None),
    )
    .order_by(_MEETING.starts_at.desc(), _MEETING.id)
    .limit(1)
)  # fmt: skip


def usual_seconds(session: Session, meeting: Meeting) -> int:
    """Seconds of a turn where nothing was chosen for this meeting: as last chosen by this unit for this kind."""
    asked = {"unit": meeting.unit_id, "kind": meeting.kind, "own": meeting.id}
    last: int | None = _LAST_CHOSEN.value(wire_of(session), asked)
    return USUAL_SECONDS if last is None else last


def turn_seconds(session: Session, meeting: Meeting, state: FloorState | None) -> int:
    """Seconds of the turns to come in this meeting, 0 without end."""
    if state is not None and state.turn_seconds is not None:
        return state.turn_seconds
    return usual_seconds(session, meeting)


def choose_seconds(work: Work, meeting_id: uuid.UUID, seconds: int) -> None:
    """From the next turn on everybody has so many seconds, 0 without end; so has the unit's next such meeting."""
    if seconds not in TURN_SECONDS:
        raise ValueError(seconds)
    with work.act("floor.turn_time") as act:
        require(find(act, meeting_id), "open")
        act.get_one(FloorState, meeting_id).turn_seconds = seconds


def give(
    work: Work, meeting_id: uuid.UUID, person_id: uuid.UUID | None = None, *, seconds: int | None = None
) -> uuid.UUID:
    """Give the floor to a person, or to the next in the queue, and start the clock; 0 seconds: without end."""
    with work.act("floor.give") as act:
        meeting = find(act, meeting_id)
        require(meeting, "open")
        if person_id is None:
            waiting = floor_turns.order(act, meeting)
            if not waiting:
                raise RuleBroken(N_("Nobody is in the queue."))
            person_id = waiting[0]
        _refuse_absent(act, meeting_id, person_id)
        floor_turns.drop_request(act, meeting_id, person_id)
        mention(act, meeting_id, "person", [person_id])
        floor_turns.end_turn(act, meeting_id)
        state = act.get_one(FloorState, meeting_id)
        allotted = turn_seconds(act, meeting, state) if seconds is None else seconds
        state.speaker_id, state.began_at = person_id, act.now
        state.ends_at, state.paused_seconds = by_clock(act) + timedelta(seconds=allotted), None
        state.allotted_seconds = allotted
    return person_id


def _refuse_absent(act: Act, meeting_id: uuid.UUID, person_id: uuid.UUID) -> None:
    """Who stands on the roll and is not there does not get the floor; a stranger at the floor is there."""
    row = act.get(Attendance, derived_id(meeting_id, "attendance", person_id))
    if row is not None and not floor_turns.is_there(row):
        raise RuleBroken(
            N_("{name} is not in the room: sign the person in first, or give the floor to somebody else. Nothing was "
               "changed."), name=act.get_one(Person, person_id).name,
        )  # fmt: skip


def pause(work: Work, meeting_id: uuid.UUID) -> None:
    """Stop the speaker's clock, or let it go on."""
    with work.act("floor.pause") as act:
        state = _speaking(act, meeting_id)
        if state.ends_at is not None:
            state.paused_seconds = floor_turns.left_seconds(state, by_clock(act))
            state.ends_at = None
        else:
            state.ends_at = by_clock(act) + timedelta(seconds=state.paused_seconds or 0)
            state.paused_seconds = None


def extend(work: Work, meeting_id: uuid.UUID, seconds: int = 30) -> None:
    """Give the speaker more time from now on, or from the end of the time that is left."""
    with work.act("floor.extend") as act:
        state = _speaking(act, meeting_id)
        if not state.allotted_seconds:
            raise RuleBroken(N_("This turn has no end; there is nothing to extend."))
        now = by_clock(act)
        left = floor_turns.left_seconds(state, now)
        longest = now + timedelta(seconds=state.allotted_seconds)
        # What was spoken over time belongs to the time used.
        state.allotted_seconds += seconds + max(0, -left)
        if state.ends_at is not None:
            state.ends_at = max(min(state.ends_at, longest), now) + timedelta(seconds=seconds)
        else:
            state.paused_seconds = max(left, 0) + seconds


def stop(work: Work, meeting_id: uuid.UUID) -> None:
    """The speaker has finished."""
    with work.act("floor.stop") as act:
        _speaking(act, meeting_id)
        find(act, meeting_id)
        floor_turns.end_turn(act, meeting_id)


def _speaking(act: Act, meeting_id: uuid.UUID) -> FloorState:
    state = act.get(FloorState, meeting_id)
    if state is None or state.speaker_id is None:
        raise RuleBroken(N_("Nobody has the floor."))
    return state

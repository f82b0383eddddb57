"""What the chair lets the room see instead of the moment: nothing, what stood there before, or a few words."""

from __future__ import annotations

import uuid
from typing import Any

from deliberation_app.errors import N_, RuleBroken
from deliberation_app.services import votes_announced
from deliberation_app.services.act import Act
from deliberation_app.services.meetings import find
from deliberation_app.services.work import Work
from deliberation_app.storage.floor import FloorState

LONGEST = 120


def blank(work: Work, meeting_id: uuid.UUID) -> None:
    """The room sees an empty screen."""
    _show(work, meeting_id, {"mode": "blank"})


def freeze(work: Work, meeting_id: uuid.UUID) -> None:
    """The room goes on seeing what it sees now, whatever is done in the console."""
    _show(work, meeting_id, {"mode": "frozen"})


def message(work: Work, meeting_id: uuid.UUID, text: str) -> None:
    """The room reads these words."""
    said = " ".join(text.split())
    if not said:
        raise RuleBroken(N_("Type what the room is to read, then show it."))
    if len(said) > LONGEST:
        raise RuleBroken(N_("At most {count} characters can be read from the back of the room."), count=LONGEST)
    _show(work, meeting_id, {"mode": "message", "text": said})


def follow(work: Work, meeting_id: uuid.UUID) -> None:
    """The room sees the meeting again."""
    _show(work, meeting_id, None)


def _show(work: Work, meeting_id: uuid.UUID, what: dict[str, Any] | None) -> None:
    with work.act("floor.screen") as act:
        find(act, meeting_id)
        state = _state(act, meeting_id)
        if what is not None:
            what["at"] = act.now.isoformat()
            if state.entry_id is not None:
                what["entry"] = str(state.entry_id)
        state.room = {**votes_announced.kept(state.room), **(what or {})} or None


def _state(act: Act, meeting_id: uuid.UUID) -> FloorState:
    state: FloorState | None = act.get(FloorState, meeting_id)
    if state is None:  # the meeting is not open yet
        state = FloorState(id=meeting_id)
        act.add(state)
    return state

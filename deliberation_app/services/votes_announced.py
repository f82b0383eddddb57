"""Which result the room may see: the one announced last; one that is counted again waits until it is announced anew."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from deliberation_app.services.board_picture import Announced
from deliberation_app.storage.floor import FloorState

_NAMES = ("result", "again")


def announce(state: FloorState, vote_id: uuid.UUID, now: datetime) -> None:
    """The room may see this result."""
    state.room = {**_screen(state.room), "result": {"vote": str(vote_id), "at": now.isoformat()}}


def count_again(state: FloorState, vote_id: uuid.UUID) -> None:
    """An announced vote is open again: what came out now is seen when it is announced."""
    state.room = {**(state.room or {}), "again": str(vote_id)}


def is_again(state: FloorState, vote_id: uuid.UUID) -> bool:
    """Whether this vote was announced before and is open because it was counted again."""
    return (state.room or {}).get("again") == str(vote_id)


def kept(told: Mapping[str, Any] | None) -> dict[str, Any]:
    """What is told of results, whatever else the room is shown."""
    return {name: told[name] for name in _NAMES if told and name in told}


def read(told: Mapping[str, Any] | None) -> Announced | None:
    """The result that the room may see, None before anything was announced."""
    result = (told or {}).get("result")
    return Announced(uuid.UUID(result["vote"]), datetime.fromisoformat(result["at"])) if result else None


def _screen(told: Mapping[str, Any] | None) -> dict[str, Any]:
    return {name: value for name, value in (told or {}).items() if name not in _NAMES}

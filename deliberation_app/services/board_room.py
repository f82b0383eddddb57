"""What the chair lets the room see instead of the moment."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from deliberation_app.services.board_order import steady
from deliberation_app.services.board_picture import Screen

_NOTHING = Screen()


def screen(told: dict[str, Any] | None, before: Screen = _NOTHING) -> Screen:
    """The screen as it is told in the state of the meeting; the one before where it is the same."""
    if not told:
        return _NOTHING
    since = datetime.fromisoformat(told["at"]) if "at" in told else None
    entry = uuid.UUID(told["entry"]) if "entry" in told else None
    return steady(before, Screen(str(told.get("mode", "")), str(told.get("text", "")), since, entry))

"""What is asked for when a paper is wanted: which one, about what, and in which copy."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass, fields
from typing import Any

from deliberation_app.errors import N_, AppError

_PERIOD = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One question for a paper; `empty` asks for the form without any entry, to be filled in by hand.

    Without `item` and `vote` a paper about such is asked for all of the meeting. `period` is YYYY-MM.
    """

    paper: str
    meeting: uuid.UUID | None = None
    item: uuid.UUID | None = None
    vote: uuid.UUID | None = None
    unit: uuid.UUID | None = None
    person: uuid.UUID | None = None
    period: str = ""
    posted: bool = False
    empty: bool = False

    def __post_init__(self) -> None:
        if self.period and not _PERIOD.fullmatch(self.period):
            raise AppError(N_("“{period}” is no month. Write it as 2026-10."), period=self.period)

    def told(self) -> dict[str, Any]:
        """The question as plain values that a database keeps."""
        given = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: str(value) if isinstance(value, uuid.UUID) else value for name, value in given.items() if value}

    @classmethod
    def of(cls, told: dict[str, Any]) -> Asked:
        """The question that `told` keeps."""
        ids = ("meeting", "item", "vote", "unit", "person")
        known: dict[str, Any] = {name: uuid.UUID(value) if name in ids else value for name, value in told.items()}
        return cls(**known)

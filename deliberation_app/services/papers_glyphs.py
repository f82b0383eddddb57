"""Who bears a character that no font has: the sentence says where it stands, this whose name is to be corrected."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from sqlalchemy import select

from deliberation_app.errors import AppError
from deliberation_app.services.work import Work
from deliberation_app.storage.people import Person

_MOST = 20


@dataclass(frozen=True)
class Bearer:
    """A person of the register whose name has the character."""

    id: uuid.UUID
    name: str


def character_of(error: AppError) -> str:
    """The character that could not be printed, empty where the error is about something else."""
    found = error.values.get("character")
    return str(found) if found is not None and "code" in error.values else ""


def bearer(work: Work, error: AppError) -> Bearer | None:
    """Whose name has the character; among several, the one whose name stands in the passage."""
    character, passage = character_of(error), str(error.values.get("text", ""))
    if not character:
        return None
    query = select(Person.id, Person.name).where(Person.name.contains(character, autoescape=True))
    with work.read() as session:
        found = [Bearer(key, name) for key, name in session.execute(query.order_by(Person.sort_key).limit(_MOST))]
    return next((one for one in found if one.name in passage), found[0] if found else None)

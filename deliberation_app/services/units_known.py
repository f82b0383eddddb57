"""The units that are known; read at every start, so without the dictionaries that writing a name needs."""

from __future__ import annotations

import uuid

from sqlalchemy import select

from deliberation_app.errors import N_, NotFound
from deliberation_app.services.work import Work
from deliberation_app.storage.people import Unit


def all_units(work: Work) -> list[Unit]:
    """Every unit that is known, by name."""
    with work.read() as session:
        return list(session.scalars(select(Unit).order_by(Unit.name, Unit.id)))


def unit(work: Work, unit_id: uuid.UUID) -> Unit:
    """One unit; NotFound where there is none."""
    with work.read() as session:
        found = session.get(Unit, unit_id)
    if found is None:
        raise NotFound(N_("This unit is not here; choose another one."))
    return found

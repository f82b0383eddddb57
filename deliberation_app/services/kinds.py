"""Kinds of meeting of a unit: those of the law, and those that it has added for itself."""

from __future__ import annotations

import uuid
from dataclasses import replace

from sqlalchemy.orm import Session

from deliberation_app.domain.meetings import KINDS, Kind
from deliberation_app.domain.meetings_more import MORE_KINDS
from deliberation_app.domain.meetings_own import OWN, OwnKind, copy_of, kind_in, kinds_of, own_kind_faults, own_kinds
from deliberation_app.errors import N_, NotFound, RuleBroken
from deliberation_app.services.work import Work
from deliberation_app.storage.base import new_id
from deliberation_app.storage.meetings import Meeting
from deliberation_app.storage.people import Unit

__all__ = ["OwnKind", "copy_of", "find_kind", "kind_of", "kinds", "own", "remove", "save"]


def kinds(work: Work, unit_id: uuid.UUID) -> tuple[Kind, ...]:
    """Every kind of meeting that the unit can call, its own ones last."""
    with work.read() as session:
        unit = _unit(session, unit_id)
        return kinds_of(unit.settings, unit.kind)


def own(work: Work, unit_id: uuid.UUID) -> tuple[OwnKind, ...]:
    """The kinds that the unit has added."""
    with work.read() as session:
        return own_kinds(_unit(session, unit_id).settings)


def find_kind(session: Session, unit_id: uuid.UUID, kind: str) -> Kind:
    """A kind by its id, of the law or the unit's own; refused with a sentence where there is none."""
    unit = session.get(Unit, unit_id)
    try:
        return kind_in(unit.settings if unit is not None else None, kind)
    except KeyError:
        raise RuleBroken(N_("There is no kind of meeting “{kind}”."), kind=kind) from None


def kind_of(session: Session, meeting: Meeting) -> Kind:
    """The kind of a meeting; an own kind that was removed since is the one it was copied from."""
    own_id = str((meeting.prepared or {}).get("own_kind") or "")
    if own_id in MORE_KINDS:
        return MORE_KINDS[own_id]
    unit = session.get(Unit, meeting.unit_id) if own_id else None
    held = [entry for entry in own_kinds(unit.settings if unit is not None else None) if entry.id == own_id]
    return held[0].kind() if held else KINDS[meeting.kind]


def save(work: Work, unit_id: uuid.UUID, kind: OwnKind) -> str:
    """Add an own kind or change it; refused with everything that is wrong. The answer is its id."""
    with work.act("settings.edit") as act:
        unit = _unit(act, unit_id)
        others = [entry for entry in own_kinds(unit.settings) if entry.id != kind.id]
        faults = own_kind_faults(kind, unit.kind, [entry.title for entry in others])
        if faults:
            raise RuleBroken(N_("This kind of meeting cannot be kept like this. Nothing was changed."), reasons=faults)
        kept = replace(kind, id=kind.id or f"{OWN}{new_id()}", title=kind.title.strip())
        told = list((unit.settings or {}).get("kinds") or ())
        places = [place for place, entry in enumerate(told) if entry["id"] == kept.id]
        if places:
            told[places[0]] = kept.told()
        else:
            told.append(kept.told())
        unit.settings = {**(unit.settings or {}), "kinds": told}
    return kept.id


def remove(work: Work, unit_id: uuid.UUID, kind_id: str) -> None:
    """Take an own kind away; meetings that were called stay what they are."""
    with work.act("settings.edit") as act:
        unit = _unit(act, unit_id)
        told = (unit.settings or {}).get("kinds") or ()
        unit.settings = {**(unit.settings or {}), "kinds": [entry for entry in told if entry["id"] != kind_id]}


def _unit(session: Session, unit_id: uuid.UUID) -> Unit:
    unit = session.get(Unit, unit_id)
    if unit is None:
        raise NotFound(N_("This unit is not here; choose another one."))
    return unit

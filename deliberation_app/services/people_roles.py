"""Roles that somebody holds in a unit, and their terms: begun, corrected and ended with a day."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from datetime import date

from sqlalchemy import select

from deliberation_app.domain import calendar
from deliberation_app.domain.meetings import ROLES
from deliberation_app.errors import N_, AppError, RuleBroken
from deliberation_app.services.act import Act
from deliberation_app.services.gates import require_post
from deliberation_app.storage.people import Membership

Term = tuple[date | None, date | None]  # from and until
# Roles, or roles with the term of each.
Roles = Collection[str] | Mapping[str, Term]
EXPIRES_SOON_DAYS = 90


def join(act: Act, unit_id: uuid.UUID, person_id: uuid.UUID, roles: Roles, from_on: date | None = None) -> None:
    """Begin the roles that are not held yet, and set the terms that are told."""
    today = calendar.day_of(act.now)
    held = {row.role: row for row in _running(act, unit_id, person_id, today)}
    for role in dict.fromkeys(roles):
        if role not in ROLES:
            raise RuleBroken(N_("Choose the role from the list. Nothing was changed."))
        if role not in held:
            held[role] = Membership(person_id=person_id, unit_id=unit_id, role=role, from_on=from_on or today)
            act.add(held[role])
        if isinstance(roles, Mapping):
            begins, ends = roles[role]
            begins = begins or held[role].from_on
            if ends is not None and begins is not None and ends < begins:
                raise RuleBroken(N_("The term ends before it begins: check the dates. Nothing was changed."))
            held[role].from_on, held[role].to_on = begins, ends


def hold(act: Act, person_id: uuid.UUID, unit_id: uuid.UUID, roles: Roles) -> None:
    """Begin what is new and end what is no longer held, today."""
    today = calendar.day_of(act.now)
    require_post(list(roles), today)
    for membership in _running(act, unit_id, person_id, today):
        if membership.role not in roles:
            membership.to_on = today
    join(act, unit_id, person_id, roles)


def running(row: Membership, today: date) -> bool:
    """Whether a role is held now: without an end, or with one that is still to come."""
    return row.to_on is None or row.to_on > today


def term_words(ends: date | None, today: date) -> AppError | None:
    """What is to be said of a term that is over or soon will be."""
    if ends is None or (ends - today).days > EXPIRES_SOON_DAYS:
        return None
    if ends < today:
        return AppError(N_("The term was over on {day}"), day=ends)
    return AppError(N_("The term ends in {days} days"), days=(ends - today).days)


def _running(act: Act, unit_id: uuid.UUID, person_id: uuid.UUID, today: date) -> list[Membership]:
    query = select(Membership).where(
        Membership.unit_id == unit_id, Membership.person_id == person_id,
        Membership.to_on.is_(None) | (Membership.to_on > today),
    )  # fmt: skip
    return list(act.scalars(query.order_by(Membership.id)))

"""Two heads of a building (楼长) that a list would leave: said at the row before the list is taken in (flows.md F8)."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from deliberation_app.domain.register_plan import Known, Plan, Step
from deliberation_app.errors import N_, AppError
from deliberation_app.services.people_heads import Building, building_key, headed, heads

_HEAD = "楼长"


@dataclass(frozen=True)
class _Claim:
    """Somebody who is head of a building once the list is taken in; `row` is None where the list does not name them."""

    who: object
    name: str
    yard: str
    building: str
    row: int | None = None


def second_heads(session: Session, unit_id: uuid.UUID, plan: Plan, known: Known) -> Mapping[int, AppError]:
    """For each row that names a second head of a building, what to look at; the list is taken in all the same."""
    named = [step for step in plan.steps if step.verdict != "left" and _HEAD in (_post(step) or "")]
    if not named:
        return {}
    listed = {step.person.id for step in plan.steps if step.person is not None and step.line.post is not None}
    listed |= {step.person.id for step in named if step.person is not None}
    before = [
        _Claim(head.person_id, head.name, *building)
        for building, some in heads(session, unit_id).items() for head in some if head.person_id not in listed
    ]  # fmt: skip
    claims = [*before, *(claim for step in named for claim in _claims(step, known))]
    by_building: dict[object, list[_Claim]] = {}
    for claim in claims:
        by_building.setdefault(building_key(claim.building), []).append(claim)
    found: dict[int, AppError] = {}
    for some in by_building.values():
        for claim in some:
            other = next((one for one in some if _against(one, claim)), None)
            if claim.row is not None and other is not None:
                found[claim.row] = _remark(claim, other)
    return found


def _post(step: Step) -> str | None:
    return step.line.post or (step.person.post if step.person is not None else None)


def _claims(step: Step, known: Known) -> list[_Claim]:
    home = step.line.door
    if home is None and step.person is not None and step.person.household_id in known.by_id:
        home = known.by_id[step.person.household_id].door
    who: object = step.person.id if step.person is not None else step.same_as or step.line.row
    places: list[Building] = headed(_post(step) or "", home.courtyard if home else "", home.building if home else "")
    return [_Claim(who, step.line.name, yard, building, step.line.row) for yard, building in places]


def _against(one: _Claim, claim: _Claim) -> bool:
    return one.who != claim.who and (one.yard == claim.yard or not one.yard or not claim.yard)


def _remark(claim: _Claim, other: _Claim) -> AppError:
    if other.row is not None:
        return AppError(N_("{name} in row {row} is head of {building} too, and a building has one; name the right one "
                           "afterwards under “What buildings lack”"),
                        name=other.name, row=other.row, building=claim.building)  # fmt: skip
    return AppError(N_("{name} is head of {building} in the register, and a building has one; name the right one "
                       "afterwards under “What buildings lack”"), name=other.name, building=claim.building)  # fmt: skip

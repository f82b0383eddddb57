"""Units: founded with their chair, renamed, never without a name."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
from sqlalchemy import select

from deliberation_app.errors import NotFound, RuleBroken
from deliberation_app.services import people, units
from deliberation_app.services.work import Work
from deliberation_app.storage.accounts import AuditLine


def test_a_branch_is_founded_with_its_secretary(work: Work) -> None:
    unit_id = units.set_up(
        work, name=" 试例院党支部 ", kind="branch", parents=("试例街道", " "), chair_name="欧阳 试例"
    )
    unit = units.unit(work, unit_id)
    assert (unit.name, unit.kind, unit.parents) == ("试例院党支部", "branch", ["试例街道"])
    view = people.person(work, unit.chair_id)
    assert (view.person.name, view.person.party) == ("欧阳 试例", "full")
    assert [(held.role, name) for held, name in view.memberships] == [("branch_secretary", "试例院党支部")]
    assert [row.name for row in people.page(work, unit_id).rows] == ["欧阳 试例"]


@pytest.mark.parametrize(
    ("kind", "roles"),
    [
        ("street", []),
        ("community", ["residents_committee_member"]),
        ("owners", ["owner"]),
        ("village", ["villagers_committee_member"]),
        ("courtyard", ["branch_secretary"]),
    ],
)
def test_the_chair_belongs_to_the_unit_as_its_kind_says(work: Work, kind: str, roles: list[str]) -> None:
    unit_id = units.set_up(work, name="试例", kind=kind, chair_name="范例安")
    chair = units.unit(work, unit_id).chair_id
    assert [held.role for held, _ in people.memberships(work, chair)] == roles


@pytest.mark.parametrize(
    ("name", "kind", "chair"),
    [("  ", "branch", "范例安"), ("试例", "club", "范例安"), ("试例", "branch", " "), ("试例", "branch", "长" * 101)],
)
def test_nothing_is_founded_from_half_an_answer(work: Work, name: str, kind: str, chair: str) -> None:
    with pytest.raises(RuleBroken):
        units.set_up(work, name=name, kind=kind, chair_name=chair)
    assert units.all_units(work) == []


def test_a_change_leaves_the_rest(work: Work) -> None:
    unit_id = units.set_up(work, name="试例", kind="branch", parents=("试例街道",), chair_name="范例安")
    units.edit(work, unit_id, settings={"record_since": "2026-01-01"})
    units.edit(work, unit_id, name="新名", settings={"duty_times": {"party_group": 2}})
    unit = units.unit(work, unit_id)
    assert (unit.name, unit.parents) == ("新名", ["试例街道"])
    assert unit.settings == {"record_since": "2026-01-01", "duty_times": {"party_group": 2}}


def test_an_unknown_unit_is_a_sentence(work: Work) -> None:
    with pytest.raises(NotFound):
        units.unit(work, uuid.uuid4())
    with pytest.raises(NotFound):
        units.edit(work, uuid.uuid4(), name="x")


def test_a_new_unit_counts_from_the_day_it_is_told_in_the_same_act(work: Work) -> None:
    unit_id = units.set_up(work, name="新院支部", kind="branch", chair_name="范例安", since=date(2026, 10, 1))
    assert units.unit(work, unit_id).settings == {"record_since": "2026-10-01"}
    with work.read() as session:
        assert session.scalars(select(AuditLine.act)).all() == ["units.set_up"]

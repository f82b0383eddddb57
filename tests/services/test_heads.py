"""One head a building: a second is refused, and naming another one ends the first."""

from __future__ import annotations

import uuid

import pytest

from deliberation_app.errors import NotFound, RuleBroken
from deliberation_app.services import people, people_home, units
from deliberation_app.services.people import Home
from deliberation_app.services.people_heads import name_head
from deliberation_app.services.work import Work

YARD = "试例大院"


@pytest.fixture
def yard(work: Work) -> uuid.UUID:
    return units.set_up(work, name=YARD, kind="courtyard", chair_name="史书记")


def heads(work: Work, unit: uuid.UUID) -> dict[str, tuple[str, ...]]:
    return {gap.building: gap.heads for gap in people_home.figures(work, unit).gaps}


def posts(work: Work, *keys: uuid.UUID) -> list[str | None]:
    return [people.person(work, key).person.post for key in keys]


def test_a_second_head_is_refused_with_the_name_of_the_first(work: Work, yard: uuid.UUID) -> None:
    people.add(work, yard, name="王一", post="楼长", home=Home(YARD, "1号楼", "101"))
    with pytest.raises(RuleBroken) as refused:
        people.add(work, yard, name="王二", post="志愿者、楼长", home=Home(YARD, "1栋", "102"))
    assert refused.value.values["name"] == "王一"
    other = people.add(work, yard, name="王三", post="副楼长", home=Home(YARD, "1号楼", "103"))
    people.add(work, yard, name="王四", post="楼长", home=Home(YARD, "2号楼", "101"))
    with pytest.raises(RuleBroken):
        people.edit(work, other, post="2号楼楼长")
    assert heads(work, yard) == {"1号楼": ("王一",), "2号楼": ("王四",)}


def test_naming_another_head_ends_the_first_and_is_one_step_back(work: Work, yard: uuid.UUID) -> None:
    first = people.add(work, yard, name="王一", post="1号楼楼长、志愿者", home=Home(YARD, "1号楼", "101"))
    second = people.add(work, yard, name="王二", post="网格员", home=Home(YARD, "2号楼", "101"))
    name_head(work, yard, YARD, "1号楼", second)
    assert posts(work, first, second) == ["志愿者", "网格员、1号楼楼长"]
    assert heads(work, yard)["1号楼"] == ("王二",)
    name_head(work, yard, YARD, "1号楼", second)
    assert posts(work, second) == ["网格员、1号楼楼长"]
    name_head(work, yard, YARD, "1号楼", first)
    assert posts(work, first, second) == ["志愿者、楼长", "网格员"]
    work.undo()
    assert posts(work, first, second) == ["志愿者", "网格员、1号楼楼长"]
    with pytest.raises(NotFound):
        name_head(work, yard, YARD, "1号楼", uuid.uuid4())


def test_two_heads_of_a_list_are_seen_and_settled(work: Work, yard: uuid.UUID) -> None:
    """A list is taken as it is; whoever is named afterwards is the only one."""
    keys = [people.add(work, yard, name=f"王{sign}", home=Home(YARD, "3号楼", f"{number}01"))
            for number, sign in enumerate("一二", 1)]  # fmt: skip
    with work.act("people.import") as act:
        for key in keys:
            act.get_one(people.Person, key).post = "楼长"
    assert heads(work, yard)["3号楼"] == ("王二", "王一") or heads(work, yard)["3号楼"] == ("王一", "王二")
    people.edit(work, keys[0], note="不改身份")  # what was there before is no second head by this act
    name_head(work, yard, YARD, "3号楼", keys[0])
    assert posts(work, *keys) == ["楼长", None]

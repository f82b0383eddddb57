"""People: the grid, pages, names found while typing, entries kept up to date."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deliberation_app.errors import NotFound, RuleBroken
from deliberation_app.services import meeting_file, people
from deliberation_app.services.meeting_file import export
from deliberation_app.services.people import Home, Place
from deliberation_app.services.work import Work
from deliberation_app.settings import path
from tests.services.courtyard import attend, fill, found_unit, meeting_on
from tests.services.small import HandClock

YARD = "山大路194号院"


def names(page: people.Page) -> list[str]:
    return [row.name for row in page.rows]


def test_the_grid_adds_up(work: Work) -> None:
    unit = fill(work)
    nodes = people.grid(work, unit.id)
    top = next(node for node in nodes if node.depth == 0)
    buildings = [node for node in nodes if node.depth == 1]
    entrances = [node for node in nodes if node.depth == 2]
    assert (top.place, top.households) == (Place(YARD), 96)
    assert [node.title for node in buildings] == ["1号楼", "2号楼", "3号楼", "4号楼"]
    for level in (buildings, entrances):
        assert sum(node.households for node in level) == top.households
        assert sum(node.people for node in level) == top.people
    assert nodes[-1].place == Place()
    assert top.people + nodes[-1].people == people.totals(work, unit.id).people


def test_every_node_shows_its_people(work: Work) -> None:
    unit = fill(work)
    for node in people.grid(work, unit.id):
        assert len(people.page(work, unit.id, node=node.place, limit=500).rows) == node.people


def test_doors_are_sorted_as_people_count(work: Work) -> None:
    unit_id = found_unit(work)
    for building in ("10号楼", "2号楼", "1号楼"):
        people.add(work, unit_id, name="石䶮", home=Home("试例院", building, "101"))
    nodes = [node for node in people.grid(work, unit_id) if node.depth]
    assert [node.title for node in nodes] == ["1号楼", "2号楼", "10号楼"]
    assert [flat.building for flat in people.households(work, unit_id)] == ["1号楼", "2号楼", "10号楼"]
    assert [flat.building for flat in people.households(work, unit_id, node=Place("试例院", "2号楼"))] == ["2号楼"]


@pytest.mark.parametrize("limit", [1, 7, 50, 500])
def test_pages_follow_each_other_without_gap_or_double(work: Work, limit: int) -> None:
    unit = fill(work)
    whole = people.page(work, unit.id, limit=1000)
    found, after = [], None
    while True:
        part = people.page(work, unit.id, after=after, limit=limit)
        found += part.rows
        after = part.next
        if after is None:
            break
    assert tuple(found) == whole.rows
    assert len({row.id for row in found}) == len(found) == people.totals(work, unit.id).people


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("范", "范例安"),
        ("fla", "范例安"),
        ("fanlian", "范例安"),
        ("fl安", "范例安"),
        ("mmt", "买买提·吐尔逊"),
        ("吐尔逊", "买买提·吐尔逊"),
        ("龔龑", "龚龑"),
        ("oysl", "欧阳试例"),
    ],
)
def test_a_name_is_found_however_it_is_typed(work: Work, typed: str, found: str) -> None:
    unit = fill(work)
    assert found in names(people.page(work, unit.id, text=typed))
    assert found in [one.name for one in people.find(work, unit.id, typed)]


def test_rooms_buildings_and_telephones_are_found(work: Work) -> None:
    unit_id = found_unit(work)
    people.add(work, unit_id, name="冯㛃", phone="138 0000 1234", home=Home("试例院", "3号楼", "502", "1单元"))
    people.add(work, unit_id, name="陶堃", home=Home("试例院", "4号楼", "101"))
    for typed in ("502", "3号楼", "1380000"):
        page = people.page(work, unit_id, text=typed)
        assert [(row.name, row.home, row.phone) for row in page.rows] == [("冯㛃", "3号楼 1单元 502", "13800001234")]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(typed=st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=6))
def test_whatever_is_typed_is_text(filled: tuple[Work, uuid.UUID], typed: str) -> None:
    work, unit_id = filled
    everybody = {row.id for row in people.page(work, unit_id, limit=500).rows}
    page = people.page(work, unit_id, text=typed, limit=500)
    assert {row.id for row in page.rows} <= everybody
    assert {one.id for one in people.find(work, unit_id, typed, limit=500)} <= everybody


@pytest.fixture
def filled(work: Work) -> tuple[Work, uuid.UUID]:
    return work, fill(work).id


@pytest.mark.parametrize("typed", ["%", "_", "\\", "'; DROP TABLE person; --"])
def test_signs_of_sql_find_nobody(work: Work, typed: str) -> None:
    unit = fill(work)
    assert people.page(work, unit.id, text=typed).rows == ()


def test_those_at_the_meeting_come_first(work: Work, clock: HandClock) -> None:
    unit_id = found_unit(work)
    first = people.add(work, unit_id, name="安一")
    second = people.add(work, unit_id, name="安二")
    meeting_id = meeting_on(work, unit_id, None, clock())
    attend(work, meeting_id, first)
    assert [one.id for one in people.find(work, unit_id, "a", meeting_id=meeting_id)][:2] == [first, second]
    attend(work, meeting_id, second, "leave")
    assert {one.id for one in people.find(work, unit_id, "", meeting_id=meeting_id, limit=2)} == {first, second}


def test_filters(work: Work, clock: HandClock) -> None:
    unit_id = found_unit(work)
    head = people.add(work, unit_id, name="龚龑", post="1号楼楼长", party="probationary")
    gone = people.add(work, unit_id, name="何迁出", roles=("council_member",))
    people.verify(work, [head], date(2026, 9, 12))
    people.move_out(work, gone, date(2026, 10, 1))
    shown = {only: names(people.page(work, unit_id, only=only)) for only in (None, *people.ONLY)}
    assert shown == {
        None: ["范例安", "龚龑"],
        "party": ["范例安", "龚龑"],
        "building_head": ["龚龑"],
        "owner": [],
        "member": ["范例安"],
        "unverified": ["范例安"],
        "both": [],
        "left_out": [],
        "moved_out": ["何迁出"],
    }
    totals = people.totals(work, unit_id)
    assert (totals.people, totals.party, totals.verified, totals.unverified) == (2, 2, 1, 1)
    assert [held.to_on for held, _ in people.memberships(work, gone)] == [date(2026, 10, 1)]
    people.move_out(work, gone, None)
    assert [held.to_on for held, _ in people.memberships(work, gone)] == [None]
    assert people.totals(work, unit_id).people == 3


def test_an_entry_a_year_old_is_due(work: Work) -> None:
    unit_id = found_unit(work)
    kept = people.add(work, unit_id, name="石䶮")
    for day, due in ((date(2025, 10, 20), False), (date(2025, 10, 19), True)):
        people.verify(work, [kept], day)
        row = next(row for row in people.page(work, unit_id).rows if row.id == kept)
        assert row.verification_due is due
        assert (kept in {one.id for one in people.page(work, unit_id, only="unverified").rows}) is due
    with pytest.raises(RuleBroken):
        people.verify(work, [kept], date(2026, 10, 21))


def test_names_are_written_one_way_and_telephones_checked(work: Work) -> None:
    unit_id = found_unit(work)
    kept = people.add(work, unit_id, name=" 买买提 • 吐尔逊 ", phone="+86 139-0000-0005")
    person = people.person(work, kept).person
    assert (person.name, person.phone) == ("买买提·吐尔逊", "13900000005")
    with pytest.raises(RuleBroken, match="has 6 digits"):
        people.add(work, unit_id, name="石䶮", phone="139000")
    assert people.totals(work, unit_id).people == 2


def test_a_new_name_moves_in_the_register(work: Work) -> None:
    unit_id = found_unit(work)
    kept = people.add(work, unit_id, name="安一", note="老人", home=Home("试例院", "1号楼", "101"))
    assert names(people.page(work, unit_id)) == ["安一", "范例安"]
    people.edit(work, kept, name="赵一", note=None, home=Home("试例院", "1号楼", "102"))
    assert names(people.page(work, unit_id)) == ["范例安", "赵一"]
    assert names(people.page(work, unit_id, text="zy")) == ["赵一"]
    view = people.person(work, kept)
    assert (view.person.note, view.home.room) == (None, "102")
    work.undo()
    assert names(people.page(work, unit_id)) == ["安一", "范例安"]


def test_the_same_flat_is_entered_once(work: Work) -> None:
    unit_id = found_unit(work)
    first = people.add(work, unit_id, name="安一", home=Home("试例院", "1号楼", "101", "1单元"))
    second = people.add(work, unit_id, name="安二", home=Home(" 试例院 ", "1号楼", "101", "1单元"))
    other = people.add(work, unit_id, name="安三", home=Home("试例院", "1号楼", "101"))
    flats = [people.person(work, key).person.household_id for key in (first, second, other)]
    assert flats[0] == flats[1] != flats[2]
    with pytest.raises(RuleBroken):
        people.add(work, unit_id, name="安四", home=Home("试例院", "", "101"))


def test_roles_begin_and_end(work: Work) -> None:
    unit_id = found_unit(work)
    kept = people.add(work, unit_id, name="安一", roles=("member", "member"))
    people.join(work, unit_id, kept, "member")
    people.join(work, unit_id, kept, "council_member", from_on=date(2026, 1, 1))
    held = people.memberships(work, kept)
    assert [(one.role, one.from_on) for one, _ in held] == [
        ("council_member", date(2026, 1, 1)),
        ("member", date(2026, 10, 20)),
    ]
    with pytest.raises(RuleBroken):
        people.end_membership(work, held[1][0].id, date(2026, 10, 19))
    people.end_membership(work, held[1][0].id, date(2026, 10, 31))
    assert [one.role for one, _ in people.memberships(work, kept)] == ["council_member", "member"]
    with pytest.raises(RuleBroken):
        people.join(work, unit_id, kept, "emperor")


def test_joining_another_unit_enters_its_register(work: Work) -> None:
    here, there = found_unit(work), found_unit(work, "另一支部")
    kept = people.add(work, here, name="安一")
    people.join(work, there, kept, "member")
    assert "安一" in names(people.page(work, there))
    assert set(people.person(work, kept).units) == {here, there}


def test_doubles(work: Work) -> None:
    unit_id = found_unit(work)
    people.add(work, unit_id, name="陈国强")
    people.add(work, unit_id, name="陳國強")
    people.add(work, unit_id, name="李小红", phone="13900000001")
    people.add(work, unit_id, name="李晓鸿", phone="13900000001")
    people.add(work, unit_id, name="张伟", home=Home("院", "1号楼", "1"))
    people.add(work, unit_id, name="张玮", home=Home("院", "1号楼", "1"))
    people.add(work, unit_id, name="李小红红", phone="139****0001")
    people.add(work, unit_id, name="李长", phone="139****0001")
    found = {(frozenset((one.first.name, one.second.name)), one.why) for one in people.possible_doubles(work, unit_id)}
    assert (frozenset(("陈国强", "陳國強")), "name") in found
    assert (frozenset(("李小红", "李晓鸿")), "phone") in found
    assert (frozenset(("张伟", "张玮")), "sound") in found
    assert not any("李长" in both for both, _ in found)


def test_somebody_who_is_gone_is_a_sentence(work: Work) -> None:
    for ask in (people.person, people.memberships):
        if ask is people.person:
            with pytest.raises(NotFound):
                ask(work, uuid.uuid4())
        else:
            assert ask(work, uuid.uuid4()) == []
    with pytest.raises(NotFound):
        people.edit(work, uuid.uuid4(), post="楼长")
    with pytest.raises(NotFound):
        people.end_membership(work, uuid.uuid4(), date(2026, 1, 1))


def test_a_changed_person_is_a_new_revision_of_the_meetings(work: Work) -> None:
    unit = fill(work)
    report = meeting_file.import_file(work, path("resources", "demo", "shandalu194-consultation.json"))
    before = export(work, report.meeting_id)
    kept = people.find(work, unit.id, "范例安")[0].id
    people.verify(work, [kept], date(2026, 10, 20))
    assert export(work, report.meeting_id) == before
    people.edit(work, kept, post="支部书记")
    assert export(work, report.meeting_id) != before
    view = people.person(work, kept)
    assert len(view.meetings) == 2
    assert view.items == ()

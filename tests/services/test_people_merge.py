"""Doubles merged: everything follows the one who stays, two votes are never made one, signed records stay, undo."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from deliberation_app.errors import NotFound, RuleBroken
from deliberation_app.services import people, people_find, people_groups, people_home, people_merge
from deliberation_app.services.check import check
from deliberation_app.services.work import Work
from deliberation_app.storage.agenda import ItemRaiser
from deliberation_app.storage.base import derived_id, new_id
from deliberation_app.storage.floor import Attendance, Statement
from deliberation_app.storage.meetings import AgendaEntry, Mention
from deliberation_app.storage.minutes import Minutes
from deliberation_app.storage.people import Alias, CoOwner, Membership, Person, Unit
from deliberation_app.storage.tasks import Task
from deliberation_app.storage.votes import Ballot, Vote
from tests.services.courtyard import attend, fill, found_unit, meeting_on
from tests.services.small import HandClock

YARD = "试例大院"


def two(work: Work, unit: uuid.UUID) -> tuple[uuid.UUID, uuid.UUID]:
    """One person entered twice."""
    first = people.add(work, unit, name="陶堃", phone="13900000009", home=people.Home(YARD, "3号楼", "602"))
    second = people.add(work, unit, name="陶堃", note="有车", party="full", home=people.Home(YARD, "3号楼", "603"))
    return first, second


def test_everything_follows_the_one_who_stays(work: Work, clock: HandClock) -> None:
    unit = found_unit(work)
    first, second = two(work, unit)
    meeting = meeting_on(work, unit, None, clock(), vote=(True, True))
    attend(work, meeting, second)
    people.join(work, unit, second, "council_member", from_on=date(2026, 1, 1))
    people.join(work, unit, first, "council_member", from_on=date(2026, 5, 1))
    flat = people.person(work, first).home
    assert flat is not None
    people_home.edit(work, flat.id, owners=[first, second], linked_id=second)
    group = people_groups.save_group(work, unit, "志愿队", [first, second])
    with work.act("agenda.edit") as act:
        entry = act.scalars(select(AgendaEntry).where(AgendaEntry.meeting_id == meeting)).one()
        entry.presenter_id = second
        statement = act.scalars(select(Statement)).one()
        statement.speaker_id = second
        vote = act.scalars(select(Vote)).one()
        act.add(Ballot(id=derived_id(vote.id, "ballots", second), vote_id=vote.id, position=0, voter_id=second,
                       choice="in_favour"))  # fmt: skip
        act.add(Mention(id=derived_id(meeting, "mention", second), meeting_id=meeting, what="person", row_id=second))
        vote.electorate = {"left": [str(second)]}
    people_merge.merge(work, first, second, {"household_id": people.person(work, second).home.id})  # type: ignore[union-attr]
    with work.read() as session:
        assert session.get(Person, second) is None
        kept = session.get_one(Person, first)
        assert (kept.phone, kept.note, kept.party) == ("13900000009", "有车", "full")
        assert session.scalars(select(Attendance.person_id)).all() == [first]
        assert session.scalars(select(Ballot.id)).all() == [derived_id(vote.id, "ballots", first)]
        assert session.scalars(select(Mention.row_id)).all() == [first]
        assert session.scalars(select(Statement.speaker_id)).all() == [first]
        assert session.scalars(select(AgendaEntry.presenter_id)).all() == [first]
        assert session.scalars(select(Vote.electorate)).all() == [{"left": [str(first)]}]
        assert session.get_one(Alias, second).kept_id == first
        assert session.scalars(select(CoOwner)).all() == []
        held = session.scalars(select(Membership).where(Membership.person_id == first)).all()
        assert [(one.role, one.from_on) for one in held] == [("council_member", date(2026, 1, 1))]
    home = people_home.household(work, flat.id)
    assert (home.linked, [key for key, _name in home.owners]) == ((first, "陶堃"), [first])
    assert [len(one.people) for one in people_groups.groups(work, unit) if one.id == group] == [1]
    assert people_find.possible_doubles(work, unit) == []
    assert not check(work)
    work.undo()
    with work.read() as session:
        assert session.get(Person, second) is not None
        assert session.get(Alias, second) is None
        assert session.scalars(select(Attendance.person_id)).all() == [second]
    work.redo()
    with work.read() as session:
        assert session.get(Person, second) is None
    assert not check(work)


def test_two_at_one_meeting_are_refused(work: Work, clock: HandClock) -> None:
    unit = found_unit(work)
    first, second = two(work, unit)
    meeting = meeting_on(work, unit, None, clock())
    attend(work, meeting, first)
    attend(work, meeting, second)
    with pytest.raises(RuleBroken, match="试例会议"):
        people_merge.merge(work, first, second)
    assert people.person(work, second).person.name == "陶堃"


def test_invited_twice_to_a_meeting_to_come_is_invited_once(work: Work, clock: HandClock) -> None:
    unit = found_unit(work)
    first, second = two(work, unit)
    meeting = meeting_on(work, unit, None, clock() + timedelta(days=9), opened_at=None, closed_at=None)
    attend(work, meeting, first, "expected")
    attend(work, meeting, second, "expected")
    people_merge.merge(work, first, second)
    with work.read() as session:
        assert session.scalars(select(Attendance.person_id)).all() == [first]


def test_a_signed_record_stays_as_it_is(work: Work, clock: HandClock) -> None:
    unit = found_unit(work)
    first, second = two(work, unit)
    signed, later = (meeting_on(work, unit, None, clock() + timedelta(days=n)) for n in (0, 1))
    for meeting in (signed, later):
        attend(work, meeting, second)
    with work.act("minutes.draft") as act:
        act.add(Minutes(meeting_id=signed, number=1, drafted_at=act.now, corrections={}, signed_at=act.now))
    people_merge.merge(work, first, second)
    with work.read() as session:
        at = {row.meeting_id: row.person_id for row in session.scalars(select(Attendance))}
        assert at == {signed: second, later: first}
        assert session.get(Person, second) is not None
    assert [row.name for row in people.page(work, unit, text="陶堃").rows] == ["陶堃"]
    assert people_find.possible_doubles(work, unit) == []


def test_what_is_not_there_is_refused(work: Work) -> None:
    unit = found_unit(work)
    first, _second = two(work, unit)
    for other in (uuid.uuid4(), first):
        with pytest.raises(NotFound):
            people_merge.merge(work, first, other)


def test_every_column_that_names_a_person_is_known() -> None:
    """A table made later is found by its keys; those without a key are named here."""
    names = {column.table.name for _record, column in people_merge._names()}
    assert {"attendance", "statement", "ballot", "task", "item_raiser", "voice", "household", "membership"} <= names
    assert {Task.__tablename__, ItemRaiser.__tablename__} <= names


def test_two_people_are_not_asked_about_again(work: Work) -> None:
    unit = found_unit(work)
    first, second = two(work, unit)
    assert [(one.first.id, one.second.id) for one in people_find.possible_doubles(work, unit)] in (
        [(first, second)], [(second, first)],
    )  # fmt: skip
    people_find.keep_apart(work, unit, first, second)
    assert people_find.possible_doubles(work, unit) == []
    work.undo()
    assert len(people_find.possible_doubles(work, unit)) == 1


def test_a_register_without_anybody_has_no_doubles(work: Work) -> None:
    with work.act("people.add") as act:
        empty = Unit(id=new_id(), name="空院", kind="courtyard")
        act.add(empty)
    assert people.possible_doubles(work, empty.id) == []
    assert people.page(work, empty.id).rows == ()
    assert people_home.figures(work, empty.id).households == 0


def test_one_name_in_two_buildings_is_no_double(work: Work) -> None:
    unit = found_unit(work)
    for building in ("1号楼", "2号楼"):
        people.add(work, unit, name="张伟", home=people.Home(YARD, building, "101"))
    assert people_find.possible_doubles(work, unit) == []
    people.add(work, unit, name="張偉")
    assert {one.why for one in people_find.possible_doubles(work, unit)} == {"name"}


def test_households_have_figures_that_add_up(work: Work) -> None:
    unit = fill(work)
    sums = people_home.figures(work, unit.id)
    assert sums.households == 96 == sum(gap.households for gap in sums.gaps)
    flat = people.households(work, unit.id)[0]
    member = next(row for row in people.page(work, unit.id, only="party").rows)
    people_home.edit(work, flat.id, linked_id=member.id)
    people_home.verify(work, flat.id, date(2026, 10, 1))
    after = people_home.figures(work, unit.id)
    assert (after.linked, after.linked + sum(gap.without_link for gap in after.gaps)) == (1, 96)
    assert after.verified + sum(gap.unverified for gap in after.gaps) == 96
    assert after.verified >= 1
    outsider = people.add(work, unit.id, name="路人")
    with pytest.raises(RuleBroken, match="Party member"):
        people_home.edit(work, flat.id, linked_id=outsider)


def test_moving_keeps_where_somebody_lived(work: Work) -> None:
    unit = found_unit(work)
    first, _second = two(work, unit)
    people.edit(work, first, home=people.Home(YARD, "5号楼", "101"), moved_on=date(2026, 9, 1))
    people.edit(work, first, home=people.Home(YARD, "6号楼", "101"), moved_on=date(2026, 10, 1))
    told = [(stay.home, stay.from_on, stay.to_on) for stay in people.person(work, first).stays]
    assert told == [
        (f"{YARD} 6号楼 101", date(2026, 10, 1), None),
        (f"{YARD} 5号楼 101", date(2026, 9, 1), date(2026, 10, 1)),
        (f"{YARD} 3号楼 602", None, date(2026, 9, 1)),
    ]
    with pytest.raises(RuleBroken, match="cannot be before"):
        people.edit(work, first, home=people.Home(YARD, "7号楼", "101"), moved_on=date(2026, 9, 1))
    people.edit(work, first, home=people.Home(YARD, "6号楼", "102"))
    assert len(people.person(work, first).stays) == 3


def test_left_out_only_with_reason_and_approval(work: Work) -> None:
    unit = found_unit(work)
    _first, member = two(work, unit)
    for wrong in (("lazy", "支部大会 2026-09-12"), ("abroad", " ")):
        with pytest.raises(RuleBroken):
            people.edit(work, member, left_out=wrong)
    people.edit(work, member, left_out=("abroad", "支部大会、街道党工委 2026-09-12"), reports_from="市规划院党支部")
    marked = {only: count for only, _words, count in people.marked(work, unit)}
    assert (marked["left_out"], marked["both"]) == (1, 1)


def test_groups_and_partners(work: Work) -> None:
    unit = found_unit(work)
    first, second = two(work, unit)
    group = people_groups.save_group(work, unit, " 楼长 ", [first, second])
    with pytest.raises(RuleBroken):
        people_groups.save_group(work, unit, "楼长", [])
    people_groups.save_group(work, unit, "楼长们", [first], group)
    [kept] = people_groups.groups(work, unit)
    assert (kept.name, kept.text()) == ("楼长们", "陶堃 13900000009")
    people_groups.remove_group(work, group)
    work.undo()
    assert [one.name for one in people_groups.groups(work, unit)] == ["楼长们"]
    partner = people_groups.save_partner(work, unit, name="规划院", phone="0531-88880000")
    with pytest.raises(RuleBroken):
        people_groups.save_partner(work, unit, name="规划院", phone="12", partner_id=partner)
    assert [(one.name, one.phone) for one in people_groups.partners(work, unit)] == [("规划院", "0531-88880000")]
    people_groups.remove_partner(work, partner)
    assert people_groups.partners(work, unit) == []

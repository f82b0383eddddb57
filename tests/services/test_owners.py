"""Votes of the owners: the list, the delivery log, papers of flats, the count, on both kinds of database."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deliberation_app.domain import meeting_file as checks
from deliberation_app.domain.calendar import day_of, instant
from deliberation_app.domain.votes import RULES, Paper, owners_possible, tally
from deliberation_app.errors import RuleBroken
from deliberation_app.services import deliveries, meetings, owners_flat, owners_list
from deliberation_app.services import owners_papers as papers
from deliberation_app.services import owners_vote as vote
from deliberation_app.services.meeting_document import document
from deliberation_app.services.work import Work, open_work
from deliberation_app.storage.base import new_id
from deliberation_app.storage.meetings import AgendaEntry, Meeting
from deliberation_app.storage.people import CoOwner, Household, Person, RegisterEntry
from deliberation_app.storage.votes import Ballot, FlatBallot, Vote
from tests.fresh import fresh
from tests.services.courtyard import found_unit
from tests.services.small import HandClock

# Owner of each flat by number, and its area in 0.01 m²; owner 0 has two flats.
FLATS = ((0, 6235), (0, 7765), (1, 6235), (2, 7765), (3, 6235), (4, 7765))


@dataclass
class Yard:
    """A courtyard with its owners' meeting under way."""

    work: Work
    unit: uuid.UUID
    meeting: uuid.UUID
    entry: uuid.UUID
    people: list[uuid.UUID]

    def flats(self) -> list[owners_list.FlatRow]:
        return list(owners_list.page(self.work, self.meeting).rows)

    def ask(self, rule: str = "owners_special") -> uuid.UUID:
        reasons = {"G20": "逐户送达中"}
        return vote.ask(self.work, self.entry, motion="划分车位并收费", rule=rule, overrides=reasons)


def make_yard(work: Work, flats: tuple[tuple[int | None, int | None], ...] = FLATS) -> Yard:
    """Owners and flats in the register, an owners' meeting open, its list taken."""
    unit = found_unit(work)
    count = 1 + max((owner for owner, _ in flats if owner is not None), default=0)
    people = [new_id() for _ in range(count)]
    meeting, entry = new_id(), new_id()
    now = work.clock()
    with work.act("people.import") as act:
        for place, key in enumerate(people):
            act.add(Person(id=key, name=f"业主{place}", search_key=f" yezhu{place}", sort_key=f"yezhu{place}"))
            act.add(RegisterEntry(unit_id=unit, person_id=key, sort_key=f"yezhu{place}"))
        for place, (owner, area) in enumerate(flats):
            owner_id = people[owner] if owner is not None else None
            act.add(Household(id=new_id(), courtyard="试例院", building=f"{place // 4 + 1}号楼", entrance="1单元",
                              room=str(101 + place % 4), area=area, owner_id=owner_id))  # fmt: skip
        started = instant(day_of(now)) - timedelta(days=3)
        act.add(Meeting(id=meeting, unit_id=unit, kind="owners_assembly", title="业主大会", starts_at=started,
                        notice_at=started - timedelta(days=16), opened_at=started))  # fmt: skip
        act.add(AgendaEntry(id=entry, meeting_id=meeting, position=0, title="表决", no_statements=True))
    owners_list.take(work, meeting)
    return Yard(work, unit, meeting, entry, people)


@pytest.fixture
def yard(work: Work) -> Yard:
    return make_yard(work)


def faults_of(told: dict[str, Any]) -> list[Any]:
    """What an import would find wrong with a document."""
    return checks.check(checks.write(told))[1]


def deliver_all(yard: Yard) -> int:
    return deliveries.deliver(yard.work, yard.meeting, way="in_person", on=day_of(yard.work.clock()), everybody=True)


def test_the_list_counts_an_owner_of_two_flats_as_one_head(yard: Yard) -> None:
    seen = owners_list.overview(yard.work, yard.meeting)
    assert (seen.totals.flats, seen.totals.heads, seen.totals.area) == (6, 5, 42000)
    assert seen.several == 1
    assert not seen.frozen
    assert [row.number for row in yard.flats()] == [1, 2, 3, 4, 5, 6]
    assert [row.number for row in owners_list.page(yard.work, yard.meeting, only="several").rows] == [1, 2]


def test_unsold_flats_are_one_head_and_a_flat_without_owner_is_one_by_itself(work: Work) -> None:
    yard = make_yard(work, ((0, 100), (None, 200), (None, 300), (None, None)))
    assert owners_list.overview(work, yard.meeting).totals.heads == 4
    for row in yard.flats()[1:3]:
        owners_flat.edit(work, row.id, unsold=True)
    totals = owners_list.overview(work, yard.meeting).totals
    assert (totals.heads, totals.unsold, totals.without_owner, totals.without_area) == (3, 2, 1, 1)
    assert [row.number for row in owners_list.page(work, yard.meeting, only="unsettled").rows] == [4]


def test_a_correction_goes_into_the_register_too_until_the_vote_opens(yard: Yard) -> None:
    row = yard.flats()[2]
    owners_flat.edit(yard.work, row.id, area=6000, owner_id=yard.people[4])
    with yard.work.read() as session:
        home = session.get_one(Household, row.household_id)
        assert (home.area, home.owner_id) == (6000, yard.people[4])
    yard.ask()
    with pytest.raises(RuleBroken, match="has been opened"):
        owners_flat.edit(yard.work, row.id, area=6235)
    with pytest.raises(RuleBroken, match="stays as it was"):
        owners_list.take(yard.work, yard.meeting)
    owners_flat.edit(yard.work, row.id, proxy="李代理", proxy_on=date(2026, 10, 1))
    with yard.work.act("people.edit") as act:
        act.get_one(Household, row.household_id).area = 9999
    assert owners_list.overview(yard.work, yard.meeting).changed == 1
    assert owners_list.overview(yard.work, yard.meeting).totals.area == 41765


def test_only_a_co_owner_can_be_named_to_vote(yard: Yard) -> None:
    row = yard.flats()[2]
    with pytest.raises(RuleBroken, match="co-owners"):
        owners_flat.edit(yard.work, row.id, voter_id=yard.people[4])
    owners_flat.edit(yard.work, row.id, with_owners=[yard.people[4]], voter_id=yard.people[4])
    assert owners_flat.co_owners(yard.work, row.id) == [(yard.people[4], "业主4")]
    assert yard.flats()[2].voter == "业主4"
    with yard.work.read() as session:
        assert session.query(CoOwner).count() == 1


@pytest.mark.parametrize(
    ("typed", "area"), [("62.35", 6235), ("62.3", 6230), ("62", 6200), ("", None), ("1,062.5㎡", 106250)]
)
def test_an_area_is_read_exactly(typed: str, area: int | None) -> None:
    assert owners_flat.area_of(typed) == area


@pytest.mark.parametrize("typed", ["62.355", "-1", "0", "六十", "1e3", "62.3.5"])
def test_a_finer_or_impossible_area_is_refused(typed: str) -> None:
    with pytest.raises(RuleBroken, match="two decimals"):
        owners_flat.area_of(typed)


@pytest.mark.parametrize(("typed", "numbers"), [
    ("2-1-101", [5]), ("2-101", [5]), ("102", [2, 6]), ("3", [3]), ("No. 000004", [4]), ("业主2", [4]), ("9-9-9", []),
])  # fmt: skip
def test_a_flat_is_found_as_a_clerk_types_it(yard: Yard, typed: str, numbers: list[int]) -> None:
    assert [row.number for row in owners_list.find(yard.work, yard.meeting, typed)] == numbers


def test_delivery_by_building_and_the_gate_before_the_vote(yard: Yard) -> None:
    with pytest.raises(RuleBroken) as refused:
        vote.ask(yard.work, yard.entry, motion="划分车位")
    assert "6 flats" in str(refused.value.reasons[0])
    before = day_of(yard.work.clock()) - timedelta(days=3)
    told = {"way": "public_notice", "on": before}
    assert deliveries.deliver(yard.work, yard.meeting, building="1号楼", **told) == 4
    assert deliveries.deliver(yard.work, yard.meeting, building="1号楼", **told) == 0
    seen = deliveries.progress(yard.work, yard.meeting)
    assert (seen.reached, seen.missing, seen.by_way, seen.late) == (4, 2, {"public_notice": 4}, None)
    rest = [row.household_id for row in owners_list.page(yard.work, yard.meeting, only="missing").rows]
    assert deliveries.deliver(yard.work, yard.meeting, flats=rest, way="in_person", on=before, receiver="孙和睦") == 2
    vote.ask(yard.work, yard.entry, motion="划分车位", rule="owners_ordinary")
    assert yard.flats()[4].receiver == "孙和睦"
    deliveries.take_back(yard.work, yard.meeting, rest[0])
    assert deliveries.progress(yard.work, yard.meeting).missing == 1


def test_delivery_tomorrow_or_by_pigeon_is_refused(yard: Yard) -> None:
    with pytest.raises(RuleBroken, match="future"):
        deliveries.deliver(yard.work, yard.meeting, way="mail", on=date(2099, 1, 1), everybody=True)
    with pytest.raises(RuleBroken, match="how the paper"):
        deliveries.deliver(yard.work, yard.meeting, way="pigeon", on=date(2026, 1, 1), everybody=True)


def test_a_flat_hands_in_one_paper_and_a_correction_keeps_the_earlier(yard: Yard) -> None:
    key, flat = yard.ask(), yard.flats()[2]
    papers.enter(yard.work, flat.id, {key: "in_favour"})
    with pytest.raises(RuleBroken, match="already"):
        papers.enter(yard.work, flat.id, {key: "against"})
    papers.enter(yard.work, flat.id, {key: "against"}, correct=True)
    with yard.work.read() as session:
        kept = papers.history(session, flat.household_id, key)
    assert [(one.choice, one.replaced_at is None) for one in kept] == [("in_favour", False), ("against", True)]
    [result] = papers.results(yard.work, yard.meeting)
    assert (result.standing.count.against, result.standing.count.in_favour) == (1, 0)
    rows, more = papers.returned(yard.work, yard.meeting)
    assert [(row.flat.number, row.corrected) for row in rows] == [(3, 1)]
    assert more is None
    papers.take_back(yard.work, flat.id)
    assert papers.results(yard.work, yard.meeting)[0].standing.count.ballots_returned == 0


def test_an_owner_of_two_flats_has_one_opinion(yard: Yard) -> None:
    key, (first, second, *_) = yard.ask(), yard.flats()
    papers.enter(yard.work, first.id, {key: "in_favour"})
    assert papers.results(yard.work, yard.meeting)[0].standing.partly == 1
    with pytest.raises(RuleBroken, match="1-1-101"):
        papers.enter(yard.work, second.id, {key: "against"})
    papers.enter(yard.work, second.id, {key: "in_favour"})
    count = papers.results(yard.work, yard.meeting)[0].standing.count
    assert (count.in_favour, count.in_favour_area, count.ballots_returned) == (1, 14000, 2)
    seen = papers.paper(yard.work, second.id)
    assert [row.number for row, _ in seen.others] == [1]
    assert seen.paper is not None


def test_an_unsigned_paper_is_invalid_unless_the_unit_says_otherwise(yard: Yard) -> None:
    key, flat = yard.ask(), yard.flats()[3]
    papers.enter(yard.work, flat.id, {key: "in_favour"}, signed=False)
    count = papers.results(yard.work, yard.meeting)[0].standing.count
    assert (count.present, count.invalid, count.invalid_area) == (0, 1, 7765)
    vote.set_rules(yard.work, yard.unit, unsigned_invalid=False, silence=False, words="")
    count = papers.results(yard.work, yard.meeting)[0].standing.count
    assert (count.present, count.invalid, count.in_favour_area) == (1, 0, 7765)


def test_a_proxy_counts_only_with_its_paper(yard: Yard) -> None:
    key, flat = yard.ask(), yard.flats()[3]
    papers.enter(yard.work, flat.id, {key: "in_favour"}, signer="proxy")
    assert papers.results(yard.work, yard.meeting)[0].standing.invalid_papers == 1
    owners_flat.edit(yard.work, flat.id, proxy="李代理", proxy_on=date(2026, 10, 1))
    assert papers.results(yard.work, yard.meeting)[0].standing.valid_papers == 1


def test_a_co_owner_who_was_not_named_does_not_sign(yard: Yard) -> None:
    key, flat = yard.ask(), yard.flats()[3]
    with pytest.raises(RuleBroken, match="not named"):
        papers.enter(yard.work, flat.id, {key: "in_favour"}, signer="co_owner")
    with pytest.raises(RuleBroken, match="each question"):
        papers.enter(yard.work, flat.id, {})


def test_a_paper_of_a_flat_that_the_log_does_not_name_holds_up_the_count(yard: Yard) -> None:
    key, rows = yard.ask(), yard.flats()
    deliveries.deliver(yard.work, yard.meeting, flats=[rows[0].household_id], way="mail", on=day_of(yard.work.clock()))
    papers.enter(yard.work, rows[3].id, {key: "in_favour"})
    with pytest.raises(RuleBroken) as refused:
        vote.count(yard.work, yard.meeting)
    assert "does not name" in str(refused.value.reasons[0])


def count_all(yard: Yard, *said: str) -> dict[uuid.UUID, object]:
    key = yard.ask()
    deliver_all(yard)
    for flat, choice in zip(yard.flats(), said, strict=False):
        papers.enter(yard.work, flat.id, {key: choice})
    return dict(vote.count(yard.work, yard.meeting))


def test_the_count_is_written_so_that_the_file_is_valid_and_says_the_same(yard: Yard) -> None:
    [(key, verdict)] = count_all(yard, "in_favour", "in_favour", "in_favour", "against", "in_favour").items()
    with yard.work.read() as session:
        told = document(session, yard.meeting)
        kept = session.get_one(Vote, key)
        assert session.query(Ballot).count() == 4
    assert faults_of(told) == []
    assert (kept.ballots_issued, kept.ballots_returned, kept.quorate, kept.passed) == (6, 5, True, True)
    assert kept.electorate == {"eligible": 5, "eligible_area_m2": 42000, "present": 4, "present_area_m2": 34235}
    [(judged, _)] = [checks.judge_vote(told, entry) for entry in told["meeting"]["agenda"][0]["votes"]]
    assert judged == verdict
    with pytest.raises(RuleBroken, match="open"):
        papers.enter(yard.work, yard.flats()[5].id, {key: "in_favour"})
    meetings.close(yard.work, yard.meeting)


def test_without_the_register_saying_the_same_only_totals_are_written(yard: Yard) -> None:
    key = yard.ask()
    deliver_all(yard)
    for flat in yard.flats()[:5]:
        papers.enter(yard.work, flat.id, {key: "in_favour"})
    with yard.work.act("people.edit") as act:
        act.get_one(Household, yard.flats()[4].household_id).area = 1
    vote.count(yard.work, yard.meeting)
    with yard.work.read() as session:
        told = document(session, yard.meeting)
        assert session.query(Ballot).count() == 0
    assert faults_of(told) == []


@pytest.mark.parametrize(("area", "passed"), [(7498, True), (7497, False)])
def test_one_hundredth_of_a_square_metre_decides(work: Work, area: int, passed: bool) -> None:
    yard = make_yard(work, ((0, area), (1, 10000 - area - 2), (2, 1), (3, 1)))
    key = yard.ask()
    for flat, choice in zip(yard.flats(), ("in_favour", "against", "in_favour", "in_favour"), strict=True):
        papers.enter(work, flat.id, {key: choice})
    [result] = papers.results(work, yard.meeting)
    assert (result.standing.count.in_favour_area, result.standing.count.present_area) == (area + 2, 10000)
    assert result.verdict.passed is passed


def test_silence_needs_its_words_and_never_decides(yard: Yard) -> None:
    with pytest.raises(RuleBroken, match="words"):
        vote.set_rules(yard.work, yard.unit, unsigned_invalid=True, silence=True, words=" ")
    vote.set_rules(yard.work, yard.unit, unsigned_invalid=True, silence=True, words="未表决的计入多数意见")
    key = yard.ask("owners_ordinary")
    deliver_all(yard)
    papers.enter(yard.work, yard.flats()[2].id, {key: "in_favour"})
    [result] = papers.results(yard.work, yard.meeting)
    assert not result.verdict.passed
    assert result.both is not None
    assert result.both.with_silent is not None
    assert result.both.with_silent.passed
    assert (result.standing.silent, result.standing.silent_area) == (4, 35765)


def test_questions_share_a_paper_and_can_be_taken_off_while_none_is_back(yard: Yard) -> None:
    first, second = yard.ask(), yard.ask("owners_ordinary")
    third = yard.ask("owners_ordinary")
    vote.void(yard.work, third)
    papers.enter(yard.work, yard.flats()[2].id, {first: "in_favour", second: "abstain"})
    assert [one.standing.count.abstain for one in papers.results(yard.work, yard.meeting)] == [0, 1]
    with pytest.raises(RuleBroken, match="come back already"):
        vote.void(yard.work, second)
    with pytest.raises(RuleBroken, match="come back already"):
        yard.ask()


def test_undo_takes_the_last_paper_back(yard: Yard) -> None:
    key = yard.ask()
    papers.enter(yard.work, yard.flats()[2].id, {key: "in_favour"})
    assert yard.work.undo() == "votes.paper"
    assert papers.returned(yard.work, yard.meeting) == ((), None)


def test_what_is_still_possible_counts_those_who_have_not_voted() -> None:
    rule = "owners_special"
    few = tally([Paper(flat="1", owner="a", area=100, choice="against")], {"a": 100, "b": 100}).count
    assert "cannot pass" in str(owners_possible(rule, few)[-1])
    many = {str(place): 100 for place in range(9)}
    assert "cannot pass" not in str(owners_possible(rule, tally([], many).count)[-1])


CHOICE = st.sampled_from(("in_favour", "against", "abstain", "invalid"))
ONE = st.tuples(st.integers(0, 3), st.integers(1, 10_000), st.none() | st.tuples(CHOICE, st.booleans()))


@given(flats=st.lists(ONE, min_size=1, max_size=8))
@settings(max_examples=25)
def test_any_papers_come_to_what_a_plain_count_says(flats: list[tuple[int, int, tuple[str, bool] | None]]) -> None:
    with TemporaryDirectory() as folder:
        work = open_work(fresh(Path(folder, "yard.sqlite")), clock=HandClock())
        compare(work, flats)
        work.close()


def compare(work: Work, flats: list[tuple[int, int, tuple[str, bool] | None]]) -> None:
    """The papers of these flats, added up by the database and by the plain function of the rules."""
    yard = make_yard(work, tuple((owner, area) for owner, area, _ in flats))
    key, said = yard.ask(), []
    for row, (owner, area, told) in zip(yard.flats(), flats, strict=True):
        if told is None:
            continue
        choice, signed = told
        try:
            papers.enter(work, row.id, {key: choice}, signed=signed)
        except RuleBroken:
            continue
        said.append(Paper(flat=str(row.number), owner=str(owner), area=area, choice=choice if choice != "invalid" else
                          "against", signed=signed and choice != "invalid"))  # fmt: skip
    whole: dict[str, int] = {}
    for owner, area, _ in flats:
        whole[str(owner)] = whole.get(str(owner), 0) + area
    plain = tally(said, whole)
    counted = papers.results(work, yard.meeting)[0].standing
    names = ("eligible", "eligible_area", "present", "present_area", "in_favour", "in_favour_area", "against",
             "against_area", "abstain", "abstain_area", "invalid")  # fmt: skip
    assert {name: getattr(counted.count, name) for name in names} == {
        name: getattr(plain.count, name) for name in names
    }
    assert plain.faults == ()
    assert counted.split == 0
    verdict = vote.count(work, yard.meeting)[key]
    assert verdict == RULES["owners_special"].judge(counted.count, day_of(work.clock()))
    with work.read() as session:
        assert faults_of(document(session, yard.meeting)) == []
        assert session.query(FlatBallot).count() == len(said)

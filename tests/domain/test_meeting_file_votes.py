"""Votes of a meeting file: rules, ballots, sums and remarks, each broken once and each at its very limit."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from deliberation_app.domain.meeting_file import judge_vote
from tests.domain.meeting_file_samples import (
    Document,
    attends,
    ballot,
    household,
    id_of,
    person,
    pointers,
    remarks,
    sentences,
    small,
    the_vote,
    time,
)  # fmt: skip

EXAMPLES = json.loads((Path(__file__).parent / "rule-examples.json").read_text("utf-8"))
VOTE = "/meeting/agenda/0/votes/0"
ALL = ("王一", "李二", "张三", "赵四")


def with_vote(kind: str = "courtyard_consultation", **of_vote: Any) -> Document:
    document = small(**of_vote)
    document["meeting"]["kind"] = kind
    return document


def counts(in_favour: int, against: int = 0, abstain: int = 0, **more: Any) -> Document:
    return {"in_favour": in_favour, "against": against, "abstain": abstain, **more}


def ballots(*names: str) -> list[Document]:
    return [ballot(name) for name in names]


def room(eligible: int, present: int, **more: Any) -> Document:
    return {"eligible": eligible, "present": present, **more}


def owners(eligible: int = 10, present: int = 8, of: float = 1000, took_part: float = 800) -> Document:
    return room(eligible, present, eligible_area_m2=of, present_area_m2=took_part)


HOUSE = {
    "quorum": {"of": "eligible", "numerator": 2, "denominator": 3, "strict": False},
    "passing": {"of": "present", "numerator": 1, "denominator": 2, "strict": True},
}
CANDIDATES = [{"person": id_of("王一"), "in_favour": 3}, {"person": id_of("李二"), "in_favour": 2}]
ADMISSION = {"rule": "branch_admission", "method": "secret_ballot"}
ELECTION = {"rule": "branch_election", "method": "secret_ballot"}

FAULTY: list[tuple[Document, list[str]]] = [
    ({"rule": "by_shouting"}, [f"{VOTE}/rule"]),
    ({"rule": "house_rule"}, [VOTE]),
    ({"house_rule": HOUSE}, [f"{VOTE}/house_rule"]),
    ({"method": "secret_ballot", "ballots": ballots("王一")}, [f"{VOTE}/ballots"]),
    ({"method": "secret_ballot", "ballots": ballots("孙五"), "counts": counts(3)}, [f"{VOTE}/ballots"]),
    ({"ballots": [ballot("nobody")]}, [f"{VOTE}/ballots/0/voter"]),
    ({"ballots": ballots("王一", "王一")}, [f"{VOTE}/ballots/1/voter"]),
    ({"ballots": ballots("王一", "周六")}, [f"{VOTE}/ballots/1/voter"]),
    ({"ballots": ballots("王一", "孙五")}, [f"{VOTE}/ballots/1/voter"]),
    ({"ballots": ballots("王一"), "counts": counts(2, 0)}, [f"{VOTE}/counts/in_favour"]),
    ({"ballots": ballots("王一"), "counts": counts(1, 1, 1)}, [f"{VOTE}/counts/against", f"{VOTE}/counts/abstain"]),
    ({"electorate": room(3, 4)}, [f"{VOTE}/electorate/present"]),
    ({"electorate": {"eligible": 3}}, [f"{VOTE}/electorate/eligible"]),
    ({"electorate": {"present": 6}}, [f"{VOTE}/electorate/present"]),
    ({"counts": counts(3, 1, 1)}, [f"{VOTE}/counts"]),
    ({"counts": counts(3, 1, 0, invalid=1)}, [f"{VOTE}/counts"]),
    ({"counts": counts(4), "recounts": [{"at": time("09:29"), "counts": counts(5)}]}, [f"{VOTE}/recounts/0/counts"]),
    ({"counts": counts(4), "ballots_returned": 3}, [f"{VOTE}/counts"]),
    ({"counts": counts(4), "written_opinions": 1}, [f"{VOTE}/written_opinions"]),
    ({**ADMISSION, "counts": counts(1), "written_opinions": 2, "electorate": room(9, 5)}, [f"{VOTE}/written_opinions"]),
    ({**ADMISSION, "counts": counts(5), "written_opinions": 2}, [VOTE]),
    ({**ADMISSION, "counts": counts(6), "written_opinions": 1}, [f"{VOTE}/counts"]),
    ({**ADMISSION, "counts": counts(5), "written_opinions": 1, "ballots_returned": 3}, [f"{VOTE}/counts"]),
    ({**ELECTION, "candidates": [{"person": id_of("王一"), "in_favour": 3, "against": 2}]}, [f"{VOTE}/candidates/0"]),
    ({**ELECTION, "candidates": CANDIDATES}, [f"{VOTE}/candidates"]),
    ({**ELECTION, "counts": counts(6), "ballots_issued": 4, "ballots_returned": 5}, [f"{VOTE}/counts"]),
    ({"counts": counts(5), "ballots_issued": 4, "ballots_returned": 5}, [f"{VOTE}/counts"]),
    ({"rule": "affected_owners_unanimous", "counts": counts(3, 2)}, [f"{VOTE}/counts"]),
    ({"rule": "residents_election", "counts": counts(4), "ballots_returned": 3}, [f"{VOTE}/counts"]),
    ({"rule": "owners_ordinary", "counts": counts(2, in_favour_area_m2=10)}, [VOTE]),
    ({"rule": "owners_ordinary", "counts": counts(2, in_favour_area_m2=10), "electorate": room(4, 3)},
     [f"{VOTE}/electorate"]),
    ({"rule": "owners_special", "counts": counts(8), "electorate": owners()}, [f"{VOTE}/counts"]),
    ({"rule": "owners_special", "counts": counts(8, in_favour_area_m2=800.01), "electorate": owners()},
     [f"{VOTE}/counts"]),
    ({"rule": "owners_special", "counts": counts(9, in_favour_area_m2=800), "electorate": owners()},
     [f"{VOTE}/counts"]),
    ({"rule": "owners_special", "counts": counts(8, in_favour_area_m2=8), "electorate": owners(took_part=1000.01)},
     [f"{VOTE}/electorate/present_area_m2"]),
    ({"rule": "owners_special", "method": "written", "ballots": ballots("王一", "赵四")}, [f"{VOTE}/ballots/1/voter"]),
    ({"rule": "owners_ordinary", "method": "written", "ballots": ballots("王一"),
      "counts": counts(1, in_favour_area_m2=80.49)}, [f"{VOTE}/counts/in_favour_area_m2"]),
]  # fmt: skip

SOUND: list[Document] = [
    {},
    {"counts": counts(4)},
    {"counts": {}},
    {"ballots": []},
    {"method": "secret_ballot", "ballots": []},
    {"ballots": ballots(*ALL), "counts": {"in_favour": 4}},
    {"method": "written", "ballots": ballots("孙五")},
    {"rule": "house_rule", "house_rule": HOUSE, "counts": counts(4)},
    {"electorate": room(4, 4), "counts": counts(2, 1, 1)},
    {"counts": counts(3), "ballots_returned": 9, "ballots_issued": 4},
    {**ADMISSION, "counts": counts(5), "written_opinions": 1, "ballots_returned": 4},
    {"written_opinions": 0, "counts": counts(4)},
    {**ELECTION, "counts": counts(5), "ballots_issued": 4, "ballots_returned": 5},
    {**ELECTION, "candidates": CANDIDATES, "seats": 2},
    {**ELECTION, "candidates": CANDIDATES, "ballots_issued": 4, "ballots_returned": 5},
    {"rule": "affected_owners_unanimous", "counts": counts(2, 2, invalid=3), "ballots_returned": 1},
    {"rule": "residents_election", "counts": counts(4), "ballots_returned": 4, "ballots_issued": 4},
    {"rule": "owners_special", "electorate": owners(), "ballots_issued": 9, "ballots_returned": 7,
     "counts": counts(8, in_favour_area_m2=800, invalid=3, invalid_area_m2=300)},
    {"rule": "owners_ordinary", "method": "written"},
    {"rule": "owners_ordinary", "method": "written", "ballots": ballots("王一", "李二"),
     "counts": counts(2, in_favour_area_m2=160.75)},
]  # fmt: skip


@pytest.mark.parametrize(("of_vote", "places"), FAULTY)
def test_each_rule_tells_the_place_where_it_is_broken(of_vote: Document, places: list[str]) -> None:
    assert pointers(with_vote(**of_vote)) == places


@pytest.mark.parametrize("of_vote", SOUND)
def test_the_limits_themselves_are_allowed(of_vote: Document) -> None:
    assert sentences(with_vote(**of_vote)) == []


def test_written_counts_of_owners_and_of_their_recounts_need_the_area_in_favour() -> None:
    recount = {"at": time("09:29"), "counts": counts(8)}
    document = with_vote(
        rule="owners_special", electorate=owners(), counts=counts(8, in_favour_area_m2=800), recounts=[recount]
    )
    assert sentences(document) == [(f"{VOTE}/recounts/0/counts", "“in_favour_area_m2” is missing here.")]


def test_owners_need_households_with_an_area_or_an_electorate() -> None:
    document = with_vote(rule="owners_ordinary", method="written", counts=counts(1, in_favour_area_m2=10),
                         electorate={"present": 1, "present_area_m2": 50})  # fmt: skip
    assert sentences(document) == []
    for home in document["households"]:
        del home["area_m2"]
    assert pointers(document) == [f"{VOTE}/electorate"]


Spoil = Callable[[Document], object]


def entry_of(document: Document, name: str) -> Document:
    return next(entry for entry in document["meeting"]["attendance"] if entry["person"] == id_of(name))


@pytest.mark.parametrize(
    ("rule", "more", "sentence"),
    [
        ("straw_poll", {"status": "leave"}, "王一 is on leave and cannot vote in this vote."),
        ("straw_poll", {"status": "absent"}, "王一 is absent and cannot vote in this vote."),
        ("straw_poll", {"status": "online"}, None),
        (
            "committee_resolution",
            {"status": "online"},
            "王一 is online; under this rule only those in the room can vote.",
        ),
        ("straw_poll", {"capacity": "invited"}, "王一 attends as a guest and has no vote."),
        ("straw_poll", {"arrived_at": time("09:30")}, None),
        (
            "straw_poll",
            {"arrived_at": time("09:31")},
            "王一 came only at 2026-09-01 09:31, after the vote at 2026-09-01 09:30.",
        ),
        (
            "straw_poll",
            {"left_at": time("09:30")},
            "王一 left at 2026-09-01 09:30 and was not there for the vote at 2026-09-01 09:30.",
        ),
        ("straw_poll", {"left_at": time("09:31")}, None),
        (
            "straw_poll",
            {"away": [{"from": time("09:30")}]},
            "王一 was out of the room at the vote at 2026-09-01 09:30.",
        ),
        ("straw_poll", {"away": [{"from": time("09:20"), "to": time("09:30")}]}, None),
    ],
)
def test_an_open_ballot_needs_its_voter_in_the_room(rule: str, more: Document, sentence: str | None) -> None:
    document = with_vote(rule=rule, method="roll_call", ballots=ballots("王一"))
    entry_of(document, "王一").update(more)
    assert sentences(document) == ([(f"{VOTE}/ballots/0/voter", sentence)] if sentence else [])


def test_a_vote_without_a_time_ignores_arrivals_absences_and_departures() -> None:
    document = with_vote(method="roll_call", ballots=ballots("王一"))
    entry_of(document, "王一").update(arrived_at=time("10:00"), left_at=time("10:30"))
    del the_vote(document)["at"]
    assert sentences(document) == []


@pytest.mark.parametrize(
    ("party", "suffrage", "allowed"),
    [("full", None, True), ("probationary", None, False), ("none", True, True), ("full", False, False)],
)
@pytest.mark.parametrize("rule", ["branch_resolution", "four_discussions"])
def test_branch_rules_ask_for_suffrage(rule: str, party: str, suffrage: bool | None, allowed: bool) -> None:
    document = with_vote(rule=rule, method="roll_call", ballots=ballots("王一"))
    document["people"][0].update({"party": party} | ({} if suffrage is None else {"suffrage": suffrage}))
    assert pointers(document) == ([] if allowed else [f"{VOTE}/ballots/0/voter"])


def test_a_proxy_makes_the_person_represented_present_where_the_rule_allows() -> None:
    for rule, allowed in {"residents_election": True, "owners_ordinary": True, "residents_assembly": False}.items():
        document = with_vote(rule=rule, method="roll_call", ballots=ballots("孙五"))
        document["households"].append(household("301", "孙五", 60))
        assert pointers(document) == [f"{VOTE}/ballots/0/voter"]
        entry_of(document, "周六")["proxy_of"] = id_of("孙五")
        assert pointers(document) == ([] if allowed else [f"{VOTE}/ballots/0/voter"])
        entry_of(document, "周六")["left_at"] = time("09:30")
        assert pointers(document) == [f"{VOTE}/ballots/0/voter"]


def test_an_evaluation_has_no_more_answers_than_were_asked_for() -> None:
    document = small()
    document["evaluations"][0]["invited"] = 6
    assert sentences(document) == []
    document["evaluations"][0]["invited"] = 5
    assert pointers(document) == ["/evaluations/0/responses"]


def test_what_differs_from_the_new_verdict_is_a_remark() -> None:
    verdict = {"quorate": True, "passed": True}
    assert remarks(with_vote(counts=counts(3), verdict=verdict)) == []
    assert remarks(with_vote(counts=counts(2), verdict=verdict)) == [f"{VOTE}/verdict"]
    assert remarks(with_vote(verdict=verdict)) == [f"{VOTE}/verdict"]
    assert remarks(with_vote(rule="residents_assembly", counts=counts(3))) == [f"{VOTE}/rule"]
    candidates = [{**candidate, "elected": True} for candidate in CANDIDATES]
    document = with_vote("branch_assembly", **ELECTION, seats=2, candidates=candidates)
    assert remarks(document) == [f"{VOTE}/candidates/1/elected"]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["id"])
def test_the_worked_examples_come_in_without_fault_and_are_judged_alike(example: Document) -> None:
    of_vote = {key: value for key, value in example.items() if key not in {"id", "verdict", "note"}}
    document = with_vote(**of_vote)
    assert sentences(document) == []
    verdict, _ = judge_vote(document, the_vote(document))
    assert verdict is not None
    assert {"quorate": verdict.quorate, "passed": verdict.passed} == example["verdict"]


def test_fractions_below_the_law_are_a_remark() -> None:
    low = {**HOUSE, "quorum": {**HOUSE["quorum"], "denominator": 4, "numerator": 1}}
    of_vote = {"rule": "house_rule", "house_rule": low, "counts": counts(4)}
    assert remarks(with_vote("courtyard_consultation", **of_vote)) == []
    assert f"{VOTE}/house_rule" in remarks(with_vote("residents_representatives", **of_vote))


def test_many_votes_and_attendees_cost_no_more_than_their_sum() -> None:
    document = small(counts=counts(1))
    names = [f"居民{number}" for number in range(3000)]
    document["people"] += [person(name) for name in names]
    document["meeting"]["attendance"] += [attends(name, arrived_at=time("09:01")) for name in names]
    document["meeting"]["agenda"][0]["votes"] += [
        {**the_vote(document), "id": id_of(f"vote {number}")} for number in range(3000)
    ]
    assert sentences(document) == []

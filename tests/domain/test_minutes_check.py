"""What is missing before locking is found, with its place and a sentence; a complete meeting has nothing red."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from deliberation_app.domain.meetings import KINDS
from deliberation_app.domain.minutes import Finding, JudgedVote, missing
from deliberation_app.domain.minutes_check import NEEDS

Change = Callable[[dict[str, Any]], object]
NAMES = (
    "shandalu194-consultation",
    "shandalu194-owners-vote",
    "ronghuishanshui-hybrid",
    "branch-assembly-admission",
    "theme-day",
)
CONSULTATION, OWNERS, _, BRANCH, _ = NAMES
Sample = Callable[[str], dict[str, Any]]
Judge = Callable[[Mapping[str, Any]], dict[str, JudgedVote]]
Found = Callable[[dict[str, Any]], list[Finding]]


@pytest.fixture(scope="module")
def found(judge: Judge) -> Found:
    """The findings of a document with its votes judged."""
    return lambda document: missing(document, judge(document))


def sentences(findings: list[Finding], level: str) -> list[str]:
    """The English sentences of one level."""
    return [str(finding.sentence) for finding in findings if finding.level == level]


@pytest.mark.parametrize("name", NAMES)
def test_the_demonstration_has_nothing_red(name: str, sample: Sample, found: Found) -> None:
    assert sentences(found(sample(name)), "red") == []


@pytest.mark.parametrize("field", ["number", "opened_at", "closed_at", "place", "chair", "recorder"])
def test_each_general_field_is_asked_for(field: str, sample: Sample, found: Found) -> None:
    document = sample(CONSULTATION)
    del document["meeting"][field]
    assert [(one.level, one.place) for one in found(document) if one.place == f"/meeting/{field}"] == [
        ("red", f"/meeting/{field}")
    ]


def entry(document: dict[str, Any], place: int = 2) -> dict[str, Any]:
    """An entry of the agenda."""
    found_entry: dict[str, Any] = document["meeting"]["agenda"][place]
    return found_entry


def turned_into(kind: str, **more: Any) -> Change:
    """A change of the kind of meeting."""
    return lambda document: document["meeting"].update({"kind": kind, **more})


RED: list[tuple[str, Change, str, str]] = [
    (CONSULTATION, lambda d: d["meeting"].update(attendance=[]), "/meeting/attendance", "Nobody is entered as due"),
    (CONSULTATION, lambda d: d["meeting"]["attendance"][19].pop("reason"), "/meeting/attendance/19", "Why 林请假"),
    (CONSULTATION, lambda d: entry(d)["votes"][1].pop("counts"), "/meeting/agenda/2/votes/1", "has not been counted"),
    (CONSULTATION, lambda d: entry(d)["votes"][0]["counts"].update(in_favour=19), "/meeting/agenda/2/votes/0", "19"),
    (CONSULTATION, lambda d: entry(d).pop("resolution"), "/meeting/agenda/2", "text of the resolution"),
    (CONSULTATION, lambda d: entry(d, 3).update(statements=[]), "/meeting/agenda/3", "without discussion"),
    (CONSULTATION, lambda d: entry(d).pop("options"), "/meeting/agenda/2", "no entry has options"),
    (
        CONSULTATION,
        lambda d: entry(d)["statements"].pop(1),
        "/meeting/agenda/2/statements/0",
        "冯㛃 raised has no answer",
    ),
    (CONSULTATION, lambda d: entry(d).pop("routing"), "/meeting/agenda/2", "where does the outcome go"),
    (CONSULTATION, lambda d: d["items"][0].update(party_meetings=[]), "/items/0/party_meetings", "vital interests"),
    (
        CONSULTATION,
        lambda d: d["items"][1].update(votable=False),
        "/meeting/agenda/3/votes/0",
        "the law decides whether",
    ),
    (CONSULTATION, lambda d: d["people"][10].pop("post"), "/meeting/attendance/10", "For whom does 甄租住"),
    (BRANCH, lambda d: d["people"][23].pop("party"), "/meeting/attendance/23", "Is 芦预备 a full or a probationary"),
    (BRANCH, lambda d: entry(d)["votes"][0].pop("ballots_issued"), "/meeting/agenda/2/votes/0", "issued and returned"),
    (
        BRANCH,
        lambda d: entry(d)["votes"][0].update(method="show_of_hands"),
        "/meeting/agenda/2/votes/0",
        "secret ballot",
    ),
    (BRANCH, lambda d: entry(d)["votes"].append(entry(d)["votes"][0]), "/meeting/agenda/2", "several admissions"),
    (
        BRANCH,
        lambda d: entry(d)["votes"][0].update(rule="branch_election"),
        "/meeting/agenda/2/votes/0",
        "the candidates",
    ),
    (OWNERS, lambda d: d["meeting"].pop("notice_at"), "/meeting/notice_at", "15 days are needed"),
    (
        OWNERS,
        lambda d: d["meeting"].update(notice_at="2026-04-01T09:00:00+08:00"),
        "/meeting/notice_at",
        "Notice 12 days",
    ),
    ("theme-day", lambda d: entry(d, 1).pop("minutes_allotted"), "/meeting/agenda/1", "how long did this part take"),
    ("theme-day", turned_into("organisational_life"), "/meeting/agenda", "rectification list"),
    ("theme-day", turned_into("member_appraisal"), "/meeting/agenda", "grades"),
    ("theme-day", turned_into("branch_committee"), "/meeting/agenda", "无决议"),
    (CONSULTATION, turned_into("residents_representatives"), "/meeting/attendance", "four fifths"),
    (CONSULTATION, turned_into("residents_assembly"), "/meeting/attendance", "choose one base"),
    (
        CONSULTATION,
        turned_into("residents_assembly"),
        "/items/1/party_meetings",
        "Party organisation discusses it first",
    ),
]


@pytest.mark.parametrize(("name", "change", "place", "words"), RED)
def test_what_is_taken_away_is_found_red(
    name: str, change: Change, place: str, words: str, sample: Sample, found: Found
) -> None:
    document = sample(name)
    change(document)
    red = [(one.place, str(one.sentence)) for one in found(document) if one.level == "red"]
    assert [sentence for where, sentence in red if where == place and words in sentence], red


AMBER: list[tuple[str, Change, str, str]] = [
    (CONSULTATION, lambda d: d["meeting"].pop("notice_at"), "/meeting/notice_at", "when the notice went out"),
    (CONSULTATION, lambda d: entry(d).pop("presenter"), "/meeting/agenda/2", "who presented it"),
    (CONSULTATION, lambda d: entry(d)["votes"][0].pop("at"), "/meeting/agenda/2/votes/0", "the hour of the vote"),
    (CONSULTATION, lambda d: entry(d)["statements"].pop(10), "/meeting/agenda/2", "nobody stated it"),
    (CONSULTATION, lambda d: [s.pop("dissent", 0) for s in entry(d)["statements"]], "/meeting/agenda/2", "no dissent"),
    (CONSULTATION, lambda d: entry(d).pop("votes"), "/meeting/agenda/2", "not put to a straw poll"),
    (BRANCH, lambda d: d["meeting"].update(chair=d["people"][5]["id"]), "/meeting/chair", "is not the secretary"),
    (BRANCH, lambda d: entry(d).update(summary="", statements=[]), "/meeting/agenda/2", "sponsors"),
    ("theme-day", turned_into("party_group"), "/meeting/chair", "not the group leader"),
    (
        CONSULTATION,
        turned_into("council_meeting", notice_at="2026-03-20T09:00:00+08:00"),
        "/meeting/notice_at",
        "2 days",
    ),
]


@pytest.mark.parametrize(("name", "change", "place", "words"), AMBER)
def test_what_is_thin_is_found_amber(
    name: str, change: Change, place: str, words: str, sample: Sample, found: Found
) -> None:
    document = sample(name)
    change(document)
    amber = [(one.place, str(one.sentence)) for one in found(document) if one.level == "amber"]
    assert [sentence for where, sentence in amber if where == place and words in sentence], amber


def test_red_comes_before_amber(sample: Sample, found: Found) -> None:
    document = sample(CONSULTATION)
    document["meeting"].pop("number")
    levels = [one.level for one in found(document)]
    assert levels == sorted(levels, key=lambda level: level != "red")
    assert {"red", "amber"} == set(levels)


def test_before_2026_the_party_need_not_discuss_everything_first(sample: Sample, found: Found) -> None:
    document = sample(CONSULTATION)
    document["meeting"].update(kind="residents_assembly", starts_at="2025-03-21T14:30:00+08:00")
    document["meeting"].update(opened_at="2025-03-21T14:30:00+08:00", notice_at="2025-03-18T09:00:00+08:00")
    assert not [one for one in found(document) if one.place in ("/items/1/party_meetings", "/meeting/notice_at")]


def test_every_need_names_kinds_that_exist_and_has_a_sentence_or_brings_one() -> None:
    assert {kind for need in NEEDS for kind in need.kinds.split()} <= set(KINDS)
    assert {need.level for need in NEEDS} == {"red", "amber"}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_be_checked(kind: str, sample: Sample, found: Found) -> None:
    document = sample(CONSULTATION)
    document["meeting"]["kind"] = kind
    assert all(str(one.sentence) and one.place.startswith("/") for one in found(document))

"""The posted copy: nothing of it leads to a person whom neither law nor post names."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation_app.domain.minutes import JudgedVote, Paragraph, Statement, Table, Vote, compose
from deliberation_app.domain.notices import is_public_post

NAMES = (
    "shandalu194-consultation",
    "shandalu194-owners-vote",
    "ronghuishanshui-hybrid",
    "branch-assembly-admission",
    "theme-day",
)
CONSULTATION = NAMES[0]
Sample = Callable[[str], dict[str, Any]]
Judge = Callable[[Mapping[str, Any]], dict[str, JudgedVote]]


def posted_text(document: dict[str, Any], judged: dict[str, JudgedVote]) -> str:
    """All text of the posted record."""
    return json.dumps(dataclasses.asdict(compose(document, judged, posted=True)), ensure_ascii=False)


@pytest.mark.parametrize("name", NAMES)
def test_nobody_without_a_post_is_named(name: str, sample: Sample, judge: Judge) -> None:
    document = sample(name)
    text = posted_text(document, judge(document))
    open_ids = {document["meeting"]["chair"], document["meeting"]["recorder"]}
    private = [
        person["name"]
        for person in document["people"]
        if person["id"] not in open_ids and not is_public_post(person.get("post", ""))
    ]
    assert private
    assert [who for who in private if who in text] == []


@pytest.mark.parametrize("name", NAMES)
def test_no_statement_holds_any_name(name: str, sample: Sample, judge: Judge) -> None:
    document = sample(name)
    record = compose(document, judge(document), posted=True)
    spoken = "\n".join(f"{one.speaker}{one.text}" for one in record.blocks if isinstance(one, Statement))
    assert [person["name"] for person in document["people"] if person["name"] in spoken] == []


@pytest.mark.parametrize("name", NAMES)
def test_no_telephone_no_room_and_no_reason_is_posted(name: str, sample: Sample, judge: Judge) -> None:
    document = sample(name)
    text = posted_text(document, judge(document))
    hidden = [person["phone"] for person in document["people"] if "phone" in person]
    hidden += [f"{home['entrance']}{home['room']}" for home in document.get("households", ())]
    hidden += [entry["reason"] for entry in document["meeting"]["attendance"] if entry["status"] == "leave"]
    assert [part for part in hidden if part in text] == []


def test_speakers_are_shown_by_post(sample: Sample) -> None:
    document = sample(CONSULTATION)
    record = compose(document, {}, posted=True)
    speakers = [one.speaker for one in record.blocks if isinstance(one, Statement)]
    assert speakers[:4] == ["有车居民代表", "无车居民代表", "有车居民代表", "居务监督委员会委员"]


def test_a_speaker_without_a_post_is_a_resident_with_a_mask(sample: Sample) -> None:
    document = sample(CONSULTATION)
    for person in document["people"]:
        if person["name"] == "冯㛃":
            del person["post"]
    record = compose(document, {}, posted=True)
    assert next(one for one in record.blocks if isinstance(one, Statement)).speaker == "居民 冯*"


def test_mark_period_and_signatures(sample: Sample, judge: Judge) -> None:
    document = sample(CONSULTATION)
    record = compose(document, judge(document), posted=True)
    assert record.mark == (
        "公示件（公示期：2026年3月23日至2026年4月7日；公示地点：院门公告栏、居务公开栏，异议向山大路194号院党支部提出）"
    )
    assert record.signatures == ()
    assert record.copy == "posted"
    assert record.footnotes[1] == "对本件有异议的，请在公示期内向山大路194号院党支部提出。"


def test_without_a_publication_the_mark_says_only_posted(sample: Sample) -> None:
    record = compose(sample("theme-day"), {}, posted=True)
    assert record.mark == "公示件"
    assert not any("公示期" in line for line in record.footnotes)


def test_a_publication_without_a_place_gives_the_period_alone(sample: Sample) -> None:
    document = sample(CONSULTATION)
    for publication in document["publications"]:
        publication.pop("place", None)
    assert compose(document, {}, posted=True).mark == "公示件（公示期：2026年3月23日至2026年4月7日）"


def test_names_that_only_the_register_knows_are_masked_and_the_unit_is_not(sample: Sample) -> None:
    document = sample(CONSULTATION)
    document["unit"]["name"] = "欧阳立群楼院党支部"
    entry = document["meeting"]["agenda"][0]
    entry["summary"] = "楼上尉迟试的车，欧阳立群楼院党支部来过，欧阳立群也来过"
    entry["statements"] = [{"id": "s", "text": "尉迟试不同意，欧阳立群楼院党支部知道"}]
    record = compose(document, {}, posted=True, others={"尉迟试", "欧阳立群"})
    assert record.unit == "欧阳立群楼院党支部"
    text = json.dumps(dataclasses.asdict(record), ensure_ascii=False)
    assert "楼上尉迟*的车，欧阳立群楼院党支部来过，欧阳**也来过" in text
    assert "尉迟*不同意，欧阳立群楼院党支部知道" in text
    assert "尉迟试" not in text
    kept = compose(document, {}, others={"尉迟试"})
    assert "楼上尉迟试的车" in json.dumps(dataclasses.asdict(kept), ensure_ascii=False)


def test_the_roll_shows_who_took_part_by_building_and_entrance(sample: Sample) -> None:
    document = sample(CONSULTATION)
    roll = [one for one in compose(document, {}, posted=True).blocks if isinstance(one, Table)][-1]
    assert roll.columns == ("序号", "姓名", "身份", "楼栋单元", "到会情况")
    assert roll.rows[6] == ("7", "冯*", "有车居民代表", "1号楼2单元", "到会")
    assert not any("林" in row[1] for row in roll.rows)


def test_owners_are_posted_as_totals_only(sample: Sample, judge: Judge) -> None:
    document = sample("shandalu194-owners-vote")
    record = compose(document, judge(document), posted=True)
    assert not any(isinstance(one, Table) for one in record.blocks)


def test_ballots_are_never_joined_to_names(sample: Sample) -> None:
    document = sample(CONSULTATION)
    vote = next(vote for entry in document["meeting"]["agenda"] for vote in entry.get("votes", ()))
    vote["ballots"] = [{"voter": document["meeting"]["chair"], "choice": "in_favour"}]
    for posted, expected in ((False, ("赞成：范例安。",)), (True, ())):
        told = next(one for one in compose(document, {}, posted=posted).blocks if isinstance(one, Vote))
        assert told.remarks == expected
    vote["method"] = "secret_ballot"
    assert next(one for one in compose(document, {}).blocks if isinstance(one, Vote)).remarks == ()


def test_the_elected_are_named_by_law(sample: Sample) -> None:
    document = sample("branch-assembly-admission")
    vote = next(vote for entry in document["meeting"]["agenda"] for vote in entry.get("votes", ()))
    chosen, other = document["people"][10], document["people"][11]
    vote["candidates"] = [{"person": chosen["id"], "in_favour": 15}, {"person": other["id"], "in_favour": 3}]
    judged = {vote["id"]: JudgedVote(quorate=True, passed=True, elected=(chosen["id"],))}
    told = next(one for one in compose(document, judged, posted=True).blocks if isinstance(one, Vote))
    assert told.outcome == "当选：汪秀兰。"
    assert told.remarks == ("汪秀兰：赞成15票，当选。", "董*明：赞成3票。")


signs = st.characters(min_codepoint=0x4E00, max_codepoint=0x4E30)
names = st.text(signs, min_size=2, max_size=6)


@given(people=st.lists(names, min_size=1, max_size=8, unique=True), around=st.text(signs))
def test_no_full_name_ever_leaks_into_any_text(people: list[str], around: str, sample: Sample) -> None:
    document = sample(CONSULTATION)
    ids = [f"p{place}" for place in range(len(people))]
    document["people"] = [{"id": id_, "name": name} for id_, name in zip(ids, people, strict=True)]
    document["meeting"]["attendance"] = [{"person": id_, "capacity": "voting", "status": "present"} for id_ in ids]
    text = around.join(["", *people, ""])
    statements = [{"id": f"s{place}", "speaker": id_, "text": text} for place, id_ in enumerate(ids)]
    entry = {"id": "e", "title": text, "summary": text, "resolution": text, "statements": statements}
    document["meeting"]["agenda"] = [entry]
    record = compose(document, {}, posted=True)
    printed = [one for one in record.blocks if isinstance(one, Statement | Paragraph | Table)]
    spoken = json.dumps([dataclasses.asdict(one) for one in printed], ensure_ascii=False)
    assert [name for name in people if name in spoken] == []

"""Canonical content: the same however a meeting is written down, another as soon as anything of it changes."""

from __future__ import annotations

import copy
import json
import random
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation_app.domain.meeting_file import canonical, digest, hundredths, jcs, judge_vote, read, write
from tests.domain.meeting_file_samples import (
    DEMO,
    as_bytes,
    ballot,
    demo,
    id_of,
    small,
    spoilt,
    the_vote,
    time,
)  # fmt: skip


def rewritten(value: Any, chance: random.Random) -> Any:
    """The same value with keys in another order and times at another offset or with empty fractions."""
    if isinstance(value, dict):
        keys = list(value)
        chance.shuffle(keys)
        return {key: rewritten(value[key], chance) for key in keys}
    if isinstance(value, list):
        return [rewritten(inner, chance) for inner in value]
    if isinstance(value, str) and value.endswith("+08:00"):
        offset = timezone(timedelta(minutes=chance.choice([-690, 0, 330, 480])))
        text = datetime.fromisoformat(value).astimezone(offset).isoformat()
        return text.replace("+00:00", chance.choice(["Z", ".000Z", "+00:00"]))
    return value


@given(seed=st.integers(), name=st.sampled_from([path.stem for path in DEMO]))
def test_order_of_keys_offsets_and_order_of_top_lists_change_nothing(seed: int, name: str) -> None:
    document = demo(name)
    chance = random.Random(seed)
    other = rewritten(document, chance)
    for part in ("households", "people", "items", "tasks", "evaluations", "publications"):
        chance.shuffle(other.get(part, []))
    other["written_at"] = time("13:00")
    other.pop("written_by", None)
    assert canonical(other) == canonical(document)
    assert digest(read(as_bytes(other))) == digest(document)


def test_verdicts_and_empty_lists_are_not_content() -> None:
    document = small(candidates=[{"person": id_of("王一"), "in_favour": 3, "elected": False}])
    other = copy.deepcopy(document)
    the_vote(other)["verdict"] = {"quorate": True, "passed": True}
    the_vote(other)["recounts"] = []
    the_vote(other)["candidates"][0]["elected"] = True
    other["items"][0]["history"] = []
    assert digest(other) == digest(document)
    assert b"verdict" not in canonical(other)


@pytest.mark.parametrize(
    "change",
    [
        lambda document: document["meeting"].update(title="另一个会"),
        lambda document: document["meeting"]["attendance"].reverse(),
        lambda document: document["households"][0].update(area_m2=50.51),
        lambda document: document["meeting"].update(closed_at="2026-09-01T11:00:00.5+08:00"),
        lambda document: document["items"][0].update(votable=True),
        lambda document: the_vote(document).update(counts={}),
        lambda document: document["items"][0].update(background=""),
    ],
)
def test_everything_else_is_content(change: Any) -> None:
    assert digest(spoilt(change)) != digest(small())


def test_the_canonical_text_is_rfc_8785() -> None:
    assert jcs({"b": [True, None, 0], "a": '€$\x0f\nA\'B"\\\\"/\x7f'}) == (
        '{"a":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/\x7f","b":[true,null,0]}'.encode()
    )
    # The example of RFC 8785 3.2.3: by UTF-16 code units the pair comes before U+FB33.
    keys = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"]
    ordered = ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]
    assert list(json.loads(jcs(dict.fromkeys(keys, 1)))) == ordered
    with pytest.raises(ValueError, match="2\\^53"):
        jcs([1.5])


def test_times_and_areas_are_normal_in_the_canonical_text() -> None:
    content = json.loads(canonical(spoilt(lambda document: document["meeting"].update(
        opened_at="2026-09-01T09:00:00.000+08:00", closed_at="2026-09-01T11:00:00.120+08:00"))))  # fmt: skip
    assert content["meeting"]["opened_at"] == "2026-09-01T01:00:00Z"
    assert content["meeting"]["closed_at"] == "2026-09-01T03:00:00.12Z"
    assert {home["area_m2"] for home in content["households"]} == {5050, 3000, 8025}
    assert [hundredths(area) for area in (62.35, 0.07, 1, 1.1, 999999999.99)] == [6235, 7, 100, 110, 99999999999]
    with pytest.raises(ValueError, match="finer"):
        hundredths(0.001)


def test_export_writes_local_times_plain_areas_and_new_verdicts() -> None:
    document = spoilt(lambda document: document["meeting"].update(closed_at="2026-09-01T03:00:00Z"),
                      counts={"in_favour": 3}, verdict={"quorate": False, "passed": False})  # fmt: skip
    text = write(dict(reversed(document.items()))).decode()
    assert text.startswith('{\n "format": "deliberation-meeting-file",\n "version": 1,\n')
    assert text.endswith("}\n")
    assert '"closed_at": "2026-09-01T11:00:00+08:00"' in text
    assert '"area_m2": 50.5,' in text
    assert '"area_m2": 30,' in text
    written = the_vote(json.loads(text))["verdict"]
    verdict, elected = judge_vote(document, the_vote(document))
    assert verdict is not None
    assert (written["quorate"], written["passed"], written["explanation"]) == (True, True, verdict.explanation)
    assert elected == ()


def test_an_uncounted_vote_has_no_verdict() -> None:
    document = small(verdict={"quorate": True, "passed": True})
    assert "verdict" not in the_vote(json.loads(write(document)))
    assert judge_vote(document, the_vote(document)) == (None, ())


def test_an_election_is_judged_by_its_candidates() -> None:
    votes = {"王一": 4, "李二": 3, "张三": 3}
    candidates = [{"person": id_of(name), "in_favour": in_favour} for name, in_favour in votes.items()]
    document = small(rule="branch_election", method="secret_ballot", candidates=candidates, seats=3)
    document["people"][4]["party"] = "none"
    verdict, elected = judge_vote(document, the_vote(document))
    assert verdict is not None
    assert (verdict.quorate, verdict.passed, len(elected)) == (True, True, 3)
    the_vote(document)["seats"] = 2
    verdict, elected = judge_vote(document, the_vote(document))
    assert verdict is not None
    assert (verdict.passed, elected) == (False, (id_of("王一"),))
    written = the_vote(json.loads(write(document)))["candidates"]
    assert [candidate["elected"] for candidate in written] == [True, False, False]


def test_owners_ballots_bring_heads_and_areas() -> None:
    votes = [ballot("王一"), ballot("李二", "invalid")]
    document = small(rule="owners_ordinary", method="written", ballots=votes)
    verdict, _ = judge_vote(document, the_vote(document))
    assert verdict is not None
    parts = {(check.name, check.by): (check.part, check.whole) for check in verdict.checks}
    assert parts[("quorum", "heads")] == (1, 2)
    assert parts[("quorum", "area")] == (8050, 16075)
    assert parts[("passing", "area")] == (8050, 8050)
    assert not verdict.quorate

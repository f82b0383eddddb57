"""Meeting files from end to end: the demonstration is clean, what is written comes back, a bad file ends in faults."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deliberation_app.domain import meeting_file
from deliberation_app.errors import FileFaults
from tests.domain.meeting_file_samples import DEMO, as_bytes, demo, id_of, pointers, sentences, small

JUNK = st.one_of(
    st.none(), st.booleans(), st.integers(-5, 10**20), st.text(max_size=8), st.just([]), st.just({}),
    st.floats(allow_nan=True), st.sampled_from(["2026-02-30", "2026-02-28T25:61:00+08:00", id_of("王一"), "full"]),
)  # fmt: skip


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every (container, key) of a document."""
    found: list[tuple[Any, Any]] = []
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in pairs:
        found.append((value, key))
        found.extend(places(inner))
    return found


@pytest.mark.parametrize("path", DEMO, ids=lambda path: path.stem)
def test_the_demonstration_is_clean_and_comes_back(path: Path) -> None:
    data = path.read_bytes()
    document, faults, remarks = meeting_file.check(data)
    assert document is not None
    assert faults == []
    assert remarks == []
    again = meeting_file.read(meeting_file.write(document))
    assert meeting_file.canonical(again) == meeting_file.canonical(document)
    assert meeting_file.write(again) == meeting_file.write(document)
    assert meeting_file.digest(json.loads(data)) == meeting_file.digest(document)


def test_the_small_meeting_is_clean() -> None:
    assert sentences(small()) == []


def test_the_example_of_the_design() -> None:
    document = demo("branch-assembly-admission")
    vote = document["meeting"]["agenda"][1]["votes"][0]
    counts = vote.pop("counts")
    people = {person["id"]: person["name"] for person in document["people"]}
    eligible = [entry["person"] for entry in document["meeting"]["attendance"] if entry["status"] == "present"]
    voters = eligible[: counts["in_favour"]]
    on_leave = next(entry for entry in document["meeting"]["attendance"] if entry["status"] == "leave")["person"]
    vote["method"] = "roll_call"
    vote["ballots"] = [{"voter": voter, "choice": "in_favour"} for voter in [*voters[:5], on_leave, *voters[5:]]]
    assert sentences(document) == [
        ("/meeting/agenda/1/votes/0/ballots/5/voter", f"{people[on_leave]} is on leave and cannot vote in this vote.")
    ]


def test_at_most_a_hundred_faults_are_listed_then_how_many_more() -> None:
    document = small()
    document["people"] += [{"id": id_of("王一"), "name": "重名"} for _ in range(130)]
    with pytest.raises(FileFaults) as refused:
        meeting_file.read(as_bytes(document))
    assert len(refused.value.faults) == 100
    assert refused.value.more == 30
    assert refused.value.faults[0][0] == "/people/6/id"
    document["people"] = [0] * 250
    with pytest.raises(FileFaults) as refused:
        meeting_file.read(as_bytes(document))
    assert (len(refused.value.faults), refused.value.more) == (100, 150)


def test_faults_stand_in_the_order_of_the_file() -> None:
    document = small()
    document["meeting"]["chair"] = id_of("nobody")
    document["tasks"][0]["owner"] = id_of("nobody")
    document["items"][0]["raised_by"] = [id_of("nobody")]
    assert pointers(document) == ["/items/0/raised_by/0", "/meeting/chair", "/tasks/0/owner"]
    turned = dict(reversed(document.items()))
    assert pointers(turned) == ["/tasks/0/owner", "/meeting/chair", "/items/0/raised_by/0"]


def test_a_file_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large.json"
    with path.open("wb") as file:
        file.truncate(meeting_file.LARGEST + 1)
    with pytest.raises(FileFaults) as refused:
        meeting_file.read_path(path)
    assert refused.value.faults[0][0] == ""
    path.write_bytes(b"{}")
    assert meeting_file.read_path(path) == b"{}"


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_spoilt_file_ends_in_faults_and_nothing_else(data: st.DataObject) -> None:
    document = copy.deepcopy(demo(data.draw(st.sampled_from([path.stem for path in DEMO]))))
    for _ in range(data.draw(st.integers(1, 4))):
        everywhere = places(document)
        container, key = everywhere[data.draw(st.integers(0, len(everywhere) - 1))]
        donor, donor_key = everywhere[data.draw(st.integers(0, len(everywhere) - 1))]
        match data.draw(st.sampled_from(["junk", "drop", "move", "more"])):
            case "junk":
                container[key] = data.draw(JUNK)
            case "drop":
                del container[key]
            case "move":
                container[key] = copy.deepcopy(donor[donor_key])
            case "more" if isinstance(container, dict):
                container[data.draw(st.text(max_size=5))] = data.draw(JUNK)
    text = json.dumps(document, ensure_ascii=data.draw(st.booleans()))
    checked, faults, _ = meeting_file.check(text.encode("utf-8", "surrogatepass"))
    assert (checked is None) == bool(faults)
    for fault in faults:
        assert fault.pointer == "" or fault.pointer.startswith("/")
        assert len(str(fault.sentence).encode().splitlines()) == 1
    if checked is not None:
        assert meeting_file.digest(meeting_file.read(meeting_file.write(checked))) == meeting_file.digest(checked)


@settings(max_examples=300, deadline=None)
@given(at=st.integers(0, 10**9), bit=st.integers(0, 7), cut=st.booleans())
def test_a_damaged_text_ends_in_faults_and_nothing_else(at: int, bit: int, cut: bool) -> None:
    data = bytearray(as_bytes(small()))
    at %= len(data)
    if cut:
        del data[at:]
    else:
        data[at] ^= 1 << bit
    document, faults, _ = meeting_file.check(bytes(data))
    assert (document is None) == bool(faults)

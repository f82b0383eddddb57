"""The shape of a meeting file: the walk agrees with jsonschema and its formats, and tells each fault once."""

from __future__ import annotations

import copy
import json
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from deliberation_app import settings as places
from deliberation_app.domain.meeting_file_faults import pointer
from deliberation_app.domain.meeting_file_shape import check_shape, rules
from deliberation_app.domain.meeting_file_text import parse
from tests.domain.meeting_file_samples import Document, as_bytes, demo, id_of, pointers, sentences, small, time

SCHEMA = json.loads(places.path("resources", "meeting-file.schema.json").read_text("utf-8"))
ORACLE = Draft202012Validator(SCHEMA, format_checker=FormatChecker())
NAMES = ["branch-assembly-admission", "ronghuishanshui-hybrid", "shandalu194-consultation", "theme-day"]
VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(-2, 10**7 + 2),
    st.sampled_from([1.5, 7.0, 62.35, [], {}, [{}], [[]], {"id": 1}]).map(deepcopy),  # the test changes what it drew
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=4),
    st.sampled_from([
        "2026-02-30", "2026-02-28", "2026-2-28", "2026-09-01T09:00:00+08:00", "2026-09-01T09:00:00", "none", "present",
        "2026-09-31T09:00:00+08:00", "2026-09-01T25:61:00Z", "2026-09-01T23:59:60Z", "2026-09-01T09:00:00.1234567Z",
        "2026-09-01T09:00:00.123456-23:59", "0190D7F2-5B1C-7C3E-9A41-3F2D5C6B7A89", "a" * 301, "straw_poll", "G4", "G",
    ]),
)  # fmt: skip


def every_place(value: Any) -> list[tuple[Any, Any]]:
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place for key, inner in list(pairs) for place in [(value, key), *every_place(inner)]]


def test_the_schema_asks_for_formats_that_really_run() -> None:
    assert {"date-time", "date", "uuid"} <= ORACLE.format_checker.checkers.keys()
    assert rules().required == tuple(SCHEMA["required"])


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_the_walk_agrees_with_jsonschema(data: st.DataObject) -> None:
    document = copy.deepcopy(demo(data.draw(st.sampled_from(NAMES))))
    for _ in range(data.draw(st.integers(1, 3))):
        everywhere = every_place(document)
        container, key = everywhere[data.draw(st.integers(0, len(everywhere) - 1))]
        match data.draw(st.sampled_from(["set", "set", "drop", "more"])):
            case "set":
                container[key] = data.draw(VALUES)
            case "drop":
                del container[key]
            case "more" if isinstance(container, dict):
                container[data.draw(st.sampled_from(["state", "note", "合计"]))] = data.draw(VALUES)
    expected = {pointer(error.absolute_path) for error in ORACLE.iter_errors(document)}
    told = [fault.pointer for fault in check_shape(parse(as_bytes(document))).faults]
    assert set(told) == expected


def put(document: Document, path: str, value: Any) -> Document:
    *way, last = path.strip("/").split("/")
    here: Any = document
    for step in way:
        here = here[int(step)] if isinstance(here, list) else here[step]
    here[int(last) if isinstance(here, list) else last] = value
    return document


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("/format", "deliberation"),
        ("/version", 2),
        ("/version", True),
        ("/written_at", "2026-02-30T09:00:00+08:00"),
        ("/written_at", "2026-02-28T25:61:00+08:00"),
        ("/written_at", "2026-06-30T23:59:60Z"),
        ("/written_at", "2026-02-28T09:00:00"),
        ("/written_at", "2026-02-28 09:00:00Z"),
        ("/written_at", "2026-02-28T09:00:00Z\n"),
        ("/written_at", "２026-02-28T09:00:00Z"),
        ("/unit/id", id_of("x").upper()),
        ("/unit/id", id_of("x") + "\n"),
        ("/unit/kind", "school"),
        ("/unit/name", ""),
        ("/unit/name", "名" * 301),
        ("/unit/name", None),
        ("/households/0/area_m2", 62.355),
        ("/households/0/area_m2", 1e-9),
        ("/households/0/area_m2", -1),
        ("/households/0/area_m2", 1000000000.01),
        ("/households/0/area_m2", True),
        ("/publications/0/posted_on", "2026-02-29"),
        ("/publications/0/posted_on", "2026-02-28\n"),
        ("/publications/0/days", 0),
        ("/publications/0/days", 7.5),
        ("/meeting/sessions", []),
        ("/meeting/agenda/0/votes/0/rule", "straw_poll\n"),
        ("/meeting/agenda/0/votes/0/seats", 10**19),
        ("/evaluations/0/responses/unsure", 10_000_001),
        ("/evaluations/0/responses/unsure", "1"),
    ],
)
def test_each_fault_is_told_once_at_its_value(place: str, value: Any) -> None:
    assert pointers(put(small(), place, value)) == [place]


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("/version", 1.0),
        ("/households/0/area_m2", 1e2),
        ("/households/0/area_m2", 1000000000),
        ("/publications/0/days", 7.0),
        ("/written_at", "2026-02-28T23:59:59.123456-11:30"),
        ("/unit/name", "𬱖" * 300),
        ("/publications/0/posted_on", "2024-02-29"),
    ],
)
def test_the_limits_themselves_are_allowed(place: str, value: Any) -> None:
    assert sentences(put(small(), place, value)) == []


def test_missing_and_unknown_keys_are_told_at_their_object() -> None:
    document = small()
    del document["meeting"]["title"]
    document["meeting"]["Title"] = "协商会"
    document["publications"][0]["objections"] = [{"text": "问", "answered_on": "2026-09-03"}]
    assert sentences(document) == [
        ("/meeting", "“title” is missing here."),
        ("/meeting", "“Title” is not known here. Correct the spelling or take it out."),
        ("/publications/0/objections/0", "“answer” is missing here; it belongs to “answered_on”."),
    ]


def test_meaning_is_checked_only_where_the_shape_is_sound() -> None:
    document = small()
    document["meeting"]["notice_at"] = time("10:00")
    document["meeting"]["chair"] = id_of("nobody")
    document["unit"]["kind"] = "school"
    assert pointers(document) == ["/unit/kind"]
    assert as_bytes(document).decode().isprintable()

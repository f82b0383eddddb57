"""The text of a meeting file: what is not strict JSON in UTF-8 is refused with its place; nothing ends the program."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation_app.domain.meeting_file import LARGEST, check, hundredths
from deliberation_app.domain.meeting_file_text import parse
from deliberation_app.errors import AppError
from tests.domain.meeting_file_samples import as_bytes, sentences, small

REFUSED = [
    (b"", "Line 1, column 1: the file ends"),
    (b" \n{", "Line 2, column 2: the file ends"),
    (b'{"a": 1', "Line 1, column 8: the file ends"),
    (b'{"a": "b', "Line 1, column 7: the text that begins here has no end"),
    (b'{"a": "b\nc"}', "Line 1, column 9: a bare line end"),
    (b'{"a": "\\x"}', "Line 1, column 8: a wrong character after the backslash"),
    (b"[1,]", "Line 1, column 4: not JSON"),
    (b"{'a': 1}", "Line 1, column 2: not JSON"),
    (b"[01]", "Line 1, column 3: not JSON"),
    (b"{} {}", "Line 1, column 4: text follows"),
    (b"{}\n\nx", "Line 3, column 1: text follows"),
    (b'{"a": 1,\n "b": {"c": 1, "\\u0063": 2}}', "Line 2, column 16: “c” stands twice"),
    (b'{"a": NaN}', "Line 1, column 7: NaN"),
    (b'{"a": "NaN", "b": -Infinity}', "Line 1, column 19: -Infinity"),
    (b'["x\\"y", Infinity]', "Line 1, column 10: Infinity"),
    (b"[100000000000000000000]", "Line 1, column 2: the number 100000000000000000000"),
    (b"[1.5, -100000000000000000000]", "Line 1, column 7: the number -1"),
    (b"[1.1e30]", "Line 1, column 2: the number 1.1e30"),
    (b"[1e999999999]", "Line 1, column 2: the number 1e999999999"),
    (b"[1e99999999999999999999]", "Line 1, column 2: the number 1e9"),
    (b"[" * 100_000, "Line 1, column 201: brackets more than 200 deep"),
    (b'{"a":' * 100_000, "Line 1, column 1001: brackets more than 200 deep"),
    (b"[" * 100_000 + b"]" * 100_000, "Line 1, column 201: brackets more than 200 deep"),
    (b"\xef\xbb\xbf{}", "The file begins with a byte order mark"),
    (b'{"a": 1,\n"b": "\xff"}', "Line 2, byte 15 of the file"),
    (b'{"a": "\xed\xa0\x80"}', "Line 1, byte 7 of the file"),
    ("{}".encode("utf-16"), "Line 1, byte 0 of the file"),
    (b" " * (LARGEST + 1), "The file has 33554433 bytes"),
]


@pytest.mark.parametrize(("data", "told"), REFUSED, ids=range(len(REFUSED)))
def test_what_is_not_strict_json_is_refused_with_its_place(data: bytes, told: str) -> None:
    document, faults, remarks = check(data)
    assert document is None
    assert [fault.pointer for fault in faults] == [""]
    assert str(faults[0].sentence).startswith(told)
    assert remarks == []


def test_numbers_are_exact() -> None:
    assert parse(b"[1.0, 1e2, -0, -0.0, 62.35, 1e30, 99999999999999999999]") == [
        1, 100, 0, 0, Decimal("62.35"), 10**30, 99999999999999999999,
    ]  # fmt: skip
    assert all(isinstance(number, int) for number in parse(b"[1.0, 1e2, -0.0, 0e-5, 1.0000]"))
    assert hundredths(parse(b"[62.350]")[0]) == 6235


def test_a_full_file_of_the_largest_size_is_still_read() -> None:
    data = as_bytes(small())
    assert check(data + b" " * (LARGEST - len(data)))[1] == []


@pytest.mark.parametrize("character", ["\x00", "\ud800", "\udc00\ud800"])
def test_characters_that_cannot_be_stored_are_told_at_their_text(character: str) -> None:
    document = small()
    document["meeting"]["title"] = f"协商{character}"
    data = json.dumps(document).encode()
    assert [fault.pointer for fault in check(data)[1]] == ["/meeting/title"]
    assert f"U+{ord(character[0]):04X}" in str(check(data)[1][0].sentence)


@given(text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=300))
def test_every_other_text_is_kept_as_it_came(text: str) -> None:
    document = small()
    document["meeting"]["title"] = text
    for ascii_only in (True, False):
        checked, faults, _ = check(json.dumps(document, ensure_ascii=ascii_only).encode())
        assert faults == []
        assert checked is not None
        assert checked["meeting"]["title"] == text


@given(data=st.binary(max_size=40) | st.text(st.sampled_from('{}[]":,\\ue0159-+.aN\n'), max_size=40).map(str.encode))
def test_the_reader_agrees_with_the_standard_library_or_refuses(data: bytes) -> None:
    try:
        value = parse(data)
    except AppError:
        return
    assert value == json.loads(data, parse_float=Decimal)


def test_a_sentence_of_the_shape_never_spells_out_what_is_inside() -> None:
    document = small()
    document["people"] = {"a": ["b"] * 10}
    document["items"] = ["x" * 1000]
    assert sentences(document) == [
        ("/people", "A list in square brackets belongs here, not {…}."),
        ("/items/0", "Named values in curly brackets belong here, not " + "x" * 60 + "…."),
    ]

"""The two texts of a meeting: the canonical one, whose digest tells whether content is the same, and the export."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from deliberation_app.domain.meeting_file_counts import outcome_of, roll_of
from deliberation_app.domain.meeting_file_shape import Rules, rules
from deliberation_app.domain.meeting_file_values import area_text, hundredths, local_text, utc_text

# Never part of the content: reckoned anew, or about the writing instead of the meeting.
NOT_CONTENT = frozenset({"verdict", "elected", "written_at", "written_by"})


def jcs(value: Any) -> bytes:
    """Canonical JSON by RFC 8785 of objects, lists, texts, integers within ±2^53, true, false and null."""
    return json.dumps(_sorted(value), ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode("utf-8")


def _sorted(value: Any) -> Any:
    if isinstance(value, Mapping):
        # RFC 8785 3.2.3: by UTF-16 code units, which differs from code points beyond U+FFFF.
        return {key: _sorted(value[key]) for key in sorted(value, key=lambda key: key.encode("utf-16-be"))}
    if isinstance(value, list | tuple):
        return [_sorted(inner) for inner in value]
    if isinstance(value, float) or (isinstance(value, int) and abs(value) > 2**53):
        raise ValueError(f"only integers within 2^53 have one canonical text here: {value}")
    return value


def canonical(document: Mapping[str, Any]) -> bytes:
    """The canonical text of a checked document: times in UTC, areas in hundredths, top lists by id, content only."""
    content = _content(document, rules())
    for value in content.values():
        if isinstance(value, list):
            value.sort(key=lambda entry: str(entry["id"]))
    return jcs(content)


def digest(document: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical text, in hexadecimal; equal exactly when the content is the same."""
    return hashlib.sha256(canonical(document)).hexdigest()


def _content(value: Any, asked: Rules) -> Any:
    if asked.kind == "object":
        kept = ((key, inner) for key, inner in value.items() if key not in NOT_CONTENT and inner != [])
        return {key: _content(inner, asked.properties[key]) for key, inner in kept}
    if asked.kind == "array" and asked.items is not None:
        return [_content(inner, asked.items) for inner in value]
    if asked.form == "date-time":
        return utc_text(value)
    if asked.area:
        return hundredths(value)
    if asked.kind == "integer":
        return int(value)
    return value


def with_verdicts(document: Mapping[str, Any]) -> dict[str, Any]:
    """A copy in which every counted vote carries verdict and elected reckoned anew, the others none.

    A vote judged by hand has none either: what was announced stands in the resolution.
    """
    roll = roll_of(document)
    meeting = dict(document["meeting"])
    meeting["agenda"] = [
        {**entry, "votes": [_judged(document, vote, roll) for vote in entry["votes"]]} if "votes" in entry else entry
        for entry in meeting["agenda"]
    ]
    return {**document, "meeting": meeting}


def _judged(document: Mapping[str, Any], vote: Mapping[str, Any], roll: Any) -> dict[str, Any]:
    judged = {key: value for key, value in vote.items() if key != "verdict"}
    outcome = outcome_of(document, vote, roll)
    if outcome is None or outcome.verdict.by_hand:
        return judged
    verdict = outcome.verdict
    judged["verdict"] = {"quorate": verdict.quorate, "passed": verdict.passed, "explanation": verdict.explanation}
    if "candidates" in vote:
        elected = set(outcome.elected)
        judged["candidates"] = [
            {**candidate, "elected": candidate["person"] in elected} for candidate in vote["candidates"]
        ]
    return judged


def write(document: Mapping[str, Any]) -> bytes:
    """The exported text: UTF-8, indent 1, keys in the order of the schema, times at +08:00, verdicts reckoned anew."""
    return ("".join(_written(with_verdicts(document), rules(), "\n")) + "\n").encode("utf-8")


def _written(value: Any, asked: Rules, margin: str) -> Iterator[str]:
    if asked.kind == "object":
        keys = [key for key in asked.properties if key in value]
        inner = ((f"{json.dumps(key)}: ", _written(value[key], asked.properties[key], margin + " ")) for key in keys)
        yield from _bracketed("{}", inner, margin)
    elif asked.kind == "array" and asked.items is not None:
        rows = (("", _written(entry, asked.items, margin + " ")) for entry in value)
        yield from _bracketed("[]", rows, margin)
    elif asked.form == "date-time":
        yield f'"{local_text(value)}"'
    elif asked.area:
        yield area_text(hundredths(value))
    else:
        yield json.dumps(value, ensure_ascii=False)


def _bracketed(brackets: str, inner: Iterator[tuple[str, Iterator[str]]], margin: str) -> Iterator[str]:
    separator = brackets[0] + margin + " "
    empty = True
    for label, texts in inner:
        yield separator + label
        yield from texts
        separator, empty = "," + margin + " ", False
    yield brackets if empty else margin + brackets[1]

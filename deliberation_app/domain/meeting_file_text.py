"""From the bytes of a meeting file to plain values: UTF-8, strict JSON, exact numbers, no way to end the program."""

from __future__ import annotations

import json
import re
from decimal import Decimal, InvalidOperation
from typing import Any

from deliberation_app.domain.meeting_file_values import shown
from deliberation_app.errors import N_, AppError

LARGEST = 32 * 1024 * 1024
MOST_DIGITS = 20
LARGEST_NUMBER = Decimal(10) ** 30
DEEPEST = 200

# One token of JSON; possessive, so that no text makes the pattern go back over what it has read.
_TOKEN = re.compile(
    r'(?P<string>"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z))|(?P<bracket>[\[\]{}])|(?P<number>-?[0-9][0-9.eE+-]*+)'
    r"|(?P<word>-?[A-Za-z]++)",
    re.DOTALL,
)
_COLON = re.compile(r"[ \t\n\r]*+:")

_SYNTAX: tuple[tuple[str, str], ...] = (
    (
        "Extra data",
        N_("Line {line}, column {column}: text follows after the last bracket, where nothing may stand."),
    ),
    (
        "Invalid control character",
        N_("Line {line}, column {column}: a bare line end or control character inside a text; the file is damaged."),
    ),
    (
        "Unterminated string",
        N_("Line {line}, column {column}: the text that begins here has no end; the file seems to be cut off."),
    ),
    (
        "Invalid \\",
        N_("Line {line}, column {column}: a wrong character after the backslash; the file is damaged here."),
    ),
)
_DAMAGED = N_("Line {line}, column {column}: not JSON; the file is damaged or is no meeting file. Export it again.")
_CUT_OFF = N_("Line {line}, column {column}: the file ends in the middle; copy or export it again.")

_TOO_DEEP = N_("Line {line}, column {column}: brackets more than {limit} deep; this is no meeting file.")
_TWICE = N_("Line {line}, column {column}: “{key}” stands twice in the same place; only one may stay.")
_NO_NUMBER = N_("Line {line}, column {column}: {value} is not a number that a meeting file may hold.")
_TOO_LONG = N_(
    "Line {line}, column {column}: the number {value} is too large; whole numbers have at most {digits} digits."
)


class _Refused(Exception):
    """Raised inside the reader, which does not know the place; `_special` finds it."""


def too_large(size: int) -> AppError | None:
    """The sentence for a file of `size` bytes that is larger than a meeting file may be, else None."""
    if size <= LARGEST:
        return None
    return AppError(
        N_("The file has {size} bytes; a meeting file has at most {limit} (32 MiB)."), size=size, limit=LARGEST
    )


def parse(data: bytes) -> Any:
    """The value in the text; raises AppError with line and column, or byte. Whole numbers are int, others Decimal."""
    large = too_large(len(data))
    if large is not None:
        raise large
    text = _decoded(data)
    try:
        return json.loads(
            text,
            object_pairs_hook=_object,
            parse_int=_integer,
            parse_float=_number,
            parse_constant=_constant,
        )
    except json.JSONDecodeError as error:
        raise _syntax(error) from None
    except (_Refused, RecursionError):
        raise _special(text) from None


def _decoded(data: bytes) -> str:
    if data.startswith(b"\xef\xbb\xbf"):
        raise AppError(N_("The file begins with a byte order mark (bytes 0 to 2). Save it as UTF-8 without BOM."))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise AppError(
            N_("Line {line}, byte {byte} of the file (counted from 0): this is not UTF-8 text. Save it as UTF-8."),
            line=line,
            byte=error.start,
        ) from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _Refused
    return found


def _integer(literal: str) -> int:
    if len(literal) > MOST_DIGITS + 1 or len(literal.lstrip("-")) > MOST_DIGITS:
        raise _Refused
    return int(literal)


def _number(literal: str) -> int | Decimal:
    try:
        number = Decimal(literal)
    except InvalidOperation:
        raise _Refused from None
    if number.is_zero():
        return 0
    if number.copy_abs() > LARGEST_NUMBER:
        raise _Refused
    # 1.0 and 1e2 are whole numbers to JSON Schema, and the same number to everybody.
    if number.adjusted() >= 0 and number == (whole := number.to_integral_value()):
        return int(whole)
    return number


def _constant(literal: str) -> Any:
    raise _Refused


def _position(text: str, at: int) -> dict[str, int]:
    return {"line": text.count("\n", 0, at) + 1, "column": at - text.rfind("\n", 0, at)}


def _syntax(error: json.JSONDecodeError) -> AppError:
    sentence = next((said for begins, said in _SYNTAX if error.msg.startswith(begins)), _DAMAGED)
    if sentence is _DAMAGED and not error.doc[error.pos :].strip(" \t\n\r"):
        sentence = _CUT_OFF
    return AppError(sentence, line=error.lineno, column=error.colno)


def _special(text: str) -> AppError:
    """Where and what the reader refused, found by going over the tokens once without recursion."""
    keys: list[set[str] | None] = []
    for token in _TOKEN.finditer(text):
        kind = token.lastgroup
        if kind == "bracket":
            refused = _nested(token[0], keys)
        elif kind == "string":
            refused = _repeated(token, text, keys)
        else:
            refused = _literal(token[0])
        if refused is not None:
            return AppError(refused[0], **_position(text, token.start()), **refused[1])
    return AppError(_DAMAGED, line=1, column=1)


_Told = tuple[str, dict[str, object]]


def _nested(bracket: str, keys: list[set[str] | None]) -> _Told | None:
    if bracket in "]}":
        if keys:
            keys.pop()
        return None
    keys.append(set() if bracket == "{" else None)
    if len(keys) <= DEEPEST:
        return None
    return _TOO_DEEP, {"limit": DEEPEST}


def _repeated(token: re.Match[str], text: str, keys: list[set[str] | None]) -> _Told | None:
    if not keys or (inside := keys[-1]) is None or not _COLON.match(text, token.end()):
        return None
    try:
        key = json.loads(token[0])
    except json.JSONDecodeError:  # damaged further on; the place is looked for only up to what was refused
        return None
    if key not in inside:
        inside.add(key)
        return None
    return _TWICE, {"key": shown(key)}


def _literal(literal: str) -> _Told | None:
    if literal in {"true", "false", "null"}:
        return None
    if literal.lstrip("-") in {"NaN", "Infinity"}:
        return _NO_NUMBER, {"value": literal}
    try:
        _number(literal) if set(literal) & set(".eE") else _integer(literal)
    except _Refused:
        return _TOO_LONG, {"value": shown(literal), "digits": MOST_DIGITS}
    return None

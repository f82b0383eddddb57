"""The shape of a meeting file: the schema in resources/, walked once in the order of the file, one sentence a fault.

The walk knows exactly the keywords that the schema uses and refuses to start on any other, so that no new one is
passed over in silence; `format` always runs. Time and memory stay linear in the size of the file, whatever is in it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from deliberation_app import settings
from deliberation_app.domain.meeting_file_faults import MISSING_KEY, MOST_LISTED, Fault, Path, pointer
from deliberation_app.domain.meeting_file_values import decimals, instant, shown
from deliberation_app.errors import N_, AppError

# Looked at when a schema is read: what only explains, and what is checked.
_WORDS = {"$schema", "$id", "$defs", "title", "description"}
_KEYWORDS = {
    "type", "properties", "required", "additionalProperties", "items", "minItems", "enum", "const", "pattern",
    "format", "minLength", "maxLength", "minimum", "maximum", "dependentRequired",
}  # fmt: skip
_UNFIT = re.compile("[\x00\ud800-\udfff]")

_WANTED = {
    "object": N_("Named values in curly brackets belong here, not {value}."),
    "array": N_("A list in square brackets belongs here, not {value}."),
    "string": N_("A text in quotation marks belongs here, not {value}."),
    "integer": N_("A whole number belongs here, not {value}."),
    "number": N_("A number belongs here, not {value}."),
    "boolean": N_("Only true or false may stand here, not {value}."),
}
_FORMS = {
    "uuid": N_("“{value}” is not an id: 36 characters such as 0190d7f2-5b1c-7c3e-9a41-3f2d5c6b7a89, in small letters."),
    "date-time": N_("“{value}” is not a time with its offset, such as 2026-03-21T14:30:00+08:00."),
    "date": N_("“{value}” is not a day of the calendar, such as 2026-03-21."),
    "": N_("“{value}” is not a word that can stand here."),
}
_UNKNOWN_WORD = N_("“{value}” cannot stand here; allowed are: {allowed}.")
_CONSTANTS = {
    "format": N_("This is not a meeting file: its format says “{value}”, it should be “{right}”."),
    "version": N_("This meeting file has version {value}; this program reads version {right}. Update the program."),
}


@dataclass(slots=True)
class Rules:
    """What the schema asks of one value."""

    kind: str = ""
    properties: dict[str, Rules] = field(default_factory=dict)
    required: tuple[str, ...] = ()
    needs: dict[str, list[str]] = field(default_factory=dict)
    items: Rules | None = None
    at_least: int = 0
    words: tuple[str, ...] = ()
    constant: Any = None
    pattern: re.Pattern[str] | None = None
    form: str = ""
    shortest: int = 0
    longest: int | None = None
    minimum: int | None = None
    maximum: int | None = None
    area: bool = False


@lru_cache(maxsize=1)
def rules() -> Rules:
    """The schema of the meeting file, read once."""
    schema = json.loads(settings.path("resources", "meeting-file.schema.json").read_text("utf-8"))
    known: dict[str, Rules] = {}
    return _read(schema, schema, known)


def _read(schema: dict[str, Any], whole: dict[str, Any], known: dict[str, Rules]) -> Rules:
    if "$ref" in schema:
        name = schema["$ref"].removeprefix("#/$defs/")
        if name not in known:
            known[name] = _read(whole["$defs"][name], whole, known)
            known[name].area = name == "area"
        return known[name]
    if unknown := schema.keys() - _KEYWORDS - _WORDS:
        raise ValueError(f"the schema uses keywords that are not checked: {sorted(unknown)}")
    kind = schema.get("type", "object" if "properties" in schema else "")
    if kind == "object" and schema.get("additionalProperties") is not False:
        raise ValueError("every object of the schema names all its keys")
    pattern = schema.get("pattern")
    return Rules(
        kind=kind,
        properties={key: _read(value, whole, known) for key, value in schema.get("properties", {}).items()},
        required=tuple(schema.get("required", ())),
        needs=schema.get("dependentRequired", {}),
        items=_read(schema["items"], whole, known) if "items" in schema else None,
        at_least=schema.get("minItems", 0),
        words=tuple(schema.get("enum", ())),
        constant=schema.get("const"),
        # In JSON Schema $ is the very end; in Python a line end may follow.
        pattern=re.compile(re.sub(r"\$$", r"\\Z", pattern)) if pattern else None,
        form=schema.get("format", ""),
        shortest=schema.get("minLength", 0),
        longest=schema.get("maxLength"),
        minimum=schema.get("minimum"),
        maximum=schema.get("maximum"),
    )


@dataclass
class Shape:
    """The faults of shape found so far: the first hundred, and how many more."""

    faults: list[Fault] = field(default_factory=list)
    more: int = 0

    def add(self, path: Path, message: str, **values: object) -> None:
        """Note one fault; the walk finds them in the order of the file, so the first hundred are those to list."""
        if len(self.faults) < MOST_LISTED:
            said = {name: _said(value) for name, value in values.items()}
            self.faults.append(Fault(pointer(path), AppError(message, **said)))
        else:
            self.more += 1


def check_shape(document: Any) -> Shape:
    """Hold a parsed file against the schema; numbers are int or Decimal."""
    shape = Shape()
    _value(document, rules(), (), shape)
    return shape


def _value(value: Any, asked: Rules, path: Path, shape: Shape) -> None:
    if asked.constant is not None:
        # True equals 1 in Python, not in JSON.
        if value != asked.constant or isinstance(value, bool):
            shape.add(path, _CONSTANTS[str(path[-1])], value=value, right=asked.constant)
    elif asked.words:
        if not isinstance(value, str) or value not in asked.words:
            shape.add(path, _UNKNOWN_WORD, value=value, allowed=asked.words)
    elif not _KINDS[asked.kind](value):
        shape.add(path, _WANTED[asked.kind], value=value)
    elif asked.kind in _INSIDE:
        _INSIDE[asked.kind](value, asked, path, shape)


def _object(value: dict[str, Any], asked: Rules, path: Path, shape: Shape) -> None:
    for key in asked.required:
        if key not in value:
            shape.add(path, MISSING_KEY, key=key)
    for key, others in asked.needs.items():
        for other in others:
            if key in value and other not in value:
                shape.add(path, N_("“{other}” is missing here; it belongs to “{key}”."), key=key, other=other)
    if not value.keys() <= asked.properties.keys():
        for key in value:
            if key not in asked.properties:
                shape.add(path, N_("“{key}” is not known here. Correct the spelling or take it out."), key=key)
    for key, inner in value.items():
        if key in asked.properties:
            _value(inner, asked.properties[key], (*path, key), shape)


def _array(value: list[Any], asked: Rules, path: Path, shape: Shape) -> None:
    if len(value) < asked.at_least:
        shape.add(path, N_("This list must not be empty; leave it out instead."))
    if asked.items is not None:
        for position, inner in enumerate(value):
            _value(inner, asked.items, (*path, position), shape)


def _string(value: str, asked: Rules, path: Path, shape: Shape) -> None:
    if unfit := _UNFIT.search(value):
        shape.add(
            path,
            N_("The character {code} (place {place} in the text) cannot be stored. Take it out."),
            code=f"U+{ord(unfit[0]):04X}",
            place=unfit.start() + 1,
        )
    elif asked.pattern is not None or asked.form:
        if (asked.pattern is not None and not asked.pattern.search(value)) or not _form(asked.form, value):
            shape.add(path, _FORMS[asked.form], value=value)
    elif len(value) < asked.shortest:
        shape.add(path, N_("This text must not be empty."))
    elif asked.longest is not None and len(value) > asked.longest:
        shape.add(
            path,
            N_("This text has {length} characters; at most {limit} have room here."),
            length=len(value),
            limit=asked.longest,
        )


def _number(value: int | Decimal, asked: Rules, path: Path, shape: Shape) -> None:
    if asked.minimum is not None and value < asked.minimum:
        shape.add(path, N_("{value} is too small; the least is {limit}."), value=value, limit=asked.minimum)
    elif asked.maximum is not None and value > asked.maximum:
        shape.add(path, N_("{value} is too large; the most is {limit}."), value=value, limit=asked.maximum)
    elif asked.area and isinstance(value, Decimal) and decimals(value) > 2:
        shape.add(path, N_("An area has at most two decimals (0.01 m²), not {value}."), value=value)


def _form(form: str, value: str) -> bool:
    """Whether the calendar and the clock know this day or time; a leap second (…:60) is not known to them."""
    try:
        if form == "date-time":
            instant(value)
        elif form == "date":
            date.fromisoformat(value)
    except ValueError:
        return False
    return True


_KINDS: dict[str, Callable[[Any], bool]] = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "number": lambda value: isinstance(value, int | Decimal) and not isinstance(value, bool),
    "boolean": lambda value: isinstance(value, bool),
}
_INSIDE: dict[str, Callable[[Any, Rules, Path, Shape], None]] = {
    "object": _object,
    "array": _array,
    "string": _string,
    "integer": _number,
    "number": _number,
}


def _said(value: object) -> object:
    """A wrong value as a sentence names it; what is inside brackets is not spelt out."""
    match value:
        case dict():
            return "{…}"
        case list():
            return "[…]"
        case tuple():
            return ", ".join(value)
        case bool():
            return str(value).lower()
        case None:
            return "null"
        case int():
            return value
        case _:
            return shown(value)

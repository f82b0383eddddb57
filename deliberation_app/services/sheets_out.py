"""Sheets of figures and lists as .xlsx; a text that looks like a formula stays a text."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

Value = str | int | float | date | datetime | None

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NOT_IN_NAMES = re.compile(r"[\\/*?:\[\]]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_WIDEST, _LONGEST = 60, 32767


@dataclass(frozen=True, kw_only=True)
class SheetOut:
    """One sheet: its name, its heading row, its rows."""

    name: str
    columns: tuple[str, ...]
    rows: Sequence[Sequence[Value]]


def workbook(sheets: Sequence[SheetOut]) -> bytes:
    """The sheets as the bytes of an .xlsx."""
    book = Workbook()
    for place, sheet in enumerate(sheets):
        made = book.active if place == 0 else book.create_sheet()
        assert isinstance(made, Worksheet)
        made.title = _NOT_IN_NAMES.sub(" ", sheet.name)[:31]
        _fill(made, sheet)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _fill(made: Worksheet, sheet: SheetOut) -> None:
    for at, row in enumerate((sheet.columns, *sheet.rows), start=1):
        for column, value in enumerate(row, start=1):
            cell = made.cell(row=at, column=column)
            assert isinstance(cell, Cell)
            _put(cell, value)
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            if at == 1:
                cell.font = Font(bold=True)
    made.freeze_panes = "A2"
    for column, heading in enumerate(sheet.columns, start=1):
        longest = max((_wide(row[column - 1]) for row in sheet.rows), default=0)
        made.column_dimensions[get_column_letter(column)].width = min(max(longest, _wide(heading)) + 3, _WIDEST)


def _put(cell: Cell, value: Value) -> None:
    """Text always as text: what begins like a formula is marked, so that no program computes or follows it."""
    if isinstance(value, str):
        cell.value = _NOT_IN_XML.sub("", value)[:_LONGEST]
        cell.data_type = "s"
        if value.startswith(_FORMULA):
            cell.quotePrefix = True
    elif isinstance(value, datetime):
        cell.value = value.replace(tzinfo=None)
    else:
        cell.value = value


def _wide(value: Value) -> int:
    """How wide a value is in columns of Latin letters; a Chinese character takes two."""
    return sum(2 if ord(sign) > 0x2E80 else 1 for sign in str(value if value is not None else "").split("\n")[0])

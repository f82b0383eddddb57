"""Register files: .xlsx, and .csv in UTF-8 or GB 18030 with commas, semicolons or tabs; and out again as .xlsx."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from deliberation_app.domain.register import FIELDS, Sheet, Value
from deliberation_app.errors import N_, AppError, reason_of
from deliberation_app.services import register_xlsx

ENDINGS = (".xlsx", ".csv")
_MOST_BYTES = 100_000_000
_COMPUTED = re.compile(r"'*[=+\-@\t\r]")


def read(path: Path) -> list[Sheet]:
    """The sheets of a register file; AppError says what is wrong with it as a whole."""
    try:
        if path.suffix.lower() == ".csv":
            return [_csv(path)]
        if path.suffix.lower() == ".xls":
            raise AppError(N_("{file} is an old .xls. Open it in WPS or Excel and save it as .xlsx."), file=path.name)
        return register_xlsx.read(path)
    except OSError as error:
        raise AppError(N_("{file} cannot be read ({reason})."), file=path, reason=reason_of(error)) from error


def _csv(path: Path) -> Sheet:
    if path.stat().st_size > _MOST_BYTES:
        raise AppError(N_("{file} is too large to be a register. Keep only the sheet with the people."), file=path.name)
    text = _decoded(path.read_bytes(), path)
    if "\0" in text:
        raise AppError(N_("{file} is no CSV: it holds zero bytes. Save it as .xlsx or as CSV UTF-8."), file=path.name)
    rows: list[tuple[int, list[Value]]] = []
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
        for number, cells in enumerate(reader, 1):
            values: list[Value] = [cell if cell.strip() else None for cell in cells]
            if any(value is not None for value in values):
                rows.append((number, values))
    except csv.Error as error:
        raise AppError(
            N_("{file} cannot be read from row {row} on: a quotation mark is opened and not closed there, or stands "
               "in the middle of a cell."), file=path.name, row=rows[-1][0] + 1 if rows else 1,
        ) from error  # fmt: skip
    return Sheet(path.stem, rows)


def _decoded(data: bytes, path: Path) -> str:
    """UTF-8 with or without its mark, UTF-16 with one, else GB 18030 as WPS writes it."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        tries = ["utf-16"]
    else:
        tries = ["utf-8-sig", "gb18030"]
    for encoding in tries:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise AppError(N_("{file} is neither UTF-8 nor GB 18030. Save it as .xlsx or as CSV UTF-8."), file=path.name)


def _delimiter(text: str) -> str:
    """What parts the cells: whichever of tab, semicolon and comma stands most often in the first rows."""
    head = re.sub(r'"[^"]*"', "", "\n".join(text.splitlines()[:20]))
    return max((",", ";", "\t"), key=head.count)


_WIDTHS = {"name": 16, "gender": 6, "phone": 16, "courtyard": 18, "building": 10, "entrance": 9, "room": 9, "area": 9,
           "owner": 7, "party": 14, "post": 20, "note": 30, "branch": 26, "left_out": 30, "approval": 26,
           "assembly_on": 18, "superior_on": 18, "verified_on": 12}  # fmt: skip


def write(path: Path, fields: Sequence[str], rows: Iterable[Sequence[str | float | None]], title: str) -> None:
    """Write a register as .xlsx; a text that a spreadsheet would compute gets an apostrophe before it."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", title)[:31] or "名册")
    sheet.freeze_panes = "A2"
    for place, field in enumerate(fields, 1):
        sheet.column_dimensions[get_column_letter(place)].width = _WIDTHS.get(field, 14)
    heading = []
    for field in fields:
        cell = WriteOnlyCell(sheet, FIELDS[field].title)
        cell.font, cell.alignment = Font(bold=True), Alignment(horizontal="center")
        heading.append(cell)
    sheet.append(heading)
    for row in rows:
        sheet.append([_text_cell(sheet, value) if isinstance(value, str) else value for value in row])
    try:
        book.save(path)
    except OSError as error:
        raise AppError(N_("{file} cannot be written ({reason})."), file=path, reason=reason_of(error)) from error


def _text_cell(sheet: Any, value: str) -> Any:
    """Text stays text: a telephone is no number, and nothing is computed."""
    said = ILLEGAL_CHARACTERS_RE.sub("", value)
    cell = WriteOnlyCell(sheet, f"'{said}" if _COMPUTED.match(said) else said)
    cell.data_type, cell.number_format = "s", "@"
    return cell

"""Sheets of an .xlsx file as cells with values, read straight from its XML; nothing in it is computed or followed."""

from __future__ import annotations

import gc
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import IO
from xml.etree import ElementTree

from deliberation_app.domain.register import Formula, Sheet, Value, Wrong
from deliberation_app.errors import N_, AppError

# What a file may hold when it is unpacked; a small file that unpacks to more is made to do harm.
_MOST_BYTES = 400_000_000
_MOST_COLUMNS = 200
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_STRICT = (b"http://purl.oclc.org/ooxml/spreadsheetml/main", b"http://purl.oclc.org/ooxml/officeDocument/relationships")
_DATES = frozenset({14, 15, 16, 17, 18, 19, 20, 21, 22, 27, 30, 31, 36, 45, 46, 47, 50, 57})
_DATE_FORM = re.compile(r"[ymdh年月日]", re.IGNORECASE)
_LITERAL = re.compile(r"\"[^\"]*\"|\[[^\]]*\]|\\.")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_EPOCH = date(1899, 12, 30)

C, V, F, T, IS, ROW, COL, MERGE = (_MAIN + tag for tag in ("c", "v", "f", "t", "is", "row", "col", "mergeCell"))


def read(path: Path) -> list[Sheet]:
    """All sheets with something in them, in the order of their tabs; refused with a sentence when it is no .xlsx."""
    try:
        with zipfile.ZipFile(path) as packed, no_search_for_garbage():
            if sum(part.file_size for part in packed.infolist()) > _MOST_BYTES:
                raise AppError(N_("{file} is too large to be a register. Keep only the sheet with the people."),
                               file=path.name)  # fmt: skip
            return [sheet for sheet in _Book(packed).sheets() if sheet.rows]
    except (zipfile.BadZipFile, ElementTree.ParseError, KeyError, ValueError, IndexError, NotImplementedError,
            RuntimeError, EOFError, OverflowError) as error:  # fmt: skip
        raise _no_book(path) from error


@contextmanager
def no_search_for_garbage() -> Iterator[None]:
    """Hundreds of thousands of cells are made at once and all are kept: a search trebles the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _no_book(path: Path) -> AppError:
    with path.open("rb") as file:
        begins = file.read(8)
    if begins.startswith(b"\xd0\xcf\x11\xe0"):
        return AppError(N_("{file} is locked with a password, or an old .xls inside. Open it, take the password away "
                           "and save it as .xlsx."), file=path.name)  # fmt: skip
    return AppError(N_("{file} is damaged or no .xlsx file. Open it in WPS or Excel and save it anew as .xlsx."),
                    file=path.name)  # fmt: skip


class _Book:
    """The parts of a workbook."""

    def __init__(self, packed: zipfile.ZipFile) -> None:
        self._packed = packed
        self._names = set(packed.namelist())
        self._links = self._relations("_rels/.rels", "")
        self._book = next(target for kind, target in self._links.values() if kind.endswith("/officeDocument"))
        folder, name = posixpath.split(self._book)
        self._parts = self._relations(posixpath.join(folder, "_rels", f"{name}.rels"), folder)
        self._texts = self._shared()
        self._dated = self._date_styles()

    def sheets(self) -> Iterator[Sheet]:
        """Each visible sheet; hidden ones after them."""
        root = self._tree(self._book)
        listed = list(root.iter(f"{_MAIN}sheet"))
        listed.sort(key=lambda sheet: sheet.get("state", "visible") != "visible")
        for sheet in listed:
            link = sheet.get(f"{_REL}id")
            kind, target = self._parts.get(link or "", ("", ""))
            if kind.endswith("/worksheet") and target in self._names:
                yield self._sheet(sheet.get("name") or "1", target)

    def _open(self, name: str) -> IO[bytes]:
        return self._packed.open(name)

    def _tree(self, name: str) -> ElementTree.Element:
        data = self._packed.read(name)
        if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data[:4096]:
            raise ValueError("no file of a spreadsheet has a document type")
        for strict, usual in zip(_STRICT, (_MAIN[1:-1].encode(), _REL[1:-1].encode()), strict=True):
            if strict in data[:8192]:
                data = data.replace(strict, usual)
        return ElementTree.fromstring(data)

    def _relations(self, name: str, folder: str) -> Mapping[str, tuple[str, str]]:
        if name not in self._names:
            return {}
        found = {}
        for link in self._tree(name):
            target = link.get("Target") or ""
            whole = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found[link.get("Id") or ""] = link.get("Type") or "", whole
        return found

    def _part(self, ending: str) -> str | None:
        return next((target for kind, target in self._parts.values() if kind.endswith(ending)), None)

    def _shared(self) -> list[str]:
        name = self._part("/sharedStrings")
        return [] if name is None or name not in self._names else [_said(text) for text in self._tree(name)]

    def _date_styles(self) -> list[bool]:
        """For each style of a cell whether it shows a date."""
        name = self._part("/styles")
        if name is None or name not in self._names:
            return []
        root = self._tree(name)
        forms = {
            int(form.get("numFmtId") or 0): bool(_DATE_FORM.search(_LITERAL.sub("", form.get("formatCode") or "")))
            for form in root.iter(f"{_MAIN}numFmt")
        }
        styles = root.find(f"{_MAIN}cellXfs")
        ids = [int(style.get("numFmtId") or 0) for style in (styles if styles is not None else ())]
        return [forms.get(key, key in _DATES) for key in ids]

    def _sheet(self, name: str, target: str) -> Sheet:
        root = self._tree(target)
        rows: list[tuple[int, list[Value]]] = []
        number = 0
        for row in root.iter(ROW):
            number = int(row.get("r") or number + 1)
            values = self._row(row)
            if values:
                rows.append((number, values))
        _fill_merged(rows, [merge.get("ref") or "" for merge in root.iter(MERGE)])
        hidden = frozenset(
            column
            for span in root.iter(COL)
            if span.get("hidden") in ("1", "true")
            for column in range(int(span.get("min") or 1) - 1, min(int(span.get("max") or 1), _MOST_COLUMNS))
        )
        return Sheet(name, rows, hidden)

    def _row(self, row: ElementTree.Element) -> list[Value]:
        values: list[Value] = []
        at = -1
        for cell in row:
            if cell.tag != C:
                continue
            place = cell.get("r")
            at = column_of(place) if place else at + 1
            if at >= _MOST_COLUMNS:
                break
            value = self._value(cell)
            if value is not None:
                values.extend([None] * (at + 1 - len(values)))
                values[at] = value
        return values

    def _value(self, cell: ElementTree.Element) -> Value:
        form = cell.get("t", "n")
        said: str | None = None
        for part in cell:
            if part.tag == V:
                said = part.text
            elif part.tag == F:
                return Formula(part.text or "")
            elif part.tag == IS:
                return _said(part) or None
        if said is None or said == "":
            return None
        if form == "s":
            return self._texts[int(said)] or None
        if form == "n":
            return self._number(said, cell.get("s"))
        if form == "b":
            return said.strip() in ("1", "true")
        if form == "e":
            return Wrong(said)
        if form == "d":
            return date.fromisoformat(said[:10])
        return _unescaped(said)

    def _number(self, said: str, style: str | None) -> Value:
        number = float(said) if "." in said or "e" in said or "E" in said else int(said)
        if style is not None and self._dated and int(style) < len(self._dated) and self._dated[int(style)]:
            return _EPOCH + timedelta(days=int(number)) if 0 <= number < 2_958_466 else Wrong("#####")
        return number


def column_of(place: str) -> int:
    """The column of a cell such as AB12, 0 for A."""
    column = 0
    for sign in place:
        if not "A" <= sign <= "Z":
            break
        column = column * 26 + ord(sign) - 64
    return column - 1


def _said(text: ElementTree.Element) -> str:
    """The text of a string with its runs; how a word is read aloud (rPh) is no part of it."""
    first = text.find(T)
    if first is not None:
        return _unescaped(first.text or "")
    runs = [part for run in text.iter(f"{_MAIN}r") for part in run.iter(T)]
    return _unescaped("".join(part.text or "" for part in runs))


def _unescaped(said: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), said) if "_x" in said else said


def _fill_merged(rows: list[tuple[int, list[Value]]], spans: list[str]) -> None:
    """A cell merged over several rows of one column says the same for each of them."""
    found = [re.fullmatch(r"([A-Z]+)(\d+):([A-Z]+)(\d+)", span) for span in spans]
    tall = [span for span in found if span and span[1] == span[3] and span[2] != span[4]]
    by_row = dict(rows) if tall else {}
    for span in tall:
        column, first, last = column_of(span[1]), int(span[2]), int(span[4])
        top = by_row.get(first, [])
        value = top[column] if column < len(top) else None
        for row in range(first + 1, min(last, rows[-1][0]) + 1) if value is not None else ():
            values = by_row.get(row)
            if values is not None:
                values.extend([None] * (column + 1 - len(values)))
                values[column] = value

"""What a list would do, in words: a row each, with the reason at the cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from deliberation_app.domain.register import FIELDS, letters
from deliberation_app.domain.register_lines import Line
from deliberation_app.domain.register_party import MEMBERS
from deliberation_app.domain.register_plan import Step, said
from deliberation_app.errors import AppError
from deliberation_app.language import _, ngettext_, render
from deliberation_app.services import register
from deliberation_app.ui.kit import run
from deliberation_app.ui.kit.table import Cell

_MOST_ROWS = 6


@dataclass(frozen=True)
class Shown:
    """A row of the preview; `verdict` is added, changed, unchanged or fault."""

    key: str
    row: int
    verdict: str
    name: str
    home: str
    words: str
    tone: str = "text2"
    left: bool = False
    remark: bool = False  # taken in, and something is to be looked at


def shown_rows(seen: register.Preview, told: register.List) -> list[Shown]:
    """All lines and all faults, in the order of the list."""
    bad = {fault.row for fault in seen.faults}
    rows = [_step(step, seen.remarks.get(step.line.row)) for step in seen.plan.steps if step.line.row not in bad]
    lines = {line.row: line for line in seen.lines}
    at = dict(told.sheet.rows)
    for number, fault in enumerate(seen.faults):
        line = lines.get(fault.row)
        name = line.name if line is not None else _raw_name(at.get(fault.row), told.columns.get("name"))
        cell = f"{letters(fault.column)}{fault.row} · " if fault.column is not None else ""
        words = cell + render(fault.sentence)
        rows.append(Shown(f"fault {number}", fault.row, "fault", name, _home(line), words, "bad"))
    return sorted(rows, key=lambda row: row.row)


def sums(seen: register.Preview) -> Mapping[str, int]:
    """How many rows of each kind."""
    bad = {fault.row for fault in seen.faults}
    steps = [step for step in seen.plan.steps if step.line.row not in bad]
    counted = {kind: sum(_kind(step) == kind for step in steps) for kind in ("added", "changed", "unchanged")}
    return {**counted, "fault": len(seen.faults), "all": len(steps) + len(seen.faults)}


def verdict_cell(row: Shown) -> Cell:
    """What becomes of a row, with icon and words."""
    if row.left:
        return Cell(_("Moved away"), icon="note", tone="text3")
    words, icon, tone = {
        "added": (_("New"), "add", "ok"), "changed": (_("Changed"), "edit", "info"),
        "unchanged": (_("As it was"), "check", "text3"), "fault": (_("Refused"), "missing", "bad"),
    }[row.verdict]  # fmt: skip
    return Cell(words, icon=icon, tone=tone)


def _kind(step: Step) -> str:
    return "unchanged" if step.verdict == "left" else step.verdict


def _step(step: Step, remark: AppError | None) -> Shown:
    line = step.line
    words = [_change(change.field, change.old, change.new) for change in step.changes]
    if step.verdict == "added":
        words = _told(step)
        if step.same_as is not None:
            words = [_("one more flat of the person in row {row}").format(row=step.same_as)]
    if step.joins:
        words.append(_("becomes a member of the branch"))
    if step.verdict == "left":
        words = [_("moved away and stays so; correct it in the entry if that is wrong")]
    if remark is not None:
        words.insert(0, render(remark))
    return Shown(str(line.row), line.row, _kind(step), line.name, _home(line), " · ".join(words),
                 "text2" if remark is None else "warn", step.verdict == "left", remark is not None)  # fmt: skip


def _change(field: str, old: str, new: str) -> str:
    name = _("Lives at") if field == "flat" else _(FIELDS[field].name)
    if not old:
        return _("{field}: {new}").format(field=name, new=new)
    return _("{field}: {old} → {new}").format(field=name, old=old, new=new)


def _told(step: Step) -> list[str]:
    line = step.line
    parts = [line.gender, line.phone, line.post]
    if line.owner:
        parts.append(_("Owner"))
    if step.party in MEMBERS:
        parts.append(_("Full member") if step.party == "full" else _("Probationary member"))
    if step.reports_from:
        parts.append(_("reports here from {branch}").format(branch=step.reports_from))
    if line.marks is not None and line.marks.left_out is not None:
        parts.append(_("not counted as due at elections"))
    if line.marks is not None and line.marks.verified_on is not None:
        parts.append(_("checked on {day}").format(day=line.marks.verified_on.isoformat()))
    return [part for part in parts if part]


def _home(line: Line | None) -> str:
    return said(line.door) if line is not None and line.door is not None else ""


def _raw_name(values: object, column: int | None) -> str:
    if not isinstance(values, (list, tuple)) or column is None or column >= len(values):
        return ""
    return values[column][:30] if isinstance(values[column], str) else ""


def heading_words(column: int, words: str, hidden: bool) -> str:
    """A column as it is chosen: C 联系电话."""
    said = f"{letters(column)} {' '.join(words.split())}"
    return _("{heading} (hidden)").format(heading=said) if hidden else said


def left_words(headings: Sequence[str]) -> str:
    """Which columns are not taken in; that of identity numbers is never kept."""
    if not headings:
        return ""
    return _("Not taken in: {columns}").format(columns="、".join(headings))


def passed_words(seen: register.Preview) -> list[str]:
    """How many join the branch, how many rows are to be looked at, and how many are no people."""
    found = []
    if seen.remarks:
        found.append(ngettext_("{count} row to be looked at", "{count} rows to be looked at",
                               len(seen.remarks)).format(count=len(seen.remarks)))  # fmt: skip
    if seen.joining:
        found.append(ngettext_("{count} becomes a member of the branch", "{count} become members of the branch",
                               seen.joining).format(count=seen.joining))  # fmt: skip
    if seen.passed:
        count = len(seen.passed)
        found.append(ngettext_("{count} row is no person (row {rows})", "{count} rows are no people (rows {rows})",
                               count).format(count=count, rows=_rows(seen.passed)))  # fmt: skip
    return found


def _rows(numbers: Sequence[int]) -> str:
    return ", ".join(str(number) for number in numbers[:_MOST_ROWS]) + (" …" if len(numbers) > _MOST_ROWS else "")


def stopping(report: run.Report) -> Any:
    """Tell how far it is, and stop where the person asked to."""

    def tell(done: int, total: int) -> None:
        if report.cancelled():
            raise AppError(register.STOPPED)
        report(done, total)

    return tell

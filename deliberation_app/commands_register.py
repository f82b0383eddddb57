"""Registers at the command line: checked or taken in, with what they would change or did change."""

from __future__ import annotations

from pathlib import Path

from deliberation_app import cli
from deliberation_app.call import progress
from deliberation_app.language import _
from deliberation_app.services import register
from deliberation_app.services.register_file import ENDINGS
from deliberation_app.services.work import Work

__all__ = ["ENDINGS", "check_register", "import_register"]


def check_register(work: Work | None, file: Path, remembered: str = "") -> None:
    """Say what a list would do; refused with every cell that is wrong."""
    told = register.chosen(register.sheets(file), file.stem)
    unit = None if work is None else register.unit_for(work, told, remembered)
    if work is None or unit is None:
        seen = register.check(told)
    else:
        seen = register.preview(work, unit, told)
    if seen.faults:
        raise register.refused(seen.faults, told.sheet)
    counts = [seen.plan.count(verdict) for verdict in ("added", "changed", "unchanged", "left")]
    cli.answer(_("{file}: good").format(file=file))
    _say(_("{file}: {added} would be added, {changed} changed, {unchanged} are as they were"), file, *counts)
    _say_rest(told, seen.joining, len(seen.passed))


def import_register(work: Work, file: Path, remembered: str = "") -> None:
    """Take a list in and say what it did."""
    told = register.chosen(register.sheets(file), file.stem)
    with progress(_("Taking the list in")) as report:
        taken = register.take_in(work, register.unit_for(work, told, remembered), told, report)
    counts = taken.added, taken.changed, taken.unchanged, taken.left
    _say(_("{file}: {added} added, {changed} changed, {unchanged} as they were"), file, *counts)
    _say_rest(told, taken.joined, taken.passed)


def _say(sentence: str, file: Path, added: int, changed: int, unchanged: int, left: int) -> None:
    cli.answer(sentence.format(file=file, added=added, changed=changed, unchanged=unchanged))
    if left:
        cli.answer(_("{count} have moved away and stay so").format(count=left))


def _say_rest(told: register.List, joining: int, passed: int) -> None:
    """Who joins the branch, which rows are no people, and what is never taken in."""
    if joining:
        cli.answer(_("{count} as members of the branch").format(count=joining))
    if passed:
        cli.answer(_("{count} rows are no people, such as sums and notes").format(count=passed))
    if told.left:
        cli.answer(_("Not taken in: {columns}").format(columns="、".join(told.left)))

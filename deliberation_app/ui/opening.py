"""What is done once the first frame stands: which unit is worked for, and what the search line finds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deliberation_app.domain.meetings import UNIT_KINDS
from deliberation_app.errors import AppError
from deliberation_app.language import _, render
from deliberation_app.services import search, units_known

if TYPE_CHECKING:
    from deliberation_app.ui.shell import Shell


def enter(shell: Shell) -> None:
    """Take the unit of the last time, or the first there is; without any the window asks for one."""
    known = units_known.all_units(shell.work)
    chosen = next((unit for unit in known if str(unit.id) == shell.settings.unit), known[0] if known else None)
    if chosen is not None:
        # The kind stands in the line below, so the name need not end in it too.
        name = chosen.name.removesuffix(UNIT_KINDS[chosen.kind].title) or chosen.name
        shell.set_unit(chosen.id, name, describe(chosen.kind, chosen.parents or ()))
        shell.finder = lambda text: find(shell, text)


def find(shell: Shell, text: str) -> list[tuple[str, str, str]]:
    """People, items and meetings for the search line, as far as there is a page to show them."""
    shown = {page.id for page in shell.known}
    hits = search.find(shell.work, shell.desk.unit_id, text)
    return [
        (f"{hit.page}:{hit.what}:{hit.id}", hit.title, render(hit.hint) if isinstance(hit.hint, AppError) else hit.hint)
        for hit in hits
        if hit.page in shown
    ]


def describe(kind: str, parents: tuple[str, ...] | list[str]) -> str:
    """The line under a unit's name: its kind, and what it belongs to."""
    return " · ".join([_(UNIT_KINDS[kind].name), *parents[-1:]])

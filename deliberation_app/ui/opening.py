"""What is done once the first frame stands: which unit is worked for, and what the search line finds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deliberation_app.domain.meetings import UNIT_KINDS
from deliberation_app.language import _
from deliberation_app.services import units

if TYPE_CHECKING:
    from deliberation_app.ui.main_window import MainWindow


def enter(window: MainWindow) -> None:
    """Take the unit of the last time, or the first there is; without any the window asks for one."""
    known = units.all_units(window.work)
    chosen = next((unit for unit in known if str(unit.id) == window.settings.unit), known[0] if known else None)
    if chosen is not None:
        window.set_unit(chosen.id, chosen.name, describe(chosen.kind, chosen.parents or ()))


def describe(kind: str, parents: tuple[str, ...] | list[str]) -> str:
    """The line under a unit's name: its kind, and what it belongs to."""
    return " · ".join([_(UNIT_KINDS[kind].name), *parents[-1:]])

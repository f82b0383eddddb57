"""What is done once the first frame stands: which unit is worked for, and what the search line finds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from deliberation_app.domain.meetings import UNIT_KINDS
from deliberation_app.errors import AppError
from deliberation_app.language import _, render
from deliberation_app.services import alone, search, units_known

if TYPE_CHECKING:
    from deliberation_app.ui.shell import Shell

# The body a unit is stands in the line below, its place above: 山大路194号院, 党支部 · 山大社区.
_BODY = re.compile(
    r"(?P<place>.{2,}?)(?P<body>(第[一二三四五六七八九十百0-9]+)?(网格)?(党支部|党总支|党委|居民委员会|居委会|村民委员会|村委会"
    r"|业主委员会|业委会|业主大会|党群议事会|议事会))"
)


def enter(shell: Shell) -> None:
    """Take the unit of the last time, or the first there is; without any the window asks for one."""
    known = units_known.all_units(shell.work)
    chosen = next((unit for unit in known if str(unit.id) == shell.settings.unit), known[0] if known else None)
    if chosen is not None:
        shell.set_unit(chosen.id, *heading(chosen.name, chosen.kind, chosen.parents or ()))
        shell.finder = lambda text: find(shell, text)


def say_elsewhere(shell: Shell) -> None:
    """Who does not see the first window starts the program again, and is told so."""
    said = alone.elsewhere(shell.work)
    if said is not None:
        shell.frame.show_error(said)


def find(shell: Shell, text: str) -> list[tuple[str, str, str]]:
    """Whatever fits, for the search line, as far as there is a page to show it."""
    shown = {page.id for page in shell.known}
    hits = search.find(shell.work, shell.desk.unit_id, text)
    return [
        (_place(hit), hit.title, render(hit.hint) if isinstance(hit.hint, AppError) else hit.hint)
        for hit in hits
        if hit.page in shown
    ]


def _place(hit: search.Hit) -> str:
    """The page and where on it, as the search line keeps it: meeting:id:4f…:statement:7a…"""
    return ":".join((hit.page, *(f"{name}:{key}" for name, key in hit.where)))


def heading(name: str, kind: str, parents: tuple[str, ...] | list[str]) -> tuple[str, str]:
    """A unit in two lines: its place, and below the body it is, or else its kind, and what it belongs to."""
    known = _BODY.fullmatch(name)
    body = known["body"] if known else _(UNIT_KINDS[kind].name)
    return known["place"] if known else name, " · ".join([body, *parents[-1:]])

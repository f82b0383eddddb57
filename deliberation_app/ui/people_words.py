"""The words of the register's page: counts, cells, and the grid as a tree."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence

from deliberation_app.language import _, ngettext_
from deliberation_app.services import people, register, units
from deliberation_app.services.work import Work
from deliberation_app.settings import DISPLAY_ZONE
from deliberation_app.ui.kit.table import Cell
from deliberation_app.ui.people_look import width_of


def tree_of(
    nodes: Iterable[people.Node], marked: Sequence[tuple[str, str, int]]
) -> tuple[list[tuple], dict[str, people.Place], int]:
    """The grid as nested (id, words, count, children), what each id stands for, and how wide it gets."""
    nodes = list(nodes)
    places: dict[str, people.Place] = {"": people.Place()}
    everybody = sum(node.people for node in nodes if node.depth == 0)
    tree: list[tuple] = [("all", _("Everybody"), people_words(everybody), [])]
    trail: list[list] = [tree]
    wide = 224
    for node in nodes:
        key = "|".join(part or "" for part in node.place.parts()) if node.title else "without"
        places[key] = node.place
        count = people_words(node.people) if node.depth in (0, 3) else flats_words(node.households)
        children: list = []
        # A flat without an entrance hangs from its building.
        depth = 2 if node.depth == 3 and not node.place.entrance else node.depth
        words = node.title or _("Without a flat")
        trail[depth].append((key, words, count, children))
        trail = [*trail[: depth + 1], children]
        if node.depth < 3:
            wide = max(wide, width_of(words + count) + 20 * node.depth + 44)
    for only, name, number in marked:
        tree.append((f"only:{only}", _(name), str(number), []))
        wide = max(wide, width_of(_(name) + str(number)) + 40)
    return tree, places, wide


def context_words(work: Work, unit_id: uuid.UUID) -> str:
    """The unit, and when a list was last taken in."""
    last = register.last_import(work)
    name = units.unit(work, unit_id).name
    if last is None:
        return name
    day = last.at.astimezone(DISPLAY_ZONE).date().isoformat()
    return _("{unit} · list last imported {day}").format(unit=name, day=day)


def people_words(count: int) -> str:
    """25 people."""
    return ngettext_("{count} person", "{count} people", count).format(count=count)


def flats_words(count: int) -> str:
    """8 flats."""
    return ngettext_("{count} flat", "{count} flats", count).format(count=count)


def party_cell(row: people.PersonRow) -> Cell:
    """Member or probationary, with a flag."""
    words = {"full": _("Member"), "probationary": _("Probationary")}.get(row.party or "", "")
    return Cell(words, icon="party" if words else "", tone="accent" if words else "text2")


def verified_cell(row: people.PersonRow) -> Cell:
    """When the entry was last checked, or since when somebody is gone."""
    if row.moved_out_on is not None:
        return Cell(row.moved_out_on.isoformat(), tone="text3")
    if row.verification_due:
        return Cell(_("over a year") if row.verified_on else _("never"), icon="late", tone="warn")
    return Cell(row.verified_on.isoformat() if row.verified_on else "")

"""The items as a list, whatever their state: what stands in each column, and how a page is read."""

from __future__ import annotations

from collections.abc import Callable

from deliberation_app.domain.agenda import STAGES, STATES
from deliberation_app.language import _
from deliberation_app.services import agenda
from deliberation_app.services.agenda import Card
from deliberation_app.ui.agenda_words import (
    channel_name,
    evidence_look,
    evidence_words,
    raisers,
    said,
    stage_name,
    stay_words,
)
from deliberation_app.ui.kit import theme
from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.kit.table import Cell, Column, PagedModel


def columns() -> list[Column]:
    """Number, title, stage, evidence, stay, who raised it, category."""
    flagged = [_flagged(stage, flag) for stage in STAGES for flag in (_("Sent back"), _("Only how"))]
    states = [_(state.name) for state in STATES.values()]
    evidence = _("{met} of {needed}").format(met=9, needed=9)
    publication = _("Publication day {day}").format(day=15)
    return [
        Column(_("Number"), lambda card: Cell(card.number or ""), 92),
        Column(_("Title"), lambda card: Cell(card.title, strong=True), 0),
        Column(_("Stage"), _stage, _wide(_("Stage"), *states, *flagged)),
        Column(_("Evidence"), _evidence, _wide(_("Evidence"), f"88888{evidence}")),
        Column(_("In this stage"), _stay, _wide(_("In this stage"), publication)),
        Column(_("Raised by"), lambda card: Cell(raisers(card)), 148),
        Column(_("Channel"), lambda card: Cell(channel_name(card.channel)), _wide(_("Channel"), _("Opinion tree"))),
    ]


def _wide(*words: str) -> int:
    """A width, at 100 %, at which none of these is cut."""
    widest = max(theme.metrics("body").horizontalAdvance(one) for one in words)
    return int(widest * 100 / theme.look().scale) + 34


def _stage(card: Card) -> Cell:
    if card.flag is not None and card.state != "active":
        return Cell(said(card.flag), tone="text3")
    if card.flag is not None:
        return Cell(_flagged(card.stage, said(card.flag)), tone=card.flag_tone)
    return Cell(stage_name(card.stage))


def _flagged(stage: str, flag: str) -> str:
    return f"{stage_name(stage)} · {flag}"


def _evidence(card: Card) -> Cell:
    if not card.needed:
        return Cell("")
    icon, tone = evidence_look(card)
    return Cell(evidence_words(card), icon=icon, tone=tone)


def _stay(card: Card) -> Cell:
    words, tone = stay_words(card)
    return Cell(words, tone=tone)


def model() -> PagedModel:
    """An empty model of items."""
    return PagedModel(columns(), key=lambda card: str(card.id))


def reader(desk: Desk, *, text: str, category: str, standing: str) -> Callable[[object, int], tuple]:
    """Reads the pages that fit; `standing` is stage:… or state:… or empty."""
    what, _colon, name = standing.partition(":")

    def read(after: object, limit: int) -> tuple:
        found = agenda.page(
            desk.work, desk.unit_id, text=text, category=category or None, stage=name if what == "stage" else None,
            state=name if what == "state" else None, after=after, limit=limit,
        )  # fmt: skip
        return found.rows, found.next

    return read


def standings() -> list[tuple[str, str]]:
    """What the list can be narrowed to."""
    return [
        ("", _("All stages")),
        *((f"stage:{key}", stage_name(key)) for key in STAGES),
        *((f"state:{key}", _(state.name)) for key, state in STATES.items()),
    ]

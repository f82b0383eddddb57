"""Words of the owners' pages: areas, choices, how a paper stands, ways of delivery."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from deliberation_app.domain.votes import area_text
from deliberation_app.domain.votes_owners import WAYS
from deliberation_app.errors import N_
from deliberation_app.language import _
from deliberation_app.services import owners_list
from deliberation_app.services.owners_list import FlatRow
from deliberation_app.services.owners_papers import Told
from deliberation_app.services.work import Work

CHOICES = {"in_favour": N_("Consent"), "against": N_("Against"), "abstain": N_("Abstain"), "invalid": N_("Invalid")}
SIGNERS = {"owner": N_("Owner"), "co_owner": N_("Co-owner named"), "proxy": N_("Proxy")}


def area_words(area: int | None) -> str:
    """62.35 m²."""
    return _("{area} m²").format(area=area_text(area)) if area is not None else _("no area")


def owner_words(row: FlatRow) -> str:
    """Who owns a flat."""
    return _("Developer (not sold yet)") if row.unsold else row.owner or _("nobody entered")


def votes_words(row: FlatRow) -> str:
    """Who votes for a flat instead of its owner."""
    if row.guardian:
        return _("Guardian {name}").format(name=row.guardian)
    if row.proxy:
        words = _("Proxy {name}") if row.proxy_on else _("Proxy {name}, no paper yet")
        return words.format(name=row.proxy)
    return _("Co-owner {name}").format(name=row.voter) if row.voter else ""


def way_words(way: str) -> str:
    """How a paper was delivered."""
    return _(WAYS[way][1]) if way in WAYS else way


def choice_words(told: Told, questions: list[uuid.UUID]) -> str:
    """What a paper says, question by question."""
    return " · ".join(_(CHOICES[told.choices[key]]) for key in questions if key in told.choices)


def find_flats(work: Work, meeting_id: uuid.UUID) -> Callable[[str], list[tuple[str, str, str]]]:
    """What the line asks while a door or a ballot number is typed."""

    def find(text: str) -> list[tuple[str, str, str]]:
        found = owners_list.find(work, meeting_id, text)
        hint = _("No. {number} · {owner} · {area}")
        return [
            (str(row.id), row.place,
             hint.format(number=row.number, owner=owner_words(row), area=area_words(row.area)))
            for row in found
        ]  # fmt: skip

    return find

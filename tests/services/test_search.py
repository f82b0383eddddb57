"""Search: anything of one unit by a few characters."""

from __future__ import annotations

import pytest

from deliberation_app.services import agenda, people, search, voices
from deliberation_app.services.work import Work
from tests.services.courtyard import LAMPS, PARKING, fill, found_unit


@pytest.mark.parametrize(
    ("typed", "what", "title"),
    [
        ("路灯", "item", LAMPS),
        ("路燈", "item", LAMPS),
        ("2026-01", "item", PARKING),
        ("fla", "person", "范例安"),
        ("龔", "person", "龚龑"),
        ("第3次", "meeting", "“当面锣对面鼓”庭院民主协商会：停车位重新划分与停车收费"),
        ("書面表決", "meeting", "山大路194号院全体业主书面表决：停车位划分与收费"),
    ],
)
def test_everything_is_found(work: Work, typed: str, what: str, title: str) -> None:
    unit = fill(work)
    assert (what, title) in {(hit.what, hit.title) for hit in search.find(work, unit.id, typed)}


@pytest.mark.parametrize("typed", ["", "  ", "%", "_", "zzzzzz", "'"])
def test_nothing_is_found_for_nothing(work: Work, typed: str) -> None:
    unit = fill(work)
    assert search.find(work, unit.id, typed) == []


def test_places_are_shared_out(work: Work) -> None:
    unit_id = found_unit(work)
    for number in range(30):
        people.add(work, unit_id, name=f"灯{number}")
    for number in range(3):
        agenda.raise_item(work, unit_id, title=f"路灯{number}")
    voices.add(work, unit_id, text="灯坏了")
    hits = search.find(work, unit_id, "灯", limit=10)
    counts = {what: sum(hit.what == what for hit in hits) for what in ("person", "item", "voice")}
    assert counts == {"person": 6, "item": 3, "voice": 1}
    assert len(search.find(work, unit_id, "灯", limit=2)) == 2


def test_another_unit_is_not_searched(work: Work) -> None:
    here, there = found_unit(work), found_unit(work, "另一支部")
    agenda.raise_item(work, there, title="别处的路灯")
    voices.add(work, there, text="别处的路灯")
    assert search.find(work, here, "路灯") == []

"""Listing: what the command line shows, each with id and title."""

from __future__ import annotations

import json
import re

import pytest

from deliberation_app.services import listing, meetings
from deliberation_app.services.work import Work
from tests.services.courtyard import LAMPS, PARKING, SECOND_CAR, fill
from tests.services.small import HandClock


def test_meetings_latest_first_and_items_by_number(work: Work, clock: HandClock) -> None:
    unit = fill(work)
    called = meetings.call(work, unit.id, kind="branch_assembly", title="下一次", starts_at=clock.move(days=1))
    told = listing.meetings(work)
    assert [one["starts_at"][:10] for one in told] == ["2026-10-21", "2026-04-13", "2026-03-21"]
    assert (told[0]["id"], told[0]["state"], told[0]["kind_title"]) == (str(called), "planned", "支部党员大会")
    assert told[2]["state_title"] == "已散会"
    assert [(one["number"], one["title"], one["stage_title"]) for one in listing.items(work)] == [
        ("2026-01", PARKING, "群众享"),
        ("2026-02", LAMPS, "群众评"),
        ("2026-03", SECOND_CAR, "群众议"),
    ]


@pytest.mark.parametrize("told", [listing.papers(), listing.rules(), listing.kinds(), listing.duties()])
def test_tables_have_ids_and_chinese_titles(told: listing.Listed) -> None:
    assert told
    assert len({one["id"] for one in told}) == len(told)
    assert all(re.search("[\u4e00-\u9fff]", one["title"]) for one in told)
    assert json.loads(json.dumps(told)) == told


def test_an_empty_database_lists_nothing(work: Work) -> None:
    assert listing.meetings(work) == listing.items(work) == []

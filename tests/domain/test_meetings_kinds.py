"""Kinds of meeting: complete, consistent with the schema and the rules; states and notices."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from deliberation_app import settings
from deliberation_app.domain.meetings import (
    KINDS,
    ROLES,
    STATES,
    UNIT_KINDS,
    kinds_for,
    notice_fault,
    require,
    state,
    usual,
)
from deliberation_app.domain.votes import RULES
from deliberation_app.errors import RuleBroken

SCHEMA = json.loads(settings.path("resources", "meeting-file.schema.json").read_text("utf-8"))["$defs"]
NOW = datetime(2026, 3, 21, 6, 30, tzinfo=UTC)


def test_kinds_and_units_are_those_of_the_meeting_file() -> None:
    assert set(KINDS) == set(SCHEMA["meeting"]["properties"]["kind"]["enum"])
    assert set(UNIT_KINDS) == set(SCHEMA["unit"]["properties"]["kind"]["enum"])


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.id)
def test_kind_is_consistent(kind) -> None:  # type: ignore[no-untyped-def]
    assert kind.record_title.endswith("记录")
    assert kind.title
    assert set(kind.rules) <= set(RULES)
    assert kind.default_rule in (*kind.rules, None)
    assert kind.floor in (None, kind.default_rule)
    assert kind.units <= set(UNIT_KINDS)
    assert kind.units
    assert kind.entitled.roles <= set(ROLES)
    assert kind.fields >= {"place", "mode", "number"}
    assert kind.signatures[:2] == ("主持人", "记录人")
    assert bool(kind.notice.days) == bool(kind.notice.clause)
    assert kind.default_rule is None or any(entry.each_item for entry in kind.standing_agenda)


@pytest.mark.parametrize(
    ("kind", "rules"),
    [
        ("branch_assembly", {"branch_resolution", "branch_admission", "branch_election", "four_discussions"}),
        ("branch_committee", {"committee_resolution", "house_rule"}),
        ("party_group", {"straw_poll"}),
        ("member_appraisal", set()),
        ("council_meeting", {"straw_poll", "house_rule"}),
        ("villagers_assembly", {"villagers_assembly", "villagers_assembly_households", "residents_election"}),
        ("owners_assembly", {"owners_ordinary", "owners_special", "affected_owners_unanimous"}),
    ],
)
def test_usual_rules(kind: str, rules: set[str]) -> None:
    assert {rule for rule in RULES if usual(kind, rule)} == rules


def test_only_consultations_are_gong_and_drum_and_only_party_kinds_are_of_the_branch() -> None:
    assert {kind.id for kind in KINDS.values() if kind.gong_and_drum} == {"courtyard_consultation", "council_meeting"}
    assert {kind.id for kind in KINDS.values() if kind.branch} == {
        "branch_assembly", "branch_committee", "party_group", "party_lecture", "theme_day", "organisational_life",
        "member_appraisal",
    }  # fmt: skip


def test_who_is_due() -> None:
    assert KINDS["branch_assembly"].entitled.admits("member", "probationary")
    assert not KINDS["branch_assembly"].entitled.admits("resident", "none")
    assert KINDS["branch_committee"].entitled.admits("branch_secretary", "full")
    assert not KINDS["branch_committee"].entitled.admits("member", "full")
    assert KINDS["courtyard_consultation"].entitled.chosen


def test_each_unit_holds_its_kinds() -> None:
    assert "residents_assembly" not in [kind.id for kind in kinds_for("courtyard")]
    assert {"branch_assembly", "courtyard_consultation", "owners_assembly"} <= {k.id for k in kinds_for("courtyard")}
    assert [kind.id for kind in kinds_for("village")][-1] == "villagers_group"


def test_state_follows_what_happened() -> None:
    assert state(None, None, None) == "planned"
    assert state(NOW, None, None) == "called"
    assert state(NOW, NOW, None) == "open"
    assert state(NOW, NOW, None, adjourned=True) == "recess"
    assert state(None, NOW, NOW, adjourned=True) == "closed"
    assert state(NOW, None, None, cancelled=True) == "cancelled"


def test_an_act_that_does_not_fit_the_state_is_refused() -> None:
    require("open", "open", "recess")
    for now in STATES:
        with pytest.raises(RuleBroken):
            require(now)  # type: ignore[arg-type]


NOTICES = [("residents_assembly", 10), ("villagers_assembly", 10), ("owners_assembly", 15)]


@pytest.mark.parametrize(("kind", "days"), NOTICES)
def test_notice_in_time(kind: str, days: int) -> None:
    held = date(2026, 6, 20)
    assert KINDS[kind].notice_days == days
    assert notice_fault(kind, held - timedelta(days=days), held) is None
    late = notice_fault(kind, held - timedelta(days=days - 1), held)
    assert late is not None
    assert late.values["lead"] == days - 1
    assert notice_fault(kind, None, held) is not None


def test_urgent_reason_and_old_law() -> None:
    assert notice_fault("residents_assembly", None, date(2026, 6, 20), "暴雨后抢修") is None
    assert notice_fault("residents_assembly", None, date(2026, 6, 20), "  ") is not None
    assert notice_fault("owners_assembly", None, date(2026, 6, 20), "暴雨后抢修") is not None
    assert notice_fault("residents_assembly", None, date(2025, 12, 31)) is None
    assert notice_fault("villagers_assembly", None, date(2025, 12, 31)) is not None
    assert notice_fault("branch_assembly", None, date(2026, 6, 20)) is None

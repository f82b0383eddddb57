"""Kinds complete in every respect; kinds that a unit adds, never below the law; the old clauses."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from deliberation_app.domain.archive import PAPERS
from deliberation_app.domain.meetings import KINDS, ROLES, Notice, StandingEntry, notice_fault
from deliberation_app.domain.meetings_own import OwnKind, copy_of, kind_in, kinds_of, own_kind_faults, own_kinds
from deliberation_app.domain.votes_law import BOTH_LAWS

OLD, NEW = date(2025, 12, 31), BOTH_LAWS


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: str(kind.id))
def test_every_kind_is_complete(kind: Any) -> None:
    assert kind.title
    assert kind.due_note
    assert kind.presides
    assert kind.presides_clause
    assert kind.frequency
    assert kind.standing_agenda
    assert kind.chairs
    assert kind.chairs | kind.stand_ins | kind.entitled.roles <= set(ROLES)
    assert set(kind.papers) <= set(PAPERS)
    assert "record" in kind.papers
    assert not kind.rules or kind.default_rule in (None, *kind.rules)
    assert kind.file_kind == kind.id


def test_old_clauses_are_printed_for_old_days() -> None:
    assert "2018" in KINDS["villagers_assembly"].presides_by(OLD)
    assert KINDS["villagers_assembly"].presides_by(NEW).endswith("第二十五条")
    assert "没有全国性条款" in KINDS["residents_representatives"].presides_by(OLD)
    short = notice_fault("villagers_assembly", date(2025, 12, 25), OLD, "抢险")
    assert "第二十一条" in str(short)
    assert notice_fault("villagers_assembly", date(2025, 12, 28), NEW, "抢险") is None
    assert notice_fault("residents_assembly", None, OLD) is None
    assert "第二十六条" in str(notice_fault("residents_assembly", None, NEW))


def own(base: str = "council_meeting", **more: Any) -> OwnKind:
    return replace(copy_of(base), **{"id": "own-1", "title": "楼门议事会", **more})


def test_an_own_kind_is_a_copy_with_other_titles_agenda_and_days() -> None:
    agenda = (StandingEntry("开场", 5), StandingEntry("议题", 20, each_item=True))
    kept = own(standing_agenda=agenda, notice_days=3, rules=("house_rule",), default_rule="house_rule")
    assert own_kind_faults(kept, "courtyard") == ()
    settings = {"kinds": [kept.told()]}
    assert own_kinds(settings) == (kept,)
    kind = kind_in(settings, "own-1")
    assert (kind.title, kind.record_title, kind.file_kind) == ("楼门议事会", "楼门议事会记录", "council_meeting")
    assert (kind.notice.days, kind.rules, kind.default_rule) == (3, ("house_rule",), "house_rule")
    assert kind.entitled == KINDS["council_meeting"].entitled
    assert kinds_of(settings, "courtyard")[-1] == kind
    assert kinds_of(settings, "owners")[-1] == kind
    with pytest.raises(KeyError):
        kind_in(settings, "own-2")
    assert "at least 3" in str(notice_fault(kind, date(2026, 10, 19), date(2026, 10, 20)))


def test_own_days_above_the_law_keep_its_urgent_exception() -> None:
    kind = own("residents_assembly", title="大院居民会议", notice_days=12).kind()
    assert isinstance(kind.notice, Notice)
    assert kind.notice.days == 12
    assert kind.notice.urgent(NEW, "抢险")


@pytest.mark.parametrize(
    ("base", "wrong", "words"),
    [
        ("council_meeting", {"title": " "}, "needs a title"),
        ("council_meeting", {"title": "长" * 41}, "at most 40"),
        ("council_meeting", {"title": "党课"}, "already"),
        ("council_meeting", {"standing_agenda": ()}, "0 lines"),
        ("council_meeting", {"standing_agenda": (StandingEntry("", 5, True),)}, "Line 1"),
        ("council_meeting", {"standing_agenda": (StandingEntry("开场", 5),)}, "takes the items"),
        ("member_appraisal", {"standing_agenda": (StandingEntry("个人自评", 5),)}, "民主测评"),
        ("residents_assembly", {"notice_days": 9}, "below the law"),
        ("council_meeting", {"notice_days": 366}, "at most 365"),
        ("council_meeting", {"rules": ("owners_special",)}, "only its rules"),
        ("council_meeting", {"default_rule": "owners_special"}, "one of those"),
        ("villagers_assembly", {}, "copy from"),
    ],
)
def test_what_cannot_be_kept(base: str, wrong: dict[str, Any], words: str) -> None:
    unit = "community" if base == "residents_assembly" else "courtyard"
    faults = own_kind_faults(own(base, **wrong), unit, ["别的会"])
    assert words in " | ".join(str(fault) for fault in faults)


@pytest.mark.parametrize("base", KINDS)
def test_a_plain_copy_of_any_kind_may_be_kept(base: str) -> None:
    assert own_kind_faults(own(base, title="试例会"), next(iter(KINDS[base].units))) == ()
    assert own(base, title="试例会").kind().rules == KINDS[base].rules

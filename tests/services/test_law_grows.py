"""One entry in one table each: a new kind, rule, gate and duty are followed everywhere by a meeting."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from deliberation_app.domain import duties as duties_table
from deliberation_app.domain import meetings_kinds, votes_gates, votes_rules
from deliberation_app.domain.duties import Duty
from deliberation_app.domain.meetings import KINDS, kinds_for
from deliberation_app.domain.votes import GATES, RULES, Gate, Requirement
from deliberation_app.errors import RuleBroken
from deliberation_app.services import agenda, duties, floor, floor_roll, gates, meeting_law, meetings, rules, votes
from deliberation_app.services.work import Work
from deliberation_app.storage.meetings import AgendaEntry
from tests.services.courtyard import found_unit
from tests.services.small import HandClock
from tests.services.test_law_gates import entry_of, people, reasons

LINE = Requirement("in_favour", "eligible", 3, 5, True)


def grow(monkeypatch: pytest.MonkeyPatch) -> None:
    """One more entry in each of the four tables."""
    rule = replace(RULES["straw_poll"], id="garden_vote", title="花园表决", passing=(LINE,), online_counts=False)
    kind = replace(KINDS["council_meeting"], id="garden_council", title="花园议事会", default_rule="garden_vote",
                   rules=("garden_vote",))  # fmt: skip
    gate = Gate(id="G99", title="看过花园", effect="block", at="vote", clause="花园公约",
                met=lambda facts: facts.statements >= 2, missing="Walk through the garden first.")  # fmt: skip
    duty = Duty(id="garden", title="花园议事会", name="Garden council", kind="garden_council", per="month",
                clause="花园公约", units=frozenset({"courtyard"}))  # fmt: skip
    monkeypatch.setitem(votes_rules._BY_ID, rule.id, rule)
    told = replace(gate, id="G98", at="notice", effect="warn", met=lambda facts: not facts.concerns_unit,
                   missing="Tell the gardeners.")  # fmt: skip
    monkeypatch.setitem(meetings_kinds._BY_ID, kind.id, kind)
    monkeypatch.setitem(votes_gates._BY_ID, gate.id, gate)
    monkeypatch.setitem(votes_gates._BY_ID, told.id, told)
    monkeypatch.setitem(duties_table._BY_ID, duty.id, duty)


def test_a_meeting_walks_through_what_was_added(work: Work, clock: HandClock, monkeypatch: pytest.MonkeyPatch) -> None:
    grow(monkeypatch)
    unit = found_unit(work)
    assert "garden_council" in [kind.id for kind in kinds_for("courtyard")]
    [reading] = [reading for reading in rules.readings() if reading.id == "garden_vote"]
    assert "More than 3/5" in str(reading.requirements[-1])
    due = people(work, unit, 5)
    meeting = meetings.call(work, unit, kind="garden_council", title="花园", starts_at=clock.now, due=due)
    meetings.give_notice(work, meeting)
    meetings.open_meeting(work, meeting)
    floor_roll.sign_in(work, meeting, due)
    gates.state_facts(work, meeting, concerns_unit=True)
    entry = entry_of(work, meeting)
    floor.go_to_entry(work, meeting, entry)
    floor.note(work, meeting, text="种树", speaker_id=due[0])
    # The panel of the meeting knows them without being told: by their title where they have no other name.
    with work.act("meetings.edit") as act:
        act.get_one(AgendaEntry, entry).item_id = agenda.raise_within(act, unit, title="种树")
    law = meeting_law.of_meeting(work, meeting)
    shown = {line.gate.id: (line.status, str(line.name)) for group in law.groups for line in group.lines}
    assert shown["G98"] == ("reason", "看过花园")
    assert shown["G99"] == ("missing", "看过花园")
    with pytest.raises(RuleBroken) as refused:
        votes.open_vote(work, entry, motion="种树")
    assert "Walk through the garden" in reasons(refused)
    floor.note(work, meeting, text="看过了", speaker_id=due[1])
    vote = votes.open_vote(work, entry, motion="种树")
    verdict = votes.count(work, vote, in_favour=3, against=2, abstain=0)
    assert (verdict.quorate, verdict.passed) == (True, False)
    assert votes.recount(work, vote, reason="数错了", in_favour=4, against=1, abstain=0).passed
    votes.announce(work, vote)
    meetings.close(work, meeting)
    [row] = [row for row in duties.year(work, unit, 2026, date(2026, 10, 21)).rows if row.duty.id == "garden"]
    assert [cell.status for cell in row.cells[8:]] == ["missing", "held", "to_come", "to_come"]
    assert row.cells[9].meetings[0].id == meeting


def test_and_nothing_stays_behind() -> None:
    assert {"garden_vote", "garden_council", "G98", "G99"}.isdisjoint({*RULES, *KINDS, *GATES})

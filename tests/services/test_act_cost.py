"""What an act of the live meeting costs, in questions to the database and verdicts judged; counts, never times."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from deliberation_app.domain import votes_rules
from deliberation_app.domain.votes import Rule
from deliberation_app.services import floor, votes, votes_numbers
from deliberation_app.services.board import BoardReader, Motion
from deliberation_app.services.work import Work
from tests.services.courtyard import counted
from tests.services.live_meeting import Live, start

COUNTS = {"in_favour": 4, "against": 2, "abstain": 1}


@pytest.fixture
def live(work: Work) -> Live:
    """A meeting in which each act was done once, so that what can be known is known."""
    made = start(work, "organisational_life")
    floor.give(work, made.id, made.people[0])
    floor.note(work, made.id, text="先划线。", speaker_id=made.people[0])
    floor.give(work, made.id, made.people[1])
    return made


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The rules by which something was judged, what was judged before this test forgotten."""
    votes_rules.judged.cache_clear()
    heard: list[str] = []
    judge = Rule.judge

    def hear(self: Rule, *values: Any) -> Any:
        heard.append(self.id)
        return judge(self, *values)

    monkeypatch.setattr(Rule, "judge", hear)
    return heard


def asked(work: Work, do: Callable[[], object]) -> list[str]:
    """The statements of one act."""
    with counted(work) as found:
        do()
    return list(found)


def writes(statements: list[str], table: str) -> int:
    """How often a table is written."""
    return sum(one.startswith((f"UPDATE {table} ", f"INSERT INTO {table} ")) for one in statements)


def opened(live: Live) -> uuid.UUID:
    """A straw poll that is open."""
    return votes.open_vote(live.work, live.entry, motion="同意", rule="straw_poll")


def test_giving_the_floor_writes_the_moment_once(live: Live) -> None:
    found = asked(live.work, lambda: floor.give(live.work, live.id, live.people[2]))
    assert (writes(found, "floor_state"), writes(found, "turn")) == (1, 1)
    assert len(found) <= 10


def test_noting_a_statement_asks_no_more_than_it_must(live: Live) -> None:
    found = asked(live.work, lambda: floor.note(live.work, live.id, text="钱要公开。", speaker_id=live.people[1]))
    assert writes(found, "statement") == 1
    assert len(found) <= 14


def test_counting_a_vote_writes_the_vote_once(live: Live) -> None:
    vote = opened(live)
    found = asked(live.work, lambda: votes.count(live.work, vote, **COUNTS))
    assert writes(found, "vote") == 1
    assert len(found) <= 11


def test_the_board_follows_an_act_of_its_own_program_without_asking(live: Live) -> None:
    reader = BoardReader(live.work, live.id)
    reader.read()
    floor.give(live.work, live.id, live.people[3])
    assert asked(live.work, reader.read) == []
    speaker = reader.read().speaker
    assert speaker is not None
    assert speaker.person_id == live.people[3]


def shown(reader: BoardReader, vote: uuid.UUID) -> Motion:
    """The vote as both windows show it."""
    return next(one for one in reader.read().motions if one.id == vote)


def test_a_count_is_judged_once_however_often_it_is_shown(live: Live, judged: list[str]) -> None:
    reader, vote = BoardReader(live.work, live.id), opened(live)
    reader.read()
    judged.clear()
    votes.count(live.work, vote, **COUNTS)
    assert judged == ["straw_poll"]
    assert asked(live.work, lambda: reader.counted(shown(reader, vote).id, None, COUNTS)) == []
    assert judged == ["straw_poll"]


@pytest.mark.parametrize("numbers", [COUNTS, {"in_favour": 7, "against": 0, "abstain": 0}, {"in_favour": 3}])
def test_what_the_board_says_of_a_count_is_what_the_database_says(live: Live, numbers: dict[str, int]) -> None:
    reader, vote = BoardReader(live.work, live.id), opened(live)
    votes.count(live.work, vote, **COUNTS)
    reader.read()
    found = reader.counted(vote, None, numbers)
    assert found is not None
    # Only before a count is judged it is asked whether it should be taken twice.
    assert found == replace(votes_numbers.preview(live.work, vote, **numbers), close=None)


def test_a_vote_that_is_not_counted_has_no_outcome(live: Live) -> None:
    reader, vote = BoardReader(live.work, live.id), opened(live)
    reader.read()
    assert (reader.counted(vote, None, COUNTS), reader.counted(uuid.uuid4(), None, COUNTS)) == (None, None)

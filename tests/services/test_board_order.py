"""What the board is kept in: things in their order, and times of speaking beside turns."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from deliberation_app.services.board_order import Ordered, steady
from deliberation_app.services.floor_turns import spells

places = st.tuples(st.integers(0, 5), st.integers(0, 3))
START = datetime(2026, 9, 1, 1, tzinfo=UTC)
ANNA, BELA, ENTRY = (uuid.UUID(int=number) for number in (1, 2, 3))


def at(minute: int | None) -> datetime | None:
    return None if minute is None else START + timedelta(minutes=minute)


@given(st.lists(st.tuples(places, st.text(max_size=2)), unique_by=lambda pair: pair[0]),
       st.lists(st.tuples(st.booleans(), places, st.text(max_size=2))))  # fmt: skip
def test_things_stay_in_order_while_they_come_and_go(
    first: list[tuple[tuple[int, int], str]], steps: list[tuple[bool, tuple[int, int], str]]
) -> None:
    kept, known = Ordered(first), dict(first)
    for come, place, value in steps:
        before, was = kept.all, known.get(place)
        if come:
            kept.put(place, value)
            known[place] = value
        else:
            kept.drop(place)
            known.pop(place, None)
        assert kept.all == tuple(known[one] for one in sorted(known))
        assert len(kept) == len(known)
        assert kept.first == (min(known.items()) if known else None)
        if known.get(place) is was:
            assert kept.all is before
        shown, copied = kept.all, kept.copy()
        copied.put((9, 9), "last")
        assert (copied.all, kept.all) == ((*shown, "last"), shown)
        for one, leads in known.items():
            assert kept.led_by(one) == (leads, *(known[other] for other in sorted(known) if other != one))


def test_what_says_the_same_stays_the_same_thing() -> None:
    one = [1, 2]
    assert steady(one, [1, 2]) is one
    assert steady(one, [3]) == [3]


spans = st.lists(st.tuples(st.sampled_from([ANNA, BELA]), st.integers(0, 20), st.integers(0, 6)), max_size=6)


@given(spans, st.lists(st.tuples(st.sampled_from([ANNA, BELA, None]), st.none() | st.integers(0, 30)), max_size=12),
       st.none() | st.tuples(st.sampled_from([ANNA, BELA]), st.integers(0, 30)))  # fmt: skip
def test_words_within_a_turn_of_their_speaker_are_no_turn_of_their_own(
    turns: list[tuple[uuid.UUID, int, int]],
    words: list[tuple[uuid.UUID | None, int | None]],
    now: tuple[uuid.UUID, int] | None,
) -> None:
    rows = [SimpleNamespace(person_id=person, entry_id=ENTRY, began_at=at(began), ended_at=at(began + long), seconds=60)
            for person, began, long in turns]  # fmt: skip
    said = [SimpleNamespace(speaker_id=person, entry_id=ENTRY, at=at(minute), seconds=5) for person, minute in words]
    state = now and SimpleNamespace(speaker_id=now[0], entry_id=ENTRY, began_at=at(now[1]))
    beside = [
        person for person, minute in words
        if person is not None and not (minute is not None and (
            any(one == person and began <= minute <= began + long for one, began, long in turns)
            or (now is not None and now[0] == person and now[1] <= minute)
        ))
    ]  # fmt: skip
    spoke = [person for person, _, _ in turns] + ([now[0]] if now else []) + beside
    found = spells(rows, said, state)
    assert [one.person for one in found] == [str(person) for person in spoke]
    assert sum(one.seconds for one in found) == 60 * len(turns) + 5 * len(beside)

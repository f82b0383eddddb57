"""The index of search: what it finds is what LIKE finds, on either database."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from deliberation_app.domain.search import folded
from deliberation_app.storage import database, search
from deliberation_app.storage.base import new_id
from deliberation_app.storage.statements import Wire

NOW = datetime(2026, 10, 20, 1, 0, tzinfo=UTC)
UNIT, OTHER = uuid.UUID(int=7), uuid.UUID(int=8)
SIGNS = "停车位车位2号楼A案b，。“”%_'\"\\ \n·😀龑𬱖𲎯é-*()"
TEXTS = st.text(st.sampled_from(SIGNS), max_size=12)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An empty, current database."""
    made = database.open_database(database_url, now=NOW)
    yield made
    made.dispose()


def test_two_characters_find_what_like_finds(engine: Engine) -> None:
    """Any text, any part of it: letters, digits, punctuation, blanks, rare characters."""

    @settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.lists(TEXTS, max_size=8), st.text(st.sampled_from(SIGNS), min_size=1, max_size=3))
    def holds(texts: list[str], typed: str) -> None:
        rows = {new_id(): text for text in texts}
        with engine.begin() as connection:
            search.write(Wire(connection), [("item", key, UNIT, text) for key, text in rows.items()])
            found = search.found(connection, typed, UNIT, 100)
            search.write(Wire(connection), [("item", key, UNIT, None) for key in rows])
        assert set(found) == {("item", key) for key, text in rows.items() if folded(typed) in folded(text)}

    holds()


def test_a_line_is_changed_and_taken_out(engine: Engine) -> None:
    """Nothing of what it said before is found."""
    key = new_id()
    with engine.begin() as connection:
        search.write(Wire(connection), [("item", key, UNIT, "停车"), ("meeting", key, UNIT, "路灯")])
        search.write(Wire(connection), [("item", key, UNIT, "路灯")])
        assert search.found(connection, "停车", UNIT, 9, "item") == []
        assert search.found(connection, "路灯", UNIT, 9, "item") == [("item", key)]
        search.write(Wire(connection), [("item", key, UNIT, None)])
        assert search.found(connection, "路灯", UNIT, 9, "item") == []
        assert search.found(connection, "路灯", UNIT, 9, "meeting") == [("meeting", key)]
        assert search.found(connection, "路灯", OTHER, 9, "meeting") == []


def test_the_last_written_comes_first(engine: Engine) -> None:
    """And no more than are asked for."""
    keys = [new_id() for _ in range(5)]
    with engine.begin() as connection:
        search.write(Wire(connection), [("item", key, UNIT, "停車") for key in keys])
        assert search.found(connection, "停车", UNIT, 3) == [("item", key) for key in keys[::-1][:3]]

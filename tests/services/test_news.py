"""News from elsewhere: two programs on one file, two computers on one server."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from deliberation_app.services.news import EVERYTHING, News
from deliberation_app.services.work import Work, open_work
from deliberation_app.storage.people import Person
from tests.services.small import Small, note


@pytest.fixture
def heard(work: Work) -> Iterator[list[frozenset[str]]]:
    """What the first program hears from its first look on."""
    heard: list[frozenset[str]] = []
    work.poll()
    stop = work.changed(heard.append)
    yield heard
    stop()


def look(work: Work, heard: list[frozenset[str]], count: int) -> None:
    """Look until so many were heard: word from a server arrives a little later."""
    for _ in range(200):
        work.poll()
        if len(heard) >= count:
            return
        time.sleep(0.02)


def test_another_program_is_noticed(
    work: Work, small: Small, heard: list[frozenset[str]], open_another: Callable[..., Work]
) -> None:
    """The next look tells it, once; a file tells that something changed, a server also what."""
    other = open_another(computer="other")
    note(other, small, "另一台")
    look(work, heard, 1)
    work.poll()
    assert heard == [EVERYTHING if work.engine.dialect.name == "sqlite" else frozenset({"floor"})]


def test_ones_own_acts_are_no_news(work: Work, small: Small, heard: list[frozenset[str]]) -> None:
    """They were announced when they were done."""
    note(work, small, "我的")
    assert heard == [frozenset({"floor"})]
    work.poll()
    assert heard == [frozenset({"floor"})]


def test_ones_own_act_does_not_hide_the_others(
    work: Work, small: Small, heard: list[frozenset[str]], open_another: Callable[..., Work]
) -> None:
    """Theirs, then ours, then the look: both are told."""
    other = open_another(computer="other")
    with other.act("people.add") as act:
        act.add(Person(name="张三"))
    note(work, small, "我的")
    look(work, heard, 2)
    assert len(heard) == 2
    assert "people" in heard[1]
    with other.act("people.add") as act:
        act.add(Person(name="李四"))
    look(work, heard, 3)
    assert len(heard) == 3


def test_nothing_is_told_of_an_act_that_failed(
    work: Work, small: Small, heard: list[frozenset[str]], open_another: Callable[..., Work]
) -> None:
    """Neither here nor elsewhere."""
    other = open_another(computer="other")
    with pytest.raises(ZeroDivisionError), other.act("people.add") as act:
        act.add(Person(name=str(1 // 0)))
    work.poll()
    assert heard == []


def test_a_lost_watch_is_found_again(
    work: Work, small: Small, heard: list[frozenset[str]], open_another: Callable[..., Work]
) -> None:
    """After the connection was cut, looking goes on, and what may have been missed is looked at again."""
    other = open_another(computer="other")
    if work.engine.dialect.name == "postgresql":
        with other.engine.begin() as connection:
            connection.execute(
                text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' "
                     "AND datname = current_database() AND pid <> pg_backend_pid()")
            )  # fmt: skip
    else:
        work._news._watch.connection.driver_connection.close()
    note(other, small, "另一台")
    look(work, heard, 1)
    assert heard == [EVERYTHING]


def test_the_end_of_the_log_is_kept_beside_the_file(tmp_path: Path, clock: Callable[..., object]) -> None:
    """After each act; an older word never replaces a newer one, and what is no such word is told."""
    work = open_work(tmp_path / "a.sqlite", clock=clock)  # type: ignore[arg-type]
    assert work.head() is None
    for name in ("张三", "李四"):
        with work.act("people.add") as act:
            act.add(Person(name=name))
    head = work.head()
    assert head is not None
    assert head[0] == 2
    assert work.head_file is not None
    work._news.keep_head(1, "0" * 64)
    assert work.head() == head
    work.head_file.write_text("")
    assert work.head() is None
    work.head_file.write_text("2 abc")
    with pytest.raises(ValueError, match="log"):
        work.head()
    work.close()


def test_a_head_file_that_cannot_be_written_stops_nothing(tmp_path: Path, clock: Callable[..., object]) -> None:
    """It is a second witness only."""
    work = open_work(tmp_path / "a.sqlite", clock=clock)  # type: ignore[arg-type]
    assert work.head_file is not None
    work.head_file.mkdir()
    with work.act("people.add") as act:
        act.add(Person(name="张三"))
    work.head_file.rmdir()
    with work.act("people.add") as act:
        act.add(Person(name="李四"))
    head = work.head()
    assert head is not None
    assert head[0] == 2
    assert isinstance(work._news, News)
    work.close()

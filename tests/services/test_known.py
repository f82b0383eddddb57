"""What an act goes on with from the acts before, and what it says of rows without reading them again."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import UTC, timedelta, timezone
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, text

from deliberation_app.errors import AppError
from deliberation_app.services.act import Act
from deliberation_app.services.check import check
from deliberation_app.services.known import Known
from deliberation_app.services.work import Work
from deliberation_app.storage.base import Kept, new_id
from deliberation_app.storage.floor import Attendance, Statement
from deliberation_app.storage.history import Change, plain_row
from deliberation_app.storage.meetings import Meeting
from deliberation_app.storage.people import Person
from deliberation_app.storage.records import KEPT
from tests.services.small import Small, note

_MOMENTS = st.datetimes(timezones=st.sampled_from((UTC, timezone(timedelta(hours=8))))).filter(
    lambda moment: 2000 < moment.year < 2099
)
_TEXT = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\0"), max_size=30)
_ROWS = st.fixed_dictionaries(
    {"text": _TEXT},
    optional={
        "at": st.none() | _MOMENTS,
        "seconds": st.none() | st.integers(-(2**31), 2**31 - 1),
        "side": st.none() | st.sampled_from(("raise", "answer")),
        "promised_by": st.none() | st.dates(),
        "dissent": st.none() | st.booleans(),
        "stance": st.none() | _TEXT,
    },
)
_AWAY = st.none() | st.lists(st.dictionaries(st.sampled_from(("from", "to")), _TEXT, max_size=2), max_size=3)


def _as_they_lie(act: Act, changes: list[Change]) -> list[Any]:
    """The rows of some changes read from their tables."""
    found = [act._touched.rows(KEPT[one.table], [one.id]).get(one.id) for one in changes]
    return [
        None if row is None else plain_row(KEPT[one.table], row) for one, row in zip(changes, found, strict=True)
    ]  # fmt: skip


@given(first=_ROWS, then=_ROWS, away=_AWAY)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_what_is_logged_is_what_lies_in_the_tables(
    work: Work, small: Small, first: dict[str, Any], then: dict[str, Any], away: list[Any] | None
) -> None:
    """Of a new row, a changed and a deleted one, named in full or in part, without reading them again."""
    key, seat = new_id(), new_id()
    for step, gaps in ((first, away), (then, None), (first, away), (None, None)):
        with work.act("floor.note") as act:
            if step is None:
                act.delete(act.get_one(Statement, key))
                act.delete(act.get_one(Attendance, seat))
            elif act.get(Statement, key) is None:
                act.add(Statement(id=key, entry_id=small.entry, position=99, **step))
                act.add(Attendance(id=seat, meeting_id=small.meeting, person_id=small.speaker, position=9,
                                   capacity="voting", status="present", away=gaps))  # fmt: skip
            else:
                for name, value in step.items():
                    setattr(act.get_one(Statement, key), name, value)
                act.get_one(Attendance, seat).away = gaps
            act.flush()
            changes = act._touched.changes()
            assert [change.after for change in changes] == _as_they_lie(act, changes)
    assert check(work) == ()


def _asked(work: Work, do: Callable[[], object]) -> list[str]:
    """The questions that reach the database while something is done."""
    heard: list[str] = []

    def hear(_connection: object, _cursor: object, sql: str, *_more: object) -> None:
        heard.append(sql)

    event.listen(work.engine, "before_cursor_execute", hear)
    try:
        do()
    finally:
        event.remove(work.engine, "before_cursor_execute", hear)
    return heard


def _get(work: Work, record: type[Kept], key: uuid.UUID) -> Callable[[], None]:
    def do() -> None:
        with work.act("floor.note") as act:
            act.get_one(record, key)

    return do


def test_what_is_known_is_not_asked_again(work: Work, small: Small) -> None:
    """Until somebody else has written."""
    _get(work, Meeting, small.meeting)()
    assert not [sql for sql in _asked(work, _get(work, Meeting, small.meeting)) if "FROM meeting" in sql]


def test_another_programs_act_is_seen(work: Work, small: Small, open_another: Callable[..., Work]) -> None:
    """The end of the log has moved, so the row is read again."""
    with work.act("floor.note") as act:
        act.get_one(Meeting, small.meeting)
    with open_another(computer="other").act("meetings.edit") as act:
        act.get_one(Meeting, small.meeting).place = "活动室"
    with work.act("floor.note") as act:
        assert act.get_one(Meeting, small.meeting).place == "活动室"


def test_what_failed_is_not_known(work: Work, small: Small) -> None:
    """A record that an act has changed in vain is read again by the next."""

    def in_vain() -> None:
        with work.act("meetings.edit") as act:
            act.get_one(Meeting, small.meeting).place = "不成"
            act.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        in_vain()
    with work.act("floor.note") as act:
        assert act.get_one(Meeting, small.meeting).place != "不成"


def test_what_is_gone_is_not_known(work: Work, small: Small) -> None:
    """Deleted as a record or in bulk, in this act or the one before."""
    people = [new_id(), new_id()]
    with work.act("people.add") as act:
        act.add_all([Person(id=key, name="过客") for key in people])
    with work.act("people.edit") as act:
        act.delete(act.get_one(Person, people[0]))
        act.remove(Person, [people[1]])
        assert [act.get(Person, key) for key in people] == [None, None]
    with work.act("people.edit") as act:
        assert [act.get(Person, key) for key in people] == [None, None]


def test_a_row_changed_behind_the_programs_back_is_refused(work: Work, small: Small) -> None:
    """With its counter moved it is somebody else's change; without, the check finds it, and the act hides nothing."""
    with work.act("meetings.edit") as act:
        act.get_one(Meeting, small.meeting).place = "原处"
    with work.engine.begin() as connection:
        connection.execute(text("UPDATE meeting SET version = version + 1"))
    with pytest.raises(AppError), work.act("meetings.edit") as act:
        act.get_one(Meeting, small.meeting).place = "新处"
    with work.act("meetings.edit") as act:
        act.get_one(Meeting, small.meeting).place = "新处"
    assert check(work) == ()
    with work.engine.begin() as connection:
        connection.execute(text("UPDATE meeting SET place = '别处'"))
    with work.act("meetings.edit") as act:
        act.get_one(Meeting, small.meeting).title = "改题"
    assert len(check(work)) > 0


def test_a_reckoning_is_made_again_when_its_rows_change(work: Work, small: Small) -> None:
    """And only then."""
    made: list[int] = []

    def ask() -> None:
        with work.read() as session:
            work.known.reckon(session, "people", frozenset({"person"}), lambda: made.append(1))

    ask()
    note(work, small, "别的事")
    ask()
    assert len(made) == 1
    with work.act("people.add") as act:
        act.add(Person(name="新人"))
    ask()
    assert len(made) == 2
    with work.act("people.add") as act:
        act.add(Person(name="又一人"))
        act.flush()
        work.known.reckon(act, "people", frozenset({"person"}), lambda: made.append(1))
    ask()
    assert len(made) == 4


def test_acts_are_told_without_gap_or_not_at_all(small: Small) -> None:
    """After somebody else's act the reader must ask the database."""
    known, change = Known(), Change("person", new_id(), None, {"name": "张三"})
    known.take((3, "c"))
    known.keep((3, "c"), (4, "d"), {}, [change])
    assert known.since(3) == [(4, (change,))]
    assert known.since(2) is None
    known.take((5, "e"))
    known.keep((5, "e"), (6, "f"), {}, [change])
    assert known.since(4) is None
    assert known.since(5) == [(6, (change,))]
    known.keep((5, "e"), (6, "g"), {}, [change])
    assert known.since(5) == [(6, (change,))]
    known.forget()
    assert known.since(5) is None

"""An act holds its records beside the session: whenever the session is let in, the act says and does the same."""

from __future__ import annotations

import uuid

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from deliberation_app.services.act import Act
from deliberation_app.services.check import check
from deliberation_app.services.known import MOST_RECORDS
from deliberation_app.services.work import Work
from deliberation_app.storage.base import new_id
from deliberation_app.storage.floor import Statement
from tests.services.small import Small

_KEYS = (0, 1, 2)
_WHAT = st.sampled_from(("get", "put", "put", "delete", "flush", "join"))
_STEPS = st.lists(st.tuples(_WHAT, st.sampled_from(_KEYS), st.integers(0, 9)), max_size=14)


def _take(act: Act, small: Small, ids: dict[int, uuid.UUID], step: tuple[str, int, int]) -> None:
    """One step: a record is looked for, written, deleted; what was gathered is written; a query is asked."""
    what, key, value = step
    if what == "flush":
        act.flush()
    elif what == "join":
        act.scalars(select(Statement.id).where(Statement.id == ids[key])).all()
    else:
        found = act.get(Statement, ids[key])
        if what == "put" and found is None:
            act.add(Statement(id=ids[key], entry_id=small.entry, position=value, text="甲"))
        elif what == "put" and found is not None:
            found.position, found.text = value, f"乙{value}"
        elif what == "delete" and found is not None:
            act.flush()  # what is not written yet cannot be deleted
            written = act.get(Statement, ids[key])
            if written is not None:
                act.delete(written)


def _told(work: Work, small: Small, steps: list[tuple[str, int, int]], begun: list[int]) -> list[str]:
    """What an act of these steps changes, by its own word, its rows before being those that `begun` names."""
    ids = {key: new_id() for key in _KEYS}
    with work.act("floor.note") as act:
        for key in begun:
            act.add(Statement(id=ids[key], entry_id=small.entry, position=99, text="先"))
    with work.act("floor.note") as act:
        for step in steps:
            _take(act, small, ids, step)
        act.flush()
        names = {one: key for key, one in ids.items()}
        return sorted(
            repr((names[one.id], *(row and (row["text"], row["position"]) for row in (one.before, one.after))))
            for one in act._touched.changes()
        )


@given(steps=_STEPS, begun=st.lists(st.sampled_from(_KEYS), unique=True))
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_the_session_may_be_let_in_at_any_time(
    work: Work, small: Small, steps: list[tuple[str, int, int]], begun: list[int]
) -> None:
    """The same steps with queries among them, without any, and with one before all others; a query writes first."""
    alone = _told(work, small, [("flush", *step[1:]) if step[0] == "join" else step for step in steps], begun)
    assert alone == _told(work, small, steps, begun) == _told(work, small, [("join", 0, 0), *steps], begun)
    assert check(work) == ()


def test_a_query_sees_what_was_gathered(work: Work, small: Small) -> None:
    """New, changed and deleted records, and gives the very records that were got before."""
    first, second = new_id(), new_id()
    with work.act("floor.note") as act:
        act.add(Statement(id=first, entry_id=small.entry, position=1, text="甲"))
        act.add(Statement(id=second, entry_id=small.entry, position=2, text="乙"))
    with work.act("floor.note") as act:
        kept, gone = act.get_one(Statement, first), act.get_one(Statement, second)
        kept.text = "丙"
        act.delete(gone)
        new = Statement(id=new_id(), entry_id=small.entry, position=3, text="丁")
        act.add(new)
        found = act.scalars(select(Statement).where(Statement.position > 0).order_by(Statement.position)).all()
        assert [one.text for one in found if one.id in (first, second, new.id)] == ["丙", "丁"]
        assert kept in found
        assert new in found
        assert act.get(Statement, second) is None


def test_what_is_deleted_and_put_back_stays(work: Work, small: Small) -> None:
    """The same record, before anything was written."""
    key = new_id()
    with work.act("floor.note") as act:
        act.add(Statement(id=key, entry_id=small.entry, position=1, text="甲"))
    with work.act("floor.note") as act:
        kept = act.get_one(Statement, key)
        act.delete(kept)
        act.add(kept)
    with work.read() as session:
        assert session.get(Statement, key) is not None


@pytest.mark.parametrize("asked", [False, True])
def test_an_act_of_many_records(work: Work, small: Small, asked: bool) -> None:
    """More than are held beside: all are written, whether or not a query comes between."""
    keys = [new_id() for _ in range(MOST_RECORDS + 5)]
    with work.act("floor.note") as act:
        for place, key in enumerate(keys):
            act.add(Statement(id=key, entry_id=small.entry, position=place, text="甲"))
            if asked and place == 3:
                act.scalars(select(Statement.id)).all()
    with work.act("floor.note") as act:
        for key in keys:
            act.get_one(Statement, key).text = "乙"
    with work.read() as session:
        assert set(session.scalars(select(Statement.text).where(Statement.id.in_(keys)))) == {"乙"}
    assert check(work) == ()


def test_whatever_else_a_session_does_it_does_with_the_records(work: Work, small: Small) -> None:
    """Those that were got and added are its own from then on."""
    with work.act("floor.note") as act:
        new = Statement(id=new_id(), entry_id=small.entry, position=1, text="甲")
        act.add(new)
        assert new in act
        act.flush()
        act.refresh(new)
    with work.act("floor.note") as act:
        kept = act.get_one(Statement, new.id)
        kept.text = "乙"
        assert kept in act.dirty
    with work.read() as session:
        assert session.get_one(Statement, new.id).text == "乙"

"""Taking back and doing again: one step at a time, by person and computer, and never over what others did since."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text

from deliberation_app.errors import AppError, RuleBroken
from deliberation_app.services.check import check
from deliberation_app.services.work import Work
from deliberation_app.storage.accounts import AuditLine
from deliberation_app.storage.base import new_id
from deliberation_app.storage.floor import Statement
from deliberation_app.storage.minutes import KeptFile
from deliberation_app.storage.people import Household, Person, Unit
from tests.services.small import Small, note


def texts(work: Work) -> list[str]:
    """What the statements say, in their order."""
    with work.read() as session:
        return list(session.scalars(select(Statement.text).order_by(Statement.position)))


def test_back_and_again_in_stacks(work: Work, small: Small) -> None:
    """Three notes, two taken back, one done again; a new one ends what could be done again."""
    for position, word in enumerate("甲乙丙"):
        note(work, small, word, position)
    assert [work.undo(), work.undo(), texts(work)] == ["floor.note", "floor.note", ["甲"]]
    assert [work.redo(), texts(work)] == ["floor.note", ["甲", "乙"]]
    assert [work.undo(), work.redo(), work.redo(), texts(work)] == ["floor.note"] * 3 + [["甲", "乙", "丙"]]
    with pytest.raises(AppError, match="nothing to do again"):
        work.redo()
    work.undo()
    note(work, small, "丁", 9)
    with pytest.raises(AppError, match="nothing to do again"):
        work.redo()
    assert texts(work) == ["甲", "乙", "丁"]
    for _ in range(4):
        work.undo()
    assert texts(work) == []
    with pytest.raises(AppError, match="nothing to take back"):
        work.undo()
    assert check(work) == ()


def test_taking_back_is_a_line_of_its_own(work: Work, small: Small) -> None:
    """Nothing leaves the log: each line says which it takes back."""
    note(work, small, "甲")
    work.undo()
    work.redo()
    with work.read() as session:
        found = session.execute(select(AuditLine.act, AuditLine.undoes).order_by(AuditLine.id)).all()
    assert [tuple(line) for line in found] == [
        ("meetings.call", None), ("floor.note", None), ("undo", 2), ("redo", 3),
    ]  # fmt: skip


def test_each_person_and_computer_has_its_own_stack(
    work: Work, small: Small, open_another: Callable[..., Work]
) -> None:
    """What the other did is not mine to take back."""
    other = open_another(computer="other")
    colleague = open_another()
    colleague.user_id = new_id()
    note(work, small, "我的", 0)
    note(other, small, "另一台", 1)
    note(colleague, small, "同事的", 2)
    work.undo()
    assert texts(work) == ["另一台", "同事的"]
    other.undo()
    assert texts(work) == ["同事的"]
    with pytest.raises(AppError, match="nothing to take back"):
        other.undo()
    colleague.undo()
    assert texts(work) == []


def test_refused_when_changed_since(work: Work, small: Small, open_another: Callable[..., Work]) -> None:
    """A row that somebody changed or removed since stays as it is."""
    other = open_another(computer="other")
    key = note(work, small, "我的")
    with other.act("floor.edit_note") as act:
        act.get_one(Statement, key).text = "改过"
    with pytest.raises(RuleBroken, match="changed the same thing"):
        work.undo()
    assert texts(work) == ["改过"]
    with other.act("floor.strike") as act:
        act.delete(act.get_one(Statement, key))
    with pytest.raises(RuleBroken, match="changed the same thing"):
        work.undo()
    assert texts(work) == []
    assert check(work) == ()


def test_what_was_taken_back_cannot_come_over_what_came_since(
    work: Work, small: Small, open_another: Callable[..., Work]
) -> None:
    """Doing again is as careful as taking back."""
    other = open_another(computer="other")
    key = note(work, small, "我的")
    work.undo()
    note(other, small, "同一个位置", key=key)
    with pytest.raises(RuleBroken, match="changed the same thing"):
        work.redo()
    assert texts(work) == ["同一个位置"]


def test_counters_never_go_back(work: Work, small: Small) -> None:
    """A row that comes back is a newer version than any that was seen before."""
    key = note(work, small, "甲")
    with work.act("floor.edit_note") as act:
        act.get_one(Statement, key).text = "乙"
    with work.act("floor.strike") as act:
        gone = act.get_one(Statement, key)
        act.delete(gone)
    work.undo()
    with work.read() as session:
        back = session.get_one(Statement, key)
    assert back.text == "乙"
    assert back.version > gone.version
    work.undo()
    with work.read() as session:
        again = session.get_one(Statement, key)
    assert again.text == "甲"
    assert again.version > back.version


def test_signed_and_published_is_not_taken_back(work: Work, small: Small) -> None:
    """It stands on top of the stack and nothing below it is reached."""
    note(work, small, "甲")
    with work.act("notices.post") as act:
        act.get_one(Unit, small.unit).name = "张贴"
    with pytest.raises(RuleBroken, match="cannot be taken back"):
        work.undo()
    assert texts(work) == ["甲"]


def test_erased_payloads_cannot_be_taken_back(work: Work, small: Small) -> None:
    """What is not known any more is not put back."""
    note(work, small, "甲")
    with work.engine.begin() as connection:
        connection.execute(text("UPDATE audit_payload SET rows = NULL, erased_reason = '本人要求' WHERE line_id = 2"))
    with pytest.raises(RuleBroken, match="erased"):
        work.undo()


def test_a_file_cannot_come_back_from_the_log(work: Work) -> None:
    """The log knows a file by its checksum: adding it is taken back, doing that again is refused."""
    with work.act("tasks.edit") as act:
        act.add(KeptFile(name="照片.jpg", sha256="0", size=3, content=b"abc"))
    with work.act("tasks.edit") as act:
        file = act.scalars(select(KeptFile)).one()
        file.name = "现场.jpg"
    with work.act("tasks.edit") as act:
        file = act.scalars(select(KeptFile)).one()
        file.content = b"other"
    with pytest.raises(RuleBroken, match="file"):
        work.undo()
    with work.read() as session:
        assert session.scalars(select(KeptFile.content)).one() == b"other"


def test_adding_a_file_is_taken_back(work: Work) -> None:
    """The file goes; it is added again from its place and not from the log."""
    with work.act("tasks.edit") as act:
        act.add(KeptFile(name="照片.jpg", sha256="0", size=3, content=b"abc"))
    with work.act("tasks.edit") as act:
        act.scalars(select(KeptFile)).one().name = "现场.jpg"
    work.undo()
    work.undo()
    with pytest.raises(RuleBroken, match="file"):
        work.redo()


def test_rows_that_point_at_each_other_come_back(work: Work) -> None:
    """Keys are checked at the end: a household and its owner go and return together."""
    owner, home = new_id(), new_id()
    with work.act("people.add") as act:
        act.add(Person(id=owner, name="房东", household_id=home))
        act.add(Household(id=home, courtyard="194", building="3", room="201", owner_id=owner))
    with work.act("people.edit") as act:
        act.delete(act.get_one(Person, owner))
        act.delete(act.get_one(Household, home))
    work.undo()
    with work.read() as session:
        assert session.get_one(Person, owner).household_id == home
    work.undo()
    with work.read() as session:
        assert session.scalars(select(Person)).all() == []
    assert check(work) == ()


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.text(max_size=5), st.integers(0, 4)),
        st.tuples(st.just("edit"), st.text(max_size=5), st.integers(0, 4)),
        st.tuples(st.just("delete"), st.just(""), st.integers(0, 4)),
    ),
    min_size=1,
    max_size=8,
)


def apply(work: Work, kind: str, word: str, number: int) -> bool:
    """Add, change or delete one of five people; False when that changed nothing."""
    word = word.replace("\0", "")
    key = uuid.UUID(int=number + 1)
    with work.read() as session:
        there = session.get(Person, key)
    with work.act("people.edit") as act:
        if kind == "add" and there is None:
            act.add(Person(id=key, name=word))
            return True
        if kind == "edit" and there is not None and there.name != word:
            act.get_one(Person, key).name = word
            return True
        if kind == "delete" and there is not None:
            act.delete(act.get_one(Person, key))
            return True
    return False


def people(work: Work) -> dict[uuid.UUID, str]:
    """Everybody by id."""
    with work.read() as session:
        return {person.id: person.name for person in session.scalars(select(Person))}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_any_acts_taken_back_and_done_again(work: Work, steps: list[tuple[str, str, int]]) -> None:
    """Whatever was done: taking all of it back leads through each state in reverse, doing it again forward."""
    states = [people(work)]
    for step in steps:
        if apply(work, *step):
            states.append(people(work))
    for state in reversed(states[:-1]):
        work.undo()
        assert people(work) == state
    for state in states[1:]:
        work.redo()
        assert people(work) == state
    assert check(work) == ()

"""The one door: one act is one commit, one line of the log and one announcement, or nothing at all."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select, text, update

from deliberation_app.errors import AppError, NotAllowed, RuleBroken
from deliberation_app.services.check import check
from deliberation_app.services.work import Work, open_work
from deliberation_app.storage import history
from deliberation_app.storage.accounts import AuditHead, AuditLine, AuditPayload
from deliberation_app.storage.agenda import AgendaItem
from deliberation_app.storage.base import derived_id, new_id
from deliberation_app.storage.floor import FloorState, Statement
from deliberation_app.storage.meetings import AgendaEntry, Meeting, Mention
from deliberation_app.storage.minutes import Minutes
from deliberation_app.storage.people import Household, Person, Unit
from tests.services.small import HandClock, Small, dump_of, note


def lines(work: Work) -> list[AuditLine]:
    """The log."""
    with work.read() as session:
        return list(session.scalars(select(AuditLine).order_by(AuditLine.id)))


def statement(work: Work, key: uuid.UUID) -> Statement | None:
    """A statement as it lies in the database."""
    with work.read() as session:
        return session.get(Statement, key)


def meeting(work: Work, ids: Small) -> Meeting:
    """The small meeting as it lies in the database."""
    with work.read() as session:
        return session.get_one(Meeting, ids.meeting)


def test_one_act_is_one_line_and_one_announcement(work: Work, small: Small) -> None:
    """Three rows in one act: one line, one call of the listener, and it already sees what was saved."""
    heard: list[frozenset[str]] = []
    work.changed(lambda parts: heard.append(parts) if len(lines(work)) == 2 else None)
    with work.act("floor.note") as act:
        for position in range(3):
            act.add(Statement(entry_id=small.entry, position=position, text="停不下"))
    assert heard == [frozenset({"floor"})]
    assert [line.act for line in lines(work)] == ["meetings.call", "floor.note"]
    assert check(work) == ()


def test_what_raises_saves_nothing(work: Work, small: Small) -> None:
    """A refusal in the middle of the block leaves every table as it was, and nobody is told."""
    before = dump_of(work)
    heard: list[frozenset[str]] = []
    work.changed(heard.append)

    def refused() -> None:
        with work.act("floor.note") as act:
            act.add(Statement(entry_id=small.entry, position=0, text="停不下"))
            act.flush()
            raise RuleBroken("no")

    with pytest.raises(RuleBroken, match="no"):
        refused()
    assert dump_of(work) == before
    assert heard == []


def test_an_act_that_changes_nothing_is_no_line(work: Work, small: Small) -> None:
    """Setting what is there already, or a value and back, is not an act."""
    heard: list[frozenset[str]] = []
    work.changed(heard.append)
    with work.act("people.edit") as act:
        person = act.get_one(Person, small.chair)
        person.name = "赵六"
        act.flush()
        person.name = "王秀兰"
    with work.act("people.edit") as act:
        passing = Person(name="过客")
        act.add(passing)
        act.flush()
        act.delete(passing)
    assert heard == []
    assert len(lines(work)) == 1


def test_a_listener_can_be_taken_off(work: Work, small: Small) -> None:
    """Whoever left is not told."""
    heard: list[frozenset[str]] = []
    work.changed(heard.append)()
    note(work, small, "停不下")
    assert heard == []


def test_without_the_right_nothing_is_done(open_another: Callable[..., Work]) -> None:
    """A person without a role is refused by name; an act that nobody knows is a mistake of the program."""
    guest = open_another(user_name="客人")
    guest.roles = ()
    with pytest.raises(NotAllowed, match="客人"), guest.act("people.add") as act:
        act.add(Person(name="张三"))
    guest.roles = ("all",)
    with pytest.raises(KeyError), guest.act("people.conjure") as act:
        act.add(Person(name="张三"))
    assert lines(guest) == []


def test_an_act_inside_an_act_is_a_mistake(work: Work, small: Small) -> None:
    """It would wait for itself."""
    with pytest.raises(RuntimeError, match="inside"), work.act("floor.note"):
        note(work, small, "停不下")
    note(work, small, "停不下")
    assert check(work) == ()


def test_nothing_bypasses_the_log(work: Work, small: Small) -> None:
    """A statement that would change rows unseen is refused."""
    for statement_past_the_log in (
        update(Person).values(name="某"),
        update(Person.__table__).values(name="某"),
    ):
        with pytest.raises(TypeError, match=r"act\.write"), work.act("people.edit") as act:
            act.execute(statement_past_the_log)


def test_a_list_changed_in_place_is_noticed(work: Work, small: Small) -> None:
    """It would not be saved, so the log must not say that it was."""
    with work.act("units.edit") as act:
        act.get_one(Unit, small.unit).settings = {"seal": []}

    def change_in_place() -> None:
        with work.act("units.edit") as act:
            unit = act.get_one(Unit, small.unit)
            assert unit.settings is not None
            unit.settings["seal"].append(1)
            unit.name = "山大路社区"

    with pytest.raises(TypeError, match="unit settings"):
        change_in_place()
    with work.act("units.edit") as act:
        act.get_one(Unit, small.unit).settings = {"seal": (1, 2)}
    assert check(work) == ()


def test_version_counters_rise_with_each_change(work: Work, small: Small) -> None:
    """They count what this row went through; who looked at an older one is refused."""
    key = note(work, small, "停不下")
    for wording in ("停得下", "停不了"):
        with work.act("floor.edit_note") as act:
            act.get_one(Statement, key).text = wording
    there = statement(work, key)
    assert there is not None
    assert there.version == 3
    with work.act("floor.edit_note") as act:
        act.same(Statement, key, 3).text = "停下了"
    with pytest.raises(AppError, match="Somebody else"), work.act("floor.edit_note") as act:
        act.same(Statement, key, 3).text = "又改"


def test_a_stale_record_is_refused_with_a_sentence(work: Work, small: Small) -> None:
    """A record read before somebody else's change cannot be written over it."""
    key = note(work, small, "停不下")
    old = statement(work, key)
    assert old is not None
    with work.act("floor.edit_note") as act:
        act.get_one(Statement, key).text = "别人改的"
    old.text = "我改的"
    with pytest.raises(AppError, match="Somebody else"), work.act("floor.edit_note") as act:
        act.merge(old)
    with pytest.raises(AppError, match="Somebody else"), work.act("floor.edit_note") as act:
        act.add(old)
    there = statement(work, key)
    assert there is not None
    assert there.text == "别人改的"


def test_written_at_follows_the_content(work: Work, small: Small, clock: HandClock) -> None:
    """Each act that changes content: max(now, previous + 1 s); acts on local facts leave it alone."""
    first = meeting(work, small)
    assert (first.written_at, first.written_by) == (clock.now, "王秀兰")
    note(work, small, "停不下")
    assert meeting(work, small).written_at == clock.now + timedelta(seconds=1)
    clock.move(hours=-2)
    note(work, small, "停得下", 1)
    assert meeting(work, small).written_at == clock.now + timedelta(hours=2, seconds=2)
    clock.move(days=1)
    with work.act("meetings.edit") as act:
        act.get_one(Meeting, small.meeting).prepared = {"room": True}
        act.get_one(AgendaEntry, small.entry).began_at = act.now
        act.add(FloorState(id=small.meeting, entry_id=small.entry))
    assert meeting(work, small).written_at == clock.now - timedelta(days=1) + timedelta(hours=2, seconds=2)
    work.undo()
    assert meeting(work, small).written_at == clock.now - timedelta(days=1) + timedelta(hours=2, seconds=2)
    work.undo()
    assert meeting(work, small).written_at == clock.now
    assert check(work) == ()


def test_the_record_in_memory_shows_the_new_revision(work: Work, small: Small, clock: HandClock) -> None:
    """What an act gives back is what lies in the table."""
    clock.move(minutes=5)
    with work.act("meetings.edit") as act:
        kept = act.get_one(Meeting, small.meeting)
        kept.place = "文化活动室"
    assert kept.written_at == clock.now


def test_what_a_file_mentions_gives_it_a_new_revision(work: Work, small: Small, clock: HandClock) -> None:
    """A person, a household with its owner, an item and the unit: each is content of every meeting that tells of it."""
    owner, home, item, merged = new_id(), new_id(), new_id(), new_id()
    with work.act("meetings.edit") as act:
        act.add(Person(id=owner, name="房东"))
        act.add(Household(id=home, courtyard="194", building="3", room="201", owner_id=owner))
        act.add(AgendaItem(id=item, unit_id=small.unit, title="停车"))
        act.add(AgendaItem(id=merged, unit_id=small.unit, title="停车难", state="merged", merged_into_id=item))
        act.get_one(Person, small.speaker).household_id = home
        for what, row in (("person", small.speaker), ("item", merged)):
            key = derived_id(small.meeting, "mention", row)
            act.add(Mention(id=key, meeting_id=small.meeting, what=what, row_id=row))
    changes = [(Person, small.speaker, "post", "楼长"), (Household, home, "area", 8800),
               (Person, owner, "phone", "138"),
               (AgendaItem, item, "title", "停车秩序"), (Unit, small.unit, "name", "山大路")]  # fmt: skip
    for record, key, column, value in changes:
        clock.move(minutes=1)
        with work.act("people.edit") as act:
            setattr(act.get_one(record, key), column, value)
        assert meeting(work, small).written_at == clock.now, (record, column)
    clock.move(minutes=1)
    with work.act("people.edit") as act:
        act.get_one(Person, owner).note = "只在本机"
        act.get_one(Person, small.chair).phone = "139"
    assert meeting(work, small).written_at == clock.now - timedelta(minutes=1)


def sign(work: Work, ids: Small) -> uuid.UUID:
    """Sign the record of the small meeting."""
    key = new_id()
    with work.act("minutes.sign") as act:
        about = {"meeting_id": ids.meeting, "number": 1, "corrections": {}}
        act.add(Minutes(id=key, **about, drafted_at=act.now, signed_at=act.now))
    return key


def test_a_signed_record_locks_its_meeting(work: Work, small: Small) -> None:
    """Neither content nor the signed version itself changes any more; local facts and other people's do."""
    key = note(work, small, "停不下")
    signed = sign(work, small)
    before = dump_of(work)
    with pytest.raises(RuleBroken, match="停车议事会"), work.act("floor.edit_note") as act:
        act.get_one(Statement, key).text = "停得下"
    with pytest.raises(RuleBroken, match="signed"), work.act("floor.strike") as act:
        act.delete(act.get_one(Statement, key))
    with pytest.raises(RuleBroken, match="signed"), work.act("minutes.correct") as act:
        act.get_one(Minutes, signed).corrections = {"opening": "改"}
    with pytest.raises(RuleBroken, match="signed"), work.act("minutes.correct") as act:
        act.delete(act.get_one(Minutes, signed))
    assert dump_of(work) == before
    with work.act("people.edit") as act:
        act.get_one(Person, small.speaker).phone = "138"
    assert check(work) == ()


def test_bulk_and_single_writing_log_the_same(open_another: Callable[..., Work]) -> None:
    """act.write, act.insert and act.remove leave the same payloads as records do."""
    work = open_another()
    unit = new_id()
    payloads: dict[str, list[history.Change]] = {}
    for way in ("records", "write", "insert"):
        if way == "records":
            with work.act("units.edit") as act:
                act.add(Unit(id=unit, name="一", kind="courtyard", parents=["二"]))
        elif way == "write":
            with work.act("units.edit") as act:
                act.write(Unit, [{"id": unit, "name": "一", "kind": "courtyard", "parents": ["二"]}])
        else:
            with work.act("units.edit") as act:
                act.insert(Unit, [{"id": unit, "name": "一", "kind": "courtyard", "parents": ["二"]}])
        with work.act("units.edit") as act:
            if way == "records":
                act.get_one(Unit, unit).name = "三"
            else:
                act.write(Unit, [{"id": unit, "name": "三"}])
        with work.act("units.edit") as act:
            if way == "records":
                act.delete(act.get_one(Unit, unit))
            else:
                act.remove(Unit, [unit])
        with work.read() as session:
            rows = session.scalars(select(AuditPayload.rows).order_by(AuditPayload.line_id.desc()).limit(3))
            payloads[way] = [change for said in rows if said for change in history.unpack(said).changes]
    assert payloads["write"] == payloads["insert"] == payloads["records"]
    assert [change.after is None for change in payloads["records"]] == [True, False, False]
    assert check(work) == ()


def test_records_in_memory_follow_bulk_writing(work: Work, small: Small) -> None:
    """A record loaded before shows what was written past it, and what was removed is gone from the session."""
    with work.act("people.edit") as act:
        person = act.get_one(Person, small.speaker)
        act.write(Person, [{"id": small.speaker, "name": "郝伍"}])
        assert person.name == "郝伍"
        person.post = "楼长"
        act.remove(AgendaEntry, [small.entry])
        assert act.get(AgendaEntry, small.entry) is None
    assert check(work) == ()
    assert work.undo() == "people.edit"
    assert check(work) == ()


def test_two_first_acts_at_once(open_another: Callable[..., Work]) -> None:
    """On an empty database, too, writers queue up: every act is there, and the chain is whole."""
    works = [open_another(computer=f"{number}") for number in range(4)]
    start = threading.Barrier(len(works))

    def write(one: Work) -> None:
        start.wait()
        for _ in range(5):
            with one.act("people.add") as act:
                act.add(Person(name="张三"))

    threads = [threading.Thread(target=write, args=(one,)) for one in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [line.id for line in lines(works[0])] == list(range(1, 21))
    assert check(works[0]) == ()


def test_one_work_from_two_threads(work: Work, small: Small) -> None:
    """The windows' thread and a worker write through the same Work."""
    threads = [
        threading.Thread(target=lambda at=at: [note(work, small, f"{at} {n}", at) for n in range(10)]) for at in (1, 2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with work.read() as session:
        assert session.scalar(select(func.count()).select_from(Statement)) == 20
    assert check(work) == ()


def test_the_order_of_two_writers_is_the_order_of_the_log(
    work: Work, small: Small, open_another: Callable[..., Work]
) -> None:
    """The second waits for the first and then reads what it wrote: no update is lost."""
    key = note(work, small, "0")
    other = open_another(computer="other")

    def count_up(one: Work) -> None:
        for _ in range(10):
            with one.act("floor.edit_note") as act:
                kept = act.get_one(Statement, key)
                kept.text = str(int(kept.text) + 1)

    thread = threading.Thread(target=count_up, args=(other,))
    thread.start()
    count_up(work)
    thread.join()
    there = statement(work, key)
    assert there is not None
    assert (there.text, there.version) == ("20", 21)


def test_a_big_act_keeps_digests_and_a_copy(work: Work, small: Small) -> None:
    """Over 2,000 rows: one digest a table, sound before and after, and undo names the copy that takes it back."""
    people = [{"id": new_id(), "name": f"居民{number}", "search_key": "", "sort_key": "", "suffrage": number % 2 == 0}
              for number in range(2500)]  # fmt: skip
    with work.act("people.import") as act:
        act.write(Person, people)
        act.get_one(Person, small.chair).phone = "138"
        act.flush()
        act.get_one(Person, people[0]["id"]).post = "楼长"
    with work.read() as session:
        head = session.get_one(AuditHead, 1)
        said = session.scalar(select(AuditPayload.rows).where(AuditPayload.line_id == head.count))
    assert said is not None
    assert len(said) < 1000
    payload = history.unpack(said)
    assert {table: digest.rows for table, digest in payload.digests.items()} == {"person": 2502}
    assert check(work) == ()
    with pytest.raises(RuleBroken, match="too many rows") as refused:
        work.undo()
    if work.engine.dialect.name == "sqlite":
        assert work.head_file is not None
        copy = work.head_file.with_name(str(refused.value.values["file"]))
        with CopyOf(copy, work) as before:
            assert check(before) == ()
            with before.read() as session:
                assert session.scalar(select(func.count()).select_from(Person)) == 2
    with work.act("people.edit") as act:
        act.get_one(Person, people[7]["id"]).name = "改名"
    assert check(work) == ()
    assert work.undo() == "people.edit"
    assert check(work) == ()
    assert work.engine.dialect.name == "sqlite" or payload.copy is None


class CopyOf:
    """A Work on a copy, closed when done."""

    def __init__(self, file: object, like: Work) -> None:
        self.work = open_work(str(file), clock=like.clock)

    def __enter__(self) -> Work:
        return self.work

    def __exit__(self, *_: object) -> None:
        self.work.close()


def test_a_big_act_of_single_records_and_removals(work: Work) -> None:
    """The unit of work may be as big, and a big removal is told as well."""
    keys = [new_id() for _ in range(2100)]
    with work.act("people.import") as act:
        act.add_all([Person(id=key, name="张三") for key in keys])
    assert check(work) == ()
    with work.act("people.import") as act:
        act.remove(Person, keys)
    assert check(work) == ()
    with work.act("people.import") as act:
        act.insert(Person, [{"id": key, "name": "李四"} for key in keys])
        act.get_one(Person, keys[3]).name = "王五"
    assert check(work) == ()
    with work.engine.begin() as connection:
        connection.execute(text("UPDATE person SET name = '某' WHERE name = '王五'"))
    assert "step 3" in "".join(map(str, check(work)))

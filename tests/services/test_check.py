"""`check` finds any single change, deletion or re-ordering that was made behind the program's back."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable

import pytest
from sqlalchemy import text

from deliberation_app.services.check import check
from deliberation_app.services.work import Work
from deliberation_app.storage.base import new_id
from deliberation_app.storage.floor import Statement
from deliberation_app.storage.minutes import KeptFile
from deliberation_app.storage.people import Person
from tests.services.small import HandClock, Small, note

GONE = uuid.UUID(int=7)


@pytest.fixture
def busy(work: Work, small: Small, clock: HandClock) -> Work:
    """A database in which things were written, changed, taken away, taken back, done again, kept, and imported big."""
    for position, word in enumerate("甲乙丙"):
        note(work, small, word, position, GONE if position == 1 else None)
    clock.move(minutes=1)
    with work.act("floor.strike") as act:
        act.delete(act.get_one(Statement, GONE))
    work.undo()
    work.redo()
    content = b"%PDF"
    with work.act("minutes.draft") as act:
        digest = hashlib.sha256(content).hexdigest()
        act.add(KeptFile(name="记录.pdf", sha256=digest, size=len(content), content=content))
    with work.act("people.edit") as act:
        act.get_one(Person, small.chair).phone = "138"
    assert check(work) == ()
    return work


def import_big(work: Work) -> uuid.UUID:
    """Bring 2,001 people in one act; the answer is one of them."""
    keys = [new_id() for _ in range(2001)]
    with work.act("people.import") as act:
        act.insert(Person, [{"id": key, "name": f"居民{number}", "suffrage": True} for number, key in enumerate(keys)])
    assert check(work) == ()
    return keys[1000]


# What was done behind the program's back (statements, one after another), and words of the sentence that must follow.
CHANGE_A_TEXT = ("UPDATE statement SET text = '假' WHERE text = '丙'",)
PLANTED: dict[str, tuple[tuple[str, ...], str]] = {
    "text changed": (CHANGE_A_TEXT, "statement was changed"),
    "empty column filled": (("UPDATE statement SET stance = 'favour' WHERE text = '丙'",), "statement was changed"),
    "number changed": (("UPDATE statement SET position = 9 WHERE text = '丙'",), "statement was changed"),
    "time changed": (("UPDATE meeting SET starts_at = '2026-10-20 02:00:00'",), "meeting was changed"),
    "reference changed": (("UPDATE meeting SET chair_id = NULL",), "meeting was changed"),
    "local column changed": (("UPDATE person SET note = '假' WHERE phone = '138'",), "person was changed"),
    "changed back to an earlier value": (("UPDATE person SET phone = NULL",), "person was changed"),
    "revision changed": (("UPDATE meeting SET written_at = '2026-10-21 02:00:00'",), "last written"),
    "writer changed": (("UPDATE meeting SET written_by = NULL",), "last written"),
    "row deleted": (("DELETE FROM statement WHERE text = '丙'",), "gone, though line 4"),
    "row added": (
        ("INSERT INTO person (id, version, name, search_key, sort_key) "
         "VALUES ('00000000000000000000000000000001', 1, '假', '', '')",),
        "not known to the log",
    ),
    "deleted row is back": (
        (f"INSERT INTO statement (id, version, entry_id, position, text) "
         f"SELECT '{GONE.hex}', 1, entry_id, 1, '乙' FROM statement WHERE text = '丙'",),
        "is back, though line 7",
    ),
    "id changed": (("UPDATE statement SET id = '00000000000000000000000000000001' WHERE text = '丙'",), "not known"),
    "two rows exchanged": (
        ("UPDATE statement SET position = 2 - position",),
        "statement was changed",
    ),
    "line: who": (("UPDATE audit_line SET user_id = '00000000000000000000000000000009' WHERE id = 3",), "Line 3"),
    "line: when": (("UPDATE audit_line SET at = '2026-10-20 02:00:00' WHERE id = 3",), "Line 3"),
    "line: where": (("UPDATE audit_line SET computer = 'x' WHERE id = 3",), "Line 3"),
    "line: what": (("UPDATE audit_line SET act = 'floor.strike' WHERE id = 3",), "Line 3"),
    "line: takes back": (("UPDATE audit_line SET undoes = 2 WHERE id = 3",), "Line 3"),
    "line: the one before": (("UPDATE audit_line SET previous = checksum WHERE id = 3",), "Line 3"),
    "line: checksum": (("UPDATE audit_line SET checksum = previous WHERE id = 3",), "Line 3"),
    "line: payload": (("UPDATE audit_line SET payload_sha256 = previous WHERE id = 3",), "Line 3"),
    "first line cut off": (
        ("DELETE FROM audit_payload WHERE line_id = 1", "DELETE FROM audit_line WHERE id = 1"),
        "gap",
    ),
    "line cut out": (("DELETE FROM audit_payload WHERE line_id = 3", "DELETE FROM audit_line WHERE id = 3"), "gap"),
    "lines re-ordered": (
        ("UPDATE audit_line SET id = 99 WHERE id = 3", "UPDATE audit_line SET id = 3 WHERE id = 4",
         "UPDATE audit_line SET id = 4 WHERE id = 99"),
        "Line 3 of the log does not follow",
    ),
    "payload changed": (("UPDATE audit_payload SET rows = replace(rows, '甲', '假') WHERE line_id = 2",), "line 2"),
    "payloads exchanged": (
        ("UPDATE audit_payload SET line_id = 99 WHERE line_id = 3",
         "UPDATE audit_payload SET line_id = 3 WHERE line_id = 2",
         "UPDATE audit_payload SET line_id = 2 WHERE line_id = 99"),
        "What line 2 of the log tells",
    ),
    "payload missing": (("DELETE FROM audit_payload WHERE line_id = 3",), "line 3 of the log changed is missing"),
    "payload without a line": (("INSERT INTO audit_payload (line_id) VALUES (99)",), "line 99"),
    "erased without a reason": (
        ("UPDATE audit_payload SET rows = NULL, erased_at = '2026-10-20 02:00:00' WHERE line_id = 3",),
        "erased without a reason",
    ),
    "erased without a day": (
        ("UPDATE audit_payload SET rows = NULL, erased_reason = '本人要求' WHERE line_id = 3",),
        "erased without a reason",
    ),
    "marked as erased": (
        ("UPDATE audit_payload SET erased_reason = '本人要求' WHERE line_id = 3",),
        "marked as erased",
    ),
    "head moved": (("UPDATE audit_head SET count = count + 1",), "its end is recorded otherwise"),
    "head changed": (("UPDATE audit_head SET checksum = 'x'",), "its end is recorded otherwise"),
    "head gone": (("DELETE FROM audit_head",), "its end is recorded otherwise"),
    "two heads": (
        ("INSERT INTO audit_head SELECT 2, count, checksum FROM audit_head",),
        "its end is recorded otherwise",
    ),
    "kept file changed": (("UPDATE kept_file SET content = '%PDG'",), "记录.pdf"),
    "kept file's name changed": (("UPDATE kept_file SET name = 'x'",), "kept_file was changed"),
    "kept file's checksum changed": (("UPDATE kept_file SET sha256 = 'x'",), "“记录.pdf” is not the one"),
    "kept file gone": (("DELETE FROM kept_file",), "kept_file is gone"),
}  # fmt: skip


def behind_the_back(work: Work, statements: tuple[str, ...]) -> None:
    """Change the database without the program; text in single quotes is taken as bytes where a column holds bytes."""
    with work.engine.begin() as connection:
        if work.engine.dialect.name == "sqlite":
            connection.execute(text("PRAGMA defer_foreign_keys = ON"))
        for said in statements:
            if "kept_file SET content" in said and work.engine.dialect.name == "sqlite":
                said = said.replace("'%PDG'", "X'25504447'")
            connection.exec_driver_sql(said.replace("%", "%%") if work.engine.dialect.name == "postgresql" else said)


@pytest.mark.parametrize(("statements", "words"), PLANTED.values(), ids=PLANTED)
def test_a_planted_change_is_found(busy: Work, statements: tuple[str, ...], words: str) -> None:
    """One change each, and the sentence says where."""
    behind_the_back(busy, statements)
    found = [str(fault) for fault in check(busy)]
    assert any(words in fault for fault in found), found


BIG: dict[str, str] = {
    "changed": "UPDATE person SET name = '假' WHERE name = '居民77'",
    "emptied": "UPDATE person SET suffrage = NULL WHERE name = '居民77'",
    "deleted": "DELETE FROM person WHERE name = '居民77'",
    "added": "INSERT INTO person (id, version, name, search_key, sort_key) "
             "VALUES ('00000000000000000000000000000001', 1, '假', '', '')",
    "changed later and then behind the back": "UPDATE person SET phone = '000' WHERE name = '居民1000'",
    "older row": "UPDATE person SET name = '假' WHERE name = '郝五'",
}  # fmt: skip


@pytest.mark.parametrize("statement", BIG.values(), ids=BIG)
def test_a_change_in_what_a_big_act_wrote_is_found(busy: Work, statement: str) -> None:
    """The digest of the table does not agree any more, or the row with its last line."""
    later = import_big(busy)
    with busy.act("people.edit") as act:
        act.get_one(Person, later).phone = "139"
    assert check(busy) == ()
    behind_the_back(busy, (statement,))
    found = [str(fault) for fault in check(busy)]
    assert len(found) == 1
    assert "table person" in found[0]


def test_cutting_off_the_end_is_found(busy: Work, small: Small) -> None:
    """Last line, its payload and its row gone, head set back: only the file beside the database still knows."""
    if busy.head() is None:
        with busy.engine.connect() as connection:
            last, checksum = connection.execute(text("SELECT count, checksum FROM audit_head")).one()
        assert last == 9
        assert len(checksum) == 64
        return  # a server keeps no file beside it
    note(busy, small, "丁", 9)
    behind_the_back(
        busy,
        (
            "DELETE FROM statement WHERE text = '丁'",
            "DELETE FROM audit_payload WHERE line_id = 10",
            "DELETE FROM audit_line WHERE id = 10",
            "UPDATE audit_head SET count = 9, checksum = (SELECT checksum FROM audit_line WHERE id = 9)",
        ),
    )
    found = [str(fault) for fault in check(busy)]
    assert any("knows of 10 lines" in fault for fault in found), found


def test_erasing_with_a_reason_is_sound(busy: Work, small: Small) -> None:
    """The chain stays whole, what was written later is still compared, and so is what was never erased."""
    behind_the_back(
        busy,
        ("UPDATE audit_payload SET rows = NULL, erased_at = '2026-10-20 02:00:00', erased_reason = '本人要求' "
         "WHERE line_id = 3",),
    )  # fmt: skip
    assert check(busy) == ()
    note(busy, small, "丁", 9)
    assert check(busy) == ()
    behind_the_back(busy, ("UPDATE statement SET text = '假' WHERE text = '丁'",))
    assert ["statement was changed" in str(fault) for fault in check(busy)] == [True]


def test_a_hundred_faults_are_enough(work: Work) -> None:
    """Nobody reads more."""
    with work.act("people.import") as act:
        act.add_all([Person(name=f"居民{number}") for number in range(150)])
    behind_the_back(work, ("UPDATE person SET post = '假'",))
    assert len(check(work)) == 100


def test_an_empty_database_is_sound(open_another: Callable[..., Work]) -> None:
    """Before the first act there is nothing to be wrong."""
    assert check(open_another()) == ()


def test_a_garbled_file_beside_the_database_is_told(busy: Work) -> None:
    """It may have been changed to hide something."""
    if busy.head_file is None:
        assert busy.engine.dialect.name == "postgresql"
        return
    busy.head_file.write_text("99999 nonsense")
    assert ["beside the database" in str(fault) for fault in check(busy)] == [True]

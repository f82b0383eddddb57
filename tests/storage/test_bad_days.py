"""Bad days: disk full, read-only, locked, truncated, damaged, moved. Each ends in a sentence, and nothing is lost."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import event, func, select, text
from sqlalchemy.exc import OperationalError

from deliberation_app.errors import AppError
from deliberation_app.services.check import check
from deliberation_app.services.work import Work, open_work
from deliberation_app.storage import database
from deliberation_app.storage.people import Person

NOW = datetime(2026, 10, 20, 1, 0, tzinfo=UTC)
NOBODY = 65534


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Work]:
    """A Work on a file with one person in it."""
    one = open_work(tmp_path / "folder" / "work.sqlite", clock=lambda: NOW)
    add(one, "张三")
    yield one
    one.close()


def add(work: Work, name: str) -> None:
    """Add a person."""
    with work.act("people.add") as act:
        act.add(Person(name=name))


def names(work: Work) -> list[str]:
    """Everybody."""
    with work.read() as session:
        return list(session.scalars(select(Person.name).order_by(Person.name)))


def in_a_child(do: Callable[[], None], user: int | None = None) -> str:
    """What AppError `do` ends in, run in a process of its own, if need be as a user without rights; "" for none."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:  # pragma: no cover - another process
        said = "?"
        try:
            if user is not None:
                os.setgid(user)
                os.setuid(user)
            do()
            said = ""
        except AppError as error:
            said = str(error)
        finally:
            os.write(writing, said.encode())
            os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with open(reading, encoding="utf-8") as answer:
        return answer.read()


@contextmanager
def open_to_all(folder: Path) -> Iterator[None]:
    """Let a user without rights come to `folder` for a while."""
    closed: list[tuple[Path, int]] = []
    for parent in folder.parents:
        mode = parent.stat().st_mode
        if parent.stat().st_uid == os.getuid() and not mode & 0o001:
            closed.append((parent, mode))
            parent.chmod(mode | 0o011)
    yield
    for parent, mode in closed:
        parent.chmod(mode)


@pytest.fixture
def without_rights(work: Work) -> Iterator[int | None]:
    """The user to try as: root may write everywhere, so then somebody else tries."""
    work.close()
    with open_to_all(work_file(work).parent):
        yield NOBODY if os.getuid() == 0 else None


def work_file(work: Work) -> Path:
    """The file of a Work."""
    file = database.file_of(work.engine.url)
    assert file is not None
    return file


def test_a_read_only_file(work: Work, without_rights: int | None) -> None:
    """It says so and what to do; the file is untouched."""
    file = work_file(work)
    before = file.read_bytes()
    file.chmod(0o444)
    file.parent.chmod(0o555)

    def write() -> None:
        add(open_work(file, clock=lambda: NOW), "李四")

    said = in_a_child(write, without_rights)
    file.parent.chmod(0o755)
    file.chmod(0o644)
    assert "may only be read" in said or "cannot be opened" in said
    assert str(file) in said
    assert file.read_bytes() == before
    assert names(work) == ["张三"]


def test_a_read_only_file_that_may_be_written_again(work: Work, without_rights: int | None) -> None:
    """Opened after a kill, while it could only be read: with the right to write it goes on, without a new start."""
    file = work_file(work)
    names(work)  # its log lies beside it, as after a kill
    left = file.parent.parent / "left"
    shutil.copytree(file.parent, left)
    everything = [*left.iterdir(), left]

    def write() -> None:
        with closing(open_work(left / file.name, clock=lambda: NOW)) as one:
            with pytest.raises(AppError, match="may only be read"):
                add(one, "李四")
            for one_file in everything[:-1]:
                one_file.chmod(0o644)
            add(one, "李四")

    for one in everything:
        if without_rights is not None:
            os.chown(one, without_rights, -1)
        one.chmod(0o755 if one == left else 0o444)
    assert in_a_child(write, without_rights) == ""
    with closing(open_work(left / file.name, clock=lambda: NOW)) as again:
        assert names(again) == ["张三", "李四"]
        assert check(again) == ()


def test_a_read_only_folder(work: Work, without_rights: int | None) -> None:
    """A new database cannot be made there, nor a folder for it."""
    folder = work_file(work).parent
    folder.chmod(0o555)
    said = in_a_child(lambda: database.open_database(folder / "new.sqlite", now=NOW).dispose(), without_rights)
    assert "cannot be opened" in said
    said = in_a_child(lambda: database.open_database(folder / "sub" / "new.sqlite", now=NOW).dispose(), without_rights)
    assert "cannot be made" in said
    folder.chmod(0o755)
    assert sorted(file.name for file in folder.iterdir()) == ["work.sqlite", "work.sqlite.head"]


def test_a_folder_in_the_place_of_the_file(tmp_path: Path) -> None:
    """It is not one of ours."""
    with pytest.raises(AppError, match="cannot be opened"):
        database.open_database(tmp_path, now=NOW)


def test_a_full_disk_by_pages(work: Work) -> None:
    """SQLite says that it is full: the last step is not saved, all before is; with room again it goes on."""
    with work.engine.connect() as connection:
        pages = connection.scalar(text("PRAGMA page_count"))
    limits = {"limit": pages}

    def limit(connection: sqlite3.Connection, _record: object, _proxy: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {limits['limit']}")

    work.close()  # acts keep their connection
    event.listen(work.engine, "checkout", limit)
    saved = ["张三"]

    def fill() -> None:
        for number in range(1000):
            add(work, f"居民{number:04}")
            saved.append(f"居民{number:04}")

    with pytest.raises(AppError, match="disk is full"):
        fill()
    assert names(work) == sorted(saved)
    limits["limit"] = 1_000_000
    add(work, "李四")
    assert names(work) == sorted([*saved, "李四"])
    assert check(work) == ()


def test_a_full_disk_by_file_size(work: Work) -> None:
    """The file system refuses to let the files grow, in the midst of an act: a sentence, and the file is sound."""
    file = work_file(work)

    def fill() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        most = max(path.stat().st_size for path in file.parent.iterdir()) + 64 * 1024
        one = open_work(file, clock=lambda: NOW)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
        for number in range(1000):
            add(one, f"居民{number}" * 100)

    work.close()
    said = in_a_child(fill)
    assert "disk is full" in said or "disk reports an error" in said
    assert names(work)[-1] == "张三"
    assert check(work) == ()
    add(work, "李四")


def test_a_locked_database(work: Work) -> None:
    """Another program holds the right to write: a sentence, and afterwards it goes on."""

    def hurry(connection: sqlite3.Connection, _record: object, _proxy: object) -> None:
        connection.execute("PRAGMA busy_timeout = 50")

    work.close()  # acts keep their connection
    event.listen(work.engine, "checkout", hurry)
    with closing(sqlite3.connect(work_file(work), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(AppError, match="Another program is writing"):
            add(work, "李四")
        assert names(work) == ["张三"]
        other.execute("ROLLBACK")
    add(work, "李四")
    assert names(work) == ["张三", "李四"]


def faults(file: Path) -> list[str]:
    """What opening or else checking says of a file."""
    try:
        one = open_work(file, clock=lambda: NOW)
    except AppError as error:
        return [str(error)]
    found = [str(fault) for fault in check(one)]
    one.close()
    return found


@pytest.mark.parametrize("size", [0, 1, 50, 100, 4096, 20_000, 200_000])
def test_a_truncated_file(work: Work, size: int) -> None:
    """Opening or checking says that it is damaged; nobody writes into it."""
    work.close()
    file = work_file(work)
    for beside in ("-wal", "-shm"):
        file.with_name(file.name + beside).unlink(missing_ok=True)
    whole = file.read_bytes()
    file.write_bytes(whole[:size])
    said = faults(file)
    assert any(word in said[0] for word in ("damaged", "not a database", "is empty, though")), said
    assert file.stat().st_size >= size
    file.write_bytes(whole)
    assert faults(file) == []


def test_bytes_overwritten(work: Work) -> None:
    """In whatever page the disk has lost its memory: `check` tells, and does not stop in the middle."""
    for number in range(50):
        add(work, f"居民{number}")
    work.close()
    file = work_file(work)
    whole = file.read_bytes()
    for start in range(4096, len(whole), len(whole) // 20 // 4096 * 4096):
        file.write_bytes(whole[:start] + b"\xff" * 4096 + whole[start + 4096 :])
        assert faults(file) != [], start
    file.write_bytes(whole)
    assert faults(file) == []


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    """A letter in the wrong place stays a letter."""
    file = tmp_path / "信.docx"
    file.write_bytes(b"PK\x03\x04 a letter " * 500)
    before = file.read_bytes()
    with pytest.raises(AppError, match="not a database of this program"):
        database.open_database(file, now=NOW)
    assert file.read_bytes() == before


def test_a_file_that_was_moved_away(work: Work) -> None:
    """What was acknowledged is in the file wherever it is now."""
    file = work_file(work)
    work.close()
    there = file.with_name("moved.sqlite")
    shutil.move(file, there)
    with pytest.raises(AppError, match="is empty, though"):
        open_work(file, clock=lambda: NOW)
    moved = open_work(there, clock=lambda: NOW)
    assert names(moved) == ["张三"]
    assert check(moved) == ()
    moved.close()


def test_a_copy_that_cannot_be_written(work: Work, tmp_path: Path) -> None:
    """No half copy stays behind."""
    with pytest.raises(AppError, match="could not be written"):
        database.copy_to(work.engine, tmp_path / "nowhere" / "copy.sqlite")
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "x").write_text("x")
    with pytest.raises(AppError, match="could not be written"):
        database.copy_to(work.engine, tmp_path / "there")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder", "there"]


def test_a_copy_while_somebody_writes(work: Work, tmp_path: Path) -> None:
    """The copy is the database before the act under way."""
    with work.act("people.add") as act:
        act.add(Person(name="李四"))
        act.flush()
        database.copy_to(work.engine, tmp_path / "copy.sqlite")
    copy = open_work(tmp_path / "copy.sqlite", clock=lambda: NOW)
    assert names(copy) == ["张三"]
    assert names(work) == ["张三", "李四"]
    assert check(copy) == ()
    copy.close()


def test_a_big_act_whose_copy_fails_is_not_done(work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the copy it could not be taken back."""

    def refuse(_engine: object, target: Path) -> None:
        raise AppError("The copy {file} could not be written.", file=target)

    monkeypatch.setattr(database, "copy_to", refuse)
    with pytest.raises(AppError, match="could not be written"), work.act("people.import") as act:
        act.add_all([Person(name="居民") for _ in range(2100)])
    assert names(work) == ["张三"]


def test_a_server_that_is_gone(database_url: str) -> None:
    """The sentence comes, and when the server is back the same Work goes on."""
    if database_url.startswith("sqlite"):
        assert Path(database_url.removeprefix("sqlite:///")).exists()
        return
    work, other = (open_work(database_url, clock=lambda: NOW) for _ in range(2))
    add(work, "张三")

    def cut_off() -> None:
        with work.act("people.add") as act:
            act.add(Person(name="李四"))
            act.flush()
            with other.engine.begin() as connection:
                gone = "SELECT pg_terminate_backend(:pid)"
                connection.execute(text(gone), {"pid": act.scalar(select(func.pg_backend_pid()))})

    with pytest.raises(AppError, match="cannot be reached"):
        cut_off()
    assert names(work) == ["张三"]
    add(work, "李四")
    assert check(work) == ()
    work.close()
    other.close()


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ('connection failed: connection to server at "10.0.0.9", port 5432 failed: Connection refused', "are on"),
        ("consuming input failed: server closed the connection unexpectedly", "are on"),
        ("terminating connection due to administrator command", "are on"),
        ("connection failed: FATAL:  the database system is starting up", "are on"),
        ("connection timeout expired", "are on"),
        ("the connection is lost", "are on"),
        ('connection failed: FATAL:  password authentication failed for user "a"', 'failed for user "a". Nothing'),
        ('connection failed: FATAL:  database "b" does not exist', 'database "b" does not exist. Nothing'),
    ],
)
def test_what_is_said_of_a_server(told: str, sentence: str) -> None:
    """It says what to do; one that refuses says why."""
    error = OperationalError("SELECT 1", {}, Exception(told))
    said = str(database.unusable("postgresql://a:secret@10.0.0.9/b", error))
    assert sentence in said
    assert "postgresql://a:***@10.0.0.9/b" in said
    assert "secret" not in said

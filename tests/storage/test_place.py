"""The database is moved, deleted or replaced while it is open: the next act puts it back whole, nothing is lost."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from deliberation_app.errors import AppError, OutOfReach
from deliberation_app.services.check import check
from deliberation_app.services.work import Work, open_work
from deliberation_app.storage import database
from deliberation_app.storage.people import Person

NOW = datetime(2026, 10, 24, 6, 0, tzinfo=UTC)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the database lies."""
    return tmp_path / "folder" / "work.sqlite"


@pytest.fixture
def work(file: Path) -> Iterator[Work]:
    """A Work on a file with one person in it, that watches for news as a window does."""
    with closing(open_work(file, clock=lambda: NOW)) as one:
        one.poll()
        add(one, "张三")
        yield one


def add(work: Work, name: str) -> None:
    """Add a person."""
    with work.act("people.add") as act:
        act.add(Person(name=name))


def names(work: Work) -> list[str]:
    """Everybody."""
    with work.read() as session:
        return list(session.scalars(select(Person.name).order_by(Person.id)))


def all_there(work: Work, file: Path, expected: list[str]) -> None:
    """The same here, and for whoever opens it anew after a kill, and nothing is wrong with it."""
    assert names(work) == expected
    copy = file.with_name("after-a-kill.sqlite")
    for more in ("", "-wal", ".head"):  # the index of the log is made anew
        shutil.copy(f"{file}{more}", f"{copy}{more}")
    with closing(open_work(copy, clock=lambda: NOW)) as again:
        assert names(again) == expected
        assert check(again) == ()


def moved(file: Path) -> None:
    """To another folder."""
    (file.parent.parent / "elsewhere").mkdir()
    file.replace(file.parent.parent / "elsewhere" / file.name)


def folder_gone(file: Path) -> None:
    """With everything that lies beside it."""
    file.parent.rename(file.parent.parent / "elsewhere")


@pytest.mark.parametrize("gone", [Path.unlink, moved, folder_gone])
def test_gone(work: Work, file: Path, gone: Callable[[Path], None]) -> None:
    """It lies in its place again with everything that was shown as done; the act is done once more, and only once."""
    add(work, "李四")
    gone(file)
    with pytest.raises(AppError, match=r"moved or deleted while it was open.*nothing is lost"):
        add(work, "王五")
    for name in ("王五", "赵六"):
        add(work, name)
    work.poll()
    all_there(work, file, ["张三", "李四", "王五", "赵六"])
    assert not [one.name for one in file.parent.iterdir() if "whole" in one.name or "other" in one.name]


def test_moved_away_and_back(work: Work, file: Path) -> None:
    """As if nothing had been."""
    elsewhere = file.with_name("elsewhere.sqlite")
    file.replace(elsewhere)
    elsewhere.replace(file)
    add(work, "李四")
    all_there(work, file, ["张三", "李四"])


def test_the_moved_one_comes_back_later(work: Work, file: Path) -> None:
    """It holds everything, and the work goes on in it."""
    elsewhere = file.with_name("elsewhere.sqlite")
    file.replace(elsewhere)
    with pytest.raises(AppError, match="once more"):
        add(work, "李四")
    elsewhere.replace(file)
    add(work, "李四")
    all_there(work, file, ["张三", "李四"])


def test_another_in_its_place(work: Work, file: Path) -> None:
    """An older copy put there is kept under another name, and the work goes on where it was."""
    old = file.with_name("old.sqlite")
    with closing(open_work(old, clock=lambda: NOW)) as another:
        add(another, "钱七")
    old.replace(file)
    with pytest.raises(AppError, match="Another file was put in the place") as refused:
        add(work, "李四")
    add(work, "李四")
    all_there(work, file, ["张三", "李四"])
    with closing(sqlite3.connect(str(refused.value.values["other"]))) as kept:
        assert kept.execute("SELECT name FROM person").fetchall() == [("钱七",)]


def test_put_back_by_another_run(work: Work, file: Path) -> None:
    """Whoever comes second goes on in what the first has put back."""
    with closing(open_work(file, clock=lambda: NOW)) as first:
        file.unlink()
        with pytest.raises(AppError, match="once more"):
            add(first, "李四")
        add(first, "李四")
        add(work, "王五")
        add(first, "赵六")
        all_there(first, file, ["张三", "李四", "王五", "赵六"])
        assert names(work) == names(first)


def test_the_log_beside_it_gone(work: Work, file: Path) -> None:
    """Nobody notices, and nothing is lost."""
    add(work, "李四")
    file.with_name(file.name + "-wal").unlink()
    for name in ("王五", "赵六"):
        add(work, name)
    all_there(work, file, ["张三", "李四", "王五", "赵六"])


def test_a_folder_that_cannot_be_made_again(work: Work, file: Path) -> None:
    """It says so; nothing is given up, and the next act tries again."""
    file.parent.rename(file.parent.parent / "elsewhere")
    file.parent.write_text("no folder")
    with pytest.raises(AppError, match="Do not close the program"):
        add(work, "李四")
    file.parent.unlink()
    with pytest.raises(AppError, match="once more"):
        add(work, "李四")
    add(work, "李四")
    all_there(work, file, ["张三", "李四"])


def test_a_full_disk_when_it_is_put_back(work: Work, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same; half a copy is not left in its place."""

    def full(_source: object, target: Path) -> None:
        raise AppError("{file}: {reason}", file=target, reason="the disk is full")

    file.unlink()
    with monkeypatch.context() as now:
        now.setattr(database, "copy_from", full)
        for _ in range(2):
            with pytest.raises(AppError, match=r"the disk is full.*Do not close the program"):
                add(work, "李四")
    assert not file.exists()
    with pytest.raises(AppError, match="once more"):
        add(work, "李四")
    add(work, "李四")
    all_there(work, file, ["张三", "李四"])


def test_named_from_the_folder_one_is_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with closing(open_work("sqlite:///here.sqlite", clock=lambda: NOW)) as work:
        add(work, "张三")
        (tmp_path / "here.sqlite").unlink()
        with pytest.raises(OutOfReach, match="written there again"):
            add(work, "李四")
        add(work, "李四")
        assert names(work) == ["张三", "李四"]


def test_replaced_before_anything_was_done(file: Path) -> None:
    with closing(open_work(file, clock=lambda: NOW)) as work:
        copy = file.with_name("copy.sqlite")
        with closing(sqlite3.connect(file)) as here:
            here.execute("VACUUM INTO ?", (str(copy),))
        copy.replace(file)
        add(work, "张三")
        assert names(work) == ["张三"]

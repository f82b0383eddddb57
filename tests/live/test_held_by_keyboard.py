"""A whole consultation held with the keyboard alone, by real key events in the real program on a real screen."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pypdfium2

from deliberation_app import settings
from deliberation_app.services import check, meeting_file, papers
from deliberation_app.services.work import open_work
from deliberation_app.ui.main_window import PAGES
from tests.live import called
from tests.live.rehearsal import BESIDE
from tests.live.scenario import WHOLE, Type
from tests.live.screen import Screen, Stuck, screen, wait

# The key of the page of all meetings, wherever it stands in the side bar.
MEETINGS = f"Ctrl+{[page.id for page in PAGES if page.listed].index('meetings') + 1}"

# Sentences that the record must say.
ON_PAPER = (
    *(key.words for step in WHOLE if step.act == "floor.note" for key in step.keys
      if isinstance(key, Type) and not key.words.isascii() and "写错" not in key.words),
    "林请假", "住院", "是否赞成A案", "第二辆车每月一百元", "2099年11月30日",
)  # fmt: skip
EXPECTED = Path(__file__).with_name("expected.json")
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_HOUR = re.compile(r"\d{4}-\d\d-\d\dT")
ROOT = Path(__file__).resolve().parent.parent.parent


class Program:
    """The program in a process of its own, and what it has put on record so far."""

    def __init__(self, place: Screen, file: Path) -> None:
        self.screen = place
        self.file = file
        self.process = subprocess.Popen(
            [sys.executable, "main.py", "--database", str(file), "--language", "en"], cwd=ROOT,
            env={**place.environment, "XDG_CONFIG_HOME": str(file.parent)}, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip

    def acts(self) -> list[str]:
        """All acts on record, in their order."""
        with closing(sqlite3.connect(f"file:{self.file}?mode=ro", uri=True)) as connection:
            found = connection.execute("SELECT act FROM audit_line ORDER BY id").fetchall()
        return [act for (act,) in found if act not in BESIDE]

    def open_console(self) -> str:
        """From the first page to the meeting and into its console; keys that came too early are pressed again."""
        main = wait(lambda: self.screen.window("Deliberation", self.process.pid), "the main window")
        self.screen.activate(main)
        for again in range(80):
            if again % 8 == 0:
                self.screen.press(["Escape", MEETINGS, "Return"])
            self.screen.press(["F5"])
            try:
                return wait(lambda: self.screen.window(called.TITLE, self.process.pid), "the console", 1)
            except Stuck:
                continue
        raise Stuck("the console never opened")


def hold(program: Program, keys: list[list[Any]]) -> None:
    """Press the keys of each act, and go on when it is on record."""
    before = len(program.acts())
    for at, (step, pressed) in enumerate(zip(WHOLE, keys, strict=True), 1):
        program.screen.press(pressed)
        try:
            wait(lambda at=at: len(program.acts()) >= before + at, f"{step} is not on record")
        except Stuck as stuck:
            raise Stuck(f"{stuck}, but {program.acts()[before + at - 2 :]}") from stuck
        done = program.acts()[before:]
        assert done == [one.act for one in WHOLE[:at]], step


def test_a_whole_consultation(rehearsed: Path, tmp_path: Path) -> None:
    """Every act is on record when the last key is pressed, the record says it, and the database is sound."""
    file = tmp_path / "meeting.sqlite"
    meeting = called.call(file, settings.clock)
    days = {day_of_today()}
    signs = "".join(key.words for step in WHOLE for key in step.keys if isinstance(key, Type))
    with screen(tmp_path, signs) as place:
        program = Program(place, file)
        try:
            place.activate(program.open_console())
            hold(program, json.loads((rehearsed / "moments.json").read_text(encoding="utf-8"))["keys"])
        except AssertionError:
            place.picture(Path("live-failed.png"))
            raise
        finally:
            program.process.kill()
            program.process.communicate()
    with closing(open_work(file, clock=settings.clock)) as work:
        assert check.check(work) == ()
        told = told_by(meeting_file.export(work, meeting), days | {day_of_today()})
        paper = papers.record(work, meeting).pdf
    if os.environ.get("DELIBERATION_WRITE_EXPECTED"):
        EXPECTED.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert told == json.loads(EXPECTED.read_text(encoding="utf-8"))
    read = text_of(paper)
    assert [words for words in ON_PAPER if words not in read] == []
    assert "先写错的一句" not in read


def day_of_today() -> str:
    """The day as a promise says when it was given."""
    today = settings.clock().astimezone(settings.DISPLAY_ZONE)
    return f"{today.year}年{today.month}月{today.day}日"


def told_by(exported: str | bytes, days: set[str]) -> Any:
    """The meeting file without what differs from run to run: days of the run, and the order of the tasks, too."""
    told = json.loads(exported)
    told["tasks"].sort(key=lambda task: task["title"])
    for task in told["tasks"]:
        for day in days & {task.get("note", "")[: task.get("note", "").find("日") + 1]}:
            task["note"] = task["note"].replace(day, "day")
    return plain(told, {})


def plain(told: Any, ids: dict[str, str]) -> Any:
    """A meeting file without what differs from run to run: ids by their order, hours and spans of time as words."""
    if isinstance(told, dict):
        return {name: "span" if name == "seconds" else plain(value, ids) for name, value in told.items()}
    if isinstance(told, list):
        return [plain(value, ids) for value in told]
    if isinstance(told, str) and _ID.fullmatch(told):
        return ids.setdefault(told, f"id {len(ids) + 1}")
    return "hour" if isinstance(told, str) and _HOUR.match(told) else told


def text_of(paper: bytes) -> str:
    """The text of a PDF without blanks and line ends."""
    with closing(pypdfium2.PdfDocument(paper)) as document:
        return "".join("".join(page.get_textpage().get_text_range().split()) for page in document)

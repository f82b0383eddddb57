"""The consultation that is held by keyboard in these tests: the demonstration's people, three items, two options."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from deliberation_app import settings
from deliberation_app.services import meeting_file, meetings, meetings_agenda
from deliberation_app.services.board import board
from deliberation_app.services.work import open_work

DEMO = settings.path("resources", "demo", "shandalu194-consultation.json")
TITLE = "十一月庭院民主协商会"
ITEMS = ("院内停车位重新划分与停车收费", "更换院内三盏损坏路灯", "第二辆车停车收费标准")
OPTIONS = (("A案：划42个车位", "首车60元一个月"), ("B案：划38个车位", "不收费，楼长轮值"))


def call(file: Path, clock: Callable[[], datetime]) -> uuid.UUID:
    """Make a database with that meeting called for ten minutes later; the answer is the meeting's id."""
    told = json.loads(DEMO.read_text(encoding="utf-8"))
    roll = told["meeting"]["attendance"]
    due = [uuid.UUID(one["person"]) for one in roll if one["capacity"] == "voting"]
    items = {one["title"]: uuid.UUID(one["id"]) for one in told["items"]}
    with closing(open_work(file, clock=clock, user_name="尹记录")) as work:
        meeting_file.import_file(work, DEMO)
        unit = board(work, uuid.UUID(told["meeting"]["id"])).meeting.unit_id
        called = meetings.call(
            work, unit, kind="courtyard_consultation", title=TITLE, number="2026-11", place="院内活动室",
            starts_at=(clock() + timedelta(minutes=10)).replace(second=0, microsecond=0),
            items=[items[title] for title in ITEMS], due=due,
            observing=[uuid.UUID(one["person"]) for one in roll if one["capacity"] != "voting"],
            chair_id=due[0], recorder_id=due[1],
        )  # fmt: skip
        for entry in board(work, called).entries:
            if entry.title.endswith(ITEMS[0]):
                meetings_agenda.set_options(work, entry.id, [(None, *option) for option in OPTIONS])
    return called

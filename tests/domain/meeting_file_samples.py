"""Meeting files for the tests: the demonstration's five, and a small one made to be spoilt."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from typing import Any

from deliberation_app import settings
from deliberation_app.domain import meeting_file

DEMO = sorted(settings.path("resources", "demo").glob("*.json"))
Document = dict[str, Any]


def demo(name: str) -> Document:
    """One of the demonstration's files as plain JSON values."""
    return json.loads(settings.path("resources", "demo", f"{name}.json").read_text("utf-8"))


def id_of(name: str) -> str:
    """The same id for the same word."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, name))


def as_bytes(document: Document) -> bytes:
    return json.dumps(document, ensure_ascii=False).encode()


def pointers(document: Document) -> list[str]:
    """Where a document is at fault."""
    return [fault.pointer for fault in meeting_file.check(as_bytes(document))[1]]


def sentences(document: Document) -> list[tuple[str, str]]:
    return [(fault.pointer, str(fault.sentence)) for fault in meeting_file.check(as_bytes(document))[1]]


def remarks(document: Document) -> list[str]:
    _, faults, found = meeting_file.check(as_bytes(document))
    assert faults == []
    return [remark.pointer for remark in found]


def time(clock: str, day: str = "2026-09-01") -> str:
    return f"{day}T{clock}:00+08:00"


def person(name: str, **more: Any) -> Document:
    return {"id": id_of(name), "name": name, **more}


def attends(name: str, capacity: str = "voting", status: str = "present", **more: Any) -> Document:
    return {"person": id_of(name), "capacity": capacity, "status": status, **more}


def ballot(name: str, choice: str = "in_favour") -> Document:
    return {"voter": id_of(name), "choice": choice}


def vote(name: str = "vote", rule: str = "straw_poll", method: str = "show_of_hands", **more: Any) -> Document:
    return {"id": id_of(name), "motion": "动议", "method": method, "rule": rule, "at": time("09:30"), **more}


def small(**of_vote: Any) -> Document:
    """9 to 11 o'clock: 王一 李二 张三 赵四 voting, 孙五 voting but on leave, 周六 observing; one vote."""
    names = ("王一", "李二", "张三", "赵四", "孙五", "周六")
    asked = {"id": id_of("asked"), "speaker": id_of("王一"), "at": time("09:10"), "text": "问", "side": "raise"}
    answer = {"id": id_of("answer"), "speaker": id_of("李二"), "at": time("09:12"), "text": "答"}
    owner = id_of("王一")
    return {
        "format": "deliberation-meeting-file",
        "version": 1,
        "written_at": time("12:00"),
        "unit": {"id": id_of("unit"), "name": "试例院", "kind": "courtyard"},
        "households": [household("101", "王一", 50.5), household("102", "王一", 30), household("201", "李二", 80.25)],
        "people": [person(name, party="full") for name in names],
        "items": [
            {"id": id_of("item"), "title": "停车", "stage": "raised", "raised_by": [id_of("王一")]},
            {"id": id_of("other item"), "title": "路灯", "stage": "discussed",
             "history": [{"stage": "raised", "at": time("08:00")}, {"stage": "discussed", "at": time("10:00")}]},
        ],
        "meeting": {
            "id": id_of("meeting"), "kind": "courtyard_consultation", "title": "协商会",
            "notice_at": time("08:00"), "starts_at": time("09:00"), "opened_at": time("09:00"),
            "closed_at": time("11:00"), "chair": id_of("王一"), "recorder": id_of("李二"),
            "attendance": [
                *(attends(name) for name in names[:4]), attends("孙五", status="leave"), attends("周六", "observing"),
            ],
            "agenda": [{
                "id": id_of("entry"), "title": "停车", "item": id_of("item"), "presenter": id_of("王一"),
                "statements": [asked, answer | {"answers": asked["id"]}],
                "options": [{"id": id_of("option"), "title": "A案"}],
                "votes": [vote(**of_vote)],
            }],
        },
        "tasks": [{"id": id_of("task"), "item": id_of("item"), "title": "划线", "owner": owner, "state": "open"}],
        "evaluations": [{
            "id": id_of("evaluation"), "item": id_of("item"), "held_on": "2026-09-20", "invited": 10,
            "responses": dict.fromkeys(
                ("very_satisfied", "satisfied", "fairly_satisfied", "dissatisfied", "unsure", "invalid"), 1),
        }],
        "publications": [{
            "id": id_of("publication"), "item": id_of("item"), "posted_on": "2026-09-02", "days": 7, "text": "公示",
            "taken_down_on": "2026-09-10", "objections": [{"text": "问", "answer": "答", "answered_on": "2026-09-03"}],
        }],
    }  # fmt: skip


def household(room: str, owner: str, area: float) -> Document:
    place = {"courtyard": "院", "building": "1号楼", "room": room}
    return {"id": id_of(room), **place, "area_m2": area, "owner": id_of(owner)}


def spoilt(spoil: Callable[[Document], object], **of_vote: Any) -> Document:
    """The small meeting after `spoil` has been at it."""
    document = small(**of_vote)
    spoil(document)
    return document


def the_vote(document: Document) -> Document:
    return document["meeting"]["agenda"][0]["votes"][0]

"""Meetings that never were, made from that of the demonstration: large ones, hostile ones, full of private things."""

from __future__ import annotations

import json
import random
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from deliberation_app import settings

SURNAMES = "甄龚冼敖逄訾阚麴郗谌卞邬"
GIVEN = "㛃龑堃頔翀喆煜璟骐昶垚淼婳鋆赟"
LONG_NAME = "古丽娜尔·阿不都热西提·买买提明·阿不力孜·艾合买提江"
SAID = (
    "车位划线以后消防通道要留出来，救护车能进能出；收费标准按居民协商的意见执行，每季度公示一次，大家监督。"
    "“先公示、再施工”——这句话要写进去……《民法典》第二百七十八条说得很清楚，2026年5月20日以前必须办完（不得拖延）。"
)
# What somebody types who means no good, or pastes without looking.
HOSTILE = (
    "<b>粗</b><font size=99999>大</font> &amp; <img src='/etc/passwd'/> =HYPERLINK(\"http://x\") +1 -1 @SUM(A1) "
    "'; DROP TABLE person;-- %s {0} {name} \\u4e00 ${x} $(ls) `ls` ]]> <!-- -->"
)
# These are not printed: they show nothing and mislead.
UNSEEN = "\u202e\u200b\u2066\x07\x1b\ufeff\u200d"
LONGEST_NAME = 100
FREE = frozenset({"title", "motion", "text", "summary", "resolution", "background", "note", "reason", "place", "post"})


def told(name: str = "shandalu194-consultation") -> dict[str, Any]:
    """A meeting file of the demonstration."""
    document: dict[str, Any] = json.loads(settings.path("resources", "demo", f"{name}.json").read_text("utf-8"))
    return document


def large(people: int = 400, statements: int = 300, votes: int = 20) -> bytes:
    """A meeting of so many people, statements and votes."""
    chance = random.Random(20261020)
    document = told()
    entries = document["meeting"]["agenda"]
    point = next(entry for entry in entries if entry.get("votes"))
    for n in range(people - len(document["people"])):
        name = LONG_NAME if n % 40 == 0 else chance.choice(SURNAMES) + chance.choice(GIVEN) + chance.choice(GIVEN)
        person = {"id": _id(chance), "name": name, "party": "none", "phone": f"139{n:08d}"}
        document["people"].append(person)
        status = ("present", "online", "leave", "absent")[n % 13 % 4]
        came = {"person": person["id"], "capacity": "voting", "status": status}
        document["meeting"]["attendance"].append(came | ({"reason": "出差"} if status in ("leave", "absent") else {}))
    speakers = [came["person"] for came in document["meeting"]["attendance"] if came["status"] == "present"]
    point["statements"] = [
        {
            "id": _id(chance), "speaker": chance.choice(speakers), "side": ("raise", "answer", "law")[n % 3],
            "at": "2026-03-21T15:00:00+08:00", "text": SAID[chance.randrange(40) :],
        }
        for n in range(statements)
    ]  # fmt: skip
    point["votes"] = [
        {
            "id": _id(chance), "motion": f"第{n}项表决：消防通道两侧不划车位，其余按户轮候，是否赞成",
            "method": "show_of_hands", "rule": "straw_poll", "at": "2026-03-21T16:20:00+08:00",
            "counts": {"in_favour": 150 + n, "against": 10, "abstain": 5, "invalid": 0},
        }
        for n in range(votes)
    ]  # fmt: skip
    return _bytes(document)


def changed(
    change: Callable[[str], str], name: str = "shandalu194-consultation", fields: frozenset[str] = FREE
) -> bytes:
    """A meeting of the demonstration with every free text, and every name, changed."""
    document = told(name)
    if fields == FREE:
        for person in document["people"]:
            person["name"] = change(person["name"])[:LONGEST_NAME]
    _change(document["meeting"], change, fields)
    for part in ("items", "tasks", "publications"):
        _change(document.get(part, []), change, fields)
    for survey in document.get("evaluations", []):
        survey["comments"] = [change(comment) for comment in survey.get("comments", [])]
    return _bytes(document)


def _change(value: Any, change: Callable[[str], str], fields: frozenset[str] = FREE) -> None:
    for key, part in value.items() if isinstance(value, dict) else enumerate(value):
        if isinstance(part, dict | list):
            _change(part, change, fields)
        elif isinstance(part, str) and key in fields:
            value[key] = change(part)


@dataclass(frozen=True)
class Private:
    """A meeting full of what may not hang on a board, and each thing that may not."""

    data: bytes
    secrets: tuple[str, ...]


def private(seed: int, name: str = "shandalu194-consultation") -> Private:
    """Invented residents whose names, telephones, rooms and plates stand in every text there is."""
    chance = random.Random(seed)
    document = told(name)
    public = {document["meeting"]["chair"], document["meeting"]["recorder"]}
    secrets: list[str] = []
    sentences: list[str] = []
    for n, person in enumerate(document["people"]):
        if person["id"] not in public:
            person["name"] = chance.choice(SURNAMES) + chance.choice(GIVEN) + chance.choice(GIVEN) + "魑魅魍魉"[n % 4]
            person["post"] = ""
            phone = f"1{chance.choice('3578')}{chance.randrange(10**8, 10**9)}"
            person["phone"] = phone
            room = f"{chance.randrange(1, 9)}号楼{chance.randrange(1, 5)}单元{chance.randrange(1, 12)}0{n % 4 + 1}室"
            plate = f"鲁A{chance.choice('BCDEF')}{chance.randrange(1000, 9999)}"
            sentences.append(f"{room}{person['name']}（电话{phone}，车牌{plate}）愿意。")
            secrets += [person["name"], phone, room, plate]

    def with_secrets(text: str) -> str:
        return text + chance.choice(sentences)

    _change({"meeting": {"agenda": document["meeting"]["agenda"]}}, with_secrets)
    for part in ("items", "tasks", "publications"):
        _change(document[part], with_secrets)
    for survey in document["evaluations"]:
        survey["comments"] = [with_secrets(comment) for comment in survey["comments"]]
    return Private(_bytes(document), tuple(secrets))


def _id(chance: random.Random) -> str:
    return str(uuid.UUID(int=chance.getrandbits(128), version=4))


def _bytes(document: dict[str, Any]) -> bytes:
    return json.dumps(document, ensure_ascii=False).encode("utf-8")

"""The demonstration after the meetings: tasks accepted or late, forms being counted, notices hanging and drafted."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import date

from sqlalchemy import select

from deliberation_app.services import evaluation_survey, notices, notices_drafts, tasks
from deliberation_app.services.work import Work
from deliberation_app.storage.agenda import AgendaItem
from deliberation_app.storage.notices import Publication
from deliberation_app.storage.tasks import Task

At = Callable[..., AbstractContextManager[None]]
People = Mapping[str, uuid.UUID]
_PARKING, _LAMPS, _SECOND = "院内停车位重新划分与停车收费", "更换院内三盏损坏路灯", "第二辆车停车收费标准"
# overall, in time, fair, effect; one letter an answer, a b c d e, x where the line is invalid
_FORMS = ("aaab", "abaa", "baab", "aaaa", "bbcb", "aabb", "bcbb", "abab", "cbdc", "aaaa", "bbxb", "ddcd")
_ASPECTS = ("overall", "timely", "fair", "effect")
_ANSWERS = {"a": "very_satisfied", "b": "satisfied", "c": "fairly_satisfied", "d": "dissatisfied", "e": "unsure"}


def run(work: Work, unit_id: uuid.UUID, known: People, at: At) -> None:
    """Tell what the branch did about tasks, scores and notices until 19 October."""
    items = _items(work, unit_id)
    with at(work, 2026, 9, 10, 9):
        evaluation_survey.set_line(work, unit_id, "strict", 80)
    _tasks(work, items, known, at)
    _survey(work, items, at)
    _notices(work, items, at)


def _items(work: Work, unit_id: uuid.UUID) -> dict[str, uuid.UUID]:
    with work.read() as session:
        query = select(AgendaItem.title, AgendaItem.id).where(AgendaItem.unit_id == unit_id)
        return dict(session.execute(query).all())


def _tasks(work: Work, items: Mapping[str, uuid.UUID], known: People, at: At) -> None:
    """What was done is accepted by another; one task is under way, one came in with its reason."""
    with work.read() as session:
        done = list(session.scalars(select(Task.id).where(Task.item_id == items[_LAMPS], Task.state == "done")))
        late = session.scalars(
            select(Task.id).where(Task.item_id == items[_SECOND], Task.title == "第二辆车收费重新协商")
        )
        late_id = late.first()
    with at(work, 2026, 9, 12, 10):
        for task_id in done:
            tasks.accept(work, task_id, "王秀兰")
    with at(work, 2026, 10, 9, 9):
        if late_id is not None:
            tasks.edit(work, late_id, helpers="楼长、物业", begun_on=date(2026, 10, 8),
                       progress="支委会已定10月24日协商", late_reason="暑期车主多不在家，九月没有开成会")  # fmt: skip
    with at(work, 2026, 10, 12, 16):
        ramp = tasks.add(
            work, items[_PARKING], title="1号楼门口轮椅通道划黄线", owner_unit="物业公司", helpers="1号楼楼长",
            begun_on=date(2026, 10, 13), due=date(2026, 10, 23),
        )  # fmt: skip
        tasks.edit(work, ramp, progress="涂料已到，等晴天施工")
        due = date(2026, 10, 31)
        light = tasks.add(work, items[_PARKING], title="临停收费牌加装照明", owner_id=known["龚龑"], due=due)
    with at(work, 2026, 10, 16, 17):
        tasks.done(work, light, note="装太阳能射灯两只，晚上看得清", evidence=["照片2张"], closed_by="尹记录")


def _survey(work: Work, items: Mapping[str, uuid.UUID], at: At) -> None:
    """A second look at the parking half a year on: forms are out in two groups and partly counted."""
    with at(work, 2026, 10, 15, 9):
        survey = evaluation_survey.begin(
            work, items[_PARKING], groups=("有车居民", "无车居民"), aspects=_ASPECTS, issued=40,
        )  # fmt: skip
    with at(work, 2026, 10, 18, 14):
        for place, form in enumerate(_FORMS):
            told = {name: _ANSWERS.get(sign) for name, sign in zip(_ASPECTS, form, strict=True)}
            evaluation_survey.count_form(work, survey, told, "有车居民" if place < 7 else "无车居民")
        evaluation_survey.comment(work, survey, ["希望再装一个充电桩", "晚上充电声音大"])


def _notices(work: Work, items: Mapping[str, uuid.UUID], at: At) -> None:
    """An objection to the accounts waits for its answer; the outcome of the lamps is drafted."""
    with work.read() as session:
        hanging = session.scalars(select(Publication.id).where(
            Publication.item_id == items[_PARKING], Publication.taken_down_on.is_(None)
        ).order_by(Publication.posted_on.desc())).first()  # fmt: skip
    if hanging is not None:
        with at(work, 2026, 10, 19, 10):
            notices.object_to(work, hanging, "7月份道闸维修费430元没有附发票，请补上。", on=date(2026, 10, 19))
    with at(work, 2026, 10, 19, 16):
        text = (
            "关于更换院内三盏损坏路灯办理结果的公示\n"
            "三盏路灯已于8月28日更换完毕，冯㛃、郝五两位居民现场看过。\n"
            "反映人陶堃（2号楼1单元301室，电话13853100007）已当面告知。"
        )
        notices_drafts.start(work, items[_LAMPS], about="outcome", text=text, place="院门公告栏、2号楼单元门",
                             planned_on=date(2026, 10, 21))  # fmt: skip

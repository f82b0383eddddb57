"""The demonstration's voices: slips on the wall, visits, duty and service orders of October, each at another point."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import date

from deliberation_app.services import voices, voices_duty, voices_ends, voices_orders
from deliberation_app.services.work import Work

People = Mapping[str, uuid.UUID]
At = Callable[..., AbstractContextManager[None]]
_ROOM = "书记工作室"


def fill(work: Work, unit_id: uuid.UUID, known: People, at: At) -> None:
    """Note what was said, serve what was ordered, and keep the room, day by day."""
    _roster(work, unit_id, known, at)
    _september(work, unit_id, known, at)
    _october(work, unit_id, known, at)
    _orders(work, unit_id, known, at)


def _roster(work: Work, unit_id: uuid.UUID, known: People, at: At) -> None:
    turns = [known[name] for name in ("范例安", "尹记录", "龚龑")]
    with at(work, 2026, 9, 28, 9):
        days = voices_duty.weekdays(2026, 10, (1, 3), date(2026, 10, 8))
        voices_duty.plan(work, unit_id, days=days, begins="09:00", ends="11:00", people=turns, room=_ROOM,
                         matter="接待来访、代办预约")  # fmt: skip
    month = voices_duty.month(work, unit_id, 2026, 10)
    signed = {8: "尹记录", 13: "龚龑", 15: "范例安"}
    for card in month.slots:
        day = card.slot.on_day.day
        if day in signed:
            with at(work, 2026, 10, day, 9):
                voices_duty.begin(work, card.slot.id)
            with at(work, 2026, 10, day, 11):
                voices_duty.hand_over(work, card.slot.id, signed[day], "来访登记本、钥匙一把")


def _september(work: Work, unit_id: uuid.UUID, known: People, at: At) -> None:
    with at(work, 2026, 9, 21, 17):
        tree = voices.add(work, unit_id, text="3号楼后面的健身器材松了，孩子玩不安全。", channel="opinion_tree",
                          category="设施")  # fmt: skip
    with at(work, 2026, 9, 23, 10):
        voices.answer(work, tree, "社区已请厂家加固，9月25日完工，楼长验看。")
    with at(work, 2026, 9, 25, 16):
        voices_ends.tell(work, tree, how="wall", words="答复贴在民情树下")


def _october(work: Work, unit_id: uuid.UUID, known: People, at: At) -> None:
    with at(work, 2026, 10, 8, 9):
        spot = voices.add(work, unit_id, text="问高龄津贴怎么续办。", channel="reception", person_id=known["石䶮"],
                          room=_ROOM, wish="想知道带什么材料", category="民政")  # fmt: skip
        voices.answer(work, spot, "带身份证和存折，社区窗口当场办。")
        voices_ends.tell(work, spot, how="face", satisfied="very_satisfied")
    with at(work, 2026, 10, 9, 10):
        fire = voices.add(work, unit_id, text="消防通道天天有车堵着，救护车都进不来。", channel="wish_wall",
                          category="消防", urgency="urgent")  # fmt: skip
    with at(work, 2026, 10, 12, 10):
        again = voices.add(work, unit_id, text="2号楼东边消防通道又被车堵了，没人管。", channel="opinion_tree",
                           person_id=known["陆𬱖"], category="消防")  # fmt: skip
        voices_ends.join(work, again, fire)
        voices_ends.hand_on(work, fire, to="鑫苑物业", due=date(2026, 10, 16))
    with at(work, 2026, 10, 13, 9, 20):
        told = voices.add(work, unit_id, text="对门夜里常有争吵，担心老人。", channel="reception", said_by="一位邻居",
                          room=_ROOM, wish="请上门看看，不要说是谁讲的", confidential=True)  # fmt: skip
        voices_ends.step(work, told, "verified")
        voices_ends.hand_on(work, told, to="社区民警", due=date(2026, 10, 23))
    with at(work, 2026, 10, 15, 14):
        late = voices.add(work, unit_id, text="楼道灯又坏了一盏，晚上看不见台阶。", channel="telephone",
                          person_id=known["陶堃"], category="照明",
                          urgency="urgent")  # fmt: skip
        voices_ends.step(work, late, "verified")
    with at(work, 2026, 10, 16, 9):
        shed = voices.add(work, unit_id, text="要求把公共绿地围起来给一楼自家种菜。", channel="message_board")
        voices_ends.refuse(work, shed, "绿地属全体业主共有，不能由一户占用（民法典第274条）。")
    with at(work, 2026, 10, 19, 16):
        voices.add(work, unit_id, text="晚上楼道灯不亮，老人下楼看不见台阶，摔过一次。", channel="wish_wall")
    with at(work, 2026, 10, 20, 9, 30):
        voices.add(work, unit_id, text="想请志愿者陪着去医院复查一次。", channel="visit", person_id=known["陶堃"],
                   category="助老")  # fmt: skip


def _orders(work: Work, unit_id: uuid.UUID, known: People, at: At) -> None:
    helper, second = known["孙和睦"], known["龚龑"]
    with at(work, 2026, 10, 9, 9):
        first = voices_orders.order(
            work, unit_id, kind="上门理发", person_id=known["石䶮"], text="老人腿脚不便，上门理发"
        )
        voices_orders.assign(work, first, helper)
    with at(work, 2026, 10, 9, 13):
        voices_orders.accept(work, first)
    with at(work, 2026, 10, 11, 9):
        voices_orders.serve(work, first)
        voices_orders.finish(work, first)
        voices_orders.confirm(work, first)
        voices_orders.score(work, first, 5, "手艺好，还陪着说话")
    with at(work, 2026, 10, 16, 10):
        tap = voices_orders.order(work, unit_id, kind="水电小修", person_id=known["陶堃"], text="厨房水龙头滴水")
        voices_orders.assign(work, tap, second)
    with at(work, 2026, 10, 17, 9):
        voices_orders.decline(work, tap, "这周出差")
    with at(work, 2026, 10, 18, 9):
        voices_orders.assign(work, tap, helper)
        voices_orders.accept(work, tap)
        voices_orders.finish(work, tap)
    with at(work, 2026, 10, 19, 10):
        voices_orders.order(work, unit_id, kind="代办代缴", person_id=known["陆𬱖"], text="代缴取暖费")

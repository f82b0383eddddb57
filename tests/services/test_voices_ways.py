"""Voices on their way: joined, handed on, refused, ordered, told; the clock, the room, the orders, and the figures."""

from __future__ import annotations

import uuid
from contextlib import closing
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from deliberation_app.domain import voices as rules
from deliberation_app.domain import voices_orders as order_rules
from deliberation_app.domain.voices_like import Index
from deliberation_app.errors import RuleBroken
from deliberation_app.services import (
    agenda,
    people,
    voices,
    voices_duty,
    voices_ends,
    voices_figures,
    voices_list,
    voices_orders,
    voices_orders_list,
    voices_papers,
)
from deliberation_app.services.work import Work, open_work
from deliberation_app.settings import DISPLAY_ZONE
from tests.services.courtyard import found_unit
from tests.services.small import HandClock


def state(work: Work, key: uuid.UUID) -> str:
    """Where a voice stands."""
    return voices_list.voice(work, key).card.state


def test_like_ones_are_suggested_with_the_words_in_common(work: Work) -> None:
    unit_id = found_unit(work)
    first = voices.add(work, unit_id, text="消防通道天天有车堵着")
    second = voices.add(work, unit_id, text="二号楼消防通道又被車堵了")
    voices.add(work, unit_id, text="想学书法")
    (like,) = voices_list.voice(work, second).like
    assert like.card.voice.id == first
    assert "消防通道" in like.words
    voices_ends.refuse(work, first, "另案处理")
    assert voices_list.voice(work, second).like == ()


@given(st.lists(st.text("消防通道路灯坏了的 ab1", max_size=12), min_size=1, max_size=8))
def test_likeness_is_mutual_and_a_text_is_not_like_itself(texts: list[str]) -> None:
    index = Index([(str(at), one) for at, one in enumerate(texts)])
    near = {key: {one.key: one.score for one in index.like(str(key), limit=99)} for key in range(len(texts))}
    for key, found in near.items():
        assert str(key) not in found
        for other, score in found.items():
            assert 0 < score <= 1
            assert near[int(other)][str(key)] == pytest.approx(score)


def test_joined_voices_go_with_the_earlier_and_their_people_stand_with_the_item(work: Work, clock: HandClock) -> None:
    unit_id = found_unit(work)
    one, two, three = (people.add(work, unit_id, name=name) for name in ("石䶮", "陶堃", "陆𬱖"))
    first = voices.add(work, unit_id, text="路灯坏了", channel="telephone", person_id=one)
    clock.move(hours=1)
    second = voices.add(work, unit_id, text="灯不亮", person_id=two)
    assert voices_ends.join(work, first, second) == first
    assert state(work, second) == "grouped"
    with pytest.raises(RuleBroken):
        voices.answer(work, second, "知道了")
    item_id = voices.to_item(work, first)
    view = agenda.item(work, item_id)
    assert ([row.id for row in view.raisers], view.item.channel) == ([one, two], "other")
    late = voices.add(work, unit_id, text="灯还是不亮", person_id=three)
    voices_ends.join(work, late, first)
    assert [row.id for row in agenda.item(work, item_id).raisers] == [one, two, three]
    assert voices_ends.tell(work, first, how="face", satisfied="satisfied") == 3
    assert {one_.told for one_ in voices_list.page(work, unit_id).rows} == {True}
    work.undo()
    work.undo()
    assert state(work, late) == "open"
    assert [row.id for row in agenda.item(work, item_id).raisers] == [one, two]
    voices_ends.part(work, second)
    assert state(work, second) == "open"


def test_handed_on_comes_back_and_is_late_by_the_day_agreed(work: Work, clock: HandClock) -> None:
    unit_id = found_unit(work)
    key = voices.add(work, unit_id, text="垃圾没人收", urgency="urgent")
    today = clock().astimezone(DISPLAY_ZONE).date()
    assert voices_list.voice(work, key).card.voice.due_on == today + timedelta(days=3)
    for wrong in ({"to": "", "due": today}, {"to": "物业", "due": None}, {"to": "物业", "due": today - timedelta(1)}):
        with pytest.raises(RuleBroken):
            voices_ends.hand_on(work, key, **wrong)
    voices_ends.hand_on(work, key, to="物业", due=today + timedelta(days=5))
    clock.move(days=4)
    assert voices_list.counts(work, unit_id)["late"] == 0
    clock.move(days=2)
    assert voices_list.voice(work, key).card.late_days == 1
    assert [card.voice.id for card in voices_list.page(work, unit_id, only="late").rows] == [key]
    assert voices_papers.dispatch(work, key).pdf.startswith(b"%PDF")
    voices.answer(work, key, "当日清运")
    assert voices_list.counts(work, unit_id)["tell"] == 1
    assert list(voices_list.voice(work, key).clock) == ["received", "registered", "dispatched"]
    voices_ends.take_up(work, key)
    assert state(work, key) == "open"


def test_refused_needs_a_reason_and_nothing_is_told_without_an_end(work: Work) -> None:
    unit_id = found_unit(work)
    key = voices.add(work, unit_id, text="把绿地给我种菜")
    with pytest.raises(RuleBroken):
        voices_ends.refuse(work, key, " ")
    with pytest.raises(RuleBroken):
        voices_ends.tell(work, key, how="face")
    voices_ends.refuse(work, key, "绿地属全体业主共有")
    for act in (lambda: voices.to_item(work, key), lambda: voices_ends.refuse(work, key, "再说一次")):
        with pytest.raises(RuleBroken):
            act()
    voices_ends.tell(work, key, how="wall")
    assert voices_list.voice(work, key).card.told


def test_the_steps_of_the_clock_keep_their_order(work: Work, clock: HandClock) -> None:
    unit_id = found_unit(work)
    key = voices.add(work, unit_id, text="楼道堆物")
    came = voices_list.voice(work, key).card.voice.received_at
    with pytest.raises(RuleBroken):
        voices_ends.step(work, key, "verified", came - timedelta(hours=1))
    clock.move(hours=3)
    voices_ends.step(work, key, "doing")
    with pytest.raises(RuleBroken):
        voices_ends.step(work, key, "supervised", came + timedelta(minutes=1))
    with pytest.raises(RuleBroken):
        voices_ends.step(work, key, "closed")
    voices.answer(work, key, "已清理")
    voices_ends.tell(work, key, how="phone")
    assert list(voices_list.voice(work, key).clock) == ["received", "registered", "doing", "fed_back", "closed"]
    with pytest.raises(RuleBroken):
        voices_ends.step(work, key, "supervised")


def test_terms_are_the_units_own(work: Work, clock: HandClock) -> None:
    unit_id = found_unit(work)
    with pytest.raises(RuleBroken):
        voices_ends.set_terms(work, unit_id, {"normal": 0})
    voices_ends.set_terms(work, unit_id, {"normal": 10})
    assert voices_ends.terms(work, unit_id) == {**rules.TERMS, "normal": 10}
    key = voices.add(work, unit_id, text="一件事")
    today = clock().astimezone(DISPLAY_ZONE).date()
    assert voices_list.voice(work, key).card.voice.due_on == today + timedelta(days=10)


def test_an_order_goes_from_the_voice_to_the_score(work: Work, clock: HandClock) -> None:
    unit_id = found_unit(work)
    old, helper = people.add(work, unit_id, name="石䶮"), people.add(work, unit_id, name="孙和睦")
    said = voices.add(work, unit_id, text="想请人陪着看病", person_id=old)
    key = voices_orders.order(work, unit_id, kind="陪同就医", voice_id=said)
    assert state(work, said) == "order"
    with pytest.raises(RuleBroken):
        voices_orders.order(work, unit_id, kind="陪同就医", voice_id=said)
    with pytest.raises(RuleBroken):
        voices_orders.order(work, unit_id, kind="陪同就医")
    with pytest.raises(RuleBroken):
        voices_orders.accept(work, key)
    voices_orders.assign(work, key, helper)
    voices_orders.decline(work, key, "出差")
    voices_orders.assign(work, key, helper)
    clock.move(hours=2)
    voices_orders.accept(work, key)
    voices_orders.finish(work, key)
    with pytest.raises(RuleBroken):
        voices_orders.score(work, key, 5)
    voices_orders.confirm(work, key)
    for points in (0, 6):
        with pytest.raises(RuleBroken):
            voices_orders.score(work, key, points)
    voices_orders.score(work, key, 4, "很好")
    view = voices_orders_list.order(work, key)
    assert [one.answer for one in view.asked] == ["declined", "accepted"]
    assert (view.card.order.state, view.card.order.score, view.card.who) == ("scored", 4, "石䶮")
    assert view.card.order.confirmed_by == "石䶮"
    assert voices_papers.order_slip(work, key).pdf.startswith(b"%PDF")
    work.undo()
    assert voices_orders_list.order(work, key).card.order.state == "confirmed"


def test_orders_merge_cancel_and_time_out(work: Work) -> None:
    unit_id = found_unit(work)
    old = people.add(work, unit_id, name="石䶮")
    first, second, third = (voices_orders.order(work, unit_id, kind="健康义诊", person_id=old) for _at in range(3))
    voices_orders.merge(work, second, first)
    with pytest.raises(RuleBroken):
        voices_orders.end(work, third, "time_out", "")
    voices_orders.end(work, third, "time_out", "没有人有空")
    voices_orders.again(work, third)
    voices_orders.end(work, third, "cancel", "居民不要了")
    assert voices_orders_list.counts(work, unit_id) == {
        "all": 3, "send": 1, "out": 0, "confirm": 0, "late": 0, "ended": 2,
    }  # fmt: skip
    assert voices_orders_list.order(work, first).merged[0].order.id == second


def test_the_menu_is_the_usual_one_until_the_unit_writes_its_own(work: Work) -> None:
    unit_id = found_unit(work)
    assert [line.name for line in voices_orders.menu(work, unit_id)] == list(order_rules.MENU)
    voices_orders.set_menu(work, unit_id, [("上门理发", 3), ("磨刀", 7)])
    voices_orders.set_menu(work, unit_id, [("磨刀", 5)])
    assert [(line.name, line.days) for line in voices_orders.menu(work, unit_id)] == [("磨刀", 5)]
    with pytest.raises(RuleBroken):
        voices_orders.set_menu(work, unit_id, [(" ", 5)])


def test_a_turn_of_duty_is_handed_over_with_a_name_or_missed_with_a_reason(work: Work, clock: HandClock) -> None:
    unit_id = found_unit(work)
    one, two = people.add(work, unit_id, name="范例安"), people.add(work, unit_id, name="龚龑")
    today = clock().astimezone(DISPLAY_ZONE).date()
    days = [today + timedelta(days=at) for at in (-2, -1, 0, 1)]
    assert voices_duty.plan(work, unit_id, days=days, begins="09:00", ends="11:00", people=[one, two]) == 4
    assert voices_duty.plan(work, unit_id, days=days, begins="09:00", ends="11:00", people=[one]) == 0
    slots = [card for month in {(day.year, day.month) for day in days}
             for card in voices_duty.month(work, unit_id, *month).slots]  # fmt: skip
    slots.sort(key=lambda card: card.slot.on_day)
    assert [card.person for card in slots] == ["范例安", "龚龑", "范例安", "龚龑"]
    voices_duty.begin(work, slots[0].slot.id)
    with pytest.raises(RuleBroken):
        voices_duty.hand_over(work, slots[0].slot.id, " ")
    voices_duty.hand_over(work, slots[0].slot.id, "龚龑", "钥匙")
    with pytest.raises(RuleBroken):
        voices_duty.miss(work, slots[3].slot.id, "还没到")
    with pytest.raises(RuleBroken):
        voices_duty.begin(work, slots[3].slot.id)
    voices_duty.miss(work, slots[1].slot.id, "生病")
    assert voices_duty.waiting(work, unit_id) == 0
    found = voices_figures.figures(work, unit_id, days[0], days[3] + timedelta(days=1))
    assert (found.slots, found.missed) == (4, 1)


def test_slips_have_numbers_and_no_names_and_the_status_list_is_masked(work: Work) -> None:
    unit_id = found_unit(work)
    person = people.add(work, unit_id, name="石䶮", phone="13912345678")
    key = voices.add(work, unit_id, text="请告诉石䶮，电话13912345678", channel="wish_wall", person_id=person)
    told = repr(voices_papers.slip_document(work, unit_id, [key]))
    assert "M20" in told
    assert "编号" in told
    today = work.clock().astimezone(DISPLAY_ZONE).date()
    status = repr(voices_papers.status_document(work, unit_id, today, today + timedelta(days=1)))
    assert "石䶮" not in status
    assert "13912345678" not in status
    assert len(voices_papers.slip_document(work, unit_id).blocks[0].slips) == 5


ENDS = st.sampled_from(["open", "answered", "refused", "handed", "item", "grouped"])


@settings(max_examples=20)
@given(st.lists(st.tuples(ENDS, st.booleans(), st.integers(0, 12), st.integers(0, 12)), max_size=9))
def test_the_figures_are_those_of_an_independent_query(
    tmp_path_factory: pytest.TempPathFactory, told: list[tuple[str, bool, int, int]]
) -> None:
    clock = HandClock()
    from_file = tmp_path_factory.mktemp("figures") / "records.sqlite"
    with _work(from_file, clock) as work:
        unit_id = found_unit(work)
        start = clock()
        head = voices.add(work, unit_id, text="第一件")
        for end, tell, wait, until in told:
            key = voices.add(work, unit_id, text="一件事", received_at=start - timedelta(days=wait))
            _end(work, key, end, head)
            if tell and end not in ("open", "handed", "grouped"):
                clock.move(hours=until)
                voices_ends.tell(work, key, how="face")
        first = (start - timedelta(days=40)).date()
        found = voices_figures.figures(work, unit_id, first, first + timedelta(days=99)).voices
        assert found.received == found.accepted + found.not_accepted
        assert found.accepted == found.closed + found.in_progress
        assert found.on_time <= found.closed
        assert _query(work) == (found.received, found.not_accepted, found.closed, found.on_time, found.repeated)


def _work(file: Path, clock: HandClock) -> closing[Work]:
    return closing(open_work(file, clock=clock, user_name="尹记录"))


def _end(work: Work, key: uuid.UUID, end: str, head: uuid.UUID) -> None:
    day = work.clock().astimezone(DISPLAY_ZONE).date() + timedelta(days=3)
    ways = {
        "open": lambda: None, "answered": lambda: voices.answer(work, key, "好"),
        "refused": lambda: voices_ends.refuse(work, key, "不归我们管"),
        "handed": lambda: voices_ends.hand_on(work, key, to="物业", due=day),
        "item": lambda: voices.to_item(work, key), "grouped": lambda: voices_ends.join(work, key, head),
    }  # fmt: skip
    ways[end]()


def _query(work: Work) -> tuple[int, ...]:
    """The same figures straight from the rows, in SQL that shares nothing with the service."""
    query = """
        select count(*), sum(refused_at is not null),
               sum(refused_at is null and told_at is not null),
               sum(refused_at is null and told_at is not null
                   and (due_on is null or date(told_at, '+8 hours') <= due_on)),
               sum(group_id is not null)
        from voice
    """
    with work.read() as session:
        return tuple(value or 0 for value in session.execute(text(query)).one())


@given(st.lists(st.integers(0, 500)))
def test_the_median_occurred_and_halves_the_values(values: list[int]) -> None:
    middle = voices_figures.median(values)
    if middle is None:
        assert not values
        return
    assert middle in values
    assert sum(one < middle for one in values) <= len(values) / 2
    assert sum(one > middle for one in values) <= len(values) / 2


def test_spans_of_periods() -> None:
    assert voices_figures.span_of("quarter", date(2026, 11, 3)) == (date(2026, 10, 1), date(2027, 1, 1))
    assert voices_figures.span_of("month", date(2026, 12, 31)) == (date(2026, 12, 1), date(2027, 1, 1))
    assert datetime.combine(date(2026, 1, 1), time(), DISPLAY_ZONE) == voices_duty.midnight(date(2026, 1, 1))

"""Masks never leak a name, count by code point, and a notice hangs for its whole period."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation_app.domain.notices import (
    is_public_post,
    mask_flat,
    mask_name,
    mask_phone,
    mask_plate,
    mask_text,
    period_ends,
)


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("冯㛃", "冯*"),
        ("石䶮", "石*"),
        ("陆𬱖", "陆*"),
        ("范例安", "范*安"),
        ("龚𬱖安", "龚*安"),
        ("欧阳试例", "欧阳**"),
        ("欧阳娜", "欧阳*"),
        ("司马相如", "司马**"),
        ("諸葛孔明", "諸葛**"),
        ("爱新觉罗某某", "爱新觉罗**"),
        ("买买提·吐尔逊", "买**·吐**"),
        ("古丽娜尔·阿不都热西提", "古***·阿*****"),
        ("消防大队周某", "消*****"),
        ("诸葛", "诸*"),
        ("王", "*"),
        ("买·吐", "买·*"),
        ("John Smith", "J*********"),
    ],
)
def test_the_mask_of_a_name(name: str, masked: str) -> None:
    assert mask_name(name) == masked


any_name = st.text(st.characters(codec="utf-8", exclude_characters="*\0"), min_size=1, max_size=30)


@given(any_name)
def test_a_mask_hides_something_and_keeps_the_length(name: str) -> None:
    masked = mask_name(name)
    assert masked != name
    assert len(masked) == len(name)
    assert "*" in masked


@pytest.mark.parametrize(
    ("phone", "masked"),
    [
        ("13900000001", "139****0001"),
        ("0531-88880000", "0531-****0000"),
        ("88880000", "****0000"),
        ("110", "**0"),
        ("", ""),
    ],
)
def test_the_mask_of_a_telephone(phone: str, masked: str) -> None:
    assert mask_phone(phone) == masked


def test_flats_and_plates() -> None:
    assert mask_flat("3号楼", "2单元") == "3号楼2单元"
    assert mask_plate("鲁A·12345") == "鲁A·*23*5"
    assert mask_plate("鲁A12345D") == "鲁A*23*5D"
    assert mask_plate("鲁A12345") == "鲁A*23*5"
    assert mask_plate("不是车牌") == "****"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("联系13900000001。", "联系139****0001。"),
        ("电话139 0000 0001", "电话139****0001"),
        ("座机0531-88880000", "座机0531-****0000"),
        ("证件370102199001011234", "证件******************"),
        ("车牌鲁A·12345在门口", "车牌鲁A·*23*5在门口"),
        ("住3号楼2单元602室", "住3号楼2单元***室"),
        ("3-2-602由代理人持票", "3-2-***由代理人持票"),
        ("2026-03-21，6720.00平方米，150元/月，M2026-006", "2026-03-21，6720.00平方米，150元/月，M2026-006"),
        ("民法典第278条", "民法典第278条"),
        ("+8613900000001", "+86139****0001"),
        ("１３９００００１２３４", "１３９****１２３４"),
        ("139 000 01234、139-0000-1234", "139****1234、139****1234"),
        ("（0531）88880000，电话88880000", "（0531）****0000，电话****0000"),
        ("证件370102 19900101 1234", "证件********************"),
        ("卡号6222 0216 0200 1234 567", "卡号***********************"),
        ("鲁A12345和鲁a12345的车", "鲁A*23*5和鲁a*23*5的车"),
        ("鲁A1234学，鲁AD12345", "鲁A*23*学，鲁A*12*45"),
        ("在github上", "在github上"),
        ("2单元602的老人，2单元602张师傅", "2单元***的老人，2单元***张师傅"),
        ("3号楼2单元101、102室", "3号楼2单元***、***室"),
        ("3—2—602，3#602，3-602室，3号楼二门602", "3—2—***，3#***，3-***室，3号楼二门***"),
        ("3号楼2单元602，13900000001", "3号楼2单元***，139****0001"),
        ("602室漏水，1203室、1204室；住602、603室", "***室漏水，***室、***室；住***、***室"),
        ("３号楼６０２室，六〇二室，六百零二室", "３号楼***室，***室，***室"),
        ("三单元六零二住户，3号楼二单元一一〇一", "三单元***住户，3号楼二单元***"),
        ("3号楼120户居民，4号楼148户，5号楼200户都同意", "3号楼120户居民，4号楼148户，5号楼200户都同意"),
        ("3号楼602户漏水，3号楼120户主", "3号楼***户漏水，3号楼***户主"),
        ("三号楼二〇二六年，三个活动室，一层办公室", "三号楼二〇二六年，三个活动室，一层办公室"),
        (
            "5号楼120平方米，6号楼1500元，1单元100人，3号楼2026年",
            "5号楼120平方米，6号楼1500元，1单元100人，3号楼2026年",
        ),
    ],
)
def test_numbers_in_free_text(text: str, masked: str) -> None:
    assert mask_text(text, ()) == masked


def test_the_longest_name_is_masked_first_and_public_ones_stay() -> None:
    text = "欧阳试例、欧阳试、买买提•吐尔逊和王请范例安主持。"
    people = {"欧阳试例", "欧阳试", "买买提·吐尔逊", "王"}
    assert mask_text(text, people, {"范例安"}) == "欧阳**、欧阳*、买**·吐**和王请范例安主持。"
    assert mask_text("欧阳试例", {"欧阳试"}, {"欧阳试例"}) == "欧阳试例"


def test_a_name_is_masked_as_people_type_it() -> None:
    people = {"冯㛃", "买买提·吐尔逊"}
    assert mask_text("冯 㛃、冯\u3000㛃", people) == "冯*、冯*"
    assert mask_text("买买提说，买买提吐尔逊、买买提 · 吐尔逊", people) == "买**说，买**·吐**、买**·吐**"
    assert mask_text("买买提·吐尔逊", people, {"买买提·吐尔逊"}) == "买买提·吐尔逊"


few_signs = st.characters(min_codepoint=0x4E00, max_codepoint=0x4E20)
some_names = st.lists(st.text(few_signs, min_size=2, max_size=5), max_size=8)


@given(some_names, st.text(few_signs, max_size=80))
def test_no_known_name_survives_in_free_text(people: list[str], text: str) -> None:
    masked = mask_text(text, people)
    assert [name for name in people if name in masked] == []


@pytest.mark.parametrize(
    "post", ["支部书记", "1号楼楼长", "居委会委员", "记录人、宣传委员", "居民代表", "居民小组长（6号楼）", "社区民警"]
)
def test_who_holds_a_post_is_named(post: str) -> None:
    assert is_public_post(post)


@pytest.mark.parametrize(
    "post", ["", "党员", "有车居民代表", "无车居民代表、志愿者", "承租人代表", "发展对象", "旁听居民"]
)
def test_a_part_in_a_discussion_is_no_post(post: str) -> None:
    assert not is_public_post(post)


def test_the_day_of_posting_is_not_counted_the_last_day_is() -> None:
    assert period_ends(date(2026, 6, 8), 15) == date(2026, 6, 23)


def test_a_day_off_at_the_end_rolls_to_the_next_working_day() -> None:
    holidays = {date(2026, 10, 1) + timedelta(days=day) for day in range(7)}
    assert period_ends(date(2026, 9, 20), 15, holidays.__contains__) == date(2026, 10, 8)


@given(st.dates(max_value=date(2090, 1, 1)), st.integers(1, 365), st.sets(st.integers(0, 6), max_size=6))
def test_the_end_is_never_early_and_never_a_day_off(posted: date, days: int, off: set[int]) -> None:
    last = period_ends(posted, days, lambda day: day.weekday() in off)
    assert last >= posted + timedelta(days=days)
    assert last.weekday() not in off

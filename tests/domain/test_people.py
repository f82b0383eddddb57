"""Names are written one way and found by characters, initials and pinyin; telephones can be dialled."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation_app.domain.people import check_phone, is_name, matches, normalise_name
from deliberation_app.domain.pinyin import full_pinyin, initials, readings, search_key, sort_key
from deliberation_app.domain.script import simplify, traditional
from deliberation_app.errors import RuleBroken


@pytest.mark.parametrize("dot", ["•", "・", "‧", "．", ".", " · ", "･"])
def test_every_middle_dot_is_stored_as_one(dot: str) -> None:
    assert normalise_name(f"  买买提{dot}吐尔逊 ") == "买买提·吐尔逊"


@pytest.mark.parametrize(
    ("name", "stored"), [("J. Smith", "J. Smith"), (" 范例安　", "范例安"), ("·", "·"), ("李  明", "李 明")]
)
def test_names_are_trimmed_and_latin_initials_keep_their_stop(name: str, stored: str) -> None:
    assert normalise_name(name) == stored


@given(st.text(max_size=30))
def test_normalising_twice_changes_nothing(name: str) -> None:
    once = normalise_name(name)
    assert normalise_name(once) == once


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("范例安", "fla"),
        ("单雄", "sx"),
        ("单雄", "dx"),
        ("解晓东", "xxd"),
        ("解晓东", "jxd"),
        ("尉迟恭", "ycg"),
        ("曾子", "zz"),
        ("区明", "om"),
        ("仇英", "qy"),
        ("查良", "zl"),
        ("买买提·吐尔逊", "mmtte" + "x"),
        ("陶堃", "tk"),
        ("龚龑", "gy"),
        ("冯㛃", "fj"),
        ("石䶮", "sy"),
        ("陆𬱖", "ld"),
    ],
)
def test_initials_in_every_likely_reading(name: str, letters: str) -> None:
    assert letters in initials(name)


@pytest.mark.parametrize(
    ("name", "whole"), [("范例安", "fanlian"), ("单雄", "shanxiong"), ("尉迟恭", "yuchigong"), ("吕缺席", "lvquexi")]
)
def test_full_pinyin(name: str, whole: str) -> None:
    assert full_pinyin(name)[0] == whole


def test_a_character_without_a_reading_stands_for_itself() -> None:
    assert readings("王\U000323af")[1] == ("\U000323af",)


FOUND = [
    ("fla", "范例安"),
    ("FLA", "范例安"),
    ("ＦＬＡ", "范例安"),
    ("fan", "范例安"),
    ("fanl", "范例安"),
    ("fan li an", "范例安"),
    ("fan'lian", "范例安"),
    ("lian", "范例安"),
    ("例安", "范例安"),
    ("范l安", "范例安"),
    ("fan例a", "范例安"),
    ("fanla", "范例安"),
    ("flian", "范例安"),
    ("", "范例安"),
    ("shan", "单雄"),
    ("dan", "单雄"),
    ("danx", "单雄"),
    ("yuchi", "尉迟恭"),
    ("yc", "尉迟恭"),
    ("zhangs", "张三"),
    ("zhs", "张三"),
    ("lv", "吕布"),
    ("lü", "吕布"),
    ("買買提", "买买提·吐尔逊"),
    ("买买提吐尔逊", "买买提·吐尔逊"),
    ("提·吐", "买买提·吐尔逊"),
    ("mmtt", "买买提·吐尔逊"),
    ("䶮", "石䶮"),
    ("𬱖", "陆𬱖"),
    ("ou阳", "欧阳试例"),
    ("歐陽", "欧阳试例"),
    ("欧阳", "歐陽試例"),
    ("smi", "John Smith"),
]


@pytest.mark.parametrize(("query", "name"), FOUND)
def test_what_is_typed_finds_the_name(query: str, name: str) -> None:
    assert matches(simplify(query), name, search_key(name))


@pytest.mark.parametrize("query", ["fal", "anli", "范安", "x", "fanlianx", "ia"])
def test_what_does_not_fit_finds_nothing(query: str) -> None:
    assert not matches(query, "范例安", search_key("范例安"))


any_text = st.text(st.characters(codec="utf-8"), max_size=12)


@given(any_text, any_text)
def test_any_text_can_be_looked_for_in_any_name(query: str, name: str) -> None:
    assert isinstance(matches(query, name, search_key(name)), bool)
    assert matches(name, name, search_key(name))


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=6))
def test_a_name_is_found_by_its_own_initials_and_pinyin(name: str) -> None:
    key = search_key(name)
    assert all(matches(query, name, key) for query in (*initials(name), *full_pinyin(name), simplify(name)))


def test_names_sort_by_pinyin() -> None:
    people = ["张三", "单雄", "欧阳试例", "范例安", "尉迟恭", "解晓东", "陶堃"]
    assert sorted(people, key=sort_key) == ["范例安", "欧阳试例", "单雄", "陶堃", "解晓东", "尉迟恭", "张三"]


def test_scripts() -> None:
    assert simplify("歐陽試例，龔龑") == "欧阳试例，龚䶮"
    assert traditional("会议记录") == "會議記錄"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("13900000001", "13900000001"),
        (" 139-0000-0001 ", "13900000001"),
        ("+86 139 0000 0001", "13900000001"),
        ("１３９００００００００１"[:11], "13900000000"),
        ("139****0001", "139****0001"),
        ("0531-88880000", "0531-88880000"),
        ("(0531)88880000-801", "(0531)88880000-801"),
        ("8888000", "8888000"),
        ("12345", "12345"),
        ("", ""),
    ],
)
def test_telephones_that_can_be_dialled(typed: str, stored: str) -> None:
    assert check_phone(typed) == stored


@pytest.mark.parametrize("typed", ["1390000000", "139000000012", "23900000001", "1390000000a", "电话", "00"])
def test_a_telephone_that_cannot_be_is_refused_with_what_would_be_right(typed: str) -> None:
    with pytest.raises(RuleBroken, match=r"11 digits and begins with 1.*Nothing was changed"):
        check_phone(typed)


@given(st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=126)))
def test_latin_letters_of_one_size_or_in_one_piece_are_never_a_name(typed: str) -> None:
    assert not is_name(typed.lower())
    assert not is_name(typed.upper())
    assert not is_name("".join(sign for sign in typed if sign.isalpha()))


@pytest.mark.parametrize(
    "typed", ["wxm", "WXM", "Wxm", "w x m", "ｗｘｍ", "lü", "wang xiumei", "WANG XIUMEI", "120", "", " ", "Maria"]
)
def test_initials_and_pinyin_are_no_name(typed: str) -> None:
    assert not is_name(typed)


@pytest.mark.parametrize(
    "typed",
    ["王秀梅", "王a", "Maria Lopez", "Jean-Baptiste Emmanuel de La Rochefoucauld", "Αλέξης", "阿卜杜·热西提", "㛃"],
)
def test_a_whole_name_is_a_name(typed: str) -> None:
    assert is_name(typed)

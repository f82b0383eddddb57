"""Text that people typed becomes text that can be printed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation_app.papers import fonts, lines, sheet


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("冯㛃", "冯㛃"),
        ("冯\u202e㛃\u200b\ufeff", "冯㛃"),
        ("一\t二\xa0三\u2009四", "一 二 三 四"),
        ("一\x00\x07\x1b二", "一二"),
        ("cafe\u0301", "caf\xe9"),
        ("一\n二", "一 二"),
        ("葛\U000e0100城", "葛城"),
    ],
)
def test_what_cannot_be_seen_is_left_out(typed: str, printed: str) -> None:
    assert lines.clean(typed) == printed


def test_line_ends_begin_paragraphs() -> None:
    assert lines.paragraphs("一\r\n二\n\n三\u2029四") == ["一", "二", "", "三", "四"]
    assert lines.paragraphs("") == [""]


@given(st.text(max_size=200))
def test_clean_text_is_clean(text: str) -> None:
    found = lines.clean(text)
    assert lines.clean(found) == found
    assert not set(found) & set("\x00\n\r\t\u202e\u200b\ufeff")


def test_a_title_is_broken_into_lines_of_like_length() -> None:
    title = "山大路一百九十四号院业主大会关于停车位重新划分和停车收费的表决会议记录"
    found = lines.balanced(fonts.XIAOBIAOSONG, title, 22, sheet.WIDE - 44)
    assert "".join(found) == title
    assert len(found) == 2
    assert abs(len(found[0]) - len(found[1])) <= 2


@given(st.integers(0, 12), st.integers(0, 12))
def test_cutting_runs_cuts_their_text(start: int, more: int) -> None:
    runs = (("仿宋", "一二三"), ("黑体", "四五"), ("楷体", "六七八九"))
    assert (
        "".join(text for _, text in lines.cut(runs, start, start + more)) == "一二三四五六七八九"[start : start + more]
    )

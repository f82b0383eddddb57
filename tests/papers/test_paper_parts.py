"""Places to sign: long enough for a hand, within the type area, clear of the words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation_app.domain.minutes import Signature
from deliberation_app.papers import fonts, parts
from deliberation_app.papers.lines import width
from deliberation_app.papers.sheet import HIGH, MM, PITCH, WIDE

LABELS = (
    "主持人（签名）", "记录人（签名）", "监票人（签名）", "签名日期", "居务监督委员会代表（签名）",
    "物业服务企业代表（签名）", "保留意见人古丽娜尔·阿不都热西提（签名）", "居民代表（签名）",
    "和睦里社区第三网格老旧小区改造工作领导小组办公室代表（签名）",
)  # fmt: skip


@given(st.lists(st.sampled_from(LABELS), min_size=1, max_size=9))
def test_every_line_to_sign_on_is_40_mm_long_and_clear_of_words(labels: list[str]) -> None:
    blocks = parts.signatures([Signature(label=label) for label in labels])
    lines = [(block, line) for block in blocks for line in block.fills]
    assert len(lines) == sum(label != "签名日期" for label in labels)
    for block, (left, _, long, _) in lines:
        assert long >= 40 * MM - 0.01
        assert left + long <= WIDE + 0.01
        for x, _, size, _, runs in block.words:
            end = x + sum(width(name, text, size) for name, text in runs)
            beside = left + 0.01 < end - 0.5 * size and x < left + long  # the last mark is blank in its right half
            assert not beside


def test_the_code_stands_with_the_last_who_sign() -> None:
    blocks = parts.signatures([Signature(label=LABELS[4])] * 17)
    assert [block.keep for block in blocks[-4:]] == [False, False, True, True]


@pytest.mark.parametrize("rows", [3, 10, 11, 15, 16])
def test_those_who_fit_one_page_are_not_torn_apart(rows: int) -> None:
    """With three lines of text before them, up to sixteen rows stand on one page."""
    blocks = parts.signatures([Signature(label=LABELS[4])] * rows)
    assert all(block.keep for block in blocks)
    assert sum(block.height for block in blocks) <= HIGH - 2 * PITCH


@pytest.mark.parametrize(("labels", "rows"), [(("主持人（签名）", "记录人（签名）", "签名日期"), 2), (LABELS[4:6], 2)])
def test_short_words_stand_in_two_columns_and_long_ones_alone(labels: tuple[str, ...], rows: int) -> None:
    blocks = parts.signatures([Signature(label=label) for label in labels])
    assert sum(bool(block.words) for block in blocks) == rows
    assert blocks[-1].words[0][4][0][0] == fonts.FANGSONG

"""The line breaker: nothing lost, nothing where it may not stand, every line as wide as it must be."""

from __future__ import annotations

import re
from itertools import accumulate, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation_app.papers.breaker import HALF, NO_END, NO_START, WIDEST_SPREAD, Line, break_lines, may_break

FULL = 28_000
CHINESE = bytes(byte for row in range(0xB0, 0xBC) for cell in range(0xA1, 0xFF) for byte in (row, cell)).decode(
    "gb2312"
)
OPENING, CLOSING = "（《「『“‘", "，。、；：？！）》」』”’…—"


def sums_of(text: str) -> list[int]:
    """Latin half as wide as Chinese."""
    return list(accumulate((500 if character <= "~" else 1000 for character in text), initial=0))


def lines_of(text: str, measure: int = FULL, first: int = 0) -> list[Line]:
    """Set the text."""
    return break_lines(text, sums_of(text), measure, first)


def texts_of(text: str, measure: int = FULL, first: int = 0) -> list[str]:
    """The lines as people read them."""
    return [text[line.start : line.end] for line in lines_of(text, measure, first)]


def width_of(text: str, line: Line) -> float:
    """From the left edge to the end of the last character."""
    sums = sums_of(text)
    start, end, offset = line.pieces[-1] if line.pieces else (line.start, line.end, 0.0)
    return line.indent + offset + sums[end] - sums[start] + line.spread * (end - start - 1)


def test_plain_chinese_fills_28_characters() -> None:
    text = "议" * 100
    assert [len(line) for line in texts_of(text)] == [28, 28, 28, 16]
    assert [len(line) for line in texts_of(text, first=2000)] == [26, 28, 28, 18]
    assert all(line.spread == 0 for line in lines_of(text))


def test_a_comma_that_would_begin_a_line_takes_a_character_with_it() -> None:
    text = "议" * 28 + "，" + "事" * 40
    assert texts_of(text)[:2] == ["议" * 27, "议，" + "事" * 26]


def test_marks_in_the_line_are_squeezed_before_the_line_is_spread() -> None:
    text = "议事，议事，" + "议" * 22 + "。" + "事" * 10
    line = lines_of(text)[0]
    assert text[line.start : line.end] == text[:29]
    assert line.spread == 0
    assert width_of(text, line) == FULL
    assert [text[start:end] for start, end, _ in line.pieces] == ["议事，", "议事，", "议" * 22 + "。"]


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("议" * 26 + "2026年3月21日14时32分", "2026年3月21日"),
        ("议" * 27 + "3,000.50元", "3,000.50"),
        ("议" * 25 + "Deliberation会", "Deliberation"),
        ("议" * 27 + "14:32", "14:32"),
        ("议" * 27 + "——事", "——"),
        ("议" * 27 + "……事", "……"),
        ("议" * 26 + "？”）。", "议？”）。"),
        ("议" * 27 + "194号院", "194号"),
        ("议" * 27 + "75%", "75%"),
        ("议" * 27 + "“事事", "“事"),
    ],
)
def test_what_belongs_together_stays_together(text: str, whole: str) -> None:
    assert any(whole in line for line in texts_of(text + "事" * 30))


def test_an_endless_word_is_broken_and_fills_the_line() -> None:
    text = "见https://example.org/" + "x" * 200
    lines = lines_of(text)
    assert "".join(text[line.start : line.end] for line in lines) == text
    assert all(width_of(text, line) == pytest.approx(FULL) for line in lines[:-1])


def test_words_are_spread_between_words() -> None:
    text = "the courtyard decides together and writes down what it decided so that all can read it"
    lines = lines_of(text)
    assert all(line.spread == 0 for line in lines)
    assert len(lines[0].pieces) == text[lines[0].start : lines[0].end].count(" ") + 1
    assert width_of(text, lines[0]) == pytest.approx(FULL)


def test_marks_side_by_side_share_their_blank() -> None:
    (line,) = lines_of("议（事）：“议”，（“事”）")
    taken = [right - left for (_, _, left), (_, _, right) in pairwise(line.pieces)]
    assert [line.pieces[n][1] - line.pieces[n][0] for n in range(len(line.pieces))] == [4, 1, 3, 1, 1, 3, 1]
    assert taken == [3500, 500, 2500, 500, 500, 2500]


def test_a_mark_narrowed_at_the_end_of_a_line_keeps_its_cell() -> None:
    text = "议" * 26 + "事）（" + "议" * 30
    line = lines_of(text)[0]
    assert text[line.end - 1] == "）"
    assert width_of(text, line) == pytest.approx(FULL)


def test_nothing_in_is_nothing_out() -> None:
    assert lines_of("") == []
    assert lines_of("   ") == []


PROSE = st.text(alphabet=st.sampled_from(CHINESE[:40] + OPENING + CLOSING + "019aZ .,-/%年月日"), max_size=300)
REAL = st.lists(
    st.one_of(
        st.text(alphabet=CHINESE, min_size=1, max_size=12),
        st.builds(lambda text: f"“{text}”", st.text(alphabet=CHINESE, min_size=1, max_size=6)),
        st.builds(lambda text: f"（《{text}》）", st.text(alphabet=CHINESE, min_size=1, max_size=6)),
        st.dates().map(lambda day: f"{day.year}年{day.month}月{day.day}日"),
        st.integers(0, 10**6).map(str),
    ),
    max_size=40,
).map(lambda parts: "，".join(parts) + "。")


@given(PROSE, st.integers(2000, 30_000), st.sampled_from([0, 2000, 3400]))
def test_no_character_but_spaces_at_line_ends_is_lost(text: str, measure: int, first: int) -> None:
    lines = lines_of(text, max(measure, first + 1000), first)
    assert "".join(text[line.start : line.end] for line in lines).replace(" ", "") == text.replace(" ", "")
    assert all(line.end > line.start for line in lines)


@given(PROSE)
def test_every_full_line_ends_at_the_measure(text: str) -> None:
    for line in lines_of(text, first=2000)[:-1]:
        assert line.spread <= WIDEST_SPREAD
        short = FULL - width_of(text, line)
        if line.end - line.start > 1 and short <= WIDEST_SPREAD * (line.end - line.start - 1):
            assert short == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize(
    ("text", "measure", "first"),
    [
        ("议" * 22 + "2026年12月21日", FULL, "议" * 22),  # six cells among 22: no torn line
        ("议" * 9 + "2026年12月21日", 14_000, "议" * 9 + "2026年12月"),
        ("议" * 9 + "2026年12月21日", 13_000, "议" * 9 + "2026年"),
        ("议" * 9 + "2026年12月21日", 11_000, "议" * 9),
        ("议" * 9 + "a" * 30, 14_000, "议" * 9),
    ],
)
def test_a_line_is_broken_within_a_date_or_left_ragged_before_it_is_torn(text: str, measure: int, first: str) -> None:
    text += "事" * 40
    line = lines_of(text, measure)[0]
    assert text[: line.end] == first
    assert line.spread <= WIDEST_SPREAD


@given(REAL)
def test_no_line_of_real_text_begins_or_ends_where_it_may_not(text: str) -> None:
    lines = lines_of(text, first=2000)
    for line, following in pairwise(lines):
        assert text[following.start] not in NO_START
        assert text[line.end - 1] not in NO_END
        within_date = text[line.end - 1] in "年月"
        assert may_break(text, following.start) or within_date
        for date in re.finditer(r"\d{1,4}年\d{1,2}月\d{1,2}日", text) if within_date else ():
            if date.start() < following.start < date.end():  # whole on the next line, it would have torn this one
                room = FULL - line.indent - sums_of(text)[date.start()] + sums_of(text)[line.start]
                assert room > WIDEST_SPREAD * (date.start() - line.start - 1) - 2 * HALF * text.count("，")


@given(REAL)
def test_marks_give_at_most_half_their_width(text: str) -> None:
    for line in lines_of(text):
        for (start, end, left), (_, _, right) in pairwise(line.pieces):
            natural = sums_of(text)[end] - sums_of(text)[start] + line.spread * (end - start)
            assert -0.001 <= natural - (right - left) <= 2 * HALF + 0.001

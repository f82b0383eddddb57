"""Which pages somebody typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation_app.errors import RuleBroken
from deliberation_app.ui.print_range import pages_in, words


@pytest.mark.parametrize(
    ("text", "ranges"),
    [("3", ((3, 3),)), ("2-4, 7", ((2, 4), (7, 7))), ("２－４、７", ((2, 4), (7, 7))), ("第2至4页", ((2, 4),)),
     ("1 - 2；5", ((1, 2), (5, 5))), ("5，1", ((5, 5), (1, 1)))],
)  # fmt: skip
def test_as_people_write_it(text: str, ranges: tuple[tuple[int, int], ...]) -> None:
    """Full-width digits, Chinese marks and words, blanks around the dash."""
    assert pages_in(text, 9) == ranges


@pytest.mark.parametrize(
    ("text", "said"), [("", "Which pages"), ("all", "Which pages"), ("2-", "Which pages"), ("0", "not among"),
                       ("8-10", "not among"), ("4-2", "not among")]
)  # fmt: skip
def test_what_is_no_range_is_a_sentence(text: str, said: str) -> None:
    """Nothing is printed of what was not meant."""
    with pytest.raises(RuleBroken, match=said):
        pages_in(text, 9)


@given(st.lists(st.tuples(st.integers(1, 500), st.integers(0, 40)), min_size=1, max_size=6))
def test_what_goes_to_the_print_system_reads_back(found: list[tuple[int, int]]) -> None:
    """The words for lp are a range again."""
    ranges = tuple((first, first + more) for first, more in found)
    assert pages_in(words(ranges), 540) == ranges

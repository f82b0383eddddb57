"""How blocks are laid on pages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation_app.papers import sheet
from deliberation_app.papers.sheet import Block, lay_out, paginate


def text_lines(count: int, pitch: float = sheet.PITCH) -> list[Block]:
    """Lines of running text."""
    return [Block(pitch, sheet.CELL) for _ in range(count)]


def signing(rows: int) -> list[Block]:
    """A tail of so many rows, kept together."""
    return [Block(40.0, 40.0, body=False, keep=n < rows - 1, snap=False) for n in range(rows)]


def test_the_grid_fills_the_type_area() -> None:
    assert pytest.approx(156 * sheet.MM) == sheet.CELL * 28
    assert pytest.approx(15.79, abs=0.01) == sheet.CELL
    assert pytest.approx(29.62, abs=0.01) == sheet.PITCH
    assert pytest.approx(225 * sheet.MM) == 21 * sheet.PITCH + sheet.HEIGHT_3


def test_22_lines_a_page() -> None:
    pitch = sheet.PITCH_OF_WORD_PROCESSORS
    assert [len(page.blocks) for page in paginate(text_lines(50))] == [22, 22, 6]
    assert [len(page.blocks) for page in paginate(text_lines(50, pitch), pitch)] == [22, 22, 6]


def test_a_heading_is_never_the_last_line() -> None:
    blocks = text_lines(40)
    blocks[21].keep = True
    assert [len(page.blocks) for page in paginate(blocks)] == [21, 19]


def test_after_a_table_text_stands_on_the_grid_again() -> None:
    blocks = [*text_lines(1), Block(18.5, 18.5, snap=False), *text_lines(1)]
    (page,) = paginate(blocks)
    assert [at / sheet.PITCH for at, _ in page.blocks] == pytest.approx([0, 1, 2])


def test_the_heading_row_is_repeated() -> None:
    columns = sheet.Columns((0.0, 100.0))
    head = Block(20.0, 20.0, snap=False, table=columns, keep=True, body=False)
    columns.head = head
    rows = [Block(20.0, 20.0, snap=False, table=columns) for _ in range(100)]
    pages = paginate([head, *rows])
    assert len(pages) == 4
    assert all(page.blocks[0][1] is head for page in pages)
    assert sum(len(page.blocks) - 1 for page in pages) == 100


@given(st.integers(0, 70), st.integers(1, 10), st.sets(st.integers(0, 69), max_size=8))
def test_the_tail_never_stands_without_two_lines(count: int, rows: int, headings: set[int]) -> None:
    body = text_lines(count)
    for n in headings:
        if n < count:
            body[n].keep = True
    tail = signing(rows)
    pages = lay_out([*body, *tail], count)
    laid = [block for page in pages for _, block in page.blocks]
    assert [id(block) for block in laid] == [id(block) for block in (*body, *tail)]
    last = [block for _, block in pages[-1].blocks]
    assert all(block in last for block in tail)
    assert sum(block.body for block in last) >= min(2, count)
    for page in pages:
        at, block = page.blocks[-1]
        assert at + block.ink <= sheet.HIGH + sheet.SLACK


def test_a_tail_longer_than_a_page_still_prints() -> None:
    body, tail = text_lines(30), signing(40)
    pages = lay_out([*body, *tail], 30)
    assert sum(len(page.blocks) for page in pages) == 70


def test_the_code_stands_on_the_bottom_edge() -> None:
    code = Block(51.0, 51.0, body=False, snap=False, bottom=True)
    pages = lay_out([*text_lines(3), code], 3)
    assert pages[0].blocks[-1][0] == pytest.approx(sheet.HIGH - 51)

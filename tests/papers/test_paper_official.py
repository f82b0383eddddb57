"""The official layout measured in the PDF, to a tenth of a millimetre (papers.md 4 and 5)."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest

from deliberation_app.papers import fonts, press, sheet
from deliberation_app.papers.document import (
    Addressee,
    Attachments,
    Block,
    Closing,
    Document,
    Hanging,
    Heading,
    Imprint,
    Paragraph,
    RedHead,
)
from tests.papers.reading import MM, Drawn, Seen, drawn_of, lines_of, pages_of

TALK = "车位划线以后消防通道要留出来救护车能进能出收费标准按居民协商的意见执行每季度公示一次大家监督办理"
UNIT, DATE = "和睦里社区居民委员会", "2026年10月20日"
BODY = 15.79
# 3号: how high a character stands, and the distance of lines, in millimetres
CELL, PITCH, ASCENT = sheet.CELL / MM, sheet.PITCH / MM, sheet.ASCENT * sheet.CELL / MM


def near(value: float) -> Any:
    """Within a tenth of a millimetre."""
    return pytest.approx(value, abs=0.1)


def paper(*blocks: Block, **more: Any) -> Document:
    """An official paper of these blocks."""
    facts: dict[str, Any] = {"paper": "summary", "layout": "official", "title": "停车收费公示", "coded": True}
    return Document(**{**facts, **more}, blocks=blocks)


def drawn(document: Document) -> tuple[list[list[Seen]], list[list[Drawn]]]:
    """The characters and the rules of each page."""
    out = BytesIO()
    press.draw(document, out)
    return pages_of(out.getvalue()), drawn_of(out.getvalue())


def line_with(page: list[Seen], words: str, size: float = BODY) -> list[Seen]:
    """The line in which the words stand."""
    for line in lines_of(page, size):
        if words in "".join(seen.character for seen in line):
            return line
    raise AssertionError(words)


def at_line(seen: Seen) -> float:
    """On which line of the grid a character of 3号 stands, from 0."""
    return (seen.y - 37 - ASCENT) / PITCH


@pytest.fixture(scope="module")
def whole() -> tuple[list[list[Seen]], list[list[Drawn]]]:
    """A 纪要 with everything that one may have, on several pages."""
    return drawn(
        paper(
            RedHead(text="和睦里社区会议纪要", number="（第5号）", office=UNIT, date=DATE),
            Paragraph(text=TALK * 3), Heading(text="一、停车"), Heading(text="（一）划线", level=2),
            *(Paragraph(text=TALK * 4) for _ in range(8)),
            Attachments(names=("停车收费标准" * 6, "车位图")),
            Hanging(label="出席：", text="、".join(("甄㛃", "龚龑", "冯堃") * 12), first=True),
            Hanging(label="请假：", text="何某"),
            Imprint(copies_to="街道党工委，各党支部。", office=UNIT, date=DATE),
        )
    )  # fmt: skip


def test_full_pages_have_22_lines_of_28_characters_from_edge_to_edge(whole: Any) -> None:
    pages, _ = whole
    full = [page for page in pages[1:-1] if len(lines_of(page, BODY)) == 22]
    assert full
    for page in full:
        lines = lines_of(page, BODY)
        assert lines[0][0].y == near(37 + ASCENT)
        assert lines[-1][0].y == near(37 + ASCENT + 21 * PITCH)
        assert lines[-1][0].y - ASCENT + CELL == near(37 + 225)
        # of whole lines the first character begins at 28.0 mm and the last ends at 184.0 mm
        for line in [line for line in lines if len(line) == 28]:
            assert line[0].x == near(28.0)
            assert line[-1].x + CELL == near(184.0)
        assert sum(len(line) == 28 for line in lines) >= 15


def test_the_mark_its_number_and_the_red_rule_stand_where_the_standard_says(whole: Any) -> None:
    pages, rules = whole
    (mark,) = [line for size in {seen.size for seen in pages[0]} if size > 23 for line in lines_of(pages[0], size)]
    size = mark[0].size / MM
    assert mark[0].y - sheet.ASCENT * size == near(37 + 35)
    middle = (mark[0].x + mark[-1].x + size) / 2
    assert middle == near(28 + 78)
    number = line_with(pages[0], "第5号")
    # two blank lines of the grid between the mark and its number
    below = round((mark[0].y - sheet.ASCENT * size + size - 37) / PITCH + 0.4999)
    assert at_line(number[0]) == pytest.approx(below + 2, abs=0.02)
    office = line_with(pages[0], UNIT)
    assert at_line(office[0]) == pytest.approx(below + 3, abs=0.02)
    assert office[0].x == near(28 + CELL)
    assert office[-1].x + CELL == near(184 - CELL)
    (rule,) = [one for one in rules[0] if one.colour == (1.0, 0.2, 0.2)]  # 80 % yellow and magenta in sRGB
    bottom = office[0].y - ASCENT + CELL
    assert rule.y - bottom == near(4.0)
    assert (rule.x, rule.wide) == (near(28.0), near(156.0))
    title = next(line for line in lines_of(pages[0], 22.0))
    # two blank lines, then the title
    assert 2 * PITCH <= title[0].y - sheet.ASCENT * 22 / MM - rule.y <= 3.5 * PITCH


def test_headings_and_text_stand_two_characters_in(whole: Any) -> None:
    pages, _ = whole
    heading = next(line for page in pages for line in lines_of(page, BODY) if line[0].character == "一")
    assert heading[0].x == near(28 + 2 * CELL)


def test_the_names_of_enclosures_turn_over_under_their_first_character(whole: Any) -> None:
    pages, _ = whole
    page = next(page for page in pages if any(seen.character == "附" for seen in page))
    first = line_with(page, "附件：1.")
    lines = lines_of(page, BODY)
    place = lines.index(first)
    assert first[0].x == near(28 + 2 * CELL)
    name = next(seen for seen in first if seen.character == "停")
    assert lines[place + 1][0].x == near(name.x)
    # one blank line above
    assert at_line(first[0]) - at_line(lines[place - 1][0]) == pytest.approx(2, abs=0.02)


def test_those_present_turn_over_under_the_first_name(whole: Any) -> None:
    pages, _ = whole
    page = next(page for page in pages if any(seen.character == "席" for seen in page))
    lines = lines_of(page, BODY)
    first = line_with(page, "出席：")
    place = lines.index(first)
    assert first[0].x == near(28 + 2 * CELL)
    assert lines[place + 1][0].x == near(28 + 5 * CELL)
    assert at_line(first[0]) - at_line(lines[place - 1][0]) == pytest.approx(2, abs=0.02)


def test_the_imprint_ends_on_the_bottom_edge(whole: Any) -> None:
    pages, rules = whole
    found = [one for one in rules[-1] if one.kind == "fill" and one.wide == near(156.0)]
    assert [one.high for one in found] == [pytest.approx(0.35, abs=0.01), pytest.approx(0.25, abs=0.01),
                                           pytest.approx(0.35, abs=0.01)]  # fmt: skip
    assert found[-1].y + found[-1].high == near(37 + 225)
    copies = line_with(pages[-1], "抄送", 14.0)
    assert copies[0].x == near(28 + 14 / MM)
    issued = line_with(pages[-1], "印发", 14.0)
    assert issued[-1].character == "发"
    assert issued[-1].x + 14 / MM == near(184 - 14 / MM)


def test_page_numbers_stand_outside_7_mm_below(whole: Any) -> None:
    pages, _ = whole
    for number, page in enumerate(pages, 1):
        folio = [seen for seen in page if abs(seen.size - 14) < 0.05 and seen.y > 262]
        assert "".join(seen.character for seen in folio) == f"—{number}—"
        # the stroke of the dash lies 0.36 of the size above the baseline
        assert folio[0].y - 0.36 * 14 / MM == near(37 + 225 + 7)
        dash = fonts.widths(fonts.SONGTI)["—"] / 1000 * 14 / MM
        edge = folio[-1].x + dash if number % 2 else folio[0].x
        assert edge == near(184 - 14 / MM if number % 2 else 28 + 14 / MM)


@pytest.mark.parametrize("name", ["和睦里党支部", UNIT, "和睦里社区第三网格老旧小区改造工作领导小组"])
def test_a_sealed_closing(name: str) -> None:
    pages, _ = drawn(paper(Paragraph(text=TALK), Closing(name=name, date=DATE, sealed=True)))
    date = line_with(pages[0], "2026")
    signed = lines_of(pages[0], BODY)[-2]
    # the date ends four characters from the right, the name stands in its middle or at the edge
    end = date[-1].x + CELL
    assert end == near(184 - 4 * CELL)
    middle = (date[0].x + end) / 2
    over = (signed[0].x + signed[-1].x + CELL) / 2
    assert over == near(middle) or signed[-1].x + CELL == near(184.0)


def test_a_closing_without_a_seal() -> None:
    pages, _ = drawn(paper(Paragraph(text=TALK), Closing(name=UNIT, date=DATE)))
    lines = lines_of(pages[0], BODY)
    signed, date = lines[-2], lines[-1]
    assert signed[-1].x + CELL == near(184 - 2 * CELL)
    assert date[0].x == near(signed[0].x + 2 * CELL)
    assert at_line(signed[0]) - at_line(lines[-3][0]) == pytest.approx(2, abs=0.02)
    assert at_line(date[0]) - at_line(signed[0]) == pytest.approx(1, abs=0.02)


def test_the_addressee_stands_one_blank_line_below_the_title() -> None:
    pages, _ = drawn(paper(Addressee(text="各党小组"), Paragraph(text=TALK)))
    told = line_with(pages[0], "各党小组：")
    assert told[0].x == near(28.0)
    title = lines_of(pages[0], 22.0)[-1]
    assert PITCH < told[0].y - title[0].y < 3 * PITCH


def test_without_the_right_to_issue_documents_nothing_is_red() -> None:
    head = RedHead(text="和睦里党支部会议纪要", number="（第5号）", office=UNIT, date=DATE, red=False)
    pages, rules = drawn(paper(head, Paragraph(text=TALK)))
    assert all(one.colour in ((0.0,), (0.0, 0.0, 0.0)) for one in rules[0])
    office = line_with(pages[0], UNIT)
    rule = next(one for one in rules[0] if one.wide == near(156.0))
    assert rule.y - (office[0].y - ASCENT + CELL) == near(4.0)


def test_the_code_stands_in_the_margin_opposite_the_number_of_the_page() -> None:
    for count in (1, 10):
        pages, rules = drawn(paper(*(Paragraph(text=TALK * 3) for _ in range(count))))
        squares = [one for one in rules[-1] if one.kind == "fill" and one.y > 262]
        assert min(one.y for one in squares) == near(37 + 225 + 3)
        left, right = min(one.x for one in squares), max(one.x + one.wide for one in squares)
        assert (left == near(28.0)) if len(pages) % 2 else (right == near(184.0))
        assert right - left == near(18.0)
        assert max(one.y + one.high for one in squares) < 297 - 10

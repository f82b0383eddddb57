"""The printed record of a meeting, read back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, replace
from hashlib import sha256
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deliberation_app.domain.minutes import Heading, Paragraph, Record, Signature, Statement, Table, Vote
from deliberation_app.errors import RuleBroken
from deliberation_app.papers import fonts, lines, sheet
from deliberation_app.papers.breaker import NO_END, NO_START
from deliberation_app.papers.record import content_sha256, draw
from tests.papers.examples import COLUMNS, LONG_NAME, NAMES, TALK, printed, prose, whole_record
from tests.papers.reading import fonts_of, holes, lines_of, pages_of, text_of


def texts_in(value: Any) -> Iterator[str]:
    """Every text of a record that is printed."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, part in value.items():
            if name not in ("copy", "key", "code"):
                yield from texts_in(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from texts_in(part)


@pytest.fixture(scope="module")
def whole() -> bytes:
    """The record with every part, printed once."""
    return printed(whole_record())[0]


def test_no_glyph_is_missing(whole: bytes) -> None:
    assert holes(whole) == []


def test_a_missing_glyph_would_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The check above can fail: a font that is asked for what it has not draws code 0 or glyph 0."""
    right = fonts.font_for
    monkeypatch.setattr(fonts, "font_for", lambda face, c: fonts.carried(face) if c == "龑" else right(face, c))
    assert holes(printed(whole_record(unit="龑"))[0]) != []


def test_what_is_read_is_what_was_put_in(whole: bytes) -> None:
    read = text_of(whole)
    for text in texts_in(asdict(whole_record())):
        assert "".join(text.split()) in read or _in_cells(text, whole), text


def _in_cells(text: str, data: bytes) -> bool:
    """Cells of several lines and lines across pages are read in the order of drawing, without page numbers between."""
    drawn = "".join(seen.character for page in pages_of(data) for seen in page if abs(seen.size - sheet.SIZE_4) > 0.05)
    return "".join(text.split()) in drawn.replace("存档件", "")


def test_names_are_read_as_they_are_written(whole: bytes) -> None:
    read = text_of(whole)
    assert [read.count(name) > 1 for name in NAMES] == [True] * len(NAMES)


def test_full_lines_fill_the_type_area_exactly() -> None:
    data, _ = printed(prose(40))
    full = 0
    for page in pages_of(data)[:-1]:
        for line in lines_of(page, sheet.CELL):
            right = line[-1].x + sheet.CELL / sheet.MM
            if line[0].x == pytest.approx(28.0, abs=0.02) and right > 183:
                assert right == pytest.approx(184.0, abs=0.02)
                full += 1
            assert right <= 184.02
    assert full > 60


def test_text_pages_have_22_lines_from_edge_to_edge() -> None:
    data, facts = printed(prose(40))
    pages = pages_of(data)
    assert len(pages) == facts.pages
    for page in pages[1:-1]:
        lines = lines_of(page, sheet.CELL)
        assert len(lines) == 22
        assert lines[0][0].y == pytest.approx(37 + sheet.ASCENT * sheet.CELL / sheet.MM, abs=0.02)
        below = lines[-1][0].y + (1 - sheet.ASCENT) * sheet.CELL / sheet.MM
        assert below == pytest.approx(262.0, abs=0.05)


def test_the_pitch_of_word_processors_is_an_option() -> None:
    data, _ = printed(prose(40), pitch=sheet.PITCH_OF_WORD_PROCESSORS)
    second = lines_of(pages_of(data)[1], sheet.CELL)
    assert len(second) == 22
    assert (second[1][0].y - second[0][0].y) * 72 / 25.4 == pytest.approx(28.95, abs=0.02)


def test_no_line_begins_or_ends_with_the_wrong_mark(whole: bytes) -> None:
    data, _ = printed(prose(40))
    for page in (*pages_of(data), *pages_of(whole)):
        for line in lines_of(page, sheet.CELL):
            assert line[0].character not in NO_START
            assert line[-1].character not in NO_END


def test_fonts_are_embedded_subsets(whole: bytes) -> None:
    found = fonts_of(whole)
    assert all(embedded for _, embedded in found)
    assert all(name[7] == "+" for name, _ in found)
    assert not any("Helvetica" in name for name, _ in found)
    assert {name[8:] for name, _ in found} >= {"FandolFang-Regular", "NotoSansSC-Medium", "NotoSerifSC-Black"}


def test_the_same_record_is_the_same_file(whole: bytes) -> None:
    assert printed(whole_record())[0] == whole


def test_documents_drawn_at_once_do_not_mix(whole: bytes) -> None:
    with ThreadPoolExecutor(3) as threads:
        found = list(threads.map(lambda _: printed(whole_record())[0], range(4)))
    assert all(data == whole for data in found)


def test_pages_are_numbered_outside_with_their_count(whole: bytes) -> None:
    pages = pages_of(whole)
    for number, page in enumerate(pages, 1):
        folio = lines_of(page, sheet.SIZE_4)[-1]
        assert "".join(seen.character for seen in folio) == f"第{number}页共{len(pages)}页"
        assert folio[0].y > 262 + 7
        if number % 2:
            assert folio[-1].x + 2 * sheet.SIZE_4 / sheet.MM == pytest.approx(184, abs=0.05)
        else:
            assert folio[0].x == pytest.approx(28 + sheet.SIZE_4 / sheet.MM, abs=0.05)


def test_the_mark_stands_on_every_page_above_the_type_area(whole: bytes) -> None:
    for page in pages_of(whole):
        mark = [seen for seen in page if seen.y < 37]
        assert "".join(seen.character for seen in mark) == "存档件"
        assert mark[-1].x + sheet.SIZE_5 / sheet.MM == pytest.approx(184, abs=0.05)


def test_the_heading_row_stands_on_each_page_of_the_table(whole: bytes) -> None:
    with_rows = [page for page in pages_of(whole) if "单元301室" in "".join(seen.character for seen in page)]
    assert len(with_rows) >= 2
    assert all("".join(COLUMNS) in "".join(seen.character for seen in page) for page in with_rows)


def test_answers_stand_two_characters_further_in(whole: bytes) -> None:
    starts = {round(line[0].x, 1) for page in pages_of(whole) for line in lines_of(page, sheet.CELL)}
    assert {28.0, round(28 + 2 * sheet.CELL / sheet.MM, 1)} <= starts


def test_facts(whole: bytes) -> None:
    data, facts = printed(whole_record())
    assert facts.sha256 == sha256(data).hexdigest()
    assert facts.content_sha256 == content_sha256(whole_record())
    assert facts.rare_characters == ("㛃", "䶮", "堃", "龑", "𬱖")
    assert facts.signatures_page == facts.pages == len(pages_of(data))


def test_the_content_is_the_canonical_json() -> None:
    text = json.dumps(asdict(whole_record()), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert content_sha256(whole_record()) == sha256(text.encode()).hexdigest()
    assert content_sha256(whole_record(number="〔2026〕第4次")) != content_sha256(whole_record())


def test_the_code_is_printed_with_its_number(whole: bytes) -> None:
    digits = content_sha256(whole_record())[:16]
    read = text_of(whole)
    assert digits in read
    assert "〔2026〕第3次校验码" in read


def test_archive_copies_carry_the_meeting_and_posted_ones_do_not() -> None:
    meeting = b'{"name": "\xe5\x86\xaf"}'
    with pikepdf.open(BytesIO(printed(whole_record(), attachment=meeting)[0])) as pdf:
        assert pdf.attachments["meeting.json"].get_file().read_bytes() == meeting
        assert pdf.Root.AF[0].AFRelationship == "/Source"
    data, _ = printed(whole_record(copy="posted", mark="公示件"), attachment=meeting)
    with pikepdf.open(BytesIO(data)) as pdf:
        assert not pdf.attachments
        assert "/AF" not in pdf.Root


def test_properties_say_title_and_language_and_nothing_of_people(whole: bytes) -> None:
    with pikepdf.open(BytesIO(whole)) as pdf:
        assert str(pdf.Root.Lang) == "zh-CN"
        assert pdf.Root.OutputIntents[0].S == "/GTS_PDFA1"
        said = str(pdf.open_metadata()) + str(dict(pdf.docinfo))
        assert "山大路194号院党支部庭院民主协商会记录" in said
        assert not any(name in said for name in NAMES)
        assert set(pdf.docinfo.keys()) <= {"/Title", "/Producer", "/Trapped"}


def test_first_headings_are_the_list_of_contents(whole: bytes) -> None:
    document = pypdfium2.PdfDocument(whole)
    try:
        contents = [(entry.get_title(), entry.get_dest().get_index()) for entry in document.get_toc()]
    finally:
        document.close()
    assert [title for title, _ in contents] == ["一、会议情况", "二、协商经过", "附：到会人员名册"]
    assert contents[0][1] == 0
    assert contents[-1][1] > 1


def test_a_refused_record_writes_nothing(tmp_path: Path) -> None:
    target = tmp_path / "record.pdf"
    with pytest.raises(RuleBroken, match=r"U\+1F600"):
        draw(whole_record(blocks=(Paragraph(text="好\U0001f600"),)), target)
    assert not target.exists()
    draw(whole_record(), target)
    assert target.read_bytes().startswith(b"%PDF")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 24), st.integers(1, 14), st.booleans())
def test_signatures_never_stand_alone(count: int, places: int, heading: bool) -> None:
    blocks = tuple(Paragraph(text=TALK[: 30 + n]) for n in range(count))
    record = whole_record(
        blocks=(*blocks, *((Heading(text="散会"), Paragraph(text="17时05分，散会。")) if heading else ())),
        signatures=tuple(Signature(label=f"代表{n}（签名）") for n in range(places)),
        footnotes=(),
    )
    data, facts = printed(record)
    page = pages_of(data)[facts.signatures_page - 1]
    signed = [seen for seen in page if seen.character == "签"]
    assert len(signed) == places
    if count >= 2:
        above = {round(seen.y) for seen in page if 37 < seen.y < min(seen.y for seen in signed)}
        assert len(above) >= 2


@pytest.mark.parametrize("signing", [0, 1, 2, 3, 5])
def test_the_day_of_signing_stays_within_the_type_area(signing: int) -> None:
    labels = [*(f"{'主记监计唱'[n]}票人（签名）" for n in range(signing)), "签名日期"]
    data, facts = printed(whole_record(signatures=tuple(Signature(label=label) for label in labels), footnotes=()))
    page = pages_of(data)[facts.signatures_page - 1]
    assert max(seen.x + seen.size * 25.4 / 72 for seen in page if seen.character in "年月日") <= 184.1


def test_a_heading_does_not_touch_the_table_above_it() -> None:
    for count in range(3, 7):
        told = Table(columns=("序号", "内容"), rows=(("1", "承诺"),) * count, widths=(1, 4))
        page = pages_of(printed(whole_record(blocks=(told, Heading(text="散会"))))[0])[0]
        last = max(seen.y for seen in page if seen.character == "承" and abs(seen.size - 12) < 0.1)
        (heading,) = {seen.y for seen in page if seen.character == "散" and seen.size > 15}
        assert heading - last >= 2.4 + 4.9 + 1.5  # rule below the words, height of the heading, some room


ODD: list[Record] = [
    whole_record(blocks=(), signatures=(), footnotes=(), mark="", number=""),
    whole_record(unit="", title="", blocks=(Paragraph(text=""), Heading(text=""), Statement(speaker="", text=""))),
    whole_record(blocks=(Statement(speaker=LONG_NAME, text=TALK * 180, side="锣"),)),
    whole_record(blocks=(Paragraph(text="a" * 3000), Paragraph(text="，" * 500), Paragraph(text="（" * 500))),
    whole_record(blocks=(Paragraph(text="一\x00\x1b\u202e二\ufeff\n\n三\tfour <b>五 &amp; <img src='/etc/passwd'>"),)),
    whole_record(blocks=(Table(columns=("甲", "乙"), widths=(1, 3), rows=(("一", TALK * 40), ("", ""), ("二",))),)),
    whole_record(blocks=(Table(columns=COLUMNS, widths=(), rows=()),)),
    whole_record(
        blocks=(Vote(motion=TALK * 30, method="", numbers="", explanation="", outcome="未通过", passed=False),)
    ),
    whole_record(signatures=tuple(Signature(label=f"{LONG_NAME}{n}（签名）") for n in range(40))),
    whole_record(
        signatures=(Signature(label=TALK),), mark="公示件　公示期2026年4月1日至2026年4月7日　异议请到社区" * 3
    ),
    whole_record(unit="山大路一百九十四号院" * 6, title="业主大会会议记录" * 5),
    whole_record(number="〔2026〕第3次" * 9, footnotes=(TALK,) * 5),
]


@pytest.mark.parametrize("number", range(len(ODD)))
def test_odd_records_print_sanely(number: int) -> None:
    data, facts = printed(ODD[number])
    pages = pages_of(data)
    assert facts.pages == len(pages)
    assert holes(data) == []
    for page in pages:
        assert all(27.9 <= seen.x <= 184.1 for seen in page)
        assert all(10 <= seen.y <= 285 for seen in page)
        for size in {round(seen.size, 1) for seen in page}:
            for line in lines_of(page, size):
                assert all(right.x > left.x - 0.01 for left, right in pairwise(line))


def test_long_statements_are_whole() -> None:
    data, facts = printed(replace(ODD[2], mark="", footnotes=()))
    drawn = "".join(s.character for page in pages_of(data) for s in page if abs(s.size - sheet.CELL) < 0.05)
    assert TALK * 180 in drawn
    assert facts.pages > 25


def test_mark_up_is_text() -> None:
    read = text_of(printed(ODD[4])[0])
    assert "三four<b>五&amp;<imgsrc='/etc/passwd'>" in read


def printed_or_refused(record: Record) -> tuple[bytes, str]:
    """The file, or the character that no font has."""
    try:
        return printed(record)[0], ""
    except RuleBroken as refused:
        return b"", str(refused.values["character"])


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_is_printed_as_it_is_or_refused_with_a_sentence(said: str, name: str) -> None:
    record = whole_record(
        blocks=(Statement(speaker=name, text=said), Table(columns=("姓名", "话"), widths=(1, 2), rows=((name, said),))),
        mark="",
        footnotes=(),
    )
    data, refusal = printed_or_refused(record)
    if refusal:
        assert f"U+{ord(refusal):04X}" in str(fonts.cannot_print(refusal, said))
        assert refusal in said + name
        return
    assert holes(data) == []
    drawn = "".join(seen.character for page in pages_of(data) for seen in page if abs(seen.size - sheet.CELL) < 0.05)
    for text in (said, name):
        assert "".join("".join(lines.paragraphs(text)).split()) in drawn


RARE = st.text(st.characters(min_codepoint=0x3400, max_codepoint=0x2EBE0, categories=("Lo",)), min_size=1, max_size=40)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(RARE)
def test_ideographs_are_read_as_they_are_written(name: str) -> None:
    data, refusal = printed_or_refused(whole_record(blocks=(Paragraph(text=name),), mark="", footnotes=()))
    if refusal:
        assert refusal in name
        return
    drawn = "".join(seen.character for page in pages_of(data) for seen in page if abs(seen.size - sheet.CELL) < 0.05)
    assert name in drawn

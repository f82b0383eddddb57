"""The year's hand-over: pieces by period in boxes, text and enclosures one, frozen once both sides signed."""

from __future__ import annotations

import io
from datetime import date

import pytest
from openpyxl import load_workbook

from deliberation_app.errors import AppError, RuleBroken
from deliberation_app.services import agenda, archive, archive_papers, archive_year
from deliberation_app.services.sheets_out import SheetOut, workbook
from deliberation_app.services.work import Work
from tests.papers.reading import text_of
from tests.services.courtyard import found_unit, meeting_on
from tests.services.small import HandClock


def _year(work: Work, clock: HandClock) -> tuple[object, archive_year.YearList]:
    unit = found_unit(work)
    meeting = meeting_on(work, unit, None, clock(), kind="party_group", number="〔2026〕第1次")
    for paper, pages in (("record", 3), ("sign_in_sheet", 1), ("notice", 1)):
        archive.tick(work, "meeting", meeting, paper, there=True, pages=pages)
    item = agenda.raise_item(work, unit, title="路灯")
    archive.tick(work, "item", item, "opinion_sheet", there=True, pages=2)
    return unit, archive_year.year_list(work, unit, 2026)


def test_pieces_lie_by_period_and_enclosures_with_their_text(work: Work, clock: HandClock) -> None:
    _unit, found = _year(work, clock)
    told = [(box.number, box.keep, [(one.number, one.title, one.pages) for one in box.pieces]) for box in found.boxes]
    assert told == [
        (1, "永久", [(1, "试例会议记录（附：签到表）", 4)]),
        (2, "10年", [(1, "试例会议通知", 1), (2, "路灯群众意见议事表", 2)]),
    ]
    assert found.boxes[0].pieces[0].code == "WS·2026-Y-0001"
    assert found.boxes[1].pieces[1].code == "WS·2026-D10-0002"
    assert {one.day for box in found.boxes for one in box.pieces} == {"20261020"}
    assert found.lacking == ()


def test_a_full_box_is_followed_by_another(work: Work, clock: HandClock) -> None:
    unit = found_unit(work)
    for number in range(4):
        meeting = meeting_on(work, unit, None, clock(), kind="party_group")
        archive.tick(work, "meeting", meeting, "record", there=True, pages=140 + number)
        clock.move(minutes=1)
    boxes = archive_year.year_list(work, unit, 2026).boxes
    assert [(box.number, [one.number for one in box.pieces]) for box in boxes] == [(1, [1, 2]), (2, [3, 4])]


def test_the_fonds_of_the_unit_stands_in_the_code(work: Work, clock: HandClock) -> None:
    unit, _found = _year(work, clock)
    archive_year.set_fonds(work, unit, " Z109 ")
    with pytest.raises(RuleBroken):
        archive_year.set_fonds(work, unit, "Z 109/=")
    assert archive_year.year_list(work, unit, 2026).boxes[0].pieces[0].code == "Z109-WS·2026-Y-0001"


def test_what_was_handed_over_stays_as_it_was(work: Work, clock: HandClock) -> None:
    unit, found = _year(work, clock)
    for wrong in ({"giver": "", "receiver": "李"}, {"giver": "王", "receiver": "李", "on": date(2027, 1, 1)}):
        with pytest.raises(RuleBroken):
            archive_year.hand_over(work, unit, 2026, **{"on": date(2026, 10, 20), **wrong})
    archive_year.hand_over(work, unit, 2026, giver="王秀兰", receiver="李归档", on=date(2026, 10, 20))
    meeting = meeting_on(work, unit, None, clock(), kind="party_group")
    archive.tick(work, "meeting", meeting, "record", there=True)
    later = archive_year.year_list(work, unit, 2026)
    assert (later.boxes, later.sha256, later.handed.content_sha256) == (found.boxes, found.sha256, found.sha256)
    with pytest.raises(RuleBroken, match="already"):
        archive_year.hand_over(work, unit, 2026, giver="王", receiver="李", on=date(2026, 10, 20))
    text = text_of(archive_papers.as_pdf(archive_papers.of_year(later, "hand_over")).pdf)
    for words in ("王秀兰", "李归档", "2盒、3件", "试例会议记录"):
        assert words in text.replace("\n", "")


def test_an_empty_year_has_nothing_to_hand_over(work: Work) -> None:
    unit = found_unit(work)
    found = archive_year.year_list(work, unit, 2026)
    assert found.count == 0
    with pytest.raises(RuleBroken):
        archive_year.hand_over(work, unit, 2026, giver="王", receiver="李", on=date(2026, 10, 20))
    with pytest.raises(AppError):
        archive_papers.as_pdf(archive_papers.of_year(found, "catalogue"))


@pytest.mark.parametrize("which", archive_papers.YEAR_PAPERS)
def test_every_paper_of_a_year_prints(work: Work, clock: HandClock, which: str) -> None:
    _unit, found = _year(work, clock)
    printed = archive_papers.as_pdf(archive_papers.of_year(found, which))
    assert printed.rare_characters == ()
    assert "试例院党支部" in text_of(printed.pdf).replace("\n", "")


def test_sheets_hold_the_whole_list_and_no_formula(work: Work, clock: HandClock) -> None:
    _unit, found = _year(work, clock)
    book = load_workbook(io.BytesIO(archive_year.as_sheets(found)))
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert len(rows) == 1 + found.count
    assert [row[6] for row in rows[1:]] == [one.title for box in found.boxes for one in box.pieces]


@pytest.mark.parametrize("text", ["=1+1", "+86", "-1", "@SUM(A1)", '=HYPERLINK("http://x")', "\tx"])
def test_a_text_like_a_formula_stays_a_text(text: str) -> None:
    sheet = SheetOut(name="a/b*c", columns=("=x",), rows=[[text], [3], [None]])
    made = load_workbook(io.BytesIO(workbook([sheet]))).worksheets[0]
    assert (made["A2"].value, made["A2"].data_type, made["A2"].quotePrefix) == (text, "s", True)
    assert (made["A1"].data_type, made["A3"].value, made.title) == ("s", 3, "a b c")

"""What papers print that no meeting file holds: the office, what is handed out, when leave was asked, the closing."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import fields
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation_app import settings
from deliberation_app.domain.notices import mask_text
from deliberation_app.errors import NotFound, RuleBroken
from deliberation_app.papers.document import Document, Fields, RedHead, SignTable
from deliberation_app.services import (
    floor_roll,
    meeting_file,
    meetings_agenda,
    papers_list,
    papers_made,
    papers_office,
)
from deliberation_app.services.papers_asked import Asked
from deliberation_app.services.papers_office import Office
from deliberation_app.services.work import Work
from deliberation_app.storage.agenda import AgendaItem
from deliberation_app.storage.meetings import Meeting
from tests.services.courtyard import PARKING, fill, item_called
from tests.services.small import HandClock, Small

PHONE = "0531-88886666"
OFFICE = Office(phone=PHONE, place="党群之家一楼", copies_to="街道党工委", red_head=True)


@pytest.fixture
def consultation(work: Work) -> uuid.UUID:
    """The consultation of the demonstration."""
    file = settings.path("resources", "demo", "shandalu194-consultation.json")
    return meeting_file.import_file(work, file).meeting_id


def unit_of(work: Work, meeting: uuid.UUID) -> uuid.UUID:
    """The unit of a meeting."""
    with work.read() as session:
        return session.get_one(Meeting, meeting).unit_id


def composed(work: Work, asked: Asked) -> tuple[Document, ...]:
    """The papers that answer."""
    with work.read() as session:
        return papers_made.compose(session, asked)


def table_of(paper: Document) -> SignTable:
    """The rows of a paper."""
    return next(block for block in paper.blocks if isinstance(block, SignTable))


def said(papers: Sequence[Document]) -> str:
    """Every text of every block."""
    return "\n".join(
        str(getattr(block, one.name)) for paper in papers for block in paper.blocks for one in fields(block)
    )


def test_the_office_stands_on_every_paper_that_names_it(work: Work, consultation: uuid.UUID) -> None:
    """Saved once; the notice, the notice for the board and the summary say so, posted or filed."""
    unit = unit_of(work, consultation)
    papers_office.save(work, unit, OFFICE)
    assert papers_office.office(work, unit) == OFFICE
    for posted in (False, True):
        notice = said(composed(work, Asked(paper="notice", meeting=consultation, posted=posted)))
        board = said(composed(work, Asked(paper="posting", meeting=consultation, posted=posted)))
        assert f"电话{PHONE}" in notice
        assert f"电话：{PHONE}；地点：党群之家一楼" in board
    summary = composed(work, Asked(paper="summary", meeting=consultation))[0]
    assert next(block for block in summary.blocks if isinstance(block, RedHead)).red
    assert "街道党工委" in said((summary,))
    papers_office.save(work, unit, Office())
    assert "电话：＿＿" in said(composed(work, Asked(paper="posting", meeting=consultation)))


@pytest.mark.parametrize("told", [Office(phone="打给小王"), Office(phone="1"), Office(place="楼" * 101)])
def test_what_cannot_be_dialled_or_printed_is_refused(work: Work, small: Small, told: Office) -> None:
    with pytest.raises(RuleBroken):
        papers_office.save(work, small.unit, told)
    assert papers_office.office(work, small.unit) == Office()


@given(st.text("0123456789-— （()电话：转、", max_size=30), st.text("0123456789- （(、", max_size=12))
def test_the_number_of_the_office_hides_no_number_of_a_resident(before: str, after: str) -> None:
    """However digits stand around it, what is masked without an office stays so; by itself its number is seen."""
    mobile = "13912345678"
    for text in (f"{before}{mobile}、{PHONE}", f"{PHONE}，{mobile}{after}", f"{mobile} {PHONE}"):
        assert mobile not in mask_text(text, (), office=PHONE) or mobile in mask_text(text, ())
    assert mobile not in mask_text(f"139 1234 5678，{mobile}", (), office="12345678")
    assert mask_text(f"请打{PHONE}。", (), office=PHONE) == f"请打{PHONE}。"
    assert PHONE not in mask_text(f"请打{PHONE}。", ())


def test_the_agenda_prints_what_is_handed_out(work: Work, small: Small) -> None:
    meetings_agenda.edit_entry(work, small.entry, materials="停车方案、费用测算表")
    agenda = composed(work, Asked(paper="agenda", meeting=small.meeting))[0]
    assert table_of(agenda).rows[0][4] == "停车方案、费用测算表"
    meetings_agenda.edit_entry(work, small.entry, materials="")
    assert table_of(composed(work, Asked(paper="agenda", meeting=small.meeting))[0]).rows[0][4] == ""


def test_the_leave_list_says_when_leave_was_asked_for(work: Work, small: Small, clock: HandClock) -> None:
    """The moment it was first noted, in Chinese time; another reason later does not change it, coming does."""
    clock.now = datetime(2026, 10, 19, 6, 30, tzinfo=UTC)
    floor_roll.leave(work, small.meeting, small.speaker, reason="住院")
    clock.move(hours=3)
    floor_roll.leave(work, small.meeting, small.speaker, reason="住院，手术")
    row = table_of(composed(work, Asked(paper="leave_list", meeting=small.meeting))[0]).rows[0]
    assert (row[1], row[2], row[3]) == ("郝五", "住院，手术", "2026年10月19日14时30分")
    floor_roll.sign_in(work, small.meeting, [small.speaker])
    floor_roll.leave(work, small.meeting, small.speaker, reason="有急事")
    row = table_of(composed(work, Asked(paper="leave_list", meeting=small.meeting))[0]).rows[0]
    assert row[3] == "2026年10月19日17时30分"


def test_the_record_can_be_had_as_a_form(work: Work, consultation: uuid.UUID) -> None:
    """Without anything in it, in the words of its kind; asking for the form never asks for the record."""
    (plain,) = composed(work, Asked(paper="record", empty=True))
    (of_kind,) = composed(work, Asked(paper="record", meeting=consultation, empty=True))
    assert plain.title == "会议记录"
    assert of_kind.title == "庭院民主协商会记录"
    assert "锣／鼓／法" in table_of(of_kind).columns
    assert [one.label for one in plain.signatures] == ["主持人（签名）", "记录人（签名）", "签名日期"]
    with work.read() as session, pytest.raises(NotFound):
        papers_made.compose(session, Asked(paper="record", meeting=consultation))
    made = papers_made.prepared(work, Asked(paper="record", meeting=consultation, empty=True))
    assert made.documents == (of_kind,)
    assert next(row for row in papers_list.listed(work, consultation).rows if row.asked.paper == "record").form


def test_the_closing_form_sums_up_an_item_that_went_its_whole_way(work: Work) -> None:
    unit = fill(work)
    item = item_called(work, unit.id, PARKING)
    with work.act("agenda.note") as act:
        act.get_one(AgendaItem, item).archive_number = "2026-007"
    (paper,) = composed(work, Asked(paper="closing_form", item=item))
    told = {field.label: field.text for block in paper.blocks if isinstance(block, Fields)
            for row in block.rows for field in row}  # fmt: skip
    assert told["归档号"] == "2026-007"
    assert told["议题"] == PARKING
    assert "到会" in told["群众议"]
    assert "通过" in told["群众决"]
    assert told["落实情况"].startswith("共")
    assert "严口径" in told["群众评"]
    assert "公示：" in told["群众享"]
    with work.act("agenda.note") as act:
        act.get_one(AgendaItem, item).stage = "evaluated"
    with work.read() as session, pytest.raises(NotFound):
        papers_made.compose(session, Asked(paper="closing_form", item=item))


def test_a_task_list_names_its_meeting_once(work: Work) -> None:
    """Where every task comes from one meeting it stands above the table."""
    unit = fill(work)
    item = item_called(work, unit.id, PARKING)
    (paper,) = composed(work, Asked(paper="task_list", item=item))
    head = [block for block in paper.blocks if isinstance(block, Fields)]
    sources = {row[1].partition("\n")[2] for row in table_of(paper).rows}
    assert bool(head) == (sources == {""})

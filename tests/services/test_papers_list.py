"""The list of a meeting's papers: which belong to it, what each lacks, what became of it."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest

from deliberation_app import settings
from deliberation_app.domain.archive import EVIDENCE_ORDER, PAPERS, copies_of
from deliberation_app.domain.meetings import KINDS
from deliberation_app.errors import AppError
from deliberation_app.services import meeting_file, papers_list, papers_made, units
from deliberation_app.services.papers_asked import Asked
from deliberation_app.services.papers_list import PaperRow
from deliberation_app.services.papers_table import COMPOSERS
from deliberation_app.services.work import Work
from deliberation_app.storage.meetings import Meeting

ORDER = list(EVIDENCE_ORDER)


@pytest.fixture
def consultation(work: Work) -> uuid.UUID:
    """The consultation of the demonstration, held and closed."""
    file = settings.path("resources", "demo", "shandalu194-consultation.json")
    return meeting_file.import_file(work, file).meeting_id


@pytest.fixture
def planned(work: Work) -> uuid.UUID:
    """A theme day of which nobody knows yet where it is held and what it is about."""
    found = meeting_file.import_file(work, settings.path("resources", "demo", "theme-day.json")).meeting_id
    with work.act("meetings.edit") as act:
        meeting = act.get_one(Meeting, found)
        meeting.place, meeting.opened_at, meeting.closed_at = None, None, None
    return found


def row_of(work: Work, meeting: uuid.UUID, paper: str) -> PaperRow:
    """The first paper of this sort."""
    return next(row for row in papers_list.listed(work, meeting).rows if row.asked.paper == paper)


def test_every_paper_has_a_place_in_the_file_or_belongs_to_no_meeting() -> None:
    """A new paper of PAPERS is listed or is one of a month."""
    assert {paper.id for paper in PAPERS.values() if paper.about != "none"} == set(EVIDENCE_ORDER)


def test_the_papers_of_the_kind_stand_in_the_order_of_the_file(work: Work, consultation: uuid.UUID) -> None:
    """Each of the kind's papers is there unless no vote of this meeting has such; votes and items have one each."""
    view = papers_list.listed(work, consultation)
    places = [ORDER.index(row.asked.paper) for row in view.rows]
    assert places == sorted(places)
    assert len({row.key for row in view.rows}) == len(view.rows)
    shown = {row.asked.paper for row in view.rows}
    # Hands were raised and only straw polls taken: there is neither a ballot nor a resolution of legal force.
    assert set(KINDS[view.meeting.kind].papers) - shown == {"ballot", "resolution"}
    tallies = [row for row in view.rows if row.asked.paper == "tally_sheet"]
    assert len(tallies) == 4
    assert all(row.subject and row.asked.vote for row in tallies)
    assert {row.asked.item is not None for row in view.rows if row.paper.about == "item"} == {True}


def test_what_can_be_printed_can_be_printed(work: Work, consultation: uuid.UUID) -> None:
    """The list promises nothing that the composers refuse."""
    for row in papers_list.listed(work, consultation).rows:
        if row.there:
            assert papers_made.made(work, row.asked).pages
        if row.form:
            assert papers_made.made(work, Asked(paper=row.asked.paper, meeting=consultation, empty=True)).pages


def test_what_is_missing_is_said_in_words(work: Work, planned: uuid.UUID) -> None:
    """A notice without a place can be printed, but says what it lacks; the record waits for the end."""
    notice = row_of(work, planned, "notice")
    assert (notice.state, notice.there) == ("lacking", True)
    assert "the place" in [str(one) for one in notice.lacks]
    record = row_of(work, planned, "record")
    assert [str(one) for one in record.lacks] == ["the end of the meeting"]


def test_printed_then_changed_then_printed_again(work: Work, consultation: uuid.UUID, tmp_path: Path) -> None:
    """A paper that says something else since it was printed must be printed again."""
    asked = Asked(paper="agenda", meeting=consultation)
    papers_made.write(work, asked, tmp_path / "a.pdf")
    printed = row_of(work, consultation, "agenda")
    assert printed.state == "printed"
    assert printed.printed_at == work.clock()
    with work.act("meetings.edit") as act:
        act.get_one(Meeting, consultation).place = "另一间会议室"
    assert row_of(work, consultation, "agenda").state == "changed"
    assert papers_list.standing(work, asked).state == "changed"
    papers_made.write(work, asked, tmp_path / "b.pdf")
    assert row_of(work, consultation, "agenda").state == "printed"


def test_a_posted_copy_counts_as_printed_and_an_empty_form_does_not(
    work: Work, consultation: uuid.UUID, tmp_path: Path
) -> None:
    """What hangs on the board is this paper; a form to be filled in by hand is not."""
    papers_made.write(work, Asked(paper="notice", meeting=consultation, empty=True), tmp_path / "a.pdf")
    assert row_of(work, consultation, "notice").state == "ready"
    papers_made.write(work, Asked(paper="notice", meeting=consultation, posted=True), tmp_path / "b.pdf")
    assert row_of(work, consultation, "notice").state == "printed"


def test_a_printed_record_is_known(work: Work, consultation: uuid.UUID, tmp_path: Path) -> None:
    """With the moment it was printed."""
    papers_made.write(work, Asked(paper="record", meeting=consultation), tmp_path / "a.pdf")
    found = row_of(work, consultation, "record")
    assert (found.state, found.printed_at) == ("printed", work.clock())


def test_copies_follow_the_table_and_the_people() -> None:
    """每人1份，存档1份 is one more than there are people."""
    assert copies_of(PAPERS["notice"], 22) == 23
    assert copies_of(PAPERS["agenda"], 22) == 22
    assert copies_of(PAPERS["agenda"], 0) == 1
    assert copies_of(PAPERS["tally_sheet"], 22) == 2
    assert copies_of(PAPERS["record"], 22) == 1


def test_the_empty_forms_of_a_unit(work: Work) -> None:
    """Every form that can be had empty, the roster and the log with the month."""
    unit = units.set_up(work, name="山大路194号院党支部", kind="branch", parents=(), chair_name="范例安")
    forms = papers_list.forms(work, unit, "2026-10")
    assert {row.asked.paper for row in forms} <= set(COMPOSERS)
    assert {"sign_in_sheet", "opinion_sheet", "duty_roster", "reception_log"} <= {row.asked.paper for row in forms}
    monthly = [row.asked for row in forms if row.paper.about == "none"]
    assert {asked.period for asked in monthly} == {"2026-10"}
    assert all(papers_made.made(work, row.asked).pages for row in forms)


def test_the_code_is_known_as_it_is_read_aloud(work: Work, consultation: uuid.UUID, tmp_path: Path) -> None:
    """The digits alone tell which paper it is and whether it still says the same."""
    asked = Asked(paper="agenda", meeting=consultation)
    content = papers_made.write(work, asked, tmp_path / "a.pdf").content_sha256[:16]
    spoken = " ".join(content[at : at + 4].upper() for at in range(0, 16, 4))
    assert papers_made.digits_in(f"〔2026〕第3次 {spoken}\n") == content
    found = papers_made.verify_digits(work, content)
    assert (found.answer, found.asked) == ("content", asked.told())
    with work.act("meetings.edit") as act:
        act.get_one(Meeting, consultation).place = "另一间会议室"
    assert papers_made.verify_digits(work, content).answer == "older"
    assert papers_made.verify_digits(work, "0123456789abcdef").answer == "unknown"
    with pytest.raises(AppError, match="16 digits"):
        papers_made.verify_digits(work, papers_made.digits_in("12 34"))


def test_the_code_of_a_record(work: Work, consultation: uuid.UUID, tmp_path: Path) -> None:
    """Records know their own versions, the posted copy among them."""
    for posted in (False, True):
        asked = Asked(paper="record", meeting=consultation, posted=posted)
        content = papers_made.write(work, asked, tmp_path / "a.pdf").content_sha256[:16]
        found = papers_made.verify_digits(work, content)
        assert (found.answer, found.asked) == ("content", asked.told())

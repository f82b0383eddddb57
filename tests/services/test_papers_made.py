"""Papers on demand: composed, written, and known again by the digits on them."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest
from sqlalchemy import func, select

from deliberation_app import settings
from deliberation_app.errors import AppError, NotFound
from deliberation_app.services import meeting_file, papers_made
from deliberation_app.services.papers_asked import Asked
from deliberation_app.services.work import Work
from deliberation_app.storage.archive import PrintedPaper
from deliberation_app.storage.meetings import Meeting


@pytest.fixture
def theme_day(work: Work) -> uuid.UUID:
    """The theme day of the demonstration."""
    return meeting_file.import_file(work, settings.path("resources", "demo", "theme-day.json")).meeting_id


def test_a_written_paper_is_known_again(work: Work, theme_day: uuid.UUID, tmp_path: Path) -> None:
    """The same content in another file is known, however often it was written."""
    asked = Asked(paper="notice", meeting=theme_day)
    for name in ("a.pdf", "b.pdf"):
        papers_made.write(work, asked, tmp_path / name)
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()
    assert papers_made.verify(work, tmp_path / "a.pdf").answer == "content"
    with work.read() as session:
        assert session.scalar(select(func.count()).select_from(PrintedPaper)) == 1


def test_a_paper_whose_facts_changed_since_is_an_older_version(
    work: Work, theme_day: uuid.UUID, tmp_path: Path
) -> None:
    """Its digits are known, what it says is no longer so."""
    papers_made.write(work, Asked(paper="notice", meeting=theme_day), tmp_path / "a.pdf")
    with work.act("meetings.edit") as act:
        act.get_one(Meeting, theme_day).place = "另一间会议室"
    found = papers_made.verify(work, tmp_path / "a.pdf")
    assert found.answer == "older"
    assert "通知" in found.title


def test_nothing_to_print_is_a_sentence(work: Work, tmp_path: Path) -> None:
    """A notice about no meeting, a month that is none, a paper that nobody posts."""
    with pytest.raises(NotFound, match="会议通知"):
        papers_made.write(work, Asked(paper="notice"), tmp_path / "a.pdf")
    with pytest.raises(AppError, match="no month"):
        Asked(paper="duty_roster", period="2026-13")
    assert not list(tmp_path.glob("*.pdf"))


def test_a_question_keeps_itself(theme_day: uuid.UUID) -> None:
    """What is kept asks the same again."""
    asked = Asked(paper="ballot", meeting=theme_day, vote=uuid.UUID(int=3), period="2026-10", posted=True)
    assert Asked.of(asked.told()) == asked

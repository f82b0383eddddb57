"""Papers as files: written whole or not at all, and known again."""

from __future__ import annotations

import uuid
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from deliberation_app import settings
from deliberation_app.errors import AppError
from deliberation_app.services import meeting_file, papers
from deliberation_app.services.work import Work
from tests.services.small import dump_of


@pytest.fixture
def theme_day(work: Work) -> uuid.UUID:
    """The theme day of the demonstration."""
    return meeting_file.import_file(work, settings.path("resources", "demo", "theme-day.json")).meeting_id


def test_the_archive_copy_carries_its_meeting_file_and_the_posted_one_nothing(work: Work, theme_day: uuid.UUID) -> None:
    """What is inside the archive copy is the meeting file itself."""
    for posted in (False, True):
        with pikepdf.open(BytesIO(papers.record(work, theme_day, posted=posted).pdf)) as document:
            inside = [file.get_file().read_bytes() for file in document.attachments.values()]
        assert inside == ([] if posted else [meeting_file.export(work, theme_day)])


def test_the_same_record_is_the_same_file(work: Work, theme_day: uuid.UUID) -> None:
    """Set twice, byte for byte the same, with the pages it says."""
    first, second = papers.record(work, theme_day), papers.record(work, theme_day)
    assert first == second
    with pikepdf.open(BytesIO(first.pdf)) as document:
        assert len(document.pages) == first.pages


def test_a_paper_that_is_not_known_is_refused(work: Work, theme_day: uuid.UUID, tmp_path: Path) -> None:
    """The sentence names those there are; no file appears."""
    with pytest.raises(AppError, match="record"):
        papers.write(work, theme_day, "poem", tmp_path / "poem.pdf")
    assert not list(tmp_path.glob("poem*"))


def test_a_place_that_cannot_be_written_keeps_what_was_there(work: Work, theme_day: uuid.UUID, tmp_path: Path) -> None:
    """Nothing half written is left, nothing is noted as printed."""
    place = tmp_path / "papers" / "record.pdf"
    place.mkdir(parents=True)
    before = dump_of(work)
    with pytest.raises(AppError, match="another place"):
        papers.write(work, theme_day, "record", place)
    assert [file.name for file in place.parent.iterdir()] == ["record.pdf"]
    assert dump_of(work) == before


def test_what_never_left_the_program_is_unknown(work: Work, theme_day: uuid.UUID, tmp_path: Path) -> None:
    """A paper nobody noted, a foreign PDF, and what is none at all."""
    (tmp_path / "own.pdf").write_bytes(papers.record(work, theme_day).pdf)
    with pikepdf.new() as empty:
        empty.add_blank_page()
        empty.save(tmp_path / "foreign.pdf")
    (tmp_path / "none.pdf").write_text("议", encoding="utf-8")
    assert papers.verify(work, tmp_path / "own.pdf").answer == "unknown"
    assert papers.verify(work, tmp_path / "foreign.pdf").answer == "unknown"
    with pytest.raises(AppError, match="PDF"):
        papers.verify(work, tmp_path / "none.pdf")
    with pytest.raises(AppError, match="cannot be read"):
        papers.verify(work, tmp_path / "nowhere.pdf")

"""Papers as files: written whole or not at all, and known again."""

from __future__ import annotations

import re
import uuid
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from sqlalchemy import select

from deliberation_app import settings
from deliberation_app.errors import AppError
from deliberation_app.services import meeting_file, papers, papers_made, papers_proof
from deliberation_app.services.meeting_intake import people_keys
from deliberation_app.services.papers_asked import Asked
from deliberation_app.services.work import Work
from deliberation_app.storage.base import new_id
from deliberation_app.storage.meetings import AgendaEntry, Meeting
from deliberation_app.storage.people import Person, RegisterEntry, Unit
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
        papers_made.write(work, Asked(paper="poem", meeting=theme_day), tmp_path / "poem.pdf")
    assert not list(tmp_path.glob("poem*"))


def test_a_place_that_cannot_be_written_keeps_what_was_there(work: Work, theme_day: uuid.UUID, tmp_path: Path) -> None:
    """Nothing half written is left, nothing is noted as printed."""
    place = tmp_path / "papers" / "record.pdf"
    place.mkdir(parents=True)
    before = dump_of(work)
    with pytest.raises(AppError, match="another place"):
        papers.write(work, theme_day, place)
    assert [file.name for file in place.parent.iterdir()] == ["record.pdf"]
    assert dump_of(work) == before


def forged(pdf: bytes, replaced: tuple[bytes, bytes]) -> bytes:
    """The paper with other words on its first page, its code left as it is."""
    with pikepdf.open(BytesIO(pdf)) as document:
        page = document.pages[0]
        content = page.Contents.read_bytes()
        assert replaced[0] in content
        page.Contents.write(content.replace(*replaced, 1))
        out = BytesIO()
        document.save(out)
    return out.getvalue()


@pytest.mark.parametrize("posted", [False, True])
def test_a_forged_paper_with_a_genuine_code_is_unknown(
    work: Work, theme_day: uuid.UUID, tmp_path: Path, posted: bool
) -> None:
    """Written anew byte by byte it is the same content; with one word less it is not, and the sentence says whose."""
    own = tmp_path / "own.pdf"
    papers.write(work, theme_day, own, posted=posted)
    with pikepdf.open(own) as document:
        document.save(tmp_path / "again.pdf", object_stream_mode=pikepdf.ObjectStreamMode.disable)
        words = max(re.findall(rb"<[0-9a-f]{8,}> Tj", document.pages[0].Contents.read_bytes()), key=len)
    assert own.read_bytes() != (tmp_path / "again.pdf").read_bytes()
    assert papers_proof.verify(work, tmp_path / "again.pdf").answer == "content"
    (tmp_path / "forged.pdf").write_bytes(forged(own.read_bytes(), (words, b"<" + words[5:])))
    found = papers_proof.verify(work, tmp_path / "forged.pdf")
    assert found.answer == "unknown"
    assert found.title == papers_proof.verify(work, own).title != ""


def test_names_that_only_the_register_knows_are_masked_on_the_board(work: Work, theme_day: uuid.UUID) -> None:
    """Somebody of the unit who is not in the file, and no one of another unit."""
    with work.act("people.add") as act:
        unit = act.get_one(Meeting, theme_day).unit_id
        entry = act.scalars(select(AgendaEntry).where(AgendaEntry.meeting_id == theme_day)).first()
        assert entry is not None
        entry.summary = "尉迟试家漏水，第五例家不漏。"
        for name, of in (("尉迟试", unit), ("第五例", new_id())):
            person = Person(name=name, **people_keys(name))
            act.add(person)
            act.flush()
            if of != unit:
                act.add(Unit(id=of, name="别的院", kind="courtyard"))
            act.add(RegisterEntry(unit_id=of, person_id=person.id, sort_key=person.sort_key))
    with work.read() as session:
        found = papers.source(session, theme_day)
    summary = next(text for text in map(repr, found.record(posted=True).blocks) if "家漏水" in text)
    assert "尉迟*家漏水，第五例家不漏。" in summary
    assert any("尉迟试家漏水" in repr(block) for block in found.record().blocks)


def test_what_never_left_the_program_is_unknown(work: Work, theme_day: uuid.UUID, tmp_path: Path) -> None:
    """A paper nobody noted, a foreign PDF, and what is none at all."""
    (tmp_path / "own.pdf").write_bytes(papers.record(work, theme_day).pdf)
    with pikepdf.new() as empty:
        empty.add_blank_page()
        empty.save(tmp_path / "foreign.pdf")
    (tmp_path / "none.pdf").write_text("议", encoding="utf-8")
    assert papers_proof.verify(work, tmp_path / "own.pdf").answer == "unknown"
    assert papers_proof.verify(work, tmp_path / "foreign.pdf").answer == "unknown"
    with pytest.raises(AppError, match="PDF"):
        papers_proof.verify(work, tmp_path / "none.pdf")
    with pytest.raises(AppError, match="cannot be read"):
        papers_proof.verify(work, tmp_path / "nowhere.pdf")

"""Numbered supplements: what was signed stays byte for byte, what corrects it is printed and signed beside it."""

from __future__ import annotations

import uuid
from datetime import date
from pathlib import Path

import pikepdf
import pytest

from deliberation_app import settings
from deliberation_app.errors import NotFound, RuleBroken
from deliberation_app.services import (
    enclosures,
    meeting_file,
    papers,
    papers_made,
    papers_scanned,
    signing,
    signing_scan,
    supplements,
    supplements_paper,
)
from deliberation_app.services.papers_asked import Asked
from deliberation_app.services.work import Work
from tests.papers.reading import text_of
from tests.services.signers import hand, scan_of
from tests.services.small import dump_of

FILE = "shandalu194-consultation.json"


@pytest.fixture
def signed(work: Work) -> uuid.UUID:
    """The consultation of the demonstration, its record signed on the screen and locked."""
    meeting = meeting_file.import_file(work, settings.path("resources", "demo", FILE)).meeting_id
    for place in signing.view(work, meeting).places:
        signing.on_screen(work, meeting, place.number, place.expected or "某人", hand())
    reasons = {one.place: "说明过" for one in signing.view(work, meeting).findings}
    signing.lock(work, meeting, reasons=reasons)
    return meeting


def made(work: Work, meeting: uuid.UUID, corrected: str = "改正后的话。", at: int = 3) -> uuid.UUID:
    """A supplement to one passage."""
    key = supplements.passages(work, meeting)[at].key
    return supplements.make(work, meeting, key, corrected=corrected, reason="记录有误", corrector="尹记录")


def test_a_supplement_leaves_the_record_as_it_was(work: Work, signed: uuid.UUID) -> None:
    """Numbered, with page, line, original and reason; the kept record byte for byte the same."""
    before = papers.record(work, signed)
    passage = supplements.passages(work, signed)[3]
    made(work, signed)
    second = made(work, signed, "又一处。", at=5)
    assert papers.record(work, signed) == before
    listed = supplements.listed(work, signed)
    assert [one.number for one in listed] == [1, 2]
    assert (listed[0].original, listed[0].head) == (passage.text, passage.head)
    assert listed[0].stands.startswith("第1页第")
    said = text_of(supplements.printed(work, signed, second).pdf)
    for part in ("会议记录更正页", "更正第2号", "又一处。", "记录有误", "更正人（签名）", "主持人（签名）"):
        assert part in said, part


def test_page_and_line_are_those_of_the_paper(work: Work, signed: uuid.UUID) -> None:
    """Every passage is found; the line counts from the top of its page."""
    pdf = papers.record(work, signed).pdf
    places = [papers.where(pdf, line.text) for line in supplements.passages(work, signed)]
    assert all(places)
    pages = [place.page for place in places]
    assert pages[0] == 1
    assert max(pages) >= 5
    assert papers.where(pdf, "这里没有的话") is None


@pytest.mark.parametrize(
    ("change", "said"),
    [({"corrected": " "}, "should stand"), ({"reason": ""}, "why"), ({"corrector": ""}, "who corrects"),
     ({"key": "nothing"}, "Choose the passage"), ({"corrected": None}, "the same")],
)  # fmt: skip
def test_a_thin_supplement_is_refused(work: Work, signed: uuid.UUID, change: dict, said: str) -> None:
    """Each thing lacking is said, nothing is written."""
    line = supplements.passages(work, signed)[2]
    given = {"key": line.key, "corrected": "新的话", "reason": "有误", "corrector": "尹记录"} | change
    given["corrected"] = line.text if given["corrected"] is None else given["corrected"]
    before = dump_of(work)
    with pytest.raises(RuleBroken, match=said):
        supplements.make(work, signed, given.pop("key"), **given)
    assert dump_of(work) == before


def test_only_a_signed_record_has_supplements(work: Work) -> None:
    """A draft is simply corrected."""
    meeting = meeting_file.import_file(work, settings.path("resources", "demo", FILE)).meeting_id
    with pytest.raises(RuleBroken, match="not signed yet"):
        supplements.passages(work, meeting)
    with pytest.raises(NotFound):
        signing.view(work, meeting, uuid.uuid4())


def test_a_supplement_is_signed_and_locked_like_the_record(work: Work, signed: uuid.UUID, tmp_path: Path) -> None:
    """Corrector on the screen, chair on paper with a scan; another supplement's scan is refused."""
    first, second = made(work, signed), made(work, signed, "又一处。", at=5)
    signing.on_screen(work, signed, 0, "尹记录", hand(), supplement_id=first)
    paper = supplements.printed(work, signed, first)
    signing.on_paper(work, signed, {1: "范例安"}, supplement_id=first)
    other = supplements.printed(work, signed, second)
    (tmp_path / "other.pdf").write_bytes(scan_of(other.pdf, "PDF"))
    with pytest.raises(RuleBroken, match="another paper"):
        signing_scan.attach(work, signed, [tmp_path / "other.pdf"], supplement_id=first)
    (tmp_path / "scan.pdf").write_bytes(scan_of(paper.pdf, "PDF"))
    signing_scan.attach(work, signed, [tmp_path / "scan.pdf"], supplement_id=first)
    code = signing.lock(work, signed, supplement_id=first)
    kept = signing.printed(work, signed, first)
    assert kept.content_sha256.startswith(code)
    assert [one.signed for one in supplements.listed(work, signed)] == [True, False]
    with pytest.raises(RuleBroken, match="locked"):
        signing.on_screen(work, signed, 1, "范例安", hand(), supplement_id=first)


def test_supplements_are_verified(work: Work, signed: uuid.UUID, tmp_path: Path) -> None:
    """Kept once signed, known before; the record names how many correct it."""
    first = made(work, signed)
    unsigned = tmp_path / "unsigned.pdf"
    unsigned.write_bytes(supplements.printed(work, signed, first).pdf)
    assert papers_made.verify(work, unsigned).answer == "content"
    for place, name in ((0, "尹记录"), (1, "范例安")):
        signing.on_screen(work, signed, place, name, hand(), supplement_id=first)
    signing.lock(work, signed, supplement_id=first)
    (tmp_path / "kept.pdf").write_bytes(signing.printed(work, signed, first).pdf)
    assert papers_made.verify(work, tmp_path / "kept.pdf").answer == "kept"
    assert papers_made.verify(work, unsigned).answer == "content"
    (tmp_path / "record.pdf").write_bytes(papers.record(work, signed).pdf)
    assert supplements.to(work, tmp_path / "record.pdf") == 1
    assert supplements.to(work, unsigned) == 0


def test_record_and_supplements_print_together(work: Work, signed: uuid.UUID) -> None:
    """All pages one after the other, the strokes with them."""
    made(work, signed)
    made(work, signed, "又一处。", at=5)
    whole = supplements.together(work, signed)
    said = text_of(whole)
    assert said.startswith(text_of(papers.record(work, signed).pdf)[:200])
    assert said.count("会议记录更正页") == 2


def test_the_command_prints_all_supplements_and_an_empty_form(work: Work, signed: uuid.UUID, tmp_path: Path) -> None:
    """The paper of the table: every supplement of the meeting; nothing without one; the form empty."""
    with pytest.raises(NotFound):
        papers_made.write(work, Asked(paper="supplement", meeting=signed), tmp_path / "a.pdf")
    made(work, signed)
    papers_made.write(work, Asked(paper="supplement", meeting=signed), tmp_path / "a.pdf")
    assert papers_made.verify(work, tmp_path / "a.pdf").answer == "content"
    empty = papers_made.write(work, Asked(paper="supplement", meeting=signed, empty=True), tmp_path / "b.pdf")
    assert "改正后的话" not in text_of(empty.pdf)


def test_a_supplement_can_be_dated(work: Work, signed: uuid.UUID) -> None:
    """The day it was made is the day on the paper."""
    key = supplements.passages(work, signed)[0].key
    one = supplements.make(
        work, signed, key, corrected="新", reason="有误", corrector="尹记录", made_on=date(2026, 4, 2)
    )  # fmt: skip
    assert "2026年4月2日" in text_of(signing.printed(work, signed, one).pdf)
    assert all(line.text for line in supplements_paper.passages(papers_source(work, signed)))


def papers_source(work: Work, meeting: uuid.UUID) -> object:
    """The record as it was signed."""
    with work.read() as session:
        return papers.source(session, meeting).record()


def test_bound_papers_and_scans_are_recognised(work: Work, signed: uuid.UUID, tmp_path: Path) -> None:
    """Record and supplements in one file; a scan by its code; a scan that was taken in; a changed one; nothing."""
    made(work, signed)
    whole = supplements.together(work, signed)
    (tmp_path / "whole.pdf").write_bytes(whole)
    assert papers_scanned.verify(work, tmp_path / "whole.pdf").answer == "content"
    with pikepdf.open(tmp_path / "whole.pdf") as pdf:
        del pdf.pages[2]
        pdf.save(tmp_path / "less.pdf")
    assert papers_scanned.verify(work, tmp_path / "less.pdf").answer == "unknown"
    record = papers.record(work, signed).pdf
    (tmp_path / "scan.pdf").write_bytes(scan_of(record, "PDF", dots=120, pages=slice(-2, None)))
    found = papers_scanned.verify(work, tmp_path / "scan.pdf")
    assert (found.answer, bool(found.title)) == ("scan", True)
    (tmp_path / "photo.jpg").write_bytes(scan_of(record, "JPEG", dots=120, pages=slice(-1, None)))
    assert papers_scanned.verify(work, tmp_path / "photo.jpg").answer == "scan"
    enclosures.add(work, "meeting", signed, "record", tmp_path / "photo.jpg")
    assert papers_scanned.verify(work, tmp_path / "photo.jpg").answer == "kept"
    (tmp_path / "blank.pdf").write_bytes(scan_of(record, "PDF", pages=slice(0, 1)))
    assert papers_scanned.verify(work, tmp_path / "blank.pdf").answer == "unknown"
    assert supplements.to(work, tmp_path / "photo.jpg") == 0

"""A paper is known by what it says, in whatever faces it was set; a forgery is not."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

from deliberation_app import settings
from deliberation_app.papers import fonts_own, proof
from deliberation_app.services import meeting_file, papers_made, papers_scanned
from deliberation_app.services.papers_asked import Asked
from deliberation_app.services.work import Work

FILE = "shandalu194-consultation.json"
# Other faces, so wide that lines and pages break elsewhere.
OWN = {"仿宋": "NotoSansSC-Bold.ttf", "宋体": "NotoSansSC-Regular.ttf"}


@pytest.fixture
def consultation(work: Work) -> uuid.UUID:
    """A meeting whose papers have tables over several pages."""
    return meeting_file.import_file(work, settings.path("resources", "demo", FILE)).meeting_id


@pytest.fixture
def other_fonts() -> Iterator[None]:
    """Whatever faces a test chooses are given back."""
    yield
    fonts_own.choose("")


def choose_others() -> None:
    """Switch the user's own faces on."""
    folder = settings.path("resources", "fonts")
    fonts_own.choose(json.dumps({face: str(folder / file) for face, file in OWN.items()}))


@pytest.mark.parametrize("paper", ["record", "sign_in_sheet", "summary", "posting"])
def test_a_paper_is_known_after_other_fonts_were_chosen(
    work: Work, consultation: uuid.UUID, tmp_path: Path, other_fonts: None, paper: str
) -> None:
    before, after = tmp_path / "before.pdf", tmp_path / "after.pdf"
    papers_made.write(work, Asked(paper=paper, meeting=consultation), before)
    choose_others()
    assert papers_scanned.verify(work, before).answer == "content"
    papers_made.write(work, Asked(paper=paper, meeting=consultation), after)
    assert after.read_bytes() != before.read_bytes()
    fonts_own.choose("")
    assert papers_scanned.verify(work, after).answer == "content"


def test_a_forgery_is_none_of_ours_in_whatever_fonts(
    work: Work, consultation: uuid.UUID, tmp_path: Path, other_fonts: None
) -> None:
    """A page taken out, a page put twice, another mark above the text: each is told."""
    own = tmp_path / "own.pdf"
    papers_made.write(work, Asked(paper="sign_in_sheet", meeting=consultation), own)
    choose_others()
    for name, pages in (("short", [-1]), ("double", [0, 0, 1])):
        with pikepdf.open(own) as whole, pikepdf.new() as forged:
            forged.pages.extend([whole.pages[number] for number in pages])
            forged.save(tmp_path / f"{name}.pdf")
        assert papers_scanned.verify(work, tmp_path / f"{name}.pdf").answer == "unknown"
    told = proof.pages_of(own.read_bytes())
    assert proof.said([("公示件", *page[1:]) for page in told], ()) != proof.said(told, ())
    assert proof.said([(*page[:2], page[2] + "作废") for page in told], ()) != proof.said(told, ())

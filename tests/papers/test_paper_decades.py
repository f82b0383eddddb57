"""Every paper is a file for decades: metadata, colours, fonts, outline; and a damaged one is noticed."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from io import BytesIO

import pikepdf
import pytest

from deliberation_app import settings
from deliberation_app.domain.archive import PAPERS
from deliberation_app.errors import NotFound
from deliberation_app.papers import press
from deliberation_app.papers.document import Document, Heading, Paragraph, Signature
from deliberation_app.papers.hand import Signed
from deliberation_app.services import meeting_file, papers, papers_made, work
from deliberation_app.services.papers_asked import Asked
from deliberation_app.services.papers_table import COMPOSERS
from tests.fresh import fresh
from tests.papers.archive_rules import complaints
from tests.papers.reading import text_of
from tests.services.signers import NOW, hand

FILE = "shandalu194-consultation.json"


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> tuple[work.Work, uuid.UUID]:
    """The consultation of the demonstration."""
    kept = work.open_work(fresh(tmp_path_factory.mktemp("archive") / "a.sqlite"), clock=lambda: NOW)
    yield kept, meeting_file.import_file(kept, settings.path("resources", "demo", FILE)).meeting_id
    kept.close()


@pytest.mark.parametrize("paper", sorted(COMPOSERS))
def test_every_paper_is_made_for_decades(held: tuple[work.Work, uuid.UUID], paper: str) -> None:
    """Archive copy, posted copy, empty form, month: each by the rules, without the meeting file inside."""
    kept, meeting = held
    asked = [Asked(paper=paper, meeting=meeting), Asked(paper=paper, meeting=meeting, empty=True),
             Asked(paper=paper, period="2026-03")]  # fmt: skip
    if PAPERS[paper].posted:
        asked.append(Asked(paper=paper, meeting=meeting, posted=True))
    for question in asked:
        with kept.read() as session:
            try:
                documents = papers_made.compose(session, question)
            except NotFound:
                continue
        assert complaints(papers.press(documents).pdf, attached=False) == []


@pytest.mark.parametrize("posted", [False, True])
def test_the_record_carries_its_meeting_file_only_in_the_archive_copy(
    held: tuple[work.Work, uuid.UUID], posted: bool
) -> None:
    """The archive copy with the file as its source, the posted one without, and no name in its properties."""
    kept, meeting = held
    pdf = papers.record(kept, meeting, posted=posted).pdf
    assert complaints(pdf, attached=not posted) == []
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert len(opened.Root.Outlines) > 2
        properties = opened.Root.Metadata.read_bytes().decode()
    if posted:
        assert not any(name in properties for name in ("范例安", "尹记录", "买买提"))


def drawn(**more: object) -> bytes:
    """A small paper with rare characters, red, strokes."""
    made = Document(
        paper="summary", layout="official", unit="某支部", title="名𬱖𠮷 <&> 测试",
        blocks=(Heading(text="一、𠮷"), Paragraph(text="陆𬱖说：“好”。" * 30)),
        signatures=(Signature(label="主持人（签名）"),),
    )  # fmt: skip
    out = BytesIO()
    press.draw(made, out, signed=Signed(hands={0: hand()}), **more)
    return out.getvalue()


def test_rare_names_hostile_titles_and_strokes_keep_the_rules() -> None:
    """Rare names can be searched, the title is the title, strokes are lines."""
    pdf = drawn()
    assert complaints(pdf, attached=False) == []
    assert "陆𬱖说" in text_of(pdf)
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert str(opened.docinfo["/Title"]) == "某支部名𬱖𠮷 <&> 测试"
    assert drawn() == pdf


def spoil(change: Callable[[pikepdf.Pdf], None]) -> bytes:
    """The paper with something wrong."""
    with pikepdf.open(BytesIO(drawn(attachment=b"{}"))) as pdf:
        change(pdf)
        out = BytesIO()
        pdf.save(out)
    return out.getvalue()


def first_font(pdf: pikepdf.Pdf) -> pikepdf.Object:
    """Some font of the first page."""
    return next(iter(pdf.pages[0].Resources.Font.values()))


FAULTS: dict[str, Callable[[pikepdf.Pdf], None]] = {
    "6.6.2": lambda pdf: pdf.Root.__delitem__("/Metadata"),
    "6.6.3 title": lambda pdf: pdf.docinfo.__setitem__("/Title", pikepdf.String("x")),
    "information": lambda pdf: pdf.docinfo.__setitem__("/Author", pikepdf.String("x")),
    "6.2.3": lambda pdf: pdf.Root.__delitem__("/OutputIntents"),
    "6.8": lambda pdf: pdf.Root.__delitem__("/AF"),
    "not an embedded": lambda pdf: first_font(pdf).FontDescriptor.__delitem__("/FontFile2"),
    "width of": lambda pdf: first_font(pdf).__setitem__("/Widths", pikepdf.Array([5] * len(first_font(pdf).Widths))),
    "symbolic": lambda pdf: first_font(pdf).__setitem__("/Encoding", pikepdf.Name.WinAnsiEncoding),
    "operator": lambda pdf: pdf.pages[0].contents_add(b"1 xyz"),
    "transparency group": lambda pdf: pdf.pages[0].obj.__setitem__("/Group", pikepdf.Dictionary(S=pikepdf.Name.T)),
    "catalogue": lambda pdf: pdf.Root.__setitem__("/OpenAction", pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="1")),
    "not printed": lambda pdf: pdf.pages[0].obj.__setitem__(
        "/Annots", pikepdf.Array([pikepdf.Dictionary(Subtype=pikepdf.Name.Text, F=2)])
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", sorted(FAULTS))
def test_the_checker_notices(fault: str) -> None:
    """A check that cannot fail checks nothing."""
    assert any(fault in complaint for complaint in complaints(spoil(FAULTS[fault])))

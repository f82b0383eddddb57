"""Every paper as .docx, opened and printed by a word processor: the same text, tables and headings."""

from __future__ import annotations

import os
import posixpath
import re
import subprocess
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from docx.oxml.ns import qn
from lxml import etree

from deliberation_app import settings
from deliberation_app.papers import word
from deliberation_app.papers.document import Document, Fields, Heading, SignTable, Slips, Table
from deliberation_app.papers.lines import clean, paragraphs
from deliberation_app.papers.sheet import WIDE
from deliberation_app.services import meeting_file, papers, papers_made, work
from deliberation_app.services.papers_asked import Asked
from deliberation_app.services.papers_table import COMPOSERS
from tests.fresh import fresh
from tests.services import invented
from tests.services.test_papers_all import NOW, texts_in

FONTS = """<?xml version="1.0"?><fontconfig><include ignore_missing="yes">/etc/fonts/fonts.conf</include>
<dir>{ours}</dir><cachedir>{cache}</cachedir></fontconfig>"""
# The order of the schema (ECMA-376-1, wml.xsd) for every set of properties that a paper writes.
ORDER = {
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType "
    "pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid",
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid "
    "vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign lang",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing "
    "tblInd tblBorders shd tblLayout tblCellMar tblLook",
    "trPr": "cantSplit trHeight tblHeader",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
}
# Word processors print these, we do not: the number of the page in the middle of what turns the page.
BETWEEN = re.compile(r"第\d+页共\d+页|—\d+—")


def inner(document: Document) -> list[Any]:
    """The blocks of a paper, those on slips too."""
    return [
        one for part in document.blocks
        for one in ([one for slip in part.slips for one in slip] if isinstance(part, Slips) else [part])
    ]  # fmt: skip


def built_of(document: Document, *, empty: bool) -> Any:
    """What a paper is built of; a second one that is built of the same says nothing new of the file."""
    built = {(type(part), getattr(part, "columns", None)) for part in (*document.blocks, *inner(document))}
    return document.paper, empty, document.coded, frozenset(built)


@pytest.fixture(scope="module")
def all_papers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Document]]:
    """Every paper as the meetings of the demonstration fill it in, and empty; of those built alike the first."""
    kept = work.open_work(fresh(tmp_path_factory.mktemp("word") / "papers.sqlite"), clock=lambda: NOW)
    found: list[Document] = []
    kinds: set[Any] = set()

    def seen(kind: Any) -> bool:
        known = kind in kinds
        kinds.add(kind)
        return known

    meetings = [
        meeting_file.import_bytes(kept, invented.changed(str, name)).meeting_id
        for name in ("shandalu194-consultation", "branch-assembly-admission", "shandalu194-owners-vote")
    ]
    with kept.read() as session:
        found.append(papers.as_paper(papers.source(session, meetings[0]).record(posted=False)))
        for paper in COMPOSERS:
            asked = [Asked(paper=paper, meeting=meeting) for meeting in meetings]
            for question in [*asked, Asked(paper=paper, empty=True)]:
                try:
                    made = papers_made.compose(session, question)
                except papers_made.NotFound:
                    continue
                found += [one for one in made if not seen(built_of(one, empty=question.empty))]
    yield found
    kept.close()


@pytest.fixture(scope="module")
def file(all_papers: list[Document]) -> bytes:
    """All of them in one file."""
    return word.write(all_papers)


@pytest.fixture(scope="module")
def converted(file: bytes, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """What a word processor makes of it."""
    place = tmp_path_factory.mktemp("converted")
    source = place / "papers.docx"
    source.write_bytes(file)
    # the program's own faces, so that a computer without Chinese ones shows the text too
    fonts = settings.path("resources", "fonts")
    (place / "fonts.conf").write_text(FONTS.format(ours=fonts, cache=place / "cache"), "utf-8")
    command = ("soffice", "--headless", f"-env:UserInstallation=file://{place}/profile", "--convert-to", "pdf")
    subprocess.run(
        (*command, "--outdir", str(place), str(source)), check=True, capture_output=True, timeout=300,
        env={**os.environ, "HOME": str(place), "FONTCONFIG_FILE": str(place / "fonts.conf")},
    )  # fmt: skip
    return Path(place / "papers.pdf").read_bytes()


def bare(text: str) -> str:
    """The text without marks and white space, the numbers of pages, and rare names that the fonts here may lack."""
    return re.sub(r"[\W_＿\U00010000-\U0010ffff]", "", BETWEEN.sub("", "".join(text.split())))


def test_the_word_processor_shows_the_text_of_every_paper(all_papers: list[Document], converted: bytes) -> None:
    read = pypdfium2.PdfDocument(converted)
    pages = [page.get_textpage().get_text_range().replace("\ufffe", "") for page in read]
    read.close()
    # a heading row repeated on the next page, or a cell that turns the page, may stand in the middle of a text
    drawn = bare("".join(pages))
    lost = [
        (document.paper, part)
        for document in all_papers
        for text in texts_in(document)
        for part in paragraphs(text)
        if text != document.number and text != document.mark and bare(clean(part)) not in drawn
    ]
    assert len({paper for paper, _ in lost}) <= 1, lost
    # what is lost only turns the page: its letters are there
    assert all(not set(bare(text)) - set(drawn) for _, text in lost)


def test_codes_are_square_and_whole(converted: bytes) -> None:
    read = pypdfium2.PdfDocument(converted)
    sizes = [
        (right - left, top - bottom)
        for page in read
        for found in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_IMAGE,))
        for left, bottom, right, top in [found.get_bounds()]
    ]
    read.close()
    assert len(sizes) > 20
    for wide, high in sizes:
        assert wide == pytest.approx(high, rel=0.02)
        assert wide == pytest.approx(10.5 * 72 / 25.4, rel=0.05)


def test_each_paper_begins_on_a_page_of_its_own_and_counts_from_1(all_papers: list[Document], file: bytes) -> None:
    opened = docx.Document(BytesIO(file))
    assert len(opened.sections) == len(all_papers)
    for section in opened.sections:
        assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
        assert (round(section.left_margin.mm), round(section.top_margin.mm)) == (28, 37)
        assert section._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"
    footers = [section.footer._element.xml for section in opened.sections]
    for document, footer in zip(all_papers, footers, strict=True):
        assert ("PAGE" in footer) == document.coded


def parts_of(documents: list[Document], kind: Any) -> list[Any]:
    """All blocks of a kind, those on slips too."""
    return [one for document in documents for one in inner(document) if isinstance(one, kind)]


def test_headings_are_headings_and_tables_are_tables(all_papers: list[Document], file: bytes) -> None:
    opened = docx.Document(BytesIO(file))
    headings = [lines.text for lines in opened.paragraphs if str(lines.style.name).startswith("Heading")]
    assert headings == [clean(part.text) for part in parts_of(all_papers, Heading) if clean(part.text)]
    ruled = [one for one in opened.tables if one.style.name == "Table Grid"]
    told = parts_of(all_papers, (Table, SignTable, Fields))
    assert len(ruled) >= len(told)
    for one in ruled:
        wide = sum(column.width.pt for column in one.columns)
        assert wide == pytest.approx(WIDE, abs=1)
    heads = [row for one in ruled for row in one.rows if row._tr.xpath("./w:trPr/w:tblHeader")]
    assert len(heads) == len(parts_of(all_papers, (Table, SignTable)))


def test_the_file_is_sound(file: bytes) -> None:
    """Well-formed, no id twice, every relation leads somewhere, faces for East Asian text in every run."""
    with zipfile.ZipFile(BytesIO(file)) as kept:
        names = set(kept.namelist())
        assert kept.testzip() is None
        for name in names:
            if name.endswith((".xml", ".rels")):
                etree.fromstring(kept.read(name))
        body = etree.fromstring(kept.read("word/document.xml"))
        relations = etree.fromstring(kept.read("word/_rels/document.xml.rels"))
    for one in relations:
        if one.get("TargetMode") != "External":
            assert posixpath.normpath(posixpath.join("word", one.get("Target"))).lstrip("/") in names
    ids = body.xpath("//*[local-name()='docPr']/@id")
    assert len(ids) == len(set(ids))
    runs = body.xpath("//*[local-name()='r'][*[local-name()='t']]")
    faced = body.xpath("//*[local-name()='r'][*[local-name()='t']]/*[local-name()='rPr']/*[local-name()='rFonts']")
    assert len(faced) == len(runs)
    for kind, order in ORDER.items():
        for properties in body.xpath(f"//*[local-name()='{kind}']"):
            found = [etree.QName(child).localname for child in properties]
            assert found == sorted(found, key=order.split().index), kind


def test_nothing_in_the_file_asks_for_a_repair(file: bytes) -> None:
    """One list of styles, Chinese as its language, no theme over a face that is named, no empty lines for distance."""
    with zipfile.ZipFile(BytesIO(file)) as kept:
        assert not [name for name in kept.namelist() if "WithEffects" in name or "thumbnail" in name]
        styles = etree.fromstring(kept.read("word/styles.xml"))
        body = etree.fromstring(kept.read("word/document.xml"))
    assert {one.get(qn("w:eastAsia")) for one in styles.iter(qn("w:lang"))} == {"zh-CN"}
    named = [one for tree in (styles, body) for one in tree.iter(qn("w:rFonts")) if one.get(qn("w:eastAsia"))]
    assert named
    assert not [one for one in named if one.get(qn("w:eastAsiaTheme")) or one.get(qn("w:asciiTheme"))]
    empty = [
        lines for lines in body.find(qn("w:body")).findall(qn("w:p"))
        if not "".join(lines.itertext()).strip() and not lines.xpath(".//*[local-name()='sectPr']")
        and not lines.xpath(".//*[local-name()='drawing']")
    ]  # fmt: skip
    # the low line that keeps a table from growing into the next is the only one
    assert all(lines.getprevious().tag == qn("w:tbl") for lines in empty)


def test_the_same_papers_are_the_same_file(all_papers: list[Document], file: bytes) -> None:
    assert word.write(all_papers) == file

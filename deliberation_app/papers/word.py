"""Writes any paper as .docx, with the same text, tables and headings, for those who must paste it elsewhere."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import docx
from docx.document import Document as File
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph as Lines

from deliberation_app.papers import fonts, sheet
from deliberation_app.papers.document import (
    Addressee,
    Attachments,
    Closing,
    Document,
    Fields,
    Hanging,
    Heading,
    Imprint,
    Note,
    PageBreak,
    Paragraph,
    RedHead,
    SignTable,
    Slips,
    Statement,
    Table,
    Vote,
    WritingLines,
)
from deliberation_app.papers.lines import clean, paragraphs
from deliberation_app.papers.word_tables import add_fields, add_table, add_vote, named, run, side_by_side

# Every file says the same moment, so that the same paper is the same file.
MOMENT = datetime(2000, 1, 1, tzinfo=UTC)
RED = RGBColor(0xFF, 0x33, 0x33)
# parts of the library's pattern that contradict the styles here, so that word processors would offer a repair
SECOND_STYLES, THUMBNAIL = "/stylesWithEffects", "/thumbnail"
LEVELS = ("Heading 1", "Heading 2", "Heading 3")


def write(papers: Document | Sequence[Document]) -> bytes:
    """One paper or several as the bytes of a .docx; each begins on a page of its own."""
    documents = (papers,) if isinstance(papers, Document) else tuple(papers)
    file = docx.Document()
    _bare(file)
    _styles(file)
    file.settings.odd_and_even_pages_header_footer = True
    for n, document in enumerate(documents):
        _section(file, document, first=not n)
        _paper(file, document)
    properties = file.core_properties
    properties.title, properties.author, properties.language = clean(documents[0].title), "", "zh-CN"
    properties.created = properties.modified = MOMENT
    properties.last_modified_by, properties.comments = "", ""
    drawn = BytesIO()
    file.save(drawn)
    return _same_bytes(drawn.getvalue())


def _bare(file: File) -> None:
    """The library's own pattern without what it leaves behind: a second, older list of styles, a foreign language."""
    for relation in [key for key, one in file.part.rels.items() if one.reltype.endswith(SECOND_STYLES)]:
        del file.part.rels[relation]
    package = file.part.package
    for relation in [key for key, one in package.rels.items() if one.reltype.endswith(THUMBNAIL)]:
        del package.rels[relation]
    for language in file.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    for language in file.settings.element.iter(qn("w:themeFontLang")):
        language.set(qn("w:eastAsia"), "zh-CN")


def _styles(file: File) -> None:
    """Body and headings in the faces and distances of the paper, so that what is typed on looks the same."""
    normal: Any = file.styles["Normal"]
    normal.font.size = Pt(16)
    named(normal.element.get_or_add_rPr(), fonts.FANGSONG)
    normal.paragraph_format.line_spacing = Pt(sheet.PITCH)
    normal.paragraph_format.space_after = normal.paragraph_format.space_before = Pt(0)
    for name, face in zip(LEVELS, (fonts.HEITI, fonts.KAITI, fonts.FANGSONG), strict=True):
        style: Any = file.styles[name]
        style.font.size, style.font.bold = Pt(16), False
        style.font.color.rgb = RGBColor(0, 0, 0)
        named(style.element.get_or_add_rPr(), face)
        style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)
        style.paragraph_format.line_spacing = Pt(sheet.PITCH)


def _section(file: File, document: Document, *, first: bool) -> None:
    """A4 with the margins of the standard; the pages of each paper are numbered from 1 (secret ballots not at all)."""
    section = file.sections[0] if first else file.add_section(WD_SECTION.NEW_PAGE)
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.left_margin = Mm(37), Mm(28)
    section.bottom_margin, section.right_margin = Mm(35), Mm(26)
    section.footer_distance = Mm(35 - 7 - 6)
    if first:  # the sections after it are made like the one before
        start = OxmlElement("w:pgNumType")
        start.set(qn("w:start"), "1")
        section._sectPr.find(qn("w:pgMar")).addnext(start)  # in the order of the schema
    for footer, side in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT), (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)
    ):  # fmt: skip
        footer.is_linked_to_previous = False
        lines = footer.paragraphs[0]
        lines.alignment = side
        lines.paragraph_format.left_indent = lines.paragraph_format.right_indent = Pt(14)
        if document.coded:
            _folio(lines, document.layout)


def _folio(lines: Lines, layout: str) -> None:
    parts = ("第", "PAGE", "页") if layout == "table" else ("— ", "PAGE", " —")
    for part in parts:
        if part.isupper():
            for kind, text in (("begin", ""), ("", part), ("end", "")):
                added = run(lines, "", fonts.SONGTI, sheet.SIZE_4)
                piece = OxmlElement("w:fldChar" if kind else "w:instrText")
                if kind:
                    piece.set(qn("w:fldCharType"), kind)
                else:
                    piece.text = text
                added._element.append(piece)
        else:
            run(lines, part, fonts.SONGTI, sheet.SIZE_4)


def _run(lines: Lines, text: str, face: str = fonts.FANGSONG, size: float = 16, *, red: bool = False) -> None:
    added = run(lines, text, face, size)
    if red:
        added.font.color.rgb = RED


def _paper(file: File, document: Document) -> None:
    if document.mark:
        mark = file.add_paragraph()
        mark.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        _run(mark, clean(document.mark), fonts.HEITI, sheet.SIZE_5)
    headed = bool(document.blocks) and isinstance(document.blocks[0], RedHead)
    if not headed:
        _title(file, document.unit, document.title)
    for n, part in enumerate(document.blocks):
        SETTERS[type(part)](file, part)
        if headed and not n:
            _title(file, "", document.title)
    if document.signatures and file.element.body[-2].tag == qn("w:p"):
        file.paragraphs[-1].paragraph_format.keep_with_next = True  # nobody signs on a page of its own
    for n, place in enumerate(document.signatures, start=1):
        lines = _line(file, clean(place.label).rstrip("：:") + "：" + "＿" * 8)
        lines.paragraph_format.keep_with_next = n < len(document.signatures)
    for text in document.footnotes:
        _note(file, Note(text=text))


def _title(file: File, unit: str, title: str) -> None:
    texts = [text for text in (clean(unit), clean(title)) if text]
    for n, text in enumerate(texts, start=1):
        lines = file.add_paragraph()
        lines.paragraph_format.space_after = Pt(sheet.PITCH / 2 if n == len(texts) else 0)
        lines.alignment = WD_ALIGN_PARAGRAPH.CENTER
        lines.paragraph_format.line_spacing = Pt(38)
        lines.paragraph_format.keep_with_next = True
        _run(lines, text, fonts.XIAOBIAOSONG, sheet.SIZE_2)


def _line(file: File, text: str, face: str = fonts.FANGSONG, indent: float = 2) -> Lines:
    lines = file.add_paragraph()
    lines.paragraph_format.first_line_indent = Pt(16 * indent)
    _run(lines, text, face)
    return lines


def _heading(file: File, part: Heading) -> None:
    text = clean(part.text)
    if not text:
        return
    lines = file.add_heading(level=min(part.level, 3))
    lines.paragraph_format.first_line_indent = Pt(32)
    _run(lines, text, {1: fonts.HEITI, 2: fonts.KAITI}.get(part.level, fonts.FANGSONG))


def _paragraph(file: File, part: Paragraph) -> None:
    texts = [text for text in paragraphs(part.text) if text.strip()] or [""] * bool(part.label)
    for n, text in enumerate(texts):
        lines = file.add_paragraph()
        lines.paragraph_format.first_line_indent = Pt(32)
        if part.label and not n:
            _run(lines, clean(part.label), fonts.HEITI)
        _run(lines, text)


def _statement(file: File, part: Statement) -> None:
    first, *more = paragraphs(part.text)
    lines = file.add_paragraph()
    lines.paragraph_format.left_indent = Pt(32 if part.answer else 0)
    lines.paragraph_format.first_line_indent = Pt(32)
    if part.side:
        _run(lines, f"［{clean(part.side)}］", fonts.HEITI)
    if part.speaker:
        _run(lines, clean(part.speaker), fonts.HEITI)
    if part.time:
        _run(lines, f"（{clean(part.time)}）")
    if part.speaker or part.time:
        _run(lines, "：")
    _run(lines, first)
    for text in more:
        lines = _line(file, text)
        lines.paragraph_format.left_indent = Pt(32 if part.answer else 0)
    if part.note:
        _run(lines, f"（{clean(part.note)}）", fonts.KAITI)


def _note(file: File, part: Note) -> None:
    for text in paragraphs(part.text):
        lines = file.add_paragraph()
        lines.paragraph_format.line_spacing = 1.2
        _run(lines, text, fonts.SONGTI, sheet.SIZE_5)


def _writing_lines(file: File, part: WritingLines) -> None:
    for n in range(part.count):
        label = clean(part.label) if n == 0 else ""
        _run(file.add_paragraph(), label + "＿" * (26 - len(label)))


def _hanging(file: File, part: Hanging) -> None:
    lines = file.add_paragraph()
    if part.first:
        lines.paragraph_format.space_before = Pt(sheet.PITCH)
    inset = 16 * (2 + len(clean(part.label)))
    lines.paragraph_format.left_indent = Pt(inset)
    lines.paragraph_format.first_line_indent = Pt(32 - inset)
    _run(lines, clean(part.label), fonts.HEITI)
    _run(lines, clean(part.text))


def _red_head(file: File, part: RedHead) -> None:
    lines = file.add_paragraph()
    lines.alignment = WD_ALIGN_PARAGRAPH.CENTER
    lines.paragraph_format.line_spacing = Pt(60)
    _run(lines, clean(part.text), fonts.XIAOBIAOSONG, 36 if part.red else 26, red=part.red)
    if part.number:
        lines = file.add_paragraph()
        lines.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _run(lines, clean(part.number))
    if part.office or part.date:
        side_by_side(file, clean(part.office), clean(part.date))


def _addressee(file: File, part: Addressee) -> None:
    _run(file.add_paragraph(), clean(part.text).rstrip("：:") + "：")


def _attachments(file: File, part: Attachments) -> None:
    several = len(part.names) > 1
    for n, name in enumerate(part.names, start=1):
        head = "附件：" if n == 1 else ""
        _line(file, head + (f"{n}. " if several else "") + clean(name).rstrip("。；;"), indent=2 if n == 1 else 5)


def _closing(file: File, part: Closing) -> None:
    texts = [text for text in (part.name, part.date) if text.strip()]
    for n, text in enumerate(texts, start=1):
        lines = file.add_paragraph()
        if n == 1:
            lines.paragraph_format.space_before = Pt(sheet.PITCH)
        lines.paragraph_format.keep_with_next = n < len(texts)
        lines.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        lines.paragraph_format.right_indent = Pt(64 if part.sealed else 32)
        _run(lines, clean(text))


def _imprint(file: File, part: Imprint) -> None:
    if part.copies_to:
        _run(file.add_paragraph(), "抄送：" + clean(part.copies_to).rstrip("。") + "。", size=sheet.SIZE_4)
    side_by_side(file, clean(part.office), f"{clean(part.date)}印发")


def _slips(file: File, part: Slips) -> None:
    for contents in part.slips:
        for title in part.titles:
            lines = file.add_paragraph()
            lines.alignment = WD_ALIGN_PARAGRAPH.CENTER
            _run(lines, clean(title), fonts.HEITI, sheet.SIZE_4)
        for content in contents:
            SETTERS[type(content)](file, content)
        _run(file.add_paragraph(), "－ " * 28, fonts.SONGTI, sheet.SIZE_5)


def _page_break(file: File, _part: PageBreak) -> None:
    file.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


SETTERS: dict[type, Callable[[File, Any], None]] = {
    Addressee: _addressee, Attachments: _attachments, Closing: _closing, SignTable: add_table, Fields: add_fields,
    Hanging: _hanging, Heading: _heading, Imprint: _imprint, Note: _note, PageBreak: _page_break,
    Paragraph: _paragraph, RedHead: _red_head, Slips: _slips, Statement: _statement, Table: add_table, Vote: add_vote,
    WritingLines: _writing_lines,
}  # fmt: skip


def _same_bytes(data: bytes) -> bytes:
    """The same file with every part dated the same, in the same order."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as kept:
        for name in made.namelist():
            kept.writestr(zipfile.ZipInfo(name, MOMENT.timetuple()[:6]), made.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()

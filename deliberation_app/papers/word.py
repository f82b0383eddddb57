"""Writes any paper as .docx, with the same text, tables and headings, for those who must paste it elsewhere."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import docx
import segno
from docx.document import Document as File
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import _Cell
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

# What word processors here call the faces; where one is missing they take their own.
NAMES = {
    fonts.FANGSONG: "仿宋_GB2312", fonts.HEITI: "黑体", fonts.KAITI: "楷体_GB2312", fonts.SONGTI: "宋体",
    fonts.XIAOBIAOSONG: "方正小标宋简体",
}  # fmt: skip
# Every file says the same moment, so that the same paper is the same file.
MOMENT = datetime(2000, 1, 1, tzinfo=UTC)
RED = RGBColor(0xFF, 0x33, 0x33)
CODE_SIDE = Mm(11.5)


def write(papers: Document | Sequence[Document]) -> bytes:
    """One paper or several as the bytes of a .docx; each begins on a page of its own."""
    documents = (papers,) if isinstance(papers, Document) else tuple(papers)
    file = docx.Document()
    _page(file)
    for n, document in enumerate(documents):
        if n:
            file.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        _paper(file, document)
    properties = file.core_properties
    properties.title, properties.author, properties.language = clean(documents[0].title), "", "zh-CN"
    properties.created = properties.modified = MOMENT
    properties.last_modified_by, properties.comments = "", ""
    drawn = BytesIO()
    file.save(drawn)
    return _same_bytes(drawn.getvalue())


def _page(file: File) -> None:
    section = file.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.left_margin = Mm(37), Mm(28)
    section.bottom_margin, section.right_margin = Mm(35), Mm(26)
    style = file.styles["Normal"]
    style.font.size = Pt(16)
    _face(style.element.get_or_add_rPr(), fonts.FANGSONG)
    style.paragraph_format.line_spacing = Pt(sheet.PITCH)
    style.paragraph_format.space_after = style.paragraph_format.space_before = Pt(0)


def _face(properties: Any, name: str) -> None:
    found = properties.get_or_add_rFonts()
    for which in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        found.set(qn(which), NAMES[name])


def _run(lines: Lines, text: str, face: str = fonts.FANGSONG, size: float = 16, *, red: bool = False) -> None:
    run = lines.add_run(text)
    run.font.size = Pt(size)
    _face(run._element.get_or_add_rPr(), face)
    if red:
        run.font.color.rgb = RED


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
    for place in document.signatures:
        _line(file, clean(place.label).rstrip("：:") + "：" + "＿" * 8)
    for text in document.footnotes:
        _note(file, Note(text=text))


def _title(file: File, unit: str, title: str) -> None:
    for text in (clean(unit), clean(title)):
        if text:
            lines = file.add_paragraph()
            lines.alignment = WD_ALIGN_PARAGRAPH.CENTER
            lines.paragraph_format.line_spacing = Pt(38)
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
    lines.paragraph_format.line_spacing = Pt(sheet.PITCH)
    lines.paragraph_format.space_before = lines.paragraph_format.space_after = Pt(0)
    _run(lines, text, fonts.KAITI if part.level == 2 else fonts.HEITI)
    lines.runs[-1].font.bold = False
    lines.runs[-1].font.color.rgb = RGBColor(0, 0, 0)


def _paragraph(file: File, part: Paragraph) -> None:
    for n, text in enumerate(paragraphs(part.text)):
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


def _grid(file: File, columns: int) -> Any:
    """A ruled table without rows yet; the library does not say what its methods give."""
    grid: Any = file.add_table(rows=0, cols=columns)
    grid.style = "Table Grid"
    return grid


def _cell(cell: _Cell, text: str, face: str = fonts.SONGTI, size: float = sheet.SIZE_SMALL_4) -> None:
    lines = cell.paragraphs[0]
    for n, one in enumerate(paragraphs(text)):
        if n:
            lines = cell.add_paragraph()
        lines.paragraph_format.line_spacing = 1.2
        _run(lines, one, face, size)


def _table(file: File, part: Table | SignTable) -> None:
    codes = part.codes if isinstance(part, SignTable) else ()
    columns = (*part.columns, part.code_column) if isinstance(part, SignTable) else part.columns
    size = sheet.SIZE_5 if len(columns) >= 5 else sheet.SIZE_SMALL_4
    grid = _grid(file, len(columns))
    head = grid.add_row()
    for cell, text in zip(head.cells, columns, strict=True):
        _cell(cell, text, fonts.HEITI, size)
    repeated = OxmlElement("w:tblHeader")
    head._tr.get_or_add_trPr().append(repeated)
    for n, row in enumerate(part.rows):
        cells = grid.add_row().cells
        for cell, text in zip(cells, row, strict=False):
            _cell(cell, text, fonts.SONGTI, size)
        if n < len(codes) and codes[n]:
            picture = BytesIO()
            segno.make_qr(codes[n], error="m").save(picture, kind="png", scale=4)
            picture.seek(0)
            cells[-1].paragraphs[0].add_run().add_picture(picture, width=CODE_SIDE)
    if part.totals:
        _note(file, Note(text=part.totals))


def _fields(file: File, part: Fields) -> None:
    for row in part.rows:
        grid = _grid(file, 2 * len(row))
        cells = grid.add_row().cells
        for n, field in enumerate(row):
            _cell(cells[2 * n], field.label, fonts.HEITI)
            _cell(cells[2 * n + 1], field.text)


def _vote(file: File, part: Vote) -> None:
    told = (
        ("表决事项", part.motion), ("表决方式", part.method), ("票数", part.numbers), ("计算与依据", part.explanation),
        ("表决结果", part.outcome), *(("说明", remark) for remark in part.remarks),
    )  # fmt: skip
    grid = _grid(file, 2)
    for label, text in told:
        if text:
            cells = grid.add_row().cells
            _cell(cells[0], label, fonts.HEITI)
            _cell(cells[1], text)


def _note(file: File, part: Note) -> None:
    for text in paragraphs(part.text):
        _run(file.add_paragraph(), text, fonts.SONGTI, sheet.SIZE_5)


def _writing_lines(file: File, part: WritingLines) -> None:
    for n in range(part.count):
        label = clean(part.label) if n == 0 else ""
        _run(file.add_paragraph(), label + "＿" * (26 - len(label)))


def _hanging(file: File, part: Hanging) -> None:
    lines = file.add_paragraph()
    inset = 16 * (2 + len(clean(part.label)))
    lines.paragraph_format.left_indent = Pt(inset)
    lines.paragraph_format.first_line_indent = Pt(32 - inset)
    _run(lines, clean(part.label), fonts.HEITI)
    _run(lines, clean(part.text))


def _red_head(file: File, part: RedHead) -> None:
    lines = file.add_paragraph()
    lines.alignment = WD_ALIGN_PARAGRAPH.CENTER
    lines.paragraph_format.line_spacing = Pt(60)
    _run(lines, clean(part.text), fonts.XIAOBIAOSONG, 36, red=True)
    if part.number:
        lines = file.add_paragraph()
        lines.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _run(lines, clean(part.number))
    if part.office or part.date:
        grid = file.add_table(rows=1, cols=2)
        _cell(grid.cell(0, 0), part.office, fonts.FANGSONG, 16)
        _cell(grid.cell(0, 1), part.date, fonts.FANGSONG, 16)
        grid.cell(0, 1).paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _addressee(file: File, part: Addressee) -> None:
    _run(file.add_paragraph(), clean(part.text).rstrip("：:") + "：")


def _attachments(file: File, part: Attachments) -> None:
    several = len(part.names) > 1
    for n, name in enumerate(part.names, start=1):
        head = "附件：" if n == 1 else ""
        _line(file, head + (f"{n}. " if several else "") + clean(name).rstrip("。；;"), indent=2 if n == 1 else 5)


def _closing(file: File, part: Closing) -> None:
    for text in (part.name, part.date):
        lines = file.add_paragraph()
        lines.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        lines.paragraph_format.right_indent = Pt(64 if part.sealed else 32)
        _run(lines, clean(text))


def _imprint(file: File, part: Imprint) -> None:
    if part.copies_to:
        _run(file.add_paragraph(), "抄送：" + clean(part.copies_to).rstrip("。") + "。", size=sheet.SIZE_4)
    _run(file.add_paragraph(), f"{clean(part.office)}　{clean(part.date)}印发", size=sheet.SIZE_4)


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
    Addressee: _addressee, Attachments: _attachments, Closing: _closing, SignTable: _table, Fields: _fields,
    Hanging: _hanging, Heading: _heading, Imprint: _imprint, Note: _note, PageBreak: _page_break,
    Paragraph: _paragraph, RedHead: _red_head, Slips: _slips, Statement: _statement, Table: _table, Vote: _vote,
    WritingLines: _writing_lines,
}  # fmt: skip


def _same_bytes(data: bytes) -> bytes:
    """The same file with every part dated the same, in the same order."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as kept:
        for name in made.namelist():
            kept.writestr(zipfile.ZipInfo(name, MOMENT.timetuple()[:6]), made.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()

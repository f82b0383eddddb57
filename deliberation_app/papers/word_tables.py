"""The tables of a paper for word processors: as wide as on paper, their heading repeated, no row split."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from itertools import accumulate, pairwise
from typing import Any

import segno
from docx.document import Document as File
from docx.enum.table import WD_ALIGN_VERTICAL, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph as Lines

from deliberation_app.papers import codes, fonts, form, sheet, table
from deliberation_app.papers.document import Field, Fields, SignTable, Table, Vote
from deliberation_app.papers.lines import paragraphs
from deliberation_app.papers.sheet import MM, WIDE

# What word processors here call the faces; where one is missing they take their own.
NAMES = {
    fonts.FANGSONG: "仿宋_GB2312", fonts.HEITI: "黑体", fonts.KAITI: "楷体_GB2312", fonts.SONGTI: "宋体",
    fonts.XIAOBIAOSONG: "方正小标宋简体",
}  # fmt: skip
CELL_SPACING = 1.15
AFTER_TABLE = Pt(6)


def named(properties: Any, name: str) -> None:
    """Set the face of a run or style for every script."""
    found = properties.get_or_add_rFonts()
    for which in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        found.set(qn(which), NAMES[name])
    for which in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        found.attrib.pop(qn(which), None)  # a face of the theme would win over the one that is named


def run(lines: Lines, text: str, face: str = fonts.FANGSONG, size: float = 16) -> Any:
    """Words of one face and size at the end of a paragraph."""
    added = lines.add_run(text)
    added.font.size = Pt(size)
    named(added._element.get_or_add_rPr(), face)
    return added


def add_table(file: File, part: Table | SignTable) -> None:
    """A table of rows, each with room to sign where it is meant for that, and its code at the end."""
    signed = isinstance(part, SignTable)
    squares = part.codes if isinstance(part, SignTable) else ()
    columns = (*part.columns, part.code_column) if isinstance(part, SignTable) and part.codes else part.columns
    size = sheet.SIZE_5 if len(part.columns) >= table.MANY_COLUMNS else sheet.SIZE_SMALL_4
    shares = part.widths if sum(part.widths) else (1,) * len(part.columns)
    room = WIDE - codes.COLUMN if squares else WIDE
    edges = [0.0, *accumulate(room * share / sum(shares) for share in shares), *((WIDE,) if squares else ())]
    grid = _grid(file, edges)
    head = _row(grid, 0.0)
    for cell, text in zip(head.cells, columns, strict=True):
        write(cell, text, fonts.HEITI, size, middle=True)
    head._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    middle = table.short_columns(part.rows, len(part.columns))
    for n, texts in enumerate(part.rows):
        cells = _row(grid, codes.WRITTEN if signed else 0.0).cells
        for cell, text, centred in zip(cells, texts, middle, strict=False):
            write(cell, text, fonts.SONGTI, size, middle=centred)
        if n < len(squares) and squares[n]:
            _picture(cells[-1], squares[n])
    after(file, part.totals)


def _picture(cell: Any, code: str) -> None:
    """A code to be scanned; its line is as high as the picture."""
    drawn = BytesIO()
    segno.make_qr(code, error="m").save(drawn, kind="png", scale=4)
    drawn.seek(0)
    lines = cell.paragraphs[0]
    lines.paragraph_format.line_spacing = 1.0
    lines.alignment = WD_ALIGN_PARAGRAPH.CENTER
    lines.add_run().add_picture(drawn, width=Mm(codes.SIDE / MM))


def add_fields(file: File, part: Fields) -> None:
    """A form: one table whose rows have their rules where they stand on paper."""
    edges = sorted({round(edge, 2) for row in part.rows for edge in form.row_edges(row)} | {0.0, round(WIDE, 2)})
    grid = _grid(file, edges)
    for row in part.rows:
        _field_row(grid, row, edges)
    after(file)


def _field_row(grid: Any, row: tuple[Field, ...], edges: Sequence[float]) -> None:
    lines = max(field.lines for field in row)
    cells = _row(grid, max(form.ROW, lines * form.WRITTEN)).cells
    own = [round(edge, 2) for edge in form.row_edges(row)]
    texts = [(text, face) for field in row for text, face in ((field.label, fonts.HEITI), (field.text, fonts.SONGTI))]
    for (left, right), (text, face) in zip(pairwise(own), texts, strict=True):
        if right <= left:
            continue
        first, last = edges.index(left), edges.index(right) - 1
        cell = cells[first] if first == last else cells[first].merge(cells[last])
        write(cell, text, face)


def add_vote(file: File, part: Vote) -> None:
    """A vote in a box: the motion, how, the numbers, the arithmetic, the outcome."""
    told = (
        ("表决事项", part.motion), ("表决方式", part.method), ("票数", part.numbers), ("计算与依据", part.explanation),
        (table.PASSED_LABEL, part.outcome), *(("说明", remark) for remark in part.remarks),
    )  # fmt: skip
    label_wide = table.VOTE_LABEL * sheet.SIZE_SMALL_4 + 2 * table.PADDING
    grid = _grid(file, (0.0, label_wide, WIDE))
    for label, text in told:
        if text:
            cells = _row(grid, 0.0).cells
            write(cells[0], label, fonts.HEITI)
            write(cells[1], text)
    after(file)


def side_by_side(file: File, left: str, right: str) -> None:
    """Two texts on one line, one at each edge, without rules."""
    lines = file.add_paragraph()
    lines.paragraph_format.tab_stops.add_tab_stop(Pt(WIDE - 16), 2)
    run(lines, f"\u3000{left}\t{right}")


def write(
    cell: Any, text: str, face: str = fonts.SONGTI, size: float = sheet.SIZE_SMALL_4, *, middle: bool = False
) -> None:
    """The paragraphs of a cell."""
    cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    lines = cell.paragraphs[0]
    for n, one in enumerate(paragraphs(text)):
        if n:
            lines = cell.add_paragraph()
        lines.paragraph_format.line_spacing = CELL_SPACING
        if middle:
            lines.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run(lines, one, face, size)


def after(file: File, text: str = "") -> None:
    """A low line below a table, which else would grow together with the next; totals stand on it."""
    lines = file.add_paragraph()
    lines.paragraph_format.line_spacing = 1.0
    lines.paragraph_format.space_after = AFTER_TABLE
    run(lines, text, fonts.SONGTI, sheet.SIZE_5 if text else 2)


def _grid(file: File, edges: Sequence[float]) -> Any:
    """A ruled table without rows yet, its columns as wide as on paper."""
    grid: Any = file.add_table(rows=0, cols=len(edges) - 1)
    grid.style = "Table Grid"
    grid.alignment = WD_TABLE_ALIGNMENT.CENTER
    grid.autofit = False
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(round(table.PADDING * 20 * 0.75)))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    look = grid._tbl.tblPr.find(qn("w:tblLook"))
    if look is None:
        grid._tbl.tblPr.append(margins)
    else:
        look.addprevious(margins)  # in the order of the schema
    for column, (left, right) in zip(grid.columns, pairwise(edges), strict=True):
        column.width = Pt(right - left)
    return grid


def _row(grid: Any, least: float) -> Any:
    row = grid.add_row()
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if least:
        row.height = Pt(least)
    for cell, column in zip(row.cells, grid.columns, strict=True):
        cell.width = column.width
    return row

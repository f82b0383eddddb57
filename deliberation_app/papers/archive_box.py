"""Labels to be stuck on the boxes (papers.md 7.1): 盒面 with all that a box says, 盒脊 for its back."""

from __future__ import annotations

from collections.abc import Sequence

from deliberation_app.papers.archive_year import BoxFacts, span
from deliberation_app.papers.document import Document, Field, Fields, Slips


def faces(boxes: Sequence[BoxFacts]) -> Document:
    """盒面: one label a box, two on a sheet."""
    slips = tuple(
        (Fields(rows=(
            (Field(label="全宗名称", text=box.fonds, lines=2),),
            (Field(label="年度", text=box.year), Field(label="保管期限", text=box.keep)),
            (Field(label="起件号", text=span(box.pieces[:1])), Field(label="止件号", text=span(box.pieces[-1:]))),
            (Field(label="件数", text=str(len(box.pieces)) if box.pieces else ""), Field(label="盒号", text=box.box)),
        )),)
        for box in boxes or (BoxFacts(fonds=""),)
    )  # fmt: skip
    return Document(
        paper="archive_face", layout="table", title="", blocks=(Slips(slips=slips, titles=("归档文件盒",)),),
        coded=False,
    )  # fmt: skip


def spines(boxes: Sequence[BoxFacts]) -> Document:
    """盒脊: one narrow label a box, as many on a sheet as fit; cut along the dashed lines, then lengthwise."""
    slips = tuple(
        (Fields(rows=((
            Field(label="全宗", text=f"{box.number} {box.fonds}".strip(), share=3),
            Field(label="年度", text=box.year, share=2),
        ), (
            Field(label="期限", text=box.keep), Field(label="件号", text=span(box.pieces)),
            Field(label="盒号", text=box.box),
        ))),)
        for box in boxes or (BoxFacts(fonds=""),)
    )  # fmt: skip
    return Document(
        paper="archive_spine", layout="table", title="", blocks=(Slips(slips=slips),),
        coded=False,
    )  # fmt: skip

"""The year for the archive (papers.md 7.1): 归档文件目录 of a box, its 备考表, and the list of the hand-over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from deliberation_app.papers.document import Document, Field, Fields, Note, Paragraph, Signature, SignTable, Table

COLUMNS = ("序号", "档号", "件号", "责任者", "文号", "题名", "日期", "密级", "页数", "备注")
WIDTHS = (7, 31, 8, 15, 15, 38, 18, 7, 8, 13)
MOVED = ("盒号", "件号", "题名", "日期", "页数", "校验码")
MOVED_WIDTHS = (10, 11, 62, 19, 11, 43)
EMPTY_ROWS = 18


@dataclass(frozen=True, kw_only=True)
class Piece:
    """One 件 as it is written down; the date has eight digits, `checksum` the first sixteen digits in groups."""

    place: str
    code: str
    number: str
    author: str
    reference: str
    title: str
    date: str
    pages: str = ""
    secret: str = ""
    note: str = ""
    checksum: str = ""


@dataclass(frozen=True, kw_only=True)
class BoxFacts:
    """One box; empty texts leave room to write."""

    fonds: str
    number: str = ""  # 全宗号
    year: str = ""
    keep: str = ""
    box: str = ""
    unit: str = ""
    pieces: tuple[Piece, ...] = ()
    remarks: tuple[str, ...] = ()


def catalogue(facts: BoxFacts) -> Document:
    """归档文件目录 of one box."""
    rows = tuple(
        (one.place, one.code, one.number, one.author, one.reference, one.title, one.date, one.secret, one.pages,
         one.note)
        for one in facts.pieces
    )  # fmt: skip
    empty = tuple((str(n), *("",) * (len(COLUMNS) - 1)) for n in range(1, EMPTY_ROWS + 1))
    return Document(
        paper="archive_catalogue", layout="table", unit=facts.fonds, title="归档文件目录",
        blocks=(_head(facts), SignTable(columns=COLUMNS, widths=WIDTHS, rows=rows or empty)),
        signatures=(Signature(label="整理人（签名）"), Signature(label="检查人（签名）")),
    )  # fmt: skip


def _head(facts: BoxFacts) -> Fields:
    return Fields(rows=((
        Field(label="年度", text=facts.year), Field(label="保管期限", text=facts.keep),
        Field(label="盒号", text=facts.box),
    ),))  # fmt: skip


def remarks(facts: BoxFacts) -> Document:
    """备考表: what is to be known of what lies in a box, and what does not."""
    pages = [one.pages for one in facts.pieces]
    counted = str(sum(int(count) for count in pages)) if pages and all(count.isdigit() for count in pages) else ""
    told = "\n".join(facts.remarks)
    form = Fields(rows=(
        (Field(label="全宗名称", text=facts.fonds, lines=2),),
        (Field(label="年度", text=facts.year), Field(label="保管期限", text=facts.keep)),
        (Field(label="盒号", text=facts.box), Field(label="起止件号", text=span(facts.pieces))),
        (Field(label="件数", text=str(len(facts.pieces)) if facts.pieces else ""), Field(label="页数", text=counted)),
        (Field(label="盒内文件情况说明", text=told, lines=12),),
        (Field(label="整理人"), Field(label="检查人")),
        (Field(label="日期"),),
    ))  # fmt: skip
    return Document(
        paper="archive_remarks", layout="table", unit=facts.fonds, title="备考表", blocks=(form,),
        signatures=(Signature(label="整理人（签名）"), Signature(label="检查人（签名）")),
    )  # fmt: skip


def span(pieces: Sequence[Piece]) -> str:
    """起止件号 of a box."""
    if not pieces:
        return ""
    first, last = pieces[0].number, pieces[-1].number
    return first if first == last else f"{first}—{last}"


@dataclass(frozen=True, kw_only=True)
class HandOverFacts:
    """A year handed over: its boxes, who gives, who receives."""

    fonds: str
    year: str
    boxes: tuple[BoxFacts, ...]
    giver: str = ""
    receiver: str = ""
    day: str = ""
    checksum: str = ""


def hand_over(facts: HandOverFacts) -> Document:
    """档案移交清单: the boxes, then each 件 with the first digits of its checksum; signed by both sides."""
    pieces = [(box, one) for box in facts.boxes for one in box.pieces]
    told = (
        f"{facts.fonds}将{facts.year}年度归档文件移交档案室，共{len(facts.boxes)}盒、{len(pieces)}件。"
        "双方当面清点，盒、件、页数及下列校验码相符，各执一份。"
    )
    boxes = Table(
        columns=("盒号", "保管期限", "起止件号", "件数"), widths=(24, 40, 60, 32),
        rows=tuple((box.box, box.keep, span(box.pieces), str(len(box.pieces))) for box in facts.boxes),
    )  # fmt: skip
    rows = tuple((box.box, one.number, one.title, one.date, one.pages, one.checksum) for box, one in pieces)
    checked = f"清单校验码：{facts.checksum}。" if facts.checksum else ""
    note = Note(text=f"{checked}校验码为电子件SHA-256的前16位，只有纸质件的不填。页数未填的，以实物清点为准。")
    return Document(
        paper="archive_hand_over", layout="table", unit=facts.fonds, title=f"{facts.year}年度档案移交清单",
        blocks=(
            Paragraph(text=told), boxes, SignTable(columns=MOVED, widths=MOVED_WIDTHS, rows=rows), note,
            Fields(rows=((Field(label="移交单位", text=facts.fonds), Field(label="接收单位")),
                         (Field(label="移交人", text=facts.giver), Field(label="接收人", text=facts.receiver)),
                         (Field(label="移交日期", text=facts.day),))),
        ),
        signatures=(Signature(label="移交人（签名）"), Signature(label="接收人（签名）")),
    )  # fmt: skip

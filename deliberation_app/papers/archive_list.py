"""卷内文件目录 (papers.md 9): every paper of a file in the order in which it lies there."""

from __future__ import annotations

from dataclasses import dataclass

from deliberation_app.papers.document import Document, Signature, SignTable

COLUMNS = ("件号", "责任者", "文号", "题名", "日期", "页数", "备注")
WIDTHS = (9, 30, 24, 48, 20, 10, 15)
EMPTY_ROWS, EMPTY_ROWS_TITLED = 15, 12


@dataclass(frozen=True, kw_only=True)
class Filed:
    """One paper of the file; the date is written with eight digits (DA/T 22)."""

    author: str
    number: str
    title: str
    date: str
    pages: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class ListFacts:
    """What lies in a file; without papers it is an empty form."""

    unit: str
    subject: str
    papers: tuple[Filed, ...]


def compose(facts: ListFacts) -> Document:
    """The list as a paper."""
    rows = tuple(
        (str(n), one.author, one.number, one.title, one.date, one.pages, one.note)
        for n, one in enumerate(facts.papers, start=1)
    )  # fmt: skip
    empty = tuple((str(n), *("",) * 6) for n in range(1, (EMPTY_ROWS_TITLED if facts.subject else EMPTY_ROWS) + 1))
    title = f"{facts.subject}卷内文件目录" if facts.subject else "卷内文件目录"
    return Document(
        paper="archive_list", layout="table", unit=facts.unit, title=title,
        blocks=(SignTable(columns=COLUMNS, widths=WIDTHS, rows=rows or empty),),
        signatures=(Signature(label="立卷人（签名）"), Signature(label="检查人（签名）")),
    )  # fmt: skip

"""The file of an item as papers: its cover, and the list of what lies in it with the pages that are known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from deliberation_app.domain.archive import PAPERS
from deliberation_app.papers import archive_cover as cover_paper
from deliberation_app.papers import archive_list as list_paper
from deliberation_app.papers.archive_list import Filed
from deliberation_app.papers.document import Document
from deliberation_app.services import papers
from deliberation_app.services.papers_asked import Asked
from deliberation_app.services.papers_item import items, unit_name
from deliberation_app.settings import DISPLAY_ZONE
from deliberation_app.storage.agenda import AgendaItem
from deliberation_app.storage.archive import Enclosure, PrintedPaper
from deliberation_app.storage.minutes import KeptFile

# They enclose the file and are no part of it.
OF_THE_FILE = ("archive_cover", "archive_list")
ONE_PAGE = ("image/jpeg", "image/png")


def archive_cover(session: Session, asked: Asked) -> Sequence[Document]:
    """The cover of each item's file, or an empty one."""
    if asked.empty:
        return (cover_paper.compose(cover_paper.CoverFacts(fonds=unit_name(session, asked))),)
    return tuple(
        cover_paper.compose(
            cover_paper.CoverFacts(
                fonds=unit_name(session, asked, item), title=item.title,
                number=item.archive_number or item.number or "",
                year=str(item.raised_at.astimezone(DISPLAY_ZONE).year) if item.raised_at is not None else "",
                keep=PAPERS["record"].keep.period, pages=_all_pages(tuple(_filed(session, item, ""))),
            )
        )
        for item in items(session, asked)
    )  # fmt: skip


def archive_list(session: Session, asked: Asked) -> Sequence[Document]:
    """What lies in each item's file: papers printed here and scans taken in, or an empty form."""
    if asked.empty:
        return (list_paper.compose(list_paper.ListFacts(unit=unit_name(session, asked), subject="", papers=())),)
    return tuple(
        list_paper.compose(
            list_paper.ListFacts(
                unit=unit_name(session, asked, item), subject=f"“{item.title}”",
                papers=tuple(_filed(session, item, unit_name(session, asked, item))),
            )
        )
        for item in items(session, asked)
    )  # fmt: skip


def _all_pages(filed: Sequence[Filed]) -> str:
    """The pages of the whole file, where those of every paper are known; else they are counted by hand."""
    return str(sum(int(one.pages) for one in filed)) if filed and all(one.pages for one in filed) else ""


def _filed(session: Session, item: AgendaItem, unit: str) -> Iterator[Filed]:
    printed = select(PrintedPaper).where(PrintedPaper.item_id == item.id, PrintedPaper.paper.not_in(OF_THE_FILE))
    for row in session.scalars(printed.order_by(PrintedPaper.printed_at, PrintedPaper.id)):
        yield Filed(
            author=unit, number=item.number or "", title=row.title, date=_eight(row.printed_at),
            pages=str(row.pages or ""), note="打印件",
        )  # fmt: skip
    taken = select(Enclosure).where(
        Enclosure.about == "item", Enclosure.about_id == item.id, Enclosure.removed_at.is_(None),
        Enclosure.paper.not_in(OF_THE_FILE),
    )  # fmt: skip
    for one in session.scalars(taken.order_by(Enclosure.added_at, Enclosure.id)):
        yield Filed(
            author=unit, number=item.number or "", title=one.title, date=_eight(one.taken_at or one.added_at),
            pages=str(_pages(session, one) or ""), note="扫描件",
        )  # fmt: skip


def _pages(session: Session, one: Enclosure) -> int | None:
    """How many pages a file has that was taken in; None where only a person can tell."""
    if one.media_type in ONE_PAGE:
        return 1
    if one.media_type != "application/pdf":
        return None
    content = session.scalars(select(KeptFile.content).where(KeptFile.id == one.file_id)).one()
    return papers.pages_if_open(content)


def _eight(at: datetime) -> str:
    return at.astimezone(DISPLAY_ZONE).strftime("%Y%m%d")

"""Cover and list of an item's file: the pages that are known are printed, the others are left for a hand."""

from __future__ import annotations

from pathlib import Path

from PIL import Image
from sqlalchemy import select

from deliberation_app import settings
from deliberation_app.papers.document import Document, Fields, SignTable
from deliberation_app.services import enclosures, meeting_file, papers_made
from deliberation_app.services.papers_asked import Asked
from deliberation_app.services.work import Work
from deliberation_app.storage.agenda import AgendaItem


def rows(listed: Document) -> list[tuple[str, str, str]]:
    """Number, pages and remark of each row."""
    (table,) = (block for block in listed.blocks if isinstance(block, SignTable))
    return [(row[0], row[5], row[6]) for row in table.rows if row[3]]


def pages(cover: Document) -> str:
    """What stands for the pages of the whole file."""
    fields = [field for block in cover.blocks if isinstance(block, Fields) for row in block.rows for field in row]
    return next(field.text for field in fields if field.label == "页数")


def test_known_pages_are_printed_and_others_left_for_a_hand(work: Work, tmp_path: Path) -> None:
    """Prints of the program, a photo, a PDF; a file that nobody can count leaves its row and the sum open."""
    meeting_file.import_file(work, settings.path("resources", "demo", "shandalu194-consultation.json"))
    with work.read() as session:
        item = session.scalars(select(AgendaItem.id).where(AgendaItem.number == "2026-01")).one()
    on_list, on_cover = Asked(paper="archive_list", item=item), Asked(paper="archive_cover", item=item)

    def composed(asked: Asked) -> Document:
        with work.read() as session:
            return papers_made.compose(session, asked)[0]

    assert pages(composed(on_cover)) == ""
    sheet = papers_made.write(work, Asked(paper="opinion_sheet", item=item), tmp_path / "sheet.pdf")
    papers_made.write(work, on_cover, tmp_path / "cover.pdf")
    Image.new("RGB", (40, 30)).save(tmp_path / "photo.jpg")
    enclosures.add(work, "item", item, "photo", tmp_path / "photo.jpg")
    enclosures.add(work, "item", item, "other", tmp_path / "sheet.pdf")
    assert sheet.pages > 1
    known = [("1", str(sheet.pages), "打印件"), ("2", "1", "扫描件"), ("3", str(sheet.pages), "扫描件")]
    assert rows(composed(on_list)) == known
    assert pages(composed(on_cover)) == str(2 * sheet.pages + 1)
    Image.new("RGB", (40, 30)).save(tmp_path / "many.tiff", save_all=True, append_images=[Image.new("RGB", (9, 9))])
    enclosures.add(work, "item", item, "other", tmp_path / "many.tiff")
    assert rows(composed(on_list)) == [*known, ("4", "", "扫描件")]
    assert pages(composed(on_cover)) == ""

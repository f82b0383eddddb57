"""A whole file taken out as a folder: its papers as PDF, its scans as they came, 卷内目录.pdf; whole or not at all."""

from __future__ import annotations

import re
import shutil
import unicodedata
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from deliberation_app.domain import archive_needs as law
from deliberation_app.domain import calendar
from deliberation_app.domain.archive import PAPERS
from deliberation_app.errors import N_, AppError, NotFound, RuleBroken, reason_of
from deliberation_app.papers import archive_list as list_paper
from deliberation_app.papers import proof
from deliberation_app.papers.document import Document, Note
from deliberation_app.services import archive, enclosures, papers, papers_made
from deliberation_app.services.archive import About, FileLine, FileView
from deliberation_app.services.archive_evidence import Piece
from deliberation_app.services.archive_intake import Report
from deliberation_app.services.papers_asked import Asked
from deliberation_app.services.papers_table import COMPOSERS
from deliberation_app.services.work import Work
from deliberation_app.storage.archive import PrintedPaper
from deliberation_app.storage.people import Unit

LIST_NAME = "00 卷内目录.pdf"
_LONGEST, _LONGEST_ENDING = 80, 16
_REFUSED = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]')
_HIDDEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
# Names that Windows keeps for devices.
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{one}{n}" for one in ("com", "lpt") for n in range(1, 10))})


@dataclass(frozen=True)
class Entry:
    """One file to be written; `make` gives its bytes, `on_paper` has none."""

    title: str
    ending: str
    make: Callable[[], bytes] | None
    line: FileLine
    piece: Piece


def safe_name(words: str, longest: int = _LONGEST) -> str:
    """A name that every disk takes: no signs that one of them refuses, no hidden ones, not too long, never empty."""
    plain = _HIDDEN.sub("", _REFUSED.sub("_", unicodedata.normalize("NFC", words)))
    plain = " ".join("".join(sign for sign in plain if sign.isprintable()).split())[:longest].strip(" .")
    while len(plain.encode()) > 2 * longest + 20:
        plain = plain[:-1]
    return f"_{plain}" if plain.split(".")[0].lower() in _DEVICES else plain or "_"


def export(work: Work, about: About, key: uuid.UUID, into: Path, report: Report) -> Path | None:
    """Write the file into a new folder below `into`; the answer is that folder, None when somebody stopped it."""
    view = archive.file(work, about, key)
    entries = list(_entries(work, view))
    place = _free(into, safe_name(f"{view.number} {view.title}".strip()))
    part = place.with_name(f".{place.name}.part")
    try:
        part.mkdir(parents=True)
        if _write(work, view, entries, part, report):
            part.replace(place)
            return place
        return None
    except OSError as error:
        raise AppError(N_("The folder {file} could not be written ({reason}). Nothing is left half written."),
                       file=place, reason=reason_of(error)) from error  # fmt: skip
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _free(into: Path, name: str) -> Path:
    place, number = into / name, 2
    while place.exists():
        place, number = into / f"{name} ({number})", number + 1
    return place


def _write(work: Work, view: FileView, entries: list[Entry], part: Path, report: Report) -> bool:
    total = len(entries) + 1
    filed: list[list_paper.Filed] = []
    unit = _unit_name(work, view)
    for done, entry in enumerate(entries):
        report(done, total)
        if report.cancelled():
            return False
        filed.append(_listed(view, unit, entry, _put(entry, len(filed) + 1, part)))
    report(len(entries), total)
    (part / LIST_NAME).write_bytes(papers.press((_contents(view, unit, tuple(filed)),)).pdf)
    report(total, total)
    return not report.cancelled()


def _put(entry: Entry, number: int, part: Path) -> int | None:
    """Write one; the answer is how many pages it has, where that is known."""
    if entry.make is None:
        return entry.piece.pages
    content = entry.make()
    (part / f"{number:02d} {safe_name(entry.title)}{entry.ending}").write_bytes(content)
    return proof.pages_if_open(content) if entry.ending == ".pdf" else 1 if entry.piece.way == "photo" else None


def _contents(view: FileView, unit: str, filed: tuple[list_paper.Filed, ...]) -> Document:
    made = list_paper.compose(list_paper.ListFacts(unit=unit, subject=f"“{view.title}”", papers=filed))
    lacking = "、".join(law.title_of(line.paper) for line in view.ordered("archive") if line.state == "missing")
    if not lacking:
        return made
    return Document(**{**vars(made), "blocks": (*made.blocks, Note(text=f"尚缺：{lacking}。"))})


def _unit_name(work: Work, view: FileView) -> str:
    with work.read() as session:
        return session.get_one(Unit, view.unit_id).name


def _listed(view: FileView, unit: str, entry: Entry, pages: int | None) -> list_paper.Filed:
    notes = {"on_paper": "仅纸质", "scan": "扫描件", "photo": "照片", "printed": "打印件", "signed": "签字件"}
    at = entry.piece.at or view.at
    return list_paper.Filed(
        author=unit, number=view.number, title=entry.title, date=calendar.day_of(at).strftime("%Y%m%d"),
        pages=str(pages) if pages else "", note=notes.get(entry.piece.way, ""),
    )  # fmt: skip


def _entries(work: Work, view: FileView) -> Iterator[Entry]:
    """What is to be written, conclusions first; a paper composed anew stands for its prints."""
    for line in view.ordered("archive"):
        title = law.title_of(line.paper)
        if line.paper in PAPERS:
            yield from _composed(work, view, line, title)
        for piece in line.pieces:
            if piece.way in ("scan", "photo") and piece.key is not None:
                one = enclosures.enclosure(work, piece.key)
                ending = Path(one.file_name).suffix[1:]
                ending = f".{safe_name(ending, _LONGEST_ENDING)}" if ending else ""
                yield Entry(f"{title} {Path(one.file_name).stem}", ending, _content(work, piece.key), line, piece)
            elif piece.way == "on_paper":
                yield Entry(title, "", None, line, piece)


def _content(work: Work, key: uuid.UUID) -> Callable[[], bytes]:
    return lambda: enclosures.content(work, key)


def _composed(work: Work, view: FileView, line: FileLine, title: str) -> Iterator[Entry]:
    signed = next((piece for piece in line.pieces if piece.way == "signed" and piece.key is not None), None)
    if line.paper == "record":
        if signed is not None and signed.key is not None:
            yield Entry(title, ".pdf", _record(work, signed.key), line, signed)
        return
    if line.state != "there" or line.paper not in COMPOSERS:
        return
    printed = next((one for one in reversed(line.pieces) if one.way == "printed" and not one.shared), None)
    asked = (_asked(work, printed.key) if printed is not None and printed.key is not None else None) or Asked(
        paper=line.paper,
        meeting=view.id if view.about == "meeting" else None,
        item=view.id if view.about == "item" else None,
    )
    if not asked.posted and _possible(work, asked):
        yield Entry(
            title, ".pdf", _made(work, asked), line, printed or Piece(way="printed", paper=line.paper, title="")
        )


def _record(work: Work, meeting_id: uuid.UUID) -> Callable[[], bytes]:
    return lambda: papers.record(work, meeting_id).pdf


def _made(work: Work, asked: Asked) -> Callable[[], bytes]:
    return lambda: papers_made.made(work, asked).pdf


def _asked(work: Work, key: uuid.UUID) -> Asked | None:
    with work.read() as session:
        told = session.scalars(select(PrintedPaper.asked).where(PrintedPaper.id == key)).first()
    return None if told is None else Asked.of(told)


def print_again(work: Work, key: uuid.UUID) -> bytes:
    """A paper that was printed, as it is composed from the records now."""
    asked = _asked(work, key)
    if asked is None:
        raise NotFound(N_("This print is not known here any more."))
    return papers_made.made(work, asked).pdf


def _possible(work: Work, asked: Asked) -> bool:
    with work.read() as session:
        return _is_composed(session, asked)


def _is_composed(session: Session, asked: Asked) -> bool:
    try:
        return bool(papers_made.compose(session, asked))
    except (NotFound, RuleBroken):
        return False

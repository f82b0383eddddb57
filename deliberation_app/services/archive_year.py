"""The year's hand-over (DA/T 22): pieces out of the files, numbered by period and put into boxes, then handed over."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from deliberation_app.domain import archive_needs as law
from deliberation_app.domain import calendar
from deliberation_app.domain.archive import FOREVER, THIRTY, WITH_RECORD, WITH_VOTE
from deliberation_app.errors import N_, NotFound, RuleBroken
from deliberation_app.papers import archive_year as paper
from deliberation_app.papers.document import Document, grouped
from deliberation_app.services import archive
from deliberation_app.services.archive import FileLine, FileView
from deliberation_app.services.archive_evidence import Piece
from deliberation_app.services.sheets_out import SheetOut, workbook
from deliberation_app.services.work import Work
from deliberation_app.storage.archive import HandOver
from deliberation_app.storage.base import new_id
from deliberation_app.storage.people import Unit

# A box of four centimetres holds about so many pages; a piece whose pages nobody counted is taken for one.
PAGES_A_BOX = 300
_CODES = {FOREVER: "Y", THIRTY: "D30"}
# With which paper those lie that are kept with another one; the text stands before its enclosures.
_WITH = {WITH_RECORD: ("record", "summary"), WITH_VOTE: ("tally_sheet", "record")}
_MANY = 500
_LONGEST_FONDS = 20


@dataclass(frozen=True, kw_only=True)
class YearPiece:
    """One 件: text and enclosures are one."""

    number: int  # 件号 within year and period
    code: str  # 档号
    author: str
    reference: str
    title: str
    day: str  # eight digits
    pages: int | None
    sha256: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class YearBox:
    """One box."""

    number: int
    keep: str
    pieces: tuple[YearPiece, ...]
    lacking: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class YearList:
    """A year for the archive: as it would be handed over now, or as it was."""

    unit: str
    year: int
    boxes: tuple[YearBox, ...]
    lacking: tuple[str, ...]  # files in which something that blocks is missing
    handed: HandOver | None
    fonds: str = ""

    @property
    def count(self) -> int:
        """How many pieces."""
        return sum(len(box.pieces) for box in self.boxes)

    @property
    def sha256(self) -> str:
        """The checksum of the list."""
        return checksum(self.boxes)


def year_list(work: Work, unit_id: uuid.UUID, year: int) -> YearList:
    """The list of a year; once handed over it is the one that both sides signed."""
    with work.read() as session:
        unit = _unit(session, unit_id)
        handed = session.scalars(
            select(HandOver).where(HandOver.unit_id == unit_id, HandOver.year == year)
            .order_by(HandOver.made_at.desc())
        ).first()  # fmt: skip
        fonds = str((unit.settings or {}).get("fonds") or "")
    if handed is not None:
        return YearList(unit=unit.name, year=year, boxes=thawed(handed.boxes), lacking=(), handed=handed)
    files = [*_files(work, unit_id, "meeting", year), *_files(work, unit_id, "item", year)]
    files.sort(key=lambda one: (one.at, one.id))
    with work.read() as session:
        boxes = tuple(_boxed(_pieces(session, files, unit.name), year, fonds))
    return YearList(unit=unit.name, year=year, boxes=boxes, handed=None, fonds=fonds,
                    lacking=tuple(one.title for one in files if one.red))  # fmt: skip


def _unit(session: Session, unit_id: uuid.UUID) -> Unit:
    unit = session.get(Unit, unit_id)
    if unit is None:
        raise NotFound(N_("This unit is not here; choose another one."))
    return unit


def _files(work: Work, unit_id: uuid.UUID, about: archive.About, year: int) -> Iterator[FileView]:
    after = None
    while True:
        found = archive.page(work, unit_id, about, year=year, after=after, limit=_MANY)
        yield from found.rows
        after = found.next
        if after is None:
            return


def _pieces(session: Session, files: Iterable[FileView], unit: str) -> list[tuple[str, YearPiece]]:
    """Every piece of every file with its period: what is kept with another paper lies with that one."""
    found: list[tuple[str, YearPiece]] = []
    for one in files:
        own = [line for line in one.lines if _held(line)]
        heads = {line.paper for line in own if line.keep not in _WITH}
        for head in (line for line in own if line.keep not in _WITH):
            parts = [head, *(line for line in own if line.keep in _WITH and _head(line, heads) == head.paper)]
            found.append((head.keep, _piece(one, head, parts, unit)))
    return found


def _held(line: FileLine) -> bool:
    """Whether the paper lies in this file itself, not in that of a meeting, and not in the records alone."""
    return line.state == "there" and any(_own(piece) for piece in line.pieces)


def _own(piece: Piece) -> bool:
    return piece.way != "records" and not piece.shared


def _head(line: FileLine, heads: set[str]) -> str:
    return next((paper for paper in _WITH[line.keep] if paper in heads), next(iter(sorted(heads)), ""))


def _piece(view: FileView, head: FileLine, parts: Sequence[FileLine], unit: str) -> YearPiece:
    held = [piece for line in parts for piece in line.pieces if _own(piece) and piece.way != "printed"]
    held = held or [piece for piece in head.pieces if _own(piece)]
    counts = [piece.pages for piece in held]
    # A tick or a scan says when somebody put it there; the paper is of the day of its meeting.
    day = next((piece.at for piece in held if piece.at is not None and piece.way in ("signed", "printed")), view.at)
    names = [law.title_of(line.paper) for line in parts]
    title = _joined(view.title, names[0]) + (f"（附：{'、'.join(names[1:])}）" if names[1:] else "")
    return YearPiece(
        number=0, code="", author=unit, reference=view.number, title=title,
        day=calendar.day_of(day).strftime("%Y%m%d"),
        pages=sum(count or 0 for count in counts) if counts and all(counts) else None,
        sha256=next((piece.sha256 for piece in held if piece.sha256 and piece.way != "printed"), ""),
        note="" if any(piece.way != "on_paper" for piece in held) else "仅纸质",
    )  # fmt: skip


def _joined(subject: str, name: str) -> str:
    """10月支部委员会会议 and 会议记录 share the word they meet at."""
    return subject + (name.removeprefix("会议") if subject.endswith("会议") else name)


def _boxed(pieces: Sequence[tuple[str, YearPiece]], year: int, fonds: str) -> Iterator[YearBox]:
    """Boxes by period, the longest first; 件号 from 1 in each period, box numbers through the year."""
    periods = sorted({keep for keep, _piece in pieces}, key=_rank)
    box = 0
    for keep in periods:
        own = [piece for period, piece in pieces if period == keep]
        numbered = [
            YearPiece(**{**asdict(piece), "number": n, "code": _code(fonds, year, keep, n)})
            for n, piece in enumerate(own, start=1)
        ]  # fmt: skip
        for some in _filled(numbered):
            box += 1
            yield YearBox(number=box, keep=keep, pieces=tuple(some))


def _rank(keep: str) -> tuple[int, str]:
    return (0 if keep == FOREVER else 1000 - int(keep.removesuffix("年")) if keep[:-1].isdigit() else 2000, keep)


def _code(fonds: str, year: int, keep: str, number: int) -> str:
    letters = _CODES.get(keep) or (f"D{keep.removesuffix('年')}" if keep[:-1].isdigit() else keep)
    return f"{fonds + '-' if fonds else ''}WS·{year}-{letters}-{number:04d}"


def _filled(pieces: Sequence[YearPiece]) -> Iterator[list[YearPiece]]:
    some: list[YearPiece] = []
    pages = 0
    for piece in pieces:
        if some and pages + (piece.pages or 1) > PAGES_A_BOX:
            yield some
            some, pages = [], 0
        some.append(piece)
        pages += piece.pages or 1
    if some:
        yield some


# Handing over


def frozen(boxes: Sequence[YearBox]) -> list[Any]:
    """Boxes as plain values that a database keeps."""
    return [asdict(box) for box in boxes]


def thawed(told: Sequence[Any]) -> tuple[YearBox, ...]:
    """The boxes that `frozen` keeps."""
    return tuple(
        YearBox(
            number=box["number"], keep=box["keep"], lacking=tuple(box.get("lacking", ())),
            pieces=tuple(YearPiece(**one) for one in box["pieces"]),
        )
        for box in told
    )  # fmt: skip


def checksum(boxes: Sequence[YearBox]) -> str:
    """SHA-256 of the canonical JSON of the list."""
    text = json.dumps(frozen(boxes), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def hand_over(
    work: Work, unit_id: uuid.UUID, year: int, *, giver: str, receiver: str, on: date, note: str = ""
) -> uuid.UUID:
    """Record that a year was handed to the archive; from then on its list is as it was handed over."""
    if not giver.strip() or not receiver.strip():
        raise RuleBroken(N_("Say who hands over and who receives: both sign the list. Nothing was changed."))
    if on > calendar.day_of(work.clock()):
        raise RuleBroken(N_("The hand-over cannot lie in the future. Nothing was changed."))
    found = year_list(work, unit_id, year)
    if found.handed is not None:
        raise RuleBroken(N_("The year {year} is handed over already. Nothing was changed."), year=year)
    if not found.count:
        raise RuleBroken(N_("There is nothing of {year} to be handed over yet."), year=year)
    with work.act("archive.hand_over") as act:
        made = HandOver(
            id=new_id(), unit_id=unit_id, year=year, boxes=frozen(found.boxes), content_sha256=found.sha256,
            giver=giver.strip(), receiver=receiver.strip(), handed_on=on, note=note.strip() or None, made_at=act.now,
            made_by=work.user_name or None,
        )  # fmt: skip
        act.add(made)
    return made.id


def set_fonds(work: Work, unit_id: uuid.UUID, fonds: str) -> None:
    """Keep the number that the archive has given to the unit's fonds; it begins the code of every piece."""
    if len(fonds.strip()) > _LONGEST_FONDS or not all(sign.isalnum() or sign == "-" for sign in fonds.strip()):
        raise RuleBroken(N_("The fonds number has letters, figures and “-”, at most {most}. Nothing was changed."),
                         most=_LONGEST_FONDS)  # fmt: skip
    with work.act("settings.edit") as act:
        unit = _unit(act, unit_id)
        unit.settings = {**(unit.settings or {}), "fonds": fonds.strip()}


# Papers and sheets


def facts_of(found: YearList) -> tuple[paper.BoxFacts, ...]:
    """The boxes as the papers want them."""
    lacking = tuple(f"{title}：卷内材料尚不齐全。" for title in found.lacking)
    return tuple(
        paper.BoxFacts(
            fonds=found.unit, number=_fonds_in(box), year=str(found.year), keep=box.keep,
            box=str(box.number), unit=found.unit,
            remarks=lacking if box.number == 1 else (),
            pieces=tuple(_written(n, one) for n, one in enumerate(box.pieces, start=1)),
        )
        for box in found.boxes
    )  # fmt: skip


def _fonds_in(box: YearBox) -> str:
    """The number of the fonds as the codes say it: those of a year handed over stay as they were."""
    number, mark, _rest = box.pieces[0].code.partition("-WS·") if box.pieces else ("", "", "")
    return number if mark else ""


def _written(place: int, one: YearPiece) -> paper.Piece:
    return paper.Piece(
        place=str(place), code=one.code, number=str(one.number), author=one.author, reference=one.reference,
        title=one.title, date=one.day, pages=str(one.pages) if one.pages else "", note=one.note,
        checksum=grouped(one.sha256) if one.sha256 else "",
    )  # fmt: skip


def documents(found: YearList) -> dict[str, tuple[Document, ...]]:
    """The papers of a year: catalogue, remarks, hand_over."""
    boxes = facts_of(found)
    handed = found.handed
    moved = paper.HandOverFacts(
        fonds=found.unit, year=str(found.year), boxes=boxes, checksum=grouped(found.sha256),
        giver=handed.giver if handed else "", receiver=handed.receiver if handed else "",
        day=calendar.chinese_date(handed.handed_on) if handed else "",
    )  # fmt: skip
    return {
        "catalogue": tuple(paper.catalogue(box) for box in boxes),
        "remarks": tuple(paper.remarks(box) for box in boxes),
        "hand_over": (paper.hand_over(moved),),
    }


def as_sheets(found: YearList) -> bytes:
    """The list of a year as .xlsx: one sheet of pieces with their whole checksums, one of boxes."""
    pieces = [
        (box.number, box.keep, one.number, one.code, one.author, one.reference, one.title, one.day, one.pages,
         one.sha256, one.note)
        for box in found.boxes for one in box.pieces
    ]  # fmt: skip
    boxes = [(box.number, box.keep, box.pieces[0].number, box.pieces[-1].number, len(box.pieces))
             for box in found.boxes]  # fmt: skip
    return workbook((
        SheetOut(name="归档文件目录", rows=pieces, columns=(
            "盒号", "保管期限", "件号", "档号", "责任者", "文号", "题名", "日期", "页数", "SHA-256", "备注")),
        SheetOut(name="档案盒", rows=boxes, columns=("盒号", "保管期限", "起件号", "止件号", "件数")),
    ))  # fmt: skip

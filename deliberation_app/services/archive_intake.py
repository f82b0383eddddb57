"""Scans and photographs taken in many at a time: looked at first, matched by the code printed on them, then kept."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from sqlalchemy import String, cast, or_, select
from sqlalchemy.orm import Session

from deliberation_app.domain import archive_needs as law
from deliberation_app.domain.archive import PAPERS
from deliberation_app.domain.media import HEAD, media_type, sort_of
from deliberation_app.errors import N_, AppError, RuleBroken, reason_of
from deliberation_app.services import enclosures, signing_paper
from deliberation_app.services.archive import About
from deliberation_app.services.enclosures import MOST_BYTES, Wanted
from deliberation_app.services.work import Work
from deliberation_app.storage.agenda import AgendaItem
from deliberation_app.storage.archive import Enclosure, PrintedPaper
from deliberation_app.storage.meetings import Meeting
from deliberation_app.storage.minutes import KeptFile, Minutes

MOST_FILES = 1000
# What systems leave lying in folders.
_NO_PAPERS = frozenset({"thumbs.db", "desktop.ini", ".ds_store"})
_READABLE = ("application/pdf", "image/")


class Report(Protocol):
    """How long work tells how far it is, and hears that it shall stop."""

    def __call__(self, done: int, total: int = 0) -> None:
        """So many of so many are done."""

    def cancelled(self) -> bool:
        """Whether somebody asked to stop."""


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """One file as it came; `by_code` says that its own code named the paper, `kept_as` that it is here already."""

    path: Path
    size: int = 0
    sha256: str = ""
    media_type: str = ""
    about: About | None = None
    about_id: uuid.UUID | None = None
    owner: str = ""
    paper: str = ""
    by_code: bool = False
    kept_as: str = ""
    fault: AppError | None = None

    @property
    def ready(self) -> bool:
        """Whether it can be taken in as it stands."""
        return self.fault is None and not self.kept_as and self.about_id is not None and bool(self.paper)


def files_in(places: Iterable[Path]) -> list[Path]:
    """Files as given, and everything below the folders among them, in the order of their names."""
    found: list[Path] = []
    for place in places:
        # What was given by itself and is gone meanwhile stays in the list, where its line says so.
        inside = [one for one in sorted(place.rglob("*")) if one.is_file()] if place.is_dir() else [place]
        found += [one for one in inside if _wanted(one)]
    if len(found) > MOST_FILES:
        raise RuleBroken(N_("{count} files are too many at once; at most {most}. Nothing was taken in."),
                         count=len(found), most=MOST_FILES)  # fmt: skip
    if not found:
        raise RuleBroken(N_("There is no scan, photo or other paper in there. Nothing was taken in."))
    return list(dict.fromkeys(found))


def _wanted(file: Path) -> bool:
    return file.name.lower() not in _NO_PAPERS and not file.name.startswith((".", "~$"))


def look(
    work: Work, files: Sequence[Path], report: Report, *, here: tuple[About, uuid.UUID] | None = None
) -> list[Arrival]:
    """Look at files without taking any in; `here` is the file that is open, for what bears no code."""
    found: list[Arrival] = []
    for done, file in enumerate(files):
        report(done, len(files))
        if report.cancelled():
            return []
        found.append(_look(work, file, here))
    report(len(files), len(files))
    return list(_once(found))


def _once(found: Iterable[Arrival]) -> Iterator[Arrival]:
    """The same file twice in one folder is taken once."""
    seen: dict[str, str] = {}
    for one in found:
        twin = seen.get(one.sha256) if one.sha256 else None
        yield one if twin is None else replace(one, kept_as=twin)
        if one.sha256:
            seen.setdefault(one.sha256, one.path.name)


def still_there(found: Iterable[Arrival]) -> list[Arrival]:
    """The same; those whose file is gone meanwhile say so, and the others can be taken in without them."""
    gone = AppError(N_("This file cannot be read ({reason})."), reason=AppError(N_("it is not there")))
    return [one if one.fault is not None or one.path.is_file() else replace(one, fault=gone) for one in found]


def _look(work: Work, file: Path, here: tuple[About, uuid.UUID] | None) -> Arrival:
    try:
        size = file.stat().st_size
        if not 0 < size <= MOST_BYTES:
            sentence = N_("This file is empty.") if not size else N_("This file has more than {most} MB.")
            return Arrival(path=file, size=size, fault=AppError(sentence, most=MOST_BYTES // 1024**2))
        data = file.read_bytes()
    except OSError as error:
        return Arrival(path=file, fault=AppError(N_("This file cannot be read ({reason})."),
                                                 reason=reason_of(error)))  # fmt: skip
    media = media_type(data[:HEAD])
    arrived = Arrival(path=file, size=size, sha256=hashlib.sha256(data).hexdigest(), media_type=media)
    digits = _digits(data, file.name) if media.startswith(_READABLE) else ()
    with work.read() as session:
        arrived = _matched(session, arrived, digits)
        if arrived.about_id is None and here is not None:
            arrived = replace(arrived, about=here[0], about_id=here[1], paper=_named_in(file.stem) or sort_of(media))
        return _named(session, arrived)


def _named_in(name: str) -> str:
    """The paper whose Chinese title stands in the name of the file, the longest one."""
    known = {law.title_of(paper): paper for paper in (*PAPERS, *law.OTHERS) if law.title_of(paper) in name}
    return known[max(known, key=len)] if known else ""


def _digits(data: bytes, name: str) -> tuple[str, ...]:
    """The codes on its pages; a picture that cannot be opened is kept all the same."""
    try:
        return signing_paper.read_scan(data, name).digits
    except AppError:
        return ()


def _matched(session: Session, arrived: Arrival, digits: Sequence[str]) -> Arrival:
    for code in digits:
        printed = select(PrintedPaper).where(PrintedPaper.content_sha256.startswith(code))
        row = session.scalars(printed.order_by(PrintedPaper.printed_at.desc())).first()
        if row is not None and row.paper in PAPERS:
            about: About = "item" if PAPERS[row.paper].about == "item" and row.item_id is not None else "meeting"
            key = row.item_id if about == "item" else row.meeting_id
            if key is not None:
                return replace(arrived, about=about, about_id=key, paper=row.paper, by_code=True)
        record = select(Minutes.meeting_id).where(
            or_(Minutes.content_sha256.startswith(code), cast(Minutes.prints, String).contains(code))
        )
        meeting_id = session.scalars(record).first()
        if meeting_id is not None:
            return replace(arrived, about="meeting", about_id=meeting_id, paper="record", by_code=True)
    return arrived


def _named(session: Session, arrived: Arrival) -> Arrival:
    """Whose file it goes to, and whether it lies there already."""
    if arrived.about_id is None:
        return arrived
    title = _title(session, arrived.about or "meeting", arrived.about_id)
    query = (
        select(Enclosure.title).join(KeptFile, KeptFile.id == Enclosure.file_id)
        .where(KeptFile.sha256 == arrived.sha256, Enclosure.about == arrived.about,
               Enclosure.about_id == arrived.about_id, Enclosure.removed_at.is_(None))
    )  # fmt: skip
    return replace(arrived, owner=title, kept_as=session.scalars(query).first() or "")


def _title(session: Session, about: About, key: uuid.UUID) -> str:
    table = Meeting if about == "meeting" else AgendaItem
    return session.scalars(select(table.title).where(table.id == key)).first() or ""


def assigned(
    work: Work, arrived: Arrival, *, paper: str | None = None, to: tuple[About, uuid.UUID] | None = None
) -> Arrival:
    """The same file as another paper, or for another file: what the eye sees where no code could be read."""
    changed = replace(arrived, paper=paper or arrived.paper)
    if to is not None:
        changed = replace(changed, about=to[0], about_id=to[1])
    with work.read() as session:
        return _named(session, replace(changed, kept_as=""))


def take_in(work: Work, arrivals: Sequence[Arrival], report: Report) -> int:
    """Keep those that are ready, as one act that can be taken back; the answer is how many."""
    wanted = [
        Wanted(one.about or "meeting", one.about_id, one.paper, one.path)
        for one in arrivals if one.ready and one.about_id is not None
    ]  # fmt: skip
    if not wanted:
        raise RuleBroken(N_("None of these files can be taken in: say for each of them which paper it is."))
    reached = _reached(report, len(wanted))
    return len(enclosures.add_all(work, wanted, reached))


def _reached(report: Report, total: int) -> Callable[[int], bool]:
    def tell(done: int) -> bool:
        report(done, total)
        return not report.cancelled()

    return tell

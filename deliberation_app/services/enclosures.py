"""Files taken in: recordings, photographs and scans, kept by checksum, each once, with what they belong to."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from deliberation_app.domain.archive import PAPERS
from deliberation_app.domain.archive_needs import OTHERS
from deliberation_app.domain.media import ENDINGS, HEAD, media_type, sort_of
from deliberation_app.errors import N_, AppError, NotFound, RuleBroken, reason_of
from deliberation_app.services.act import Act
from deliberation_app.services.work import Work
from deliberation_app.storage.agenda import AgendaItem
from deliberation_app.storage.archive import Enclosure
from deliberation_app.storage.base import new_id
from deliberation_app.storage.meetings import AgendaEntry, Meeting
from deliberation_app.storage.minutes import KeptFile
from deliberation_app.storage.tasks import Task
from deliberation_app.storage.voices import Voice
from deliberation_app.storage.votes import Vote

MOST_BYTES = 512 * 1024 * 1024
# What is no scan of one of the PAPERS.
SORTS = ("photo", "audio", "other")


@dataclass(frozen=True)
class Wanted:
    """A file to be taken in: for what, as which paper."""

    about: str
    about_id: uuid.UUID
    paper: str
    path: Path
    title: str = ""
    taken_at: datetime | None = None


@dataclass(frozen=True)
class EnclosureView:
    """A file as lists show it; `removed_reason` is empty while it is there."""

    id: uuid.UUID
    about: str
    about_id: uuid.UUID
    paper: str
    title: str
    media_type: str
    size: int
    sha256: str
    taken_at: datetime | None
    added_at: datetime
    added_by: str
    removed_reason: str = ""

    @property
    def file_name(self) -> str:
        """How a copy is called: the title with the ending of its type, without signs that a disk refuses."""
        safe = "".join("_" if sign in '\\/:*?"<>|' or ord(sign) < 32 else sign for sign in self.title).strip(" .")
        ending = ENDINGS.get(self.media_type, "")
        return (safe or "file") + ("" if safe.lower().endswith(ending) else ending)


def add(
    work: Work,
    about: str,
    about_id: uuid.UUID,
    paper: str,
    path: Path | str,
    *,
    title: str = "",
    taken_at: datetime | None = None,
    unit_id: uuid.UUID | None = None,
) -> uuid.UUID:
    """Take a file in for a meeting, an item, a vote, a task or a voice; for anything else `unit_id` says whose it is.

    `paper` is an id of PAPERS for a scan of it, one of SORTS, or empty: then the content tells which. The answer is
    the id of the enclosure; the bytes are kept once, however often the same file is taken in.
    """
    wanted = Wanted(about, about_id, paper, Path(path), title, taken_at)
    content = _content(wanted.path)
    with work.act("archive.add") as act:
        made = _take(act, work.user_name, wanted, content, unit_id)
    return made.id


def add_all(work: Work, wanted: Sequence[Wanted], reached: Callable[[int], bool]) -> list[uuid.UUID]:
    """Take many files in as one act; `reached(done)` answers False to stop, and then nothing has happened."""
    found: list[uuid.UUID] = []
    with work.act("archive.add") as act:
        for done, one in enumerate(wanted):
            if not reached(done):
                raise AppError(N_("Stopped. Nothing was taken in."))
            found.append(_take(act, work.user_name, one, _content(one.path), None).id)
    return found


def _take(act: Act, by: str, wanted: Wanted, content: bytes, unit_id: uuid.UUID | None) -> Enclosure:
    media = media_type(content[:HEAD])
    sort = wanted.paper or sort_of(media)
    if sort not in PAPERS and sort not in OTHERS:
        raise ValueError(wanted.paper)
    file_id = _kept(act, wanted.path.name, hashlib.sha256(content).hexdigest(), content)
    _refuse_twice(act, wanted.about, wanted.about_id, file_id)
    made = Enclosure(
        id=new_id(), unit_id=unit_id or _unit_of(act, wanted.about, wanted.about_id), about=wanted.about,
        about_id=wanted.about_id, paper=sort, title=wanted.title.strip() or wanted.path.stem, media_type=media,
        taken_at=wanted.taken_at, added_at=act.now, added_by=by or None, file_id=file_id,
    )  # fmt: skip
    act.add(made)
    act.flush()
    return made


def checksum(path: Path) -> str:
    """SHA-256 of a file outside."""
    return hashlib.sha256(_content(path)).hexdigest()


def _content(path: Path) -> bytes:
    """The bytes of a file that may be taken in."""
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise RuleBroken(
                N_("“{name}” has {size} MB; at most {most} MB can be kept. Make the recording smaller (MP3, mono), "
                   "or take it in in parts. Nothing was changed."),
                name=path.name, size=-(-size // 1024**2), most=MOST_BYTES // 1024**2,
            )  # fmt: skip
        content = path.read_bytes()
    except OSError as error:
        raise AppError(N_("“{name}” cannot be read ({reason}). Nothing was changed."), name=path.name,
                       reason=reason_of(error)) from error  # fmt: skip
    if not content:
        raise RuleBroken(N_("“{name}” is empty. Nothing was changed."), name=path.name)
    return content


def _kept(act: Act, name: str, checksum: str, content: bytes) -> uuid.UUID:
    """The kept file with these bytes, written only where there is none yet."""
    known = act.scalars(select(KeptFile.id).where(KeptFile.sha256 == checksum).limit(1)).first()
    if known is not None:
        return known
    made = KeptFile(id=new_id(), name=name, sha256=checksum, size=len(content), content=content)
    act.add(made)
    return made.id


def _refuse_twice(act: Act, about: str, about_id: uuid.UUID, file_id: uuid.UUID) -> None:
    same = select(Enclosure.title).where(
        Enclosure.about == about, Enclosure.about_id == about_id, Enclosure.file_id == file_id,
        Enclosure.removed_at.is_(None),
    )  # fmt: skip
    title = act.scalars(same.limit(1)).first()
    if title is not None:
        raise RuleBroken(N_("The same file is here already: “{title}”. Nothing was changed."), title=title)


def _unit_of(session: Session, about: str, about_id: uuid.UUID) -> uuid.UUID:
    found = _UNITS[about](session, about_id)
    if found is None:
        raise NotFound(N_("What this file belongs to is not there any more. Nothing was changed."))
    return found


_UNITS: Mapping[str, Callable[[Session, uuid.UUID], uuid.UUID | None]] = {
    "meeting": lambda session, key: session.scalars(select(Meeting.unit_id).where(Meeting.id == key)).first(),
    "item": lambda session, key: session.scalars(select(AgendaItem.unit_id).where(AgendaItem.id == key)).first(),
    "voice": lambda session, key: session.scalars(select(Voice.unit_id).where(Voice.id == key)).first(),
    "vote": lambda session, key: session.scalars(
        select(Meeting.unit_id)
        .join(AgendaEntry, AgendaEntry.meeting_id == Meeting.id)
        .join(Vote, Vote.entry_id == AgendaEntry.id)
        .where(Vote.id == key)
    ).first(),
    "task": lambda session, key: session.scalars(
        select(AgendaItem.unit_id).join(Task, Task.item_id == AgendaItem.id).where(Task.id == key)
    ).first(),
}


def listed(work: Work, about: str, about_id: uuid.UUID, *, removed: bool = False) -> tuple[EnclosureView, ...]:
    """The files of something, the oldest first; with those taken out if asked."""
    query = _views().where(Enclosure.about == about, Enclosure.about_id == about_id)
    if not removed:
        query = query.where(Enclosure.removed_at.is_(None))
    with work.read() as session:
        found = session.execute(query.order_by(Enclosure.added_at, Enclosure.id))
        return tuple(_view(row, size, checksum) for row, size, checksum in found)


def enclosure(work: Work, enclosure_id: uuid.UUID) -> EnclosureView:
    """One file; NotFound where there is none."""
    with work.read() as session:
        found = session.execute(_views().where(Enclosure.id == enclosure_id)).first()
    if found is None:
        raise _gone()
    return _view(*found)


def content(work: Work, enclosure_id: uuid.UUID) -> bytes:
    """The bytes, checked against the checksum they were taken in with."""
    query = (
        select(KeptFile.content, KeptFile.sha256, KeptFile.name)
        .join(Enclosure, Enclosure.file_id == KeptFile.id)
        .where(Enclosure.id == enclosure_id)
    )
    with work.read() as session:
        found = session.execute(query).first()
    if found is None:
        raise _gone()
    if hashlib.sha256(found[0]).hexdigest() != found[1]:
        raise AppError(N_("The kept file “{name}” is not the one that was kept: its checksum does not agree."),
                       name=found[2])  # fmt: skip
    return bytes(found[0])


def save_copy(work: Work, enclosure_id: uuid.UUID, to: Path | str) -> None:
    """Write a copy to a place outside; the kept file stays as it is."""
    wanted = content(work, enclosure_id)
    place = Path(to)
    part = place.with_name(f"{place.name}.part")
    try:
        part.write_bytes(wanted)
        part.replace(place)
    except OSError as error:
        raise AppError(N_("The copy could not be written to {file} ({reason}). The kept file is not concerned."),
                       file=place, reason=reason_of(error)) from error  # fmt: skip


def edit(work: Work, enclosure_id: uuid.UUID, *, title: str, taken_at: datetime | None = None) -> None:
    """Call a file something else, or say when it was taken; a recording's start is what time marks count from."""
    if not title.strip():
        raise RuleBroken(N_("Say in a few words what this file is."))
    with work.act("archive.edit") as act:
        found = _row(act, enclosure_id)
        found.title, found.taken_at = title.strip(), taken_at


def remove(work: Work, enclosure_id: uuid.UUID, reason: str) -> None:
    """Take a file out, with the reason; the bytes stay in the database, so that this can be taken back."""
    if not reason.strip():
        raise RuleBroken(N_("Say why the file is taken out; the log keeps the reason."))
    with work.act("archive.remove") as act:
        found = _row(act, enclosure_id)
        found.removed_at, found.removed_reason = act.now, reason.strip()


def _row(act: Act, enclosure_id: uuid.UUID) -> Enclosure:
    found: Enclosure | None = act.get(Enclosure, enclosure_id)
    if found is None or found.removed_at is not None:
        raise _gone()
    return found


def _gone() -> NotFound:
    return NotFound(N_("This file is not here any more."))


def _views() -> Select[Enclosure, int, str]:
    return select(Enclosure, KeptFile.size, KeptFile.sha256).join(KeptFile, KeptFile.id == Enclosure.file_id)


def _view(row: Enclosure, size: int, checksum: str) -> EnclosureView:
    return EnclosureView(
        row.id, row.about, row.about_id, row.paper, row.title, row.media_type, size, checksum, row.taken_at,
        row.added_at, row.added_by or "", row.removed_reason or "",
    )  # fmt: skip

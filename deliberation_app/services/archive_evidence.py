"""What proves each paper of a file: printed, signed, scanned, photographed, on record, or in the paper file."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from deliberation_app.domain.archive_needs import Way
from deliberation_app.domain.votes import RULES
from deliberation_app.services.agenda_facts import batches
from deliberation_app.storage.archive import Enclosure, FileNote, PrintedPaper
from deliberation_app.storage.floor import Attendance
from deliberation_app.storage.meetings import AgendaEntry, Meeting
from deliberation_app.storage.minutes import KeptFile, Minutes, Supplement
from deliberation_app.storage.votes import Delivery, Exclusion, Vote, VotingFlat, WrittenOpinion

# Papers of a meeting that prove something in the file of each item it dealt with.
_SHARED = frozenset({"record", "tally_sheet", "result", "resolution", "ballot", "summary"})
_PICTURES = frozenset({"photo", "posting_photo"})
# Rows of a meeting whose being there asks for a paper, and those that are one.
_TRAITS: tuple[tuple[Any, str], ...] = ((WrittenOpinion, "opinions"), (Exclusion, "left_out"))
_RECORDS: tuple[tuple[Any, str], ...] = ((Delivery, "delivery_list"), (VotingFlat, "owner_list"))
_ON_LEAVE = frozenset({"leave"})


@dataclass(frozen=True, kw_only=True)
class Piece:
    """One thing that proves a paper; `opens` says what `key` is: enclosure, printed, record or item."""

    way: Way
    paper: str
    title: str
    at: datetime | None = None
    by: str = ""
    key: uuid.UUID | None = None
    opens: str = ""
    sha256: str = ""
    pages: int | None = None
    media_type: str = ""
    shared: bool = False  # it lies in the file of a meeting and proves something here too


@dataclass
class Evidence:
    """Everything known of one file before it is held against the table."""

    pieces: list[Piece] = field(default_factory=list)
    traits: set[str] = field(default_factory=set)
    notes: dict[tuple[str, str], FileNote] = field(default_factory=dict)  # (need, way)


Found = dict[uuid.UUID, Evidence]


def of_meetings(session: Session, keys: Sequence[uuid.UUID]) -> Found:
    """The evidence of these meetings, in as many questions as for one."""
    found: Found = {key: Evidence() for key in keys}
    entries = _entries(session, keys)
    for some in batches(keys):
        _printed(session, some, found)
        _signed(session, some, found)
        _traits(session, some, found)
        _roll(session, some, found)
    votes = _votes(session, entries, found)
    enclosed(session, "meeting", {key: key for key in keys}, found)
    enclosed(session, "vote", votes, found)
    noted(session, "meeting", found)
    return found


def _entries(session: Session, keys: Iterable[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    found: dict[uuid.UUID, uuid.UUID] = {}
    for some in batches(keys):
        query = select(AgendaEntry.id, AgendaEntry.meeting_id).where(AgendaEntry.meeting_id.in_(some))
        found.update(dict(session.execute(query).all()))
    return found


def _printed(session: Session, keys: Sequence[uuid.UUID], found: Found) -> None:
    query = select(PrintedPaper).where(PrintedPaper.meeting_id.in_(keys)).order_by(PrintedPaper.printed_at)
    for row in session.scalars(query):
        if row.meeting_id is not None:
            found[row.meeting_id].pieces.append(printed_piece(row))


def printed_piece(row: PrintedPaper) -> Piece:
    """A print as a proof; the posted copy of a paper is no archive copy."""
    return Piece(
        way="printed", paper=row.paper, title=row.title, at=row.printed_at, by=row.printed_by or "", key=row.id,
        opens="printed", sha256=row.content_sha256,
    )  # fmt: skip


def _signed(session: Session, keys: Sequence[uuid.UUID], found: Found) -> None:
    query = select(Minutes, Meeting.title).join(Meeting, Meeting.id == Minutes.meeting_id)
    query = query.where(Minutes.meeting_id.in_(keys)).order_by(Minutes.number)
    of_minutes: dict[uuid.UUID, uuid.UUID] = {}
    for row, title in session.execute(query):
        of_minutes[row.id] = row.meeting_id
        way: Way = "signed" if row.signed_at is not None else "printed"
        if row.signed_at is not None or row.prints:
            found[row.meeting_id].pieces.append(Piece(
                way=way, paper="record", title=title, at=row.signed_at or row.drafted_at,
                by="、".join(row.signed_by or ()), key=row.meeting_id, opens="record", sha256=row.file_sha256 or "",
                media_type="application/pdf",
            ))  # fmt: skip
    corrected = select(Supplement).where(Supplement.minutes_id.in_(list(of_minutes))).order_by(Supplement.number)
    for one in session.scalars(corrected):
        told = found[of_minutes[one.minutes_id]]
        told.traits.add("corrected")
        if one.signed_at is not None or one.prints:
            told.pieces.append(Piece(
                way="signed" if one.signed_at is not None else "printed", paper="supplement",
                title=one.passage_head, at=one.signed_at or one.made_at, by=one.corrector,
                key=of_minutes[one.minutes_id], opens="record", sha256=one.file_sha256 or "",
            ))  # fmt: skip


def _traits(session: Session, keys: Sequence[uuid.UUID], found: Found) -> None:
    for record, trait in _TRAITS:
        for key in session.scalars(select(record.meeting_id).where(record.meeting_id.in_(keys)).distinct()):
            found[key].traits.add(trait)
    for record, paper in _RECORDS:
        for key in session.scalars(select(record.meeting_id).where(record.meeting_id.in_(keys)).distinct()):
            found[key].pieces.append(Piece(way="records", paper=paper, title="", key=key, opens="meeting"))
    proxies = select(VotingFlat.meeting_id).where(VotingFlat.meeting_id.in_(keys), VotingFlat.proxy.is_not(None))
    for key in session.scalars(proxies.distinct()):
        found[key].traits.add("proxies")


def _roll(session: Session, keys: Sequence[uuid.UUID], found: Found) -> None:
    query = select(Attendance.meeting_id, Attendance.status, Attendance.proxy_of_id)
    query = query.where(
        Attendance.meeting_id.in_(keys), or_(Attendance.status.in_(_ON_LEAVE), Attendance.proxy_of_id.is_not(None))
    )
    for key, status, proxy in session.execute(query):
        if status in _ON_LEAVE:
            found[key].traits.add("leave")
        if proxy is not None:
            found[key].traits.add("proxies")


def _votes(session: Session, entries: Mapping[uuid.UUID, uuid.UUID], found: Found) -> dict[uuid.UUID, uuid.UUID]:
    votes: dict[uuid.UUID, uuid.UUID] = {}
    for some in batches(entries):
        for vote in session.scalars(select(Vote).where(Vote.entry_id.in_(some))):
            votes[vote.id] = entries[vote.entry_id]
            found[entries[vote.entry_id]].traits |= _vote_traits(vote)
    return votes


def _vote_traits(vote: Vote) -> set[str]:
    rule = RULES.get(vote.rule)
    if rule is None or not rule.legal_force:
        return {"straw_poll"}
    if vote.quorate is None and vote.counts is None:
        return set()
    found = {"voted"}
    if vote.passed:
        found.add("passed")
    if vote.method == "secret_ballot" or rule.by_area:
        found.add("ballots")
    if vote.written_opinions:
        found.add("opinions")
    return found


def enclosed(session: Session, about: str, owners: Mapping[uuid.UUID, uuid.UUID], found: Found) -> None:
    """Scans, photographs and recordings that lie with these rows, for the files that own them."""
    for some in batches(owners):
        query = (
            select(Enclosure, KeptFile.sha256).join(KeptFile, KeptFile.id == Enclosure.file_id)
            .where(Enclosure.about == about, Enclosure.about_id.in_(some), Enclosure.removed_at.is_(None))
            .order_by(Enclosure.added_at, Enclosure.id)
        )  # fmt: skip
        for row, checksum in session.execute(query):
            found[owners[row.about_id]].pieces.append(enclosed_piece(row, checksum))


def enclosed_piece(row: Enclosure, checksum: str) -> Piece:
    """A file taken in as a proof; what lies with a task is its evidence, with a notice the picture of the posting."""
    paper = {("task", True): "task_evidence", ("publication", True): "posting_photo"}.get(
        (row.about, row.paper in ("photo", "other")), row.paper
    )
    way: Way = "photo" if paper in _PICTURES or row.paper == "photo" else "scan"
    return Piece(
        way=way, paper=paper, title=row.title, at=row.taken_at or row.added_at, by=row.added_by or "", key=row.id,
        opens="enclosure", sha256=checksum, media_type=row.media_type,
    )  # fmt: skip


def noted(session: Session, about: str, found: Found) -> None:
    """What people said of these files: in the paper file, or why there is none."""
    for some in batches(found):
        query = select(FileNote).where(FileNote.about == about, FileNote.about_id.in_(some))
        for note in session.scalars(query.order_by(FileNote.noted_at)):
            told = found[note.about_id]
            told.notes[note.need, note.way] = note
            if note.way == "on_paper":
                told.pieces.append(Piece(
                    way="on_paper", paper=note.need, title=note.text or "", at=note.noted_at, by=note.noted_by or "",
                    key=note.id, opens="note", pages=note.pages,
                ))  # fmt: skip


def shared_with_items(session: Session, items: Sequence[uuid.UUID], found: Found) -> None:
    """What the meetings that dealt with an item prove for its file."""
    links: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    for some in batches(items):
        query = select(AgendaEntry.item_id, AgendaEntry.meeting_id).join(Meeting, Meeting.id == AgendaEntry.meeting_id)
        query = query.where(AgendaEntry.item_id.in_(some), Meeting.cancelled_at.is_(None))
        for item_id, meeting_id in session.execute(query):
            if item_id is not None:
                links[meeting_id].add(item_id)
    for meeting_id, told in of_meetings(session, list(links)).items():
        for item_id in links[meeting_id]:
            found[item_id].traits |= {f"meeting_{trait}" for trait in told.traits}
            found[item_id].pieces += [replace(one, shared=True) for one in told.pieces if one.paper in _SHARED]

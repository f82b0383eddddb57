"""Meeting files in and out: all or nothing, matched by id, the same content changes nothing."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from deliberation_app.domain import meeting_file, meetings
from deliberation_app.errors import N_, AppError, FileFaults, RuleBroken
from deliberation_app.services import agenda, verdicts
from deliberation_app.services.act import Act
from deliberation_app.services.meeting_document import document
from deliberation_app.services.meeting_file_ids import refuse_foreign_ids, resolve_aliases
from deliberation_app.services.meeting_intake import Rows, rows_of
from deliberation_app.services.meeting_rows import Plain
from deliberation_app.services.work import Work
from deliberation_app.storage.agenda import AgendaItem, ItemRaiser, ItemStep
from deliberation_app.storage.base import Kept
from deliberation_app.storage.floor import Attendance, Statement
from deliberation_app.storage.meetings import AgendaEntry, AgendaOption, Meeting, Mention
from deliberation_app.storage.minutes import Minutes
from deliberation_app.storage.people import Membership
from deliberation_app.storage.votes import Ballot, Candidate, Vote


@dataclass(frozen=True)
class ImportReport:
    """What an import did: which meeting, whether anything changed, and what was remarked."""

    meeting_id: uuid.UUID
    title: str
    changed: bool
    remarks: tuple[tuple[str, AppError], ...]


def check_file(path: Path) -> tuple[tuple[str, AppError], ...]:
    """Read and check a meeting file and change nothing; the answer is its remarks, FileFaults says what is wrong."""
    return _read(_bytes(path))[1]


def import_file(work: Work, path: Path) -> ImportReport:
    """Take a meeting file in, whole or not at all; raises FileFaults or RuleBroken and then nothing has changed."""
    return import_bytes(work, _bytes(path))


def import_bytes(work: Work, data: bytes) -> ImportReport:
    """Take the bytes of a meeting file in; see import_file."""
    told, remarks = _read(data)
    meeting_id = uuid.UUID(told["meeting"]["id"])
    with work.act("meeting_file.import") as act:
        told = resolve_aliases(act, told)
        changed = _take_in(act, told, meeting_id)
    return ImportReport(meeting_id, told["meeting"]["title"], changed, remarks)


def _bytes(path: Path) -> bytes:
    try:
        return meeting_file.read_path(path)
    except OSError as error:
        raise AppError(N_("{file} cannot be read ({reason})."), file=path, reason=error.strerror or error) from error


def _read(data: bytes) -> tuple[Plain, tuple[tuple[str, AppError], ...]]:
    found = meeting_file.examine(data)
    if found.document is None:
        raise FileFaults(
            N_("The meeting file was refused and nothing was changed; it has {count} faults."),
            tuple((fault.pointer, fault.sentence) for fault in found.faults),
            found.more,
            count=len(found.faults) + found.more,
        )
    return found.document, tuple((remark.pointer, remark.sentence) for remark in found.remarks)


def export(work: Work, meeting_id: uuid.UUID) -> bytes:
    """The meeting file of a meeting, verdicts computed and written into it."""
    with work.read() as session:
        told = document(session, meeting_id)
    return meeting_file.write(told)


def _take_in(act: Act, told: Plain, meeting_id: uuid.UUID) -> bool:
    refuse_foreign_ids(act, told)
    stored = act.get(Meeting, meeting_id)
    if stored is not None:
        before = document(act, meeting_id)
        if meeting_file.digest(before) == meeting_file.digest(told):
            return False
        _refuse_older(act, stored, told)
    rows = rows_of(told)
    stale = {} if stored is None else _stale(act, meeting_id, told, rows)
    act.own_revision.add(meeting_id)
    agenda.number_items(act, uuid.UUID(told["unit"]["id"]), rows[AgendaItem])
    for record, written in rows.items():
        act.write(record, written)
    for record, keys in stale.items():
        act.remove(record, keys)
    _join_members(act, told)
    verdicts.store(act, meeting_id)
    return True


def _refuse_older(act: Act, stored: Meeting, told: Plain) -> None:
    written = told.get("written_at")
    if written is None:
        raise RuleBroken(
            N_("“{meeting}” is here already and the file does not say when it was written (written_at). "
               "Nothing was changed."),
            meeting=stored.title,
        )
    comes = datetime.fromisoformat(written)
    if stored.written_at is not None and comes <= stored.written_at:
        raise RuleBroken(
            N_("“{meeting}” is here in a version of {here}; the file is of {there}, not later. Nothing was changed."),
            meeting=stored.title,
            here=stored.written_at.astimezone(comes.tzinfo).isoformat(sep=" "),
            there=comes.isoformat(sep=" "),
        )
    signed = select(Minutes.id).where(Minutes.meeting_id == stored.id, Minutes.signed_at.is_not(None))
    if act.scalars(signed).first() is not None:
        raise RuleBroken(
            N_("The record of “{meeting}” is signed and locked, so a newer version of the meeting is not taken. "
               "Nothing was changed."),
            meeting=stored.title,
        )


def _stale(act: Act, meeting_id: uuid.UUID, told: Plain, rows: Rows) -> dict[type[Kept], list[uuid.UUID]]:
    """What the stored meeting has and the newer file no longer: it goes, children first."""
    items = [uuid.UUID(item["id"]) for item in told["items"]]
    entries = select(AgendaEntry.id).where(AgendaEntry.meeting_id == meeting_id)
    votes = select(Vote.id).where(Vote.entry_id.in_(entries))
    of_meeting: dict[type[Kept], Any] = {
        Ballot: Ballot.vote_id.in_(votes),
        Candidate: Candidate.vote_id.in_(votes),
        Vote: Vote.entry_id.in_(entries),
        Statement: Statement.entry_id.in_(entries),
        AgendaOption: AgendaOption.entry_id.in_(entries),
        AgendaEntry: AgendaEntry.meeting_id == meeting_id,
        Attendance: Attendance.meeting_id == meeting_id,
        Mention: Mention.meeting_id == meeting_id,
        ItemRaiser: ItemRaiser.item_id.in_(items),
        ItemStep: ItemStep.item_id.in_(items),
    }
    stale: dict[type[Kept], list[uuid.UUID]] = {}
    for record, condition in of_meeting.items():
        kept = {row["id"] for row in rows[record]}
        stale[record] = [key for key in act.scalars(select(record.id).where(condition)) if key not in kept]
    return stale


def _join_members(act: Act, told: Plain) -> None:
    """New memberships arise only in a branch kind, for members who attend as voting (meeting-file.md)."""
    if not meetings.KINDS[told["meeting"]["kind"]].branch:
        return
    unit_id = uuid.UUID(told["unit"]["id"])
    voting = {entry["person"] for entry in told["meeting"]["attendance"] if entry["capacity"] == "voting"}
    known = set(act.scalars(select(Membership.person_id).where(Membership.unit_id == unit_id)))
    for person in told["people"]:
        key = uuid.UUID(person["id"])
        if person["id"] in voting and person.get("party") in ("full", "probationary") and key not in known:
            act.add(Membership(person_id=key, unit_id=unit_id, role="member"))

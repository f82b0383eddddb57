"""Meeting files in and out: all or nothing, matched by id, the same content changes nothing."""

from __future__ import annotations

import uuid
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from deliberation_app.domain import meeting_file, meetings
from deliberation_app.errors import N_, AppError, FileFaults, RuleBroken, reason_of
from deliberation_app.services import agenda, verdicts
from deliberation_app.services.act import Act
from deliberation_app.services.meeting_document import document
from deliberation_app.services.meeting_file_ids import refuse_foreign_ids, resolve_aliases
from deliberation_app.services.meeting_intake import Rows, rows_of
from deliberation_app.services.meeting_rows import Plain
from deliberation_app.services.work import Work
from deliberation_app.settings import DISPLAY_ZONE
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


def rehearse_file(work: Work, path: Path) -> ImportReport:
    """Do everything import_file does, with the same refusals, and then take all of it back."""
    return import_bytes(work, _bytes(path), rehearse=True)


class _TakenBack(Exception):
    """Ends the act of an import that changes nothing, so that none of it is kept."""


def import_bytes(work: Work, data: bytes, *, rehearse: bool = False) -> ImportReport:
    """Take the bytes of a meeting file in; see import_file, and rehearse_file."""
    told, remarks = _read(data)
    meeting_id = uuid.UUID(told["meeting"]["id"])
    changed = False
    with suppress(_TakenBack), work.act("meeting_file.import") as act:
        changed = _take_in(act, resolve_aliases(act, told), meeting_id)
        if rehearse or not changed:
            raise _TakenBack
    return ImportReport(meeting_id, told["meeting"]["title"], changed, remarks)


def _bytes(path: Path) -> bytes:
    try:
        return meeting_file.read_path(path)
    except OSError as error:
        raise AppError(N_("{file} cannot be read ({reason})."), file=path, reason=reason_of(error)) from error


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
    """Write what the file tells; whether the meeting is another one afterwards."""
    refuse_foreign_ids(act, told)
    stored, before = act.get(Meeting, meeting_id), ""
    comes = meeting_file.digest(told)
    if stored is not None:
        before = meeting_file.digest(document(act, meeting_id))
        if before == comes:
            return False
    refused = None if stored is None else _older(act, stored, told)
    _write(act, told, meeting_id, known=stored is not None)
    becomes = meeting_file.digest(document(act, meeting_id))
    if becomes == before:
        return False  # all that the file lacks are tasks and notices that stay with their items
    if refused is not None:
        raise refused
    if becomes == comes:
        act.own_revision.add(meeting_id)  # else the act gives it the next one, as it differs from the file
    return True


def _write(act: Act, told: Plain, meeting_id: uuid.UUID, *, known: bool) -> None:
    rows = rows_of(told)
    stale = _stale(act, meeting_id, told, rows) if known else {}
    agenda.number_items(act, uuid.UUID(told["unit"]["id"]), rows[AgendaItem])
    for record, written in rows.items():
        act.write(record, written)
    for record, keys in stale.items():
        act.remove(record, keys)
    _join_members(act, told)
    verdicts.store(act, meeting_id)
    act.flush()


def _older(act: Act, stored: Meeting, told: Plain) -> RuleBroken | None:
    """Why this file may not replace the stored meeting, if it says something else; None where it may."""
    written = told.get("written_at")
    if written is None:
        return RuleBroken(
            N_(
                "“{meeting}” is here already and the file does not say when it was written (written_at). "
                "Nothing was changed."
            ),
            meeting=stored.title,
        )
    comes = datetime.fromisoformat(written)
    if stored.written_at is not None and comes <= stored.written_at:
        here, there = _both_times(stored.written_at, comes)
        return RuleBroken(
            N_("“{meeting}” is here in a version of {here}; the file is of {there}, not later. Nothing was changed."),
            meeting=stored.title, here=here, there=there,
        )  # fmt: skip
    signed = select(Minutes.id).where(Minutes.meeting_id == stored.id, Minutes.signed_at.is_not(None))
    if act.scalars(signed).first() is not None:
        return RuleBroken(
            N_(
                "The record of “{meeting}” is signed and locked, so a newer version of the meeting is not taken. "
                "Nothing was changed."
            ),
            meeting=stored.title,
        )
    return None


def _both_times(here: datetime, there: datetime) -> tuple[str, str]:
    """Both in the hours of China, to the minute where that tells them apart."""
    moments = [moment.astimezone(DISPLAY_ZONE) for moment in (here, there)]
    for form in ("%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"):
        said = [moment.strftime(form) for moment in moments]
        if said[0] != said[1] or here == there:
            return said[0], said[1]
    return moments[0].isoformat(sep=" "), moments[1].isoformat(sep=" ")


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

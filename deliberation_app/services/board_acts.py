"""What an act of a live meeting was about: whose it was and its first words, out of the log."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from deliberation_app.storage import history
from deliberation_app.storage.accounts import AuditLine, AuditPayload
from deliberation_app.storage.meetings import AgendaEntry
from deliberation_app.storage.people import Person
from deliberation_app.storage.votes import Vote

_TO_ENTRY = frozenset({"floor.next_entry", "meetings.open"})
# Everybody who is there comes and goes with these; nobody in particular.
_OF_ALL = frozenset({"meetings.recess", "meetings.resume", "meetings.close"})
_FIRST_WORDS = 24


@dataclass(frozen=True)
class Told:
    """An act by its name in ACTIONS, the people it was about, and the first words of what was said or put.

    `way` tells apart what one act does: run for a clock that goes on, absent, the seconds of a turn.
    """

    act: str
    people: tuple[str, ...] = ()
    words: str = ""
    way: str = ""


def told(session: Session, line: AuditLine) -> Told:
    """What an act was about; taking it back and doing it again are about the same."""
    while line.undoes is not None:
        line = session.get_one(AuditLine, line.undoes)
    stored = session.get(AuditPayload, line.id)
    if stored is None or stored.rows is None:
        return Told(line.act)
    changes = history.unpack(stored.rows).changes
    return _of_rows(session, line.act, {table: _rows(changes, table) for table in {one.table for one in changes}})


def _rows(changes: Sequence[history.Change], table: str) -> list[tuple[history.Plain, history.Plain]]:
    """The rows of one table before and after, in their order; one that came or went is the same on both sides."""
    found = ((one.before or one.after, one.after or one.before) for one in changes if one.table == table)
    both = [(before, after) for before, after in found if before is not None and after is not None]
    return sorted(both, key=lambda pair: pair[1].get("position") or 0)


def _of_rows(session: Session, act: str, rows: dict[str, list[tuple[history.Plain, history.Plain]]]) -> Told:
    if act in _OF_ALL:
        return Told(act, way="close" if act == "meetings.close" else "")
    for before, after in rows.get("floor_state", ()):
        if act == "floor.turn_time":
            return Told(act, way=str(after["turn_seconds"] or 0))
        if act in _TO_ENTRY:
            return Told(act, words=_title(session, after["entry_id"]))
        if act in ("votes.close", "votes.void"):
            return Told(act, words=_motion(session, before["vote_id"]) or _text(rows, "vote", "motion"))
        if act == "floor.give" or set(rows) <= {"floor_state", "turn"}:
            key = after["speaker_id"] if act == "floor.give" else before["speaker_id"]
            way = "run" if act == "floor.pause" and after["ends_at"] else ""
            return Told(act, tuple(_names(session, [key])), way=way)
    for table, words in (("vote", "motion"), ("mark", "text"), ("agenda_entry", "title")):
        if table in rows and not rows.keys() & {"statement", "attendance"}:
            return Told(act, words=_text(rows, table, words))
    for table, who in (("statement", "speaker_id"), ("attendance", "person_id"), ("queue_entry", "person_id"),
                       ("written_opinion", "person_id")):  # fmt: skip
        if table in rows:
            keys = dict.fromkeys(after[who] for _before, after in rows[table])
            way = "absent" if act == "floor.leave" and rows[table][0][1]["status"] == "absent" else ""
            return Told(act, tuple(_names(session, keys)), _text(rows, table, "text"), way)
    return Told(act)


def _text(rows: dict[str, list[tuple[history.Plain, history.Plain]]], table: str, column: str) -> str:
    """The first words of the first row that has some."""
    said = next((after[column] for _before, after in rows.get(table, ()) if after.get(column)), "")
    line = " ".join(str(said).split())
    return line if len(line) <= _FIRST_WORDS else line[: _FIRST_WORDS - 1] + "…"


def _names(session: Session, keys: object) -> Iterator[str]:
    for key in keys if isinstance(keys, (list, dict)) else ():
        person = session.get(Person, uuid.UUID(key)) if key else None
        if person is not None:
            yield person.name


def _title(session: Session, key: str | None) -> str:
    entry = session.get(AgendaEntry, uuid.UUID(key)) if key else None
    return entry.title if entry is not None else ""


def _motion(session: Session, key: str | None) -> str:
    vote = session.get(Vote, uuid.UUID(key)) if key else None
    return vote.motion if vote is not None else ""

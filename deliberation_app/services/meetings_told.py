"""What was said and decided on a point of a meeting's agenda, in the order in which it is read."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from deliberation_app.domain.minutes import Vote
from deliberation_app.domain.minutes_entries import in_order
from deliberation_app.domain.minutes_facts import Facts, MeetingFacts
from deliberation_app.domain.minutes_names import Names
from deliberation_app.domain.minutes_votes import vote_block
from deliberation_app.domain.minutes_words import clock, text_of
from deliberation_app.services import verdicts, votes_series
from deliberation_app.services.meeting_document import document
from deliberation_app.services.work import Work

__all__ = ["Line", "Told", "Vote", "told"]


@dataclass(frozen=True)
class Line:
    """One statement; `answer` stands further in, under its question; `open` is a question that nobody answered."""

    id: uuid.UUID
    speaker: str
    side: str  # raise, answer, law or empty
    text: str
    time: str  # HH:MM in UTC+08:00
    answer: bool
    promised_by: str  # 2026-05-05, empty where nothing was promised
    dissent: bool
    open: bool


@dataclass(frozen=True)
class Told:
    """A point of the agenda as it went; the votes carry the sentences of the printed record."""

    id: uuid.UUID
    title: str
    summary: str
    lines: tuple[Line, ...]
    votes: tuple[Vote, ...]
    silent: bool  # the chair asked, and nobody wished to speak


def told(work: Work, meeting_id: uuid.UUID) -> dict[uuid.UUID, Told]:
    """Every point of the agenda with its statements and judged votes; NotFound where there is no such meeting."""
    with work.read() as session:
        file = document(session, meeting_id)
        here = votes_series.beside(session, meeting_id)
    facts = MeetingFacts(file, verdicts.judged(file, here))
    names = Names(facts.people, posted=False, openly=frozenset())
    found = (_told(facts, names, entry) for entry in facts.agenda)
    return {entry.id: entry for entry in found}


def _told(facts: MeetingFacts, names: Names, entry: Facts) -> Told:
    statements = entry.get("statements", ())
    answered = {statement["answers"] for statement in statements if statement.get("answers")}
    lines = tuple(
        Line(
            id=uuid.UUID(statement["id"]),
            speaker=names.speaker(text_of(statement, "speaker")),
            side=text_of(statement, "side"),
            text=text_of(statement, "text"),
            time=clock(text_of(statement, "at")),
            answer=depth > 0,
            promised_by=text_of(statement, "promised_by"),
            dissent=bool(statement.get("dissent")),
            open=statement.get("side") == "raise" and statement["id"] not in answered,
        )
        for statement, depth in in_order(statements)
    )
    return Told(
        id=uuid.UUID(entry["id"]),
        title=text_of(entry, "title"),
        summary=text_of(entry, "summary"),
        lines=lines,
        votes=tuple(vote_block(facts, names, vote) for vote in entry.get("votes", ())),
        silent=bool(entry.get("no_statements")),
    )

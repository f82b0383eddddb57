"""Records of votes: the motion, its counts as they were taken, ballots and candidates."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from deliberation_app.storage.base import Kept, local, reference


class Vote(Kept):
    """A motion put to the vote; the verdict is never kept as truth, it is computed from these numbers."""

    __tablename__ = "vote"
    part = "votes"

    entry_id: Mapped[uuid.UUID] = reference("agenda_entry.id")
    position: Mapped[int]
    motion: Mapped[str]
    option_id: Mapped[uuid.UUID | None] = reference("agenda_option.id", nullable=True)
    method: Mapped[str]
    rule: Mapped[str]
    at: Mapped[datetime | None]
    seats: Mapped[int | None]
    # As the meeting file has them, areas in 0.01 m²; None where nobody gave any.
    electorate: Mapped[dict[str, Any] | None]
    counts: Mapped[dict[str, Any] | None]
    recounts: Mapped[list[Any] | None]
    ballots_issued: Mapped[int | None]
    ballots_returned: Mapped[int | None]
    written_opinions: Mapped[int | None]
    overrides: Mapped[list[Any] | None]
    house_rule: Mapped[dict[str, Any] | None]
    opened_at: Mapped[datetime | None] = mapped_column(info=local())
    # What the rule said when last computed, for lists; judged anew wherever it matters.
    quorate: Mapped[bool | None] = mapped_column(info=local(derived=True))
    passed: Mapped[bool | None] = mapped_column(info=local(derived=True))

    __table_args__ = (Index("ix_vote_entry", "entry_id", "position"),)


class Ballot(Kept):
    """A named ballot."""

    __tablename__ = "ballot"
    part = "votes"

    vote_id: Mapped[uuid.UUID] = reference("vote.id")
    position: Mapped[int]
    voter_id: Mapped[uuid.UUID] = reference("person.id", index=True)
    choice: Mapped[str]

    __table_args__ = (Index("ix_ballot_vote", "vote_id", "position"),)


class Candidate(Kept):
    """A candidate in an election and the ballots for that candidate."""

    __tablename__ = "candidate"
    part = "votes"

    vote_id: Mapped[uuid.UUID] = reference("vote.id", index=True)
    position: Mapped[int]
    person_id: Mapped[uuid.UUID] = reference("person.id", index=True)
    in_favour: Mapped[int]
    against: Mapped[int | None]
    abstain: Mapped[int | None]

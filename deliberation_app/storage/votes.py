"""Records of votes: the motion, its counts as they were taken, ballots and candidates."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from deliberation_app.storage.base import Big, Fact, Kept, local, reference


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
    # Numbers typed and not judged yet, the first of two counts, rows of a show of hands: back after a power failure.
    draft: Mapped[dict[str, Any] | None] = mapped_column(info=local())
    # Options compared with each other: {"id": …, "way": "approval" | "pairs", "options": [ids]}; None: a single vote.
    series: Mapped[dict[str, Any] | None] = mapped_column(info=local())
    # 2 and more: a further election for the seats that were not filled.
    round: Mapped[int | None] = mapped_column(info=local())
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


class FlatBallot(Kept):
    """The paper of one flat in a vote of the owners: who signed it, and what it says."""

    __tablename__ = "flat_ballot"
    part = "votes"
    stays_here = True

    vote_id: Mapped[uuid.UUID] = reference("vote.id", index=True)
    household_id: Mapped[uuid.UUID] = reference("household.id")
    position: Mapped[int]
    # in_favour, against, abstain; invalid with the reason in `note`.
    choice: Mapped[str]
    signed: Mapped[bool]
    signer_id: Mapped[uuid.UUID | None] = reference("person.id", nullable=True)
    by_proxy: Mapped[bool]
    returned_on: Mapped[date | None]
    receiver: Mapped[Fact]
    note: Mapped[Fact]
    # When a correction took its place; the paper that counts has None.
    replaced_at: Mapped[datetime | None]

    __table_args__ = (Index("ix_flat_ballot_paper", "household_id", "vote_id"),)


class VotingFlat(Kept):
    """A flat on the list of owners of one meeting; it no longer follows the register once a vote opens."""

    __tablename__ = "voting_flat"
    part = "votes"
    stays_here = True

    meeting_id: Mapped[uuid.UUID] = reference("meeting.id")
    household_id: Mapped[uuid.UUID] = reference("household.id", index=True)
    # The order of the doors, from 1: the number of the ballot paper.
    number: Mapped[int]
    # Digits of building, entrance and room as somebody types them: 1-2-301.
    door: Mapped[str]
    owner_id: Mapped[uuid.UUID | None] = reference("person.id", nullable=True)
    area: Mapped[Big]
    # Not sold yet: all such flats are one head, the developer's.
    unsold: Mapped[bool]
    # The co-owner whom the others named; None where the owner votes.
    voter_id: Mapped[uuid.UUID | None] = reference("person.id", nullable=True)
    proxy: Mapped[Fact]
    proxy_on: Mapped[date | None]
    guardian: Mapped[Fact]
    note: Mapped[Fact]

    __table_args__ = (
        Index("ix_voting_flat_list", "meeting_id", "number"),
        Index("ix_voting_flat_owner", "meeting_id", "owner_id"),
        Index("ix_voting_flat_door", "meeting_id", "door"),
    )


class Delivery(Kept):
    """One line of the delivery log: what went to whom, how, when, and who took it."""

    __tablename__ = "delivery"
    part = "votes"
    stays_here = True

    meeting_id: Mapped[uuid.UUID] = reference("meeting.id", index=True)
    household_id: Mapped[uuid.UUID | None] = reference("household.id", nullable=True)
    person_id: Mapped[uuid.UUID | None] = reference("person.id", nullable=True)
    way: Mapped[str]
    delivered_on: Mapped[date]
    receiver: Mapped[Fact]
    note: Mapped[Fact]


class WrittenOpinion(Kept):
    """An opinion handed in before a meeting by a member who cannot come."""

    __tablename__ = "written_opinion"
    part = "votes"
    stays_here = True

    meeting_id: Mapped[uuid.UUID] = reference("meeting.id", index=True)
    entry_id: Mapped[uuid.UUID | None] = reference("agenda_entry.id", nullable=True)
    person_id: Mapped[uuid.UUID] = reference("person.id")
    choice: Mapped[str]
    written_on: Mapped[date]
    signed: Mapped[bool]
    reason: Mapped[Fact]


class Exclusion(Kept):
    """A member left out of the count of an election, with the approvals that this needs."""

    __tablename__ = "exclusion"
    part = "votes"
    stays_here = True

    meeting_id: Mapped[uuid.UUID] = reference("meeting.id", index=True)
    person_id: Mapped[uuid.UUID] = reference("person.id")
    reason: Mapped[str]
    superior_on: Mapped[date | None]
    assembly_on: Mapped[date | None]
    document: Mapped[Fact]

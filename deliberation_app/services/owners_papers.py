"""The papers of flats: several questions on one paper, one paper a flat, corrections that keep the earlier paper."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from deliberation_app.domain import calendar
from deliberation_app.domain.votes import RULES, BothCounts, Verdict, both_counts, owners_possible
from deliberation_app.errors import N_, AppError, NotFound, RuleBroken
from deliberation_app.services import owners
from deliberation_app.services.act import Act
from deliberation_app.services.meetings import find as meeting_of
from deliberation_app.services.meetings import require
from deliberation_app.services.owners import CHOICES, HEAD, Standing
from deliberation_app.services.owners_list import FlatRow, row_of, rows_query
from deliberation_app.services.work import Work
from deliberation_app.storage.base import new_id
from deliberation_app.storage.meetings import AgendaEntry, Meeting
from deliberation_app.storage.people import CoOwner, Person
from deliberation_app.storage.votes import FlatBallot, Vote, VotingFlat

SIGNERS = ("owner", "co_owner", "proxy")


@dataclass(frozen=True)
class Question:
    """One question on the paper: a vote of the owners in this meeting."""

    id: uuid.UUID
    entry_id: uuid.UUID
    number: int
    motion: str
    rule: str
    counted: bool


@dataclass(frozen=True)
class Told:
    """What a paper says: its choice on each question, how it was signed."""

    choices: Mapping[uuid.UUID, str]
    signed: bool
    signer: str
    note: str
    returned_on: date | None
    receiver: str


@dataclass(frozen=True)
class FlatPaper:
    """A flat with its paper if one came back, and what the owner's other flats have said."""

    flat: FlatRow
    paper: Told | None
    others: tuple[tuple[FlatRow, Told], ...]
    co_owners: tuple[str, ...]


@dataclass(frozen=True)
class PaperRow:
    """A paper in the list of those that came back, the newest first."""

    position: int
    flat: FlatRow
    paper: Told
    corrected: int


@dataclass(frozen=True)
class Result:
    """What one question comes to at this moment."""

    question: Question
    standing: Standing
    verdict: Verdict
    possible: tuple[AppError, ...]
    both: BothCounts | None
    rules: owners.OwnersRules


def questions_of(session: Session, meeting_id: uuid.UUID) -> list[tuple[Vote, AgendaEntry]]:
    """The owners' votes of a meeting in the order of its agenda."""
    query = select(Vote, AgendaEntry).join(AgendaEntry, AgendaEntry.id == Vote.entry_id)
    query = query.where(AgendaEntry.meeting_id == meeting_id, Vote.rule.in_(owners.AREA_RULES))
    found = session.execute(query.order_by(AgendaEntry.position, Vote.position, Vote.id))
    return [(vote, entry) for vote, entry in found]


def questions(work: Work, meeting_id: uuid.UUID) -> list[Question]:
    """The questions on the paper."""
    with work.read() as session:
        return _questions(session, meeting_id)


def _questions(session: Session, meeting_id: uuid.UUID) -> list[Question]:
    found = questions_of(session, meeting_id)
    return [
        Question(vote.id, entry.id, number, vote.motion, vote.rule, vote.counts is not None)
        for number, (vote, entry) in enumerate(found, 1)
    ]


def paper(work: Work, flat_id: uuid.UUID) -> FlatPaper:
    """A flat as the clerk sees it before entering its paper."""
    with work.read() as session:
        flat = session.get(VotingFlat, flat_id)
        if flat is None:
            raise NotFound(N_("This flat is not on the list of owners any more."))
        row = row_of(*session.execute(rows_query(flat.meeting_id).where(VotingFlat.id == flat_id)).one())
        told = _told(session, flat.meeting_id, [flat.household_id])
        others: list[tuple[FlatRow, Told]] = []
        if flat.owner_id is not None or flat.unsold:
            head = and_(HEAD.in_([_head(flat)]), VotingFlat.id != flat.id)
            query = rows_query(flat.meeting_id).where(head).order_by(VotingFlat.number).limit(100)
            mine = [row_of(*one) for one in session.execute(query)]
            said = _told(session, flat.meeting_id, [one.household_id for one in mine])
            others = [(one, said[one.household_id]) for one in mine if one.household_id in said]
        names = select(Person.name).join(CoOwner, CoOwner.person_id == Person.id)
        names = names.where(CoOwner.household_id == flat.household_id).order_by(Person.sort_key)
        return FlatPaper(row, told.get(flat.household_id), tuple(others), tuple(session.scalars(names)))


def _head(flat: VotingFlat) -> uuid.UUID:
    return uuid.UUID(int=0) if flat.unsold else flat.owner_id or flat.household_id


def _live(session: Session, meeting_id: uuid.UUID, homes: list[uuid.UUID]) -> list[FlatBallot]:
    query = select(FlatBallot).join(Vote, Vote.id == FlatBallot.vote_id)
    query = query.join(AgendaEntry, AgendaEntry.id == Vote.entry_id).where(AgendaEntry.meeting_id == meeting_id)
    query = query.where(FlatBallot.household_id.in_(homes), FlatBallot.replaced_at.is_(None))
    return list(session.scalars(query))


def _told(session: Session, meeting_id: uuid.UUID, homes: list[uuid.UUID]) -> dict[uuid.UUID, Told]:
    by_home: dict[uuid.UUID, list[FlatBallot]] = {}
    for ballot in _live(session, meeting_id, homes):
        by_home.setdefault(ballot.household_id, []).append(ballot)
    return {home: _as_told(ballots) for home, ballots in by_home.items()}


def _as_told(ballots: list[FlatBallot]) -> Told:
    first = ballots[0]
    signer = "proxy" if first.by_proxy else "co_owner" if first.signer_id is not None else "owner"
    choices = {ballot.vote_id: ballot.choice for ballot in ballots}
    return Told(choices, first.signed, signer, first.note or "", first.returned_on, first.receiver or "")


def enter(
    work: Work,
    flat_id: uuid.UUID,
    choices: Mapping[uuid.UUID, str],
    *,
    signed: bool = True,
    signer: str = "owner",
    note: str = "",
    receiver: str = "",
    returned_on: date | None = None,
    correct: bool = False,
) -> None:
    """Note the paper of a flat with its choice on each open question; `correct` puts it in the place of an earlier."""
    if signer not in SIGNERS or any(choice not in CHOICES for choice in choices.values()):
        raise RuleBroken(N_("Choose for, against, abstained or invalid on each question. Nothing was saved."))
    with work.act("votes.paper") as act:
        flat = act.get(VotingFlat, flat_id)
        if flat is None:
            raise NotFound(N_("This flat is not on the list of owners any more."))
        require(meeting_of(act, flat.meeting_id), "open", "recess")
        asked = [vote.id for vote, _ in questions_of(act, flat.meeting_id) if vote.counts is None]
        if not asked:
            raise RuleBroken(N_("No vote of the owners is open: open one, then enter papers."))
        if set(choices) != set(asked):
            raise RuleBroken(N_("Enter a choice for each question on the paper; a question left blank is abstained."))
        earlier = _live(act, flat.meeting_id, [flat.household_id])
        earlier = [ballot for ballot in earlier if ballot.vote_id in choices]
        if earlier and not correct:
            raise RuleBroken(N_("Flat {door} has handed in its paper already: a flat has one. If the first was entered "
                                "wrongly, correct it; it stays in the history."), door=flat.door)  # fmt: skip
        if signed and (signer != "proxy" or flat.proxy_on is not None):
            _agree(act, flat, choices)
        for ballot in earlier:
            ballot.replaced_at = act.now
        more = {"household_id": flat.household_id, "signed": signed, "by_proxy": signer == "proxy",
                "signer_id": _signer(flat, signer), "note": note.strip() or None, "receiver": receiver.strip() or None,
                "returned_on": returned_on or calendar.day_of(act.now)}  # fmt: skip
        last = act.scalar(select(func.max(FlatBallot.position)).where(FlatBallot.vote_id.in_(asked)))
        for key, choice in choices.items():
            act.add(FlatBallot(id=new_id(), vote_id=key, choice=choice, position=(last or 0) + 1, **more))


def _signer(flat: VotingFlat, signer: str) -> uuid.UUID | None:
    if signer != "co_owner":
        return None
    if flat.voter_id is None:
        raise RuleBroken(N_("The co-owners of this flat have not named who votes: name one of them in the list of "
                            "owners first. Nothing was saved."))  # fmt: skip
    return flat.voter_id


def _agree(act: Act, flat: VotingFlat, choices: Mapping[uuid.UUID, str]) -> None:
    """One owner is one head: the papers of several flats cannot say different things."""
    if flat.owner_id is None and not flat.unsold:
        return
    meeting = meeting_of(act, flat.meeting_id)
    said = select(VotingFlat.door, FlatBallot.vote_id, FlatBallot.choice)
    said = said.join(VotingFlat, VotingFlat.household_id == FlatBallot.household_id)
    said = said.where(
        VotingFlat.meeting_id == flat.meeting_id, VotingFlat.id != flat.id, HEAD.in_([_head(flat)]),
        FlatBallot.vote_id.in_(list(choices)), FlatBallot.replaced_at.is_(None),
        owners.valid(owners.rules_of(act, meeting.unit_id)),
    )  # fmt: skip
    for door, vote_id, choice in act.execute(said):
        if choices[vote_id] not in (choice, "invalid"):
            raise RuleBroken(
                N_("The same owner has voted otherwise for flat {door}: one owner with several flats is one head with "
                   "one opinion. Ask which it is and correct that paper, or enter this one as invalid."), door=door,
            )  # fmt: skip


def take_back(work: Work, flat_id: uuid.UUID) -> None:
    """Take the paper of a flat out again, entered by mistake; it stays in the history."""
    with work.act("votes.paper") as act:
        flat = act.get(VotingFlat, flat_id)
        if flat is None:
            raise NotFound(N_("This flat is not on the list of owners any more."))
        open_ones = {vote.id for vote, _ in questions_of(act, flat.meeting_id) if vote.counts is None}
        for ballot in _live(act, flat.meeting_id, [flat.household_id]):
            if ballot.vote_id in open_ones:
                ballot.replaced_at = act.now


def returned(
    work: Work, meeting_id: uuid.UUID, *, after: int | None = None, limit: int = 50
) -> tuple[tuple[PaperRow, ...], int | None]:
    """The papers that came back, the newest first, and the key of the next page."""
    with work.read() as session:
        asked = questions_of(session, meeting_id)
        if not asked:
            return (), None
        places = select(FlatBallot.household_id, func.max(FlatBallot.position).label("position"))
        places = places.where(
            FlatBallot.vote_id.in_([vote.id for vote, _ in asked]), FlatBallot.replaced_at.is_(None)
        ).group_by(FlatBallot.household_id)
        last = places.subquery()
        query = rows_query(meeting_id).add_columns(last.c.position)
        query = query.join(last, last.c.household_id == VotingFlat.household_id).order_by(last.c.position.desc())
        if after is not None:
            query = query.where(last.c.position < after)
        found = [(int(position), row_of(*rest)) for *rest, position in session.execute(query.limit(limit + 1))]
        told = _told(session, meeting_id, [row.household_id for _, row in found[:limit]])
        before = select(FlatBallot.household_id, func.count()).where(
            FlatBallot.vote_id == asked[0][0].id, FlatBallot.replaced_at.is_not(None),
            FlatBallot.household_id.in_(list(told)),
        ).group_by(FlatBallot.household_id)  # fmt: skip
        corrected: dict[uuid.UUID, int] = {row[0]: row[1] for row in session.execute(before)}
        rows = tuple(
            PaperRow(position, row, told[row.household_id], corrected.get(row.household_id, 0))
            for position, row in found[:limit]
        )
        return rows, rows[-1].position if len(found) > limit else None


def results(work: Work, meeting_id: uuid.UUID) -> list[Result]:
    """Where every question stands at this moment, by the papers that have come back."""
    with work.read() as session:
        meeting = meeting_of(session, meeting_id)
        rules = owners.rules_of(session, meeting.unit_id)
        found = zip(_questions(session, meeting_id), questions_of(session, meeting_id), strict=True)
        return [_result(session, meeting, rules, question, vote) for question, (vote, _) in found]


def _result(session: Session, meeting: Meeting, rules: owners.OwnersRules, question: Question, vote: Vote) -> Result:
    standing = owners.standing(session, meeting, vote.id)
    day = calendar.day_of(vote.at or meeting.starts_at)
    both = None
    if rules.silence:
        both = both_counts(vote.rule, standing.count, standing.silent, standing.silent_area, day)
    verdict = RULES[vote.rule].judge(standing.count, day)
    return Result(question, standing, verdict, owners_possible(vote.rule, standing.count), both, rules)


def history(session: Session, household_id: uuid.UUID, vote_id: uuid.UUID) -> list[Any]:
    """Every paper entered for a flat in a vote, the earlier ones too."""
    query = select(FlatBallot).where(FlatBallot.household_id == household_id, FlatBallot.vote_id == vote_id)
    return list(session.scalars(query.order_by(FlatBallot.position)))


def handed_in(work: Work, meeting_id: uuid.UUID) -> int:
    """How many flats have handed in a paper."""
    with work.read() as session:
        asked = [vote.id for vote, _ in questions_of(session, meeting_id)]
        query = select(func.count(FlatBallot.household_id.distinct()))
        return session.scalar(query.where(FlatBallot.vote_id.in_(asked), FlatBallot.replaced_at.is_(None))) or 0

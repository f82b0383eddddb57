"""Votes on more than two options that belong together, and what a meeting knows of its votes beside the file."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from deliberation_app.domain import votes_series as law
from deliberation_app.domain.votes import motion_text
from deliberation_app.domain.votes_series import (
    LEAST,
    WAYS,
    SeriesTable,
    SeriesVote,
    level,
    printed,
    table,
    votes_of,
)
from deliberation_app.errors import N_, RuleBroken
from deliberation_app.services import votes, votes_numbers
from deliberation_app.services.board_picture import short_name
from deliberation_app.services.meetings import find
from deliberation_app.services.verdicts import Beside
from deliberation_app.services.work import Work
from deliberation_app.storage.base import new_id
from deliberation_app.storage.meetings import AgendaEntry, AgendaOption
from deliberation_app.storage.votes import Vote

__all__ = [
    "LEAST", "WAYS", "NextVote", "SeriesTable", "begin", "beside", "between", "came_to", "go_on", "next_vote", "shown",
]  # fmt: skip


@dataclass(frozen=True)
class NextVote:
    """The vote of a series that comes next."""

    motion: str
    option_id: uuid.UUID | None
    rule: str
    method: str
    series: Mapping[str, Any]
    house_rule: Mapping[str, Any] | None = None
    overrides: Mapping[str, str] | None = None


def begin(
    work: Work,
    entry_id: uuid.UUID,
    way: str,
    *,
    rule: str,
    method: str,
    house_rule: Mapping[str, Any] | None = None,
    overrides: Mapping[str, str] | None = None,
) -> uuid.UUID:
    """Open the first vote of a series on all options of an entry."""
    with work.read() as session:
        options = _options(session, entry_id)
    if way not in WAYS or len(options) < LEAST:
        raise RuleBroken(N_("A comparison needs at least three options; with two, vote on each of them."))
    series = {"id": str(new_id()), "way": way, "options": [str(one.id) for one in options]}
    first = NextVote("", None, rule, method, series, house_rule, overrides)
    return _open(work, entry_id, _filled(first, options, 0))


def go_on(work: Work, entry_id: uuid.UUID) -> uuid.UUID:
    """Open the next vote of the series under way."""
    following = next_vote(work, entry_id)
    if following is None:
        raise RuleBroken(N_("Every option of the comparison has been voted on."))
    return _open(work, entry_id, following)


def between(work: Work, entry_id: uuid.UUID) -> uuid.UUID:
    """Put those options against each other that came out level once each was voted on."""
    with work.read() as session:
        rows, options = _votes(session, entry_id), _options(session, entry_id)
        found = _shown_here(session, session.get_one(AgendaEntry, entry_id), _last(rows))
    names = level(found) if found is not None else ()
    if not names:
        raise RuleBroken(N_("No options are level, so there is nothing to vote on again."))
    last, alike = _last(rows)[-1], [one for one in options if short_name(one.title) in names]
    series = {"id": str(new_id()), "way": "pairs", "options": [str(one.id) for one in alike]}
    reasons = {one["gate"]: one["reason"] for one in last.overrides or ()}
    first = NextVote("", None, last.rule, last.method, series, last.house_rule, reasons)
    return _open(work, entry_id, _filled(first, alike, 0))


def came_to(session: Session, entry: AgendaEntry) -> tuple[str, ...]:
    """What each comparison on an entry came to, in Chinese without its full stop."""
    found = (_shown_here(session, entry, votes) for votes in _by_series(_votes(session, entry.id)))
    return tuple(law.came_to(one) for one in found if one is not None and one.rows)


def _shown_here(session: Session, entry: AgendaEntry, rows: Sequence[Vote]) -> SeriesTable | None:
    names = {str(one.id): short_name(one.title) for one in _options(session, entry.id)}
    return shown(rows, names, {row.id: _heads(session, entry.meeting_id, row) for row in rows})


def _votes(session: Session, entry_id: uuid.UUID) -> list[Vote]:
    return list(session.scalars(select(Vote).where(Vote.entry_id == entry_id).order_by(Vote.position)))


def _open(work: Work, entry_id: uuid.UUID, one: NextVote) -> uuid.UUID:
    return votes.open_vote(
        work, entry_id, motion=one.motion, rule=one.rule, method=one.method, option_id=one.option_id,
        house_rule=one.house_rule, overrides=one.overrides, series=one.series,
    )  # fmt: skip


def next_vote(work: Work, entry_id: uuid.UUID) -> NextVote | None:
    """The vote of the last series of an entry that is still to come; None when there is none, or all are counted."""
    with work.read() as session:
        rows, options = _votes(session, entry_id), _options(session, entry_id)
    taken = _last(rows)
    if not taken or any(row.counts is None for row in taken):
        return None
    last = taken[-1]
    reasons = {one["gate"]: one["reason"] for one in last.overrides or ()}
    series = {key: value for key, value in (last.series or {}).items() if key != "about"}
    following = NextVote("", None, last.rule, last.method, series, last.house_rule, reasons)
    still = [one for one in options if str(one.id) in series["options"]]
    return (
        _filled(following, still, len(taken)) if len(taken) < len(votes_of(series["way"], series["options"])) else None
    )


def _filled(one: NextVote, options: Sequence[AgendaOption], place: int) -> NextVote:
    about = votes_of(one.series["way"], [str(option.id) for option in options])[place]
    names = {str(option.id): short_name(option.title) for option in options}
    motion = motion_text(one.rule, names[about[0]])
    if len(about) > 1:
        asked = f"{names[about[0]]}和{names[about[1]]}相比，是否赞成{names[about[0]]}（反对即赞成{names[about[1]]}）"
        motion = asked + motion.removeprefix(f"是否赞成{names[about[0]]}")
    return NextVote(motion, uuid.UUID(about[0]), one.rule, one.method, {**one.series, "about": list(about)},
                    one.house_rule, one.overrides)  # fmt: skip


def _options(session: Session, entry_id: uuid.UUID) -> list[AgendaOption]:
    query = select(AgendaOption).where(AgendaOption.entry_id == entry_id)
    return list(session.scalars(query.order_by(AgendaOption.position, AgendaOption.id)))


def _last(rows: Iterable[Vote]) -> list[Vote]:
    """The votes of the series that was begun last."""
    with_series = [row for row in rows if row.series]
    return [row for row in with_series if (row.series or {})["id"] == (with_series[-1].series or {})["id"]]


def _by_series(rows: Iterable[Vote]) -> list[list[Vote]]:
    """The votes of each series, in the order in which they were begun."""
    found: dict[str, list[Vote]] = {}
    for row in rows:
        if row.series:
            found.setdefault(row.series["id"], []).append(row)
    return list(found.values())


def compares(vote: Vote) -> bool:
    """Whether a vote only ranks two options, so that neither of them is voted on by it."""
    return bool(vote.series) and (vote.series or {}).get("way") == "pairs"


def shown(
    rows: Sequence[Vote], names: Mapping[str, str], heads: Mapping[uuid.UUID, tuple[int, int]]
) -> SeriesTable | None:
    """The table of the last series among the votes of an entry; `heads` has due and present of each counted vote."""
    taken = _last(rows)
    if not taken:
        return None
    series = taken[0].series or {}
    counted = [_row(row, names, heads.get(row.id, (0, 0))) for row in taken if row.counts is not None]
    return table(series["way"], [names.get(one, "—") for one in series["options"]], counted)


def _row(vote: Vote, names: Mapping[str, str], heads: tuple[int, int]) -> SeriesVote:
    given = {name: int((vote.counts or {}).get(name, 0)) for name in ("in_favour", "against", "abstain")}
    about = tuple(names.get(one, "—") for one in (vote.series or {}).get("about", ()))
    return SeriesVote(options=about, eligible=heads[0], present=heads[1], quorate=bool(vote.quorate),
                      passed=bool(vote.passed), **given)  # fmt: skip


def beside(session: Session, meeting_id: uuid.UUID) -> dict[str, Beside]:
    """What the record says of votes and the meeting file has no place for, by their ids."""
    of_meeting = select(Vote).join(AgendaEntry, AgendaEntry.id == Vote.entry_id)
    wanted = of_meeting.where(AgendaEntry.meeting_id == meeting_id, Vote.series.is_not(None) | (Vote.round > 1))
    rows = list(session.scalars(wanted.order_by(Vote.position)))
    found = {str(row.id): Beside(further=(row.round or 1) > 1, remarks=_words(row)) for row in rows}
    for votes_ in _by_series(rows):
        made = _shown_here(session, session.get_one(AgendaEntry, votes_[0].entry_id), votes_)
        if made is not None and made.rows:
            found[str(votes_[-1].id)] = Beside(remarks=(printed(made),))
    return found


def _words(vote: Vote) -> tuple[str, ...]:
    return ("另行选举：补选前次未选出的名额",) if (vote.round or 1) > 1 else ()


def _heads(session: Session, meeting_id: uuid.UUID, vote: Vote) -> tuple[int, int]:
    count = votes_numbers.count_now(session, find(session, meeting_id), vote, {})
    return count.eligible, count.present

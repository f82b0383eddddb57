"""The one visible next step of a live meeting, and what comes after it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from deliberation_app.domain.votes_series import level, votes_of
from deliberation_app.errors import N_, AppError

if TYPE_CHECKING:
    from deliberation_app.services.board_picture import Board

# So many of those who wait are told of: the next one, and who comes then.
_WAITING = 2


@dataclass(frozen=True)
class Step:
    """Something the chair can do now: `act` names it for the console, `target` is the row it is about."""

    act: str
    words: AppError
    target: uuid.UUID | None = None


def next_steps(board: Board) -> list[Step]:
    """The next steps, the first being the one the big button does."""
    if board.state in ("planned", "called"):
        return _before(board)
    if board.state == "recess":
        return [Step("resume", AppError(N_("Resume the meeting")))]
    if board.state != "open":
        return [Step("minutes", AppError(N_("Go to the record")))]
    return _signing_in_anew(board) + (_voting(board) or _talking(board))


def _signing_in_anew(board: Board) -> list[Step]:
    """On another day nobody is there until the roll is taken anew."""
    if any(guest.there for guest in board.guests) or not any(guest.expected for guest in board.guests):
        return []
    return [Step("sign_in", AppError(N_("Sign people in")))]


def _before(board: Board) -> list[Step]:
    opening = Step("open", _opening(board))
    if any(guest.there for guest in board.guests):
        return [opening, *_further(board)]
    return [Step("sign_in", AppError(N_("Sign people in"))), opening]


def _opening(board: Board) -> AppError:
    """A meeting short of its quorum may be opened, but whoever does it knows."""
    missing = (board.quorum.needed or 0) - board.quorum.present
    if missing <= 0:
        return AppError(N_("Open the meeting"))
    return AppError(N_("Open the meeting, {count} short"), count=missing)


def _voting(board: Board) -> list[Step]:
    if board.vote is None:
        return []
    announce = Step("announce", AppError(N_("Announce the result")), board.vote.id)
    if board.vote.counts is None:
        return [Step("count", AppError(N_("Judge the count")), board.vote.id), announce]
    return [announce, *_talking(board)]


def _talking(board: Board) -> list[Step]:
    steps = _comparing(board)
    steps += [
        Step("give", AppError(N_("Give the floor: {name}"), name=guest.name), guest.person_id)
        for guest in board.queue[:_WAITING]
    ]
    # Everybody is offered the floor before it is voted; once votes have begun, after the last of them.
    asking, begun = _asking(board), bool(board.motions)
    steps += [] if begun else asking
    if board.kind.default_rule is not None and not board.blocked and not (board.series and board.series.left):
        steps += [Step("vote", AppError(N_("Vote on {option}"), option=one.name), one.id) for one in board.to_vote]
    return [*steps, *_between(board), *(asking if begun else ()), *_concluding(board), *_further(board)]


def _between(board: Board) -> list[Step]:
    """Options that came out level are put against each other, unless the conclusion says what is to be."""
    alike = level(board.series) if board.series is not None else ()
    if not alike or board.blocked or board.entry is None or board.entry.concluded:
        return []
    return [Step("between", AppError(N_("Vote again between {options}"), options="、".join(alike)))]


def _comparing(board: Board) -> list[Step]:
    """A comparison that was begun is brought to its end before anything else is put to the vote."""
    if board.series is None or not board.series.left:
        return []
    about = votes_of(board.series.way, board.series.options)[len(board.series.rows) :]
    return [
        Step("vote", AppError(N_("Compare {one} with {other}"), one=names[0], other=names[1]) if len(names) > 1
             else AppError(N_("Vote on {option}"), option=names[0]))
        for names in about
    ]  # fmt: skip


def _concluding(board: Board) -> list[Step]:
    """What came out of an item is written before the item is left."""
    left = any(one.what == "outcome" and one.entry == board.current for one in board.unfinished)
    if not left or not (board.statements or board.motions):
        return []
    return [Step("outcome", AppError(N_("Write the conclusion")), board.current)]


def _asking(board: Board) -> list[Step]:
    """Before an entry is left the others are asked as well; one key notes that nobody else wishes to speak."""
    entry = board.entry
    if board.asked_all or not board.unheard or entry is None:
        return []
    if board.statements:
        return [Step("no_more", AppError(N_("Asked: the other {count} do not speak"), count=len(board.unheard)))]
    if entry.has_item and not entry.no_statements:
        return [Step("no_more", AppError(N_("Asked: nobody wishes to speak")))]
    return []


def _further(board: Board) -> list[Step]:
    place = next((index for index, entry in enumerate(board.entries) if entry.id == board.current), -1)
    if place + 1 < len(board.entries):
        following = board.entries[place + 1]
        return [Step("next_entry", AppError(N_("Go on to: {title}"), title=following.title), following.id)]
    return [Step("close", AppError(N_("Close the meeting")))]

"""An opinion in writing, asked in turn: what it says, on which point, of what day."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import TYPE_CHECKING

from deliberation_app.domain.calendar import day_of
from deliberation_app.domain.roll_words import CHOICES, opinion_counts
from deliberation_app.language import _
from deliberation_app.services import floor_seat
from deliberation_app.services.board_picture import Board, EntryLine
from deliberation_app.services.roll_view import RollLine
from deliberation_app.ui.agenda_words import MIDDLE_DAY, day_words
from deliberation_app.ui.console_roll_ask import Choice, among
from deliberation_app.ui.kit.dates import read_date

if TYPE_CHECKING:
    from deliberation_app.ui.console_roll_acts import RollActs

_NONE = "none"
_YEAR = timedelta(days=364)


def ask_opinion(acts: RollActs, who: RollLine) -> None:
    """What the opinion of somebody who cannot come says; the point and the day are asked after it."""
    board = acts.panel.chair.board
    if board is None:
        return
    rows = [Choice(key, _(words)) for key, words in CHOICES.items()]
    if who.opinion:
        rows.append(Choice(_NONE, _("take it out again")))
    title = _("{name} handed in a signed opinion: what does it say?")
    if not opinion_counts(board.kind):
        title = _("{name} handed in a signed opinion. It is kept on record; by the rules of this meeting it does "
                  "not count as a vote. What does it say?")  # fmt: skip

    def done(key: str, _words: str) -> bool:
        if key == _NONE:
            return acts.do_said(_noted(who), floor_seat.hand_in, who.person_id, None)
        _ask_point(acts, board, who, key)
        return False

    acts.ask(title.format(name=who.name), among(rows), done)


def _noted(who: RollLine) -> str:
    return _("Opinion in writing of {name} noted").format(name=who.name)


def points(board: Board) -> list[EntryLine]:
    """The points on which somebody can have an opinion, that under way first: those with an item, else all."""
    found = [one for one in board.entries if one.has_item] or list(board.entries)
    return sorted(found, key=lambda one: one.state != "current")


def _ask_point(acts: RollActs, board: Board, who: RollLine, choice: str) -> None:
    known = points(board)
    if len(known) < 2:
        _ask_day(acts, board, who, choice, known[0].id if known else None)
        return

    def done(key: str, _words: str) -> bool:
        _ask_day(acts, board, who, choice, uuid.UUID(key))
        return False

    rows = [Choice(str(one.id), one.title) for one in known]
    title = _("On which point is the opinion of {name}: {choice}?").format(name=who.name, choice=_(CHOICES[choice]))
    acts.ask(title, among(rows), done)


def _ask_day(acts: RollActs, board: Board, who: RollLine, choice: str, entry: uuid.UUID | None) -> None:
    meeting = board.meeting
    held_on, usual = day_of(meeting.opened_at or meeting.starts_at), floor_seat.usual_day(meeting, day_of(board.now))

    def typed_day(typed: str) -> date | None:
        return read_date(typed, held_on - _YEAR)  # an opinion was written before: without a year the last such day

    def own(typed: str) -> str:
        day = typed_day(typed)
        return "" if day is None else _("Dated {day}").format(day=day_words(day, MIDDLE_DAY))

    def done(key: str, typed: str) -> bool:
        day = usual if key == "usual" else typed_day(typed)
        return acts.do_said(_noted(who), floor_seat.hand_in, who.person_id, choice, entry_id=entry, written_on=day)

    acts.ask(
        _("What day does the opinion of {name} bear?").format(name=who.name),
        lambda typed: [] if typed else [Choice("usual", day_words(usual, MIDDLE_DAY), _("the day before the meeting"))],
        done, placeholder=_("Another day, such as {day}").format(day=f"{usual - timedelta(days=1):%m-%d}"), own=own,
    )  # fmt: skip

"""Today: the next meeting and its preparation, what has to be done, the duties of the period, the five stages."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from deliberation_app.domain.duties import DutyState
from deliberation_app.errors import N_, NotFound
from deliberation_app.services import voices
from deliberation_app.services.agenda_board import StageFigure, figures
from deliberation_app.services.duties import standing
from deliberation_app.services.home_meetings import NextMeeting, Preparation, next_meeting
from deliberation_app.services.home_todo import Todo, todo
from deliberation_app.services.notices import hanging
from deliberation_app.services.work import Work
from deliberation_app.storage.people import Unit

__all__ = ["HomeView", "NextMeeting", "Preparation", "Todo", "duty_year", "home"]


@dataclass(frozen=True)
class HomeView:
    """Everything the first page shows."""

    today: date
    next_meeting: NextMeeting | None
    todo: tuple[Todo, ...]  # the most urgent first
    duties: tuple[DutyState, ...]  # those whose period runs today, in the order of the table
    stages: tuple[StageFigure, ...]
    published_until: date | None  # the last day of the latest notice of an outcome that hangs
    open_voices: int


def home(work: Work, unit_id: uuid.UUID, today: date) -> HomeView:
    """Read the first page of a unit; `today` is the day on the wall in China."""
    with work.read() as session:
        unit = session.get(Unit, unit_id)
        if unit is None:
            raise NotFound(N_("This unit is not here; choose another one."))
        posts = hanging(session, unit_id, today)
        outcomes = [row.last_day for row in posts if row.publication.about == "outcome" and row.last_day >= today]
        states = standing(session, unit, today.year, today)
        return HomeView(
            today=today,
            next_meeting=next_meeting(session, unit_id, today),
            todo=todo(session, unit_id, today, posts, now=work.clock()),
            duties=tuple(state for state in states if state.current(today)),
            stages=figures(session, unit_id),
            published_until=max(outcomes, default=None),
            open_voices=voices.counted(session, unit_id).open,
        )


def duty_year(work: Work, unit_id: uuid.UUID, today: date, year: int) -> list[DutyState]:
    """Every duty of the unit in every period of a year, for the matrix of the page of duties."""
    with work.read() as session:
        unit = session.get(Unit, unit_id)
        if unit is None:
            raise NotFound(N_("This unit is not here; choose another one."))
        return standing(session, unit, year, today)

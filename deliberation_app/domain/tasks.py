"""Tasks after a resolution: open, done or dropped, and how they stand against their date."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Literal, NamedTuple

from deliberation_app.domain.calendar import days_between
from deliberation_app.errors import N_, AppError, RuleBroken

TaskStanding = Literal["done", "accepted", "dropped", "overdue", "due_soon", "open", "no_date"]
SOON_DAYS = 3


class Standing(NamedTuple):
    """A word as printed and its English source."""

    title: str
    name: str


STANDINGS: Mapping[str, Standing] = MappingProxyType(
    {
        "done": Standing("已销号，待验收", N_("Waits for acceptance")),
        "accepted": Standing("已验收", N_("Accepted")),
        "dropped": Standing("已取消", N_("Task dropped")),
        "overdue": Standing("已超期", N_("Overdue")),
        "due_soon": Standing("快到期", N_("Due soon")),
        "open": Standing("办理中", N_("Under way")),
        "no_date": Standing("没有时限", N_("No date set")),
    }
)


def standing(state: str, due: date | None, today: date) -> TaskStanding:
    """How a task stands today: a task due today is due soon, overdue from the day after."""
    if state == "done":
        return "done"
    if state == "dropped":
        return "dropped"
    if due is None:
        return "no_date"
    left = days_between(today, due)
    if left < 0:
        return "overdue"
    return "due_soon" if left <= SOON_DAYS else "open"


def said(state: str, due: date | None, today: date) -> AppError | None:
    """The words beside the date: 3 days left, 2 days overdue; None where there is nothing to say."""
    left = days_between(today, due) if due is not None else 0
    match standing(state, due, today):
        case "overdue":
            return AppError(N_("Days overdue: {days}"), days=-left)
        case "due_soon" if left == 0:
            return AppError(N_("Due today"))
        case "due_soon" | "open":
            return AppError(N_("Days left: {days}"), days=left)
        case _:
            return None


def week_end(today: date) -> date:
    """The Sunday of this week: what is due until then is due this week."""
    return today + timedelta(days=6 - today.weekday())


def on_time(due: date | None, done_on: date | None) -> bool | None:
    """Whether a closed task was closed on time, None where one of the dates is missing; for the on-time rate."""
    return None if due is None or done_on is None else done_on <= due


def check_drop(reason: str) -> None:
    """A task is dropped only with a reason that is kept."""
    if not reason.strip():
        raise RuleBroken(N_("Say why the task is dropped; the reason is kept with it."))


def check_open(state: str) -> None:
    """Only an open task can be done or dropped."""
    if state != "open":
        raise RuleBroken(N_("This task is no longer open; reopen it first."))


def check_done(pieces: int) -> None:
    """Done needs evidence (flows.md F16): a word on the result, a photograph or a paper."""
    if not pieces:
        raise RuleBroken(N_("Say what shows that it is done, or add a photo or a paper. The task stays open."))


def check_reopen(state: str, reason: str) -> None:
    """A closed task is opened again with a reason that is kept."""
    if state == "open":
        raise RuleBroken(N_("This task is open already."))
    if not reason.strip():
        raise RuleBroken(N_("Say why the task is opened again; the reason is kept with it."))


def check_accept(state: str, accepted_by: str, closed_by: str, owners: Collection[str]) -> None:
    """Accepted by another person than the one who closed it and those who carried it out (flows.md F16)."""
    if state != "done":
        raise RuleBroken(N_("Only a task that is done can be accepted."))
    if not accepted_by:
        raise RuleBroken(N_("Say who accepts it."))
    if accepted_by == closed_by or accepted_by in owners:
        raise RuleBroken(N_("{name} carried it out or closed it; another person must accept it. Nothing was changed."),
                         name=accepted_by)  # fmt: skip

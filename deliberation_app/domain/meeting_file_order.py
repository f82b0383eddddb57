"""Order in time: what a meeting file tells must be able to have happened in that order.

What is out of order is told at the value that should be the later one: the start, where the notice came after it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from deliberation_app.domain.meeting_file_faults import MISSING_KEY, Found, Path
from deliberation_app.domain.meeting_file_known import Known, listed
from deliberation_app.domain.meeting_file_values import clock, day_of, instant, shown
from deliberation_app.errors import N_

_NOT_BEFORE = N_("{at} is before {earlier}; it cannot be earlier.")
_OUTSIDE = N_("{at} is outside the meeting, which lasted from {opened} to {closed}.")
_NOT_DONE = N_("“{title}” is not done, so it has no time of being done.")
_FIRST = N_("The first sitting must open when the meeting opens (opened_at).")
_LAST = N_("The last sitting must close when the meeting closes (closed_at), or have no end like it.")
_RECESS = N_("{at} is in no sitting of the meeting; it was in recess then.")
_AWAY_ALL_THE_TIME = {
    "leave": N_("{name} was on leave and can neither have come nor gone."),
    "absent": N_("{name} was absent and can neither have come nor gone."),
}


def _at(holder: Mapping[str, Any], key: str) -> datetime | None:
    return instant(holder[key]) if key in holder else None


def _not_before(path: Path, at: datetime | None, earlier: datetime | None, found: Found) -> bool:
    """Whether the order is right; where it is not, that is told at `path`."""
    if at is None or earlier is None or at >= earlier:
        return True
    found.add(path, _NOT_BEFORE, at=clock(at), earlier=clock(earlier))
    return False


def check_order(known: Known, found: Found) -> None:
    """All rules of order in time."""
    meeting = known.meeting
    sittings = Sittings(meeting)
    _frame(meeting, found)
    _sessions(meeting, found)
    for path, entry in known.each("meeting", "attendance"):
        _attendance(path, entry, known, found)
    for path, statement, _ in known.entries("statements"):
        sittings.hold(path, statement, found)
        _answer(path, statement, known, sittings.day, found)
    for path, vote, _ in known.entries("votes"):
        sittings.hold(path, vote, found)
        _backwards((*path, "recounts"), vote.get("recounts", ()), found)
    for path, item in known.each("items"):
        _backwards((*path, "history"), item.get("history", ()), found)
        _stage(path, item, found)
    for path, task in known.each("tasks"):
        if "done_at" in task and task.get("state") != "done":
            found.add((*path, "done_at"), _NOT_DONE, title=shown(task["title"]))
    for path, publication in known.each("publications"):
        _publication(path, publication, found)


def _frame(meeting: Mapping[str, Any], found: Found) -> None:
    starts, notice = instant(meeting["starts_at"]), _at(meeting, "notice_at")
    if notice is not None and notice > starts:
        found.add(
            ("meeting", "starts_at"),
            N_("The meeting starts at {at}, but its notice went out only at {notice}."),
            at=clock(starts),
            notice=clock(notice),
        )
    _not_before(("meeting", "closed_at"), _at(meeting, "closed_at"), _at(meeting, "opened_at") or starts, found)


def _sessions(meeting: Mapping[str, Any], found: Found) -> None:
    sessions = meeting.get("sessions", ())
    if not sessions:
        return
    before: datetime | None = None
    for path, session in listed(("meeting", "sessions"), sessions):
        opened, closed = instant(session["opened_at"]), _at(session, "closed_at")
        _not_before((*path, "opened_at"), opened, before, found)
        _not_before((*path, "closed_at"), closed, opened, found)
        if closed is None and path[-1] != len(sessions) - 1:
            found.add(path, N_("Another sitting follows, so “closed_at” must say when this one ended."))
        before = closed or opened
    first, last = instant(sessions[0]["opened_at"]), _at(sessions[-1], "closed_at")
    if first != _at(meeting, "opened_at"):
        found.add(("meeting", "sessions", 0, "opened_at"), _FIRST)
    if last != _at(meeting, "closed_at"):
        end: Path = ("meeting", "sessions", len(sessions) - 1)
        if last is None:
            found.add(end, MISSING_KEY, key="closed_at")
        else:
            found.add((*end, "closed_at"), _LAST)


class Sittings:
    """When the meeting sat, so that each statement and vote can be held against it in logarithmic time."""

    def __init__(self, meeting: Mapping[str, Any]) -> None:
        self.day = day_of(meeting["starts_at"])
        self.opened, self.closed = _at(meeting, "opened_at"), _at(meeting, "closed_at")
        self.spans = _joined(
            [(instant(session["opened_at"]), _at(session, "closed_at")) for session in meeting.get("sessions", ())]
        )

    def hold(self, path: Path, holder: Mapping[str, Any], found: Found) -> None:
        """Tell when the `at` of a statement or a vote lies outside the meeting or in a recess."""
        at = _at(holder, "at")
        if at is None:
            return
        if (self.opened and at < self.opened) or (self.closed and at > self.closed):
            found.add(
                (*path, "at"),
                _OUTSIDE,
                at=clock(at),
                opened=clock(self.opened) if self.opened else "…",
                closed=clock(self.closed) if self.closed else "…",
            )
        elif self.spans and not self._sat(at):
            found.add((*path, "at"), _RECESS, at=clock(at))

    def _sat(self, at: datetime) -> bool:
        position = bisect_right(self.spans, at, key=lambda span: span[0]) - 1
        if position < 0:
            return False
        closed = self.spans[position][1]
        return closed is None or at <= closed


def _joined(spans: list[tuple[datetime, datetime | None]]) -> list[tuple[datetime, datetime | None]]:
    """The sittings sorted and joined where they overlap (which is told elsewhere), open ends last."""
    joined: list[tuple[datetime, datetime | None]] = []
    for opened, closed in sorted(spans, key=lambda span: span[0]):
        if joined and (joined[-1][1] is None or opened <= joined[-1][1]):
            end = joined[-1][1]
            joined[-1] = (joined[-1][0], None if end is None or closed is None else max(end, closed))
        else:
            joined.append((opened, closed))
    return joined


def _attendance(path: Path, entry: Mapping[str, Any], known: Known, found: Found) -> None:
    if entry["status"] in {"leave", "absent"}:
        for key in ("arrived_at", "left_at", "away"):
            if entry.get(key):
                found.add((*path, key), _AWAY_ALL_THE_TIME[entry["status"]], name=known.name(entry["person"]))
        return
    arrived, left = _at(entry, "arrived_at"), _at(entry, "left_at")
    _not_before((*path, "left_at"), left, arrived, found)
    _away((*path, "away"), entry.get("away", ()), arrived, left, found)


def _away(
    path: Path, away: Sequence[Mapping[str, Any]], arrived: datetime | None, left: datetime | None, found: Found
) -> None:
    before = arrived
    for inner, absence in listed(path, away):
        gone, back = instant(absence["from"]), _at(absence, "to")
        if _not_before((*inner, "from"), gone, before, found) and _before_leaving((*inner, "from"), gone, left, found):
            _back((*inner, "to"), back, gone, left, found)
        if back is None and inner[-1] != len(away) - 1:
            found.add(inner, N_("The person went out again later, so “to” must say when this absence ended."))
        before = back or gone


def _back(path: Path, back: datetime | None, gone: datetime, left: datetime | None, found: Found) -> None:
    if _not_before(path, back, gone, found):
        _before_leaving(path, back, left, found)


def _before_leaving(path: Path, at: datetime | None, left: datetime | None, found: Found) -> bool:
    if at is None or left is None or at <= left:
        return True
    found.add(path, N_("{at} is after the person had left for good ({left})."), at=clock(at), left=clock(left))
    return False


def _answer(path: Path, statement: Mapping[str, Any], known: Known, day: date, found: Found) -> None:
    asked = known.statements.get(statement.get("answers", ""))
    if asked is not None:
        at, earlier = _at(statement, "at"), _at(asked, "at")
        if at is not None and earlier is not None and at < earlier:
            found.add(
                (*path, "at"),
                N_("The answer ({at}) is earlier than what it answers ({earlier})."),
                at=clock(at),
                earlier=clock(earlier),
            )
    if "promised_by" in statement and date.fromisoformat(statement["promised_by"]) < day:
        found.add(
            (*path, "promised_by"),
            N_("The promise is for {day}, before the day of the meeting ({meeting})."),
            day=statement["promised_by"],
            meeting=day.isoformat(),
        )


def _backwards(path: Path, steps: Sequence[Mapping[str, Any]], found: Found) -> None:
    before: datetime | None = None
    for inner, step in listed(path, steps):
        at = instant(step["at"])
        _not_before((*inner, "at"), at, before, found)
        before = at


def _stage(path: Path, item: Mapping[str, Any], found: Found) -> None:
    history = item.get("history", ())
    if history and history[-1]["stage"] != item["stage"]:
        found.add(
            (*path, "history", len(history) - 1, "stage"),
            N_("The last stage in the history of “{title}” is {last}, but the item stands at {stage}."),
            title=shown(item["title"]),
            last=history[-1]["stage"],
            stage=item["stage"],
        )


def _publication(path: Path, publication: Mapping[str, Any], found: Found) -> None:
    posted = publication["posted_on"]
    dated = [((*path, "taken_down_on"), publication.get("taken_down_on"))]
    for inner, objection in listed((*path, "objections"), publication.get("objections", ())):
        dated.append(((*inner, "answered_on"), objection.get("answered_on")))
    for inner, day in dated:
        # Days are written YYYY-MM-DD, so their text is in their order.
        if day is not None and day < posted:
            found.add(inner, N_("{day} is before the day of posting ({posted})."), day=day, posted=posted)

"""An owners' vote of 10,000 households judged, against one SQL SUM over the same rows."""

from __future__ import annotations

import sqlite3
import statistics
import tempfile
import time
import uuid
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from deliberation_app.services import owners, units
from deliberation_app.services.work import Work, open_work
from deliberation_app.storage.base import derived_id, new_id
from deliberation_app.storage.floor import Attendance
from deliberation_app.storage.meetings import AgendaEntry, Meeting
from deliberation_app.storage.people import Household, Person
from deliberation_app.storage.votes import Ballot, Vote

HOUSEHOLDS, TIMES = 10_000, 15
CHOICES = ("in_favour", "in_favour", "in_favour", "against", "abstain", "invalid", None)
# The rows a verdict rests on: every flat of the owners on the roll, and the ballots.
SUM = (
    "SELECT SUM(area) FROM attendance JOIN household ON household.owner_id = attendance.person_id "
    "LEFT JOIN ballot ON ballot.voter_id = household.owner_id AND ballot.vote_id = ? WHERE attendance.meeting_id = ?"
)


def prepare(work: Work) -> tuple[uuid.UUID, uuid.UUID]:
    """10,000 flats, 9,500 owners, a ballot of six owners out of seven."""
    unit = units.set_up(work, name="大院", kind="owners", chair_name="王秀兰")
    people = [new_id() for _ in range(HOUSEHOLDS * 95 // 100)]
    meeting, entry, vote = new_id(), new_id(), new_id()
    with work.act("people.import") as act:
        act.insert(Person, [{"id": key, "name": f"业主{n}"} for n, key in enumerate(people)])
        act.insert(Household, [
            {"id": new_id(), "courtyard": "大院", "building": f"{n // 100}号楼", "room": str(n), "area": 5000 + n,
             "owner_id": people[n % len(people)]} for n in range(HOUSEHOLDS)
        ])  # fmt: skip
        act.insert(Meeting, [{"id": meeting, "unit_id": unit, "kind": "owners_assembly", "title": "业主大会",
                              "starts_at": act.now}])  # fmt: skip
        act.insert(AgendaEntry, [{"id": entry, "meeting_id": meeting, "position": 0, "title": "维修"}])
        act.insert(Attendance, [
            {"id": derived_id(meeting, "attendance", key), "meeting_id": meeting, "position": n, "person_id": key,
             "capacity": "voting", "status": "absent", "expected": True} for n, key in enumerate(people)
        ])  # fmt: skip
        act.insert(Vote, [{"id": vote, "entry_id": entry, "position": 0, "motion": "维修", "method": "written",
                           "rule": "owners_special"}])  # fmt: skip
        given = [(n, key, CHOICES[n % 7]) for n, key in enumerate(people) if CHOICES[n % 7]]
        act.insert(Ballot, [
            {"id": derived_id(vote, "ballots", key), "vote_id": vote, "position": n, "voter_id": key, "choice": choice}
            for n, key, choice in given
        ])  # fmt: skip
    return meeting, vote


def ratio(ours: Callable[[], Any], floor: Callable[[], Any]) -> float:
    """How many times as long, the two taken by turns so that a busy machine slows both."""
    took: tuple[list[float], list[float]] = ([], [])
    for _ in range(TIMES):
        for do, times in zip((ours, floor), took, strict=True):
            begin = time.perf_counter()
            do()
            times.append(time.perf_counter() - begin)
    return statistics.median(took[0]) / statistics.median(took[1])


def run() -> list[dict[str, Any]]:
    """The ratio of judging the vote to the sum."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "votes.db"
        with closing(open_work(file, clock=lambda: datetime.now(UTC))) as work:
            meeting, vote = prepare(work)

            def judge() -> None:
                with work.read() as session:
                    owners.judged(session, meeting, vote, "owners_special", date(2026, 10, 20))

            with closing(sqlite3.connect(file)) as raw:
                raw.execute("PRAGMA cache_size = -64000")
                keys = vote.hex, meeting.hex
                assert raw.execute(SUM, keys).fetchone()[0] > 0
                times = ratio(judge, lambda: raw.execute(SUM, keys).fetchone())
    return [{"what": "owners' vote of 10,000 households judged / one SQL SUM", "ratio": times, "bar": 3}]

"""The items and meetings of the made-up database."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from deliberation_app.services import seed_words as words
from deliberation_app.services.seed_chance import Chance, Courtyard, share
from deliberation_app.settings import DISPLAY_ZONE
from deliberation_app.storage.agenda import AgendaItem, ItemRaiser, ItemStep
from deliberation_app.storage.base import Kept, derived_id
from deliberation_app.storage.evaluation import Evaluation
from deliberation_app.storage.floor import Attendance, Statement
from deliberation_app.storage.meetings import AgendaEntry, Meeting, Mention
from deliberation_app.storage.notices import Publication
from deliberation_app.storage.tasks import Task
from deliberation_app.storage.votes import Ballot, Vote

Rows = dict[type[Kept], list[dict[str, Any]]]

STAGES = ("raised", "discussed", "decided", "evaluated", "shared")
CHANNELS = ("wish_wall", "opinion_tree", "message_board", "reception", "visit", "online")
CHOICES = ("in_favour", "in_favour", "in_favour", "against", "abstain")
_MOST_PEOPLE = 25


def raise_items(
    chance: Chance, rows: Rows, unit: uuid.UUID, people: Sequence[uuid.UUID], count: int, now: datetime, years: int
) -> list[uuid.UUID]:
    """The items of a unit, spread over the years; those of the last months are still on their way."""
    numbers: dict[int, int] = {}
    found: list[uuid.UUID] = []
    for number in range(count):
        key = chance.id()
        age = timedelta(days=365 * years) * (count - number) / count
        raised = now - age + timedelta(minutes=chance.random.randrange(600))
        reached = min(len(STAGES), 1 + age.days // 60) if chance.random.random() < 0.9 else 1
        year = raised.astimezone(DISPLAY_ZONE).year
        numbers[year] = numbers.get(year, 0) + 1
        entered = raised
        for position, stage in enumerate(STAGES[:reached]):
            entered = raised + timedelta(days=12 * position)
            step = {"id": derived_id(key, "step", position), "item_id": key, "position": position, "stage": stage}
            rows.setdefault(ItemStep, []).append({**step, "at": entered})
        rows.setdefault(AgendaItem, []).append(
            {"id": key, "unit_id": unit, "title": _title(chance), "channel": chance.random.choice(CHANNELS),
             "raised_at": raised, "stage": STAGES[reached - 1], "number": f"{year}-{numbers[year]:02d}",
             "entered_at": entered}
        )  # fmt: skip
        raiser = {"id": derived_id(key, "raiser", 0), "item_id": key, "position": 0}
        rows.setdefault(ItemRaiser, []).append({**raiser, "person_id": chance.random.choice(people)})
        _follow(chance, rows, key, reached, entered, people)
        found.append(key)
    return found


def _title(chance: Chance) -> str:
    pick = chance.random.choice
    return f"{pick(words.WHERE)}{pick(words.SUBJECTS)}{pick(words.PROBLEMS)}"


def _follow(
    chance: Chance, rows: Rows, item: uuid.UUID, reached: int, at: datetime, people: Sequence[uuid.UUID]
) -> None:
    """What came after the decision: a task, an evaluation, a publication."""
    day = at.astimezone(DISPLAY_ZONE).date()
    if reached >= STAGES.index("decided") + 1:
        done = reached > STAGES.index("decided") + 1
        rows.setdefault(Task, []).append(
            {"id": chance.id(), "item_id": item, "title": chance.random.choice(words.TASKS),
             "owner_id": chance.random.choice(people), "due": day, "done_at": at if done else None,
             "state": "done" if done else "open"}
        )  # fmt: skip
    if reached >= STAGES.index("evaluated") + 1:
        answers = {"very_satisfied": 30, "satisfied": 15, "fairly_satisfied": 4, "dissatisfied": 1, "unsure": 0}
        rows.setdefault(Evaluation, []).append(
            {"id": chance.id(), "item_id": item, "held_on": day, "invited": 60, "responses": answers}
        )
    if reached == len(STAGES):
        rows.setdefault(Publication, []).append(
            {"id": chance.id(), "item_id": item, "about": "outcome", "posted_on": day, "days": 7,
             "text": "办理结果公示。", "place": "院内公示栏"}
        )  # fmt: skip


def hold_meetings(
    chance: Chance, rows: Rows, courtyard: Courtyard, items: Sequence[uuid.UUID], now: datetime, years: int
) -> set[uuid.UUID]:
    """The meetings of a courtyard, with who came, what was said and how it was voted."""
    found: set[uuid.UUID] = set()
    for number in range(courtyard.meetings):
        key = chance.id()
        at = now - timedelta(days=365 * years) * (courtyard.meetings - number) / courtyard.meetings
        opened = at.astimezone(DISPLAY_ZONE).replace(hour=15, minute=0, second=0, microsecond=0)
        people = chance.random.sample(courtyard.people, min(_MOST_PEOPLE, len(courtyard.people)))
        rows.setdefault(Meeting, []).append(
            {"id": key, "unit_id": courtyard.unit, "kind": "courtyard_consultation",
             "title": f"第{number + 1}次院落议事会", "place": "文化活动室", "starts_at": opened, "opened_at": opened,
             "closed_at": opened + timedelta(hours=2),
             "chair_id": people[0], "written_at": opened + timedelta(hours=3)}
        )  # fmt: skip
        first, after = (len(items) * n // courtyard.meetings for n in (number, number + 1))
        about = items[first:after][:2]
        _attend(rows, key, people, opened)
        rows.setdefault(Mention, []).extend(_mentions(key, people, about))
        entries = list(_agenda(chance, rows, key, about))
        statements = share(courtyard.statements, courtyard.meetings, number)
        for entry in range(len(entries)):
            _speak(chance, rows, entries[entry], people, share(statements, len(entries), entry), opened)
        ballots = min(share(courtyard.ballots, courtyard.meetings, number), len(people))
        _vote(chance, rows, entries[-1], people[:ballots], len(people), opened + timedelta(minutes=110))
        found.add(key)
    return found


def _attend(rows: Rows, meeting: uuid.UUID, people: Sequence[uuid.UUID], opened: datetime) -> None:
    rows.setdefault(Attendance, []).extend(
        {"id": derived_id(meeting, "attendance", person), "meeting_id": meeting, "position": position,
         "person_id": person, "capacity": "voting", "status": "present", "arrived_at": opened}
        for position, person in enumerate(people)
    )  # fmt: skip


def _mentions(meeting: uuid.UUID, people: Sequence[uuid.UUID], items: Sequence[uuid.UUID]) -> Iterator[dict[str, Any]]:
    for what, keys in (("person", people), ("item", items)):
        for key in keys:
            yield {"id": derived_id(meeting, "mention", key), "meeting_id": meeting, "what": what, "row_id": key}


def _agenda(chance: Chance, rows: Rows, meeting: uuid.UUID, items: Sequence[uuid.UUID]) -> Iterator[uuid.UUID]:
    """An entry for each item, at least one."""
    for position, item in enumerate(items or [None]):
        key = chance.id()
        entry = {"id": key, "meeting_id": meeting, "position": position, "title": f"议题：{_title(chance)}"}
        rows.setdefault(AgendaEntry, []).append({**entry, "item_id": item, "routing": "direct"})
        yield key


def _speak(
    chance: Chance, rows: Rows, entry: uuid.UUID, people: Sequence[uuid.UUID], count: int, opened: datetime
) -> None:
    for position in range(count):
        rows.setdefault(Statement, []).append(
            {"id": chance.id(), "entry_id": entry, "position": position, "speaker_id": chance.random.choice(people),
             "at": opened + timedelta(seconds=60 + 6000 * position // count), "text": _said(chance),
             "stance": chance.random.choice(("for", "against", "neutral"))}
        )  # fmt: skip


def _said(chance: Chance) -> str:
    return "".join(chance.random.choices(words.SAID, k=chance.random.choice((1, 1, 2))))


def _vote(
    chance: Chance, rows: Rows, entry: uuid.UUID, voters: Sequence[uuid.UUID], eligible: int, at: datetime
) -> None:
    key = chance.id()
    choices = chance.random.choices(CHOICES, k=len(voters))
    rows.setdefault(Vote, []).append(
        {"id": key, "entry_id": entry, "position": 0, "motion": "同意上述方案", "method": "roll_call",
         "rule": "straw_poll", "at": at, "quorate": eligible > 0, "passed": 2 * choices.count("in_favour") > eligible}
    )  # fmt: skip
    rows.setdefault(Ballot, []).extend(
        {"id": derived_id(key, "ballots", voter), "vote_id": key, "position": position, "voter_id": voter,
         "choice": choice}
        for position, (voter, choice) in enumerate(zip(voters, choices, strict=True))
    )  # fmt: skip

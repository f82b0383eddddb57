"""Who speaks next, and who has had how much of the time: fair to persons and to the parties at the table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from heapq import heapify, heappop, heapreplace

from deliberation_app.domain.minutes_parties import party_of

# A point of order goes before everything, then whoever was asked and answers directly.
WISHES = ("order", "answer")
# The party of somebody whom neither post nor roll puts anywhere.
RESIDENTS = "居民代表"
# What the record says when the chair asked the others as well.
OTHERS_SILENT = "主持人征询，其他到会人员不再发言。"

# Seconds of a turn that may be chosen; 0: as long as it takes.
TURN_SECONDS = (120, 180, 300, 0)
USUAL_SECONDS = 180
_TITLE = 300


@dataclass(frozen=True, kw_only=True)
class Request:
    """Somebody who asked for the floor; `place` is where the chair put the person by hand."""

    person: str
    asked_at: datetime
    wish: str | None = None
    place: int | None = None
    party: str = ""
    there: bool = True


@dataclass(frozen=True, kw_only=True)
class Spell:
    """One time that somebody spoke: a turn with its seconds, or words noted beside any turn."""

    person: str
    seconds: int = 0
    entry: str = ""


@dataclass(frozen=True)
class Share:
    """How much of the floor a person or a party has had."""

    turns: int = 0
    seconds: int = 0

    def __add__(self, other: Share) -> Share:
        return Share(self.turns + other.turns, self.seconds + other.seconds)

    def __sub__(self, other: Share) -> Share:
        return Share(self.turns - other.turns, self.seconds - other.seconds)


NO_SHARE = Share()
_NOTHING = (0, 0)


def table_party(post: str, speaks_for: str | None, *, parties: bool = True) -> str:
    """The party for which somebody sits at the table: as the roll says, else by post; none where nobody has parties."""
    if speaks_for:
        return speaks_for
    return (party_of(post) or RESIDENTS) if parties else ""


def shares(spells: Iterable[Spell], party: Mapping[str, str] | None = None) -> dict[str, Share]:
    """Turns and seconds by person, or by the party of each person."""
    found: dict[str, Share] = {}
    for spell in spells:
        key = spell.person if party is None else party.get(spell.person, "")
        had = found.get(key, NO_SHARE)
        found[key] = Share(had.turns + 1, had.seconds + spell.seconds)
    return found


def next_speakers(
    queue: Sequence[Request], times: Mapping[str, int], heard: Mapping[str, Share] | None = None
) -> tuple[str, ...]:
    """The queue in speaking order.

    Points of order, direct answers, whom the chair placed by hand, whoever speaks for the first time, the others.
    Within the last two the party with the fewest turns goes first, then the one with the least time, then whoever
    asked first; each turn given counts, so that parties take turns and none waits for ever. Who is not there comes
    behind all who are, and back in the own place with the own person.
    """
    had = {party: (share.turns, share.seconds) for party, share in (heard or {}).items()}
    return (
        *_in_order([one for one in queue if one.there], times, had),
        *_in_order([one for one in queue if not one.there], times, had),
    )


def _in_order(queue: Sequence[Request], times: Mapping[str, int], had: dict[str, tuple[int, int]]) -> tuple[str, ...]:
    requests = sorted(queue, key=lambda one: (one.asked_at, one.person))
    free = [one for one in requests if one.place is None]
    wished = [one for wish in WISHES for one in free if one.wish == wish]
    placed = sorted((one for one in requests if one.place is not None), key=lambda one: one.place or 0)
    free = [one for one in free if one.wish not in WISHES]
    order = [*wished, *placed]
    for one in order:
        turns, seconds = had.get(one.party, _NOTHING)
        had[one.party] = (turns + 1, seconds)
    for first_time in (True, False):
        order += _in_turn([one for one in free if (times.get(one.person, 0) == 0) is first_time], had)
    return tuple(one.person for one in order)


def _in_turn(waiting: list[Request], had: dict[str, tuple[int, int]]) -> list[Request]:
    """One after the other, each time from the party that has had the least so far; `had` counts on."""
    lines: dict[str, list[Request]] = {}
    for one in reversed(waiting):
        lines.setdefault(one.party, []).append(one)
    heads = []
    for party, line in lines.items():
        heads.append((*had.get(party, _NOTHING), line[-1].asked_at, line[-1].person, party))
    heapify(heads)
    order: list[Request] = []
    while heads:
        turns, seconds, _, _, party = heads[0]
        order.append(lines[party].pop())
        had[party] = (turns + 1, seconds)
        # Only the party that has just had its turn moves: the others keep their places among the heads of the lines.
        if lines[party]:
            first = lines[party][-1]
            heapreplace(heads, (turns + 1, seconds, first.asked_at, first.person, party))
        else:
            heappop(heads)
    return order


def answer_title(question: str) -> str:
    """What the task is called in which a question is answered after the meeting."""
    return _short(f"回应：{question}")


def promise_title(words: str) -> str:
    """What the task is called that keeps a promise."""
    return _short(f"兑现承诺：{words}")


def task_note(meeting: str, day: str, speaker: str) -> str:
    """Where a task comes from that a meeting left."""
    return f"{day}“{meeting}”{speaker or '未具名'}发言"


def _short(title: str) -> str:
    line = " ".join(title.split())
    return line if len(line) <= _TITLE else line[: _TITLE - 1] + "…"

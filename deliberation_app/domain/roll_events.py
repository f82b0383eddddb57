"""Attendance as events in time: who came, went out, came back and left, each noted, corrected or taken away."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Literal

from deliberation_app.errors import N_, RuleBroken

What = Literal["arrived", "out", "back", "left"]
Status = Literal["leave", "absent", "online"]
Gap = tuple[datetime, datetime | None]

# What may follow what; None stands for the beginning.
_AFTER: dict[str | None, frozenset[str]] = {
    None: frozenset({"arrived"}),
    "arrived": frozenset({"out", "left"}),
    "out": frozenset({"back", "left"}),
    "back": frozenset({"out", "left"}),
    "left": frozenset(),
}


@dataclass(frozen=True)
class Event:
    """One thing that happened to a person at the meeting; without a time where a file gave none."""

    what: What
    at: datetime | None


@dataclass(frozen=True)
class Times:
    """The same as it is kept: arrival, end, and the gaps between."""

    arrived_at: datetime | None = None
    left_at: datetime | None = None
    away: tuple[Gap, ...] = ()


def events_of(times: Times) -> tuple[Event, ...]:
    """The events of somebody who was there, in order; the first is the arrival, also where its time is not known."""
    found = [Event("arrived", times.arrived_at)]
    for gone, back in times.away:
        found.append(Event("out", gone))
        if back is not None and back != times.left_at:
            found.append(Event("back", back))
    if times.left_at is not None:
        found.append(Event("left", times.left_at))
    return tuple(found)


def times_of(events: Sequence[Event]) -> Times:
    """Keep these events; refused with a sentence where they cannot have happened in this order."""
    before: Event | None = None
    for event in events:
        if event.what not in _AFTER[before.what if before is not None else None]:
            raise RuleBroken(N_("This does not fit what is noted before and after it; correct that first. "
                                "Nothing was changed."))  # fmt: skip
        if before is not None and before.at is not None and event.at is not None and event.at < before.at:
            raise RuleBroken(_EARLIER, at=hour(event.at), before=hour(before.at))
        before = event
    left = events[-1].at if events and events[-1].what == "left" else None
    gaps: list[Gap] = []
    for event in events:
        if event.what == "out" and event.at is not None:
            gaps.append((event.at, None))
        elif gaps and gaps[-1][1] is None and event.what in ("back", "left"):
            gaps[-1] = (gaps[-1][0], event.at)
    return Times(events[0].at if events else None, left, tuple(gaps))


_EARLIER = N_("{at} is before {before}, when something else of this person is noted; that comes first. "
              "Nothing was changed.")  # fmt: skip


def hour(moment: datetime) -> str:
    """14:35 as it stands on the roll; the caller brings the moment in the one civil time."""
    return moment.strftime("%H:%M")


def noted(events: Sequence[Event], what: What, at: datetime) -> tuple[Event, ...]:
    """The events with one more, put where its time belongs.

    Somebody who had left and arrives or comes back was only out; an arrival told late takes the place of the first.
    """
    known = list(events)
    if what in ("arrived", "back") and known and known[-1].what == "left":
        gone = known.pop()
        before = known[-1]
        if before.what != "out":
            known.append(Event("out", gone.at))
        return _checked([*known, Event("back", _not_before(at, gone.at))])
    if what == "arrived" and known:
        return _checked([Event("arrived", at), *known[1:]])
    place = len(known)
    while place > 1 and (moment := known[place - 1].at) is not None and _not_before(at, moment) < moment:
        place -= 1
    earlier = known[place - 1].at if place else None
    known.insert(place, Event(what, _not_before(at, earlier)))
    return _checked(known)


def moved(events: Sequence[Event], number: int, at: datetime) -> tuple[Event, ...]:
    """The events with one of them at another time."""
    earlier = events[number - 1].at if number else None
    return _checked([*events[:number], Event(events[number].what, _not_before(at, earlier)), *events[number + 1 :]])


def without(events: Sequence[Event], number: int) -> tuple[Event, ...]:
    """The events without one of them, and without what makes no sense alone: no return without going out.

    Without the arrival there is nothing left: the person has not come.
    """
    if number == 0:
        return ()
    known = list(events)
    taken = known.pop(number)
    if taken.what == "out" and number < len(known) and known[number].what == "back":
        known.pop(number)
    elif taken.what == "back" and number < len(known) and known[number].what == "out":
        known.pop(number)  # out from the first going on
    return _checked(known)


def _checked(events: Sequence[Event]) -> tuple[Event, ...]:
    times_of(events)
    return tuple(events)


def _not_before(at: datetime, earlier: datetime | None) -> datetime:
    """A time typed in minutes is not earlier than what happened in that very minute."""
    if earlier is None or at >= earlier:
        return at
    return earlier if at == earlier.replace(second=0, microsecond=0) else at


# 到, 回来, 出去, 走 and their usual variants, as they are typed behind a name or a time.
_WORDS: tuple[tuple[What, tuple[str, ...]], ...] = (
    ("back", ("回来", "返回", "回")),
    ("arrived", ("到会", "到场", "来了", "到了", "到", "来")),
    ("left", ("离会", "走了", "先走", "离开", "走")),
    ("out", ("暂离", "出去", "离场", "外出", "出")),
)
# 请假, 缺席 and 线上, typed behind a name and a blank; what follows them is the reason.
_STATUSES: dict[str, Status] = {
    "请假": "leave", "假": "leave", "缺席": "absent", "缺": "absent", "线上": "online", "在线": "online",
}  # fmt: skip
_TIME = re.compile(r"(?<!\d)([01]?\d|2[0-3])\s*[:点时]\s*([0-5]?\d)?\s*分?(?!\d)")


@dataclass(frozen=True)
class Noted:
    """What a line of the roll says: whom, what happened, and at what hour; empty where it does not say."""

    name: str = ""
    what: What | None = None
    at: time | None = None
    status: Status | None = None
    reason: str = ""


def read_line(text: str) -> Noted:
    """Read “wlj 14:35到”, “14:35 王兰走了”, “wlj 假 因病” or only “wl”; what is neither time nor word is the name."""
    rest = unicodedata.normalize("NFKC", text).strip()
    name, *said = rest.split() or [""]
    for place, word in enumerate(said):
        if word in _STATUSES:
            return Noted(" ".join((name, *said[:place])), status=_STATUSES[word], reason=" ".join(said[place + 1 :]))
    at = None
    found = _TIME.search(rest)
    if found is not None:
        at = time(int(found[1]), int(found[2] or 0))
        rest = f"{rest[: found.start()]} {rest[found.end() :]}".strip()
    for what, words in _WORDS:
        for word in words:
            # A word alone is no name only behind a time or a blank: 来 may begin one.
            if rest == word and at is not None:
                return Noted("", what, at)
            head, blank, last = rest.rpartition(" ")
            if blank and last == word:
                return Noted(head.strip(), what, at)
            if at is not None and rest.endswith(word) and rest != word:
                return Noted(rest.removesuffix(word).strip(), what, at)
    return Noted(rest, None, at)


def moment_of(typed: time, now: datetime) -> datetime:
    """The moment of today that somebody typed; one still to come is refused."""
    at = now.replace(hour=typed.hour, minute=typed.minute, second=0, microsecond=0)
    if at > now:
        raise RuleBroken(
            N_("{at} is still to come, it is {now}. Type when it was. Nothing was changed."),
            at=hour(at), now=hour(now),
        )  # fmt: skip
    return at

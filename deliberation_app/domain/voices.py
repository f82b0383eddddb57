"""What people say before it is an item: CHANNELS, STATES, URGENCIES, and the clock of each step (flows.md F3, F15)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import NamedTuple

from deliberation_app.domain import agenda
from deliberation_app.errors import N_, AppError, RuleBroken


class Channel(NamedTuple):
    """Where somebody says something: as printed, its English source, and whether a name is expected there."""

    title: str
    name: str
    named: bool


class Words(NamedTuple):
    """A word as printed and its English source."""

    title: str
    name: str


# In the order of the keys Alt+1 … Alt+9: the wall first, where most slips hang.
CHANNELS: Mapping[str, Channel] = MappingProxyType(
    {
        "wish_wall": Channel("心愿墙", N_("Wish wall"), named=False),
        "opinion_tree": Channel("民情树", N_("Opinion tree"), named=False),
        "message_board": Channel("留言板", N_("Message board"), named=False),
        "reception": Channel("接访", N_("Reception"), named=True),
        "visit": Channel("走访", N_("Home visit"), named=True),
        "telephone": Channel("电话", N_("Telephone"), named=True),
        "online": Channel("线上", N_("Online"), named=True),
        "survey": Channel("调查", N_("Survey"), named=False),
        "other": Channel("其他", N_("Other"), named=False),
        "meeting": Channel("会上", N_("At a meeting"), named=True),
    }
)
# Where somebody is received in person or by telephone: these go into the reception log.
RECEIVED = ("reception", "visit", "telephone")

STATES: Mapping[str, Words] = MappingProxyType(
    {
        "open": Words("待办理", N_("To be dealt with")),
        "handed": Words("已转办", N_("Handed on")),
        "grouped": Words("已归并", N_("Joined to a like one")),
        "item": Words("已列为议题", N_("Became an item")),
        "order": Words("已下单", N_("Became a service order")),
        "answered": Words("已答复", N_("Has its answer")),
        "refused": Words("不予受理", N_("Not accepted")),
    }
)
# A voice with one of these has its line of answer; what remains is to tell whoever raised it.
ENDED = frozenset({"grouped", "item", "order", "answered", "refused"})

URGENCIES: Mapping[str, Words] = MappingProxyType(
    {
        "normal": Words("一般", N_("Ordinary")),
        "urgent": Words("较急", N_("Urgent")),
        "at_once": Words("紧急", N_("At once")),
    }
)
# The unit's own term in days until the line of answer, where it has set none itself.
TERMS: Mapping[str, int] = MappingProxyType({"normal": 7, "urgent": 3, "at_once": 1})
LONGEST_TERM = 365

TOLD_HOW: Mapping[str, Words] = MappingProxyType(
    {
        "face": Words("当面", N_("Face to face")),
        "phone": Words("电话", N_("By telephone")),
        "message": Words("短信或微信", N_("By message")),
        "wall": Words("贴在原处", N_("Beside the slip")),
        "letter": Words("书面", N_("In writing")),
    }
)

# 红色直通车: the clock of each step, in order; a step may be left out, none may come before one that stands earlier.
STEPS: Mapping[str, Words] = MappingProxyType(
    {
        "received": Words("收到", N_("Received")),
        "registered": Words("登记", N_("Registered")),
        "verified": Words("核实", N_("Verified")),
        "dispatched": Words("派单", N_("Dispatched")),
        "negotiated": Words("协商", N_("Negotiated")),
        "doing": Words("办理", N_("Being done")),
        "supervised": Words("监督", N_("Supervised")),
        "fed_back": Words("反馈", N_("Fed back")),
        "closed": Words("办结", N_("Closed")),
    }
)
# Those that a person notes; the others follow from what is done with the voice.
NOTED = ("verified", "negotiated", "doing", "supervised")


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What decides where a voice stands."""

    refused: bool = False
    grouped: bool = False
    item: bool = False
    order: bool = False
    answered: bool = False
    handed: bool = False

    @property
    def state(self) -> str:
        """The state: an end goes before a way, and what was refused or joined before all."""
        for name in ("refused", "grouped", "item", "order", "answered", "handed"):
            if getattr(self, name):
                return name
        return "open"


def item_channel(channel: str | None) -> str:
    """The channel of an item that a voice becomes: meeting files know no telephone."""
    return channel if channel is not None and channel in agenda.CHANNELS else "other"


def terms(settings: Mapping[str, object] | None) -> dict[str, int]:
    """The days until the line of answer, by urgency: the unit's own, else the usual ones."""
    own = (settings or {}).get("voice_terms")
    given = own if isinstance(own, Mapping) else {}
    return {name: int(given.get(name) or usual) for name, usual in TERMS.items()}


def due_on(received: date, urgency: str | None, settings: Mapping[str, object] | None) -> date:
    """The last day of the unit's own term."""
    given = terms(settings)
    return received + timedelta(days=given.get(urgency or "normal", given["normal"]))


def late(state: str, due: date | None, handed_due: date | None, today: date) -> int:
    """How many days past its term; 0 while in time. What was handed on has the day agreed for it."""
    last = handed_due if state == "handed" else due
    return 0 if state in ENDED or last is None else max((today - last).days, 0)


def checked_step(clock: Mapping[str, datetime], step: str, at: datetime) -> None:
    """RuleBroken where the step comes before one that stands earlier, after a later one, or after the end."""
    if step not in NOTED:
        raise RuleBroken(N_("This step follows from what is done with the voice; it is not noted by hand."))
    order = list(STEPS)
    if "closed" in clock:
        raise RuleBroken(N_("The voice is closed already. Nothing was changed."))
    for name, when in clock.items():
        before = order.index(name) < order.index(step)
        if name != step and (when > at if before else when < at):
            words = (N_("“{step}” cannot be earlier than “{other}”. Nothing was changed.") if before
                     else N_("“{step}” cannot be later than “{other}”. Nothing was changed."))  # fmt: skip
            raise RuleBroken(words, step=AppError(STEPS[step].name), other=AppError(STEPS[name].name))

"""Service orders 点单—下单—接单 (flows.md F6) and turns of duty (F7): their states, and the steps between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from deliberation_app.errors import N_, AppError, RuleBroken


class Words(NamedTuple):
    """A word as printed and its English source."""

    title: str
    name: str


# The menu that a unit begins with; each line can be renamed or taken off.
MENU: tuple[str, ...] = (
    "代办代缴", "陪同就医", "水电小修", "托管看护", "法律咨询", "政策宣讲", "健康义诊", "上门理发", "搬抬帮扶",
)  # fmt: skip
DAYS = 7

ORDER_STATES: Mapping[str, Words] = MappingProxyType(
    {
        "ordered": Words("已点单", N_("Ordered")),
        "merged": Words("已合并", N_("Merged into another")),
        "assigned": Words("已派单", N_("Sent to a volunteer")),
        "declined": Words("无人接单", N_("Declined, to be sent anew")),
        "accepted": Words("已接单", N_("Taken by a volunteer")),
        "serving": Words("服务中", N_("Under way")),
        "done": Words("待居民确认", N_("Done, to be confirmed")),
        "confirmed": Words("已确认", N_("Confirmed by the resident")),
        "scored": Words("已评分", N_("Scored")),
        "cancelled": Words("已取消", N_("Cancelled")),
        "timed_out": Words("超时未接", N_("Timed out")),
    }
)
WAITING = ("ordered", "declined")  # somebody must send it
RUNNING = ("ordered", "declined", "assigned", "accepted", "serving", "done")
ACCEPTED = ("accepted", "serving", "done", "confirmed", "scored")

SLOT_STATES: Mapping[str, Words] = MappingProxyType(
    {
        "scheduled": Words("待值班", N_("Scheduled")),
        "on_duty": Words("值班中", N_("On duty")),
        "handed_over": Words("已交班", N_("Handed over")),
        "missed": Words("缺岗", N_("Missed")),
    }
)


@dataclass(frozen=True)
class Step:
    """One step of an order: from which states, to which."""

    name: str
    states: tuple[str, ...]
    to: str


STEPS: Mapping[str, Step] = MappingProxyType(
    {
        "assign": Step(N_("Send it to a volunteer"), ("ordered", "declined", "assigned", "timed_out"), "assigned"),
        "accept": Step(N_("The volunteer accepts"), ("assigned",), "accepted"),
        "decline": Step(N_("The volunteer declines"), ("assigned", "accepted"), "declined"),
        "serve": Step(N_("It begins"), ("accepted",), "serving"),
        "finish": Step(N_("The service is done"), ("accepted", "serving"), "done"),
        "confirm": Step(N_("The resident confirms"), ("done",), "confirmed"),
        "score": Step(N_("The resident gives a score"), ("confirmed", "scored"), "scored"),
        "merge": Step(N_("Merge them"), ("ordered", "declined", "assigned"), "merged"),
        "cancel": Step(N_("Cancel"), RUNNING, "cancelled"),
        "time_out": Step(N_("Nobody took it in time"), ("ordered", "declined", "assigned"), "timed_out"),
        "order_again": Step(N_("Order it again"), ("cancelled", "timed_out"), "ordered"),
    }
)


def take(state: str, step: str) -> str:
    """The state after a step; RuleBroken where the step does not start from here."""
    entry = STEPS[step]
    if state not in entry.states:
        raise RuleBroken(N_("“{step}” is not possible: the order is “{state}” now. Nothing was changed."),
                         step=AppError(entry.name), state=AppError(ORDER_STATES[state].name))  # fmt: skip
    return entry.to


def offered(state: str) -> tuple[str, ...]:
    """The steps that start from here, in the order of the table."""
    return tuple(name for name, step in STEPS.items() if state in step.states)

"""An item's life: STAGES it reaches by evidence, STATES beside them, STEPS that lead from one to the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from deliberation_app.domain.agenda_evidence import (
    DECIDED,
    DISCUSSED,
    EVALUATED,
    SHARED,
    Evidence,
    EvidenceState,
    states,
)
from deliberation_app.domain.agenda_facts import ItemFacts, MeetingHeld, Posted, Surveyed, VoteHeld
from deliberation_app.errors import N_, AppError, RuleBroken

__all__ = [
    "BEFOREHAND", "CHANNELS", "ROUTINGS", "STAGES", "STATES", "STEPS", "Evidence", "EvidenceState", "ItemFacts",
    "MeetingHeld", "Move", "Posted", "Stage", "State", "Step", "Surveyed", "VoteHeld",
    "evidence", "next_step", "offered", "progress", "take",
]  # fmt: skip


class Stage(NamedTuple):
    """A stage: the one character the residents know, the whole word, the English source."""

    title: str
    full_title: str
    name: str


class State(NamedTuple):
    """A word as printed and its English source."""

    title: str
    name: str


STAGES: Mapping[str, Stage] = MappingProxyType(
    {
        "raised": Stage("提", "群众提", N_("Raised")),
        "discussed": Stage("议", "群众议", N_("Discussed")),
        "decided": Stage("决", "群众决", N_("Decided")),
        "evaluated": Stage("评", "群众评", N_("Evaluated")),
        "shared": Stage("享", "群众享", N_("Shared")),
    }
)

STATES: Mapping[str, State] = MappingProxyType(
    {
        "active": State("进行中", N_("Active")),
        "merged": State("已并案", N_("Merged")),
        "deferred": State("暂缓", N_("Deferred")),
        "declined": State("不予列入", N_("Declined")),
        "handed_up": State("已上报", N_("Handed up")),
        "withdrawn": State("已撤回", N_("Withdrawn")),
    }
)

CHANNELS: Mapping[str, State] = MappingProxyType(
    {
        "wish_wall": State("心愿墙", N_("Wish wall")),
        "opinion_tree": State("民情树", N_("Opinion tree")),
        "message_board": State("留言板", N_("Message board")),
        "reception": State("接访", N_("Reception")),
        "visit": State("走访", N_("Home visit")),
        "online": State("线上", N_("Online")),
        "survey": State("调查", N_("Survey")),
        "meeting": State("会上", N_("At a meeting")),
        "other": State("其他", N_("Other")),
    }
)

ROUTINGS: Mapping[str, State] = MappingProxyType(
    {
        "direct": State("直接办理", N_("Carried out directly")),
        "residents_body": State("提交居民会议或居民代表会议", N_("To the residents' or villagers' body")),
        "owners_vote": State("交全体业主表决", N_("To a vote of all owners")),
        "upwards": State("报上级", N_("To the level above")),
        "none": State("不再推进", N_("Nowhere")),
    }
)


# 支部条例 art. 11: the kinds of meeting that may discuss a matter of vital interest beforehand.
BEFOREHAND = frozenset({"branch_assembly"})


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step: from which stages and states, to which, what must be on record, whether a reason is asked."""

    id: str
    title: str
    name: str
    stages: frozenset[str]
    states: frozenset[str] = frozenset({"active"})
    to_stage: str | None = None
    to_state: str | None = None
    evidence: tuple[Evidence, ...] = ()
    needs_reason: bool = False
    needs_target: bool = False


class Move(NamedTuple):
    """Where an item stands after a step."""

    stage: str
    state: str


ALL_STAGES = frozenset(STAGES)
EARLY = frozenset({"raised", "discussed"})
UNDECIDED_OR_OPEN = frozenset({"raised", "discussed", "decided"})

_ENTRIES = (
    Step(id="discuss", title="进入议", name=N_("Discussed"), stages=frozenset({"raised"}),
         to_stage="discussed", evidence=DISCUSSED),
    Step(id="decide", title="进入决", name=N_("Decided"), stages=frozenset({"discussed"}),
         to_stage="decided", evidence=DECIDED),
    Step(id="evaluate", title="进入评", name=N_("Evaluated"), stages=frozenset({"decided"}),
         to_stage="evaluated", evidence=EVALUATED),
    Step(id="share", title="进入享", name=N_("Shared"), stages=frozenset({"evaluated"}),
         to_stage="shared", evidence=SHARED),
    Step(id="send_back", title="退回协商", name=N_("Send back"), stages=frozenset({"decided", "evaluated"}),
         to_stage="discussed", needs_reason=True),
    Step(id="merge", title="并案", name=N_("Merge"), stages=EARLY, to_state="merged",
         needs_reason=True, needs_target=True),
    Step(id="defer", title="暂缓", name=N_("Defer"), stages=UNDECIDED_OR_OPEN, to_state="deferred", needs_reason=True),
    Step(id="decline", title="不予列入", name=N_("Decline"), stages=EARLY, to_state="declined", needs_reason=True),
    Step(id="hand_up", title="上报", name=N_("Hand up"), stages=UNDECIDED_OR_OPEN, to_state="handed_up",
         needs_reason=True),
    Step(id="withdraw", title="撤回", name=N_("Withdraw"), stages=EARLY, to_state="withdrawn", needs_reason=True),
    Step(id="resume", title="恢复办理", name=N_("Take up again"), stages=ALL_STAGES,
         states=frozenset(STATES) - {"active"}, to_state="active", needs_reason=True),
)  # fmt: skip

STEPS: Mapping[str, Step] = MappingProxyType({step.id: step for step in _ENTRIES})
_FORWARD: Mapping[str, Step] = MappingProxyType(
    {stage: step for step in _ENTRIES if step.evidence for stage in step.stages}
)


def next_step(facts: ItemFacts) -> Step | None:
    """The step to the next stage; none where the item is shared or not active."""
    return _FORWARD.get(facts.stage) if facts.state == "active" else None


def evidence(facts: ItemFacts) -> tuple[EvidenceState, ...]:
    """What the next stage asks for and how much of it is there; empty where there is no next stage."""
    step = next_step(facts)
    return states(step.evidence, facts) if step else ()


def progress(facts: ItemFacts) -> tuple[int, int]:
    """已备 2/3: pieces of evidence that are there, and all of them; for a shared item those that brought it there."""
    pieces = evidence(facts) or (states(SHARED, facts) if facts.stage == "shared" else ())
    return sum(piece.met for piece in pieces), len(pieces)


def offered(facts: ItemFacts) -> tuple[Step, ...]:
    """The steps that start from here, ready or not, in the order of the table."""
    return tuple(step for step in _ENTRIES if facts.stage in step.stages and facts.state in step.states)


def take(facts: ItemFacts, step_id: str, *, reason: str = "", has_target: bool = False) -> Move:
    """Where the step leads, or RuleBroken with every missing piece as `reasons`; nothing is changed then."""
    step = STEPS[step_id]
    reasons = (*_place(facts, step), *_words(step, reason, has_target), *_missing(facts, step))
    if reasons:
        raise RuleBroken(
            N_("“{item_step}” lacks {count} more. The item stays where it is."),
            reasons=reasons, item_step=AppError(step.name), count=len(reasons),
        )  # fmt: skip
    return Move(step.to_stage or facts.stage, step.to_state or facts.state)


def _place(facts: ItemFacts, step: Step) -> tuple[AppError, ...]:
    if facts.state not in step.states:
        return (AppError(N_("The item is “{state}” now."), state=AppError(STATES[facts.state].name)),)
    if facts.stage not in step.stages:
        return (AppError(N_("The item stands at “{stage}” now."), stage=AppError(STAGES[facts.stage].name)),)
    return ()


def _words(step: Step, reason: str, has_target: bool) -> tuple[AppError, ...]:
    missing = []
    if step.needs_reason and not reason.strip():
        missing.append(AppError(N_("Say why; the reason is kept with the item.")))
    if step.needs_target and not has_target:
        missing.append(AppError(N_("Choose the item it is merged into.")))
    return tuple(missing)


def _missing(facts: ItemFacts, step: Step) -> tuple[AppError, ...]:
    return tuple(piece.sentence for piece in states(step.evidence, facts) if not piece.met)

"""GATES: what must be true before a vote or a stage; one entry a gate, a predicate over plain facts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Literal

from deliberation_app.domain.votes_law import (
    ADMISSION,
    BOTH_LAWS,
    BRANCH,
    CIVIL_CODE,
    ELECTION,
    PROPERTY,
    RESIDENTS,
    VILLAGERS,
)
from deliberation_app.errors import N_, AppError

Effect = Literal["block", "warn"]
# What the gate stands before.
Moment = Literal["opening", "vote", "count", "decided", "notice", "fee", "publication", "post", "parking"]


@dataclass(frozen=True, kw_only=True)
class GateFacts:
    """Plain facts about one step; the defaults are those under which a gate does not apply."""

    statements: int = 0
    no_statements: bool = False
    votable: bool = True
    names_option: bool = False
    eligible: int = 0
    present: int = 0
    quorate_now: bool = True
    vital_interest: bool = False
    party_meetings: int = 0
    important: bool = False
    important_in_branch: bool = False
    party_discussion_linked: bool = False
    committee_discussed: bool = False
    fee: bool = False
    owners_special_passed: bool = False
    earlier_admission_open: bool = False
    admission: bool = False
    written_opinions: int = 0
    written_opinions_faulty: int = 0
    checked_against_law: bool = True
    needs_routing: bool = False
    routing: str = ""
    points_weigh: bool = False
    election: bool = False
    excluded: int = 0
    exclusion_approved: bool = False
    concerns_unit: bool = False
    unit_concerned_not_invited: bool = False
    relatives_on_oversight: bool = False
    renters_before_owners: bool = False
    common_income: bool = False
    common_income_unsaid: bool = False
    notice_needed: bool = False
    notice_short: AppError | None = None
    notice_excusable: bool = False
    secret_needed: bool = False
    secret: bool = True
    delivery_needed: bool = False
    undelivered: int = 0


@dataclass(frozen=True, kw_only=True)
class Gate:
    """One gate: `met` says whether the facts pass it, `missing` is the sentence when they do not."""

    id: str
    title: str
    effect: Effect
    at: Moment
    clause: str
    met: Callable[[GateFacts], bool]
    missing: str
    name: str = ""  # English source of what it asks for; a gate without one is called by its title
    applies: Callable[[GateFacts], bool] = lambda facts: True  # False: it has nothing to ask here
    since: date = date.min  # older records are not asked
    excusable: Callable[[GateFacts], bool] = lambda facts: False  # the law itself allows an exception for a reason

    def overridable(self, facts: GateFacts) -> bool:
        """Whether a reason, which is printed, may pass over this gate."""
        return self.effect == "warn" or self.excusable(facts)


@dataclass(frozen=True)
class GateState:
    """A gate held against facts; `sentence` is None where it is met."""

    gate: Gate
    met: bool
    sentence: AppError | None
    required: bool = True  # False: the law of that day did not ask for it
    overridable: bool = False
    applies: bool = True


def _discussed(facts: GateFacts) -> bool:
    return facts.statements > 0 or facts.no_statements


# Numbers as in rules.md 4.1; a new gate is one entry.
_ENTRIES = (
    Gate(
        id="G1", title="切身利益事项先经党员大会讨论", effect="block", at="decided", clause=f"{BRANCH}第十一条",
        met=lambda facts: not facts.vital_interest or facts.party_meetings > 0,
        name=N_("The branch assembly discussed it first"), applies=lambda facts: facts.vital_interest,
        missing=N_("It touches residents' vital interests: link the branch assembly that discussed it beforehand."),
    ),
    Gate(
        id="G2", title="重要事项先经党组织研究", effect="block", at="notice", since=BOTH_LAWS,
        clause=f"{RESIDENTS}第三十条、{VILLAGERS}第二十八条",
        met=lambda facts: not facts.important or facts.party_discussion_linked,
        name=N_("The Party organisation discussed it first"), applies=lambda facts: facts.important,
        missing=N_("An important matter: the Party organisation discusses it first; link the record."),
    ),
    Gate(
        id="G3", title="重要事项先经支部委员会", effect="warn", at="vote", clause=f"{BRANCH}第十二条",
        met=lambda facts: not facts.important_in_branch or facts.committee_discussed,
        name=N_("It passed the branch committee first"), applies=lambda facts: facts.important_in_branch,
        missing=N_("Important matters generally pass the branch committee first."),
    ),
    Gate(
        id="G4", title="充分讨论后表决", effect="block", at="vote", clause=f"{BRANCH}第十一条", met=_discussed,
        name=N_("Discussed before the vote"),
        missing=N_("Nobody has spoken on this yet: note a statement, or that nobody wished to speak."),
    ),
    Gate(
        id="G5", title="法定义务不得付诸表决", effect="block", at="vote", clause="《消防法》第二十八条、第六十条",
        met=lambda facts: facts.votable or facts.names_option,
        name=N_("A duty of law: only how is voted on"), applies=lambda facts: not facts.votable,
        missing=N_("The law decides whether; only how may be put to the vote: choose the option voted on."),
    ),
    Gate(
        id="G6", title="停车收费须经业主特别表决", effect="block", at="fee",
        clause=f"{CIVIL_CODE}第二百七十四条、第二百七十五条、第二百七十八条",
        met=lambda facts: not facts.fee or facts.owners_special_passed,
        name=N_("A fee rests on a vote of all owners"), applies=lambda facts: facts.fee,
        missing=N_("A fee on common parts needs a passed vote of all owners on a special matter: link it."),
    ),
    Gate(
        id="G7", title="逐个讨论、逐个表决", effect="block", at="vote", clause=ADMISSION,
        met=lambda facts: not facts.earlier_admission_open,
        name=N_("One candidate at a time"), applies=lambda facts: facts.admission,
        missing=N_("One candidate is discussed and voted on, then the next: finish the earlier one first."),
    ),
    Gate(
        id="G8", title="书面意见会前收到、本人签名", effect="block", at="count", clause=f"{ADMISSION}第二十二条",
        met=lambda facts: facts.written_opinions_faulty == 0,
        name=N_("Written opinions came in time, signed"), applies=lambda facts: facts.written_opinions > 0,
        missing=N_("Written opinions without signature or date before the meeting: {written_opinions_faulty}."),
    ),
    Gate(
        id="G9", title="表决时达到法定人数", effect="block", at="vote", clause="表决所依据的规则",
        met=lambda facts: facts.quorate_now,
        name=N_("A quorum at the moment of the vote"),
        missing=N_("{present} of {eligible} are present: no quorum at this moment; only the failure can be recorded."),
    ),
    Gate(
        id="G10", title="决定不得违反法律、公序良俗", effect="warn", at="publication",
        clause=f"{RESIDENTS}第三十一条、{VILLAGERS}第三十一条", met=lambda facts: facts.checked_against_law,
        name=N_("Held against law and everybody’s rights"),
        missing=N_("Check before publication that the decision infringes neither law nor anybody's rights."),
    ),
    Gate(
        id="G11", title="协商结果要有去向", effect="block", at="decided", since=BOTH_LAWS,
        clause=f"{RESIDENTS}第三十二条、{VILLAGERS}第三十三条",
        met=lambda facts: not facts.needs_routing or facts.routing not in ("", "none"),
        name=N_("The outcome has somewhere to go"), applies=lambda facts: facts.needs_routing,
        missing=N_("Say where the outcome goes: carried out directly, to the body entitled to decide, or upwards."),
    ),
    Gate(
        id="G12", title="积分和表现不得影响表决权", effect="block", at="vote", clause="内部约定",
        met=lambda facts: not facts.points_weigh,
        name=N_("One voter, one vote: points never weigh"),
        missing=N_("Points and good deeds never weigh in a vote: one voter, one vote."),
    ),
    Gate(
        id="G13", title="不计入应到须经批准（只限选举）", effect="block", at="vote",
        clause=f"{ELECTION}（做法，待核对）",
        met=lambda facts: facts.excluded == 0 or (facts.election and facts.exclusion_approved),
        name=N_("Members left out of the election, with both consents"), applies=lambda facts: facts.excluded > 0,
        missing=N_("Members left out of those due: {excluded}. Only for elections, with both consents on file."),
    ),
    Gate(
        id="G14", title="涉及驻区单位时请其派人参加", effect="warn", at="notice",
        clause=f"{RESIDENTS}第四十六条、{VILLAGERS}第四十七条", met=lambda facts: not facts.unit_concerned_not_invited,
        name=N_("The unit concerned is invited"), applies=lambda facts: facts.concerns_unit,
        missing=N_("The matter concerns a unit in the area: invite its representative."),
    ),
    Gate(
        id="G15", title="监督委员会成员回避", effect="block", at="post", since=BOTH_LAWS,
        clause=f"{RESIDENTS}第三十六条、{VILLAGERS}第三十七条", met=lambda facts: not facts.relatives_on_oversight,
        name=N_("Nobody oversees the own committee"),
        missing=N_("Committee members and their near relatives may not sit on the oversight committee."),
    ),
    Gate(
        id="G16", title="规划车位首先满足业主需要", effect="warn", at="parking", clause=f"{CIVIL_CODE}第二百七十六条",
        met=lambda facts: not facts.renters_before_owners,
        name=N_("Owners park before renters"),
        missing=N_("Planned spaces first serve the owners; renters come after them."),
    ),
    Gate(
        id="G17", title="共有部分收益归全体业主", effect="warn", at="publication",
        clause=f"{CIVIL_CODE}第二百八十二条、第二百八十三条、{PROPERTY}第五十四条",
        met=lambda facts: not facts.common_income_unsaid,
        name=N_("Income of common parts goes to the owners"), applies=lambda facts: facts.common_income,
        missing=N_("The resolution does not say what income of common parts is used for; it belongs to the owners."),
    ),
    Gate(
        id="G18", title="会议通知按期送达", effect="block", at="opening", clause="会议种类所依据的条文",
        met=lambda facts: facts.notice_short is None, excusable=lambda facts: facts.notice_excusable,
        name=N_("Notice in time"), applies=lambda facts: facts.notice_needed,
        missing=N_("The notice is not in time. {notice_short}"),
    ),
    Gate(
        id="G19", title="应当无记名投票", effect="block", at="vote", clause="表决所依据的规则",
        met=lambda facts: facts.secret or not facts.secret_needed,
        name=N_("A secret ballot"), applies=lambda facts: facts.secret_needed,
        missing=N_("This vote is by secret ballot: choose another way of voting than now."),
    ),
    Gate(
        id="G20", title="表决票送达每一位业主", effect="warn", at="vote",
        clause="《业主大会和业主委员会指导规则》第二十二条", met=lambda facts: facts.undelivered == 0,
        name=N_("Every owner has the papers"), applies=lambda facts: facts.delivery_needed,
        missing=N_("{undelivered} flats are not in the delivery log: deliver, or post a public notice for them."),
    ),
)  # fmt: skip

_BY_ID = {gate.id: gate for gate in _ENTRIES}
GATES: Mapping[str, Gate] = MappingProxyType(_BY_ID)


def gates(facts: GateFacts, at: Moment, day: date | None = None) -> tuple[GateState, ...]:
    """Every gate that stands before this moment, met or not, in the order of the table; by the law of `day`."""
    return tuple(_state(gate, facts, day) for gate in GATES.values() if gate.at == at)


def _state(gate: Gate, facts: GateFacts, day: date | None) -> GateState:
    if day is not None and day < gate.since:
        return GateState(gate, True, None, required=False)
    if gate.met(facts):
        return GateState(gate, True, None, applies=gate.applies(facts))
    return GateState(gate, False, AppError(gate.missing, **facts.__dict__), overridable=gate.overridable(facts))

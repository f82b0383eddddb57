"""RULES: who decides by which line, one entry a rule of law, judged with integers only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from deliberation_app.domain import votes_words
from deliberation_app.domain.votes_count import Check, Count, Requirement, all_met, from_fraction
from deliberation_app.domain.votes_law import AGREED, HOUSE, NO_FRACTIONS, law_on
from deliberation_app.domain.votes_words import Words
from deliberation_app.errors import N_


@dataclass(frozen=True)
class Verdict:
    """What the law makes of a count; `explanation` is Chinese, `checks` hold the numbers for other languages."""

    quorate: bool
    passed: bool
    explanation: str
    checks: tuple[Check, ...]
    by_hand: bool = False  # not computed: what was announced counts, neither quorate nor passed is said


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One decision rule as data: its lines, its ballot and how its body speaks."""

    id: str
    title: str
    name: str
    quorum: tuple[Requirement, ...]
    passing: tuple[Requirement, ...]
    words: Words
    methods: tuple[str, ...] = ("show_of_hands", "roll_call", "secret_ballot")
    legal_force: bool = True
    suffrage_only: bool = False  # only persons with the right to vote in the branch count
    online_counts: bool = False
    proxy: bool = False  # a written proxy makes the person represented present
    written_opinions: bool = False
    election: bool = False
    present_from_ballots: bool = False
    by_area: bool = False
    invalid_took_part: bool = True
    own_fractions: bool = False
    further: Requirement | None = None  # the line of a further election, where the law sets one
    fewer_by_agreement: bool = False  # the meeting may agree to fewer than the seats put up

    def lines(self, count: Count) -> tuple[tuple[Requirement, ...], tuple[Requirement, ...]]:
        """Quorum and pass lines; those of the unit's own rules where the vote carries them."""
        if self.own_fractions and count.house_rule is not None:
            house = count.house_rule
            return from_fraction("present", house.quorum), from_fraction("in_favour", house.passing)
        return self.quorum, self.passing

    def checks(self, count: Count) -> tuple[Check, ...]:
        """Every comparison this rule makes, in the order of the sentence."""
        quorum, passing = self.lines(count)
        made = [line.check("quorum", count) for line in quorum] + [line.check("passing", count) for line in passing]
        if self.election and count.ballots_issued is not None and count.ballots_returned is not None:
            issued, returned = count.ballots_issued, count.ballots_returned
            met = issued >= returned
            made.append(Check("ballots", issued, returned, 1, 1, False, "heads", met, "ballots_returned"))
        return tuple(made)

    def judge(self, count: Count, day: date | None = None) -> Verdict:
        """Quorate, passed and the sentence with the clause in force on `day` (None: the newest); never divides."""
        law = law_on(self.id, day)
        if law.by_hand:
            return Verdict(False, False, votes_words.by_hand(law.clause), (), by_hand=True)
        checks = self.checks(count)
        quorate = self.quorate(count, day)
        passed = quorate and all_met(checks)
        # Agreed fractions find a majority; that something is passed only a law or a rule can say.
        words = self.words if self.entered(count.house_rule.name if count.house_rule else None) else MAJORITY
        explanation = votes_words.explain(words, count, checks, self.clause(count, day))
        return Verdict(quorate, passed, explanation, checks)

    def quorate(self, count: Count, day: date | None = None) -> bool:
        """Whether enough are there by the law of `day`: the verdict's first half, without its sentence."""
        if law_on(self.id, day).by_hand or not count.eligible or (self.by_area and not count.eligible_area):
            return False
        return all_met([line.check("quorum", count) for line in self.lines(count)[0]])

    def entered(self, name: str | None) -> bool:
        """Whether a law or an entered rule stands behind a vote; `name` is that of the fractions it carries, if any."""
        return not self.own_fractions or name not in (None, AGREED)

    def carried(self) -> dict[str, Any] | None:
        """The fractions that a vote by the unit's own rules carries where none are entered; None for all others."""
        if not self.own_fractions:
            return None
        lines = {"quorum": self.quorum[0], "passing": self.passing[0]}
        told = {
            name: {"of": one.of, "numerator": one.numerator, "denominator": one.denominator, "strict": one.strict}
            for name, one in lines.items()
        }
        return {"name": AGREED, **told}

    def clause(self, count: Count, day: date | None = None) -> str:
        """What is printed as the ground of the verdict; empty where nothing governs it."""
        if self.own_fractions:
            return f"依据：{count.house_rule.name or HOUSE}" if count.house_rule else NO_FRACTIONS
        return law_on(self.id, day).clause if self.legal_force else ""


def _at(part_of: str, numerator: int, denominator: int, *, strict: bool, area: bool = False) -> tuple[Requirement, ...]:
    """A line written as 'present/eligible'; with area it must be reached by heads and by area."""
    part, of = part_of.split("/")
    heads = Requirement(part, of, numerator, denominator, strict)  # type: ignore[arg-type]
    return (heads, Requirement(part, of, numerator, denominator, strict, "area")) if area else (heads,)  # type: ignore[arg-type]


HALF_DUE = _at("present/eligible", 1, 2, strict=False)
MORE_THAN_HALF_DUE = _at("present/eligible", 1, 2, strict=True)
TWO_THIRDS_DUE = _at("present/eligible", 2, 3, strict=False)
PASS_OF_DUE = _at("in_favour/eligible", 1, 2, strict=True)
PASS_OF_PRESENT = _at("in_favour/present", 1, 2, strict=True)
# 居组法 art. 19, 村组法 art. 18: in a further election the most votes win, but not less than a third of the ballots.
FURTHER = Requirement("in_favour", "present", 1, 3, False)
OWNERS_TAKE_PART = _at("present/eligible", 2, 3, strict=False, area=True)

SECRET = ("secret_ballot",)
SIGNED = ("written", "roll_call")
ANY = ("show_of_hands", "secret_ballot", "roll_call", "written", "consensus")

BRANCH = Words(eligible="应到有表决权", present="实到")
MEMBERS = Words(eligible="应到组成人员")
PEOPLE_OR_HOUSEHOLDS = Words(unit="人（户）")
ELECTED = {
    "passed": "达到当选票数", "failed": "未达到当选票数", "not_quorate": "不能当选",
    "in_favour": "得赞成", "vote_unit": "票",
}  # fmt: skip
BALLOT = {"present": "参加投票", "whole_present": "参加投票人数", "quorum_met": "选举有效", "quorum_missed": "选举无效"}
OWNERS = Words(
    eligible="全体业主", present="参与表决", in_favour="同意", whole_present="参与表决",
    quorum_met="参与表决符合要求", quorum_missed="参与表决不足，表决无效",
)  # fmt: skip
MAJORITY = Words(
    passed="形成多数意见", failed="未形成多数意见", not_quorate="不能形成意见", quorum_missed="不符合到会要求"
)
OPINION = replace(MAJORITY, last="意向表决，无法定效力")

# The order is that of rules.md 2, and of the lists people choose from.
_ENTRIES = (
    Rule(
        id="branch_resolution", title="支部表决", name=N_("Branch resolution"),
        quorum=HALF_DUE, passing=PASS_OF_DUE, words=BRANCH, suffrage_only=True,
    ),
    Rule(
        id="branch_admission", title="接收预备党员、转正表决", name=N_("Admission or full membership"),
        quorum=MORE_THAN_HALF_DUE, passing=PASS_OF_DUE, methods=SECRET, suffrage_only=True, written_opinions=True,
        words=Words(eligible="应到有表决权的正式党员", present="实到"),
    ),
    Rule(
        id="branch_election", title="支部选举", name=N_("Branch election"),
        quorum=_at("present/eligible", 4, 5, strict=False), passing=PASS_OF_PRESENT,
        methods=SECRET, suffrage_only=True, election=True, fewer_by_agreement=True,
        words=Words(
            eligible="应到有选举权", present="实到", whole_present="实到会人数", quorum_met="符合选举到会要求",
            quorum_missed="不符合选举到会要求，不能选举", **ELECTED,
        ),
    ),
    Rule(
        id="committee_resolution", title="支委会表决", name=N_("Committee resolution"),
        quorum=HALF_DUE, passing=PASS_OF_DUE,
        words=Words(eligible="应到委员", present="实到", whole_eligible="应到委员"),
    ),
    Rule(
        id="residents_assembly", title="居民会议表决", name=N_("Residents' assembly"),
        quorum=MORE_THAN_HALF_DUE, passing=PASS_OF_PRESENT, words=PEOPLE_OR_HOUSEHOLDS,
    ),
    Rule(
        id="residents_representatives", title="居民代表会议表决", name=N_("Residents' representatives"),
        quorum=TWO_THIRDS_DUE, passing=PASS_OF_PRESENT, words=MEMBERS,
    ),
    Rule(
        id="residents_election", title="居委会选举（居民或户代表投票）", name=N_("Election by residents or households"),
        quorum=MORE_THAN_HALF_DUE, passing=PASS_OF_PRESENT,
        methods=SECRET, proxy=True, election=True, present_from_ballots=True, further=FURTHER,
        words=Words(eligible="登记参加选举", unit="人（户）", **BALLOT, **ELECTED),
    ),
    Rule(
        id="residents_representatives_election", title="居委会选举（居民代表投票）",
        name=N_("Election by representatives"),
        quorum=_at("present/eligible", 2, 3, strict=True), passing=PASS_OF_PRESENT,
        methods=SECRET, election=True, present_from_ballots=True, further=FURTHER,
        words=Words(eligible="居民代表", **BALLOT, **ELECTED),
    ),
    Rule(
        id="villagers_assembly", title="村民会议表决", name=N_("Villagers' assembly"),
        quorum=MORE_THAN_HALF_DUE, passing=PASS_OF_PRESENT, words=Words(eligible="应到村民"),
    ),
    Rule(
        id="villagers_assembly_households", title="村民会议表决（户代表）",
        name=N_("Villagers' assembly by households"),
        quorum=TWO_THIRDS_DUE, passing=PASS_OF_PRESENT, words=Words(unit="户", whole_present="到会户数"),
    ),
    Rule(
        id="villagers_group", title="村民小组会议表决", name=N_("Villagers' group"),
        quorum=TWO_THIRDS_DUE, passing=PASS_OF_PRESENT, words=PEOPLE_OR_HOUSEHOLDS,
    ),
    Rule(
        id="villagers_representatives", title="村民代表会议表决", name=N_("Villagers' representatives"),
        quorum=TWO_THIRDS_DUE, passing=PASS_OF_PRESENT, words=MEMBERS,
    ),
    Rule(
        id="four_discussions", title="四议两公开（党员大会审议）", name=N_("Four discussions, two disclosures"),
        quorum=TWO_THIRDS_DUE, passing=PASS_OF_DUE, suffrage_only=True,
        words=Words(
            eligible="应到党员", present="实到", whole_eligible="应到党员",
            exact="赞成恰为半数，当地规定写“半数以上”的，请主持人核对",
        ),
    ),
    Rule(
        id="owners_ordinary", title="业主共同决定（一般事项）", name=N_("Owners, ordinary matter"),
        quorum=OWNERS_TAKE_PART, passing=_at("in_favour/present", 1, 2, strict=True, area=True),
        methods=SIGNED, proxy=True, by_area=True, invalid_took_part=False, words=OWNERS,
    ),
    Rule(
        id="owners_special", title="业主共同决定（特别事项）", name=N_("Owners, special matter"),
        quorum=OWNERS_TAKE_PART, passing=_at("in_favour/present", 3, 4, strict=False, area=True),
        methods=SIGNED, proxy=True, by_area=True, invalid_took_part=False, words=OWNERS,
    ),
    Rule(
        id="affected_owners_unanimous", title="有利害关系的业主一致同意",
        name=N_("Unanimous consent of the affected owners"),
        quorum=_at("present/eligible", 1, 1, strict=False), passing=_at("in_favour/eligible", 1, 1, strict=False),
        methods=("written",), invalid_took_part=False,
        words=Words(
            eligible="有利害关系的业主", present="答复", in_favour="同意",
            quorum_met="答复齐全", quorum_missed="答复不齐，不能视为同意",
        ),
    ),
    Rule(
        id="straw_poll", title="意向表决", name=N_("Straw poll"),
        quorum=TWO_THIRDS_DUE, passing=PASS_OF_PRESENT, methods=ANY,
        legal_force=False, online_counts=True, words=OPINION,
    ),
    Rule(
        id="house_rule", title="按议事规则表决", name=N_("By the unit's own rules of procedure"),
        quorum=TWO_THIRDS_DUE, passing=PASS_OF_PRESENT, methods=ANY, online_counts=True, own_fractions=True,
        words=Words(),
    ),
)  # fmt: skip

_BY_ID = {rule.id: rule for rule in _ENTRIES}
RULES: Mapping[str, Rule] = MappingProxyType(_BY_ID)


def rule_of(rule: str | Rule) -> Rule:
    """A rule by its id, or itself."""
    return RULES[rule] if isinstance(rule, str) else rule


@lru_cache(64)
def judged(rule: str, count: Count, day: date | None) -> Verdict:
    """The verdict by a rule of the table: numbers are judged as they are typed, when counted, and when shown."""
    return RULES[rule].judge(count, day)


def motion_text(rule: str, option: str) -> str:
    """The motion on an option as it is read out and printed."""
    return with_force(rule, question(option))


def question(option: str) -> str:
    """What is asked about an option, by whatever rule it is judged."""
    return f"是否赞成{option}"


def with_force(rule: str, motion: str) -> str:
    """A motion, and behind it what the rule says of its force, unless it stands there already."""
    last = RULES[rule].words.last
    return motion if not last or last in motion else f"{motion}（{last}）"


def without_force(motion: str) -> str:
    """A motion without what any rule says of its force behind it."""
    lasts = (f"（{rule.words.last}）" for rule in RULES.values() if rule.words.last)
    return next((motion.removesuffix(last) for last in lasts if motion.endswith(last)), motion)

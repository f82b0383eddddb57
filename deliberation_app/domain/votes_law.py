"""The clause behind each decision rule and since when it is in force; a record is judged by the text of its day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

BRANCH = "《中国共产党支部工作条例（试行）》"
ADMISSION = "《中国共产党发展党员工作细则》"
ELECTION = "《中国共产党基层组织选举工作条例》"
RESIDENTS = "《城市居民委员会组织法》"
VILLAGERS = "《村民委员会组织法》"
CIVIL_CODE = "《民法典》"
PROPERTY = "《物业管理条例》"
HOUSE = "本单位议事规则"
# By what a vote under the unit's own rules goes where none are entered.
AGREED = "约定比例（本单位没有录入议事规则）"
NO_FRACTIONS = f"依据：{AGREED}"

UNWRITTEN = "依据没有录入，请核对"
UNCHECKED = "（条款序号待核对）"
NO_NATIONAL_CLAUSE = "当时没有全国性条款，按当地规定办理"
NOT_YET = "表决日期早于该条文施行之日，条文只供对照"
BY_HAND = "2021年1月1日前的业主表决不由程序判断，照当时公布的结果记录，注明人工判断"
OLD_RESIDENTS = "2026年1月1日前的记录按修订前的文本判断，修订后新增的程序不作要求"
OLD_VILLAGERS = "2026年1月1日前的记录按修改前的条文序号打印，修改后新增的程序不作要求"

# The amending decision of 2025-10-28 puts both laws into force on this day.
BOTH_LAWS = date(2026, 1, 1)
CODE = date(2021, 1, 1)


@dataclass(frozen=True)
class Clause:
    """The text that governs a rule from one day on; `verify` marks what is not checked against the official text."""

    since: date
    text: str
    remarks: tuple[str, ...] = ()
    verify: bool = False
    by_hand: bool = False


@dataclass(frozen=True)
class Law:
    """The clause in force on a day, as printed, and what must be said beside it."""

    clause: str
    remarks: tuple[str, ...] = ()
    verify: bool = False
    by_hand: bool = False


def _residents(text: str) -> tuple[Clause, ...]:
    """Bodies for which the law before 2026 had no national line."""
    return (
        Clause(date(1990, 1, 1), NO_NATIONAL_CLAUSE, (OLD_RESIDENTS,)),
        Clause(BOTH_LAWS, RESIDENTS + text),
    )


def _villagers(before: str, after: str) -> tuple[Clause, ...]:
    """Bodies of villagers: fractions unchanged, articles renumbered."""
    return (
        Clause(date(2010, 10, 28), f"{VILLAGERS}（2018年修正）{before}", (OLD_VILLAGERS,)),
        Clause(BOTH_LAWS, VILLAGERS + after),
    )


def _owners(before: str, after: str) -> tuple[Clause, ...]:
    """Owners: the Civil Code replaced the base of the vote."""
    by_hand = f"{before}；当时的表决以公布的结果为准"
    return (Clause(date(2007, 10, 1), by_hand, (BY_HAND,), by_hand=True), Clause(CODE, CIVIL_CODE + after))


# Oldest first; one line, one text.
CLAUSES: Mapping[str, tuple[Clause, ...]] = MappingProxyType(
    {
        "branch_resolution": (Clause(date(2018, 10, 28), f"{BRANCH}第十一条"),),
        "branch_admission": (
            Clause(date(2014, 5, 28), f"{ADMISSION}（2014年）第二十条、第二十二条、第三十三条"),
            Clause(
                date(2026, 5, 18),
                f"{ADMISSION}（2026年修订）第十九条、第二十条、第三十三条",
                ("2026年5月修订文本的施行日期、条款序号和书面意见计票规定待核对",),
                verify=True,
            ),
        ),
        "branch_election": (
            Clause(date(2020, 7, 13), f"{ELECTION}第十七条、第十八条", ("赞成票以实到会为基数，待核对",), verify=True),
        ),
        "committee_resolution": (
            Clause(
                date(2018, 10, 28),
                f"{BRANCH}第十二条；条例未定通过比例，按超过应到委员半数掌握",
                ("条例只规定到会比例；通过比例是内部约定，可由议事规则另定",),
            ),
        ),
        "residents_assembly": (
            Clause(date(1990, 1, 1), f"{RESIDENTS}（2018年修正）第九条", (OLD_RESIDENTS,)),
            Clause(BOTH_LAWS, f"{RESIDENTS}第二十六条、第二十七条"),
        ),
        "residents_representatives": _residents("第二十八条、第二十九条"),
        "residents_election": _residents("第十四条至第十九条"),
        "residents_representatives_election": _residents("第十九条"),
        "villagers_assembly": _villagers("第二十一条、第二十二条", "第二十五条、第二十六条"),
        "villagers_assembly_households": _villagers("第二十二条", "第二十六条"),
        "villagers_group": _villagers("第二十八条", "第三十二条"),
        "villagers_representatives": _villagers("第二十五条、第二十六条", "第二十九条、第三十条"),
        "four_discussions": (
            Clause(date(2009, 1, 1), "当地“四议两公开”规定（以当地文本为准）", ("各地文本不一，待核对",), verify=True),
        ),
        "owners_ordinary": _owners(f"{PROPERTY}第十二条", "第二百七十八条"),
        "owners_special": _owners(f"{PROPERTY}第十二条", "第二百七十八条"),
        "affected_owners_unanimous": _owners("《物权法》第七十七条", "第二百七十九条"),
        "straw_poll": (
            Clause(date(1990, 1, 1), "没有法律规定的比例，按本单位约定", ()),
            Clause(
                BOTH_LAWS,
                f"没有法律规定的比例，按本单位约定；组织协商依据{RESIDENTS}第三十二条、{VILLAGERS}第三十三条",
            ),
        ),
        "house_rule": (Clause(date(1990, 1, 1), HOUSE),),
    }
)


def law_on(rule: str, day: date | None = None) -> Law:
    """The clause for a rule id in force on `day` (None: the newest text), with remarks."""
    clauses = CLAUSES.get(rule) or (Clause(date.min, UNWRITTEN),)
    if day is None:
        return _law(clauses[-1])
    in_force = [clause for clause in clauses if clause.since <= day]
    return _law(in_force[-1]) if in_force else _law(clauses[0], NOT_YET)


def _law(clause: Clause, *more: str) -> Law:
    text = clause.text + UNCHECKED if clause.verify and clause.text.endswith("条") else clause.text
    return Law(text, (*clause.remarks, *more), clause.verify, clause.by_hand)

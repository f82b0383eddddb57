"""A vote in the record: how, the numbers, the arithmetic with its clause, the outcome, and what went before it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from deliberation_app.domain.minutes_blocks import JudgedVote, Vote
from deliberation_app.domain.minutes_facts import Facts, MeetingFacts
from deliberation_app.domain.minutes_names import Names
from deliberation_app.domain.minutes_words import (
    CHOICES,
    METHODS,
    PAPER_METHODS,
    area,
    by_area,
    listed,
    moment,
    on_the_day,
    text_of,
)
from deliberation_app.domain.votes import GATES, RULES

# Named ballots of owners stay sealed with the vote, secret ones are never joined to a name (rules.md 6.1).
_NAMED_METHODS = frozenset({"roll_call", "show_of_hands"})


def vote_block(facts: MeetingFacts, names: Names, vote: Facts) -> Vote:
    """The vote as it is printed."""
    judged = facts.verdict(vote)
    return Vote(
        motion=text_of(vote, "motion"),
        method=_method(facts, vote, judged),
        numbers=_numbers(vote, judged),
        explanation=judged.explanation,
        outcome=_outcome(names, vote, judged),
        passed=judged.passed,
        remarks=tuple(_remarks(facts, names, vote, judged)),
    )


def _method(facts: MeetingFacts, vote: Facts, judged: JudgedVote) -> str:
    at = on_the_day(moment(vote["at"]), facts.opened.date()) if vote.get("at") else ""
    return listed((METHODS[vote["method"]], at, judged.rule_title), "，")


def _numbers(vote: Facts, judged: JudgedVote) -> str:
    if judged.passed is None and not judged.by_hand:
        return "尚未计票"
    papers = _papers(vote)
    if by_area(vote["rule"]):
        return listed((papers, _owners(judged)), "；")
    unit = "票" if vote["method"] in PAPER_METHODS else "人"
    parts = [("赞成", judged.in_favour), ("反对", judged.against), ("弃权", judged.abstain)]
    if judged.invalid or vote["method"] in PAPER_METHODS:
        parts.append(("无效", judged.invalid))
    cast = "" if vote.get("candidates") else listed((f"{word}{number}{unit}" for word, number in parts), "，")
    written = vote.get("written_opinions", 0)
    if written and cast:
        cast += f"（含会前书面意见{written}份）"
    # The votes of an election stand with its candidates: only the papers returned tell who did not vote.
    told = not vote.get("candidates") or vote.get("ballots_returned") is not None
    missing = f"未投票{judged.not_cast}人" if judged.not_cast and told else ""
    return listed((f"应到{judged.eligible}人，到会{judged.present}人", papers, cast, missing), "；")


def _papers(vote: Facts) -> str:
    issued, returned = vote.get("ballots_issued"), vote.get("ballots_returned")
    parts = []
    if issued is not None:
        parts.append(f"发出{issued}张")
    if returned is not None:
        parts.append(f"收回{returned}张")
    if issued is not None and returned is not None and issued > returned:
        parts.append(f"未收回{issued - returned}张")
    return f"表决票{listed(parts, '，')}" if parts else ""


def _owners(judged: JudgedVote) -> str:
    rows = (
        ("全体业主", judged.eligible, judged.eligible_area),
        ("参与表决", judged.present, judged.present_area),
        ("同意", judged.in_favour, judged.in_favour_area),
        ("反对", judged.against, judged.against_area),
        ("弃权", judged.abstain, judged.abstain_area),
    )
    void = f"无效（不计入参与表决）{judged.invalid}人、{area(judged.invalid_area)}" if judged.invalid else ""
    return listed((*(f"{word}{heads}人、{area(size)}" for word, heads, size in rows), void), "；")


def _outcome(names: Names, vote: Facts, judged: JudgedVote) -> str:
    if judged.by_hand:
        return "人工判断，结果照当时的公布记录。"
    if judged.passed is None:
        return "尚未计票。"
    if not judged.quorate:
        return "参加人数未达到规定，表决无效。"
    if vote.get("candidates"):
        elected = listed(names.name(id_) for id_ in judged.elected)
        seats, filled = vote.get("seats", 1), len(judged.elected)
        short = "" if filled >= seats else f"应选{seats}名，尚缺{seats - filled}名。"
        return (f"当选：{elected}。" if elected else "无人当选。") + short
    if vote["rule"] in RULES and not RULES[vote["rule"]].legal_force:
        return "形成多数意见。" if judged.passed else "未形成多数意见。"
    return "通过。" if judged.passed else "未通过。"


def _remarks(facts: MeetingFacts, names: Names, vote: Facts, judged: JudgedVote) -> Iterator[str]:
    if vote.get("option"):
        yield from _option(facts, vote)
    if vote["rule"] == "branch_election" and facts.beside.left_out:
        yield f"应到会人数中不计入{len(facts.beside.left_out)}人。"
    for candidate in vote.get("candidates", ()):
        yield _candidate(names, candidate, judged)
    for place, recount in enumerate(vote.get("recounts", ()), start=1):
        yield _recount(facts, names, vote, place, recount)
    for override in vote.get("overrides", ()):
        gate = GATES[override["gate"]].title if override["gate"] in GATES else override["gate"]
        yield f"“{gate}”未满足，说明理由后继续表决。理由：{override['reason']}"
    yield from (f"{remark}。" for remark in judged.remarks)
    if not names.posted and vote["method"] in _NAMED_METHODS and not by_area(vote["rule"]):
        for choice, word in CHOICES.items():
            voters = [ballot["voter"] for ballot in vote.get("ballots", ()) if ballot["choice"] == choice]
            if voters:
                yield f"{word}：{listed(names.name(id_) for id_ in voters)}。"


def _option(facts: MeetingFacts, vote: Facts) -> Iterator[str]:
    """The option voted on, where the motion does not say it by its name."""
    for entry in facts.agenda:
        for option in entry.get("options", ()):
            if option["id"] == vote["option"] and option["title"].partition("：")[0] not in vote["motion"]:
                yield f"所表决的方案：{option['title']}。"


def _candidate(names: Names, candidate: Facts, judged: JudgedVote) -> str:
    words = (("赞成", "in_favour"), ("反对", "against"), ("弃权", "abstain"))
    counts = listed((f"{word}{candidate[key]}票" for word, key in words if key in candidate), "，")
    elected = "，当选" if candidate["person"] in judged.elected else ""
    return f"{names.name(candidate['person'])}：{counts}{elected}。"


def _recount(facts: MeetingFacts, names: Names, vote: Facts, place: int, recount: Facts) -> str:
    at = on_the_day(moment(recount["at"]), facts.opened.date())
    by = f"，{names.name(recount['by'])}提出重新计票" if recount.get("by") else ""
    reason = f"，理由：{recount['reason']}" if recount.get("reason") else ""
    return f"第{place}次计票（{at}）：{_earlier(recount['counts'], vote)}{by}{reason}。此次计票作废，以最后一次为准。"


def _earlier(counts: Mapping[str, Any], vote: Facts) -> str:
    parts = []
    for choice, word in CHOICES.items():
        if choice in counts:
            size = counts.get(f"{choice}_area_m2")
            # A float of the file is read by its shortest form, as it was written there.
            square = f"、{area(int(Decimal(str(size)) * 100))}" if by_area(vote["rule"]) and size is not None else ""
            parts.append(f"{word}{counts[choice]}{square}")
    return listed(parts)

"""The Chinese sentence of a verdict: body, numbers, arithmetic, clause, as it is shown and printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from deliberation_app.domain.votes_count import Check, Count, all_met, area_text, percent

DIGITS = "零一二三四五六七八九"
BY_WORDS = {"heads": "人数", "area": "面积"}
NOBODY = "没有有表决权的人，不能表决，未通过"
NO_AREA = "没有登记专有部分面积，不能按面积表决，未通过"
BY_HAND = "人工判断：照当时公布的结果记录，程序不作计算"


@dataclass(frozen=True, kw_only=True)
class Words:
    """How one body speaks: what its wholes and its outcome are called."""

    eligible: str = "应到"
    present: str = "到会"
    in_favour: str = "赞成"
    unit: str = "人"
    vote_unit: str = ""
    whole_eligible: str = "应到会"
    whole_present: str = "到会人数"
    quorum_met: str = "符合到会要求"
    quorum_missed: str = "不符合到会要求，表决无效"
    passed: str = "通过"
    failed: str = "未通过"
    not_quorate: str = "未通过"
    last: str = ""
    exact: str = ""

    def whole(self, of: str) -> str:
        """What a whole is called, such as 应到会 in 未超过应到会半数."""
        return {"eligible": self.whole_eligible, "present": self.whole_present}.get(of, "赞成、反对、弃权合计")


def numeral(number: int) -> str:
    """A number below 10,000 in Chinese: 278 is 二百七十八, 10 is 十."""
    if number == 0:
        return DIGITS[0]
    text, gap = "", False
    for power, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit:
            text += (DIGITS[0] if gap and text else "") + DIGITS[digit] + unit
        gap = not digit
    return text.removeprefix("一") if 10 <= number < 20 else text


def fraction_text(numerator: int, denominator: int) -> str:
    """半数, 三分之二, 全部; 零 where a unit's own rules set no line."""
    if numerator == 0:
        return DIGITS[0]
    if numerator * 2 == denominator:
        return "半数"
    if numerator == denominator:
        return "全部"
    return f"{numeral(denominator)}分之{numeral(numerator)}"


def arithmetic(check: Check) -> str:
    """The comparison as on the papers: 19×3＝57≥22×2＝44; on the exact line of a strict rule only 10×2＝20."""
    left, right = check.part * check.denominator, check.whole * check.numerator
    sides = _side(check.part, check.denominator, check.by), _side(check.whole, check.numerator, check.by)
    if left < right:
        return f"{sides[0]}＜{sides[1]}"
    if left > right:
        return f"{sides[0]}{'＞' if check.strict else '≥'}{sides[1]}"
    if check.strict:
        return sides[0] if check.numerator == 1 and check.denominator > 1 else f"{sides[0]}＝{sides[1]}"
    return f"{sides[0]}{'＝' if check.numerator == check.denominator else '≥'}{sides[1]}"


def explain(words: Words, count: Count, checks: Sequence[Check], clause: str) -> str:
    """The whole sentence: 应到有表决权20人，实到16人，16×2＝32≥20，符合到会要求；赞成10人，…，未通过。《…》第几条。"""
    parts = (_judgement(words, count, checks), _note(words, checks), words.last, clause)
    return "".join(f"{part}。" for part in parts if part)


def by_hand(clause: str) -> str:
    """What stands instead of the arithmetic where the program does not judge (rules.md 5.3)."""
    return f"{BY_HAND}。{clause}。"


def explain_election(words: Words, count: Count, checks: Sequence[Check], seats: str, clause: str) -> str:
    """The sentence of an election that could be held: the room, the line in votes, who is in, the clause."""
    quorum = [check for check in checks if check.name == "quorum"]
    line = next(check for check in checks if check.name == "passing")
    product = line.whole * line.numerator
    votes = product // line.denominator + 1 if line.strict else -(-product // line.denominator)
    reach = "超过" if line.strict else "达到"
    whole = f"{words.whole(line.of)}{fraction_text(line.numerator, line.denominator)}"
    said = f"得票须{reach}{whole}，即至少{votes}票" if line.numerator else _no_line(line)
    start = f"{_numbers(words, count, quorum)}，{_quorum(words, quorum)}"
    return f"{start}；{said}；{seats}。" + (f"{clause}。" if clause else "")


def _judgement(words: Words, count: Count, checks: Sequence[Check]) -> str:
    if count.eligible == 0:
        return NOBODY
    if count.eligible_area == 0 and any(check.by == "area" for check in checks):
        return NO_AREA
    quorum = [check for check in checks if check.name == "quorum"]
    passing = [check for check in checks if check.name == "passing"]
    start = f"{_numbers(words, count, quorum)}，{_quorum(words, quorum)}"
    if not all_met(quorum):
        return f"{start}，{words.not_quorate}"
    if count.more_returned_than_issued and any(check.name == "ballots" for check in checks):
        issued, returned = count.ballots_issued, count.ballots_returned
        return f"{start}；发出选票{issued}张，收回{returned}张，收回多于发出，选举无效，应当重新投票"
    outcome = words.passed if all_met(passing) else words.failed
    return f"{start}；{_favour(words, count, passing)}，{_passing(words, passing)}，{outcome}{_rates(passing)}"


def _numbers(words: Words, count: Count, quorum: Sequence[Check]) -> str:
    eligible, present = f"{words.eligible}{count.eligible}{words.unit}", f"{words.present}{count.present}{words.unit}"
    if any(check.by == "area" for check in quorum):
        eligible += f"、{area_text(count.eligible_area)}平方米"
        present += f"、{area_text(count.present_area)}平方米"
    written = f"，会前书面意见{count.written_opinions}份" if count.written_opinions else ""
    return f"{eligible}，{present}{written}"


def _favour(words: Words, count: Count, passing: Sequence[Check]) -> str:
    text = f"{words.in_favour}{count.in_favour}{words.vote_unit or words.unit}"
    if any(check.by == "area" for check in passing):
        text += f"、{area_text(count.in_favour_area)}平方米"
    return text


def _quorum(words: Words, quorum: Sequence[Check]) -> str:
    parts = []
    for check in quorum:
        if check.numerator == 0:
            parts.append(_no_line(check))
            continue
        said = _quorum_phrase(words, check)
        parts.append(f"{_label(check, quorum)}{arithmetic(check)}" + (f"，{said}" if said else ""))
    return "，".join((*parts, words.quorum_met if all_met(quorum) else words.quorum_missed))


def _quorum_phrase(words: Words, check: Check) -> str:
    whole = "" if check.of == "eligible" else words.whole(check.of)
    if check.numerator == check.denominator and not check.strict:
        return f"全部{words.present}" if check.met else f"没有全部{words.present}"
    if check.met and not check.strict and check.numerator * 2 == check.denominator:
        return ""
    return _reach(check) + whole + fraction_text(check.numerator, check.denominator)


def _passing(words: Words, passing: Sequence[Check]) -> str:
    parts = []
    for check in passing:
        if check.numerator == 0:
            parts.append(_no_line(check))
            continue
        if check.numerator == check.denominator and not check.strict:
            said = "一致同意" if check.met else "没有一致同意"
        else:
            by = _label(check, passing)
            said = f"{_reach(check)}{words.whole(check.of)}{by}{fraction_text(check.numerator, check.denominator)}"
        parts.append(f"{_label(check, passing)}{arithmetic(check)}，{said}")
    return "，".join(parts)


def _no_line(check: Check) -> str:
    """A unit's own fraction of nought: no arithmetic, only whether anybody came or agreed."""
    if not check.strict:
        return "议事规则不设到会比例" if check.name == "quorum" else "议事规则不设通过比例"
    who = "到会" if check.name == "quorum" else "赞成"
    return f"有人{who}即可" if check.met else f"无人{who}"


def _reach(check: Check) -> str:
    return ("" if check.met else "未") + ("超过" if check.strict else "达到")


def _label(check: Check, checks: Sequence[Check]) -> str:
    return BY_WORDS[check.by] if len(checks) > 1 else ""


def _side(number: int, factor: int, by: str) -> str:
    write = area_text if by == "area" else str
    return write(number) if factor == 1 else f"{write(number)}×{factor}＝{write(number * factor)}"


def _rates(passing: Sequence[Check]) -> str:
    if len(passing) < 2:
        return ""
    rates = "，".join(f"{BY_WORDS[check.by]}{percent(check.part, check.whole)}" for check in passing)
    return f"（{rates}）"


def _note(words: Words, checks: Sequence[Check]) -> str:
    return words.exact if any(check.name == "passing" and check.exact for check in checks) else ""

"""What is still possible: how many are missing, how many votes are needed, whether the motion can pass at all."""

from __future__ import annotations

from collections.abc import Iterator

from deliberation_app.domain.votes_count import Count, Requirement, area_text
from deliberation_app.domain.votes_rules import Rule, rule_of
from deliberation_app.domain.votes_sums import best, in_advance
from deliberation_app.errors import N_, AppError

# By (quorum or passing, by heads or area, how it stands).
_SAID = {
    ("present", "heads", "met"): N_("{part} of {whole} take part: enough, at least {needed} are needed."),
    ("present", "heads", "open"): N_("{part} of {whole} take part: at least {needed} are needed, {more} more."),
    ("present", "area", "met"): N_("{part} of {whole} m² take part: enough, at least {needed} m² are needed."),
    ("present", "area", "open"): N_("{part} of {whole} m² take part: at least {needed} m² are needed, {more} m² more."),
    ("in_favour", "heads", "met"): N_("{part} votes in favour are there already; at least {needed} are needed."),
    ("in_favour", "heads", "open"): N_("It takes at least {needed} votes in favour; {most} are possible at most."),
    ("in_favour", "heads", "lost"): N_("It takes at least {needed} votes in favour, but {most} are possible at most: "
                                       "the motion cannot pass."),
    ("in_favour", "area", "met"): N_("{part} m² in favour are there already; at least {needed} m² are needed."),
    ("in_favour", "area", "open"): N_("It takes at least {needed} m² in favour; {most} m² are possible at most."),
    ("in_favour", "area", "lost"): N_("It takes at least {needed} m² in favour, but {most} m² are possible at most: "
                                      "the motion cannot pass."),
}  # fmt: skip


def most_in_favour(rule: str | Rule, count: Count) -> Count:
    """The count if everybody who has not voted yet votes in favour; votes already given stay as they are."""
    law, most = rule_of(rule), best(rule, count)
    gone = count.against + count.abstain + (count.invalid if law.invalid_took_part else 0)
    gone_area = count.against_area + count.abstain_area
    return Count(**{**most.__dict__, "in_favour": max(0, most.in_favour - gone),
                    "in_favour_area": max(0, most.in_favour_area - gone_area)})  # fmt: skip


def still_possible(rule: str | Rule, count: Count) -> tuple[AppError, ...]:
    """Every line of the rule against the numbers so far: met, how much is missing, or out of reach."""
    law, most = rule_of(rule), most_in_favour(rule, count)
    quorum, passing = law.lines(count)
    return (*(_line(line, count, most) for line in quorum), *(_line(line, count, most) for line in passing))


def possible_text(rule: str | Rule, count: Count) -> str:
    """The same as a Chinese sentence to be read out."""
    refused = in_advance(rule, count)
    if refused:
        return f"{refused}。"
    law, most = rule_of(rule), most_in_favour(rule, count)
    _, passing = law.lines(count)
    return "，".join(_said(law, line, count, most) for line in passing) + "。"


def _line(line: Requirement, count: Count, most: Count) -> AppError:
    part, whole = count.number(line.part, line.by), count.number(line.of, line.by)
    needed, reach = line.needed(whole), most.number(line.part, line.by)
    how = "met" if part >= needed else "open" if line.part == "present" or reach >= needed else "lost"
    show = area_text if line.by == "area" else str
    return AppError(
        _SAID[line.part, line.by, how], part=show(part), whole=show(whole), needed=show(needed),
        more=show(max(0, needed - part)), most=show(reach),
    )  # fmt: skip


def _said(law: Rule, line: Requirement, count: Count, most: Count) -> str:
    needed, reach = line.needed(count.number(line.of, line.by)), most.number(line.part, line.by)
    unit = "平方米" if line.by == "area" else law.words.vote_unit or law.words.unit
    show = area_text if line.by == "area" else str
    named = law.words.in_favour.removeprefix("得")
    start = f"{named}须至少{show(needed)}{unit}"
    if reach < needed:
        return f"{start}，最多只能有{show(reach)}{unit}，不可能通过"
    return f"{start}，最多可有{show(reach)}{unit}"


def requirements(rule: str | Rule) -> Iterator[AppError]:
    """The lines of a rule in plain words, attendance first."""
    law = rule_of(rule)
    for line in (*law.quorum, *law.passing):
        yield AppError(_PLAIN[line.part, line.by, line.strict], n=line.numerator, d=line.denominator,
                       whole=AppError((_AREAS if line.by == "area" else _WHOLES)[line.of]))  # fmt: skip


_WHOLES = {
    "eligible": N_("of those due"), "present": N_("of those taking part"),
    "cast": N_("of the votes in favour, against and abstained"),
}  # fmt: skip
_AREAS = {
    "eligible": N_("of the floor area of all owners"), "present": N_("of the floor area taking part"),
    "cast": N_("of the floor area of the votes in favour, against and abstained"),
}  # fmt: skip
_PLAIN = {
    ("present", "heads", False): N_("At least {n}/{d} {whole} take part; the exact number suffices."),
    ("present", "heads", True): N_("More than {n}/{d} {whole} take part; the exact number does not suffice."),
    ("present", "area", False): N_("At least {n}/{d} {whole} takes part as well; the exact area suffices."),
    ("present", "area", True): N_("More than {n}/{d} {whole} takes part as well; the exact area does not suffice."),
    ("in_favour", "heads", False): N_("At least {n}/{d} {whole} vote in favour; the exact number suffices."),
    ("in_favour", "heads", True): N_("More than {n}/{d} {whole} vote in favour; the exact number does not suffice."),
    ("in_favour", "area", False): N_("At least {n}/{d} {whole} is in favour as well; the exact area suffices."),
    ("in_favour", "area", True): N_("More than {n}/{d} {whole} is in favour as well; the exact area does not suffice."),
}

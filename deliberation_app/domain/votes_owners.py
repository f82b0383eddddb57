"""Owners' votes: one owner one head however many flats, co-owned flats, papers without signature, who was reached."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from deliberation_app.domain.votes_count import Count, Requirement, area_text
from deliberation_app.domain.votes_rules import Rule, Verdict, rule_of
from deliberation_app.errors import N_, AppError

Way = Literal["in_person", "telephone", "message", "mail", "public_notice"]
# How a paper reaches an owner: the word on the log, the word on screens.
WAYS: Mapping[str, tuple[str, str]] = {
    "in_person": ("当面", N_("In person")), "telephone": ("电话", N_("By telephone")),
    "message": ("短信", N_("By message")), "mail": ("邮寄", N_("By mail")),
    "public_notice": ("公告", N_("Notice on the board")),
}  # fmt: skip
CHOICES: Mapping[str, str] = {"in_favour": "同意", "against": "反对", "abstain": "弃权"}


@dataclass(frozen=True, kw_only=True)
class Paper:
    """One ballot paper: of a flat, for its owner (of a co-owned flat: whom the owners named); areas in 0.01 m²."""

    flat: str
    owner: str
    area: int
    choice: str  # in_favour, against, abstain; one question ticked twice is an abstention
    signed: bool = True
    proxy: str = ""  # who signed for the owner
    proxy_written: bool = True


@dataclass(frozen=True)
class Tally:
    """What the papers come to; with faults the numbers are not to be used yet."""

    count: Count
    faults: tuple[AppError, ...]


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """A line of the delivery log: how the ballot of a flat got to its owner."""

    flat: str
    way: Way
    on: date


@dataclass(frozen=True)
class BothCounts:
    """The count of those who voted, which decides, and for comparison the one with the silent (从众)."""

    counted: Verdict
    with_silent: Verdict | None
    text: str


def tally(papers: Iterable[Paper], all_owners: Mapping[str, int]) -> Tally:
    """Heads and areas of the papers that came back; `all_owners` gives each owner's whole area."""
    valid: dict[str, list[Paper]] = {}
    spoilt: set[str] = set()
    seen: set[str] = set()
    twice: set[str] = set()
    for paper in papers:
        (twice if paper.flat in seen else seen).add(paper.flat)
        if paper.signed and (not paper.proxy or paper.proxy_written):
            valid.setdefault(paper.owner, []).append(paper)
        else:
            spoilt.add(paper.owner)
    numbers: dict[str, Any] = dict.fromkeys((*CHOICES, *(f"{choice}_area" for choice in CHOICES)), 0)
    split = 0
    for own in valid.values():
        split += len({paper.choice for paper in own}) > 1
        numbers[own[0].choice] += 1
        for paper in own:
            numbers[f"{paper.choice}_area"] += paper.area
    count = Count(
        eligible=len(all_owners), eligible_area=sum(all_owners.values()), present=len(valid),
        present_area=sum(numbers[f"{choice}_area"] for choice in CHOICES), invalid=len(spoilt - set(valid)), **numbers,
    )  # fmt: skip
    return Tally(count, _faults(len(twice), split, set(valid) | spoilt, all_owners))


def _faults(twice: int, split: int, voted: set[str], all_owners: Mapping[str, int]) -> tuple[AppError, ...]:
    strangers = len(voted - set(all_owners))
    said = (
        (twice, N_("{count} flats handed in more than one paper: a flat has one; co-owners name who votes.")),
        (split, N_("{count} owners voted differently for their flats: one owner is one head, ask which it is.")),
        (strangers, N_("{count} papers are of nobody in the owners' list: check the list.")),
    )
    return tuple(AppError(words, count=count) for count, words in said if count)


def undelivered(flats: Collection[str], log: Iterable[Delivery], until: date) -> AppError | None:
    """指导规则 art. 22: each owner gets the ballot, those not reached by public notice; None when all are."""
    reached = {line.flat for line in log if line.on <= until}
    missing = len(set(flats) - reached)
    if not missing:
        return None
    return AppError(N_("{count} flats are not in the delivery log: deliver, or post a public notice for them."),
                    count=missing)  # fmt: skip


def both_counts(rule: str | Rule, count: Count, silent: int, silent_area: int, day: date | None = None) -> BothCounts:
    """从众, where a unit's own rules ask for it: both counts are printed, the one without the silent decides."""
    law = rule_of(rule)
    counted = law.judge(count, day)
    start = f"实际参与表决：{counted.explanation}"
    side = _majority(count)
    if side is None:
        return BothCounts(counted, None, f"{start}参与表决的多数意见不明，未表决的不计入任何一方。")
    added = replace(count, **{
        "present": count.present + silent, "present_area": count.present_area + silent_area,
        side: getattr(count, side) + silent, f"{side}_area": getattr(count, f"{side}_area") + silent_area,
    })  # fmt: skip
    other = law.judge(added, day)
    who = f"已送达而未表决的{silent}人、{area_text(silent_area)}平方米计入多数意见（{CHOICES[side]}）"
    end = "结论以实际参与表决的计票为准，计入未表决业主的计票只供对照。"
    return BothCounts(counted, other, f"{start}按本单位规约，{who}：{other.explanation}{end}")


def _majority(count: Count) -> str | None:
    """The opinion that leads both by heads and by area; none where they differ or stand level."""
    leaders = []
    for suffix in ("", "_area"):
        numbers = {choice: getattr(count, choice + suffix) for choice in CHOICES}
        top = max(numbers.values())
        leaders.append([choice for choice, number in numbers.items() if number == top])
    return leaders[0][0] if leaders[0] == leaders[1] and len(leaders[0]) == 1 else None


_OPEN = {
    ("present", "heads", True): N_("{part} of {whole} owners take part: enough, at least {needed} are needed."),
    ("present", "heads", False): N_("{part} of {whole} owners take part: at least {needed} are needed, {more} more."),
    ("present", "area", True): N_("{part} of {whole} m² take part: enough, at least {needed} m² are needed."),
    ("present", "area", False): N_("{part} of {whole} m² take part: at least {needed} m² are needed, {more} m² more."),
    ("in_favour", "heads", True): N_("{part} owners consent; of the {whole} taking part at least {needed} must."),
    ("in_favour", "heads", False): N_("{part} owners consent; of the {whole} taking part at least {needed} must, "
                                      "{more} more."),
    ("in_favour", "area", True): N_("{part} m² consent; of the {whole} m² taking part at least {needed} m² must."),
    ("in_favour", "area", False): N_("{part} m² consent; of the {whole} m² taking part at least {needed} m² must, "
                                     "{more} m² more."),
}  # fmt: skip


def owners_possible(rule: str | Rule, count: Count) -> tuple[AppError, ...]:
    """While papers still come in: each line with what it lacks, and last whether the motion can pass at all."""
    law = rule_of(rule)
    quorum, passing = law.lines(count)
    said = [_open_line(line, count) for line in (*quorum, *passing)]
    rest, rest_area = count.eligible - count.present, count.eligible_area - count.present_area
    most = replace(
        count, present=count.eligible, present_area=count.eligible_area, in_favour=count.in_favour + rest,
        in_favour_area=count.in_favour_area + rest_area,
    )  # fmt: skip
    if count.eligible and not all(line.check("passing", most).met for line in (*quorum, *passing)):
        said.append(AppError(N_("Even if all {rest} owners who have not voted yet consent, the motion cannot pass."),
                             rest=rest))  # fmt: skip
    return tuple(said)


def _open_line(line: Requirement, count: Count) -> AppError:
    part, whole = count.number(line.part, line.by), count.number(line.of, line.by)
    needed = line.needed(whole)
    show = area_text if line.by == "area" else str
    return AppError(
        _OPEN[line.part, line.by, part >= needed], part=show(part), whole=show(whole), needed=show(needed),
        more=show(max(0, needed - part)),
    )  # fmt: skip

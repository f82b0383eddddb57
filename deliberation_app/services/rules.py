"""The rules in plain words, numbers tried in them before a vote, and the rules of procedure of a unit."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from deliberation_app.domain import calendar
from deliberation_app.domain import votes as law
from deliberation_app.domain.meetings import KINDS
from deliberation_app.domain.votes import Count, HouseRule, OwnRule, Rule, Verdict, house_kinds
from deliberation_app.domain.votes_examples import EXAMPLES
from deliberation_app.domain.votes_law import CLAUSES
from deliberation_app.errors import N_, AppError, NotFound, RuleBroken
from deliberation_app.services.work import Work
from deliberation_app.storage.base import new_id
from deliberation_app.storage.people import Unit

__all__ = [
    "Field", "OwnRule", "Reading", "Trial", "house_kinds", "house_rule_for_vote", "house_rules", "parse_area",
    "readings", "remove_house_rule", "save_house_rule", "try_out",
]  # fmt: skip

METHODS: Mapping[str, str] = {
    "show_of_hands": N_("Show of hands"), "roll_call": N_("Roll call"), "secret_ballot": N_("Secret ballot"),
    "written": N_("In writing"), "consensus": N_("Consensus"),
}  # fmt: skip
_LABELS: Mapping[str, str] = {
    "eligible": N_("Entitled to vote"), "eligible_area": N_("Their floor area, m²"),
    "present": N_("Present or taking part"), "present_area": N_("Their floor area taking part, m²"),
    "ballots_issued": N_("Ballots issued"), "ballots_returned": N_("Ballots returned"),
    "in_favour": N_("In favour"), "in_favour_area": N_("In favour, m²"),
    "against": N_("Against"), "against_area": N_("Against, m²"),
    "abstain": N_("Abstained"), "abstain_area": N_("Abstained, m²"),
    "invalid": N_("Invalid"), "written_opinions": N_("Written opinions"),
}  # fmt: skip
_AREA = re.compile(r"(\d{1,9})(?:[.．](\d{1,2}))?")
_GIVEN = {"in_favour", "in_favour_area", "against", "against_area", "abstain", "abstain_area", "invalid"}


class Field(NamedTuple):
    """A number that can be typed to try a rule; areas are read by parse_area."""

    name: str
    label: AppError
    area: bool


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One rule in plain words; titles, clause and remarks are Chinese as printed."""

    id: str
    title: str
    name: AppError
    kinds: tuple[tuple[str, str, AppError], ...]  # id, title and name of the kinds of meeting that use it
    requirements: tuple[AppError, ...]
    ballot: tuple[AppError, ...]  # the usual way first
    notes: tuple[AppError, ...]
    clause: str
    remarks: tuple[str, ...]
    since: date
    verify: bool
    by_hand: bool
    example: Count
    example_sentence: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, kw_only=True)
class Trial:
    """What the numbers come to; without votes only what is still possible."""

    verdict: Verdict | None
    possible: tuple[AppError, ...]
    possible_text: str
    faults: tuple[AppError, ...]
    clause: str
    remarks: tuple[str, ...]


def readings(day: date | None = None) -> tuple[Reading, ...]:
    """Every rule in the text of a day (None: the newest), in the order of the table."""
    return tuple(_reading(rule, day) for rule in law.RULES.values())


def _reading(rule: Rule, day: date | None) -> Reading:
    text = law.law_on(rule.id, day)
    example = EXAMPLES.get(rule.id, Count(eligible=30, present=20, in_favour=16))
    in_force = [clause.since for clause in CLAUSES.get(rule.id, ()) if day is None or clause.since <= day]
    return Reading(
        id=rule.id, title=rule.title, name=AppError(rule.name),
        kinds=tuple((kind.id, kind.title, AppError(kind.name)) for kind in KINDS.values() if rule.id in kind.rules),
        requirements=tuple(law.requirements(rule)), ballot=tuple(AppError(METHODS[way]) for way in rule.methods),
        notes=_notes(rule), clause=text.clause, remarks=text.remarks, since=max(in_force, default=date.min),
        verify=text.verify, by_hand=text.by_hand, example=example,
        example_sentence=rule.judge(example, day).explanation, fields=_fields(rule),
    )  # fmt: skip


def _notes(rule: Rule) -> tuple[AppError, ...]:
    said = (
        (not rule.legal_force, N_("The result is an intention without legal force; the papers say so.")),
        (rule.own_fractions, N_("The lines are those of the unit's own rules; without any, those of the straw poll.")),
        (rule.suffrage_only, N_("Only members with the right to vote count; probationary members attend and speak.")),
        (rule.by_area, N_("Heads and floor area must both be reached; an owner of several flats is one head.")),
        (rule.present_from_ballots, N_("Whoever hands in a ballot takes part, an invalid one too.")),
        (rule.election, N_("Each candidate is judged alone; more ballots back than out make the election void.")),
        (rule.further is not None, N_("In a further election the most votes win, but not less than a third.")),
        (rule.written_opinions, N_("Written opinions dated before the meeting count as votes, never as attendance.")),
        (rule.proxy, N_("A written proxy is allowed.")),
        (not rule.proxy and rule.legal_force and not rule.own_fractions, N_("Everybody votes in person: no proxy.")),
        (rule.online_counts, N_("Whoever takes part online counts.")),
        (not rule.online_counts, N_("Whoever takes part online is heard, but does not count in the vote.")),
        (True, N_("Abstentions stay in the whole: they weigh as much as votes against.")),
    )
    return tuple(AppError(words) for applies, words in said if applies)


def _fields(rule: Rule) -> tuple[Field, ...]:
    papers = ("ballots_issued", "ballots_returned") if rule.election else ()
    heads = ("in_favour", "against", "abstain")
    body = ("eligible", "eligible_area", "present", "present_area") if rule.by_area else ("eligible", "present")
    counted = tuple(name for head in heads for name in (head, f"{head}_area")) if rule.by_area else heads
    written = ("written_opinions",) if rule.written_opinions else ()
    names = (*body, *papers, *counted, "invalid", *written)
    return tuple(Field(name, AppError(_LABELS[name]), name.endswith("_area")) for name in names)


def parse_area(text: str) -> int:
    """Square metres as typed, in whole hundredths; a finer figure is an error, not something to round away."""
    found = _AREA.fullmatch(text.strip().replace(",", ""))
    if found is None:
        raise RuleBroken(N_("“{text}” is no floor area: write square metres with at most two decimals, such as 86.50."),
                         text=text.strip()[:20])  # fmt: skip
    return int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0"))


def try_out(rule_id: str, numbers: Mapping[str, int], day: date, house_rule: HouseRule | None = None) -> Trial:
    """Judge numbers without any meeting: the verdict, the sums that do not hold, what is still possible."""
    rule = law.RULES[rule_id]
    count = Count(**dict(numbers), house_rule=house_rule)
    if rule.present_from_ballots and "present" not in numbers:
        count = replace(count, present=min(count.ballots_returned or 0, count.eligible))
    text = law.law_on(rule_id, day)
    voted = not _GIVEN.isdisjoint(numbers)
    return Trial(
        verdict=rule.judge(count, day) if voted else None, possible=law.still_possible(rule, count),
        possible_text=law.possible_text(rule, count), faults=law.sum_faults(rule, count) if voted else (),
        clause=rule.clause(count, day), remarks=text.remarks,
    )  # fmt: skip


def house_rules(work: Work, unit_id: uuid.UUID) -> list[OwnRule]:
    """The rules of procedure that the unit has entered."""
    with work.read() as session:
        unit = session.get(Unit, unit_id)
        return list(law.own_rules(unit.settings if unit is not None else None))


def save_house_rule(work: Work, unit_id: uuid.UUID, rule: OwnRule) -> str:
    """Keep a rule of procedure; refused with everything in it that lies below the law. The answer is its id."""
    with work.act("settings.edit") as act:
        unit = _unit(act.get(Unit, unit_id))
        faults = law.own_rule_faults(rule, calendar.day_of(act.now))
        if faults:
            raise RuleBroken(N_("This rule of procedure cannot stand like this. Nothing was changed."), reasons=faults)
        kept = replace(rule, id=rule.id or str(new_id()), name=rule.name.strip(), version=rule.version.strip())
        told = [entry for entry in (unit.settings or {}).get("house_rules") or () if entry["id"] != kept.id]
        unit.settings = {**(unit.settings or {}), "house_rules": [*told, kept.told()]}
    return kept.id


def remove_house_rule(work: Work, unit_id: uuid.UUID, rule_id: str) -> None:
    """Take a rule of procedure away; votes already taken carry their own copy."""
    with work.act("settings.edit") as act:
        unit = _unit(act.get(Unit, unit_id))
        told = (unit.settings or {}).get("house_rules") or ()
        unit.settings = {**(unit.settings or {}), "house_rules": [one for one in told if one["id"] != rule_id]}


def house_rule_for_vote(work: Work, unit_id: uuid.UUID, rule_id: str) -> dict[str, object]:
    """A rule of procedure as a vote carries it, for votes.open_vote(house_rule=…)."""
    for rule in house_rules(work, unit_id):
        if rule.id == rule_id:
            return rule.for_vote()
    raise NotFound(N_("This rule of procedure is not here any more; choose another one."))


def _unit(unit: Unit | None) -> Unit:
    if unit is None:
        raise NotFound(N_("This unit is not here; choose another one."))
    return unit

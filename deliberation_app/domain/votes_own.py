"""The rules of procedure of a unit (议事规则): name, version, date of adoption, fractions; refused below the law."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from deliberation_app.domain.calendar import chinese_date
from deliberation_app.domain.meetings_kinds import KINDS
from deliberation_app.domain.votes_count import Fraction, HouseRule
from deliberation_app.domain.votes_house import below_floor
from deliberation_app.errors import N_, AppError

LONGEST_NAME, LARGEST = 60, 1000


@dataclass(frozen=True, kw_only=True)
class OwnRule:
    """One rule of a unit as it is kept in Unit.settings["house_rules"]; `kinds` are those it is for."""

    id: str = ""
    name: str
    version: str = ""
    adopted_on: date
    kinds: tuple[str, ...]
    quorum: Fraction
    passing: Fraction

    @property
    def printed(self) -> str:
        """《某院议事规则》（第二版，2026年3月1日通过）."""
        version = f"{self.version}，" if self.version else ""
        return f"《{self.name}》（{version}{chinese_date(self.adopted_on)}通过）"

    @property
    def house_rule(self) -> HouseRule:
        """As the votes carry it."""
        return HouseRule(self.quorum, self.passing, self.printed)

    def told(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "id": self.id, "name": self.name, "version": self.version, "adopted_on": self.adopted_on.isoformat(),
            "kinds": list(self.kinds), "quorum": dict(self.quorum.__dict__), "passing": dict(self.passing.__dict__),
        }  # fmt: skip

    def for_vote(self) -> dict[str, Any]:
        """As a vote of the meeting file carries it."""
        return {"name": self.printed, "quorum": dict(self.quorum.__dict__), "passing": dict(self.passing.__dict__)}


def own_rules(settings: Mapping[str, Any] | None) -> tuple[OwnRule, ...]:
    """The rules of procedure that a unit has entered."""
    return tuple(_read(told) for told in (settings or {}).get("house_rules") or ())


def _read(told: Mapping[str, Any]) -> OwnRule:
    return OwnRule(
        id=told["id"], name=told["name"], version=told.get("version", ""),
        adopted_on=date.fromisoformat(told["adopted_on"]), kinds=tuple(told["kinds"]),
        quorum=Fraction(**told["quorum"]), passing=Fraction(**told["passing"]),
    )  # fmt: skip


def house_kinds() -> tuple[str, ...]:
    """The kinds of meeting in which a unit's own fractions may decide."""
    return tuple(kind.id for kind in KINDS.values() if "house_rule" in kind.rules)


def own_rule_faults(rule: OwnRule, today: date) -> tuple[AppError, ...]:
    """Everything that is wrong with a unit's own rule."""
    return (*_words(rule, today), *_fractions(rule), *_kinds(rule))


def _words(rule: OwnRule, today: date) -> Iterator[AppError]:
    if not rule.name.strip():
        yield AppError(N_("The rules of procedure need their name, as it is printed under the result."))
    if max(len(rule.name), len(rule.version)) > LONGEST_NAME:
        yield AppError(N_("Name and version of the rules may have {most} characters each."), most=LONGEST_NAME)
    if rule.adopted_on > today:
        yield AppError(N_("Rules that are adopted later cannot decide today: check the date of adoption."))


def _fractions(rule: OwnRule) -> Iterator[AppError]:
    for line in (rule.quorum, rule.passing):
        whole = 0 < line.numerator <= line.denominator <= LARGEST
        if not whole or (line.strict and line.numerator == line.denominator):
            yield AppError(N_("{n}/{d} is no line that can be reached: a fraction above 0 and at most 1."),
                           n=line.numerator, d=line.denominator)  # fmt: skip
    if rule.quorum.of != "eligible":
        yield AppError(N_("Attendance is measured by those due: choose them as the whole."))


def _kinds(rule: OwnRule) -> Iterator[AppError]:
    if not rule.kinds:
        yield AppError(N_("Choose at least one kind of meeting in which the rule decides."))
    allowed = house_kinds()
    for kind in rule.kinds:
        if kind not in allowed:
            title = KINDS[kind].title if kind in KINDS else kind
            yield AppError(
                N_("In a meeting of the kind “{kind}” the law fixes the lines; own rules do not decide there."),
                kind=title,
            )
        elif (fault := below_floor(rule.house_rule, kind)) is not None:
            yield fault

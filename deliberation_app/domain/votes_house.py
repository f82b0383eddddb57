"""A unit's own rules may raise the lines of the law, never lower them."""

from __future__ import annotations

from deliberation_app.domain.meetings import KINDS
from deliberation_app.domain.votes_count import Fraction, HouseRule, Requirement
from deliberation_app.domain.votes_rules import RULES
from deliberation_app.domain.votes_words import fraction_text
from deliberation_app.errors import N_, AppError


def below_floor(house_rule: HouseRule, kind: str) -> AppError | None:
    """The sentence why these fractions lie below the law for this kind of meeting; None where they may stand."""
    floor = KINDS[kind].floor
    if floor is None:
        return None
    law = RULES[floor]
    if not _reaches(house_rule.quorum, law.quorum[0]):
        return AppError(
            N_("The attendance line of the unit's rules lies below the law, which asks for {line}; {clause}."),
            line=_line(law.quorum[0]), clause=law.title,
        )  # fmt: skip
    if KINDS[kind].floor_passing and not _reaches(house_rule.passing, law.passing[0]):
        return AppError(
            N_("The pass line of the unit's rules lies below the law, which asks for {line}; {clause}."),
            line=_line(law.passing[0]), clause=law.title,
        )  # fmt: skip
    return None


def _reaches(own: Fraction, law: Requirement) -> bool:
    """At least the same fraction of the same whole, at equal fraction strict where the law is strict."""
    mine, lawful = own.numerator * law.denominator, law.numerator * own.denominator
    return own.of == law.of and (mine > lawful or (mine == lawful and (own.strict or not law.strict)))


def _line(law: Requirement) -> str:
    whole = {"eligible": "应到", "present": "到会"}[law.of]
    fraction = fraction_text(law.numerator, law.denominator)
    return f"{whole}人数超过{fraction}" if law.strict else f"{whole}人数{fraction}以上"

"""A unit's own rules may raise the lines of the law, never lower them."""

from __future__ import annotations

from deliberation_app.domain.meetings import KINDS
from deliberation_app.domain.votes_count import Fraction, HouseRule, Requirement
from deliberation_app.domain.votes_rules import RULES
from deliberation_app.errors import N_, AppError

# By (quorum or passing, strict).
_SENTENCES = {
    ("present", False): N_("The unit's rules ask for less attendance than the law: at least {n}/{d} {whole}."),
    ("present", True): N_("The unit's rules ask for less attendance than the law: more than {n}/{d} {whole}."),
    ("in_favour", False): N_("The unit's rules pass more easily than the law: at least {n}/{d} {whole}."),
    ("in_favour", True): N_("The unit's rules pass more easily than the law: more than {n}/{d} {whole}."),
}
_WHOLES = {"eligible": N_("of those due"), "present": N_("of those present")}


def below_floor(house_rule: HouseRule, kind: str) -> AppError | None:
    """The sentence why these fractions lie below the law for this kind of meeting; None where they may stand."""
    floor = KINDS[kind].floor
    if floor is None:
        return None
    law = RULES[floor]
    if not _reaches(house_rule.quorum, law.quorum[0]):
        return _sentence(law.quorum[0])
    if KINDS[kind].floor_passing and not _reaches(house_rule.passing, law.passing[0]):
        return _sentence(law.passing[0])
    return None


def _reaches(own: Fraction, law: Requirement) -> bool:
    """At least the same fraction of the same whole, at equal fraction strict where the law is strict."""
    mine, lawful = own.numerator * law.denominator, law.numerator * own.denominator
    return own.of == law.of and (mine > lawful or (mine == lawful and (own.strict or not law.strict)))


def _sentence(law: Requirement) -> AppError:
    whole = AppError(_WHOLES[law.of])
    return AppError(_SENTENCES[law.part, law.strict], n=law.numerator, d=law.denominator, whole=whole)

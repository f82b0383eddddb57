"""Words about rules: the bodies that decide by them, and how far a count is from the other verdict."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from deliberation_app.domain.votes import RULES, Check, Count, Requirement, Verdict, advance_warning, area_text
from deliberation_app.errors import N_
from deliberation_app.language import _, ngettext_, render
from deliberation_app.services.rules import Reading
from deliberation_app.ui.rules_list import RuleRow

# How the id of a rule begins says who decides by it; whatever begins otherwise stands last.
BODIES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (N_("Party organisation"), ("branch_", "committee_", "four_")),
    (N_("Residents"), ("residents_",)),
    (N_("Villagers"), ("villagers_",)),
    (N_("Owners"), ("owners_", "affected_")),
    (N_("Consultation"), ("straw_",)),
    (N_("Own rules"), ("",)),
)


def body_of(rule: str) -> str:
    """The body that decides by this rule, in English source."""
    return next(words for words, starts in BODIES if rule.startswith(starts))


def listed(readings: Sequence[Reading]) -> list[RuleRow]:
    """Every rule under its body."""
    rows: list[RuleRow] = []
    for words, _starts in BODIES:
        own = [reading for reading in readings if body_of(reading.id) == words]
        if own:
            rows.append(RuleRow("", _(words)))
            rows.extend(RuleRow(reading.id, render(reading.name)) for reading in own)
    return rows


def needed(check: Check) -> int:
    """The smallest part that meets a comparison."""
    part = "present" if check.name == "quorum" else "in_favour"
    return Requirement(part, "eligible", check.numerator, check.denominator, check.strict).needed(check.whole)


def boundary(rule: str, count: Count, verdict: Verdict) -> Iterator[tuple[str, str, str]]:
    """How far the count is from the other verdict, as (icon, tone, words)."""
    if any(check.name == "ballots" and not check.met for check in verdict.checks):
        yield "late_fill", "warn", _("More ballots came back than went out: the election is void, whatever the votes.")
        return
    room = [check for check in verdict.checks if check.name == "quorum" and not check.met]
    if room:
        for check in room:
            yield "late_fill", "warn", _missing_from_room(check)
        return
    lines = [check for check in verdict.checks if check.name == "passing"]
    missed = [check for check in lines if not check.met]
    lost = advance_warning(rule, replace(count, present=_present(count, verdict))) if missed else None
    if lost is not None:
        yield "late_fill", "warn", render(lost)
        return
    for check in missed:
        if check.exact and check.strict:
            yield "late_fill", "warn", _exactly(check)
        yield "late_fill", "warn", _missing_votes(check, only=len(missed) == 1)
    if not missed and lines:
        yield "done", "ok", _to_spare(min(lines, key=lambda check: (check.part - needed(check)) / max(check.whole, 1)))
    if RULES[rule].by_area and len(missed) == 1:
        reached = _("by heads") if missed[0].by == "area" else _("by floor area")
        yield "note", "info", _("The line is reached {how}; both must be reached.").format(how=reached)


def _present(count: Count, verdict: Verdict) -> int:
    """Those taking part as the verdict took them, which may come from the ballots."""
    return next((check.part for check in verdict.checks if check.name == "quorum"), count.present)


def _missing_from_room(check: Check) -> str:
    more = needed(check) - check.part
    if check.by == "area":
        return _("{more} m² more must take part before there can be a result.").format(more=area_text(more))
    return _("{more} more must take part before there can be a result.").format(more=more)


def _exactly(check: Check) -> str:
    number = area_text(check.part) + " m²" if check.by == "area" else str(check.part)
    return _("{part} of {whole} is exactly on the line, and this law asks for more than that.").format(
        part=number, whole=area_text(check.whole) if check.by == "area" else check.whole
    )


def _missing_votes(check: Check, *, only: bool) -> str:
    more = needed(check) - check.part
    if check.by == "area":
        said = _("{more} m² more in favour and it passes.") if only else _("By floor area, {more} m² more are needed.")
        return said.format(more=area_text(more))
    if not only:
        return _("By heads, {more} more in favour are needed.").format(more=more)
    said = ngettext_("{more} vote more in favour and it passes.", "{more} votes more in favour and it passes.", more)
    return said.format(more=more)


def _to_spare(check: Check) -> str:
    spare = check.part - needed(check)
    if check.by == "area":
        said = _("It passes with {spare} m² to spare; {least} m² are needed.")
        return said.format(spare=area_text(spare), least=area_text(needed(check)))
    if not spare:
        return _("It just passes: one vote less in favour and it fails.")
    said = ngettext_(
        "It passes with {spare} vote to spare; {least} are needed.",
        "It passes with {spare} votes to spare; {least} are needed.",
        spare,
    )
    return said.format(spare=spare, least=needed(check))

"""Before counting ends: do the numbers add up, and could the motion pass at all?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from deliberation_app.domain.votes_count import By, Count, Requirement, area_text
from deliberation_app.domain.votes_rules import Rule, rule_of
from deliberation_app.domain.votes_words import fraction_text
from deliberation_app.errors import N_, AppError


def sum_faults(rule: str | Rule, count: Count) -> tuple[AppError, ...]:
    """Every sum that does not hold exactly, with its numbers; the program asks for these before counting ends."""
    law = rule_of(rule)
    return (*_room(law, count), *_papers(law, count), *_votes(law, count))


def _room(law: Rule, count: Count) -> Iterator[AppError]:
    """Present ≤ eligible, by heads and by area; written opinions come from those who are away."""
    if count.present > count.eligible:
        yield AppError(
            N_("{present} present, but only {eligible} are entitled to vote: check the attendance."),
            present=count.present, eligible=count.eligible,
        )  # fmt: skip
    if law.by_area and count.present_area > count.eligible_area:
        yield AppError(
            N_("Area taking part {present} m², but all owners have only {eligible} m²: check the areas."),
            present=area_text(count.present_area), eligible=area_text(count.eligible_area),
        )  # fmt: skip
    if count.written_opinions and not law.written_opinions:
        yield AppError(
            N_("{written} written opinions: under this rule only those in the room count; set written opinions to 0."),
            written=count.written_opinions,
        )
    elif count.present + count.written_opinions > count.eligible >= count.present:
        yield AppError(
            N_("{present} present + {written} written opinions are more than the {eligible} entitled to vote."),
            present=count.present, written=count.written_opinions, eligible=count.eligible,
        )  # fmt: skip


def _papers(law: Rule, count: Count) -> Iterator[AppError]:
    """Papers: returned ≤ issued (but for elections, where it is a finding), returned = valid + invalid."""
    issued, returned = count.ballots_issued, count.ballots_returned
    if law.election and returned is None:
        yield AppError(N_("Enter how many ballots were issued and how many came back; an election cannot do without."))
        return
    if not law.election and count.more_returned_than_issued:
        yield AppError(
            N_("{returned} ballots came back, but only {issued} were issued: count both again."),
            returned=returned, issued=issued,
        )  # fmt: skip
    if returned is None or law.by_area:  # owners' papers go by unit, their heads by person
        return
    counted = _cast(law, count) + (0 if law.invalid_took_part else count.invalid) - count.written_opinions
    if counted != returned and count.written_opinions:
        yield AppError(
            N_("In favour, against, abstained and invalid make {all}; without the {written} handed in beforehand "
               "{counted} ballots, but {returned} came back: the numbers include what was handed in beforehand."),
            all=counted + count.written_opinions, written=count.written_opinions, counted=counted, returned=returned,
        )  # fmt: skip
    elif counted != returned:
        yield AppError(
            N_("In favour, against, abstained and invalid make {counted} ballots, but {returned} came back."),
            counted=counted, returned=returned,
        )  # fmt: skip


def _votes(law: Rule, count: Count) -> Iterator[AppError]:
    """Votes against those who could give them: exactly for owners, at most for all others."""
    if law.by_area:
        yield from _owners(count)
        return
    if count.written_opinions > _cast(law, count):
        yield AppError(
            N_("{written} written opinions, but only {cast} votes in all: add the written opinions to the votes."),
            written=count.written_opinions, cast=_cast(law, count),
        )  # fmt: skip
    limit = count.present + (count.written_opinions if law.written_opinions else 0)
    if not law.election and _cast(law, count) > limit:
        yield AppError(
            N_("{cast} votes were counted, but only {limit} could be given: count again or check who is present."),
            cast=_cast(law, count), limit=limit,
        )  # fmt: skip


def _owners(count: Count) -> Iterator[AppError]:
    if count.number("cast") != count.present:
        yield AppError(
            N_("Consent, against and abstained make {cast} owners, but {present} took part."),
            cast=count.number("cast"), present=count.present,
        )  # fmt: skip
    if count.number("cast", "area") != count.present_area:
        yield AppError(
            N_("Consent, against and abstained make {cast} m², but {present} m² took part."),
            cast=area_text(count.number("cast", "area")), present=area_text(count.present_area),
        )  # fmt: skip


def _cast(law: Rule, count: Count) -> int:
    """All votes given; an invalid paper counts where its giver took part."""
    return count.number("cast") + (count.invalid if law.invalid_took_part else 0)


def not_cast(rule: str | Rule, count: Count) -> int:
    """未投票: present (and written opinions) less everything handed in; never below 0.

    Where papers were returned they say how many handed in; the votes of an election stand with its candidates.
    """
    law = rule_of(rule)
    if count.ballots_returned is not None and not law.by_area:  # owners' papers go by unit, their heads by person
        return max(0, count.present - count.ballots_returned)
    return max(0, count.present + (count.written_opinions if law.written_opinions else 0) - _cast(law, count))


def best(rule: str | Rule, count: Count) -> Count:
    """The best count still possible: everyone present in favour, the written opinions on file too."""
    law = rule_of(rule)
    written = count.written_opinions if law.written_opinions else 0
    return replace(
        count, in_favour=count.present + written, in_favour_area=count.present_area, against=0, abstain=0, invalid=0,
        against_area=0, abstain_area=0, invalid_area=0, ballots_issued=None, ballots_returned=None,
    )  # fmt: skip


def reachable(rule: str | Rule, count: Count) -> bool:
    """Could the motion still pass if everyone present were in favour? (rules.md 1, no. 10)"""
    return rule_of(rule).judge(best(rule, count)).passed


def in_advance(rule: str | Rule, count: Count) -> str:
    """The Chinese warning before a vote that cannot pass, empty when it can."""
    law, most = rule_of(rule), best(rule, count)
    missed = _missed(law, most)
    if missed is None:
        return ""
    line, by = missed
    said = law.words.present.replace("实到", "到会")
    here = f"{said}{_amount(most, 'present', by, law.words.unit)}"
    fraction = ("超过" if line.strict else "达到") + _whole(law, line) + fraction_text(line.numerator, line.denominator)
    if line.part == "present":
        return f"{here}，未{fraction}：现在不能表决"
    return f"{here}，最多{_amount(most, 'in_favour', by, '票')}，不可能{fraction}：本次表决不可能通过"


def advance_warning(rule: str | Rule, count: Count) -> AppError | None:
    """The same warning for the screen, None when the motion can pass."""
    law, most = rule_of(rule), best(rule, count)
    missed = _missed(law, most)
    if missed is None:
        return None
    if missed[0].part == "present":
        return AppError(
            N_("{present} of {eligible} present: no quorum, so the vote cannot be held now."),
            present=most.present, eligible=most.eligible,
        )  # fmt: skip
    return AppError(
        N_("{present} of {eligible} present: even with all {most} in favour the motion cannot pass."),
        present=most.present, eligible=most.eligible, most=most.in_favour,
    )  # fmt: skip


def _missed(law: Rule, count: Count) -> tuple[Requirement, By] | None:
    quorum, passing = law.lines(count)
    for line in (*quorum, *passing):
        if count.number("eligible", line.by) == 0 or not line.check("quorum", count).met:
            return line, line.by
    return None


def _whole(law: Rule, line: Requirement) -> str:
    if line.by == "area":
        return {"eligible": "全体业主面积", "present": "参与表决面积"}.get(line.of, "表决面积")
    return law.words.whole(line.of).replace("应到会", "应到")


def _amount(count: Count, field: str, by: By, unit: str) -> str:
    return f"{area_text(count.number(field, by))}平方米" if by == "area" else f"{count.number(field)}{unit}"

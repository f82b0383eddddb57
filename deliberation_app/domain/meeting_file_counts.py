"""What a vote of a meeting file counts to, and its verdict: for import checks, for judging anew and for printing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from deliberation_app.domain.floor import Attendee, Electorate, Flat, Roll
from deliberation_app.domain.meeting_file_values import day_of, hundredths, instant
from deliberation_app.domain.votes import RULES, Count, Fraction, HouseRule, Verdict, elect

CHOICES = ("in_favour", "against", "abstain", "invalid")


def attendee_of(entry: Mapping[str, Any], people: Mapping[str, Mapping[str, Any]]) -> Attendee:
    """One line of the attendance with its times as instants and the person's right to vote in the branch."""
    person = people.get(entry["person"], {})
    return Attendee(
        person=entry["person"],
        capacity=entry["capacity"],
        status=entry["status"],
        suffrage=person.get("suffrage", person.get("party") == "full"),
        arrived_at=instant(entry["arrived_at"]) if "arrived_at" in entry else None,
        left_at=instant(entry["left_at"]) if "left_at" in entry else None,
        away=tuple(
            (instant(absence["from"]), instant(absence["to"]) if "to" in absence else None)
            for absence in entry.get("away", ())
        ),
        proxy_of=entry.get("proxy_of"),
        represents=entry.get("represents"),
    )


def roll_of(document: Mapping[str, Any]) -> Roll:
    """The roll of the document's meeting: its attendance, and its households that have an owner and an area."""
    people = {person["id"]: person for person in document["people"]}
    return Roll(
        (attendee_of(entry, people) for entry in document["meeting"]["attendance"]),
        (
            Flat(household["owner"], hundredths(household["area_m2"]))
            for household in document.get("households", ())
            if "owner" in household and "area_m2" in household
        ),
    )


def is_counted(vote: Mapping[str, Any]) -> bool:
    """Whether there is something to judge; a vote without counts, ballots and candidates has not been counted yet."""
    return "counts" in vote or bool(vote.get("ballots")) or bool(vote.get("candidates"))


def electorate_of(vote: Mapping[str, Any], roll: Roll) -> Electorate:
    """Each of the four numbers by itself: as written, from the papers returned, from the owners, from attendance."""
    rule, written = vote["rule"], vote.get("electorate", {})
    valid = None
    if vote.get("ballots"):
        valid = [ballot["voter"] for ballot in vote["ballots"] if ballot["choice"] != "invalid"]
    reckoned = roll.electorate(rule, instant(vote["at"]) if "at" in vote else None, valid)
    eligible = written.get("eligible", reckoned.eligible)
    present = reckoned.present
    if RULES[rule].present_from_ballots and "ballots_returned" in vote:
        present = min(vote["ballots_returned"], eligible or 0)
    return Electorate(
        eligible=eligible,
        present=written.get("present", present),
        eligible_area=_area(written, "eligible_area_m2", reckoned.eligible_area),
        present_area=_area(written, "present_area_m2", reckoned.present_area),
    )


def _area(numbers: Mapping[str, Any], key: str, otherwise: int | None) -> int | None:
    return hundredths(numbers[key]) if key in numbers else otherwise


def counted(vote: Mapping[str, Any], roll: Roll) -> dict[str, int]:
    """The counts under the field names of `Count`: those of the ballots where there are any, else as written."""
    if vote.get("ballots"):
        return _of_ballots(vote, roll)
    return written_counts(vote.get("counts", {}))


def written_counts(counts: Mapping[str, Any]) -> dict[str, int]:
    """A `counts` object of the file under the field names of `Count`; a missing count is 0."""
    numbers = {choice: int(counts.get(choice, 0)) for choice in CHOICES}
    areas = {f"{choice}_area": _area(counts, f"{choice}_area_m2", 0) or 0 for choice in CHOICES}
    return numbers | areas


def _of_ballots(vote: Mapping[str, Any], roll: Roll) -> dict[str, int]:
    numbers = dict.fromkeys((*CHOICES, *(f"{choice}_area" for choice in CHOICES)), 0)
    areas = roll.areas if RULES[vote["rule"]].by_area else {}
    for ballot in vote["ballots"]:
        numbers[ballot["choice"]] += 1
        numbers[f"{ballot['choice']}_area"] += areas.get(ballot["voter"], 0)
    return numbers


def house_rule_of(vote: Mapping[str, Any]) -> HouseRule | None:
    """The fractions that the vote carries, if any."""
    if "house_rule" not in vote:
        return None
    rule = vote["house_rule"]
    return HouseRule(Fraction(**rule["quorum"]), Fraction(**rule["passing"]), rule.get("name", ""))


def count_of(document: Mapping[str, Any], vote: Mapping[str, Any], roll: Roll | None = None) -> Count:
    """All numbers of one vote inside a meeting-file document; give `roll_of(document)` when asking for many votes."""
    roll = roll or roll_of(document)
    room = electorate_of(vote, roll)
    return Count(
        eligible=room.eligible or 0,
        present=room.present or 0,
        eligible_area=room.eligible_area or 0,
        present_area=room.present_area or 0,
        written_opinions=vote.get("written_opinions", 0),
        ballots_issued=vote.get("ballots_issued"),
        ballots_returned=vote.get("ballots_returned"),
        house_rule=house_rule_of(vote),
        **counted(vote, roll),
    )


@dataclass(frozen=True)
class Outcome:
    """The verdict on a vote that has been counted, and the ids of the persons elected, in order of votes."""

    verdict: Verdict
    elected: tuple[str, ...] = ()


def outcome_of(
    document: Mapping[str, Any], vote: Mapping[str, Any], roll: Roll | None = None, *, further: bool = False
) -> Outcome | None:
    """Judge one vote anew under the law of its day; None when it has not been counted yet.

    `further`: a further election for seats left open; the file itself has no place for it.
    """
    if not is_counted(vote):
        return None
    count = count_of(document, vote, roll)
    day = day_of(vote.get("at", document["meeting"]["starts_at"]))
    if not vote.get("candidates"):
        return Outcome(RULES[vote["rule"]].judge(count, day))
    candidates = [(candidate["person"], candidate["in_favour"]) for candidate in vote["candidates"]]
    election = elect(vote["rule"], count, candidates, vote.get("seats", 1), day, further=further)
    first = next(iter(election.verdicts.values()))
    verdict = Verdict(election.quorate, election.passed, election.explanation, first.checks, first.by_hand)
    return Outcome(verdict, election.elected)


def judge_vote(
    document: Mapping[str, Any], vote: Mapping[str, Any], roll: Roll | None = None, *, further: bool = False
) -> tuple[Verdict | None, tuple[str, ...]]:
    """The verdict (None when not yet counted) and the ids of those elected."""
    outcome = outcome_of(document, vote, roll, further=further)
    return (None, ()) if outcome is None else (outcome.verdict, outcome.elected)

"""Sums of a vote that cannot be, as the meeting file limits them (not the exact sums that the program itself asks for).

A number above its limit is told at the number, a sum at the object that holds its parts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from deliberation_app.domain.floor import Electorate
from deliberation_app.domain.meeting_file_counts import is_counted
from deliberation_app.domain.meeting_file_faults import MISSING_KEY, Found, Path
from deliberation_app.domain.meeting_file_known import Known, listed
from deliberation_app.domain.meeting_file_values import area_text
from deliberation_app.domain.votes import RULES, Rule
from deliberation_app.errors import N_

_PRESENT = N_("{present} present are more than the {eligible} who are entitled to vote.")
_PRESENT_AREA = N_("{present} m² taking part are more than the {eligible} m² of all owners.")
_FOUR = N_("The owners' vote lacks eligible or present, heads or area: give “electorate”, or areas and ballots.")
_ADMISSION_ONLY = N_("Written opinions count only for branch_admission, not for {rule}.")
_CONTAINED = N_("The {written} written opinions are part of those in favour, who are only {in_favour}.")
_WITH_WRITTEN = N_("{present} present and {written} written opinions are more than the {eligible} entitled to vote.")
_VOTES = N_("The votes come to {sum}; at most {limit} can be: {present} present, {written} written opinions.")
_AREA = N_("The areas come to {sum} m², but only {limit} m² took part.")
_RETURNED = N_("The votes come to {sum} without the written opinions, but only {returned} ballots were returned.")
_CANDIDATE = N_("The votes for this candidate come to {sum}, but at most {limit} could be cast.")
_CANDIDATES = N_("All candidates have {sum} votes; {limit} voters and {seats} seats allow {most} at most.")
_RESPONSES = N_("The answers come to {sum}, but only {invited} were invited.")

Counts = Sequence[tuple[Path, Mapping[str, int]]]


def check_sums(
    path: Path,
    vote: Mapping[str, Any],
    room: Electorate,
    counts: Counts,
    found: Found,
) -> None:
    """Hold one vote of a known rule against its limits; `counts` are its valid and earlier counts with their places."""
    law = RULES[vote["rule"]]
    if law.by_area and is_counted(vote):
        _four_numbers(path, vote, room, found)
    fits = _present(path, vote, law, room, found)
    _written(path, vote, law, room, fits, found)
    limit = _limit(vote, law, room)
    for place, numbers in counts:
        _area_given(place, vote, law, found)
        _votes(place, vote, law, numbers, limit, found)
        if law.by_area and room.present_area is not None:
            _areas(place, numbers, room.present_area, found)
    if counts and law.written_opinions and "candidates" not in vote:
        _contained(path, vote, counts, found)
    _candidates(path, vote, limit, found)


def _four_numbers(path: Path, vote: Mapping[str, Any], room: Electorate, found: Found) -> None:
    if None in (room.eligible, room.present, room.eligible_area, room.present_area):
        found.add((*path, "electorate") if "electorate" in vote else path, _FOUR)


def _present(path: Path, vote: Mapping[str, Any], law: Rule, room: Electorate, found: Found) -> bool:
    """First of all present ≤ eligible; told at the written number, or at the vote when both were reckoned."""
    fits = room.present is None or room.eligible is None or room.present <= room.eligible
    if not fits:
        place = _written_number(path, vote, ("present", "eligible"))
        found.add(place, _PRESENT, present=room.present, eligible=room.eligible)
    present, eligible = room.present_area, room.eligible_area
    if law.by_area and present is not None and eligible is not None and present > eligible:
        place = _written_number(path, vote, ("present_area_m2", "eligible_area_m2"))
        found.add(place, _PRESENT_AREA, present=area_text(present), eligible=area_text(eligible))
    return fits


def _written_number(path: Path, vote: Mapping[str, Any], keys: tuple[str, str]) -> Path:
    written = vote.get("electorate", {})
    return next(((*path, "electorate", key) for key in keys if key in written), path)


def _written(path: Path, vote: Mapping[str, Any], law: Rule, room: Electorate, fits: bool, found: Found) -> None:
    written = vote.get("written_opinions", 0)
    if not written:
        return
    if not law.written_opinions:
        found.add((*path, "written_opinions"), _ADMISSION_ONLY, rule=vote["rule"])
    elif fits and (room.present or 0) + written > (room.eligible or 0):
        found.add(path, _WITH_WRITTEN, present=room.present, written=written, eligible=room.eligible)


def _contained(path: Path, vote: Mapping[str, Any], counts: Counts, found: Found) -> None:
    """Told at the written opinions for the valid count, at the earlier count for a recount."""
    written = vote.get("written_opinions", 0)
    for place, numbers in counts:
        if written > numbers["in_favour"]:
            earlier = "recounts" in place
            found.add(
                place if earlier else (*path, "written_opinions"),
                _CONTAINED,
                written=written,
                in_favour=numbers["in_favour"],
            )


def _limit(vote: Mapping[str, Any], law: Rule, room: Electorate) -> int | None:
    """How many could vote: those present, or the papers returned in an election void for too many of them."""
    returned = vote.get("ballots_returned", 0)
    if law.election and returned > vote.get("ballots_issued", returned):
        return int(returned)
    return room.present


def _votes(
    place: Path, vote: Mapping[str, Any], law: Rule, numbers: Mapping[str, int], limit: int | None, found: Found
) -> None:
    written = vote.get("written_opinions", 0)
    total = numbers["in_favour"] + numbers["against"] + numbers["abstain"]
    if law.invalid_took_part:
        total += numbers["invalid"]
    if limit is not None and total > limit + written:
        found.add(place, _VOTES, sum=total, limit=limit + written, present=limit, written=written)
    returned = vote.get("ballots_returned")
    # Owners' papers go by unit, heads by person. An equal limit has been told already.
    if law.invalid_took_part and returned is not None and returned != limit and total - written > returned:
        found.add(place, _RETURNED, sum=total - written, returned=returned)


def _area_given(place: Path, vote: Mapping[str, Any], law: Rule, found: Found) -> None:
    """Owners decide by area too, so a written count must say the area in favour; ballots bring it with them."""
    if not law.by_area or place[-1] != "counts":
        return
    counts = vote["recounts"][int(place[-2])]["counts"] if "recounts" in place else vote["counts"]
    if "in_favour_area_m2" not in counts:
        found.add(place, MISSING_KEY, key="in_favour_area_m2")


def _areas(place: Path, numbers: Mapping[str, int], limit: int, found: Found) -> None:
    total = numbers["in_favour_area"] + numbers["against_area"] + numbers["abstain_area"]
    if total > limit:
        found.add(place, _AREA, sum=area_text(total), limit=area_text(limit))


def _candidates(path: Path, vote: Mapping[str, Any], limit: int | None, found: Found) -> None:
    candidates = vote.get("candidates", ())
    if limit is None or not candidates:
        return
    for place, candidate in listed((*path, "candidates"), candidates):
        total = candidate["in_favour"] + candidate.get("against", 0) + candidate.get("abstain", 0)
        if total > limit:
            found.add(place, _CANDIDATE, sum=total, limit=limit)
    together, seats = sum(candidate["in_favour"] for candidate in candidates), vote.get("seats", 1)
    if together > limit * seats:
        found.add((*path, "candidates"), _CANDIDATES, sum=together, limit=limit, seats=seats, most=limit * seats)


def check_responses(known: Known, found: Found) -> None:
    """The answers of an evaluation, invalid ones included, are at most as many as were invited."""
    for path, evaluation in known.each("evaluations"):
        total = sum(evaluation["responses"].values())
        if "invited" in evaluation and total > evaluation["invited"]:
            found.add((*path, "responses"), _RESPONSES, sum=total, invited=evaluation["invited"])

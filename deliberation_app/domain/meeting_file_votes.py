"""The votes of a meeting file: known rules, open ballots of those who may vote, and no sums that cannot be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from deliberation_app.domain.floor import Attendee, Electorate, Roll
from deliberation_app.domain.meeting_file_counts import CHOICES, counted, electorate_of, written_counts
from deliberation_app.domain.meeting_file_faults import Found, Path
from deliberation_app.domain.meeting_file_known import Known, listed
from deliberation_app.domain.meeting_file_sums import check_sums
from deliberation_app.domain.meeting_file_values import area_text, clock, hundredths, instant
from deliberation_app.domain.votes import RULES
from deliberation_app.errors import N_

_UNKNOWN_RULE = N_("The rule “{rule}” is not known; allowed are: {allowed}.")
_NO_FRACTIONS = N_("A vote by the unit's own rules must carry their fractions in “house_rule”.")
_NOT_HOUSE = N_("Fractions of the unit's own rules belong only to the rule house_rule, not to {rule}.")
_SECRET = N_("A secret ballot must not say who voted how. Take the names out and give the counts.")
_OTHER_COUNT = N_("It says {written}, but the ballots come to {counted}.")
_TWICE = N_("{name} stands here twice; each candidate may stand once in a vote.")

_NO_PERSON = N_("The voter {id} is not among the people of this file.")
_VOTED = N_("{name} has voted twice in this vote; only one ballot may stay.")
_NO_FLAT = N_("{name} owns no household with an area in this file and has no vote here.")
_NOT_LISTED = N_("{name} is not in the attendance and cannot vote in this vote.")
_WITHOUT_VOTE = {
    "observing": N_("{name} attends as an observer and has no vote."),
    "invited": N_("{name} attends as a guest and has no vote."),
}
_NO_SUFFRAGE = N_("{name} is not a full Party member with the right to vote and cannot vote in this vote.")
_NOT_THERE = {
    "leave": N_("{name} is on leave and cannot vote in this vote."),
    "absent": N_("{name} is absent and cannot vote in this vote."),
    "online": N_("{name} is online; under this rule only those in the room can vote."),
}
_LATE = N_("{name} came only at {came}, after the vote at {at}.")
_LEFT = N_("{name} left at {left} and was not there for the vote at {at}.")
_OUT = N_("{name} was out of the room at the vote at {at}.")


@dataclass(frozen=True)
class VoteAt:
    """One vote with its path, its rule known and its electorate reckoned."""

    path: Path
    vote: Mapping[str, Any]
    room: Electorate
    roll: Roll
    known: Known

    @property
    def rule(self) -> str:
        """The id of the rule."""
        return str(self.vote["rule"])

    @property
    def moment(self) -> datetime | None:
        """When the vote was taken, if the file says."""
        return instant(self.vote["at"]) if "at" in self.vote else None


def check_votes(known: Known, roll: Roll, found: Found) -> None:
    """Every vote: its rule, its ballots, its candidates, its sums."""
    for path, vote, _ in known.entries("votes"):
        _candidates_once(path, vote, known, found)
        if vote.get("ballots") and vote["method"] == "secret_ballot":
            found.add((*path, "ballots"), _SECRET)
            # Names that must not be there are not looked at any further.
            vote = {key: value for key, value in vote.items() if key != "ballots"}
        if vote["rule"] not in RULES:
            found.add((*path, "rule"), _UNKNOWN_RULE, rule=vote["rule"], allowed=", ".join(RULES))
            continue
        _house_rule(path, vote, found)
        at = VoteAt(path, vote, electorate_of(vote, roll), roll, known)
        if vote.get("ballots"):
            _ballots(at, found)
            _same_counts(at, found)
        check_sums(path, vote, at.room, list(_counts(at)), found)


def _candidates_once(path: Path, vote: Mapping[str, Any], known: Known, found: Found) -> None:
    seen: set[str] = set()
    for inner, candidate in listed((*path, "candidates"), vote.get("candidates", ())):
        if candidate["person"] in seen:
            found.add((*inner, "person"), _TWICE, name=known.name(candidate["person"]))
        seen.add(candidate["person"])


def _house_rule(path: Path, vote: Mapping[str, Any], found: Found) -> None:
    own = RULES[vote["rule"]].own_fractions
    if own and "house_rule" not in vote:
        found.add(path, _NO_FRACTIONS)
    elif not own and "house_rule" in vote:
        found.add((*path, "house_rule"), _NOT_HOUSE, rule=vote["rule"])


def _counts(at: VoteAt) -> Iterator[tuple[Path, dict[str, int]]]:
    """The valid count and each earlier one, with the object that holds its parts; the valid one first."""
    if at.vote.get("ballots"):
        yield (*at.path, "ballots"), counted(at.vote, at.roll)
    elif "counts" in at.vote:
        yield (*at.path, "counts"), written_counts(at.vote["counts"])
    for path, recount in listed((*at.path, "recounts"), at.vote.get("recounts", ())):
        yield (*path, "counts"), written_counts(recount["counts"])


def _same_counts(at: VoteAt, found: Found) -> None:
    """Counts may stand beside ballots, but must not differ; areas only where the rule goes by area."""
    written, real = at.vote.get("counts", {}), counted(at.vote, at.roll)
    for choice in CHOICES:
        if choice in written and written[choice] != real[choice]:
            found.add((*at.path, "counts", choice), _OTHER_COUNT, written=written[choice], counted=real[choice])
        key = f"{choice}_area_m2"
        if RULES[at.rule].by_area and key in written and hundredths(written[key]) != real[f"{choice}_area"]:
            found.add(
                (*at.path, "counts", key),
                _OTHER_COUNT,
                written=area_text(hundredths(written[key])),
                counted=area_text(real[f"{choice}_area"]),
            )


def _ballots(at: VoteAt, found: Found) -> None:
    eligible, presence = at.roll.eligible(at.rule), at.roll.presence(at.rule)
    moment, written = at.moment, at.vote["method"] == "written"
    seen: set[str] = set()
    for path, ballot in listed((*at.path, "ballots"), at.vote["ballots"]):
        voter = ballot["voter"]
        place = (*path, "voter")
        if voter not in at.known.people:
            found.add(place, _NO_PERSON, id=voter)
        elif voter in seen:
            found.add(place, _VOTED, name=at.known.name(voter))
        elif voter not in eligible:
            found.add(place, _why_not_eligible(at, voter), name=at.known.name(voter))
        elif not written and not presence.has(voter, moment):
            _tell_absence(place, at, voter, found)
        seen.add(voter)


def _why_not_eligible(at: VoteAt, voter: str) -> str:
    entry = at.roll.entries.get(voter)
    if RULES[at.rule].by_area:
        return _NO_FLAT
    if entry is None:
        return _NOT_LISTED
    return _WITHOUT_VOTE.get(entry.capacity, _NO_SUFFRAGE)


def _tell_absence(place: Path, at: VoteAt, voter: str, found: Found) -> None:
    entry = at.roll.entries.get(voter)
    if entry is None:
        found.add(place, _NOT_LISTED, name=at.known.name(voter))
        return
    message, moment = _why_not_there(entry, at.moment), at.moment
    times = {"came": entry.arrived_at, "left": entry.left_at, "at": moment}
    told = {key: clock(time) for key, time in times.items() if time is not None and "{" + key + "}" in message}
    found.add(place, message, name=at.known.name(voter), **told)


def _why_not_there(entry: Attendee, moment: datetime | None) -> str:
    if entry.status in _NOT_THERE:
        return _NOT_THERE[entry.status]
    if moment is not None and entry.arrived_at is not None and moment < entry.arrived_at:
        return _LATE
    if moment is not None and entry.left_at is not None and moment >= entry.left_at:
        return _LEFT
    return _OUT

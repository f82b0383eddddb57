"""What is worth knowing about a file that is taken all the same: other verdicts, unusual rules, low lines."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from deliberation_app.domain.floor import Roll
from deliberation_app.domain.meeting_file_counts import house_rule_of, outcome_of
from deliberation_app.domain.meeting_file_faults import Found, Path
from deliberation_app.domain.meeting_file_known import Known, listed
from deliberation_app.domain.meetings import usual
from deliberation_app.domain.votes import below_floor
from deliberation_app.errors import N_, AppError

_UNUSUAL = N_("The rule {rule} is not usual for this kind of meeting.")
_BY_HAND = N_(
    "Owners' votes before 2021-01-01 are judged by hand: the result as it was announced then counts, "
    "none is reckoned. Check that the resolution says it."
)
_NOT_COUNTED = N_("The file holds a verdict, but the vote has not been counted yet; the verdict is not taken over.")
_VERDICTS = {
    (True, True): N_("Reckoned anew, this vote is valid and carried; the file says otherwise. The new verdict counts."),
    (True, False): N_(
        "Reckoned anew, this vote is valid and not carried; the file says otherwise. The new verdict counts."
    ),
    (False, False): N_("Reckoned anew, this vote has no quorum; the file says otherwise. The new verdict counts."),
}
_ELECTED = {
    True: N_("Reckoned anew, {name} is elected; the file says otherwise."),
    False: N_("Reckoned anew, {name} is not elected; the file says otherwise."),
}


def find_remarks(known: Known, roll: Roll, found: Found) -> None:
    """Remarks on the votes of a file without faults."""
    kind = known.meeting["kind"]
    for path, vote, _ in known.entries("votes"):
        if not usual(kind, vote["rule"]):
            found.add((*path, "rule"), _UNUSUAL, rule=vote["rule"])
        house_rule = house_rule_of(vote)
        low: AppError | None = below_floor(house_rule, kind) if house_rule is not None else None
        if low is not None:
            found.take((*path, "house_rule"), low)
        _verdict(path, vote, known, roll, found)


def _verdict(path: Path, vote: Mapping[str, Any], known: Known, roll: Roll, found: Found) -> None:
    outcome = outcome_of(known.document, vote, roll)
    written = vote.get("verdict")
    if outcome is None:
        if written is not None:
            found.add((*path, "verdict"), _NOT_COUNTED)
        return
    if outcome.verdict.by_hand:
        found.add((*path, "verdict") if written is not None else path, _BY_HAND)
        return
    verdict = (outcome.verdict.quorate, outcome.verdict.passed)
    if written is not None and verdict != (written["quorate"], written["passed"]):
        found.add((*path, "verdict"), _VERDICTS[verdict])
    elected = set(outcome.elected)
    for place, candidate in listed((*path, "candidates"), vote.get("candidates", ())):
        chosen = candidate["person"] in elected
        if candidate.get("elected", chosen) != chosen:
            found.add((*place, "elected"), _ELECTED[chosen], name=known.name(candidate["person"]))

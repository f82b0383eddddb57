"""The questions asked of a meeting before its record is locked; each yields the places where something is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from deliberation_app.domain.minutes_facts import Facts, MeetingFacts
from deliberation_app.domain.minutes_words import PAPER_METHODS, text_of
from deliberation_app.domain.votes import RULES, Count, sum_faults
from deliberation_app.errors import AppError

Gap = tuple[str, Mapping[str, Any] | AppError]  # where, and what fills the sentence, or a sentence of its own
Question = Callable[[MeetingFacts], Iterable[Gap]]


def no_meeting_field(*keys: str) -> Question:
    """None of these fields of the meeting is filled in."""

    def ask(facts: MeetingFacts) -> Iterator[Gap]:
        if not any(facts.meeting.get(key) for key in keys):
            yield f"/meeting/{keys[0]}", {}

    return ask


def entries_of(facts: MeetingFacts) -> Iterator[tuple[str, Facts]]:
    """Each entry of the agenda with its JSON pointer."""
    for place, entry in enumerate(facts.agenda):
        yield f"/meeting/agenda/{place}", entry


def votes_of(facts: MeetingFacts) -> Iterator[tuple[str, Facts]]:
    """Each vote with its JSON pointer."""
    for where, entry in entries_of(facts):
        for place, vote in enumerate(entry.get("votes", ())):
            yield f"{where}/votes/{place}", vote


def attendance_of(facts: MeetingFacts) -> Iterator[tuple[str, Facts]]:
    """Each attendance entry with its JSON pointer."""
    for place, entry in enumerate(facts.meeting.get("attendance", ())):
        yield f"/meeting/attendance/{place}", entry


def all_text(facts: MeetingFacts) -> str:
    """All that was written down: titles, summaries, statements, resolutions."""
    parts: list[str] = []
    for entry in facts.agenda:
        parts += [text_of(entry, "title"), text_of(entry, "summary"), text_of(entry, "resolution")]
        parts += [text_of(statement, "text") for statement in entry.get("statements", ())]
    return "\n".join(parts)


def every_entry(fails: Callable[[Facts], bool]) -> Question:
    """Each entry of the agenda for which this fails."""

    def ask(facts: MeetingFacts) -> Iterator[Gap]:
        yield from ((where, {"entry": entry["title"]}) for where, entry in entries_of(facts) if fails(entry))

    return ask


def every_vote(fails: Callable[[Facts, MeetingFacts], bool]) -> Question:
    """Each vote for which this fails."""

    def ask(facts: MeetingFacts) -> Iterator[Gap]:
        yield from ((where, {"motion": vote["motion"]}) for where, vote in votes_of(facts) if fails(vote, facts))

    return ask


def every_guest(fails: Callable[[Facts, MeetingFacts], bool]) -> Question:
    """Each attendance entry for which this fails."""

    def ask(facts: MeetingFacts) -> Iterator[Gap]:
        for where, entry in attendance_of(facts):
            if fails(entry, facts):
                yield where, {"name": text_of(facts.person(entry), "name")}

    return ask


def no_voters(facts: MeetingFacts) -> Iterator[Gap]:
    """Nobody is due."""
    if not facts.attending(capacity="voting"):
        yield "/meeting/attendance", {}


def unexplained(entry: Facts, facts: MeetingFacts) -> bool:
    """On leave or absent, and no reason on record."""
    away = entry["capacity"] == "voting" and entry["status"] in ("leave", "absent")
    return away and not text_of(entry, "reason").strip()


def uncounted(vote: Facts, facts: MeetingFacts) -> bool:
    """Not counted yet; a consensus without a count needs none."""
    judged = facts.verdict(vote)
    return judged.passed is None and not judged.by_hand and vote["method"] != "consensus"


def unruled(vote: Facts, facts: MeetingFacts) -> bool:
    """Judged by a rule that is not in the table."""
    return vote["rule"] not in RULES


def bad_sums(facts: MeetingFacts) -> Iterator[Gap]:
    """Counts that do not add up exactly (rules.md 3)."""
    for where, vote in votes_of(facts):
        judged = facts.verdict(vote)
        if judged.passed is None or vote["rule"] not in RULES or vote.get("candidates"):
            continue
        count = Count(
            **{field: getattr(judged, field) for field in _COUNTED},
            written_opinions=vote.get("written_opinions", 0),
            ballots_issued=vote.get("ballots_issued"),
            ballots_returned=vote.get("ballots_returned"),
        )
        yield from ((where, fault) for fault in sum_faults(vote["rule"], count))


_NUMBERS = ("eligible", "present", "in_favour", "against", "abstain", "invalid")
_COUNTED = (*_NUMBERS, *(f"{field}_area" for field in _NUMBERS))


def unresolved(entry: Facts) -> bool:
    """Voted on, but without the text of a resolution."""
    return bool(entry.get("votes")) and not text_of(entry, "resolution").strip()


def silent(entry: Facts) -> bool:
    """Neither a statement nor the mark that nobody wished to speak; a roll call or a report speaks by its summary."""
    told = not entry.get("item") and text_of(entry, "summary").strip()
    return not (entry.get("statements") or entry.get("no_statements") or told)


def undiscussed(entry: Facts) -> bool:
    """Voted on in the room without discussion (gate G4); owners who vote at home discuss before they get the papers."""
    in_the_room = any(vote["method"] != "written" for vote in entry.get("votes", ()))
    return in_the_room and not entry.get("statements") and not entry.get("no_statements")


def unrouted(entry: Facts) -> bool:
    """An outcome of a consultation that goes nowhere (gate G11)."""
    return bool(entry.get("votes") or entry.get("resolution")) and not entry.get("routing")


def papers_uncounted(vote: Facts, facts: MeetingFacts) -> bool:
    """On paper, without the number issued or returned."""
    on_paper = vote["method"] in PAPER_METHODS
    return on_paper and ("ballots_issued" not in vote or "ballots_returned" not in vote)

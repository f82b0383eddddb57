"""The real items of the demonstration stand where their evidence puts them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest

from deliberation_app import settings
from deliberation_app.domain.agenda import ItemFacts, MeetingHeld, Posted, Surveyed, VoteHeld, evidence
from deliberation_app.domain.votes import RULES, Count

TODAY = date(2026, 10, 20)
PARKING, LAMPS, SECOND_CAR = "4b08f6f8", "e849d921", "0f2b279c"
FILES = {
    name: json.loads(settings.path("resources", "demo", f"{name}.json").read_text("utf-8"))
    for name in ("shandalu194-consultation", "shandalu194-owners-vote", "ronghuishanshui-hybrid")
}


def count(vote: dict[str, Any]) -> Count:
    numbers = {**vote.get("electorate", {"eligible": 22, "present": 19}), **vote["counts"]}
    hundredths = {name: round(value * 100) if name.endswith("_m2") else value for name, value in numbers.items()}
    return Count(**{name.removesuffix("_m2"): value for name, value in hundredths.items()})


def entries(item: str) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    for document in FILES.values():
        for entry in document["meeting"]["agenda"]:
            if entry.get("item", "").startswith(item):
                yield document["meeting"], entry


def votes(item: str) -> Iterator[VoteHeld]:
    for meeting, entry in entries(item):
        for vote in entry.get("votes", ()):
            verdict = RULES[vote["rule"]].judge(count(vote))
            yield VoteHeld(
                at=datetime.fromisoformat(vote["at"]), quorate=verdict.quorate, passed=verdict.passed,
                kind=meeting["kind"], routing=entry.get("routing"), names_option="option" in vote,
            )  # fmt: skip


def meetings(item: str) -> Iterator[MeetingHeld]:
    for meeting, entry in entries(item):
        yield MeetingHeld(
            at=datetime.fromisoformat(meeting["starts_at"]), kind=meeting["kind"], present=19,
            statements=len(entry.get("statements", ())), notice_given="notice_at" in meeting,
        )  # fmt: skip


def facts(item: str, **more: Any) -> ItemFacts:
    document, known = next(
        (document, known) for document in FILES.values() for known in document["items"] if known["id"].startswith(item)
    )

    def rows(name: str) -> list[dict[str, Any]]:
        return [row for row in document.get(name, ()) if row["item"].startswith(item)]

    return ItemFacts(
        today=TODAY, raised_at=datetime.fromisoformat(known["raised_at"]), channel=known["channel"],
        votable=known.get("votable", True), vital_interest=known.get("vital_interest", False),
        party_meetings=tuple(None for _ in known.get("party_meetings", ())),
        meetings=tuple(meetings(item)), votes=tuple(votes(item)),
        open_tasks=sum(task["state"] == "open" for task in rows("tasks")),
        evaluations=tuple(Surveyed(held_on=date.fromisoformat(row["held_on"])) for row in rows("evaluations")),
        publications=tuple(
            Posted(about=row.get("about"), posted_on=date.fromisoformat(row["posted_on"]), days=row["days"],
                   taken_down_on=date.fromisoformat(row["taken_down_on"]) if "taken_down_on" in row else None)
            for row in rows("publications")
        ),
        archive_number="2026-001",  # no place in a meeting file
        **more,
    )  # fmt: skip


def unmet(item: str, **more: Any) -> list[str]:
    return [piece.id for piece in evidence(facts(item, **more)) if not piece.met]


@pytest.mark.parametrize("item", [PARKING, "9c49eb57"])
@pytest.mark.parametrize("stage", ["raised", "discussed", "decided", "evaluated"])
def test_parking_and_the_fire_lane_have_all_their_evidence(item: str, stage: str) -> None:
    assert unmet(item, stage=stage) == []


def test_the_lamps_wait_for_their_publication() -> None:
    assert unmet(LAMPS, stage="discussed") == []
    assert unmet(LAMPS, stage="evaluated") == ["outcome"]


def test_the_second_car_failed_was_sent_back_and_needs_a_new_meeting_and_vote() -> None:
    assert unmet(SECOND_CAR, stage="discussed") == ["discussion"]
    sent_back = datetime.fromisoformat("2026-04-24T10:00:00+08:00")
    assert unmet(SECOND_CAR, stage="discussed", since=sent_back) == ["discussion", "verdict"]

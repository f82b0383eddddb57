"""The demonstration's meetings with their votes judged, for all tests of the domain."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import settings as hypothesis_settings

from deliberation_app import settings
from deliberation_app.domain.minutes import JudgedVote
from deliberation_app.domain.votes import RULES, Count, not_cast

# No test here asserts a time: a busy computer fails no rule.
hypothesis_settings.register_profile("domain", deadline=None)
hypothesis_settings.load_profile("domain")


def _sample(name: str) -> dict[str, Any]:
    text = settings.path("resources", "demo", f"{name}.json").read_text(encoding="utf-8")
    document: dict[str, Any] = json.loads(text)
    return document


def _votes(document: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [vote for entry in document["meeting"]["agenda"] for vote in entry.get("votes", ())]


def _judged(document: Mapping[str, Any]) -> dict[str, JudgedVote]:
    return {vote["id"]: _judge(document, vote) for vote in _votes(document) if "counts" in vote}


def _judge(document: Mapping[str, Any], vote: Mapping[str, Any]) -> JudgedVote:
    eligible, present = _attendance(document, vote)
    numbers = {"eligible": eligible, "present": present}
    areas: dict[str, int] = {}
    for key, value in {**vote.get("electorate", {}), **vote["counts"]}.items():
        if key.endswith("_area_m2"):
            areas[key.removesuffix("_m2")] = int(Decimal(str(value)) * 100)
        else:
            numbers[key] = value
    papers = {key: vote[key] for key in ("ballots_issued", "ballots_returned", "written_opinions") if key in vote}
    count = Count(**numbers, **areas, **papers)
    verdict = RULES[vote["rule"]].judge(count)
    return JudgedVote(
        **numbers,
        **areas,
        not_cast=not_cast(vote["rule"], count),
        quorate=verdict.quorate,
        passed=verdict.passed,
        explanation=verdict.explanation,
        rule_title=RULES[vote["rule"]].title,
    )


def _attendance(document: Mapping[str, Any], vote: Mapping[str, Any]) -> tuple[int, int]:
    people = {person["id"]: person for person in document["people"]}
    branch = vote["rule"].startswith("branch_")
    due = [
        entry
        for entry in document["meeting"]["attendance"]
        if entry["capacity"] == "voting" and (not branch or people[entry["person"]].get("party") == "full")
    ]
    here = ("present", "online") if vote["rule"] == "straw_poll" else ("present",)
    at = vote.get("at", "9999")
    return len(due), sum(entry["status"] in here and entry.get("arrived_at", "") <= at for entry in due)


@pytest.fixture(scope="session")
def sample() -> Callable[[str], dict[str, Any]]:
    """Reads one meeting file of the demonstration anew, by its name without .json."""
    return _sample


@pytest.fixture(scope="session")
def judge() -> Callable[[Mapping[str, Any]], dict[str, JudgedVote]]:
    """Judges each counted vote; attendance is read at the hour of the vote where no electorate is given."""
    return _judged

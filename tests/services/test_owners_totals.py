"""Owners' votes of which only the totals came, in a meeting file: the page says what the file says."""

from __future__ import annotations

import json

from sqlalchemy import select

from deliberation_app import settings
from deliberation_app.services import meeting_file, owners_papers
from deliberation_app.services.work import Work
from deliberation_app.storage.votes import Vote

FILE = settings.path("resources", "demo", "shandalu194-owners-vote.json")


def test_totals_from_a_file_are_judged_as_they_stand_there(work: Work) -> None:
    told = json.loads(FILE.read_text(encoding="utf-8"))
    meeting = meeting_file.import_file(work, FILE).meeting_id
    with work.read() as session:
        passed = session.scalars(select(Vote.passed).order_by(Vote.at)).all()
    results = owners_papers.results(work, meeting)
    assert [one.verdict.passed for one in results] == passed == [True, True, False]
    written = [vote for entry in told["meeting"]["agenda"] for vote in entry.get("votes", ())]
    assert len(written) == len(results)
    for vote, result in zip(written, results, strict=True):
        count, standing = result.standing.count, result.standing
        assert (count.eligible, count.in_favour) == (vote["electorate"]["eligible"], vote["counts"]["in_favour"])
        assert count.in_favour_area == round(vote["counts"]["in_favour_area_m2"] * 100)
        assert standing.valid_papers + standing.invalid_papers == vote["ballots_returned"]

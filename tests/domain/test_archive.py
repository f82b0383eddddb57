"""Every paper of the commands stands in PAPERS with what the archive asks about it."""

from __future__ import annotations

from deliberation_app.domain.archive import FOREVER, PAPERS

IDS = (
    "notice delivery_list agenda sign_in_sheet leave_list record summary resolution ballot tally_sheet result posting "
    "opinion_sheet task_list satisfaction_form satisfaction_count closing_form reception_log duty_roster proxy_form "
    "written_opinion_form supplement archive_cover archive_list"
)


def test_the_ids_are_those_of_the_commands() -> None:
    assert list(PAPERS) == IDS.split()
    assert all(id_ == paper.id for id_, paper in PAPERS.items())


def test_every_paper_has_its_words() -> None:
    assert all(paper.title and paper.name and paper.copies and paper.keep.period for paper in PAPERS.values())
    assert len({paper.title for paper in PAPERS.values()}) == len(PAPERS)


def test_the_record_is_kept_for_ever() -> None:
    record = PAPERS["record"]
    assert (record.keep.period, record.about) == (FOREVER, "meeting")

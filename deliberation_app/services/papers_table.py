"""Who composes which paper: one line a paper, one function from the records to its plain content."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from sqlalchemy.orm import Session

from deliberation_app.papers.document import Document
from deliberation_app.services import (
    papers_closing,
    papers_file,
    papers_item,
    papers_meeting,
    papers_summary,
    papers_tasks,
    papers_unit,
    papers_votes,
    supplements_paper,
)
from deliberation_app.services.papers_asked import Asked

# From the records to the papers that answer a question: one, several (each vote of a meeting), or none.
Composer = Callable[[Session, Asked], Sequence[Document]]

COMPOSERS: Mapping[str, Composer] = MappingProxyType(
    {
        "notice": papers_meeting.notice,
        "delivery_list": papers_meeting.delivery_list,
        "agenda": papers_meeting.agenda,
        "sign_in_sheet": papers_meeting.sign_in_sheet,
        "leave_list": papers_meeting.leave_list,
        "record": papers_meeting.record_form,  # the form only: the record itself is locked and kept by services/papers
        "resolution": papers_votes.resolution,
        "ballot": papers_votes.ballot,
        "tally_sheet": papers_votes.tally_sheet,
        "result": papers_votes.result,
        "proxy_form": papers_votes.proxy_form,
        "written_opinion_form": papers_votes.written_opinion_form,
        "summary": papers_summary.summary,
        "posting": papers_item.posting,
        "opinion_sheet": papers_item.opinion_sheet,
        "task_list": papers_tasks.task_list,
        "satisfaction_form": papers_item.satisfaction_form,
        "satisfaction_count": papers_item.satisfaction_count,
        "closing_form": papers_closing.closing_form,
        "reception_log": papers_unit.reception_log,
        "duty_roster": papers_unit.duty_roster,
        "supplement": supplements_paper.composed,
        "archive_cover": papers_file.archive_cover,
        "archive_list": papers_file.archive_list,
    }
)

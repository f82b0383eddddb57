"""The demonstration's vote of all owners in writing, under way since 12 October."""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta

from sqlalchemy import select

from deliberation_app.services import deliveries, floor, meetings, owners_flat, owners_list, owners_papers, owners_vote
from deliberation_app.services.owners_list import FlatRow
from deliberation_app.services.work import Work
from deliberation_app.settings import DISPLAY_ZONE
from deliberation_app.storage.meetings import AgendaEntry

TITLE = "山大路194号院全体业主书面表决：公共收益使用与充电点"
NOTICE = datetime(2026, 9, 25, 9, 0, tzinfo=DISPLAY_ZONE)
START = datetime(2026, 10, 12, 8, 0, tzinfo=DISPLAY_ZONE)
_MOTIONS = (
    ("owners_ordinary", "2026年停车收益结余用于楼道照明和公共设施维修，不足部分不另收费"),
    ("owners_special", "2号楼西侧空地改作电动自行车集中充电点，收益归全体业主"),
)
# Of ten papers in the order of the doors: what they say to each question.
_SAID = (
    ("in_favour", "in_favour"), ("in_favour", "in_favour"), ("in_favour", "against"), ("in_favour", "in_favour"),
    ("in_favour", "in_favour"), ("against", "against"), ("in_favour", "in_favour"), ("abstain", "in_favour"),
    ("in_favour", "in_favour"), ("in_favour", "abstain"),
)  # fmt: skip


def call(work: Work, unit_id: uuid.UUID, chair_id: uuid.UUID, recorder_id: uuid.UUID) -> uuid.UUID:
    """Call the meeting and give notice on 25 September, with the list of owners of that day."""
    meeting_id = meetings.call(
        work, unit_id, kind="owners_assembly", title=TITLE, starts_at=START, place="庭院党群之家居民议事厅（计票）",
        chair_id=chair_id, recorder_id=recorder_id, due=[],
    )  # fmt: skip
    meetings.give_notice(work, meeting_id, NOTICE)
    owners_list.take(work, meeting_id)
    _deliver(work, meeting_id)
    return meeting_id


def _deliver(work: Work, meeting_id: uuid.UUID) -> None:
    """Most by hand, some by message, the fourth building's last ones not yet."""
    rows = _rows(work, meeting_id)
    for at, building in enumerate(dict.fromkeys(row.place.split(" ")[0] for row in rows)):
        here = [row.household_id for row in rows if row.place.startswith(building)]
        day = date(2026, 9, 25) + timedelta(days=at)
        deliveries.deliver(work, meeting_id, flats=here[:18], way="in_person", on=day, receiver="本人签收")
        if len(here) > 18:
            deliveries.deliver(work, meeting_id, flats=here[18:21], way="message", on=day, note="已回复收到")


def run(work: Work, meeting_id: uuid.UUID) -> None:
    """Open the meeting, put both questions on the paper, and note what has come back by 19 October."""
    meetings.open_meeting(work, meeting_id)
    with work.read() as session:
        query = select(AgendaEntry.id).where(AgendaEntry.meeting_id == meeting_id).order_by(AgendaEntry.position)
        entries = list(session.scalars(query))
    floor.no_statements(work, entries[0])
    entry = entries[min(1, len(entries) - 1)]
    if entry != entries[0]:
        floor.go_to_entry(work, meeting_id)
        floor.no_statements(work, entry)
    questions = [
        owners_vote.ask(work, entry, motion=motion, rule=rule, overrides={"G20": "其余各户继续逐户送达，张贴公告"})
        for rule, motion in _MOTIONS
    ]
    rows = _rows(work, meeting_id)
    owners_flat.edit(work, rows[30].id, proxy="孙和睦", proxy_on=date(2026, 10, 11))
    reached = [row for row in rows if row.way]
    for at, row in enumerate(reached[:58]):
        said = dict(zip(questions, _SAID[at % len(_SAID)] if at > 1 else _SAID[0], strict=True))
        signer = "proxy" if row.id == rows[30].id else "owner"
        owners_papers.enter(
            work, row.id, said, signed=at != 40, signer=signer, receiver="尹记录",
            returned_on=date(2026, 10, 13 + at // 11),
        )  # fmt: skip


def _rows(work: Work, meeting_id: uuid.UUID) -> list[FlatRow]:
    return list(owners_list.page(work, meeting_id, limit=500).rows)

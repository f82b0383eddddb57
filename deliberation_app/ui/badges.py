"""The figures in the side bar: what waits for somebody among voices, tasks, surveys and notices."""

from __future__ import annotations

from deliberation_app.services import (
    evaluation,
    evaluation_survey,
    notices,
    notices_waiting,
    tasks,
    voices_waiting,
)
from deliberation_app.ui.kit.desk import Desk


def tell(desk: Desk) -> None:
    """Overdue tasks and those to be accepted; items to be scored and forms out; notices to be dealt with."""
    work, unit_id = desk.work, desk.unit_id
    sums = tasks.counts(work, unit_id)
    desk.badge("voices", voices_waiting.waiting(work, unit_id))
    desk.badge("tasks", sums.overdue + sums.to_accept)
    out = evaluation_survey.out(work, unit_id)
    busy = {one.survey.item_id for one in out}
    desk.badge("evaluation", len(out) + sum(one.item_id not in busy for one in evaluation.waiting(work, unit_id)))
    hanging = [row for row in notices.running(work, unit_id) if row.late or row.open_objections]
    drafts, wanted = notices_waiting.drafts(work, unit_id), notices_waiting.waiting(work, unit_id)
    desk.badge("notices", len(hanging) + len(drafts) + len(wanted))

"""Papers of evaluation: the forms, as many as go out, and the count."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from deliberation_app.services.evaluation import Waiting
from deliberation_app.services.evaluation_survey import Out
from deliberation_app.services.papers_asked import Asked
from deliberation_app.ui import outcome_paper
from deliberation_app.ui.evaluation_words import Standing
from deliberation_app.ui.kit.desk import Desk


def forms(page: QWidget, desk: Desk, one: Standing | None) -> None:
    """As many forms as go out about an item; without one the empty form."""
    asked = Asked(paper="satisfaction_form", unit=desk.unit_id, empty=True)
    copies, name = 1, "满意度测评表"
    if one is not None and isinstance(one.told, Out | Waiting):
        asked = Asked(paper="satisfaction_form", item=one.item_id)
        copies = (one.told.survey.issued or 1) if isinstance(one.told, Out) else 1
        name = f"{name} {one.title}"
    outcome_paper.send(page, desk, asked, outcome_paper.file_name(name), copies)


def count(page: QWidget, desk: Desk, one: Standing) -> None:
    """The count of an item's surveys."""
    asked = Asked(paper="satisfaction_count", item=one.item_id)
    outcome_paper.send(page, desk, asked, outcome_paper.file_name("满意度测评统计表", one.title))

"""Records of evaluations: how satisfied the residents said they were."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from deliberation_app.storage.base import Fact, Kept, local, reference


class Evaluation(Kept):
    """One satisfaction survey of an item; `responses` counts the five answers and the invalid forms."""

    __tablename__ = "evaluation"
    part = "evaluation"

    item_id: Mapped[uuid.UUID] = reference("item.id", index=True)
    held_on: Mapped[date]
    invited: Mapped[int | None]
    responses: Mapped[dict[str, Any]]
    comments: Mapped[list[Any] | None]
    evidence: Mapped[list[Any] | None]
    # The line in force before the forms went out: {"basis", "numerator", "denominator"}, empty where there was none.
    line: Mapped[dict[str, Any] | None] = mapped_column(info=local())
    # {"有车居民": {"satisfied": 3, …}} and {"timely": {"satisfied": 3, …}}: the same forms by group and by aspect.
    groups: Mapped[dict[str, Any] | None] = mapped_column(info=local())
    aspects: Mapped[dict[str, Any] | None] = mapped_column(info=local())


class Survey(Kept):
    """Forms that are out about an item: what is asked of whom, and the line they are held against."""

    __tablename__ = "survey"
    part = "evaluation"
    stays_here = True

    unit_id: Mapped[uuid.UUID] = reference("unit.id", index=True)
    item_id: Mapped[uuid.UUID] = reference("item.id", index=True)
    begun_at: Mapped[datetime]
    issued: Mapped[int | None]
    line: Mapped[dict[str, Any]]
    groups: Mapped[list[Any]]
    aspects: Mapped[list[Any]]
    # {"group": {"aspect": {"satisfied": 3, …}}}: what was typed as totals instead of form by form.
    typed: Mapped[dict[str, Any] | None]
    comments: Mapped[list[Any] | None]
    # The counted survey it became.
    evaluation_id: Mapped[uuid.UUID | None]
    closed_at: Mapped[datetime | None]


class SurveyForm(Kept):
    """One form as counted: the answer to each aspect, None where that line is invalid."""

    __tablename__ = "survey_form"
    part = "evaluation"
    stays_here = True

    survey_id: Mapped[uuid.UUID] = reference("survey.id", index=True)
    position: Mapped[int]
    group: Mapped[Fact]
    answers: Mapped[dict[str, Any]]
    counted_at: Mapped[datetime]
    counted_by: Mapped[Fact]

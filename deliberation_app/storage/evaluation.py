"""Records of evaluations: how satisfied the residents said they were."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from sqlalchemy.orm import Mapped

from deliberation_app.storage.base import Kept, reference


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

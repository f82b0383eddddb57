"""Numbers typed and not judged yet: kept as they stand, so that a power failure loses none of them."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from deliberation_app.services.work import Work
from deliberation_app.storage.votes import Vote


def keep(work: Work, vote_id: uuid.UUID, draft: Mapping[str, Any] | None) -> None:
    """Keep what stands in the fields; it is no step of the work, so there is nothing to take back.

    A vote that was voided or judged elsewhere in the meantime keeps nothing.
    """
    with work.act("votes.draft") as act:
        vote = act.get(Vote, vote_id)
        if vote is not None and vote.draft != draft:
            vote.draft = dict(draft) if draft else None


def read(work: Work, vote_id: uuid.UUID) -> dict[str, Any]:
    """What was typed when the window was last open, empty where nothing was."""
    with work.read() as session:
        vote = session.get(Vote, vote_id)
        return dict(vote.draft or {}) if vote is not None else {}

"""The signatures given so far for one text of a record or supplement, and how they stand on the paper."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from deliberation_app.domain import minutes_words as words
from deliberation_app.papers.hand import Signed
from deliberation_app.settings import DISPLAY_ZONE
from deliberation_app.storage.minutes import Signature

# What stands in the file itself; what is signed by hand follows on the paper.
IN_THE_FILE = ("screen", "certificate")
ON_THE_SCREEN = "屏幕签名"


def is_date(label: str) -> bool:
    """Whether a place is for the day and not for a name."""
    return label.rstrip("：:").endswith("日期")


def given(
    session: Session, minutes_id: uuid.UUID, content: str, supplement_id: uuid.UUID | None = None
) -> list[Signature]:
    """The signatures under these very words, in the order in which they were given; those under others are void."""
    query = select(Signature).where(
        Signature.minutes_id == minutes_id, Signature.supplement_id == supplement_id,
        Signature.content_sha256 == content,
    )  # fmt: skip
    return list(session.scalars(query.order_by(Signature.turn)))


def sealed(rows: Sequence[Signature]) -> uuid.UUID | None:
    """The file with the last certificate signature, None while nobody signed by certificate."""
    return next((row.file_id for row in reversed(rows) if row.file_id is not None), None)


def signed(rows: Sequence[Signature], labels: Sequence[str], *, sealed_at: datetime | None = None) -> Signed:
    """The strokes at their places; the day too, as soon as no place is left for a hand.

    The first certificate seals what is drawn, so the day is filled in then unless somebody signs by hand.
    """
    in_file = [row for row in rows if row.way in IN_THE_FILE]
    hands = {row.place: row.strokes for row in in_file if row.strokes}
    named = {n for n, label in enumerate(labels) if not is_date(label)}
    by_hand = any(row.way not in IN_THE_FILE for row in rows)
    complete = not by_hand if sealed_at is not None else bool(named) and named <= {row.place for row in in_file}
    last = sealed_at or max((row.at for row in in_file), default=None)
    date = words.day(last.astimezone(DISPLAY_ZONE)) if complete and last is not None else ""
    beside = {row.place: _who(row) for row in in_file if row.strokes}
    return Signed(hands=hands, beside=beside, date=date)


def _who(row: Signature) -> str:
    """Who wrote on the screen and when."""
    local = row.at.astimezone(DISPLAY_ZONE)
    return f"{row.name}　{words.day(local)} {local:%H:%M} {ON_THE_SCREEN}"

"""Prints the record of a meeting (会议记录)."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from deliberation_app.domain.minutes import Record
from deliberation_app.papers import press, sheet
from deliberation_app.papers.document import Document
from deliberation_app.papers.hand import UNSIGNED, Signed
from deliberation_app.papers.press import PaperFacts

__all__ = ["PaperFacts", "compose", "content_sha256", "draw"]


def content_sha256(record: Record) -> str:
    """SHA-256 of the record's canonical JSON: sorted keys, no spaces, UTF-8."""
    # vars() of each part is what dataclasses.asdict gives, without copying it all first
    text = json.dumps(vars(record), ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=vars)
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def compose(record: Record) -> Document:
    """The record as a paper like any other."""
    return Document(
        paper="record", layout="table", unit=record.unit, title=record.title, copy=record.copy, blocks=record.blocks,
        signatures=record.signatures, number=record.number, mark=record.mark, footnotes=record.footnotes,
    )  # fmt: skip


def draw(
    record: Record,
    to: Path | BinaryIO,
    *,
    attachment: bytes | None = None,
    pitch: float = sheet.PITCH,
    signed: Signed = UNSIGNED,
) -> PaperFacts:
    """Print a record; see `press.draw`."""
    content = content_sha256(record)
    return press.draw(compose(record), to, attachment=attachment, pitch=pitch, content=content, signed=signed)

"""Meeting files: read, check, canonical content, write. Bytes in, plain values out; what a file says is never run.

In a document that was read, whole numbers are int, other numbers Decimal (areas in m²); texts are as they came.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deliberation_app.domain.meeting_file_canonical import canonical, digest, jcs, with_verdicts, write
from deliberation_app.domain.meeting_file_checks import check_ids, check_references
from deliberation_app.domain.meeting_file_counts import count_of, judge_vote, outcome_of, roll_of
from deliberation_app.domain.meeting_file_faults import MOST_LISTED, Fault, Found, Remark
from deliberation_app.domain.meeting_file_known import known_in
from deliberation_app.domain.meeting_file_order import check_order
from deliberation_app.domain.meeting_file_remarks import find_remarks
from deliberation_app.domain.meeting_file_shape import check_shape
from deliberation_app.domain.meeting_file_sums import check_responses
from deliberation_app.domain.meeting_file_text import LARGEST, parse, too_large
from deliberation_app.domain.meeting_file_values import hundredths, instant
from deliberation_app.domain.meeting_file_votes import check_votes
from deliberation_app.errors import N_, AppError, FileFaults

__all__ = [
    "LARGEST", "Examined", "Fault", "Remark", "canonical", "check", "count_of", "digest", "examine", "hundredths",
    "instant", "jcs", "judge_vote", "outcome_of", "read", "read_path", "roll_of", "with_verdicts", "write",
]  # fmt: skip


@dataclass(frozen=True)
class Examined:
    """What came of a file: a document only when it has no fault; a hundred faults, and how many more."""

    document: dict[str, Any] | None
    faults: tuple[Fault, ...] = ()
    more: int = 0
    remarks: tuple[Remark, ...] = ()


def examine(data: bytes) -> Examined:
    """Read and check in three steps, text, shape, meaning; each only when the one before found nothing."""
    try:
        document = parse(data)
    except AppError as error:
        return Examined(None, (Fault("", error),))
    shape = check_shape(document)
    if shape.faults:
        return Examined(None, tuple(shape.faults), shape.more)
    found, remarks = Found(), Found()
    known, roll = known_in(document), roll_of(document)
    check_ids(document, found)
    check_references(known, found)
    check_order(known, found)
    check_votes(known, roll, found)
    check_responses(known, found)
    faults = [Fault(*pair) for pair in found.in_order(document)]
    if faults:
        return Examined(None, tuple(faults[:MOST_LISTED]), max(0, len(faults) - MOST_LISTED))
    find_remarks(known, roll, remarks)
    return Examined(document, remarks=tuple(Remark(*pair) for pair in remarks.in_order(document)))


def check(data: bytes) -> tuple[dict[str, Any] | None, list[Fault], list[Remark]]:
    """The document (None when refused), the faults in the order of the file (the first hundred), the remarks."""
    found = examine(data)
    return found.document, list(found.faults), list(found.remarks)


def read(data: bytes) -> dict[str, Any]:
    """The document of a file without faults; raises FileFaults with all of them, a hundred listed."""
    found = examine(data)
    if found.document is None:
        raise FileFaults(
            N_("The meeting file was refused and nothing was changed; it has {count} faults."),
            tuple((fault.pointer, fault.sentence) for fault in found.faults),
            found.more,
            count=len(found.faults) + found.more,
        )
    return found.document


def read_path(path: Path) -> bytes:
    """The bytes of a meeting file on disk; one that is too large is refused before it is read (FileFaults)."""
    large = too_large(path.stat().st_size)
    if large is not None:
        raise FileFaults(N_("The meeting file was refused and nothing was changed; it is too large."), (("", large),))
    with path.open("rb") as file:
        return file.read(LARGEST + 1)

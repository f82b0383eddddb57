"""Taking back: which act is next, whether it may be, and the rows as they were."""

from __future__ import annotations

import uuid

from sqlalchemy import select

from deliberation_app.domain import accounts
from deliberation_app.errors import AppError, N_, RuleBroken
from deliberation_app.services.act import Act
from deliberation_app.storage import history
from deliberation_app.storage.accounts import AuditLine, AuditPayload
from deliberation_app.storage.records import KEPT

# As far back as one looks; nobody takes back more steps than this in one evening.
_REACH = 500


def _stacks(act: Act, user_id: uuid.UUID, computer: str) -> tuple[list[AuditLine], list[AuditLine]]:
    """This person's acts on this computer that stand, and those taken back and not yet followed by another."""
    query = (
        select(AuditLine)
        .where(AuditLine.user_id == user_id, AuditLine.computer == computer)
        .order_by(AuditLine.id.desc())
        .limit(_REACH)
    )
    done: list[AuditLine] = []
    undone: list[AuditLine] = []
    for line in reversed(list(act.scalars(query))):
        if line.act == "undo":
            if done:
                done.pop()
            undone.append(line)
        elif line.act == "redo":
            if undone:
                undone.pop()
            done.append(line)
        else:
            done.append(line)
            undone.clear()
    return done, undone


def last_done(act: Act, user_id: uuid.UUID, computer: str) -> AuditLine:
    """The act that Ctrl+Z takes back; refused with a sentence when there is none or it may not be taken back."""
    done, _ = _stacks(act, user_id, computer)
    if not done:
        raise AppError(N_("There is nothing to take back."))
    line = done[-1]
    if not accounts.undoable(line.act):
        raise RuleBroken(N_("The last step was signed, published or a large import: it cannot be taken back. "
                            "A correction is made as a new step."))
    return line


def last_undone(act: Act, user_id: uuid.UUID, computer: str) -> AuditLine:
    """The act that Ctrl+Shift+Z does again."""
    _, undone = _stacks(act, user_id, computer)
    if not undone:
        raise AppError(N_("There is nothing to do again."))
    return undone[-1]


def named(act: Act, line: AuditLine) -> str:
    """The name of the act that a line stands for: taking back and doing again stand for what they took back."""
    while line.undoes is not None:
        line = act.get_one(AuditLine, line.undoes)
    return line.act


def put_back(act: Act, line: AuditLine) -> None:
    """Bring every row of an act back to what it was before, if nobody has changed it since."""
    payload = act.get(AuditPayload, line.id)
    if payload is None or payload.rows is None:
        raise RuleBroken(N_("What this step changed has been erased from the log, so it cannot be taken back."))
    changes = history.unpack(payload.rows)
    for change in changes:
        if history.stored_row(act, change.table, change.id) != change.after:
            raise RuleBroken(N_("Somebody has changed the same thing since, so it cannot be taken back. "
                                "Correct it by hand; nothing was changed now."))
    for change in changes:
        record = KEPT[change.table]
        kept = act.get(record, change.id)
        if change.before is None:
            act.delete(kept)
        elif kept is None:
            act.add(record(**history.values_of(record, change.before)))
        else:
            for name, value in history.values_of(record, change.before).items():
                setattr(kept, name, value)

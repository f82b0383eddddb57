"""Taking back: which act is next, whether it may be, and the rows as they were."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from sqlalchemy import LargeBinary, select
from sqlalchemy.orm import Session

from deliberation_app.domain import accounts
from deliberation_app.errors import N_, NotFound, RuleBroken
from deliberation_app.services.act import Act
from deliberation_app.storage import history
from deliberation_app.storage.accounts import AuditLine, AuditPayload
from deliberation_app.storage.base import Kept
from deliberation_app.storage.records import KEPT

# As far back as one looks; nobody takes back more steps than this in one evening.
_REACH = 500


Within = Callable[[Act, AuditLine], None]


def anything(_act: Act, _line: AuditLine) -> None:
    """Every act may be taken back, whatever it was about."""


def _stacks(act: Session, user_id: uuid.UUID, computer: str) -> tuple[list[AuditLine], list[AuditLine]]:
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


def top(session: Session, user_id: uuid.UUID, computer: str) -> AuditLine | None:
    """The act that would be taken back next, whether it may be or not."""
    done, _ = _stacks(session, user_id, computer)
    return done[-1] if done else None


def last_done(act: Act, user_id: uuid.UUID, computer: str) -> AuditLine:
    """The act that Ctrl+Z takes back; refused with a sentence when there is none or it may not be taken back."""
    done, _ = _stacks(act, user_id, computer)
    if not done:
        raise NotFound(N_("There is nothing to take back."))
    line = done[-1]
    if not accounts.undoable(named(act, line)):
        raise RuleBroken(
            N_(
                "The last step was printed, signed, published or a large import: it cannot be taken back. "
                "A correction is made as a new step."
            )
        )
    return line


def last_undone(act: Act, user_id: uuid.UUID, computer: str) -> AuditLine:
    """The act that Ctrl+Shift+Z does again."""
    _, undone = _stacks(act, user_id, computer)
    if not undone:
        raise NotFound(N_("There is nothing to do again."))
    return undone[-1]


def named(act: Session, line: AuditLine) -> str:
    """The name of the act that a line stands for: taking back and doing again stand for what they took back."""
    while line.undoes is not None:
        line = act.get_one(AuditLine, line.undoes)
    return line.act


def put_back(act: Act, line: AuditLine) -> None:
    """Bring every row of an act back to what it was before, if nobody has changed it since."""
    payload = _payload(act, line)
    for change in payload.changes:
        _refuse_lost_file(change)
    for table, changes in _by_table(payload.changes).items():
        record = KEPT[table]
        # One query for many rows; the list keeps them in memory until they are put back.
        there = {kept.id: kept for kept in _rows_with(act, record, [change.id for change in changes])}
        for change in changes:
            now = there.get(change.id)
            is_now = history.number_of(table, None if now is None else history.row_of(now))
            if is_now != history.number_of(table, change.after):  # a column that came since and is empty does not count
                raise RuleBroken(
                    N_(
                        "Somebody has changed the same thing since, so it cannot be taken back. "
                        "Correct it by hand; nothing was changed now."
                    )
                )
        _put_rows_back(act, record, there, changes, line.id)


def _payload(act: Act, line: AuditLine) -> history.Payload:
    stored = act.get(AuditPayload, line.id)
    if stored is None or stored.rows is None:
        raise RuleBroken(N_("What this step changed has been erased from the log, so it cannot be taken back."))
    payload = history.unpack(stored.rows)
    if not payload.big:
        return payload
    if payload.copy is not None:
        raise RuleBroken(
            N_(
                "This step changed too many rows to be taken back one by one. The database as it was "
                "before lies beside it in {file}: restore that copy."
            ),
            file=payload.copy,
        )
    raise RuleBroken(
        N_(
            "This step changed too many rows to be taken back one by one. Restore a copy that was made "
            "before it; nothing was changed now."
        )
    )


def _by_table(changes: list[history.Change]) -> dict[str, list[history.Change]]:
    gathered: dict[str, list[history.Change]] = {}
    for change in changes:
        gathered.setdefault(change.table, []).append(change)
    return gathered


def _rows_with(act: Act, record: type[Kept], keys: list[uuid.UUID]) -> list[Kept]:
    found: list[Kept] = []
    for start in range(0, len(keys), _REACH):
        found.extend(act.scalars(select(record).where(record.id.in_(keys[start : start + _REACH]))))
    return found


def _refuse_lost_file(change: history.Change) -> None:
    """The log knows a file by its checksum only: one that is gone from the tables cannot come back from it."""
    columns = KEPT[change.table].__table__.columns
    for name, value in (change.before or {}).items():
        held = (change.after or {}).get(name)
        if name in columns and isinstance(columns[name].type, LargeBinary) and value is not None and value != held:
            raise RuleBroken(
                N_(
                    "The file that this step took away is not in the log, so it cannot be put back. "
                    "Take it from a copy of the database; nothing was changed now."
                )
            )


def _put_rows_back(
    act: Act, record: type[Kept], there: dict[uuid.UUID, Kept], changes: list[history.Change], line: int
) -> None:
    gone: list[history.Plain] = []
    for change in changes:
        kept = there.get(change.id)
        if change.before is None:
            act.delete(kept)
        elif kept is None:
            # Counters never go back: whoever still holds the row as it was long ago must notice.
            gone.append({**history.values_of(record, change.before), "version": line + 1})
        else:
            for name, value in history.values_of(record, change.before).items():
                if change.after is None or change.before[name] != change.after.get(name):
                    setattr(kept, name, value)
    act.write(record, gone)

"""How a task is told: its state with tone and icon, its days, its evidence."""

from __future__ import annotations

from deliberation_app.domain.tasks import STANDINGS
from deliberation_app.language import _, ngettext_, render
from deliberation_app.services.tasks import TaskRow
from deliberation_app.services.tasks_people import OwnerRow
from deliberation_app.ui.agenda_words import day_words
from deliberation_app.ui.kit.table import Cell

LOOKS = {
    "done": ("info", "under_way"),
    "accepted": ("ok", "done"),
    "dropped": ("text3", "missing"),
    "overdue": ("bad", "late"),
    "due_soon": ("warn", "clock"),
    "open": ("text2", "under_way"),
    "no_date": ("text3", "to_do"),
}


def standing_words(row: TaskRow) -> str:
    """Overdue by 20 days, 3 days left, waits for acceptance."""
    if row.standing in ("overdue", "due_soon", "open") and row.words is not None:
        return render(row.words)
    return _(STANDINGS[row.standing].name)


def standing_cell(row: TaskRow) -> Cell:
    """The state in words with its icon."""
    tone, icon = LOOKS[row.standing]
    return Cell(standing_words(row), icon=icon, tone=tone)


def due_words(row: TaskRow) -> str:
    """The day by which it is to be done."""
    return day_words(row.task.due) if row.task.due is not None else "—"


def evidence_words(row: TaskRow, files: int) -> str:
    """What proves it: 2 files, and what was written down."""
    parts = []
    if files:
        parts.append(ngettext_("{count} photo or paper", "{count} photos or papers", files).format(count=files))
    parts += [str(piece) for piece in row.task.evidence or ()]
    if row.task.state == "done" and row.task.note:
        parts.append(row.task.note.partition("\n")[0])
    return "；".join(parts)


def source_words(row: TaskRow) -> str:
    """The item with its number, and the meeting it came from."""
    item = " ".join(part for part in (row.item_number or "", row.item_title) if part)
    return " · ".join(part for part in (item, row.meeting) if part)


def owner_words(one: OwnerRow) -> str:
    """How many are overdue, else how many are open."""
    if one.overdue:
        return ngettext_("{count} overdue", "{count} overdue", one.overdue).format(count=one.overdue)
    return str(one.open)

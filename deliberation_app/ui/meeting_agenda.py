"""The agenda of one meeting as a list: points are moved by Ctrl and the arrows, or dragged."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QMimeData, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListView, QWidget

from deliberation_app.language import _, ngettext_
from deliberation_app.services.meetings_view import EntryView
from deliberation_app.ui.kit.lists import Row, RowList, RowModel

_MIME = "application/x-deliberation-entry"
_HEIGHT = 56
Index = QModelIndex | QPersistentModelIndex


class EntryModel(RowModel):
    """Rows that can be dragged to another place."""

    dropped = Signal(str, int)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Points are dragged, and dropped between others."""
        found = super().flags(index)
        return found | Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else found | Qt.ItemFlag.ItemIsDropEnabled

    def supportedDropActions(self) -> Qt.DropAction:
        """They are moved, never copied."""
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        """Only points of an agenda."""
        return [_MIME]

    def mimeData(self, indexes: Sequence[Index]) -> QMimeData:
        """The id of the point."""
        carried = QMimeData()
        carried.setData(_MIME, self.rows[indexes[0].row()].id.encode())
        return carried

    def dropMimeData(self, data: QMimeData, _action: Qt.DropAction, row: int, _column: int, _parent: Index) -> bool:
        """Tell where it fell; the list is filled again by whoever hears it."""
        if not data.hasFormat(_MIME):
            return False
        key = bytes(data.data(_MIME).data()).decode()
        before = next((at for at, one in enumerate(self.rows) if one.id == key), -1)
        to = len(self.rows) if row < 0 else row
        self.dropped.emit(key, to - 1 if 0 <= before < to else to)
        return False


class EntryList(RowList):
    """`moved(id, place)` asks for a point to be moved."""

    moved = Signal(str, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, height=_HEIGHT)
        self.setAccessibleName(_("Agenda"))
        self.rows = EntryModel(self)
        self.setModel(self.rows)
        self.rows.dropped.connect(self.moved)
        self.setItemDelegate(self.delegate)
        self.set_movable(True)

    def set_movable(self, movable: bool) -> None:
        """Whether points can be moved."""
        mode = QListView.DragDropMode.InternalMove if movable else QListView.DragDropMode.NoDragDrop
        self.setDragDropMode(mode)
        self.setDropIndicatorShown(movable)
        self._movable = movable

    def show_entries(self, entries: Sequence[EntryView], *, held: bool) -> None:
        """Show the agenda; of a meeting that was held also what came of each point."""
        self.fill([_row(at, entry, held=held) for at, entry in enumerate(entries, 1)])
        if entries and not self.current_id():
            self.setCurrentIndex(self.rows.index(0, 0))

    def step(self, by: int) -> None:
        """Move the current point up or down."""
        at = self.currentIndex().row()
        if self._movable and at >= 0 and 0 <= at + by < len(self.rows.rows):
            self.moved.emit(self.current_id(), at + by)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl with an arrow moves the point."""
        by = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if by and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.step(by)
        else:
            super().keyPressEvent(event)


def minutes_words(minutes: int) -> str:
    """20 min."""
    return _("{count} min").format(count=minutes)


def _row(at: int, entry: EntryView, *, held: bool) -> Row:
    facts = [entry.item_title and " ".join(part for part in (entry.item_number, entry.item_title) if part)]
    if entry.options:
        options = len(entry.options)
        facts.append(ngettext_("{count} option", "{count} options", options).format(count=options))
    facts.append(entry.presenter)
    status, tone, icon = _came_of(entry) if held else ("", "text2", "")
    if not held:
        status = minutes_words(entry.minutes) if entry.minutes else "—"
    return Row(
        str(entry.id), entry.title, " · ".join(fact for fact in facts if fact), lead=str(at),
        status=status, status_tone=tone, status_icon=icon,
    )  # fmt: skip


def _came_of(entry: EntryView) -> tuple[str, str, str]:
    if entry.votes:
        passed = _("{passed} of {count} passed").format(passed=entry.passed, count=entry.votes)
        return passed, "ok" if entry.passed else "text2", "done" if entry.passed else "missing"
    if entry.statements:
        said = ngettext_("{count} statement", "{count} statements", entry.statements)
        return said.format(count=entry.statements), "text2", ""
    return "", "text2", ""

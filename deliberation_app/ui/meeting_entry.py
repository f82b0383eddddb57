"""One point of the agenda: title, minutes, who presents, which item, and the options A, B, C."""

from __future__ import annotations

import uuid
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from deliberation_app.language import _
from deliberation_app.services import agenda, enclosures, meetings_agenda
from deliberation_app.services.meetings_view import EntryView, OptionView
from deliberation_app.ui.kit import forms, run
from deliberation_app.ui.kit.buttons import Button
from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.kit.editors import LineEdit
from deliberation_app.ui.kit.marks import Disc
from deliberation_app.ui.kit.panels import column, row
from deliberation_app.ui.meeting_roll import find_people
from deliberation_app.ui.meeting_told import give_way

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class OptionLine(QWidget):
    """One option: its letter, its title and its text."""

    removed = Signal()

    def __init__(self, option: OptionView | None) -> None:
        super().__init__()
        self.id = option.id if option else None
        across = row(self, spacing=8)
        self.letter = Disc("", "", size=30, face="bold")
        across.addWidget(self.letter, 0, Qt.AlignmentFlag.AlignTop)
        lines = column(spacing=4)
        self.title = LineEdit(option.title if option else "", _("Title, such as A案：42个车位"))
        self.text = LineEdit(option.text if option else "", _("What it means, in one or two sentences"))
        for line in (self.title, self.text):
            line.setCursorPosition(0)
        lines.addWidget(self.title)
        lines.addWidget(self.text)
        across.addLayout(lines, 1)
        remove = Button("", "quiet", icon="remove", small=True)
        remove.setToolTip(_("Take the option out"))
        remove.setAccessibleName(_("Take the option out"))
        remove.clicked.connect(self.removed)
        across.addWidget(remove, 0, Qt.AlignmentFlag.AlignTop)

    def set_place(self, at: int) -> None:
        """Show its letter."""
        letter = _LETTERS[at % len(_LETTERS)]
        self.letter.set_text(letter)
        self.title.setAccessibleName(_("Title of option {letter}").format(letter=letter))
        self.text.setAccessibleName(_("Text of option {letter}").format(letter=letter))


class MeetingEntry(QWidget):
    """`done` when it was saved or left as it is."""

    done = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._meeting: uuid.UUID | None = None
        self._entry: EntryView | None = None
        self._lines: list[OptionLine] = []
        forms.load("meeting_entry", self)
        self.presenter_field.editor.set_find(find_people(desk.work, desk.unit_id))
        give_way(self.item_field.editor)
        self._files: list[str] = []
        self.add_files.clicked.connect(self._name_files)
        self.add_option.clicked.connect(lambda: self._add_line(None, focus=True))
        self.back_act.clicked.connect(self.done)
        self.save_act.clicked.connect(self.keep)
        self.title_field.editor.returnPressed.connect(self.keep)

    def show_entry(self, meeting_id: uuid.UUID, entry: EntryView | None) -> None:
        """Show a point of this meeting, or begin a new one."""
        self._meeting, self._entry = meeting_id, entry
        self.title_field.set_value(entry.title if entry else "")
        self.minutes_field.set_value(entry.minutes if entry else None)
        presenter = (str(entry.presenter_id), entry.presenter) if entry and entry.presenter_id else ("", "")
        self.presenter_field.editor.set_person(*presenter)
        self.presenter_field.clear_error()
        self.materials_field.set_value(entry.materials if entry else "")
        self._offer_items(entry)
        self._offer_files()
        for line in list(self._lines):
            self._drop_line(line)
        for option in entry.options if entry else ():
            self._add_line(option)
        self.title_field.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _offer_items(self, entry: EntryView | None) -> None:
        found = agenda.page(self.desk.work, self.desk.unit_id, state="active", limit=100).rows
        items = {str(item.id): f"{item.number or ''} {item.title}".strip() for item in found if item.stage != "shared"}
        if entry and entry.item_id:
            items.setdefault(str(entry.item_id), f"{entry.item_number} {entry.item_title}".strip())
        current = str(entry.item_id) if entry and entry.item_id else ""
        self.item_field.editor.set_options([("", _("No item")), *items.items()])
        self.item_field.set_value(current)

    def _offer_files(self) -> None:
        """The files kept with the meeting that may be handed out; scans of its own papers are none."""
        found = enclosures.listed(self.desk.work, "meeting", self._meeting) if self._meeting else ()
        self._files = [one.title for one in found if one.paper == "other"]
        self.add_files.setVisible(bool(self._files))

    def _name_files(self) -> None:
        told = self.materials_field.value()
        more = [title for title in self._files if title not in told]
        self.materials_field.set_value("、".join([part for part in (told,) if part] + more))

    def _add_line(self, option: OptionView | None, *, focus: bool = False) -> None:
        line = OptionLine(option)
        line.removed.connect(lambda: self._take_out(line))
        self._lines.append(line)
        self.options_list.addWidget(line)
        self._letter()
        if focus:
            line.title.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_out(self, line: OptionLine) -> None:
        self._drop_line(line)
        self.add_option.setFocus(Qt.FocusReason.OtherFocusReason)

    def _drop_line(self, line: OptionLine) -> None:
        self._lines.remove(line)
        self.options_list.removeWidget(line)
        line.hide()
        line.deleteLater()
        self._letter()

    def _letter(self) -> None:
        for at, line in enumerate(self._lines):
            line.set_place(at)

    def keep(self) -> None:
        """Save the point, and its options if they are others than before."""
        presenter = self.presenter_field.editor
        if presenter.text().strip() and not presenter.person_id():
            self.presenter_field.set_error(_("Choose the person from the list, or enter them under People first."))
            presenter.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self.title_field.value():
            self.title_field.set_error(_("Write what is to be discussed."))
            self.title_field.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        elif run.act(self, self._save):
            self.done.emit()

    def _save(self) -> bool:
        work = self.desk.work
        presenter, item = self.presenter_field.editor.person_id(), self.item_field.value()
        values: dict[str, Any] = {
            "title": self.title_field.value(),
            "minutes_allotted": self.minutes_field.value() or None,
            "presenter_id": uuid.UUID(presenter) if presenter else None,
            "item_id": uuid.UUID(item) if item else None,
            "materials": self.materials_field.value() or None,
        }
        if self._entry is None:
            entry_id = meetings_agenda.add_entry(work, self._meeting, **values)
        else:
            entry_id = self._entry.id
            meetings_agenda.edit_entry(work, entry_id, **values)
        options = [(line.id, line.title.value(), line.text.value()) for line in self._lines]
        before = [(one.id, one.title, one.text) for one in self._entry.options] if self._entry else []
        if options != before:
            meetings_agenda.set_options(work, entry_id, options)
        return True

"""The dialog in which an item is raised or changed; every field says in plain words what belongs there."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QWidget

from deliberation_app.domain import calendar
from deliberation_app.domain.agenda import CHANNELS
from deliberation_app.language import _
from deliberation_app.services import agenda, people_find
from deliberation_app.services.agenda import ItemView
from deliberation_app.ui.agenda_words import civil
from deliberation_app.ui.item_people import PeopleEdit
from deliberation_app.ui.kit import forms, run
from deliberation_app.ui.kit.dates import DateEdit
from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.kit.editors import TextEdit
from deliberation_app.ui.kit.names import NameEdit
from deliberation_app.ui.kit.theme import px


class ItemDialog(QDialog):
    """Raises an item, or changes `view`; `kept` tells its id and title."""

    kept = Signal(str, str)

    def __init__(self, desk: Desk, parent: QWidget | None = None, view: ItemView | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.desk, self.view = desk, view
        forms.load("item_dialog", self)
        known = agenda.categories(desk.work, desk.unit_id)
        self.category.set_editor(NameEdit(lambda text: [(one, one, "") for one in known if text in one]))
        self.background.set_editor(TextEdit(rows=2))
        self.raised_by.set_editor(PeopleEdit(self._find))
        self.raised_on.set_editor(DateEdit(desk.today(), desk.today()))
        self.channel.editor.set_options([(key, _(channel.name)) for key, channel in CHANNELS.items()], "other")
        self._first_day: date | None = desk.today()
        self._say(view)
        if view is not None:
            self._fill(view)
        self.save.clicked.connect(run.slot(self, self._keep))
        self.leave.clicked.connect(self.reject)
        QShortcut(QKeySequence("Ctrl+Return"), self, activated=self.save.click)
        self._fit()
        self.title.setFocus(Qt.FocusReason.TabFocusReason)

    def _say(self, view: ItemView | None) -> None:
        words = _("Raise an item") if view is None else _("Change the item")
        self.setWindowTitle(words)
        self.head.setText(words)
        self.save.setText(_("Raise it") if view is None else _("Keep the changes"))

    def _fit(self) -> None:
        """As large as its content, never larger than the screen."""
        room = self.screen().availableGeometry()
        wanted = self.body.sizeHint().height() + self.foot.sizeHint().height()
        self.resize(min(px(720), room.width() - px(24)), min(wanted + px(40), room.height() - px(48)))

    def _find(self, text: str) -> list[tuple[str, str, str]]:
        found = people_find.find(self.desk.work, self.desk.unit_id, text)
        return [(str(one.id), one.name, one.hint) for one in found]

    def _fill(self, view: ItemView) -> None:
        item = view.item
        self.title.set_value(item.title)
        self.category.set_value(item.category)
        self.background.set_value(item.background)
        self.channel.set_value(item.channel)
        self.raised_by.set_value([(str(person.id), person.name) for person in view.raisers])
        self._first_day = civil(item.raised_at).date() if item.raised_at else None
        self.raised_on.set_value(self._first_day)
        self.vital.setChecked(bool(item.vital_interest))
        self.only_how.setChecked(item.votable is False)
        self.charges.setChecked(bool(item.charges))

    def _keep(self) -> None:
        self.error_line.hide()
        told = self._told()
        if told is None:
            return
        if self.view is None:
            key = agenda.raise_item(self.desk.work, self.desk.unit_id, **told)
        else:
            key = self.view.item.id
            agenda.edit(self.desk.work, key, **told)
        self.accept()
        self.kept.emit(str(key), told["title"])

    def _told(self) -> dict[str, Any] | None:
        """What the fields say; None where one of them asks for a correction."""
        if not self.title.value():
            self.title.set_error(_("Say in a few words what it is about"))
            self.title.setFocus()
            return None
        if self.raised_by.editor.waiting():
            self.raised_by.set_error(_("Take the name from the list that opens, or empty the line"))
            self.raised_by.setFocus()
            return None
        if self.raised_on.editor.text().strip() and self.raised_on.value() is None:
            self.raised_on.set_error(_("A day such as 10-20 or 2026-10-20"))
            self.raised_on.setFocus()
            return None
        told = {
            "title": self.title.value(), "category": self.category.value() or None,
            "background": self.background.value() or None, "channel": self.channel.value() or None,
            "raised_by": [uuid.UUID(key) for key in self.raised_by.value()],
            "votable": False if self.only_how.isChecked() else None, "vital_interest": self.vital.isChecked() or None,
            "charges": self.charges.isChecked() or None,
        }  # fmt: skip
        day = self.raised_on.value()
        if day != self._first_day:
            told["raised_at"] = calendar.instant(day) if day else None
        return told

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on to the next field; Ctrl Enter keeps it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextChild()
        else:
            super().keyPressEvent(event)

"""The line for words to a time mark: the moment is marked already, the words may follow or not."""

from __future__ import annotations

import uuid

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame

from deliberation_app.language import _
from deliberation_app.services import floor_marks
from deliberation_app.ui import console_words as words
from deliberation_app.ui.console_chair import Chair
from deliberation_app.ui.kit.buttons import Button
from deliberation_app.ui.kit.fields import LineEdit
from deliberation_app.ui.kit.labels import Label
from deliberation_app.ui.kit.panels import row


class MarkBar(QFrame):
    """Ctrl+M marks at once; Enter adds the words typed, Esc leaves the mark without words."""

    def __init__(self, chair: Chair) -> None:
        super().__init__()
        self.chair = chair
        self._mark: uuid.UUID | None = None
        self.setProperty("kind", "card")
        across = row(self, margins=(16, 6, 16, 6), spacing=10)
        self._when = Label("", "label")
        across.addWidget(self._when)
        self.text = LineEdit(placeholder=_("A few words to find it again, or Esc"))
        self.text.setAccessibleName(_("Words to the time mark"))
        self.text.setMaxLength(200)
        self.text.returnPressed.connect(self.keep)
        across.addWidget(self.text, 1)
        self.go = Button(_("Add the words"), cap="Enter", small=True)
        self.go.clicked.connect(self.keep)
        across.addWidget(self.go)
        self.hide()

    def mark(self) -> None:
        """Mark this moment, and ask for words."""
        at = words.second(self.chair.now())
        done = self.chair.do(self, _("Time marked: {time}").format(time=at), floor_marks.mark, self.chair.meeting_id)
        if done is not None:
            self._mark = done[0]
            self._when.setText(_("Time mark {time}").format(time=at))
            self.text.setText("")
            self.show()
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def keep(self) -> None:
        """The words belong to the mark."""
        said = self.text.text().strip()
        if said and self._mark is not None:
            told = _("Time mark: {words}").format(words=said)
            if self.chair.do(self, told, floor_marks.edit_mark, self._mark, said) is None:
                return
        self.done()

    def done(self) -> bool:
        """Put the line away; whether there was one."""
        shown = not self.isHidden()
        self.hide()
        if shown:
            self.chair.wanted.emit("back")
        return shown

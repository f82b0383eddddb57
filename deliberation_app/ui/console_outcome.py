"""The conclusion of an entry is written: common ground, differences, the resolution, and where the matter goes."""

from __future__ import annotations

import uuid

from PySide6.QtCore import Qt

from deliberation_app.domain.agenda import ROUTINGS
from deliberation_app.errors import AppError
from deliberation_app.language import _
from deliberation_app.services import floor_outcome
from deliberation_app.ui.console_chair import Chair
from deliberation_app.ui.kit import run
from deliberation_app.ui.kit.buttons import Button
from deliberation_app.ui.kit.editors import TextEdit
from deliberation_app.ui.kit.fields import Field
from deliberation_app.ui.kit.labels import Label
from deliberation_app.ui.kit.panels import Card, Scroll, column, row
from deliberation_app.ui.kit.states import ErrorLine
from deliberation_app.ui.kit.theme import px


class OutcomePanel(Card):
    """What stands in the record as the outcome; the resolution is drafted from the votes that were counted."""

    def __init__(self, chair: Chair) -> None:
        super().__init__()
        self.chair = chair
        self.entry: uuid.UUID | None = None
        box = column(self, margins=(0, 14, 0, 12), spacing=8)
        head = row(margins=(20, 0, 20, 0))
        self.title = Label(_("Conclusion"), "h3", wrap=True)
        head.addWidget(self.title, 1)
        box.addLayout(head)
        self.error = ErrorLine()
        self.error.hide()
        box.addWidget(self.error)
        inner = Card()
        inner.setProperty("kind", "")
        fields = column(inner, margins=(20, 0, 20, 0), spacing=8)
        self.resolution = Field(_("Resolution"), TextEdit(rows=4))
        self.routing = Field(_("Where it goes from here"), "combo")
        self.common = Field(_("Common ground"), TextEdit(rows=2))
        self.differences = Field(_("Differences"), TextEdit(rows=2))
        for field, rows in ((self.resolution, 4), (self.common, 2), (self.differences, 2)):
            field.editor.setFixedHeight(px(26 + 23 * rows))
        self.routing.editor.set_options([("", "—"), *((name, _(one.name)) for name, one in ROUTINGS.items())])
        for field in (self.resolution, self.routing, self.common, self.differences):
            fields.addWidget(field)
        fields.addStretch(1)
        box.addWidget(Scroll(inner), 1)
        acts = row(margins=(20, 0, 20, 0), spacing=8)
        self.go = Button(_("Put it on record"), cap="Ctrl+⏎", small=True)
        self.go.clicked.connect(self.write)
        self.cancel = Button(_("Back"), "quiet", cap="Esc", small=True)
        self.cancel.clicked.connect(lambda: chair.wanted.emit("line"))
        acts.addWidget(self.go)
        acts.addWidget(self.cancel)
        acts.addStretch(1)
        box.addLayout(acts)

    def show_error(self, error: AppError, again: object = None) -> None:
        """Say here what went wrong."""
        self.error.show_error(error, again)
        self.error.show()

    def prepare(self, entry: uuid.UUID) -> bool:
        """Show the conclusion of an entry; False where it could not be read."""
        self.error.hide()
        kept = run.act(self, floor_outcome.read, self.chair.work, entry)
        if kept is None:
            return False
        self.entry = entry
        self.title.setText(_("Conclusion: {title}").format(title=kept.title))
        self.resolution.set_value(kept.resolution)
        self.resolution.set_hint(_("drafted from the votes: read it before it goes on record") if kept.drafted else "")
        self.routing.set_value(kept.routing)
        self.common.set_value(kept.common)
        self.differences.set_value(kept.differences)
        self.resolution.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    def write(self) -> None:
        """Put it on record."""
        if self.entry is None:
            return
        self.error.hide()
        done = self.chair.do(
            self, _("The conclusion is on record"), floor_outcome.write, self.entry, common=self.common.value(),
            differences=self.differences.value(), resolution=self.resolution.value(), routing=self.routing.value(),
        )  # fmt: skip
        if done is not None:
            self.chair.wanted.emit("line")

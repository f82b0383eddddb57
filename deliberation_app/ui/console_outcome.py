"""The conclusion of an entry is written: common ground, differences, the resolution, and where the matter goes."""

from __future__ import annotations

import json
import uuid

from PySide6.QtCore import Qt

from deliberation_app.domain.agenda import ROUTINGS
from deliberation_app.errors import AppError
from deliberation_app.language import _
from deliberation_app.services import floor_outcome
from deliberation_app.services.floor_draft import Draft
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
        self._typing: bool | None = None
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
        self._fields = {"resolution": self.resolution, "routing": self.routing, "common": self.common,
                        "differences": self.differences}  # fmt: skip
        for field in self._fields.values():
            fields.addWidget(field)
            field.edited.connect(self._typed)
        chair.drafts.tell("conclusion", self._told)
        fields.addStretch(1)
        box.addWidget(Scroll(inner), 1)
        acts = row(margins=(20, 0, 20, 0), spacing=8)
        self.go = Button(_("Put it on record"), cap="Ctrl+⏎", small=True)
        self.go.clicked.connect(self.write)
        self.cancel = Button(_("Back"), "quiet", cap="Esc", small=True)
        self.cancel.clicked.connect(lambda: chair.wanted.emit("back"))
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
        self.entry, self._typing = entry, None
        self.title.setText(_("Conclusion: {title}").format(title=kept.title))
        self.resolution.set_hint(_("drafted from the votes: read it before it goes on record") if kept.drafted else "")
        typed = self._half_typed(entry)
        for name, field in self._fields.items():
            field.set_value(typed.get(name, getattr(kept, name)))
        self._typing = bool(typed)
        self.resolution.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    def _typed(self) -> None:
        if self._typing is not None:  # values that are shown are not typed
            self._typing = True
            self.chair.drafts.later()

    def _told(self) -> Draft:
        """What stands here and is not on record yet."""
        if not self._typing:
            return {} if self._typing is None else {"conclusion": ""}
        values = {name: str(field.value() or "") for name, field in self._fields.items()}
        return {"conclusion": json.dumps({"entry": str(self.entry), **values}, ensure_ascii=False)}

    def _half_typed(self, entry: uuid.UUID) -> dict[str, str]:
        """What somebody had typed for this entry when the panel or the program was closed."""
        text = self.chair.drafts.read().get("conclusion", "")
        try:
            found = json.loads(text) if text else {}
        except ValueError:
            return {}
        return found if isinstance(found, dict) and found.get("entry") == str(entry) else {}

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
            self._typing = False
            self.chair.drafts.keep()
            self.chair.wanted.emit("line")

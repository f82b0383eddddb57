"""The user's own fonts for papers: what was found on this computer, and which face of the papers each stands in for."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from deliberation_app.language import _, render
from deliberation_app.services import paper_fonts
from deliberation_app.services.paper_fonts import OwnFont
from deliberation_app.ui.kit import run
from deliberation_app.ui.kit.buttons import Button
from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.kit.fields import Field
from deliberation_app.ui.kit.labels import Label
from deliberation_app.ui.kit.panels import Card, column


class SettingsFonts(Card):
    """One choice a face; nothing is used that nobody chose."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._asked = False
        box = self.column()
        box.addWidget(Label(_("Fonts of the papers"), "h3"))
        box.addWidget(
            Label(_("The program brings its own fonts. Where this computer has {names}, papers can be printed in them; "
                    "rare names still find a font that has them.").format(names="、".join(paper_fonts.FACES.values())),
                  "hint", wrap=True)
        )  # fmt: skip
        self.state = Label(_("Looking for fonts …"), "label", wrap=True)
        box.addWidget(self.state)
        self.fields: dict[str, Field] = {}
        self._choices = column(spacing=12)
        box.addLayout(self._choices)
        self.refused = Label("", "hint", wrap=True)
        self.refused.hide()
        box.addWidget(self.refused)
        self.look_again = Button(_("Look for fonts again"), "link", icon="undo")
        self.look_again.clicked.connect(self._look)
        box.addWidget(self.look_again, 0, Qt.AlignmentFlag.AlignLeft)

    def showEvent(self, event: QShowEvent) -> None:
        """Look for fonts when somebody first looks here."""
        super().showEvent(event)
        if not self._asked:
            self._asked = True
            self._look()

    def _look(self) -> None:
        self.state.setText(_("Looking for fonts …"))
        self.state.show()
        run.beside(self, _("Looking for fonts …"), lambda _report: paper_fonts.found(), self.show_fonts)

    def show_fonts(self, found: tuple[OwnFont, ...]) -> None:
        """Offer what can be used; say why the rest cannot."""
        good = [one for one in found if one.refused is None]
        now = paper_fonts.chosen()
        for face in paper_fonts.FACES:
            options = [(str(one.file), one.name) for one in good if one.face == face]
            if not options or face in self.fields:
                continue
            field = Field(face, "combo")
            field.editor.set_options([("", _("As the program brings it")), *options], now.get(face, ""))
            field.edited.connect(lambda face=face, field=field: run.act(self, self._choose, face, field.value()))
            self.fields[face] = field
            self._choices.addWidget(field)
        self.state.setText(
            _("None of these fonts was found on this computer. Install one as other fonts are installed (a .ttf or "
              ".ttc file), then look again.")
        )  # fmt: skip
        self.state.setVisible(not self.fields)
        bad = [
            _("“{name}”: {reason}").format(name=one.name, reason=render(one.refused)) for one in found if one.refused
        ]
        self.refused.setText("\n".join(bad))
        self.refused.setVisible(bool(bad))

    def _choose(self, face: str, file: str) -> None:
        self.desk.settings.paper_fonts = paper_fonts.choose(face, file)
        self.desk.settings.save()
        self.desk.toast(_("Papers are printed so from now on"), undo=False)

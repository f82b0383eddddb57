"""Signing on the screen: one person after the other, a large field, and for single persons “on paper” instead."""

from __future__ import annotations

import uuid

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QWidget

from deliberation_app.language import _, ngettext_
from deliberation_app.services import people_find, signing
from deliberation_app.services.signing import SigningView
from deliberation_app.services.signing_paper import Place
from deliberation_app.ui.kit import run
from deliberation_app.ui.kit.buttons import Button
from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.kit.fields import Field
from deliberation_app.ui.kit.labels import Label
from deliberation_app.ui.kit.panels import column, row
from deliberation_app.ui.kit.states import ErrorLine
from deliberation_app.ui.kit.theme import px
from deliberation_app.ui.signing_pad import SignaturePad

# Logical height of the screen below which the field to sign in needs every line.
_LOW = 520


class SigningScreen(QDialog):
    """Asks for one signature after the other until every place is signed or passed over."""

    taken = Signal()

    def __init__(
        self, desk: Desk, meeting: uuid.UUID, supplement: uuid.UUID | None, start: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.desk, self._meeting, self._supplement = desk, meeting, supplement
        self._passed: set[int] = set()
        self._place: Place | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Sign on the screen"))
        room = self.screen().availableSize()
        self.resize(min(px(1100), room.width() - 48), min(px(640), room.height() - 64))
        low = room.height() < px(_LOW)
        box = column(self, margins=(20, 10, 20, 12) if low else (28, 22, 28, 22), spacing=8 if low else 14)
        self.error = ErrorLine(self)
        box.addWidget(self.error)
        self._make_head(box)
        self.pad = SignaturePad()
        box.addWidget(self.pad, 1)
        self._make_acts(box)
        self.ensurePolished()
        if self.layout().minimumSize().width() > room.width() - 48:
            self._go_without_caps()
        self.pad.changed.connect(self._tell)
        self._show(start)

    def _make_head(self, box) -> None:
        across = row(spacing=16)
        words = column(spacing=2)
        self.role = Label("", "title")
        self.far = Label("", "hint")
        words.addWidget(self.role)
        words.addWidget(self.far)
        across.addLayout(words, 1)
        self.name = Field(_("Who signs"), "name")
        self.name.editor.set_find(self._find)
        self.name.setMinimumWidth(px(220))
        across.addWidget(self.name)
        box.addLayout(across)
        self.what = Label("", "label", wrap=True)
        box.addWidget(self.what)

    def _make_acts(self, box) -> None:
        across = row(spacing=10)
        self.again = Button(_("Begin again"), icon="undo", cap="Del")
        self.again.clicked.connect(self.pad.clear)
        self.paper = Button(_("Signs on paper"), icon="print")
        self.paper.clicked.connect(run.slot(self, self._on_paper))
        self.later = Button(_("Pass over"), "quiet")
        self.later.clicked.connect(self._pass)
        self.leave = Button(_("Close"), "quiet", cap="Esc")
        self.leave.clicked.connect(self.reject)
        self.take = Button(_("Take this signature"), "primary", icon="check", cap="Enter")
        self.take.clicked.connect(run.slot(self, self._take))
        for button in (self.again, self.paper, self.later):
            button.setAutoDefault(False)
            across.addWidget(button)
        across.addStretch()
        across.addWidget(self.leave)
        across.addWidget(self.take)
        self.leave.setAutoDefault(False)
        self.take.setAutoDefault(False)
        box.addLayout(across)

    def _go_without_caps(self) -> None:
        """In a narrow window the buttons go without their keys and icons; those keys still work."""
        for button in (self.again, self.paper, self.later, self.leave, self.take):
            button.set_cap("")
            button.set_icon_name("")

    def _find(self, text: str) -> list[tuple[str, str, str]]:
        found = people_find.find(self.desk.work, self.desk.unit_id, text, meeting_id=self._meeting)
        return [(str(one.id), one.name, one.hint) for one in found]

    def _show(self, wanted: int | None = None) -> None:
        """The next open place, or the end."""
        view = signing.view(self.desk.work, self._meeting, self._supplement)
        left = [place for place in view.open if place.number not in self._passed]
        here = next((place for place in left if place.number == wanted), left[0] if left else None)
        if here is None:
            self.accept()
            return
        self._place = here
        self.pad.clear()
        self.error.hide()
        self.role.setText(here.role)
        self.name.set_value(here.expected)
        self.name.set_hint(_("Perhaps {names}").format(names="、".join(here.likely)) if here.likely else "")
        self._word(view, left)
        self._tell()
        (self.pad if here.expected else self.name.editor).setFocus(Qt.FocusReason.OtherFocusReason)

    def _word(self, view: SigningView, left: list[Place]) -> None:
        done = len(view.places) - len(view.open)
        self.far.setText(_("{done} of {all} places signed").format(done=done, all=len(view.places)))
        code = " ".join(view.content_sha256[at : at + 4] for at in range(0, 16, 4))
        others = ngettext_("{count} more person follows.", "{count} more persons follow.", len(left) - 1)
        self.what.setText(
            _("You sign: {title} · code {code}.").format(title=view.title, code=code)
            + (" " + others.format(count=len(left) - 1) if len(left) > 1 else "")
        )

    def _tell(self) -> None:
        self.take.setEnabled(not self.pad.is_empty())
        self.again.setEnabled(not self.pad.is_empty())

    def _take(self) -> None:
        if self._place is None or self.pad.is_empty():
            return
        signing.on_screen(
            self.desk.work, self._meeting, self._place.number, self.name.value(), self.pad.strokes(),
            supplement_id=self._supplement,
        )  # fmt: skip
        self.taken.emit()
        self._show()

    def _on_paper(self) -> None:
        if self._place is not None:
            names = {self._place.number: self.name.value()}
            signing.on_paper(self.desk.work, self._meeting, names, supplement_id=self._supplement)
            self.taken.emit()
            self._show()

    def _pass(self) -> None:
        if self._place is not None:
            self._passed.add(self._place.number)
            self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the signature, Del begins again."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.take.isEnabled():
                self.take.click()
        elif event.key() == Qt.Key.Key_Delete:
            self.pad.clear()
        elif event.key() == Qt.Key.Key_Z and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.pad.take_back()
        else:
            super().keyPressEvent(event)

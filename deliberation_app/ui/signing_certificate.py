"""Signing by certificate: the PKCS#12 file and its password, which is used once and kept nowhere."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QLineEdit, QVBoxLayout, QWidget

from deliberation_app.errors import AppError
from deliberation_app.language import _
from deliberation_app.services import signing
from deliberation_app.services.signing_paper import Place
from deliberation_app.ui.kit import run
from deliberation_app.ui.kit.buttons import Button
from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.kit.fields import Field, abreast
from deliberation_app.ui.kit.labels import Label
from deliberation_app.ui.kit.panels import Scroll, column, row
from deliberation_app.ui.kit.states import ErrorLine
from deliberation_app.ui.kit.theme import px


class SigningCertificate(QDialog):
    """One signature at one place."""

    taken = Signal()

    def __init__(
        self, desk: Desk, meeting: uuid.UUID, supplement: uuid.UUID | None, place: Place, name: str,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.desk, self._meeting, self._supplement, self._place = desk, meeting, supplement, place
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Sign by certificate"))
        self.setMinimumWidth(min(px(520), self.screen().availableSize().width() - 48))
        outer = column(self, spacing=0)
        self._inside = QWidget()
        box = column(self._inside, margins=(24, 20, 24, 20), spacing=14)
        self._area = Scroll(self._inside)
        outer.addWidget(self._area)
        self.error = ErrorLine()
        box.addWidget(self.error)
        box.addWidget(Label(_("{place}: sign by certificate").format(place=place.role), "h2"))
        box.addWidget(
            Label(
                _("The certificate seals the file: after it nobody can sign on the screen any more. So let those sign "
                  "first who do so with a pen."), "hint", wrap=True,
            )
        )  # fmt: skip
        self._make_fields(box, name)
        box.addStretch(1)
        acts = row(spacing=10)
        acts.addStretch()
        self.leave = Button(_("Cancel"), "quiet", cap="Esc")
        self.leave.setAutoDefault(False)
        self.leave.clicked.connect(self.reject)
        self.sign = Button(_("Sign"), "primary", icon="sign", cap="Enter")
        self.sign.setDefault(True)
        self.sign.clicked.connect(run.slot(self, self._sign))
        acts.addWidget(self.leave)
        acts.addWidget(self.sign)
        box.addLayout(acts)
        self.file.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self._fit()

    def show_error(self, error: AppError, again: Callable[[], object] | None = None) -> None:
        """The sentence above the fields, and room for it."""
        self.error.show_error(error, again)
        self._fit()
        self._area.verticalScrollBar().setValue(0)
        self.password.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fit(self) -> None:
        """As high as the words need at this width, as far as the screen goes."""
        wide = max(self.width(), self.minimumWidth(), self._inside.minimumSizeHint().width() + px(12))
        self._inside.layout().activate()
        needed = max(self._inside.layout().totalHeightForWidth(wide - px(12)), 0)
        self.resize(wide, min(needed + 2, self.screen().availableSize().height() - 64))

    def _make_fields(self, box: QVBoxLayout, name: str) -> None:
        self.name = Field(_("Who signs"), "line")
        self.name.set_value(name)
        self.name.set_hint(_("Empty: the name in the certificate"))
        box.addWidget(self.name)
        across = row(spacing=8)
        self.file = Field(_("Certificate file (.p12, .pfx)"), "line")
        self.choose = Button(_("Choose …"))
        self.choose.setAutoDefault(False)
        self.choose.clicked.connect(self._ask_file)
        across.addWidget(self.file, 1)
        across.addLayout(abreast(self.choose))
        box.addLayout(across)
        self.password = Field(_("Password of the file"), "line")
        self.password.editor.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.set_hint(_("It is used once and kept nowhere."))
        box.addWidget(self.password)

    def _ask_file(self) -> None:
        kinds = _("Certificates (*.p12 *.pfx)")
        chosen, _filter = QFileDialog.getOpenFileName(self, _("Certificate file (.p12, .pfx)"), "", kinds)
        if chosen:
            self.file.set_value(chosen)
            self.password.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _sign(self) -> None:
        self.error.hide()
        self._fit()
        if not self.file.value():
            self.file.set_error(_("Choose the certificate file."))
            self._fit()
            return
        self.file.clear_error()
        password = self.password.value()
        self.password.set_value("")
        signing.by_certificate(
            self.desk.work, self._meeting, self._place.number, Path(self.file.value()), password,
            name=self.name.value(), supplement_id=self._supplement,
        )  # fmt: skip
        self.taken.emit()
        self.accept()

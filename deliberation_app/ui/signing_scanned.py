"""The scan of a paper that was signed by hand: dropped or chosen, checked by its code, kept; doubt needs a reason."""

from __future__ import annotations

import uuid
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QSizePolicy, QWidget

from deliberation_app.language import _, render
from deliberation_app.services import signing_scan
from deliberation_app.services.signing import SigningView
from deliberation_app.ui.kit import run
from deliberation_app.ui.kit.buttons import Button
from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.kit.fields import Field
from deliberation_app.ui.kit.icons import IconLabel
from deliberation_app.ui.kit.labels import Label
from deliberation_app.ui.kit.panels import column, line, row

KINDS = ("*.pdf", "*.jpg", "*.jpeg", "*.png", "*.tif", "*.tiff")


class ScanPart(QWidget):
    """There while somebody signed on paper."""

    kept = Signal()
    resized = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._meeting: uuid.UUID | None = None
        self._supplement: uuid.UUID | None = None
        self._files: list[Path] = []
        self._waiting = False
        inner = column(self, spacing=8)
        inner.addWidget(line())
        inner.addWidget(Label(_("Scan of the signed paper"), "h3"))
        self.words = Label("", "hint", wrap=True)
        inner.addWidget(self.words)
        self.doubt = QWidget()
        self._make_doubt()
        inner.addWidget(self.doubt)
        self.attach = Button(_("Attach the scan …"), icon="add")
        self.attach.clicked.connect(self._ask)
        for button in (self.attach, self.accept):
            widen(button)
        inner.addWidget(self.attach)
        self.doubt.hide()

    def _make_doubt(self) -> None:
        doubted = column(self.doubt, spacing=8)
        across = row(spacing=10)
        across.addWidget(IconLabel("late_fill", "warn", 18), 0, Qt.AlignmentFlag.AlignTop)
        self.doubt_words = Label("", "label", wrap=True)
        across.addWidget(self.doubt_words, 1)
        doubted.addLayout(across)
        self.reason = Field(_("Compared by eye; why"), "line")
        doubted.addWidget(self.reason)
        self.accept = Button(_("It is the same paper"), icon="check")
        self.accept.clicked.connect(lambda: run.act(self, self._keep, self.reason.value()))
        doubted.addWidget(self.accept)

    def show_paper(self, meeting: uuid.UUID, supplement: uuid.UUID | None, view: SigningView) -> None:
        """How the scans of this paper stand."""
        if (meeting, supplement) != (self._meeting, self._supplement):
            self._doubt(None)
        self._meeting, self._supplement = meeting, supplement
        on_paper = [one for one in view.given.values() if one.way == "paper"]
        waiting = [one for one in on_paper if not one.scanned]
        self.setVisible(bool(on_paper))
        self.attach.setVisible(bool(waiting))
        self._waiting = bool(waiting)
        self._tell()
        if not waiting:
            self._doubt(None)

    def _tell(self) -> None:
        self.words.setText(
            _("Drop the scan here, or choose it: PDF, JPEG, PNG or TIFF. Its printed code tells whether it is this "
              "very version.") if self._waiting else _("The scan is kept with the paper.")
        )  # fmt: skip

    def waits(self) -> bool:
        """Whether a scan is to be attached."""
        return self.attach.isVisible()

    def _ask(self) -> None:
        kinds = _("Scans ({kinds})").format(kinds=" ".join(KINDS))
        chosen, _filter = QFileDialog.getOpenFileNames(self, _("Scan of the signed paper"), "", kinds)
        self.take([Path(one) for one in chosen])

    def take(self, files: list[Path]) -> None:
        """Check these files beside the window, and keep them when they are the signed paper."""
        if not files:
            return
        self._files = files
        self._doubt(None)
        work, meeting, supplement = self.desk.work, self._meeting, self._supplement
        self.words.setText(_("Reading the scan"))
        self.attach.setEnabled(False)
        worker = run.beside(
            self, _("Reading the scan"), lambda _report: signing_scan.check(work, meeting, files, supplement),
            self._checked,
        )  # fmt: skip
        worker.finished.connect(self._read)

    def _read(self) -> None:
        self.attach.setEnabled(True)
        self._tell()

    def _checked(self, seen: signing_scan.ScanView) -> None:
        if seen.doubt is not None:
            self._doubt(render(seen.doubt))
        else:
            run.act(self, self._keep, "")

    def _doubt(self, sentence: str | None) -> None:
        self.doubt.setVisible(sentence is not None)
        self.doubt_words.setText(sentence or "")
        self.reason.set_value("")
        self.resized.emit()
        if sentence is not None:
            self.reason.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _keep(self, reason: str) -> None:
        signing_scan.attach(self.desk.work, self._meeting, self._files, reason=reason, supplement_id=self._supplement)
        self.desk.toast(_("The scan is kept with the paper"), undo=False)
        self.kept.emit()


def widen(button: Button) -> None:
    """As wide as the panel."""
    button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

"""Is this paper the one that was kept? Asked of a PDF, or of the code on a sheet, and answered in one sentence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QWidget

from deliberation_app.errors import N_
from deliberation_app.language import _
from deliberation_app.services import papers_made, papers_scanned
from deliberation_app.services.papers_proof import Verified
from deliberation_app.ui.kit import forms, run
from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.kit.fields import abreast
from deliberation_app.ui.kit.marks import Disc
from deliberation_app.ui.kit.panels import column
from deliberation_app.ui.kit.theme import px

_ENDINGS = "*.pdf *.PDF *.png *.jpg *.jpeg *.tif *.tiff"
# Icon, tone, the sentence, what to do: of a file, and of the digits alone.
Answer = tuple[str, str, str, str]
FILES: dict[str, Answer] = {
    "kept": ("done", "ok", N_("This is the kept paper itself."), N_("Nothing is to be done: it can be relied on.")),
    "content": ("done", "ok", N_("It says word for word what is kept here."),
                N_("It is another print or copy of the same version and can be relied on.")),
    "older": ("late_fill", "warn", N_("This is an older version."),
              N_("The paper was changed since. Use the version of now, and take the old one back where it hangs.")),
    "scan": ("late_fill", "warn", N_("A scan with the code of a paper that is kept here."),
             N_("Anybody can copy a code: hold the scan against the paper that is kept.")),
    "unknown": ("failed", "bad", N_("This paper is not known here."),
                N_("It was not printed by this program on this computer, or it was altered. Do not rely on it; ask "
                   "where it comes from.")),
    "forged": ("failed", "bad", N_("The code is genuine, but the words are not those of that paper."),
               N_("Somebody changed the paper or put its code on another one. Keep it, and hold it against the paper "
                  "as it is.")),
}  # fmt: skip
_WITH_CTRL = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
# A paper as PDF, or a picture of one.
SCANS = "*.pdf *.jpg *.jpeg *.png *.tif *.tiff"
CODES: dict[str, Answer] = {
    "kept": ("done", "ok", N_("This code belongs to the signed and locked version."),
             N_("Anybody can copy a code: hold the sheet against the paper that is kept.")),
    "content": ("done", "ok", N_("This code belongs to the version of now."),
                N_("Anybody can copy a code: hold the sheet against the paper as it is now.")),
    "older": FILES["older"],
    "unknown": ("failed", "bad", N_("This code is not known here."),
                N_("Read it once more, group by group. If it is right, the paper was not printed by this program on "
                   "this computer: do not rely on it.")),
}  # fmt: skip


class VerifyPage(QWidget):
    """Drop a PDF or a scan, choose one, scan or type a code; the answer stands below in large words."""

    inner = True
    lit = "minutes"

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        forms.load("verify_page", self)
        self.header.set_title(_("Check a paper"))
        self.header.set_context(_("Whether a paper is the version that is kept, an older one, or unknown"))
        self.setAcceptDrops(True)
        self._verified: Verified | None = None
        self._disc = Disc("", "", "note", 56)
        column(self.answer_icon).addWidget(self._disc)
        self.answer_card.hide()
        self.code_row.removeWidget(self.look_up)
        self.code_row.addLayout(abreast(self.look_up))
        for stack in (self.drop_column, self.code_column):
            stack.addStretch(1)
        self.body.setStretch(self.body.count() - 1, 1)
        self.digits.editor.setPlaceholderText("7d3a 51c2 0e9f b846")
        self.digits.editor.setAccessibleName(_("The 16 digits and letters of the code"))
        self.header.back.connect(self.desk.back)
        self.choose.clicked.connect(self._choose)
        self.look_up.clicked.connect(run.slot(self, self._look_up))
        self.digits.editor.returnPressed.connect(self.look_up.click)
        self.digits.editor.textChanged.connect(self._typed)
        self.show_paper.clicked.connect(self._open)

    def shown(self, **where: Any) -> None:
        """A fresh page; shown(file=…) asks at once."""
        if where.get("file"):
            self.look_at(Path(str(where["file"])))
        self.digits.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Nothing of it stands in the records until it is asked."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The two ways stand below each other where it is narrow."""
        super().resizeEvent(event)
        beside = self.width() >= px(760)
        self.ways.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back; what a scanner types goes into the field, wherever the focus is."""
        typed = event.text()
        if event.key() == Qt.Key.Key_Escape:
            self.desk.back()
        elif typed.isprintable() and typed.strip() and not event.modifiers() & _WITH_CTRL:
            self.digits.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            self.digits.editor.setText(typed)
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files are taken."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Look at the file that was dropped."""
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            event.acceptProposedAction()
            self.look_at(Path(files[0]))

    def _choose(self) -> None:
        chosen, _filter = QFileDialog.getOpenFileName(self, _("Choose a PDF"), str(Path.home()), SCANS)
        if chosen:
            self.look_at(Path(chosen))

    def look_at(self, file: Path) -> None:
        """Ask of a file, beside the window: every word of it is compared."""
        self.error_line.hide()
        self.answer_card.hide()
        work = self.desk.work
        run.beside(
            self, _("Reading the paper"), lambda _report: papers_scanned.verify(work, file),
            lambda found: self._answer(found, FILES["forged" if _forged(found) else found.answer], file.name),
        )  # fmt: skip

    def _typed(self, text: str) -> None:
        """A scanner that sends no Enter is answered too; typing on hides the answer to something else."""
        self.answer_card.hide()
        if papers_made.digits_in(text) and len(text) > papers_made.DIGITS + 3:
            run.act(self, self._look_up, stay=True)

    def _look_up(self, *, stay: bool = False) -> None:
        """Answer; the focus stays where a scanner still types its Enter."""
        self.error_line.hide()
        digits = papers_made.digits_in(self.digits.value())
        found = papers_made.verify_digits(self.desk.work, digits)
        groups = " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))
        self._answer(found, CODES[found.answer], groups, stay=stay)

    def _answer(self, found: Verified, answer: Answer, source: str, *, stay: bool = False) -> None:
        icon, tone, sentence, hint = answer
        self._verified = found
        self._disc.show_as("", tone, icon)
        self.answer_head.setText(_(sentence))
        self.answer_title.setText(" · ".join(part for part in (found.title, source) if part))
        self.answer_hint.setText(_(hint))
        self.show_paper.setVisible(found.asked is not None)
        self.answer_card.setAccessibleName(f"{_(sentence)} {_(hint)}")
        self.answer_card.show()
        if found.asked is not None and not stay:
            self.show_paper.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self) -> None:
        told = dict(self._verified.asked or {})
        if told.get("paper") == "record":
            self.desk.navigate("record", id=told["meeting"])
        else:
            self.desk.navigate("paper", **told)


def _forged(found: Verified) -> bool:
    return found.answer == "unknown" and bool(found.title)

"""The panel beside the paper: who has signed where and how, the scan, what is missing, and the lock."""

from __future__ import annotations

import uuid
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QSizePolicy, QVBoxLayout, QWidget

from deliberation_app.domain.minutes import Finding
from deliberation_app.language import _, render
from deliberation_app.services import signing, signing_scan
from deliberation_app.services.signing import Given, SigningView
from deliberation_app.services.signing_paper import Place
from deliberation_app.settings import DISPLAY_ZONE
from deliberation_app.ui.kit import run
from deliberation_app.ui.kit.buttons import Button
from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.kit.fields import Field
from deliberation_app.ui.kit.icons import IconLabel
from deliberation_app.ui.kit.labels import Label
from deliberation_app.ui.kit.lists import Row, RowList
from deliberation_app.ui.kit.panels import Scroll, column, empty, line, row
from deliberation_app.ui.preview_room import stretch
from deliberation_app.ui.signing_certificate import SigningCertificate
from deliberation_app.ui.signing_screen import SigningScreen

_ICONS = {"paper": "print", "screen": "sign", "certificate": "lock"}
KINDS = ("*.pdf", "*.jpg", "*.jpeg", "*.png", "*.tif", "*.tiff")


class SigningPanel(QWidget):
    """Three ways to sign each place, the scan of what was signed by hand, reasons for what is missing, the lock."""

    closed = Signal()
    locked = Signal()
    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None, *, leave: str = "") -> None:
        super().__init__(parent)
        self.desk = desk
        self._meeting: uuid.UUID | None = None
        self._supplement: uuid.UUID | None = None
        self.view: SigningView | None = None
        self.reasons: dict[str, Field] = {}
        self._files: list[Path] = []
        self.setAcceptDrops(True)
        outer = column(self, spacing=0)
        self.middle, self.inside = Scroll(), QWidget()
        self.inside.setProperty("ground", "none")
        box = column(self.inside, margins=(20, 20, 20, 12), spacing=12)
        box.addWidget(Label(_("Sign"), "h3"))
        box.addWidget(
            Label(_("Each person signs in the way that suits: on paper, on the screen or by certificate. Then the "
                    "paper is locked with its checksum and never changes again."), "hint", wrap=True)
        )  # fmt: skip
        self._make_places(box)
        self._make_scan(box)
        self.findings = column(spacing=12)
        box.addLayout(self.findings)
        box.addStretch(1)
        self.middle.setWidget(self.inside)
        outer.addWidget(self.middle, 1)
        self._make_foot(outer, leave or _("Back to printing"))
        self._stretch = QTimer(self, singleShot=True, interval=0, timeout=lambda: stretch(self.middle, self.inside))

    def _make_places(self, box: QVBoxLayout) -> None:
        self.name = Field(_("Who signs"), "line")
        self.signed_words = Label("", "label", wrap=True)
        self.screen_button = Button(_("Sign on the screen"), "primary", icon="sign", small=True)
        self.screen_button.clicked.connect(lambda: self._open(self.places.current_id()))
        self.paper_button = Button(_("Signed on paper"), icon="print", small=True)
        self.paper_button.clicked.connect(lambda: run.act(self, self._on_paper))
        self.certificate_button = Button(_("By certificate …"), icon="lock", small=True)
        self.certificate_button.clicked.connect(self._by_certificate)
        self.all_paper = Button(_("Everybody else on paper"), "quiet", small=True)
        self.all_paper.clicked.connect(lambda: run.act(self, self._all_on_paper))
        self.out = Button(_("Take this signature out"), icon="undo", small=True)
        self.out.clicked.connect(lambda: run.act(self, self._take_out))
        acts = (self.screen_button, self.paper_button, self.certificate_button, self.all_paper, self.out)
        for widget in (self.name, self.signed_words, *acts):
            box.addWidget(widget)
        for button in acts:
            widen(button)
        self.places = RowList(height=48, name=_("Places to sign"))
        self.places.picked.connect(lambda _key: self._tell_place())
        self.places.opened.connect(self._open)
        box.addWidget(self.places)

    def _make_scan(self, box: QVBoxLayout) -> None:
        self.scan = QWidget()
        inner = column(self.scan, spacing=8)
        inner.addWidget(line())
        inner.addWidget(Label(_("Scan of the signed paper"), "h3"))
        self.scan_words = Label("", "hint", wrap=True)
        inner.addWidget(self.scan_words)
        self.doubt = QWidget()
        doubted = column(self.doubt, spacing=8)
        across = row(spacing=10)
        across.addWidget(IconLabel("late_fill", "warn", 18), 0, Qt.AlignmentFlag.AlignTop)
        self.doubt_words = Label("", "label", wrap=True)
        across.addWidget(self.doubt_words, 1)
        doubted.addLayout(across)
        self.doubt_reason = Field(_("Compared by eye; why"), "line")
        doubted.addWidget(self.doubt_reason)
        self.accept_scan = Button(_("It is the same paper"), icon="check")
        self.accept_scan.clicked.connect(lambda: run.act(self, self._accept))
        doubted.addWidget(self.accept_scan)
        inner.addWidget(self.doubt)
        self.attach = Button(_("Attach the scan …"), icon="add")
        self.attach.clicked.connect(self._ask_scan)
        for button in (self.attach, self.accept_scan):
            widen(button)
        inner.addWidget(self.attach)
        box.addWidget(self.scan)
        self.doubt.hide()

    def _make_foot(self, outer: QVBoxLayout, leave: str) -> None:
        foot = column(margins=(20, 12, 20, 20), spacing=8)
        self.lock = Button(_("Lock the paper"), "primary", icon="lock")
        self.lock.clicked.connect(lambda: run.act(self, self._lock))
        self.done = Button(leave, "quiet", cap="Esc")
        self.done.clicked.connect(self.closed)
        for button in (self.lock, self.done):
            widen(button)
            foot.addWidget(button)
        outer.addLayout(foot)

    def show_paper(self, meeting: uuid.UUID, supplement: uuid.UUID | None = None) -> None:
        """Show where this paper stands; what was typed stays for the same paper."""
        if (meeting, supplement) != (self._meeting, self._supplement):
            self.reasons = {}
            self._doubt(None)
        self._meeting, self._supplement = meeting, supplement
        chosen = self.places.current_id()
        self.view = view = signing.view(self.desk.work, meeting, supplement)
        self.places.fill([self._row(place, view.given.get(place.number)) for place in view.places])
        self.places.fit()
        open_ = [str(place.number) for place in view.open]
        self.places.choose(chosen if chosen in open_ or not open_ else open_[0])
        self._tell_place()
        self._tell_scan(view)
        self._tell_findings(view)
        self.lock.setEnabled(not view.locked)
        # One thing to do next stands out: signing while places are open, locking after that.
        self.lock.set_kind("normal" if view.open else "primary")
        self._stretch.start()

    def _row(self, place: Place, given: Given | None) -> Row:
        key = str(place.number)
        if given is None:
            return Row(key, place.role, place.expected or _("name not known"), icon="to_do", tone="text3")
        tone = "warn" if given.way == "paper" and not given.scanned else "ok"
        hint = f"{given.name} · {_(signing.WAYS[given.way])}"
        return Row(key, place.role, hint, icon=_ICONS[given.way], tone=tone)

    def _chosen(self) -> Place | None:
        key = self.places.current_id()
        return next((one for one in self.view.places if str(one.number) == key), None) if self.view else None

    def _tell_place(self) -> None:
        place = self._chosen()
        free = place is not None and self.view is not None and place in self.view.open and not self.view.locked
        for widget in (self.name, self.screen_button, self.paper_button, self.certificate_button):
            widget.setVisible(free)
        self.all_paper.setVisible(free and len(self.view.open) > 1)
        given = self.view.given.get(place.number) if place is not None and self.view is not None else None
        self.signed_words.setVisible(given is not None)
        self.out.setVisible(given is not None and not self.view.locked)
        if free:
            self.name.set_label(_("Who signs as “{place}”").format(place=place.role))
            self.name.set_value(place.expected)
        elif given is not None:
            self.signed_words.setText(self._told(place, given))
        self._stretch.start()

    @staticmethod
    def _told(place: Place, given: Given) -> str:
        """Everything that is known of a signature."""
        at = given.at.astimezone(DISPLAY_ZONE)
        scanned = _("scan attached") if given.scanned else _("scan is missing")
        parts = [
            place.role, given.name, _(signing.WAYS[given.way]), f"{at:%Y-%m-%d %H:%M}",
            scanned if given.way == "paper" else "", given.subject, given.reason,
        ]  # fmt: skip
        return " · ".join(part for part in parts if part)

    def _tell_scan(self, view: SigningView) -> None:
        on_paper = [one for one in view.given.values() if one.way == "paper"]
        waiting = [one for one in on_paper if not one.scanned]
        self.scan.setVisible(bool(on_paper))
        self.attach.setVisible(bool(waiting))
        self.scan_words.setText(
            _("Drop the scan here, or choose it: PDF, JPEG, PNG or TIFF. Its printed code tells whether it is this "
              "very version.") if waiting else _("The scan is kept with the paper.")
        )  # fmt: skip
        if not waiting:
            self._doubt(None)

    def _tell_findings(self, view: SigningView) -> None:
        typed = {place: field.value() for place, field in self.reasons.items()}
        empty(self.findings)
        self.reasons = {}
        amber = [finding.place for finding in view.findings if finding.level == "amber"]
        for at, finding in enumerate(view.findings):
            self._say(finding)
            later = {other.place for other in view.findings[at + 1 :] if other.level == "amber"}
            if finding.place in amber and finding.level == "amber" and finding.place not in later:
                field = Field(_("Why it is missing"), "line")
                field.set_value(typed.get(finding.place, ""))
                self.reasons[finding.place] = field
                self.findings.addWidget(field)

    def _say(self, finding: Finding) -> None:
        red = finding.level == "red"
        across = row(spacing=10)
        icon = IconLabel("failed" if red else "late_fill", "bad" if red else "warn", 18)
        across.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        across.addWidget(Label(render(finding.sentence), "label", wrap=True), 1)
        self.findings.addLayout(across)

    def _again(self) -> None:
        if self._meeting is not None:
            self.show_paper(self._meeting, self._supplement)
        self.changed.emit()

    def _open(self, key: str) -> None:
        """Let the persons sign on the screen, beginning with this place."""
        if self.view is None or not any(str(place.number) == key for place in self.view.open):
            return
        dialog = SigningScreen(self.desk, self._meeting, self._supplement, int(key), self.window())
        dialog.taken.connect(self._again)
        dialog.open()

    def _on_paper(self) -> None:
        place = self._chosen()
        if place is not None:
            names = {place.number: self.name.value()}
            signing.on_paper(self.desk.work, self._meeting, names, supplement_id=self._supplement)
            self._again()

    def _all_on_paper(self) -> None:
        chosen = self._chosen()
        names = {place.number: place.expected for place in self.view.open if place.expected}
        if chosen is not None and self.name.value():
            names[chosen.number] = self.name.value()
        signing.on_paper(self.desk.work, self._meeting, names, supplement_id=self._supplement)
        self._again()

    def _by_certificate(self) -> None:
        place = self._chosen()
        if place is not None:
            dialog = SigningCertificate(
                self.desk, self._meeting, self._supplement, place, self.name.value(), self.window()
            )  # fmt: skip
            dialog.taken.connect(self._again)
            dialog.open()

    def _take_out(self) -> None:
        key = self.places.current_id()
        given = self.view.given.get(int(key)) if self.view is not None and key else None
        if given is not None:
            signing.drop(self.desk.work, self._meeting, given.id)
            self._again()

    def _ask_scan(self) -> None:
        kinds = _("Scans ({kinds})").format(kinds=" ".join(KINDS))
        chosen, _filter = QFileDialog.getOpenFileNames(self, _("Scan of the signed paper"), "", kinds)
        self.take_scan([Path(one) for one in chosen])

    def take_scan(self, files: list[Path]) -> None:
        """Check these files beside the window, and keep them when they are the signed paper."""
        if not files:
            return
        self._files = files
        work, meeting, supplement = self.desk.work, self._meeting, self._supplement
        run.beside(self, _("Reading the scan"),
                   lambda _report: signing_scan.check(work, meeting, files, supplement), self._checked)  # fmt: skip

    def _checked(self, seen: signing_scan.ScanView) -> None:
        if seen.doubt is not None:
            self._doubt(render(seen.doubt))
        else:
            run.act(self, self._keep, "")

    def _doubt(self, sentence: str | None) -> None:
        self.doubt.setVisible(sentence is not None)
        self.doubt_words.setText(sentence or "")
        self.doubt_reason.set_value("")
        self._stretch.start()
        if sentence is not None:
            self.doubt_reason.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _accept(self) -> None:
        self._keep(self.doubt_reason.value())

    def _keep(self, reason: str) -> None:
        signing_scan.attach(self.desk.work, self._meeting, self._files, reason=reason, supplement_id=self._supplement)
        self.desk.toast(_("The scan is kept with the paper"), undo=False)
        self._again()

    def _lock(self) -> None:
        reasons = {place: field.value() for place, field in self.reasons.items() if field.value()}
        signing.lock(self.desk.work, self._meeting, reasons=reasons, supplement_id=self._supplement)
        self.desk.toast(_("Signed and locked"), undo=False)
        self.locked.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other widths break sentences elsewhere."""
        super().resizeEvent(event)
        self._stretch.start()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Scans may be dropped once somebody signed on paper."""
        if self.attach.isVisible() and any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take in what was dropped."""
        self.take_scan([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])
        event.acceptProposedAction()


def widen(button: Button) -> None:
    """As wide as the panel."""
    button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

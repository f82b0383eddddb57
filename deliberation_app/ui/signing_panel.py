"""The panel beside the paper: who has signed where and how, the scan, what is missing, and the lock."""

from __future__ import annotations

import uuid
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from deliberation_app.domain.minutes import Finding
from deliberation_app.language import _, ngettext_, render
from deliberation_app.services import people_find, signing
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
from deliberation_app.ui.kit.theme import px
from deliberation_app.ui.preview_room import Pinned, stretch
from deliberation_app.ui.signing_certificate import SigningCertificate
from deliberation_app.ui.signing_scanned import ScanPart, widen
from deliberation_app.ui.signing_screen import SigningScreen

_ICONS = {"paper": "print", "screen": "sign", "certificate": "lock"}
# From this height on the acts stay below while the list scrolls above; below the two lines of words, where not.
_TALL, _BELOW_WORDS = 520, 2


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
        self._waiting: tuple[uuid.UUID, uuid.UUID | None, SigningView | None] | None = None
        self.reasons: dict[str, Field] = {}
        self._found: list[tuple[str, str, str]] | None = None
        self.setAcceptDrops(True)
        self._stretch = QTimer(self, singleShot=True, interval=0, timeout=lambda: stretch(self.middle, self.inside))
        outer = column(self, spacing=0)
        self.middle, self.inside = Scroll(), QWidget()
        self.inside.setProperty("ground", "none")
        box = column(self.inside, margins=(20, 20, 20, 12), spacing=12)
        across = row(spacing=10)
        across.addWidget(Label(_("Sign"), "h3"))
        across.addStretch()
        self.far = Label("", "label")
        across.addWidget(self.far)
        box.addLayout(across)
        self.about = Label(
            _("Each person signs in the way that suits: on paper, on the screen or by certificate. Then the paper is "
              "locked with its checksum and never changes again."), "hint", wrap=True
        )  # fmt: skip
        box.addWidget(self.about)
        self._make_places(box)
        self.scan = ScanPart(desk)
        self.scan.kept.connect(self._again)
        self.scan.resized.connect(self._stretch.start)
        box.addWidget(self.scan)
        self.findings = column(spacing=12)
        box.addLayout(self.findings)
        box.addStretch(1)
        self.middle.setWidget(self.inside)
        outer.addWidget(self.middle, 1)
        self._make_foot(outer, leave or _("Back"))
        self._pinned = (Pinned(self.acts, outer, 1, box, _BELOW_WORDS), Pinned(self.foot, outer, 2, box, box.count()))

    def _make_places(self, box: QVBoxLayout) -> None:
        self._make_acts()
        box.addWidget(self.acts)
        self.all_paper = Button(_("Everybody else on paper"), "link", icon="print")
        self.all_paper.clicked.connect(lambda: run.act(self, self._all_on_paper))
        box.addWidget(self.all_paper, 0, Qt.AlignmentFlag.AlignLeft)
        self.places = RowList(height=56, name=_("Places to sign"))
        self.places.picked.connect(lambda _key: self._tell_place())
        self.places.opened.connect(self._open)
        box.addWidget(self.places)

    def _make_acts(self) -> None:
        """What can be done at the chosen place; it stays in sight while the list scrolls."""
        self.acts = QWidget()
        self.acts.setProperty("ground", "none")
        box = column(self.acts, spacing=8)
        self.acts_line = line()
        box.addWidget(self.acts_line)
        self.name = Field(_("Who signs"), "name")
        self.name.editor.set_find(self._find)
        self.signed_words = Label("", "label", wrap=True)
        self.screen_button = Button(_("Sign on the screen"), "primary", icon="sign", small=True)
        self.screen_button.clicked.connect(lambda: self._open(self.places.current_id()))
        self.paper_button = Button(_("On paper"), icon="print", small=True)
        self.paper_button.setToolTip(_("This place was signed, or will be, on the printed paper"))
        self.paper_button.clicked.connect(lambda: run.act(self, self._on_paper))
        self.certificate_button = Button(_("Certificate …"), icon="lock", small=True)
        self.certificate_button.clicked.connect(self._by_certificate)
        self.out = Button(_("Take this signature out"), icon="undo", small=True)
        self.out.clicked.connect(lambda: run.act(self, self._take_out))
        for widget in (self.name, self.signed_words, self.screen_button):
            box.addWidget(widget)
        others = row(spacing=8)
        others.addWidget(self.paper_button)
        others.addWidget(self.certificate_button)
        box.addLayout(others)
        box.addWidget(self.out)
        for button in (self.screen_button, self.paper_button, self.certificate_button, self.out):
            widen(button)

    def _find(self, text: str) -> list[tuple[str, str, str]]:
        found = people_find.find(self.desk.work, self.desk.unit_id, text, meeting_id=self._meeting)
        return [(str(one.id), one.name, one.hint) for one in found]

    def _make_foot(self, outer: QVBoxLayout, leave: str) -> None:
        self.foot = QWidget()
        self.foot.setProperty("ground", "none")
        across = row(self.foot, spacing=8)
        self.lock = Button(_("Lock the paper"), "primary", icon="lock")
        self.lock.clicked.connect(lambda: run.act(self, self._lock))
        self.done = Button(leave, "quiet", cap="Esc")
        self.done.clicked.connect(self.closed)
        widen(self.lock)
        across.addWidget(self.lock, 1)
        across.addWidget(self.done)
        outer.addWidget(self.foot)

    def show_paper(
        self, meeting: uuid.UUID, supplement: uuid.UUID | None = None, view: SigningView | None = None
    ) -> None:
        """Show where this paper stands, read beforehand where that takes long; what was typed stays for the same paper.

        Nothing is done before somebody looks.
        """
        self._waiting = (meeting, supplement, view)
        if self.isVisible():
            self._show()

    def showEvent(self, event: QShowEvent) -> None:
        """Somebody looks."""
        super().showEvent(event)
        self._show()

    def _show(self) -> None:
        if self._waiting is None:
            return
        (meeting, supplement, view), self._waiting = self._waiting, None
        if (meeting, supplement) != (self._meeting, self._supplement):
            self.reasons, self._found = {}, None
        self._meeting, self._supplement = meeting, supplement
        if view is None:
            view = run.act(self, signing.view, self.desk.work, meeting, supplement)
        if view is not None:
            self._fill(view)

    def _fill(self, view: SigningView) -> None:
        self.view = view
        chosen = self.places.current_id()
        self.places.fill([self._row(place, view.given.get(place.number)) for place in view.places])
        self.places.fit()
        open_ = [str(place.number) for place in view.open]
        self.places.choose(chosen if chosen in open_ or not open_ else open_[0])
        self._tell_place()
        self.scan.show_paper(self._meeting, self._supplement, view)
        self._tell_findings(view)
        self.lock.setEnabled(not view.locked)
        done = len(view.places) - len(view.open)
        self.far.setText(_("{done} of {all} signed").format(done=done, all=len(view.places)))
        self.about.setVisible(not view.given)
        # One thing to do next stands out: signing while places are open, locking after that.
        self.lock.set_kind("normal" if view.open else "primary")
        self._stretch.start()

    def _row(self, place: Place, given: Given | None) -> Row:
        key = str(place.number)
        if given is None:
            return Row(key, _role(place), place.expected or _("name not known"), icon="to_do", tone="text3")
        tone = "warn" if given.way == "paper" and not given.scanned else "ok"
        # Whose place it is stands in the row; how and when it was signed, below, where there is room for it.
        return Row(key, _role(place), given.name, icon=_ICONS[given.way], tone=tone)

    def _chosen(self) -> Place | None:
        key = self.places.current_id()
        return next((one for one in self.view.places if str(one.number) == key), None) if self.view else None

    def _tell_place(self) -> None:
        place = self._chosen()
        free = place is not None and self.view is not None and place in self.view.open and not self.view.locked
        for widget in (self.name, self.screen_button, self.paper_button, self.certificate_button):
            widget.setVisible(free)
        self.acts_line.setVisible(place is not None)
        self.all_paper.setVisible(self.view is not None and not self.view.locked and len(self.view.open) > 1)
        given = self.view.given.get(place.number) if place is not None and self.view is not None else None
        self.signed_words.setVisible(given is not None)
        self.out.setVisible(given is not None and not self.view.locked)
        if free:
            self.name.set_label(_("Who signs as “{place}”").format(place=place.role))
            self.name.set_value(place.expected)
            self.name.set_hint(_("Perhaps {names}").format(names="、".join(place.likely)) if place.likely else "")
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

    def _tell_findings(self, view: SigningView) -> None:
        found = [(finding.level, finding.place, render(finding.sentence)) for finding in view.findings]
        if found == self._found:
            return  # somebody may be typing why
        self._found = found
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
        left = len(self.view.open)
        if left:
            words = ngettext_("{count} place still needs a name", "{count} places still need a name", left)
            self.desk.toast(words.format(count=left), undo=False)
            self.name.editor.setFocus(Qt.FocusReason.OtherFocusReason)

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

    def _lock(self) -> None:
        reasons = {place: field.value() for place, field in self.reasons.items() if field.value()}
        signing.lock(self.desk.work, self._meeting, reasons=reasons, supplement_id=self._supplement)
        self.desk.toast(_("Signed and locked"), undo=False)
        self.locked.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other widths break sentences elsewhere; in a low window everything scrolls together."""
        super().resizeEvent(event)
        tall = self.height() >= px(_TALL)
        for part in self._pinned:
            part.settle(tall=tall)
        edge = px(20)
        self.acts.layout().setContentsMargins(*((edge, 0, edge, 0) if tall else (0, 0, 0, 0)))
        self.foot.layout().setContentsMargins(*((edge, px(12), edge, px(16)) if tall else (0, px(8), 0, 0)))
        self._stretch.start()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Scans may be dropped anywhere on the panel once somebody signed on paper."""
        if self.scan.waits() and any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take in what was dropped."""
        self.scan.take([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])
        event.acceptProposedAction()


def _role(place: Place) -> str:
    """Whose place it is; a name that stands in it is not said twice."""
    return place.role.removesuffix(place.expected) or place.role

"""Corrections of a signed record: listed under it, made as numbered supplements, printed and signed like it."""

from __future__ import annotations

import uuid

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from deliberation_app.language import _
from deliberation_app.services import signing, supplements
from deliberation_app.services.supplements import SupplementView
from deliberation_app.settings import DISPLAY_ZONE
from deliberation_app.ui.kit import run
from deliberation_app.ui.kit.buttons import Button
from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.kit.editors import SearchEdit
from deliberation_app.ui.kit.fields import Field
from deliberation_app.ui.kit.labels import Label
from deliberation_app.ui.kit.lists import Row, RowList
from deliberation_app.ui.kit.panels import Scroll, column, row
from deliberation_app.ui.kit.states import ErrorLine
from deliberation_app.ui.kit.theme import px
from deliberation_app.ui.signing_panel import SigningPanel
from deliberation_app.ui.signing_scanned import widen


class SupplementDialog(QDialog):
    """Chooses the passage, shows what the record says, asks what it should say and why."""

    made = Signal(object)

    def __init__(self, desk: Desk, meeting: uuid.UUID, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk, self._meeting = desk, meeting
        self.lines = supplements.passages(desk.work, meeting)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Correct a signed record"))
        room = self.screen().availableSize()
        self.resize(min(px(1040), room.width() - 48), min(px(660), room.height() - 64))
        outer = column(self, margins=(24, 20, 24, 20), spacing=12)
        self.error = ErrorLine(self)
        outer.addWidget(self.error)
        outer.addWidget(Label(_("Correct a signed record"), "h2"))
        outer.addWidget(
            Label(_("The record stays as it was signed. The correction becomes a numbered page of its own, which is "
                    "printed and signed like the record."), "hint", wrap=True)
        )  # fmt: skip
        halves = row(spacing=20)
        self._make_list(halves)
        self._make_form(halves)
        outer.addLayout(halves, 1)
        self._make_acts(outer)
        self._find("")
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_list(self, halves) -> None:
        left = column(spacing=8)
        self.search = SearchEdit()
        self.search.setPlaceholderText(_("Find a passage"))
        self.search.setAccessibleName(_("Find a passage"))
        self.search.textChanged.connect(self._find)
        self.passages = RowList(height=52, name=_("Passages of the record"))
        self.passages.picked.connect(self._show)
        left.addWidget(self.search)
        left.addWidget(self.passages, 1)
        halves.addLayout(left, 4)

    def _make_form(self, halves) -> None:
        inside = QWidget()
        inside.setProperty("ground", "none")
        right = column(inside, spacing=12)
        self.original = Field(_("The record says"), "text")
        self.original.editor.setReadOnly(True)
        self.corrected = Field(_("It should say"), "text")
        self.reason = Field(_("Why"), "line")
        self.corrector = Field(_("Corrected by"), "line")
        self.corrector.set_value(supplements.corrector(self.desk.work, self._meeting))
        for field in (self.original, self.corrected):
            field.editor.setMinimumHeight(px(110))
        for field in (self.original, self.corrected, self.reason, self.corrector):
            right.addWidget(field)
        right.addStretch(1)
        scroll = Scroll(inside)
        halves.addWidget(scroll, 5)

    def _make_acts(self, outer: QVBoxLayout) -> None:
        acts = row(spacing=10)
        acts.addStretch()
        self.leave = Button(_("Cancel"), "quiet", cap="Esc")
        self.leave.clicked.connect(self.reject)
        self.make = Button(_("Write the correction page"), "primary", icon="check")
        self.make.clicked.connect(run.slot(self, self._make))
        for button in (self.leave, self.make):
            button.setAutoDefault(False)
            acts.addWidget(button)
        outer.addLayout(acts)

    def _find(self, wanted: str) -> None:
        found = [one for one in self.lines if wanted.strip().casefold() in f"{one.head} {one.text}".casefold()]
        self.passages.fill([Row(one.key, one.text, one.head) for one in found])
        if found:
            self.passages.choose(found[0].key)
            self._show(found[0].key)

    def _show(self, key: str) -> None:
        line = next((one for one in self.lines if one.key == key), None)
        if line is None or line.text == self.original.value():
            return
        untouched = self.corrected.value().strip() in ("", self.original.value().strip())
        self.original.set_value(line.text)
        if untouched:
            self.corrected.set_value(line.text)

    def _make(self) -> None:
        self.error.hide()
        made = supplements.make(
            self.desk.work, self._meeting, self.passages.current_id(), corrected=self.corrected.value(),
            reason=self.reason.value(), corrector=self.corrector.value(),
        )  # fmt: skip
        self.accept()
        self.made.emit(made)


class SupplementSigning(QDialog):
    """The panel of signing for one supplement."""

    done = Signal()

    def __init__(self, desk: Desk, meeting: uuid.UUID, one: SupplementView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Sign correction {number}").format(number=one.number))
        self.resize(px(420), min(px(680), self.screen().availableSize().height() - 64))
        box = column(self, spacing=0)
        self.error = ErrorLine(self)
        box.addWidget(self.error)
        self.panel = SigningPanel(desk, leave=_("Close"))
        self.panel.show_paper(meeting, one.id)
        self.panel.closed.connect(self.reject)
        self.panel.locked.connect(self.accept)
        self.panel.changed.connect(self.done)
        self.finished.connect(lambda _result: self.done.emit())
        box.addWidget(self.panel, 1)


class SupplementsPanel(QWidget):
    """The list of corrections with what can be done."""

    closed = Signal()
    view_asked = Signal(bytes)
    print_asked = Signal(bytes, str)
    save_asked = Signal(bytes, str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._meeting: uuid.UUID | None = None
        self.found: tuple[SupplementView, ...] = ()
        outer = column(self, spacing=0)
        inside = QWidget()
        inside.setProperty("ground", "none")
        box = column(inside, margins=(20, 20, 20, 12), spacing=12)
        box.addWidget(Label(_("Corrections"), "h3"))
        box.addWidget(
            Label(_("A signed record never changes. What was wrong in it is put right on numbered pages that are "
                    "printed together with it."), "hint", wrap=True)
        )  # fmt: skip
        self.list = RowList(height=52, name=_("Corrections"))
        self.list.picked.connect(lambda _key: self._tell())
        self.list.opened.connect(lambda _key: run.act(self, self._look))
        box.addWidget(self.list)
        self.none = Label(_("Nothing was corrected so far."), "hint", wrap=True)
        box.addWidget(self.none)
        self._make_acts(box)
        box.addStretch(1)
        outer.addWidget(Scroll(inside), 1)
        foot = column(margins=(20, 12, 20, 20), spacing=8)
        self.new = Button(_("New correction"), "primary", icon="edit")
        self.new.clicked.connect(lambda: run.act(self, self._new))
        self.leave = Button(_("Back to printing"), "quiet", cap="Esc")
        self.leave.clicked.connect(self.closed)
        for button in (self.new, self.leave):
            widen(button)
            foot.addWidget(button)
        outer.addLayout(foot)

    def _make_acts(self, box: QVBoxLayout) -> None:
        self.sign = Button(_("Sign this correction"), icon="sign")
        self.sign.clicked.connect(lambda: run.act(self, self._sign))
        self.print_one = Button(_("Print this correction"), icon="print")
        self.print_one.clicked.connect(lambda: run.act(self, self._print_one))
        self.print_all = Button(_("Print record and corrections"), icon="print")
        self.print_all.clicked.connect(lambda: run.act(self, self._print_all))
        self.save_all = Button(_("Save both as PDF"), "quiet", icon="pdf")
        self.save_all.clicked.connect(lambda: run.act(self, self._save_all))
        for button in (self.sign, self.print_one, self.print_all, self.save_all):
            widen(button)
            box.addWidget(button)

    def show_meeting(self, meeting: uuid.UUID) -> None:
        """Show the corrections of this record."""
        self._meeting = meeting
        chosen = self.list.current_id()
        self.found = supplements.listed(self.desk.work, meeting)
        self.list.fill([self._row(one) for one in self.found])
        self.list.fit()
        self.list.choose(chosen if any(str(one.id) == chosen for one in self.found) else "")
        if not self.list.current_id() and self.found:
            self.list.choose(str(self.found[-1].id))
        self.list.setVisible(bool(self.found))
        self.none.setVisible(not self.found)
        self._tell()

    @staticmethod
    def _row(one: SupplementView) -> Row:
        day = f"{one.made_at.astimezone(DISPLAY_ZONE):%Y-%m-%d}"
        hint = " · ".join(part for part in (one.stands, one.head, day) if part)
        words = _("Correction {number}: signed") if one.signed else _("Correction {number}: not signed")
        return Row(
            str(one.id), words.format(number=one.number), hint, icon="lock" if one.signed else "sign",
            tone="ok" if one.signed else "warn",
        )  # fmt: skip

    def _chosen(self) -> SupplementView | None:
        key = self.list.current_id()
        return next((one for one in self.found if str(one.id) == key), None)

    def _tell(self) -> None:
        one = self._chosen()
        self.sign.setVisible(one is not None and not one.signed)
        self.print_one.setVisible(one is not None)
        for button in (self.print_all, self.save_all):
            button.setVisible(bool(self.found))

    def _new(self) -> None:
        dialog = SupplementDialog(self.desk, self._meeting, self.window())
        dialog.made.connect(self._made)
        dialog.open()

    def _made(self, key: uuid.UUID) -> None:
        self.show_meeting(self._meeting)
        self.list.choose(str(key))
        self.desk.toast(_("Correction {number} is written").format(number=len(self.found)), undo=False)
        run.act(self, self._look)

    def _look(self) -> None:
        one = self._chosen()
        if one is not None:
            self.view_asked.emit(signing.printed(self.desk.work, self._meeting, one.id).pdf)

    def _sign(self) -> None:
        one = self._chosen()
        if one is not None:
            dialog = SupplementSigning(self.desk, self._meeting, one, self.window())
            dialog.done.connect(lambda: self.show_meeting(self._meeting))
            dialog.open()

    def _print_one(self) -> None:
        one = self._chosen()
        if one is not None:
            found = supplements.printed(self.desk.work, self._meeting, one.id)
            self.print_asked.emit(found.pdf, _("Correction {number}").format(number=one.number))

    def _print_all(self) -> None:
        whole = supplements.together(self.desk.work, self._meeting)
        self.print_asked.emit(whole, _("Record and corrections"))

    def _save_all(self) -> None:
        whole = supplements.together(self.desk.work, self._meeting)
        self.save_asked.emit(whole, _("Record and corrections"))

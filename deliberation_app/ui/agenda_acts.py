"""What is done with the chosen item: the next step, the act that helps, the side steps from the menu."""

from __future__ import annotations

import uuid

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QWidget

from deliberation_app.domain.agenda import STAGES, STEPS
from deliberation_app.errors import N_, AppError
from deliberation_app.language import _
from deliberation_app.services import agenda, notices_drafts
from deliberation_app.services.agenda import ItemView
from deliberation_app.ui import agenda_asks
from deliberation_app.ui.agenda_ask import Ask, AskPanel
from deliberation_app.ui.agenda_gates import MEETING_ACTS, GatesPanel, coming_meeting
from deliberation_app.ui.agenda_words import stage_name, there
from deliberation_app.ui.item_dialog import ItemDialog
from deliberation_app.ui.kit import icons, run
from deliberation_app.ui.kit.desk import Desk

_ORDER = list(STAGES)


class ItemActs(QObject):
    """Acts on `view`; refusals stand on the page with every reason, questions in the place of the panel."""

    raised = Signal(str)
    left = Signal()

    def __init__(self, desk: Desk, page: QWidget, gates: GatesPanel, ask: AskPanel) -> None:
        super().__init__(page)
        self.desk, self.page, self.gates, self.ask = desk, page, gates, ask
        self.view: ItemView | None = None
        for keys, do in (("Ctrl+Right", lambda: self.step_by(1)), ("Ctrl+Left", lambda: self.step_by(-1)),
                         ("F2", self.edit)):  # fmt: skip
            QShortcut(QKeySequence(keys), page, activated=do)
        gates.act_wanted.connect(self.do)
        gates.more_wanted.connect(lambda: self.menu(gates.more.mapToGlobal(QPoint(0, 0)), above=True))
        ask.answered.connect(self._answered)
        ask.left.connect(self._leave)

    def do(self, act: str) -> None:
        """Do an act by its name: a step, an edit, a question, or the way to the meeting."""
        view = self.view
        if view is None:
            return
        self.page.error_line.hide()
        if act in STEPS:
            if STEPS[act].needs_reason:
                self._open(agenda_asks.step(self.desk, view, act))
            else:
                self._take(act)
        elif act == "agenda.edit":
            self.edit()
        elif act in MEETING_ACTS:
            self._to_meeting(view)
        elif act == "notices.post":
            self._to_notice(view)
        elif act == "archive.open":
            self.desk.navigate("archive", item=str(view.item.id))
        elif act in agenda_asks.ASKS:
            self._open(agenda_asks.ASKS[act](self.desk, view))

    def _take(self, step_id: str) -> None:
        view = self.view
        if run.act(self.page, agenda.take, self.desk.work, view.item.id, step_id) is not None:
            self._tell_stage(view)

    def _tell_stage(self, view: ItemView) -> None:
        now = self.view.item if self.view is not None else view.item
        words = _("“{title}” stands at “{stage}” now")
        self.desk.toast(words.format(title=now.title, stage=stage_name(now.stage)))

    def _to_meeting(self, view: ItemView) -> None:
        """The coming meeting that has the item on its agenda, else a new one for it."""
        coming = coming_meeting(view, self.desk.work.clock())
        if coming is not None:
            self.desk.navigate("meeting" if there("meeting") else "meetings", id=str(coming))
        else:
            self.desk.navigate("meetings", new=True, item=str(view.item.id))

    def _to_notice(self, view: ItemView) -> None:
        """What is posted goes through the draft whose masked copy is read first."""
        about = "outcome" if view.item.stage in ("evaluated", "shared") else "decision"
        draft = run.act(self.page, notices_drafts.open_or_start, self.desk.work, view.item.id, about)
        if draft is not None:
            self.desk.navigate("notice_draft", id=str(draft))

    def step_by(self, by: int) -> None:
        """Ctrl with an arrow: the next step, or back to the discussion."""
        if self.view is not None and not self.ask.asking():
            self._move(_ORDER.index(self.view.item.stage) + by)

    def drop(self, key: str, stage: str) -> None:
        """A card was dropped on a column."""
        if self.view is None or str(self.view.item.id) != key or self.view.item.stage == stage:
            return
        self._move(_ORDER.index(stage))

    def _move(self, at: int) -> None:
        """To the stage at this place: forward by one, or back to the discussion with a reason."""
        here = _ORDER.index(self.view.item.stage)
        forward = {name: step.id for step in STEPS.values() if step.evidence for name in step.stages}
        if at == here + 1 and at < len(_ORDER):
            self.do(forward[self.view.item.stage])
        elif at < here and any(offer.step.id == "send_back" for offer in self.view.steps) and at >= 1:
            self.do("send_back")
        elif 0 <= at < len(_ORDER):
            run.show_error(self.page, AppError(N_(
                "An item goes on one stage at a time, and back only from “Decided” or “Evaluated” to the discussion. "
                "It stays where it is."
            )))  # fmt: skip

    # Questions

    def _open(self, ask: Ask) -> None:
        self.gates.hide()
        self.ask.open(ask)

    def close_ask(self) -> None:
        """Ask nothing any more and show the panel again."""
        if self.ask.asking():
            self.ask.close_ask()
            self.gates.show()

    def _leave(self) -> None:
        self.close_ask()
        self.left.emit()

    def _answered(self, words: str) -> None:
        self.gates.show()
        self.desk.toast(words)
        self.left.emit()

    # Dialogs

    def raise_item(self) -> None:
        """Ask what a new item is."""
        dialog = ItemDialog(self.desk, self.page.window())
        dialog.kept.connect(self._raised)
        dialog.open()

    def _raised(self, key: str, title: str) -> None:
        self.raised.emit(key)
        self.desk.toast(_("“{title}” is raised").format(title=title))

    def edit(self) -> None:
        """Change what is on record about the item."""
        if self.view is not None:
            dialog = ItemDialog(self.desk, self.page.window(), self.view)
            dialog.kept.connect(lambda _key, title: self.desk.toast(_("“{title}” is changed").format(title=title)))
            dialog.open()

    def unlink(self, meeting_id: uuid.UUID) -> None:
        """Take a branch assembly off the item."""
        run.act(self.page, self._unlink, meeting_id)

    def _unlink(self, meeting_id: uuid.UUID) -> None:
        agenda.unlink_party_meeting(self.desk.work, self.view.item.id, meeting_id)
        self.desk.toast(_("The branch assembly is unlinked"))

    # The menu

    def menu(self, at: QPoint, *, above: bool = False) -> None:
        """Everything that can be done with the item."""
        if self.view is None:
            return
        made = self.make_menu()
        if above:
            at = QPoint(at.x() + self.gates.more.width() - made.sizeHint().width(), at.y() - made.sizeHint().height())
        made.popup(at)

    def make_menu(self) -> QMenu:
        """The menu of the chosen item."""
        view = self.view
        made = QMenu(self.page)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._entry(made, "clock", _("Time line"), lambda: self.desk.navigate("agenda", item=view.item.id), "Enter")
        self._entry(made, "edit", _("Edit"), self.edit, "F2")
        made.addSeparator()
        for act in agenda_asks.offered(view):
            self._entry(made, "", _(agenda_asks.NAMES[act]), lambda act=act: self.do(act))
        made.addSeparator()
        for offer in view.steps:
            forward = bool(offer.step.evidence)
            words = _(offer.step.name)
            if forward:
                words = _("On to “{stage}”").format(stage=stage_name(offer.step.to_stage))
            self._entry(made, "go_on" if forward else "", words, lambda key=offer.step.id: self.do(key),
                        "Ctrl+Right" if forward else "")  # fmt: skip
        return made

    def _entry(self, made: QMenu, icon: str, words: str, do, keys: str = "") -> None:
        action = made.addAction(words)
        if icon:
            action.setIcon(icons.icon(icon))
        if keys:
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(lambda _on=False: do())

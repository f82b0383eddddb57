"""A vote of all owners in writing: the list of owners, the delivery log, the papers that come back."""

from __future__ import annotations

import uuid
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from deliberation_app.language import _, ngettext_
from deliberation_app.services import deliveries, meetings_view, owners_list, owners_papers, owners_vote
from deliberation_app.ui.kit import forms, run
from deliberation_app.ui.kit.buttons import Button
from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.kit.marks import Chip
from deliberation_app.ui.kit.panels import InnerHeader
from deliberation_app.ui.meetings_words import STATE_LOOK, moment_words, state_words
from deliberation_app.ui.owners_delivery import OwnersDelivery
from deliberation_app.ui.owners_list import OwnersList
from deliberation_app.ui.owners_papers import OwnersPapers

_STEPS = ("list", "delivery", "papers")


class OwnersPage(QWidget):
    """Three steps that follow the work; it opens on the one that is next."""

    parts = ("votes", "meetings", "people")
    inner = True

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._id: uuid.UUID | None = None
        self._arrived = False
        forms.load("owners_page", self)
        self.header = InnerHeader()
        self.page_column.insertWidget(0, self.header)
        self.chip = Chip()
        self.header.add_chip(self.chip)
        self.take_act = Button(_("Take the list from the register"), icon="import")
        self.count_act = Button(_("Close and count"), "primary", icon="votes")
        for act in (self.take_act, self.count_act):
            self.header.add_act(act)
        self.panes = {"list": OwnersList(desk), "delivery": OwnersDelivery(desk), "papers": OwnersPapers(desk)}
        self.stack = QStackedWidget()
        for pane in self.panes.values():
            self.stack.addWidget(pane)
        self.steps.addWidget(self.stack)
        names = (_("List of owners"), _("Delivery"), _("Papers and count"))
        self.step_choice.set_options(list(zip(_STEPS, names, strict=True)))
        self.step_choice.setAccessibleName(_("Step"))
        self.step_choice.chosen.connect(lambda _step: self._turn())
        self.header.back.connect(desk.back)
        self.take_act.clicked.connect(run.slot(self, self._take))
        self.count_act.clicked.connect(run.slot(self, self._count))
        self.panes["list"].take_wanted.connect(self.take_act.click)

    def shown(self, id: object = "", **_where: Any) -> None:
        """Show the owners' vote of the meeting with this id."""
        wanted = uuid.UUID(str(id)) if id else None
        if wanted is not None and wanted != self._id:
            first = self._id is None
            self._id, self._arrived = wanted, True
            if not first:
                self.refresh()

    def refresh(self) -> None:
        """Read head, figures and the step in sight again."""
        if self._id is None:
            return
        self.error_line.hide()
        view = meetings_view.meeting(self.desk.work, self._id)
        listed = owners_list.overview(self.desk.work, self._id)
        asked = owners_papers.questions(self.desk.work, self._id)
        reached = deliveries.progress(self.desk.work, self._id)
        back = owners_papers.handed_in(self.desk.work, self._id)
        open_ones = [one for one in asked if not one.counted]
        tone, icon = STATE_LOOK[view.state]
        self.header.set_title(view.meeting.title)
        self.chip.show_as(state_words(view.state), tone, icon)
        self.header.set_context(_("Owners' vote") + " · " + moment_words(view.meeting.starts_at, self.desk.today()))
        self.take_act.setVisible(not listed.frozen and not listed.closed)
        self.count_act.setVisible(bool(open_ones) and view.state == "open")
        self.step_choice.words("list", f"{_('List of owners')} {listed.totals.flats}")
        self.step_choice.words("delivery", f"{_('Delivery')} {reached.reached}/{reached.flats}")
        self.step_choice.words("papers", f"{_('Papers and count')} {back}")
        self._say_note(listed)
        if self._arrived:
            self._arrived = False
            step = "list" if not asked and not listed.frozen else "papers"
            self.step_choice.choose(step)
            self._show_step(step)
        self.stack.currentWidget().show_meeting(self._id)

    def _say_note(self, listed: owners_list.ListView) -> None:
        changed = ngettext_(
            "{count} flat has another owner or area in the register by now; the vote goes by the list as it was when "
            "it was opened.",
            "{count} flats have another owner or area in the register by now; the vote goes by the list as it was when "
            "it was opened.",
            listed.changed,
        )  # fmt: skip
        self.note_words.setText(changed.format(count=listed.changed))
        self.note_tint.setVisible(bool(listed.changed) and not listed.closed)
        frozen = _("The list stays as it was when the vote was opened") if listed.frozen else ""
        self.said.set_text(frozen)

    def _show_step(self, step: str) -> None:
        """Only the step in sight says how wide the page must be."""
        for name, pane in self.panes.items():
            policy = QSizePolicy.Policy.Preferred if name == step else QSizePolicy.Policy.Ignored
            pane.setSizePolicy(policy, policy)
        self.stack.setCurrentWidget(self.panes[step])

    def _turn(self) -> None:
        self._show_step(self.step_choice.current())
        if self._id is not None:
            run.act(self, self.stack.currentWidget().show_meeting, self._id)
        self.stack.currentWidget().setFocus(Qt.FocusReason.OtherFocusReason)

    def _take(self) -> None:
        count = owners_list.take(self.desk.work, self._id)
        self.desk.toast(ngettext_("{count} flat is on the list", "{count} flats are on the list", count)
                        .format(count=count))  # fmt: skip

    def _count(self) -> None:
        verdicts = owners_vote.count(self.desk.work, self._id)
        passed = sum(verdict.passed for verdict in verdicts.values())
        self.desk.toast(_("Counted: {passed} of {count} questions passed").format(passed=passed, count=len(verdicts)))
        self.step_choice.choose("papers")
        self._turn()

"""What each building still lacks, and who its head is: Enter names one, and whoever was it before ends."""

from __future__ import annotations

import uuid

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QWidget

from deliberation_app.domain.votes import percent
from deliberation_app.errors import N_, RuleBroken
from deliberation_app.language import _, ngettext_
from deliberation_app.services import people_find, people_heads, people_home
from deliberation_app.ui.agenda_ask import Ask, AskPanel
from deliberation_app.ui.kit import run
from deliberation_app.ui.kit.buttons import Button
from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.kit.fields import Field
from deliberation_app.ui.kit.labels import Label
from deliberation_app.ui.kit.lists import Row, RowList
from deliberation_app.ui.kit.names import NameEdit
from deliberation_app.ui.kit.panels import Card, column, row
from deliberation_app.ui.kit.states import ErrorLine
from deliberation_app.ui.kit.theme import px


class GapsDialog(QDialog):
    """What each building still lacks: a member for each household, a check within a year, one head."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._gaps: dict[str, people_home.Gap] = {}
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("What buildings lack"))
        room = self.screen().availableSize()
        self.resize(min(px(820), room.width() - 48), min(px(600), room.height() - 64))
        box = column(self, margins=(24, 20, 24, 20), spacing=12)
        box.addWidget(Label(_("What buildings lack"), "h2"))
        self.sums = [Label("", "body", wrap=True) for _number in range(2)]
        for label in self.sums:
            box.addWidget(label)
        self.error_line = ErrorLine()
        self.error_line.hide()
        box.addWidget(self.error_line)
        self.list = RowList(status_width=220, name=_("What buildings lack"))
        card = Card()
        card.column(padding=1, spacing=0).addWidget(self.list)
        box.addWidget(card, 1)
        self.ask = AskPanel()
        box.addWidget(self.ask)
        self.acts = QWidget()
        acts = row(self.acts, spacing=12)
        acts.addStretch()
        self.close_act = Button(_("Close"), cap="Esc")
        self.close_act.clicked.connect(self.accept)
        acts.addWidget(self.close_act)
        box.addWidget(self.acts)
        for signal in (self.list.opened, self.list.acted):
            signal.connect(self.name_head)
        self.ask.answered.connect(self._answered)
        self.ask.left.connect(self._leave)
        self._fill()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self) -> None:
        kept = self.list.current_id()
        sums = people_home.figures(self.desk.work, self.desk.unit_id)
        figures = ((_("looked after by a Party member"), sums.linked), (_("checked within a year"), sums.verified))
        for label, (words, part) in zip(self.sums, figures, strict=True):
            rate = percent(part, sums.households) if sums.households else "—"
            label.setText(f"{words}: {part} ÷ {sums.households} = {rate}")
        self._gaps = {f"{gap.courtyard}|{gap.building}": gap for gap in sums.gaps}
        several = len({gap.courtyard for gap in sums.gaps}) > 1
        self.list.fill([_gap_row(key, gap, several) for key, gap in self._gaps.items()])
        self.list.choose(kept or next(iter(self._gaps), ""))

    def name_head(self, key: str) -> None:
        """Ask who is the head of this building from now on."""
        gap = self._gaps.get(key)
        if gap is None:
            return
        who = NameEdit(lambda text: [(str(one.id), one.name, one.hint) for one in
                                     people_find.find(self.desk.work, self.desk.unit_id, text)])  # fmt: skip

        def do(values: dict) -> None:
            if not values["who"]:
                raise RuleBroken(N_("Choose the person from the list that opens. Nothing was changed."))
            people_heads.name_head(self.desk.work, self.desk.unit_id, gap.courtyard, gap.building,
                                   uuid.UUID(values["who"]))  # fmt: skip

        now = "、".join(gap.heads)
        hint = _("Now: {names}. Whoever was head before ends.").format(names=now) if now else ""
        head = _("Head of {building}").format(building=gap.building)
        done = _("{building} has its head").format(building=gap.building)
        self.acts.hide()
        self.ask.open(Ask(head, hint, _("Name the head"), do, done, [("who", Field(_("New head"), who))],
                          frozenset({"who"})))  # fmt: skip

    def _answered(self, words: str) -> None:
        self.desk.toast(words)
        self._leave()
        run.act(self, self._fill)

    def _leave(self) -> None:
        self.ask.close_ask()
        self.acts.show()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the question first, then the window."""
        if event.key() == Qt.Key.Key_Escape and self.ask.asking():
            self._leave()
        else:
            super().keyPressEvent(event)


def _gap_row(key: str, gap: people_home.Gap, several: bool) -> Row:
    lacks = []
    if gap.without_link:
        lacks.append(ngettext_("{count} without a member", "{count} without a member", gap.without_link)
                     .format(count=gap.without_link))  # fmt: skip
    if gap.unverified:
        lacks.append(ngettext_("{count} flat not checked for a year", "{count} flats not checked for a year",
                               gap.unverified).format(count=gap.unverified))  # fmt: skip
    flats = ngettext_("{count} flat", "{count} flats", gap.households).format(count=gap.households)
    title = f"{gap.courtyard} {gap.building}" if several else gap.building
    status, tone, icon = _head_words(gap)
    act = _("Change") if len(gap.heads) == 1 else _("Choose one") if gap.heads else _("Name one")
    return Row(key, title, " · ".join((flats, *lacks)), icon="house", status=status, status_tone=tone,
               status_icon=icon, act=act)  # fmt: skip


def _head_words(gap: people_home.Gap) -> tuple[str, str, str]:
    if not gap.heads:
        return _("no building head"), "warn", "late"
    if len(gap.heads) == 1:
        return _("Head: {name}").format(name=gap.heads[0]), "text2", "done"
    return _("Heads: {names}").format(names="、".join(gap.heads)), "bad", "late"

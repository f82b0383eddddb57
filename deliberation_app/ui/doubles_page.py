"""Doubles side by side: for each value which one stays, then one entry of two, with undo."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from deliberation_app.domain.meetings import ROLES
from deliberation_app.language import _, ngettext_
from deliberation_app.services import people, people_find, people_merge
from deliberation_app.services.people_merge import Side
from deliberation_app.ui.kit import forms, run, theme
from deliberation_app.ui.kit.buttons import Segment
from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.kit.labels import Label
from deliberation_app.ui.kit.lists import Row
from deliberation_app.ui.kit.panels import InnerHeader
from deliberation_app.ui.kit.states import EmptyState
from deliberation_app.ui.kit.theme import px
from deliberation_app.ui.people_look import stack, tab_through


class DoublesPage(QWidget):
    """Arrows choose a pair; left and right choose a value; Ctrl+Enter merges."""

    parts = ("people",)
    inner = True

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._couples: dict[str, people.Couple] = {}
        self._sides: tuple[Side, Side] | None = None
        self._choices: dict[str, Segment] = {}
        forms.load("doubles_page", self)
        self.header = InnerHeader(_("May be one person"))
        self.header.back.connect(desk.back)
        self.bar_place.addWidget(self.header)
        self.empty = EmptyState("people", _("No doubles found"), _("Nobody has the same name at one place, or the same "
                                                                   "telephone, twice."))  # fmt: skip
        self.empty_row.addWidget(self.empty)
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(px(16))
        self.grid.setVerticalSpacing(px(8))
        self.grid.setColumnStretch(1, 1)
        self.pair_rows.addLayout(self.grid)
        self.pair_rows.addStretch()
        self.list.selectionModel().currentChanged.connect(lambda *_rows: run.act(self, self._show_pair))
        self.apart.clicked.connect(run.slot(self, self._keep_apart))
        self.merge.clicked.connect(run.slot(self, self._merge))
        hint = _("What pointed to the other entry points to this one; signed records stay as they are.")
        self.acts_hint.setText(hint)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the list stands above what is chosen."""
        super().resizeEvent(event)
        stack(self, self.pair_card)

    def shown(self, **_where: Any) -> None:
        """The list has the focus."""
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Look for doubles again."""
        found = people.possible_doubles(self.desk.work, self.desk.unit_id)
        self._couples = {f"{couple.first.id}|{couple.second.id}": couple for couple in found}
        whys = {"name": _("same name"), "phone": _("same telephone"), "sound": _("same sound, one flat")}
        self.list.fill(
            [
                Row(key, couple.first.name if couple.first.name == couple.second.name
                    else f"{couple.first.name} / {couple.second.name}", _hint(whys[couple.why], couple), icon="people")
                for key, couple in self._couples.items()
            ]
        )  # fmt: skip
        some = bool(found)
        self.list_card.setVisible(some)
        self.pair_card.setVisible(some)
        self.empty_place.setVisible(not some)
        pairs = ngettext_("{count} pair may be one person", "{count} pairs may be one person", len(found))
        self.header.set_context(pairs.format(count=len(found)) if some else "")
        if some and not self.list.current_id():
            self.list.choose(next(iter(self._couples)))
        self._show_pair()

    # One pair

    def _show_pair(self) -> None:
        couple = self._couples.get(self.list.current_id())
        self._clear()
        self._sides = None
        if couple is None:
            return
        first = people_merge.side(self.desk.work, couple.first.id)
        second = people_merge.side(self.desk.work, couple.second.id)
        if second.meetings > first.meetings:
            first, second = second, first
        self._sides = (first, second)
        self.why_words.setText(_reason(couple.why))
        for row, (name, words) in enumerate(_rows()):
            self._add_row(row, name, words, first, second)
        self._add_facts(len(_rows()), first, second)
        places = (self.list, *self._choices.values(), self.apart, self.merge)
        tab_through(self.header, *places)

    def _clear(self) -> None:
        self._choices = {}
        while self.grid.count():
            widget = self.grid.takeAt(0).widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _add_row(self, row: int, name: str, words: str, first: Side, second: Side) -> None:
        one, other = _value(first, name), _value(second, name)
        head = Label(words, "label")
        head.setMinimumWidth(theme.metrics("label").horizontalAdvance(words) + px(4))
        self.grid.addWidget(head, row, 0, Qt.AlignmentFlag.AlignVCenter)
        if one == other or not other or not one:
            self.grid.addWidget(Label(one or other or "—", "strong" if name == "name" else "body", wrap=True), row, 1)
            return
        # A number of which digits are masked cannot be dialled.
        better = "second" if name == "phone" and "*" in one and "*" not in other else "first"
        choice = Segment([("first", one), ("second", other)], better)
        choice.setAccessibleName(words)
        self._choices[name] = choice
        self.grid.addWidget(choice, row, 1, Qt.AlignmentFlag.AlignLeft)

    def _add_facts(self, row: int, first: Side, second: Side) -> None:
        for words, told in (
            (_("Meetings"), f"{first.meetings} + {second.meetings}"),
            (_("Owns"), "、".join(dict.fromkeys((*first.owns, *second.owns))) or "—"),
            (
                _("Roles in the unit"),
                "、".join(dict.fromkeys(_role(role) for role in (*first.roles, *second.roles))) or "—",
            ),
        ):
            self.grid.addWidget(Label(words, "label"), row, 0)
            self.grid.addWidget(Label(told, "body", wrap=True), row, 1)
            row += 1

    # Acts

    def _merge(self) -> None:
        if self._sides is None:
            return
        first, second = self._sides
        values = {name: getattr(second.person, name) for name, choice in self._choices.items()
                  if choice.current() == "second"}  # fmt: skip
        people_merge.merge(self.desk.work, first.person.id, second.person.id, values)
        name = values.get("name", first.person.name)
        self.desk.toast(_("The two entries of {name} are one now").format(name=name))

    def _keep_apart(self) -> None:
        if self._sides is not None:
            first, second = (side.person for side in self._sides)
            people_find.keep_apart(self.desk.work, self.desk.unit_id, first.id, second.id)
            self.desk.toast(_("{first} and {second} are two people").format(first=first.name, second=second.name))


def _hint(why: str, couple: people.Couple) -> str:
    """Why they may be one, and the room of each, so that several pairs of one name can be told apart."""
    rooms = [one.home.rpartition(" ")[2] or "—" for one in (couple.first, couple.second)]
    return f"{why} {rooms[0]} / {rooms[1]}" if rooms[0] != rooms[1] else why


def _rows() -> list[tuple[str, str]]:
    return [
        ("name", _("Name")), ("household_id", _("Lives at")), ("phone", _("Telephone")), ("gender", _("Sex")),
        ("party", _("Party")), ("suffrage", _("Vote in the branch")), ("post", _("Post")), ("note", _("Remark")),
    ]  # fmt: skip


def _reason(why: str) -> str:
    return {
        "name": _("The same name, at one place or without a flat. Choose what is right; then merge, or say that they "
                  "are two people."),
        "phone": _("The same telephone and family name. Choose what is right; then merge, or say that they are two "
                   "people."),
        "sound": _("Names that sound alike in one flat. Choose what is right; then merge, or say that they are two "
                   "people."),
    }[why]  # fmt: skip


def _value(side: Side, name: str) -> str:
    if name == "household_id":
        return side.home
    value = getattr(side.person, name)
    if name == "party":
        return {"full": _("Full member"), "probationary": _("Probationary member"), "none": _("No member")}.get(
            value or "", ""
        )
    if name == "suffrage":
        return "" if value is None else _("May vote") if value else _("May not vote")
    return str(value or "")


def _role(role: str) -> str:
    return _(ROLES[role].name) if role in ROLES else role

"""The roll of a meeting: who is due, who listens; people are added by initials and taken off by their button."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from deliberation_app.language import _, ngettext_
from deliberation_app.services import people
from deliberation_app.services.meetings_view import OnRoll
from deliberation_app.services.work import Work
from deliberation_app.ui.kit import forms
from deliberation_app.ui.kit.lists import Row
from deliberation_app.ui.kit.theme import px


@dataclass(frozen=True)
class Entered:
    """Somebody on the roll as the list shows it."""

    id: str
    name: str
    hint: str
    capacity: str
    status: str = ""
    tone: str = "text2"
    icon: str = ""
    removable: bool = True
    away: bool = False


def capacity_words(capacity: str) -> str:
    """What somebody is there as."""
    words = {"voting": _("Due, with a vote"), "observing": _("Listening in"), "invited": _("Invited")}
    return words.get(capacity, capacity)


def find_people(work: Work, unit_id: uuid.UUID) -> Callable[[str], list[tuple[str, str, str]]]:
    """What a name line asks while one types."""
    return lambda text: [(str(one.id), one.name, one.hint) for one in people.find(work, unit_id, text)]


_CAME: dict[str, tuple[Callable[[], str], str, str]] = {
    "present": (lambda: _("came"), "ok", "done"),
    "online": (lambda: _("online"), "ok", "done"),
    "leave": (lambda: _("on leave"), "warn", "note"),
    "absent": (lambda: _("absent"), "text2", "missing"),
}


def entered(one: OnRoll) -> Entered:
    """How somebody stands on the roll: before the meeting in which capacity, afterwards whether they came."""
    listens = "" if one.capacity == "voting" else capacity_words(one.capacity)
    if one.expected:
        return Entered(str(one.person_id), one.name, one.hint, one.capacity, listens)
    words, tone, icon = _CAME[one.status]
    away = one.status in ("leave", "absent")
    unsaid = _("reason not written yet") if away and one.capacity == "voting" else ""
    hint = " · ".join(part for part in (one.hint, listens, one.reason or unsaid) if part)
    return Entered(str(one.person_id), one.name, hint, one.capacity, words(), tone, icon, removable=False,
                   away=away)  # fmt: skip


class MeetingRoll(QWidget):
    """Tells what somebody wants; whoever holds it does it and fills the list again."""

    added = Signal(str, str, str)  # id, name, capacity
    removed = Signal(str)
    explained = Signal(str, str)  # id, why somebody did not come
    last_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        forms.load("meeting_roll", self)
        self._editable, self._explainable = True, False
        self._asked = ""
        self.capacity.set_options([(name, capacity_words(name)) for name in ("voting", "observing", "invited")])
        self.people.setMinimumHeight(px(3 * 52))
        self.people.delegate.height = 52
        self.who.chosen.connect(self._add)
        self.people.acted.connect(self._act)
        self.reason.editor.returnPressed.connect(self._explain)
        self.note_reason.clicked.connect(self._explain)
        self.reason_row.hide()
        self.take_last.clicked.connect(self.last_wanted)
        self.fill(())

    def set_capacities(self, *names: str) -> None:
        """Offer these."""
        self.capacity.set_options([(name, capacity_words(name)) for name in names])

    def set_editable(self, editable: bool) -> None:
        """Whether people can be added and taken off."""
        self._editable = editable
        for widget in (self.who, self.capacity):
            widget.setVisible(editable)

    def set_explainable(self, explainable: bool) -> None:
        """Whether it can still be noted why somebody did not come."""
        self._explainable = explainable
        self.reason_row.setVisible(explainable and self.reason_row.isVisible())

    def fill(self, people: Sequence[Entered]) -> None:
        """Show these people."""
        self.people.fill(
            [
                Row(
                    one.id, one.name, one.hint, lead=str(at), status=one.status, status_tone=one.tone,
                    status_icon=one.icon, act=self._act_words(one),
                )
                for at, one in enumerate(people, 1)
            ]
        )  # fmt: skip
        due = sum(1 for one in people if one.capacity == "voting")
        others = len(people) - due
        words = [ngettext_("{count} due", "{count} due", due).format(count=due)]
        if others:
            words.append(ngettext_("{count} more listens", "{count} more listen", others).format(count=others))
        self.count_words.setText(" · ".join(words))
        self.people_card.setVisible(bool(people))
        self.empty_words.setVisible(not people)
        self.empty_words.setText(
            _("Nobody is on the roll yet. Type the first letters of a name, such as fla for 范例安.")
            if self._editable
            else _("Nobody stood on the roll.")
        )
        self.take_last.setVisible(self._editable and not people)

    def _act_words(self, one: Entered) -> str:
        if self._explainable and one.away:
            return _("Why")
        return _("Take off") if self._editable and one.removable else ""

    def _add(self, key: str, name: str) -> None:
        self.who.clear_person()
        self.added.emit(key, name, self.capacity.value())
        self.who.setFocus(Qt.FocusReason.OtherFocusReason)

    def _act(self, key: str) -> None:
        row = next((row for row in self.people.rows.rows if row.id == key), None)
        if row is None or not row.act:
            return
        if not self._explainable:
            self.removed.emit(key)
            return
        self._asked = key
        self.reason_row.show()
        self.reason.set_label(_("Why {name} did not come").format(name=row.title))
        self.reason.set_value("")
        self.reason.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _explain(self) -> None:
        if not self.reason.value():
            self.reason.set_error(_("Write the reason; “not told” is an answer too"))
            self.reason.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.reason_row.hide()
        self.explained.emit(self._asked, self.reason.value())
        self.people.setFocus(Qt.FocusReason.OtherFocusReason)

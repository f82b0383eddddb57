"""To call a meeting, or to change one: its kind first, then what that kind asks for."""

from __future__ import annotations

import uuid
from datetime import date, datetime, time, timedelta
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QWidget

from deliberation_app.domain import calendar
from deliberation_app.domain.meetings import KINDS, notice_fault
from deliberation_app.language import _, render
from deliberation_app.services import agenda, kinds, meetings, meetings_roll, meetings_view
from deliberation_app.services.meetings_view import MeetingView
from deliberation_app.ui.kit import forms, run
from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.kit.theme import px, restyle
from deliberation_app.ui.meeting_roll import Entered, MeetingRoll, capacity_words, find_people
from deliberation_app.ui.meetings_words import day_words

_USUAL_HOUR = time(14, 30)
_USUAL_DAYS = 7


def mode_options() -> list[tuple[str, str]]:
    """How people come together."""
    return [("onsite", _("In the room")), ("hybrid", _("In the room and online")), ("online", _("Online"))]


class MeetingDialog(QDialog):
    """`saved` brings the id of the meeting called or changed."""

    saved = Signal(str)

    def __init__(
        self,
        desk: Desk,
        *,
        view: MeetingView | None = None,
        day: date | None = None,
        item: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.desk = desk
        self.view = view
        self._entered: dict[str, Entered] = {}
        self._touched: set[str] = set()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        forms.load("meeting_dialog", self)
        self.setWindowTitle(_("Change the meeting") if view else _("Call a meeting"))
        room = self.screen().availableSize()
        self.resize(min(px(660 if view else 1040), room.width() - 48), min(px(650), room.height() - 64))
        self.roll = MeetingRoll()
        self.roll.set_capacities("voting", "observing")
        self.roll_place.addWidget(self.roll)
        self._fill_choices(day, item)
        if view is None:
            self._take_kind()
        else:
            self._show(view)
        self._connect()

    def _fill_choices(self, day: date | None, wanted: str | None) -> None:
        self.kinds = {kind.id: kind for kind in kinds.kinds(self.desk.work, self.desk.unit_id)}
        self.kind_field.editor.set_options([(kind.id, _(kind.name)) for kind in self.kinds.values()])
        self.mode_field.editor.set_options(mode_options())
        find = find_people(self.desk.work, self.desk.unit_id)
        for editor in (self.chair_field.editor, self.recorder_field.editor, self.lecturer_field.editor, self.roll.who):
            editor.set_find(find)
        self.date_field.editor.set_today(self.desk.today())
        self.date_field.set_value(day or self.desk.today() + timedelta(days=_USUAL_DAYS))
        self.time_field.set_value(_USUAL_HOUR)
        self.items: dict[uuid.UUID, QCheckBox] = {}
        open_items = agenda.page(self.desk.work, self.desk.unit_id, state="active", limit=100).rows
        for item in (one for one in open_items if one.stage != "shared"):
            box = QCheckBox(" ".join(part for part in (item.number, item.title) if part))
            box.setChecked(str(item.id) == wanted)
            self.items[item.id] = box
            self.items_list.addWidget(box)
        self.items_list.addStretch()
        self.items_scroll.setFixedHeight(px(32) * min(len(self.items), 4))

    def _connect(self) -> None:
        self.cancel.clicked.connect(self.reject)
        self.save.clicked.connect(self.keep)
        self.kind_field.edited.connect(run.slot(self, self._take_kind))
        self.date_field.edited.connect(run.slot(self, self._take_day))
        for name in ("title", "number", "place", "time"):
            field = getattr(self, f"{name}_field")
            field.edited.connect(lambda name=name: self._touched.add(name))
            field.editor.returnPressed.connect(self.keep)
        self.roll.added.connect(self._enter)
        self.roll.removed.connect(self._leave)
        self.roll.last_wanted.connect(run.slot(self, self._take_last))

    # What the kind asks for

    def _take_kind(self) -> None:
        kind = self.kinds[self.kind_field.value()]
        told = " ".join(_(words) for words in (kind.frequency, kind.presides) if words)
        self.kind_field.set_hint(told.replace("。 ", "。"))
        self.number_field.setVisible("number" in kind.fields)
        self.mode_field.setVisible("mode" in kind.fields)
        self.place_field.setVisible("place" in kind.fields)
        self.topic_field.setVisible("topic" in kind.fields)
        self.lecturer_field.setVisible("lecturer" in kind.fields)
        self.items_part.setVisible("items" in kind.fields and bool(self.items))
        habit = meetings_view.habit(self.desk.work, self.desk.unit_id, kind.id)
        if habit is not None and "place" not in self._touched:
            self.place_field.set_value(habit.place)
        if habit is not None and "time" not in self._touched:
            self.time_field.set_value(calendar.local(habit.starts_at).time())
        if habit is not None and habit.recorder_id is not None:
            self._name(self.recorder_field, habit.recorder_id)
        self._take_day()

    def _take_day(self) -> None:
        """Number, people due and the time for the notice follow from kind and day."""
        starts_at = self._starts_at()
        if starts_at is None:
            return
        self._tell_notice()
        if self.view is not None:
            return
        told = meetings.suggestion(self.desk.work, self.desk.unit_id, self.kind_field.value(), starts_at)
        for name in ("title", "number"):
            if name not in self._touched:
                getattr(self, f"{name}_field").set_value(told[name])
        if told["chair_id"] and not self.chair_field.editor.person_id():
            self._name(self.chair_field, told["chair_id"])
        if "roll" not in self._touched:
            self._fill_roll([(key, "voting") for key in told["due"]])

    def _tell_notice(self) -> None:
        kind = KINDS[self.view.meeting.kind] if self.view else self.kinds[self.kind_field.value()]
        held_on = self.date_field.value()
        notice, today = kind.notice, self.desk.today()
        notice_on = calendar.day_of(self.view.meeting.notice_at) if self.view and self.view.meeting.notice_at else today
        late = notice_fault(kind, notice_on, held_on)
        if late is not None:
            tone, icon, words = "warn", "late", render(late)
            if notice.urgent_exception:
                words = f"{words} {_('In an emergency it may be shorter; write the reason into the notice.')}"
        elif notice.days:
            last = day_words(held_on - timedelta(days=notice.days), today)
            words = _("At least {days} days before ({clause}): give notice by {day}.")
            tone, icon, words = "ok", "done", words.format(days=notice.days, clause=notice.clause, day=last)
        else:
            tone, icon = "info", "note"
            words = _("The law names no number of days for this notice; tell people early enough.")
        restyle(self.notice_tint, tone=tone)
        self.notice_icon.show_as(icon, tone)
        self.notice_words.setText(words)

    def _starts_at(self) -> datetime | None:
        day, hour = self.date_field.value(), self.time_field.value()
        return calendar.instant(day, hour or _USUAL_HOUR) if day else None

    def _name(self, field: Any, key: uuid.UUID) -> None:
        for one in meetings_view.named(self.desk.work, [key]):
            field.editor.set_person(str(one.id), one.name)

    # Who is due

    def _fill_roll(self, people: list[tuple[uuid.UUID, str]]) -> None:
        capacity = dict(people)
        found = meetings_view.named(self.desk.work, [key for key, _capacity in people])
        self._entered = {}
        for one in found:
            self._put(str(one.id), one.name, one.hint, "voting" if capacity[one.id] == "voting" else "observing")
        self.roll.fill(list(self._entered.values()))

    def _put(self, key: str, name: str, hint: str, capacity: str) -> None:
        words = "" if capacity == "voting" else capacity_words(capacity)
        self._entered[key] = Entered(key, name, hint, capacity, words)

    def _enter(self, key: str, name: str, capacity: str) -> None:
        self._touched.add("roll")
        hint = next((one.hint for one in meetings_view.named(self.desk.work, [uuid.UUID(key)])), "")
        self._put(key, name, hint, capacity)
        self.roll.fill(list(self._entered.values()))

    def _leave(self, key: str) -> None:
        self._touched.add("roll")
        self._entered.pop(key, None)
        self.roll.fill(list(self._entered.values()))

    def _take_last(self) -> None:
        self._touched.add("roll")
        self._fill_roll(meetings_roll.last_roll(self.desk.work, self.desk.unit_id, self.kind_field.value()))

    # Saving

    def _show(self, view: MeetingView) -> None:
        meeting = view.meeting
        self.head.setText(_("Change the meeting"))
        self.save.setText(_("Save"))
        self.kind_field.set_hint(_(KINDS[meeting.kind].frequency))
        self.kind_field.editor.set_options([(meeting.kind, _(KINDS[meeting.kind].name))], meeting.kind)
        self.kind_field.setEnabled(False)
        for field in (self.topic_field, self.lecturer_field):  # once called they stand in the agenda
            field.hide()
        starts_at = calendar.local(meeting.starts_at)
        values = {"title": meeting.title, "number": meeting.number, "place": meeting.place, "date": starts_at.date(),
                  "time": starts_at.time(), "mode": meeting.mode or "onsite"}  # fmt: skip
        for name, value in values.items():
            getattr(self, f"{name}_field").set_value(value)
        for field, key, name in (
            (self.chair_field, meeting.chair_id, view.chair),
            (self.recorder_field, meeting.recorder_id, view.recorder),
        ):
            field.editor.set_person(str(key or ""), name)
        self.items_part.hide()
        self.roll.hide()
        self._tell_notice()

    def keep(self) -> None:
        """Save, unless a field says what would be right."""
        wrong = [(field, words) for field, words in self._missing() if words]
        for field, words in wrong:
            field.set_error(words)
        if wrong:
            wrong[0][0].editor.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        key = run.act(self, self._save)
        if key:
            self.saved.emit(str(key))
            self.accept()

    def _missing(self) -> list[tuple[Any, str]]:
        asked = (
            (self.title_field, _("Write the title as it will stand on the notice.")),
            (self.date_field, _("Which day? Such as 10-24 or 2026-10-24.")),
            (self.time_field, _("At what time? Such as 14:30 or 1430.")),
        )
        found = [(field, "" if field.value() else words) for field, words in asked]
        for field in (self.chair_field, self.recorder_field, self.lecturer_field):
            loose = field.editor.text().strip() and not field.editor.person_id()
            words = _("Choose the person from the list, or enter them under People first.")
            found.append((field, words if loose else ""))
        return found

    def _save(self) -> uuid.UUID:
        values: dict[str, Any] = {
            "title": self.title_field.value(),
            "starts_at": self._starts_at(),
            "place": self.place_field.value(),
            "mode": self.mode_field.value() or "onsite",
            "number": self.number_field.value(),
            "chair_id": _key(self.chair_field),
            "recorder_id": _key(self.recorder_field),
        }
        if self.view is not None:
            meetings.edit(self.desk.work, self.view.meeting.id, **values)
            return self.view.meeting.id
        kind = self.kind_field.value()
        fields = self.kinds[kind].fields
        takes_items = "items" in fields
        return meetings.call(
            self.desk.work, self.desk.unit_id, kind=kind, **values,
            items=[key for key, box in self.items.items() if takes_items and box.isChecked()],
            due=[uuid.UUID(one.id) for one in self._entered.values() if one.capacity == "voting"],
            observing=[uuid.UUID(one.id) for one in self._entered.values() if one.capacity != "voting"],
            topic=self.topic_field.value() if "topic" in fields else "",
            lecturer_id=_key(self.lecturer_field) if "lecturer" in fields else None,
        )  # fmt: skip


def _key(field: Any) -> uuid.UUID | None:
    key = field.editor.person_id()
    return uuid.UUID(key) if key else None

"""One meeting: prepared before it is held, opened in the console, read afterwards."""

from __future__ import annotations

import uuid
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QWidget

from deliberation_app.domain.meetings import KINDS
from deliberation_app.language import _, ngettext_, render
from deliberation_app.services import meetings, meetings_agenda, meetings_told, meetings_view, owners_vote
from deliberation_app.services.meetings_view import EntryView, MeetingView
from deliberation_app.ui import consoles
from deliberation_app.ui import meetings_files as files
from deliberation_app.ui.kit import forms, run
from deliberation_app.ui.kit.buttons import Button
from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.kit.marks import Chip
from deliberation_app.ui.kit.panels import Card, InnerHeader, Scroll
from deliberation_app.ui.kit.theme import px
from deliberation_app.ui.meeting_agenda import EntryList, minutes_words
from deliberation_app.ui.meeting_dialog import MeetingDialog
from deliberation_app.ui.meeting_enclosures import MeetingEnclosures
from deliberation_app.ui.meeting_entry import MeetingEntry
from deliberation_app.ui.meeting_law import MeetingLawPanel
from deliberation_app.ui.meeting_more import pop
from deliberation_app.ui.meeting_roll import MeetingRoll, entered, find_people
from deliberation_app.ui.meeting_roll_acts import RollActs
from deliberation_app.ui.meeting_strip import across, fill_strip
from deliberation_app.ui.meeting_told import MeetingTold, point_of
from deliberation_app.ui.meetings_words import STATE_LOOK, moment_words, state_words
from deliberation_app.ui.people_look import tab_through

_BEFORE = ("planned", "called")
_HELD = ("open", "recess", "closed")
_TICKS = ("materials", "papers", "room")


class MeetingPage(QWidget):
    """Head with the state and the next act, the strip, the agenda, and beside it one point or the roll."""

    parts = ("meetings", "floor", "votes", "people", "minutes", "agenda", "archive")
    inner = True

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._id: uuid.UUID | None = None
        self._arrived = False
        self._sought: uuid.UUID | None = None
        self._view: MeetingView | None = None
        self._told: dict[uuid.UUID, meetings_told.Told] = {}
        forms.load("meeting_page", self)
        self._build_head()
        self._build_sides()
        self._connect()
        head = (self.header.back_button, *self.acts)
        agenda = (self.cancel_card, self.law.ask, self.entries, self.agenda_foot, self.side_choice)
        roll = (self.roll.who, self.roll.capacity, self.roll.take_last, self.roll.people)
        tab_through(*head, *agenda, *roll, self.entry, self.told, self.law, self.kept)

    def _build_head(self) -> None:
        self.header = InnerHeader()
        self.page_column.insertWidget(0, self.header)
        self.chip = Chip()
        self.header.add_chip(self.chip)
        self.more_act = Button(_("More"), "quiet", after="down")
        self.notice_act = Button(_("Notice is given"), icon="notices")
        self.file_act = Button(_("File"), icon="archive")
        self.record_act = Button(_("To the record"), icon="minutes")
        self.console_act = Button(_("Hold the meeting"), "primary", after="go_on", keys="F5")
        self.owners_act = Button(_("Owners' vote"), icon="votes")
        self.papers_act = Button(_("Papers"), icon="print")
        self.acts = (self.more_act, self.papers_act, self.owners_act, self.notice_act, self.file_act, self.record_act,
                     self.console_act)  # fmt: skip
        for button in self.acts:
            self.header.add_act(button)
        self.cancel_card.hide()

    def _build_sides(self) -> None:
        self.entries = EntryList()
        self.entries_place.addWidget(self.entries)
        self.roll = MeetingRoll()
        self.roll.who.set_find(find_people(self.desk.work, self.desk.unit_id))
        self.roll.layout().setContentsMargins(px(16), px(12), px(16), px(12))
        self.entry = MeetingEntry(self.desk)
        self.told = MeetingTold(self.desk)
        self.law, self.kept = MeetingLawPanel(self.desk), MeetingEnclosures(self.desk)
        self.body_column.insertWidget(1, self.law.ask)
        self.side = QStackedWidget()
        for widget in (self.roll, self.entry, self.told, self.law, self.kept):
            card = Card()
            card.column(1, 0).addWidget(Scroll(widget))
            self.side.addWidget(card)
        self.side_place.addWidget(self.side)
        sides = {"roll": _("On the roll"), "entry": _("This point"), "law": _("To be ready"), "kept": _("Files")}
        self.side_choice.set_options(list(sides.items()))
        self.side_choice.setAccessibleName(_("Beside the agenda"))

    def _connect(self) -> None:
        self.header.back.connect(self.desk.back)
        self.more_act.clicked.connect(self._show_more)
        self.notice_act.clicked.connect(run.slot(self, self._give_notice))
        self.record_act.clicked.connect(lambda: self.desk.navigate("record", id=str(self._id)))
        self.papers_act.clicked.connect(lambda: self.desk.navigate("papers", id=str(self._id)))
        self.file_act.clicked.connect(lambda: self.desk.navigate("archive", meeting=str(self._id)))
        self.owners_act.clicked.connect(lambda: self.desk.navigate("owners", id=str(self._id)))
        self.console_act.clicked.connect(run.slot(self, self._hold))
        self.cancel_keep.clicked.connect(self.cancel_card.hide)
        self.cancel_do.clicked.connect(run.slot(self, self._cancel))
        self.cancel_field.editor.returnPressed.connect(self.cancel_do.click)
        self.side_choice.chosen.connect(lambda _side: self._show_side())
        self.entries.opened.connect(lambda _key: self._open_entry())
        self.entries.moved.connect(self._move)
        self.entries.selectionModel().currentRowChanged.connect(lambda *_rows: self._entry_chosen())
        self.add_entry.clicked.connect(self._begin_entry)
        self.edit_entry.clicked.connect(self._open_entry)
        self.drop_entry.clicked.connect(run.slot(self, self._drop))
        self.move_up.clicked.connect(lambda: self.entries.step(-1))
        self.move_down.clicked.connect(lambda: self.entries.step(1))
        self.entry.done.connect(self._leave_entry)
        RollActs(self, self.desk, self.roll, lambda: self._view)
        self.law.counted.connect(lambda words: self.side_choice.words("law", words))
        self.law.move_wanted.connect(self.change)
        self.law.asking.connect(lambda asks: self.console_act.set_kind("normal" if asks else "primary"))

    # Reading

    def shown(self, id: object = "", statement: object = "", entry: object = "", **_where: Any) -> None:
        """Show the meeting with this id; a statement or a point that was looked for is brought into sight."""
        wanted, sought = uuid.UUID(str(id)) if id else None, statement or entry
        self._sought = uuid.UUID(str(sought)) if sought else None
        if wanted != self._id:
            self._id, self._arrived = wanted, True
            self.cancel_card.hide()
            if self._view is not None:  # a new page is read by the window
                self.refresh()
        self.entries.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._view is not None:
            self._seek()

    def refresh(self) -> None:
        """Read the meeting again."""
        if self._id is None:
            return
        self._view = meetings_view.meeting(self.desk.work, self._id)
        held = self._view.state in _HELD
        self._told = meetings_told.told(self.desk.work, self._id) if held else {}
        self._show_head(self._view)
        self._show_strip(self._view)
        self.entries.set_movable(self._view.state != "closed")
        self.entries.show_entries(self._view.entries, held=held)
        minutes, count = sum(entry.minutes or 0 for entry in self._view.entries), len(self._view.entries)
        points = ngettext_("{count} point", "{count} points", count).format(count=count)
        self.agenda_sum.setText(" · ".join((points, minutes_words(minutes)) if minutes else (points,)))
        self._show_roll(self._view)
        self.law.show_meeting(self._id)
        self.kept.show_meeting(self._id)
        if self._arrived:
            self._arrived = False
            self.side_choice.choose("entry" if held else "roll")
        self._entry_chosen()
        self._seek()

    def _seek(self) -> None:
        """Choose the point that was looked for; a statement in it is marked where it stands."""
        sought, self._sought = self._sought, None
        if sought is not None:
            self.told.mark(sought)
            self.entries.choose(str(point_of(self._told, sought)))
            self._show_side("entry")
            self.told.go_to_mark()

    def _show_head(self, view: MeetingView) -> None:
        meeting, state = view.meeting, view.state
        self.header.set_title(meeting.title)
        self.chip.show_as(state_words(state), *STATE_LOOK[state])
        chair = _("{name} presides").format(name=view.chair) if view.chair else ""
        facts = (moment_words(meeting.starts_at, self.desk.today()), meeting.place or _("No room yet"),
                 _(KINDS[meeting.kind].name), meeting.number, chair)  # fmt: skip
        self.header.set_context(" · ".join(fact for fact in facts if fact))
        self.notice_act.setVisible(state == "planned")
        self.owners_act.setVisible(state != "cancelled" and bool(owners_vote.rules_for(self.desk.work, self._id)))
        self.file_act.setVisible(state == "closed")
        self.record_act.setVisible(state == "closed")
        self.console_act.setVisible(state in (*_BEFORE, "open", "recess"))
        self.console_act.setText(_("Hold the meeting") if state in _BEFORE else _("Back to the meeting"))
        self.agenda_foot.setVisible(state not in ("closed", "cancelled"))
        self.edit_entry.setVisible(state in _BEFORE)

    def _show_strip(self, view: MeetingView) -> None:
        marks = fill_strip(self.facts, view, before=view.state in _BEFORE, wide=across(self))
        for mark in marks:
            mark.clicked.connect(lambda _on=False, key=mark.key: run.act(self, self._tick, key))
        if marks:
            tab_through(self.console_act, *marks, self.entries)

    def _show_roll(self, view: MeetingView) -> None:
        self.roll.set_editable(view.state in (*_BEFORE, "open", "recess"))
        self.roll.set_explainable(view.state == "closed" and view.record != "signed")
        self.roll.fill([entered(one) for one in view.roll])
        self.side_choice.words("roll", f"{_('On the roll')} {len(view.roll)}")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column in a narrow window."""
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        down, beside = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self.columns.setDirection(beside if across(self) else down)
        reading = self._view is not None and self._view.state in _HELD
        self.columns.setStretch(0, 2 if reading else 3)
        self.columns.setStretch(1, 3 if reading else 2)
        self.agenda_card.setMinimumSize(px(300), px(0 if across(self) else 320))
        self.side.setMinimumSize(px(340), px(0 if across(self) else 420))

    # Beside the agenda

    def _chosen(self) -> EntryView | None:
        key = self.entries.current_id()
        return next((one for one in self._view.entries if str(one.id) == key), None) if self._view else None

    def _entry_chosen(self) -> None:
        entry = self._chosen()
        for widget in (self.edit_entry, self.drop_entry, self.move_up, self.move_down):
            widget.setEnabled(entry is not None)
        self._show_side()

    def _show_side(self, choose: str = "") -> None:
        if choose:
            self.side_choice.choose(choose)
        entry = self._chosen()
        reading = self._view is not None and self._view.state in _HELD
        if self.side_choice.current() == "roll" or self._view is None:
            self.side.setCurrentIndex(0)
        elif self.side_choice.current() in ("law", "kept"):
            self.side.setCurrentIndex(3 if self.side_choice.current() == "law" else 4)
        elif reading and entry is not None and entry.id in self._told:
            self.side.setCurrentIndex(2)
            locked = self._view.record == "signed"
            self.told.show_told(entry, self._told[entry.id], locked=locked, editable=self._view.state == "closed")
        elif entry is not None and self.side.currentIndex() != 1:
            self.side.setCurrentIndex(1)
            self._edit(entry)
        elif entry is not None and not self.entry.isAncestorOf(self.focusWidget() or self):
            self._edit(entry)
        self._fold()

    def _edit(self, entry: EntryView | None) -> None:
        had = self.window().focusWidget()
        self.entry.show_entry(self._id, entry)
        if had is self.entries:
            self.entries.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_entry(self) -> None:
        self._show_side("entry")
        if self.side.currentIndex() == 1:
            self.entry.show_entry(self._id, self._chosen())
        else:
            self.told.paper.setFocus(Qt.FocusReason.OtherFocusReason)

    def _begin_entry(self) -> None:
        self.side_choice.choose("entry")
        self.side.setCurrentIndex(1)
        self.entry.show_entry(self._id, None)

    def _leave_entry(self) -> None:
        self._show_side("roll")
        self.entries.setFocus(Qt.FocusReason.OtherFocusReason)

    # Acts

    def _tick(self, key: str) -> None:
        if key == "notice":
            self._give_notice()
        elif key in _TICKS and self._view is not None:
            ticked = bool((self._view.meeting.prepared or {}).get(key))
            meetings.prepare(self.desk.work, self._id, key, not ticked)
        else:
            self.entries.setFocus(Qt.FocusReason.OtherFocusReason)

    def _give_notice(self) -> None:
        if self.law.waits("notice"):  # what bars it is settled there
            self._show_side("law")
        late = meetings.give_notice(self.desk.work, self._id)
        if late is not None:
            self.error_line.say(_("Notice is noted, but it is late"), render(late))
            self._show_side("law")
        else:
            self.desk.toast(_("Notice is noted as given today"))

    def _hold(self) -> None:
        consoles.hold(self.desk, self._id, self.window())

    def _show_more(self) -> None:
        state = self._view.state if self._view else "closed"
        pop(self, self.more_act, (
            ("edit", _("Change the meeting"), self.change, state not in ("closed", "cancelled")),
            ("import", _("Export the meeting file"), self._export, True),
            ("missing", _("Cancel the meeting …"), self._ask_cancel, state in _BEFORE),
        ))  # fmt: skip

    def change(self) -> None:
        """Change title, time, place and who presides."""
        dialog = MeetingDialog(self.desk, view=self._view, parent=self)
        dialog.saved.connect(lambda _key: self.desk.toast(_("The meeting is changed")))
        dialog.open()

    def _export(self, to: Any = None) -> None:
        place = to or files.ask_place(self, self._view.meeting.title)
        if place:
            files.write(self.desk.work, self._id, place)
            self.desk.toast(_("The meeting file lies in {file}").format(file=place), undo=False)

    def _ask_cancel(self) -> None:
        self.cancel_field.set_value("")
        self.cancel_card.show()
        self.cancel_field.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _cancel(self) -> None:
        meetings.cancel(self.desk.work, self._id, self.cancel_field.value())
        self.cancel_card.hide()
        self.desk.toast(_("The meeting is cancelled"))

    def _move(self, key: str, to: int) -> None:
        run.act(self, meetings_agenda.move_entry, self.desk.work, uuid.UUID(key), to)

    def _drop(self) -> None:
        entry = self._chosen()
        if entry is not None:
            meetings_agenda.drop_entry(self.desk.work, entry.id)
            self.desk.toast(_("“{title}” is off the agenda").format(title=entry.title))

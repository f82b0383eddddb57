"""The one line in which a voice is noted: Alt and a number for the channel, what was said, who, Enter."""

from __future__ import annotations

import uuid
from datetime import datetime, time
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QCompleter, QFileDialog, QWidget

from deliberation_app.domain import voices as rules
from deliberation_app.errors import N_, RuleBroken
from deliberation_app.language import _, ngettext_
from deliberation_app.services import enclosures, people_find, voices, voices_list
from deliberation_app.settings import DISPLAY_ZONE
from deliberation_app.ui.kit import forms, run
from deliberation_app.ui.kit.buttons import FilterButton
from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.kit.editors import LineEdit
from deliberation_app.ui.kit.panels import Card
from deliberation_app.ui.kit.theme import px
from deliberation_app.ui.voices_flow import FlowBox
from deliberation_app.ui.voices_side import files
from deliberation_app.ui.voices_words import channel_words

_NOON = time(12, 0)
_FOLD = 760
_NAME = 140  # what a name needs beside the acts


class VoiceIntake(Card):
    """Notes a voice; what is more than the line folds out."""

    kept = Signal(str, str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        forms.load("voices_intake", self)
        self._pictures: list[Path] = []
        self.setAcceptDrops(True)
        self._make_channels()
        self._make_more()
        self.said.setAccessibleName(_("The words said"))
        self.said.setPlaceholderText(_("What was said, in the words of whoever said it"))
        self.who.setAccessibleName(_("Who said it"))
        self.who.setPlaceholderText(_("Who: initials do"))
        self.who.set_find(self._find)
        self.who.textEdited.connect(lambda _text: self.unnamed.setChecked(False))
        for edit in (self.said, self.who, self.contact, self.category, self.wish, self.room):
            edit.returnPressed.connect(run.slot(self, self._enter, edit))
        self.save.clicked.connect(run.slot(self, self.keep))
        self.more.toggled.connect(self._fold)
        self.picture.clicked.connect(self._ask_files)
        self._fold(False)
        self.choose("wish_wall")

    def _make_channels(self) -> None:
        self.channels = QButtonGroup(self)
        self.channels.setExclusive(True)
        box = FlowBox(gap=6)
        for at, (name, channel) in enumerate(list(rules.CHANNELS.items())[:9], start=1):
            button = FilterButton(channel_words(name))
            button.setObjectName(f"channel_{name}")
            button.setToolTip(f"Alt+{at}")
            button.set_cap(str(at))
            self.channels.addButton(button)
            button.clicked.connect(lambda _on=False, name=name: self._went(name))
            QShortcut(QKeySequence(f"Alt+{at}"), self, activated=lambda name=name: self._went(name))
            box.add(button)
            del channel
        box.setAccessibleName(_("Channel"))
        self.channel_place.addWidget(box)
        QShortcut(QKeySequence("Alt+0"), self, activated=self.unnamed.click)

    def _make_more(self) -> None:
        self.more.setCheckable(True)
        self.day.set_today(self.desk.today())
        self.day.setAccessibleName(_("Received on"))
        self.urgency.set_options([(name, _(one.name)) for name, one in rules.URGENCIES.items()])
        self.urgency.setAccessibleName(_("Urgency"))
        for edit, words in ((self.contact, _("How to reach them")), (self.category, _("Category")),
                            (self.wish, _("What they wish for")), (self.room, _("Place"))):  # fmt: skip
            edit.setAccessibleName(words)
            edit.setPlaceholderText(words)
        self.unnamed.setToolTip("Alt+0")

    def read(self) -> None:
        """Read the categories anew."""
        known = QCompleter(voices_list.categories(self.desk.work, self.desk.unit_id), self.category)
        known.setFilterMode(Qt.MatchFlag.MatchContains)
        self.category.setCompleter(known)

    def _find(self, text: str) -> list[tuple[str, str, str]]:
        found = people_find.find(self.desk.work, self.desk.unit_id, text)
        return [(str(one.id), one.name, one.hint) for one in found]

    def channel(self) -> str:
        """The channel chosen."""
        button = self.channels.checkedButton()
        return button.objectName().removeprefix("channel_") if button is not None else "other"

    def choose(self, name: str) -> None:
        """Choose a channel; where nobody signs, no name is expected."""
        self.findChild(FilterButton, f"channel_{name}").setChecked(True)
        if not self.who.value():
            self.unnamed.setChecked(not rules.CHANNELS[name].named)

    def _went(self, name: str) -> None:
        self.choose(name)
        self.said.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fold(self, on: bool) -> None:
        self.more_box.setVisible(on)
        self.day.set_value(self.day.value() or self.desk.today())
        self.updateGeometry()

    def _enter(self, edit: LineEdit) -> None:
        """Enter in the line saves; while a name is still expected it goes there first."""
        if edit is self.who and self.who.findChild(QCompleter).popup().isVisible():
            return  # this Enter takes the name from the list; the next one saves
        waits = edit is self.said and not self.unnamed.isChecked() and not self.who.value()
        if waits and self.said.value():
            self.who.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.keep()

    def keep(self) -> None:
        """Note what stands there, and be ready for the next."""
        person = self.who.person_id()
        name = "" if self.unnamed.isChecked() else self.who.value()
        if not self.said.value():
            self.said.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not name and not self.unnamed.isChecked():
            self.who.setFocus(Qt.FocusReason.OtherFocusReason)
            raise RuleBroken(N_("Write who said it, or choose “Unnamed” (Alt 0). Nothing was changed."))
        if self.day.faulty():
            raise RuleBroken(N_("Write the day as 2026-10-24. Nothing was changed."))
        key = voices.add(
            self.desk.work, self.desk.unit_id, text=self.said.value(), channel=self.channel(),
            person_id=uuid.UUID(person) if person and name else None, received_at=self._moment(), **self._more(name),
        )  # fmt: skip
        for path in self._pictures:
            enclosures.add(self.desk.work, "voice", key, "", path)
        number = voices.voice(self.desk.work, key).voice.number or ""
        self._ready()
        self.kept.emit(str(key), number)

    def _more(self, name: str) -> dict[str, Any]:
        return {
            "said_by": name if name and not self.who.person_id() else "", "contact": self.contact.value(),
            "category": self.category.value(), "urgency": self.urgency.value(), "wish": self.wish.value(),
            "room": self.room.value(), "confidential": self.confidential.isChecked(),
        }  # fmt: skip

    def _moment(self) -> datetime | None:
        """Now for today, noon for a day before."""
        day = self.day.value()
        if day is None or day == self.desk.today():
            return None
        return datetime.combine(day, _NOON, DISPLAY_ZONE)

    def _ready(self) -> None:
        self._pictures = []
        for edit in (self.said, self.contact, self.wish):
            edit.clear()
        self.who.clear_person()
        self.confidential.setChecked(False)
        self.urgency.set_value("normal")
        self.choose(self.channel())
        self._say_pictures()
        self.said.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Who said it goes below where there is little room."""
        super().resizeEvent(event)
        narrow = event.size().width() < px(_FOLD)
        self.line_row.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
        beside = sum(part.sizeHint().width() + px(8) for part in (self.unnamed, self.more, self.save))
        alone = narrow and event.size().width() - px(32) < beside + px(_NAME)
        if alone != (self.line_row.indexOf(self.who) >= 0):
            (self.line_row if alone else self.tail).insertWidget(1 if alone else 0, self.who)

    # Pictures

    def _ask_files(self) -> None:
        chosen, _filter = QFileDialog.getOpenFileNames(self, _("Take in pictures"))
        self.take_in([Path(one) for one in chosen])

    def take_in(self, paths: list[Path]) -> None:
        """Attach these to the voice that is being noted."""
        self._pictures += [path for path in paths if path not in self._pictures]
        self.more.setChecked(self.more.isChecked() or bool(self._pictures))
        self._say_pictures()

    def _say_pictures(self) -> None:
        count = len(self._pictures)
        words = ngettext_("{count} picture attached", "{count} pictures attached", count).format(count=count)
        self.picture.setText(words if count else _("Attach a picture"))
        self.picture.updateGeometry()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A picture may be dropped on the card."""
        if files(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Attach it."""
        self.take_in(files(event))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl Enter saves from anywhere."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            run.act(self, self.keep)
        else:
            super().keyPressEvent(event)

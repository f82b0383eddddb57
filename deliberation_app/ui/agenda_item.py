"""One item: its time line, and beside it what is on record about it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from deliberation_app.language import _, ngettext_
from deliberation_app.services.agenda import ItemView
from deliberation_app.ui.agenda_timeline import TimeLine
from deliberation_app.ui.agenda_words import MIDDLE_DAY, channel_name, civil, day_words, said, stay_words
from deliberation_app.ui.kit import forms
from deliberation_app.ui.kit.buttons import Button
from deliberation_app.ui.kit.labels import Label
from deliberation_app.ui.kit.panels import Scroll, column, empty, row
from deliberation_app.ui.kit.theme import px

_NARROW = 760


class ItemPane(QWidget):
    """Time line at the left, facts at the right; below each other where there is little room."""

    opened = Signal(int)
    edit_wanted = Signal()
    unlink_wanted = Signal(object)
    item_wanted = Signal(object)
    file_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        forms.load("agenda_item", self)
        self.time_line = TimeLine(name=_("Time line"))
        self.line_column.addWidget(self.time_line, 1)
        self.facts_place = QWidget()
        self.facts = column(self.facts_place, spacing=14)
        self.facts_column.addWidget(Scroll(self.facts_place), 1)
        self.time_line.opened.connect(lambda at: self.opened.emit(int(at)))
        self.edit.clicked.connect(self.edit_wanted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside each other while there is room."""
        super().resizeEvent(event)
        beside = event.size().width() >= px(_NARROW)
        wanted = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self.sides.direction() != wanted:
            self.sides.setDirection(wanted)

    def minimumSizeHint(self) -> QSize:
        """As narrow as one of its sides."""
        return QSize(px(340), super().minimumSizeHint().height())

    def show_item(self, view: ItemView) -> None:
        """Show an item."""
        self.seal.set_stage(view.item.stage)
        self.item_title.setText(view.item.title)
        stay, _tone = stay_words(view.card)
        count = len(view.timeline)
        told = [view.item.number or "", ngettext_("{count} event", "{count} events", count).format(count=count), stay]
        self.item_under.set_text(" · ".join(part for part in told if part))
        flag = said(view.card.flag)
        self.flag.setVisible(bool(flag))
        self.flag.show_as(flag, view.card.flag_tone if view.card.flag_tone == "warn" else "")
        self.time_line.show_events(view.timeline)
        empty(self.facts)
        for label, words in _facts(view):
            self._add(label, words)
        self._add_links(view)
        self.facts.addStretch()

    def _add(self, label: str, words: str) -> None:
        pair = column(spacing=2)
        pair.addWidget(Label(label, "hint"))
        shown = Label(words, "", wrap=True)
        shown.setAccessibleName(f"{label}: {words}")
        pair.addWidget(shown)
        self.facts.addLayout(pair)

    def _add_links(self, view: ItemView) -> None:
        for key, meeting in view.party_meetings:
            words = meeting.title if meeting else _("A meeting that is not on this computer")
            self._add_link(_("Discussed beforehand"), words, _("Unlink"), self.unlink_wanted, key)
        if view.merged_into is not None:
            self._add_link(_("Merged into"), view.merged_into.title, _("Open"), self.item_wanted, view.merged_into.id)
        filed = view.item.archive_number or _("No archive number yet")
        self._add_link(_("File in the archive"), filed, _("Open"), self.file_wanted, view.item.id)
        for other in view.merged:
            self._add_link(_("Took in"), other.title, _("Open"), self.item_wanted, other.id)

    def _add_link(self, label: str, words: str, act: str, signal: Any, key: Any) -> None:
        across = row(spacing=8)
        pair = column(spacing=2)
        pair.addWidget(Label(label, "hint"))
        pair.addWidget(Label(words, "", wrap=True))
        across.addLayout(pair, 1)
        button = Button(act, "link")
        button.setAccessibleName(f"{act}: {words}")
        button.clicked.connect(lambda: signal.emit(key))
        across.addWidget(button)
        self.facts.addLayout(across)


def _facts(view: ItemView) -> list[tuple[str, str]]:
    item = view.item
    found = []
    if item.raised_at is not None:
        found.append((_("Raised on"), day_words(civil(item.raised_at).date(), MIDDLE_DAY)))
    found.append((_("Raised by"), "、".join(person.name for person in view.raisers) or _("No name")))
    found.append((_("Channel"), channel_name(item.channel) or _("Not on record")))
    if item.category:
        found.append((_("Category"), item.category))
    if item.vital_interest:
        found.append((_("Vital interests"), _("Touched: a branch assembly discusses it before the vote")))
    if item.votable is False:
        found.append((_("To be voted on"), _("Only how it is done; whether is decided by law")))
    if item.background:
        found.append((_("Background"), item.background))
    return found

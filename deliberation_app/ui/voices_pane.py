"""The voices themselves: the line to note one, the filters, the list, and the one that is chosen."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QFileDialog, QWidget

from deliberation_app.language import _
from deliberation_app.services import enclosures, voices_ends, voices_list, voices_papers
from deliberation_app.services.voices_list import VoiceCard, VoiceView
from deliberation_app.ui import voices_asks, voices_told
from deliberation_app.ui.agenda_ask import AskPanel
from deliberation_app.ui.kit import forms, run
from deliberation_app.ui.kit.buttons import FilterButton
from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.kit.states import EmptyState
from deliberation_app.ui.kit.table import Cell, Column, PagedModel
from deliberation_app.ui.kit.theme import px
from deliberation_app.ui.people_look import width_of
from deliberation_app.ui.voices_flow import FlowBox
from deliberation_app.ui.voices_intake import VoiceIntake
from deliberation_app.ui.voices_pictures import show_pictures
from deliberation_app.ui.voices_printing import write
from deliberation_app.ui.voices_side import SidePane
from deliberation_app.ui.voices_words import FILTERS, channel_words, state_cell, who_words

_TYPING_MS, _FOLD = 200, 820


class VoicesPane(QWidget):
    """Notes, finds and carries on what people said."""

    told = Signal(dict)

    def __init__(self, desk: Desk, ask: AskPanel) -> None:
        super().__init__()
        self.desk, self.ask = desk, ask
        forms.load("voices_pane", self)
        self._only, self._chosen = "all", ""
        self._view: VoiceView | None = None
        self.intake = VoiceIntake(desk)
        self.intake_place.addWidget(self.intake)
        self._make_filters()
        self.model = PagedModel(_columns(), key=lambda card: str(card.voice.id))
        self.table.show_model(self.model)
        self.table.setAccessibleName(_("Voices"))
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.side = SidePane(_("Choose a voice to see what was said and what comes next"))
        self.side.setAcceptDrops(True)
        self.body.addWidget(self.side)
        self.empty = EmptyState("voices")
        self.empty_place.addWidget(self.empty)
        self._connect()

    def _make_filters(self) -> None:
        self.filters = QButtonGroup(self)
        self.filters.setExclusive(True)
        box = FlowBox(gap=6)
        for name in FILTERS:
            button = FilterButton()
            button.setObjectName(f"only_{name}")
            self.filters.addButton(button)
            button.clicked.connect(lambda _on=False, name=name: self.narrow(name))
            box.add(button)
        self.filter_place.addWidget(box)
        self.findChild(FilterButton, "only_all").setChecked(True)
        self.search.setPlaceholderText(_("Words, number, name"))
        self.search.setAccessibleName(_("Filter by words, number or name"))

    def _connect(self) -> None:
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._typing.timeout.connect(run.slot(self, self.read))
        self.search.textChanged.connect(lambda _text: self._typing.start())
        self.table.picked.connect(self._pick)
        self.table.opened.connect(lambda _key: self.do("edit"))
        self.table.customContextMenuRequested.connect(
            lambda at: self.side.open_menu(self.table.viewport().mapToGlobal(at))
        )
        self.intake.kept.connect(self._noted)
        self.side.acted.connect(self.do)
        self.side.dropped.connect(self._attach)

    # Reading

    def go_to(self, key: str = "", only: str = "") -> None:
        """Show one voice, or what a filter shows."""
        if only in FILTERS:
            self._only = only
            self.findChild(FilterButton, f"only_{only}").setChecked(True)
        elif key and key != self._chosen:
            self._only = "all"
            self.findChild(FilterButton, "only_all").setChecked(True)
            self.search.clear()
        self._chosen = key or self._chosen

    def read(self) -> None:
        """Read list, figures and the chosen voice again."""
        counted = voices_list.counts(self.desk.work, self.desk.unit_id)
        for name, words in FILTERS.items():
            button = self.findChild(FilterButton, f"only_{name}")
            button.setText(_("{filter} {count}").format(filter=_(words), count=counted[name]))
            button.setVisible(bool(counted[name]) or name in ("all", "open", self._only))
            button.updateGeometry()
        self.intake.read()
        text, only = self.search.value(), self._only

        def page(after: Any, limit: int) -> tuple[tuple, object]:
            found = voices_list.page(self.desk.work, self.desk.unit_id, text=text, only=only, after=after, limit=limit)
            return found.rows, found.next

        self.model.read_from(page)
        self._fit()
        shown = {str(card.voice.id) for card in self.model.rows}
        if self._chosen not in shown and self.model.rows and not self._known():
            self._chosen = str(self.model.rows[0].voice.id)
        self.table.choose(self._chosen)
        self._show_empty(not self.model.rows, nothing=not counted["all"])
        self._show_chosen()
        self.told.emit(counted)

    def _known(self) -> bool:
        """A chosen voice further down than what has been read is still the chosen one."""
        return bool(self._chosen) and self._only == "all" and not self.search.value()

    def _fit(self) -> None:
        rows = self.model.rows
        number = width_of(_("Number"), *(card.voice.number or "" for card in rows))
        state = width_of(_("State"), *(state_cell(card).text for card in rows), icon=True)
        for at, wide in ((0, number), (3, min(state, 220))):
            self.table.setColumnWidth(at, px(wide))

    def _show_empty(self, empty: bool, *, nothing: bool) -> None:
        self.table_card.setVisible(not empty)
        self.empty_card.setVisible(empty)
        if nothing:
            self.empty.say(_("Nothing has been noted yet"),
                           _("Write above what hangs on the wall or what somebody says: it gets its number at once."),
                           "voices")  # fmt: skip
        else:
            self.empty.say(_("Nothing fits"), _("Choose All, or empty the filter."), "search")
        self.side.setVisible(not nothing)

    def _show_chosen(self) -> None:
        self._view = None
        if self._chosen and self.model.rows:
            self._view = run.act(self, voices_list.voice, self.desk.work, uuid.UUID(self._chosen))
        if self._view is None:
            self.side.show_nothing()
        else:
            self.side.show_what(voices_told.shown(self._view))

    def narrow(self, name: str) -> None:
        """Show only these."""
        self._only = name
        self.ask.close_ask()
        run.act(self, self.read)

    def _pick(self, key: str) -> None:
        if key and key != self._chosen:
            self._chosen = key
            self.ask.close_ask()
            self._show_chosen()

    def _noted(self, key: str, number: str) -> None:
        self._chosen = key
        self.read()
        self.desk.toast(_("Noted as {number}: write it on the slip").format(number=number))

    # Acts

    def do(self, act: str) -> None:
        """Do an act of the pane by its name."""
        view = self._view
        if view is None:
            return
        name, _colon, key = act.partition(":")
        if name in voices_asks.ASKS and not key:
            self.ask.open(voices_asks.ASKS[name](self.desk, view))
        else:
            run.act(self, getattr(self, f"_do_{name}"), view, key)

    def _do_join(self, view: VoiceView, key: str) -> None:
        head = voices_ends.join(self.desk.work, view.card.voice.id, uuid.UUID(key))
        self._chosen = str(head)
        self.read()
        self.desk.toast(_("They are joined"))

    def _do_part(self, _view: VoiceView, key: str) -> None:
        voices_ends.part(self.desk.work, uuid.UUID(key))
        self.desk.toast(_("They are two again"))

    def _do_take_up(self, view: VoiceView, _key: str) -> None:
        voices_ends.take_up(self.desk.work, view.card.voice.id)
        self.desk.toast(_("It is to be dealt with again"))

    def _do_to_item(self, view: VoiceView, _key: str) -> None:
        self.desk.navigate("agenda", item=str(view.card.voice.item_id))

    def _do_to_order(self, view: VoiceView, _key: str) -> None:
        self.desk.navigate("voices", order=str(view.card.voice.order_id))

    def _do_to_head(self, view: VoiceView, _key: str) -> None:
        self._chosen = str(view.card.voice.group_id)
        self.table.choose(self._chosen)
        self._show_chosen()

    def _do_slip(self, view: VoiceView, _key: str) -> None:
        write(self, self.desk, _("Dispatch slip"),
              lambda: voices_papers.dispatch(self.desk.work, view.card.voice.id))  # fmt: skip

    def _do_print(self, view: VoiceView, _key: str) -> None:
        write(self, self.desk, _("Slip for the wall"),
              lambda: voices_papers.slips(self.desk.work, self.desk.unit_id, [view.card.voice.id]))  # fmt: skip

    def _do_picture(self, _view: VoiceView, _key: str) -> None:
        chosen, _filter = QFileDialog.getOpenFileNames(self, _("Take in pictures"))
        self._attach([Path(one) for one in chosen])

    def _do_picture_open(self, view: VoiceView, _key: str) -> None:
        show_pictures(self.desk, view.card.voice.id)

    def _attach(self, paths: list[Path]) -> None:
        for path in paths if self._view is not None else ():
            if run.act(self, enclosures.add, self.desk.work, "voice", self._view.card.voice.id, "", path) is not None:
                self._show_chosen()
                self.desk.toast(_("“{name}” is attached").format(name=path.name))

    def waiting_slips(self) -> list[uuid.UUID]:
        """The voices shown, for slips: those that hang on a wall, the latest first, at most twenty."""
        hung = (card for card in self.model.rows if card.voice.channel in voices_papers.HUNG and not card.told)
        return [card.voice.id for card in hung][:20]

    def minimumSizeHint(self) -> QSize:
        """Narrower than its wide form: then the pane goes below the list."""
        return QSize(px(360), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """List and pane beside each other while there is room."""
        super().resizeEvent(event)
        narrow = event.size().width() < px(_FOLD)
        wanted = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self.body.setDirection(wanted)
        self.table_card.setMinimumHeight(px(300 if narrow else 160))
        self.side.stand(below=narrow)


def _columns() -> list[Column]:
    return [
        Column(_("Number"), lambda card: Cell(card.voice.number or ""), 104),
        Column(_("The words said"), lambda card: Cell(" ".join(card.voice.text.split()), strong=True), 0),
        Column(_("Came from"), _from, 150, spare=True),
        Column(_("State"), state_cell, 150),
    ]


def _from(card: VoiceCard) -> Cell:
    return Cell(" · ".join(one for one in (channel_words(card.voice.channel), who_words(card)) if one))

"""Notices: what hangs where and until when, what must come down or be answered, drafts, and what waits for one."""

from __future__ import annotations

import uuid
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from deliberation_app.language import _
from deliberation_app.services import agenda, enclosures, notices, notices_drafts
from deliberation_app.services.notices import NoticeRow
from deliberation_app.services.notices_waiting import DraftRow, ToPublish
from deliberation_app.services.papers_asked import Asked
from deliberation_app.ui import notices_asks, outcome_paper
from deliberation_app.ui import notices_words as words
from deliberation_app.ui.agenda_ask import Ask, AskPanel
from deliberation_app.ui.kit import forms, run
from deliberation_app.ui.kit.buttons import Button
from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.kit.states import EmptyState
from deliberation_app.ui.kit.table import Cell, Column, PagedModel
from deliberation_app.ui.kit.theme import px
from deliberation_app.ui.notices_log import NoticeLog
from deliberation_app.ui.notices_words import Told
from deliberation_app.ui.outcome_panel import ChosenPanel
from deliberation_app.ui.people_look import tab_through, width_of

_LEAST, _FOLD, _NARROW = 420, 900, 620
_WIDEST = 16_777_215  # as wide as there is room
Acts = list[tuple[str, str, Any]]


class NoticesPage(QWidget):
    """The list, beside it what came of the chosen notice, below it what can be done."""

    parts = ("notices", "agenda", "archive", "evaluation")

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._rows: dict[str, Told] = {}
        self._wanted = ""
        forms.load("notices_page", self)
        self.add_act = Button(_("Write a notice"), "primary", keys="Ctrl+N")
        self.header.add_act(self.add_act)
        self.panel, self.ask = ChosenPanel(), AskPanel()
        self._side = self.side_card.maximumWidth()
        self.panel_place.addWidget(self.panel)
        self.ask_place.addWidget(self.ask)
        self._build()
        self._connect()
        tab_through(self.add_act, self.view_choice, self.table, self.log, self.panel)

    def _build(self) -> None:
        today = self.desk.today
        self.log = NoticeLog()
        self.log_place.addWidget(self.log)
        columns = [
            Column(_("What hangs"), lambda told: Cell(told.title, strong=True), 0),
            Column(_("Where"), lambda told: told.place, 140),
            Column(_("Days"), lambda told: words.left_cell(told, today()), 160),
            Column(_("How it stands"), lambda told: words.state_cell(told, today()), 160),
        ]
        self.model = PagedModel(columns, key=lambda told: told.key, parent=self)
        self.table.show_model(self.model)
        self.table.setMinimumHeight(px(40 + 4 * 44))
        self.view_choice.set_options([("now", _("Now")), ("all", _("All that ever hung"))])
        self.view_choice.setAccessibleName(_("View"))
        self.first = Button(_("Write a notice"), icon="add")
        hint = _("When an item is decided its decision comes here, and once it was scored its outcome.")
        self.empty = EmptyState("notices", _("Nothing hangs and nothing waits"), hint, self.first)
        self.empty_row.addWidget(self.empty)

    def _connect(self) -> None:
        self.view_choice.chosen.connect(lambda _name: run.act(self, self.refresh))
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._tell_chosen())
        self.table.opened.connect(lambda _key: self._do_main())
        self.log.acted.connect(lambda key: run.act(self, self._act_on, key))
        for button in (self.add_act, self.first):
            button.clicked.connect(run.slot(self, self.start))
        self.ask.answered.connect(self._answered)
        self.ask.left.connect(self._leave_ask)

    # Coming here and reading

    def shown(self, id: Any = None, item: Any = None, view: str = "", **_more: Any) -> None:
        """Show a notice, or those of an item."""
        self._wanted = str(id or item or "")
        self.ask.close_ask()
        if view:
            self.view_choice.choose(view)
        if self._rows:
            run.act(self, self.refresh)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Read the list again."""
        kept = self.table.current_id()
        self.header.set_context(_("Posted copies are masked by rule and checked by eye before they are printed"))
        work, unit_id = self.desk.work, self.desk.unit_id
        if self.view_choice.current() == "now":
            found = words.now(work, unit_id)
            self.model.read_from(lambda _after, _limit: (found, None))
        else:
            self.model.read_from(self._read_all)
        self._rows = {told.key: told for told in self.model.rows}
        self.table.choose(kept)
        wanted, self._wanted = self._wanted, ""
        found = next((told.key for told in self.model.rows if wanted and told.key.endswith(wanted)), "")
        if wanted and not found and self.view_choice.current() == "now":  # it came down long ago
            self.view_choice.choose("all")
            self._wanted = wanted
            self.refresh()
            return
        self.table.choose(found)
        if not self.table.current_id() and self.model.rows:
            self.table.choose(self.model.key_at(0))
        self._fit()
        some = bool(self.model.rows)
        self.table.setVisible(some)
        self.empty_place.setVisible(not some)
        self._tell_chosen()

    def _read_all(self, after: Any, limit: int) -> tuple[list[Told], Any]:
        page = notices.page(self.desk.work, self.desk.unit_id, after=after, limit=limit)
        found = [words.posted(row) for row in page.rows]
        self._rows.update((told.key, told) for told in found)
        return found, page.next

    def _fit(self) -> None:
        today = self.desk.today()
        places = width_of(self.model.columns[1].heading, *(told.place for told in self.model.rows))
        self.table.setColumnWidth(1, px(min(places, 180)))
        for at, cell in ((2, words.left_cell), (3, words.state_cell)):
            said = [cell(told, today).text for told in self.model.rows]
            self.table.setColumnWidth(at, px(width_of(self.model.columns[at].heading, *said, icon=at == 3) + 6))

    # What is chosen

    def chosen(self) -> Told | None:
        """The line of the current row."""
        return self._rows.get(self.table.current_id()) if self.model.rows else None

    def _tell_chosen(self) -> None:
        told = self.chosen()
        self.add_act.set_kind("normal" if self.ask.asking() else "primary")
        self.panel.setVisible(told is not None and not self.ask.asking())
        self._fold()
        if told is None:
            self.log.fill([])
            return
        one, today = told.one, self.desk.today()
        state = words.state_cell(told, today)
        facts = [(state.icon, state.tone, state.text, words.left_cell(told, today).text or told.place)]
        rows = []
        if isinstance(one, NoticeRow):
            photos = len(enclosures.listed(self.desk.work, "publication", one.publication.id))
            rows, facts = words.log(one, photos, today), []  # the log beside it says more
        self.log.fill(rows)
        self.log_hint.setText("" if rows else _("Once it hangs: the posting, objections and answers, who was told."))
        under = " · ".join((words.about_words(told.about), told.item_title))
        self.panel.show_facts(told.title, under, facts, self._buttons(self._acts(told)))

    def _acts(self, told: Told) -> Acts:
        """What can be done about it, the main one last."""
        one = told.one
        if isinstance(one, ToPublish):
            return [(_("Write the notice"), "normal", self.begin)]
        if isinstance(one, DraftRow):
            return [(_("Give it up"), "quiet", self.drop), (_("Open the draft"), "normal", self.open_draft)]
        acts: Acts = [(_("Print the file copy"), "quiet", self.print_copy), (_("Add a photo"), "quiet", self.add_photo)]
        if one.state != "taken_down":
            acts.append((_("Note an objection"), "normal", self.object_to))
        if one.open_objections:
            acts.append((_("Answer"), "normal", self.answer_first))
        elif one.state == "over":
            acts.append((_("Take it down"), "normal", self.take_down))
        else:
            acts.append((_("Somebody was told"), "normal", self.tell))
        return acts

    def _buttons(self, told: Acts) -> list[Button]:
        made = []
        for at, (said, kind, do) in enumerate(told):
            button = Button(said, kind, cap="Enter" if at == len(told) - 1 else "")
            button.clicked.connect(run.slot(self, do))
            made.append(button)
        return made

    def _do_main(self) -> None:
        told = self.chosen()
        if told is not None:
            run.act(self, self._acts(told)[-1][2])

    def _posted(self) -> NoticeRow | None:
        told = self.chosen()
        return told.one if told is not None and isinstance(told.one, NoticeRow) else None

    # Acts

    def start(self) -> None:
        """Ask what the new notice is about."""
        self._open(notices_asks.start(self.desk, self._go_to_draft))

    def begin(self) -> None:
        """Write the draft that the item waits for."""
        told = self.chosen()
        if told is not None and isinstance(told.one, ToPublish):
            self._go_to_draft(notices_drafts.open_or_start(self.desk.work, told.one.item_id, told.one.about))

    def open_draft(self) -> None:
        """Go to the two copies of the draft."""
        told = self.chosen()
        if told is not None and isinstance(told.one, DraftRow):
            self._go_to_draft(told.one.draft.id)

    def _go_to_draft(self, key: uuid.UUID) -> None:
        self.desk.navigate("notice_draft", id=str(key))

    def drop(self) -> None:
        """Give the draft up; that can be taken back."""
        told = self.chosen()
        if told is not None and isinstance(told.one, DraftRow):
            notices_drafts.drop(self.desk.work, told.one.draft.id)
            self.desk.toast(_("The draft is given up"))

    def object_to(self) -> None:
        """Ask what the objection is."""
        row = self._posted()
        if row is not None:
            self._open(notices_asks.object_to(self.desk, row))

    def answer_first(self) -> None:
        """Ask for the answer to the first open objection."""
        row = self._posted()
        if row is not None:
            at = next(at for at, one in enumerate(row.publication.objections or ()) if not one.get("answer"))
            self._open(notices_asks.answer(self.desk, row, at))

    def tell(self) -> None:
        """Ask who was told."""
        row = self._posted()
        if row is not None:
            view = agenda.item(self.desk.work, row.publication.item_id)
            self._open(notices_asks.tell(self.desk, row, "、".join(person.name for person in view.raisers)))

    def take_down(self) -> None:
        """Ask when it came down."""
        row = self._posted()
        if row is not None:
            self._open(notices_asks.take_down(self.desk, row))

    def add_photo(self) -> None:
        """Keep a photo of the posting or of the taking down."""
        row = self._posted()
        if row is not None and outcome_paper.take_in(self, self.desk, "publication", row.publication.id, "photo"):
            self.desk.toast(_("The photo is kept with the notice"))

    def print_copy(self) -> None:
        """Print the copy for the file, with objections and answers."""
        row = self._posted()
        if row is not None:
            asked = Asked(paper="posting", item=row.publication.item_id)
            outcome_paper.send(self, self.desk, asked, outcome_paper.file_name("公示 存档件", row.item_title))

    def _act_on(self, key: str) -> None:
        """The act of a line of the log."""
        row = self._posted()
        if row is None:
            return
        what, _colon, at = key.partition(":")
        if what == "photos":
            outcome_paper.open_all(self.desk, "publication", row.publication.id)
        elif what == "objection":
            self._open(notices_asks.answer(self.desk, row, int(at)))

    def _open(self, ask: Ask) -> None:
        self.error_line.hide()
        self.panel.hide()
        self.add_act.set_kind("normal")
        self.ask.open(ask)

    def _leave_ask(self) -> None:
        self.ask.close_ask()
        self._tell_chosen()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _answered(self, said: str) -> None:
        self.desk.toast(said, undo=False)
        self._tell_chosen()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def minimumSizeHint(self) -> QSize:
        """Narrower than its wide form: then it folds."""
        return QSize(px(_LEAST), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What came of it goes where there is no room for it."""
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        narrow = self.width() < px(_FOLD)
        self.body.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
        self.side_card.setMaximumWidth(_WIDEST if narrow else self._side)
        self.side_card.setMinimumHeight(px(180) if narrow else 0)
        self.side_card.setVisible(bool(self.model.rows))
        self.table.setColumnHidden(1, self.width() < px(_NARROW))  # where it hangs stands in the log, too

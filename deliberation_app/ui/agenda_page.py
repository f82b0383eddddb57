"""The items: the board of five stages, the list, and the time line of one, above the panel of what is missing."""

from __future__ import annotations

import uuid
from typing import Any

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from deliberation_app.language import _, ngettext_
from deliberation_app.services import agenda
from deliberation_app.services.agenda import ItemView
from deliberation_app.ui import agenda_table
from deliberation_app.ui.agenda_acts import ItemActs
from deliberation_app.ui.agenda_ask import AskPanel
from deliberation_app.ui.agenda_board import BoardView
from deliberation_app.ui.agenda_gates import GatesPanel
from deliberation_app.ui.agenda_item import ItemPane
from deliberation_app.ui.agenda_words import there
from deliberation_app.ui.kit import forms, run
from deliberation_app.ui.kit.buttons import Button
from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.kit.states import EmptyState
from deliberation_app.ui.kit.theme import px

_TYPING_MS = 200
_FOLD, _LEAST = 780, 420


class AgendaPage(QWidget):
    """Keeps one item chosen across its three views."""

    parts = ("agenda", "meetings", "tasks", "notices", "evaluation", "votes", "people")

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        forms.load("agenda_page", self)
        self._chosen = ""
        self._item: ItemView | None = None
        self._read = False
        self._ways = "board"
        self._fitting = False
        self._build()
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._typing.timeout.connect(run.slot(self, self.refresh))
        self._connect()

    def _build(self) -> None:
        self.view_choice.set_options([("board", _("Board")), ("list", _("List")), ("time", _("Time line"))])
        self.view_choice.setAccessibleName(_("View"))
        self.search.setPlaceholderText(_("Title, number, name"))
        self.search.setAccessibleName(_("Filter by title, number or who raised it"))
        self.category.setAccessibleName(_("Category"))
        self.standing.setAccessibleName(_("Stage"))
        self.standing.set_options(agenda_table.standings())
        self.board = BoardView()
        self.table.setAccessibleName(_("Items"))
        self.model = agenda_table.model()
        self.table.show_model(self.model)
        self.pane = ItemPane()
        self.first = Button(_("Raise the first item"), "primary", icon="add", cap="Ctrl+N")
        self.nothing = EmptyState(
            "agenda", _("No item has been raised yet"),
            _("What residents put on the wish wall, say at the secretary's reception or at a meeting begins here."),
            self.first,
        )  # fmt: skip
        self.unfit = EmptyState("search", _("Nothing fits"), _("Empty the filter to see every item."))
        for view in (self.board, self.pane, self.nothing, self.unfit):
            self.views.addWidget(view)
        self.gates = GatesPanel()
        self.ask = AskPanel()
        self.panel_place.addWidget(self.gates)
        self.panel_place.addWidget(self.ask)
        self.acts = ItemActs(self.desk, self, self.gates, self.ask)

    def _connect(self) -> None:
        acts, board, table = self.acts, self.board, self.table
        for button in (self.raise_button, self.first):
            button.clicked.connect(acts.raise_item)
        self.view_choice.chosen.connect(self._choose_view)
        self.search.textChanged.connect(lambda _text: self._typing.start())
        self.category.activated.connect(run.slot(self, self.refresh))
        self.standing.activated.connect(run.slot(self, self.refresh))
        for view in (board, table):
            view.picked.connect(self._pick)
            view.opened.connect(self._open)
        board.dropped.connect(acts.drop)
        board.menu_wanted.connect(lambda _key, at: acts.menu(at))
        board.raise_wanted.connect(acts.raise_item)
        board.list_wanted.connect(lambda stage: self.desk.navigate("agenda", view="list", stage=stage))
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.customContextMenuRequested.connect(lambda at: acts.menu(table.viewport().mapToGlobal(at)))
        self.pane.opened.connect(self._open_event)
        self.pane.edit_wanted.connect(acts.edit)
        self.pane.item_wanted.connect(lambda key: self.desk.navigate("agenda", item=key))
        self.pane.file_wanted.connect(lambda key: self.desk.navigate("archive", item=str(key)))
        self.pane.unlink_wanted.connect(acts.unlink)
        acts.raised.connect(self._raised)
        acts.left.connect(self._take_focus)

    # Coming here and reading

    def shown(
        self, item: Any = None, id: Any = None, view: str = "", stage: str = "", new: bool = False, ask: str = "",
        **_more: Any,
    ) -> None:  # fmt: skip
        """Show an item's time line, a view, or the column of a stage; `new` raises an item, `ask` opens a question."""
        key = str(item or id or "")
        fresh = not self._read
        self.acts.close_ask()
        if key:
            self._chosen = key
        self._go_to("time" if key else view or self._ways)
        if view == "list":
            self.standing.set_value(f"stage:{stage}" if stage else "")
        if not fresh or stage or new or ask:
            self._read = True
            self.refresh()
        if stage and view != "list":
            self._chosen = self.board.focus_stage(stage) or self._chosen
            self._show_chosen()
        if new:
            self.acts.raise_item()
        elif ask and self._item is not None:
            self.acts.do(ask)
        else:
            self._take_focus()

    def refresh(self) -> None:
        """Read again what the view in front shows, and the chosen item."""
        self._read = True
        text, category = self.search.value(), self.category.value()
        found = agenda.board(self.desk.work, self.desk.unit_id, text=text, category=category or None)
        self.header.set_context(
            ngettext_("Five stages, {count} item; choose one to see what its next step needs",
                      "Five stages, {count} items; choose one to see what its next step needs",
                      found.count).format(count=found.count)
        )  # fmt: skip
        self._fill_categories()
        self._fitting = bool(found.count)
        self.board.show_board(found, self._chosen)
        if self._view() == "list":
            standing = self.standing.value()
            self.model.read_from(agenda_table.reader(self.desk, text=text, category=category, standing=standing))
            self._fitting = bool(self.model.rows)
        if not self._chosen and found.count:
            self._chosen = self.board.ids()[0]
            self.board.choose(self._chosen)
        self.table.choose(self._chosen)
        self._show_chosen()

    def _fill_categories(self) -> None:
        known = agenda.categories(self.desk.work, self.desk.unit_id)
        kept = self.category.value()
        self.category.set_options([("", _("All categories")), *((one, one) for one in known)])
        self.category.set_value(kept if kept in known else "")

    def _view(self) -> str:
        return self.view_choice.current()

    def _choose_view(self, name: str) -> None:
        if name == "time" and self._chosen:
            self.desk.navigate("agenda", item=self._chosen)
        else:
            self.desk.navigate("agenda", view=name)

    def _go_to(self, name: str) -> None:
        self.view_choice.choose(name)
        if name != "time":
            self._ways = name
        self.standing.setVisible(name == "list")
        self.search.setVisible(name != "time")
        self.category.setVisible(name != "time")

    def minimumSizeHint(self) -> QSize:
        """Narrower than its wide form: then it folds."""
        return QSize(px(_LEAST), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The filters go below the views where there is little room."""
        super().resizeEvent(event)
        narrow = event.size().width() < px(_FOLD)
        self.filters.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)

    # The chosen item

    def _pick(self, key: str) -> None:
        if key and key != self._chosen:
            self._chosen = key
            self.error_line.hide()
            self.acts.close_ask()
            self._show_chosen()

    def _show_chosen(self) -> None:
        """Show the panel, and the time line where it is in front."""
        self._item = run.act(self, agenda.item, self.desk.work, uuid.UUID(self._chosen)) if self._chosen else None
        if self._item is None:
            self._chosen = ""
        self.acts.view = self._item
        self.gates.show_item(self._item, self.desk.work.clock())
        name = self._view()
        if name == "time" and self._item is not None:
            self.pane.show_item(self._item)
            front = self.pane
        elif name != "time" and self._fitting:
            front = self.table_card if name == "list" else self.board
        else:
            narrowed = self.search.value() or self.category.value() or self.standing.value()
            front = self.unfit if narrowed else self.nothing
        self.views.setCurrentWidget(front)
        held = front in (self.board, self.table_card, self.pane)
        self.gates.setVisible(held and not self.ask.asking())
        filled = self.gates.has_act() and held
        self.raise_button.set_kind("normal" if filled or front is self.nothing else "primary")

    def _take_focus(self) -> None:
        """The view in front takes the focus."""
        front = self.views.currentWidget()
        if front is self.board:
            self.board.choose(self._chosen, focus=True)
        elif front is self.pane:
            self.pane.time_line.setFocus(Qt.FocusReason.TabFocusReason)
        elif front is self.table_card:
            self.table.setFocus(Qt.FocusReason.TabFocusReason)
        elif front is self.nothing:
            self.first.setFocus(Qt.FocusReason.TabFocusReason)

    def _raised(self, key: str) -> None:
        """A new item is chosen at once."""
        self._chosen = key
        self.error_line.hide()
        self.refresh()
        self._take_focus()

    def _open(self, key: str) -> None:
        self.desk.navigate("agenda", item=key)

    def _open_event(self, at: int) -> None:
        event = self.pane.time_line.events[at]
        if event.page == "meetings" and there("meeting"):
            self.desk.navigate("meeting", id=str(event.target_id))
        elif event.page and event.page != "agenda" and there(event.page):
            self.desk.navigate(event.page, id=str(event.target_id))

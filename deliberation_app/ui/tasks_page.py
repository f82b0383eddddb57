"""Tasks: what was promised and resolved, who does it by when, what proves it, who accepted it."""

from __future__ import annotations

import uuid
from typing import Any

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QWidget

from deliberation_app.domain.votes import percent
from deliberation_app.language import _
from deliberation_app.services import tasks, tasks_people, units
from deliberation_app.services.tasks import TaskRow
from deliberation_app.ui import outcome_paper, tasks_asks
from deliberation_app.ui.agenda_ask import Ask, AskPanel
from deliberation_app.ui.kit import forms, run, theme
from deliberation_app.ui.kit.buttons import Button
from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.kit.flow import let_flow
from deliberation_app.ui.kit.states import EmptyState
from deliberation_app.ui.kit.table import Cell, Column, PagedModel
from deliberation_app.ui.kit.theme import px
from deliberation_app.ui.outcome_panel import ChosenPanel
from deliberation_app.ui.people_look import tab_through, width_of
from deliberation_app.ui.tasks_print import TaskLists
from deliberation_app.ui.tasks_words import LOOKS, due_words, evidence_words, owner_words, source_words, standing_cell

_TYPING_MS, _FOLD, _LEAST = 150, 900, 420
_FILTERS = ("open", "mine", "overdue", "week", "accept", "closed")


class TasksPage(QWidget):
    """A list that one narrows by person and state, and below it what can be done about the chosen task."""

    parts = ("tasks", "agenda", "archive", "people")

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._only = "open"
        self._owner: uuid.UUID | str | None = None
        self._owners: dict[str, uuid.UUID | str] = {}
        self._rows: dict[str, TaskRow] = {}
        self._files: dict[uuid.UUID, int] = {}
        self._wanted = ""
        self._ask_wanted = ""
        forms.load("tasks_page", self)
        self.lists = TaskLists(self, desk)
        self.add_act = Button(_("Add a task"), "primary", keys="Ctrl+N")
        for act in (*self.lists.buttons, self.add_act):
            self.header.add_act(act)
        self.panel, self.ask = ChosenPanel(), AskPanel()
        self.panel_place.addWidget(self.panel)
        self.ask_place.addWidget(self.ask)
        self._build()
        self._connect()
        tab_through(
            *self.lists.buttons, self.add_act, self.search, self.filter_box, self.owners, self.table, self.panel
        )

    def _build(self) -> None:
        due = _("By when")
        columns = [
            Column(_("What"), lambda row: Cell(row.task.title, strong=True), 0),
            Column(_("Who"), lambda row: Cell(row.owner or _("nobody yet"), tone="text" if row.owner else "warn"), 130),
            Column(due, lambda row: Cell(due_words(row), tone="text"), width_of(due, "10月22日", "22 Oct")),
            Column(_("How it stands"), standing_cell, width_of(_("Waits for acceptance"), icon=True) + 6),
            Column(_("Item"), source_words, 220, spare=True),
        ]
        self.model = PagedModel(columns, key=lambda row: str(row.task.id), parent=self)
        self.table.show_model(self.model)
        self.table.setMinimumHeight(px(40 + 4 * 44))
        self.first = Button(_("Add a task"), icon="add")
        self.empty = EmptyState("tasks", act=self.first)
        self.empty_row.addWidget(self.empty)
        self.group = QButtonGroup(self)
        for name in _FILTERS:
            button = getattr(self, f"{name}_filter")
            self.group.addButton(button)
            button.clicked.connect(lambda _on, name=name: self.narrow(name))
        let_flow(self.filter_box)
        self.open_filter.setChecked(True)

    def _connect(self) -> None:
        self.typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self.typing.timeout.connect(run.slot(self, self._read))
        self.search.textChanged.connect(self.typing.start)
        self.search.returnPressed.connect(self._to_table)
        self.owners.picked.connect(self._pick_owner)
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._tell_chosen())
        self.table.opened.connect(lambda _key: self._do_main())
        for button in (self.add_act, self.first):
            button.clicked.connect(run.slot(self, self.add))
        self.ask.answered.connect(self._answered)
        self.ask.left.connect(self._leave_ask)

    # Coming here and reading

    def shown(self, id: Any = None, task: Any = None, only: str = "", ask: str = "", **_more: Any) -> None:
        """Show a task wherever it stands, or a filter; `ask` opens a question about it."""
        self._wanted, self._ask_wanted = str(id or task or ""), ask
        self.ask.close_ask()
        if only in _FILTERS:
            getattr(self, f"{only}_filter").setChecked(True)
            self._only = only
        if self._rows or only:
            run.act(self, self.refresh)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Read figures, persons and list again."""
        sums = tasks.counts(self.desk.work, self.desk.unit_id)
        words = {"open": (_("To be done"), sums.open), "overdue": (_("Overdue"), sums.overdue),
                 "week": (_("This week"), sums.week), "accept": (_("To be accepted"), sums.to_accept)}  # fmt: skip
        for name, (said, count) in words.items():
            getattr(self, f"{name}_filter").setText(f"{said} {count}" if count else said)
        unit = units.unit(self.desk.work, self.desk.unit_id)
        self.header.set_context(_("{unit} · done needs evidence, and another person accepts it").format(unit=unit.name))
        self._fill_owners()
        if self._wanted:
            self._show_wanted()
        self._read()
        if self._wanted:
            self.table.choose(self._wanted)
            self._wanted = ""
        if self._ask_wanted:
            self._ask_wanted = ""
            self._do_main()

    def _show_wanted(self) -> None:
        """The filter under which the wanted task stands."""
        row = run.act(self, tasks.row, self.desk.work, uuid.UUID(self._wanted))
        if row is None:
            self._wanted = ""
            return
        self._only = {"done": "accept", "accepted": "closed", "dropped": "closed"}.get(row.standing, "open")
        getattr(self, f"{self._only}_filter").setChecked(True)
        self._owner = None
        self.search.clear()
        self.typing.stop()

    def _fill_owners(self) -> None:
        found = tasks_people.owners(self.desk.work, self.desk.unit_id)
        self._owners = {str(one.owner): one.owner for one in found}
        tree = [("all", _("Everybody"), str(sum(one.open for one in found)), [])]
        tree += [(str(one.owner), one.name, owner_words(one), []) for one in found]
        self.owners.blockSignals(True)
        self.owners.fill(tree)
        self.owners.choose(str(self._owner) if self._owner is not None else "all")
        self.owners.blockSignals(False)
        part, whole = tasks_people.on_time(self.desk.work, self.desk.unit_id)
        said = _("Closed in time: {part} ÷ {whole} = {rate}").format(
            part=part, whole=whole, rate=percent(part, whole) if whole else "—"
        )
        self.rate_words.setText(said if whole else "")

    def _read(self) -> None:
        kept = self.table.current_id()
        text, only, owner = self.search.value(), self._only, self._owner
        if only == "mine":
            only, owner = "open", tasks_asks.mine(self.desk) or uuid.UUID(int=0)

        def read(after: Any, limit: int) -> tuple[tuple, object]:
            found = tasks.page(self.desk.work, self.desk.unit_id, text=text, only=only, owner=owner, after=after,
                               limit=limit)  # fmt: skip
            self._rows.update((str(row.task.id), row) for row in found.rows)
            self._files.update(tasks_people.files(self.desk.work, [row.task.id for row in found.rows]))
            return found.rows, found.next

        self._files.clear()
        self.model.read_from(read)
        self._fit()
        self.table.choose(kept)
        if not self.table.current_id() and self.model.rows:
            self.table.choose(self.model.key_at(0))
        self._show_empty()
        self._tell_chosen()

    def _fit(self) -> None:
        wide = width_of(self.model.columns[1].heading, *(row.owner for row in self.model.rows))
        self.table.setColumnWidth(1, px(min(wide, 220)))
        said = (
            width_of(self.model.columns[3].heading, *(standing_cell(row).text for row in self.model.rows), icon=True)
            + 6
        )
        self.table.setColumnWidth(3, px(said))

    def _show_empty(self) -> None:
        some = bool(self.model.rows)
        self.table.setVisible(some)
        self.empty_place.setVisible(not some)
        narrowed = bool(self.search.value() or self._owner or self._only != "open")
        self.first.setVisible(not narrowed)
        if narrowed:
            self.empty.say(_("No task stands here"), _("Choose To be done and Everybody to see all."), "tasks")
        else:
            hint = _(
                "Promises and resolutions of a meeting come here by themselves when it is closed; others are added."
            )
            self.empty.say(_("Nothing is to be done"), hint, "tasks")

    # Choosing

    def narrow(self, name: str) -> None:
        """Show only these."""
        self._only = name
        run.act(self, self._read)

    def _pick_owner(self, key: str) -> None:
        self._owner = self._owners.get(key)
        run.act(self, self._read)

    def _to_table(self) -> None:
        self.typing.stop()
        run.act(self, self._read)
        self.table.setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down goes from the search line into the table."""
        if event.key() == Qt.Key.Key_Down and self.search.hasFocus():
            self._to_table()
        else:
            super().keyPressEvent(event)

    def chosen(self) -> TaskRow | None:
        """The task of the current row."""
        return self._rows.get(self.table.current_id()) if self.model.rows else None

    def _tell_chosen(self) -> None:
        row = self.chosen()
        self.add_act.set_kind("normal" if self.ask.asking() else "primary")
        self.panel.setVisible(row is not None and not self.ask.asking())
        self.lists.choose(row, self._owner)
        if row is None:
            return
        task = row.task
        tone, icon = LOOKS[row.standing]
        owner = row.owner or _("nobody yet")
        if task.helpers:
            owner += " · " + _("together with {names}").format(names=task.helpers)
        proof = evidence_words(row, self._files.get(task.id, 0))
        why = task.late_reason or task.progress or (task.returned_reason or "").rpartition("\n")[2]
        state = task.accepted_by and _("accepted by {name}").format(name=task.accepted_by)
        facts = [(icon, tone, standing_cell(row).text, state or why or due_words(row)),
                 ("print", "text2", proof or _("no evidence yet"), owner)]  # fmt: skip
        self.panel.show_facts(task.title, source_words(row), facts, self._acts(row))

    def _acts(self, row: TaskRow) -> list[Button]:
        """What can be done about it, the main one last."""
        told: list[tuple[str, str, Any]] = []
        if self._files.get(row.task.id):
            told.append((_("See the evidence"), "quiet", self.see_files))
        if row.task.state in (None, "open"):
            told += [(_("Drop"), "quiet", self.drop), (_("Change"), "quiet", self.change),
                     (_("Add a photo"), "normal", self.add_file), (_("Mark as done"), "normal", self.done)]  # fmt: skip
        elif row.standing == "done":
            told += [(_("Add a photo"), "quiet", self.add_file), (_("Open again"), "normal", self.reopen),
                     (_("Accept"), "normal", self.accept)]  # fmt: skip
        else:
            told.append((_("Open again"), "normal", self.reopen))
        made = []
        for at, (words, kind, do) in enumerate(told):
            button = Button(words, kind, cap="Enter" if at == len(told) - 1 else "")
            button.clicked.connect(run.slot(self, do))
            made.append(button)
        return made

    # Acts

    def _do_main(self) -> None:
        row = self.chosen()
        if row is not None:
            open_now = row.task.state in (None, "open")
            run.act(self, self.done if open_now else self.accept if row.standing == "done" else self.reopen)

    def add(self) -> None:
        """Ask for a new task; the item of the chosen one stands there."""
        row = self.chosen()
        self._open(tasks_asks.add(self.desk, (row.task.item_id, row.item_title) if row else None))

    def change(self) -> None:
        """Ask what changed."""
        self._of_chosen(lambda row: tasks_asks.edit(self.desk, row))

    def done(self) -> None:
        """Ask what shows that it is done."""
        self._of_chosen(lambda row: tasks_asks.done(self.desk, row))

    def accept(self) -> None:
        """Ask who accepts it."""
        self._of_chosen(
            lambda row: tasks_asks.accept(self.desk, row, evidence_words(row, self._files.get(row.task.id, 0)))
        )

    def drop(self) -> None:
        """Ask why it is dropped."""
        self._of_chosen(lambda row: tasks_asks.reason(self.desk, row, "drop"))

    def reopen(self) -> None:
        """Ask why it is opened again."""
        self._of_chosen(lambda row: tasks_asks.reason(self.desk, row, "reopen"))

    def add_file(self) -> None:
        """Take in photos and papers that prove it."""
        row = self.chosen()
        if row is not None and outcome_paper.take_in(self, self.desk, "task", row.task.id):
            self.desk.toast(_("The evidence is kept with the task"))

    def see_files(self) -> None:
        """Open what proves it."""
        row = self.chosen()
        if row is not None:
            outcome_paper.open_all(self.desk, "task", row.task.id)

    def _of_chosen(self, make: Any) -> None:
        row = self.chosen()
        if row is not None:
            self._open(make(row))

    def _open(self, ask: Ask) -> None:
        self.error_line.hide()
        self.panel.hide()
        self.add_act.set_kind("normal")
        self.ask.open(ask)

    def _leave_ask(self) -> None:
        self.ask.close_ask()
        self._tell_chosen()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _answered(self, words: str) -> None:
        self.desk.toast(words)
        self._tell_chosen()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def minimumSizeHint(self) -> QSize:
        """Narrower than its wide form: then it folds."""
        return QSize(px(_LEAST), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Filters go below the search line, the persons above the list, where there is little room."""
        super().resizeEvent(event)
        narrow = event.size().width() < px(_FOLD)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self.filter_row.setDirection(down if narrow else across)
        self.owners_card.setVisible(theme.window_width(self) >= 960)

"""The lists of tasks on paper: what is open in the unit or with one person, or everything on one item."""

from __future__ import annotations

import uuid

from PySide6.QtWidgets import QWidget

from deliberation_app.language import _
from deliberation_app.services.papers_asked import Asked
from deliberation_app.services.tasks import TaskRow
from deliberation_app.ui import outcome_paper
from deliberation_app.ui.kit import run
from deliberation_app.ui.kit.buttons import Button
from deliberation_app.ui.kit.desk import Desk


class TaskLists:
    """Two buttons: the list that is shown, and that of the chosen task's item."""

    def __init__(self, where: QWidget, desk: Desk) -> None:
        self._where, self.desk = where, desk
        self.owner: uuid.UUID | None = None
        self.item: uuid.UUID | None = None
        self.shown = Button(_("Print the list"), icon="print", keys="Ctrl+P")
        self.of_item = Button(_("List of this item"), icon="print", keys="Ctrl+Shift+P")
        self.of_item.setToolTip(_("Everything to be done on the item of the chosen task, done or not"))
        self.of_item.setEnabled(False)
        self.shown.clicked.connect(run.slot(where, self.print_shown))
        self.of_item.clicked.connect(run.slot(where, self.print_item))

    @property
    def buttons(self) -> tuple[Button, Button]:
        """Both, in the order in which the keys reach them."""
        return self.of_item, self.shown

    def choose(self, row: TaskRow | None, owner: uuid.UUID | str | None) -> None:
        """The task that is chosen now, and whose tasks are shown."""
        self.item = row.task.item_id if row is not None else None
        self.owner = owner if isinstance(owner, uuid.UUID) else None
        self.of_item.setEnabled(self.item is not None)

    def print_shown(self) -> None:
        """Print what is open, of the chosen person if one is chosen."""
        self._send(Asked(paper="task_list", unit=self.desk.unit_id, person=self.owner))

    def print_item(self) -> None:
        """Print all tasks of the item."""
        if self.item is not None:
            self._send(Asked(paper="task_list", item=self.item))

    def _send(self, asked: Asked) -> None:
        name = outcome_paper.file_name("落实清单", f"{self.desk.today()}")
        outcome_paper.send(self._where, self.desk, asked, name)

"""Files that came in by drop or from a folder: what each is, where it goes; then all are taken in as one act."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal

from deliberation_app.domain.archive import EVIDENCE_ORDER
from deliberation_app.domain.archive_needs import EVIDENCE, name_of
from deliberation_app.language import _, ngettext_
from deliberation_app.services import archive_intake
from deliberation_app.services.archive import About, FileView
from deliberation_app.services.archive_intake import Arrival
from deliberation_app.ui import archive_words
from deliberation_app.ui.kit import run
from deliberation_app.ui.kit.buttons import Button
from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.kit.editors import Combo
from deliberation_app.ui.kit.fields import Field
from deliberation_app.ui.kit.labels import Label
from deliberation_app.ui.kit.lists import RowList
from deliberation_app.ui.kit.panels import Card, column, line, row
from deliberation_app.ui.kit.states import ErrorLine, Progress

_PAPERS = tuple(dict.fromkeys((*EVIDENCE, *EVIDENCE_ORDER)))


class ArrivalsPane(Card):
    """Shows what was looked at; `done` when it is taken in or left."""

    done = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.found: list[Arrival] = []
        self._files: list[FileView] = []
        box = column(self, margins=(1, 12, 1, 12), spacing=8)
        head = row(margins=(16, 0, 12, 0), spacing=8)
        words = column(spacing=0)
        self.head = Label(_("Scans and photos"), "h3")
        self.under = Label("", "hint", wrap=True)
        words.addWidget(self.head)
        words.addWidget(self.under)
        head.addLayout(words, 1)
        self.leave = Button(_("Leave it"), "quiet", cap="Esc", small=True)
        self.leave.clicked.connect(self._leave)
        self.take = Button("", "primary", small=True)
        self.take.clicked.connect(self.take_in)
        head.addWidget(self.leave)
        head.addWidget(self.take)
        box.addLayout(head)
        self.error_line = ErrorLine(self)
        self.progress = Progress()
        told = column(margins=(16, 0, 12, 0), spacing=8)
        told.addWidget(self.error_line)
        told.addWidget(self.progress)
        box.addLayout(told)
        box.addWidget(line())
        self.rows = RowList(status_width=150, height=58, name=_("Files that came in"))
        self.rows.picked.connect(lambda _key: self._tell_chosen())
        box.addWidget(self.rows, 1)
        box.addWidget(line())
        foot = row(margins=(16, 0, 12, 0), spacing=12)
        self.paper = Field(_("Which paper"), Combo([(one, _(name_of(one))) for one in _PAPERS]))
        self.owner = Field(_("Whose file"), Combo([]))
        for field in (self.paper, self.owner):
            field.edited.connect(run.slot(self, self._assign))
            foot.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        box.addLayout(foot)

    def look_at(
        self, places: Sequence[Path], files: Sequence[FileView], here: tuple[About, uuid.UUID] | None, paper: str = ""
    ) -> None:
        """Look at files and folders; `files` may be chosen by hand, `here` is the file that is open."""
        self.error_line.hide()
        self._files = list(files)
        owners = [(f"{one.about}:{one.id}", f"{archive_words.day_of(one)} {one.title}") for one in files]
        self.owner.editor.set_options([("", _("Not said yet")), *owners])
        self.found = []
        self.rows.fill([])
        self.under.setText("")
        self.take.setEnabled(False)
        self.take.hide()
        self._tell_chosen()
        wanted, work = archive_intake.files_in(places), self.desk.work
        run.beside(
            self, _("Reading the codes"), lambda report: archive_intake.look(work, wanted, report, here=here),
            lambda found: self._show(found, paper), self.progress,
        )  # fmt: skip

    def _show(self, found: list[Arrival], paper: str) -> None:
        self.found = found
        if paper:  # asked for one paper: what bears no code is that one
            work = self.desk.work
            self.found = [
                archive_intake.assigned(work, one, paper=paper) if one.about_id and not one.by_code else one
                for one in found
            ]
        self._fill()
        self.rows.choose("0")
        self._tell_chosen()
        self.rows.setFocus(Qt.FocusReason.OtherFocusReason)
        if not found:
            self.done.emit()

    def _fill(self) -> None:
        kept = self.rows.current_id()
        self.rows.fill([archive_words.arrival_row(at, one) for at, one in enumerate(self.found)])
        if kept:
            self.rows.choose(kept)
        ready = sum(one.ready for one in self.found)
        self.take.setText(ngettext_("Take in {count} file", "Take in {count} files", ready).format(count=ready))
        self.take.setEnabled(ready > 0)
        self.take.show()
        coded = sum(one.by_code for one in self.found)
        self.under.setText(_("{count} files, {coded} read from their codes; the others you say yourself").format(
            count=len(self.found), coded=coded
        ))  # fmt: skip

    def _chosen(self) -> int | None:
        key = self.rows.current_id()
        return int(key) if key and int(key) < len(self.found) else None

    def _tell_chosen(self) -> None:
        at = self._chosen()
        for field in (self.paper, self.owner):
            field.setEnabled(at is not None and self.found[at].fault is None)
        if at is not None:
            one = self.found[at]
            self.paper.set_value(one.paper or "other")
            self.owner.set_value(f"{one.about}:{one.about_id}" if one.about_id else "")

    def _assign(self) -> None:
        at = self._chosen()
        if at is None:
            return
        about, _mark, key = str(self.owner.value() or "").partition(":")
        to = (self._about(about), uuid.UUID(key)) if key else None
        self.found[at] = archive_intake.assigned(self.desk.work, self.found[at], paper=self.paper.value(), to=to)
        self._fill()

    @staticmethod
    def _about(word: str) -> About:
        return "item" if word == "item" else "meeting"

    def take_in(self) -> None:
        """Keep what is ready, as one act."""
        work, found = self.desk.work, list(self.found)
        self.take.setEnabled(False)
        worker = run.beside(
            self, _("Taking in"), lambda report: archive_intake.take_in(work, found, report), self._taken,
            self.progress,
        )  # fmt: skip
        worker.refused.connect(self._look_again)

    def _look_again(self, _error: object) -> None:
        self.found = archive_intake.still_there(self.found)
        self._fill()
        self._tell_chosen()

    def _taken(self, count: int) -> None:
        self.desk.toast(ngettext_("{count} file is kept", "{count} files are kept", count).format(count=count))
        self.found = []
        self.done.emit()

    def _leave(self) -> None:
        self.progress.cancelled.emit()
        self.found = []
        self.done.emit()

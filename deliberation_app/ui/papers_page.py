"""The papers of one meeting in the order of its file: how each stands, and what can be done with it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from deliberation_app.language import _, ngettext_, render
from deliberation_app.services import papers_list, papers_made
from deliberation_app.services.papers_asked import Asked
from deliberation_app.services.papers_list import PaperRow, PapersView
from deliberation_app.ui import papers_words as words
from deliberation_app.ui.kit import forms, run
from deliberation_app.ui.kit.buttons import Button
from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.kit.icons import IconLabel
from deliberation_app.ui.kit.labels import ElideLabel, Label
from deliberation_app.ui.kit.lists import Row, RowList
from deliberation_app.ui.kit.panels import column, empty, row
from deliberation_app.ui.kit.states import EmptyState
from deliberation_app.ui.kit.theme import px
from deliberation_app.ui.meetings_words import moment_words
from deliberation_app.ui.papers_files import save_pdf, save_word
from deliberation_app.ui.preview_room import stretch

# Logical width of the page below which the panel goes under the list.
_BESIDE = 760
# The least height of the list where the panel lies below it.
_LIST = 240


class PapersPage(QWidget):
    """shown(id=…): a list, and beside it what is known of the chosen paper and its acts."""

    parts = ("meetings", "floor", "votes", "minutes", "people", "agenda", "archive", "tasks", "notices", "evaluation")
    inner = True
    lit = "meetings"

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        forms.load("papers_page", self)
        self._id: uuid.UUID | None = None
        self._view: PapersView | None = None
        self._asked = 0
        self._soon = QTimer(self, singleShot=True, interval=0, timeout=self._read)
        self.list = RowList(height=60, name=_("Papers of this meeting"))
        self.list_place.addWidget(self.list)
        self.empty = EmptyState("print", _("No paper belongs here"), _("Choose All to see every paper of the meeting."))
        self.list_place.addWidget(self.empty)
        self.empty.hide()
        self.facts_column = column(spacing=14)
        self.facts.insertLayout(0, self.facts_column)
        self.progress_bar.hide()
        self._make_head()
        self._connect()

    def _make_head(self) -> None:
        options = [("all", _("All")), *((key, _(name)) for key, name in words.PHASES.items())]
        self.view.set_options(options)
        self.view.setAccessibleName(_("When the papers are needed"))
        self.counts = ElideLabel("", "hint")
        self.counts.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.filters.addWidget(self.counts, 1)
        self.verify_act = Button(_("Check a paper"), "quiet", icon="search")
        self.print_all = Button(_("Print all papers of this meeting"), "primary", icon="print", keys="Ctrl+P")
        self.header.add_act(self.verify_act)
        self.header.add_act(self.print_all)

    def _connect(self) -> None:
        self.header.back.connect(self.desk.back)
        self.view.chosen.connect(lambda _phase: self._fill())
        self.list.opened.connect(lambda _key: self._open())
        self.list.selectionModel().currentRowChanged.connect(lambda *_rows: self._tell())
        self.verify_act.clicked.connect(lambda: self.desk.navigate("verify"))
        self.print_all.clicked.connect(lambda: self.desk.navigate("print_papers", id=str(self._id)))
        self.preview_act.clicked.connect(self._open)
        self.print_act.clicked.connect(self._print)
        self.pdf_act.clicked.connect(lambda: self._save(save_pdf))
        self.word_act.clicked.connect(lambda: self._save(save_word))
        self.form_act.clicked.connect(lambda: self._open(empty=True))

    def minimumSizeHint(self) -> QSize:
        """It folds before it asks the window to scroll; folded, the page is as high as all of it needs."""
        if self.width() >= px(_BESIDE):
            return QSize(px(480), px(420))
        return QSize(px(480), self.layout().totalMinimumSize().height())

    def hasHeightForWidth(self) -> bool:
        """A sentence that wraps asks for a line more; the window is not to scroll for that."""
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The panel goes below where there is no room beside."""
        super().resizeEvent(event)
        beside = self.width() >= px(_BESIDE)
        self.body.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        self.side.setFixedWidth(px(304)) if beside else self.side.setMaximumWidth(self.width())
        self.verify_act.setVisible(beside)
        # The title and the four choices need the room; the keys work all the same.
        self.print_all.set_cap(self.print_all.keys if beside else "")
        self.print_all.set_icon_name("print" if beside else "")
        for phase, name in (words.PHASES if beside else words.SHORT).items():
            self.view.words(phase, _(name))
        self.list_card.setMinimumHeight(0 if beside else px(_LIST))
        self._stretch()

    def _stretch(self) -> None:
        """Beside the list what is known scrolls by itself; below it the page scrolls."""
        stretch(self.middle, self.inside)
        self.middle.setMinimumHeight(0 if self.width() >= px(_BESIDE) else self.inside.minimumHeight())
        self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.desk.back()
        else:
            super().keyPressEvent(event)

    # Reading

    def shown(self, **where: Any) -> None:
        """Show the papers of the meeting with this id."""
        if where.get("id") and uuid.UUID(str(where["id"])) != self._id:
            self._id, self._view = uuid.UUID(str(where["id"])), None
            self.list.fill([])
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self.refresh()

    def refresh(self) -> None:
        """Look at every paper again, beside the window; asked for twice at once it is done once."""
        self._soon.start()

    def _read(self) -> None:
        if self._id is None:
            return
        self._asked += 1
        asked, work, meeting = self._asked, self.desk.work, self._id
        if self._view is None:
            self.progress_bar.show()
        worker = run.beside(
            self, _("Looking at the papers"), lambda _report: papers_list.listed(work, meeting),
            lambda view: asked == self._asked and self._show(view), self.progress if self._view is None else None,
        )  # fmt: skip
        self.progress.cancel.hide()
        worker.finished.connect(self.progress_bar.hide)

    def _show(self, view: PapersView) -> None:
        self._view = view
        self.header.set_title(_("Papers of the meeting"))
        ready = sum(1 for row in view.rows if row.state == "ready")
        lacking = sum(1 for row in view.rows if row.state == "lacking")
        again = sum(1 for row in view.rows if row.state == "changed")
        day = moment_words(view.meeting.starts_at, self.desk.today())
        self.header.set_context(f"{day} · {view.meeting.title}")
        said = [
            ngettext_("{count} ready", "{count} ready", ready).format(count=ready) if ready else "",
            ngettext_("{count} incomplete", "{count} incomplete", lacking).format(count=lacking) if lacking else "",
            ngettext_("{count} to print again", "{count} to print again", again).format(count=again) if again else "",
        ]  # fmt: skip
        self.counts.set_text(" · ".join(one for one in said if one))
        self.print_all.setEnabled(bool(view.printable))
        self._fill()

    def _fill(self) -> None:
        phase = self.view.current()
        rows = [one for one in self._view.rows if phase in ("all", one.phase)] if self._view else []
        self.list.fill([_row(one) for one in rows])
        self.list.setVisible(bool(rows) or self._view is None)
        self.empty.setVisible(not rows and self._view is not None)
        if rows and not self.list.current_id():
            self.list.choose(rows[0].key)
        self._tell()

    # The chosen paper

    def current(self) -> PaperRow | None:
        """The chosen paper."""
        key = self.list.current_id()
        return next((one for one in self._view.rows if one.key == key), None) if self._view else None

    def _tell(self) -> None:
        one = self.current()
        empty(self.facts_column)
        for act in (self.preview_act, self.print_act, self.pdf_act, self.word_act, self.form_act):
            act.setEnabled(one is not None)
        if one is None:
            return
        paper, there = one.paper, one.there
        self.facts_column.addWidget(Label(words.name(paper.id), "h3", wrap=True))
        if one.subject:
            self.facts_column.addWidget(Label(one.subject, wrap=True))
        icon, tone = words.LOOKS[one.state]
        short = _("Still missing") if one.state == "lacking" else words.state_words(one)
        state = line_of(icon, tone, short)
        self.facts_column.addLayout(state)
        for lacking in one.lacks:
            self.facts_column.addWidget(Label(render(lacking), "hint", wrap=True))
        for head, told in (
            (_("Copies"), words.copies_words(paper, one.copies)), (_("Signed by hand by"), words.signs_words(paper)),
            (_("Kept"), words.kept_words(paper)), (_("On the board"), _("A masked copy may be posted")),
        ):  # fmt: skip
            if head != _("On the board") or paper.posted:
                self._add_fact(head, told)
        for act in (self.print_act, self.pdf_act, self.word_act):
            act.setEnabled(there)
        self.preview_act.setEnabled(there or one.form)
        self.form_act.setEnabled(one.form)
        self._stretch()

    def _add_fact(self, head: str, told: str) -> None:
        stack = column(spacing=0)
        stack.addWidget(Label(head, "label"))
        stack.addWidget(Label(told, wrap=True))
        self.facts_column.addLayout(stack)

    def _open(self, *, empty: bool = False) -> None:
        one = self.current()
        if one is None or not (one.there or one.form):
            return
        if one.asked.paper == "record" and not empty:
            self.desk.navigate("record", id=str(self._id))
            return
        asked = Asked(paper=one.asked.paper, meeting=self._id, empty=True) if empty else one.asked
        self.desk.navigate("paper", **asked.told())

    def _print(self) -> None:
        one = self.current()
        if one is not None and one.there:
            self.desk.navigate("print_papers", id=str(self._id), only=one.key)

    def _save(self, save: Callable[..., Any]) -> None:
        one, work = self.current(), self.desk.work
        if one is None:
            return
        asked = replace(one.asked)
        title = " ".join(part for part in (one.paper.title, one.subject) if part)

        def write(made: papers_made.Made) -> None:
            file = run.act(self, save, self, work, made, title)
            if file is not None:
                self.desk.toast(_("Saved as {file}").format(file=file.name), undo=False)

        run.beside(self, _("Setting the pages"), lambda _report: papers_made.prepared(work, asked), write)


def line_of(icon: str, tone: str, told: str) -> QHBoxLayout:
    """An icon and words that may take several lines."""
    across = row(spacing=8)
    across.addWidget(IconLabel(icon, tone, 18), 0, Qt.AlignmentFlag.AlignTop)
    across.addWidget(Label(told, "strong", wrap=True), 1)
    return across


def _row(one: PaperRow) -> Row:
    icon, tone = words.LOOKS[one.state]
    hint = one.subject or _(words.PHASES[one.phase])
    return Row(
        one.key, words.name(one.asked.paper), hint, status=words.state_words(one), status_tone=tone, status_icon=icon,
        icon="notices" if one.paper.posted else "file-text", tone="" if one.there else "text3",
    )  # fmt: skip

"""The archive: the files of meetings and items with what is missing; the chosen file beside them takes scans."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QWidget

from deliberation_app.domain.agenda import STAGES
from deliberation_app.domain.meetings import KINDS
from deliberation_app.errors import N_
from deliberation_app.language import _
from deliberation_app.services import archive
from deliberation_app.services.archive import About, FileView
from deliberation_app.ui import archive_words
from deliberation_app.ui.archive_arrivals import ArrivalsPane
from deliberation_app.ui.archive_file import FilePane
from deliberation_app.ui.kit import forms, run
from deliberation_app.ui.kit.buttons import Button, Segment
from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.kit.lists import Row, RowList
from deliberation_app.ui.kit.states import EmptyState
from deliberation_app.ui.kit.theme import px

_FOLD, _LEAST = 900, 420
_WHENCE = N_("A meeting that was held and an item that was raised each have a file; it fills by itself.")
_PAGE = 50
_MORE = "more"


class ArchivePage(QWidget):
    """A list of files; the chosen one stands beside it, in a narrow window in its place."""

    parts = ("archive", "meetings", "minutes", "agenda", "votes", "tasks", "evaluation", "notices", "voices", "floor")

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        forms.load("archive_page", self)
        self.setAcceptDrops(True)
        self.found: list[FileView] = []
        self._next: Any = None
        self._chosen: uuid.UUID | None = None
        self._open = False
        self._make_filters()
        self._make_body()
        self.year_act = Button(_("The year's hand-over"), icon="archive")
        self.folder_act = Button(_("Take in a folder"), icon="folder")
        self.scan_act = Button(_("Take in scans"), icon="import", keys="Ctrl+I")
        for act in (self.year_act, self.folder_act, self.scan_act):
            self.header.add_act(act)
        self._connect()

    def _make_filters(self) -> None:
        self.about = Segment([("meeting", _("Meetings")), ("item", _("Items"))], name=_("Which files"))
        self.which = Segment([("all", _("All")), ("incomplete", _("Incomplete"))], name=_("All or incomplete"))
        self.about_place.addWidget(self.about)
        self.which_place.addWidget(self.which)
        self.year.setAccessibleName(_("Year"))
        self.kind.setAccessibleName(_("Kind of meeting or stage"))
        for place in (self.about_place, self.which_place):
            self.filters.setAlignment(place, Qt.AlignmentFlag.AlignLeft)
        self._years: list[int] = []

    def _make_body(self) -> None:
        self.rows = RowList(status_width=128, height=60, name=_("Files of the archive"))
        self.first = Button(_("Prepare a meeting"), icon="meetings")
        self.first.clicked.connect(lambda: self.desk.navigate("meetings", new=True))
        self.empty = EmptyState("archive", _("No file here yet"), _(_WHENCE), self.first)
        self.list_column.addWidget(self.rows)
        self.list_column.addWidget(self.empty)
        self.pane = FilePane(self.desk)
        self.arrivals = ArrivalsPane(self.desk)
        for widget in (self.pane, self.arrivals):
            self.pane_place.addWidget(widget)
        self.arrivals.hide()

    def _connect(self) -> None:
        for segment in (self.about, self.which):
            segment.chosen.connect(lambda _choice: self._filter())
        for combo in (self.year, self.kind):
            combo.activated.connect(lambda _at: self._filter())
        self.rows.picked.connect(self._pick)
        self.rows.opened.connect(self._enter)
        self.pane.left.connect(self._leave_file)
        self.pane.scan_asked.connect(self.ask_files)
        self.arrivals.done.connect(self._arrived)
        self.scan_act.clicked.connect(lambda: self.ask_files(""))
        self.folder_act.clicked.connect(self.ask_folder)
        self.year_act.clicked.connect(lambda: self.desk.navigate("archive_year", year=self._year_wanted()))

    # Coming here and reading

    def shown(self, meeting: Any = None, item: Any = None, id: Any = None, piece: Any = None, **_more: Any) -> None:
        """Open the file of a meeting or an item where one is asked for, at the paper that `piece` proves."""
        wanted = meeting or item or id
        if wanted:
            self.about.choose("item" if item else "meeting")
            self._chosen = uuid.UUID(str(wanted))
            self._open = True
            self.refresh()
        self.rows.setFocus(Qt.FocusReason.OtherFocusReason)
        if wanted and piece:
            self.pane.go_to(uuid.UUID(str(piece)))

    def _about(self) -> About:
        return "item" if self.about.current() == "item" else "meeting"

    def _year_wanted(self) -> int:
        return self._years[0] if self.year.currentIndex() <= 0 and self._years else (
            self._years[self.year.currentIndex() - 1] if self._years else self.desk.today().year
        )  # fmt: skip

    def _filter(self) -> None:
        self._chosen = None
        run.act(self, self.refresh)

    def refresh(self) -> None:
        """Read the first page of files, and the chosen one, again."""
        self._fill_filters()
        self.found, self._next = [], None
        self._read_on()
        views = {view.id: view for view in self.found}
        if self._chosen is None or self._chosen not in views:
            self._chosen = self._chosen if self._open and self._chosen else self.found[0].id if self.found else None
        self.rows.choose(str(self._chosen) if self._chosen else "")
        self._show_chosen()
        self._fold()

    def _fill_filters(self) -> None:
        years = archive.years(self.desk.work, self.desk.unit_id)
        if years != self._years or not self.year.count():
            at = self.year.currentIndex()
            self._years = years
            self.year.clear()
            self.year.addItems([_("All years"), *(str(one) for one in years)])
            self.year.setCurrentIndex(max(at, 0))
        about = self._about()
        if self.kind.property("about") != about:
            self.kind.setProperty("about", about)
            known = KINDS if about == "meeting" else STAGES
            self.kind.clear()
            self.kind.addItem(_("All kinds") if about == "meeting" else _("All stages"), "")
            for key, entry in known.items():
                self.kind.addItem(_(entry.name), key)

    def _read_on(self) -> None:
        year = self._years[self.year.currentIndex() - 1] if self.year.currentIndex() > 0 else None
        read = archive.page(
            self.desk.work, self.desk.unit_id, self._about(), year=year, kind=self.kind.currentData() or "",
            incomplete=self.which.current() == "incomplete", after=self._next, limit=_PAGE,
        )  # fmt: skip
        self.found += read.rows
        self._next = read.next
        rows = [_row(view) for view in self.found]
        if self._next is not None:
            rows.append(Row(_MORE, _("Show more"), "", icon="down"))
        self.rows.fill(rows)
        self.rows.setVisible(bool(self.found))
        self.empty.setVisible(not self.found)
        if not self.found:
            self._say_empty(narrowed=year is not None or bool(self.kind.currentData()))

    def _say_empty(self, *, narrowed: bool) -> None:
        incomplete = self.which.current() == "incomplete" and bool(self._years)
        if incomplete:
            self.empty.say(_("Every file is complete"), _("Nothing is missing from the files shown here."), "done")
        elif narrowed:
            self.empty.say(_("Nothing fits"), _("Choose another year or kind."), "search")
        else:
            self.empty.say(_("No file here yet"), _(_WHENCE), "archive")
        self.first.setVisible(not incomplete and not narrowed)

    def _pick(self, key: str) -> None:
        if key == _MORE:
            run.act(self, self._read_on)
        elif key and self._chosen != uuid.UUID(key):
            self._chosen = uuid.UUID(key)
            run.act(self, self._show_chosen)

    def _enter(self, key: str) -> None:
        self._pick(key)
        if key and key != _MORE:
            self._open = True
            self._fold()
            self.pane.lines.setFocus(Qt.FocusReason.TabFocusReason)

    def _leave_file(self) -> None:
        self._open = False
        self._fold()
        self.rows.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_chosen(self) -> None:
        self.pane.setEnabled(self._chosen is not None)
        if self._chosen is not None:
            known = next((view for view in self.found if view.id == self._chosen), None)
            if known is not None:
                self.pane.show_view(known)
            else:
                self.pane.show_file(self._about(), self._chosen)

    # Scans

    def ask_files(self, paper: str = "") -> None:
        """Ask which scans and photos are taken in, as this paper where no code says otherwise."""
        chosen, _filter = QFileDialog.getOpenFileNames(self, _("Scans and photos"))
        self.take_in([Path(one) for one in chosen], paper)

    def ask_folder(self) -> None:
        """Ask for a folder; everything in it is looked at."""
        place = QFileDialog.getExistingDirectory(self, _("Folder with scans and photos"))
        self.take_in([Path(place)] if place else [])

    def take_in(self, places: list[Path], paper: str = "") -> None:
        """Look at these files and folders; what bears a code finds its file by itself."""
        if not places:
            return
        view = self.pane.view
        here = (view.about, view.id) if view is not None and self._chosen is not None else None
        self.pane.hide()
        self.arrivals.show()
        self._open = True
        self._fold()
        run.act(self.arrivals, self.arrivals.look_at, places, self.found, here, paper)

    def _arrived(self) -> None:
        self.arrivals.hide()
        self.pane.show()
        self._fold()
        self.rows.setFocus(Qt.FocusReason.OtherFocusReason)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files and folders of this computer may be dropped."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Look at what was dropped."""
        event.acceptProposedAction()
        self.take_in([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    # Room

    def minimumSizeHint(self) -> QSize:
        """Narrower than its wide form: then list and file take turns."""
        return QSize(px(_LEAST), max(px(460), super().minimumSizeHint().height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """List and file beside each other while there is room."""
        super().resizeEvent(event)
        self._fold()

    def _fold_head(self) -> None:
        """Filters go below each other before any of their words is cut; the header does so by itself."""
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        chosen = (self.about, self.which, self.year, self.kind)
        filters = sum(one.sizeHint().width() + px(12) for one in chosen)
        self.filters.setDirection(down if self.width() < filters else across)

    def _fold(self) -> None:
        self._fold_head()
        narrow = self.width() < px(_FOLD)
        some = bool(self.found) or not self.arrivals.isHidden()
        one = narrow and self._open
        self.list_card.setVisible(not one)
        right = some and (not narrow or self._open)
        if self.arrivals.isHidden():
            self.pane.setVisible(right)
        else:
            self.arrivals.setVisible(right)
        self.pane.back.setVisible(narrow)
        self.body.setStretch(0, 0 if one else 5)
        self.body.setStretch(1, 6 if right else 0)
        self.rows.delegate.status_width = 0 if narrow else 128

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves what came in, then the file in a narrow window."""
        if event.key() == Qt.Key.Key_Escape and not self.arrivals.isHidden():
            self.arrivals.leave.click()
        elif event.key() == Qt.Key.Key_Escape and self._open and self.width() < px(_FOLD):
            self._leave_file()
        elif event.key() == Qt.Key.Key_Escape and self.pane.isAncestorOf(self.focusWidget() or self):
            self.rows.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)


def _row(view: FileView) -> Row:
    icon, tone = archive_words.LOOKS[view.colour]
    hint = f"{archive_words.day_of(view)} · {archive_words.kind_words(view)}"
    return Row(
        str(view.id), view.title, hint, status=archive_words.state_words(view), status_tone=tone, status_icon=icon,
    )  # fmt: skip

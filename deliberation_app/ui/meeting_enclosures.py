"""Recordings, photographs and scans of a meeting: taken in by button or drop, opened, copied out, taken out."""

from __future__ import annotations

import tempfile
import uuid
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from deliberation_app.language import _
from deliberation_app.services import enclosures, floor_marks
from deliberation_app.services.enclosures import EnclosureView
from deliberation_app.settings import DISPLAY_ZONE
from deliberation_app.ui import console_words as words
from deliberation_app.ui.kit import run
from deliberation_app.ui.kit.buttons import Button
from deliberation_app.ui.kit.dates import TimeEdit
from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.kit.fields import LineEdit
from deliberation_app.ui.kit.labels import Label
from deliberation_app.ui.kit.lists import Row, RowList
from deliberation_app.ui.kit.panels import column, line, row
from deliberation_app.ui.kit.states import EmptyState, ErrorLine
from deliberation_app.ui.kit.theme import px

_ICONS = {"photo": ("eye", "info"), "audio": ("floor", "accent"), "other": ("word", "")}
_SCAN = ("print", "")


def size_words(size: int) -> str:
    """A size as people read it."""
    if size < 1024**2:
        return f"{max(1, round(size / 1024))} KB"
    return f"{size / 1024**2:.1f} MB"


def span_words(seconds: int) -> str:
    """Seconds from the start of a recording: 0:07:32, with a minus before it."""
    sign, rest = ("-", -seconds) if seconds < 0 else ("", seconds)
    return f"{sign}{rest // 3600}:{rest // 60 % 60:02d}:{rest % 60:02d}"


class MeetingEnclosures(QWidget):
    """The files with what can be done to the chosen one, and below them the time marks of the recording."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._id: uuid.UUID | None = None
        self.found: tuple[EnclosureView, ...] = ()
        self._opened: tempfile.TemporaryDirectory[str] | None = None
        self.setAcceptDrops(True)
        box = column(self, margins=(0, 12, 0, 12), spacing=8)
        self._error = ErrorLine(self)
        box.addWidget(self._error)
        self._make_head(box)
        self.list = RowList(height=56, name=_("Recordings, photos, scans"))
        self.list.opened.connect(lambda key: run.act(self, self._open, key))
        self.list.picked.connect(lambda _key: self._tell_acts())
        box.addWidget(self.list)
        self._hint = EmptyState(
            "floor", _("No file of this meeting is kept yet"),
            _("Add the sound recording, photos or scans, or drop the files here; each may have up to 512 MB."),
        )  # fmt: skip
        box.addWidget(self._hint)
        self._make_acts(box)
        self._make_marks(box)
        box.addStretch(1)

    def _make_head(self, box: QVBoxLayout) -> None:
        head = row(margins=(16, 0, 12, 0), spacing=8)
        head.addWidget(Label(_("Recordings, photos, scans"), "h3"))
        head.addStretch()
        self.add = Button(_("Add files"), icon="add", small=True)
        self.add.clicked.connect(self._ask_files)
        head.addWidget(self.add)
        box.addLayout(head)

    def _make_acts(self, box: QVBoxLayout) -> None:
        self._acts = QWidget()
        stack = column(self._acts, margins=(16, 0, 12, 0), spacing=8)
        across = row(spacing=6)
        self.open_copy = Button(_("Open"), cap="Enter", small=True)
        self.open_copy.clicked.connect(lambda: run.act(self, self._open, self.list.current_id()))
        self.save = Button(_("Save a copy"), small=True)
        self.save.clicked.connect(self._ask_place)
        self.out = Button(_("Take out"), "quiet", small=True)
        self.out.clicked.connect(self._ask_reason)
        for button in (self.open_copy, self.save):
            across.addWidget(button)
        across.addStretch()
        across.addWidget(self.out)
        stack.addLayout(across)
        self._start = QWidget()
        began = row(self._start, spacing=8)
        began.addWidget(Label(_("Recording began at"), "label"))
        self.began = TimeEdit()
        self.began.setAccessibleName(_("Recording began at"))
        self.began.setMaximumWidth(px(100))
        self.began.returnPressed.connect(lambda: run.act(self, self._keep_start))
        began.addWidget(self.began)
        began.addWidget(Label(_("time marks count from it"), "hint"), 1)
        stack.addWidget(self._start)
        self.reason = LineEdit(placeholder=_("Why is it taken out? Then Enter"))
        self.reason.setAccessibleName(_("Why is it taken out? Then Enter"))
        self.reason.returnPressed.connect(lambda: run.act(self, self._take_out))
        self.reason.hide()
        stack.addWidget(self.reason)
        box.addWidget(self._acts)

    def _make_marks(self, box: QVBoxLayout) -> None:
        self._marks = QWidget()
        stack = column(self._marks, margins=(0, 8, 0, 0), spacing=6)
        stack.addWidget(line())
        head = Label(_("Time marks"), "h3")
        head.setContentsMargins(px(16), px(4), px(16), 0)
        stack.addWidget(head)
        self.marks = RowList(height=48, name=_("Time marks"))
        self.marks.acted.connect(lambda key: run.act(self, self._drop_mark, key))
        stack.addWidget(self.marks)
        box.addWidget(self._marks)

    def show_meeting(self, meeting_id: uuid.UUID) -> None:
        """Show what belongs to this meeting."""
        if meeting_id != self._id:
            self._error.hide()
            self.reason.hide()
        self._id = meeting_id
        self.found = enclosures.listed(self.desk.work, "meeting", meeting_id)
        self.list.fill([self._row(one) for one in self.found])
        self.list.fit()
        self.list.setVisible(bool(self.found))
        self._hint.setVisible(not self.found)
        marks = floor_marks.marks(self.desk.work, meeting_id)
        self.marks.fill([self._mark_row(one) for one in marks])
        self.marks.fit()
        self._marks.setVisible(bool(marks))
        self._tell_acts()

    @staticmethod
    def _row(one: EnclosureView) -> Row:
        icon, tone = _ICONS.get(one.paper, _SCAN)
        added = one.added_at.astimezone(DISPLAY_ZONE)
        hint = " · ".join(part for part in (size_words(one.size), f"{words.day(added.date())} {words.hour(added)}",
                                            one.added_by) if part)  # fmt: skip
        return Row(str(one.id), one.title, hint, icon=icon, tone=tone)

    @staticmethod
    def _mark_row(one: floor_marks.MarkView) -> Row:
        hint = " · ".join(part for part in (words.second(one.at), one.entry) if part)
        return Row(str(one.id), one.text or _("no words"), hint, status=span_words(one.offset), status_icon="clock",
                   act=_("Remove"))  # fmt: skip

    def _chosen(self) -> EnclosureView | None:
        key = self.list.current_id()
        return next((one for one in self.found if str(one.id) == key), None)

    def _tell_acts(self) -> None:
        chosen = self._chosen()
        self._acts.setVisible(chosen is not None)
        self._start.setVisible(chosen is not None and chosen.paper == "audio")
        if chosen is not None and not self.began.hasFocus():
            taken = chosen.taken_at.astimezone(DISPLAY_ZONE) if chosen.taken_at else None
            self.began.set_value(taken.time() if taken else None)

    def _ask_files(self) -> None:
        chosen, _filter = QFileDialog.getOpenFileNames(self, _("Recordings, photos, scans"))
        self.take_in([Path(one) for one in chosen])

    def take_in(self, files: list[Path]) -> None:
        """Take these files in, each an act of its own; what is wrong with one is said, the others come in."""
        self._error.hide()
        for file in files:
            added = run.act(self, enclosures.add, self.desk.work, "meeting", self._id, "", file)
            if added is not None:
                self.desk.toast(_("“{name}” is kept with the meeting").format(name=file.name))
                self.list.choose(str(added))
        if files:
            self._tell_acts()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files of this computer may be dropped."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take in what was dropped."""
        self.take_in([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])
        event.acceptProposedAction()

    def _open(self, key: str) -> None:
        """Open a copy with the program of the system; what is kept cannot be changed that way."""
        one = enclosures.enclosure(self.desk.work, uuid.UUID(key))
        if self._opened is None:
            self._opened = tempfile.TemporaryDirectory(prefix="deliberation-", ignore_cleanup_errors=True)
        place = Path(self._opened.name) / one.file_name
        enclosures.save_copy(self.desk.work, one.id, place)
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(place))):
            self._error.say(_("This computer has no program to open it. Save a copy and open that elsewhere."))

    def _ask_place(self) -> None:
        one = self._chosen()
        if one is not None:
            chosen, _filter = QFileDialog.getSaveFileName(self, _("Save a copy"), one.file_name)
            if chosen:
                run.act(self, self._save, one, Path(chosen))

    def _save(self, one: EnclosureView, to: Path) -> None:
        enclosures.save_copy(self.desk.work, one.id, to)
        self.desk.toast(_("The copy lies in {file}").format(file=to), undo=False)

    def _ask_reason(self) -> None:
        self.reason.setText("")
        self.reason.show()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_out(self) -> None:
        one = self._chosen()
        if one is not None:
            enclosures.remove(self.desk.work, one.id, self.reason.text())
            self.reason.hide()
            self.desk.toast(_("“{name}” is taken out").format(name=one.title))

    def _keep_start(self) -> None:
        one, at = self._chosen(), self.began.value()
        if one is None or at is None:
            return
        day = (one.taken_at or floor_marks.day_of(self.desk.work, self._id)).astimezone(DISPLAY_ZONE)
        start = day.replace(hour=at.hour, minute=at.minute, second=0, microsecond=0)
        enclosures.edit(self.desk.work, one.id, title=one.title, taken_at=start)
        self.desk.toast(_("Time marks count from {hour} now").format(hour=words.hour(start)))

    def _drop_mark(self, key: str) -> None:
        floor_marks.drop_mark(self.desk.work, uuid.UUID(key))
        self.desk.toast(_("The time mark is removed"))

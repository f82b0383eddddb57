"""Meeting files: chosen, taken in, written out, and what is wrong in one listed with its places."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from deliberation_app.errors import N_, AppError, FileFaults, reason_of
from deliberation_app.language import _, ngettext_, render
from deliberation_app.services import meeting_file
from deliberation_app.services.work import Work
from deliberation_app.ui.kit.buttons import Button
from deliberation_app.ui.kit.icons import IconLabel
from deliberation_app.ui.kit.labels import Label
from deliberation_app.ui.kit.panels import Scroll, column, line, row

Place = tuple[str, AppError]
_FORBIDDEN = str.maketrans(dict.fromkeys('\\/:*?"<>|\n\r\t', " "))


def ask_file(over: QWidget) -> Path | None:
    """The meeting file that somebody chooses, or None."""
    chosen, _filter = QFileDialog.getOpenFileName(over, _("Import a meeting file"), "", _("Meeting files (*.json)"))
    return Path(chosen) if chosen else None


def ask_place(over: QWidget, title: str) -> Path | None:
    """Where a meeting file is to be written, or None."""
    name = " ".join(title.translate(_FORBIDDEN).split())[:80]
    chosen, _filter = QFileDialog.getSaveFileName(
        over, _("Export the meeting file"), f"{name}.json", _("Meeting files (*.json)")
    )
    return Path(chosen) if chosen else None


def write(work: Work, meeting_id: uuid.UUID, to: Path) -> Path:
    """Write the meeting file of a meeting whole or not at all."""
    told = meeting_file.export(work, meeting_id)
    draft = to.with_name(f"{to.name}.part")
    try:
        draft.write_bytes(told)
        draft.replace(to)
    except OSError as error:
        raise AppError(
            N_("{file} cannot be written ({reason}). Choose another place; the meeting is not changed."),
            file=to,
            reason=reason_of(error),
        ) from error
    return to


class FaultList(QWidget):
    """What is wrong in a file, or worth knowing about it: a sentence each, and below it the place in the file."""

    closed = Signal()
    again = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._box = column(self, spacing=12)
        self.scroll = Scroll()
        self._box.addWidget(self.scroll, 1)
        acts = row(spacing=12)
        acts.addStretch()
        self.retry = Button(_("Choose another file"), icon="import")
        self.retry.clicked.connect(self.again)
        self.done = Button(_("Back to the calendar"))
        self.done.clicked.connect(self.closed)
        acts.addWidget(self.retry)
        acts.addWidget(self.done)
        self._box.addLayout(acts)

    def show_faults(self, error: FileFaults) -> None:
        """The file was refused."""
        under = _("Have these places put right where the file was made, then import it again.")
        if error.more:
            more = ngettext_("{count} more is not listed.", "{count} more are not listed.", error.more)
            under = f"{under} {more.format(count=error.more)}"
        self._list(render(error), under, error.faults, ("failed", "bad"))
        self.retry.show()

    def show_remarks(self, title: str, remarks: Sequence[Place]) -> None:
        """The file was taken in; this is worth knowing."""
        head = _("“{title}” was taken in").format(title=title)
        self._list(head, _("Worth knowing about this file:"), remarks, ("note", "info"))
        self.retry.hide()

    def _list(self, head: str, under: str, places: Sequence[Place], mark: tuple[str, str]) -> None:
        held = QWidget()
        rows = column(held, spacing=10)
        rows.addWidget(Label(head, "h3", wrap=True))
        rows.addWidget(Label(under, "hint", wrap=True))
        rows.addWidget(line())
        for place, sentence in places:
            rows.addWidget(FaultRow(render(sentence), place, *mark))
        rows.addStretch()
        self.scroll.setWidget(held)
        self.done.setFocus(Qt.FocusReason.OtherFocusReason)


class FaultRow(QWidget):
    """One fault: the sentence wraps, the place can be copied."""

    def __init__(self, sentence: str, place: str, icon: str, tone: str) -> None:
        super().__init__()
        across = row(self, spacing=10)
        across.addWidget(IconLabel(icon, tone, 18), 0, Qt.AlignmentFlag.AlignTop)
        words = column(spacing=0)
        words.addWidget(Label(sentence, "strong", wrap=True))
        where = Label(_("Place in the file: {place}").format(place=place or "/"), "hint", wrap=True)
        where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        words.addWidget(where)
        across.addLayout(words, 1)
        self.setAccessibleName(f"{sentence} {place}")

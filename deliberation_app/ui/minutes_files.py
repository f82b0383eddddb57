"""A record saved as a file: the PDF as it is printed, or the meeting file for another computer."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from deliberation_app.language import _
from deliberation_app.services import meeting_file, papers
from deliberation_app.services.minutes_view import Preview
from deliberation_app.services.work import Work
from deliberation_app.settings import DISPLAY_ZONE

_LONGEST = 60


def save_pdf(where: QWidget, work: Work, shown: Preview) -> Path | None:
    """Ask for a place and write the paper there; None when nobody chose one."""
    to = _ask(where, _("Save PDF"), file_name(shown, "pdf"))
    if to is not None:
        papers.save(shown.printed.pdf, to)
        papers.note_print(work, shown.meeting.id, shown.printed.content_sha256)
    return to


def save_meeting_file(where: QWidget, work: Work, shown: Preview) -> Path | None:
    """Ask for a place and write the meeting file there; None when nobody chose one."""
    to = _ask(where, _("Meeting file"), file_name(shown, "json"))
    if to is not None:
        papers.save(meeting_file.export(work, shown.meeting.id), to)
    return to


def _ask(where: QWidget, words: str, name: str) -> Path | None:
    ending = Path(name).suffix
    chosen, _filter = QFileDialog.getSaveFileName(where, words, str(Path.home() / name), f"*{ending}")
    if not chosen:
        return None
    return Path(chosen if chosen.endswith(ending) else f"{chosen}{ending}")


def file_name(shown: Preview, ending: str) -> str:
    """A file name that every system takes, made of the day and the title."""
    day = f"{shown.meeting.starts_at.astimezone(DISPLAY_ZONE):%Y-%m-%d}"
    title = "".join(sign for sign in shown.meeting.title if sign.isalnum() or sign in " -_（）·").strip()
    mark = _("posted") if shown.posted and ending == "pdf" else ""
    return " ".join(part for part in (day, title[:_LONGEST], mark) if part) + f".{ending}"

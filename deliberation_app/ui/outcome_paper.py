"""Papers and files of tasks, surveys and notices: printed, saved as PDF, taken in as evidence, opened."""

from __future__ import annotations

import tempfile
import uuid
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from deliberation_app.errors import N_, AppError
from deliberation_app.language import _
from deliberation_app.services import enclosures, papers, papers_made
from deliberation_app.services.papers_asked import Asked
from deliberation_app.ui import printing
from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.printing import PrintJob

_LONGEST = 60
# Copies opened with the programs of the system; they go when the window closes.
_OPENED: list[tempfile.TemporaryDirectory[str]] = []


def file_name(*parts: str, ending: str = "pdf") -> str:
    """A file name that every system takes."""
    words = ["".join(sign for sign in part if sign.isalnum() or sign in " -_（）·").strip() for part in parts]
    return " ".join(word[:_LONGEST] for word in words if word) + f".{ending}"


def ask_place(where: QWidget, words: str, name: str) -> Path | None:
    """Ask for a place; None when nobody chose one."""
    ending = Path(name).suffix
    chosen, _filter = QFileDialog.getSaveFileName(where, words, str(Path.home() / name), f"*{ending}")
    return None if not chosen else Path(chosen if chosen.endswith(ending) else f"{chosen}{ending}")


def save(where: QWidget, desk: Desk, asked: Asked, name: str) -> bool:
    """Save a paper as PDF where somebody chooses."""
    papers_made.made(desk.work, asked)  # says at once when there is nothing to print
    to = ask_place(where, _("Save PDF"), name)
    if to is not None:
        papers_made.write(desk.work, asked, to)
        desk.toast(_("The paper lies in {file}").format(file=to), undo=False)
    return to is not None


def send(where: QWidget, desk: Desk, asked: Asked, name: str, copies: int = 1) -> bool:
    """Print a paper on the usual printer; without a printer it is saved as PDF."""
    known = printing.printers()
    if not known:
        return save(where, desk, asked, name)
    with desk.work.read() as session:
        documents = papers_made.compose(session, asked)
    made = papers.press(documents)
    printing.send(made.pdf, PrintJob(known[0], copies), name)
    papers_made.note_printed(desk.work, asked, documents, made.each)
    desk.toast(_("Printed: {name}").format(name=Path(name).stem), undo=False)
    return True


def send_pdf(where: QWidget, desk: Desk, pdf: bytes, name: str) -> bool:
    """Print these bytes, or save them where there is no printer; whether they left the program."""
    known = printing.printers()
    if known:
        printing.send(pdf, PrintJob(known[0]), name)
        return True
    to = ask_place(where, _("Save PDF"), name)
    if to is not None:
        papers.save(pdf, to)
    return to is not None


def take_in(where: QWidget, desk: Desk, about: str, key: uuid.UUID, paper: str = "") -> int:
    """Ask for photos and papers and keep them with something; how many were kept."""
    chosen, _filter = QFileDialog.getOpenFileNames(where, _("Photos and papers"))
    for file in chosen:
        enclosures.add(desk.work, about, key, paper, Path(file), unit_id=desk.unit_id)
    return len(chosen)


def open_all(desk: Desk, about: str, key: uuid.UUID) -> None:
    """Open a copy of each file with the program of the system; what is kept cannot be changed that way."""
    found = enclosures.listed(desk.work, about, key)
    if not found:
        raise AppError(N_("No photo or paper has been added yet."))
    folder = tempfile.TemporaryDirectory(prefix="deliberation-", ignore_cleanup_errors=True)
    _OPENED.append(folder)
    for one in found:
        place = Path(folder.name) / one.file_name
        enclosures.save_copy(desk.work, one.id, place)
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(place))):
            raise AppError(N_("This computer has no program to open it. Save a copy and open that elsewhere."))

"""Opens what proves a paper: a scan with the program of the system, a record and a print as they are here."""

from __future__ import annotations

import tempfile
import uuid
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from deliberation_app.errors import N_, AppError
from deliberation_app.services import archive_export, enclosures
from deliberation_app.services.archive import FileLine
from deliberation_app.services.archive_evidence import Piece
from deliberation_app.ui.kit.desk import Desk

_OPENS = ("enclosure", "record", "printed", "item", "meeting")
# What is most worth looking at comes first.
_ORDER = {name: rank for rank, name in enumerate(_OPENS)}


class Opener:
    """Copies for looking at lie in a folder of their own, which goes when the page goes."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        self._desk = desk
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._parent = parent

    @staticmethod
    def opens(line: FileLine) -> bool:
        """Whether there is anything to be looked at."""
        return any(piece.opens in _OPENS for piece in line.pieces)

    def open(self, line: FileLine) -> None:
        """Open the best proof of a paper."""
        found = sorted((piece for piece in line.pieces if piece.opens in _OPENS), key=lambda one: _ORDER[one.opens])
        if found and found[0].key is not None:
            self._open(found[0], found[0].key)

    def _open(self, piece: Piece, key: uuid.UUID) -> None:
        if piece.opens == "record":
            self._desk.navigate("record", id=str(key))
        elif piece.opens == "item":
            self._desk.navigate("agenda", item=key)
        elif piece.opens == "meeting":
            self._desk.navigate("meeting", id=str(key))
        elif piece.opens == "enclosure":
            one = enclosures.enclosure(self._desk.work, key)
            place = self._place(one.file_name)
            enclosures.save_copy(self._desk.work, key, place)
            self.show(place)
        else:
            place = self._place(f"{archive_export.safe_name(piece.title)}.pdf")
            place.write_bytes(archive_export.print_again(self._desk.work, key))
            self.show(place)

    def _place(self, name: str) -> Path:
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="deliberation-", ignore_cleanup_errors=True)
        return Path(self._folder.name) / name

    def show(self, place: Path) -> None:
        """Open a file with the program of the system."""
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(place))):
            raise AppError(N_("This computer has no program to open it. Save a copy and open that elsewhere."))

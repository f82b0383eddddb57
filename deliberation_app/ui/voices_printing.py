"""Papers of voices: written where somebody wants them, and opened with the program that shows them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from deliberation_app.language import _
from deliberation_app.services import papers
from deliberation_app.services.papers import Printed
from deliberation_app.ui.kit import run
from deliberation_app.ui.kit.desk import Desk


def write(where: QWidget, desk: Desk, title: str, make: Callable[[], Printed]) -> None:
    """Ask for a place, make the paper, write it, open it."""
    printed = run.act(where, make)
    if printed is None:
        return
    chosen, _filter = QFileDialog.getSaveFileName(where, title, f"{title}.pdf", "PDF (*.pdf)")
    if chosen:
        run.act(where, _save, desk, printed, Path(chosen), again=True)


def _save(desk: Desk, printed: Printed, to: Path) -> None:
    papers.save(printed.pdf, to)
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(to)))
    desk.toast(_("{file} is written").format(file=to.name), undo=False)

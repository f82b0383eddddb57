"""The pictures of a voice, opened with the program that shows pictures."""

from __future__ import annotations

import tempfile
import uuid
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from deliberation_app.services import enclosures
from deliberation_app.ui.kit.desk import Desk


def show_pictures(desk: Desk, voice_id: uuid.UUID) -> list[Path]:
    """Write copies to a folder of this session and open them; the kept ones stay as they are."""
    folder = Path(tempfile.mkdtemp(prefix="voice-"))
    shown = []
    for one in enclosures.listed(desk.work, "voice", voice_id):
        place = folder / one.file_name
        enclosures.save_copy(desk.work, one.id, place)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(place)))
        shown.append(place)
    return shown

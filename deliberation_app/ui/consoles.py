"""The consoles that stand open, one for each meeting: they outlive the page that opened them."""

from __future__ import annotations

import uuid

from PySide6.QtWidgets import QWidget

from deliberation_app.services import alone, owners_vote
from deliberation_app.ui.chair_console import ChairConsole
from deliberation_app.ui.kit.desk import Desk

# A page is made again when language or scale change; a meeting in session must not notice.
_open: dict[tuple[int, uuid.UUID], ChairConsole] = {}


def hold(desk: Desk, meeting_id: uuid.UUID, main: QWidget) -> None:
    """Bring the meeting's console to the front, opened first if need be."""
    key = (id(desk.work), meeting_id)
    console = _open.get(key)
    if console is None:
        console = _open[key] = ChairConsole(desk.work, meeting_id, desk.settings)
        console.closed.connect(lambda: _open.pop(key, None))
        console.minutes_wanted.connect(lambda _key: _to_record(desk, meeting_id, main))
        console.owners_wanted.connect(lambda: _to_owners(desk, meeting_id, main))
        if main.windowHandle() is not None:
            console.hear_in(main).scanned.connect(lambda _code: desk.toast(*console.frame.foot.told()))
    console.show()
    console.raise_()
    console.activateWindow()
    said = alone.elsewhere(desk.work)
    if said is not None:
        console.frame.show_error(said)


def _to_owners(desk: Desk, meeting_id: uuid.UUID, main: QWidget) -> None:
    """The papers of the owners are entered in the main window; the console stays open beside it."""
    if owners_vote.rules_for(desk.work, meeting_id):
        desk.navigate("owners", id=str(meeting_id))
        main.show()
        main.raise_()
        main.activateWindow()


def _to_record(desk: Desk, meeting_id: uuid.UUID, main: QWidget) -> None:
    """Go on to the record in the main window, which the console would hide."""
    console = _open.get((id(desk.work), meeting_id))
    desk.navigate("record", id=str(meeting_id))
    if console is not None:
        console.close()
    main.show()  # it may have been closed beside the console
    main.raise_()
    main.activateWindow()

"""The hands of the test of the whole way: keys, clicks and an input method; besides a clock and answers for files."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QLineEdit,
    QPushButton,
    QWidget,
)

from deliberation_app.services import meetings, people, units
from deliberation_app.services.work import Work
from deliberation_app.settings import DISPLAY_ZONE
from deliberation_app.ui import outcome_paper
from deliberation_app.ui.agenda_ask import AskPanel
from tests.ui.courtyard import write

K = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
SAID = "西门路灯坏了三盏，晚上看不见路"
TITLE = "更换西门三盏路灯"
MEMBERS = ("尹记录", "龚龑", "陆行", "冯安")
TASK = "更换三盏路灯"
ASSEMBLY = "十月党员大会"
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = datetime(2026, 10, 20, 9, 0, tzinfo=DISPLAY_ZONE)

    def __call__(self) -> datetime:
        return self.now

    def to(self, month: int, day: int, hour: int = 9, minute: int = 0) -> None:
        """Set it."""
        self.now = datetime(2026, month, day, hour, minute, tzinfo=DISPLAY_ZONE)


class Files:
    """Answers every dialog that asks for a file: `chosen` is taken in next, what is saved gets a place of its own."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.saved: list[Path] = []
        self.chosen: list[Path] = []
        monkeypatch.setattr(QFileDialog, "getSaveFileName", self._place)
        monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_all: ([str(one) for one in self.chosen], ""))
        monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: True)
        monkeypatch.setattr(outcome_paper.printing, "printers", list)

    def _place(self, *_all: object) -> tuple[str, str]:
        self.saved.append(self.folder / f"{len(self.saved) + 1:02d}.pdf")
        return str(self.saved[-1]), ""

    def picture(self, name: str) -> list[Path]:
        """A photograph to be taken in next."""
        place = self.folder / f"{name}.png"
        place.write_bytes(PNG + name.encode())
        self.chosen = [place]
        return self.chosen


def settle() -> None:
    """Let the window do what it has put off."""
    QApplication.processEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()


def press(where: QWidget, words: str) -> None:
    """Click the one button in sight that has these words."""
    settle()
    known = [one for one in where.findChildren(QPushButton) if one.isVisible()]
    found = [one for one in known if one.text() == words]
    assert len(found) == 1, (words, [one.text() for one in known])
    assert found[0].isEnabled(), words
    QTest.mouseClick(found[0], Qt.MouseButton.LeftButton)
    settle()


def dialog(kind: type[QDialog]) -> Any:
    """The dialog that is open."""
    settle()
    return next(one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible())


def named(edit: Any, initials: str) -> None:
    """Type initials into a line of names and take the first of its list."""
    edit.setFocus()
    for sign in initials:
        if sign.isascii():
            QTest.keyClick(edit, sign)
        else:
            write(edit, sign)
    QTest.keyClick(edit._completer.popup(), K.Key_Return)
    settle()


def click(widget: QWidget) -> None:
    """Click a button, a tick or a line where it lies."""
    settle()
    assert widget.isVisible(), widget
    assert widget.isEnabled(), (widget, widget.accessibleName())
    place = QPoint(8, widget.height() // 2) if isinstance(widget, QCheckBox) else QPoint()
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=place)
    settle()


def fill(where: QWidget, value: object) -> None:
    """Type into a field, or choose in it by keys; Chinese comes as an input method brings it."""
    editor = getattr(where, "editor", where)
    if isinstance(editor, QComboBox):
        editor.setFocus()
        QTest.keyClick(editor, K.Key_Home)
        for _line in range(editor.findData(value)):
            QTest.keyClick(editor, K.Key_Down)
        assert editor.currentData() == value
        return
    click(editor)
    QTest.keyClick(editor, K.Key_A, CONTROL)
    QTest.keyClick(editor, K.Key_Delete)
    for sign in str(value):
        if sign.isascii():
            QTest.keyClick(editor, sign)
        else:
            write(editor, sign)
    if isinstance(editor, QLineEdit):
        QTest.keyClick(editor, K.Key_Tab)
    settle()


def click_row(view: QAbstractItemView, key: str) -> None:
    """Click the row of a list or table that has this key."""
    settle()
    model = view.model()
    keys = [model.key_at(row) if hasattr(model, "key_at") else model.rows[row].id for row in range(model.rowCount())]
    index = model.index(keys.index(key), 0)
    view.scrollTo(index)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(index).center())
    settle()
    assert view.current_id() == key


def choose(button: QWidget, words: str) -> None:
    """Open the menu of a button and take the line with these words by keys."""
    click(button)
    menu = QApplication.activePopupWidget()
    known = [one.text() for one in menu.actions()]
    for _line in known:
        QTest.keyClick(menu, K.Key_Down)
        if menu.activeAction() is not None and menu.activeAction().text() == words:
            break
    assert menu.activeAction().text() == words, known
    QTest.keyClick(menu, K.Key_Return)
    settle()


def answer(panel: AskPanel, **values: object) -> None:
    """Fill in the open question and answer it by its button; what it refuses is said."""
    settle()
    assert panel.isVisible()
    fields = dict(panel._ask.fields)
    for name, value in values.items():
        fill(fields[name], value)
    click(panel.answer)
    assert not panel.isVisible() or not panel.error_line.isVisible(), panel.error_line.accessibleName()


def register(work: Work) -> None:
    """The people of the branch, and the assembly that discussed the lamps."""
    unit = units.all_units(work)[0]
    for room, name in enumerate(("石宝", *MEMBERS), 101):
        home = people.Home(courtyard="194号院", building="1号楼", entrance="1单元", room=str(room))
        people.add(work, unit.id, name=name, roles=("member",), home=home)
    meetings.call(work, unit.id, kind="branch_assembly", title=ASSEMBLY, starts_at=work.clock())

"""Enter presses the button that has the focus, once however long it is held, and never the one that comes after it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QVBoxLayout, QWidget

from deliberation_app.ui.kit import focus
from deliberation_app.ui.kit.buttons import Button, FilterButton, Segment
from deliberation_app.ui.kit.fields import LineEdit, TextEdit
from tests import patience

ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def room(app_dressed, qtbot) -> QWidget:
    """A window to put things in."""
    made = QWidget()
    QVBoxLayout(made)
    qtbot.addWidget(made)
    return made


def put(room: QWidget, *widgets: QWidget) -> None:
    for widget in widgets:
        room.layout().addWidget(widget)
    room.show()
    QTest.qWaitForWindowActive(room, 1000 * patience.SECONDS)
    focus.watch(QApplication.instance())._watch(room.windowHandle())
    widgets[0].setFocus()


def hold(room: QWidget, times: int = 5) -> None:
    """What a keyboard sends while Enter stays down."""
    window = room.windowHandle()
    for _time in range(times):
        text, none = "\r", Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(window, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, none, text, True))
        QApplication.sendEvent(window, QKeyEvent(QEvent.Type.KeyRelease, Qt.Key.Key_Return, none, text, True))


@pytest.mark.parametrize("enter", ENTERS)
@pytest.mark.parametrize("kind", ["primary", "normal", "quiet", "link", "next", "toast"])
def test_enter_presses_the_focused_button_once(room, kind: str, enter: Qt.Key) -> None:
    pressed: list[str] = []
    button = Button("散会", kind)
    button.clicked.connect(lambda: pressed.append(kind))
    put(room, button)
    QTest.keyPress(room.windowHandle(), enter)
    hold(room)
    QTest.keyRelease(room.windowHandle(), enter)
    assert pressed == [kind]
    QTest.keyClick(room.windowHandle(), Qt.Key.Key_Space)
    assert pressed == [kind, kind]


def test_enter_held_while_the_page_changes_presses_nothing_there(room) -> None:
    pressed: list[str] = []
    first, second = Button("进入会场"), Button("散会")
    first.clicked.connect(lambda: (pressed.append("first"), first.hide(), second.setFocus()))
    second.clicked.connect(lambda: pressed.append("second"))
    put(room, first, second)
    QTest.keyPress(room.windowHandle(), Qt.Key.Key_Return)
    assert second.hasFocus()
    hold(room)
    assert pressed == ["first"]


def test_enter_held_on_a_line_is_taken_once_and_answers_no_dialog(room, qtbot) -> None:
    taken: list[str] = []
    dialog = QDialog()
    qtbot.addWidget(dialog)
    QVBoxLayout(dialog)
    line, sign = LineEdit(), Button("Sign")
    line.returnPressed.connect(lambda: taken.append("line"))
    sign.setDefault(True)
    sign.clicked.connect(lambda: taken.append("sign"))
    put(dialog, line, sign)
    hold(dialog)
    assert taken == []
    QTest.keyClick(dialog.windowHandle(), Qt.Key.Key_Return)
    assert taken[0] == "line"


def test_enter_held_in_a_long_text_goes_on(room) -> None:
    text = TextEdit()
    put(room, text)
    hold(room, 3)
    assert text.toPlainText() == "\n" * 3


def test_a_button_that_is_off_stays_off(room) -> None:
    button = Button("Later")
    pressed: list[bool] = []
    button.clicked.connect(pressed.append)
    put(room, button)
    button.setEnabled(False)
    QTest.keyClick(button, Qt.Key.Key_Return)
    assert pressed == []


class Page(QWidget):
    """A page that does something of its own at Enter."""

    def __init__(self) -> None:
        super().__init__()
        QVBoxLayout(self)
        self.took: list[bool] = []

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Remember Enter, and whether it came with Ctrl."""
        if event.key() in ENTERS:
            self.took.append(bool(event.modifiers() & CTRL))


def test_enter_belongs_to_the_page_on_a_choice_and_with_ctrl(app_dressed, qtbot) -> None:
    page = Page()
    qtbot.addWidget(page)
    choice, button, signed = Segment([("a", "A"), ("b", "B")], name="Side"), Button("Go"), FilterButton("Signed")
    pressed: list[str] = []
    button.clicked.connect(lambda: pressed.append("go"))
    signed.takes_enter = False
    put(page, choice, button, signed)
    choice._group.button(0).setFocus()
    QTest.keyClick(page.windowHandle(), Qt.Key.Key_Return)
    assert page.took == [False]
    button.setFocus()
    QTest.keyClick(page.windowHandle(), Qt.Key.Key_Return, CTRL)
    assert (page.took, pressed) == ([False, True], [])
    signed.setFocus()
    QTest.keyClick(page.windowHandle(), Qt.Key.Key_Return)
    assert (page.took, signed.isChecked()) == ([False, True, False], False)


def test_enter_turns_a_filter(room) -> None:
    only = FilterButton("Overdue")
    put(room, only)
    QTest.keyClick(room.windowHandle(), Qt.Key.Key_Return)
    assert only.isChecked()


def test_a_shortcut_held_down_acts_once(room) -> None:
    """Windows sends the next step of a meeting again and again while Ctrl and Enter stay down."""
    button = Button("Next", keys="Ctrl+Return")
    put(room, button)
    assert button._shortcut.autoRepeat() is False


def from_keyboard(kind: QEvent.Type, at: int, *, ctrl: bool = False, code: int = 36) -> QKeyEvent:
    """Enter as the window system tells it, with the code of a real key."""
    event = QKeyEvent(kind, Qt.Key.Key_Return, CTRL if ctrl else Qt.KeyboardModifier.NoModifier, code, 0, 0, "\r")
    event.setTimestamp(at)
    return event


@pytest.mark.parametrize("ctrl", [False, True])
def test_a_key_repeated_as_a_pair_is_held_too(app_dressed, monkeypatch: pytest.MonkeyPatch, ctrl: bool) -> None:
    """X lets go of a held key and presses it in the same moment; Qt does not always see that they belong together."""
    monkeypatch.setattr(focus, "_on_x", lambda: True)
    held = focus.HeldEnter()
    for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
        assert not held.swallows(from_keyboard(kind, 1000, ctrl=ctrl))
    assert not held.swallows(from_keyboard(QEvent.Type.KeyRelease, 1500, ctrl=ctrl))
    for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
        assert held.swallows(from_keyboard(kind, 1500, ctrl=ctrl))
    assert not held.swallows(from_keyboard(QEvent.Type.KeyRelease, 1600, ctrl=ctrl))
    assert not held.swallows(from_keyboard(QEvent.Type.KeyPress, 1630, ctrl=ctrl))  # a quick hand
    assert not held.swallows(from_keyboard(QEvent.Type.KeyRelease, 1700, code=0))
    assert not held.swallows(from_keyboard(QEvent.Type.KeyPress, 1700, code=0))  # no keyboard of X told these


def test_enter_behind_another_key_is_a_new_one_however_quick(app_dressed, monkeypatch: pytest.MonkeyPatch) -> None:
    """A scanner, or a busy display server, sends the keys of two lines in the same moment."""
    monkeypatch.setattr(focus, "_on_x", lambda: True)
    held = focus.HeldEnter()
    assert not held.swallows(from_keyboard(QEvent.Type.KeyRelease, 1500))
    assert not held.swallows(QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Control, CTRL, 37, 0, 0, ""))
    assert not held.swallows(from_keyboard(QEvent.Type.KeyPress, 1500, ctrl=True))


def test_where_no_keyboard_tells_pairs_two_quick_enters_are_two(app_dressed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(focus, "_on_x", lambda: False)
    held = focus.HeldEnter()
    assert not held.swallows(from_keyboard(QEvent.Type.KeyRelease, 1500))
    assert not held.swallows(from_keyboard(QEvent.Type.KeyPress, 1500))


def pressed(still: focus.StoodStill, key: Qt.Key, at: int, *, ctrl: bool = False, code: int = 36) -> list[bool]:
    """Whether a key of a keyboard is swallowed, for a shortcut and for what has the focus."""
    held = CTRL if ctrl else Qt.KeyboardModifier.NoModifier
    told = []
    for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
        event = QKeyEvent(kind, key, held, code, 0, 0, "")
        event.setTimestamp(at)
        told.append(still.swallows(event))
    return told


def test_keys_pressed_while_the_windows_stood_still_do_nothing() -> None:
    """The chair presses again what does not answer; nobody saw what the key would do when it comes through."""
    still, no, yes = focus.StoodStill(), [False, False], [True, True]
    assert pressed(still, Qt.Key.Key_Return, 1000, ctrl=True) == no
    still.stood(still.pressed(), 10.2)
    for at, key in ((2000, Qt.Key.Key_Return), (5000, Qt.Key.Key_F8), (11_000, Qt.Key.Key_Enter)):
        assert pressed(still, key, at, ctrl=True) == yes
    assert pressed(still, Qt.Key.Key_G, 11_020) == no  # what is typed stays
    assert pressed(still, Qt.Key.Key_V, 11_100, ctrl=True) == no
    assert pressed(still, Qt.Key.Key_Return, 11_120) == no  # a scanner ends its line
    assert pressed(still, Qt.Key.Key_Return, 11_190) == yes
    assert pressed(still, Qt.Key.Key_Return, 11_190, code=0) == no  # no keyboard has sent it
    assert pressed(still, Qt.Key.Key_Return, 11_200, ctrl=True) == no  # everything stands there to be seen again


def test_an_act_that_is_quick_swallows_nothing() -> None:
    still = focus.StoodStill()
    assert pressed(still, Qt.Key.Key_Return, 1000) == [False, False]
    still.stood(still.pressed(), 0.4)
    assert pressed(still, Qt.Key.Key_Return, 1100) == [False, False]


def test_keys_that_a_dialog_took_meanwhile_are_no_wait() -> None:
    """An act that asked for a file first has taken long, but nothing stood still after the dialog."""
    still = focus.StoodStill()
    assert pressed(still, Qt.Key.Key_Return, 1000) == [False, False]
    began = still.pressed()
    assert pressed(still, Qt.Key.Key_Return, 30_000) == [False, False]
    still.stood(began, 29.5)
    assert pressed(still, Qt.Key.Key_Return, 31_000) == [False, False]

"""Keys as quick as a scanner's, on a real screen: a name is taken from its list, and no key behind it is lost."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.live.screen import screen, wait

ROUNDS = 10
# Two lines; Enter in the second tells what stands in both, and begins anew.
LINES = """
import sys
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from deliberation_app.ui.kit import forms, theme
from deliberation_app.ui.kit.editors import LineEdit
from deliberation_app.ui.kit.names import NameEdit
app = QApplication([])
forms.speak("en")
theme.apply(app, "light", 100, "comfortable")
window = QWidget(windowTitle="Quick")
who = NameEdit(lambda typed: [("1", "Lu Yi", typed), ("2", "Lu Er", typed)])
said = LineEdit()
for line in (who, said):
    line.setParent(window)
QVBoxLayout(window).addWidget(who)
window.layout().addWidget(said)
who.chosen.connect(lambda *_found: said.setFocus())
def tell():
    sys.stdout.write(f"{who.text()}: {said.text()}\\n")
    sys.stdout.flush()
    who.clear_person()
    said.clear()
    who.setFocus()
said.returnPressed.connect(tell)
def ready():
    app.focusChanged.disconnect(ready)
    sys.stdout.write("ready\\n")
    sys.stdout.flush()
app.focusChanged.connect(ready)
window.resize(500, 300)
window.show()
app.exec()
"""


@pytest.mark.parametrize("delay", [0, 2, 8])
def test_no_key_is_lost(delay: int, tmp_path: Path) -> None:
    """Initials, Enter, words, Enter, again and again: each time the name is the name and the words are the words."""
    told = tmp_path / "told"
    with screen(tmp_path, "") as place, told.open("w", encoding="utf-8") as out:
        process = subprocess.Popen([sys.executable, "-c", LINES], env=place.environment, stdout=out,
                                   cwd=Path(__file__).parent.parent.parent)  # fmt: skip
        try:
            place.activate(wait(lambda: place.window("Quick", process.pid), "the two lines"))
            wait(lambda: told.read_text(encoding="utf-8") == "ready\n", "the cursor")
            place.press([{"type": "lu"}, "Down", "Return", {"type": "hello"}, "Return"] * ROUNDS, delay)
            wait(lambda: told.read_text(encoding="utf-8").count("\n") > ROUNDS, f"all that was typed, {told}", 60)
        finally:
            process.kill()
            process.wait()
    assert told.read_text(encoding="utf-8").splitlines() == ["ready", *["Lu Er: hello"] * ROUNDS]

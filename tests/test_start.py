"""The program from its first line to a real window on a real screen, and out again."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

from deliberation_app import settings
from deliberation_app.services import units
from deliberation_app.services.work import open_work
from tests import patience

ROOT = Path(__file__).resolve().parent.parent

HEAVY = ("reportlab", "alembic", "sqlalchemy", "qtawesome", "pikepdf", "pypdfium2", "jsonschema", "psycopg", "tqdm")
NOT_AT_START = (
    "deliberation_app.papers", "reportlab", "sqlalchemy.dialects.postgresql", "html", "opencc",
    "deliberation_app.ui.kit.fields", "deliberation_app.ui.kit.table",
)  # fmt: skip


def test_the_first_frame_waits_for_no_database_and_no_paper() -> None:
    """What the window needs to show itself imports none of the slow libraries."""
    code = (
        "import sys\n"
        "from deliberation_app import app\n"
        "from deliberation_app.ui import main_window\n"
        f"print(*[name for name in {HEAVY!r} if name in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_the_start_page_loads_no_more_than_it_shows() -> None:
    """The first page and the figures in the side bar import neither papers nor the other kind of database."""
    code = (
        "import sys\n"
        "from deliberation_app.ui import badges, home_page, main_window\n"
        f"print(*[name for name in sys.modules if name.startswith({NOT_AT_START!r})])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_a_window_with_its_first_page_holds_no_more_than_it_shows(tmp_path: Path) -> None:
    """A window that opened its database and counted what waits beside the pages has still imported none of it."""
    database = tmp_path / "records.sqlite"
    with closing(open_work(str(database), clock=settings.clock)) as work:
        units.set_up(work, name="山大路194号院党支部", kind="branch", chair_name="范例安")
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from PySide6.QtCore import QTimer\n"
        "from deliberation_app import settings\n"
        "from deliberation_app.ui import badges, main_window\n"
        "kept = settings.Settings(language='en', file=Path(sys.argv[1]).with_name('settings.json'))\n"
        "app = main_window.make_application([], kept)\n"
        "def make_work():\n"
        "    from deliberation_app.services.work import open_work\n"
        "    return open_work(sys.argv[1], clock=settings.clock)\n"
        "tell = badges.tell\n"
        "def told(desk):\n"
        "    tell(desk)\n"
        "    QTimer.singleShot(0, lambda: app.exit(7))\n"
        "badges.tell = told\n"
        "window = main_window.open_window(make_work, kept)\n"
        "status = app.exec()\n"
        f"print(window.shell.at()[0], *[name for name in sys.modules if name.startswith({NOT_AT_START!r})])\n"
        "sys.exit(status)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(database)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=patience.SECONDS,
        check=False,
    )
    assert (done.returncode, done.stdout.split()) == (7, ["home"]), done.stderr


def keys(screen: dict[str, str], *words: str) -> str:
    """Press keys and ask for windows as a person at the keyboard would."""
    done = subprocess.run(
        ["xdotool", *words], env=screen, capture_output=True, text=True, check=True, timeout=patience.SECONDS
    )
    return done.stdout


def test_the_window_opens_and_closes(real_screen: dict[str, str], tmp_path: Path) -> None:
    """Alt+F4 ends the program with 0; the database was made and is remembered for the next start."""
    database = tmp_path / "a b.sqlite"
    screen = {**real_screen, "XDG_CONFIG_HOME": str(tmp_path), "LC_ALL": "C.UTF-8"}
    program = subprocess.Popen(
        [sys.executable, "main.py", "--database", str(database)],
        cwd=ROOT,
        env=screen,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        window = keys(screen, "search", "--sync", "--onlyvisible", "--pid", str(program.pid)).split()[0]
        tries = 0
        while not database.exists():  # made after the first frame
            tries += 1
            assert tries < 20 * patience.SECONDS
            time.sleep(0.05)
        keys(screen, "windowactivate", "--sync", window, "key", "--clearmodifiers", "alt+F4")
        said, _ = program.communicate(timeout=patience.SECONDS)
    finally:
        program.kill()
    assert (program.returncode, said) == (0, "")
    kept = json.loads((tmp_path / "deliberation-app" / "settings.json").read_text(encoding="utf-8"))
    assert kept["database"] == str(database)
    assert kept["language"] == "zh_CN"
    assert kept["window"]


def test_who_shuts_the_computer_down_closes_the_windows(tmp_path: Path) -> None:
    """The program ends by itself and remembers what it remembers whenever it is closed."""
    script = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from deliberation_app import app, settings\n"
        "from deliberation_app.ui import main_window\n"
        "kept = settings.Settings(language='en', file=Path(sys.argv[2]))\n"
        "wire = main_window.MainWindow._wire\n"
        "def wired(window):\n"
        "    wire(window)\n"
        "    os.kill(os.getpid(), signal.SIGTERM)\n"
        "main_window.MainWindow._wire = wired\n"
        "sys.exit(app.open_window(kept, sys.argv[1]))\n"
    )
    words = [sys.executable, "-c", script, str(tmp_path / "work.sqlite"), str(tmp_path / "settings.json")]
    place = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path)}
    done = subprocess.run(words, capture_output=True, text=True, timeout=patience.SECONDS, check=False, env=place)
    assert done.returncode == 0, done.stderr
    assert json.loads((tmp_path / "settings.json").read_text())["window"]

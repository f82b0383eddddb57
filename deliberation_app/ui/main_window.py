"""The main window: its first frame stands before anything heavy is imported; then it is furnished and wired.

Nothing here may touch the namespace Qt, the kit or the services: the first alone costs an eighth of a bare window.
"""

from __future__ import annotations

import builtins
import gc
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QRect, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QColor, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QMainWindow

from deliberation_app import settings
from deliberation_app.errors import N_, AppError
from deliberation_app.language import _
from deliberation_app.ui.kit import tokens

if TYPE_CHECKING:
    from deliberation_app.services.work import Work
    from deliberation_app.ui.shell import Shell

# From here on PySide6 reads the source of each module imported to see whether it switches on features of PySide6, and
# keeps all of that text: 15 MB. No module here switches any on, so Python's own import is put back.
builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)

MATTERS, MEETINGS, RECORDS = N_("Matters"), N_("Meet"), N_("Records")


@dataclass(frozen=True)
class Page:
    """A page: what it is called, its icon and group in the side bar, and the class that shows it, named as text."""

    id: str
    words: str
    icon: str
    group: str
    target: str
    listed: bool = True

    def module(self) -> str:
        """The module that holds it."""
        return self.target.partition(":")[0]


# Naming the class as text keeps the start short: a page is imported when it is first shown.
PAGES: tuple[Page, ...] = (
    Page("home", N_("Today"), "home", "", "deliberation_app.ui.home_page:HomePage"),
    Page("voices", N_("Voices"), "voices", MATTERS, "deliberation_app.ui.voices_page:VoicesPage"),
    Page("agenda", N_("Items"), "agenda", MATTERS, "deliberation_app.ui.agenda_page:AgendaPage"),
    Page("tasks", N_("Tasks"), "tasks", MATTERS, "deliberation_app.ui.tasks_page:TasksPage"),
    Page("evaluation", N_("Evaluation"), "evaluation", MATTERS, "deliberation_app.ui.evaluation_page:EvaluationPage"),
    Page(
        "survey", N_("Counting"), "evaluation", "", "deliberation_app.ui.evaluation_count:EvaluationCount", listed=False
    ),
    Page("notices", N_("Notices"), "notices", MATTERS, "deliberation_app.ui.notices_page:NoticesPage"),
    Page("notice_draft", N_("Draft"), "notices", "", "deliberation_app.ui.notices_draft:NoticesDraft", listed=False),
    Page("meetings", N_("Meetings"), "meetings", MEETINGS, "deliberation_app.ui.meetings_page:MeetingsPage"),
    Page("meeting", N_("Meeting"), "meetings", "", "deliberation_app.ui.meeting_page:MeetingPage", listed=False),
    Page("owners", N_("Owners' vote"), "votes", "", "deliberation_app.ui.owners_page:OwnersPage", listed=False),
    Page("rules", N_("Rules"), "votes", MEETINGS, "deliberation_app.ui.rules_page:RulesPage"),
    Page("minutes", N_("Minutes"), "minutes", MEETINGS, "deliberation_app.ui.minutes_page:MinutesPage"),
    Page("record", N_("Record"), "minutes", "", "deliberation_app.ui.minutes_preview:MinutesPreview", listed=False),
    Page("papers", N_("Papers"), "print", "", "deliberation_app.ui.papers_page:PapersPage", listed=False),
    Page("paper", N_("Paper"), "print", "", "deliberation_app.ui.paper_preview:PaperPage", listed=False),
    Page("print_papers", N_("Print papers"), "print", "", "deliberation_app.ui.papers_jobs:PapersJobs", listed=False),
    Page("verify", N_("Check a paper"), "minutes", "", "deliberation_app.ui.verify_page:VerifyPage", listed=False),
    Page("people", N_("People"), "people", RECORDS, "deliberation_app.ui.people_page:PeoplePage"),
    Page("register", N_("Import a list"), "people", "", "deliberation_app.ui.register_page:RegisterPage", listed=False),
    Page("doubles", N_("Doubles"), "people", "", "deliberation_app.ui.doubles_page:DoublesPage", listed=False),
    Page("groups", N_("Groups"), "people", "", "deliberation_app.ui.groups_page:GroupsPage", listed=False),
    Page("duties", N_("Duties"), "duties", RECORDS, "deliberation_app.ui.duties_page:DutiesPage"),
    Page("archive", N_("Archive"), "archive", RECORDS, "deliberation_app.ui.archive_page:ArchivePage"),
    Page(
        "archive_year",
        N_("Year's hand-over"),
        "archive",
        "",
        "deliberation_app.ui.archive_year:ArchiveYear",
        listed=False,
    ),
    Page("archive_paper", N_("Paper"), "archive", "", "deliberation_app.ui.archive_paper:ArchivePaper", listed=False),
    Page("figures", N_("Figures"), "home", "", "deliberation_app.ui.figures_page:FiguresPage", listed=False),
    Page("settings", N_("Settings"), "settings", "", "deliberation_app.ui.settings_page:SettingsPage", listed=False),
    Page("set_up", N_("First start"), "house", "", "deliberation_app.ui.set_up_page:SetUpPage", listed=False),
)
WIDTH, HEIGHT = 1366, 768
# What comes after the first frame is named as text for the same reason.
SHELL = "deliberation_app.ui.shell"
OPENING = "deliberation_app.ui.opening"
BADGES = "deliberation_app.ui.badges"
COUNTED = frozenset({"voices", "tasks", "evaluation", "notices", "agenda"})


class MainWindow(QMainWindow):
    """Shown at once as grounds and seal; `furnished` when the shell is there, `wired` when pages can be shown."""

    furnished = Signal()
    wired = Signal()

    def __init__(self, chosen: settings.Settings, make_work: Callable[[], Work]) -> None:
        super().__init__()
        self.settings = chosen
        self.make_work = make_work
        self.shell: Shell | None = None
        self._painted = False
        self.day: date | None = None
        self.say_title()
        self.setMinimumSize(640, 480)
        self.resize(WIDTH, HEIGHT)
        if chosen.window:
            self.restoreGeometry(QByteArray.fromBase64(chosen.window.encode("ascii")))

    def say_title(self) -> None:
        """The program's name, and in the demonstration its day, so that nobody takes it for today."""
        words = _("Deliberation")
        if self.day is not None:
            words = _("Deliberation · demonstration, today is {day}").format(day=f"{self.day:%Y-%m-%d}")
        self.setWindowTitle(words)

    def say_error(self, error: AppError) -> None:
        """Say an error on top of the page in sight, once there is one."""
        if self.shell is not None:
            self.shell.frame.show_error(error)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The grounds of side bar and page, and the place of the seal, until the shell covers them."""
        if self.shell is not None:
            super().paintEvent(event)
            return
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self.furnish)
        named = self.settings.theme in tokens.THEMES
        dark = self.palette().window().color().lightness() < 128
        colours = tokens.THEMES[self.settings.theme if named else "dark" if dark else "light"]
        scale = self.settings.scale / 100
        side = round((216 if self.width() >= 1280 * scale else 80) * scale)
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(colours["bg"]))
        painter.fillRect(QRect(0, 0, side, self.height()), QColor(colours["side"]))
        painter.fillRect(QRect(side - 1, 0, 1, self.height()), QColor(colours["line"]))
        painter.end()

    def furnish(self) -> None:
        """Bring in the shell; then wire it."""
        # Importing makes a hundred thousand things of which next to none are garbage: looking for it is a sixth of
        # the time until the first page stands.
        gc.disable()
        QTimer.singleShot(0, self._wire)
        self.shell = import_module(SHELL).Shell(self)
        self.furnished.emit()

    def _wire(self) -> None:
        """Wire the shell to the work, as far as there is one."""
        try:
            if self.shell is not None:
                self.shell.wire()
        finally:
            gc.enable()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The side bar follows the logical width."""
        super().resizeEvent(event)
        if self.shell is not None:
            self.shell.fold()

    def changeEvent(self, event: QEvent) -> None:
        """Everything is made again in another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self.shell is not None:
            self.shell.hear_language()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back where nothing else wanted it."""
        if self.shell is None or not self.shell.take_key(event):
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the place of the window."""
        self.settings.window = bytes(self.saveGeometry().toBase64()).decode("ascii")
        if self.shell is not None:
            self.shell.leave()
        super().closeEvent(event)


def make_application(arguments: Sequence[str], _chosen: settings.Settings) -> QApplication:
    """The application object; it is dressed and speaks once the first frame stands."""
    app = QApplication(list(arguments))
    app.setApplicationName("deliberation-app")
    return app


def open_window(make_work: Callable[[], Work], chosen: settings.Settings) -> MainWindow:
    """Show the window; `make_work` is called after its first frame has been painted."""
    window = MainWindow(chosen, make_work)
    room = window.screen().availableGeometry()
    # With its title bar the window is higher than its content.
    if chosen.window or (room.width() >= WIDTH and room.height() >= HEIGHT + 40):
        window.show()
    else:
        window.showMaximized()
    return window

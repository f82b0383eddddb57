"""The window around everything: side bar, pages imported when first shown, keys, undo, and news of changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from deliberation_app import settings
from deliberation_app.errors import N_, AppError
from deliberation_app.language import _
from deliberation_app.ui.kit import focus, forms, run, theme
from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.kit.panels import Scroll, column
from deliberation_app.ui.kit.side_bar import Entry
from deliberation_app.ui.kit.theme import px
from deliberation_app.ui.kit.toast import Toast

if TYPE_CHECKING:
    from deliberation_app.services.work import Work

MATTERS, MEETINGS, RECORDS = N_("Matters"), N_("Meetings"), N_("Records")
_POLL_MS = 2000


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
    Page("agenda", N_("Items"), "agenda", MATTERS, "deliberation_app.ui.agenda_page:AgendaPage"),
    Page("meetings", N_("Meetings"), "meetings", MEETINGS, "deliberation_app.ui.meetings_page:MeetingsPage"),
    Page("minutes", N_("Minutes"), "minutes", MEETINGS, "deliberation_app.ui.minutes_page:MinutesPage"),
    Page("people", N_("People"), "people", RECORDS, "deliberation_app.ui.people_page:PeoplePage"),
    Page("set_up", N_("First start"), "house", "", "deliberation_app.ui.set_up_page:SetUpPage", listed=False),
    Page("settings", N_("Settings"), "settings", "", "deliberation_app.ui.settings_page:SettingsPage", listed=False),
)
# What is wired after the first frame needs the services; it is named as text for the same reason.
OPENING = "deliberation_app.ui.opening"


class News(QObject):
    """Carries the announcement of changed parts into the window's own thread."""

    came = Signal(object)


class Shell(QWidget):
    """What the window holds: thrown away and made again when language or scale change."""

    def __init__(self, entries: Sequence[Entry], undo: Callable[[], object]) -> None:
        super().__init__()
        forms.load("main_window", self)
        self.side.set_entries(entries)
        self.error_place.hide()
        self.error_line.close_button.clicked.connect(self.error_place.hide)
        self.error_line.retry.clicked.connect(self.error_place.hide)
        self.toast = Toast(self.content, undo)
        self.pages: dict[str, QWidget] = {}
        self.places: dict[str, QWidget] = {}

    def add(self, name: str, page: QWidget) -> None:
        """Hold a page; inner pages lie edge to edge, the others have the margins of the design."""
        holder = QWidget()
        inner = getattr(page, "inner", False)
        column(holder, margins=(0, 0, 0, 0) if inner else (32, 20, 32, 24)).addWidget(page)
        self.places[name] = Scroll(holder, both=True)
        self.stack.addWidget(self.places[name])
        self.pages[name] = page

    def show_page(self, name: str) -> None:
        """Bring a page held to the front."""
        self.stack.setCurrentWidget(self.places[name])
        self.error_place.hide()

    def show_error(self, error: AppError, again: Callable[[], object] | None = None) -> None:
        """Say an error on top of the page."""
        inner = getattr(self.pages.get(self.property("page")), "inner", False)
        edge = px(16) if inner else px(32)
        self.error_place.layout().setContentsMargins(edge, px(12), edge, 0)
        self.error_line.show_error(error, again)
        self.error_place.show()


class MainWindow(QMainWindow):
    """The main window; it is shown empty, and wired to the work after its first frame."""

    wired = Signal()

    def __init__(self, chosen: settings.Settings, make_work: Callable[[], Work]) -> None:
        super().__init__()
        self.settings = chosen
        self.work: Work | None = None
        self.desk: Desk | None = None
        self._make_work = make_work
        self._painted = False
        self._trail: list[tuple[str, dict[str, Any], QWidget | None]] = []
        self._at: tuple[str, dict[str, Any]] = ("home", {})
        self._stale: set[str] = set()
        self._unit_words = ("", "")
        self.finder: Callable[[str], list[tuple[str, str, str]]] = lambda _text: []
        self._again = QTimer(self, singleShot=True, interval=0)
        self._again.timeout.connect(self.rebuild)
        self.news = News()
        self.news.came.connect(self._hear)
        self.pages = tuple(page for page in PAGES if find_spec(page.module()))
        self.setWindowTitle(_("Deliberation"))
        self.setMinimumSize(640, 480)
        self._keys()
        self._build()
        self._restore()
        theme.changes.rescaled.connect(self._again.start)

    def _keys(self) -> None:
        listed = [page for page in self.pages if page.listed]
        acts: list[tuple[str, Callable[[], object]]] = [
            ("Ctrl+K", self.search),
            ("Ctrl+Z", self.undo),
            ("Ctrl+Shift+Z", self.redo),
            ("Ctrl+Y", self.redo),
            ("F11", self.full_screen),
            ("Alt+Left", self.back),
            *((f"Ctrl+{at}", lambda name=page.id: self.navigate(name)) for at, page in enumerate(listed[:9], 1)),
        ]
        for keys, do in acts:
            QShortcut(QKeySequence(keys), self, activated=do)

    def _build(self) -> None:
        listed = [page for page in self.pages if page.listed]
        entries = [Entry(page.id, page.words, page.icon, page.group, f"Ctrl+{at}") for at, page in enumerate(listed, 1)]
        self.shell = Shell(entries, self.undo)
        self.shell.side.chosen.connect(lambda name: self.navigate(name))
        self.shell.side.settings_wanted.connect(lambda: self.navigate("settings"))
        self.shell.side.search_small.clicked.connect(self.search)
        self.shell.side.search.set_find(self.find)
        self.shell.side.search.chosen.connect(self._found)
        self.setCentralWidget(self.shell)
        self._fold()

    def _restore(self) -> None:
        self.resize(1366, 768)
        if self.settings.window:
            self.restoreGeometry(QByteArray.fromBase64(self.settings.window.encode("ascii")))

    def rebuild(self) -> None:
        """Make everything again in another language or scale, and come back to the same place."""
        self.setWindowTitle(_("Deliberation"))
        self._trail.clear()
        self._build()
        self._tell_side()
        if self.desk:
            self.shell.side.setVisible(self.desk.unit_id is not None)
            self._open(*self._at)

    def event(self, event: QEvent) -> bool:
        """The first frame stands before the work is made."""
        handled = super().event(event)
        if event.type() == QEvent.Type.Paint and not self._painted:
            self._painted = True
            QTimer.singleShot(0, self._wire)
        elif event.type() == QEvent.Type.LanguageChange and self.desk:
            self._again.start()
        return handled

    def _wire(self) -> None:
        self.work = run.act(self.shell, self._make_work, again=True)
        if self.work is None:
            return
        self.work.changed(self.news.came.emit)
        self.desk = Desk(self.work, None, self.settings, self.navigate, self.say, self.back, self.badge, self.choose_unit)
        timer = QTimer(self)
        timer.timeout.connect(self.work.poll)
        timer.start(_POLL_MS)
        run.act(self.shell, self._enter)
        self.wired.emit()

    def _enter(self) -> None:
        import_module(OPENING).enter(self)
        if self.desk.unit_id is None:
            self.shell.side.hide()
            self._open("set_up", {})
        else:
            self._open(*self._at)

    def choose_unit(self, unit_id: Any) -> None:
        """Work for another unit: every page is made again for it."""
        self.settings.unit = str(unit_id)
        run.act(self.shell, import_module(OPENING).enter, self)
        self._at = ("home", {})
        self._again.start()

    def set_unit(self, unit_id: Any, name: str, under: str) -> None:
        """Work for this unit from now on."""
        self.desk.unit_id = unit_id
        self.settings.unit = str(unit_id)
        self._unit_words = (name, under)
        self._tell_side()

    def _tell_side(self) -> None:
        self.shell.side.set_unit(*self._unit_words)
        saved = _("All saved") if self.work else ""
        self.shell.side.set_person(self.settings.user, saved)

    def navigate(self, page: str, **where: Any) -> None:
        """Go to a page of PAGES, and say where on it."""
        if self.desk is None:
            self._at = (page, where)
            return
        if page != self._at[0]:
            self._trail.append((*self._at, QApplication.focusWidget()))
            del self._trail[:-50]
        self._open(page, where)

    def _open(self, name: str, where: dict[str, Any]) -> None:
        page = self.shell.pages.get(name)
        fresh = page is None
        if page is None:
            found = next((one for one in self.pages if one.id == name), None)
            if found is None:
                return
            module, _colon, kind = found.target.partition(":")
            page = run.act(self.shell, getattr(import_module(module), kind), self.desk)
            if page is None:
                return
            self.shell.add(name, page)
        self._at = (name, where)
        self.shell.setProperty("page", name)
        self.shell.show_page(name)
        self.shell.side.show_current(name)
        run.act(page, page.shown, **where)
        if fresh or name in self._stale:
            self._stale.discard(name)
            run.act(page, page.refresh)

    def back(self) -> None:
        """Return to where one came from, and to what had the focus there."""
        if not self._trail:
            return
        name, where, had = self._trail.pop()
        self._open(name, where)
        if had is not None and _alive(had):
            had.setFocus(Qt.FocusReason.OtherFocusReason)

    def page(self) -> QWidget | None:
        """The page that is shown."""
        return self.shell.pages.get(self._at[0])

    def _hear(self, parts: frozenset[str]) -> None:
        for name, page in self.shell.pages.items():
            if not parts.isdisjoint(getattr(page, "parts", ())):
                self._stale.add(name)
        if self._at[0] in self._stale:
            self._stale.discard(self._at[0])
            run.act(self.page(), self.page().refresh)

    def say(self, words: str, undo: bool = True) -> None:
        """Tell at the bottom left what was done."""
        self.shell.toast.say(words, undo=undo)

    def badge(self, page: str, count: int) -> None:
        """Show how many things wait on a page."""
        self.shell.side.set_count(page, count)

    def undo(self) -> None:
        """Take back the last act."""
        if self.work and run.act(self.shell, self.work.undo) is not None:
            self.say(_("Taken back. Ctrl Shift Z does it again."), undo=False)

    def redo(self) -> None:
        """Do again what was taken back."""
        if self.work and run.act(self.shell, self.work.redo) is not None:
            self.say(_("Done again."))

    def search(self) -> None:
        """Go to the search line; the rail opens it over the page."""
        side = self.shell.side
        if side.mode() != "wide":
            side.search.setParent(self.shell.content)
            side.search.setGeometry(px(16), px(16), px(320), px(40))
            side.search.show()
            side.search.raise_()
        side.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        side.search.selectAll()

    def find(self, text: str) -> list[tuple[str, str, str]]:
        """What the search line offers: pages, and what the opening adds."""
        wanted = text.casefold()
        pages = [(f"page:{page.id}", _(page.words), _("Page")) for page in self.pages if page.id != "set_up" and wanted in _(page.words).casefold()]
        return [*pages, *self.finder(text)]

    def _found(self, key: str, _name: str) -> None:
        page, _colon, item = key.partition(":")
        self.shell.side.search.clear_person()
        if page == "page":
            self.navigate(item)
        else:
            self.navigate(page, id=item)

    def full_screen(self) -> None:
        """Fill the screen, or go back into the window."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def _fold(self) -> None:
        wide = self.width() * 100 / theme.look().scale
        self.shell.side.set_mode("wide" if wide >= 1280 else "rail" if wide >= 960 else "narrow")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The side bar follows the logical width."""
        super().resizeEvent(event)
        self._fold()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back where nothing else wanted it."""
        if event.key() == Qt.Key.Key_Escape:
            self.back()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the place of the window."""
        self.settings.window = bytes(self.saveGeometry().toBase64()).decode("ascii")
        run.act(self.shell, self.settings.save)
        super().closeEvent(event)


def _alive(widget: QWidget) -> bool:
    try:
        return widget.isVisible()
    except RuntimeError:  # its page was made again since
        return False


def make_application(arguments: Sequence[str], chosen: settings.Settings) -> QApplication:
    """The application object, dressed and speaking as the settings say."""
    theme.rounding()
    app = QApplication(list(arguments))
    app.setApplicationName("deliberation-app")
    forms.speak(chosen.language)
    theme.apply(app, chosen.theme, chosen.scale, chosen.density)
    focus.watch(app)
    run.catch_crashes(lambda: settings.data_folder() / "reports")
    return app


def open_window(make_work: Callable[[], Work], chosen: settings.Settings) -> MainWindow:
    """Show the window; `make_work` is called after its first frame has been painted."""
    window = MainWindow(chosen, make_work)
    window.show()
    return window


__all__ = ["PAGES", "MainWindow", "Page", "make_application", "open_window"]

"""What fills the main window: side bar, pages imported when first shown, keys, undo, and news of changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QKeySequence, QPixmap, QRegion, QShortcut
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from deliberation_app import language, settings
from deliberation_app.errors import AppError
from deliberation_app.language import _
from deliberation_app.ui import main_window
from deliberation_app.ui.kit import focus, forms, run, theme
from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.kit.marks import Seal
from deliberation_app.ui.kit.panels import Scroll, column
from deliberation_app.ui.kit.side_bar import Entry
from deliberation_app.ui.kit.theme import px
from deliberation_app.ui.kit.toast import Toast

if TYPE_CHECKING:
    from deliberation_app.services.work import Work

_POLL_MS = 2000
_TRAIL = 50
_COUNT_MS = 400
Where = tuple[str, dict[str, Any]]


class Frame(QWidget):
    """What the window holds: thrown away and made again when language or scale change."""

    def __init__(self, entries: Sequence[Entry], undo: Callable[[], object]) -> None:
        super().__init__()
        forms.load("shell", self)
        self.side.set_entries(entries)
        self.error_place.hide()
        self.error_line.close_button.clicked.connect(self.error_place.hide)
        self.error_line.retry.clicked.connect(self.error_place.hide)
        self.toast = Toast(self.content, undo)
        self.pages: dict[str, QWidget] = {}
        self.places: dict[str, Scroll] = {}
        self._shown = ""

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
        self._shown = name
        self.stack.setCurrentWidget(self.places[name])
        # A page that is not listed itself may keep the entry lit from which one comes to it.
        self.side.show_current(getattr(self.pages[name], "lit", name))
        self.error_place.hide()

    def show_error(self, error: AppError, again: Callable[[], object] | None = None) -> None:
        """Say an error on top of the page."""
        edge = px(16) if getattr(self.pages.get(self._shown), "inner", False) else px(32)
        self.error_place.layout().setContentsMargins(edge, px(12), edge, 0)
        self.error_line.show_error(error, again)
        self.error_place.show()


def seal_icon() -> QIcon:
    """The seal for title bar and task bar."""
    seal = Seal(64)
    seal.resize(seal.sizeHint())
    picture = QPixmap(seal.size())
    picture.fill(Qt.GlobalColor.transparent)
    seal.render(picture, QPoint(), QRegion(), QWidget.RenderFlag.DrawChildren)
    return QIcon(picture)


class News(QObject):
    """Carries the announcement of changed parts into the window's own thread."""

    came = Signal(object)


class Shell(QObject):
    """Shows pages in the window and takes its keys."""

    def __init__(self, window: main_window.MainWindow) -> None:
        super().__init__(window)
        self.window = window
        self.settings = window.settings
        self.work: Work | None = None
        self.desk: Desk | None = None
        self.finder: Callable[[str], list[tuple[str, str, str]]] = lambda _text: []
        self.known = tuple(page for page in main_window.PAGES if find_spec(page.module()))
        self._at: Where = ("home", {})
        self._trail: list[tuple[str, dict[str, Any], QWidget | None]] = []
        self._stale: set[str] = set()
        self._unit_words = ("", "")
        self.again = QTimer(self, singleShot=True, interval=0)
        self.again.timeout.connect(self.rebuild)
        self.counting = QTimer(self, singleShot=True, interval=_COUNT_MS)
        self.counting.timeout.connect(self._tell_badges)
        self.news = News(self)
        self.news.came.connect(self._hear)
        self._stop_news: Callable[[], None] = lambda: None
        self._dress()
        self._take_keys()
        self._build()
        theme.changes.rescaled.connect(self.again.start)

    def _dress(self) -> None:
        app = QApplication.instance()
        chosen = self.settings
        forms.speak(chosen.language)
        theme.apply(app, chosen.theme, chosen.scale, chosen.density)
        focus.watch(app)
        run.catch_crashes(lambda: settings.data_folder() / "reports")

    def _take_keys(self) -> None:
        listed = [page for page in self.known if page.listed]
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
            QShortcut(QKeySequence(keys), self.window, activated=do)

    def _build(self) -> None:
        self._spoken = language.current()
        listed = [page for page in self.known if page.listed]
        entries = [Entry(page.id, page.words, page.icon, page.group, f"Ctrl+{at}") for at, page in enumerate(listed, 1)]
        self.frame = Frame(entries, self.undo)
        side = self.frame.side
        side.chosen.connect(self.navigate)
        side.settings_wanted.connect(lambda: self.navigate("settings"))
        side.search_small.clicked.connect(self.search)
        side.search.set_find(self.find)
        side.search.chosen.connect(self._found)
        self.window.setCentralWidget(self.frame)
        self.window.setWindowIcon(seal_icon())
        self.fold()

    def hear_language(self) -> None:
        """Qt says so too when the first translator is installed; then nothing has been said in another one yet."""
        if self._spoken != language.current():
            self.again.start()

    def rebuild(self) -> None:
        """Make everything again in another language or scale, and come back to the same place."""
        self.window.say_title()
        self._trail.clear()
        self._stale.clear()
        self._build()
        self._tell_side()
        if self.desk:
            self._enter()

    def wire(self) -> None:
        """Open the database and show the first page; where that fails, Try again does it again."""
        work = run.act(self.frame, self.window.make_work)
        if work is None:
            self.frame.error_line.set_again(self.wire)
            return
        self.work = work
        self._stop_news = work.changed(self.news.came.emit)
        self.desk = Desk(
            work, None, self.settings, self.navigate, self.say, self.back, self.frame.side.set_count, self.choose_unit
        )
        timer = QTimer(self)
        timer.timeout.connect(work.poll)
        timer.start(_POLL_MS)
        self._enter()
        import_module(main_window.OPENING).say_elsewhere(self)
        self.window.wired.emit()

    def _enter(self) -> None:
        self.desk.badge = self.frame.side.set_count
        run.act(self.frame, import_module(main_window.OPENING).enter, self)
        self._tell_side()
        self.frame.side.setVisible(self.desk.unit_id is not None)
        self._open(*(self._at if self.desk.unit_id is not None else ("set_up", {})))
        self.counting.start()

    def _tell_badges(self) -> None:
        """What waits, beside the names of the pages; counted once there is a moment for it."""
        if self.desk is not None and self.desk.unit_id is not None:
            run.act(self.frame, import_module(main_window.BADGES).tell, self.desk)

    def choose_unit(self, unit_id: Any) -> None:
        """Work for another unit: every page is made again for it."""
        self.settings.unit = str(unit_id)
        if self.desk.unit_id is None:
            self._at = ("home", {})
        self.again.start()

    def set_unit(self, unit_id: Any, name: str, under: str) -> None:
        """Work for this unit from now on; the opening tells it."""
        self.desk.unit_id = unit_id
        self.settings.unit = str(unit_id)
        self._unit_words = (name, under)

    def _tell_side(self) -> None:
        self.frame.side.set_unit(*self._unit_words)
        self.frame.side.set_person(self.settings.user, _("All saved") if self.work else "")

    def navigate(self, page: str, **where: Any) -> None:
        """Go to a page of PAGES, and say where on it."""
        if self.desk is None or self.desk.unit_id is None:
            self._at = (page, where)
            return
        if (page, where) != self._at:
            self._trail.append((*self._at, QApplication.focusWidget()))
            del self._trail[:-_TRAIL]
        self._open(page, where)

    def _open(self, name: str, where: dict[str, Any]) -> None:
        page = self.frame.pages.get(name)
        fresh = page is None
        if page is None:
            page = self._make(name)
            if page is None:
                return
            self.frame.add(name, page)
        self._at = (name, where)
        self.frame.show_page(name)
        run.act(page, page.shown, **where)
        if fresh or name in self._stale:
            self._stale.discard(name)
            run.act(page, page.refresh)

    def _make(self, name: str) -> QWidget | None:
        found = next((one for one in self.known if one.id == name), None)
        if found is None:
            return None
        module, _colon, kind = found.target.partition(":")
        return run.act(self.frame, getattr(import_module(module), kind), self.desk)

    def back(self) -> None:
        """Return to where one came from, and to what had the focus there."""
        if not self._trail:
            return
        name, where, had = self._trail.pop()
        self._open(name, where)
        if had is not None and isValid(had) and had.isVisible():
            had.setFocus(Qt.FocusReason.OtherFocusReason)

    def page(self) -> QWidget | None:
        """The page that is shown."""
        return self.frame.pages.get(self._at[0])

    def at(self) -> Where:
        """Which page is shown, and where on it."""
        return self._at

    def _hear(self, parts: frozenset[str]) -> None:
        if not parts.isdisjoint(main_window.COUNTED):
            self.counting.start()
        for name, page in self.frame.pages.items():
            if not parts.isdisjoint(getattr(page, "parts", ())):
                self._stale.add(name)
        if self._at[0] in self._stale:
            self._stale.discard(self._at[0])
            run.act(self.page(), self.page().refresh)

    def say(self, words: str, undo: bool = True) -> None:
        """Tell at the bottom left what was done."""
        self.frame.toast.say(words, undo=undo)

    def undo(self) -> None:
        """Take back the last act."""
        if self.work and run.act(self.frame, self.work.undo) is not None:
            self.say(_("Taken back. Ctrl Shift Z does it again."), undo=False)

    def redo(self) -> None:
        """Do again what was taken back."""
        if self.work and run.act(self.frame, self.work.redo) is not None:
            self.say(_("Done again."))

    def search(self) -> None:
        """Go to the search line; where the side bar is a rail it opens over the page."""
        self.frame.side.open_search(self.frame.content)

    def find(self, text: str) -> list[tuple[str, str, str]]:
        """What the search line offers: pages, and what the opening adds."""
        wanted = text.casefold()
        pages = [(f"{page.id}::", _(page.words), _("Page")) for page in self.known if page.id != "set_up"]
        found = [*(one for one in pages if wanted in one[1].casefold()), *self.finder(text)]
        return found or [("", _("Nothing fits"), _("Try fewer characters"))]

    def _found(self, key: str, _name: str) -> None:
        self.frame.side.close_search()
        if key:
            page, *where = key.split(":")
            self.navigate(page, **{name: UUID(one) for name, one in zip(where[::2], where[1::2], strict=True) if one})

    def full_screen(self) -> None:
        """Fill the screen, or go back into the window."""
        self.window.setWindowState(self.window.windowState() ^ Qt.WindowState.WindowFullScreen)

    def fold(self) -> None:
        """Wide, rail or narrow, as the logical width says."""
        wide = self.window.width() * 100 / theme.look().scale
        self.frame.side.set_mode("wide" if wide >= 1280 else "rail" if wide >= 960 else "narrow")

    def take_key(self, event: QKeyEvent) -> bool:
        """Esc goes back."""
        if event.key() != Qt.Key.Key_Escape:
            return False
        self.back()
        return True

    def leave(self) -> None:
        """Save what this computer remembers, and hear no more news."""
        self._stop_news()
        self.counting.stop()
        run.act(self.frame, self.settings.save)

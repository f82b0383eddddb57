"""The side bar of the window: seal and unit, search, pages in groups with badges, person and settings; or a rail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QMenu, QSizePolicy, QVBoxLayout, QWidget

from deliberation_app.language import _
from deliberation_app.ui.kit import icons, theme
from deliberation_app.ui.kit.buttons import Button, paint_cap
from deliberation_app.ui.kit.labels import ElideLabel, Label
from deliberation_app.ui.kit.marks import Disc, Seal
from deliberation_app.ui.kit.names import NameEdit
from deliberation_app.ui.kit.panels import Scroll, column, line, row
from deliberation_app.ui.kit.theme import px

WIDE = 216
RAIL = 80
NARROW = 72


class Avatar(Disc):
    """The first character of a name on a disc."""

    def __init__(self, name: str = "", size: int = 32, parent: QWidget | None = None) -> None:
        super().__init__(name[:1], "", "", size, "label", parent)
        self.setAccessibleName(name)

    def set_name(self, name: str) -> None:
        """Show another person."""
        self.show_as(name[:1])
        self.setAccessibleName(name)


@dataclass(frozen=True)
class Entry:
    """A page as the side bar names it: English source words, icon, and the group it stands under."""

    id: str
    words: str
    icon: str
    group: str = ""
    keys: str = ""


class NavButton(Button):
    """One page: icon and words with a badge, or in the rail the icon over the word."""

    def __init__(self, entry: Entry, *, rail: bool, parent: QWidget | None = None) -> None:
        super().__init__(_(entry.words), "nav", parent=parent)
        self.entry = entry
        self.rail = rail
        self.count = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAutoExclusive(True)
        self.setToolTip(entry.keys.replace("+", " ") if entry.keys else "")
        self.set_count(0)

    def set_count(self, count: int) -> None:
        """Show how many things wait for this person; none shows nothing."""
        self.count = count
        self.setAccessibleName(
            self.text() if not count else _("{page}, {count} waiting").format(page=self.text(), count=count)
        )
        self.update()

    def sizeHint(self) -> QSize:
        """34 high, or 56 in the rail."""
        words = theme.metrics("label" if self.rail else "bold").horizontalAdvance(self.text())
        if self.rail:
            return QSize(int(max(words + px(8), px(NARROW - 8))), px(56))
        return QSize(int(words) + px(84), px(34))

    def paint_content(self, painter: QPainter, box: QRectF) -> None:
        """Icon, words, badge."""
        on = self.isChecked()
        shade = theme.colour("accentText" if on else "text2")
        glyph = icons.NAMES.get(self.entry.icon, self.entry.icon)
        side = px(20) if self.rail else px(18)
        if self.rail:
            place = QRectF(box.center().x() - side / 2, box.top() + px(7), side, side)
            words = QRectF(box.left(), place.bottom() + px(2), box.width(), px(24))
            flags, face = Qt.AlignmentFlag.AlignCenter, "label"
        else:
            place = QRectF(box.left() + px(11), box.center().y() - side / 2, side, side)
            words = box.adjusted(px(41), 0, -px(8), 0)
            flags, face = Qt.AlignmentFlag.AlignVCenter, "bold" if on else "body"
        icons.paint(painter, f"{glyph}-fill" if on else glyph, place, shade)
        painter.setPen(shade)
        painter.setFont(theme.font(face))
        painter.drawText(words, flags, self.text())
        if self.count:
            self._paint_badge(painter, box)

    def _paint_badge(self, painter: QPainter, box: QRectF) -> None:
        words = str(self.count)
        wide = max(theme.metrics("label").horizontalAdvance(words) + px(12), px(22))
        top = box.top() + px(2) if self.rail else box.center().y() - px(11)
        place = QRectF(box.right() - wide - px(2 if self.rail else 8), top, wide, px(22))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("hover"))
        painter.drawRoundedRect(place, px(11), px(11))
        painter.setPen(theme.colour("text2"))
        painter.setFont(theme.font("label"))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, words)


class SearchBox(NameEdit):
    """The search line with its glass and key cap."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(None, _("Search"), parent)
        self.setProperty("kind", "seek")
        self.setAccessibleName(_("Search"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The line, the glass, and the cap while nothing is typed."""
        super().paintEvent(event)
        painter = QPainter(self)
        side = px(16)
        icons.paint(painter, "search", QRectF(px(12), (self.height() - side) / 2, side, side), theme.colour("text3"))
        if not self.text() and not self.hasFocus():
            paint_cap(painter, self.width() - px(8), self.height() / 2, "Ctrl+K", "text", "field")
        painter.end()


class SideBar(QFrame):
    """Names the pages; the window says which, and what waits."""

    chosen = Signal(str)
    settings_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "side")
        self._entries: tuple[Entry, ...] = ()
        self._buttons: dict[str, NavButton] = {}
        self._counts: dict[str, int] = {}
        self._current = ""
        self._mode = ""
        self._labels: list[Label] = []
        self._build()

    def _build(self) -> None:
        self._box = column(self, margins=(12, 18, 12, 14), spacing=0)
        self._head = head = row(spacing=10)
        self._seal = Seal(36)
        names = column(spacing=0)
        self.unit = Label("", "bold", wrap=True)
        self.under = Label("", "hint", "text2", wrap=True)
        names.addWidget(self.unit)
        names.addWidget(self.under)
        head.addWidget(self._seal, 0, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        head.addLayout(names, 1)
        self.search = SearchBox()
        self.search_small = Button("", "quiet", icon="search")
        self.search_small.setAccessibleName(_("Search"))
        self.search_small.setToolTip("Ctrl K")
        self._nav = QWidget()
        self._pages = QVBoxLayout(self._nav)
        self._pages.setContentsMargins(0, 0, 0, 0)
        self._pages.setSpacing(px(1))
        self._scroll = Scroll(self._nav, both=True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.more = Button("", "quiet", icon="more")
        self.more.setAccessibleName(_("More pages"))
        self.more.clicked.connect(self._show_more)
        self._box.addLayout(head)
        self._box.addSpacing(px(14))
        self._box.addWidget(self.search)
        self._box.addWidget(self.search_small, 0, Qt.AlignmentFlag.AlignHCenter)
        self._box.addSpacing(px(9))
        self._box.addWidget(self._scroll, 1)
        self._box.addWidget(self.more, 0, Qt.AlignmentFlag.AlignHCenter)
        self._box.addWidget(line())
        self._box.addSpacing(px(8))
        self._build_foot()

    def _build_foot(self) -> None:
        self._foot = foot = row(spacing=10)
        self.avatar = Avatar("", 32)
        names = column(spacing=0)
        self.person = ElideLabel("", "strong")
        self.saved = ElideLabel("", "hint", "text2")
        names.addWidget(self.person)
        names.addWidget(self.saved)
        self.gear = Button("", "quiet", icon="settings", keys="Ctrl+,", small=True)
        self.gear.set_cap("")
        self.gear.setAccessibleName(_("Settings"))
        self.gear.setToolTip(_("Settings") + "  Ctrl ,")
        self.gear.clicked.connect(self.settings_wanted)
        foot.addWidget(self.avatar)
        foot.addLayout(names, 1)
        foot.addWidget(self.gear, 0, Qt.AlignmentFlag.AlignHCenter)
        self._box.addLayout(foot)

    def set_unit(self, name: str, under: str) -> None:
        """Show whose records these are."""
        self.unit.setText(name)
        self.under.setText(under)

    def set_person(self, name: str, saved: str) -> None:
        """Show who works here, and since when everything is safe."""
        self.avatar.set_name(name)
        self.avatar.setVisible(bool(name) and self._mode == "wide")
        self.person.set_text(name)
        self.person.setVisible(bool(name) and self._mode == "wide")
        self.saved.set_text(saved)

    def open_search(self, over: QWidget) -> None:
        """Go to the search line; a rail has no room for it, so it lies over the page then."""
        if self._mode != "wide":
            self.search.setParent(over)
            self.search.setGeometry(px(16), px(16), px(320), px(40))
            self.search.editingFinished.connect(self.close_search)
            self.search.show()
            self.search.raise_()
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def close_search(self) -> None:
        """Empty the search line and put it away where it lay over the page."""
        self.search.clear_person()
        if self.search.parentWidget() is not self:
            self.search.editingFinished.disconnect(self.close_search)
            self.search.hide()
            self.search.setParent(self)

    def set_entries(self, entries: Sequence[Entry]) -> None:
        """Name these pages."""
        self._entries = tuple(entries)
        self._fill()

    def set_mode(self, mode: str) -> None:
        """wide, rail or narrow, as the logical width says."""
        if mode == self._mode:
            return
        self._mode = mode
        wide = mode == "wide"
        self.setFixedWidth(px(WIDE))
        side = px(12) if wide else px(4)
        self._box.setContentsMargins(side, px(18), side, px(14))
        for held in (self._head, self._foot):
            held.setSpacing(px(10) if wide else 0)
            held.setStretch(1, 1 if wide else 0)
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if wide else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self._scroll.setVerticalScrollBarPolicy(policy)
        for widget in (self.unit, self.under, self.search, self.saved):
            widget.setVisible(wide)
        self.person.setVisible(wide and bool(self.person.whole()))
        self.avatar.setVisible(wide and bool(self.person.whole()))
        self.search_small.setVisible(not wide)
        self._fill()
        if not wide:
            needed = max((button.sizeHint().width() for button in self._buttons.values()), default=0) + px(9)
            self.setFixedWidth(max(px(RAIL if mode == "rail" else NARROW), needed))

    def mode(self) -> str:
        """wide, rail or narrow."""
        return self._mode

    def _fill(self) -> None:
        for button in (*self._buttons.values(), *self._labels):
            button.hide()
            button.deleteLater()
        while self._pages.count():
            self._pages.takeAt(0)
        self._buttons, self._labels = {}, []
        group = ""
        for entry in self._entries:
            if entry.group != group:
                group = entry.group
                self._add_group(_(group))
            button = NavButton(entry, rail=self._mode != "wide", parent=self._nav)
            button.set_count(self._counts.get(entry.id, 0))
            button.setChecked(entry.id == self._current)
            button.clicked.connect(lambda _on=False, page=entry.id: self.chosen.emit(page))
            self._buttons[entry.id] = button
            self._pages.addWidget(button)
        self._pages.addStretch()
        self._fit()

    def _add_group(self, words: str) -> None:
        if self._mode != "wide":
            return
        label = Label(words, "group", parent=self._nav)
        label.setContentsMargins(px(10), px(8), 0, px(4))
        self._labels.append(label)
        self._pages.addWidget(label)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Pages that no longer fit into the rail go behind ⋯."""
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Now the height counts."""
        super().showEvent(event)
        self._fit()

    def _fit(self) -> None:
        rail = self._mode != "wide"
        each = px(57)
        room = self.height() - px(36 + 18 + 14 + 40 + 46 + 70)
        fitting = max(room // each, 1) if rail and self.isVisible() else len(self._buttons)
        for at, button in enumerate(self._buttons.values()):
            button.setVisible(at < fitting)
        self.more.setVisible(rail and fitting < len(self._buttons))

    def _show_more(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for button in self._buttons.values():
            if not button.isVisible():
                act = QAction(icons.icon(button.entry.icon), button.text(), menu)
                act.triggered.connect(lambda _on=False, page=button.entry.id: self.chosen.emit(page))
                menu.addAction(act)
        menu.popup(self.more.mapToGlobal(self.more.rect().topRight()))

    def show_current(self, page: str) -> None:
        """Light the entry of the page that is shown."""
        self._current = page
        for name, button in self._buttons.items():
            # One of an exclusive set cannot be switched off by hand.
            button.setAutoExclusive(False)
            button.setChecked(name == page)
            button.setAutoExclusive(True)

    def set_count(self, page: str, count: int) -> None:
        """Show how many things wait on a page."""
        self._counts[page] = count
        if page in self._buttons:
            self._buttons[page].set_count(count)

    def button(self, page: str) -> NavButton | None:
        """The entry of a page."""
        return self._buttons.get(page)

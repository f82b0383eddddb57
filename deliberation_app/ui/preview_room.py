"""How the preview of a paper uses its room: thumbnails, tools and panel give way in this order, then tabs."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QApplication, QBoxLayout, QLayout, QWidget

from deliberation_app.language import _
from deliberation_app.ui.kit.fields import Field
from deliberation_app.ui.kit.theme import px

# Logical widths of the page below which the thumbnails go, and below which paper and panel take turns.
_STRIP, _BESIDE = 900, 760
_PANEL = 308
PAPER = "paper"


def stretch(scroll: QWidget, inside: QWidget) -> None:
    """Give what scrolls the height that its wrapped sentences need at this width; an area asks for one line each."""
    wanted = inside.layout().minimumHeightForWidth(scroll.viewport().width())
    inside.setMinimumHeight(max(wanted, 0))


class Pinned:
    """Stands below what scrolls while the panel is high, and scrolls with it where it would leave no room for that."""

    def __init__(self, widget: QWidget, below: QBoxLayout, at: int, inside: QBoxLayout, row: int) -> None:
        self._widget = widget
        self._below, self._inside = (below, at), (inside, row)

    def settle(self, *, tall: bool) -> None:
        """Move it where it belongs; the focus stays where it is."""
        layout, at = self._below if tall else self._inside
        if layout.indexOf(self._widget) < 0:
            focus = QApplication.focusWidget()
            layout.insertWidget(min(at, layout.count()), self._widget)
            if focus is not None and self._widget.isAncestorOf(focus):
                focus.setFocus()


def offer_printers(field: Field, look_again: QWidget, names: Sequence[str]) -> None:
    """The printers to choose from, the choice kept where it is still among them; without any, what to do."""
    chosen = field.value()
    options = [(name, name) for name in names] or [("", _("No printer found"))]
    field.editor.set_options(options, chosen if chosen in names else "")
    field.set_hint("" if names else _("Connect a printer and switch it on, or save the papers as PDF."))
    look_again.setVisible(not names)


class Room:
    """Folds a PaperPreview; in a narrow window tabs choose between the paper and its panels."""

    def __init__(self, page: QWidget, panels: Sequence[str]) -> None:
        self._page = page
        self._tab = PAPER
        self._icons: dict[QWidget, str] = {}
        page.tabs.set_options([(PAPER, _("Paper")), *((str(at), words) for at, words in enumerate(panels))])
        page.tabs.setAccessibleName(_("Paper or panel"))
        page.tabs.chosen.connect(self._choose)
        page.tabs_bar.hide()

    def show_panel(self, panel: int) -> None:
        """A panel was opened: the narrow window shows it, but printing only when it is asked for."""
        self._tab = str(panel) if panel else PAPER
        self._page.tabs.choose(self._tab)
        self.fold()

    def _choose(self, tab: str) -> None:
        if tab == PAPER:
            self._page.open_panel(0)
            return
        self._page.open_panel(int(tab))
        self._tab = str(self._page.panels.currentIndex())
        self._page.tabs.choose(self._tab)
        self.fold()

    def fold(self) -> None:
        """Show what there is room for."""
        page = self._page
        wide = page.width()
        narrow = wide < px(_BESIDE)
        page.tabs_bar.setVisible(narrow)
        for act, there in page.foldable():
            act.setVisible(there and not narrow)
            # The title needs the room; the keys work all the same.
            icon = self._icons.setdefault(act, act.icon_name)
            act.set_cap(act.keys if wide >= px(_STRIP) else "")
            act.set_icon_name(icon if wide >= px(_STRIP) else "")
        reading = not narrow or self._tab == PAPER
        page.reading.setVisible(reading)
        page.side.setVisible(not narrow or not reading)
        page.strip.setVisible(wide >= px(_STRIP))
        if narrow:
            page.side.setMaximumWidth(wide)
        else:
            panel = max(px(_PANEL), page.panels.minimumSizeHint().width() + px(1))
            page.side.setFixedWidth(panel)
            wide -= panel + (page.strip.width() if wide >= px(_STRIP) else 0)
        self._fold_tools(wide)

    def _fold_tools(self, wide: int) -> None:
        """Two pages at once go first, then the buttons of the size, which the wheel and the keys have too."""
        page = self._page
        sizes = (page.smaller, page.percent, page.larger)
        page.across.setVisible(_needed(page.tools_row) <= wide)
        without = _needed(page.tools_row, (page.across,))
        for button in sizes:
            button.setVisible(without <= wide)


def _needed(row: QLayout, gone: Sequence[QWidget] = ()) -> int:
    """How wide the tools are together, whether they are shown now or not."""
    tools = [row.itemAt(at).widget() for at in range(row.count())]
    widths = [tool.sizeHint().width() + row.spacing() for tool in tools if tool is not None and tool not in gone]
    edges = row.contentsMargins()
    return sum(widths) + edges.left() + edges.right() + px(16)

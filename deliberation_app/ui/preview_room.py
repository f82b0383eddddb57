"""How the preview of a paper uses its room: thumbnails, tools and panel give way in this order, then tabs."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QLayout, QWidget

from deliberation_app.language import _
from deliberation_app.ui.kit.theme import px

# Logical widths of the page below which the thumbnails go, and below which paper and panel take turns.
_STRIP, _BESIDE = 900, 760
_PANEL = 308
PAPER = "paper"


def stretch(scroll: QWidget, inside: QWidget) -> None:
    """Give what scrolls the height that its wrapped sentences need at this width; an area asks for one line each."""
    wanted = inside.layout().minimumHeightForWidth(scroll.viewport().width())
    inside.setMinimumHeight(max(wanted, 0))


class Room:
    """Folds a PaperPreview; in a narrow window tabs choose between the paper and its panels."""

    def __init__(self, page: QWidget, panels: Sequence[str]) -> None:
        self._page = page
        self._tab = PAPER
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

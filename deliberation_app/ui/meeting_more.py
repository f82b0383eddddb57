"""The menu of what is done rarely with a meeting."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from deliberation_app.ui.kit import icons, run
from deliberation_app.ui.kit.theme import px


def pop(page: QWidget, button: QWidget, acts: Iterable[tuple[str, str, Callable[[], object], bool]]) -> None:
    """Show those acts (icon, words, what is done, whether it is there) below a button."""
    menu = QMenu(page)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for icon, words, do, there in acts:
        if there:
            act = QAction(icons.icon(icon), words, menu)
            act.triggered.connect(run.slot(page, do))
            menu.addAction(act)
    menu.popup(button.mapToGlobal(QPoint(0, button.height() + px(4))))

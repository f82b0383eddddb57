"""How the owners' pages fold when the window is narrow."""

from __future__ import annotations

from PySide6.QtWidgets import QBoxLayout, QWidget

from deliberation_app.ui.kit import theme
from deliberation_app.ui.kit.theme import px

_MOST = 16777215


def fold(page: QWidget, columns: QBoxLayout, side: QWidget, wide: int) -> None:
    """Two columns from 960 on, below that one after the other."""
    across = theme.window_width(page) >= 960
    columns.setDirection(QBoxLayout.Direction.LeftToRight if across else QBoxLayout.Direction.TopToBottom)
    columns.setStretch(1, 0 if across else 1)
    side.setMinimumWidth(max(px(wide), side.minimumSizeHint().width()) if across else 0)
    side.setMaximumWidth(side.minimumWidth() if across else _MOST)

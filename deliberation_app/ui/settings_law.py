"""What a unit may set for itself within the law: kinds of meeting, rules of procedure, days off, posts."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.kit.panels import column, row
from deliberation_app.ui.kit.theme import px
from deliberation_app.ui.owners_settings import OwnersSettings
from deliberation_app.ui.settings_law_days import SettingsLawDays
from deliberation_app.ui.settings_law_house import SettingsLawHouse
from deliberation_app.ui.settings_law_kinds import SettingsLawKinds
from deliberation_app.ui.settings_law_posts import SettingsLawPosts

_FOLD = 760


class SettingsLaw(QWidget):
    """The sections of the settings page about law; each saves by its own button."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.kinds, self.house, self.days = SettingsLawKinds(desk), SettingsLawHouse(desk), SettingsLawDays(desk)
        self.posts = SettingsLawPosts(desk)
        self.owners = OwnersSettings(desk)
        self._across = row(self, spacing=24)
        left, right = column(spacing=16), column(spacing=16)
        for place, sections in ((left, (self.kinds, self.days)), (right, (self.house, self.posts, self.owners))):
            for section in sections:
                place.addWidget(section)
            # With a stretch of its own, nothing else takes the room that is left over.
            place.addStretch(1)
            self._across.addLayout(place, 1)

    def refresh(self) -> None:
        """Read everything again; what is being edited stays."""
        for section in (self.kinds, self.house, self.days, self.posts, self.owners):
            section.refresh()

    def minimumSizeHint(self) -> QSize:
        """As wide as the wider of its columns: then it folds."""
        widest = max(self._across.itemAt(at).minimumSize().width() for at in range(self._across.count()))
        return QSize(widest, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two columns while there is room."""
        super().resizeEvent(event)
        both = sum(self._across.itemAt(at).minimumSize().width() for at in range(self._across.count()))
        narrow = event.size().width() < max(px(_FOLD), both + self._across.spacing())
        self._across.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
        self._across.setSpacing(px(16 if narrow else 24))

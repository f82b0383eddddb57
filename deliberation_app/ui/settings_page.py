"""Settings: language, colours, size and density of this computer, and what the unit is called."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QWidget

from deliberation_app import settings
from deliberation_app.domain.meetings import UNIT_KINDS
from deliberation_app.language import LANGUAGES, _
from deliberation_app.services import units
from deliberation_app.ui.kit import forms, run, sound, theme
from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.kit.theme import px
from deliberation_app.ui.settings_fonts import SettingsFonts
from deliberation_app.ui.settings_law import SettingsLaw
from deliberation_app.ui.settings_papers import SettingsPapers

_FOLD = 760


class SettingsPage(QWidget):
    """What is chosen holds at once; the unit is saved by its button."""

    parts = ("people",)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        forms.load("settings_page", self)
        kept = desk.settings
        self.language_choice.set_options(list(LANGUAGES.items()), kept.language)
        words = {"system": _("As the system"), "light": _("Light"), "dark": _("Dark")}
        self.theme_choice.set_options([(name, words[name]) for name in settings.THEMES], kept.theme)
        words = {"comfortable": _("Comfortable"), "compact": _("Compact")}
        self.density_choice.set_options([(name, words[name]) for name in settings.DENSITIES], kept.density)
        sizes = sorted({*theme.SCALES, kept.scale})
        self.scale_field.editor.set_options([(str(size), f"{size} %") for size in sizes], str(kept.scale))
        words = {"0": _("Silent"), "30": _("Soft"), "60": _("Medium"), "100": _("Loud")}
        now = min((30, 60, 100), key=lambda one: abs(one - kept.volume)) if kept.sound and kept.volume else 0
        self.sound_choice.set_options(list(words.items()), str(now))
        self.user_field.set_value(kept.user)
        self.unit_kind.editor.set_options([(kind, _(title.name)) for kind, title in UNIT_KINDS.items()])
        self.papers = SettingsPapers(desk)
        self.page_column.addWidget(self.papers)
        self.law = SettingsLaw(desk)
        self.page_column.addWidget(self.law)
        self.fonts = SettingsFonts(desk)
        self.page_column.addWidget(self.fonts)
        self.page_column.addStretch(1)
        self._name_choices()
        self._connect()

    def _name_choices(self) -> None:
        for label, choice in (
            (self.language_label, self.language_choice),
            (self.theme_label, self.theme_choice),
            (self.density_label, self.density_choice),
            (self.sound_label, self.sound_choice),
        ):
            choice.setAccessibleName(label.text())

    def _connect(self) -> None:
        self.language_choice.chosen.connect(self._speak)
        self.theme_choice.chosen.connect(lambda name: self._keep(theme=name))
        self.density_choice.chosen.connect(lambda name: self._keep(density=name))
        self.sound_choice.chosen.connect(self._hear)
        self.scale_field.edited.connect(lambda: self._keep(scale=int(self.scale_field.value())))
        self.user_field.editor.editingFinished.connect(self._rename_user)
        self.unit_choice.edited.connect(lambda: self.desk.choose_unit(self.unit_choice.value()))
        for field in (self.unit_name, self.unit_kind, self.parent_name):
            field.edited.connect(lambda: self.save_unit.setEnabled(True))
        self.save_unit.clicked.connect(run.slot(self.unit_card, self._save_unit))

    def _keep(self, **chosen: Any) -> None:
        kept = self.desk.settings
        for name, value in chosen.items():
            setattr(kept, name, value)
        theme.apply(QApplication.instance(), kept.theme, kept.scale, kept.density)
        run.act(self, kept.save)

    def _hear(self, volume: str) -> None:
        """The sound is played as it will be."""
        kept = self.desk.settings
        kept.sound, kept.volume = volume != "0", int(volume) or kept.volume
        sound.loudness.on, sound.loudness.volume = kept.sound, kept.volume
        sound.play("soon")
        run.act(self, kept.save)

    def _speak(self, name: str) -> None:
        self.desk.settings.language = name
        run.act(self, self.desk.settings.save)
        forms.speak(name)

    def _rename_user(self) -> None:
        if self.user_field.value() != self.desk.settings.user:
            self.desk.settings.user = self.user_field.value()
            self.desk.work.user_name = self.desk.settings.user
            run.act(self, self.desk.settings.save)
            self.desk.choose_unit(self.desk.unit_id)

    def _save_unit(self) -> None:
        parent = self.parent_name.value()
        units.edit(
            self.desk.work,
            self.desk.unit_id,
            name=self.unit_name.value(),
            kind=self.unit_kind.value(),
            parents=(parent,) if parent else (),
        )
        self.desk.toast(_("The unit is saved"))
        self.desk.choose_unit(self.desk.unit_id)

    def minimumSizeHint(self) -> QSize:
        """Narrower than its wide form: then it folds."""
        widest = max(self.cards.itemAt(at).minimumSize().width() for at in range(self.cards.count()))
        return QSize(max(widest, self.law.minimumSizeHint().width()) + px(64), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two cards beside each other while there is room."""
        super().resizeEvent(event)
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        both = [self.cards.itemAt(at).minimumSize().width() for at in range(self.cards.count())]
        needed = max(px(_FOLD), sum(both) + self.cards.spacing() + px(64))
        self.cards.setDirection(down if event.size().width() < needed else across)

    def shown(self, **_where: Any) -> None:
        """Nothing to place."""

    def refresh(self) -> None:
        """Read the unit again."""
        known = units.all_units(self.desk.work)
        self.unit_choice.editor.set_options([(str(unit.id), unit.name) for unit in known], str(self.desk.unit_id))
        self.unit_choice.setVisible(len(known) > 1)
        unit = units.unit(self.desk.work, self.desk.unit_id)
        self.unit_name.set_value(unit.name)
        self.unit_kind.set_value(unit.kind)
        self.parent_name.set_value((unit.parents or [""])[-1])
        self.save_unit.setEnabled(False)
        self.papers.refresh()
        self.law.refresh()

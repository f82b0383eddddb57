"""Days off of a year: the public holidays that are known, and what the unit sets by itself."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from deliberation_app.errors import N_, RuleBroken
from deliberation_app.language import _, render
from deliberation_app.services import calendar_days
from deliberation_app.services.calendar_days import Day
from deliberation_app.ui.kit import forms, run
from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.kit.lists import Row

_ROWS = 6
_WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))


class SettingsLawDays(QWidget):
    """A year of unusual days; a day set by the unit can be taken back to what the table says."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        forms.load("settings_law_days", self)
        self.year = desk.today().year
        self._edited: frozenset[str] = frozenset()
        self.entries.setAccessibleName(self.head.text())
        self.entries.setFixedHeight(self.entries.row_height() * _ROWS)
        self.what.set_options([("off", _("Day off")), ("work", _("Working day"))])
        self.what.setAccessibleName(_("What the day is"))
        self.day.editor.set_today(desk.today())
        for button, words, by in ((self.before, _("The year before"), -1), (self.after, _("The year after"), 1)):
            button.setAccessibleName(words)
            button.setToolTip(words)
            button.clicked.connect(lambda _checked=False, by=by: self._turn(by))
        self.entries.picked.connect(lambda key: self.day.set_value(date.fromisoformat(key)))
        self.entries.acted.connect(lambda key: run.act(self.card, self._take_back, key))
        self.set_day.clicked.connect(run.slot(self.card, self._set))
        self.set_row.setAlignment(self.what, Qt.AlignmentFlag.AlignBottom)

    def refresh(self) -> None:
        """Read the year again."""
        found = run.act(self.card, calendar_days.year, self.desk.work, self.desk.unit_id, self.year)
        if found is None:
            return
        self.year_words.setText(str(self.year))
        self.explain.setText(render(found.remark) if found.remark else _(
            "Periods that are counted in working days, and last days that roll over a holiday, follow this calendar"
        ))  # fmt: skip
        self.explain.set_tone("warn" if found.remark else "text3")
        self._edited = frozenset(day.day.isoformat() for day in found.days if day.edited)
        self.entries.fill([_row(day) for day in found.days])
        self.entries.setVisible(bool(found.days))

    def _turn(self, by: int) -> None:
        self.year += by
        self.refresh()

    def _set(self) -> None:
        day = self.day.value()
        if day is None:
            raise RuleBroken(N_("Write the day first, such as 2027-02-06. Nothing was changed."))
        off = self.what.current() == "off"
        calendar_days.set_day(self.desk.work, self.desk.unit_id, day, off)
        said = _("{day} is a day off now") if off else _("{day} is a working day now")
        self.desk.toast(said.format(day=day.isoformat()), undo=True)
        self.error_line.hide()
        self.year = day.year
        self.refresh()
        self.entries.choose(day.isoformat())

    def _take_back(self, key: str) -> None:
        # The key Space also acts on days that the unit has not set.
        if key not in self._edited:
            return
        calendar_days.set_day(self.desk.work, self.desk.unit_id, date.fromisoformat(key), None)
        self.desk.toast(_("{day} is again what the table says").format(day=key), undo=True)
        self.refresh()


def _row(day: Day) -> Row:
    name = " · ".join(part for part in (day.name, _("set by the unit") if day.edited else "") if part)
    words = f"{day.day.isoformat()} {_(_WEEKDAYS[day.day.weekday()])}"
    status = _("Day off") if day.off else _("Working day")
    tone, icon = ("ok", "done") if day.off else ("text2", "to_do")
    return Row(day.day.isoformat(), words, name, status=status, status_tone=tone, status_icon=icon,
               act=_("Take back") if day.edited else "")  # fmt: skip

"""How meetings are told on screens: days and hours, and the state with its tone and icon."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import QDate, QLocale

from deliberation_app.domain import calendar
from deliberation_app.domain.meetings import STATES
from deliberation_app.language import _

STATE_LOOK = {
    "planned": ("text2", "to_do"),
    "called": ("info", "under_way"),
    "open": ("accent", "live"),
    "recess": ("warn", "pause"),
    "closed": ("ok", "done"),
    "cancelled": ("text3", "missing"),
}


def state_words(state: str) -> str:
    """The state of a meeting in the language spoken now."""
    return _(STATES[state].name)


def _shown(day: date, form: str) -> str:
    return QLocale().toString(QDate(day.year, day.month, day.day), form)


def month_words(day: date) -> str:
    """October 2026."""
    return _shown(day, _("MMMM yyyy"))


def day_words(day: date, today: date) -> str:
    """Sat 24 October, with its year where that is not this year."""
    return _shown(day, _("ddd d MMMM") if day.year == today.year else _("ddd d MMMM yyyy"))


def weekday_words(day: date) -> str:
    """Sat."""
    return _shown(day, "ddd")


def hour_words(moment: datetime) -> str:
    """14:30."""
    return f"{calendar.local(moment):%H:%M}"


def moment_words(moment: datetime, today: date) -> str:
    """Sat 24 October 14:30."""
    return f"{day_words(calendar.day_of(moment), today)} {hour_words(moment)}"

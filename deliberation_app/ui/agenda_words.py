"""How days, items and their stages are said on the screen, for today and for the board."""

from __future__ import annotations

from datetime import date, datetime
from importlib.util import find_spec

from PySide6.QtCore import QDate, QLocale, QTime

from deliberation_app.domain.agenda import CHANNELS, STAGES
from deliberation_app.errors import N_, AppError
from deliberation_app.language import _, ngettext_, render
from deliberation_app.services.agenda import Card
from deliberation_app.settings import DISPLAY_ZONE
from deliberation_app.ui.kit import theme
from deliberation_app.ui.kit.cards import BoardCard
from deliberation_app.ui.main_window import PAGES

# The formats are sentences of the catalogue: Chinese writes 10月24日 and 2026年10月24日.
LONG_DAY, SHORT_DAY, MIDDLE_DAY = N_("dddd d MMMM yyyy"), N_("d MMM"), N_("d MMM yyyy")
MONTH, WEEKDAY = N_("MMM"), N_("ddd")
# After a figure: 3 raised; in Chinese only the measure word stands there.
COUNTED = {
    "raised": N_("raised"), "discussed": N_("discussed"), "decided": N_("decided"), "evaluated": N_("evaluated"),
    "shared": N_("shared"),
}  # fmt: skip


def there(page: str) -> bool:
    """Whether the window has this page."""
    return any(one.id == page and find_spec(one.module()) for one in PAGES)


def day_words(day: date, form: str = SHORT_DAY) -> str:
    """A day in one of the formats above."""
    return QLocale().toString(QDate(day.year, day.month, day.day), _(form))


def civil(moment: datetime) -> datetime:
    """A moment in the one civil time of the country."""
    return moment.astimezone(DISPLAY_ZONE)


def hour_words(moment: datetime) -> str:
    """Hour and minute."""
    told = civil(moment)
    return QTime(told.hour, told.minute).toString("HH:mm")


def said(words: str | AppError | None) -> str:
    """What people wrote as it is, a sentence of ours in the language spoken now."""
    if words is None:
        return ""
    return render(words) if isinstance(words, AppError) else words


def stage_name(stage: str) -> str:
    """The name of a stage inside a sentence."""
    return _(STAGES[stage].name)


def stage_head(stage: str) -> str:
    """The name of a stage at the head of its column."""
    return _("{stage}").format(stage=stage_name(stage))


def channel_name(channel: str | None) -> str:
    """Where it was raised."""
    return _(CHANNELS[channel].name) if channel in CHANNELS else ""


def raisers(card: Card) -> str:
    """Who raised it: the names that fit, and how many there are."""
    if not card.raisers:
        return _("No name")
    if card.raised_by > len(card.raisers):
        return _("{name}, {count} in all").format(name=card.raisers[0], count=card.raised_by)
    return "、".join(card.raisers)


def evidence_words(card: Card) -> str:
    """How many pieces of evidence are there."""
    return _("{met} of {needed}").format(met=card.met, needed=card.needed)


def evidence_look(card: Card) -> tuple[str, str]:
    """Icon and tone of the evidence."""
    if card.met >= card.needed:
        return "done", "ok"
    return ("under_way" if card.met else "to_do"), "text2"


def stay_words(card: Card) -> tuple[str, str]:
    """How long it has stayed, or how its publication stands; and the tone."""
    if card.publication is not None:
        return render(card.publication), "ok"
    days = card.days_in_stage
    return ngettext_("{days} day", "{days} days", days).format(days=days), "bad" if card.late else "text2"


def board_card(card: Card, room: int = 0) -> BoardCard:
    """An item as a card of the board; where a line lacks room, the name stays and the channel goes."""
    icon, tone = evidence_look(card)
    stay, stay_tone = stay_words(card)
    by = " · ".join(part for part in (channel_name(card.channel), raisers(card)) if part)
    wide = theme.metrics("hint").horizontalAdvance
    if room and card.raisers and wide(by) > room:
        by = raisers(card)
    evidence = evidence_words(card)
    if room and wide(evidence) + wide(stay) + theme.px(30) > room:
        evidence = f"{card.met}/{card.needed}"
    return BoardCard(
        str(card.id), card.number or "", card.title, by, said(card.flag), card.flag_tone, evidence, icon,
        tone, stay, stay_tone,
    )  # fmt: skip

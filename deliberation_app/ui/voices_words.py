"""How voices, turns of duty and orders are said on the screen."""

from __future__ import annotations

from datetime import date, datetime

from deliberation_app.domain import voices as rules
from deliberation_app.domain.voices_orders import ORDER_STATES, SLOT_STATES
from deliberation_app.errors import N_
from deliberation_app.language import _, ngettext_
from deliberation_app.services.voices_duty import SlotCard, Visit
from deliberation_app.services.voices_list import VoiceCard
from deliberation_app.services.voices_orders_list import OrderCard
from deliberation_app.ui.agenda_words import SHORT_DAY, civil, day_words, hour_words
from deliberation_app.ui.kit.table import Cell

FILTERS = {
    "all": N_("All"), "open": N_("To be dealt with"), "late": N_("Overdue"), "handed": N_("Handed on"),
    "tell": N_("To be told"), "item": N_("Items"), "order": N_("Orders"), "answered": N_("Answered"),
    "grouped": N_("Joined"), "refused": N_("Not accepted"),
}  # fmt: skip
ORDER_FILTERS = {
    "all": N_("All"), "send": N_("To be sent"), "out": N_("With volunteers"), "confirm": N_("To be confirmed"),
    "late": N_("Overdue"), "ended": N_("Ended"),
}  # fmt: skip
VISITS = {
    "on_spot": (N_("Answered on the spot"), "ok", "done"), "transferred": (N_("Transferred"), "info", "under_way"),
    "fed_back": (N_("Fed back"), "ok", "done"), "open": (N_("To be dealt with"), "text2", "to_do"),
}  # fmt: skip
_LOOKS = {
    "open": ("text2", "to_do"), "handed": ("info", "under_way"), "grouped": ("text2", "merge"),
    "item": ("info", "agenda"), "order": ("info", "tasks"), "answered": ("text2", "note"),
    "refused": ("text2", "missing"),
}  # fmt: skip
_ORDER_LOOKS = {
    "ordered": ("warn", "to_do"), "merged": ("text3", "merge"), "assigned": ("info", "under_way"),
    "declined": ("warn", "late"), "accepted": ("info", "under_way"), "serving": ("info", "under_way"),
    "done": ("warn", "promise"), "confirmed": ("ok", "done"), "scored": ("ok", "done"),
    "cancelled": ("text3", "missing"), "timed_out": ("bad", "late"),
}  # fmt: skip
_SLOT_LOOKS = {
    "scheduled": ("text2", "to_do"), "on_duty": ("info", "live"), "handed_over": ("ok", "done"),
    "missed": ("bad", "missing"),
}  # fmt: skip


def late_words(days: int) -> str:
    """How long it is overdue."""
    return ngettext_("{days} day overdue", "{days} days overdue", days).format(days=days)


def state_look(card: VoiceCard) -> tuple[str, str, str]:
    """The state in words, its tone and icon; late and untold go before."""
    if card.late_days:
        return late_words(card.late_days), "bad", "late"
    if card.told:
        return _("Told, closed"), "ok", "done"
    tone, icon = _LOOKS[card.state]
    if card.to_tell:
        return _("{state}, to be told").format(state=_(rules.STATES[card.state].name)), "warn", icon
    return _(rules.STATES[card.state].name), tone, icon


def state_cell(card: VoiceCard) -> Cell:
    """The state as a cell."""
    words, tone, icon = state_look(card)
    return Cell(words, icon=icon, tone=tone)


def order_look(card: OrderCard) -> tuple[str, str, str]:
    """The state of an order in words, its tone and icon."""
    if card.late_days:
        return late_words(card.late_days), "bad", "late"
    tone, icon = _ORDER_LOOKS[card.order.state]
    words = _(ORDER_STATES[card.order.state].name)
    if card.order.state == "scored":
        words = _("Scored {points} of 5").format(points=card.order.score)
    return words, tone, icon


def slot_look(card: SlotCard) -> tuple[str, str, str]:
    """The state of a turn in words, its tone and icon."""
    if card.overdue and card.slot.state == "scheduled":
        return _("Was it held?"), "warn", "late"
    if card.overdue:
        return _("Not handed over"), "warn", "late"
    tone, icon = _SLOT_LOOKS[card.slot.state]
    return _(SLOT_STATES[card.slot.state].name), tone, icon


def visit_look(visit: Visit) -> tuple[str, str, str]:
    """How a visit stands, its tone and icon."""
    words, tone, icon = VISITS[visit.standing]
    return _(words), tone, icon


def channel_words(channel: str | None) -> str:
    """Where it was said."""
    return _(rules.CHANNELS[channel].name) if channel in rules.CHANNELS else ""


def who_words(card: VoiceCard) -> str:
    """Who said it; what was said in confidence tells so."""
    name = card.who or _("No name")
    return _("{name}, in confidence").format(name=name) if card.voice.confidential else name


def day(value: date | datetime | None) -> str:
    """A day in few words."""
    if value is None:
        return ""
    return day_words(civil(value).date() if isinstance(value, datetime) else value, SHORT_DAY)


def moment(value: datetime) -> str:
    """Day and hour."""
    return f"{day(value)} {hour_words(value)}"

"""Words of the roll page: rows of the list, groups by which it is shown, facts of the person chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from deliberation_app.domain.people import is_name
from deliberation_app.domain.roll_events import Event
from deliberation_app.domain.roll_words import CAPACITIES, CHOICES
from deliberation_app.errors import N_
from deliberation_app.language import _, ngettext_
from deliberation_app.services.roll_view import RollLine, fitting
from deliberation_app.settings import DISPLAY_ZONE
from deliberation_app.ui.kit.lists import Row

EVENTS = {"arrived": N_("arrived"), "out": N_("stepped out"), "back": N_("came back"), "left": N_("left")}


def _due(line: RollLine) -> bool:
    return line.capacity == "voting"


# The groups by which the roll is shown: name, words with the number, who belongs to it. Those due are told apart from
# guests, so that the numbers are those of the quorum.
GROUPS: tuple[tuple[str, str, Callable[[RollLine], bool]], ...] = (
    ("all", N_("Roll {count}"), lambda _line: True),
    ("expected", N_("Not here yet {count}"), lambda line: _due(line) and line.expected),
    ("here", N_("Here {count}"), lambda line: _due(line) and line.there and line.status == "present"),
    ("online", N_("On line {count}"), lambda line: _due(line) and line.there and line.status == "online"),
    ("leave", N_("On leave {count}"), lambda line: _due(line) and not line.came and not line.expected),
    ("guests", N_("Guests {count}"), lambda line: not _due(line)),
)
# No name has more characters: a text that was pasted is the name of nobody.
_NAME = 80
# Shown also where nobody belongs to it.
ALWAYS = ("all", "expected", "here")


def time_of(event: Event, now: datetime) -> str:
    """14:35, with its day where that is another one; nothing where no time is known."""
    if event.at is None:
        return ""
    local = event.at.astimezone(DISPLAY_ZONE)
    same = local.date() == now.astimezone(DISPLAY_ZONE).date()
    return f"{local:%H:%M}" if same else f"{local.month}-{local.day} {local:%H:%M}"


def state(line: RollLine, now: datetime) -> tuple[str, str, str]:
    """Whether somebody is there and since when, with tone and icon."""
    if line.expected:
        return _("expected"), "text3", "ring"
    if not line.came:
        return (_("on leave"), "text2", "note") if line.status == "leave" else (_("absent"), "bad", "missing")
    last = line.events[-1]
    there = (_("on line"), "info", "done") if line.status == "online" else (_("here"), "ok", "done")
    away = {"left": (_("left"), "text2", "go_on"), "out": (_("out"), "warn", "under_way")}
    words, tone, icon = away.get(last.what, there)
    return " ".join(filter(None, (words, time_of(last, now)))), tone, icon


def row(line: RollLine, now: datetime) -> Row:
    """A line of the list."""
    said, tone, icon = state(line, now)
    guest = _(CAPACITIES[line.capacity]) if line.capacity != "voting" else ""
    parts = (line.reason, guest, _told(line), line.post, line.home)
    hint = " · ".join(part for part in parts if part)
    return Row(str(line.person_id), line.name, hint, status=said, status_tone=tone, status_icon=icon)


def _told(line: RollLine) -> str:
    """What is out of the usual: a household, a proxy, an opinion in writing."""
    said = (
        _("for {home}").format(home=line.represents) if line.represents and line.represents != line.home else "",
        _("proxy of {name}").format(name=line.proxy_of) if line.proxy_of else "",
        _("written opinion") if line.opinion else "",
    )
    return " · ".join(part for part in said if part)


def facts(line: RollLine, now: datetime, *, proxy: bool) -> list[tuple[str, str, str, str]]:
    """What is known of the person chosen: (id, what, value, key), the events first."""
    told = [
        (f"event:{number}", _(EVENTS[event.what]), time_of(event, now) or _("time not known"), "")
        for number, event in enumerate(line.events)
    ]
    opinions = [
        _("{name}: {words}").format(name=_(CHOICES[said]), words=point) if point else _(CHOICES[said])
        for said, point in line.opinions
        if said in CHOICES
    ]
    rest = [
        ("capacity", _("Seat"), _(CAPACITIES[line.capacity]), "Ctrl+I"),
        ("household", _("Household"), line.represents or _("none"), "Ctrl+H"),
        ("party", _("Speaks for"), line.party or _("nobody named"), "Ctrl+F"),
        ("proxy", _("Proxy of"), line.proxy_of or _("nobody"), "Ctrl+P"),
        ("opinion", _("Opinion"), "; ".join(opinions) or _("none"), "Ctrl+N"),
    ]
    reason = [("reason", _("Reason"), line.reason, "")] if line.reason else []
    return [*told, *reason, *(one for one in rest if one[0] != "proxy" or proxy or line.proxy_of)]


def may_be_new(typed: str, lines: Sequence[RollLine]) -> bool:
    """Whether this was typed as the name of somebody new, and not as a name of the roll with something behind it."""
    first = typed.partition(" ")[0]
    return len(typed) <= _NAME and is_name(typed) and not (first != typed and fitting(lines, first))


def how_far(lines: Sequence[RollLine]) -> tuple[str, str]:
    """How far the roll has been taken, and the tone in which that is said."""
    expected = sum(1 for line in lines if line.expected and line.capacity == "voting")
    if any(line.expected and line.events for line in lines):
        return _("The roll is taken anew: everybody signs in again, what was noted before stands."), "info"
    if expected:
        said = ngettext_("{count} of those due is not here yet", "{count} of those due are not here yet", expected)
        return said.format(count=expected), "text2"
    return _("Everybody is accounted for."), "ok"

"""Kinds of meeting that a unit adds: copies of an existing kind with other titles, agenda and days, never below law."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from deliberation_app.domain.meetings_kinds import KINDS, Kind, StandingEntry
from deliberation_app.domain.meetings_more import MORE_KINDS
from deliberation_app.errors import N_, AppError

OWN = "own-"
LONGEST_TITLE, MOST_ENTRIES, MOST_MINUTES, MOST_DAYS = 40, 30, 600, 365


@dataclass(frozen=True, kw_only=True)
class OwnKind:
    """A unit's own kind as it is kept in Unit.settings["kinds"]."""

    id: str = ""
    base: str
    title: str
    record_title: str = ""
    standing_agenda: tuple[StandingEntry, ...]
    notice_days: int = 0
    rules: tuple[str, ...] = ()  # empty: those of the base
    default_rule: str = ""

    def told(self) -> dict[str, Any]:
        """As JSON."""
        lines = [{"title": line.title, "minutes": line.minutes, "each_item": line.each_item}
                 for line in self.standing_agenda]  # fmt: skip
        return {
            "id": self.id, "base": self.base, "title": self.title, "record_title": self.record_title,
            "standing_agenda": lines, "notice_days": self.notice_days, "rules": list(self.rules),
            "default_rule": self.default_rule,
        }  # fmt: skip

    def kind(self) -> Kind:
        """The kind it makes; whatever the law fixes comes from the base."""
        base = KINDS[self.base]
        notice = base.notice
        if self.notice_days > notice.days:
            # More than the law asks for: the unit's own rule, which no urgency of the law excuses.
            notice = replace(notice, days=self.notice_days, clause=notice.clause or "本单位规定")
        rules = self.rules or base.rules
        default = self.default_rule or (base.default_rule if base.default_rule in rules else next(iter(rules), None))
        return replace(
            base, id=self.id, base=self.base, title=self.title, name=self.title,
            record_title=self.record_title or f"{self.title}记录", standing_agenda=self.standing_agenda,
            notice=notice, rules=rules, default_rule=default or None,
        )  # fmt: skip


def copy_of(base: str) -> OwnKind:
    """What a new own kind starts from."""
    kind = KINDS[base]
    return OwnKind(
        base=base, title=kind.title, standing_agenda=kind.standing_agenda, notice_days=kind.notice.days,
        rules=kind.rules, default_rule=kind.default_rule or "",
    )  # fmt: skip


def own_kinds(settings: Mapping[str, Any] | None) -> tuple[OwnKind, ...]:
    """The own kinds of a unit; those whose base is not known to this program are left alone."""
    told = (settings or {}).get("kinds") or ()
    return tuple(_read(entry) for entry in told if entry["base"] in KINDS)


def _read(told: Mapping[str, Any]) -> OwnKind:
    lines = tuple(StandingEntry(line["title"], line["minutes"], line.get("each_item", False))
                  for line in told["standing_agenda"])  # fmt: skip
    return OwnKind(
        id=told["id"], base=told["base"], title=told["title"], record_title=told.get("record_title", ""),
        standing_agenda=lines, notice_days=told.get("notice_days", 0), rules=tuple(told.get("rules", ())),
        default_rule=told.get("default_rule", ""),
    )  # fmt: skip


def kinds_of(settings: Mapping[str, Any] | None, unit_kind: str) -> tuple[Kind, ...]:
    """Every kind that a unit holds: those of the law, then its own."""
    lawful = tuple(kind for kind in (*KINDS.values(), *MORE_KINDS.values()) if unit_kind in kind.units)
    own = (own.kind() for own in own_kinds(settings))
    return (*lawful, *(kind for kind in own if unit_kind in kind.units))


def kind_in(settings: Mapping[str, Any] | None, kind: str) -> Kind:
    """A kind by its id, of the law or the unit's own; KeyError where there is none."""
    own = next((own.kind() for own in own_kinds(settings) if own.id == kind), None)
    return own or MORE_KINDS.get(kind) or KINDS[kind]


def own_kind_faults(own: OwnKind, unit_kind: str, taken: Iterable[str] = ()) -> tuple[AppError, ...]:
    """Everything that is wrong with an own kind; `taken` are titles of the unit's other kinds."""
    base = KINDS.get(own.base)
    if base is None or unit_kind not in base.units:
        return (AppError(N_("Choose a kind of meeting that this unit holds to copy from.")),)
    return (*_titles(own, taken), *_agenda(own, base), *_law(own, base))


def _titles(own: OwnKind, taken: Iterable[str]) -> Iterator[AppError]:
    title = own.title.strip()
    if not title:
        yield AppError(N_("The kind needs a title, as it will be printed."))
    for words in (title, own.record_title.strip()):
        if len(words) > LONGEST_TITLE:
            yield AppError(N_("“{title}…” has {count} characters; at most {most} fit on the papers."),
                           title=words[:12], count=len(words), most=LONGEST_TITLE)  # fmt: skip
    if title in {*taken, *(kind.title for kind in (*KINDS.values(), *MORE_KINDS.values()))}:
        yield AppError(N_("There is a kind “{title}” already: give this one another title."), title=title)


def _agenda(own: OwnKind, base: Kind) -> Iterator[AppError]:
    lines = own.standing_agenda
    if not 1 <= len(lines) <= MOST_ENTRIES:
        yield AppError(N_("The agenda has {count} lines; it needs at least 1 and at most {most}."),
                       count=len(lines), most=MOST_ENTRIES)  # fmt: skip
    for place, line in enumerate(lines, 1):
        if not line.title.strip() or not 0 <= line.minutes <= MOST_MINUTES:
            yield AppError(N_("Line {place} of the agenda needs words, and between 0 and {most} minutes."),
                           place=place, most=MOST_MINUTES)  # fmt: skip
    if "items" in base.fields and not any(line.each_item for line in lines):
        yield AppError(N_("No line of the agenda takes the items: mark the line that is repeated for each item."))
    written = {line.title.strip() for line in lines}
    for line in base.standing_agenda:
        if line.required and line.title not in written:
            yield AppError(N_("“{line}” belongs to every meeting of the kind “{kind}”: put it back."),
                           line=line.title, kind=base.title)  # fmt: skip


def _law(own: OwnKind, base: Kind) -> Iterator[AppError]:
    if own.notice_days < base.notice.days:
        yield AppError(N_("Notice {days} days before is below the law: at least {least} ({clause})."),
                       days=own.notice_days, least=base.notice.days, clause=base.notice.clause)  # fmt: skip
    if own.notice_days > MOST_DAYS:
        yield AppError(N_("Notice {days} days before: at most {most} can be set."),
                       days=own.notice_days, most=MOST_DAYS)  # fmt: skip
    if not set(own.rules) <= set(base.rules):
        yield AppError(N_("In a meeting copied from “{kind}” only its rules may decide."), kind=base.title)
    elif own.default_rule and own.default_rule not in (own.rules or base.rules):
        yield AppError(N_("The usual rule must be one of those that may be used."))

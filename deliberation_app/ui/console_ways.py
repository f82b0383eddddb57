"""Ways of counting: which fields a vote is counted in, and how its numbers are told."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from deliberation_app.domain.votes import RULES, without_force
from deliberation_app.errors import AppError
from deliberation_app.language import _, ngettext_, render
from deliberation_app.services import votes, votes_numbers, votes_roll_call
from deliberation_app.services.board import Board, Motion
from deliberation_app.services.votes import Preview
from deliberation_app.ui import console_words as words
from deliberation_app.ui.console_chair import Chair
from deliberation_app.ui.console_count import NAMES, CountFields, CountWay
from deliberation_app.ui.console_count_consent import Consent
from deliberation_app.ui.console_count_hands import HandsRows
from deliberation_app.ui.console_count_roll import RollCall

_CHOICES = ("in_favour", "against", "abstain")


def make(chair: Chair, motion: Motion, *, by_rows: bool) -> CountWay:
    """The fields for this vote."""
    said = words.choices(motion, chair.board.options if chair.board is not None else ())
    if votes_roll_call.takes_names(motion.rule, motion.method) and not motion.nominees:
        return RollCall(votes_roll_call.voters(chair.work, motion.id))
    if motion.method == "consensus":
        return Consent(_present(chair, motion))
    if by_rows and takes_rows(motion):
        return HandsRows(said)
    return CountFields(motion, _asked(motion), said)


def _asked(motion: Motion) -> tuple[str, ...]:
    return tuple(votes_numbers.fields(motion.rule, motion.method, election=bool(motion.nominees)))


def fit(fields: CountWay | None, motion: Motion, chair: Chair, *, by_rows: bool) -> bool:
    """Whether these fields, emptied, are those that this vote is counted in too."""
    if not isinstance(fields, CountFields) or motion.nominees or motion.method == "consensus":
        return False
    if votes_roll_call.takes_names(motion.rule, motion.method) or (by_rows and takes_rows(motion)):
        return False
    said = words.choices(motion, chair.board.options if chair.board is not None else ())
    return fields.made_for == (_asked(motion), said)


def takes_rows(motion: Motion | None) -> bool:
    """Whether hands can be counted row by row."""
    return motion is not None and motion.method == "show_of_hands" and not motion.nominees


def _present(chair: Chair, motion: Motion) -> int:
    return votes_numbers.preview(chair.work, motion.id).count.present


def follow_room(fields: CountWay, chair: Chair, motion: Motion) -> None:
    """People have come or gone while the vote is open."""
    if motion.counts is not None:
        return
    if isinstance(fields, RollCall):
        fields.show_voters(votes_roll_call.voters(chair.work, motion.id))
    elif isinstance(fields, Consent):
        fields.show_present(_present(chair, motion))


def carry(fields: CountWay, numbers: Mapping[str, int | None]) -> None:
    """Put the numbers of another way of counting hands into these fields."""
    if isinstance(fields, HandsRows):
        fields.take_sums(numbers)
    elif isinstance(fields, CountFields):
        texts = ["" if numbers.get(name) is None else str(numbers[name]) for name in _CHOICES]
        fields.restore({"typed": texts})


def head(motion: Motion) -> str:
    """The rule and the way of voting; which vote of a comparison it is."""
    parts = [words.rule_name(motion), _(votes.METHODS[motion.method])]
    if motion.series:
        parts.append(_("Approval") if motion.series.get("way") == "approval" else _("In pairs"))
    if (motion.round or 1) > 1:
        parts.append(_("Further election"))
    return " · ".join(parts)


def said(motion: Motion) -> str:
    """The motion without the words on its force, which stand beside it."""
    return without_force(motion.motion)


def counted(motion: Motion) -> str:
    """What is said of a vote that is judged: the room sees it when it is announced, and has heard what was agreed."""
    told = _("Counted: {motion}") if motion.method == "consensus" else _("Counted, to be announced: {motion}")
    return told.format(motion=said(motion))


def unfinished(fields: CountWay, motion: Motion) -> bool:
    """Whether papers are still being counted: what their numbers would mean is not said before."""
    return motion.method == "secret_ballot" and not motion.nominees and None in fields.numbers().values()


def nothing_typed(fields: CountWay, motion: Motion) -> str:
    """What is missing before the count can be judged."""
    if motion.method == "consensus":
        return _("Ask first whether anybody objects.")
    if isinstance(fields, RollCall):
        said = _("{count} in the room have not been called: 1 in favour, 2 against, 3 abstains, 0 gives no vote.")
        return said.format(count=fields.waiting())
    return _("Type the numbers first: who is in favour, against, abstains.")


def flat(fields: CountWay) -> dict[str, int]:
    """Every number with a name, those of the candidates too, to compare two counts."""
    numbers = {name: number or 0 for name, number in fields.numbers().items()}
    for person, given in (fields.candidates() or {}).items():
        numbers |= {f"{person}/{name}": number for name, number in zip(_CHOICES, given, strict=True)}
    for person, choice in (fields.ballots() or {}).items():
        numbers[f"{person}/{choice}"] = 1
    return numbers


def differing(found: Sequence[tuple[str, int, int]], motion: Motion, said: Mapping[str, str]) -> str:
    """Where two counts differ, and that the last one is compared with the next."""
    names = {str(one.person_id): one.name for one in motion.nominees}
    parts = []
    for key, before, after in found:
        person, slash, name = key.rpartition("/")
        plain = name.removesuffix("_area")
        what = said.get(plain) or _(NAMES.get(plain, name))
        who = names.get(person, "") if slash else ""
        part = _("{what}: first {before}, then {after}")
        parts.append(part.format(what=f"{who} {what}".strip(), before=before, after=after))
    return _("The two counts differ. {where}. Count once more.").format(where=" · ".join(parts))


def papers(
    fields: CountWay,
    motion: Motion,
    preview: Preview,
    so_far: Callable[..., Sequence[AppError]],
) -> list[str]:
    """What the papers typed so far leave for the numbers still to come."""
    typed = [name for name, number in fields.numbers().items() if number is not None]
    if motion.method != "secret_ballot" or RULES[motion.rule].by_area:
        return []
    seats = motion.seats if motion.nominees else None
    if seats is None and not unfinished(fields, motion):
        return []  # from here on the sums say it themselves
    lines = [render(one) for one in so_far(preview.count, typed, seats)]
    if seats is not None:
        rule = ngettext_(
            "A paper with more than {seats} name is invalid.",
            "A paper with more than {seats} names is invalid; one with fewer is valid.", seats,
        )  # fmt: skip
        lines.append(rule.format(seats=seats))
    return lines


def earlier(board: Board, motion: Motion) -> str:
    """The counts before the one that holds: when, what, who asked and why."""
    if not motion.recounts:
        return ""
    people = {str(guest.person_id): guest.name for guest in board.guests}
    lines = []
    for one in motion.recounts:
        numbers = " : ".join(str(one["counts"].get(name, 0)) for name in _CHOICES)
        hour = words.hour(datetime.fromisoformat(one["at"]))
        line = _("Counted before {hour}: {numbers}").format(hour=hour, numbers=numbers)
        asked = [people.get(str(one.get("by")), ""), str(one.get("reason", ""))]
        lines.append(" · ".join(part for part in (line, *asked) if part))
    return "\n".join(lines)

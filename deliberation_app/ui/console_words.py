"""Words that several parts of the console share: times, sides, counts, states."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime

from deliberation_app.domain.accounts import ACTIONS
from deliberation_app.domain.meeting_file_values import shown
from deliberation_app.domain.votes import RULES, Check, Count, Fraction, GateState, OwnRule, Verdict, area_text
from deliberation_app.errors import N_, AppError
from deliberation_app.language import _, ngettext_, render
from deliberation_app.services.board_acts import Told
from deliberation_app.services.board_picture import Guest, Motion, Option
from deliberation_app.services.votes_numbers import Preview
from deliberation_app.settings import DISPLAY_ZONE

STANCES = {
    "for": (N_("in favour"), "ok"), "against": (N_("against"), "text2"), "neutral": (N_("neutral"), "text2"),
}  # fmt: skip
_WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))
SIDES = {"raise": N_("raise"), "answer": N_("answer"), "law": N_("law")}
_WHOLES = {
    "eligible": N_("of those due"), "present": N_("of those taking part"),
    "cast": N_("of the votes in favour, against and abstained"),
}  # fmt: skip
# What one act may also be called, by its way.
_WAYS = {"run": N_("Clock let run on"), "absent": N_("Absence noted"), "close": N_("Closing of the meeting")}
# So much is told of what was typed: longer than any name that is known by heart.
_TYPED = 24
_PARTS = {"present": N_("Present"), "in_favour": N_("In favour")}


def told_short(text: str) -> str:
    """What was typed, told short inside a sentence: behind it stands what to do."""
    return shown(text if len(text) <= _TYPED else f"{text[:_TYPED].rstrip()}…")


def hour(moment: datetime | None) -> str:
    """14:32, in the one civil time."""
    return "" if moment is None else moment.astimezone(DISPLAY_ZONE).strftime("%H:%M")


def second(moment: datetime) -> str:
    """14:32:05, in the one civil time."""
    return moment.astimezone(DISPLAY_ZONE).strftime("%H:%M:%S")


def day(when: date) -> str:
    """A day without its year, as people say it."""
    return render(AppError(N_("{month}/{day}"), month=when.month, day=when.day))


def moment(when: datetime, now: datetime, said: Callable[[datetime], str] = hour) -> str:
    """14:32, with its day where that is not today."""
    at, today = when.astimezone(DISPLAY_ZONE).date(), now.astimezone(DISPLAY_ZONE).date()
    if at == today:
        return said(when)
    return f"{day(at) if at.year == today.year else f'{at.year} {day(at)}'} {said(when)}"


def week_day(when: date, today: date) -> str:
    """Sat 31 Oct: a day in words, with its year where that is another."""
    shown = day(when) if when.year == today.year else f"{when.year} {day(when)}"
    return _("{weekday} {day}").format(weekday=_(_WEEKDAYS[when.weekday()]), day=shown)


def promised_day(when: date, today: date) -> str:
    """Sat 31 Oct, in 7 days: a day in words, and how far it is."""
    shown = day(when) if when.year == today.year else f"{when.year} {day(when)}"
    left = (when - today).days
    far = _("today") if not left else ngettext_("in {count} day", "in {count} days", left).format(count=left)
    return _("{weekday} {day}, {far}").format(weekday=_(_WEEKDAYS[when.weekday()]), day=shown, far=far)


def act_words(told: Told) -> str:
    """An act by its name, with whose it was and its first words."""
    if told.act == "floor.turn_time" and told.way:
        return _("{act}, {about}").format(act=_(ACTIONS[told.act].name), about=length_words(int(told.way)))
    name = _(_WAYS.get(told.way) or ACTIONS[told.act].name) if told.act in ACTIONS else ""
    who = told.people[0] if told.people else ""
    if len(told.people) > 1:
        who = _("{name} and others, {count} in all").format(name=who, count=len(told.people))
    about = _("{name}: {words}").format(name=who, words=told.words) if who and told.words else who or told.words
    return _("{act}, {about}").format(act=name, about=about) if about else name


def length_words(seconds: int) -> str:
    """How long each may speak."""
    if not seconds:
        return _("No time limit")
    return ngettext_("{count} minute each", "{count} minutes each", seconds // 60).format(count=seconds // 60)


def clock(seconds: int) -> str:
    """1:42 left on a clock, or +0:20 over it; from 100 minutes on with its hours, 1:40:00."""
    sign = "+" if seconds < 0 else ""
    minutes, rest = divmod(abs(seconds), 60)
    if minutes < 100:
        return f"{sign}{minutes}:{rest:02d}"
    return f"{sign}{minutes // 60}:{minutes % 60:02d}:{rest:02d}"


def minutes(seconds: int) -> int:
    """Whole minutes begun are not yet used: 59 seconds are 0 minutes."""
    return seconds // 60


def spoken(guest: Guest) -> tuple[str, str, str]:
    """How often somebody has spoken, with tone and icon."""
    if guest.spoken == 0:
        return _("not heard yet"), "ok", "first_time"
    return _("spoke {times} ×").format(times=guest.spoken), "text3", "repeat"


def presence(guest: Guest) -> tuple[str, str, str]:
    """Whether somebody is there, with tone and icon."""
    if guest.expected:
        return _("expected"), "text3", "ring"
    if guest.gone:
        return _("left early"), "text2", "go_on"
    if guest.out:
        return _("out of the room"), "warn", "under_way"
    return {
        "present": (_("present"), "ok", "done"),
        "online": (_("on line"), "info", "done"),
        "leave": (_("on leave"), "text2", "note"),
    }.get(guest.status, (_("absent"), "bad", "missing"))


def threshold(numerator: int, denominator: int) -> str:
    """Two thirds, a half, in words."""
    words = {(1, 2): _("half"), (2, 3): _("two thirds"), (4, 5): _("four fifths"), (3, 4): _("three quarters")}
    return words.get((numerator, denominator), f"{numerator}/{denominator}")


def comparison(check: Check) -> str:
    """The arithmetic of a check: In favour 12, 12 × 2 = 24 > 19."""
    number = area_text if check.by == "area" else str
    left, right = check.part * check.denominator, check.whole * check.numerator
    sign = "＜" if left < right else "＞" if left > right and check.strict else "≥"
    part = f"{number(check.part)} × {check.denominator} ＝ {number(left)}" if check.denominator > 1 else number(left)
    whole = f"{number(check.whole)} × {check.numerator} ＝ {number(right)}" if check.numerator > 1 else number(right)
    if left == right and check.strict:  # the exact number does not suffice where the law says more than
        beyond = whole if check.numerator > 1 or check.denominator == 1 else number(right)
        return _("{part}, not more than {whole}").format(part=part, whole=beyond)
    return f"{part} {sign} {whole}"


def choices(motion: Motion, options: Sequence[Option]) -> dict[str, str]:
    """What may be chosen in this vote: in favour, against and abstained, or the two options of a pair by name."""
    said = {"in_favour": _("In favour"), "against": _("Against"), "abstain": _("Abstained")}
    about = motion.series.get("about", ()) if motion.series and motion.series.get("way") == "pairs" else ()
    names = {str(one.id): one.name for one in options}
    if len(about) > 1 and all(key in names for key in about):
        said |= {"in_favour": names[about[0]], "against": names[about[1]]}
    return said


def in_pairs(motion: Motion) -> bool:
    """Whether a vote only says which of two options is ahead."""
    return bool(motion.series) and (motion.series or {}).get("way") == "pairs"


def compared(motion: Motion) -> tuple[str, ...]:
    """The ids of the options that a vote compares."""
    return tuple(str(one) for one in (motion.series or {}).get("about", ()))


def only_ranks(options: Sequence[Option], about: Collection[str]) -> str:
    """What a comparison of these options, by id or name, leaves to be decided."""
    among = [one for one in options if str(one.id) in about or one.name in about]
    if among and all(one.voted for one in among):
        return _("This only ranks; each option has had its own vote.")
    return _("This only ranks; its own vote decides an option.")


def rule_name(motion: Motion) -> str:
    """The rule of a vote; not that of the unit where none is entered."""
    rule = RULES[motion.rule]
    entered = rule.entered((motion.house_rule or {}).get("name"))
    return _(rule.name) if entered else _("By the agreed fractions")


def least_votes(preview: Preview) -> str:
    """How many votes elect; nothing where no line tells."""
    line = next((one for one in preview.verdict.checks if one.name == "passing"), None)
    return _("at least {votes} votes are needed").format(votes=line.needed) if line is not None else ""


def pair_outcome(motion: Motion, options: Sequence[Option], count: Count, *, quorate: bool) -> tuple[str, bool]:
    """Who is ahead in a comparison of two options, and whether anybody is."""
    if not quorate:
        return _("No quorum, no result"), False
    if count.in_favour == count.against:
        return _("Both have the same number of votes"), False
    ahead = choices(motion, options)["in_favour" if count.in_favour > count.against else "against"]
    return _("{option} is ahead").format(option=ahead), True


def pair_told(motion: Motion, options: Sequence[Option], preview: Preview) -> tuple[str, bool, str]:
    """Who is ahead in a comparison, whether anybody is, and what that leaves to be decided."""
    ahead, won = pair_outcome(motion, options, preview.count, quorate=preview.verdict.quorate)
    return ahead, won, only_ranks(options, compared(motion))


def check_line(check: Check) -> str:
    """A check with what is compared: Present 19, 19 × 3 = 57 ≥ 22 × 2 = 44."""
    if check.name == "ballots":
        return _("Ballots issued {issued}, returned {returned}").format(issued=check.part, returned=check.whole)
    name = "present" if check.name == "quorum" else "in_favour"
    number = area_text(check.part) + " m²" if check.by == "area" else str(check.part)
    return f"{_(_PARTS[name])} {number}，{comparison(check)}"


def outcome(rule: str, *, quorate: bool, passed: bool, entered: bool = True) -> str:
    """The verdict in words; `entered` is false where no rule stands behind it, only fractions that were agreed."""
    if not quorate:
        return _("No quorum, no result")
    if not (RULES[rule].legal_force and entered):
        return _("A majority is in favour") if passed else _("No majority in favour")
    return _("Passed") if passed else _("Not passed")


def judged(rule: str, count: Count, verdict: Verdict) -> str:
    """The verdict on these numbers in words."""
    entered = RULES[rule].entered(count.house_rule.name if count.house_rule is not None else None)
    return outcome(rule, quorate=verdict.quorate, passed=verdict.passed, entered=entered)


def force(rule: str) -> tuple[str, str, str]:
    """Whether a vote by this rule binds, with tone and icon."""
    return ("", "", "") if RULES[rule].legal_force else (_("no legal force"), "warn", "note")


def gate_line(state: GateState) -> str:
    """What a gate lacks, with its clause."""
    said = render(state.sentence) if state.sentence is not None else ""
    return _("{sentence} ({clause})").format(sentence=said, clause=state.gate.clause) if state.gate.clause else said


def house_lines(rule: OwnRule) -> str:
    """The two lines of a unit's own rules of procedure."""
    return _("Attendance: {quorum}. In favour: {passing}.").format(
        quorum=_fraction(rule.quorum), passing=_fraction(rule.passing)
    )


def _fraction(line: Fraction) -> str:
    said = _("more than {fraction} {whole}") if line.strict else _("at least {fraction} {whole}")
    return said.format(fraction=f"{line.numerator}/{line.denominator}", whole=_(_WHOLES[line.of]))

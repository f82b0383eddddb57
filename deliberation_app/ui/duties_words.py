"""How duties are told on screens: how often, what stands in a cell, and what the panel says of the chosen one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QDate, QLocale

from deliberation_app.errors import N_
from deliberation_app.language import _, ngettext_, render
from deliberation_app.services.duties import DutyCell, DutyRow

TALKS = "heart_to_heart_talk"
GROUPED = "party_group"
_OFTEN = {
    "month": N_("{count} a month"), "quarter": N_("{count} a quarter"), "half": N_("{count} a half-year"),
    "year": N_("{count} a year"),
}  # fmt: skip


@dataclass(frozen=True)
class Look:
    """Ground, border, ink and icon of a cell; a border of no width is none."""

    ground: str
    edge: str
    wide: float
    dashed: bool
    ink: str
    icon: str
    tone: str


LOOKS = {
    "held": Look("okTint", "okTint", 0, False, "ok", "check", "ok"),
    "partial": Look("warnTint", "warnFill", 1.5, False, "warn", "late_fill", "warn"),
    "missing": Look("badTint", "badFill", 1.5, False, "bad", "close", "bad"),
    "due": Look("surface", "tick", 1.5, True, "text2", "to_do", "info"),
    "to_come": Look("surface", "line", 1.5, True, "text3", "", ""),
    "before": Look("bg", "bg", 0, False, "text3", "", ""),
}


def _shown(day: date, form: str) -> str:
    return QLocale().toString(QDate(day.year, day.month, day.day), form)


def day_words(day: date) -> str:
    """8 October."""
    return _shown(day, _("d MMMM"))


def full_day(day: date) -> str:
    """1 March 2026."""
    return _shown(day, _("d MMMM yyyy"))


def short_day(day: date) -> str:
    """8, where the month stands above it."""
    return _shown(day, _("d"))


def month_head(month: int) -> str:
    """Oct."""
    return QLocale().standaloneMonthName(month, QLocale.FormatType.ShortFormat)


def often(row: DutyRow) -> str:
    """How often, and where in the law: 1 a month, 2 groups · 第十三条."""
    article = row.duty.clause.rpartition("》")[2]
    if row.groups:
        count = len(row.groups)
        each = ngettext_("{often}, {count} group", "{often}, {count} groups", count)
        words = each.format(often=_(_OFTEN[row.duty.per]).format(count=row.duty.times), count=count)
    else:
        words = _(_OFTEN[row.duty.per]).format(count=row.times)
    return f"{words} · {article}"


def period_words(row: DutyRow, cell: DutyCell) -> str:
    """October, quarter 4, the second half-year, 2026."""
    if row.duty.per == "month":
        return _shown(cell.end, _("MMMM"))
    if row.duty.per == "quarter":
        return _("Quarter {quarter}").format(quarter=cell.end.month // 3)
    if row.duty.per == "half":
        return _("First half-year") if cell.end.month == 6 else _("Second half-year")
    return _("{year}").format(year=cell.end.year)


def cell_words(row: DutyRow, cell: DutyCell) -> tuple[str, ...]:
    """What stands in the cell, from long to short: the longest that fits is shown."""
    wide = cell.month_to > cell.month_from
    if talk_share(cell) is not None:
        told = cell.words.values
        return render(cell.words), f"{told['talked']} / {int(str(told['talked'])) + int(str(told['left']))}"
    if cell.needed > 1 and cell.status in ("held", "partial"):
        return (f"{counted(row, cell)} / {cell.needed}",)
    if cell.status == "held":
        return _days(cell.meetings[0].day, wide=wide) if cell.meetings else (render(cell.words),)
    if cell.status == "due":
        return tuple(_("by {day}").format(day=day) for day in _days(cell.end, wide=wide))
    if cell.status == "to_come":
        return (_("from {day}").format(day=day_words(cell.start)), "") if wide else ("",)
    return (_("Gap") if cell.status == "missing" else "–",)


def _days(day: date, *, wide: bool) -> tuple[str, ...]:
    return (day_words(day), _shown(day, _("d MMM"))) if wide else (short_day(day),)


def counted(row: DutyRow, cell: DutyCell) -> int:
    """How many of those needed were held: of the groups each one once."""
    if row.groups:
        return len(row.groups) - len(cell.missing_groups)
    return min(len(cell.meetings), cell.needed)


def talk_share(cell: DutyCell) -> float | None:
    """Of all who are due the part that was talked with; None where nobody has noted it."""
    told = cell.words.values
    if cell.duty_id != TALKS or "talked" not in told:
        return None
    talked, left = int(str(told["talked"])), int(str(told["left"]))
    return talked / (talked + left) if talked + left else 0.0


def standing(row: DutyRow, cell: DutyCell, today: date) -> str:
    """How the cell stands, as the end of a sentence."""
    if talk_share(cell) is not None:
        return render(cell.words)
    if cell.status == "held":
        days = _(", ").join(day_words(one.day) for one in cell.meetings)
        return _("held on {days}").format(days=days) if days else _("done")
    if cell.status == "partial":
        over = cell.end < today
        if cell.missing_groups:
            groups = _(", ").join(cell.missing_groups)
            words = _("{groups} did not meet") if over else _("{groups} still to meet by {day}")
            return words.format(groups=groups, day=day_words(cell.end))
        words = _("{done} of {needed} held") if over else _("{done} of {needed} held, the rest by {day}")
        return words.format(done=counted(row, cell), needed=cell.needed, day=day_words(cell.end))
    if cell.status == "due":
        return _("to be held by {day}").format(day=day_words(cell.end))
    if cell.status == "to_come":
        return _("not due before {day}").format(day=day_words(cell.start))
    return _("was not held") if cell.status == "missing" else _("not asked for yet")


def head_words(row: DutyRow, cell: DutyCell, today: date) -> str:
    """The chosen cell in one sentence."""
    words = _("{duty}, {period}: {standing}")
    return words.format(
        duty=render(row.name), period=period_words(row, cell), standing=standing(row, cell, today)
    )  # fmt: skip


def law_words(row: DutyRow) -> str:
    """By which clause, and what that clause leaves open."""
    told = [render(row.note)] if row.note is not None else []
    if row.duty.kind == TALKS:
        told.append(_("Check the article against the text."))
    elif row.duty.verify:
        told.append(_("How often can be changed here; check it against the text."))
    return " · ".join(part for part in (row.duty.clause, " ".join(told).replace("。 ", "。")) if part)


def spoken(row: DutyRow, cell: DutyCell, today: date) -> str:
    """What a screen reader says of a cell."""
    why = _("Why: {reason}").format(reason=cell.reason) if cell.reason else ""
    return " ".join(part for part in (head_words(row, cell, today), why) if part)

"""The day that somebody promises, as people say it: 10.31, 10月31日, 下周三, 三天内, 月底."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

_DIGITS = {"零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_WEEKDAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6, "末": 6}
_SIMPLE = str.maketrans("週個後內兩號禮頭來說天", "周个后内两号礼头来说天")
_N = r"(\d{1,3}|[零一二两三四五六七八九十半]{1,3})"


def read_promise(text: str, today: date) -> date | None:
    """The day meant, never one before today; None where the words name none."""
    words = re.sub(r"\s+", "", text.translate(_SIMPLE)).removesuffix("前").removesuffix("之").removesuffix("以")
    for pattern, meant in _WAYS:
        found = pattern.fullmatch(words)
        if found:
            try:
                day = meant(found, today)
            except (ValueError, OverflowError):
                return None
            return day if day is not None and day >= today else None
    return None


def number(words: str) -> int:
    """三 is 3, 十五 is 15, 二十 is 20; digits are what they are."""
    if words.isdigit():
        return int(words)
    if "十" in words:
        tens, _, ones = words.partition("十")
        return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)
    if any(sign not in _DIGITS for sign in words):
        raise ValueError(words)
    return int("".join(str(_DIGITS[sign]) for sign in words))


def _typed(found: re.Match[str], today: date) -> date | None:
    year, month, day = found.groups()
    made = date(int(year) if year else today.year, number(month), number(day))
    return made if year or made >= today else date(today.year + 1, made.month, made.day)


def _compact(found: re.Match[str], today: date) -> date | None:
    year, month, day = found.groups()
    made = date(int(year) if year else today.year, int(month), int(day))
    return made if year or made >= today else date(today.year + 1, made.month, made.day)


def _spoken(found: re.Match[str], today: date) -> date | None:
    return today + timedelta(days={"今天": 0, "今日": 0, "明天": 1, "明日": 1, "后天": 2, "大后天": 3}[found[1]])


def _within_days(found: re.Match[str], today: date) -> date | None:
    return today + timedelta(days=number(found[1]))


def _within_weeks(found: re.Match[str], today: date) -> date | None:
    return today + timedelta(days=7 * number(found[1]))


def _within_months(found: re.Match[str], today: date) -> date | None:
    if found[1] == "半":
        return today + timedelta(days=15)
    months = today.month - 1 + number(found[1])
    year, month = today.year + months // 12, months % 12 + 1
    return date(year, month, min(today.day, monthrange(year, month)[1]))


def _weekday(found: re.Match[str], today: date) -> date | None:
    which, name = found.groups()
    monday = today - timedelta(days=today.weekday())
    day = monday + timedelta(days=_WEEKDAYS[name])
    if which in ("这", "本", "这个", "本个"):
        return day
    if which:
        return day + timedelta(weeks=which.count("下"))
    return day if day >= today else day + timedelta(weeks=1)


def _this_week(_found: re.Match[str], today: date) -> date | None:
    return today + timedelta(days=6 - today.weekday())


def _next_week(found: re.Match[str], today: date) -> date | None:
    return today + timedelta(days=6 - today.weekday() + 7 * found[1].count("下"))


def _end_of_month(found: re.Match[str], today: date) -> date | None:
    months = today.month - 1 + ((found[1] or "").count("下"))
    year, month = today.year + months // 12, months % 12 + 1
    return date(year, month, monthrange(year, month)[1])


def _day_of_month(found: re.Match[str], today: date) -> date | None:
    which, day = found.groups()
    months = today.month - 1 + (which or "").count("下")
    if not which and number(day) < today.day:
        months += 1
    return date(today.year + months // 12, months % 12 + 1, number(day))


def _end_of_year(_found: re.Match[str], today: date) -> date | None:
    return date(today.year, 12, 31)


_WAYS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], date | None]], ...] = tuple(
    (re.compile(pattern), meant)
    for pattern, meant in (
        (rf"(?:(\d{{4}})[-/.年])?{_N}[-/.月]{_N}[日号]?", _typed),
        (r"(\d{4})?(\d{2})(\d{2})", _compact),
        (r"(今天|今日|明天|明日|后天|大后天)", _spoken),
        (rf"{_N}[天日](?:之?内|以内|后|之后)", _within_days),
        (rf"{_N}(?:周|个?星期|个?礼拜)(?:之?内|以内|后|之后)", _within_weeks),
        (rf"{_N}个?月(?:之?内|以内|后|之后)", _within_months),
        (r"((?:这|本|下+)个?)?(?:周|星期|礼拜)([一二三四五六日天末])", _weekday),
        (r"(?:这|本)个?(?:周|星期|礼拜)(?:之?内|以内)?", _this_week),
        (r"(下+)个?(?:周|星期|礼拜)(?:之?内|以内)?", _next_week),
        (r"(这个?|本|下+个?)?月(?:底|末|内)", _end_of_month),
        (rf"((?:这|本|下+)个?月)?{_N}[号日]", _day_of_month),
        (r"(?:今)?年(?:底|末|内)", _end_of_year),
    )
)

"""The Chinese words of a record: dates, hours, areas and the titles of the meeting file's values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from deliberation_app import settings
from deliberation_app.domain.votes import RULES, area_text

MODES = {"onsite": "现场", "online": "线上", "hybrid": "线上线下结合"}
METHODS = {
    "show_of_hands": "举手表决",
    "roll_call": "记名表决",
    "secret_ballot": "无记名投票",
    "written": "书面表决",
    "consensus": "协商一致，不计票",
}
STATUSES = {"present": "到会", "online": "线上", "leave": "请假", "absent": "缺席"}
CAPACITIES = {"voting": "", "observing": "列席", "invited": "邀请"}
PARTY = {"full": "党员", "probationary": "预备党员", "none": "居民"}
SIDES = {"raise": "锣", "answer": "鼓", "law": "法"}
CHOICES = {"in_favour": "赞成", "against": "反对", "abstain": "弃权", "invalid": "无效"}
ROUTES = {
    "direct": "由各责任人直接组织落实。",
    "residents_body": "提交居民（村民）会议或者居民（村民）代表会议讨论决定。",
    "owners_vote": "提交业主共同决定（《中华人民共和国民法典》第二百七十八条）。",
    "upwards": "报上级研究处理。",
    "none": "会后不再另行转办。",
}
PAPER_METHODS = frozenset({"secret_ballot", "written"})
UNNAMED = "未具名"

_ENDS = ("。", "！", "？", "；", "…", ".", "!", "?", ";")
_CLOSERS = '”’）」』》)"'


def moment(text: str) -> datetime:
    """A time of the meeting file as an instant shown in UTC+08:00."""
    return datetime.fromisoformat(text).astimezone(settings.DISPLAY_ZONE)


def day(of: date) -> str:
    """2026年3月21日."""
    return f"{of.year}年{of.month}月{of.day}日"


def hour(of: datetime) -> str:
    """14时32分."""
    return f"{of.hour}时{of.minute:02d}分"


def date_and_hour(of: datetime) -> str:
    """2026年3月21日14时32分."""
    return day(of) + hour(of)


def on_the_day(of: datetime, first: date) -> str:
    """The hour alone on the day of the meeting, with its date on any other."""
    return hour(of) if of.date() == first else f"{of.month}月{of.day}日{hour(of)}"


def span(start: datetime, end: datetime | None) -> str:
    """From when to when, the day said once."""
    if end is None:
        return date_and_hour(start)
    return f"{date_and_hour(start)}至{hour(end) if start.date() == end.date() else date_and_hour(end)}"


def clock(text: str) -> str:
    """HH:MM in UTC+08:00 of a time of the meeting file; empty for none."""
    return moment(text).strftime("%H:%M") if text else ""


def area(hundredths: int) -> str:
    """Hundredths of a square metre as 4558.80平方米."""
    return f"{area_text(hundredths)}平方米"


def by_area(rule: str) -> bool:
    """Whether votes under this rule count area beside heads."""
    return rule in RULES and RULES[rule].by_area


def closed(text: str) -> str:
    """The sentence with its full stop, where it has no end mark of its own."""
    text = text.rstrip()
    return text if not text or text.rstrip(_CLOSERS).endswith(_ENDS) else f"{text}。"


def listed(values: Iterable[str], mark: str = "、") -> str:
    """The values in a row, empty ones left out."""
    return mark.join(value for value in values if value)


def text_of(values: Mapping[str, object], key: str) -> str:
    """A text of the meeting file, empty where the key is missing."""
    value = values.get(key, "")
    return value if isinstance(value, str) else ""

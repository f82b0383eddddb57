"""Who came: the paragraphs of 会议情况 and the roll that is bound to the record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from deliberation_app.domain import notices
from deliberation_app.domain.minutes_blocks import Paragraph, Table
from deliberation_app.domain.minutes_facts import Facts, MeetingFacts
from deliberation_app.domain.minutes_names import Names, role
from deliberation_app.domain.minutes_words import (
    CAPACITIES,
    MODES,
    PARTY,
    STATUSES,
    closed,
    date_and_hour,
    listed,
    moment,
    on_the_day,
    span,
    text_of,
)

# An owners' vote in writing: no list of who took part is posted, totals only (rules.md 6.1).
_NO_POSTED_ROLL = frozenset({"owners_assembly"})
_HERE = ("present", "online")
_NONE = "无。"


def opening(facts: MeetingFacts, names: Names) -> Iterator[Paragraph]:
    """会议情况: what, when, where, how, under whom, and how many came (papers.md 3.2)."""
    meeting = facts.meeting
    yield Paragraph(label="会议名称：", text=closed(text_of(meeting, "title")))
    yield Paragraph(label="会议次数：", text=closed(text_of(meeting, "number")) or "未编号。")
    yield Paragraph(label="会议类型：", text=closed(facts.kind.title))
    yield Paragraph(label="召开单位：", text=closed(_convener(facts)))
    yield Paragraph(label="会议时间：", text=closed(_time(facts)))
    yield from _sessions(facts)
    if meeting.get("notice_at"):
        sent = moment(meeting["notice_at"])
        lead = (moment(meeting["starts_at"]).date() - sent.date()).days  # lead_days of rules.md 4.3
        before = f"（会前{lead}日）" if lead else ""
        yield Paragraph(label="通知时间：", text=closed(f"{date_and_hour(sent)}{before}"))
    yield Paragraph(label="会议地点：", text=closed(text_of(meeting, "place")) or "未记。")
    if meeting.get("mode"):
        yield Paragraph(label="会议形式：", text=closed(MODES[meeting["mode"]]))
    yield Paragraph(label="主持人：", text=closed(_named(names, meeting.get("chair"))))
    yield Paragraph(label="记录人：", text=closed(_named(names, meeting.get("recorder"))))
    yield from _counts(facts, names)


def _convener(facts: MeetingFacts) -> str:
    unit = facts.document["unit"]
    above = listed(unit.get("parents", ()))
    return f"{unit['name']}（所属：{above}）" if above else text_of(unit, "name")


def _named(names: Names, id_: str | None) -> str:
    return names.with_post(id_) if id_ else "未记"


def _time(facts: MeetingFacts) -> str:
    called = moment(facts.meeting["starts_at"])
    said = span(facts.opened, facts.closed)
    late = "" if called == facts.opened else f"（原定{on_the_day(called, facts.opened.date())}）"
    return said + late + ("" if facts.closed else "开始")


def _sessions(facts: MeetingFacts) -> Iterator[Paragraph]:
    sittings = facts.meeting.get("sessions", ())
    if len(sittings) < 2:
        return
    first = facts.opened.date()
    parts = []
    for place, sitting in enumerate(sittings, start=1):
        end = f"至{on_the_day(moment(sitting['closed_at']), first)}" if sitting.get("closed_at") else "起"
        parts.append(f"第{place}段{on_the_day(moment(sitting['opened_at']), first)}{end}")
    yield Paragraph(label="会议分段：", text=closed(listed(parts, "；") + "，其间休会"))


def _counts(facts: MeetingFacts, names: Names) -> Iterator[Paragraph]:
    due = facts.attending(capacity="voting")
    here = facts.attending(capacity="voting", status=("present",))
    online = facts.attending(capacity="voting", status=("online",))
    yield Paragraph(label="应到：", text=closed(f"{len(due)}人{_apart(facts, due)}"))
    yield Paragraph(label="实到：", text=closed(f"{len(here)}人{_apart(facts, here)}"))
    if online:
        who = "" if names.posted else f"{_apart(facts, online)}：{_row(names, online)}"
        yield Paragraph(label="线上参加：", text=closed(f"{len(online)}人{who}"))
    yield from _away(facts, names)
    for label, status in (("请假：", "leave"), ("缺席：", "absent")):
        missing = facts.attending(capacity="voting", status=(status,))
        yield Paragraph(label=label, text=_missing(names, missing))
    for label, capacity in (("列席：", "observing"), ("邀请参加：", "invited")):
        guests = facts.attending(capacity=capacity, status=_HERE)
        text = f"{len(guests)}人：{_row(names, guests, post=True)}。" if guests else _NONE
        if guests or capacity == "observing":
            yield Paragraph(label=label, text=text)
    proxies = [entry for entry in facts.attending(status=_HERE) if entry.get("proxy_of")]
    if proxies:
        pairs = listed(f"{names.name(entry['person'])}代{names.name(entry['proxy_of'])}" for entry in proxies)
        yield Paragraph(label="书面委托代理：", text=f"{len(proxies)}人{'' if names.posted else f'：{pairs}'}。")


def _apart(facts: MeetingFacts, entries: Sequence[Facts]) -> str:
    """Full members with a vote and probationary members counted apart, where the kind is a Party meeting."""
    if not facts.kind.branch or not entries:
        return ""
    counted: Counter[str] = Counter()
    for entry in entries:
        person = facts.person(entry)
        party = person.get("party", "none")
        if facts.can_vote_in_branch(person):
            counted["有表决权的正式党员"] += 1
        else:
            counted[{"full": "无表决权的正式党员", "probationary": "预备党员"}.get(party, "其他人员")] += 1
    order = ("有表决权的正式党员", "无表决权的正式党员", "预备党员", "其他人员")
    return f"（其中{listed((f'{word}{counted[word]}人' for word in order if counted[word]), '，')}）"


def _row(names: Names, entries: Sequence[Facts], *, post: bool = False) -> str:
    return listed(names.with_post(entry["person"]) if post else names.name(entry["person"]) for entry in entries)


def _missing(names: Names, entries: Sequence[Facts]) -> str:
    if not entries:
        return _NONE
    if names.posted:  # illness and whereabouts are never posted
        return f"{len(entries)}人。"
    who = listed(f"{names.name(entry['person'])}（{text_of(entry, 'reason') or '未说明原因'}）" for entry in entries)
    return f"{len(entries)}人：{who}。"


def _away(facts: MeetingFacts, names: Names) -> Iterator[Paragraph]:
    """Late arrivals, early departures and absences between: they decide who is present at each vote (rules.md 1.8)."""
    if names.posted:
        return
    told: dict[str, list[str]] = {"到会较晚：": [], "提前离会：": [], "中途离场：": []}
    for entry in facts.attending(status=_HERE):
        name = names.name(entry["person"])
        if entry.get("arrived_at") and moment(entry["arrived_at"]) > facts.opened:
            told["到会较晚："].append(f"{name}（{_at(facts, entry['arrived_at'])}到会）")
        if entry.get("left_at") and (facts.closed is None or moment(entry["left_at"]) < facts.closed):
            told["提前离会："].append(f"{name}（{_at(facts, entry['left_at'])}离会）")
        told["中途离场："].extend(f"{name}（{_absence(facts, gap)}）" for gap in entry.get("away", ()))
    for label, people in told.items():
        if people:
            yield Paragraph(label=label, text=f"{listed(people)}。")


def _at(facts: MeetingFacts, text: str) -> str:
    return on_the_day(moment(text), facts.opened.date())


def _absence(facts: MeetingFacts, gap: Facts) -> str:
    end = f"至{_at(facts, gap['to'])}" if gap.get("to") else "离场，未返回"
    return f"{_at(facts, gap['from'])}{end}"


def roll(facts: MeetingFacts, names: Names) -> Table | None:
    """到会人员名册; the posted copy names only who took part, without rooms, reasons and times."""
    entries = facts.attending(status=_HERE) if names.posted else facts.attending()
    if not entries or (names.posted and facts.meeting["kind"] in _NO_POSTED_ROLL):
        return None
    rows = []
    for place, entry in enumerate(entries, start=1):
        cells = (str(place), names.name(entry["person"]), _standing(facts, entry), _home(facts, names, entry))
        rows.append((*cells, _state(entry)) if names.posted else (*cells, _state(entry), _remark(facts, names, entry)))
    columns = ("序号", "姓名", "身份", "楼栋单元" if names.posted else "单位或房号", "到会情况", "备注")
    widths = (7, 23, 25, 20, 12) if names.posted else (6, 19, 22, 17, 12, 24)
    return Table(columns=columns[: len(widths)], widths=widths, rows=tuple(rows), totals=_totals(facts))


def _standing(facts: MeetingFacts, entry: Facts) -> str:
    person = facts.person(entry)
    post = role(person) or text_of(person, "post") or PARTY[person.get("party", "none")]
    if facts.kind.branch and person.get("party") == "probationary" and "预备党员" not in post:
        return "预备党员" if post == "党员" else f"{post}、预备党员"
    return post


def _home(facts: MeetingFacts, names: Names, entry: Facts) -> str:
    household = facts.households.get(entry.get("represents") or facts.person(entry).get("household", ""), {})
    place = notices.mask_flat(text_of(household, "building"), text_of(household, "entrance"))
    return place if names.posted else place + text_of(household, "room")


def _state(entry: Facts) -> str:
    return listed((CAPACITIES[entry["capacity"]], STATUSES[entry["status"]]))


def _remark(facts: MeetingFacts, names: Names, entry: Facts) -> str:
    parts = [text_of(entry, "reason")]
    if entry.get("proxy_of"):
        parts.append(f"书面委托，代{names.name(entry['proxy_of'])}")
    if entry.get("arrived_at") and moment(entry["arrived_at"]) > facts.opened:
        parts.append(f"{_at(facts, entry['arrived_at'])}到会")
    parts.extend(_absence(facts, gap) for gap in entry.get("away", ()))
    if entry.get("left_at"):
        parts.append(f"{_at(facts, entry['left_at'])}离会")
    return listed(parts, "；")


def _totals(facts: MeetingFacts) -> str:
    numbers: list[tuple[str, int]] = [
        ("应到", len(facts.attending(capacity="voting"))),
        ("实到", len(facts.attending(capacity="voting", status=("present",)))),
        ("线上", len(facts.attending(capacity="voting", status=("online",)))),
        ("请假", len(facts.attending(capacity="voting", status=("leave",)))),
        ("缺席", len(facts.attending(capacity="voting", status=("absent",)))),
        ("列席", len(facts.attending(capacity="observing", status=_HERE))),
        ("邀请", len(facts.attending(capacity="invited", status=_HERE))),
    ]
    always = ("应到", "实到", "请假", "缺席", "列席")
    return listed((f"{word}{number}人" for word, number in numbers if number or word in always), "，")


def ending(facts: MeetingFacts) -> Paragraph:
    """散会: with it and its hour the record ends (papers.md 1)."""
    if facts.closed is None:
        return Paragraph(text="会议尚未散会。")
    return Paragraph(text=f"{date_and_hour(facts.closed)}，主持人宣布散会。")


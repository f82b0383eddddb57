"""Who came: the paragraphs of 会议情况 and the roll that is bound to the record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

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
# Owners vote at home: nobody is due in a room.
_WORDS: Mapping[str, Mapping[str, str]] = {
    "owners_assembly": {"应到": "应参加表决", "实到": "参加表决", "请假": "", "缺席": "未参加", "到会": "参加"},
}


def _word(facts: MeetingFacts, word: str) -> str:
    return _WORDS.get(facts.meeting["kind"], {}).get(word, word)


def opening(facts: MeetingFacts, names: Names) -> Iterator[Paragraph]:
    """会议情况: what, when, where, how, under whom, and how many came (papers.md 3.2)."""
    meeting = facts.meeting
    number = text_of(meeting, "number") or "未编次"
    yield Paragraph(label="会议名称：", text=closed(f"{text_of(meeting, 'title')}，{number}"))
    yield Paragraph(label="会议类型：", text=closed(listed((facts.kind.title, _mode(facts)), "，")))
    yield Paragraph(label="召开单位：", text=closed(_convener(facts)))
    yield Paragraph(label="时间：", text=closed(_time(facts)))
    yield from _sessions(facts)
    if meeting.get("notice_at"):
        sent = moment(meeting["notice_at"])
        lead = (moment(meeting["starts_at"]).date() - sent.date()).days  # lead_days of rules.md 4.3
        before = f"（会前{lead}日）" if lead else ""
        yield Paragraph(label="通知发出：", text=closed(f"{date_and_hour(sent)}{before}"))
    yield Paragraph(label="地点：", text=closed(text_of(meeting, "place")) or "未记。")
    recorder = f"记录人：{closed(_named(names, meeting.get('recorder')))}"
    yield Paragraph(label="主持人：", text=closed(_named(names, meeting.get("chair"))) + recorder)
    yield from _counts(facts, names)


def _mode(facts: MeetingFacts) -> str:
    """Where people met; owners who vote on paper at home (民法典 art. 278, 书面征求意见) meet nowhere."""
    methods = {vote["method"] for vote in facts.votes}
    if facts.meeting["kind"] == "owners_assembly" and methods == {"written"}:
        return "书面表决"
    return f"{MODES[facts.meeting['mode']]}召开" if facts.meeting.get("mode") else ""


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
    """应到、实到、线上、请假、缺席 in one sentence, as the design shows; then who came beside those due."""
    parts = [_number(facts, "应到", facts.attending(capacity="voting"))]
    if facts.unmet:
        yield Paragraph(label="到会人数：", text=closed(listed((*parts, "会议尚未召开，到会情况未登记"), "，")))
        return
    parts.append(_number(facts, "实到", facts.attending(capacity="voting", status=("present",))))
    online = facts.attending(capacity="voting", status=("online",))
    if online:
        who = "" if names.posted else f"：{_row(names, online)}"
        parts.append(f"{_number(facts, '线上参加', online)}{who}")
    for word, status in (("请假", "leave"), ("缺席", "absent")):
        parts.append(_missing(facts, names, word, facts.attending(capacity="voting", status=(status,))))
    yield Paragraph(label="到会人数：", text=closed(listed(parts, "；" if facts.kind.branch or online else "，")))
    yield from _away(facts, names)
    for label, capacity in (("列席：", "observing"), ("邀请参加：", "invited")):
        guests = facts.attending(capacity=capacity, status=_HERE)
        text = f"{len(guests)}人：{_row(names, guests, post=True)}。" if guests else _NONE
        if guests or capacity == "observing":
            yield Paragraph(label=label, text=text)
    proxies = [entry for entry in facts.attending(status=_HERE) if entry.get("proxy_of")]
    if proxies:
        pairs = listed(f"{names.name(entry['person'])}代{names.name(entry['proxy_of'])}" for entry in proxies)
        yield Paragraph(label="书面委托代理：", text=f"{len(proxies)}人{'' if names.posted else f'：{pairs}'}。")


def _number(facts: MeetingFacts, word: str, entries: Sequence[Facts]) -> str:
    return f"{_word(facts, word)}{len(entries)}人{_apart(facts, entries)}"


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


def _missing(facts: MeetingFacts, names: Names, word: str, entries: Sequence[Facts]) -> str:
    if not entries and not _word(facts, word):
        return ""
    said = f"{_word(facts, word) or word}{len(entries)}人"
    if not entries or names.posted:  # illness and whereabouts are never posted
        return said
    by_reason: dict[str, list[str]] = {}
    for entry in entries:
        by_reason.setdefault(text_of(entry, "reason") or "未说明原因", []).append(names.name(entry["person"]))
    return f"{said}（{listed((f'{listed(who)}，{reason}' for reason, who in by_reason.items()), '；')}）"


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
        cells = (str(place), names.name(entry["person"]), standing(facts, entry), home(facts, names, entry))
        state = _state(facts, entry)
        rows.append((*cells, state) if names.posted else (*cells, state, _remark(facts, names, entry)))
    columns = ("序号", "姓名", "身份", "楼栋单元" if names.posted else "单位或房号", "到会情况", "备注")
    widths = (8, 24, 31, 22, 15) if names.posted else (8, 18, 22, 21, 13, 18)
    return Table(columns=columns[: len(widths)], widths=widths, rows=tuple(rows), totals=_totals(facts))


def standing(facts: MeetingFacts, entry: Facts) -> str:
    """What somebody is in this meeting: post, else owner, Party member or resident."""
    person = facts.person(entry)
    owner = entry.get("represents") and facts.meeting["kind"] == "owners_assembly"
    unnamed = "业主" if owner else PARTY[person.get("party", "none")]
    post = role(person) or text_of(person, "post") or unnamed
    if facts.kind.branch and person.get("party") == "probationary" and "预备党员" not in post:
        return "预备党员" if post == "党员" else f"{post}、预备党员"
    return post


def home(facts: MeetingFacts, names: Names, entry: Facts) -> str:
    """The flat somebody represents or lives in; without the room in a posted copy."""
    household = facts.households.get(entry.get("represents") or facts.person(entry).get("household", ""), {})
    place = notices.mask_flat(text_of(household, "building"), text_of(household, "entrance"))
    return place if names.posted else place + text_of(household, "room")


def _state(facts: MeetingFacts, entry: Facts) -> str:
    capacity, status = CAPACITIES[entry["capacity"]], _word(facts, STATUSES[entry["status"]])
    if facts.unmet and entry["status"] == "absent":
        return capacity
    return capacity if capacity and entry["status"] == "present" else listed((capacity, status))


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
    if facts.unmet:
        return f"{_word(facts, '应到') or '应到'}{len(facts.attending(capacity='voting'))}人"
    numbers: list[tuple[str, int]] = [
        ("应到", len(facts.attending(capacity="voting"))),
        ("实到", len(facts.attending(capacity="voting", status=("present",)))),
        ("线上", len(facts.attending(capacity="voting", status=("online",)))),
        ("请假", len(facts.attending(capacity="voting", status=("leave",)))),
        ("缺席", len(facts.attending(capacity="voting", status=("absent",)))),
        ("列席", len(facts.attending(capacity="observing", status=_HERE))),
        ("邀请", len(facts.attending(capacity="invited", status=_HERE))),
    ]
    always = {_word(facts, word) for word in ("应到", "实到", "请假", "缺席", "列席")} - {""}
    told = ((_word(facts, word) or word, number) for word, number in numbers if number or _word(facts, word) in always)
    return listed((f"{word}{number}人" for word, number in told), "，")


def ending(facts: MeetingFacts) -> Paragraph:
    """散会: with it and its hour the record ends (papers.md 1)."""
    if facts.closed is None:
        return Paragraph(text="会议尚未召开。" if facts.unmet else "会议尚未散会。")
    return Paragraph(text=f"{date_and_hour(facts.closed)}，主持人宣布散会。")

"""What was treated: each entry of the agenda with its statements, options, votes, resolution and where it goes next."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from deliberation_app.domain.minutes_blocks import Block, Heading, Paragraph, Statement, Table
from deliberation_app.domain.minutes_facts import Facts, MeetingFacts
from deliberation_app.domain.minutes_names import Names
from deliberation_app.domain.minutes_votes import vote_block
from deliberation_app.domain.minutes_words import (
    ROUTES,
    SIDES,
    clock,
    closed,
    day,
    listed,
    moment,
    text_of,
)
from deliberation_app.domain.votes import numeral

CHANNELS = {
    "wish_wall": "心愿墙", "opinion_tree": "民情树", "message_board": "留言板", "reception": "接访", "visit": "走访",
    "online": "线上", "survey": "调查", "meeting": "会议提出", "other": "其他渠道",
}  # fmt: skip
_RESOLUTIONS = {
    "courtyard_consultation": "议定意见：", "council_meeting": "议定意见：", "owners_assembly": "表决结果：",
}  # fmt: skip
OUTCOMES = ("共识：", "分歧：")  # stand in a summary before what was agreed on and what was not
_OUTCOME = re.compile(rf"(?:(?<=^)|(?<=[。；\n]))\s*({'|'.join(OUTCOMES)})")
_LONGEST_CELL = 200


@dataclass(frozen=True)
class Telling:
    """What is needed to tell an entry: the facts, how people are named, and the corrected texts by key."""

    facts: MeetingFacts
    names: Names
    corrections: Mapping[str, str]

    def text(self, key: str, original: str) -> str:
        """The text under a key, as corrected."""
        return self.corrections.get(key, original)


def order_of_day(facts: MeetingFacts, names: Names) -> Iterator[Paragraph]:
    """The agenda as it was set: number, title, who presents, minutes planned."""
    for place, entry in enumerate(facts.agenda, start=1):
        presenter = names.name(entry["presenter"]) if entry.get("presenter") else ""
        minutes = f"{entry['minutes_allotted']}分钟" if entry.get("minutes_allotted") else ""
        aside = listed((presenter, minutes), "，")
        title = text_of(entry, "title")
        yield Paragraph(text=f"{place}. {title}（{aside}）" if aside else f"{place}. {title}")


def entries(telling: Telling) -> Iterator[Block]:
    """All entries in the order of the agenda."""
    told: set[str] = set()
    for place, entry in enumerate(telling.facts.agenda, start=1):
        yield Heading(text=f"（{numeral(place)}）{text_of(entry, 'title')}", level=2)
        item = entry.get("item", "")
        if item and item not in told:
            told.add(item)
            yield from _item(telling, telling.facts.items.get(item, {}))
        yield from _entry(telling, entry)


def _item(telling: Telling, item: Facts) -> Iterator[Paragraph]:
    """Where the item comes from: channel, day, who raised it; petitioners are never posted."""
    raised = day(moment(item["raised_at"])) if item.get("raised_at") else ""
    raisers = listed(telling.names.name(id_) for id_ in item.get("raised_by", ()))
    by = "" if telling.names.posted or not raisers else f"提案人：{raisers}"
    aside = listed((CHANNELS.get(item.get("channel", ""), ""), f"{raised}提出" if raised else "", by), "，")
    if item.get("title"):
        yield Paragraph(label="事项：", text=f"{item['title']}{f'（{aside}）' if aside else ''}。")
    if item.get("votable") is False:
        yield Paragraph(label="说明：", text="本事项依法应当办理，不就是否办理进行表决，只商议怎样办理。")
    before = [id_ for id_ in item.get("party_meetings", ()) if id_ != telling.facts.meeting["id"]]
    if item.get("vital_interest") and before:
        yield Paragraph(label="前置程序：", text="本事项涉及群众切身利益，会前已经党组织会议讨论。")


def _entry(telling: Telling, entry: Facts) -> Iterator[Block]:
    key = f"entry/{entry['id']}/summary"
    summary, outcome = parted(telling.text(key, text_of(entry, "summary")))
    if entry.get("presenter"):
        yield Paragraph(label="汇报人：", text=closed(telling.names.with_post(entry["presenter"])))
    if summary:
        yield Paragraph(label="情况：", text=closed(summary), key=key)
    yield from _options(telling, entry)
    yield from _statements(telling, entry)
    for vote in entry.get("votes", ()):
        yield vote_block(telling.facts, telling.names, vote)
    for label, text in outcome:
        yield Paragraph(label=label, text=text, key=key)
    if entry.get("resolution"):
        key = f"entry/{entry['id']}/resolution"
        label = _RESOLUTIONS.get(telling.facts.meeting["kind"], "决议：")
        yield Paragraph(label=label, text=closed(telling.text(key, entry["resolution"])), key=key)
    if entry.get("routing"):
        yield Paragraph(label="去向：", text=ROUTES[entry["routing"]])


def parted(summary: str) -> tuple[str, list[tuple[str, str]]]:
    """The summary, and common ground and differences that stand in it under their own words."""
    marks = list(_OUTCOME.finditer(summary))
    if not marks:
        return summary, []
    ends = [mark.start() for mark in marks[1:]] + [len(summary)]
    parts = [(mark[1], summary[mark.end() : end].strip()) for mark, end in zip(marks, ends, strict=True)]
    return summary[: marks[0].start()].strip(), parts


def _options(telling: Telling, entry: Facts) -> Iterator[Paragraph]:
    for place, option in enumerate(entry.get("options", ()), start=1):
        key = f"option/{option['id']}"
        head, colon, tail = text_of(option, "title").partition("：")
        text = text_of(option, "text")
        if not colon:
            head, tail = f"方案{numeral(place)}", head
        said = text if text.startswith(tail) and text else listed((closed(tail), text), "")
        yield Paragraph(label=f"{head}：", text=closed(telling.text(key, said)), key=key)


def _statements(telling: Telling, entry: Facts) -> Iterator[Block]:
    statements: Sequence[Facts] = entry.get("statements", ())
    if not statements and entry.get("no_statements"):
        yield Paragraph(label="发言：", text="主持人征求意见，无人发言。")
    answered = {statement["answers"] for statement in statements if statement.get("answers")}
    for statement, depth in in_order(statements):
        open_question = statement.get("side") == "raise" and statement["id"] not in answered
        yield _statement(telling, statement, depth > 0, open_question)


def in_order(statements: Sequence[Facts]) -> Iterator[tuple[Facts, int]]:
    """Each statement once, its answers and theirs directly under it; what answers nothing here keeps its place."""
    known = {statement["id"] for statement in statements}
    below: dict[str, list[Facts]] = {}
    for statement in statements:
        if statement.get("answers") in known:
            below.setdefault(statement["answers"], []).append(statement)
    told: set[str] = set()
    roots = [statement for statement in statements if statement.get("answers") not in known]
    for root in (*roots, *statements):  # the second round catches answers that go round in a circle
        waiting = [(root, 0)]
        while waiting:
            statement, depth = waiting.pop()
            if statement["id"] in told:
                continue
            told.add(statement["id"])
            yield statement, depth
            waiting.extend((answer, depth + 1) for answer in reversed(below.get(statement["id"], ())))


def _statement(telling: Telling, statement: Facts, answer: bool, open_question: bool) -> Statement:
    key = f"statement/{statement['id']}"
    side = SIDES.get(statement.get("side", ""), "")
    notes = (
        f"承诺 {until(telling.facts, statement['promised_by'])}" if statement.get("promised_by") else "",
        "保留意见，原话照记" if statement.get("dissent") else "",
        "会上未得到回应" if side and open_question else "",
    )
    return Statement(
        speaker=telling.names.speaker(statement.get("speaker", "")),
        text=telling.text(key, text_of(statement, "text")),
        time=clock(text_of(statement, "at")),
        side=side,
        answer=answer,
        note=listed(notes, " · "),
        key=key,
    )


def until(facts: MeetingFacts, text: str) -> str:
    """5月5日前, with its year where that is not the year of the meeting."""
    by = date.fromisoformat(text)
    year = "" if by.year == facts.opened.year else f"{by.year}年"
    return f"{year}{by.month}月{by.day}日前"


def promises(telling: Telling) -> Table | None:
    """承诺事项: who promised what, by when."""
    rows: list[tuple[str, ...]] = []
    for entry in telling.facts.agenda:
        for statement in entry.get("statements", ()):
            if statement.get("promised_by"):
                said = telling.text(f"statement/{statement['id']}", text_of(statement, "text"))
                who = telling.names.speaker(statement.get("speaker", ""))
                by = until(telling.facts, statement["promised_by"])
                rows.append((str(len(rows) + 1), who, _short(telling.names.unnamed(said)), by))
    if not rows:
        return None
    return Table(columns=("序号", "承诺人", "承诺内容", "期限"), widths=(8, 27, 49, 16), rows=tuple(rows))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_CELL else f"{text[:_LONGEST_CELL]}……（全文见发言）"

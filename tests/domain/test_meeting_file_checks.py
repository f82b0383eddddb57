"""Ids, references and order in time: for each rule of the meeting file, a file that breaks it and the place told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.domain.meeting_file_samples import Document, attends, id_of, person, pointers, sentences, small, spoilt, time

NOBODY = id_of("nobody")
ENTRY = "/meeting/agenda/0"


def meeting(document: Document) -> Document:
    return document["meeting"]


def entry(document: Document) -> Document:
    return document["meeting"]["agenda"][0]


def attendance(document: Document, position: int = 0) -> Document:
    return document["meeting"]["attendance"][position]


def said(document: Document, position: int = 0) -> Document:
    return entry(document)["statements"][position]


def item(document: Document, position: int = 0) -> Document:
    return document["items"][position]


def put(where: Callable[[Document], Any], **values: Any) -> Callable[[Document], object]:
    return lambda document: where(document).update(values)


def both(one: Callable[[Document], object], other: Callable[[Document], object]) -> Callable[[Document], object]:
    return lambda document: (one(document), other(document))


def second(document: Document) -> Document:
    return attendance(document, 1)


def observer(document: Document) -> Document:
    return attendance(document, 5)


def of_list(name: str) -> Callable[[Document], Any]:
    return lambda document: document[name][0]


def of_vote(document: Document) -> Document:
    return entry(document)["votes"][0]


REFERENCES: list[tuple[Callable[[Document], object], list[str]]] = [
    (put(of_list("households"), owner=NOBODY), ["/households/0/owner"]),
    (put(item, raised_by=[id_of("王一"), NOBODY]), ["/items/0/raised_by/1"]),
    (put(meeting, chair=NOBODY), ["/meeting/chair"]),
    (put(meeting, recorder=id_of("unit")), ["/meeting/recorder"]),
    (put(entry, presenter=NOBODY), [f"{ENTRY}/presenter"]),
    (put(said, speaker=NOBODY), [f"{ENTRY}/statements/0/speaker"]),
    (put(of_vote, candidates=[{"person": NOBODY, "in_favour": 1}]), [f"{ENTRY}/votes/0/candidates/0/person"]),
    (put(of_vote, recounts=[{"at": time("09:31"), "counts": {}, "by": NOBODY}]), [f"{ENTRY}/votes/0/recounts/0/by"]),
    (put(of_list("tasks"), owner=NOBODY), ["/tasks/0/owner"]),
    (put(of_list("people"), household=NOBODY), ["/people/0/household"]),
    (put(attendance, represents=id_of("王一")), ["/meeting/attendance/0/represents"]),
    (put(attendance, person=NOBODY), ["/meeting/attendance/0/person"]),
    (put(attendance, proxy_of=NOBODY), ["/meeting/attendance/0/proxy_of"]),
    (put(attendance, proxy_of=id_of("王一")), ["/meeting/attendance/0/proxy_of"]),
    (put(entry, item=NOBODY), [f"{ENTRY}/item"]),
    (put(of_list("tasks"), item=NOBODY), ["/tasks/0/item"]),
    (put(of_list("evaluations"), item=id_of("task")), ["/evaluations/0/item"]),
    (put(of_list("publications"), item=NOBODY), ["/publications/0/item"]),
    (put(lambda document: said(document, 1), answers=NOBODY), [f"{ENTRY}/statements/1/answers"]),
    (put(lambda document: said(document, 1), answers=id_of("answer")), [f"{ENTRY}/statements/1/answers"]),
    (put(lambda document: said(document, 1), side="raise"), [f"{ENTRY}/statements/1/answers"]),
    (put(of_vote, option=NOBODY), [f"{ENTRY}/votes/0/option"]),
    (put(item, votable=False), [f"{ENTRY}/votes/0"]),
    (put(item, state="merged"), ["/items/0"]),
    (put(item, merged_into=id_of("other item")), ["/items/0/merged_into"]),
    (put(item, state="merged", merged_into=NOBODY), ["/items/0/merged_into"]),
    (put(item, state="merged", merged_into=id_of("item")), ["/items/0/merged_into"]),
    (put(entry, no_statements=True), [f"{ENTRY}/no_statements"]),
    (
        put(of_vote, candidates=[{"person": id_of("王一"), "in_favour": 1}, {"person": id_of("王一"), "in_favour": 1}]),
        [f"{ENTRY}/votes/0/candidates/1/person"],
    ),
    (lambda document: meeting(document)["attendance"].append(attends("王一")), ["/meeting/attendance/6/person"]),
    (
        both(put(attendance, represents=id_of("101")), put(second, represents=id_of("101"))),
        ["/meeting/attendance/1/represents"],
    ),
    (
        both(put(attendance, proxy_of=id_of("孙五")), put(second, proxy_of=id_of("孙五"))),
        ["/meeting/attendance/1/proxy_of"],
    ),
]  # fmt: skip

IDS: list[tuple[Callable[[Document], object], list[str]]] = [
    (lambda document: document["people"].append(person("王一")), ["/people/6/id"]),
    (put(of_list("evaluations"), id=id_of("task")), ["/evaluations/0/id"]),
    (put(entry, id=id_of("unit")), [f"{ENTRY}/id"]),
    (put(meeting, id=id_of("101")), ["/meeting/id"]),
    (put(of_vote, id=id_of("asked")), [f"{ENTRY}/votes/0/id"]),
    (put(lambda document: entry(document)["options"][0], id=id_of("answer")), [f"{ENTRY}/options/0/id"]),
]

TIMES: list[tuple[Callable[[Document], object], list[str]]] = [
    (put(meeting, notice_at=time("09:01")), ["/meeting/starts_at"]),
    (put(meeting, opened_at=time("09:05"), closed_at=time("09:04")), [
        "/meeting/closed_at", f"{ENTRY}/statements/0/at", f"{ENTRY}/statements/1/at", f"{ENTRY}/votes/0/at",
    ]),
    (both(lambda document: meeting(document).pop("opened_at"), put(meeting, closed_at=time("08:59"), agenda=[])),
     ["/meeting/closed_at"]),
    (put(said, at=time("08:59")), [f"{ENTRY}/statements/0/at"]),
    (put(of_vote, at=time("11:01")), [f"{ENTRY}/votes/0/at"]),
    (put(lambda document: said(document, 1), at=time("09:09")), [f"{ENTRY}/statements/1/at"]),
    (put(lambda document: said(document, 1), promised_by="2026-08-31"), [f"{ENTRY}/statements/1/promised_by"]),
    (put(of_vote, recounts=[{"at": time("09:40"), "counts": {}}, {"at": time("09:39"), "counts": {}}]),
     [f"{ENTRY}/votes/0/recounts/1/at"]),
    (put(attendance, arrived_at=time("09:20"), left_at=time("09:19")), ["/meeting/attendance/0/left_at"]),
    (put(attendance, arrived_at=time("09:20"), away=[{"from": time("09:19"), "to": time("09:21")}]),
     ["/meeting/attendance/0/away/0/from"]),
    (put(attendance, away=[{"from": time("09:19"), "to": time("09:18")}]), ["/meeting/attendance/0/away/0/to"]),
    (put(attendance, away=[{"from": time("09:10"), "to": time("09:20")}, {"from": time("09:19")}]),
     ["/meeting/attendance/0/away/1/from"]),
    (put(attendance, away=[{"from": time("09:10")}, {"from": time("09:19")}]), ["/meeting/attendance/0/away/0"]),
    (put(attendance, left_at=time("10:00"), away=[{"from": time("09:50"), "to": time("10:01")}]),
     ["/meeting/attendance/0/away/0/to"]),
    (put(attendance, left_at=time("10:00"), away=[{"from": time("10:01")}]), ["/meeting/attendance/0/away/0/from"]),
    (put(lambda document: attendance(document, 4), arrived_at=time("09:00"), left_at=time("09:30"),
         away=[{"from": time("09:10")}]),
     [f"/meeting/attendance/4/{key}" for key in ("arrived_at", "left_at", "away")]),
    (put(attendance, status="absent", left_at=time("09:30")), ["/meeting/attendance/0/left_at"]),
    (put(lambda document: item(document, 1)["history"][1], at=time("07:59")), ["/items/1/history/1/at"]),
    (put(lambda document: item(document, 1), stage="raised"), ["/items/1/history/1/stage"]),
    (put(of_list("tasks"), done_at=time("10:00")), ["/tasks/0/done_at"]),
    (put(of_list("publications"), taken_down_on="2026-09-01"), ["/publications/0/taken_down_on"]),
    (put(lambda document: document["publications"][0]["objections"][0], answered_on="2026-09-01"),
     ["/publications/0/objections/0/answered_on"]),
]  # fmt: skip


@pytest.mark.parametrize(("spoil", "places"), IDS + REFERENCES + TIMES)
def test_each_rule_tells_the_place_where_it_is_broken(spoil: Callable[[Document], object], places: list[str]) -> None:
    assert pointers(spoilt(spoil)) == places


@pytest.mark.parametrize(
    "allow",
    [
        put(item, party_meetings=[NOBODY]),
        put(item, state="merged", merged_into=id_of("other item")),
        put(meeting, notice_at=time("09:00")),
        put(meeting, closed_at="2026-09-01T03:00:00Z"),
        put(said, at=time("09:00")),
        put(of_vote, at=time("11:00")),
        put(lambda document: said(document, 1), at=time("09:10"), promised_by="2026-09-01"),
        put(said, text="无名氏", at=time("09:00")),
        put(attendance, arrived_at=time("09:00"), left_at=time("09:00"), away=[]),
        put(attendance, away=[{"from": time("09:10"), "to": time("09:20")}, {"from": time("09:20")}]),
        put(lambda document: attendance(document, 4), away=[]),
        put(lambda document: attendance(document, 5), represents=id_of("101"), proxy_of=id_of("孙五")),
        put(of_list("tasks"), done_at=time("10:00"), state="done"),
        put(of_list("publications"), taken_down_on="2026-09-02"),
        lambda document: said(document).pop("speaker"),
        both(put(attendance, represents=id_of("101")), put(observer, represents=id_of("101"))),
    ],
)  # fmt: skip
def test_the_limits_themselves_are_allowed(allow: Callable[[Document], object]) -> None:
    assert sentences(spoilt(allow)) == []


def sessions(*spans: tuple[str, str | None]) -> list[Document]:
    return [{"opened_at": time(opened)} | ({"closed_at": time(closed)} if closed else {}) for opened, closed in spans]


@pytest.mark.parametrize(
    ("spans", "places"),
    [
        ([("09:00", "09:40"), ("10:00", "11:00")], []),
        ([("09:00", "10:00"), ("10:00", "11:00")], []),
        ([("09:01", "11:00")], ["/meeting/sessions/0/opened_at"]),
        ([("09:00", "10:59")], ["/meeting/sessions/0/closed_at"]),
        ([("09:00", "09:50"), ("09:49", "11:00")], ["/meeting/sessions/1/opened_at"]),
        ([("09:00", None), ("09:50", "11:00")], ["/meeting/sessions/0"]),
        ([("09:00", "09:50"), ("10:00", None)], ["/meeting/sessions/1"]),
        ([("09:00", "08:50"), ("09:05", "11:00")], ["/meeting/sessions/0/closed_at"]),
        ([("09:00", "09:11"), ("09:29", "11:00")], [f"{ENTRY}/statements/1/at"]),
        ([("09:00", "09:20"), ("09:31", "11:00")], [f"{ENTRY}/votes/0/at"]),
        ([("09:00", "09:12"), ("09:30", "11:00")], []),
    ],
)
def test_sessions_follow_each_other_and_hold_what_was_said(
    spans: list[tuple[str, str | None]], places: list[str]
) -> None:
    assert pointers(spoilt(put(meeting, sessions=sessions(*spans)))) == places


def test_a_meeting_that_still_sits_has_an_open_session() -> None:
    document = spoilt(put(meeting, sessions=sessions(("09:00", "09:20"), ("09:25", None))))
    del document["meeting"]["closed_at"]
    assert sentences(document) == []


def test_the_day_of_a_promise_is_that_of_china() -> None:
    document = small()
    document["meeting"].update(
        notice_at="2026-08-31T15:00:00Z", starts_at="2026-08-31T16:30:00Z", opened_at="2026-08-31T16:30:00Z"
    )
    said(document, 1)["promised_by"] = "2026-09-01"
    assert sentences(document) == []
    said(document, 1)["promised_by"] = "2026-08-31"
    assert pointers(document) == [f"{ENTRY}/statements/1/promised_by"]


def test_sentences_name_the_person_and_never_break_the_line() -> None:
    document = small()
    document["people"][0]["name"] = "王\n一\u202e"
    document["meeting"]["attendance"].append(attends("王一"))
    told = "王\\u000a一\\u202e stands twice in the attendance."
    assert sentences(document) == [("/meeting/attendance/6/person", told)]

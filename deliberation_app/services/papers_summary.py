"""The summary of a meeting, from its record: what it held and decided, with who and by when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy.orm import Session

from deliberation_app.domain import minutes_words as words
from deliberation_app.domain.minutes_facts import Facts, MeetingFacts
from deliberation_app.domain.minutes_names import Names
from deliberation_app.domain.outcome import taken_apart
from deliberation_app.papers import summary as paper
from deliberation_app.papers.document import Document
from deliberation_app.services import papers, papers_office
from deliberation_app.services.meetings import find
from deliberation_app.services.papers_asked import Asked
from deliberation_app.services.papers_item import unit_name
from deliberation_app.services.papers_posted import of_meeting
from deliberation_app.services.papers_votes import subject
from deliberation_app.storage.people import Unit


def summary(session: Session, asked: Asked) -> Sequence[Document]:
    """The summary of a meeting that decided something."""
    if asked.empty:
        unit_named = unit_name(session, asked)
        empty = paper.SummaryFacts(unit=unit_named, meeting="", number="", date="", occasion="", matters=(), present="")
        return (paper.compose(empty),)
    if asked.meeting is None:
        return ()
    found = papers.source(session, asked.meeting)
    facts = MeetingFacts(found.told, found.judged)
    unit = session.get_one(Unit, find(session, asked.meeting).unit_id)
    others = found.others if asked.posted else ()
    names = Names(facts.people, posted=asked.posted, openly=_openly(facts), unit=unit.name, others=others)
    matters = tuple(_matters(facts, names))
    if not matters:
        return ()
    number = words.text_of(facts.meeting, "number")
    office = papers_office.of(unit)
    composed = paper.SummaryFacts(
        unit=unit.name, meeting=facts.meeting["title"], number=_issue(number), meeting_number=number,
        date=words.day(facts.closed or facts.opened), occasion=_occasion(facts, names, unit.name), matters=matters,
        present=_people(facts, names, "voting", ("present", "online")),
        excused=_people(facts, names, "voting", ("leave",)),
        observing=words.listed((_people(facts, names, "observing", ("present", "online")),
                                _people(facts, names, "invited", ("present", "online")))),
        copies_to=office.copies_to, red_head=office.red_head, posted=asked.posted,
    )  # fmt: skip
    document = paper.compose(composed)
    return (of_meeting(session, asked.meeting, document) if asked.posted else document,)


def _issue(number: str) -> str:
    """（第3次） of 〔2026〕第3次: the form of a 纪要 has no year in its number."""
    found = re.search(r"第\d+[号次期]", number)
    return f"（{found[0] if found else number}）" if number else ""


def _openly(facts: MeetingFacts) -> frozenset[str]:
    return frozenset({facts.meeting.get("chair", ""), facts.meeting.get("recorder", "")})


def _occasion(facts: MeetingFacts, names: Names, unit: str) -> str:
    place, chair = words.text_of(facts.meeting, "place"), facts.meeting.get("chair")
    where = f"在{place}" if place else ""
    led = f"，会议由{names.with_post(chair)}主持" if chair else ""
    title = facts.meeting["title"]
    first, last = words.day(facts.opened), words.day(facts.closed or facts.opened)
    days = first if first == last else f"{first}至{last}"
    return f"{days}，{unit}{where}召开{title}{led}。现将会议议定事项纪要如下。"


def _matters(facts: MeetingFacts, names: Names) -> Iterator[paper.Decided]:
    # what is to be done on an item stands once, below the last that was decided on it
    last = {entry.get("item"): entry for entry in facts.agenda if words.text_of(entry, "resolution")}
    for entry in facts.agenda:
        resolution = names.veil_text(words.text_of(entry, "resolution"))
        if resolution:
            _, common, _ = taken_apart(words.text_of(entry, "summary"))
            lines = tuple(words.closed(line) for line in resolution.splitlines() if line.strip())
            yield paper.Decided(
                title=names.veil_text(subject(entry)), held=names.veil_text(words.closed(common)),
                decided=lines, tasks=tuple(_tasks(facts, names, entry)) if last.get(entry.get("item")) is entry else (),
            )  # fmt: skip


def _tasks(facts: MeetingFacts, names: Names, entry: Facts) -> Iterator[str]:
    """What is to be done on the item of this entry: who, what, by when."""
    for task in facts.document.get("tasks", ()):
        if entry.get("item") and task["item"] == entry["item"]:
            owner = names.name(task["owner"]) if task.get("owner") else words.text_of(task, "owner_unit")
            due = words.day(date.fromisoformat(task["due"])) if task.get("due") else ""
            told = words.listed((f"责任人：{owner}" if owner else "", f"时限：{due}前" if due else ""), "，")
            yield words.closed(names.veil_text(task["title"]).rstrip("。") + (f"（{told}）" if told else ""))


def _people(facts: MeetingFacts, names: Names, capacity: str, status: tuple[str, ...]) -> str:
    return words.listed(names.name(entry["person"]) for entry in facts.attending(capacity=capacity, status=status))

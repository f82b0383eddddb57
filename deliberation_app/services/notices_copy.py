"""The copies of a notice that is still a draft: a text proposed from the records, and the paper, plain or masked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from deliberation_app.domain import evaluation
from deliberation_app.domain import minutes_words as words
from deliberation_app.domain.notices_periods import PERIODS
from deliberation_app.papers import posting as paper
from deliberation_app.papers.document import Document
from deliberation_app.services.agenda_facts import responses_of
from deliberation_app.services.calendar_days import edits
from deliberation_app.services.papers_item import ABOUT, decided_in
from deliberation_app.services.papers_office import objections_to
from deliberation_app.services.papers_posted import Veil
from deliberation_app.storage.agenda import AgendaItem
from deliberation_app.storage.evaluation import Evaluation
from deliberation_app.storage.meetings import AgendaEntry, Meeting
from deliberation_app.storage.notices import NoticeDraft
from deliberation_app.storage.people import Unit
from deliberation_app.storage.tasks import Task

_UNITS = {"days": "日", "working_days": "个工作日"}
_SAID = ("label", "text", "name", "date")


def proposed(session: Session, item: AgendaItem, about: str | None) -> str:
    """A first text from the records: what was decided and by which count, or what was done and how it was judged."""
    title = f"关于“{item.title}”{ABOUT.get(about or '', '有关事项')}的公示"
    lines = list(dict.fromkeys(_done(session, item) if about == "outcome" else _decided(session, item)))
    return "\n".join([title, *(lines or ["（在此写明公示内容。）"])])


def _decided(session: Session, item: AgendaItem) -> Iterator[str]:
    query = select(AgendaEntry, Meeting).join(Meeting, Meeting.id == AgendaEntry.meeting_id)
    query = query.where(AgendaEntry.item_id == item.id, AgendaEntry.resolution.is_not(None))
    found = session.execute(query.order_by(Meeting.starts_at.desc(), AgendaEntry.position)).all()
    for entry, meeting in found:
        if meeting.id == found[0][1].id:
            yield f"{words.day(meeting.starts_at)}{meeting.title}，“{entry.title}”：{entry.resolution}"


def _done(session: Session, item: AgendaItem) -> Iterator[str]:
    query = select(Task).where(Task.item_id == item.id, Task.state == "done").order_by(Task.done_at, Task.id)
    for task in session.scalars(query):
        on = f"，{words.day(task.done_at)}完成" if task.done_at is not None else ""
        yield f"{task.title}{on}。"
    latest = select(Evaluation).where(Evaluation.item_id == item.id).order_by(Evaluation.held_on.desc()).limit(1)
    survey = session.scalars(latest).first()
    if survey is not None:
        rate = evaluation.rate(responses_of(survey))
        yield f"{words.day(survey.held_on)}满意度测评：{rate.formula}（严口径）。"


def document(session: Session, kept: NoticeDraft, day: date, veil: Veil | None) -> Document:
    """The posted copy of a draft; without a veil as it was written.

    What is written about people is veiled; the office to object to is named in full (rules.md 6.1).
    """
    item, unit = session.get_one(AgendaItem, kept.item_id), session.get_one(Unit, kept.unit_id)
    period = PERIODS[kept.period]
    head, _break, rest = kept.text.partition("\n")
    what = ABOUT.get(kept.about or "", "有关事项")
    held = decided_in(session, item.id, day).strip("（）")
    facts = paper.PostingFacts(
        unit=unit.name, subject=f"“{item.title}”", reason=f"{item.title}的{what}，依照规定予以公示。",
        ground=f"{held}的决议。" if held else "", text=rest.strip() or head, starts_on=words.day(day),
        ends_on=words.day(period.last_day(day, kept.days, edits(session, kept.unit_id))),
        days=f"{kept.days}{_UNITS[period.unit]}", place=kept.place or "＿＿＿＿", objections_to=objections_to(unit),
        number=item.number or "",
    )  # fmt: skip
    if veil is not None:
        facts = replace(
            facts, subject=veil.text(facts.subject), reason=veil.text(facts.reason), ground=veil.text(facts.ground),
            text=veil.text(facts.text), place=veil.text(facts.place),
        )  # fmt: skip
    return paper.compose(facts)


def texts(made: Document) -> list[str]:
    """The lines of a paper in reading order, one for each text, paragraphs of several lines apart."""
    found = [made.mark, made.title]
    for block in made.blocks:
        told = [
            str(getattr(block, field.name))
            for field in fields(block)
            if field.name in ("label", "text", "name", "date")
        ]
        found += [line for text in told if text for line in text.split("\n")]
    return found

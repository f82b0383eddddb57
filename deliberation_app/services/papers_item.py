"""The papers about an item, from the records: opinion sheet, postings, tasks, satisfaction."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import UTC, date, datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from deliberation_app.domain import evaluation
from deliberation_app.domain import minutes_words as words
from deliberation_app.domain.agenda import CHANNELS, STATES
from deliberation_app.domain.calendar_days import period_end
from deliberation_app.domain.evaluation import ANSWERS
from deliberation_app.domain.voices import URGENCIES
from deliberation_app.papers import opinion_sheet as opinion_paper
from deliberation_app.papers import posting as posting_paper
from deliberation_app.papers import satisfaction_count as count_paper
from deliberation_app.papers import satisfaction_form as form_paper
from deliberation_app.papers.document import Document
from deliberation_app.services import papers_office
from deliberation_app.services.agenda_facts import day_unit, line_for, line_of, responses_of
from deliberation_app.services.calendar_days import edits
from deliberation_app.services.papers_asked import Asked
from deliberation_app.services.papers_posted import Veil
from deliberation_app.settings import DISPLAY_ZONE
from deliberation_app.storage.agenda import AgendaItem, ItemRaiser
from deliberation_app.storage.evaluation import Evaluation
from deliberation_app.storage.meetings import AgendaEntry, Meeting
from deliberation_app.storage.notices import Publication
from deliberation_app.storage.people import Household, Person, Unit
from deliberation_app.storage.tasks import Task
from deliberation_app.storage.voices import Voice

ABOUT = {"decision": "决定", "outcome": "结果", "candidate": "对象", "account": "收支"}


def items(session: Session, asked: Asked) -> list[AgendaItem]:
    """The items that are asked about: one, or all of the meeting in the order of its agenda."""
    if asked.item is not None:
        kept = session.get(AgendaItem, asked.item)
        return [kept] if kept is not None else []
    if asked.meeting is None:
        return []
    query = select(AgendaItem).join(AgendaEntry, AgendaEntry.item_id == AgendaItem.id)
    rows = session.scalars(query.where(AgendaEntry.meeting_id == asked.meeting).order_by(AgendaEntry.position))
    return list(dict.fromkeys(rows))


def unit_name(session: Session, asked: Asked, item: AgendaItem | None = None) -> str:
    """The unit a paper is of: the item's, the meeting's, the one asked for."""
    meeting = session.get(Meeting, asked.meeting) if asked.meeting is not None else None
    key = item.unit_id if item is not None else meeting.unit_id if meeting is not None else asked.unit
    if key is not None:
        return session.get_one(Unit, key).name
    known = session.scalars(select(Unit.name).limit(2)).all()
    return known[0] if len(known) == 1 else ""  # an empty form of a unit among many is for any of them


def day(value: date | datetime | None) -> str:
    """A day as it is printed, nothing for none."""
    if value is None:
        return ""
    return words.day(value.astimezone(DISPLAY_ZONE).date() if isinstance(value, datetime) else value)


def opinion_sheet(session: Session, asked: Asked) -> Sequence[Document]:
    """One sheet an item, or an empty one."""
    if asked.empty:
        return (opinion_paper.compose(opinion_paper.OpinionSheetFacts(unit=unit_name(session, asked))),)
    return tuple(opinion_paper.compose(_sheet(session, asked, item)) for item in items(session, asked))


def _sheet(session: Session, asked: Asked, item: AgendaItem) -> opinion_paper.OpinionSheetFacts:
    raisers = _raisers(session, item.id)
    first, home = raisers[0] if raisers else (None, None)
    tasks = session.scalars(select(Task).where(Task.item_id == item.id).order_by(Task.due.nulls_first(), Task.id)).all()
    latest = max((task.due for task in tasks if task.due is not None), default=None)
    state = item.state or "active"
    refused = STATES[state].title + (f"：{item.state_reason}" if item.state_reason else "")
    said = _first_voice(session, item)
    hidden = said is not None and bool(said.confidential)
    return opinion_paper.OpinionSheetFacts(
        unit=unit_name(session, asked, item), number=item.number or "", raised_on=day(item.raised_at),
        channel=CHANNELS[item.channel].title if item.channel and item.channel in CHANNELS else "",
        raiser=raised_by(session, item),
        address="" if hidden else _door(home), category=item.category or "",
        phone=(first.phone or "") if first is not None and not hidden else "",
        text=words.listed((item.title, item.background or ""), "\n"),
        listed="■列入　□不列入" if state == "active" else f"□列入　■不列入，理由：{refused}",
        handler=words.listed(dict.fromkeys(owner_named(session, task) for task in tasks)), due=day(latest),
        result=_done(tasks), **_said(said),
    )  # fmt: skip


def _done(tasks: Sequence[Task]) -> str:
    """What came of an item: of its one task the note, of several which are done since when."""
    if len(tasks) == 1:
        return (tasks[0].note or "") if tasks[0].state == "done" else ""
    done = [task for task in tasks if task.state == "done"]
    told = [f"{task.title}（{f'{day(task.done_at)}完成' if task.done_at else '已完成'}）。" for task in done]
    rest = sum(task.state not in ("done", "dropped") for task in tasks)
    return "\n".join([*told, f"其余{rest}件正在办理。"] if told and rest else told)


def _first_voice(session: Session, item: AgendaItem) -> Voice | None:
    return session.scalars(select(Voice).where(Voice.item_id == item.id).order_by(Voice.received_at, Voice.id)).first()


def raised_by(session: Session, item: AgendaItem) -> str:
    """Who raised an item, as filed papers say it; nobody is named who came in confidence."""
    said = _first_voice(session, item)
    if said is not None and said.confidential:
        return "保密"
    return words.listed(person.name for person, _ in _raisers(session, item.id)) or "未署名"


def _said(voice: Voice | None) -> dict[str, str]:
    """What is known from the voice that became the item: wish, urgency, who took it in, when it was answered."""
    if voice is None:
        return {}
    urgency = URGENCIES[voice.urgency].title if voice.urgency and voice.urgency in URGENCIES else ""
    content = ANSWERS[voice.satisfied][0] if voice.satisfied and voice.satisfied in ANSWERS else ""
    return {
        "wish": voice.wish or "", "urgency": urgency, "satisfaction": content, "told_on": day(voice.told_at),
        "received": words.listed((voice.received_by or "", day(voice.received_at))),
    }  # fmt: skip


def _raisers(session: Session, item_id: uuid.UUID) -> list[tuple[Person, Household | None]]:
    query = (
        select(Person, Household)
        .join(ItemRaiser, ItemRaiser.person_id == Person.id)
        .outerjoin(Household, Household.id == Person.household_id)
        .where(ItemRaiser.item_id == item_id)
        .order_by(ItemRaiser.position)
    )
    return [(person, home) for person, home in session.execute(query)]


def _door(home: Household | None) -> str:
    return "" if home is None else f"{home.courtyard}{home.building}{home.entrance or ''}{home.room}"


def owner_named(session: Session, task: Task | None) -> str:
    """Who answers for a task: a person, a unit, or both."""
    if task is None:
        return ""
    person = session.get(Person, task.owner_id) if task.owner_id is not None else None
    return words.listed((person.name if person is not None else "", task.owner_unit or ""), "，")


def decided_in(session: Session, item_id: uuid.UUID, until: date = date.max) -> str:
    """The last meeting until a day that dealt with the item and is closed."""
    after = datetime.combine(until, time.max, DISPLAY_ZONE).astimezone(UTC) if until < date.max else None
    query = select(Meeting).join(AgendaEntry, AgendaEntry.meeting_id == Meeting.id)
    query = query.where(AgendaEntry.item_id == item_id, Meeting.closed_at.is_not(None))
    if after is not None:
        query = query.where(Meeting.closed_at <= after)
    meeting = session.scalars(query.order_by(Meeting.starts_at.desc(), Meeting.id)).first()
    return f"（{day(meeting.starts_at)}{meeting.title}）" if meeting is not None else ""


def veiled(session: Session, asked: Asked, item: AgendaItem, document: Document) -> Document:
    """A paper of an item as it may be posted where that is asked for, else as it is."""
    return Veil(session, item.unit_id).over(document) if asked.posted else document


def posting(session: Session, asked: Asked) -> Sequence[Document]:
    """Each publication of the items; while there is none yet, an empty one for the item."""
    found: list[Document] = []
    for item in items(session, asked):
        rows = session.scalars(
            select(Publication).where(Publication.item_id == item.id).order_by(Publication.posted_on, Publication.id)
        )
        told = [_post(session, asked, item, row) for row in rows]
        if asked.posted:  # the office to object to is named in full
            veil = Veil(session, item.unit_id)
            told = [veil.facts(one, but=("objections_to", "unit", "number")) for one in told]
        found += [posting_paper.compose(one) for one in told]
    if not found and asked.empty:
        unit = unit_name(session, asked)
        found.append(posting_paper.compose(_blank_post(unit)))
    return tuple(found)


def _blank_post(unit: str) -> posting_paper.PostingFacts:
    line = "＿" * 26
    return posting_paper.PostingFacts(
        unit=unit, subject="＿" * 8, reason=line, ground=line, text="\n".join((line,) * 4), starts_on="", ends_on="",
        days="＿＿日", place="", objections_to="受理人：＿＿＿＿＿　电话：＿＿＿＿＿＿＿＿\n地点：＿＿＿＿＿＿＿＿＿＿",
    )  # fmt: skip


def _post(session: Session, asked: Asked, item: AgendaItem, row: Publication) -> posting_paper.PostingFacts:
    unit = session.get_one(Unit, item.unit_id)
    ends = period_end(row.posted_on, row.days, day_unit(row.period), edits(session, item.unit_id))
    what = f"{item.title}的{ABOUT.get(row.about or '', '有关事项')}"
    return posting_paper.PostingFacts(
        unit=unit.name, subject=f"“{item.title}”", reason=f"{what}，依照规定予以公示。",
        ground=_ground(session, item.id, row.posted_on), text=(asked.posted and row.posted_text) or row.text,
        starts_on=day(row.posted_on), ends_on=day(ends),
        days=f"{row.days}日", place=row.place or "", objections_to=papers_office.objections_to(unit),
        number=item.number or "",
        posted=asked.posted, taken_down=day(row.taken_down_on),
        objections=tuple((str(one.get("text") or ""), str(one.get("answer") or "")) for one in row.objections or ()),
    )  # fmt: skip


def _ground(session: Session, item_id: uuid.UUID, posted_on: date) -> str:
    held = decided_in(session, item_id, posted_on).strip("（）")
    return f"{held}的决议。" if held else ""


def satisfaction_form(session: Session, asked: Asked) -> Sequence[Document]:
    """The form for each item, or an empty one."""
    if asked.empty:
        return (form_paper.compose(form_paper.SatisfactionFormFacts(unit=unit_name(session, asked))),)
    return tuple(
        form_paper.compose(
            form_paper.SatisfactionFormFacts(unit=unit_name(session, asked, item), subject=item.title)
        )
        for item in items(session, asked)
    )  # fmt: skip


def satisfaction_count(session: Session, asked: Asked) -> Sequence[Document]:
    """Each survey of the items as counted, or an empty form."""
    if asked.empty:
        return (count_paper.compose(_blank_count(unit_name(session, asked))),)
    found: list[Document] = []
    for item in items(session, asked):
        query = select(Evaluation).where(Evaluation.item_id == item.id).order_by(Evaluation.held_on, Evaluation.id)
        for row in session.scalars(query):
            found.append(veiled(session, asked, item, count_paper.compose(_count(session, asked, item, row))))
    return tuple(found)


def _blank_count(unit: str) -> count_paper.SatisfactionCountFacts:
    return count_paper.SatisfactionCountFacts(
        unit=unit, subject="", date="", issued="", returned="", valid="", invalid="",
        answers=tuple((title, "") for title, _name in ANSWERS.values()), strict="", wide="",
    )  # fmt: skip


def _count(session: Session, asked: Asked, item: AgendaItem, row: Evaluation) -> count_paper.SatisfactionCountFacts:
    answers = responses_of(row)
    line = line_for(row, line_of(session.get(Unit, item.unit_id)))
    told, outcome = "本单位未设", ""
    if line is not None:
        basis, numerator, denominator = line
        reached = evaluation.rate(answers, basis).reaches(numerator, denominator)
        told = f"{'严' if basis == 'strict' else '宽'}口径不低于{numerator}/{denominator}"
        outcome = "达到达标线。" if reached else "低于达标线，退回再议。"
    return count_paper.SatisfactionCountFacts(
        unit=unit_name(session, asked, item), subject=item.title, date=day(row.held_on),
        issued=f"{row.invited}份" if row.invited is not None else "", returned=f"{answers.returned}份",
        valid=f"{answers.valid}份", invalid=f"{answers.invalid}份",
        answers=tuple((title, str(getattr(answers, key))) for key, (title, _name) in ANSWERS.items()),
        strict=evaluation.rate(answers, "strict").formula, wide=evaluation.rate(answers, "wide").formula, line=told,
        outcome=outcome, groups=evaluation.table(row.aspects, row.groups),
        group_columns=("分项、类别", *(title for title, _name in ANSWERS.values()), "无效"),
        comments=tuple(str(one) for one in row.comments or ()), number=item.number or "",
        posted=asked.posted,
    )  # fmt: skip

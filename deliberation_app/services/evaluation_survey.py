"""Forms that are out: the line set before, counted one by one or as totals, closed into a survey with its rates."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from deliberation_app.domain import calendar, evaluation
from deliberation_app.domain.evaluation import ANSWERS, ASPECTS, OVERALL, Basis, Rate, Responses
from deliberation_app.errors import N_, NotFound, RuleBroken
from deliberation_app.services.act import Act
from deliberation_app.services.agenda_facts import line_of
from deliberation_app.services.agenda_item import gone
from deliberation_app.services.evaluation import told_line, write
from deliberation_app.services.work import Work
from deliberation_app.storage.agenda import AgendaItem
from deliberation_app.storage.base import new_id
from deliberation_app.storage.evaluation import Evaluation, Survey, SurveyForm
from deliberation_app.storage.people import Unit

Line = tuple[Basis, int, int]


@dataclass(frozen=True)
class Tally:
    """A survey while it is counted: sums by aspect and group, both rates, and the form counted last."""

    survey: Survey
    item_title: str
    item_number: str | None
    forms: int
    by_aspect: Mapping[str, Responses]
    by_group: Mapping[str, Responses]
    last: SurveyForm | None
    strict: Rate
    wide: Rate
    line: Line | None

    @property
    def overall(self) -> Responses:
        """What the rates are of."""
        return self.by_aspect[OVERALL]


@dataclass(frozen=True)
class Out:
    """A survey whose forms are out."""

    survey: Survey
    item_title: str
    item_number: str | None
    counted: int


def line(work: Work, unit_id: uuid.UUID) -> Line | None:
    """The unit's line below which an item goes back, None while it has set none."""
    with work.read() as session:
        return line_of(session.get(Unit, unit_id))


def set_line(work: Work, unit_id: uuid.UUID, basis: Basis, percent: int | None) -> None:
    """Set the line in whole percent, or take it away; forms that are out keep the line they went out with."""
    if percent is not None and not 1 <= percent <= 100:
        raise RuleBroken(N_("The line is between 1 and 100 percent. Nothing was changed."))
    with work.act("evaluation.line") as act:
        unit = act.get_one(Unit, unit_id)
        told = {key: value for key, value in (unit.settings or {}).items() if key != "satisfaction_line"}
        if percent is not None:
            told["satisfaction_line"] = {"basis": basis, "numerator": percent, "denominator": 100}
        unit.settings = told


def begin(
    work: Work,
    item_id: uuid.UUID,
    *,
    groups: Sequence[str] = (),
    aspects: Sequence[str] = (OVERALL,),
    issued: int | None = None,
) -> uuid.UUID:
    """Hand out the forms about an item; the line in force now is kept with them. The answer is the survey's id."""
    named = list(dict.fromkeys(one.strip() for one in groups if one.strip()))
    asked = [key for key in ASPECTS if key == OVERALL or key in aspects]
    with work.act("evaluation.begin") as act:
        item = act.get(AgendaItem, item_id)
        if item is None:
            raise gone()
        if item.stage in ("raised", "discussed"):
            raise RuleBroken(N_("“{title}” is not decided yet; there is nothing to score."), title=item.title)
        if _open_of(act, item_id) is not None:
            raise RuleBroken(N_("Forms about “{title}” are out already; count those first."), title=item.title)
        kept = Survey(
            id=new_id(), unit_id=item.unit_id, item_id=item_id, begun_at=act.now, issued=_issued(issued), groups=named,
            aspects=asked, line=told_line(line_of(act.get(Unit, item.unit_id))),
        )  # fmt: skip
        act.add(kept)
    return kept.id


def set_issued(work: Work, survey_id: uuid.UUID, issued: int | None) -> None:
    """Say how many forms went out."""
    with work.act("evaluation.begin") as act:
        _counting(act, survey_id).issued = _issued(issued)


def count_form(work: Work, survey_id: uuid.UUID, answers: Mapping[str, str | None], group: str | None = None) -> int:
    """Count one form: an answer for each aspect, None where that line is invalid; how many are counted now."""
    with work.act("evaluation.form") as act:
        kept = _counting(act, survey_id)
        if set(answers) != set(kept.aspects) or any(one is not None and one not in ANSWERS for one in answers.values()):
            raise ValueError(answers)
        if group is not None and group not in kept.groups:
            raise RuleBroken(N_("“{group}” is none of the groups of this survey."), group=group)
        last = select(func.coalesce(func.max(SurveyForm.position), 0)).where(SurveyForm.survey_id == survey_id)
        position = (act.scalar(last) or 0) + 1
        act.add(SurveyForm(id=new_id(), survey_id=survey_id, position=position, group=group, answers=dict(answers),
                           counted_at=act.now, counted_by=work.user_name or None))  # fmt: skip
    return position


def take_back(work: Work, survey_id: uuid.UUID) -> None:
    """Take back the form counted last."""
    with work.act("evaluation.take_back") as act:
        _counting(act, survey_id)
        last = _last(act, survey_id)
        if last is None:
            raise RuleBroken(N_("No form has been counted yet."))
        act.delete(last)


def type_totals(work: Work, survey_id: uuid.UUID, aspect: str, totals: Responses, group: str | None = None) -> None:
    """Enter forms that were counted by hand as sums; they are added to those counted one by one."""
    names = (*ANSWERS, "invalid")
    if min(getattr(totals, name) for name in names) < 0:
        raise RuleBroken(N_("A number of forms cannot be below 0."))
    with work.act("evaluation.totals") as act:
        kept = _counting(act, survey_id)
        typed = {key: dict(value) for key, value in (kept.typed or {}).items()}
        told = {name: getattr(totals, name) for name in names if getattr(totals, name)}
        typed.setdefault(group or "", {})[aspect] = told
        kept.typed = typed


def comment(work: Work, survey_id: uuid.UUID, comments: Sequence[str]) -> None:
    """Write down what was written on the forms."""
    with work.act("evaluation.comment") as act:
        _counting(act, survey_id).comments = [one.strip() for one in comments if one.strip()] or None


def close(work: Work, survey_id: uuid.UUID, held_on: date | None = None) -> uuid.UUID:
    """Close the counting: the survey is held against the line it went out with. The answer is the counted survey."""
    with work.act("evaluation.close") as act:
        kept = _counting(act, survey_id)
        by_aspect, by_group = _sums(act, kept)
        made = Evaluation(id=new_id(), item_id=kept.item_id, line=kept.line)
        day = held_on or calendar.day_of(act.now)
        write(act, made, day, by_aspect[OVERALL], kept.issued, [str(one) for one in kept.comments or ()])
        made.groups = {name: _told(one) for name, one in by_group.items() if name} or None
        made.aspects = {name: _told(one) for name, one in by_aspect.items() if name != OVERALL} or None
        act.add(made)
        kept.evaluation_id, kept.closed_at = made.id, act.now
    return made.id


def cancel(work: Work, survey_id: uuid.UUID) -> None:
    """Call the forms back: survey and counted forms go."""
    with work.act("evaluation.cancel") as act:
        kept = _counting(act, survey_id)
        for form in act.scalars(select(SurveyForm).where(SurveyForm.survey_id == survey_id)):
            act.delete(form)
        act.delete(kept)


def out(work: Work, unit_id: uuid.UUID) -> list[Out]:
    """The surveys whose forms are out, the oldest first."""
    counted = select(func.count()).where(SurveyForm.survey_id == Survey.id).scalar_subquery()
    query = select(Survey, AgendaItem.title, AgendaItem.number, counted).join(
        AgendaItem, AgendaItem.id == Survey.item_id
    )
    query = query.where(Survey.unit_id == unit_id, Survey.closed_at.is_(None)).order_by(Survey.begun_at, Survey.id)
    with work.read() as session:
        return [Out(kept, title, number, forms) for kept, title, number, forms in session.execute(query)]


def tally(work: Work, survey_id: uuid.UUID) -> Tally:
    """A survey with its running sums."""
    with work.read() as session:
        kept = session.get(Survey, survey_id)
        if kept is None:
            raise _gone()
        item = session.get_one(AgendaItem, kept.item_id)
        by_aspect, by_group = _sums(session, kept)
        forms = session.scalar(select(func.count()).where(SurveyForm.survey_id == survey_id)) or 0
        last = _last(session, survey_id)
    overall, told = by_aspect[OVERALL], kept.line
    return Tally(
        kept, item.title, item.number, forms, by_aspect, by_group, last, evaluation.rate(overall),
        evaluation.rate(overall, "wide"), (told["basis"], told["numerator"], told["denominator"]) if told else None,
    )  # fmt: skip


def _sums(session: Session, kept: Survey) -> tuple[dict[str, Responses], dict[str, Responses]]:
    """Sums by aspect, and by group of the overall answer; what was typed is added to what was counted."""
    query = select(SurveyForm.group, SurveyForm.answers).where(SurveyForm.survey_id == kept.id)
    forms = session.execute(query).all()
    typed = {group: {key: Responses(**told) for key, told in one.items()} for group, one in (kept.typed or {}).items()}
    by_aspect = {}
    for aspect in kept.aspects:
        told = [one[aspect] for one in typed.values() if aspect in one]
        by_aspect[aspect] = evaluation.added(evaluation.of_choices(one.get(aspect) for _group, one in forms), *told)
    names = [*kept.groups, *([""] if kept.groups and ("" in typed or any(not group for group, _one in forms)) else [])]
    by_group = {}
    for name in names:
        counted = evaluation.of_choices(one.get(OVERALL) for group, one in forms if (group or "") == name)
        by_group[name] = evaluation.added(counted, typed.get(name, {}).get(OVERALL, Responses()))
    return by_aspect, by_group


def _told(responses: Responses) -> dict[str, Any]:
    names = (*ANSWERS, "invalid")
    return {name: getattr(responses, name) for name in names if getattr(responses, name)}


def _issued(issued: int | None) -> int | None:
    if issued is not None and issued < 1:
        raise RuleBroken(N_("At least one form goes out. Nothing was changed."))
    return issued


def _open_of(session: Session, item_id: uuid.UUID) -> Survey | None:
    return session.scalars(select(Survey).where(Survey.item_id == item_id, Survey.closed_at.is_(None))).first()


def _last(session: Session, survey_id: uuid.UUID) -> SurveyForm | None:
    query = select(SurveyForm).where(SurveyForm.survey_id == survey_id)
    return session.scalars(query.order_by(SurveyForm.position.desc()).limit(1)).first()


def _counting(act: Act, survey_id: uuid.UUID) -> Survey:
    kept = act.get(Survey, survey_id)
    if kept is None:
        raise _gone()
    if kept.closed_at is not None:
        raise RuleBroken(N_("The counting of this survey is closed; change the counted survey instead."))
    return kept


def _gone() -> NotFound:
    return NotFound(N_("This survey is not here any more; perhaps it was taken back on another computer."))

"""The evidence behind each stage: one entry a piece, with its predicate, its sentences and its clause."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from deliberation_app.domain.agenda_facts import ItemFacts
from deliberation_app.domain.calendar import day_of
from deliberation_app.domain.votes_law import BRANCH, CIVIL_CODE, RESIDENTS
from deliberation_app.errors import N_, AppError

PROCEDURE = "提议决评享议事流程"


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """One piece of evidence; `there` and `missing` are English sources, `helps` is the act that supplies it."""

    id: str
    title: str
    clause: str
    met: Callable[[ItemFacts], bool]
    there: str
    missing: str
    helps: str
    detail: Callable[[ItemFacts], AppError | None] = lambda facts: None
    applies: Callable[[ItemFacts], bool] = lambda facts: True


@dataclass(frozen=True)
class EvidenceState:
    """A piece of evidence held against an item: what is said about it, and whether it is there."""

    id: str
    sentence: AppError
    met: bool
    detail: AppError | None
    clause: str
    helps: str


def _source(facts: ItemFacts) -> AppError | None:
    if facts.raised_at is None:
        return None
    day = day_of(facts.raised_at)
    if not facts.raised_by:
        return AppError(N_("{month}/{day}, without a name"), month=day.month, day=day.day)
    return AppError(N_("{month}/{day}, raised by {people}"), month=day.month, day=day.day, people=facts.raised_by)


def _notice(facts: ItemFacts) -> AppError | None:
    if not facts.notices:
        return AppError(N_("discussed within 48 hours of being raised")) if facts.at_once else None
    day = day_of(facts.notices[-1].at)
    return AppError(N_("for the meeting of {month}/{day}"), month=day.month, day=day.day)


def _discussion(facts: ItemFacts) -> AppError | None:
    if not facts.discussions:
        return AppError(N_("sent back: only a later meeting counts")) if facts.since else None
    last = facts.discussions[-1]
    day = day_of(last.at)
    return AppError(N_("{month}/{day}, {present} present"), month=day.month, day=day.day, present=last.present)


def _party(facts: ItemFacts) -> AppError | None:
    known = [day for day in facts.party_discussions if day is not None]
    if known:
        return AppError(N_("branch assembly of {month}/{day}"), month=max(known).month, day=max(known).day)
    return None if facts.party_discussions else AppError(N_("vital interests: it comes first"))


def _questions(facts: ItemFacts) -> AppError | None:
    return AppError(N_("Questions open: {count}"), count=facts.unanswered)


def _filed(facts: ItemFacts) -> AppError | None:
    return AppError(N_("No. {number}"), number=facts.archive_number) if facts.archive_number else None


def _how(facts: ItemFacts) -> AppError | None:
    return AppError(N_("the law decides whether, the meeting only how"))


def _fee(facts: ItemFacts) -> AppError | None:
    return AppError(N_("two thirds take part, three quarters of them consent, by heads and by area"))


def _verdict(facts: ItemFacts) -> AppError | None:
    if facts.deciding:
        last = facts.deciding[-1]
        day = day_of(last.at)
        if last.passed:
            return AppError(N_("{month}/{day}, passed"), month=day.month, day=day.day)
        return AppError(N_("{month}/{day}, not passed: it may be sent back"), month=day.month, day=day.day)
    if facts.unrouted:
        return AppError(N_("so far an intention: say where it goes"))
    if any(vote.quorate for vote in facts.verdicts):
        return AppError(N_("so far an intention: put it to the body entitled to decide"))
    return AppError(N_("voted without quorum: not valid")) if facts.verdicts else None


def _tasks(facts: ItemFacts) -> AppError | None:
    if facts.open_tasks:
        return AppError(N_("Tasks still open: {count}"), count=facts.open_tasks)
    return AppError(N_("Tasks closed: {count}"), count=facts.closed_tasks) if facts.closed_tasks else None


def _survey(facts: ItemFacts) -> AppError | None:
    if not facts.surveys:
        return None
    last = facts.surveys[-1]
    if last.below_line:
        return AppError(N_("{rate} satisfied, below the unit's line: it may be sent back"), rate=last.strict_rate)
    return AppError(N_("{month}/{day}, {rate} satisfied"), month=last.held_on.month, day=last.held_on.day,
                    rate=last.strict_rate or "—")  # fmt: skip


def _line(facts: ItemFacts) -> AppError | None:
    return AppError(N_("{rate} satisfied: send it back to be discussed"), rate=facts.surveys[-1].strict_rate)


def _outcome(facts: ItemFacts) -> AppError | None:
    if not facts.outcomes:
        return None
    last = facts.outcomes[-1].last_day
    if facts.outcomes[-1].over(facts.today):
        return AppError(N_("hung until {month}/{day}"), month=last.month, day=last.day)
    if facts.today > last:
        return AppError(N_("taken down before the end: post it again"))
    return AppError(N_("hangs until {month}/{day}"), month=last.month, day=last.day)


def _objections(facts: ItemFacts) -> AppError | None:
    return AppError(N_("Objections open: {count}"), count=facts.open_objections) if facts.open_objections else None


DISCUSSED = (
    Evidence(
        id="source", title="提出渠道和时间", clause=PROCEDURE, detail=_source, helps="agenda.edit",
        met=lambda facts: facts.raised_at is not None and bool(facts.channel),
        there=N_("Channel and time of raising are on record"),
        missing=N_("Channel or time of raising is not on record"),
    ),
    Evidence(
        id="notice", title="会议通知", clause=PROCEDURE, detail=_notice, helps="meetings.give_notice",
        met=lambda facts: bool(facts.notices or facts.at_once),
        there=N_("Notice of the meeting is in order"), missing=N_("No notice of a meeting on it has been given"),
    ),
    Evidence(
        id="discussion", title="会议发言", clause=f"{RESIDENTS}第三十二条", detail=_discussion, helps="meetings.call",
        met=lambda facts: bool(facts.discussions),
        there=N_("Discussed face to face, statements on record"),
        missing=N_("No meeting with statements on it yet"),
    ),
)  # fmt: skip

DECIDED = (
    DISCUSSED[2],
    Evidence(
        id="questions", title="有锣必有鼓", clause="庭院民主协商制度", detail=_questions, helps="floor.note",
        applies=lambda facts: facts.unanswered > 0, met=lambda facts: False,
        there=N_("Every question has its answer"),
        missing=N_("Questions are open: answer them, or take them away with a date"),
    ),
    Evidence(
        id="party", title="党员大会讨论", clause=f"{BRANCH}第十一条", detail=_party, helps="agenda.link",
        applies=lambda facts: facts.vital_interest, met=lambda facts: bool(facts.party_discussions),
        there=N_("The branch assembly discussed it beforehand"),
        missing=N_("No branch assembly that discussed it is linked"),
    ),
    Evidence(
        id="votable", title="可以付诸表决", clause=PROCEDURE, helps="votes.open",
        applies=lambda facts: facts.votable, met=lambda facts: facts.votable,
        there=N_("It may be put to the vote"), missing=N_("It may not be put to the vote"),
    ),
    Evidence(
        id="how", title="只议怎么办", clause="《消防法》第二十八条、第六十条", detail=_how, helps="votes.open",
        applies=lambda facts: not facts.votable, met=lambda facts: any(vote.names_option for vote in facts.verdicts),
        there=N_("Voted only on how: an option was named"),
        missing=N_("Only how may be put to the vote: vote on an option"),
    ),
    Evidence(
        id="fee", title="收费须经业主特别表决", clause=f"{CIVIL_CODE}第二百七十八条", detail=_fee, helps="votes.open",
        applies=lambda facts: facts.charges,
        met=lambda facts: any(vote.rule == "owners_special" and vote.passed for vote in facts.verdicts),
        there=N_("All owners have voted for it as a special matter"),
        missing=N_("A fee on common parts needs a passed vote of all owners"),
    ),
    Evidence(
        id="verdict", title="有效表决", clause="表决所依据的规则", detail=_verdict, helps="votes.open",
        met=lambda facts: bool(facts.deciding),
        there=N_("There is a valid vote"), missing=N_("There is no valid vote that decides it"),
    ),
)  # fmt: skip

EVALUATED = (
    Evidence(
        id="tasks", title="落实清单", clause=PROCEDURE, detail=_tasks, helps="tasks.done",
        met=lambda facts: facts.open_tasks == 0,
        there=N_("No task is left open"), missing=N_("Not all tasks are done"),
    ),
    Evidence(
        id="survey", title="满意度测评", clause=PROCEDURE, detail=_survey, helps="evaluation.add",
        met=lambda facts: bool(facts.surveys),
        there=N_("The residents have scored the result"), missing=N_("The residents have not scored the result yet"),
    ),
)  # fmt: skip

SHARED = (
    Evidence(
        id="line", title="满意度达到本单位约定", clause="本单位约定", detail=_line, helps="agenda.take",
        applies=lambda facts: bool(facts.surveys) and facts.surveys[-1].below_line, met=lambda facts: False,
        there=N_("The residents are satisfied"), missing=N_("The score is below the unit's line"),
    ),
    Evidence(
        id="outcome", title="结果公示", clause=f"{RESIDENTS}第三十四条", detail=_outcome, helps="notices.post",
        met=lambda facts: any(post.over(facts.today) for post in facts.outcomes),
        there=N_("The outcome was published for its whole period"),
        missing=N_("The outcome has not been published for its whole period"),
    ),
    Evidence(
        id="objections", title="异议答复", clause=f"{RESIDENTS}第三十四条", detail=_objections, helps="notices.answer",
        met=lambda facts: facts.open_objections == 0,
        there=N_("No objection is open"), missing=N_("Objections are waiting for an answer"),
    ),
    Evidence(
        id="filed", title="归档", clause=PROCEDURE, detail=_filed, helps="archive.number",
        met=lambda facts: bool(facts.archive_number),
        there=N_("Its file has an archive number"), missing=N_("Its file has no archive number yet"),
    ),
)  # fmt: skip


def states(pieces: tuple[Evidence, ...], facts: ItemFacts) -> tuple[EvidenceState, ...]:
    """Each piece that applies to this item, there or missing."""
    return tuple(_state(piece, facts) for piece in pieces if piece.applies(facts))


def _state(piece: Evidence, facts: ItemFacts) -> EvidenceState:
    met = piece.met(facts)
    sentence = AppError(piece.there if met else piece.missing)
    return EvidenceState(piece.id, sentence, met, piece.detail(facts), piece.clause, piece.helps)

"""The papers of a vote, from the records: ballots, tally sheet, result, resolution, proxy and written opinion."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from deliberation_app.domain import minutes_words as words
from deliberation_app.domain.meeting_file_values import day_of
from deliberation_app.domain.minutes import JudgedVote
from deliberation_app.domain.minutes_facts import Facts, MeetingFacts
from deliberation_app.domain.minutes_names import Names
from deliberation_app.domain.minutes_votes import vote_block
from deliberation_app.domain.votes import RULES, law_on
from deliberation_app.domain.votes_lines import lines_told
from deliberation_app.papers import ballot as ballot_paper
from deliberation_app.papers import proxy_form as proxy_paper
from deliberation_app.papers import resolution as resolution_paper
from deliberation_app.papers import result as result_paper
from deliberation_app.papers import tally_sheet as tally_paper
from deliberation_app.papers import written_opinion_form as opinion_paper
from deliberation_app.papers.document import Document
from deliberation_app.papers.tally_sheet import VoteFacts
from deliberation_app.services import papers
from deliberation_app.services.papers_asked import Asked
from deliberation_app.services.papers_meeting import called
from deliberation_app.services.papers_posted import of_meeting
from deliberation_app.storage.meetings import AgendaEntry
from deliberation_app.storage.people import Household, Person
from deliberation_app.storage.votes import Vote, VotingFlat, WrittenOpinion

EMPTY_SLIPS = 4
# 第一项 says nothing of what was decided: then the motion does
_ORDINAL = re.compile("(?:第?[一二三四五六七八九十0-9]{1,3}[项条、.．]?|事项[一二三四五六七八九十0-9]{1,3})")
LONGEST_SUBJECT = 60


def subject(entry: Facts) -> str:
    """What an entry of the agenda is about, in words that say so."""
    title = words.text_of(entry, "title")
    motions = [str(vote["motion"]).rstrip("。") for vote in entry.get("votes", ())]
    if _ORDINAL.fullmatch(title) and motions and len(motions[0]) <= LONGEST_SUBJECT:
        return f"“{motions[0]}”"
    return title


@dataclass(frozen=True)
class Voted:
    """One vote of a meeting with its entry, and everything a paper about it says."""

    facts: MeetingFacts
    names: Names
    entry: Facts
    vote: Facts

    @property
    def judged(self) -> JudgedVote:
        """The vote as judged."""
        return self.facts.verdict(self.vote)

    @property
    def counted(self) -> bool:
        """Whether numbers are known."""
        return self.judged.passed is not None or self.judged.by_hand


def votes(session: Session, asked: Asked) -> list[Voted]:
    """The votes that are asked about: one, or all of the meeting."""
    meeting = asked.meeting or (_meeting_of(session, asked.vote) if asked.vote is not None else None)
    if meeting is None:
        return []
    found = papers.source(session, meeting)
    facts = MeetingFacts(found.told, found.judged)
    names = Names(
        facts.people, posted=asked.posted, openly=frozenset(), unit=found.told["unit"]["name"], others=found.others
    )  # fmt: skip
    return [
        Voted(facts, names, entry, vote)
        for entry in facts.agenda
        for vote in entry.get("votes", ())
        if asked.vote is None or vote["id"] == str(asked.vote)
    ]


def _meeting_of(session: Session, vote_id: uuid.UUID) -> uuid.UUID | None:
    query = select(AgendaEntry.meeting_id).join(Vote, Vote.entry_id == AgendaEntry.id).where(Vote.id == vote_id)
    return session.scalars(query).first()


def _unit(voted: Voted) -> str:
    return str(voted.facts.document["unit"]["name"])


def ballot(session: Session, asked: Asked) -> Sequence[Document]:
    """Secret ballots and straw-poll slips of each vote, as many as there are voters; owners' papers a page a flat."""
    if asked.empty:
        head = called(session, asked)
        blank = ballot_paper.BallotFacts(
            unit=head.unit if head else "", meeting=head.title if head else "", questions=("\u3000",), count=EMPTY_SLIPS
        )
        return (ballot_paper.compose(blank),)
    found = votes(session, asked)
    owners = [voted for voted in found if RULES[voted.vote["rule"]].by_area]
    others = [voted for voted in found if not RULES[voted.vote["rule"]].by_area]
    slips = [_slips(voted) for voted in others if asked.vote or voted.vote["method"] in words.PAPER_METHODS]
    return (*slips, *_owners_papers(session, owners))


def _slips(voted: Voted) -> Document:
    vote, rule = voted.vote, RULES[voted.vote["rule"]]
    candidates = [voted.names.name(one["person"]) for one in vote.get("candidates", ())]
    due = voted.judged.eligible or len(voted.facts.attending(capacity="voting"))
    form: Literal["election", "secret", "straw"] = (
        "election" if candidates else "secret" if rule.legal_force else "straw"
    )
    facts = ballot_paper.BallotFacts(
        unit=_unit(voted), meeting=voted.facts.kind.title, questions=tuple(candidates) or (vote["motion"],),
        count=vote.get("ballots_issued") or due, form=form, seats=vote.get("seats", 1),
        basis=f"{rule.words.whole_present}的过半数",
    )  # fmt: skip
    return ballot_paper.compose(facts)


def _owners_papers(session: Session, owners: Sequence[Voted]) -> Iterator[Document]:
    if not owners:
        return
    first = owners[0]
    questions = tuple(voted.vote["motion"] for voted in owners)
    for number, flat, owner, area in _flats(session, first):
        facts = ballot_paper.OwnersBallotFacts(
            unit=_unit(first), meeting=first.facts.meeting["title"], questions=questions, number=number, flat=flat,
            owner=owner, area=area,
        )  # fmt: skip
        yield ballot_paper.compose_owners(facts)


def _flats(session: Session, voted: Voted) -> Iterator[tuple[str, str, str, str]]:
    """(number, flat, owner, area) in the order of the doors: the list of the vote, else the flats of the file."""
    meeting = uuid.UUID(voted.facts.meeting["id"])
    query = (
        select(VotingFlat, Household, Person.name)
        .join(Household, Household.id == VotingFlat.household_id)
        .outerjoin(Person, Person.id == VotingFlat.owner_id)
        .where(VotingFlat.meeting_id == meeting)
        .order_by(VotingFlat.number)
    )
    listed = session.execute(query).all()
    if listed:
        for flat, home, name in listed:
            yield f"{flat.number:03d}", _door(home), name or "", words.area(flat.area) if flat.area else ""
        return
    told = [told for told in voted.facts.households.values() if told.get("area_m2") is not None]
    for place, one in enumerate(told, start=1):
        flat_text = f"{one['building']}{one.get('entrance', '')}{one['room']}"
        owner = voted.facts.people.get(one.get("owner", ""), {})
        yield f"{place:03d}", flat_text, words.text_of(owner, "name"), f"{one['area_m2']:.2f}平方米"


def _door(home: Household) -> str:
    return f"{home.building}{home.entrance or ''}{home.room}"


def _vote_facts(voted: Voted, *, posted: bool) -> VoteFacts:
    vote, judged, rule = voted.vote, voted.judged, RULES[voted.vote["rule"]]
    block = vote_block(voted.facts, voted.names, vote)
    at = vote.get("at") or voted.facts.meeting["starts_at"]
    law = law_on(vote["rule"], day_of(at))
    return VoteFacts(
        unit=_unit(voted), meeting=voted.facts.meeting["title"], motion=vote["motion"],
        method=words.METHODS[vote["method"]], rule=f"{rule.title}（{law.clause}）",
        at=words.date_and_hour(words.moment(at)) if vote.get("at") else "",
        due=_people(judged.eligible, judged.eligible_area, rule.by_area) if voted.counted else "",
        present=_people(judged.present, judged.present_area, rule.by_area) if voted.counted else "",
        papers=tuple(_papers(vote, judged)), choices=tuple(_choices(voted)), names=_asked_about(voted),
        line=lines_told(rule.words, rule.quorum, rule.passing), explanation=block.explanation,
        outcome=block.outcome if voted.counted else "", remarks=block.remarks,
        number=words.text_of(voted.facts.meeting, "number"), by_area=rule.by_area, posted=posted,
    )  # fmt: skip


def _people(heads: int, area: int, by_area: bool) -> str:
    return f"{heads}人、{words.area(area)}" if by_area else f"{heads}人"


def _papers(vote: Facts, judged: JudgedVote) -> Iterator[tuple[str, str]]:
    """发出, 收回, 未收回, 有效, 无效: three different numbers never stand for each other (rules.md 1.6)."""
    issued, returned = vote.get("ballots_issued"), vote.get("ballots_returned")
    if vote["method"] not in words.PAPER_METHODS:
        return
    yield "发出票数", f"{issued}张" if issued is not None else ""
    yield "收回票数", f"{returned}张" if returned is not None else ""
    missing = issued is not None and returned is not None and issued >= returned
    yield "未收回", f"{issued - returned}张" if missing and issued is not None and returned is not None else ""
    by_flat = RULES[vote["rule"]].by_area  # papers go by flat, heads by person: they are not taken from each other
    valid = None if by_flat or returned is None else returned - judged.invalid
    counted = "按人数和面积另计" if by_flat else ""
    yield "有效票", f"{valid}张" if valid is not None and valid >= 0 else counted
    yield "无效票", f"{judged.invalid}{'人' if by_flat else '张'}" if judged.passed is not None else ""


def _choices(voted: Voted) -> Iterator[tuple[str, str, str]]:
    judged, owners = voted.judged, RULES[voted.vote["rule"]].by_area
    if not voted.counted:
        return
    for one in voted.vote.get("candidates", ()):
        counts = [f"{word}{one[key]}" for word, key in _WORDS if key in one]
        elected = "，当选" if one["person"] in judged.elected else ""
        yield voted.names.name(one["person"]), words.listed(counts, "，") + elected, ""
    if not voted.vote.get("candidates"):
        for word, key in _WORDS:
            heads, area = getattr(judged, key), getattr(judged, f"{key}_area")
            said = "同意" if owners and key == "in_favour" else word
            yield said, str(heads), words.area(area) if owners else ""
        if judged.not_cast and not owners:
            yield "未投票", str(judged.not_cast), ""


_WORDS = (("赞成", "in_favour"), ("反对", "against"), ("弃权", "abstain"))


def _asked_about(voted: Voted) -> tuple[str, ...]:
    candidates = tuple(voted.names.name(one["person"]) for one in voted.vote.get("candidates", ()))
    return candidates or (voted.vote["motion"],)


def tally_sheet(session: Session, asked: Asked) -> Sequence[Document]:
    """The sheet of each vote, or an empty one."""
    if asked.empty:
        head = called(session, asked)
        return (tally_paper.compose(_blank(head.unit if head else "")),)
    return tuple(tally_paper.compose(_vote_facts(voted, posted=False)) for voted in votes(session, asked))


def _blank(unit: str) -> VoteFacts:
    return VoteFacts(unit=unit, meeting="", motion="", method="", rule="", at="")


def result(session: Session, asked: Asked) -> Sequence[Document]:
    """The report of each vote that was counted, or an empty form."""
    if asked.empty:
        head = called(session, asked)
        return (result_paper.compose(_blank(head.unit if head else "")),)
    return tuple(
        _over(session, asked, voted, result_paper.compose(_vote_facts(voted, posted=asked.posted)))
        for voted in votes(session, asked)
        if voted.counted
    )  # fmt: skip


def _over(session: Session, asked: Asked, voted: Voted, document: Document) -> Document:
    """The paper as it may be posted, where that is asked for."""
    return of_meeting(session, uuid.UUID(voted.facts.meeting["id"]), document) if asked.posted else document


def resolution(session: Session, asked: Asked) -> Sequence[Document]:
    """A resolution for each vote with legal force that was passed, or an empty form."""
    if asked.empty:
        head = called(session, asked)
        empty = resolution_paper.ResolutionFacts(
            unit=head.unit if head else "", subject="", meeting="", ground="", text="", passed_on="", votes=""
        )
        return (resolution_paper.compose(empty),)
    found = []
    for voted in votes(session, asked):
        rule, vote = RULES[voted.vote["rule"]], voted.vote
        if voted.judged.passed and rule.legal_force:
            at = words.moment(vote.get("at") or voted.facts.meeting["starts_at"])
            block = vote_block(voted.facts, voted.names, vote)
            text, motion = words.text_of(voted.entry, "resolution"), vote["motion"]
            facts = resolution_paper.ResolutionFacts(
                unit=_unit(voted), subject=subject(voted.entry), meeting=voted.facts.kind.title,
                ground=f"依照{law_on(vote['rule'], at.date()).clause}", text=words.closed(text or motion),
                motion=words.closed(motion) if text and motion.rstrip("。") not in text else "",
                passed_on=words.day(at), votes=words.closed(f"{block.numbers}；{block.explanation}"),
                number=words.text_of(voted.facts.meeting, "number"), posted=asked.posted,
            )  # fmt: skip
            found.append(_over(session, asked, voted, resolution_paper.compose(facts)))
    return tuple(found)


def proxy_form(session: Session, asked: Asked) -> Sequence[Document]:
    """An empty proxy for the votes that allow one; those on file of owners filled in."""
    head = called(session, Asked(paper=asked.paper, meeting=asked.meeting, unit=asked.unit, empty=asked.empty))
    unit = head.unit if head else ""
    allowed = [voted for voted in votes(session, asked) if RULES[voted.vote["rule"]].proxy]
    if not allowed and not asked.empty:
        return ()
    questions = tuple(voted.vote["motion"] for voted in allowed)
    blank = proxy_paper.ProxyFacts(unit=unit, meeting=head.title if head else "", questions=questions,
                                   number=head.number if head else "")  # fmt: skip
    return (proxy_paper.compose(blank),)


def written_opinion_form(session: Session, asked: Asked) -> Sequence[Document]:
    """The opinions that came in before an admission, else one empty form for each admission."""
    head = called(session, Asked(paper=asked.paper, meeting=asked.meeting, unit=asked.unit, empty=asked.empty))
    unit = head.unit if head else ""
    if asked.empty:
        return (opinion_paper.compose(opinion_paper.OpinionFacts(unit=unit)),)
    found = []
    for voted in votes(session, asked):
        if RULES[voted.vote["rule"]].written_opinions:
            entry = uuid.UUID(voted.entry["id"])
            base = opinion_paper.OpinionFacts(
                unit=unit, meeting=head.title if head else "", subject=voted.vote["motion"],
                number=head.number if head else "",
            )  # fmt: skip
            found += [opinion_paper.compose(one) for one in _opinions(session, entry, base)]
    return tuple(found)


def _opinions(
    session: Session, entry: uuid.UUID, base: opinion_paper.OpinionFacts
) -> Iterator[opinion_paper.OpinionFacts]:
    query = select(WrittenOpinion, Person.name).join(Person, Person.id == WrittenOpinion.person_id)
    rows = session.execute(query.where(WrittenOpinion.entry_id == entry).order_by(WrittenOpinion.written_on)).all()
    if not rows:
        yield base
    for row, name in rows:
        yield opinion_paper.OpinionFacts(
            unit=base.unit, meeting=base.meeting, subject=base.subject, number=base.number, member=name,
            choice=row.choice, reason=row.reason or "", date=words.day(row.written_on),
        )  # fmt: skip

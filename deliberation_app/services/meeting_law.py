"""What must be ready before a meeting may decide: each gate that applies, and the one act that settles it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from deliberation_app.domain import calendar, meetings
from deliberation_app.domain.agenda import BEFOREHAND
from deliberation_app.domain.meetings import Kind, MeetingState
from deliberation_app.domain.votes import GATES, RULES, Gate, GateFacts, GateState, gates, law_on
from deliberation_app.errors import N_, AppError, NotFound
from deliberation_app.services import gates as records
from deliberation_app.services import meeting_facts
from deliberation_app.services.kinds import kind_of
from deliberation_app.services.meeting_facts import LeftOutMember, Opinion
from deliberation_app.services.meetings import state_of
from deliberation_app.services.votes_numbers import gate_states
from deliberation_app.services.work import Work
from deliberation_app.storage.agenda import AgendaItem
from deliberation_app.storage.meetings import AgendaEntry, AgendaOption, Meeting
from deliberation_app.storage.notices import Publication
from deliberation_app.storage.people import Membership
from deliberation_app.storage.votes import Vote

# What is only known in the room, at the very moment: said beforehand, never shown as missing.
_IN_THE_ROOM = frozenset({"G4", "G9", "G5", "G7", "G19", "G11"})
# The act that settles a gate; the rest is settled in the console.
_ACTS: Mapping[str, str] = {
    "G1": "link", "G2": "link", "G3": "committee", "G6": "owners", "G8": "written", "G12": "points", "G13": "left_out",
    "G14": "invite", "G15": "posts", "G18": "urgent", "G20": "delivery",
}  # fmt: skip
# Their clause is that of the rule which decides.
_BY_RULE = frozenset({"G9", "G19"})
HOUSE = GATES["G12"].clause
_NO_VOTES = ("closed", "cancelled")


@dataclass(frozen=True, kw_only=True)
class Line:
    """One gate as it stands; `status` is met, missing, reason (it may be passed with one), later or passed."""

    gate: Gate
    name: AppError
    status: str
    clause: str
    sentence: AppError | None = None
    detail: AppError | None = None
    reason: str = ""
    act: str = ""
    entry_id: uuid.UUID | None = None
    item_id: uuid.UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Group:
    """The gates before one moment; `entry` is the point of the agenda that they belong to, `rule` how it decides."""

    at: str
    lines: tuple[Line, ...]
    entry: str = ""
    rule: AppError | None = None


@dataclass(frozen=True, kw_only=True)
class MeetingLaw:
    """The whole panel."""

    meeting_id: uuid.UUID
    state: MeetingState
    groups: tuple[Group, ...]
    stated: Mapping[str, bool | None]  # what only people can say: True, False, None where nobody has said it
    left_out: tuple[LeftOutMember, ...]
    opinions: tuple[Opinion, ...]
    elections: bool  # members may be left out here
    admissions: bool  # written opinions may be handed in here
    entries: tuple[tuple[uuid.UUID, str], ...]
    urgent_reason: str = ""

    @property
    def missing(self) -> int:
        """How many lines wait for an act or a reason."""
        return sum(line.status in ("missing", "reason") for group in self.groups for line in group.lines)

    @property
    def changeable(self) -> bool:
        """Whether anything can still be stated."""
        return self.state not in _NO_VOTES


# What is asked of people, for which kinds of meeting.
STATED: Mapping[str, str] = {
    "important": N_("Does the meeting decide important matters?"),
    "concerns_unit": N_("Does it concern a company or office in the area?"),
    "points_weigh": N_("Do points or good deeds weigh in a vote?"),
}


def of_meeting(work: Work, meeting_id: uuid.UUID) -> MeetingLaw:
    """Every gate of a meeting and its points, and what people have stated."""
    today = calendar.day_of(work.clock())
    with work.read() as session:
        meeting = session.get(Meeting, meeting_id)
        if meeting is None:
            raise NotFound(N_("This meeting is not here; perhaps it was deleted on another computer."))
        kind = kind_of(session, meeting)
        query = select(AgendaEntry).where(AgendaEntry.meeting_id == meeting_id).order_by(AgendaEntry.position)
        entries = list(session.scalars(query))
        elections = any(RULES[rule].election and RULES[rule].suffrage_only for rule in kind.rules)
        said = records.stated(meeting)
        return MeetingLaw(
            meeting_id=meeting_id, state=state_of(meeting),
            groups=tuple(group for group in _groups(session, meeting, kind, entries, today) if group.lines),
            stated={name: said.get(name) for name in STATED if name != "important" or kind.party_first
                    or kind.committee_first},
            left_out=tuple((meeting_facts.to_be_left_out if elections else meeting_facts.left_out)(session, meeting)),
            opinions=tuple(meeting_facts.opinions(session, meeting)),
            elections=elections,
            admissions=any(RULES[rule].written_opinions for rule in kind.rules),
            entries=tuple((entry.id, entry.title) for entry in entries),
            urgent_reason=records.urgent_reason(meeting),
        )  # fmt: skip


def _groups(
    session: Session, meeting: Meeting, kind: Kind, entries: Iterable[AgendaEntry], today: date
) -> Iterator[Group]:
    held = meeting.opened_at is not None
    points = list(entries)
    links = _unlinked(session, points)
    notice = [_line(one, held=held, item_id=links) for one in records.notice_gates(session, meeting) if _shown(one)]
    yield Group(at="notice", lines=tuple(notice))
    opening = [one for one in records.opening_gates(session, meeting) if _shown(one)]
    yield Group(at="opening", lines=tuple(_opening(session, meeting, one, today) for one in opening))
    for entry in points:
        yield from _of_entry(session, meeting, kind, entry)
    if any(RULES[rule].written_opinions for rule in kind.rules):
        count = records.count_gates(session, meeting, "branch_admission")
        yield Group(at="count", lines=tuple(_line(one, held=held) for one in count if _shown(one)))
    for entry in points:
        yield from _after(session, entry, calendar.day_of(meeting.starts_at))
    yield Group(at="post", lines=tuple(_posts(session, meeting)))


def _shown(state: GateState) -> bool:
    return state.required and state.applies


def _unlinked(session: Session, entries: Iterable[AgendaEntry]) -> uuid.UUID | None:
    """The first item that no Party meeting is linked to."""
    for entry in entries:
        item = session.get(AgendaItem, entry.item_id) if entry.item_id is not None else None
        if item is not None and not item.party_meetings:
            return item.id
    return None


def _line(
    state: GateState, *, held: bool, entry_id: uuid.UUID | None = None, item_id: uuid.UUID | None = None,
    clause: str = "",
) -> Line:  # fmt: skip
    gate = state.gate
    status = "met" if state.met else "reason" if state.overridable else "missing"
    if not state.met and gate.id in _IN_THE_ROOM and not held:
        status = "later"
    return Line(
        gate=gate, name=AppError(gate.name or gate.title), status=status, sentence=state.sentence,
        clause=clause or gate.clause,
        act="" if state.met else _ACTS.get(gate.id, "console" if held else ""), entry_id=entry_id, item_id=item_id,
    )  # fmt: skip


def _opening(session: Session, meeting: Meeting, state: GateState, today: date) -> Line:
    """The notice: the day from which the meeting would be lawful, and the reason where one was given."""
    reason, first = records.urgent_reason(meeting), records.lawful_from(session, meeting, today)
    status = "met" if state.met and not reason else "passed" if state.met else "missing"
    if not state.met and state.overridable:
        status = "reason"
    detail = None
    if not state.met and first is not None:
        detail = AppError(N_("with the notice of {told} it may be held from {day} on"), day=first,
                          told=calendar.day_of(meeting.notice_at) if meeting.notice_at else today)  # fmt: skip
    clause = kind_of(session, meeting).notice.clause_on(calendar.day_of(meeting.starts_at))
    act = "" if meeting.opened_at is not None or status == "met" else "move" if status == "missing" else "urgent"
    return Line(
        gate=state.gate, name=AppError(state.gate.name), status=status, clause=clause or state.gate.clause,
        sentence=state.sentence, detail=detail, reason=reason, act=act,
    )  # fmt: skip


def _of_entry(session: Session, meeting: Meeting, kind: Kind, entry: AgendaEntry) -> Iterator[Group]:
    """The votes of one point: those taken with what was passed over, and the one that is still to come."""
    votes = list(session.scalars(select(Vote).where(Vote.entry_id == entry.id).order_by(Vote.position)))
    for vote in votes:
        over = tuple(_passed_over(entry, one) for one in vote.overrides or ())
        if vote.counts is not None:
            yield Group(at="vote", entry=f"{entry.title} · {vote.motion}", lines=over)
        else:
            yield _before_vote(session, meeting, entry, vote)
    if votes or meeting.closed_at is not None or meeting.cancelled_at is not None or kind.default_rule is None:
        return
    options = session.scalars(select(AgendaOption.id).where(AgendaOption.entry_id == entry.id).limit(1)).first()
    if entry.item_id is not None or options is not None:
        coming = Vote(entry_id=entry.id, rule=_usual(session, kind, entry), option_id=options)
        yield _before_vote(session, meeting, entry, coming)


def _usual(session: Session, kind: Kind, entry: AgendaEntry) -> str:
    """The rule by which a point is decided if nobody chooses another; a fee is a special matter of the owners."""
    item = session.get(AgendaItem, entry.item_id) if entry.item_id is not None else None
    special = item is not None and bool(item.charges) and "owners_special" in kind.rules
    return "owners_special" if special else kind.default_rule or ""


def _passed_over(entry: AgendaEntry, told: Mapping[str, Any]) -> Line:
    gate = GATES.get(told["gate"])
    return Line(
        gate=gate or GATES["G4"], name=AppError(gate.name or gate.title if gate is not None else told["gate"]),
        status="passed", clause=gate.clause if gate is not None else "", reason=told["reason"], entry_id=entry.id,
    )  # fmt: skip


def _before_vote(session: Session, meeting: Meeting, entry: AgendaEntry, vote: Vote) -> Group:
    held = meeting.opened_at is not None
    states = [*gate_states(session, entry, vote), *_decided(session, meeting, entry)]
    # A gate of the decision is told where the vote that decides is told.
    clause = law_on(vote.rule, calendar.day_of(meeting.starts_at)).clause
    # 充分讨论 stands in the text for branches; elsewhere it is a house rule (G4).
    branch = kind_of(session, meeting).branch
    lines = tuple(
        _line(one, held=held, entry_id=entry.id, item_id=entry.item_id,
              clause=HOUSE if one.gate.id == "G4" and not branch else clause if one.gate.id in _BY_RULE else "")
        for one in states
        if _shown(one) and not (one.gate.id == "G20" and not vote.id)
    )  # fmt: skip
    return Group(at="vote", entry=entry.title, rule=AppError(RULES[vote.rule].name), lines=lines)


def _decided(session: Session, meeting: Meeting, entry: AgendaEntry) -> tuple[GateState, ...]:
    item = session.get(AgendaItem, entry.item_id) if entry.item_id is not None else None
    if item is None:
        return ()
    facts = GateFacts(
        vital_interest=bool(item.vital_interest) and meeting.kind not in BEFOREHAND,
        party_meetings=len(item.party_meetings or ()),
        needs_routing=meetings.KINDS[meeting.kind].gong_and_drum, routing=entry.routing or "",
    )  # fmt: skip
    day = calendar.day_of(meeting.starts_at)
    fee = (
        records.fee_gates(session, item.id, day)
        if item.charges and "owners_special" not in meetings.KINDS[meeting.kind].rules
        else ()
    )
    return (*gates(facts, "decided", day), *fee)


def _after(session: Session, entry: AgendaEntry, day: date) -> Iterator[Group]:
    """The publication of what was decided on an item."""
    if entry.item_id is None:
        return
    query = select(Publication).where(
        Publication.item_id == entry.item_id, Publication.about == "decision", Publication.posted_on >= day
    )
    posts = list(session.scalars(query.order_by(Publication.posted_on)))
    over = [_passed_over(entry, one) for post in posts for one in post.overrides or ()]
    if not posts and entry.resolution:
        states = records.publication_gates(session, entry.item_id, "", day, checked=False)
        over = [
            Line(gate=one.gate, name=AppError(one.gate.name or one.gate.title), clause=one.gate.clause,
                 status="met" if one.met else "reason", sentence=one.sentence, act="" if one.met else "post",
                 entry_id=entry.id, item_id=entry.item_id)
            for one in states if _shown(one)
        ]  # fmt: skip
    yield Group(at="publication", entry=entry.title, lines=tuple(over))


def _posts(session: Session, meeting: Meeting) -> Iterator[Line]:
    """Nobody in the unit both sits on a committee and oversees it; told only where somebody does."""
    day = calendar.day_of(meeting.starts_at)
    query = select(Membership.person_id, Membership.role).where(
        Membership.unit_id == meeting.unit_id, Membership.to_on.is_(None) | (Membership.to_on >= day)
    )
    roles: dict[uuid.UUID, set[str]] = {}
    for person, role in session.execute(query):
        if role == "oversight_member" or role in records.COMMITTEES:
            roles.setdefault(person, set()).add(role)
    unmet = [one for held in roles.values() for one in records.post_gates(held, day) if not one.met]
    yield from (_line(one, held=False) for one in unmet[:1])

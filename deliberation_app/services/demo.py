"""The demonstration: the meeting files that come with the program, and what a branch would have done around them."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, timedelta

from sqlalchemy import select

from deliberation_app import settings
from deliberation_app.domain.meetings import KINDS
from deliberation_app.services import (
    agenda,
    demo_archive,
    demo_outcomes,
    demo_owners,
    demo_voices,
    duties,
    floor,
    floor_roll,
    meeting_file,
    meetings,
    meetings_agenda,
    minutes,
    people,
    tasks,
    units,
    voices,
    votes,
)
from deliberation_app.services.meetings_agenda import set_options
from deliberation_app.services.work import Work
from deliberation_app.settings import DISPLAY_ZONE
from deliberation_app.storage.agenda import AgendaItem
from deliberation_app.storage.floor import Attendance
from deliberation_app.storage.meetings import AgendaEntry, Meeting
from deliberation_app.storage.people import Person, RegisterEntry

Progress = Callable[[int, int], None]
People = Mapping[str, uuid.UUID]
Said = tuple[tuple[str, str], ...]

_FILES = (
    "branch-assembly-admission", "theme-day", "ronghuishanshui-hybrid", "shandalu194-consultation",
    "shandalu194-owners-vote",
)  # fmt: skip
_SECRETARY, _RECORDER = "范例安", "尹记录"
_ROLES = {_SECRETARY: "branch_secretary", _RECORDER: "committee_member", "龚龑": "committee_member"}


_COMMITTEE_SAID: Said = (
    (_SECRETARY, "第二辆车收费四月没有通过，九月底前应当再协商一次，我们晚了，这个责任我来担。"),
    (_RECORDER, "建议定在10月24日周六下午，车多的几户都能到。"),
    ("龚龑", "方案要有两个，让大家比着说。"),
)
_THEME_SAID: Said = (
    (_SECRETARY, "十月主题是“清楼道、护通道”，先学后做，两个小时。"),
    ("孙和睦", "志愿队分三组，1号楼到4号楼楼道杂物今天清完。"),
)


def fill(work: Work, progress: Progress | None = None) -> uuid.UUID:
    """Fill an empty database; the answer is the unit that the window opens on, the courtyard of Shanda Road 194."""
    told = progress or _silent
    steps = len(_FILES) + 7
    for done, name in enumerate(_FILES):
        told(done, steps)
        report = meeting_file.import_file(work, settings.path("resources", "demo", f"{name}.json"))
        if name == "shandalu194-consultation":
            consultation = report.meeting_id
    told(len(_FILES), steps)
    unit_id, known = _around(work, consultation)
    telling = (_roles, _party_life, _voices, _archive, _next_meeting, _outcomes, _owners)
    for done, tell in enumerate(telling, start=len(_FILES)):
        told(done, steps)
        tell(work, unit_id, known, consultation)
    told(steps, steps)
    return unit_id


def _silent(_done: int, _whole: int) -> None:
    """Nobody watches."""


def _around(work: Work, meeting_id: uuid.UUID) -> tuple[uuid.UUID, People]:
    with work.read() as session:
        unit_id = session.get_one(Meeting, meeting_id).unit_id
        on_roll = select(Person.name, Person.id).join(Attendance, Attendance.person_id == Person.id)
        known = dict(session.execute(on_roll.where(Attendance.meeting_id == meeting_id)).all())
    return unit_id, known


@contextmanager
def _at(work: Work, year: int, month: int, day: int, hour: int, minute: int = 0) -> Iterator[None]:
    """Let the work's clock run from a moment in UTC+08:00, half a minute for each look at it."""
    ordinary, moment = work.clock, datetime(year, month, day, hour, minute, tzinfo=DISPLAY_ZONE)

    def clock() -> datetime:
        nonlocal moment
        moment += timedelta(seconds=30)
        return moment

    work.clock = clock
    try:
        yield
    finally:
        work.clock = ordinary


def _roles(work: Work, unit_id: uuid.UUID, known: People, _consultation: uuid.UUID) -> None:
    with _at(work, 2026, 9, 12, 9):
        units.edit(work, unit_id, chair_id=known[_SECRETARY])
        duties.set_since(work, unit_id, date(2026, 10, 1))
        for name in _members(work, known):
            people.join(work, unit_id, known[name], "member", from_on=date(2026, 1, 1))
        for name, role in _ROLES.items():
            people.join(work, unit_id, known[name], role, from_on=date(2026, 1, 1))
        with work.read() as session:
            register = select(RegisterEntry.person_id).where(RegisterEntry.unit_id == unit_id)
            doubtful = {known["陆𬱖"], known["王双报到"]}
            people.verify(work, [key for key in session.scalars(register) if key not in doubtful], date(2026, 9, 12))


def _members(work: Work, known: People) -> list[str]:
    with work.read() as session:
        query = select(Person.name).where(Person.id.in_(known.values()), Person.party == "full")
        return list(session.scalars(query.order_by(Person.sort_key)))


def _party_life(work: Work, unit_id: uuid.UUID, known: People, _consultation: uuid.UUID) -> None:
    """The committee met on 8 October, the theme day was held on the 10th."""
    with _at(work, 2026, 10, 8, 19):
        committee = _held(work, unit_id, known, "branch_committee", "10月支部委员会会议", list(_ROLES), _COMMITTEE_SAID)
        _resolve(work, committee, "同意10月24日召开庭院民主协商会，重新协商第二辆车停车收费。", 3)
        meetings.close(work, committee)
        minutes.draft(work, committee)
    with _at(work, 2026, 10, 10, 9):
        title = "10月主题党日：清楼道、护通道"
        theme = _held(work, unit_id, known, "theme_day", title, _members(work, known), _THEME_SAID)
        meetings.close(work, theme)
        minutes.draft(work, theme)


def _held(
    work: Work, unit_id: uuid.UUID, known: People, kind: str, title: str, names: list[str], said: Said
) -> uuid.UUID:
    """A meeting of the unit that begins now: called, everybody signed in, these statements on its second entry."""
    start = work.clock()
    meeting_id = meetings.call(
        work, unit_id, kind=kind, title=title, starts_at=start + timedelta(minutes=10), place="庭院党群之家党员学习角",
        chair_id=known[_SECRETARY], recorder_id=known[_RECORDER], due=[known[name] for name in names],
    )  # fmt: skip
    meetings.give_notice(work, meeting_id)
    floor_roll.sign_in(work, meeting_id, [known[name] for name in names])
    meetings.open_meeting(work, meeting_id)
    floor.no_statements(work, _entries(work, meeting_id)[0])
    floor.go_to_entry(work, meeting_id)
    for name, text in said:
        floor.note(work, meeting_id, text=text, speaker_id=known[name])
    if KINDS[kind].default_rule is None:
        while _place(work, meeting_id) + 1 < len(_entries(work, meeting_id)):
            floor.no_statements(work, floor.go_to_entry(work, meeting_id))
    return meeting_id


def _entries(work: Work, meeting_id: uuid.UUID) -> list[uuid.UUID]:
    with work.read() as session:
        query = select(AgendaEntry.id).where(AgendaEntry.meeting_id == meeting_id).order_by(AgendaEntry.position)
        return list(session.scalars(query))


def _place(work: Work, meeting_id: uuid.UUID) -> int:
    """The place of the entry that was begun last."""
    with work.read() as session:
        begun = AgendaEntry.began_at.is_not(None)
        return max(session.scalars(select(AgendaEntry.position).where(AgendaEntry.meeting_id == meeting_id, begun)))


def _resolve(work: Work, meeting_id: uuid.UUID, text: str, in_favour: int) -> None:
    """Put the entry that is being discussed to a show of hands that everybody supports."""
    entry_id = _entries(work, meeting_id)[_place(work, meeting_id)]
    vote_id = votes.open_vote(work, entry_id, motion=text.rstrip("。"))
    votes.count(work, vote_id, in_favour=in_favour, against=0, abstain=0)
    votes.announce(work, vote_id)
    meetings_agenda.edit_entry(work, entry_id, resolution=text, routing="direct")
    floor.no_statements(work, floor.go_to_entry(work, meeting_id))


def _archive(work: Work, unit_id: uuid.UUID, _known: People, _consultation: uuid.UUID) -> None:
    with _at(work, 2026, 10, 16, 16):
        demo_archive.fill(work, unit_id)


def _voices(work: Work, unit_id: uuid.UUID, known: People, _consultation: uuid.UUID) -> None:
    with _at(work, 2026, 10, 12, 10):
        agenda.raise_item(
            work, unit_id, title="加装电动自行车充电桩", category="充电", channel="survey",
            background="停车事项满意度测评意见表两份提到：希望再装一个充电桩。",
        )  # fmt: skip
    with _at(work, 2026, 10, 17, 15):
        agenda.raise_item(
            work, unit_id, title="雨天2号楼门口积水", category="设施", channel="reception", raised_by=[known["石䶮"]],
            background="接访登记：雨后2号楼1单元门口积水两天不退，老人进出要踩砖头。",
        )  # fmt: skip
    with _at(work, 2026, 10, 18, 9):
        voices.add(work, unit_id, text="临停收费牌看不清，晚上没有灯。", channel="survey")
        voices.add(work, unit_id, text="能不能给一楼门口装个扶手？", channel="wish_wall", person_id=known["陶堃"])
        voices.add(work, unit_id, text="快递车占着轮椅通道。", channel="message_board")
    demo_voices.fill(work, unit_id, known, _at)


def _next_meeting(work: Work, unit_id: uuid.UUID, known: People, consultation: uuid.UUID) -> None:
    """The consultation of 24 October on the second car, called and half prepared."""
    with work.read() as session:
        query = select(AgendaItem.id).where(AgendaItem.unit_id == unit_id, AgendaItem.title == "第二辆车停车收费标准")
        item_id = session.scalars(query).one()
        roll = session.execute(
            select(Attendance.person_id, Attendance.capacity)
            .where(Attendance.meeting_id == consultation)
            .order_by(Attendance.position)
        ).all()
    with _at(work, 2026, 10, 19, 9):
        meeting_id = meetings.call(
            work, unit_id, kind="courtyard_consultation", title="第二辆车停车收费 庭院民主协商会",
            starts_at=datetime(2026, 10, 24, 14, 30, tzinfo=DISPLAY_ZONE), place="庭院党群之家居民议事厅",
            items=[item_id], chair_id=known[_SECRETARY], recorder_id=known[_RECORDER],
            due=[key for key, capacity in roll if capacity == "voting"],
            observing=[key for key, capacity in roll if capacity != "voting"],
        )  # fmt: skip
        talk = next(entry for entry in _entries(work, meeting_id) if _about(work, entry) == item_id)
        set_options(
            work, talk,
            [(None, "A案：第二辆车每月120元", "长期闲置的车位优先给第二辆车，按月登记"),
             (None, "B案：第二辆车每月100元，限8个车位", "先到先登记，每半年重新登记一次")],
        )  # fmt: skip
        meetings.give_notice(work, meeting_id)
        meetings.prepare(work, meeting_id, "room", True)
        table = "做好两案对比表，协商会前贴到公告栏"
        tasks.add(work, item_id, title=table, owner_id=known[_RECORDER], due=date(2026, 10, 22))


def _about(work: Work, entry_id: uuid.UUID) -> uuid.UUID | None:
    with work.read() as session:
        return session.get_one(AgendaEntry, entry_id).item_id


def _outcomes(work: Work, unit_id: uuid.UUID, known: People, _consultation: uuid.UUID) -> None:
    """Tasks accepted or late, forms being counted, notices hanging and drafted."""
    demo_outcomes.run(work, unit_id, known, _at)


def _owners(work: Work, unit_id: uuid.UUID, known: People, _consultation: uuid.UUID) -> None:
    """All owners vote in writing since 12 October; the papers come back day by day."""
    with _at(work, 2026, 10, 1, 9):
        meeting_id = demo_owners.call(work, unit_id, known[_SECRETARY], known[_RECORDER])
    with _at(work, 2026, 10, 12, 8):
        demo_owners.run(work, meeting_id)

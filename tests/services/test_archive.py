"""The files of meetings and items: green at the end of a whole item, not with any one paper taken away."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from deliberation_app.domain import archive_needs as law
from deliberation_app.domain.meetings import KINDS
from deliberation_app.errors import NotFound, RuleBroken
from deliberation_app.services import agenda, archive, archive_number, archive_year, enclosures, papers, voices
from deliberation_app.services.archive_evidence import Piece
from deliberation_app.services.work import Work
from deliberation_app.storage.agenda import AgendaItem
from deliberation_app.storage.archive import Enclosure, FileNote
from deliberation_app.storage.meetings import Meeting
from deliberation_app.storage.minutes import Minutes
from deliberation_app.storage.notices import Publication
from deliberation_app.storage.tasks import Task
from deliberation_app.storage.voices import Voice
from tests.services.courtyard import PARKING, counted, fill, found_unit, item_called, meeting_on
from tests.services.signers import by_hand
from tests.services.small import HandClock


@pytest.fixture
def scans(tmp_path: Path) -> Iterator[Path]:
    """A new picture each time."""
    return (_picture(tmp_path, number) for number in range(1000))


def _picture(folder: Path, number: int) -> Path:
    file = folder / f"扫描{number}.jpg"
    file.write_bytes(b"\xff\xd8\xff\xe0" + str(number).encode())
    return file


@pytest.fixture
def whole(work: Work, scans: Iterator[Path]) -> tuple[uuid.UUID, uuid.UUID]:
    """The parking of the demonstration with all that belongs to it, and the meeting in which it was discussed."""
    unit = fill(work)
    item = item_called(work, unit.id, PARKING)
    meeting = next(
        one.id for one in archive.page(work, unit.id, "meeting").rows if one.kind == "courtyard_consultation"
    )
    papers.note_print(work, meeting, papers.record(work, meeting).content_sha256)
    by_hand(work, meeting)
    with work.act("agenda.note") as act:
        act.get_one(AgendaItem, item).background = "清点车辆56辆"
        act.add(Voice(unit_id=unit.id, text="停车", channel="reception", received_at=act.now, item_id=item, number="7"))
        act.add(Publication(item_id=item, about="decision", posted_on=act.now.date(), days=15, text="决定"))
        for post in act.query(Publication).filter_by(item_id=item, about="outcome"):
            post.taken_down_on = post.posted_on
        for post in act.query(Publication).filter_by(item_id=item):
            post.objections = [{**one, "answer": "已答复"} for one in post.objections or ()] or None
        for task in act.query(Task).filter_by(item_id=item, state="done"):
            task.evidence = ["照片"]
    for about, key in (("meeting", meeting), ("item", item)):
        for line in archive.file(work, about, key).lines:
            if line.state == "missing":
                _put(work, about, key, line.paper, scans)
    return item, meeting


def _put(work: Work, about: archive.About, key: uuid.UUID, paper: str, scans: Iterator[Path]) -> None:
    """Where a scan proves the paper it is one, else the paper lies in the paper file."""
    need = next(one for one in law.NEEDS if one.paper == paper and one.about == about)
    if {"scan", "photo"} & set(need.proofs):
        enclosures.add(work, about, key, paper, next(scans))
    else:
        archive.tick(work, about, key, paper, there=True, pages=2)


def test_a_whole_item_is_green(work: Work, whole: tuple[uuid.UUID, uuid.UUID]) -> None:
    item, meeting = whole
    for about, key in (("item", item), ("meeting", meeting)):
        view = archive.file(work, about, key)
        assert (view.colour, view.red, view.amber, view.there) == ("green", 0, 0, view.asked)
        assert view.asked >= 6


def test_each_paper_taken_away_in_turn_is_missed(work: Work, whole: tuple[uuid.UUID, uuid.UUID]) -> None:
    taken = 0
    for about, key in (("item", whole[0]), ("meeting", whole[1])):
        for line in archive.file(work, about, key).lines:
            if line.level:
                assert _without(work, about, key, line) == line.level, line.paper
                taken += 1
        assert archive.file(work, about, key).colour == "green"
    assert taken >= 20


def _without(work: Work, about: archive.About, key: uuid.UUID, line: archive.FileLine) -> str:
    """The colour of the whole file while everything that proves this line is gone; nothing of it is kept."""
    with Session(work.engine) as session:
        for piece in line.pieces:
            _take_away(session, key, line.paper, piece)
        session.flush()
        colour = archive.file_of(session, about, key).colour
        session.rollback()
    return colour


def _take_away(session: Session, key: uuid.UUID, paper: str, piece: Piece) -> None:
    if piece.opens == "enclosure":
        session.get_one(Enclosure, piece.key).removed_at = piece.at
    elif piece.opens == "note":
        session.delete(session.get_one(FileNote, piece.key))
    elif piece.opens == "record":
        for version in session.scalars(select(Minutes).where(Minutes.meeting_id == piece.key)):
            version.signed_at = None
    else:
        _RECORDS.get(paper, lambda *_rest: None)(session, key)


def _no_facts(session: Session, key: uuid.UUID) -> None:
    session.get_one(AgendaItem, key).background = None


def _no_channel(session: Session, key: uuid.UUID) -> None:
    for voice in session.scalars(select(Voice).where(Voice.item_id == key)):
        voice.channel = None


def _no_evidence(session: Session, key: uuid.UUID) -> None:
    for task in session.scalars(select(Task).where(Task.item_id == key, Task.state == "done")):
        task.evidence = None


def _no_decision(session: Session, key: uuid.UUID) -> None:
    for post in session.scalars(select(Publication).where(Publication.item_id == key)):
        if post.about != "outcome":
            session.delete(post)


def _still_hanging(session: Session, key: uuid.UUID) -> None:
    for post in session.scalars(select(Publication).where(Publication.item_id == key)):
        post.taken_down_on = None


def _unanswered(session: Session, key: uuid.UUID) -> None:
    for post in session.scalars(select(Publication).where(Publication.item_id == key)):
        post.objections = [{"text": "异议"}]


_RECORDS: dict[str, Callable[[Session, uuid.UUID], None]] = {
    "survey_facts": _no_facts, "opinion_sheet": _no_channel, "task_evidence": _no_evidence,
    "decision_posting": _no_decision, "outcome_posting": _still_hanging, "objections": _unanswered,
}  # fmt: skip


def test_an_amber_paper_is_excused_with_a_reason_and_a_red_one_never(work: Work) -> None:
    unit = found_unit(work)
    meeting = meeting_on(work, unit, None, work.clock())
    archive.excuse(work, "meeting", meeting, "photo", "那天没有拍照")
    line = _line(work, meeting, "photo")
    assert (line.state, line.reason, line.colour) == ("excused", "那天没有拍照", "green")
    archive.excuse(work, "meeting", meeting, "photo", "")
    assert _line(work, meeting, "photo").colour == "amber"
    with pytest.raises(RuleBroken, match="must be in the file"):
        archive.excuse(work, "meeting", meeting, "record", "忘了")
    with pytest.raises(NotFound):
        archive.excuse(work, "meeting", meeting, "lecture_text", "没有")


def _line(work: Work, meeting: uuid.UUID, paper: str) -> archive.FileLine:
    return next(one for one in archive.file(work, "meeting", meeting).lines if one.paper == paper)


def test_what_lies_on_paper_is_ticked_off_with_who_and_when_and_taken_back(work: Work, clock: HandClock) -> None:
    meeting = meeting_on(work, found_unit(work), None, work.clock())
    archive.tick(work, "meeting", meeting, "sign_in_sheet", there=True, text="第2盒", pages=3)
    line = _line(work, meeting, "sign_in_sheet")
    piece = line.pieces[0]
    assert (line.state, piece.way, piece.title, piece.pages) == ("there", "on_paper", "第2盒", 3)
    assert (piece.by, piece.at) == ("王秀兰", clock())
    work.undo()
    assert _line(work, meeting, "sign_in_sheet").state == "missing"
    work.redo()
    archive.tick(work, "meeting", meeting, "sign_in_sheet", there=False)
    assert _line(work, meeting, "sign_in_sheet").pieces == ()
    with pytest.raises(RuleBroken):
        archive.tick(work, "meeting", meeting, "record", there=True, pages=0)


def test_periods_of_practice_can_be_changed_and_those_of_the_rules_cannot(work: Work) -> None:
    unit = found_unit(work)
    meeting = meeting_on(work, unit, None, work.clock())
    archive.set_period(work, unit, "notice", "30年")
    line = _line(work, meeting, "notice")
    assert (line.keep, line.verify) == ("30年", False)
    archive.set_period(work, unit, "notice", "")
    assert (_line(work, meeting, "notice").keep, _line(work, meeting, "notice").verify) == ("10年", True)
    with pytest.raises(RuleBroken):
        archive.set_period(work, unit, "resolution", "10年")
    with pytest.raises(RuleBroken):
        archive.set_period(work, unit, "notice", "很久")
    assert ("notice", "10年", True) in archive.periods(work, unit)


def test_files_go_page_by_page_by_year_kind_and_what_is_incomplete(work: Work, clock: HandClock) -> None:
    unit = found_unit(work)
    made = []
    for _number in range(7):
        made.append(meeting_on(work, unit, None, clock(), kind="party_group"))
        clock.move(days=-30)
    clock.move(days=400)
    meeting_on(work, unit, None, clock(), kind="theme_day")
    seen, after = [], None
    while True:
        found = archive.page(work, unit, "meeting", kind="party_group", after=after, limit=3)
        seen += [row.id for row in found.rows]
        after = found.next
        if after is None:
            break
    assert seen == made
    assert len(archive.page(work, unit, "meeting", year=2027).rows) == 1
    assert archive.years(work, unit) == [2027, 2026]
    for line in archive.file(work, "meeting", made[0]).lines:
        if line.level:
            archive.tick(work, "meeting", made[0], line.paper, there=True)
    rows = archive.page(work, unit, "meeting", kind="party_group", incomplete=True).rows
    assert [row.id for row in rows] == made[1:]


def test_a_page_costs_the_same_however_many_files(work: Work, clock: HandClock) -> None:
    unit = found_unit(work)
    costs = []
    for _round in range(2):
        for _number in range(3):
            clock.move(hours=1)
            item = agenda.raise_item(work, unit, title="路灯", channel="visit")
            meeting_on(work, unit, item, clock(), vote=(True, True))
        with counted(work) as asked:
            archive.page(work, unit, "item")
            archive.page(work, unit, "meeting")
        costs.append(len(asked))
    assert costs[0] == costs[1]


def test_a_voice_stands_for_the_sheet_and_being_told_for_the_note(work: Work) -> None:
    unit = found_unit(work)
    item = agenda.raise_item(work, unit, title="路灯")
    assert archive.file(work, "item", item).red == 1
    voice = voices.add(work, unit, text="路灯不亮", channel="wish_wall")
    with work.act("voices.edit") as act:
        act.get_one(Voice, voice).item_id = item
    assert archive.file(work, "item", item).red == 0


def test_every_kind_has_a_record_a_sign_in_sheet_and_an_order_for_each_paper() -> None:
    for kind in KINDS:
        asked = {need.paper: need.level for need in law.needs_of_meeting(kind, ())}
        assert asked["record"] == "red"
        assert "sign_in_sheet" in asked
    for order in ("evidence", "archive"):
        assert {need.paper for need in law.NEEDS} <= set(law.ORDERS[order])
        assert len(set(law.ORDERS[order])) == len(law.ORDERS[order])
    assert set(law.EVIDENCE) == set(law.ARCHIVE)
    assert law.place("resolution", "archive") < law.place("record", "archive") < law.place("sign_in_sheet", "archive")
    assert law.place("sign_in_sheet") < law.place("record") < law.place("resolution")


def test_what_is_gone_is_told(work: Work) -> None:
    with pytest.raises(NotFound):
        archive.file(work, "item", uuid.uuid4())
    unit = found_unit(work)
    meeting = meeting_on(work, unit, None, work.clock())
    with work.act("meetings.cancel") as act:
        act.get_one(Meeting, meeting).cancelled_at = act.now
    assert archive.page(work, unit, "meeting").rows == ()


def test_a_file_has_a_number_of_its_own_and_the_next_is_proposed(work: Work) -> None:
    unit_id = found_unit(work)
    first, second = (agenda.raise_item(work, unit_id, title=title) for title in ("路灯", "电梯"))
    assert archive_number.proposed(work, first) == "2026-001"
    archive_number.give(work, first, " 2026-001 ")
    assert archive.file(work, "item", first).filed == archive_number.proposed(work, first) == "2026-001"
    assert archive_number.proposed(work, second) == "2026-002"
    for wrong in ("", "2026-001", "9" * 41):
        with pytest.raises(RuleBroken):
            archive_number.give(work, second, wrong)
    archive_year.set_fonds(work, unit_id, "Z109")
    assert archive_number.proposed(work, second) == "Z109-2026-001"
    with pytest.raises(NotFound):
        archive_number.give(work, uuid.uuid4(), "1")

"""Agenda items: raised and numbered, shown on the board and in the list, changed, undone."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

import pytest

from deliberation_app.domain.meeting_file import digest
from deliberation_app.errors import NotFound, RuleBroken
from deliberation_app.services import agenda, meeting_file, people, units
from deliberation_app.services.meeting_document import document
from deliberation_app.services.work import Work
from deliberation_app.settings import path
from tests.services.courtyard import (
    LAMPS,
    PARKING,
    SECOND_CAR,
    counted,
    fill,
    found_unit,
    item_called,
    said,
)
from tests.services.small import HandClock


def test_the_board_of_the_demonstration(work: Work) -> None:
    unit = fill(work)
    board = agenda.board(work, unit.id)
    assert [(column.stage, [card.title for card in column.cards]) for column in board.columns] == [
        ("raised", []),
        ("discussed", [SECOND_CAR]),
        ("decided", []),
        ("evaluated", [LAMPS]),
        ("shared", [PARKING]),
    ]
    assert board.count == 3
    back = board.columns[1].cards[0]
    assert (said(back.flag), back.days_in_stage, back.late, back.raisers) == (
        "Sent back",
        179,
        True,
        ("买买提·吐尔逊",),
    )
    assert (back.met, back.needed) == (2, 4)
    parking = board.columns[4].cards[0]
    assert (parking.raised_by, len(parking.raisers), said(parking.publication)) == (5, 2, "Published")
    assert (parking.met, parking.needed, parking.number) == (2, 3, "2026-01")


def test_the_board_asks_as_much_for_many_items_as_for_few(work: Work) -> None:
    unit_id = found_unit(work)
    person = people.add(work, unit_id, name="石䶮")
    agenda.raise_item(work, unit_id, title="路灯", raised_by=[person])
    with counted(work) as few:
        agenda.board(work, unit_id)
    for number in range(30):
        agenda.raise_item(work, unit_id, title=f"路灯{number}", raised_by=[person])
    with counted(work) as many:
        board = agenda.board(work, unit_id, limit=20)
    assert len(many) == len(few) <= 25
    assert (board.columns[0].count, len(board.columns[0].cards), board.columns[0].more) == (31, 20, True)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("路灯", [LAMPS]),
        ("路燈", [LAMPS]),
        ("2026-01", [PARKING]),
        ("shiyan", [LAMPS]),
        ("石䶮", [LAMPS]),
        ("停车", [PARKING, SECOND_CAR]),
        ("%", []),
    ],
)
def test_board_and_list_are_filtered(work: Work, typed: str, found: list[str]) -> None:
    unit = fill(work)
    board = agenda.board(work, unit.id, text=typed)
    assert sorted(card.title for column in board.columns for card in column.cards) == sorted(found)
    assert board.count == len(found)
    assert sorted(card.title for card in agenda.page(work, unit.id, text=typed).rows) == sorted(found)


def test_categories(work: Work) -> None:
    unit = fill(work)
    assert agenda.categories(work, unit.id) == ["停车", "照明", "经费"]
    assert [card.title for card in agenda.page(work, unit.id, category="经费").rows] == [LAMPS]
    assert agenda.board(work, unit.id, category="停车").count == 2
    assert [card.title for card in agenda.page(work, unit.id, stage="shared").rows] == [PARKING]


@pytest.mark.parametrize("limit", [1, 2, 3, 7])
def test_the_list_is_paged_without_gap_or_double(work: Work, clock: HandClock, limit: int) -> None:
    unit_id = found_unit(work)
    raised = []
    for number in range(9):
        if number % 3 == 0:
            clock.move(hours=1)  # three items share one moment
        raised.append(agenda.raise_item(work, unit_id, title=f"议题{number}"))
    for item_id in raised[::4]:
        agenda.take(work, item_id, "defer", reason="等经费")
    found, after = [], None
    while True:
        part = agenda.page(work, unit_id, after=after, limit=limit)
        found += [card.id for card in part.rows]
        after = part.next
        if after is None:
            break
    assert len(found) == len(set(found)) == 9
    assert set(found) == set(raised)


def test_an_item_is_raised_with_number_and_history(work: Work) -> None:
    unit_id = found_unit(work)
    people_ids = [people.add(work, unit_id, name=name) for name in ("冯㛃", "陶堃", "石䶮")]
    first = agenda.raise_item(
        work,
        unit_id,
        title=" 充电桩 ",
        category="",
        channel="wish_wall",
        raised_by=people_ids,
        raised_at=datetime(2025, 12, 31, 16, 0, tzinfo=UTC),
    )
    second = agenda.raise_item(work, unit_id, title="积水", raised_at=datetime(2025, 12, 31, 15, 59, tzinfo=UTC))
    view = agenda.item(work, first)
    assert (view.item.title, view.item.category, view.item.number) == ("充电桩", None, "2026-01")
    assert agenda.item(work, second).item.number == "2025-01"
    assert [person.name for person in view.raisers] == ["冯㛃", "陶堃", "石䶮"]
    assert [(event.what, said(event.words)) for event in view.timeline] == [("step", "Stage “Raised”")]
    assert [(piece.id, piece.met) for piece in view.evidence] == [
        ("source", True),
        ("notice", False),
        ("discussion", False),
    ]
    work.undo()
    work.undo()
    with pytest.raises(NotFound):
        agenda.item(work, first)


def test_numbers_go_on_after_ninety_nine(work: Work) -> None:
    unit_id = found_unit(work)
    first = agenda.raise_item(work, unit_id, title="一")
    with work.act("agenda.edit") as act:
        act.get_one(agenda.AgendaItem, first).number = "2026-99"
    numbers = [agenda.item(work, agenda.raise_item(work, unit_id, title="又一件")).item.number for _ in range(2)]
    assert numbers == ["2026-100", "2026-101"]


@pytest.mark.parametrize(
    "told",
    [
        {"title": " "},
        {"title": "长" * 301},
        {"title": "短", "category": "长" * 61},
        {"title": "短", "channel": "pigeon"},
        {"title": "短", "raised_at": datetime(2026, 10, 21, tzinfo=UTC)},
    ],
)
def test_nothing_is_raised_from_half_an_answer(work: Work, told: dict[str, object]) -> None:
    unit_id = found_unit(work)
    with pytest.raises(RuleBroken):
        agenda.raise_item(work, unit_id, **told)
    assert agenda.board(work, unit_id).count == 0


def test_a_change_leaves_the_rest(work: Work) -> None:
    unit_id = found_unit(work)
    ids = [people.add(work, unit_id, name=name) for name in ("冯㛃", "陶堃", "石䶮")]
    item_id = agenda.raise_item(work, unit_id, title="充电桩", background="没有地方充电", raised_by=ids)
    agenda.edit(work, item_id, category="安全", raised_by=[ids[2], ids[0], ids[2]])
    view = agenda.item(work, item_id)
    assert (view.item.title, view.item.category, view.item.background) == ("充电桩", "安全", "没有地方充电")
    assert [person.id for person in view.raisers] == [ids[2], ids[0]]
    agenda.edit(work, item_id, background=None, votable=False)
    assert agenda.item(work, item_id).item.background is None
    assert said(agenda.board(work, unit_id).columns[0].cards[0].flag) == "Only how"


def test_a_line_of_the_unit_says_when_too_few_are_satisfied(work: Work) -> None:
    unit = fill(work)
    assert not any(
        survey.below_line for survey in agenda.item(work, item_called(work, unit.id, PARKING)).facts.evaluations
    )
    units.edit(work, unit.id, settings={"satisfaction_line": {"basis": "strict", "numerator": 9, "denominator": 10}})
    for title, below in ((PARKING, True), (LAMPS, False)):
        facts = agenda.item(work, item_called(work, unit.id, title)).facts
        assert [survey.below_line for survey in facts.evaluations] == [below]


def test_what_was_done_to_an_item_goes_into_its_meeting_files(work: Work, clock: HandClock) -> None:
    unit = fill(work)
    report = meeting_file.import_file(work, path("resources", "demo", "shandalu194-consultation.json"))
    lamps, parking = (item_called(work, unit.id, title) for title in (LAMPS, PARKING))
    stranger = people.add(work, unit.id, name="新来的")
    agenda.edit(work, lamps, raised_by=[stranger])
    agenda.take(work, item_called(work, unit.id, SECOND_CAR), "merge", reason="一并办", into=parking)
    written = meeting_file.export(work, report.meeting_id)
    with work.read() as session:
        told = document(session, report.meeting_id)
    assert str(stranger) in {person["id"] for person in told["people"]}
    assert digest(meeting_file.meeting_file.read(written)) == digest(told)
    before = told["written_at"]
    clock.move(minutes=1)
    people.edit(work, stranger, post="楼长")
    with work.read() as session:
        assert document(session, report.meeting_id)["written_at"] > before


def test_an_unknown_item_is_a_sentence(work: Work) -> None:
    with pytest.raises(NotFound):
        agenda.item(work, uuid.uuid4())
    with pytest.raises(NotFound):
        agenda.take(work, uuid.uuid4(), "discuss")

"""Tasks: open by date, overdue first, closed with evidence, dropped with a reason."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest

from deliberation_app.errors import NotFound, RuleBroken
from deliberation_app.services import agenda, meeting_file, people, tasks
from deliberation_app.services.meeting_document import document
from deliberation_app.services.work import Work
from deliberation_app.settings import path
from tests.services.courtyard import LAMPS, fill, found_unit, item_called, said
from tests.services.small import HandClock


def test_the_list_begins_with_the_most_overdue(work: Work) -> None:
    unit_id = found_unit(work)
    item_id = agenda.raise_item(work, unit_id, title="充电桩")
    dates = {
        "没有时限": None,
        "明天": date(2026, 10, 21),
        "今天": date(2026, 10, 20),
        "昨天": date(2026, 10, 19),
        "下月": date(2026, 11, 20),
        "已办": date(2026, 1, 1),
    }
    kept = {title: tasks.add(work, item_id, title=title, due=due) for title, due in dates.items()}
    tasks.done(work, kept["已办"], note="装好了")
    for limit in (1, 2, 50):
        rows, after = [], None
        while True:
            part = tasks.page(work, unit_id, after=after, limit=limit)
            rows += part.rows
            after = part.next
            if after is None:
                break
        assert [(row.task.title, row.standing, said(row.words)) for row in rows] == [
            ("昨天", "overdue", "Days overdue: 1"),
            ("今天", "due_soon", "Due today"),
            ("明天", "due_soon", "Days left: 1"),
            ("下月", "open", "Days left: 31"),
            ("没有时限", "no_date", ""),
            ("已办", "done", ""),
        ]
    assert tasks.counts(work, unit_id) == tasks.Counts(
        overdue=1, due_soon=2, open=5, done=1, dropped=0, week=2, to_accept=1
    )


def test_filters(work: Work) -> None:
    unit = fill(work)
    assert [row.owner for row in tasks.page(work, unit.id, state="open").rows] == ["范例安"]
    assert [row.task.title for row in tasks.page(work, unit.id, text="路燈").rows] == ["更换三盏路灯"]
    assert len(tasks.page(work, unit.id, text="停车").rows) == 4
    lamps = item_called(work, unit.id, LAMPS)
    assert [row.item_number for row in tasks.page(work, unit.id, item_id=lamps).rows] == ["2026-02"]
    assert tasks.page(work, unit.id, text="_").rows == ()


def test_a_task_is_closed_once_and_opened_again(work: Work, clock: HandClock) -> None:
    item_id = agenda.raise_item(work, found_unit(work), title="充电桩")
    kept = tasks.add(work, item_id, title=" 装两个 ", owner_unit="乙物业", note="")
    with pytest.raises(RuleBroken):
        tasks.done(work, kept, at=clock() + timedelta(hours=1))
    tasks.done(work, kept, note="装好了", evidence=["照片2张", " "])
    task = tasks.task(work, kept)
    assert (task.title, task.state, task.done_at, task.note, task.evidence) == (
        "装两个",
        "done",
        clock(),
        "装好了",
        ["照片2张"],
    )
    for act in (lambda: tasks.done(work, kept), lambda: tasks.drop(work, kept, "不办了")):
        with pytest.raises(RuleBroken):
            act()
    with pytest.raises(RuleBroken, match="Say why"):
        tasks.reopen(work, kept, " ")
    tasks.reopen(work, kept, "灯又坏了")
    task = tasks.task(work, kept)
    assert (task.state, task.done_at, task.evidence) == ("open", None, ["照片2张"])
    assert task.returned_reason is not None
    assert task.returned_reason.endswith("灯又坏了")
    with pytest.raises(RuleBroken, match="open already"):
        tasks.reopen(work, kept, "再开")
    with pytest.raises(RuleBroken):
        tasks.drop(work, kept, " ")
    tasks.drop(work, kept, "并入另一项")
    assert tasks.task(work, kept).note == "装好了\n并入另一项"


def test_edit_leaves_the_rest(work: Work) -> None:
    unit_id = found_unit(work)
    person = people.add(work, unit_id, name="石䶮")
    item_id = agenda.raise_item(work, unit_id, title="充电桩")
    kept = tasks.add(work, item_id, title="装", owner_unit="乙物业", due=date(2026, 11, 1))
    tasks.edit(work, kept, owner_id=person, evidence=["合同"])
    row = tasks.page(work, unit_id).rows[0]
    assert (row.owner, row.task.due, row.task.evidence, row.item_title) == (
        "乙物业、石䶮",
        date(2026, 11, 1),
        ["合同"],
        "充电桩",
    )
    tasks.edit(work, kept, owner_id=None, owner_unit=None, due=None, title="装两个", note="快点")
    row = tasks.page(work, unit_id).rows[0]
    assert (row.owner, row.task.due, row.task.title, row.task.note) == ("", None, "装两个", "快点")


def test_refusals(work: Work) -> None:
    item_id = agenda.raise_item(work, found_unit(work), title="充电桩")
    for title in (" ", "长" * 301):
        with pytest.raises(RuleBroken):
            tasks.add(work, item_id, title=title)
    for ask in (
        lambda: tasks.add(work, uuid.uuid4(), title="装"),
        lambda: tasks.task(work, uuid.uuid4()),
        lambda: tasks.done(work, uuid.uuid4(), note="好了"),
    ):
        with pytest.raises(NotFound):
            ask()


def test_an_owner_goes_into_the_meeting_files_of_the_item(work: Work) -> None:
    unit = fill(work)
    report = meeting_file.import_file(work, path("resources", "demo", "shandalu194-consultation.json"))
    owner = people.add(work, unit.id, name="新来的")
    tasks.add(work, item_called(work, unit.id, LAMPS), title="再换一盏", owner_id=owner)
    with work.read() as session:
        before = document(session, report.meeting_id)
    assert str(owner) in {person["id"] for person in before["people"]}
    people.edit(work, owner, post="楼长")
    with work.read() as session:
        assert document(session, report.meeting_id)["written_at"] > before["written_at"]

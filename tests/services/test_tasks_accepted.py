"""Tasks to their end: done needs evidence, another person accepts, filters and persons, the printed list."""

from __future__ import annotations

import uuid
from datetime import date
from pathlib import Path

import pytest

from deliberation_app.errors import RuleBroken
from deliberation_app.papers.document import SignTable
from deliberation_app.services import agenda, enclosures, papers_made, people, tasks, tasks_people
from deliberation_app.services.papers_asked import Asked
from deliberation_app.services.work import Work
from tests.services.courtyard import found_unit
from tests.services.small import HandClock, dump_of


@pytest.fixture
def unit_id(work: Work) -> uuid.UUID:
    return found_unit(work)


@pytest.fixture
def item_id(work: Work, unit_id: uuid.UUID) -> uuid.UUID:
    return agenda.raise_item(work, unit_id, title="充电桩")


def test_done_needs_evidence(work: Work, item_id: uuid.UUID, tmp_path: Path) -> None:
    task = tasks.add(work, item_id, title="装两个")
    before = dump_of(work)["task"]
    with pytest.raises(RuleBroken, match="what shows"):
        tasks.done(work, task, note=" ", evidence=[" "])
    assert dump_of(work)["task"] == before
    photo = tmp_path / "桩.png"
    photo.write_bytes(b"\x89PNG\r\n\x1a\n" + b"0" * 40)
    enclosures.add(work, "task", task, "", photo)
    tasks.done(work, task)
    assert tasks.row(work, task).standing == "done"
    assert tasks_people.files(work, [task]) == {task: 1}


def test_another_person_accepts(work: Work, unit_id: uuid.UUID, item_id: uuid.UUID) -> None:
    owner = people.add(work, unit_id, name="郝五")
    task = tasks.add(work, item_id, title="装两个", owner_id=owner)
    with pytest.raises(RuleBroken, match="Only a task that is done"):
        tasks.accept(work, task, "张三")
    tasks.done(work, task, note="装好了", closed_by="范例安")
    for name in ("郝五", "范例安", " "):
        with pytest.raises(RuleBroken):
            tasks.accept(work, task, name)
    tasks.accept(work, task, " 张三 ")
    row = tasks.row(work, task)
    assert (row.standing, row.task.accepted_by, row.task.closed_by) == ("accepted", "张三", "范例安")
    work.undo()
    assert tasks.row(work, task).standing == "done"
    tasks.reopen(work, task, "一只不亮")
    row = tasks.row(work, task)
    assert (row.standing, row.task.accepted_at) == ("no_date", None)
    assert row.task.returned_reason == "2026年10月20日 一只不亮"


def test_filters_and_persons(work: Work, unit_id: uuid.UUID, item_id: uuid.UUID, clock: HandClock) -> None:
    owner = people.add(work, unit_id, name="郝五")
    told = {"late": date(2026, 10, 1), "sunday": date(2026, 10, 25), "monday": date(2026, 10, 26), "none": None}
    kept = {name: tasks.add(work, item_id, title=name, owner_id=owner, due=due) for name, due in told.items()}
    other = tasks.add(work, item_id, title="unit", owner_unit="乙物业", due=date(2026, 10, 20))
    tasks.done(work, kept["none"], note="好了")

    def titles(only: str, owner: uuid.UUID | str | None = None) -> list[str]:
        return [row.task.title for row in tasks.page(work, unit_id, only=only, owner=owner).rows]

    assert titles("overdue") == ["late"]
    assert titles("week") == ["unit", "sunday"]
    assert titles("accept") == ["none"]
    assert titles("open", owner) == ["late", "sunday", "monday"]
    assert titles("open", "乙物业") == ["unit"]
    tasks.accept(work, kept["none"], "张三")
    tasks.drop(work, other, "不办了")
    assert set(titles("closed")) == {"none", "unit"}
    assert [(row.name, row.open, row.overdue, row.done) for row in tasks_people.owners(work, unit_id)] == [
        ("郝五", 3, 1, 1), ("乙物业", 0, 0, 0),
    ]  # fmt: skip
    tasks.done(work, kept["late"], note="晚了", late_reason="缺料")
    tasks.done(work, kept["monday"], note="早了")
    assert tasks_people.on_time(work, unit_id) == (1, 2)


def test_the_list_of_a_unit_and_of_a_person(work: Work, unit_id: uuid.UUID, item_id: uuid.UUID) -> None:
    owner = people.add(work, unit_id, name="郝五")
    mine = tasks.add(work, item_id, title="装两个", owner_id=owner, helpers="楼长", begun_on=date(2026, 10, 1))
    tasks.edit(work, mine, late_reason="缺料")
    tasks.add(work, item_id, title="通电", owner_unit="乙物业")
    with work.read() as session:
        whole = papers_made.compose(session, Asked(paper="task_list", unit=unit_id))[0]
        one = papers_made.compose(session, Asked(paper="task_list", unit=unit_id, person=owner))[0]
    table = next(block for block in whole.blocks if isinstance(block, SignTable))
    assert len(table.rows) == 2
    assert {"郝五\n协办：楼长", "2026.10.1起", "逾期：缺料"} <= {cell for row in table.rows for cell in row}
    table = next(block for block in one.blocks if isinstance(block, SignTable))
    assert [row[1].split("\n")[0] for row in table.rows] == ["装两个"]
    assert one.title == "郝五落实清单"

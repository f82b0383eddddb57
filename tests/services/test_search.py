"""Search: anything of one unit by a few characters."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest
from sqlalchemy import select

from deliberation_app.domain.search import words_of
from deliberation_app.services import agenda, enclosures, papers_made, people, search, tasks, voices
from deliberation_app.services.papers_asked import Asked
from deliberation_app.services.work import Work
from deliberation_app.storage.floor import Statement
from tests.services.courtyard import LAMPS, PARKING, fill, found_unit, item_called


@pytest.mark.parametrize(
    ("typed", "what", "title"),
    [
        ("路灯", "item", LAMPS),
        ("路燈", "item", LAMPS),
        ("2026-01", "item", PARKING),
        ("ghyn", "item", LAMPS),
        ("genghuan", "item", LAMPS),
        ("ludeng", "item", LAMPS),
        ("ld", "item", LAMPS),
        ("chongxinhuafen", "item", PARKING),
        ("smbj", "meeting", "山大路194号院全体业主书面表决：停车位划分与收费"),
        ("fla", "person", "范例安"),
        ("龔", "person", "龚龑"),
        ("第3次", "meeting", "“当面锣对面鼓”庭院民主协商会：停车位重新划分与停车收费"),
        ("停车收支", "notice", "2026年第三季度停车收支公示"),
        ("書面表決", "meeting", "山大路194号院全体业主书面表决：停车位划分与收费"),
    ],
)
def test_everything_is_found(work: Work, typed: str, what: str, title: str) -> None:
    unit = fill(work)
    assert (what, title) in {(hit.what, hit.title) for hit in search.find(work, unit.id, typed)}


@pytest.mark.parametrize("typed", ["", "  ", "%", "_", "zzzzzz", "'", "ngd", "ewei", "zyzyzy"])
def test_nothing_is_found_for_nothing(work: Work, typed: str) -> None:
    unit = fill(work)
    assert search.find(work, unit.id, typed) == []


def test_places_are_shared_out(work: Work) -> None:
    unit_id = found_unit(work)
    for number in range(30):
        people.add(work, unit_id, name=f"灯{number}")
    for number in range(3):
        agenda.raise_item(work, unit_id, title=f"路灯{number}")
    voices.add(work, unit_id, text="灯坏了")
    hits = search.find(work, unit_id, "灯", limit=10)
    counts = {what: sum(hit.what == what for hit in hits) for what in ("person", "item", "voice")}
    assert counts == {"person": 6, "item": 3, "voice": 1}
    assert len(search.find(work, unit_id, "灯", limit=2)) == 2


def test_another_unit_is_not_searched(work: Work) -> None:
    here, there = found_unit(work), found_unit(work, "另一支部")
    agenda.raise_item(work, there, title="别处的路灯")
    voices.add(work, there, text="别处的路灯")
    assert search.find(work, here, "路灯") == []


def test_a_statement_opens_where_it_was_said(work: Work) -> None:
    unit = fill(work)
    with work.read() as session:
        said = session.scalars(select(Statement).where(Statement.text.contains("轮椅通道"))).first()
    hit = next(one for one in search.find(work, unit.id, "轮椅通道") if one.id == said.id)
    assert (hit.what, hit.page) == ("statement", "meeting")
    assert dict(hit.where)["statement"] == said.id
    assert dict(hit.where)["id"] in {
        one.id for one in search.find(work, unit.id, "庭院民主协商会") if one.what == "meeting"
    }


def test_papers_and_files_are_found_wherever_they_lie(work: Work, tmp_path: Path) -> None:
    """Those of a meeting, an item, a task, a voice; not one that was taken out."""
    unit = fill(work)
    item = item_called(work, unit.id, LAMPS)
    task = tasks.add(work, item, title="换灯泡", owner_unit="物业公司")
    voice = voices.add(work, unit.id, text="灯坏了")
    owners = {"item": item, "task": task, "voice": voice}
    kept = {}
    for about, key in owners.items():
        file = tmp_path / f"樱桃{about}.jpg"
        file.write_bytes(b"\xff\xd8\xff\xe0" + about.encode())
        kept[about] = enclosures.add(work, about, key, "", file)
    papers_made.write(work, Asked(paper="archive_cover", item=item), tmp_path / "cover.pdf")
    found = {one.id: (one.page, one.where) for one in search.find(work, unit.id, "樱桃") if one.what == "file"}
    assert found == {
        kept["item"]: ("archive", (("item", item), ("piece", kept["item"]))),
        kept["task"]: ("archive", (("item", item), ("piece", kept["task"]))),
        kept["voice"]: ("voices", (("voice", voice),)),
    }
    (cover,) = [one for one in search.find(work, unit.id, "案卷") if one.what == "paper"]
    assert (cover.page, cover.where[0]) == ("archive", ("item", item))
    (hit,) = [one for one in search.find(work, unit.id, "换灯泡") if one.what == "task"]
    assert (hit.page, hit.where) == ("tasks", (("task", task),))
    enclosures.remove(work, kept["item"], "扫错了")
    assert kept["item"] not in {one.id for one in search.find(work, unit.id, "樱桃")}


def test_the_index_says_what_the_rows_say(work: Work) -> None:
    """After a change and its undoing the line is that of the row."""
    unit_id = found_unit(work)
    item = agenda.raise_item(work, unit_id, title="路灯")
    agenda.edit(work, item, title="电梯")
    assert [one.title for one in search.find(work, unit_id, "dianti")] == ["电梯"]
    work.undo()
    assert search.find(work, unit_id, "dianti") == []
    assert [one.id for one in search.find(work, unit_id, "ludeng")] == [item]


def test_letters_find_by_sound_only_after_what_is_written_so(work: Work) -> None:
    unit_id = found_unit(work)
    sounding = agenda.raise_item(work, unit_id, title="路灯")
    written = agenda.raise_item(work, unit_id, title="LD灯具")
    agenda.raise_item(work, unit_id, title="楼道")
    hits = [one.id for one in search.find(work, unit_id, "ld")]
    assert hits[0] == written
    assert sounding in hits
    assert len(hits) == 3


def test_words_of_a_row_hold_how_it_is_read() -> None:
    unit = uuid.UUID(int=7)
    assert words_of("item", unit, "重新2号").split()[2:] == ["重", "新", "2", "号", "yc", "yx", "y2", "yh",
                                                             "schong", "sxin", "s2", "shao"]  # fmt: skip

"""Scans taken in by their codes or by hand, each once; a whole file taken out as a folder, whole or not at all."""

from __future__ import annotations

import uuid
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation_app.errors import AppError, RuleBroken
from deliberation_app.services import agenda, archive, archive_export, archive_intake, enclosures, papers_made
from deliberation_app.services.papers_asked import Asked
from deliberation_app.services.work import Work
from tests.services.courtyard import PARKING, fill, found_unit, item_called, meeting_on
from tests.services.test_archive import _picture

PNG = b"\x89PNG\r\n\x1a\n"


class Steps:
    """A report that can be told to stop after some steps."""

    def __init__(self, stop_after: int | None = None) -> None:
        self.told: list[tuple[int, int]] = []
        self.stop_after = stop_after

    def __call__(self, done: int, total: int = 0) -> None:
        """Keep what was told."""
        self.told.append((done, total))

    def cancelled(self) -> bool:
        """Whether enough was done."""
        return self.stop_after is not None and len(self.told) > self.stop_after


@pytest.fixture
def meeting(work: Work) -> uuid.UUID:
    """The consultation of the demonstration."""
    unit = fill(work)
    rows = archive.page(work, unit.id, "meeting").rows
    return next(one.id for one in rows if one.kind == "courtyard_consultation")


def _scan_of(pdf: Path, to: Path) -> Path:
    """The first page with the last page's code as a picture, as a scanner gives it."""
    document = pypdfium2.PdfDocument(pdf)
    document[len(document) - 1].render(scale=200 / 72).to_pil().save(to)
    document.close()
    return to


def test_a_scan_finds_its_file_by_its_code_and_others_go_where_one_says(
    work: Work, meeting: uuid.UUID, tmp_path: Path
) -> None:  # fmt: skip
    printed = tmp_path / "签到表.pdf"
    papers_made.write(work, Asked(paper="sign_in_sheet", meeting=meeting), printed)
    folder = tmp_path / "扫描"
    (folder / "里面").mkdir(parents=True)
    _scan_of(printed, folder / "IMG_0001.png")
    photo = _picture(folder / "里面", 2)
    (folder / "Thumbs.db").write_bytes(b"x")
    (folder / "空.pdf").write_bytes(b"")
    (folder / "再一次.png").write_bytes((folder / "IMG_0001.png").read_bytes())
    steps = Steps()
    found = archive_intake.look(work, archive_intake.files_in([folder]), steps)
    by_name = {one.path.name: one for one in found}
    assert set(by_name) == {"IMG_0001.png", photo.name, "空.pdf", "再一次.png"}
    coded = by_name["IMG_0001.png"]
    assert (coded.by_code, coded.about_id, coded.paper, coded.ready) == (True, meeting, "sign_in_sheet", True)
    assert by_name["再一次.png"].kept_as == "IMG_0001.png"
    assert by_name["空.pdf"].fault is not None
    assert not by_name[photo.name].ready
    assert steps.told[-1] == (4, 4)
    hand = archive_intake.assigned(work, by_name[photo.name], paper="photo", to=("meeting", meeting))
    assert archive_intake.take_in(work, [coded, hand, by_name["空.pdf"]], Steps()) == 2
    assert {line.paper for line in archive.file(work, "meeting", meeting).lines if line.state == "there" and line.level
            } >= {"sign_in_sheet", "photo"}  # fmt: skip
    again = archive_intake.look(work, [coded.path], Steps())
    assert (again[0].kept_as, again[0].ready) == ("IMG_0001", False)
    work.undo()
    assert enclosures.listed(work, "meeting", meeting) == ()


def test_what_bears_no_code_goes_to_the_file_that_is_open(work: Work, tmp_path: Path) -> None:
    unit = found_unit(work)
    item = agenda.raise_item(work, unit, title="路灯")
    found = archive_intake.look(work, [_picture(tmp_path, 1)], Steps(), here=("item", item))
    assert (found[0].about, found[0].about_id, found[0].paper, found[0].owner) == ("item", item, "photo", "路灯")


def test_the_name_of_a_file_may_say_which_paper_it_is(work: Work, tmp_path: Path) -> None:
    item = agenda.raise_item(work, found_unit(work), title="路灯")
    named = _picture(tmp_path, 1).rename(tmp_path / "10月满意度测评统计表（盖章）.jpg")
    found = archive_intake.look(work, [named], Steps(), here=("item", item))
    assert (found[0].paper, found[0].by_code) == ("satisfaction_count", False)


def test_a_file_that_is_gone_says_so_and_the_others_go_in_without_it(work: Work, tmp_path: Path) -> None:
    item = agenda.raise_item(work, found_unit(work), title="路灯")
    files = [_picture(tmp_path, n) for n in range(2)]
    found = archive_intake.look(work, archive_intake.files_in([*files, tmp_path / "没有.png"]), Steps(),
                                here=("item", item))  # fmt: skip
    assert [one.ready for one in found] == [True, True, False]
    files[0].unlink()
    with pytest.raises(AppError, match="not there"):
        archive_intake.take_in(work, found, Steps())
    found = archive_intake.still_there(found)
    assert [one.ready for one in found] == [False, True, False]
    assert archive_intake.take_in(work, found, Steps()) == 1


def test_a_folder_without_a_paper_says_so(tmp_path: Path) -> None:
    (tmp_path / ".DS_Store").write_bytes(b"x")
    with pytest.raises(RuleBroken):
        archive_intake.files_in([tmp_path])


def test_stopping_takes_nothing_in(work: Work, tmp_path: Path) -> None:
    unit = found_unit(work)
    item = agenda.raise_item(work, unit, title="路灯")
    files = [_picture(tmp_path, n) for n in range(3)]
    assert archive_intake.look(work, files, Steps(0), here=("item", item)) == []
    found = archive_intake.look(work, files, Steps(), here=("item", item))
    with pytest.raises(AppError, match="Stopped"):
        archive_intake.take_in(work, found, Steps(1))
    assert enclosures.listed(work, "item", item) == ()
    with pytest.raises(RuleBroken):
        archive_intake.take_in(work, [], Steps())


def test_a_whole_file_is_written_with_its_list(work: Work, tmp_path: Path) -> None:
    unit = fill(work)
    item = item_called(work, unit.id, PARKING)
    scan = _picture(tmp_path, 7)
    enclosures.add(work, "item", item, "tally_sheet", scan, title='计/票*单"')
    archive.tick(work, "item", item, "resolution", there=True, pages=2)
    papers_made.write(work, Asked(paper="task_list", item=item), tmp_path / "t.pdf")
    steps = Steps()
    place = archive_export.export(work, "item", item, tmp_path, steps)
    assert place is not None
    names = sorted(one.name for one in place.iterdir())
    assert names[0] == archive_export.LIST_NAME
    assert any(name.endswith(".jpg") and "计_票_单_" in name for name in names)
    assert any("落实清单" in name for name in names)
    assert (place / next(name for name in names if name.endswith(".jpg"))).read_bytes() == scan.read_bytes()
    document = pypdfium2.PdfDocument(place / archive_export.LIST_NAME)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    for words in ("决议", "仅纸质", "尚缺", "落实清单"):
        assert words in text
    assert steps.told[-1][0] == steps.told[-1][1]
    twice = archive_export.export(work, "item", item, tmp_path, Steps())
    assert twice is not None
    assert twice.name == f"{place.name} (2)"


def test_nothing_half_written_stays(work: Work, tmp_path: Path) -> None:
    unit = fill(work)
    item = item_called(work, unit.id, PARKING)
    for number in range(3):
        enclosures.add(work, "item", item, "photo", _picture(tmp_path, number))
    into = tmp_path / "out"
    into.mkdir()
    assert archive_export.export(work, "item", item, into, Steps(1)) is None
    assert list(into.iterdir()) == []
    blocked = tmp_path / "file"
    blocked.write_bytes(b"x")
    with pytest.raises(AppError, match="could not be written"):
        archive_export.export(work, "item", item, blocked, Steps())


@given(st.text(max_size=300))
def test_names_are_safe_on_every_disk(words: str) -> None:
    name = archive_export.safe_name(words)
    assert name
    assert not set(name) & set('\\/:*?"<>|\n\r\t\0')
    assert name == name.strip(" .")
    assert len(name) <= 81
    assert name.split(".")[0].lower() not in {"con", "nul", "com1", "lpt9"}
    assert archive_export.safe_name(name) == name


def test_a_meeting_of_no_unit_kind_is_exported_empty_of_papers(work: Work, tmp_path: Path) -> None:
    meeting = meeting_on(work, found_unit(work), None, work.clock())
    place = archive_export.export(work, "meeting", meeting, tmp_path, Steps())
    assert place is not None
    assert [one.name for one in place.iterdir()] == [archive_export.LIST_NAME]

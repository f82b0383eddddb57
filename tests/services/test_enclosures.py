"""Files taken in: kept once, known by content, copied out whole, taken out with a reason."""

from __future__ import annotations

import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from deliberation_app.errors import AppError, NotFound, RuleBroken
from deliberation_app.services import agenda, check, enclosures, floor_marks
from deliberation_app.services.work import Work
from deliberation_app.storage.minutes import KeptFile
from tests.services.live_meeting import start
from tests.services.small import HandClock

PICTURE = b"\xff\xd8\xff\xe0 a photo"


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A picture under a name that says something else."""
    file = tmp_path / "现场.pdf"
    file.write_bytes(PICTURE)
    return file


def files(work: Work) -> int:
    with work.read() as session:
        return session.scalar(select(func.count()).select_from(KeptFile)) or 0


def test_a_file_is_kept_once_however_often_it_is_taken_in(work: Work, photo: Path) -> None:
    live = start(work)
    item = agenda.raise_item(work, live.unit, title="停车位")
    first = enclosures.add(work, "meeting", live.id, "", photo)
    enclosures.add(work, "item", item, "other", photo, title="图")
    with pytest.raises(RuleBroken, match="here already"):
        enclosures.add(work, "meeting", live.id, "", photo)
    assert files(work) == 1
    (view,) = enclosures.listed(work, "meeting", live.id)
    assert (view.id, view.title, view.paper, view.media_type, view.size) == (
        first,
        "现场",
        "photo",
        "image/jpeg",
        len(PICTURE),
    )
    assert view.file_name == "现场.jpg"
    assert check.check(work) == ()


def test_a_copy_is_the_same_bytes(work: Work, photo: Path, tmp_path: Path) -> None:
    live = start(work)
    key = enclosures.add(work, "meeting", live.id, "sign_in_sheet", photo)
    enclosures.save_copy(work, key, tmp_path / "copy.jpg")
    assert (tmp_path / "copy.jpg").read_bytes() == PICTURE == enclosures.content(work, key)
    with pytest.raises(AppError, match="could not be written"):
        enclosures.save_copy(work, key, tmp_path / "none" / "copy.jpg")


def test_taken_out_with_a_reason_and_back_again(work: Work, photo: Path) -> None:
    live = start(work)
    key = enclosures.add(work, "meeting", live.id, "", photo)
    with pytest.raises(RuleBroken, match="why"):
        enclosures.remove(work, key, " ")
    enclosures.remove(work, key, "拍错了")
    assert enclosures.listed(work, "meeting", live.id) == ()
    assert [one.removed_reason for one in enclosures.listed(work, "meeting", live.id, removed=True)] == ["拍错了"]
    with pytest.raises(NotFound):
        enclosures.remove(work, key, "拍错了")
    work.undo()
    assert len(enclosures.listed(work, "meeting", live.id)) == 1
    assert enclosures.content(work, key) == PICTURE
    work.undo()
    assert files(work) == 0


def test_what_cannot_be_taken_in_is_said(work: Work, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    live = start(work)
    empty, large = tmp_path / "empty.mp3", tmp_path / "large.mp3"
    empty.write_bytes(b"")
    large.write_bytes(b"ID3" + bytes(100))
    with pytest.raises(RuleBroken, match="empty"):
        enclosures.add(work, "meeting", live.id, "", empty)
    with pytest.raises(AppError, match="cannot be read"):
        enclosures.add(work, "meeting", live.id, "", tmp_path / "none.mp3")
    with pytest.raises(NotFound):
        enclosures.add(work, "meeting", uuid.uuid4(), "", large)
    with pytest.raises(ValueError):
        enclosures.add(work, "meeting", live.id, "nonsense", large)
    monkeypatch.setattr(enclosures, "MOST_BYTES", 50)
    with pytest.raises(RuleBroken, match="at most"):
        enclosures.add(work, "meeting", live.id, "", large)
    assert files(work) == 0


def test_time_marks_count_from_the_start_of_the_recording(work: Work, clock: HandClock, tmp_path: Path) -> None:
    live = start(work)
    opened = clock.now
    clock.move(seconds=100)
    floor_marks.mark(work, live.id)
    sound = tmp_path / "录音"
    sound.write_bytes(b"ID3" + bytes(50))
    key = enclosures.add(work, "meeting", live.id, "", sound)
    assert enclosures.enclosure(work, key).file_name == "录音.mp3"
    enclosures.edit(work, key, title="会议录音", taken_at=opened + timedelta(seconds=40))
    assert [one.offset for one in floor_marks.marks(work, live.id)] == [60]
    with pytest.raises(RuleBroken, match="few words"):
        enclosures.edit(work, key, title=" ")

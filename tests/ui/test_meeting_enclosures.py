"""Recordings, photos and scans on the page of a meeting: taken in, named by content, taken out with a reason."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from deliberation_app.services import enclosures, floor_marks
from deliberation_app.ui.meeting_enclosures import MeetingEnclosures, size_words, span_words
from tests.ui.console_meeting import Held


@pytest.fixture
def panel(app_dressed: QApplication, meeting: Held) -> Iterator[MeetingEnclosures]:
    made = MeetingEnclosures(SimpleNamespace(work=meeting.work, toast=lambda *_said, **_more: None))
    made.resize(460, 600)
    made.show_meeting(meeting.meeting)
    made.show()
    yield made
    made.deleteLater()


def test_files_come_in_and_go_out_with_a_reason(panel: MeetingEnclosures, meeting: Held, tmp_path: Path) -> None:
    sound, broken = tmp_path / "协商会录音", tmp_path / "空.jpg"
    sound.write_bytes(b"ID3" + bytes(3000))
    broken.write_bytes(b"")
    floor_marks.mark(meeting.work, meeting.meeting, "争论")
    panel.take_in([broken, sound])
    assert panel._error.isVisible()
    panel.show_meeting(meeting.meeting)
    assert [(one.title, one.paper) for one in panel.found] == [("协商会录音", "audio")]
    panel.list.setCurrentIndex(panel.list.rows.index(0, 0))
    panel._tell_acts()
    panel.began.setText("14:50")
    QTest.keyClick(panel.began, Qt.Key.Key_Return)
    panel.show_meeting(meeting.meeting)
    assert [row.status for row in panel.marks.rows.rows] == ["0:10:00"]
    panel.out.click()
    QTest.keyClicks(panel.reason, "wrong meeting")
    QTest.keyClick(panel.reason, Qt.Key.Key_Return)
    assert enclosures.listed(meeting.work, "meeting", meeting.meeting) == ()


def test_sizes_and_spans_in_words() -> None:
    assert [size_words(one) for one in (10, 2048, 3 * 1024**2)] == ["1 KB", "2 KB", "3.0 MB"]
    assert [span_words(one) for one in (-5, 0, 3725)] == ["-0:00:05", "0:00:00", "1:02:05"]

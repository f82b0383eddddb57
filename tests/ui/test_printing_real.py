"""Printed for real: through CUPS to a printer that writes files, and the result compared as pictures."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from deliberation_app import settings
from deliberation_app.errors import AppError
from deliberation_app.services import meeting_file, papers_made
from deliberation_app.services.papers_asked import Asked
from deliberation_app.services.work import Work
from deliberation_app.ui import print_system as system
from deliberation_app.ui.printing import PrintJob, printers, send
from tests.ui.print_system import QUEUE, print_system, run

# A printer thickens or thins the edge of a stroke by a part of a dot: a dot of the picture is another one when it is
# more than a quarter as dark again, and so many in a thousand may be.
DARKER, OTHERS = 64, 4
SCALE = 1.5


@pytest.fixture(scope="module")
def printed() -> Iterator[Path]:
    """The folder in which a real print system lays down what it printed."""
    with print_system() as folder:
        yield folder


@pytest.fixture
def record(fresh_work: Work) -> bytes:
    """The record of a theme day as PDF."""
    meeting = meeting_file.import_file(fresh_work, settings.path("resources", "demo", "theme-day.json")).meeting_id
    return papers_made.made(fresh_work, Asked(paper="record", meeting=meeting)).pdf


def files_of(folder: Path) -> list[Path]:
    """The printed files, the oldest first."""
    return sorted(folder.glob("*.pdf"), key=lambda file: file.stat().st_mtime_ns)


def pictures(pdf: bytes) -> list[QImage]:
    """The pages in grey."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        found = []
        for page in document:
            drawn = page.render(scale=SCALE, grayscale=True)
            image = QImage(drawn.buffer, drawn.width, drawn.height, drawn.stride, QImage.Format.Format_Grayscale8)
            found.append(image.copy())
        return found
    finally:
        document.close()


def blurred(image: QImage) -> bytes:
    """A page at a third of the size, in which a hair's breadth makes no difference."""
    size = image.size() / 3
    smooth = Qt.TransformationMode.SmoothTransformation
    small = image.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, smooth).convertToFormat(image.format())
    rows = bytes(small.constBits())
    step = small.bytesPerLine()
    return b"".join(rows[at * step : at * step + small.width()] for at in range(small.height()))


def alike(page: QImage, other: QImage) -> bool:
    """Whether two pages show the same."""
    one, two = blurred(page), blurred(other)
    return sum(abs(a - b) > DARKER for a, b in zip(one, two, strict=True)) * 1000 <= OTHERS * len(one)


def test_the_printed_file_shows_the_same_pages(printed: Path, record: bytes, app_dressed) -> None:
    """What came out of the printer is what the preview shows, page by page."""
    assert printers() == [QUEUE]
    send(record, PrintJob(QUEUE), "“当面锣对面鼓” <b>record</b> & more")
    (file,) = files_of(printed)
    wanted, found = pictures(record), pictures(file.read_bytes())
    assert len(found) == len(wanted) > 1
    for page, other in zip(wanted, found, strict=True):
        assert abs(page.width() - other.width()) <= 2
        assert abs(page.height() - other.height()) <= 2
        assert alike(page, other.scaled(page.size()))
    assert not alike(wanted[0], found[1].scaled(wanted[0].size())), "the comparison can tell two pages apart"


def test_only_the_pages_that_are_asked_for(printed: Path, record: bytes) -> None:
    """A range is printed as a range."""
    before = set(files_of(printed))
    send(record, PrintJob(QUEUE, pages=((2, 2),), duplex=False), "second page")
    (file,) = set(files_of(printed)) - before
    assert len(pictures(file.read_bytes())) == 1


def test_a_stopped_printer_says_so_and_prints_once_it_goes(printed: Path, record: bytes) -> None:
    """The reason somebody gave stands in the sentence; nothing waits in the queue to be printed twice."""
    before = set(files_of(printed))
    run("/usr/sbin/cupsdisable", "-r", "tray open", QUEUE)
    with pytest.raises(AppError, match=r"is stopped.*tray open"):
        send(record, PrintJob(QUEUE), "stopped")
    assert subprocess.run(["lpstat", "-o", QUEUE], capture_output=True, text=True, check=False).stdout == ""
    run("/usr/sbin/cupsenable", QUEUE)
    send(record, PrintJob(QUEUE), "goes again")
    assert len(set(files_of(printed)) - before) == 1


def test_a_printer_that_is_gone_and_one_that_was_never_there(printed: Path, record: bytes) -> None:
    """CUPS's own reason is told."""
    with pytest.raises(AppError, match="does not answer"):
        send(record, PrintJob("nowhere"), "gone")


def test_without_the_scheduler_the_sentence_says_so(
    printed: Path, record: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another socket, behind which nobody listens."""
    monkeypatch.setenv("CUPS_SERVER", str(printed / "nobody"))
    with pytest.raises(AppError, match=r"CUPS\) is not running"):
        send(record, PrintJob(QUEUE), "nobody")


@pytest.mark.parametrize(
    ("alert", "words"),
    [("media-empty-error", "has no paper"), ("media-jam-report", "jammed"), ("offline-report", "switched on"),
     ("toner-empty-error media-low-warning", "toner"), ("door-open-error", "is open")],
)  # fmt: skip
def test_what_a_printer_says_of_itself_becomes_a_sentence(
    record: bytes, monkeypatch: pytest.MonkeyPatch, alert: str, words: str
) -> None:
    """The job is taken back, so that trying again never prints twice."""
    asked: list[tuple[str, ...]] = []
    said = f"printer hall now printing hall-7.  enabled since now\n\tAlerts: {alert}\n"

    def answer(*command: str) -> str:
        asked.append(command)
        return {"-o": "hall-7 someone 1024 now\n", "-l": said}.get(command[1], "")

    monkeypatch.setattr(system, "_asked", answer)
    with pytest.raises(AppError, match=words):
        system._watch("hall", "hall-7", lambda: False)
    assert asked[-1] == ("cancel", "hall-7")
    assert system.alerts(said.replace(alert, "none media-low-warning")) == []

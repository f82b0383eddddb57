"""Pages as pictures: bounded in memory, never blank while one reads, closed in time."""

from __future__ import annotations

from io import BytesIO

import pypdfium2
import pytest
from PySide6.QtWidgets import QApplication

from deliberation_app.ui import preview_pages
from deliberation_app.ui.preview_canvas import PageCanvas
from deliberation_app.ui.preview_pages import PdfPages


def blank(pages: int) -> bytes:
    """A PDF with so many empty pages of A4."""
    document = pypdfium2.PdfDocument.new()
    for _page in range(pages):
        document.new_page(595, 842).close()
    buffer = BytesIO()
    document.save(buffer)
    document.close()
    return buffer.getvalue()


@pytest.fixture
def pages(app_dressed: QApplication) -> PdfPages:
    """A record as long as the longest."""
    made = PdfPages()
    made.open(blank(131))
    yield made
    made.close()


def test_memory_is_bounded_and_only_what_is_seen_is_drawn(
    pages: PdfPages, qtbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Turning through 131 pages keeps a handful of pictures."""
    limit = 6_000_000
    monkeypatch.setattr(preview_pages, "_KEPT", limit)
    canvas = PageCanvas(pages)
    qtbot.addWidget(canvas)
    canvas.resize(700, 500)
    canvas.show()
    canvas.reload()
    drawn: list[int] = []
    pages.ready.connect(drawn.append)
    for page in (0, 40, 80, 130):
        canvas.go_to(page)
        assert canvas.current() == page
        canvas.viewport().repaint()
        qtbot.waitUntil(lambda page=page: page in drawn)
    assert pages.kept_bytes() <= limit
    assert len(set(drawn)) < 16


def test_what_was_scrolled_past_falls_off_the_list(pages: PdfPages, qtbot) -> None:
    """The page that is read now is drawn before those that were asked for on the way."""
    drawn: list[int] = []
    pages.ready.connect(drawn.append)
    with preview_pages.PDFIUM:
        for page in range(131):
            assert pages.picture(page, 200) is None
    qtbot.waitUntil(lambda: 130 in drawn)
    qtbot.wait(50)
    assert len(drawn) <= 10


def test_the_old_picture_stays_until_the_new_one_comes(pages: PdfPages, qtbot) -> None:
    """A correction never shows a blank sheet, and another size shows the one there is."""
    with qtbot.waitSignal(pages.ready):
        pages.picture(0, 300)
    before = pages.picture(0, 300)
    assert pages.picture(0, 600).width() == before.width() == 300
    pages.open(blank(2))
    assert pages.picture(0, 300).width() == 300
    with qtbot.waitSignal(pages.ready):
        pages.picture(1, 300)
    assert pages.count() == 2


def test_after_closing_nothing_is_drawn(pages: PdfPages, qtbot) -> None:
    """A page thrown away has no document any more."""
    pages.close()
    assert pages.picture(0, 300) is None
    assert pages.count() == 0
    canvas = PageCanvas(pages)
    qtbot.addWidget(canvas)
    canvas.reload()
    assert canvas.seen() == []

"""Every paper of every meeting of the demonstration, in each copy, read back from its PDF."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from typing import Any

import pytest

from deliberation_app import settings
from deliberation_app.domain.archive import PAPERS
from deliberation_app.errors import NotFound
from deliberation_app.papers.breaker import NO_END, NO_START
from deliberation_app.papers.document import Closing, Document
from deliberation_app.papers.lines import paragraphs
from deliberation_app.papers.sheet import LINES
from deliberation_app.services import meeting_file, papers, papers_made, work
from deliberation_app.services.papers_asked import Asked
from deliberation_app.services.papers_table import COMPOSERS
from tests.fresh import fresh
from tests.papers.reading import fonts_of, holes, lines_of, pages_of

NOW = datetime(2026, 10, 20, 7, 0, tzinfo=UTC)
MEETINGS = sorted(file.stem for file in settings.path("resources", "demo").glob("*.json"))
# What Table, Closing … say is printed as it is; these say how.
UNPRINTED = {"paper", "layout", "copy", "key", "codes", "code_column", "passed"}


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[work.Work, dict[str, uuid.UUID]]]:
    """All meetings of the demonstration in one database."""
    place = tmp_path_factory.mktemp("papers") / "papers.sqlite"
    kept = work.open_work(fresh(place), clock=lambda: NOW)
    found = {
        name: meeting_file.import_file(kept, settings.path("resources", "demo", f"{name}.json")).meeting_id
        for name in MEETINGS
    }
    yield kept, found
    kept.close()


def composed(kept: work.Work, asked: Asked) -> tuple[Document, ...]:
    """The papers that answer, none where there is nothing to print."""
    with kept.read() as session:
        if asked.paper == "record":
            if asked.meeting is None:
                return ()
            return (papers.as_paper(papers.source(session, asked.meeting).record(posted=asked.posted)),)
        try:
            return papers_made.compose(session, asked)
        except NotFound:
            return ()


def texts_in(value: Any) -> Iterator[str]:
    """Every text of a paper that is printed."""
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            if field.name not in UNPRINTED:
                yield from texts_in(getattr(value, field.name))
    elif isinstance(value, tuple):
        for part in value:
            yield from texts_in(part)


def missing_texts(documents: tuple[Document, ...], data: bytes) -> list[str]:
    """The texts of the papers that cannot be read back in the order of drawing."""
    drawn = "".join("".join(seen.character for page in pages_of(data) for seen in page).split())
    marks = {"".join(document.mark.split()) for document in documents} - {""}
    between = "|".join([r"第\d+页共\d+页", r"—\d+—", *map(re.escape, sorted(marks))])
    drawn = re.sub(between, "", drawn)
    told = {part for document in documents for text in texts_in(document) for part in paragraphs(text)}
    told -= {document.mark for document in documents}
    # a colon or full stop at the end is that of the element, not of the text
    return [text for text in told if re.sub(between, "", "".join(text.split())).rstrip("：。") not in drawn]


def test_every_paper_of_the_commands_is_composed_by_somebody() -> None:
    """No paper of the table is without its line."""
    assert set(COMPOSERS) | {"record"} == set(PAPERS)


@pytest.mark.parametrize("paper", sorted({"record", *COMPOSERS}))
def test_every_paper_of_every_meeting_is_whole(held: Any, paper: str) -> None:
    """No glyph is missing, every font embedded, the text is the text, nothing stands where it may not."""
    kept, meetings = held
    asked = [Asked(paper=paper, meeting=meeting) for meeting in meetings.values()]
    asked += [Asked(paper=paper, meeting=meeting, posted=True) for meeting in meetings.values() if PAPERS[paper].posted]
    asked += [Asked(paper=paper, period="2026-03"), Asked(paper=paper, empty=True)]
    printed_once = False
    for question in asked:
        documents = composed(kept, question)
        if not documents:
            continue
        printed_once = True
        printed = papers.press(documents)
        assert holes(printed.pdf) == []
        assert all(embedded for _, embedded in fonts_of(printed.pdf))
        assert missing_texts(documents, printed.pdf) == []
        assert papers.press(documents).pdf == printed.pdf
        for page in pages_of(printed.pdf):
            for line in lines_of(page, 15.79):
                assert line[0].character not in NO_START, "".join(seen.character for seen in line)
                assert line[-1].character not in NO_END, "".join(seen.character for seen in line)
    assert printed_once, paper


def test_official_papers_keep_to_the_grid(held: Any) -> None:
    """From 28.0 to 184.0 mm, 22 lines on a full page, the closing never alone."""
    kept, meetings = held
    seen_full = 0
    for name in MEETINGS:
        documents = composed(kept, Asked(paper="summary", meeting=meetings[name]))
        for document in documents:
            pages = pages_of(papers.press((document,)).pdf)
            for page in pages:
                for line in lines_of(page, 15.79):
                    assert line[0].x >= 27.9
                    assert line[-1].x <= 184.0
            full = [page for page in pages[:-1] if len(lines_of(page, 15.79)) >= LINES - 1]
            seen_full += len(full)
    assert seen_full


def test_a_closing_never_stands_alone(held: Any) -> None:
    """署名 and date have text before them on their page."""
    kept, meetings = held
    for paper in ("notice", "resolution", "posting"):
        for meeting in meetings.values():
            for document in composed(kept, Asked(paper=paper, meeting=meeting)):
                closing = next(part for part in document.blocks if isinstance(part, Closing))
                pages = pages_of(papers.press((document,)).pdf)
                day = "".join(closing.date.split())
                ends = [["".join(seen.character for seen in line) for line in lines_of(page, 15.79)] for page in pages]
                last = next(lines for lines in reversed(ends) if lines and day in "".join(lines[-1].split()))
                assert len(last) >= 4, (paper, last)

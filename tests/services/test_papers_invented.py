"""Every paper of meetings that never were: very large ones, hostile ones, and posted copies of ones full of secrets."""

from __future__ import annotations

import re
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import fields as dataclass_fields
from dataclasses import is_dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from deliberation_app.domain.archive import PAPERS
from deliberation_app.errors import NotFound, RuleBroken
from deliberation_app.papers.breaker import NO_END, NO_START
from deliberation_app.papers.document import Closing, Document, SignTable, Slips
from deliberation_app.papers.lines import clean
from deliberation_app.services import meeting_file, papers, papers_made, work
from deliberation_app.services.papers_asked import Asked
from deliberation_app.services.papers_table import COMPOSERS
from deliberation_app.storage.meetings import Meeting
from deliberation_app.storage.people import Unit
from tests.fresh import fresh
from tests.papers.reading import drawn_of, fonts_of, holes, lines_of, pages_of, text_of
from tests.services import invented
from tests.services.test_papers_all import UNPRINTED, missing_texts, texts_in

NOW = datetime(2026, 10, 20, 7, 0, tzinfo=UTC)
POSTED = [paper.id for paper in PAPERS.values() if paper.posted]
Opened = tuple[work.Work, uuid.UUID]


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Take a meeting file into a database of its own, once for all tests that ask for it."""
    kept: dict[str, Opened] = {}

    def take(name: str, data: Callable[[], bytes]) -> Opened:
        if name not in kept:
            place = tmp_path_factory.mktemp("papers") / "papers.sqlite"
            one = work.open_work(fresh(place), clock=lambda: NOW)
            kept[name] = one, meeting_file.import_bytes(one, data()).meeting_id
        return kept[name]

    yield take
    for one, _ in kept.values():
        one.close()


def documents(held: Opened, paper: str, **how: Any) -> tuple[Document, ...]:
    """The papers that answer, none where there is nothing to print."""
    kept, meeting = held
    with kept.read() as session:
        if paper == "record":
            return (papers.as_paper(papers.source(session, meeting).record(posted=how.get("posted", False))),)
        try:
            return papers_made.compose(session, Asked(paper=paper, meeting=meeting, **how))
        except NotFound:
            return ()


def check(found: tuple[Document, ...]) -> papers.Printed:
    """Whole, in embedded fonts, twice the same, no mark where it may not stand, no closing alone."""
    printed = papers.press(found)
    assert papers.press(found).pdf == printed.pdf
    assert holes(printed.pdf) == []
    assert all(embedded for _, embedded in fonts_of(printed.pdf))
    assert missing_texts(found, printed.pdf) == []
    pages = pages_of(printed.pdf)
    for page in pages:
        for line in lines_of(page, 15.79):
            assert line[0].character not in NO_START, "".join(seen.character for seen in line)
            assert line[-1].character not in NO_END, "".join(seen.character for seen in line)
            assert line[0].x >= 27.9
            assert line[-1].x <= 184.0
    for document in found:
        if document.signatures or any(isinstance(part, Closing) for part in document.blocks):
            alone = papers.press((document,))
            page = pages_of(alone.pdf)[alone.signatures_page - 1]
            assert len({round(seen.y) for seen in page if 37 < seen.y < 262}) >= 3, document.paper
    return printed


@pytest.mark.parametrize("paper", ["record", *sorted(COMPOSERS)])
def test_400_people_300_statements_and_20_votes(opened: Any, paper: str) -> None:
    """Nothing is cut, lost or alone, however much there is."""
    found = documents(opened("large", invented.large), paper)
    if found:
        check(found)


def test_a_sign_in_sheet_of_400_has_its_heading_on_each_page_and_the_totals_with_the_last(opened: Any) -> None:
    (found,) = documents(opened("large", invented.large), "sign_in_sheet")
    rows = next(part for part in found.blocks if isinstance(part, SignTable)).rows
    assert len(rows) == 400
    pages = pages_of(papers.press((found,)).pdf)
    for page in pages:
        assert "签名" in "".join(seen.character for seen in page)
    last = "".join(seen.character for seen in pages[-1])
    assert "应到" in last
    assert "核对人" in last
    assert "400" in last


def test_each_voter_gets_one_slip_and_no_more(opened: Any) -> None:
    found = documents(opened("admission", lambda: invented.changed(str, "branch-assembly-admission")), "ballot")
    for document in found:
        (slips,) = [part for part in document.blocks if isinstance(part, Slips)]
        pages = pages_of(papers.press((document,)).pdf)
        heads = "".join(seen.character for page in pages for seen in page).count("填写说明")
        assert heads == len(slips.slips) == 19
        each = ["".join(seen.character for seen in page).count("填写说明") for page in pages]
        assert set(each[:-1]) == {max(each)}


def hostile(text: str) -> str:
    """What was there, and what nobody should type."""
    return text + invented.HOSTILE + invented.UNSEEN


@pytest.mark.parametrize("paper", ["record", *sorted(COMPOSERS)])
def test_hostile_text_prints_as_the_text_it_is(opened: Any, paper: str) -> None:
    """No mark-up, formula, path or pattern is understood; what cannot be seen is left out."""
    found = documents(opened("hostile", lambda: invented.changed(hostile)), paper)
    if found:
        printed = papers.press(found)
        assert holes(printed.pdf) == []
        drawn = text_of(printed.pdf)
        assert not lost(found, drawn)
        assert not set(invented.UNSEEN) & set(drawn)
        assert b"/URI" not in printed.pdf
        assert b"/JavaScript" not in printed.pdf


def test_hostile_text_really_is_printed(opened: Any) -> None:
    """The test above can fail: the text is in the papers, letter by letter."""
    found = documents(opened("hostile", lambda: invented.changed(hostile)), "agenda")
    drawn = text_of(papers.press(found).pdf)
    assert drawn.count("".join(clean(invented.HOSTILE).split())) >= 5


@pytest.mark.parametrize("paper", ["record", "notice", "agenda", "summary", "result", "task_list", "posting"])
def test_ten_thousand_characters_are_all_printed(opened: Any, paper: str) -> None:
    def longer(_text: str) -> str:
        return "车位划线以后消防通道要留出来。" * 667

    fields = frozenset({"text", "resolution", "summary", "background"})
    found = documents(opened("long", lambda: invented.changed(longer, fields=fields)), paper)
    if found:
        check(found)


@pytest.mark.parametrize("paper", sorted(COMPOSERS))
def test_any_field_of_a_paper_may_be_of_any_length(opened: Any, paper: str) -> None:
    """A field here and there of 3,000 characters: it wraps, turns pages, or is set smaller, and is whole."""
    found = documents(opened("admission", lambda: invented.changed(str, "branch-assembly-admission")), paper)
    if not found:
        found = documents(opened("owners", lambda: invented.changed(str, "shandalu194-owners-vote")), paper)
    for document in found[:1]:
        long = lengthened(document)
        printed = papers.press((long,))
        assert holes(printed.pdf) == []
        # cells that turn the page stand among others: each character is there as often as it was put in
        assert not lost((long,), text_of(printed.pdf))
        for page in pages_of(printed.pdf):
            assert all(seen.x >= 27.9 and seen.x + seen.size * 25.4 / 72 <= 184.6 for seen in page)
            assert all(5 <= seen.y <= 292 for seen in page)


def lost(found: tuple[Document, ...], drawn: str) -> Counter[str]:
    """The characters of the papers that are not drawn as often as they were put in."""
    texts = (text for document in found for text in texts_in(replace(document, mark="")))
    return Counter("".join("".join(clean(text).split()) for text in texts)) - Counter(drawn)


FIXED = {*UNPRINTED, "label", "columns", "titles", "number"}


def lengthened(document: Document, nth: int = 6) -> Document:
    """The paper with every nth text of its blocks very long."""
    count = 0

    def change(value: Any) -> Any:
        nonlocal count
        if isinstance(value, str) and value.strip():
            count += 1
            return value + "，车位划线以后消防通道要留出来" * 200 if count % nth == 0 else value
        if isinstance(value, tuple):
            return tuple(map(change, value))
        if is_dataclass(value) and not isinstance(value, type):
            parts = {part.name: getattr(value, part.name) for part in dataclass_fields(value)}
            return replace(value, **{key: change(part) for key, part in parts.items() if key not in FIXED})
        return value

    return replace(document, blocks=tuple(map(change, document.blocks)))


@pytest.mark.parametrize("paper", ["record", "sign_in_sheet", "delivery_list"])
def test_a_character_that_no_font_has_is_refused_with_the_name_it_stands_in(opened: Any, paper: str) -> None:
    def merry(text: str) -> str:
        return text.replace("范例安", "范例😀安")

    with pytest.raises(RuleBroken) as refused:
        papers.press(documents(opened("merry", lambda: invented.changed(merry)), paper))
    assert "😀" in str(refused.value)
    assert "范例😀安" in str(refused.value)


@pytest.mark.parametrize("seed", range(6))
def test_no_secret_of_a_resident_stands_on_any_posted_paper(tmp_path: Path, seed: int) -> None:
    """No name, telephone, room or plate of anybody without a public post, whatever field it was typed into."""
    told = invented.private(seed)
    kept = work.open_work(fresh(tmp_path / "papers.sqlite"), clock=lambda: NOW)
    try:
        meeting = meeting_file.import_bytes(kept, told.data).meeting_id
        archived = text_of(papers.press(documents((kept, meeting), "record")).pdf)
        assert sum(secret in archived for secret in told.secrets) > 10  # they are there to be masked
        for paper in POSTED:
            found = documents((kept, meeting), paper, posted=True)
            if found:
                # the digits of a code may happen to look like a telephone
                drawn = re.sub(r"校验码[0-9a-f]{16}", "", text_of(papers.press(found).pdf))
                assert [secret for secret in told.secrets if secret in drawn] == [], paper
                assert not re.search(r"(?<!\d)1[3-9]\d{9}(?!\d)", drawn), paper
    finally:
        kept.close()


@pytest.mark.parametrize("name", ["branch-assembly-admission", "shandalu194-owners-vote"])
def test_posted_results_and_resolutions_name_nobody_without_a_post(opened: Any, name: str) -> None:
    held = opened(name, lambda: invented.changed(str, name))
    people = invented.told(name)["people"]
    private = {person["name"] for person in people if not person.get("post")}
    for paper in ("resolution", "result", "summary"):
        drawn = text_of(papers.press(documents(held, paper, posted=True)).pdf)
        assert [known for known in private if len(known) > 2 and known in drawn] == []


def test_the_office_is_named_in_full_on_what_is_posted(opened: Any) -> None:
    """Whom to object to, and whom to call, is no secret (rules.md 6.1)."""
    kept, meeting = held = opened("office", lambda: invented.changed(str))
    with kept.act("units.edit") as act:
        unit = act.get_one(Unit, act.get_one(Meeting, meeting).unit_id)
        unit.settings = {**(unit.settings or {}), "office_phone": "0531-88886666", "office_place": "党群之家一楼"}
    posted = text_of(papers.press(documents(held, "posting", posted=True)).pdf)
    assert "电话：0531-88886666；地点：党群之家一楼" in posted
    assert "电话0531-88886666" in text_of(papers.press(documents(held, "notice", posted=True)).pdf)


@pytest.mark.parametrize("red", [False, True])
def test_the_head_of_a_summary_is_red_only_where_the_unit_says_so(opened: Any, red: bool) -> None:
    kept, meeting = held = opened(f"red {red}", lambda: invented.changed(str))
    if red:
        with kept.act("units.edit") as act:
            unit = act.get_one(Unit, act.get_one(Meeting, meeting).unit_id)
            unit.settings = {**(unit.settings or {}), "red_head": True, "copies_to": "街道党工委"}
    (summary,) = documents(held, "summary")
    data = check((summary,)).pdf
    colours = {one.colour for page in drawn_of(data) for one in page}
    assert ((1.0, 0.2, 0.2) in colours) is red
    assert "（第3次）" in text_of(data)
    assert ("抄送：街道党工委。" in text_of(data)) is red

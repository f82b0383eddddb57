"""The minutes of a meeting: corrected, printed, signed, locked; nothing a person signed says anything else."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest

from deliberation_app import settings
from deliberation_app.errors import NotFound, RuleBroken
from deliberation_app.services import meeting_file, minutes, minutes_list, minutes_view, papers, papers_proof, signing
from deliberation_app.services.work import Work
from tests.services.signers import by_hand
from tests.services.small import HandClock, Small, dump_of

FILE = "shandalu194-consultation.json"


@pytest.fixture
def consultation(work: Work) -> uuid.UUID:
    """The consultation of the demonstration, held and closed, its record not begun."""
    return meeting_file.import_file(work, settings.path("resources", "demo", FILE)).meeting_id


def printed(work: Work, meeting: uuid.UUID, *, posted: bool = False) -> str:
    """Print the record; the answer is its content."""
    content = papers.record(work, meeting, posted=posted).content_sha256
    papers.note_print(work, meeting, content)
    return content


def reasons(work: Work, meeting: uuid.UUID) -> dict[str, str]:
    """A reason for whatever is missing."""
    return {finding.place: "当时没有记" for finding in minutes.view(work, meeting).findings}


def signed(work: Work, meeting: uuid.UUID) -> str:
    """Print, sign and lock; the answer is the code."""
    printed(work, meeting)
    return by_hand(work, meeting)


def passage(work: Work, meeting: uuid.UUID) -> tuple[str, str]:
    """The first text that may be corrected."""
    return next(iter(minutes.view(work, meeting).texts.items()))


def test_a_correction_changes_the_record_and_is_taken_back(work: Work, consultation: uuid.UUID) -> None:
    """Corrected, undone, done again, restored: each time the paper says what it should."""
    key, noted = passage(work, consultation)
    before = papers.record(work, consultation).content_sha256
    minutes.correct(work, consultation, key, "改过的一段。")
    assert minutes.view(work, consultation).texts[key] == "改过的一段。"
    after = papers.record(work, consultation).content_sha256
    assert after != before
    work.undo()
    assert minutes.view(work, consultation).texts[key] == noted
    work.redo()
    assert papers.record(work, consultation).content_sha256 == after
    minutes.restore(work, consultation, key)
    assert papers.record(work, consultation).content_sha256 == before


def test_a_draft_that_was_printed_gets_a_new_number_once(work: Work, consultation: uuid.UUID) -> None:
    """Two corrections after one print make one new draft; taking one back gives its number back."""
    key, _noted = passage(work, consultation)
    minutes.correct(work, consultation, key, "第一稿。")
    assert minutes.view(work, consultation).number == 1
    printed(work, consultation)
    minutes.correct(work, consultation, key, "第二稿。")
    minutes.correct(work, consultation, key, "还是第二稿。")
    assert minutes.view(work, consultation).number == 2
    work.undo()
    work.undo()
    assert minutes.view(work, consultation).number == 1
    printed(work, consultation, posted=True)
    minutes.correct(work, consultation, key, "公示过了。")
    assert minutes.view(work, consultation).number == 2


def test_a_correction_to_the_same_words_is_none(work: Work, consultation: uuid.UUID) -> None:
    """Saving what stands there changes nothing, not even a number."""
    key, noted = passage(work, consultation)
    printed(work, consultation)
    minutes.correct(work, consultation, key, f"  {noted}\n")
    assert minutes.view(work, consultation).number == 1
    minutes.correct(work, consultation, key, "别的话。")
    minutes.correct(work, consultation, key, noted)
    assert not any(one.corrected for one in minutes_view.preview(work, consultation).passages)


@pytest.mark.parametrize(("key", "text", "said"), [("", "  \n", "empty"), ("vote/1", "改票数", "no longer")])
def test_what_cannot_be_corrected_is_refused(
    work: Work, consultation: uuid.UUID, key: str, text: str, said: str
) -> None:
    """No empty text, no number: refused with a sentence, and nothing has changed."""
    before = dump_of(work)
    with pytest.raises(RuleBroken, match=said):
        minutes.correct(work, consultation, key or passage(work, consultation)[0], text)
    assert dump_of(work) == before


def test_only_a_closed_meeting_has_minutes(work: Work, small: Small) -> None:
    """An open meeting is refused, a meeting that is not there is not found."""
    with pytest.raises(RuleBroken):
        minutes.draft(work, small.meeting)
    with pytest.raises(NotFound):
        minutes_view.preview(work, uuid.uuid4())


def test_printing_cannot_be_taken_back(work: Work, consultation: uuid.UUID) -> None:
    """Paper that left the program is out; noting it again is no step."""
    content = printed(work, consultation)
    assert minutes.view(work, consultation).printed
    before = dump_of(work)
    papers.note_print(work, consultation, content)
    assert dump_of(work) == before
    with pytest.raises(RuleBroken, match="printed"):
        work.undo()


def test_signing_asks_for_names_reasons_and_a_print(work: Work, consultation: uuid.UUID) -> None:
    """Each thing lacking is refused with its own sentence, and nothing is locked."""
    given = reasons(work, consultation)
    assert given, "the example lacks something, or the test proves nothing"
    with pytest.raises(RuleBroken, match="not been printed"):
        by_hand(work, consultation)
    printed(work, consultation)
    with pytest.raises(RuleBroken, match="not complete") as unsigned:
        by_hand(work, consultation, without=("记录人",))
    assert [str(reason.values["place"]) for reason in unsigned.value.reasons] == ["记录人"]
    with pytest.raises(RuleBroken, match="not complete"):
        signing.lock(work, consultation, reasons=given)
    key, _noted = passage(work, consultation)
    minutes.correct(work, consultation, key, "打印以后又改了。")
    with pytest.raises(RuleBroken, match="not been printed"):
        by_hand(work, consultation)
    printed(work, consultation)
    with pytest.raises(RuleBroken, match="reason") as lacking:
        by_hand(work, consultation, why="")
    assert len(lacking.value.reasons) >= len(given)
    assert not minutes.view(work, consultation).signed


def test_a_signed_record_is_frozen(work: Work, consultation: uuid.UUID, clock: HandClock) -> None:
    """It is the file kept, byte for byte; correcting is refused, printing again changes nothing."""
    before = papers.record(work, consultation)
    code = signed(work, consultation)
    kept = papers.record(work, consultation)
    assert kept.content_sha256.startswith(code)
    assert (kept.pdf, kept.pages) == (before.pdf, before.pages)
    clock.move(days=9)
    assert papers.record(work, consultation).pdf == kept.pdf
    locked = dump_of(work)
    key, _noted = passage(work, consultation)
    for refused in (
        lambda: minutes.correct(work, consultation, key, "想改。"),
        lambda: minutes.restore(work, consultation, key),
        lambda: minutes.refuse_signed(work, consultation),
        lambda: signed(work, consultation),
        work.undo,
    ):
        with pytest.raises(RuleBroken, match="signed"):
            refused()
    printed(work, consultation, posted=True)
    printed(work, consultation)
    assert dump_of(work) == locked


def test_every_print_is_known_again(work: Work, consultation: uuid.UUID, tmp_path: Path) -> None:
    """The newest print, an older one, the signed file, and a posted copy printed after signing."""

    def asked(name: str) -> str:
        return papers_proof.verify(work, tmp_path / name).answer

    key, _noted = passage(work, consultation)
    papers.write(work, consultation, tmp_path / "first.pdf")
    assert asked("first.pdf") == "content"
    minutes.correct(work, consultation, key, "第二稿。")
    assert asked("first.pdf") == "older"
    signed(work, consultation)
    papers.write(work, consultation, tmp_path / "signed.pdf")
    papers.write(work, consultation, tmp_path / "posted.pdf", posted=True)
    assert [asked(name) for name in ("first.pdf", "signed.pdf", "posted.pdf")] == ["older", "kept", "content"]


def test_the_preview_tells_who_signs_and_what_may_be_corrected(work: Work, consultation: uuid.UUID) -> None:
    """Chair and recorder first, then who alone spoke for a party; every passage says what it is."""
    shown = minutes_view.preview(work, consultation)
    assert shown.expected[:2] == ("范例安", "尹记录")
    assert 2 < len(shown.expected) <= shown.signatures
    assert [one.key for one in shown.passages] == list(shown.view.texts)
    assert all(one.head and one.text for one in shown.passages)
    posted = minutes_view.preview(work, consultation, posted=True)
    assert posted.printed.content_sha256 != shown.printed.content_sha256
    assert posted.view.content_sha256 == shown.view.content_sha256


def test_the_list_tells_the_state_and_what_is_missing(work: Work, consultation: uuid.UUID) -> None:
    """Not begun, draft, printed, signed; signed ones leave the list of those that wait."""
    unit = minutes_view.preview(work, consultation).meeting.unit_id
    (row,) = minutes_list.page(work, unit).rows
    assert (row.number, row.printed, row.signed_at) == (None, False, None)
    minutes.draft(work, consultation)
    printed(work, consultation)
    (row,) = minutes_list.page(work, unit, unsigned=True).rows
    assert (row.number, row.printed) == (1, True)
    found = minutes_list.missing(work, [consultation])
    told = [(finding.level, finding.place, str(finding.sentence)) for finding in found[consultation]]
    assert told
    assert told == [
        (finding.level, finding.place, str(finding.sentence)) for finding in minutes.view(work, consultation).findings
    ]
    signed(work, consultation)
    assert minutes_list.page(work, unit, unsigned=True).rows == ()
    assert minutes_list.page(work, unit).rows[0].signed_at == work.clock()


def test_the_list_goes_page_by_page(work: Work, consultation: uuid.UUID) -> None:
    """The end of one page is where the next begins; nobody is shown twice or left out."""
    meeting_file.import_file(work, settings.path("resources", "demo", "shandalu194-owners-vote.json"))
    unit = minutes_view.preview(work, consultation).meeting.unit_id
    first = minutes_list.page(work, unit, limit=1)
    second = minutes_list.page(work, unit, limit=1, after=first.next)
    assert [row.meeting_id for row in first.rows + second.rows] == [
        row.meeting_id for row in minutes_list.page(work, unit).rows
    ]
    assert len(first.rows) == len(second.rows) == 1
    assert second.next is None

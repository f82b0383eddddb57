"""Who signed on the screen and when, beside the strokes; what a certificate signed, bound with its corrections."""

from __future__ import annotations

import io
import uuid
from pathlib import Path

import pikepdf
import pytest

from deliberation_app import settings
from deliberation_app.errors import RuleBroken
from deliberation_app.services import (
    meeting_file,
    papers,
    papers_made,
    papers_scanned,
    signing,
    signing_scan,
    supplements,
)
from deliberation_app.services.papers_asked import Asked
from deliberation_app.services.work import Work
from tests.papers.archive_rules import complaints
from tests.papers.reading import text_of
from tests.services.signers import PASSWORD, certificate_file, hand, root

FILE = "shandalu194-consultation.json"


@pytest.fixture
def consultation(work: Work) -> uuid.UUID:
    """The consultation of the demonstration, held and closed, its record not begun."""
    return meeting_file.import_file(work, settings.path("resources", "demo", FILE)).meeting_id


def stamps(pdf: bytes) -> list[str]:
    """What is said of signatures beside them, in the order of the pages."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        shown = [one for page in opened.pages for one in page.obj.get("/Annots", ()) if one.Subtype == "/Stamp"]
        assert all(int(one.F) & 4 and "/N" in one.AP for one in shown)
        return [str(one.get("/Contents", "")) for one in shown]


def test_strokes_are_told_with_name_and_time_and_prints_from_before_are_still_known(
    work: Work, consultation: uuid.UUID, tmp_path: Path
) -> None:
    """The words beside strokes are printed, and are no words of the paper that a verification compares."""
    prints = {}
    for number, name in ((0, "范例安"), (1, "尹记录𬱖")):
        signing.on_screen(work, consultation, number, name, hand(number))
        prints[name] = tmp_path / f"{number}.pdf"
        papers_made.write(work, Asked(paper="record", meeting=consultation), prints[name])
    last = prints["尹记录𬱖"].read_bytes()
    at = signing.view(work, consultation).given[0].at.astimezone(settings.DISPLAY_ZONE)
    when = f"{at.year}年{at.month}月{at.day}日 {at:%H:%M} 屏幕签名"
    assert stamps(last) == [f"范例安　{when}", f"尹记录𬱖　{when}"]
    assert "屏幕签名" not in text_of(last)
    assert complaints(last, attached=True) == []
    assert [papers_made.verify(work, file).answer for file in prints.values()] == ["content", "content"]
    signing.on_paper(work, consultation, {2: "某代表"})
    with pytest.raises(RuleBroken, match="without anything written by hand"):
        signing_scan.check(work, consultation, [prints["尹记录𬱖"]])
    assert stamps(papers.record(work, consultation, posted=True).pdf) == []


def test_what_a_certificate_signed_is_bound_with_its_correction(
    work: Work, consultation: uuid.UUID, tmp_path: Path
) -> None:
    """Record and supplement print together without a word of complaint, the signature shown; each part is known."""
    file = certificate_file(tmp_path / "a.p12", "范例安", root(), now=work.clock())
    signing.by_certificate(work, consultation, 0, file, PASSWORD)
    signing.by_certificate(work, consultation, 1, file, PASSWORD, name="尹记录")
    told = {one.place: "当天说明过" for one in signing.view(work, consultation).findings if one.level == "amber"}
    signing.lock(work, consultation, reasons=told)
    line = supplements.passages(work, consultation)[0]
    supplements.make(work, consultation, line.key, corrected="另一句", reason="记错了", corrector="尹记录")
    bound = tmp_path / "bound.pdf"
    bound.write_bytes(supplements.together(work, consultation))
    assert len(stamps(bound.read_bytes())) == 2
    assert complaints(bound.read_bytes(), attached=False) == []
    assert papers_scanned.verify(work, bound).answer == "content"
    alone = papers.record(work, consultation).pdf
    assert text_of(bound.read_bytes()).startswith(text_of(alone)[:400])
    assert complaints(alone, attached=True) == []

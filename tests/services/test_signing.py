"""Signing on paper, on the screen and by certificate: recorded, checked, locked."""

from __future__ import annotations

import io
import shutil
import subprocess
import uuid
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from PIL import Image
from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from deliberation_app import settings
from deliberation_app.errors import AppError, RuleBroken
from deliberation_app.services import (
    enclosures,
    meeting_file,
    minutes,
    papers,
    papers_made,
    signing,
    signing_scan,
)
from deliberation_app.services.papers_asked import Asked
from deliberation_app.services.work import Work
from deliberation_app.storage.records import TABLES
from tests.papers.archive_rules import complaints
from tests.papers.reading import text_of
from tests.services.signers import NOW, PASSWORD, certificate_file, hand, root, scan_of
from tests.services.small import HandClock

FILE = "shandalu194-consultation.json"


@pytest.fixture
def consultation(work: Work) -> uuid.UUID:
    """The consultation of the demonstration, held and closed, its record not begun."""
    return meeting_file.import_file(work, settings.path("resources", "demo", FILE)).meeting_id


@pytest.fixture(scope="module")
def authority() -> tuple:
    """One authority for all certificates."""
    return root()


def reasons(work: Work, meeting: uuid.UUID) -> dict[str, str]:
    """A reason for whatever is missing and may be."""
    return {one.place: "当天说明过" for one in signing.view(work, meeting).findings if one.level == "amber"}


def all_on_screen(work: Work, meeting: uuid.UUID, *, but: tuple[int, ...] = ()) -> None:
    """Everybody signs on the screen, one after the other."""
    for place in signing.view(work, meeting).places:
        if place.number not in but:
            signing.on_screen(work, meeting, place.number, place.expected or f"代表{place.number}", hand(place.number))


def test_places_know_who_is_expected(work: Work, consultation: uuid.UUID) -> None:
    """Chair and recorder by name and id; the day is no place for a name."""
    places = signing.view(work, consultation).places
    assert [(one.role, one.expected) for one in places[:2]] == [("主持人", "范例安"), ("记录人", "尹记录")]
    assert all(one.person_id for one in places[:2])
    assert not any("日期" in one.role for one in places)


def test_everybody_signs_on_the_screen(work: Work, consultation: uuid.UUID) -> None:
    """Strokes are drawn as vectors, the day is filled in, the file kept is the one with the signatures."""
    before = papers.record(work, consultation)
    all_on_screen(work, consultation)
    seen = papers.record(work, consultation)
    assert seen.content_sha256 == before.content_sha256
    assert seen.pdf != before.pdf
    assert "签名日期：20" in text_of(seen.pdf)
    code = signing.lock(work, consultation, reasons=reasons(work, consultation))
    kept = papers.record(work, consultation)
    assert kept.pdf == seen.pdf
    assert kept.content_sha256.startswith(code)
    view = signing.view(work, consultation)
    assert view.locked
    assert {one.way for one in view.given.values()} == {"screen"}
    assert not view.open
    with pytest.raises(RuleBroken, match="locked"):
        signing.on_screen(work, consultation, 0, "别人", hand())


def test_the_unsigned_print_of_a_signed_record_is_known(work: Work, consultation: uuid.UUID, tmp_path: Path) -> None:
    """What was printed before everybody signed on the screen says the same; another date on it would not."""
    papers.write(work, consultation, tmp_path / "before.pdf")
    all_on_screen(work, consultation)
    signing.lock(work, consultation, reasons=reasons(work, consultation))
    papers.write(work, consultation, tmp_path / "after.pdf")
    assert papers_made.verify(work, tmp_path / "before.pdf").answer == "content"
    assert papers_made.verify(work, tmp_path / "after.pdf").answer == "kept"


def test_a_signature_is_void_when_the_words_change(work: Work, consultation: uuid.UUID) -> None:
    """Who signed signed these words; other words begin with empty places and a new draft."""
    signing.on_screen(work, consultation, 0, "范例安", hand())
    key = next(iter(minutes.view(work, consultation).texts))
    minutes.correct(work, consultation, key, "另外一句话。")
    assert not signing.view(work, consultation).given
    assert minutes.view(work, consultation).number == 2
    minutes.restore(work, consultation, key)
    assert signing.view(work, consultation).given[0].name == "范例安"


def test_a_signature_can_be_given_again_until_it_is_locked(work: Work, consultation: uuid.UUID) -> None:
    """A place signed twice is refused; taken out it is free again; after locking nothing is taken out."""
    signing.on_screen(work, consultation, 0, "范例安", hand())
    with pytest.raises(RuleBroken, match="signed already"):
        signing.on_screen(work, consultation, 0, "范例安", hand(2))
    signing.drop(work, consultation, signing.view(work, consultation).given[0].id)
    all_on_screen(work, consultation)
    signing.lock(work, consultation, reasons=reasons(work, consultation))
    with pytest.raises(RuleBroken, match="locked"):
        signing.drop(work, consultation, signing.view(work, consultation).given[0].id)


@pytest.mark.parametrize("strokes", [[], [[[0.5, 0.5, 0.01]]], [[[0.5, 0.5, 0.01], [0.52, 0.5, 0.01]]]])
def test_a_slip_of_the_pen_is_no_signature(work: Work, consultation: uuid.UUID, strokes: list) -> None:
    """A dot is refused with a sentence."""
    with pytest.raises(RuleBroken, match="too little"):
        signing.on_screen(work, consultation, 0, "范例安", strokes)


def test_chair_and_recorder_must_sign_and_the_rest_needs_a_reason(work: Work, consultation: uuid.UUID) -> None:
    """Red blocks, amber asks."""
    given = reasons(work, consultation)
    with pytest.raises(RuleBroken, match="not complete"):
        signing.lock(work, consultation, reasons=given)
    all_on_screen(work, consultation, but=(2,))
    with pytest.raises(RuleBroken, match="reason"):
        signing.lock(work, consultation, reasons={k: v for k, v in given.items() if k != "sign/2"})
    signing.lock(work, consultation, reasons=given)
    assert minutes.view(work, consultation).signed


@pytest.mark.parametrize(("kind", "turned"), [("PDF", 1.5), ("TIFF", 90), ("JPEG", -2), ("PNG", 180)])
def test_the_scan_of_the_printed_paper_is_recognised(
    work: Work, consultation: uuid.UUID, tmp_path: Path, kind: str, turned: float
) -> None:
    """PDF, TIFF with all pages; JPEG and PNG one page: known by the code, even upside down."""
    printed = papers.write(work, consultation, tmp_path / "paper.pdf")
    names = {one.number: one.expected or "某人" for one in signing.view(work, consultation).places}
    signing.on_paper(work, consultation, names)
    scan = tmp_path / f"scan.{kind.lower()}"
    scan.write_bytes(scan_of(printed.pdf, kind, turned=turned))
    single = kind in ("JPEG", "PNG")
    seen = signing_scan.attach(work, consultation, [scan], reason="只扫描了签名页" if single else "")
    assert seen.pages == (1 if single else printed.pages)
    assert (seen.doubt is not None) == (single and printed.pages > 1)
    signing.lock(work, consultation, reasons=reasons(work, consultation))
    view = signing.view(work, consultation)
    assert all(one.scanned and one.way == "paper" for one in view.given.values())
    assert papers_made.verify(work, tmp_path / "paper.pdf").answer == "kept"
    assert [one.paper for one in enclosures.listed(work, "meeting", consultation)] == ["record"]


def test_a_coarse_scan_in_black_and_white_is_recognised(work: Work, consultation: uuid.UUID, tmp_path: Path) -> None:
    """150 dots to the inch, without any grey."""
    printed = papers.write(work, consultation, tmp_path / "paper.pdf")
    scan = tmp_path / "scan.tif"
    with Image.open(io.BytesIO(scan_of(printed.pdf, "PNG"))) as grey:
        grey.convert("1").save(scan)
    seen = signing_scan.check(work, consultation, [scan])
    assert "the scan has 1" in str(seen.doubt), "known by its code; only the other pages are missing"


def test_a_place_of_many_names_who_sat_there(work: Work, consultation: uuid.UUID) -> None:
    """Who alone spoke for a party is expected; where several did, all are offered."""
    places = {one.role: one for one in signing.view(work, consultation).places}
    assert places["承租人代表"].expected == "甄租住"
    assert places["承租人代表"].likely == ()
    assert places["楼长代表"].expected == ""
    assert "买买提·吐尔逊" in places["楼长代表"].likely


def test_a_scan_of_something_else_is_refused(work: Work, consultation: uuid.UUID, tmp_path: Path) -> None:
    """Older print, posted copy, another paper, the file itself, no picture: each says what it is."""
    old = papers.write(work, consultation, tmp_path / "old.pdf")
    key = next(iter(minutes.view(work, consultation).texts))
    minutes.correct(work, consultation, key, "改过的话。")
    now = papers.write(work, consultation, tmp_path / "now.pdf")
    posted = papers.write(work, consultation, tmp_path / "posted.pdf", posted=True)
    other = papers_made.write(work, Asked(paper="notice", meeting=consultation), tmp_path / "other.pdf")
    signing.on_paper(work, consultation, {0: "范例安", 1: "尹记录"})
    for pdf, said in ((old, "older print"), (posted, "posted copy"), (other, "another paper")):
        # the last page bears the code
        (tmp_path / "scan.pdf").write_bytes(scan_of(pdf.pdf, "PDF", pages=slice(-1, None)))
        with pytest.raises(RuleBroken, match=said):
            signing_scan.attach(work, consultation, [tmp_path / "scan.pdf"])
    with pytest.raises(RuleBroken, match="without anything written"):
        signing_scan.attach(work, consultation, [tmp_path / "now.pdf"])
    (tmp_path / "text.png").write_bytes(b"no picture")
    with pytest.raises(AppError, match="no picture"):
        signing_scan.attach(work, consultation, [tmp_path / "text.png"])
    assert now.content_sha256 != old.content_sha256
    assert not enclosures.listed(work, "meeting", consultation)


def test_a_scan_without_a_code_needs_an_eye_and_a_reason(work: Work, consultation: uuid.UUID, tmp_path: Path) -> None:
    """The first page alone has no code: confirmed by eye, and the reason is on record."""
    printed = papers.write(work, consultation, tmp_path / "paper.pdf")
    signing.on_paper(work, consultation, {0: "范例安", 1: "尹记录"})
    (tmp_path / "scan.pdf").write_bytes(scan_of(printed.pdf, "PDF", pages=slice(0, 1)))
    seen = signing_scan.check(work, consultation, [tmp_path / "scan.pdf"])
    assert seen.doubt is not None
    with pytest.raises(AppError, match="No code"):
        signing_scan.attach(work, consultation, [tmp_path / "scan.pdf"])
    signing_scan.attach(work, consultation, [tmp_path / "scan.pdf"], reason="二维码处被印章盖住")
    assert {one.reason for one in signing.view(work, consultation).given.values()} == {"二维码处被印章盖住"}


def test_paper_is_signed_only_after_it_was_printed(work: Work, consultation: uuid.UUID) -> None:
    """Nobody can have signed words that never left the program."""
    with pytest.raises(RuleBroken, match="not been printed"):
        signing.on_paper(work, consultation, {0: "范例安"})


def check_elsewhere(pdf: bytes, trusted: object, tmp_path: Path) -> list[str]:
    """Both validators agree that all signatures hold and the last covers the whole file; the names, in order."""
    pem = trusted.public_bytes(serialization.Encoding.PEM)
    (tmp_path / "root.pem").write_bytes(pem)
    known = ValidationContext(trust_roots=[load_cert_from_pemder(str(tmp_path / "root.pem"))], moment=NOW)
    names = []
    for found in PdfFileReader(io.BytesIO(pdf)).embedded_signatures:
        status = validate_pdf_signature(found, known)
        assert status.bottom_line, status.pretty_print_details()
        names.append(str(found.sig_object["/Name"]))
    assert status.coverage.name == "ENTIRE_FILE"
    tool = shutil.which("pdfsig")
    assert tool, "poppler-utils is needed here"
    (tmp_path / "signed.pdf").write_bytes(pdf)
    said = subprocess.run([tool, tmp_path / "signed.pdf"], capture_output=True, text=True, check=False).stdout
    assert said.count("Signature is Valid.") == len(names)
    assert said.count("- Total document signed") == 1
    return names


@pytest.mark.parametrize("elliptic", [False, True])
def test_certificates_sign_one_after_the_other(
    work: Work, consultation: uuid.UUID, tmp_path: Path, authority: tuple, elliptic: bool, clock: HandClock
) -> None:
    """Each signature holds, the last covers everything; mixed with the screen; the kept file is that file."""
    all_on_screen(work, consultation, but=(0, 1))
    for place, name in ((0, "范例安"), (1, "尹记录")):
        file = certificate_file(tmp_path / f"{place}.p12", name, authority, now=work.clock(), elliptic=elliptic)
        signing.by_certificate(work, consultation, place, file, PASSWORD)
    signed = papers.record(work, consultation)
    assert "签名日期：20" in text_of(signed.pdf)
    with pytest.raises(RuleBroken, match="seals the file"):
        signing.on_screen(work, consultation, 2, "别人", hand())
    signing.lock(work, consultation, reasons=reasons(work, consultation))
    kept = papers.record(work, consultation)
    assert kept.pdf == signed.pdf
    assert check_elsewhere(kept.pdf, authority[1], tmp_path) == ["范例安", "尹记录"]
    assert complaints(kept.pdf, attached=True) == []
    given = signing.view(work, consultation).given
    assert (given[0].way, given[0].name, given[0].subject) == ("certificate", "范例安", "CN=范例安")
    assert given[0].serial


def test_a_certificate_signature_is_taken_out_from_the_last_one(
    work: Work, consultation: uuid.UUID, tmp_path: Path, authority: tuple
) -> None:
    """Those before are covered by it; the last one goes, then the one before."""
    for place, name in ((0, "范例安"), (1, "尹记录")):
        file = certificate_file(tmp_path / f"{place}.p12", name, authority, now=work.clock())
        signing.by_certificate(work, consultation, place, file, PASSWORD)
    given = signing.view(work, consultation).given
    with pytest.raises(RuleBroken, match="尹记录"):
        signing.drop(work, consultation, given[0].id)
    signing.drop(work, consultation, given[1].id)
    signing.drop(work, consultation, given[0].id)
    assert not signing.view(work, consultation).given
    signing.on_screen(work, consultation, 0, "范例安", hand())


def test_what_cannot_sign_says_why(work: Work, consultation: uuid.UUID, tmp_path: Path, authority: tuple) -> None:
    """Wrong password, expired, not yet valid, not for signing, no certificate at all: each says so."""
    now = work.clock()
    good = certificate_file(tmp_path / "good.p12", "范例安", authority, now=now)
    cases = [
        (good, "错的", "password"),
        (good, "", "password"),
        (certificate_file(tmp_path / "old.p12", "旧人", authority, now=now, days=(-90, -1)), PASSWORD, "expired"),
        (certificate_file(tmp_path / "new.p12", "新人", authority, now=now, days=(2, 9)), PASSWORD, "valid from"),
        (
            certificate_file(tmp_path / "post.p12", "寄信人", authority, now=now, allowed=("key_encipherment",)),
            PASSWORD,
            "not made for signing",
        ),
    ]
    (tmp_path / "text.p12").write_text("no certificate", encoding="utf-8")
    cases.append((tmp_path / "text.p12", PASSWORD, "no certificate file"))
    cases.append((tmp_path / "missing.p12", PASSWORD, "no file"))
    for file, password, said in cases:
        with pytest.raises(AppError, match=said):
            signing.by_certificate(work, consultation, 0, file, password)
    assert not signing.view(work, consultation).given


def test_the_password_is_kept_nowhere(work: Work, consultation: uuid.UUID, tmp_path: Path, authority: tuple) -> None:
    """Neither tables nor log hold it."""
    file = certificate_file(tmp_path / "a.p12", "范例安", authority, now=work.clock())
    signing.by_certificate(work, consultation, 0, file, PASSWORD)
    with work.engine.connect() as plain:
        held = [str(tuple(row)) for table in TABLES.values() for row in plain.execute(table.__table__.select())]
    assert len(held) > 100
    assert PASSWORD not in "\n".join(held)


def test_signatures_appended_elsewhere_leave_the_paper_recognisable(
    work: Work, consultation: uuid.UUID, tmp_path: Path, authority: tuple
) -> None:
    """A kept paper that somebody signed once more in another program says what the kept paper says."""
    all_on_screen(work, consultation)
    signing.lock(work, consultation, reasons=reasons(work, consultation))
    kept = papers.record(work, consultation)
    from_file = certificate_file(tmp_path / "x.p12", "上级", authority, now=work.clock())
    by = signing.on.open_certificate(from_file.read_bytes(), PASSWORD, now=work.clock(), file="x")
    more = signing.on.certify(
        kept.pdf, by, (50, 1, (300.0, 20.0, 400.0, 60.0)), name="上级", label="备案", at=work.clock()
    )  # fmt: skip
    (tmp_path / "more.pdf").write_bytes(more)
    assert papers_made.verify(work, tmp_path / "more.pdf").answer == "content"

"""Signing as people do it: panel, pad, certificate, scan, corrections; with real keys and a real pen's events."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QInputDevice, QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel

from deliberation_app import settings
from deliberation_app.services import listing, meeting_file, paper_fonts, papers, signing, supplements, units
from deliberation_app.services.paper_fonts import OwnFont
from deliberation_app.services.work import Work
from deliberation_app.ui import preview_page
from deliberation_app.ui.main_window import MainWindow
from deliberation_app.ui.minutes_preview import CORRECTIONS, PRINT, SIGN, MinutesPreview
from deliberation_app.ui.printing import PrintJob
from deliberation_app.ui.settings_fonts import SettingsFonts
from deliberation_app.ui.signing_certificate import SigningCertificate
from deliberation_app.ui.signing_pad import SignaturePad
from deliberation_app.ui.signing_screen import SigningScreen
from deliberation_app.ui.signing_supplements import SupplementDialog, SupplementSigning
from tests.services.signers import PASSWORD, certificate_file, hand, root, scan_of

FILE = "shandalu194-consultation.json"
Open = Callable[[Work], MainWindow]


@pytest.fixture
def window(open_main: Open, fresh_work: Work) -> MainWindow:
    """The main window of a courtyard whose consultation is held and closed."""
    meeting_file.import_file(fresh_work, settings.path("resources", "demo", FILE))
    units.set_up(fresh_work, name="别的支部", kind="branch", parents=(), chair_name="某某")
    shown = open_main(fresh_work)
    with fresh_work.read() as session:
        (unit,) = {meeting.unit_id for meeting in session.query(papers.Meeting)}
    shown.shell.desk.unit_id = unit
    return shown


@pytest.fixture
def page(window: MainWindow, qtbot) -> MinutesPreview:
    """The record of the consultation with the panel of signing."""
    (meeting,) = [row["id"] for row in listing.meetings(window.shell.desk.work)]
    window.shell.navigate("record", id=str(meeting))
    shown = window.shell.page()
    qtbot.waitUntil(lambda: shown.pages.count() > 0)
    papers.note_print(window.shell.desk.work, shown._meeting, shown._shown.printed.content_sha256)
    shown.register.click()
    return shown


def dialog(kind: type[QDialog]) -> QDialog:
    """The dialog that is open."""
    return next(one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible())


def write(pad: SignaturePad) -> None:
    """Sign with the mouse."""
    places = [pad.rect().center() + type(pad.rect().center())(20 * n - 120, (n % 3) * 30) for n in range(12)]
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=places[0])
    for place in places[1:]:
        QTest.mouseMove(pad, place)
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=places[-1])


def test_one_person_after_the_other_signs_on_the_screen(page: MinutesPreview, fresh_work: Work, qtbot) -> None:
    """Chair, recorder, then one on paper; the paper shows it, the list says it."""
    assert page.panels.currentIndex() == SIGN
    panel = page.signing
    assert panel.name.value() == "范例安"
    panel.screen_button.click()
    screen = dialog(SigningScreen)
    assert not screen.take.isEnabled()
    write(screen.pad)
    QTest.keyClick(screen, Qt.Key.Key_Return)
    assert screen.role.text() == "记录人"
    assert screen.name.value() == "尹记录"
    write(screen.pad)
    screen.again.click()
    assert screen.pad.is_empty()
    write(screen.pad)
    screen.take.click()
    screen.name.set_value("某代表")
    screen.paper.click()
    screen.later.click()
    screen.reject()
    given = signing.view(fresh_work, page._meeting).given
    assert [(one.name, one.way) for one in given.values()] == [
        ("范例安", "screen"), ("尹记录", "screen"), ("某代表", "paper")
    ]  # fmt: skip
    before = page.made.printed.pdf
    qtbot.waitUntil(lambda: page.made.printed.pdf != before or len(page.signing.view.given) == 3)
    assert panel.scan.isVisibleTo(panel)


def test_a_pen_gives_its_pressure(app_dressed: QApplication, qtbot) -> None:
    """Harder is wider; a stroke is taken back, all are cleared; the mouse is not heard beside the pen."""
    pad = SignaturePad()
    qtbot.addWidget(pad)
    pad.resize(600, 200)
    pad.show()
    pen = QPointingDevice.primaryPointingDevice()

    def send(kind: QTabletEvent.Type, x: float, pressure: float) -> None:
        at = QPointF(x, 100)
        event = QTabletEvent(
            kind, pen, at, at, pressure, 0, 0, 0, 0, 0, Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton,
            Qt.MouseButton.LeftButton,
        )  # fmt: skip
        QApplication.sendEvent(pad, event)

    send(QTabletEvent.Type.TabletPress, 50, 0.1)
    QTest.mousePress(pad, Qt.MouseButton.LeftButton)
    for n in range(8):
        send(QTabletEvent.Type.TabletMove, 60 + 20 * n, 0.1 + n / 10)
    send(QTabletEvent.Type.TabletRelease, 300, 0)
    (stroke,) = pad.strokes()
    assert stroke[-1][2] > stroke[0][2] * 1.5
    assert stroke[0][0] == pytest.approx(50 / 200)
    assert pen.type() in (QInputDevice.DeviceType.Mouse, QInputDevice.DeviceType.Unknown)
    pad.take_back()
    assert pad.is_empty()
    write(pad)
    assert pad.grab().toImage().pixelColor(300, 100).isValid()
    pad.clear()
    assert pad.strokes() == []


def test_a_finger_writes_and_the_palm_beside_it_does_not(app_dressed: QApplication, qtbot) -> None:
    """One stroke from the first finger down to its lift; what else touches the glass leaves nothing."""
    pad = SignaturePad()
    qtbot.addWidget(pad)
    pad.resize(600, 200)
    pad.show()
    glass = QTest.createTouchDevice()
    QTest.touchEvent(pad, glass).press(0, QPoint(40, 100), pad).commit()
    QTest.touchEvent(pad, glass).stationary(0).press(1, QPoint(500, 190), pad).commit()
    for n in range(1, 9):
        palm = QPoint(500 - n, 190)
        QTest.touchEvent(pad, glass).move(0, QPoint(40 + 30 * n, 100 + 5 * (n % 3)), pad).move(1, palm, pad).commit()
    QTest.touchEvent(pad, glass).release(0, QPoint(280, 110), pad).stationary(1).commit()
    QTest.touchEvent(pad, glass).move(1, QPoint(400, 150), pad).commit()
    (stroke,) = pad.strokes()
    assert len(stroke) == 9
    assert [point[:2] for point in (stroke[0], stroke[-1])] == [[40 / 200, 100 / 200], [280 / 200, 110 / 200]]
    QTest.touchEvent(pad, glass).press(2, QPoint(300, 40), pad).commit()
    QTest.touchEvent(pad, glass).release(2, QPoint(300, 40), pad).release(1, QPoint(400, 150), pad).commit()
    assert len(pad.strokes()) == 2


def test_the_scan_is_checked_and_the_paper_locked(
    page: MinutesPreview, fresh_work: Work, tmp_path: Path, qtbot
) -> None:
    """Everybody on paper; a scan without its code asks, the whole one is taken; reasons; locked."""
    panel = page.signing
    panel.paper_button.click()
    panel.all_paper.click()
    pdf = page._shown.printed.pdf
    (tmp_path / "part.pdf").write_bytes(scan_of(pdf, "PDF", dots=110, pages=slice(0, 1)))
    panel.scan.take([tmp_path / "part.pdf"])
    qtbot.waitUntil(lambda: panel.scan.doubt.isVisibleTo(panel))
    panel.scan.accept.click()
    assert "No code" in page.error_line.accessibleName()
    (tmp_path / "whole.pdf").write_bytes(scan_of(pdf, "PDF", dots=120))
    panel.scan.take([tmp_path / "whole.pdf"])
    qtbot.waitUntil(lambda: not panel.scan.attach.isVisibleTo(panel))
    for field in panel.reasons.values():
        field.set_value("当时没有记")
    panel.lock.click()
    qtbot.waitUntil(page.signed)
    assert page.panels.currentIndex() == PRINT


def test_a_certificate_signs_in_its_dialog(page: MinutesPreview, fresh_work: Work, tmp_path: Path) -> None:
    """What cannot sign says why in the dialog, and no password is kept in its field; the right one signs."""
    now = fresh_work.clock()
    authority = root(now)
    file = certificate_file(tmp_path / "a.p12", "范例安", authority, now=now)
    unfit = {
        "expired on": certificate_file(tmp_path / "old.p12", "旧人", authority, now=now, days=(-90, -1)),
        "is valid from": certificate_file(tmp_path / "new.p12", "新人", authority, now=now, days=(2, 9)),
        "not made for signing": certificate_file(tmp_path / "post.p12", "寄信人", authority, now=now,
                                                 allowed=("key_encipherment",)),
    }  # fmt: skip
    page.signing.certificate_button.click()
    asks = dialog(SigningCertificate)
    asks.sign.click()
    assert asks.isVisible()
    asks.file.set_value(str(file))
    asks.password.set_value("错的")
    QTest.keyClick(asks.password.editor, Qt.Key.Key_Return)
    assert "password" in asks.error.accessibleName()
    assert asks.password.value() == ""
    for said, other in unfit.items():
        asks.file.set_value(str(other))
        asks.password.set_value(PASSWORD)
        asks.sign.click()
        assert said in asks.error.accessibleName()
        assert asks.isVisible()
        assert asks.error.isVisibleTo(asks)
        assert asks.password.value() == ""
    assert not signing.view(fresh_work, page._meeting).given
    asks.file.set_value(str(file))
    asks.password.set_value(PASSWORD)
    QTest.keyClick(asks.password.editor, Qt.Key.Key_Return)
    (given,) = signing.view(fresh_work, page._meeting).given.values()
    assert (given.way, given.name) == ("certificate", "范例安")
    page.signing.places.choose("0")
    assert "CN=范例安" in page.signing.signed_words.text()
    page.signing.out.click()
    assert not signing.view(fresh_work, page._meeting).given


@pytest.fixture
def locked(page: MinutesPreview, fresh_work: Work, qtbot) -> MinutesPreview:
    """The record signed on the screen and locked."""
    for place in signing.view(fresh_work, page._meeting).places:
        signing.on_screen(fresh_work, page._meeting, place.number, place.expected or "某人", hand())
    view = signing.view(fresh_work, page._meeting)
    signing.lock(fresh_work, page._meeting, reasons={one.place: "说明过" for one in view.findings})
    qtbot.waitUntil(page.signed)
    return page


def test_a_signed_record_is_corrected_on_a_page_of_its_own(locked: MinutesPreview, fresh_work: Work, qtbot) -> None:
    """F2 opens the corrections; chosen, written, shown, signed; the record comes back."""
    pages = locked.pages.count()
    QTest.keyClick(locked.window(), Qt.Key.Key_F2)
    assert locked.panels.currentIndex() == CORRECTIONS
    locked.corrections.new.click()
    asks = dialog(SupplementDialog)
    asks.search.setText("时间")
    assert asks.corrected.value() == asks.original.value() != ""
    asks.make.click()
    assert "the same" in asks.error.accessibleName()
    asks.corrected.set_value("改正后的时间")
    asks.reason.set_value("记错了")
    asks.make.click()
    (one,) = supplements.listed(fresh_work, locked._meeting)
    assert one.corrected == "改正后的时间"
    qtbot.waitUntil(lambda: locked.pages.count() == 1)
    locked.corrections.sign.click()
    signs = dialog(SupplementSigning)
    assert [place.role for place in signs.panel.view.places] == ["更正人", "主持人"]
    signs.reject()
    QTest.keyClick(locked, Qt.Key.Key_Escape)
    assert locked.panels.currentIndex() == PRINT
    qtbot.waitUntil(lambda: locked.pages.count() == pages)


def test_a_signed_record_is_printed_with_its_corrections(
    locked: MinutesPreview, fresh_work: Work, monkeypatch: pytest.MonkeyPatch, qtbot
) -> None:
    """Both go to the printer together and the panel says so; single pages of it go alone."""
    handed: list[bytes] = []
    monkeypatch.setattr(preview_page, "send", lambda pdf, *_others: handed.append(pdf))
    line = supplements.passages(fresh_work, locked._meeting)[0]
    supplements.make(fresh_work, locked._meeting, line.key, corrected="另一句", reason="记错了", corrector="尹记录")
    qtbot.waitUntil(lambda: bool(locked.corrections.found))
    said = [label.text() for label in locked.checks.findChildren(QLabel)]
    assert "1 correction" in said
    for some in (False, True):
        locked.checks.which_pages.setText("1")
        (locked.checks.some_pages if some else locked.checks.all_pages).setChecked(True)
        locked.checks.print_asked.emit(PrintJob("hall", pages=((1, 1),) if some else ()))
        qtbot.waitUntil(lambda some=some: len(handed) == 1 + some)
    pages = [len(pypdfium2.PdfDocument(pdf)) for pdf in handed]
    assert pages == [locked.pages.count() + 1, locked.pages.count()]
    assert handed[1] == locked.made.printed.pdf


def test_everybody_on_paper_asks_for_the_names_that_are_not_known(page: MinutesPreview, qtbot) -> None:
    """Those who are expected are noted; the next place without a name waits for one and offers who sat there."""
    panel = page.signing
    panel.all_paper.click()
    left = [place.role for place in panel.view.open]
    assert left
    assert panel.far.text() == f"{len(panel.view.given)} of {len(panel.view.places)} signed"
    assert panel.places.current_id() == str(panel.view.open[0].number)
    panel.places.setFocus()
    while panel._chosen().role != "楼长代表":
        QTest.keyClick(panel.places, Qt.Key.Key_Down)
    assert "买买提·吐尔逊" in panel.name.hint
    assert panel._find("欧阳")[0][1] == "欧阳试例"


def test_fonts_are_offered_and_chosen(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot
) -> None:
    """What was found is offered, off by default; what cannot be used says why; the choice is kept."""
    good = OwnFont("仿宋", "仿宋_GB2312", tmp_path / "a.ttf")
    (tmp_path / "a.ttf").write_bytes(b"font")
    bad = OwnFont("黑体", "SimHei", tmp_path / "b.ttf", paper_fonts.fonts_own.AppError("its maker does not allow it"))
    card = SettingsFonts(window.shell.desk)
    qtbot.addWidget(card)
    card.show_fonts((good, bad))
    assert list(card.fields) == ["仿宋"]
    assert card.fields["仿宋"].value() == ""
    assert "SimHei" in card.refused.text()
    monkeypatch.setattr(type(window.shell.desk.settings), "save", lambda _self: None)
    QTest.keyClick(card.fields["仿宋"].editor, Qt.Key.Key_Down)
    assert paper_fonts.chosen() == {"仿宋": str(tmp_path / "a.ttf")}
    QTest.keyClick(card.fields["仿宋"].editor, Qt.Key.Key_Up)
    assert paper_fonts.chosen() == {}
    assert window.shell.desk.settings.paper_fonts == ""

"""One item on its whole way through the windows: each step presses the buttons and keys of the page it belongs to."""

from __future__ import annotations

import uuid
from datetime import timedelta
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from deliberation_app.services import agenda, board, meetings_view, units
from deliberation_app.services.work import Work
from deliberation_app.ui import consoles
from deliberation_app.ui.item_dialog import ItemDialog
from deliberation_app.ui.main_window import MainWindow
from deliberation_app.ui.meeting_dialog import MeetingDialog
from deliberation_app.ui.signing_screen import SigningScreen
from tests import patience
from tests.ui.console_meeting import close_console
from tests.ui.courtyard import write
from tests.ui.whole_way_console import PRESENT, hold
from tests.ui.whole_way_hands import (
    SAID,
    TASK,
    TITLE,
    Clock,
    Files,
    answer,
    choose,
    click,
    click_row,
    dialog,
    fill,
    named,
    press,
    settle,
)

K = Qt.Key
# How long the window may work beside itself, in milliseconds.
_LONGEST = 15000


class Way:
    """The window of one branch, and the ids of what comes to be on the way."""

    def __init__(self, window: MainWindow, work: Work, clock: Clock, files: Files, qtbot: Any) -> None:
        self.window, self.work, self.clock, self.files, self.qtbot = window, work, clock, files, qtbot
        self.unit = units.all_units(work)[0].id
        self.item = uuid.UUID(int=0)
        self.meeting = uuid.UUID(int=0)

    @property
    def file(self) -> Path:
        """The database."""
        return Path(str(self.work.engine.url.database))

    def find_again(self) -> None:
        """The item and the meeting of a way that was walked before."""
        self.item = agenda.page(self.work, self.unit, limit=1).rows[0].id
        found = [row for row in meetings_view.page(self.work, self.unit).rows if row.kind == "courtyard_consultation"]
        self.meeting = found[0].id

    @property
    def page(self) -> Any:
        """The page in front."""
        settle()
        return self.window.shell.page()

    def go(self, page: str, **where: object) -> Any:
        """Go to a page at once, for what is looked at after the way."""
        self.window.activateWindow()
        self.window.shell.navigate(page, **where)
        return self.page

    def walk_to(self, page: str) -> Any:
        """Go to a page by its entry in the side bar."""
        self.window.activateWindow()
        click(self.window.shell.frame.side.button(page))
        return self.page

    def to_item(self) -> Any:
        """The time line of the item: its card on the board, then Enter."""
        page = self.walk_to("agenda")
        cards = next(
            one.cards
            for one in page.board.columns.values()
            if str(self.item) in [card.id for card in one.cards.rows.rows]
        )
        click_row(cards, str(self.item))
        QTest.keyClick(cards, K.Key_Return)
        return self.page

    def to_meeting(self) -> Any:
        """The meeting: its row in the list, then Enter."""
        page = self.walk_to("meetings")
        press(page.view_choice, "List")
        click_row(page.table, str(self.meeting))
        QTest.keyClick(page.table, K.Key_Return)
        return self.page

    def to_file(self, about: str) -> Any:
        """The file of the item or the meeting, by the link that leads there."""
        if about == "item":
            press(self.to_item().pane, "Open")
        else:
            click(self.to_meeting().file_act)
        return self.page

    # 提: what somebody wrote on the wall

    def note_the_slip(self) -> None:
        """Noted on the wall with a name, its slip printed."""
        page = self.walk_to("voices")
        line = page.voices.intake
        QTest.keyClick(line.said, K.Key_1, Qt.KeyboardModifier.AltModifier)
        assert line.channel() == "wish_wall"
        write(line.said, SAID)
        named(line.who, "sb")
        QTest.keyClick(line.who, K.Key_Return)
        choose(page.print_button, "Slips of those shown that hang on a wall")
        assert self.files.saved[-1].read_bytes().startswith(b"%PDF")

    def make_it_an_item(self) -> None:
        """The slip becomes an item of vital interest; whoever wrote it is told."""
        page = self.page
        press(page.voices.side, "Make it an item")
        answer(page.ask, title=TITLE, category="照明", vital="yes")
        press(page.voices.side, "They were told")
        answer(page.ask, satisfied="satisfied")
        page = self.walk_to("agenda")
        (key,) = page.board.ids()
        self.item = uuid.UUID(key)

    def write_the_facts(self) -> None:
        """What was found out beforehand stands with the item."""
        page = self.to_item()
        click(page.pane.edit)
        asks = dialog(ItemDialog)
        fill(asks.background, "三盏灯自8月起不亮；更换约900元，由公共收益支出。")
        click(asks.save)

    def link_the_assembly(self, title: str) -> None:
        """The Party members discussed it first."""
        page = self.to_item()
        choose(page.gates.more, "Link a branch assembly")
        answer(page.ask)
        assert title in [meeting.title for _key, meeting in page._item.party_meetings if meeting is not None]

    # 议: face to face

    def call_the_meeting(self) -> None:
        """Called for the item by the button below it; two ways to do it are put before the people."""
        page = self.to_item()
        press(page.gates, "Call a meeting")
        self.qtbot.waitUntil(lambda: any(isinstance(one, MeetingDialog) for one in QApplication.topLevelWidgets()))
        asks = dialog(MeetingDialog)
        fill(asks.kind_field, "courtyard_consultation")
        assert asks.items[self.item].isChecked()
        for name in PRESENT:
            named(asks.roll.who, name)
        named(asks.recorder_field.editor, "yjl")
        fill(asks.place_field, "院内活动室")
        fill(asks.date_field, f"{self.clock.now.date() + timedelta(days=7):%m-%d}")
        click(asks.save)
        page = self.page
        self.meeting = page._id
        rows = page.entries.rows
        click_row(page.entries, next(one.id for one in rows.rows if TITLE in one.title))
        click(page.edit_entry)
        for option in ("A案：换成太阳能灯", "B案：换成原样的灯"):
            click(page.entry.add_option)
            fill(page.entry._lines[-1].title, option)
        click(page.entry.save_act)

    def give_notice(self) -> None:
        """Notice is given in time; the papers wanted before the meeting are made on its page of papers."""
        page = self.to_meeting()
        click(page.notice_act)
        assert page.chip.text == "Notice given"
        self.make_papers("notice", "agenda", "sign_in_sheet")

    def make_papers(self, *wanted: str) -> None:
        """Save these papers of the meeting as PDF from its page of papers."""
        known = getattr(self.window.shell.frame.pages.get("papers"), "_view", None)
        click(self.to_meeting().papers_act)
        page = self.page
        self.qtbot.waitUntil(lambda: page._view is not None and page._view is not known, timeout=_LONGEST)
        assert {one.asked.paper for one in page._view.rows} >= set(wanted)
        for row in [one for one in page._view.rows if one.asked.paper in wanted]:
            click_row(page.list, row.key)
            assert page.current().there, (row.asked.paper, row.lacks)
            before = len(self.files.saved)
            click(page.pdf_act)
            self.qtbot.waitUntil(lambda before=before: len(self.files.saved) > before, timeout=_LONGEST)
            self.qtbot.waitUntil(self.files.saved[-1].exists, timeout=_LONGEST)

    def hold_it(self) -> None:
        """Held by keys alone: roll, gong and drum, the vote, the conclusion, closed, on to the record."""
        page = self.to_meeting()
        self.clock.to(10, 27, 14, 20)
        click(page.console_act)
        console = next(one for key, one in consoles._open.items() if key[1] == self.meeting)
        QTest.qWaitForWindowActive(console, 1000 * patience.SECONDS)
        hold(console, self.clock, lambda: board.board(self.work, self.meeting))
        close_console(console)
        assert self.window.shell.at()[0] == "record"

    def sign_the_record(self) -> None:
        """Everybody signs the record on the screen; it is locked."""
        page = self.page
        self.qtbot.waitUntil(lambda: page.pages.count() > 0, timeout=_LONGEST)
        click(page.register)
        click(page.signing.screen_button)
        screen = dialog(SigningScreen)
        for _place in range(len(page.signing.view.open)):
            if not screen.name.value():
                named(screen.name.editor, "gy")
            places = [screen.pad.rect().center() * (0.5 + n / 20) for n in range(12)]
            QTest.mousePress(screen.pad, Qt.MouseButton.LeftButton, pos=places[0])
            for place in places[1:]:
                QTest.mouseMove(screen.pad, place)
            QTest.mouseRelease(screen.pad, Qt.MouseButton.LeftButton, pos=places[-1])
            QTest.keyClick(screen, K.Key_Return)
        settle()
        self.qtbot.waitUntil(lambda: not page.signing.view.open, timeout=_LONGEST)
        for field in page.signing.reasons.values():
            fill(field, "当天没有")
        click(page.signing.lock)
        self.qtbot.waitUntil(page.signed, timeout=_LONGEST)

    def move_on(self, stage: str) -> None:
        """The item reaches its next stage by the button of its panel."""
        page = self.to_item()
        click(page.gates.do)
        assert page._item.item.stage == stage, [one.id for one in page._item.evidence if not one.met]

    # 决: the decision hangs

    def post(self, about: str, *, checked: bool) -> None:
        """Drafted from the records, read, ticked, printed, hung; then a photograph of it."""
        page = self.walk_to("notices")
        click_row(page.table, next(told.key for told in page.model.rows if told.about == about))
        press(page.panel, "Write the notice")
        draft = self.page
        fill(draft.place, "西门公告栏")
        click(draft.checked)
        assert "西门公告栏" in draft.preview.toPlainText()
        assert "石宝" not in draft.preview.toPlainText()
        click(draft.print_act)
        click(draft.post_act)
        answer(draft.ask, **({"checked": "yes"} if checked else {}))
        page = self.page
        assert page.chosen().one.publication.about == about
        self.files.picture(f"photo-{about}")
        press(page.panel, "Add a photo")

    def take_down(self, about: str) -> None:
        """Its period is over: it comes down."""
        page = self.walk_to("notices")
        click_row(page.table, next(told.key for told in page.model.rows if told.about == about))
        press(page.panel, "Take it down")
        answer(page.ask)

    def tell_the_raisers(self) -> None:
        """Whoever raised it is told while the outcome hangs."""
        page = self.walk_to("notices")
        click_row(page.table, next(told.key for told in page.model.rows if told.about == "outcome"))
        press(page.panel, "Somebody was told")
        assert dict(page.ask._ask.fields)["who"].value() == "石宝"
        answer(page.ask, how="face")

    def do_the_tasks(self) -> None:
        """Added where there is none yet, done with a photograph, accepted by somebody else."""
        page = self.walk_to("tasks")
        if not page.model.rows:
            click(page.first)
            named(dict(page.ask._ask.fields)["item"].editor, TITLE[:2])
            answer(page.ask, title=TASK, owner="物业公司", due="11-20")
        while page.model.rows:
            key = str(page.chosen().task.id)
            self.files.picture(f"lamp-{key}")
            press(page.panel, "Add a photo")
            click_row(page.table, key)
            QTest.keyClick(page.table, K.Key_Return)
            answer(page.ask, note="三盏灯都亮了")
        click(page.accept_filter)
        for row in list(page.model.rows):
            click_row(page.table, str(row.task.id))
            QTest.keyClick(page.table, K.Key_Return)
            named(page.ask._ask.fields[0][1].editor, "sb")
            answer(page.ask)
        assert not page.model.rows
        press(page, "Print the list")

    # 评: forms out, counted, closed

    def survey(self) -> None:
        """Ten forms go out, eight come back and are counted by keys; the item is evaluated."""
        page = self.walk_to("evaluation")
        press(page.panel, "Give out the forms")
        answer(page.ask, issued=10, aspects="overall", groups="")
        press(page.panel, "Print the forms")
        press(page.panel, "Count")
        pad = self.page
        QTest.qWaitForWindowActive(self.window, 1000 * patience.SECONDS)
        assert QApplication.focusWidget() is pad.keys[0], QApplication.activeWindow()
        for sign in (K.Key_1, K.Key_1, K.Key_1, K.Key_2, K.Key_2, K.Key_3, K.Key_4, K.Key_0):
            QTest.keyClick(QApplication.focusWidget(), sign)
        click(pad.close_act)
        answer(pad.ask)
        page = self.page
        press(page.panel, "Print the count")
        press(page.panel, 'On to "evaluated"')

    # 享: what is in the file

    def number_the_file(self) -> None:
        """The item is shared once its file has a number; the next of the year is proposed."""
        page = self.to_item()
        click(page.gates.do)
        answer(page.ask)
        assert page._item.item.archive_number == "2026-001"

    def scan(self, about: str, *papers: str) -> None:
        """Take these papers into a file as scans, each by the button of its line."""
        page = self.to_file(about)
        assert page.pane.view.about == about
        for paper in papers:
            click_row(page.pane.lines, paper)
            self.files.picture(f"{about}-{paper}")
            press(page.pane, "Take in a scan")
            self.qtbot.waitUntil(page.arrivals.take.isEnabled, timeout=_LONGEST)
            click(page.arrivals.take)
            self.qtbot.waitUntil(page.arrivals.isHidden, timeout=_LONGEST)

"""The chair's console: one meeting in a window of its own, by keyboard alone, every step saved and undoable."""

from __future__ import annotations

import gc
import uuid
from datetime import datetime

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from deliberation_app.services import board_before
from deliberation_app.services.board_acts import Told
from deliberation_app.services.work import Work
from deliberation_app.settings import Settings
from deliberation_app.ui import console_fold, console_keys
from deliberation_app.ui import console_words as words
from deliberation_app.ui.console_acts import ConsoleActs
from deliberation_app.ui.console_chair import Chair
from deliberation_app.ui.console_draft import half_typed, take_up
from deliberation_app.ui.console_frame import ConsoleFrame
from deliberation_app.ui.console_home import Home
from deliberation_app.ui.console_roll_scan import ScanElsewhere
from deliberation_app.ui.kit import sound, theme
from deliberation_app.ui.shell import seal_icon
from deliberation_app.ui.stay_awake import StayAwake

_TICK_MS = 250
# On a screen from the first width on, and below the second or this height, the window fills it.
_SMALL = (1024, 1400, 830)


class ChairConsole(QWidget):
    """The window: it follows the meeting, takes the keys, and folds with its width.

    `minutes_wanted` brings the meeting's id when the chair goes on to the record.
    """

    minutes_wanted = Signal(object)
    owners_wanted = Signal()
    closed = Signal()

    def __init__(self, work: Work, meeting_id: uuid.UUID, settings: Settings) -> None:
        super().__init__()
        self.settings = settings
        sound.loudness.on, sound.loudness.volume = settings.sound, settings.volume
        self.chair = Chair(work, meeting_id)
        self.frame: ConsoleFrame | None = None
        self.home = Home(self)
        self.acts = ConsoleActs(self)
        self.awake = StayAwake(self.chair)
        self._told: tuple[str, datetime | None] = self._last_act()
        if self._told[1] is not None:
            self.chair.watch.begin(self._told[1])
        self.chair.told.connect(self._tell)
        self.chair.remarked.connect(self._remark)
        self.chair.wanted.connect(self._show)
        self.chair.overtaken.connect(self._tell_next_undo)
        self.chair.changed.connect(lambda _board: (self.acts.show_steps(), self.acts.tell_screen()))
        console_keys.take(self, self.acts.by_key())
        self.setMinimumSize(640, 480)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("ground", "bg")
        self.resize(1366, 768)
        room = self.screen().availableGeometry()
        if room.width() >= _SMALL[0] and (room.width() < _SMALL[1] or room.height() < _SMALL[2]):
            self.setWindowState(Qt.WindowState.WindowMaximized)
        self._again = QTimer(self, singleShot=True, interval=0)
        self._again.timeout.connect(self._build)
        theme.changes.rescaled.connect(self._again.start)
        QApplication.instance().focusChanged.connect(self._focus_moved)
        self._ticking = QTimer(self, interval=_TICK_MS)
        self._ticking.timeout.connect(lambda: self.frame.tick(self.chair.now()))
        self.setWindowIcon(seal_icon())
        self._build()
        self._ticking.start()
        # What stands now stays as long as the meeting: it need not be looked through for rubbish at every act.
        gc.freeze()

    def _last_act(self) -> tuple[str, datetime | None]:
        return _told_of(board_before.last_act(self.chair.work, self.chair.meeting_id))

    def _build(self) -> None:
        """Make all parts, in the language and scale of now, and show the same moment."""
        typed = None
        if self.frame is not None:
            typed = half_typed(self.frame.line)
            self.chair.drafts.keep()
        old, self.frame = self.frame, ConsoleFrame(self.chair, console_fold.mode_of(self.width(), self.height()))
        self._place(self.frame, old)
        self.chair.show_errors_on(self.frame)
        self.acts.wire(self.frame)
        self.frame.foot.tell(*self._told)
        self._door = console_keys.KeyDoor(self.frame)
        self._door.watch(self.frame)
        self.chair.read()
        board = self.chair.board
        if board is not None:
            self.setWindowTitle(board.meeting.title)
            if board.state in ("planned", "called"):
                self._show("roll")
        if typed is not None and board is not None:
            take_up(self.frame.line, typed)  # side and question stay also where nothing is typed yet
            self.frame.line.show_board(board)
        if self.frame.motion.draft.waits():
            self._show("motion")
        self.acts.show_steps()
        self.acts.tell_screen()
        self._focus_first()

    def _place(self, frame: ConsoleFrame, old: ConsoleFrame | None) -> None:
        """The frame fills the window, without a layout: what moves in it would lay out the window as well."""
        if old is not None:
            old.hide()
            old.deleteLater()
        frame.setParent(self)
        console_fold.fill(self, frame)
        frame.show()

    def _focus_first(self) -> None:
        """Where the next thing is typed: the numbers of an open vote, the roll, or the line."""
        frame = self.frame
        if frame.vote.motion() is not None and frame.vote.fields is not None:
            frame.vote.fields.start()
        elif frame.preparing:
            frame.motion.motion.editor.setFocus()
        elif frame.page() == "talk":
            frame.line.focus_line()

    def _tell(self, said: str) -> None:
        self._told = (said, self.chair.now())
        self.frame.foot.tell(*self._told)
        self.frame.error_place.hide()

    def _remark(self, said: str) -> None:
        """Words that are no act: there is nothing of them to take back."""
        self.frame.foot.tell(said, self.chair.now(), undo=False)
        self.frame.error_place.hide()

    def _tell_next_undo(self) -> None:
        """Beside the key that takes back stands what it takes back, whichever window did it."""
        self._told = _told_of(board_before.next_undo(self.chair.work, self.chair.meeting_id))
        self.frame.foot.tell(*self._told)

    def _show(self, name: str) -> None:
        """What a part asks to be shown."""
        frame, narrow = self.frame, self.frame.mode == "narrow"
        if name == "door":
            self._door.watch(frame.vote)  # what is counted in other fields is typed in other lines
            if narrow:
                frame.show_page("vote")
            return
        if name == "motion":
            board = self.chair.board
            frame.preparing = board is not None and frame.motion.shown_for(board)
            frame.place_vote()
            if narrow:
                frame.show_page("vote")
            frame.motion.prepare()
        elif name == "line":
            frame.preparing = False
            frame.place_vote()
            self.home.go()
        elif name == "vote_over":
            self.home.vote_over()
        elif name == "say":
            self.home.line()
        elif name == "unfinished_list":
            self.acts.leads.show_unfinished()
        elif name == "vote":
            frame.place_vote()
            if narrow:
                frame.show_page("vote")
        elif name in ("back", "talk", frame.page()):
            self.home.from_keys() or self.home.back()
        else:
            if name == "keys":
                self.home.under_keys()
            frame.show_page(name)
        self.acts.show_steps()

    def _focus_moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        """Back in the line no statement is chosen any more; what is typed in is in sight; panels lead back there."""
        if now is None or self.frame is None or not self.frame.isAncestorOf(now):
            return
        self.home.note(now)
        console_fold.bring(self, self.frame, now)
        if self.frame.line.isAncestorOf(now):
            self.frame.said.list.setCurrentIndex(self.frame.said.list.model().index(-1, 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold as the logical width says."""
        super().resizeEvent(event)
        if self.frame is not None:
            console_fold.fill(self, self.frame)
        mode = console_fold.mode_of(self.width(), self.height())
        if self.frame is not None and mode != self.frame.mode:
            self.frame.mode = mode
            console_fold.arrange(self.frame, mode)
            self.acts.tell_screen()
            if self.frame.page() in ("queue", "vote", "agenda") and mode != "narrow":
                self.frame.show_page("talk")

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A window too small for its parts is moved over them."""
        console_fold.move_by(self, self.frame, event.angleDelta())

    def changeEvent(self, event: QEvent) -> None:
        """Everything is made again in another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self.frame is not None:
            # The sentence was told in the other language: the name of the act can be told in this one.
            self._told = _told_of(board_before.next_undo(self.chair.work, self.chair.meeting_id))
            self._again.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc steps back: out of a correction, a recount, a motion, a panel; never out of the meeting."""
        if event.key() == Qt.Key.Key_Escape:
            self.acts.escape()
        else:
            super().keyPressEvent(event)

    def hear_in(self, other: QWidget) -> ScanElsewhere:
        """While this meeting is open its scanner is heard in another window of the program, too."""
        door = ScanElsewhere(self, other.windowHandle(), self.chair.meeting_id)
        door.scanned.connect(self._scanned)
        self.closed.connect(door.leave)
        return door

    def _scanned(self, code: str) -> None:
        self.frame.roll.scan(code)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Everything is saved already."""
        gc.unfreeze()
        self._ticking.stop()
        self.acts.leave()
        self.awake.leave()
        self.chair.leave()
        self.closed.emit()
        super().closeEvent(event)


def _told_of(act: tuple[Told, datetime] | None) -> tuple[str, datetime | None]:
    """An act in words, and when it was done; no words where there is none."""
    return ("", None) if act is None else (words.act_words(act[0]), act[1])

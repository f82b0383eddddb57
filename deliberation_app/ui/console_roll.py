"""The roll: people sign in by initials and Enter, by their code, or many at once; whoever comes and goes is noted."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from deliberation_app.domain import roll_codes
from deliberation_app.domain.people import NO_SUCH_INITIALS, normalise_query
from deliberation_app.domain.roll_events import Noted, read_line
from deliberation_app.domain.roll_words import allows_proxy
from deliberation_app.domain.script import simplify
from deliberation_app.errors import AppError
from deliberation_app.language import _
from deliberation_app.services import floor_scan, roll_view
from deliberation_app.services.board import Board
from deliberation_app.services.people_find import Found
from deliberation_app.services.roll_view import RollLine
from deliberation_app.ui import console_roll_words as words
from deliberation_app.ui.console_chair import Chair
from deliberation_app.ui.console_queue import WholeRows
from deliberation_app.ui.console_roll_acts import RollActs
from deliberation_app.ui.console_roll_ask import Arrows, RollAsk
from deliberation_app.ui.console_roll_chips import RollChips
from deliberation_app.ui.console_roll_many import RollMany
from deliberation_app.ui.console_roll_person import ACTS, FACTS, NobodyPane, PersonPane, RollKeys
from deliberation_app.ui.console_roll_scan import ScanDoor
from deliberation_app.ui.console_words import told_short
from deliberation_app.ui.kit import forms, run
from deliberation_app.ui.kit.lists import Row
from deliberation_app.ui.kit.theme import px

# Below this height, at 100 %, only the line, the list and the person chosen are shown.
_LOW = 560
_LIVE = ("planned", "called", "open", "recess")
_OTHER, _NEW = "other:", "new:"


class RollPanel(QWidget):
    """Everybody on the roll with what can be done for the one chosen."""

    def __init__(self, chair: Chair) -> None:
        super().__init__()
        self.chair = chair
        self.lines: tuple[RollLine, ...] = ()
        self._board: Board | None = None
        self._stale, self.who = True, ""
        self._preview: frozenset[uuid.UUID] | None = None
        self._others: list[Found] = []
        # What was typed when it was said that several people fit; Enter once more takes the row that is chosen.
        self._asked = ""
        forms.load("console_roll", self)
        self.person, self.nobody, self.ask = PersonPane(), NobodyPane(), RollAsk()
        self.acts = RollActs(self)
        self.many = RollMany(self.acts)
        self.sign_in_last, self.sign_in_many = self.many.last_time, self.many.groups
        self.scans = ScanDoor(self)
        for pane in (self.nobody, self.person, self.ask):
            self.beside_column.addWidget(pane)
        self.list = WholeRows(height=52, least=50, name=_("Roll"))
        self.split.insertWidget(0, self.list, 1)
        self.chips = RollChips()
        self.chips_place.addWidget(self.chips)
        self._wire()
        self.show_pane()
        chair.changed.connect(self.show_board)

    def _wire(self) -> None:
        self.chips.chosen.connect(self.fill)
        self.name.textEdited.connect(lambda _text: self._typed())
        self.name.returnPressed.connect(self._enter)
        Arrows(self.name, self.list).moved.connect(self._choose_row)
        self.list.picked.connect(lambda _id: self._choose_row())
        self.list.opened.connect(lambda _id: self._take_row(Noted()))
        self.person.act.connect(self._act)
        self.person.fact.connect(self._fact)
        self.nobody.last.clicked.connect(self.sign_in_last)
        self.nobody.many.clicked.connect(self.sign_in_many)
        self.ask.closed.connect(self.end_asking)
        self.ask.moved.connect(self.acts.choice_moved)
        self.scans.scanned.connect(self.scan)
        self.done.clicked.connect(lambda: self.chair.wanted.emit("talk"))
        RollKeys(self, self.name, self.ask.line)
        inside = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for do, table in ((self._act, ACTS[1:]), (self._fact, FACTS)):
            for name, keys in table:
                QShortcut(QKeySequence(keys), self, context=inside, activated=lambda do=do, name=name: do(name))

    def show_error(self, error: AppError, again: Callable[[], object] | None = None) -> None:
        """Say here what went wrong."""
        self.error.show_error(error, again)

    # The moment of the meeting

    def show_board(self, board: Board) -> None:
        """The roll of the moment; a roll of hundreds is not read anew behind the meeting."""
        before, self._board = self._board, board
        early = board.state in ("planned", "called")
        self.done.setVisible(not early)  # there is nothing to go back to yet
        if before is None or before.state != board.state or before.meeting.notice_at != board.meeting.notice_at:
            self.acts.tell_gates(early)
        self._stale = True
        if self.isVisible():
            self.read()

    def read(self) -> None:
        """Everybody as it is now."""
        self._stale = False
        self.lines = run.act(self, roll_view.lines, self.chair.work, self.chair.meeting_id) or ()
        self.chips.count(self.lines)
        for part in (self.chips, self.nobody.first):
            part.setVisible(not self._low())
        self.fill()

    def _low(self) -> bool:
        """Where the window is low the list itself needs the room."""
        return self.window().height() < px(_LOW)

    def reason_to_open(self) -> str:
        """Why the meeting is opened although something is missing."""
        return self.urgent.text() if self.urgent.isVisible() else ""

    def live(self) -> bool:
        """Whether anything can still be noted."""
        return self._board is not None and self._board.state in _LIVE

    def proxies(self) -> bool:
        """Whether a rule of this meeting recognises a written proxy."""
        return self._board is not None and allows_proxy(self._board.kind)

    # What is shown

    def _shown(self) -> list[RollLine]:
        typed = read_line(self.name.text()).name
        if self._preview is not None:
            return [line for line in self.lines if line.person_id in self._preview]
        if typed and not roll_codes.plain(typed).isdigit():
            return roll_view.fitting(self.lines, typed)
        return self.chips.of_group(self.lines)

    def fill(self) -> None:
        """The rows that fit what was typed or the group chosen."""
        now = self.chair.now()
        rows = [words.row(line, now) for line in self._shown()]
        typed = read_line(self.name.text()).name
        if typed and self._preview is None:
            outside = _("not on the roll")
            rows += [Row(_OTHER + str(one.id), one.name, one.hint, status=outside, status_icon="add")
                     for one in self._others]  # fmt: skip
            if not rows and words.may_be_new(typed, self.lines):
                rows = [Row(_NEW, typed, _("nobody of that name is known here"), status=_("enter and sign in"),
                            status_icon="add")]  # fmt: skip
        self.list.fill(rows)
        if typed and rows and not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self.list.rows.index(0, 0))
        self.show_pane()
        if not self._asked:
            self._tell()

    def _typed(self) -> None:
        typed = read_line(self.name.text()).name
        self._asked = ""
        few = typed and not roll_codes.plain(typed).isdigit() and len(roll_view.fitting(self.lines, typed)) < 4
        self._others = roll_view.others(self.chair.work, self.chair.meeting_id, typed) if few else []
        self.list.setCurrentIndex(self.list.rows.index(-1, 0))
        self.fill()
        if typed:  # the keys act on the person whose row is lit, never on one chosen before
            key = self.list.current_id()
            self.who = "" if key.startswith((_OTHER, _NEW)) else key
            self.show_pane()

    def tell(self, said: str = "", tone: str = "text2") -> None:
        """A word on what is going on, below the line."""
        self.tip.set_tone(tone)
        self.tip.set_text(said)
        self.tip.setVisible(tone == "warn" or not self._low())

    def _tell(self) -> None:
        typed = read_line(self.name.text()).name
        if typed and not self.list.rows.rows and not roll_codes.plain(typed).isdigit():
            self.tell(_(NO_SUCH_INITIALS).format(typed=told_short(typed)), "warn")
        else:
            self.tell(*words.how_far(self.lines))

    def chosen(self) -> RollLine | None:
        """The person whose acts are shown."""
        return next((line for line in self.lines if str(line.person_id) == self.who), None)

    def _choose_row(self) -> None:
        key = self.list.current_id()
        self._asked = self.name.text()  # whoever moved the row has seen which one it is
        if not key.startswith((_OTHER, _NEW)):
            self.who = key
            self.show_pane()

    def choose(self, person_id: uuid.UUID) -> None:
        """Show this person."""
        self.who = str(person_id)
        self.list.choose(self.who)
        self.show_pane()

    def show_pane(self) -> None:
        """Beside the list: the question, the person chosen, or how people are signed in."""
        who, asking = self.chosen(), self.acts.asking
        self.ask.setVisible(asking)
        self.person.setVisible(who is not None and not asking)
        self.nobody.setVisible(who is None and not asking)
        if who is not None:
            self.person.show_person(who, self.chair.now(), live=self.live(), proxy=self.proxies())

    def shown(self) -> None:
        """Ready to take initials; who was chosen and what went wrong the last time is over."""
        self.error.hide()
        self.nobody_chosen()
        if self._board is not None:
            self.read()
        self.end_asking()

    def nobody_chosen(self) -> None:
        """The keys act on nobody until somebody is chosen."""
        self.who = ""
        self.list.setCurrentIndex(self.list.rows.index(-1, 0))

    # What is done

    def _enter(self) -> None:
        """Sign in whoever the line names; several who fit are shown, never guessed."""
        typed = self.name.text()
        noted = read_line(typed)
        if roll_codes.looks_like_code(typed):
            self.name.setText("")
            self.scan(roll_codes.plain(typed))
        elif not noted.name:
            self._on_chosen(noted)
        elif self._asked == typed:
            self._take_row(noted)
        else:
            self._take_best(noted, typed)

    def _take_best(self, noted: Noted, typed: str) -> None:
        found = roll_view.fitting(self.lines, noted.name)
        wanted = normalise_query(simplify(noted.name))
        best = [line for line in found if roll_view.closeness(line, wanted) == roll_view.closeness(found[0], wanted)]
        if len(best) == 1 and (len(found) == 1 or roll_view.closeness(best[0], wanted) < 2):
            self._on(best[0], noted)
            return
        self._asked = typed
        rows = len(self.list.rows.rows)
        self.list.setCurrentIndex(self.list.rows.index(0 if rows else -1, 0))
        if rows == 1:
            self._take_row(noted)
        elif rows:
            said = _("{count} people fit: choose with ↑ ↓, then Enter. Or type more of the name.")
            self.tell(said.format(count=rows), "warn")
        else:
            self._tell()

    def _take_row(self, noted: Noted) -> None:
        key = self.list.current_id()
        if key == _NEW:
            self.acts.walk_in(noted)
        elif key.startswith(_OTHER):
            other = next(one for one in self._others if str(one.id) == key.removeprefix(_OTHER))
            self.acts.let_in(other, noted)
        elif key:
            self.who = key
            self._on_chosen(noted)

    def _on_chosen(self, noted: Noted) -> None:
        who = self.chosen()
        if who is not None:
            self._on(who, noted)

    def _on(self, who: RollLine, noted: Noted) -> None:
        """Do what the line says of this person, by itself: the person is here."""
        typed = self.name.text()
        # Emptied before the act, so that what is read after it is shown whole and once.
        self.name.setText("")
        self._asked, self._others, self.who = "", [], str(who.person_id)
        if not self.acts.happened(who, noted):
            self.name.setText(typed)
            return
        if self.list.current_id() != self.who or len(self.list.rows.rows) < len(self._shown()):
            self.fill()
            self.list.choose(self.who)
        self.acts.say_if_nothing(who, noted)

    def _act(self, name: str) -> None:
        who = self.chosen()
        if who is not None and self.live():
            do = self.acts.do if self.person.buttons[name].isEnabled() else self.acts.say_why_not
            do(name, who)

    def _fact(self, fact: str) -> None:
        who = self.chosen()
        if who is not None and self.live():
            self.acts.change(fact, who)

    def scan(self, code: str) -> None:
        """Sign in the person of a code, whatever page is shown."""
        where = self if self.isVisible() else self.parentWidget()
        chair = self.chair
        done = run.act(where, chair.written, floor_scan.scan, chair.work, chair.meeting_id, code)
        if done is not None:
            self.acts.tell_scanned(done)
        if done is not None and self.isVisible():
            self.name.setText("")
            self._others = []
            self.fill()
            self.choose(done.person_id)

    def come_up(self) -> None:
        """Show the roll, where something else is shown."""
        if not self.isVisible():
            self.chair.wanted.emit("roll")

    def preview(self, people: frozenset[uuid.UUID] | None) -> None:
        """Show only these while it is asked whether they are all here."""
        if people != self._preview:
            self._preview = people
            self.fill()

    def end_asking(self) -> None:
        """Back to the line, as it was."""
        # First, so that the list does not get the keyboard when the question goes, and choose somebody by itself.
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self.acts.asking = False
        self._preview = None
        self.name.setText("")
        self._asked, self._others = "", []
        self.fill()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the question, then empties the line, and only then goes back to the meeting."""
        if event.key() == Qt.Key.Key_Escape and (self.acts.asking or self.name.text()):
            self.end_asking()
        else:
            super().keyPressEvent(event)

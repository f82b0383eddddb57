"""Who has the floor, and the clock that is fair to all: as a card at the right, or as a strip on top."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from deliberation_app.domain.speaking import TURN_SECONDS, Share
from deliberation_app.language import _
from deliberation_app.services import floor
from deliberation_app.services.board import Board
from deliberation_app.services.board_picture import Speaker
from deliberation_app.ui import console_words as words
from deliberation_app.ui.console_chair import Chair
from deliberation_app.ui.console_speaker_clock import LARGE, SMALL, ClockLabel, NameLabel
from deliberation_app.ui.kit import sound, theme
from deliberation_app.ui.kit.bars import ThresholdBar
from deliberation_app.ui.kit.buttons import Button
from deliberation_app.ui.kit.labels import ElideLabel, Label
from deliberation_app.ui.kit.panels import Card, column, row
from deliberation_app.ui.kit.theme import px

# In a strip narrower than this, at 100 %, the words before the clock go into the line below the name.
_LITTLE = 800
# Seconds before the end at which it is said that the end is near.
SOON = 30


class SpeakerCard(Card):
    """Name, clock, bar, and the three acts on the clock; while nobody speaks, how long each may."""

    def __init__(self, chair: Chair) -> None:
        super().__init__()
        self.chair = chair
        self._grid = QGridLayout(self)
        self._head = Label(_("Speaking"), "label", "accent")
        self._left = Label("", "hint")
        self._name = NameLabel()
        self._under = ElideLabel("", "hint", "text2")
        # Beside a large clock the hint takes a second line; in the strip on top there is none.
        self._below = Label("", "hint", "text2", wrap=True)
        self._clock = ClockLabel()
        self._bar = ThresholdBar()
        self._acts = self._make_acts()
        self.each = Button("", cap="Ctrl+T", small=True)  # its edge stands below that of the words
        self.each.setToolTip(_("How long each turn is"))
        self.each.clicked.connect(self.next_length)
        self._idle = QWidget()
        # Whom to ask is a name, which is never cut: it takes a second line where it must.
        self._ask = Label("", "hint", "text2", wrap=True)
        idle = column(self._idle, spacing=2)
        idle.addWidget(self._ask)
        idle.addWidget(self.each, 0, Qt.AlignmentFlag.AlignLeft)
        self._strip = True
        self._close = self._over = False
        self._before: tuple[object, int] = (None, 0)
        self._shown: object = None
        self._placed: object = None
        self.set_strip(False)
        chair.changed.connect(self.show_board)
        sound.silence.found.connect(self._tell_silence)

    def _tell_silence(self) -> None:
        self.chair.remarked.emit(_("This computer plays no sound; the clock tells the end of time by colour and words"))

    def _make_acts(self) -> QWidget:
        self.pause = Button(_("Pause"), cap="F5", small=True)
        self.more = Button("+30″", small=True)
        self.more.goes_on = True  # twice is a minute
        self.more.setAccessibleName(_("Thirty seconds more"))
        self.more.setToolTip("Shift F5")
        self.stop = Button(_("Finished"), cap="F6", small=True)
        self.pause.clicked.connect(self.pause_clock)
        self.more.clicked.connect(self.give_more)
        self.stop.clicked.connect(self.stop_speaker)
        made = QWidget()
        acts = row(made, spacing=6)
        acts.addWidget(self.pause)
        acts.addWidget(self.more)
        acts.addStretch()
        acts.addWidget(self.stop)
        return made

    def set_strip(self, strip: bool) -> None:
        """Beside each other on top of the window, or below each other in the right column."""
        if strip == self._strip:
            return
        self._strip = strip
        parts = (self._head, self._left, self._name, self._under, self._clock, self._bar, self._acts, self._idle)
        for part in parts:
            self._grid.removeWidget(part)
        places = _STRIP if strip else _CARD
        for part, place in zip(parts, places, strict=True):
            self._grid.addWidget(part, *place)
        edges = (20, 4, 20, 4) if strip else (16, 10, 16, 10)
        self._grid.setContentsMargins(*(px(edge) for edge in edges))
        self._grid.setHorizontalSpacing(px(12))
        self._grid.setVerticalSpacing(0 if strip else px(2))
        for at in range(5):
            self._grid.setColumnStretch(at, {True: (0, 0, 1, 0, 0), False: (1, 0, 0, 0, 0)}[strip][at])
        self._clock.set_size(SMALL if strip else LARGE)
        self._left.setVisible(not strip)
        self._name.setWordWrap(True)  # a name that must is told in two lines
        self._under.setMinimumWidth(0)
        self._grid.removeWidget(self._below)
        self._grid.addWidget(self._below, 2, 0, Qt.AlignmentFlag.AlignTop)
        self._bar.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._left.setAlignment(Qt.AlignmentFlag.AlignRight)
        theme.restyle(self, kind="bar" if strip else "card")
        self._shown = None
        if self.chair.board is not None:
            self.show_board(self.chair.board)

    def set_close(self, close: bool) -> None:
        """In a low column the clock is smaller, and the hint stands in one line."""
        if close == self._close:
            return
        self._close = close
        if not self._strip:
            self._clock.set_size(SMALL if close else LARGE)
        self._shown = None
        if self.chair.board is not None:
            self.show_board(self.chair.board)

    @staticmethod
    def close_gain() -> int:
        """So much lower the card is then."""
        return min(px((LARGE - SMALL) * 1.15), round(theme.metrics("hint").height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A name fits itself into another width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit_acts()
            self._fit_name()

    def clock_width(self) -> int:
        """What the clock takes of the line of the name, also before it was laid out."""
        return self._clock.minimumWidth()

    def figures(self) -> int:
        """How many signs the clock shows: with each more it is wider, in either size."""
        return len(self._clock.text())

    def _little(self) -> bool:
        return self._strip and self.width() < px(_LITTLE)

    def _fit_acts(self) -> None:
        """In a narrow strip the keys of the three acts stand on the sheet of keys alone."""
        little = self._little()
        for button, keys in ((self.pause, "F5"), (self.stop, "F6")):
            button.set_cap("" if little else keys)
        self._head.setVisible(not little)

    def _fit_name(self) -> None:
        """The name in the room there is; in the strip there are two lines in all."""
        speaker = self.chair.board.speaker if self.chair.board else None
        if speaker is not None:
            room = self._room_of_name()
            least = min(room, px(200)) if self._strip else 0  # the line below it needs some, too
            lines = self._name.fit(speaker.name, room, least)
            self._under.setVisible((self._strip and lines == 1) or (self._close and not self._strip))

    def _room_of_name(self) -> int:
        """What the clock leaves, and in the strip the acts and the words before it."""
        edges = self._grid.contentsMargins()
        room = self.width() - edges.left() - edges.right() - self.clock_width() - self._grid.horizontalSpacing()
        if self._strip:
            gaps = self._grid.horizontalSpacing() * (2 if self._little() else 3)
            beside = 0 if self._little() else self._head.sizeHint().width() + px(80)
            room -= self._acts.sizeHint().width() + gaps + beside
            room = min(room, px(420))
        return max(room - px(4), px(40))

    def show_board(self, board: Board) -> None:
        """Who speaks now."""
        speaker = board.speaker
        state: tuple[object, ...] = (speaker, board.state, board.turn_seconds)
        if speaker is None:  # then it is said whom to ask
            state += (board.unheard, board.asked_all, bool(board.statements), bool(board.queue))
        if state != self._shown:
            self._shown = state
            placed = (speaker is None, speaker is not None and speaker.unlimited, board.state, board.turn_seconds,
                      self._strip, self._close)  # fmt: skip
            if placed != self._placed:  # the next speaker stands where the last one stood
                self._placed = placed
                self._place(board)
            hint = self._hint(board)
            # The post has a line of its own: a sentence that breaks where it likes breaks inside a word of Chinese.
            lines = hint.replace(f"{speaker.post} · ", f"{speaker.post}\n", 1) if speaker and speaker.post else hint
            self._over = False
            self._under.set_tone("text2")
            self._under.set_text(hint if speaker is not None else "")
            self._below.say(lines if speaker is not None else "")
            self._fit_name()
            self._ask.setText(hint if speaker is None else "")
            paused = speaker is not None and speaker.ends_at is None
            self.pause.setText(_("Let it run") if paused else _("Pause"))
        self.tick(self.chair.now())

    def _place(self, board: Board) -> None:
        """What stands there while somebody speaks, and while nobody does."""
        speaks, one = board.speaker is not None, self._strip or self._close
        limited = board.speaker is not None and not board.speaker.unlimited
        shown = {self._clock: speaks, self._bar: limited, self._acts: speaks, self._name: speaks,
                 self._under: speaks and one, self._below: speaks and not one,
                 self._idle: not speaks and board.state == "open" and not self._strip}  # fmt: skip
        for part, visible in shown.items():
            part.setVisible(visible)
        self.more.setEnabled(limited)
        self.each.setText(words.length_words(board.turn_seconds))
        self._head.setText(_("Speaking") if speaks else _("Nobody has the floor"))
        self._head.set_tone("accent" if speaks else "text2")
        self._left.setText(self._left.text() if speaks else "")
        self._fit_acts()

    @staticmethod
    def _hint(board: Board) -> str:
        speaker = board.speaker
        if speaker is None:
            if board.state != "open":
                return ""
            if board.statements and board.unheard and not board.asked_all and not board.queue:
                name = next((one.name for one in board.guests if one.person_id == board.unheard[0]), "")
                said = _("{count} not heard on this; Shift F6 asks {name}")
                return said.format(count=len(board.unheard), name=name)
            return _("F4 queues somebody; then give the floor")
        had = board.shares.persons.get(str(speaker.person_id), Share())
        here = board.shares.here.get(str(speaker.person_id), Share())
        times = _("first time") if had.turns <= 1 else _("turn {times}").format(times=had.turns)
        so_far = _("{time} so far").format(time=words.clock(had.seconds)) if had.seconds else ""
        on_this = _("{time} on this").format(time=words.clock(here.seconds)) if 0 < here.seconds < had.seconds else ""
        return " · ".join(part for part in (speaker.post, times, so_far, on_this) if part)

    def tick(self, now: datetime) -> None:
        """Count the seconds; a soft sound thirty seconds before the end, and once when the time is over."""
        speaker = self.chair.board.speaker if self.chair.board else None
        if speaker is None:
            return
        left = speaker.left(now)
        self._tell_left(speaker, left)
        said = words.clock(-left if speaker.unlimited else left)
        if said != self._clock.text():
            wide = self.clock_width()
            self._clock.setText(said)
            if wide != self.clock_width():
                self._fit_name()
            self._clock.set_tone(self._tone(speaker, left))
            if not speaker.unlimited:
                used = min(max(speaker.allotted_seconds - left, 0), speaker.allotted_seconds)
                tone = "badFill" if left < 0 else "warnFill" if left <= SOON else "accentFill"
                self._bar.show_part(used, speaker.allotted_seconds, None, tone, _("{time} left").format(time=said))
        self._ring(speaker, left)

    @staticmethod
    def _tone(speaker: Speaker, left: int) -> str:
        return "" if speaker.unlimited else "bad" if left < 0 else "warn" if left <= SOON else ""

    def _tell_left(self, speaker: Speaker, left: int) -> None:
        """What the clock shows, in words: that time is up is told by words, clock and sound, none alone."""
        if speaker.ends_at is None:
            said, tone = _("paused"), ""
        elif speaker.unlimited:
            said, tone = _("no limit"), ""
        elif left <= 0:
            said, tone = _("Time is up"), "bad"
        else:
            said, tone = _("time left"), "warn" if left <= SOON else ""
        if said != self._left.text():
            self._left.setText(said)
        self._left.set_tone(tone or "text3")
        if self._strip:  # there is no room for it beside the clock there
            over = tone == "bad"
            self._head.setText(said if over else _("Speaking"))
            self._head.set_tone("bad" if over else "accent")
            below = over and self._little()  # the head is not shown there
            if below != self._over:
                self._over = below
                self._under.set_text(said if below else self._hint(self.chair.board))
                self._under.set_tone("bad" if below else "text2")

    def _ring(self, speaker: Speaker, left: int) -> None:
        """Only what passes while one looks on is heard, not what was passed before the window was opened."""
        turn, before = self._before
        self._before = (speaker.ends_at, left)
        if speaker.ends_at is None or speaker.unlimited or turn != speaker.ends_at:
            return
        if before > 0 >= left:
            sound.play("over")
        elif before > SOON >= left > 0:
            sound.play("soon")

    def pause_clock(self) -> None:
        """Stop the clock, or let it go on."""
        speaker = self.chair.board.speaker if self.chair.board else None
        paused = speaker is not None and speaker.ends_at is None
        said = _("The clock runs again") if paused else _("The clock is paused")
        self.chair.do(self, said, floor.pause, self.chair.meeting_id)

    def give_more(self) -> None:
        """Thirty seconds more."""
        self.chair.do(self, _("Thirty seconds more"), floor.extend, self.chair.meeting_id)

    def stop_speaker(self) -> None:
        """The speaker has finished."""
        speaker = self.chair.board.speaker if self.chair.board else None
        said = _("{name} has finished").format(name=speaker.name if speaker else "")
        self.chair.do(self, said, floor.stop, self.chair.meeting_id)

    def next_length(self) -> None:
        """Another length for the turns to come: two, three, five minutes, or as long as it takes."""
        board = self.chair.board
        if board is None:
            return
        at = TURN_SECONDS.index(board.turn_seconds) if board.turn_seconds in TURN_SECONDS else -1
        wanted = TURN_SECONDS[(at + 1) % len(TURN_SECONDS)]
        said = _("From the next turn on: {length}").format(length=words.length_words(wanted))
        self.chair.do(self, said, floor.choose_seconds, self.chair.meeting_id, wanted)

    def ask_next(self) -> None:
        """Offer the floor to whoever has not spoken on this and is first in fairness."""
        board = self.chair.board
        if board is None or board.state != "open":
            return
        if not board.unheard:
            self.chair.remarked.emit(_("Everybody here has spoken on this"))
            return
        key = board.unheard[0]
        name = next((one.name for one in board.guests if one.person_id == key), "")
        self.chair.do(self, _("{name} has the floor").format(name=name), floor.give, self.chair.meeting_id, key)

    def toggle_sound(self) -> None:
        """Sound on or off."""
        sound.loudness.on = not sound.loudness.on
        on, off = _("The sound is on"), _("The sound is off; the clock still tells")
        self.chair.remarked.emit(on if sound.loudness.on else off)
        sound.play("soon")


# Row, column, rows, columns of: head, left, name, hint, clock, bar, acts, idle.
_CARD = ((0, 0), (0, 1), (1, 0), (2, 0), (1, 1, 2, 1), (3, 0, 1, 2), (4, 0, 1, 2), (5, 0, 1, 2))
_STRIP = ((0, 1), (0, 3), (0, 0), (1, 0, 1, 2), (0, 3, 2, 1), (0, 2, 2, 1), (0, 4, 2, 1), (2, 4))

"""Who has the floor, and the clock that is fair to all: as a card at the right, or as a strip on top."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QApplication, QGridLayout, QSizePolicy, QWidget

from deliberation_app.language import _
from deliberation_app.services import floor
from deliberation_app.services.board import Board
from deliberation_app.ui import console_words as words
from deliberation_app.ui.console_chair import Chair
from deliberation_app.ui.kit import theme
from deliberation_app.ui.kit.bars import ThresholdBar
from deliberation_app.ui.kit.buttons import Button
from deliberation_app.ui.kit.labels import ElideLabel, Label
from deliberation_app.ui.kit.panels import Card, row
from deliberation_app.ui.kit.theme import px

# Size of the clock at 100 %: in the right column, and in the strip on top.
_LARGE, _SMALL = 56, 42


class ClockLabel(Label):
    """The big clock, as wide as its widest figures, so that nothing moves while it runs."""

    def __init__(self) -> None:
        super().__init__("")
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.set_size(_LARGE)

    def set_size(self, size: int) -> None:
        """Show it in this size, given at 100 %."""
        face = theme.font("clock")
        face.setPixelSize(px(size))
        self.setFont(face)
        # Figures need no room for what hangs below the line.
        self.setFixedHeight(px(size * 1.15))
        self.setMinimumWidth(int(QFontMetricsF(face).horizontalAdvance("0:00")) + px(4))


class SpeakerCard(Card):
    """Name, clock, bar, and the three acts on the clock."""

    def __init__(self, chair: Chair) -> None:
        super().__init__()
        self.chair = chair
        self._grid = QGridLayout(self)
        self._head = Label(_("Speaking"), "label", "accent")
        self._left = Label("", "hint")
        self._name = Label("", "h2", wrap=True)
        self._under = ElideLabel("", "hint", "text2")
        self._clock = ClockLabel()
        self._bar = ThresholdBar()
        self.pause = Button(_("Pause"), cap="F5", small=True)
        self.more = Button("+30″", small=True)
        self.more.setAccessibleName(_("Thirty seconds more"))
        self.more.setToolTip("Shift F5")
        self.stop = Button(_("Finished"), cap="F6", small=True)
        self.pause.clicked.connect(self.pause_clock)
        self.more.clicked.connect(self.give_more)
        self.stop.clicked.connect(self.stop_speaker)
        self._acts = QWidget()
        acts = row(self._acts, spacing=6)
        acts.addWidget(self.pause)
        acts.addWidget(self.more)
        acts.addStretch()
        acts.addWidget(self.stop)
        self._strip = True
        self._rung: object = None
        self._shown: object = None
        self.set_strip(False)
        chair.changed.connect(self.show_board)

    def set_strip(self, strip: bool) -> None:
        """Beside each other on top of the window, or below each other in the right column."""
        if strip == self._strip:
            return
        self._strip = strip
        parts = (self._head, self._left, self._name, self._under, self._clock, self._bar, self._acts)
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
        self._clock.set_size(_SMALL if strip else _LARGE)
        self._left.setVisible(not strip)
        self._name.setWordWrap(not strip)
        self._under.setMinimumWidth(px(200) if strip else 0)
        self._bar.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._left.setAlignment(Qt.AlignmentFlag.AlignRight)
        theme.restyle(self, kind="bar" if strip else "card")

    def show_board(self, board: Board) -> None:
        """Who speaks now."""
        speaker = board.speaker
        state = (speaker, board.state)
        if state != self._shown:
            self._shown = state
            for part in (self._clock, self._bar, self._acts):
                part.setVisible(speaker is not None)
            self._head.setText(_("Speaking") if speaker else _("Nobody has the floor"))
            self._head.set_tone("accent" if speaker else "text2")
            self._name.setVisible(speaker is not None)
            self._name.setText(speaker.name if speaker else "")
            self._under.set_text(self._hint(board))
            paused = speaker is not None and speaker.ends_at is None
            self.pause.setText(_("Let it run") if paused else _("Pause"))
        self.tick(self.chair.now())

    @staticmethod
    def _hint(board: Board) -> str:
        speaker = board.speaker
        if speaker is None:
            return _("F4 puts somebody in the queue; the next step gives the floor") if board.state == "open" else ""
        times = _("first time") if not speaker.spoken else _("spoke {times} ×").format(times=speaker.spoken)
        return " · ".join(part for part in (speaker.post, times) if part)

    def tick(self, now: datetime) -> None:
        """Count the seconds; a soft sound once when the time is over."""
        speaker = self.chair.board.speaker if self.chair.board else None
        if speaker is None:
            return
        left = speaker.left(now)
        over = left < 0
        self._left.setText(_("paused") if speaker.ends_at is None else _("over time") if over else _("time left"))
        said = words.clock(left)
        if said != self._clock.text():
            self._clock.setText(said)
            self._clock.set_tone("bad" if over else "")
            used = min(max(speaker.allotted_seconds - left, 0), speaker.allotted_seconds)
            self._bar.show_part(
                used, speaker.allotted_seconds, None, "badFill" if over else "accentFill",
                _("{time} left").format(time=said),
            )  # fmt: skip
        if left <= 0 and speaker.ends_at is not None and self._rung != speaker.ends_at:
            if self._rung is not None or left > -2:
                QApplication.beep()
            self._rung = speaker.ends_at

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


# Row, column, rows, columns of: head, left, name, hint, clock, bar, acts.
_CARD = ((0, 0), (0, 1), (1, 0), (2, 0), (1, 1, 2, 1), (3, 0, 1, 2), (4, 0, 1, 2))
_STRIP = ((0, 1), (0, 3), (0, 0), (1, 0, 1, 2), (0, 3, 2, 1), (0, 2, 2, 1), (0, 4, 2, 1))

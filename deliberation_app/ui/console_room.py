"""Who is in the room."""

from __future__ import annotations

from deliberation_app.domain.votes import RULES
from deliberation_app.language import _, ngettext_
from deliberation_app.services.board import Board
from deliberation_app.ui import console_words as words
from deliberation_app.ui.console_chair import Chair
from deliberation_app.ui.kit import theme
from deliberation_app.ui.kit.bars import ThresholdBar
from deliberation_app.ui.kit.buttons import Button
from deliberation_app.ui.kit.labels import ElideLabel, Label
from deliberation_app.ui.kit.marks import StatusWords
from deliberation_app.ui.kit.panels import Card, column, row


def quorum_words(board: Board) -> tuple[str, str, str]:
    """The state of the quorum with tone and icon; nothing where no rule asks for one."""
    quorum = board.quorum
    requirement = quorum.line
    if quorum.needed is None or requirement is None:
        return "", "", ""
    part = words.threshold(requirement.numerator, requirement.denominator)
    if quorum.reached:
        said = _("more than {part} are here") if requirement.strict else _("{part} reached")
        return said.format(part=part), "ok", "done"
    more = max(quorum.needed - quorum.present, 0)
    if board.state == "open":
        return _("{count} short, a vote is void now").format(count=more), "bad", "late_fill"
    return _("{count} short of {part}").format(count=more, part=part), "warn", "late"


def missing_words(board: Board) -> str:
    """How many more must come so that votes count; nothing where enough are here."""
    quorum = board.quorum
    if quorum.needed is None or quorum.reached:
        return ""
    if not quorum.eligible:
        return _("Nobody with a vote is on the roll yet")
    more = quorum.needed - quorum.present
    return ngettext_("{count} more is enough", "{count} more are enough", more).format(count=more)


def online_words(board: Board) -> str:
    """How many are on line, and whether they count; nothing where nobody is."""
    online = board.room.online
    if not online:
        return ""
    rule = board.quorum.rule
    if rule is not None and RULES[rule].online_counts:
        said = _("on line {count}, counted")
    elif board.kind.online_counts_for_attendance:
        said = _("on line {count}, present, without a vote")
    else:
        said = _("on line {count}, not counted")
    return said.format(count=online)


def present_of(board: Board) -> tuple[int, int]:
    """How many of those due are here now: by the usual rule of the meeting, else by the roll."""
    if board.quorum.needed is not None:
        return board.quorum.present, board.quorum.eligible
    return board.room.there, board.room.voting


def totals_words(board: Board) -> str:
    """Leave, absent, observers, in one line; what is nobody is not said."""
    room = board.room
    counted = (
        (_("expected {count}"), room.expected),
        (_("leave {count}"), room.leave),
        (_("absent {count}"), room.absent),
        (_("out {count}"), room.out),
        (_("left {count}"), room.gone),
        (_("observing {count}"), room.observing),
    )
    said = [said.format(count=count) for said, count in counted if count > 0]
    return " · ".join(filter(None, (online_words(board), *said)))


class AttendanceCard(Card):
    """Present of those due, the line that must be reached as a tick, and the way to the roll."""

    def __init__(self, chair: Chair) -> None:
        super().__init__()
        box = column(self, margins=(16, 10, 16, 8), spacing=0)
        top = row()
        self._head = Label(_("Present"), "label")
        top.addWidget(self._head)
        top.addStretch()
        self._quorum = StatusWords()
        top.addWidget(self._quorum)
        box.addLayout(top)
        figures = row(spacing=6)
        self._present = Label("", "figure")
        self._due = Label("", "context")
        self._needed = Label("", "hint")
        figures.addWidget(self._present)
        figures.addWidget(self._due)
        figures.addStretch()
        figures.addWidget(self._needed)
        box.addLayout(figures)
        self._bar = ThresholdBar()
        box.addWidget(self._bar)
        self._missing = Label("", "label", "bad", wrap=True)
        self._missing.hide()
        box.addWidget(self._missing)
        under = row()
        self._totals = ElideLabel("", "hint", "text2")
        under.addWidget(self._totals, 1)
        self.roll = Button("", "quiet", cap="F3", small=True)
        self.roll.setAccessibleName(_("Roll"))
        self.roll.setToolTip(_("Roll"))
        self.roll.clicked.connect(lambda: chair.wanted.emit("roll"))
        under.addWidget(self.roll)
        box.addLayout(under)
        self._shown: object = None
        self._brief = ""
        self._one_line = False
        self._void = False
        chair.changed.connect(self.show_board)

    def show_board(self, board: Board) -> None:
        """The numbers of the moment."""
        state = (board.quorum, board.room, board.state, board.meeting.kind)
        if state == self._shown:
            return
        self._shown = state
        present, due = present_of(board)
        self._quorum.show_as(*quorum_words(board))
        self._present.setText(str(present))
        self._due.setText(_("/ {count} people").format(count=due))
        self._brief = _("Present {present}/{due}").format(present=present, due=due)
        self._tell_head()
        needed = board.quorum.needed
        self._needed.setText("" if needed is None else _("at least {count}").format(count=needed))
        missing = missing_words(board)
        self._missing.setText(missing)
        self._tell_void(board.state == "open" and bool(missing))
        self._missing.setVisible(bool(missing))
        self._missing.set_tone("bad" if self._void else "warn")
        tone = "okFill" if not missing else "badFill" if self._void else "warnFill"
        said = _("{present} of {due} present").format(present=present, due=due)
        self._bar.show_part(present, due, needed, tone, said)
        self._totals.set_text(totals_words(board))

    def set_short(self, short: bool, *, one_line: bool = False) -> None:
        """Only the first lines, or one, where counting needs the room; what makes votes void is said all the same."""
        for widget in (self._totals, self.roll):
            widget.setVisible(not short)
        for widget in (self._present, self._due, self._needed, self._bar):
            widget.setVisible(not one_line)
        self._one_line = one_line
        self._tell_head()

    def high(self, level: int) -> int:
        """How high the card is with everything, with the first lines, or with one line."""
        edges = self.layout().contentsMargins()
        parts = [max(self._head.sizeHint().height(), self._quorum.sizeHint().height())]
        if level < 2:
            parts += [self._present.sizeHint().height(), self._bar.sizeHint().height()]
        if level < 1:
            parts.append(self.roll.sizeHint().height())
        if self._missing.text():
            parts.append(self._missing.heightForWidth(max(self.width() - edges.left() - edges.right(), 1)))
        return sum(parts) + edges.top() + edges.bottom()

    def _tell_head(self) -> None:
        self._head.setText(self._brief if self._one_line else _("Present"))

    def _tell_void(self, void: bool) -> None:
        """While a vote would be void the whole card says so, not only a figure in it."""
        if void != self._void:
            self._void = void
            theme.restyle(self, kind="tint" if void else "card", tone="bad" if void else "")

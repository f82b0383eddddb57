"""What is not settled yet, each line leading to where it is; shown beside the meeting and once more before closing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent

from deliberation_app.language import _, ngettext_
from deliberation_app.services.board import Board
from deliberation_app.services.board_picture import Unfinished
from deliberation_app.ui.console_chair import Chair
from deliberation_app.ui.kit import theme
from deliberation_app.ui.kit.buttons import Button
from deliberation_app.ui.kit.labels import Label
from deliberation_app.ui.kit.lists import Row, RowList
from deliberation_app.ui.kit.panels import Card, column, row
from deliberation_app.ui.kit.theme import px

_LOOK = {
    "vote": ("bad", "late"), "question": ("bad", "late"), "promise": ("warn", "promise"), "ballot": ("text2", "to_do"),
    "no_item": ("warn", "late"), "outcome": ("text2", "to_do"), "entry": ("text2", "to_do"),
    "queue": ("text2", "first_time"),
}  # fmt: skip


def counted(kind: str, count: int) -> str:
    """How many of a kind are not settled."""
    said = {
        "vote": ngettext_("{count} vote not counted", "{count} votes not counted", count),
        "no_item": _("no item for what was promised"),
        "question": ngettext_("{count} question unanswered", "{count} questions unanswered", count),
        "promise": ngettext_("{count} promise without a day", "{count} promises without a day", count),
        "ballot": ngettext_("{count} item half voted", "{count} items half voted", count),
        "outcome": ngettext_("{count} item without conclusion", "{count} items without conclusion", count),
        "entry": ngettext_("{count} item to come", "{count} items to come", count),
        "queue": ngettext_("{count} person waits to speak", "{count} people wait to speak", count),
    }[kind]
    return said.format(count=count)


def summary(board: Board) -> list[tuple[str, str, str, str]]:
    """The kinds that are there as (kind, words, tone, icon), in the order in which they are settled."""
    numbers: dict[str, int] = {}
    for one in board.unfinished:
        numbers[one.what] = numbers.get(one.what, 0) + 1
    return [(kind, counted(kind, count), *_LOOK[kind]) for kind, count in numbers.items()]


def _line(one: Unfinished, board: Board) -> Row:
    tone, icon = _LOOK[one.what]
    title = f"{one.who}：{one.text}" if one.who else one.text
    state, act = {
        "vote": (_("not counted"), _("To the vote")),
        "no_item": (_("would be lost"), _("Raise an item")),
        "question": (_("unanswered"), _("Answer")),
        "promise": (_("no day"), _("Set the day")),
        "ballot": (_("half voted"), _("To the vote")),
        "outcome": (_("no conclusion"), _("Write it")),
        "entry": (_("not discussed"), _("Go there")),
        "queue": (_("waits to speak"), _("Give the floor")),
    }[one.what]
    entry = next((line.title for line in board.entries if line.id == one.entry), "")
    hint = entry if entry != title else ""
    if one.what == "no_item":
        title, hint = _("This meeting has no item: tasks need one"), _("Its title will be: {title}").format(title=entry)
    elif one.what == "question" and any(line.has_item for line in board.entries):
        hint = " · ".join(part for part in (_("becomes a task of the chair"), hint) if part)
    return Row(
        f"{one.what}:{one.target}", title, hint, icon=icon, tone=tone, status=state,
        status_tone=tone, act=act,
    )  # fmt: skip


def tasks_words(board: Board) -> str:
    """What becomes a task when the meeting closes."""
    promised, asked = len(board.promises), len(board.open_questions)
    if not promised + asked or not any(line.has_item for line in board.entries):
        return ""
    parts = []
    if promised:
        parts.append(ngettext_("{count} promise", "{count} promises", promised).format(count=promised))
    if asked:
        parts.append(counted("question", asked))
    return _("When the meeting closes these become tasks: {what}.").format(what=_(", ").join(parts))


class WholeRows(RowList):
    """A list that ends with a whole row, however high it is."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out below what would be a part of a row."""
        high = self.row_height()
        over = self.height() % high if high < self.height() < self.whole_height() else 0
        if over != self.viewportMargins().bottom():
            self.setViewportMargins(0, 0, 0, over)
        super().resizeEvent(event)


class UnfinishedPanel(Card):
    """Everything that is not settled; the chair goes to one of them or closes all the same."""

    led = Signal(object)
    closing = Signal()

    def __init__(self, chair: Chair) -> None:
        super().__init__()
        self.chair = chair
        self._all: Sequence[Unfinished] = ()
        self._stale = False
        box = column(self, margins=(0, 14, 0, 12), spacing=8)
        head = column(margins=(20, 0, 20, 0), spacing=2)
        self.title = Label(_("Not settled yet"), "h3")
        self.hint = Label("", "hint", wrap=True)
        head.addWidget(self.title)
        head.addWidget(self.hint)
        box.addLayout(head)
        self.list = WholeRows(status_width=130)
        self.list.setAccessibleName(_("Not settled yet"))
        for signal in (self.list.opened, self.list.acted):
            signal.connect(self._lead)
        box.addWidget(self.list, 1)
        acts = row(margins=(20, 0, 20, 0), spacing=8)
        self.close_all = Button(_("Close all the same"), cap="Ctrl+⏎", small=True)
        self.close_all.clicked.connect(self.closing.emit)
        self.back = Button(_("Go on with the meeting"), "quiet", cap="Esc", small=True)
        self.back.clicked.connect(lambda: chair.wanted.emit("back"))
        acts.addWidget(self.close_all)
        acts.addWidget(self.back)
        acts.addStretch(1)
        box.addLayout(acts)
        self.asking = False
        chair.changed.connect(self.show_board)

    def ask(self, *, asking: bool) -> None:
        """Show the list; `asking` when the chair is about to close the meeting."""
        self.asking = asking
        self.close_all.setVisible(asking)
        if self.chair.board is not None:
            self.show_board(self.chair.board, anew=True)
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if self._all:
            self.list.setCurrentIndex(self.list.model().index(0, 0))

    def show_board(self, board: Board, *, anew: bool = False) -> None:
        """The lines, made anew only where they changed."""
        if board.unfinished == self._all and not anew:
            return
        self._all = board.unfinished
        self._stale = not (anew or self.isVisible())
        if self._stale:  # made when somebody looks
            return
        kept = self.list.current_id()
        rows = [_line(one, board) for one in board.unfinished]
        # Every button as wide as the widest: the states before them stand in one line.
        face = theme.metrics("label")
        self.list.delegate.act_width = max((int(face.horizontalAdvance(one.act)) for one in rows), default=0) + px(33)
        self.list.fill(rows)
        if kept:
            self.list.choose(kept)
        said = _(", ").join(words for _kind, words, _tone, _icon in summary(board)) or _("Everything is settled")
        if board.unfinished:
            said = _("{what}. Enter goes to where it is settled.").format(what=said)
        self.hint.setText(" ".join(part for part in (said, tasks_words(board) if self.asking else "") if part))

    def showEvent(self, event: QShowEvent) -> None:
        """What came while something else was looked at."""
        super().showEvent(event)
        if self._stale and self.chair.board is not None:
            self.show_board(self.chair.board, anew=True)

    def _lead(self, key: str) -> None:
        one = next((one for one in self._all if f"{one.what}:{one.target}" == key), None)
        if one is not None:
            self.led.emit(one)

"""The item under discussion: what is known of it, and the options before the meeting."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from deliberation_app.domain.people import normalise_name
from deliberation_app.language import _, ngettext_
from deliberation_app.services import board_before
from deliberation_app.services.board import Board
from deliberation_app.services.board_picture import Option
from deliberation_app.ui import console_option
from deliberation_app.ui import console_sign as sign
from deliberation_app.ui import console_words as words
from deliberation_app.ui.console_chair import Chair
from deliberation_app.ui.kit import run
from deliberation_app.ui.kit.buttons import Button
from deliberation_app.ui.kit.labels import ElideLabel, Label
from deliberation_app.ui.kit.one_line import one_line, plain_tip
from deliberation_app.ui.kit.panels import Card, Scroll, column, empty, line, row
from deliberation_app.ui.kit.theme import px

# How much of the card is shown; the levels between have one thing less each.
FULL, CLOSE, GONE = 0, 2, 4


def letter(option: Option, place: int) -> str:
    """The sign on its disc: that of its own name, or the letter of its place."""
    return sign.option_sign(option, place)


def without_name(option: Option) -> str:
    """The title without the name that the disc shows already."""
    if option.name == option.title or not sign.own_sign(option):
        return option.title
    return option.title.replace(":", "：").partition("：")[2].strip() or option.title


def explained(option: Option) -> str:
    """What the text says beyond the title."""
    title = without_name(option)
    rest = option.text.removeprefix(option.title).removeprefix(title)
    return rest.strip("，。；：,.;: ") or ""


class ItemCard(Card):
    """Which entry, its title, what the item has behind it, and its options; only the open questions on demand."""

    only_open = Signal()

    def __init__(self, chair: Chair) -> None:
        super().__init__()
        self.chair = chair
        self._box = box = column(self, margins=(20, 12, 16, 14), spacing=4)
        top = row(spacing=8)
        self._place = Label("", "label", "accent")
        self._context = ElideLabel("", "context")
        self._name = ElideLabel("", "bold")
        top.addWidget(self._place)
        top.addWidget(self._name, 1)
        top.addWidget(self._context, 1)
        self.open = Button("", "quiet", icon="late", cap="Shift+F7", small=True)
        self.open.clicked.connect(lambda _on: self.only_open.emit())
        self._only = False
        top.addWidget(self.open)
        self.earlier = Button("", "quiet", icon="voices", cap="F7", small=True)
        self.earlier.clicked.connect(lambda: chair.wanted.emit("earlier"))
        top.addWidget(self.earlier)
        box.addLayout(top)
        self._title = Label("", "h2", wrap=True)
        box.addWidget(self._title)
        self._facts = ElideLabel("", "hint")
        box.addWidget(self._facts)
        self._options = QWidget()
        self._grid = console_option.OptionGrid(self._options)
        box.addWidget(self._options)
        self._level, self._shown = 0, None
        chair.changed.connect(self.show_board)
        self.take(0)

    def take(self, level: int) -> None:
        """How much of it is shown: `FULL`, without facts, a line of options, the title alone, nothing."""
        if level == self._level and self._shown is not None:
            return
        before, self._level = self._level, level
        close = level >= CLOSE
        self._box.setContentsMargins(*(px(edge) for edge in ((16, 4, 10, 4) if close else (20, 12, 16, 14))))
        if GONE in (before, level):  # not while it has no place yet: it would be a window of its own
            self.setVisible(level < GONE)
        self._shown = None
        if self.chair.board is not None:
            self.show_board(self.chair.board)

    def least(self, wide: int) -> int:
        """How high it is in this width, its options in as many rows as they need."""
        box = self._box
        edges = box.contentsMargins()
        self._grid.fit(wide - edges.left() - edges.right())
        return box.minimumHeightForWidth(wide) if box.hasHeightForWidth() else box.minimumSize().height()

    def show_board(self, board: Board) -> None:
        """The entry of the moment."""
        self._tell_open(len(board.open_questions))
        state = (board.entry and board.entry.title, board.item, board.options, len(board.entries), board.state)
        if state == self._shown:
            return
        self._shown = state
        entry, close = board.entry, self._level >= CLOSE
        place = next((at for at, one in enumerate(board.entries, 1) if one.id == board.current), 0)
        of_all = f"{place}/{len(board.entries)}" if close else _("Item {place} / {count}")
        self._place.setText(of_all.format(place=place, count=len(board.entries)) if place else "")
        self._context.set_text(_about(board))
        title = entry.title if entry else board.meeting.title
        self._title.setText("" if close else title)
        self._name.set_text(title if close else "")
        for part, shown in ((self._title, not close), (self._name, close), (self._context, not close)):
            part.setVisible(shown)
        facts = one_line((board.item.background.splitlines() or [""])[0]) if board.item else ""
        self._facts.set_text(facts)
        self._facts.setVisible(bool(facts) and self._level < 1)
        count = board.item.voices if board.item else 0
        self.earlier.setVisible(board.item is not None and not close)
        self.earlier.setText(_("Said before {count}").format(count=count) if count else _("Said before"))
        self._show_options(board)

    def _show_options(self, board: Board) -> None:
        shown = board.options if self._level <= CLOSE else ()
        made, lines = [], (console_option.ROOMY, console_option.USUAL, console_option.CLOSE)[min(self._level, CLOSE)]
        for at, option in enumerate(shown):
            told = (letter(option, at), without_name(option), explained(option))
            box = console_option.OptionBox(*told, voted=option.voted, lines=lines)
            box.setAccessibleName(f"{option.title} {option.text}".strip())
            box.setToolTip(plain_tip(f"{option.title} {option.text}".strip()))
            made.append(box)
        self._grid.fill(made)
        self._options.setVisible(bool(shown))

    def ask_open(self) -> None:
        """Only the open questions, or everything."""
        self.only_open.emit()

    def tell_open(self, only: bool) -> None:
        """Whether only the open questions are shown now."""
        self._only = only
        self._tell_open(len(self.chair.board.open_questions) if self.chair.board else 0)

    def _tell_open(self, count: int) -> None:
        self.open.setVisible(bool(count) or self._only)
        words = ngettext_("{count} open question", "{count} open questions", count).format(count=count)
        self.open.setText(_("Everything said") if self._only else words)


def _about(board: Board) -> str:
    """What is to be kept in mind about the item, in one line."""
    item = board.item
    if item is None:
        return ""
    said = []
    if item.vital_interest:
        held = _("discussed by the Party members' meeting") if item.party_meetings else ""
        said += [part for part in (_("touches vital interests"), held) if part]
    if not item.votable:
        said.append(_("the law decides whether, only how is voted on"))
    return "·  " + " · ".join(said) if said else ""


class EarlierPanel(Card):
    """What is known of the item, and what people had said on it before this meeting."""

    def __init__(self, chair: Chair) -> None:
        super().__init__()
        self.chair = chair
        # The ring around the list leaves room on both of its sides.
        box = column(self, margins=(12, 14, 8, 12), spacing=10)
        head = Label(_("Said before this meeting"), "h3")
        head.setContentsMargins(px(8), 0, 0, 0)
        box.addWidget(head)
        inner = QWidget()
        self._list = column(inner, margins=(8, 6, 12, 6), spacing=10)
        scroll = Scroll(inner)
        scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        scroll.setAccessibleName(_("Said before this meeting"))
        self.list = scroll
        box.addWidget(scroll, 1)

    def refresh(self) -> None:
        """Read it for the item of the moment."""
        empty(self._list)
        item = self.chair.board.item if self.chair.board else None
        if item is None:
            self._list.addWidget(Label(_("This entry of the agenda has no item behind it."), "hint", wrap=True))
            self._list.addStretch()
            return
        if item.background:
            self._list.addWidget(Label(item.background, "body", wrap=True))
            self._list.addWidget(line())
        found = run.act(self, board_before.earlier, self.chair.work, item.id, self.chair.meeting_id) or ()
        for one in found:
            self._list.addWidget(self._line(one))
        if not found:
            self._list.addWidget(Label(_("Nobody's words are on record before this meeting."), "hint", wrap=True))
        self._list.addStretch()

    @staticmethod
    def _line(one: board_before.Earlier) -> QWidget:
        made = QWidget()
        stack = column(made, spacing=0)
        head = row(spacing=8)
        head.addWidget(Label(normalise_name(one.who) or _("no name given"), "name"))
        when = words.day(one.at.date()) if one.at else ""
        head.addWidget(ElideLabel(" · ".join(part for part in (when, one.where) if part), "hint"), 1)
        stack.addLayout(head)
        stack.addWidget(Label(one.text, "statement", wrap=True))
        return made

"""The item under discussion: what is known of it, and the options before the meeting."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QTextLayout
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from deliberation_app.domain.people import normalise_name
from deliberation_app.language import _, ngettext_
from deliberation_app.services import board_before
from deliberation_app.services.board import Board
from deliberation_app.services.board_picture import Option
from deliberation_app.ui import console_sign as sign
from deliberation_app.ui import console_words as words
from deliberation_app.ui.console_chair import Chair
from deliberation_app.ui.kit import run, theme
from deliberation_app.ui.kit.buttons import Button
from deliberation_app.ui.kit.labels import ElideLabel, Label, elided, one_line, plain_tip
from deliberation_app.ui.kit.panels import Card, Scroll, column, empty, line, row
from deliberation_app.ui.kit.theme import px


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


class LetterDisc(QWidget):
    """The letter of an option on a white disc."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text
        self.setFixedSize(px(28), px(28))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Disc and letter."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(theme.colour("line"))
        painter.setBrush(theme.colour("surface"))
        painter.drawEllipse(box)
        painter.setPen(theme.colour("text2"))
        painter.setFont(theme.font("bold"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._text)
        painter.end()


class TwoLines(QWidget):
    """A text in at most two lines, cut with … and told whole as tool tip."""

    def __init__(self, text: str, kind: str) -> None:
        super().__init__()
        self._text, self._kind = one_line(text), kind
        self.setAccessibleName(text)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _high(self) -> int:
        return int(theme.metrics(self._kind).height()) + 1

    def _lines(self, width: int) -> list[str]:
        layout = QTextLayout(self._text, theme.font(self._kind))
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(max(width, 1))
        end = line.textLength()
        layout.endLayout()
        # Positions count UTF-16 units, of which a rare character takes two.
        units = self._text.encode("utf-16-le")
        first, rest = units[: 2 * end].decode("utf-16-le"), units[2 * end :].decode("utf-16-le")
        return [first.rstrip(), elided(rest, self._kind, width)] if rest else [first]

    def heightForWidth(self, width: int) -> int:
        """One line or two."""
        return self._high() * len(self._lines(width))

    def sizeHint(self) -> QSize:
        """As the width is now."""
        return QSize(px(80), self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        """A few characters."""
        return QSize(px(60), self._high())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The lines."""
        lines = self._lines(self.width())
        self.setToolTip(plain_tip(self._text) if lines[-1].endswith("…") else "")
        painter = QPainter(self)
        painter.setFont(theme.font(self._kind))
        painter.setPen(theme.colour("text"))
        for at, said in enumerate(lines):
            painter.drawText(QRectF(0, at * self._high(), self.width(), self._high()), _LEFT, said)
        painter.end()


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class OptionBox(QFrame):
    """One option: letter, title, what it means."""

    def __init__(self, option: Option, place: int) -> None:
        super().__init__()
        self.setProperty("ground", "sunken")
        across = row(self, margins=(10, 7, 10, 7), spacing=10)
        across.addWidget(LetterDisc(letter(option, place)), 0, Qt.AlignmentFlag.AlignVCenter)
        stack = column(spacing=0)
        stack.addStretch()
        stack.addWidget(TwoLines(without_name(option), "strong"))
        said = _("voted on") if option.voted else ""
        under = " · ".join(part for part in (said, explained(option)) if part)
        if under:
            stack.addWidget(ElideLabel(under, "hint"))
        stack.addStretch()
        across.addLayout(stack, 1)
        self.setAccessibleName(f"{option.title} {option.text}".strip())


class ItemCard(Card):
    """Which entry, its title, what the item has behind it, and its options; only the open questions on demand."""

    only_open = Signal()

    def __init__(self, chair: Chair) -> None:
        super().__init__()
        self.chair = chair
        box = column(self, margins=(20, 12, 16, 14), spacing=4)
        top = row(spacing=8)
        self._place = Label("", "label", "accent")
        self._context = ElideLabel("", "context")
        top.addWidget(self._place)
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
        self._row = row(self._options, margins=(0, 4, 4, 0), spacing=8)
        box.addWidget(self._options)
        self._shown: object = None
        chair.changed.connect(self.show_board)

    def show_board(self, board: Board) -> None:
        """The entry of the moment."""
        self._tell_open(len(board.open_questions))
        state = (board.entry and board.entry.title, board.item, board.options, len(board.entries), board.state)
        if state == self._shown:
            return
        self._shown = state
        entry = board.entry
        place = next((at for at, one in enumerate(board.entries, 1) if one.id == board.current), 0)
        self._place.setText(_("Item {place} / {count}").format(place=place, count=len(board.entries)) if place else "")
        self._context.set_text(_about(board))
        self._title.setText(entry.title if entry else board.meeting.title)
        facts = one_line((board.item.background.splitlines() or [""])[0]) if board.item else ""
        self._facts.set_text(facts)
        self._facts.setVisible(bool(facts))
        count = board.item.voices if board.item else 0
        self.earlier.setVisible(board.item is not None)
        self.earlier.setText(_("Said before {count}").format(count=count) if count else _("Said before"))
        empty(self._row)
        for at, option in enumerate(board.options):
            self._row.addWidget(OptionBox(option, at), 1)
        self._options.setVisible(bool(board.options))

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
        box = column(self, margins=(20, 14, 8, 14), spacing=8)
        box.addWidget(Label(_("Said before this meeting"), "h3"))
        inner = QWidget()
        self._list = column(inner, margins=(0, 0, 12, 0), spacing=10)
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

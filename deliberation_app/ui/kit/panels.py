"""Larger pieces of a page: card, headers, error line, empty state, progress, bottom panel, scroll area."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Property, QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from deliberation_app.errors import AppError, RuleBroken
from deliberation_app.language import _, render
from deliberation_app.ui.kit.buttons import Button
from deliberation_app.ui.kit.icons import IconLabel
from deliberation_app.ui.kit.labels import Disc, ElideLabel, Label, StatusWords
from deliberation_app.ui.kit.theme import px


def column(parent: QWidget | None = None, *, margins: tuple[int, int, int, int] = (0, 0, 0, 0), spacing: int = 0) -> QVBoxLayout:
    """A column with margins and spacing of the design."""
    made = QVBoxLayout(parent) if parent else QVBoxLayout()
    made.setContentsMargins(*(px(side) for side in margins))
    made.setSpacing(px(spacing))
    return made


def row(parent: QWidget | None = None, *, margins: tuple[int, int, int, int] = (0, 0, 0, 0), spacing: int = 0) -> QHBoxLayout:
    """A row with margins and spacing of the design."""
    made = QHBoxLayout(parent) if parent else QHBoxLayout()
    made.setContentsMargins(*(px(side) for side in margins))
    made.setSpacing(px(spacing))
    return made


def line(*, upright: bool = False) -> QFrame:
    """A hairline."""
    made = QFrame()
    made.setProperty("kind", "rule" if upright else "line")
    return made


class Card(QFrame):
    """A white ground with a hairline; put a layout into it, or use its column."""

    def __init__(self, parent: QWidget | None = None, *, kind: str = "card") -> None:
        super().__init__(parent)
        self.setProperty("kind", kind)

    def column(self, padding: int = 20, spacing: int = 12) -> QVBoxLayout:
        """A column inside the card."""
        return column(self, margins=(padding, padding, padding, padding), spacing=spacing)


class Tint(QFrame):
    """A block on the tint of a tone: a note, a verdict."""

    def __init__(self, tone: str = "info", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "tint")
        self.setProperty("tone", tone)


class PageHeader(QWidget):
    """Title in the Song face, one line of context below, acts at the right, the most important last."""

    def __init__(self, title: str = "", context: str = "", acts: Sequence[QWidget] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        across = row(self, spacing=12)
        words = column(spacing=2)
        self._title = Label(title, "title")
        self._context = ElideLabel(context, "context")
        words.addWidget(self._title)
        words.addWidget(self._context)
        across.addLayout(words, 1)
        self.acts = row(spacing=12)
        across.addLayout(self.acts)
        for act in acts:
            self.acts.addWidget(act)

    def _get_title(self) -> str:
        return self._title.text()

    def set_title(self, title: str) -> None:
        """Show this title, one of our own fixed words."""
        self._title.setText(title)

    def _get_context(self) -> str:
        return self._context.whole()

    def set_context(self, context: str) -> None:
        """Show this line below."""
        self._context.set_text(context)

    title = Property(str, _get_title, set_title)
    context = Property(str, _get_context, set_context)

    def add_act(self, act: QWidget) -> None:
        """Put an act at the right end."""
        self.acts.addWidget(act)


class InnerHeader(QFrame):
    """The bar of an inner page: back arrow, title, chip, context, acts."""

    back = Signal()

    def __init__(self, title: str = "", context: str = "", acts: Sequence[QWidget] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "bar")
        self.setFixedHeight(px(80))
        across = row(self, margins=(16, 0, 24, 0), spacing=12)
        self.back_button = Button("", "quiet", icon="back")
        self.back_button.setAccessibleName(_("Back"))
        self.back_button.setToolTip(_("Back"))
        self.back_button.clicked.connect(self.back)
        across.addWidget(self.back_button)
        words = column(spacing=2)
        words.addStretch()
        self._head = row(spacing=10)
        self._title = Label(title, "h2")
        self._title.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._head.addWidget(self._title)
        self._head.addStretch()
        self._context = ElideLabel(context, "context")
        words.addLayout(self._head)
        words.addWidget(self._context)
        words.addStretch()
        across.addLayout(words, 1)
        self.acts = row(spacing=12)
        across.addLayout(self.acts)
        for act in acts:
            self.acts.addWidget(act)

    def set_title(self, title: str) -> None:
        """Show this title."""
        self._title.setText(title)

    def set_context(self, context: str) -> None:
        """Show this line below."""
        self._context.set_text(context)

    def add_chip(self, chip: QWidget) -> None:
        """Put a chip behind the title."""
        self._head.insertWidget(self._head.count() - 1, chip)

    def add_act(self, act: QWidget) -> None:
        """Put an act at the right end."""
        self.acts.addWidget(act)


def sentences(error: AppError) -> list[str]:
    """What an error says, and then each of its reasons."""
    reasons = error.reasons if isinstance(error, RuleBroken) else ()
    return [render(error), *(render(reason) for reason in reasons)]


class ErrorLine(QFrame):
    """What went wrong, why, what did not change, and Try again; hidden while all is well."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "error")
        self._again: Callable[[], object] | None = None
        across = row(self, margins=(16, 10, 12, 10), spacing=12)
        across.addWidget(IconLabel("late_fill", "bad", 18))
        words = column(spacing=0)
        self._what = Label("", "strong", wrap=True)
        self._why = Label("", "hint", wrap=True)
        words.addWidget(self._what)
        words.addWidget(self._why)
        across.addLayout(words, 1)
        self.retry = Button(_("Try again"), small=True)
        self.retry.clicked.connect(self._try_again)
        self.close_button = Button("", "quiet", icon="close", small=True)
        self.close_button.setAccessibleName(_("Close this note"))
        self.close_button.clicked.connect(self.hide)
        across.addWidget(self.retry)
        across.addWidget(self.close_button)
        self.hide()

    def say(self, what: str, why: str = "", again: Callable[[], object] | None = None) -> None:
        """Show a sentence, one line more, and what Try again does."""
        self._what.setText(what)
        self._why.setText(why)
        self._why.setVisible(bool(why))
        self._again = again
        self.retry.setVisible(again is not None)
        self.setAccessibleName(f"{what} {why}".strip())
        self.show()

    def show_error(self, error: AppError, again: Callable[[], object] | None = None) -> None:
        """Show an error with its reasons."""
        said = sentences(error)
        self.say(said[0], "\n".join(said[1:]), again)

    def _try_again(self) -> None:
        self.hide()
        if self._again:
            self._again()


class EmptyState(QWidget):
    """What belongs here, where it comes from, and the first act."""

    def __init__(
        self, icon: str = "note", sentence: str = "", hint: str = "", act: Button | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        box = column(self, margins=(24, 16, 24, 16), spacing=8)
        box.addStretch()
        self._disc = Disc("", "", icon, 56)
        self._sentence = Label(sentence, "h3", wrap=True)
        self._hint = Label(hint, "hint", wrap=True)
        for words in (self._sentence, self._hint):
            words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        box.addWidget(self._disc, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addSpacing(px(8))
        box.addWidget(self._sentence)
        box.addWidget(self._hint)
        self.act = act
        if act:
            box.addWidget(act, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addStretch()

    def say(self, sentence: str, hint: str = "", icon: str = "") -> None:
        """Say something else."""
        self._sentence.setText(sentence)
        self._hint.setText(hint)
        if icon:
            self._disc.set_icon(icon)


class Progress(QWidget):
    """Long work in the page: what, how far, and Cancel."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        box = column(self, spacing=6)
        across = row(spacing=12)
        self._words = Label("", "strong")
        self._count = Label("", "hint")
        self.cancel = Button(_("Cancel"), small=True)
        self.cancel.clicked.connect(self.cancelled)
        across.addWidget(self._words)
        across.addWidget(self._count)
        across.addStretch()
        across.addWidget(self.cancel)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        box.addLayout(across)
        box.addWidget(self._bar)
        self.hide()

    def start(self, words: str) -> None:
        """Show the bar with these words."""
        self._words.setText(words)
        self._bar.setAccessibleName(words)
        self.report(0, 0)
        self.show()

    def report(self, done: int, total: int) -> None:
        """How many of how many; a total of 0 means that nobody knows."""
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._count.setText(f"{done:,} / {total:,}" if total else "")


class BottomPanel(Card):
    """What is selected: its name, facts with icon and two lines each, and the one act that helps."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumHeight(px(76))
        self._across = row(self, margins=(20, 8, 16, 8), spacing=20)
        names = column(spacing=0)
        self._head = Label("", "bold")
        self._under = ElideLabel("", "hint")
        self._under.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        names.addStretch()
        names.addWidget(self._head)
        names.addWidget(self._under)
        names.addStretch()
        self._across.addLayout(names)
        self._rule = line(upright=True)
        self._across.addWidget(self._rule)
        self._facts = row(spacing=20)
        self._across.addLayout(self._facts, 1)
        self._acts = row(spacing=12)
        self._across.addLayout(self._acts)

    def show_facts(self, head: str, under: str, facts: Sequence[tuple[str, str, str, str]], acts: Sequence[Button] = ()) -> None:
        """Head and line under it; facts as (icon, tone, words, hint); acts at the right."""
        self._head.setText(head)
        self._under.set_text(under)
        self._rule.setVisible(bool(facts))
        for held in (self._facts, self._acts):
            empty(held)
        for fact in facts:
            self._facts.addWidget(Fact(*fact), 1)
        for act in acts:
            self._acts.addWidget(act)


class Fact(QWidget):
    """An icon with a line of words and a line of hint: a gate, a step of preparation."""

    def __init__(self, icon: str, tone: str, words: str, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        across = row(self, spacing=10)
        across.addWidget(IconLabel(icon, tone, 18))
        stack = column(spacing=0)
        stack.addStretch()
        stack.addWidget(ElideLabel(words, "strong", "text" if tone != "text3" else "text2"))
        if hint:
            stack.addWidget(ElideLabel(hint, "hint"))
        stack.addStretch()
        across.addLayout(stack, 1)
        self.setMinimumHeight(px(48))
        self.setAccessibleName(f"{words} {hint}".strip())


def empty(held: QHBoxLayout | QVBoxLayout) -> None:
    """Take everything out of a layout and throw it away."""
    while held.count():
        item = held.takeAt(0)
        if item.widget():
            item.widget().hide()
            item.widget().deleteLater()
        elif item.layout():
            empty(item.layout())


class Scroll(QScrollArea):
    """Scrolls one widget up and down when it is higher than the room; `both` ways instead of asking for its width."""

    def __init__(self, widget: QWidget | None = None, parent: QWidget | None = None, *, both: bool = False) -> None:
        super().__init__(parent)
        self._both = both
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        if not both:
            self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setProperty("ground", "none")
        if widget:
            self.setWidget(widget)

    def setWidget(self, widget: QWidget) -> None:
        """Scroll this; its width follows the area."""
        widget.setProperty("ground", "none")
        super().setWidget(widget)

    def event(self, event: QEvent) -> bool:
        """Never narrower than its content asks for."""
        if event.type() == QEvent.Type.LayoutRequest and self.widget() and not self._both:
            self.setMinimumWidth(self.widget().minimumSizeHint().width() + px(12))
        return super().event(event)


__all__ = [
    "BottomPanel", "Card", "EmptyState", "ErrorLine", "Fact", "InnerHeader", "PageHeader", "Progress", "Scroll",
    "StatusWords", "Tint", "column", "empty", "line", "row", "sentences",
]  # fmt: skip

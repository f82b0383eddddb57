"""What a page says about its state: an error line, an empty state, progress, and the panel of what is selected."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QProgressBar, QSizePolicy, QWidget

from deliberation_app.errors import AppError, RuleBroken
from deliberation_app.language import _, render
from deliberation_app.ui.kit.buttons import Button
from deliberation_app.ui.kit.icons import IconLabel
from deliberation_app.ui.kit.labels import ElideLabel, Label
from deliberation_app.ui.kit.marks import Disc
from deliberation_app.ui.kit.panels import Card, column, empty, line, row
from deliberation_app.ui.kit.theme import px


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

    def set_again(self, again: Callable[[], object]) -> None:
        """Offer to try it once more."""
        self._again = again
        self.retry.show()

    def _try_again(self) -> None:
        self.hide()
        if self._again:
            self._again()


class EmptyState(QWidget):
    """What belongs here, where it comes from, and the first act."""

    def __init__(
        self,
        icon: str = "note",
        sentence: str = "",
        hint: str = "",
        act: Button | None = None,
        parent: QWidget | None = None,
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
        self.shows: object = None  # the work that runs
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

    def show_facts(
        self, head: str, under: str, facts: Sequence[tuple[str, str, str, str]], acts: Sequence[Button] = ()
    ) -> None:
        """Head and line under it; facts as (icon, tone, words, hint); acts at the right."""
        self._head.setText(head)
        self._under.set_text(under)
        self._rule.setVisible(bool(facts))
        # Alone the name may take the whole width.
        self._across.setStretch(0, 0 if facts else 1)
        self._across.setStretch(2, 1 if facts else 0)
        for held in (self._facts, self._acts):
            empty(held)
        for fact in facts:
            made = Fact(*fact)
            self._facts.addWidget(made, max(made.sizeHint().width(), 1))
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

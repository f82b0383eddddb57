"""The roll call: each name in its order, one key for each answer, one step back, and initials to find somebody."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from deliberation_app.domain.pinyin import initials
from deliberation_app.errors import N_
from deliberation_app.language import _
from deliberation_app.services.board import Motion
from deliberation_app.services.votes_roll_call import Voter
from deliberation_app.ui.console_count import NAMES, CountWay
from deliberation_app.ui.kit import theme
from deliberation_app.ui.kit.buttons import Button
from deliberation_app.ui.kit.labels import Label
from deliberation_app.ui.kit.lists import Row, RowList
from deliberation_app.ui.kit.panels import at_once
from deliberation_app.ui.kit.theme import px

NOT_CAST = "not_cast"
# The key, what it notes, its tone and icon.
ANSWERS: tuple[tuple[str, str, str, str], ...] = (
    ("1", "in_favour", "ok", "done"), ("2", "against", "text", "missing"), ("3", "abstain", "text2", "note"),
    ("0", NOT_CAST, "text3", "ring"),
)  # fmt: skip
WORDS = {name: NAMES[name] for name in ("in_favour", "against", "abstain")} | {NOT_CAST: N_("No vote")}
_AWAY = N_("not here")
_BY_KEY = {key: answer for key, answer, _tone, _icon in ANSWERS}
_LOOKS = {answer: (tone, icon) for _key, answer, tone, icon in ANSWERS}
_PAUSE_MS = 900
# Rows shown at once: in a high window, in a low one, and there once all are called and the verdict needs the room; in
# one still lower no more either, or the answers above them would be out of sight.
_LOW, _LOWER, _MANY, _FEW, _LEFT = 900, 600, 8, 5, 3


class RollList(RowList):
    """The names; digits answer, Backspace goes back, letters find a name."""

    people = True
    answered = Signal(str)
    back = Signal()
    sought = Signal(str)

    def __init__(self) -> None:
        widest = max(theme.metrics("label").horizontalAdvance(_(said)) for said in (*WORDS.values(), _AWAY))
        super().__init__(height=40, status_width=round(widest * 100 / theme.look().scale) + 34, name=_("Roll call"))
        self._typed = ""
        self.keep: Callable[[], Callable[[], object]] = lambda: lambda: None
        self._forget = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._forget.timeout.connect(self._clear)

    def _clear(self) -> None:
        self._typed = ""

    def event(self, event: QEvent) -> bool:
        """Keys of the roll call are not shortcuts of the window."""
        if event.type() == QEvent.Type.ShortcutOverride and event.text() in _BY_KEY:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """One key an answer."""
        text = event.text().lower()
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            super().keyPressEvent(event)
        elif text in _BY_KEY:
            self.answered.emit(_BY_KEY[text])
        elif event.key() == Qt.Key.Key_Backspace:
            self.back.emit()
        elif text.isalpha() and text.isascii():
            self._typed += text
            self._forget.start()
            self.sought.emit(self._typed)
        else:
            super().keyPressEvent(event)


class AnswerKeys(QWidget):
    """The four answers with their keys: in one row, or in two where there is no room for one."""

    answered = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(px(6))
        self._across = 0
        self._buttons = [Button(_(WORDS[answer]), small=True, cap=key) for key, answer, _tone, _icon in ANSWERS]
        for button, (_key, answer, _tone, _icon) in zip(self._buttons, ANSWERS, strict=True):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.clicked.connect(lambda _checked=False, answer=answer: self.answered.emit(answer))
        self._place(2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """All of one width, as many in a row as there is room for."""
        super().resizeEvent(event)
        self._place(4 if event.size().width() >= self._wide(4) else 2)

    def minimumSizeHint(self) -> QSize:
        """Four in a row do not keep a column from growing narrower."""
        return QSize(self._wide(2), super().minimumSizeHint().height())

    def _wide(self, across: int) -> int:
        widest = max(button.sizeHint().width() for button in self._buttons)
        return across * widest + (across - 1) * px(6)

    def _place(self, across: int) -> None:
        if across == self._across:
            return
        self._across = across
        with at_once(self._grid):
            for at, button in enumerate(self._buttons):
                self._grid.removeWidget(button)
                self._grid.addWidget(button, at // across, at % across)
            for at in range(len(self._buttons)):
                self._grid.setColumnStretch(at, 1 if at < across else 0)
            self._grid.invalidate()


class RollCall(CountWay):
    """Who may vote, who is there, what each has answered, and the sums so far."""

    def __init__(self, voters: Sequence[Voter]) -> None:
        super().__init__()
        self._voters = list(voters)
        self._answers: dict[uuid.UUID, str] = {one.person_id: one.choice for one in voters if one.choice}
        self._order: list[uuid.UUID] = list(self._answers)
        self._fixed = False
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(6))
        self._answer_keys = AnswerKeys()
        self._answer_keys.answered.connect(self.answer)
        box.addWidget(self._answer_keys)
        self.list = RollList()
        self.list.answered.connect(self.answer)
        self.list.back.connect(self.step_back)
        self.list.sought.connect(self._seek)
        self.list.keep = self._keep
        box.addWidget(self.list)
        self._said = Label("", "hint", "text2", wrap=True)
        box.addWidget(self._said)
        self._fill()
        self._go_to_next()

    def _fill(self) -> None:
        self.list.fill([self._row(at, one) for at, one in enumerate(self._voters, 1)])
        self._fit()
        away = sum(not one.there for one in self._voters)
        said = [_("{waiting} still to be called, {away} not in the room.").format(waiting=self.waiting(), away=away)]
        if self.complete():
            said = [_("{away} not in the room.").format(away=away)]
        if self.complete() and not away:
            said.clear()
        given = list(self._answers.values())
        if given:
            sums = (f"{_(WORDS[answer])} {given.count(answer)}" for _key, answer, _tone, _icon in ANSWERS)
            said.insert(0, " · ".join(sums))
        else:
            said.append(_("Backspace goes one back; initials find a name."))
        self._said.setText("\n".join(said))

    def large(self) -> bool:
        """A list of names needs room."""
        return True

    def waiting(self) -> int:
        """How many in the room have not been called yet."""
        return sum(one.there and one.person_id not in self._answers for one in self._voters)

    def _fit(self) -> None:
        high = self.window().height()
        rows = _MANY if high >= px(_LOW) else _LEFT if self.complete() or high < px(_LOWER) else _FEW
        self.list.setFixedHeight(min(self.list.whole_height(), self.list.row_height() * rows))
        self.list.scrollTo(self.list.currentIndex())

    def showEvent(self, event: QShowEvent) -> None:
        """As many names at once as the window has room for."""
        super().showEvent(event)
        self._fit()

    def _row(self, at: int, one: Voter) -> Row:
        answer = self._answers.get(one.person_id)
        if not one.there:
            return Row(str(one.person_id), one.name, status=_(_AWAY), status_tone="text3", lead=str(at))
        if answer is None:
            return Row(str(one.person_id), one.name, lead=str(at))
        tone, icon = _LOOKS.get(answer, ("text2", "note"))
        said = _(WORDS.get(answer, NAMES["invalid"]))
        return Row(str(one.person_id), one.name, status=said, status_tone=tone, status_icon=icon, lead=str(at))

    def show_voters(self, voters: Sequence[Voter]) -> None:
        """People have come or gone; who is no longer there has no ballot."""
        self._voters = list(voters)
        there = {one.person_id for one in voters if one.there}
        gone = self._answers.keys() - there
        for key in gone:
            del self._answers[key]
        self._order = [key for key in self._order if key in self._answers]
        self._fill()
        if gone:
            self.edited.emit()

    def answer(self, answer: str) -> None:
        """Note what the person called has answered, and call the next one."""
        voter = self._current()
        if self._fixed or voter is None or not voter.there:
            return
        self._answers[voter.person_id] = answer
        self._order = [*(key for key in self._order if key != voter.person_id), voter.person_id]
        self._fill()
        self._go_to_next(voter)
        self.edited.emit()

    def step_back(self) -> None:
        """Take the last answer back and call that person again."""
        if self._fixed or not self._order:
            return
        key = self._order.pop()
        self._answers.pop(key, None)
        self._fill()
        self.list.choose(str(key))
        self.edited.emit()

    def _keep(self) -> Callable[[], object]:
        """The digits of a scanner are no answers: what puts everything back as it is now."""
        answers, order, current = dict(self._answers), list(self._order), self.list.current_id()

        def restore() -> None:
            self._answers, self._order = answers, order
            self._fill()
            self.list.choose(current)
            self.edited.emit()

        return restore

    def _current(self) -> Voter | None:
        key = self.list.current_id()
        return next((one for one in self._voters if str(one.person_id) == key), None)

    def _go_to_next(self, after: Voter | None = None) -> None:
        """The next person in the room without an answer, from here on and then from the beginning."""
        place = self._voters.index(after) + 1 if after in self._voters else 0
        for one in (*self._voters[place:], *self._voters[:place]):
            if one.there and one.person_id not in self._answers:
                self.list.choose(str(one.person_id))
                return

    def _seek(self, typed: str) -> None:
        for one in self._voters:
            if one.there and any(key.startswith(typed) for key in initials(one.name)):
                self.list.choose(str(one.person_id))
                return

    def ballots(self) -> dict[uuid.UUID, str] | None:
        """The ballots of those in the room; who gave none is left out."""
        return {key: answer for key, answer in self._answers.items() if answer != NOT_CAST}

    def numbers(self) -> dict[str, int | None]:
        """The sums of the ballots."""
        given = list((self.ballots() or {}).values())
        sums: dict[str, int | None] = {name: given.count(name) for name in ("in_favour", "against", "abstain")}
        return {**sums, "invalid": given.count("invalid")} if "invalid" in given else sums

    def complete(self) -> bool:
        """Whether everybody in the room was called."""
        return bool(self._answers) and not self.waiting()

    def show_counted(self, _motion: Motion) -> None:
        """The ballots on record stand there already."""

    def empty(self) -> None:
        """Call everybody anew."""
        self._answers.clear()
        self._order.clear()
        self._fill()
        self._go_to_next()
        self.edited.emit()

    def set_fixed(self, fixed: bool) -> None:
        """Ballots on record stand until the roll is called again."""
        self._fixed = fixed

    def start(self) -> None:
        """Call the roll."""
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def resume(self) -> None:
        """Back to the name that was being called."""
        self.start()

    def untouched(self) -> bool:
        """Whether nobody has answered yet."""
        return not self._order

    def go_to_changed(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
        """Go to whose answer is other than before."""
        was, now = (dict(one.get("answers") or ()) for one in (before, after))
        other = [key for key in {**was, **now} if was.get(key) != now.get(key)]
        name = next((one.name for one in self._voters if str(one.person_id) in other), "")
        if len(other) != 1 or not name:
            return ""
        if other[0] not in now:
            self.list.choose(other[0])
        return f"{name} {_(WORDS.get(was.get(other[0]) or now.get(other[0]), NAMES['invalid']))}"

    def draft(self) -> dict[str, Any]:
        """Every answer, in the order it was given."""
        return {"answers": [[str(key), self._answers[key]] for key in self._order]} if self._order else {}

    def restore(self, draft: Mapping[str, Any]) -> None:
        """Put the answers back, of those who are still there."""
        there = {str(one.person_id): one.person_id for one in self._voters if one.there}
        for key, answer in draft.get("answers") or ():
            if key in there and answer in WORDS:
                self._answers[there[key]] = answer
                self._order.append(there[key])
        self._fill()
        self._go_to_next()

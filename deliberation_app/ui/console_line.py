"""The line in which is typed what is said as it is said: side, who, words, promise, word for word."""

from __future__ import annotations

import uuid

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget

from deliberation_app.language import _
from deliberation_app.services import floor
from deliberation_app.services.board import Board, Said
from deliberation_app.settings import DISPLAY_ZONE
from deliberation_app.ui import console_words as words
from deliberation_app.ui.console_chair import Chair
from deliberation_app.ui.console_draft import LineDraft
from deliberation_app.ui.console_line_check import named_in_words, no_day, refused, typed_who
from deliberation_app.ui.console_line_row import fit, fit_name, of_itself, show_marks
from deliberation_app.ui.kit import focus, forms, theme
from deliberation_app.ui.kit.marks import SIDE_WORDS
from deliberation_app.ui.kit.theme import px

_EDITS = ("who", "at", "text", "due")
STANCES = ("", "for", "against", "neutral")


class StatementLine(QWidget):
    """Two rows in a card with one ring around them all; Enter notes."""

    def __init__(self, chair: Chair) -> None:
        super().__init__()
        self.chair = chair
        self.to: uuid.UUID | None = None
        self._correcting: Said | None = None
        self.auto = self.chosen_stance = ""
        self.gong = self._promising = self.short = False
        self.fitted: object = None
        self._moment: object = None
        forms.load("console_line", self)
        self.text.setFont(theme.font("statement"))
        self.who.setFont(theme.font("bold"))
        for edit in _EDITS:
            getattr(self, edit).setProperty("ring", "own")
        self.due.setMinimumWidth(px(112))
        for part in (self.due, self.at, self.side, self.cancel):
            part.hide()
        self.side.set_options([(name, f"{SIDE_WORDS[name][0]} {_(said)}") for name, said in words.SIDES.items()])
        self.side.chosen.connect(self._side_chosen)
        self.who.set_find(chair.find)
        self.who.chosen.connect(lambda *_found: self.text.setFocus())
        self.who.textChanged.connect(lambda name: fit_name(self, name))
        self.who.textEdited.connect(self._forget_auto)
        self.who.returnPressed.connect(self._from_who)
        self.due.returnPressed.connect(lambda: no_day(self, empty=True) or self._go_on())
        self.due.textChanged.connect(lambda _text: self._tell())
        for edit in (self.text, self.due):
            edit.textEdited.connect(lambda _text: self.error.hide())
        self.at.returnPressed.connect(self.text.setFocus)
        self.text.returnPressed.connect(self.note)
        self.note_button.clicked.connect(self.note)
        self.stance.clicked.connect(self.next_stance)
        self.promise.clicked.connect(self.toggle_promise)
        self.verbatim.toggled.connect(self._verbatim_toggled)
        self.cancel.clicked.connect(self.clear)
        QApplication.instance().focusChanged.connect(self._focus_moved)
        self.draft = LineDraft(self)
        self.show_stance("")
        chair.changed.connect(self.show_board)
        chair.told.connect(self.draft.forget_steps)

    def show_board(self, board: Board) -> None:
        """Follow the meeting: its kind, who speaks, which question is open."""
        speaker = board.speaker and (board.speaker.person_id, board.speaker.name)
        # What is asked for stands in the statements, who is filled in depends on what stands in the line itself.
        asked = board.statements if self.to is not None else None
        moment = (board.kind, board.state, speaker, asked, self.chair.today(), self.who.person_id(), self.text.text())
        if moment != self._moment:
            self.follow(board)
            self._moment = (*moment[:5], self.who.person_id(), self.text.text())

    def follow(self, board: Board) -> None:
        """Stand as the meeting stands."""
        if board.kind.gong_and_drum != self.gong:
            self.gong = board.kind.gong_and_drum
            self.side.setVisible(self.gong)
        self.setEnabled(board.state == "open")
        self.due.set_today(self.chair.today())
        if self.to is not None and self._asked() is None:
            self.to = None
            if self.gong and self.side.current() == "answer" and not self.text.text():
                self.side.choose("raise")  # nothing is asked any more
        self._fill_who(board)
        self.draft.restore()
        self._tell()

    def _fill_who(self, board: Board) -> None:
        """Who has the floor is the one who speaks, but nobody answers an own question."""
        speaker, asked = board.speaker, self._asked()
        own = speaker is not None and asked is not None and asked.speaker_id == speaker.person_id
        filled = self.who.person_id() in ("", self.auto) and not typed_who(self)
        if speaker is not None and filled and not own:
            self.auto = str(speaker.person_id)
            self.who.set_person(self.auto, speaker.name)
            if self.who.hasFocus():  # what is typed next are the words
                self.text.setFocus(Qt.FocusReason.OtherFocusReason)
        elif (speaker is None or own) and self.auto and self.who.person_id() == self.auto and not self.text.text():
            self.auto = ""
            self.who.clear_person()
            if self.text.hasFocus():  # what is typed next begins with who says it
                self.who.setFocus(Qt.FocusReason.OtherFocusReason)

    def _forget_auto(self) -> None:
        self.auto = ""
        self.error.hide()

    def _from_who(self) -> None:
        if not typed_who(self) or not refused(self):
            self.text.setFocus()

    def _asked(self) -> Said | None:
        board = self.chair.board if self.to is not None else None
        statements = board.statements if board else ()
        return next((one for one in statements if one.id == self.to), None)

    def _questions(self) -> list[Said]:
        board = self.chair.board
        return [one for one in board.statements if one.side == "raise"] if board else []

    def _tell(self) -> None:
        """What the line will do, in words."""
        self.target.set_text(of_itself(self, self._asked()))
        self.cancel.setVisible(self._correcting is not None)
        self.note_button.setText(_("Save") if self._correcting is not None else _("Note down"))
        self.text.setPlaceholderText(_("What is said"))
        fit(self)

    def _side_chosen(self, side: str) -> None:
        if side == "raise":
            self.to = None
        elif self.to is None and side == "answer":
            questions = self._questions()
            still = [one for one in questions if one.open]
            self.to = (still or questions)[-1].id if questions else None
        self._tell()
        self._go_on()

    def _go_on(self) -> None:
        """On to the words; while nobody is named, who speaks is typed first."""
        if not self.text.hasFocus() and not (self.who.hasFocus() and not self.who.person_id()):
            self.focus_line()

    def choose_side(self, side: str) -> None:
        """Raise, answer or law, by key."""
        if self.gong:
            self.side.choose(side)
            self._side_chosen(side)

    def next_stance(self) -> None:
        """For, against, neutral, none: whichever comes next."""
        at = STANCES.index(self.chosen_stance)
        self.show_stance(STANCES[(at + 1) % len(STANCES)])
        self._go_on()

    def show_stance(self, stance: str) -> None:
        """Show this stance on its button."""
        self.chosen_stance = stance
        self._tell()
        self.draft.later()

    def answer(self, said: Said) -> None:
        """Type an answer to this statement."""
        self.to = said.id
        if self.gong:
            self.side.choose("answer")
        self._tell()
        (self.text if self.who.person_id() else self.who).setFocus()

    def move_question(self, by: int) -> None:
        """Choose the question before or after, to answer it."""
        questions = [one for one in self._questions() if self._correcting is None or one.id != self._correcting.id]
        if self._correcting is not None:
            self._move_to([None, *(one.id for one in questions)], by)
        elif questions:
            keys = [one.id for one in questions]
            at = keys.index(self.to) + by if self.to in keys else len(keys) - 1
            self.answer(questions[max(0, min(at, len(keys) - 1))])

    def _move_to(self, keys: list[uuid.UUID | None], by: int) -> None:
        """What is corrected belongs to another question, or to none."""
        self.to = keys[max(0, min((keys.index(self.to) if self.to in keys else 0) + by, len(keys) - 1))]
        if self.gong and self.to is not None and self.side.current() == "raise":
            self.side.choose("answer")
        self._tell()

    def correct(self, said: Said) -> None:
        """Type a statement anew that is on record already."""
        self._correcting, self.to = said, said.answers_id
        if self.gong and said.side:
            self.side.choose(said.side)
        self.auto = ""
        self.who.set_person(str(said.speaker_id or ""), said.speaker)
        self.text.setText(said.text)
        self.verbatim.setChecked(said.dissent)
        self.show_due(said.promised_by is not None)
        self.due.set_value(said.promised_by)
        self.show_stance(said.stance or "")
        self.at.setVisible(said.at is not None)
        self.at.set_value(said.at.astimezone(DISPLAY_ZONE).time() if said.at else None)
        self._tell()
        self.text.setFocus()

    def due_shown(self) -> bool:
        """Whether a day is asked for."""
        return self._promising

    def toggle_promise(self) -> None:
        """Ask by when it is promised, or no longer."""
        self.show_due(not self.due_shown())
        if self.due_shown():
            self.due.setFocus()
        else:
            self._go_on()

    def show_due(self, shown: bool) -> None:
        """The field for the day takes the place of the words, where the sides leave no room for both."""
        self._promising = shown
        self.due.setVisible(shown)
        self.due.set_value(None)
        show_marks(self)
        fit(self)

    def toggle_verbatim(self) -> None:
        """Record word for word, or as usual."""
        self.verbatim.setChecked(not self.verbatim.isChecked())

    def _verbatim_toggled(self, on: bool) -> None:
        self.verbatim.set_icon_name("check" if on else "")
        self._tell()
        self._go_on()

    def note(self) -> None:
        """Put it on record, and be ready for the next."""
        self.error.hide()
        if named_in_words(self) or refused(self):
            return
        done = self._save_correction() if self._correcting is not None else self._note_new()
        if done is not None:
            self.clear()

    def _values(self) -> dict[str, object]:
        # Words for the record are neither question nor answer: what was asked stays open.
        record = self.gong and self.verbatim.isChecked()
        side = self.side.current() if self.gong and not record else None
        person = self.who.person_id()
        return {
            "text": self.text.text(), "speaker_id": uuid.UUID(person) if person else None, "side": side,
            "answers_id": None if record or side == "raise" else self.to,
            "promised_by": self.due.value() if self.due_shown() else None, "dissent": self.verbatim.isChecked(),
            "stance": self.chosen_stance or None,
        }  # fmt: skip

    def _note_new(self) -> tuple[object] | None:
        values = self._values()
        name = self.who.text() or _("no name given")
        said = {
            "raise": _("Noted: question of {name}"), "answer": _("Noted: answer of {name}"),
            "law": _("Noted: what {name} says of the law"),
        }.get(values["side"], _("Noted: words of {name}"))  # fmt: skip
        done = self.chair.do(self, said.format(name=name), floor.note, self.chair.meeting_id, **values)
        if done is not None and self.gong:
            self._after(values["side"], done[0])
        return done

    def _after(self, side: object, key: uuid.UUID) -> None:
        """A question waits for its answer, over words for the record too; then the next question is expected."""
        if side is not None:
            self.to = key if side == "raise" else None
            self.side.choose("answer" if side == "raise" else "raise")

    def _save_correction(self) -> tuple[object] | None:
        said = _("Corrected: words of {name}").format(name=self.who.text() or _("no name given"))
        values = self._values()
        was = self._correcting.at.astimezone(DISPLAY_ZONE) if self._correcting.at is not None else None
        now = self.at.value() if self.at.isVisible() else None
        if was is not None and now is not None and (was.hour, was.minute) != (now.hour, now.minute):
            values["at"] = was.replace(hour=now.hour, minute=now.minute, second=0, microsecond=0)
        return self.chair.do(self, said, floor.edit_note, self._correcting.id, **values)

    def clear(self) -> None:
        """Empty the line; who has the floor stays in it."""
        kept = self.to if self._correcting is None else None
        self._correcting = None
        self.to = kept
        # setText forgets the steps of typing, so that Ctrl Z takes back the act and not the words.
        self.text.setText("")
        self.who.clear_person()
        self.auto = ""
        self.show_due(False)
        self.show_stance("")
        self.at.hide()
        self.verbatim.setChecked(False)
        self.draft.drop()
        self.error.hide()
        if self.chair.board is not None:
            self.follow(self.chair.board)
        self.focus_line()

    def set_short(self, short: bool) -> None:
        """Only the row in which is typed."""
        self.short = short
        for part in (self.target, self.promise):
            part.setVisible(not short)
        show_marks(self)
        self.side.setVisible(not short and self.gong)
        self.due.setVisible(self.due_shown() and not short)
        self._tell()

    def focus_line(self) -> None:
        """Go where the next thing is typed."""
        at = self.text if self.who.person_id() or self.text.text() else self.who
        at.setFocus(Qt.FocusReason.OtherFocusReason)

    def corrected(self) -> Said | None:
        """The statement on record that is being corrected."""
        return self._correcting

    def correcting(self) -> bool:
        """Whether a statement on record is being corrected."""
        return self._correcting is not None

    def _focus_moved(self, old: QWidget | None, now: QWidget | None) -> None:
        if any(one is not None and self.isAncestorOf(one) for one in (old, now)):
            self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words of the buttons as far as there is room."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._tell)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ring around the card while one of its lines has the focus."""
        at = QApplication.focusWidget()
        if focus.keyboard_used() and at in tuple(getattr(self, one) for one in _EDITS):
            painter = QPainter(self)
            inside = self.card.geometry().adjusted(-px(4), -px(4), px(4), px(4))
            focus.paint_ring(painter, inside.toRectF(), 11)
            painter.end()

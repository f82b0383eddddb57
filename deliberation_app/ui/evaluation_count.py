"""Counting forms one after the other by keys 1 to 5 and 0, with running totals and the last one taken back."""

from __future__ import annotations

import uuid
from functools import partial
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from deliberation_app.domain.evaluation import ANSWERS, ASPECTS, OVERALL
from deliberation_app.language import _
from deliberation_app.services import evaluation_survey
from deliberation_app.services.evaluation_survey import Tally
from deliberation_app.ui import evaluation_asks
from deliberation_app.ui.agenda_ask import Ask, AskPanel
from deliberation_app.ui.evaluation_words import line_words
from deliberation_app.ui.kit import forms, run
from deliberation_app.ui.kit.bars import ThresholdBar
from deliberation_app.ui.kit.buttons import Button
from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.kit.labels import Label
from deliberation_app.ui.kit.panels import empty, row
from deliberation_app.ui.kit.theme import px

# The key of each answer; 0 for a line that is invalid.
KEYS: tuple[tuple[str, str | None], ...] = (*((str(at), key) for at, key in enumerate(ANSWERS, 1)), ("0", None))
_FOLD, _LEAST = 820, 420
_TONES = {"very_satisfied": "okFill", "satisfied": "okFill", "fairly_satisfied": "warnFill"}


class PadButton(Button):
    """An answer; left and right are no way from one to the other but change the group."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the arrows to the pad."""
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()
        else:
            super().keyPressEvent(event)


class EvaluationCount(QWidget):
    """The pad takes keys wherever the focus is in it; a form is kept the moment its last line is answered."""

    parts = ("evaluation",)
    inner = True
    lit = "evaluation"

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._id: uuid.UUID | None = None
        self._tally: Tally | None = None
        self._group = 0
        self._answers: dict[str, str | None] = {}
        forms.load("evaluation_count", self)
        self.comment_act = Button(_("Remarks"), icon="edit", keys="F2")
        self.totals_act = Button(_("Type totals"), icon="keys", keys="F3")
        self.close_act = Button(_("Close the counting"), "primary", keys="F8")
        self.header.add_act(self.close_act)
        for act in (self.comment_act, self.totals_act):
            self.pad_acts.addWidget(act)
        self.pad_acts.addStretch(1)
        self.ask = AskPanel()
        self.ask_place.addWidget(self.ask)
        self._make_pad()
        self._make_bars()
        self._connect()

    def _make_pad(self) -> None:
        self.keys: list[Button] = []
        for cap, key in KEYS:
            button = PadButton(_(ANSWERS[key][1]) if key else _("Invalid form"), "normal" if key else "quiet", cap=cap)
            button.setMinimumSize(px(360), px(48))
            button.clicked.connect(partial(run.act, self, self.answer, key))
            self.answers.addWidget(button)
            self.keys.append(button)

    def _make_bars(self) -> None:
        self._bars: dict[str | None, tuple[Label, ThresholdBar]] = {}
        for _cap, key in KEYS:
            across = row(spacing=12)
            name = Label(_(ANSWERS[key][1]) if key else _("Invalid form"), "label")
            name.setMinimumWidth(px(112))
            bar, count = ThresholdBar(), Label("0", "strong")
            count.setMinimumWidth(px(36))
            count.setAlignment(Qt.AlignmentFlag.AlignRight)
            across.addWidget(name)
            across.addWidget(bar, 1)
            across.addWidget(count)
            self.bars.addLayout(across)
            self._bars[key] = (count, bar)

    def _connect(self) -> None:
        self.header.back.connect(lambda: self.desk.navigate("evaluation", survey=str(self._id)))
        self.take_back.clicked.connect(run.slot(self, self.take_back_last))
        self.group_before.clicked.connect(lambda: self.turn(-1))
        self.group_after.clicked.connect(lambda: self.turn(1))
        self.comment_act.clicked.connect(lambda: self._tally and self._open(
            evaluation_asks.comments(self.desk, self._tally)))  # fmt: skip
        self.totals_act.clicked.connect(lambda: self._tally and self._open(
            evaluation_asks.totals(self.desk, self._tally, self.group())))  # fmt: skip
        self.close_act.clicked.connect(lambda: self._tally and self._open(
            evaluation_asks.close(self.desk, self._tally, self._closed)))  # fmt: skip
        self.ask.answered.connect(self._answered)
        self.ask.left.connect(self._leave_ask)

    # Coming here and reading

    def shown(self, id: Any = None, **_more: Any) -> None:
        """Count the forms of this survey."""
        key = uuid.UUID(str(id)) if id else self._id
        if key != self._id:
            self._group, self._answers = 0, {}
        fresh, self._id = self._tally is None, key
        self._leave_ask()
        if not fresh:
            self.refresh()
        self.keys[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Read the running totals again."""
        if self._id is None:
            return
        self._tally = tally = evaluation_survey.tally(self.desk.work, self._id)
        open_now = tally.survey.closed_at is None
        self.header.set_title(" ".join(part for part in (tally.item_number or "", tally.item_title) if part))
        issued = _("{count} handed out").format(count=tally.survey.issued) if tally.survey.issued else ""
        self.header.set_context(" · ".join(part for part in (issued, line_words(tally.line)) if part))
        for widget in (self.pad_card, self.close_act, self.totals_act, self.comment_act):
            widget.setEnabled(open_now)
        self._tell_form(tally)
        self._tell_sums(tally)

    def group(self) -> str | None:
        """The group whose forms are counted now."""
        names = self._tally.survey.groups if self._tally else []
        return names[self._group % len(names)] if names else None

    def aspect(self) -> str:
        """The line of the form that is answered next."""
        asked = self._tally.survey.aspects if self._tally else [OVERALL]
        return next((key for key in asked if key not in self._answers), asked[0])

    def _tell_form(self, tally: Tally) -> None:
        names = tally.survey.groups
        self.form_words.setText(_("Form {number}").format(number=tally.overall.returned + 1))
        self.group_box.setVisible(bool(names))
        self.group_words.setText(self.group() or "")
        several = len(tally.survey.aspects) > 1
        self.aspect_words.setVisible(several)
        told = {"number": len(self._answers) + 1, "count": len(tally.survey.aspects)}
        aspect = _(ASPECTS[self.aspect()][1])
        self.aspect_words.setText(_("{aspect}: line {number} of {count}").format(aspect=aspect, **told))
        self.take_back.setEnabled(bool(self._answers or tally.last))
        said = [self._said(key, value) for key, value in self._answers.items()]
        if not said and tally.last is not None:
            last = [self._said(key, value) for key, value in tally.last.answers.items()]
            said = [_("Last form: {answers}").format(answers=" · ".join(last))]
        self.last_words.setText(" · ".join(said) or _("1 to 5 for an answer, 0 where the line is invalid."))

    def _said(self, aspect: str, answer: str | None) -> str:
        words = _(ANSWERS[answer][1]) if answer else _("Invalid form")
        several = self._tally is not None and len(self._tally.survey.aspects) > 1
        return f"{_(ASPECTS[aspect][1])} {words}" if several else words

    def _tell_sums(self, tally: Tally) -> None:
        whole = max(tally.overall.returned, 1)
        for key, (count, bar) in self._bars.items():
            number = getattr(tally.overall, key or "invalid")
            count.setText(str(number))
            bar.show_part(number, whole, None, _TONES.get(key or "", "tick"))
        some = bool(tally.overall.valid)
        self.sums_head.setText(_("So far: {returned} returned, {valid} valid").format(
            returned=tally.overall.returned, valid=tally.overall.valid))  # fmt: skip
        self.strict_words.setText(_("Strict {formula}").format(formula=tally.strict.formula) if some else "")
        self.wide_words.setText(_("Wide {formula}").format(formula=tally.wide.formula) if some else "")
        self.line_words.setVisible(some and tally.line is not None)
        if some and tally.line is not None:
            rate = tally.strict if tally.line[0] == "strict" else tally.wide
            reached = rate.reaches(tally.line[1], tally.line[2])
            words = _("Line reached: {line}") if reached else _("Below the line so far: {line}")
            self.line_words.show_as(
                words.format(line=line_words(tally.line)), *(("ok", "done") if reached else ("bad", "late"))
            )
        empty(self.groups_place)
        for name, one in tally.by_group.items():
            if one.returned:
                self.groups_place.addWidget(Label(_("{group}: {returned} returned, {satisfied} satisfied").format(
                    group=name or _("No group"), returned=one.returned,
                    satisfied=one.very_satisfied + one.satisfied), "hint"))  # fmt: skip

    # Counting

    def answer(self, key: str | None) -> None:
        """Answer the next line of the form; its last line keeps it."""
        if self._tally is None or self._id is None or self._tally.survey.closed_at is not None:
            return
        self._answers[self.aspect()] = key
        if len(self._answers) == len(self._tally.survey.aspects):
            answers, self._answers = self._answers, {}
            evaluation_survey.count_form(self.desk.work, self._id, answers, self.group())
        else:
            self._tell_form(self._tally)

    def take_back_last(self) -> None:
        """Take back the line answered last, or the form counted last."""
        if self._answers:
            self._answers.popitem()
            self._tell_form(self._tally)
        elif self._id is not None and self._tally is not None and self._tally.last is not None:
            evaluation_survey.take_back(self.desk.work, self._id)

    def turn(self, by: int) -> None:
        """The forms of the next group follow."""
        names = self._tally.survey.groups if self._tally else []
        if names:
            self._group = (self._group + by) % len(names)
            self._tell_form(self._tally)

    def minimumSizeHint(self) -> QSize:
        """Narrower than its wide form: then it folds."""
        return QSize(px(_LEAST), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The totals go below the pad where there is little room."""
        super().resizeEvent(event)
        narrow = event.size().width() < px(_FOLD)
        self.body.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
        self.sums_card.setMaximumWidth(px(2000 if narrow else 460))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Figures answer, Backspace takes back, left and right change the group."""
        known = dict(KEYS)
        if self.ask.asking() or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        elif event.text() in known:
            run.act(self, self.answer, known[event.text()])
        elif event.key() == Qt.Key.Key_Backspace:
            run.act(self, self.take_back_last)
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.turn(-1 if event.key() == Qt.Key.Key_Left else 1)
        elif event.key() == Qt.Key.Key_Escape:
            self.desk.navigate("evaluation", survey=str(self._id))
        else:
            super().keyPressEvent(event)

    def _closed(self, evaluation_id: uuid.UUID) -> None:
        self.desk.navigate("evaluation", survey=str(evaluation_id))

    def _open(self, ask: Ask) -> None:
        self.error_line.hide()
        self.close_act.set_kind("normal")
        self.ask.open(ask)

    def _leave_ask(self) -> None:
        self.ask.close_ask()
        self.close_act.set_kind("primary")
        self.keys[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _answered(self, words: str) -> None:
        self.desk.toast(words)
        self.close_act.set_kind("primary")
        self.keys[0].setFocus(Qt.FocusReason.OtherFocusReason)

"""A notice before it hangs: its text, beside it the masked copy with what was masked, and its three steps."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QFont, QKeyEvent, QResizeEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QBoxLayout, QPlainTextEdit, QTextEdit, QWidget

from deliberation_app.domain.notices_periods import PERIODS
from deliberation_app.language import _, ngettext_, render
from deliberation_app.services import notices_drafts
from deliberation_app.services.notices_drafts import DraftView
from deliberation_app.ui import notices_asks, outcome_paper
from deliberation_app.ui.agenda_ask import AskPanel
from deliberation_app.ui.agenda_words import MIDDLE_DAY, day_words
from deliberation_app.ui.kit import forms, run, theme
from deliberation_app.ui.kit.buttons import Button
from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.kit.editors import TextEdit
from deliberation_app.ui.kit.theme import px
from deliberation_app.ui.notices_words import ABOUT, DRAFT_WORDS

_SAVE_MS = 700
_FOLD, _LEAST = 900, 420
_GAPS = str.maketrans("，,；; 　\t", "、、、、、、、")


class NoticesDraft(QWidget):
    """What is typed is kept after a moment; the masked copy follows, and has to be ticked again when it changed."""

    parts = ("notices", "people", "agenda")
    inner = True
    lit = "notices"

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._id: uuid.UUID | None = None
        self._view: DraftView | None = None
        self._filling = False
        forms.load("notices_draft", self)
        self.print_act = Button(_("Print the masked copy"), icon="print", keys="Ctrl+P")
        self.post_act = Button(_("It hangs now"), keys="F9")
        for act in (self.print_act, self.post_act):
            self.header.add_act(act)
        self.preview = TextEdit()
        self.preview.setReadOnly(True)
        self.preview.setAccessibleName(_("The masked copy"))
        self.preview_place.addWidget(self.preview)
        self.ask = AskPanel()
        self.ask_place.addWidget(self.ask)
        self._fill_choices()
        self.saving = QTimer(self, singleShot=True, interval=_SAVE_MS)
        self.saving.timeout.connect(run.slot(self, self.save))
        self._connect()

    def _fill_choices(self) -> None:
        self.about.editor.set_options([(key or "", _(words)) for key, words in ABOUT.items()])
        self.period.editor.set_options([(one.id, _(one.name)) for one in PERIODS.values()])
        self.planned_on.editor.set_today(self.desk.today())

    def _connect(self) -> None:
        self.header.back.connect(self._back)
        self.period.edited.connect(self._take_period)
        for field in (self.about, self.days, self.planned_on, self.place, self.masks):
            field.edited.connect(self._edited)
        self.text.edited.connect(self._edited)
        self.checked.clicked.connect(run.slot(self, self.tick))
        self.print_act.clicked.connect(run.slot(self, self.print_copy))
        self.post_act.clicked.connect(run.slot(self, self.post))
        self.ask.answered.connect(lambda said: self.desk.toast(said, undo=False))
        self.ask.left.connect(self._leave_ask)
        theme.changes.changed.connect(self._highlight)

    # Coming here and reading

    def shown(self, id: Any = None, **_more: Any) -> None:
        """Show this draft."""
        fresh = self._view is None
        self.saving.stop()
        self._id = uuid.UUID(str(id)) if id else self._id
        self.ask.close_ask()
        self.settings_card.show()
        if not fresh:
            self._view = None
            self.refresh()
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Read draft and copy again; what is being typed stays."""
        if self._id is None or self.saving.isActive():
            return
        first = self._view is None
        self._view = view = notices_drafts.view(self.desk.work, self._id)
        draft = view.draft
        self.header.set_title(" ".join(part for part in (view.item_number or "", view.item_title) if part))
        self.header.set_context(_("posted {first}, hangs until {last}").format(
            first=day_words(view.posts_on, MIDDLE_DAY), last=day_words(view.last_day, MIDDLE_DAY)))  # fmt: skip
        self._filling = True
        told = ((self.about, draft.about or ""), (self.period, draft.period), (self.days, draft.days),
                (self.planned_on, draft.planned_on or view.posts_on), (self.place, draft.place or ""),
                (self.masks, "、".join(draft.masks or ())))  # fmt: skip
        for field, value in told:
            if first or not field.editor.hasFocus():
                field.set_value(value)
        if first or (not self.text.hasFocus() and self.text.value() != draft.text):
            self.text.set_value(draft.text)
        self._filling = False
        self.period.set_hint(view.period.clause)
        self.days.set_hint(render(view.remark) if view.remark else "")
        self.preview.set_value("\n".join(line.masked for line in view.lines))
        self._highlight()
        self._tell_state(view)

    def _tell_state(self, view: DraftView) -> None:
        words, tone, icon = DRAFT_WORDS[view.state]
        masked = ngettext_("{count} place masked", "{count} places masked", view.masked).format(count=view.masked)
        self.state_words.show_as(f"{_(words)} · {masked}", tone, icon)
        self.checked.setChecked(view.state != "written")
        self.print_act.setEnabled(view.state != "written")
        self.post_act.setEnabled(view.state == "printed")
        why = _("First read the masked copy and tick it.")
        self.print_act.setToolTip(why if view.state == "written" else "")
        self.post_act.setToolTip("" if view.state == "printed" else _("First print the checked copy."))
        self.print_act.set_kind("primary" if view.state == "checked" else "normal")
        self.post_act.set_kind("primary" if view.state == "printed" else "normal")
        hung = view.draft.publication_id is not None
        for widget in (self.settings_card, self.text, self.checked):
            widget.setEnabled(not hung)

    def _highlight(self) -> None:
        """What is masked stands on a tint on both sides, bold in the copy: never by colour alone."""
        if self._view is None:
            return
        at, stars = 0, []
        for line in self._view.lines:
            stars += [(at + first, at + last) for first, last in line.stars]
            at += len(line.masked) + 1
        _mark(self.preview, stars, "warnTint", bold=True)
        same = self.text.toPlainText().strip() == self._view.draft.text
        lead = len(self.text.toPlainText()) - len(self.text.toPlainText().lstrip())
        _mark(self.text, [(first + lead, last + lead) for first, last in self._view.cut] if same else [], "warnTint")

    # Writing

    def _edited(self) -> None:
        if not self._filling:
            self.saving.start()

    def _take_period(self) -> None:
        """Another matter brings its usual number of days."""
        chosen = PERIODS[self.period.value()]
        self.days.set_value(chosen.days)
        self._edited()

    def save(self) -> bool:
        """Keep what was typed, and say so; the copy is made anew."""
        self.saving.stop()
        if self._view is None or self._id is None:
            return True
        masks = [word for word in self.masks.value().translate(_GAPS).split("、") if word]
        told = {"about": self.about.value() or None, "period": self.period.value(), "days": self.days.value() or 0,
                "planned_on": self.planned_on.value(), "place": self.place.value() or None,
                "text": self.text.value(), "masks": masks}  # fmt: skip
        draft = self._view.draft
        before = {"about": draft.about, "period": draft.period, "days": draft.days, "planned_on": draft.planned_on,
                  "place": draft.place, "text": draft.text, "masks": list(draft.masks or ())}  # fmt: skip
        if draft.planned_on is None and told["planned_on"] == self._view.posts_on:
            told["planned_on"] = None
        if told != before:
            notices_drafts.edit(self.desk.work, self._id, **told)
        self.error_line.hide()
        return True

    # The three steps

    def tick(self) -> None:
        """The masked copy was read by somebody's eye, or was not after all."""
        ticked = self.checked.isChecked()  # what is typed and not kept yet makes the copy anew, and takes the tick off
        if self._view is not None:
            self.checked.setChecked(self._view.state != "written")  # until it is kept
        self.save()
        if self._id is not None and self._view is not None:
            on = ticked and self._view.state == "written"
            notices_drafts.check(self.desk.work, self._id, on)
            self.desk.toast(_("The masked copy is checked; print it now") if on else _("To be checked again"))

    def print_copy(self) -> None:
        """Print the checked copy."""
        self.save()
        if self._id is None or self._view is None:
            return
        printed = notices_drafts.copy(self.desk.work, self._id)
        if outcome_paper.send_pdf(
            self, self.desk, printed.pdf, outcome_paper.file_name("公示件", self._view.item_title)
        ):
            notices_drafts.note_copy(self.desk.work, self._id)
            self.desk.toast(_("The masked copy is printed; post it and say so"), undo=False)

    def post(self) -> None:
        """Ask where and since when it hangs."""
        self.save()
        if self._view is not None:
            self.error_line.hide()
            self.settings_card.hide()  # room for what the gates ask
            self.post_act.set_kind("normal")
            self.ask.open(notices_asks.post(self.desk, self._view, self._posted))

    def _leave_ask(self) -> None:
        self.ask.close_ask()
        self.settings_card.show()
        if self._view is not None:
            self._tell_state(self._view)
            self.post_act.setFocus(Qt.FocusReason.OtherFocusReason)

    def _posted(self, publication_id: uuid.UUID) -> None:
        self.desk.navigate("notices", id=str(publication_id))

    def _back(self) -> None:
        if run.act(self, self.save):  # what cannot be kept yet stays in sight
            self.desk.navigate("notices", id=str(self._id or ""))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc keeps and goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self._back()
        else:
            super().keyPressEvent(event)

    def minimumSizeHint(self) -> QSize:
        """Narrower than its wide form: then it folds."""
        return QSize(px(_LEAST), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The copies stand one below the other where there is little room."""
        super().resizeEvent(event)
        narrow = event.size().width() < px(_FOLD)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self.sides.setDirection(down if narrow else across)
        self.foot_row.setDirection(down if narrow else across)


def _mark(editor: QPlainTextEdit, spans: Iterable[tuple[int, int]], ground: str, *, bold: bool = False) -> None:
    """Put stretches of a text on a ground; Qt counts UTF-16 units, our spans count characters."""
    text, found = editor.toPlainText(), []
    for first, last in spans:
        one = QTextEdit.ExtraSelection()
        shape = QTextCharFormat()
        shape.setBackground(theme.colour(ground))
        shape.setForeground(theme.colour("text"))
        if bold:
            shape.setFontWeight(QFont.Weight.Bold)
        cursor = QTextCursor(editor.document())
        cursor.setPosition(_units(text[:first]))
        cursor.setPosition(_units(text[:last]), QTextCursor.MoveMode.KeepAnchor)
        one.cursor, one.format = cursor, shape
        found.append(one)
    editor.setExtraSelections(found)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2

"""What was said and decided on one point, to be read; its resolution is put right until the record is signed."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from PySide6.QtGui import QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QComboBox, QFrame, QTextEdit, QWidget

from deliberation_app.domain.agenda import ROUTINGS
from deliberation_app.language import _
from deliberation_app.services import meetings_agenda
from deliberation_app.services.meetings_told import Line, Told, Vote
from deliberation_app.services.meetings_view import EntryView
from deliberation_app.ui.kit import forms, run, theme
from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.kit.marks import SIDE_WORDS, ink
from deliberation_app.ui.kit.theme import px


class Paper(QTextEdit):
    """Text to be read and copied, written line by line in the faces and colours of the look; never mark-up."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setProperty("kind", "bare")
        self.document().setDocumentMargin(px(14))
        self._begun = False

    def begin(self) -> None:
        """Empty it."""
        self.clear()
        self._begun = False

    def block(self, *, above: int = 0, indent: int = 0, ground: str = "") -> QTextCursor:
        """A new paragraph; words are added by `words`."""
        cursor = self.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.End)
        form = QTextBlockFormat()
        form.setTopMargin(px(above))
        form.setLeftMargin(px(indent))
        if ground:
            form.setBackground(theme.colour(ground))
        if self._begun:
            cursor.insertBlock(form)
        else:
            cursor.setBlockFormat(form)
            self._begun = True
        return cursor


def words(cursor: QTextCursor, text: str, kind: str = "body", tone: str = "text") -> None:
    """Add words of one kind and tone to a paragraph."""
    form = QTextCharFormat()
    form.setFont(theme.font(kind))
    form.setForeground(theme.colour(ink(tone)))
    cursor.insertText(text, form)


def point_of(told: Mapping[uuid.UUID, Told], sought: uuid.UUID) -> uuid.UUID:
    """The point of the agenda in which this statement stands; what is no statement is a point itself."""
    return next((key for key, one in told.items() if any(line.id == sought for line in one.lines)), sought)


def give_way(choice: QComboBox) -> None:
    """Let a choice be narrower than its longest words."""
    choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    choice.setMinimumContentsLength(8)


class MeetingTold(QWidget):
    """Statements in pairs, votes with their arithmetic, and below them the resolution."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._entry: EntryView | None = None
        self._told: Told | None = None
        self._marked: uuid.UUID | None = None
        self._mark_at = 0
        forms.load("meeting_told", self)
        self.paper = Paper()
        self.paper.setAccessibleName(_("What was said and decided"))
        self.paper.setMinimumHeight(px(120))
        self.told_place.addWidget(self.paper)
        self.resolution_field.editor.setFixedHeight(px(84))
        hint = _("As it stands in the record; numbers and verdicts are not changed here")
        self.resolution_field.editor.setPlaceholderText(hint)
        self.resolution_field.editor.setToolTip(hint)
        routes = [("", "—"), *((name, _(route.name)) for name, route in ROUTINGS.items())]
        self.routing_field.editor.set_options(routes)
        give_way(self.routing_field.editor)
        for field in (self.resolution_field, self.routing_field):
            field.edited.connect(lambda: self.save_outcome.setEnabled(True))
        self.save_outcome.clicked.connect(run.slot(self, self._save))
        theme.changes.changed.connect(self._write)

    def show_told(self, entry: EntryView, told: Told, *, locked: bool, editable: bool) -> None:
        """Show a point of the agenda; `locked` after the record was signed."""
        self._entry, self._told = entry, told
        self._write()
        self.resolution_field.set_value(entry.resolution)
        self.routing_field.set_value(entry.routing)
        self.outcome.setVisible(editable)
        for widget in (self.resolution_field.editor, self.routing_field.editor):
            widget.setEnabled(not locked)
        self.save_outcome.setVisible(not locked)
        self.save_outcome.setEnabled(False)
        self.locked_words.setText(_("The record is signed and locked; a correction is a supplement.") if locked else "")

    def mark(self, statement: uuid.UUID) -> None:
        """Let this statement stand on a tint, where it is shown."""
        self._marked = statement
        self._write()

    def go_to_mark(self) -> None:
        """Bring the marked statement into sight, a little below the edge."""
        if self._mark_at:
            cursor = self.paper.textCursor()
            cursor.setPosition(self._mark_at)
            self.paper.setTextCursor(cursor)
            bar = self.paper.verticalScrollBar()
            bar.setValue(bar.value() + self.paper.cursorRect().top() - px(40))

    def _save(self) -> None:
        if self._entry is not None:
            meetings_agenda.edit_entry(
                self.desk.work,
                uuid.UUID(str(self._entry.id)),
                resolution=self.resolution_field.value(),
                routing=self.routing_field.value(),
            )
            self.desk.toast(_("The resolution is saved"))

    # Writing

    def _write(self) -> None:
        if self._told is None or self._entry is None:
            return
        self.paper.begin()
        self._mark_at = 0
        words(self.paper.block(), self._told.title, "h3")
        if self._told.summary:
            words(self.paper.block(above=6), self._told.summary)
        for option in self._entry.options:
            block = self.paper.block(above=6)
            words(block, option.title, "strong")
            if option.text and option.text not in option.title:
                words(block, f"　{option.text}", "body", "text2")
        for line in self._told.lines:
            self._write_line(line)
        for vote in self._told.votes:
            self._write_vote(vote)
        if not (self._told.lines or self._told.votes or self._told.summary):
            said = _("Nothing is on record here.")
            if self._told.silent:
                said = _("The chair asked; nobody wished to speak.")
            words(self.paper.block(above=8), said, "body", "text3")
        self.paper.moveCursor(QTextCursor.MoveOperation.Start)

    def _write_line(self, line: Line) -> None:
        indent = 34 if line.answer else 0
        sign, tone = SIDE_WORDS[line.side or "plain"]
        marked = line.id == self._marked
        ground = "accentTint" if marked else ""
        head = self.paper.block(above=12, indent=indent, ground=ground)
        if marked:
            self._mark_at = head.position()
            words(head, "▸ ", "bold", "accent")
        words(head, f"{sign}　", "bold", tone)
        words(head, line.speaker or _("no name given"), "bold")
        if line.time:
            words(head, f"　{line.time}", "hint", "text3")
        for said, colour in _remarks(line):
            words(head, f"　{said}", "label", colour)
        words(self.paper.block(above=2, indent=indent + 30, ground=ground), line.text)

    def _write_vote(self, vote: Vote) -> None:
        sign, tone = {True: ("✓ ", "ok"), False: ("✗ ", "bad"), None: ("", "text2")}[vote.passed]
        words(self.paper.block(above=16), vote.motion, "bold")
        words(self.paper.block(above=2), vote.method, "hint", "text3")
        if vote.numbers:
            words(self.paper.block(above=2), vote.numbers, "body", "text2")
        outcome = self.paper.block(above=2)
        words(outcome, sign, "bold", tone)
        words(outcome, vote.outcome, "bold", tone)
        if vote.explanation:
            words(self.paper.block(above=2), vote.explanation, "body", "text2")
        for remark in vote.remarks:
            words(self.paper.block(above=2), remark, "hint", "text2")


def _remarks(line: Line) -> list[tuple[str, str]]:
    found = []
    if line.promised_by:
        found.append((_("promised by {day}").format(day=line.promised_by), "info"))
    if line.dissent:
        found.append((_("dissent, word for word"), "warn"))
    if line.open:
        found.append((_("not answered"), "bad"))
    return found

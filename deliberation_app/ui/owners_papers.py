"""Papers of flats as they come back: a door, the choices by their keys, Enter, the next one."""

from __future__ import annotations

import uuid
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from deliberation_app.language import _
from deliberation_app.services import meetings_view, owners_papers, owners_vote
from deliberation_app.services.owners_papers import FlatPaper, PaperRow
from deliberation_app.ui.kit import forms, run
from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.kit.names import NameEdit
from deliberation_app.ui.kit.panels import Scroll, empty
from deliberation_app.ui.kit.table import Cell, Column, PagedModel
from deliberation_app.ui.kit.theme import px
from deliberation_app.ui.owners_ask import OwnersAsk
from deliberation_app.ui.owners_choice import ChoiceRow
from deliberation_app.ui.owners_look import fold
from deliberation_app.ui.owners_result import OwnersResult
from deliberation_app.ui.owners_words import SIGNERS, area_words, choice_words, find_flats, owner_words, votes_words
from deliberation_app.ui.people_look import width_of


class OwnersPapers(QWidget):
    """The line for the next paper, the papers that came back, and beside them where each question stands."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._id: uuid.UUID | None = None
        self._asked: list[owners_papers.Question] = []
        self._paper: FlatPaper | None = None
        self._sure = False
        self._rows: dict[str, PaperRow] = {}
        self.rows: list[ChoiceRow] = []
        forms.load("owners_papers", self)
        self.result = OwnersResult()
        self.result_place.addWidget(Scroll(self.result))
        self.asking = OwnersAsk(desk, self)
        self.flat.set_editor(NameEdit())
        self.setFocusProxy(self.flat)
        self.signer.set_options([(key, _(words)) for key, words in SIGNERS.items()])
        self.signer.setAccessibleName(_("Signed by"))
        self.invalid_note.editor.setPlaceholderText(_("Note, such as why it is invalid"))
        self.invalid_note.editor.setAccessibleName(_("Note, such as why it is invalid"))
        signer = SIGNERS["co_owner"]
        columns = [
            Column(_("No."), lambda row: Cell(str(row.flat.number), tone="text3"), 64),
            Column(_("Flat"), lambda row: Cell(row.flat.place, strong=True), 140),
            Column(_("Owner"), lambda row: Cell(owner_words(row.flat), tone="text"), 0),
            Column(_("Choices"), self._choices_cell, 170),
            Column(_("Signed"), _signed_cell, width_of(_("not signed"), _(signer), icon=True)),
        ]
        self.model = PagedModel(columns, key=lambda row: str(row.flat.id), parent=self)
        self.table.show_model(self.model)
        self.flat.editor.chosen.connect(lambda key, _name: run.act(self, self._begin, uuid.UUID(key)))
        self.signed.takes_enter = False  # Enter saves from there too
        self.signed.clicked.connect(lambda _on: self.signer.setEnabled(self.signed.isChecked()))
        self.save.clicked.connect(run.slot(self, self._save))
        self.undo_entry.clicked.connect(self._clear)
        self.invalid_note.editor.returnPressed.connect(self.save.click)
        self.table.opened.connect(lambda key: run.act(self, self._begin, uuid.UUID(key)))

    def show_meeting(self, meeting_id: uuid.UUID) -> None:
        """Read questions, papers and results of this meeting."""
        if meeting_id != self._id:
            self._id = meeting_id
            self.flat.editor.set_find(find_flats(self.desk.work, meeting_id))
        view = meetings_view.meeting(self.desk.work, meeting_id)
        before = [one.id for one in self._asked if not one.counted]
        self._asked = owners_papers.questions(self.desk.work, meeting_id)
        under_way = [one for one in self._asked if not one.counted]
        self._read()
        self.asking.show_entries(view, bool(self.model.rows), owners_vote.rules_for(self.desk.work, meeting_id))
        self.entry_card.setVisible(bool(under_way) and view.state in ("open", "recess"))
        if before != [one.id for one in under_way] or not self.rows:
            self._make_rows(under_way)
            self._clear()
        self.result.show_results(owners_papers.results(self.desk.work, meeting_id))

    def _read(self) -> None:
        meeting = self._id

        def read(after: Any, limit: int) -> tuple[tuple, object]:
            rows, more = owners_papers.returned(self.desk.work, meeting, after=after, limit=limit)
            self._rows.update((str(row.flat.id), row) for row in rows)
            return rows, more

        self.model.read_from(read)
        places = width_of(self.model.columns[1].heading, *(row.flat.place for row in self.model.rows))
        self.table.setColumnWidth(1, px(min(places, 240)))
        said = width_of(self.model.columns[3].heading, *(self._choices_cell(row).text for row in self.model.rows))
        self.table.setColumnWidth(3, px(min(said, 280)))
        self.table.setVisible(bool(self.model.rows))
        self.empty.setVisible(not self.model.rows)
        if self._asked and all(one.counted for one in self._asked):
            hint = _("Only the totals beside are known on this computer.")
            self.empty.say(_("The papers of the flats are not here"), hint, "votes")
        else:
            hint = _("Type a door or a ballot number above; the newest paper stands first here.")
            self.empty.say(_("No paper has come back yet"), hint, "votes")

    def _choices_cell(self, row: PaperRow) -> Cell:
        words = choice_words(row.paper, [one.id for one in self._asked])
        corrected = _("corrected")
        return Cell(f"{words} · {corrected}" if row.corrected else words, tone="text")

    def _make_rows(self, questions: list[owners_papers.Question]) -> None:
        empty(self.choices)
        self.rows = [ChoiceRow(one) for one in questions]
        for place, one in enumerate(self.rows):
            self.choices.addWidget(one)
            after = self.rows[place + 1] if place + 1 < len(self.rows) else self.save
            one.answered.connect(lambda after=after: after.setFocus(Qt.FocusReason.TabFocusReason))

    # One paper

    def _begin(self, flat_id: uuid.UUID) -> None:
        """Show the flat, with its paper if it has handed one in already."""
        self._paper, self._sure = owners_papers.paper(self.desk.work, flat_id), False
        flat, told = self._paper.flat, self._paper.paper
        self.flat.editor.set_person(str(flat.id), flat.place)
        self.flat_words.setText(_flat_words(self._paper))
        for one in self.rows:
            one.choose(told.choices.get(one.question.id, "") if told else "")
            one.setEnabled(True)
        self.signed.setChecked(told.signed if told else True)
        self.signer.choose(told.signer if told else "proxy" if flat.proxy else "co_owner" if flat.voter else "owner")
        self.invalid_note.set_value(told.note if told else "")
        self.save.setText(_("Correct the paper") if told else _("Save the paper"))
        for widget in (self.signed, self.signer, self.invalid_note, self.save, self.undo_entry):
            widget.setEnabled(True)
        if self.rows:
            self.rows[0].setFocus(Qt.FocusReason.TabFocusReason)

    def _clear(self) -> None:
        self._paper, self._sure = None, False
        self.flat.editor.clear_person()
        self.flat_words.setText(_("Type 1-2-301, a ballot number or a name; then 1 consent, 2 against, 3 abstain, "
                                  "4 invalid, S signed or not, Enter saves."))  # fmt: skip
        for one in self.rows:
            one.choose("")
            one.setEnabled(False)
        self.invalid_note.set_value("")
        self.signed.setChecked(True)
        self.save.setText(_("Save the paper"))
        for widget in (self.signed, self.signer, self.invalid_note, self.save, self.undo_entry):
            widget.setEnabled(False)
        self.flat.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save(self) -> None:
        if self._paper is None:
            return
        if self._paper.paper is not None and not self._sure:
            self._sure = True  # a door typed wrongly must not take the place of another flat's paper
            self.save.setText(_("Once more: correct the paper"))
            self.save.setFocus(Qt.FocusReason.TabFocusReason)
            return
        flat = self._paper.flat
        choices = {one.question.id: one.choice() or "abstain" for one in self.rows}
        if not any(one.choice() for one in self.rows):
            self.rows[0].setFocus(Qt.FocusReason.TabFocusReason)
            return
        owners_papers.enter(
            self.desk.work, flat.id, choices, signed=self.signed.isChecked(), signer=self.signer.current(),
            note=self.invalid_note.value(), receiver=self.desk.work.user_name, correct=self._paper.paper is not None,
        )  # fmt: skip
        self.desk.toast(_("The paper of {flat} is saved").format(flat=flat.place))
        self._clear()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter saves from any choice, S turns the signature, Esc clears the line."""
        key = event.key()
        if self._paper is not None and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.save.click()
        elif self._paper is not None and key == Qt.Key.Key_S:
            self.signed.click()
        elif self._paper is not None and key == Qt.Key.Key_Escape:
            self._clear()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column in a narrow window."""
        super().resizeEvent(event)
        fold(self, self.columns, self.result_card, 356)


def _flat_words(paper: FlatPaper) -> str:
    flat = paper.flat
    said = [_("No. {number}").format(number=flat.number), owner_words(flat), area_words(flat.area), votes_words(flat)]
    if paper.co_owners:
        said.append(_("with {names}").format(names="、".join(paper.co_owners)))
    if paper.others:
        doors = "、".join(other.place for other, _told in paper.others)
        said.append(_("the same owner has voted for {doors}").format(doors=doors))
    if paper.paper is not None:
        said.append(_("its paper is here already: what you save now takes its place"))
    return " · ".join(one for one in said if one)


def _signed_cell(row: PaperRow) -> Cell:
    if not row.paper.signed:
        return Cell(_("not signed"), icon="late", tone="warn")
    if row.paper.signer == "proxy" and row.flat.proxy_on is None:
        return Cell(_("no proxy"), icon="late", tone="warn")
    return Cell(_(SIGNERS[row.paper.signer]), icon="check")

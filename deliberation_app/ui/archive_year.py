"""The year's hand-over: boxes and pieces as they lie, their papers and labels, and the day both sides signed."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from deliberation_app.language import _, ngettext_
from deliberation_app.services import archive, archive_papers, archive_year
from deliberation_app.services.archive_year import YearBox, YearList, YearPiece
from deliberation_app.ui import archive_asks, archive_words
from deliberation_app.ui.agenda_ask import Ask, AskPanel
from deliberation_app.ui.kit import forms, run
from deliberation_app.ui.kit.buttons import Button
from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.kit.marks import StatusWords
from deliberation_app.ui.kit.states import EmptyState
from deliberation_app.ui.kit.table import Cell, Column, PagedModel
from deliberation_app.ui.kit.theme import px

_LEAST, _FOLD, _NARROW = 440, 900, 640
Line = tuple[YearBox, YearPiece]


class ArchiveYear(QWidget):
    """One year: every piece with its box, period and checksum."""

    parts = ("archive", "meetings", "minutes", "agenda", "votes", "tasks", "evaluation", "notices", "voices")
    inner = True
    lit = "archive"

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        forms.load("archive_year", self)
        self.found: YearList | None = None
        self._year = desk.today().year
        self._years: list[int] = []
        self.header.set_title(_("The year's hand-over"))
        self.state = StatusWords("", "text2")
        self.state_place.addWidget(self.state)
        self.excel = Button(_("Excel"), icon="word")
        self.hand = Button(_("Hand over"), "primary", icon="sign")
        self.fonds = Button(_("Fonds number"), "quiet")
        for act in (self.fonds, self.excel, self.hand):
            self.header.add_act(act)
        self.model = PagedModel(
            [
                Column(_("Box"), lambda line: str(line[0].number), 64),
                Column(_("Kept"), lambda line: archive_words.keep_words(line[0].keep), 96),
                Column(_("Piece no."), lambda line: str(line[1].number), 90),
                Column(_("Title"), lambda line: Cell(line[1].title, strong=True), 0),
                Column(_("Day"), lambda line: line[1].day, 100),
                Column(_("Page count"), lambda line: Cell(str(line[1].pages or "—"), right=True), 100),
                Column(_("Checksum"), _checksum, 190),
            ],
            key=lambda line: f"{line[0].number}:{line[1].number}",
        )
        self.table.setAccessibleName(_("List of filed papers"))
        self.table.show_model(self.model)
        self.to_files = Button(_("To the files"), icon="archive")
        self.empty = EmptyState(
            "archive", _("Nothing of this year lies in the files yet"),
            _("What is signed, scanned or ticked off in the files of the year is gathered here by itself."),
            self.to_files,
        )  # fmt: skip
        self.card_column.addWidget(self.empty)
        self._make_papers()
        self._connect()

    def _make_papers(self) -> None:
        self.papers: dict[str, Button] = {}
        for which, words in archive_papers.YEAR_PAPERS.items():
            button = Button(_(words), icon="print", small=True)
            button.clicked.connect(partial(self._show_paper, which))
            self.papers[which] = button
        self._lay_papers(len(self.papers))
        self.ask = AskPanel()
        self.ask_place.addWidget(self.ask)

    def _lay_papers(self, columns: int) -> None:
        for at, button in enumerate(self.papers.values()):
            self.acts.addWidget(button, at // columns, at % columns)
        for at in range(len(self.papers) + 1):
            self.acts.setColumnStretch(at, int(at == columns))

    def _connect(self) -> None:
        self.header.back.connect(self.desk.back)
        self.to_files.clicked.connect(lambda: self.desk.navigate("archive"))
        self.year.setAccessibleName(_("Year"))
        self.year.activated.connect(lambda _at: self._turn())
        self.excel.clicked.connect(run.slot(self, self.ask_excel))
        self.fonds.clicked.connect(
            lambda: self._open_ask(archive_asks.fonds(self.desk, self.found.fonds if self.found is not None else ""))
        )
        self.hand.clicked.connect(lambda: self._open_ask(archive_asks.hand_over(self.desk, self._year)))
        self.ask.answered.connect(self._answered)
        self.ask.left.connect(self._leave_ask)

    def shown(self, year: int | str = 0, **_more: Any) -> None:
        """Show a year."""
        if year:
            self._year = int(year)
            self.refresh()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _turn(self) -> None:
        self._year = self._years[self.year.currentIndex()]
        self._leave_ask()
        run.act(self, self.refresh)

    def refresh(self) -> None:
        """Gather the year again."""
        self._years = archive.years(self.desk.work, self.desk.unit_id) or [self._year]
        if self._year not in self._years:
            self._year = self._years[0]
        self.year.clear()
        self.year.addItems([str(one) for one in self._years])
        self.year.setCurrentIndex(self._years.index(self._year))
        self.found = found = archive_year.year_list(self.desk.work, self.desk.unit_id, self._year)
        lines: list[Line] = [(box, piece) for box in found.boxes for piece in box.pieces]
        self.model.read_from(lambda _after, _limit: (lines, None))
        self.table.setVisible(bool(lines))
        self.empty.setVisible(not lines)
        for button in (*self.papers.values(), self.excel):
            button.setEnabled(bool(lines))
        self.hand.setVisible(found.handed is None)
        self.fonds.setVisible(found.handed is None)
        self.hand.setEnabled(bool(lines))
        self._tell(found)

    def _tell(self, found: YearList) -> None:
        boxes = ngettext_("{count} box", "{count} boxes", len(found.boxes)).format(count=len(found.boxes))
        pieces = ngettext_("{count} piece", "{count} pieces", found.count).format(count=found.count)
        self.header.set_context(f"{found.unit} · {found.year} · {boxes} · {pieces}")
        if found.handed is not None:
            words = _("Handed over on {day}").format(day=found.handed.handed_on.isoformat())
            self.state.show_as(words, "ok", "done")
            self.note.setText(_("By {giver} to {receiver}. The list stays as it was handed over; Ctrl Z takes the "
                                "hand-over back while it is the last act.").format(
                giver=found.handed.giver, receiver=found.handed.receiver))  # fmt: skip
        else:
            self.state.show_as(_("Not handed over yet"), "text2", "to_do")
            told = _("Papers go to the archive by the end of June of the next year, accounts by the end of March "
                     "(to be checked with your archive).")  # fmt: skip
            if found.lacking:
                lacking = ngettext_(
                    "{count} file lacks papers; the remarks of box 1 name it.",
                    "{count} files lack papers; the remarks of box 1 name them.", len(found.lacking),
                ).format(count=len(found.lacking))  # fmt: skip
                told = _("{sentence} {another}").format(sentence=told, another=lacking)
            self.note.setText(told)

    def _show_paper(self, which: str, *_signalled: object) -> None:
        self.desk.navigate("archive_paper", paper=which, year=self._year)

    def ask_excel(self) -> None:
        """Ask for a place and write the list as .xlsx."""
        name = _("Hand-over {year}").format(year=self._year) + ".xlsx"
        chosen, _filter = QFileDialog.getSaveFileName(self, _("Excel"), name, "*.xlsx")
        if chosen and self.found is not None:
            to = Path(chosen if chosen.endswith(".xlsx") else f"{chosen}.xlsx")
            archive_papers.write(archive_year.as_sheets(self.found), to)
            self.desk.toast(_("Saved as {file}").format(file=to.name), undo=False)

    def _open_ask(self, ask: Ask) -> None:
        self.hand.set_kind("normal")  # the one filled button is now that of the question
        self.ask.open(ask)

    def _answered(self, words: str) -> None:
        self.hand.set_kind("primary")
        self.desk.toast(words)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave_ask(self) -> None:
        self.hand.set_kind("primary")
        if self.ask.asking():
            self.ask.close_ask()
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def minimumSizeHint(self) -> QSize:
        """It folds before it asks the window to scroll."""
        return QSize(px(_LEAST), px(460))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The papers stand below each other where there is little room."""
        super().resizeEvent(event)
        widest = max(button.sizeHint().width() + px(8) for button in self.papers.values())
        needed = sum(button.sizeHint().width() + px(8) for button in self.papers.values())
        fits = event.size().width() - px(64) >= needed
        self._lay_papers(len(self.papers) if fits else max((event.size().width() - px(64)) // widest, 1))
        for at, least in ((2, _FOLD), (5, _NARROW), (6, _FOLD)):
            self.table.setColumnHidden(at, event.size().width() < px(least))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.desk.back()
        else:
            super().keyPressEvent(event)


def _checksum(line: Line) -> Cell:
    digits = line[1].sha256
    return Cell(
        " ".join(digits[at : at + 4] for at in range(0, 16, 4)) if digits else _only_on_paper(line[1]), tone="text3"
    )


def _only_on_paper(piece: YearPiece) -> str:
    return _("on paper only") if piece.note else ""

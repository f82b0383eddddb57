"""One file: its papers with what proves each, in two orders, and what can be done about the chosen one."""

from __future__ import annotations

import uuid
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QVBoxLayout, QWidget

from deliberation_app.domain.archive_needs import name_of
from deliberation_app.language import _
from deliberation_app.services import archive, archive_export
from deliberation_app.services.archive import About, FileLine, FileView
from deliberation_app.ui import archive_asks, archive_words
from deliberation_app.ui.agenda_ask import Ask, AskPanel
from deliberation_app.ui.archive_open import Opener
from deliberation_app.ui.kit import run
from deliberation_app.ui.kit.buttons import Button, Segment
from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.kit.labels import Label
from deliberation_app.ui.kit.lists import RowList
from deliberation_app.ui.kit.marks import StatusWords
from deliberation_app.ui.kit.panels import Card, column, empty, line, row
from deliberation_app.ui.kit.states import ErrorLine, Progress
from deliberation_app.ui.kit.theme import px

_LOW = 440


class FilePane(Card):
    """Shows one file; scans are asked for through `scan_asked`, `left` leaves it where the window is narrow."""

    scan_asked = Signal(str)
    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.view: FileView | None = None
        self._order = "evidence"
        self._opener = Opener(desk, self)
        box = column(self, margins=(1, 12, 1, 12), spacing=8)
        self._make_head(box)
        self.error_line = ErrorLine(self)
        box.addWidget(self.error_line)
        self.progress = Progress()
        box.addWidget(self.progress)
        box.addWidget(line())
        self.lines = RowList(status_width=118, height=58, name=_("Papers of the file"))
        self.lines.picked.connect(lambda _key: self._tell_acts())
        self.lines.opened.connect(lambda _key: self._first_act())
        self.lines.acted.connect(lambda _key: self._open())
        box.addWidget(self.lines, 1)
        box.addWidget(line())
        self._make_foot(box)

    def _make_head(self, box: QVBoxLayout) -> None:
        head = column(spacing=6)
        head.setContentsMargins(px(16), 0, px(12), 0)
        self.back = Button(_("All files"), "quiet", icon="back", small=True)
        self.back.clicked.connect(self.left)
        self.title = Label("", "h3", wrap=True)
        self.state = StatusWords("", "text2")
        self.under = Label("", "hint", wrap=True)
        self.order = Segment([("evidence", _("As it happened")), ("archive", _("Archive order"))],
                             name=_("Order of the papers"))  # fmt: skip
        self.order.chosen.connect(self._reorder)
        self.export = Button(_("Export"), icon="folder", small=True)
        self.export.clicked.connect(self.ask_export)
        self.number_act = Button(_("Archive number"), small=True)
        self.number_act.clicked.connect(
            run.slot(self, lambda: self._open_ask(archive_asks.number(self.desk, self.view)))
        )
        self.to_owner = Button("", "quiet", small=True)
        self.to_owner.clicked.connect(self._to_owner)
        top = row(spacing=8)
        top.addWidget(self.title, 1)
        top.addWidget(self.to_owner, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self.number_act, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self.export, 0, Qt.AlignmentFlag.AlignTop)
        self.tools = row(spacing=8)
        self.tools.addWidget(self.state, 1, Qt.AlignmentFlag.AlignLeft)
        self.tools.addWidget(self.order)
        head.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        head.addLayout(top)
        head.addWidget(self.under)
        head.addLayout(self.tools)
        box.addLayout(head)

    def _make_foot(self, box: QVBoxLayout) -> None:
        self.foot = QWidget()
        self.foot_row = row(self.foot, margins=(16, 0, 12, 0), spacing=12)
        words = column(spacing=0)
        self.head = Label("", "bold", wrap=True)
        self.hint = Label("", "hint", wrap=True)
        words.addWidget(self.head)
        words.addWidget(self.hint)
        self.foot_row.addLayout(words, 1)
        self.acts = row(spacing=8)
        self.foot_row.addLayout(self.acts)
        self.foot_row.setAlignment(self.acts, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        box.addWidget(self.foot)
        self.ask = AskPanel()
        self.ask.answered.connect(self._answered)
        self.ask.left.connect(self._leave_ask)
        box.addWidget(self.ask)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The tools and the acts go below each other where there is little room."""
        super().resizeEvent(event)
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        inside = event.size().width() - px(32)
        tools = sum(part.sizeHint().width() + px(8) for part in (self.order, self.state))
        self.tools.setDirection(down if inside < tools else across)
        acts = sum(self.acts.itemAt(at).widget().sizeHint().width() + px(8) for at in range(self.acts.count()))
        self.foot_row.setDirection(down if inside < acts + px(180) else across)

    def show_file(self, about: About, key: uuid.UUID) -> None:
        """Read a file and show it."""
        self.show_view(archive.file(self.desk.work, about, key))

    def show_view(self, view: FileView) -> None:
        """Show a file that was read."""
        same = self.view is not None and self.view.id == view.id
        kept = self.lines.current_id() if same else ""
        if not same:  # what was asked or went wrong was about another file
            self.error_line.hide()
            self._leave_ask()
        self.view = view
        self.title.setText(view.title)
        self.under.setText(" · ".join(part for part in (
            archive_words.kind_words(view), archive_words.day_of(view), view.number, archive_words.counts(view),
            _("archive number {number}").format(number=view.filed) if view.filed else "",
        ) if part))  # fmt: skip
        self.number_act.setVisible(view.about == "item")
        self.to_owner.setText(_("To the item") if view.about == "item" else _("To the meeting"))
        icon, tone = archive_words.LOOKS[view.colour]
        self.state.show_as(archive_words.whole_state(view), tone, icon)
        self.state.setAccessibleName(archive_words.whole_state(view))
        self.lines.fill([archive_words.line_row(one) for one in view.ordered(self._order)])
        first = next((one for one in view.ordered(self._order) if one.state == "missing"), None)
        self.lines.choose(kept or (first.paper if first is not None else view.ordered(self._order)[0].paper
                                   if view.lines else ""))  # fmt: skip
        self._tell_acts()

    def go_to(self, piece: uuid.UUID) -> None:
        """Choose the paper that this scan, photo or print proves."""
        lines = self.view.lines if self.view is not None else ()
        found = next((one for one in lines if any(kept.key == piece for kept in one.pieces)), None)
        if found is not None:
            self.lines.choose(found.paper)
            self._tell_acts()
            self.lines.setFocus(Qt.FocusReason.OtherFocusReason)

    def _to_owner(self) -> None:
        if self.view is not None and self.view.about == "item":
            self.desk.navigate("agenda", item=str(self.view.id))
        elif self.view is not None:
            self.desk.navigate("meeting", id=str(self.view.id))

    def _reorder(self, order: str) -> None:
        self._order = order
        if self.view is not None:
            self.show_view(self.view)

    def chosen(self) -> FileLine | None:
        """The paper that is chosen."""
        key = self.lines.current_id()
        return next((one for one in self.view.lines if one.paper == key), None) if self.view is not None else None

    # Acts on the chosen paper

    def _tell_acts(self) -> None:
        found = self.chosen()
        self.foot.setVisible(found is not None and not self.ask.asking())
        if found is None:
            return
        self.head.setText(_(name_of(found.paper)))
        words, _tone, _icon = archive_words.line_state(found)
        more = list(dict.fromkeys(archive_words.piece_words(piece) for piece in found.pieces))
        self.hint.setText(" · ".join([words, *more, archive_words.period_words(found)][:6]))
        empty(self.acts)
        for button in self._buttons(found):
            self.acts.addWidget(button)
        # The acts may take more height than those before: the chosen row stays in sight.
        QTimer.singleShot(0, self.lines, lambda: self.lines.scrollTo(self.lines.currentIndex()))

    def _buttons(self, found: FileLine) -> list[Button]:
        made: list[tuple[str, str, object]] = []
        if found.verify:
            made.append((_("How long"), "quiet", lambda: self._open_ask(archive_asks.period(self.desk, found))))
        if any(piece.opens == "enclosure" and not piece.shared for piece in found.pieces):
            made.append((_("Take out"), "quiet", lambda: self._open_ask(archive_asks.take_out(self.desk, found))))
        if (found.state == "missing" and found.level == "amber") or found.state == "excused":
            made.append(
                (_("Say why"), "normal", lambda: self._open_ask(archive_asks.reason(self.desk, self.view, found)))
            )
        if any(piece.way == "on_paper" for piece in found.pieces):
            made.append((_("Not in the paper file"), "normal", self._untick))
        elif found.level:
            made.append((_("In the paper file"), "normal",
                         lambda: self._open_ask(archive_asks.on_paper(self.desk, self.view, found))))  # fmt: skip
        if found.state == "missing":
            made.append((_("Take in a scan"), "normal", lambda: self.scan_asked.emit(found.paper)))
        elif Opener.opens(found):
            made.append((_("Open"), "normal", self._open))
        buttons = []
        for at, (words, kind, do) in enumerate(made):
            button = Button(words, kind, cap="Enter" if at == len(made) - 1 else "", small=True)
            button.clicked.connect(run.slot(self, do))
            buttons.append(button)
        return buttons

    def _first_act(self) -> None:
        if self.acts.count():
            self.acts.itemAt(self.acts.count() - 1).widget().click()

    def _open(self) -> None:
        found = self.chosen()
        if found is not None and self.view is not None:
            run.act(self, self._opener.open, found)

    def _untick(self) -> None:
        found = self.chosen()
        if found is not None and self.view is not None:
            archive.tick(self.desk.work, self.view.about, self.view.id, found.paper, there=False)
            self.desk.toast(_("“{paper}” is no longer ticked off").format(paper=_(name_of(found.paper))))

    def _open_ask(self, ask: Ask) -> None:
        self.foot.hide()
        self.error_line.hide()
        self.lines.setVisible(self.height() >= px(_LOW))  # where there is little room the question takes it
        self.ask.open(ask)

    def _leave_ask(self) -> None:
        if self.ask.asking():
            self.ask.close_ask()
            self.lines.show()
            self._tell_acts()
            self.lines.setFocus(Qt.FocusReason.OtherFocusReason)

    def _answered(self, words: str) -> None:
        self.desk.toast(words)
        self.lines.show()
        self._tell_acts()
        self.lines.setFocus(Qt.FocusReason.OtherFocusReason)

    # The whole file

    def ask_export(self) -> None:
        """Ask for a place and write the whole file there as a folder."""
        place = QFileDialog.getExistingDirectory(self, _("Where shall the folder be written?"))
        if place:
            self.export_to(Path(place))

    def export_to(self, place: Path) -> None:
        """Write the whole file as a folder, beside the window."""
        view, work = self.view, self.desk.work
        if view is None:
            return
        self.error_line.hide()
        self.export.setEnabled(False)
        worker = run.beside(
            self, _("Writing the file as a folder"),
            lambda report: archive_export.export(work, view.about, view.id, place, report), self._exported,
            self.progress,
        )  # fmt: skip
        worker.finished.connect(lambda: self.export.setEnabled(True))

    def _exported(self, folder: Path | None) -> None:
        if folder is None:
            self.desk.toast(_("Stopped; nothing was written"), undo=False)
        else:
            self.desk.toast(_("The whole file lies in {file}").format(file=folder), undo=False)

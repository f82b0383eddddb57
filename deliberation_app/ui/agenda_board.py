"""The board: five columns of cards; arrows move inside and between them, Ctrl with an arrow or a drag takes a step."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import (
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QFrame, QSizePolicy, QWidget

from deliberation_app.domain.agenda import STAGES
from deliberation_app.language import _
from deliberation_app.services.agenda import Board, Column
from deliberation_app.ui.agenda_words import board_card, stage_head
from deliberation_app.ui.kit import theme
from deliberation_app.ui.kit.buttons import Button
from deliberation_app.ui.kit.cards import CardList
from deliberation_app.ui.kit.labels import ElideLabel, Label
from deliberation_app.ui.kit.marks import StageSeal
from deliberation_app.ui.kit.panels import Scroll, column, row
from deliberation_app.ui.kit.theme import px

MIME = "application/x-deliberation-item"
_WIDTH, _GAP = 184, 12
_TAB = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)


class StageList(CardList):
    """The cards of one stage."""

    sideways = Signal(int)
    widened = Signal()

    def __init__(self, name: str) -> None:
        super().__init__(name=name)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._pressed_at: QPoint | None = None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What fits into the lines of a card follows the width."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.widened.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right leave the column; Shift F10 opens the menu as the menu key does."""
        by = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if by is not None and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.sideways.emit(by)
        elif event.key() == Qt.Key.Key_F10 and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.customContextMenuRequested.emit(self.visualRect(self.currentIndex()).center())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Coming here by Tab chooses a card."""
        super().focusInEvent(event)
        if event.reason() in _TAB and not self.current_id() and self.rows.rows:
            self.setCurrentIndex(self.rows.index(0, 0))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where a drag may begin."""
        super().mousePressEvent(event)
        self._pressed_at = event.position().toPoint() if event.button() == Qt.MouseButton.LeftButton else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Far enough from the press it is a drag."""
        begun = self._pressed_at
        if begun is None or not event.buttons() & Qt.MouseButton.LeftButton:
            super().mouseMoveEvent(event)
        elif (event.position().toPoint() - begun).manhattanLength() >= QApplication.startDragDistance():
            self._pressed_at = None
            self._drag(self.indexAt(begun), begun)

    def _drag(self, index: QModelIndex, grip: QPoint) -> None:
        if not index.isValid():
            return
        box = self.visualRect(index)
        told = QMimeData()
        told.setData(MIME, self.id_at(index).encode())
        drag = QDrag(self)
        drag.setMimeData(told)
        drag.setPixmap(self.viewport().grab(box))
        drag.setHotSpot(grip - box.topLeft())
        drag.exec(Qt.DropAction.MoveAction)


class StageColumn(QFrame):
    """One stage: its seal, name and count, its cards, and what can be done at its foot."""

    dropped = Signal(str, str)

    def __init__(self, stage: str) -> None:
        super().__init__()
        self.stage = stage
        self.setProperty("kind", "column")
        self.setAcceptDrops(True)
        self.setMinimumWidth(px(_WIDTH))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        box = column(self, margins=(2, 8, 2, 8), spacing=4)
        head = row(margins=(8, 2, 14, 2), spacing=10)
        self.seal = StageSeal(stage, size=34)
        self.count = Label("", "bold", "text3")
        name = ElideLabel(stage_head(stage), "h3")
        head.addWidget(self.seal)
        head.addWidget(name, 1)
        head.addWidget(self.count)
        box.addLayout(head)
        self.cards = StageList(stage_head(stage))
        # Not at once: a scroll bar comes in the middle of filling.
        self._again = QTimer(self, singleShot=True, interval=0)
        self._again.timeout.connect(self._fill)
        self.cards.widened.connect(self._again.start)
        self._found: Column | None = None
        self.more = False
        box.addWidget(self.cards, 1)
        self.foot = Button("", "quiet", icon="add" if stage == "raised" else "", small=True)
        box.addWidget(self.foot, 0, Qt.AlignmentFlag.AlignHCenter)

    def show_cards(self, found: Column) -> None:
        """Show the cards and how many there are."""
        self.count.setText(f"{found.count:,}")
        self.seal.set_stage(self.stage, active=bool(found.count))
        self._found = found
        self._fill()
        if found.more:
            self.foot.setText(_("All {count} in the list").format(count=f"{found.count:,}"))
            self.foot.set_icon_name("")
        elif self.stage == "raised":
            self.foot.setText(_("Raise an item"))
            self.foot.set_icon_name("add")
        self.more = found.more
        self.foot.setVisible(found.more or self.stage == "raised")

    def _fill(self) -> None:
        room = self.cards.viewport().width() - px(2 * (5 + 14) + 8)
        made = [board_card(card, room) for card in self._found.cards] if self._found else []
        if made != self.cards.rows.rows:
            self.cards.fill(made)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """An item may come in; the column shows that it would take it."""
        if event.mimeData().hasFormat(MIME):
            theme.restyle(self, kind="card")
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """As before."""
        theme.restyle(self, kind="column")
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell which item came."""
        theme.restyle(self, kind="column")
        event.acceptProposedAction()
        self.dropped.emit(bytes(event.mimeData().data(MIME).data()).decode(), self.stage)


class BoardView(Scroll):
    """Five columns side by side, which scroll sideways where the window is too narrow for them."""

    picked = Signal(str)
    opened = Signal(str)
    dropped = Signal(str, str)
    menu_wanted = Signal(str, QPoint)
    raise_wanted = Signal()
    list_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent, both=True)
        held = QWidget()
        across = row(held, spacing=_GAP)
        self.columns: dict[str, StageColumn] = {}
        for stage in STAGES:
            made = self.columns[stage] = StageColumn(stage)
            across.addWidget(made, 1)
            self._connect(made)
        self.setWidget(held)
        self.setMinimumHeight(px(220))

    def _connect(self, made: StageColumn) -> None:
        cards = made.cards
        cards.picked.connect(lambda key: self._picked(made.stage, key))
        cards.opened.connect(self.opened)
        cards.sideways.connect(lambda by: self._sideways(made.stage, by))
        cards.customContextMenuRequested.connect(lambda at: self._menu(cards, at))
        made.dropped.connect(self.dropped)
        made.foot.clicked.connect(lambda: self.list_wanted.emit(made.stage) if made.more else self.raise_wanted.emit())

    def show_board(self, board: Board, chosen: str) -> None:
        """Show the cards and keep this one chosen, with the focus if a card had it."""
        had_focus = any(made.cards.hasFocus() for made in self.columns.values())
        for found in board.columns:
            self.columns[found.stage].show_cards(found)
        self.choose(chosen, focus=had_focus)

    def choose(self, key: str, *, focus: bool = False) -> None:
        """Choose this card, or none where it is not on the board."""
        holder = None
        for made in self.columns.values():
            if any(card.id == key for card in made.cards.rows.rows):
                holder = made
                made.cards.choose(key)
            else:
                made.cards.setCurrentIndex(QModelIndex())
        self._stops(holder)
        if holder is not None and focus:
            holder.cards.setFocus(Qt.FocusReason.OtherFocusReason)
            self.ensureWidgetVisible(holder, 0, 0)

    def ids(self) -> list[str]:
        """Every card shown, column by column."""
        return [card.id for made in self.columns.values() for card in made.cards.rows.rows]

    def focus_stage(self, stage: str) -> str:
        """Go to the first card of a stage; the answer is its id."""
        rows = self.columns[stage].cards.rows.rows
        if rows:
            self.choose(rows[0].id, focus=True)
        return rows[0].id if rows else ""

    def _stops(self, holder: StageColumn | None) -> None:
        """Tab stops once on the board: at the chosen card, else at the first column that has any."""
        filled = [made for made in self.columns.values() if made.cards.rows.rows]
        stop = holder or (filled[0] if filled else None)
        for made in self.columns.values():
            at = made is stop
            made.cards.setFocusPolicy(Qt.FocusPolicy.StrongFocus if at else Qt.FocusPolicy.ClickFocus)

    def _picked(self, stage: str, key: str) -> None:
        if not key:
            return
        for name, made in self.columns.items():
            if name != stage:
                made.cards.setCurrentIndex(QModelIndex())
        self._stops(self.columns[stage])
        self.picked.emit(key)

    def _sideways(self, stage: str, by: int) -> None:
        """The card at the same height of the next column that has any."""
        names = list(self.columns)
        here = self.columns[stage].cards
        middle = here.visualRect(here.currentIndex()).center()
        at = names.index(stage) + by
        while 0 <= at < len(names):
            cards = self.columns[names[at]].cards
            if cards.rows.rows:
                beside = cards.indexAt(QPoint(cards.viewport().width() // 2, middle.y()))
                last = cards.rows.index(len(cards.rows.rows) - 1, 0)
                cards.setFocus(Qt.FocusReason.OtherFocusReason)
                cards.setCurrentIndex(beside if beside.isValid() else last)
                self.ensureWidgetVisible(self.columns[names[at]], 0, 0)
                return
            at += by

    def _menu(self, cards: StageList, at: QPoint) -> None:
        if cards.current_id():
            self.menu_wanted.emit(cards.current_id(), cards.viewport().mapToGlobal(at))

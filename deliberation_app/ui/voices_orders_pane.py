"""Service orders: what residents ordered, who was sent, and how they found it."""

from __future__ import annotations

import uuid
from typing import Any

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QWidget

from deliberation_app.language import _
from deliberation_app.services import voices_orders, voices_orders_list, voices_papers
from deliberation_app.services.voices_orders_list import OrderCard, OrderView
from deliberation_app.ui import voices_orders_asks
from deliberation_app.ui.agenda_ask import AskPanel
from deliberation_app.ui.kit import forms, run
from deliberation_app.ui.kit.buttons import Button, FilterButton
from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.kit.states import EmptyState
from deliberation_app.ui.kit.table import Cell, Column, PagedModel
from deliberation_app.ui.kit.theme import px
from deliberation_app.ui.people_look import width_of
from deliberation_app.ui.voices_flow import FlowBox
from deliberation_app.ui.voices_printing import write
from deliberation_app.ui.voices_side import SidePane
from deliberation_app.ui.voices_words import ORDER_FILTERS, order_look

_TYPING_MS, _FOLD = 200, 820
# What is done at once, without a question, and what is said then.
_AT_ONCE = {"accept": voices_orders.accept, "serve": voices_orders.serve, "finish": voices_orders.finish,
            "order_again": voices_orders.again}  # fmt: skip


class OrdersPane(QWidget):
    """Orders, sends, confirms."""

    def __init__(self, desk: Desk, ask: AskPanel) -> None:
        super().__init__()
        self.desk, self.ask = desk, ask
        forms.load("voices_orders_pane", self)
        self._only, self._chosen = "all", ""
        self._view: OrderView | None = None
        self._make_filters()
        self.model = PagedModel(_columns(), key=lambda card: str(card.order.id))
        self.table.show_model(self.model)
        self.table.setAccessibleName(_("Service orders"))
        self.side = SidePane(_("Choose an order to see what comes next"))
        self.body.addWidget(self.side)
        self.first = Button(_("Order the first service"), icon="add")
        self.empty = EmptyState("tasks", act=self.first)
        self.empty_place.addWidget(self.empty)
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._typing.timeout.connect(run.slot(self, self.read))
        self.search.textChanged.connect(lambda _text: self._typing.start())
        for button in (self.order, self.first):
            button.clicked.connect(lambda: self.ask.open(voices_orders_asks.new(self.desk, self._ordered)))
        self.menu.clicked.connect(lambda: self.ask.open(voices_orders_asks.menu(self.desk)))
        self.table.picked.connect(self._pick)
        self.side.acted.connect(self.do)

    def _make_filters(self) -> None:
        self.filters = QButtonGroup(self)
        self.filters.setExclusive(True)
        box = FlowBox(gap=6, asks=False)
        for name in ORDER_FILTERS:
            button = FilterButton()
            button.setObjectName(f"orders_{name}")
            self.filters.addButton(button)
            button.clicked.connect(lambda _on=False, name=name: self.narrow(name))
            box.add(button)
        self.filter_place.addWidget(box)
        self.findChild(FilterButton, "orders_all").setChecked(True)
        self.search.setPlaceholderText(_("Words, number, name"))
        self.search.setAccessibleName(_("Filter by words, number or name"))

    def go_to(self, key: str) -> None:
        """Show one order."""
        self._only = "all"
        self.findChild(FilterButton, "orders_all").setChecked(True)
        self._chosen = key

    def _ordered(self, key: str) -> None:
        self.search.set_value("")
        self.go_to(key)
        self.read()

    def narrow(self, name: str) -> None:
        """Show only these."""
        self._only = name
        self.ask.close_ask()
        run.act(self, self.read)

    def read(self) -> None:
        """Read list, figures and the chosen order again."""
        counted = voices_orders_list.counts(self.desk.work, self.desk.unit_id)
        for name, words in ORDER_FILTERS.items():
            button = self.findChild(FilterButton, f"orders_{name}")
            button.setText(_("{filter} {count}").format(filter=_(words), count=counted[name]))
            button.updateGeometry()
        text, only = self.search.value(), self._only

        def page(after: Any, limit: int) -> tuple[tuple, object]:
            work, unit_id = self.desk.work, self.desk.unit_id
            found = voices_orders_list.page(work, unit_id, text=text, only=only, after=after, limit=limit)
            return found.rows, found.next

        self.model.read_from(page)
        rows = self.model.rows
        for at, wide in ((0, width_of(_("Number"), *(card.order.number for card in rows))),
                         (1, width_of(_("Service"), *(card.order.kind for card in rows))),
                         (3, width_of(_("Who orders it"), *(card.who for card in rows))),
            (4, width_of(_("State"), *(order_look(card)[0] for card in rows), icon=True))):  # fmt: skip
            self.table.setColumnWidth(at, px(min(wide, 230)))
        if self._chosen not in {str(card.order.id) for card in rows} and rows:
            self._chosen = str(rows[0].order.id)
        self.table.choose(self._chosen)
        self._show_empty(not rows, nothing=not counted["all"])
        self._show_chosen()

    def _show_empty(self, empty: bool, *, nothing: bool) -> None:
        self.table_card.setVisible(not empty)
        self.empty_card.setVisible(empty)
        self.first.setVisible(nothing)
        self.side.setVisible(not nothing)
        if nothing:
            self.empty.say(_("No service has been ordered yet"),
                           _("A resident orders from the menu, directly or by a voice; a volunteer takes it."),
                           "tasks")  # fmt: skip
        else:
            self.empty.say(_("Nothing fits"), _("Choose All, or empty the filter."), "search")

    def _show_chosen(self) -> None:
        self._view = None
        if self._chosen and self.model.rows:
            self._view = run.act(self, voices_orders_list.order, self.desk.work, uuid.UUID(self._chosen))
        if self._view is None:
            self.side.show_nothing()
        else:
            self.side.show_what(voices_orders_asks.shown(self._view))

    def _pick(self, key: str) -> None:
        if key and key != self._chosen:
            self._chosen = key
            self.ask.close_ask()
            self._show_chosen()

    def do(self, act: str) -> None:
        """Do an act of the pane by its name."""
        view = self._view
        if view is None:
            return
        key = view.card.order.id
        if act in voices_orders_asks.ASKS:
            self.ask.open(voices_orders_asks.ASKS[act](self.desk, view))
        elif act in ("cancel", "time_out"):
            self.ask.open(voices_orders_asks.end(self.desk, view, act))
        elif act == "slip":
            write(self, self.desk, _("Service slip"), lambda: voices_papers.order_slip(self.desk.work, key))
        elif act == "to_voice":
            self._open_voice(view)
        elif act in _AT_ONCE:
            run.act(self, self._at_once, act, key)

    def _at_once(self, act: str, key: uuid.UUID) -> None:
        _AT_ONCE[act](self.desk.work, key)
        words = order_look(voices_orders_list.order(self.desk.work, key).card)[0]
        self.desk.toast(_("Order: {state}").format(state=words))

    def _open_voice(self, view: OrderView) -> None:
        found = voices_orders_list.voice_of(self.desk.work, view.card.order.id)
        if found is not None:
            self.desk.navigate("voices", id=str(found))

    def minimumSizeHint(self) -> QSize:
        """Narrower than its wide form: then the pane goes below."""
        return QSize(px(360), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """List and pane beside each other while there is room."""
        super().resizeEvent(event)
        narrow = event.size().width() < px(_FOLD)
        for box in (self.body, self.filter_row):
            box.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
        self.table_card.setMinimumHeight(px(300 if narrow else 160))
        self.side.stand(below=narrow)


def _columns() -> list[Column]:
    return [
        Column(_("Number"), lambda card: Cell(card.order.number), 104),
        Column(_("Service"), lambda card: Cell(card.order.kind), 110),
        Column(_("What is wanted"), lambda card: Cell(" ".join(card.order.text.split()), strong=True), 0),
        Column(_("Who orders it"), _who, 90, spare=True),
        Column(_("State"), _state, 150),
    ]


def _who(card: OrderCard) -> Cell:
    return Cell(card.who or _("No name"))


def _state(card: OrderCard) -> Cell:
    words, tone, icon = order_look(card)
    return Cell(words, icon=icon, tone=tone)

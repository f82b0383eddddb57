"""Voices: what people say is noted, carried on and told; the reception room; services ordered; the figures."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, QTimer
from PySide6.QtWidgets import QMenu, QScrollArea, QWidget

from deliberation_app.language import _, ngettext_
from deliberation_app.services import voices_duty, voices_list, voices_orders, voices_papers
from deliberation_app.ui import voices_asks
from deliberation_app.ui.agenda_ask import AskPanel
from deliberation_app.ui.kit import forms, run
from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.kit.theme import px
from deliberation_app.ui.voices_duty_pane import DutyPane
from deliberation_app.ui.voices_figures_pane import FiguresPane
from deliberation_app.ui.voices_flow import PaneStack
from deliberation_app.ui.voices_orders_pane import OrdersPane
from deliberation_app.ui.voices_pane import VoicesPane
from deliberation_app.ui.voices_printing import write


class VoicesPage(QWidget):
    """Four views of what comes in from the people."""

    parts = ("voices", "people", "agenda", "archive")

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        forms.load("voices_page", self)
        self.ask = AskPanel()
        self.ask_place.addWidget(self.ask)
        self.voices = VoicesPane(desk, self.ask)
        self.duty = DutyPane(desk, self.ask)
        self.orders = OrdersPane(desk, self.ask)
        self.figures = FiguresPane(desk)
        self.panes = {"voices": self.voices, "duty": self.duty, "orders": self.orders, "figures": self.figures}
        self.views = PaneStack()
        self.views_place.addWidget(self.views)
        for pane in self.panes.values():
            self.views.take(pane)
        self.view_choice.set_options([("voices", _("Said")), ("duty", _("Reception")), ("orders", _("Services")),
                                      ("figures", _("Figures"))])  # fmt: skip
        self.view_choice.setAccessibleName(_("View"))
        self.view_choice.chosen.connect(lambda name: self.desk.navigate("voices", view=name))
        self.print_button.clicked.connect(self._open_prints)
        self.terms_button.clicked.connect(lambda: self.ask.open(voices_asks.terms(self.desk)))
        self.ask.installEventFilter(self)
        self.ask.answered.connect(self._answered)
        self.ask.left.connect(self._left)
        self._read = False

    def shown(self, view: str = "", id: Any = None, voice: Any = None, order: Any = None, only: str = "",
              new: bool = False, **_more: Any) -> None:  # fmt: skip
        """A view, one voice or one order; `only` narrows the list, `new` begins to note one."""
        key, ordered = str(id or voice or ""), str(order or "")
        self.ask.close_ask()
        self.view_choice.choose("orders" if ordered else "voices" if key or only or new else view or self._view())
        if view in ("figures", "duty"):
            self.panes[view].open_now()
        if ordered:
            self.orders.go_to(ordered)
        if key or only:
            self.voices.go_to(key, only)
        if self._read:
            self.refresh()
        if self._view() == "voices":
            place = self.voices.table if key else self.voices.intake.said
            place.setFocus(Qt.FocusReason.TabFocusReason)

    def _view(self) -> str:
        return self.view_choice.current()

    def refresh(self) -> None:
        """Read again what the view in front shows, and what waits."""
        self._read = True
        front = self.panes[self._view()]
        self.views.show_pane(front)
        front.read()
        self.terms_button.setVisible(front is self.voices)
        self._say_waiting()

    def _say_waiting(self) -> None:
        work, unit_id = self.desk.work, self.desk.unit_id
        counted = voices_list.counts(work, unit_id)
        ordered, turns = voices_orders.running(work, unit_id), voices_duty.waiting(work, unit_id)
        self.desk.badge("voices", voices_list.waiting(counted, (ordered, turns)))
        told = [
            ngettext_("{count} to be dealt with", "{count} to be dealt with", counted["open"]),
            ngettext_("{count} overdue", "{count} overdue", counted["late"]),
            ngettext_("{count} to be told", "{count} to be told", counted["tell"]),
        ]
        counts = (counted["open"], counted["late"], counted["tell"])
        words = [one.format(count=count) for one, count in zip(told, counts, strict=True) if count]
        self.header.set_context(" · ".join(words) or _("Everything has its answer, and everybody was told"))
        for name, count, words_ in (("voices", counted["open"] + counted["tell"], _("Said")),
                                    ("duty", turns, _("Reception")), ("orders", ordered, _("Services"))):  # fmt: skip
            self.view_choice.words(name, f"{words_} {count}" if count else words_)

    # Questions

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """While something is asked the line to note stands back: one thing first."""
        if watched is self.ask and event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            self.voices.intake.setVisible(event.type() == QEvent.Type.Hide)
            if event.type() == QEvent.Type.Show:
                QTimer.singleShot(0, self, self._bring_into_sight)
        return super().eventFilter(watched, event)

    def _bring_into_sight(self) -> None:
        """In a low window the page scrolls to what is asked."""
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None:
            above.ensureWidgetVisible(self.ask)

    def _answered(self, words: str) -> None:
        self.desk.toast(words)
        self._left()

    def _left(self) -> None:
        self.ask.close_ask()
        front = self.panes[self._view()]
        table = getattr(front, "table", getattr(front, "slot_table", None))
        if table is not None and table.isVisible():
            table.setFocus(Qt.FocusReason.TabFocusReason)

    # Printing

    def prints(self) -> QMenu:
        """What can be printed of the voices."""
        made = QMenu(self)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for words, do in ((_("Slips of those shown that hang on a wall"), self._slips),
                          (_("Empty slips to be written by hand"), self._empty_slips),
                          (_("Status of the last seven days, without names"), self._status)):  # fmt: skip
            made.addAction(words).triggered.connect(run.slot(self, do))
        return made

    def _open_prints(self) -> None:
        self.prints().popup(self.print_button.mapToGlobal(QPoint(0, self.print_button.height())))

    def _slips(self) -> None:
        keys = self.voices.waiting_slips()
        write(self, self.desk, _("Slips for the wall"),
              lambda: voices_papers.slips(self.desk.work, self.desk.unit_id, keys))  # fmt: skip

    def _empty_slips(self) -> None:
        write(self, self.desk, _("Empty slips"), lambda: voices_papers.slips(self.desk.work, self.desk.unit_id))

    def _status(self) -> None:
        after = self.desk.today() + timedelta(days=1)
        first = after - timedelta(days=7)
        write(self, self.desk, _("Status for the wall"),
              lambda: voices_papers.status(self.desk.work, self.desk.unit_id, first, after))  # fmt: skip

    def minimumSizeHint(self) -> QSize:
        """It folds below this."""
        return QSize(px(420), super().minimumSizeHint().height())

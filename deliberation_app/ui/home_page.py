"""Today: the next meeting and its preparation, what has to be done, the duties of the period, the five stages."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from deliberation_app.domain.duties import DutyState
from deliberation_app.errors import N_
from deliberation_app.language import _
from deliberation_app.services import notices
from deliberation_app.services.home import HomeView, Todo, home
from deliberation_app.ui.agenda_words import LONG_DAY, day_words, said, there
from deliberation_app.ui.home_hero import HomeHero
from deliberation_app.ui.home_strip import StageStrip
from deliberation_app.ui.kit import forms, run, theme
from deliberation_app.ui.kit.buttons import Button
from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.kit.lists import Row, RowList
from deliberation_app.ui.kit.states import EmptyState
from deliberation_app.ui.kit.theme import px

# So many rows stand beside each other before one asks for all of them; a row is at least so high and at most so high.
_MOST_LINES, _DUTY_ROWS = 5, 5
_LOW, _HIGH = 56, 76
_FOLD, _ROOMY, _LEAST = 820, 960, 420
_PER = {"month": N_("Every month"), "quarter": N_("Every quarter"), "half": N_("Every half-year"),
        "year": N_("Every year")}  # fmt: skip
_DUTY_LOOK = {"held": ("done", "ok"), "partial": ("late", "warn"), "missing": ("missing", "bad")}
# What the page of the item asks when one comes to it from a line of the list.
_ASKS = {"late": "tasks.done", "tasks": "tasks.done", "evaluation": "evaluation.add", "notices": "notices.post",
         "archive": "archive.number"}  # fmt: skip


class SharedRows(RowList):
    """Rows that share the height of their card; they never get lower than two lines need."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new height."""
        super().resizeEvent(event)
        self.share()

    def share(self) -> None:
        """Give every row its part of the height."""
        room = self.viewport().height() * 100 / theme.look().scale / max(len(self.rows.rows), 1)
        least = 48 if theme.look().density == "compact" else _LOW
        more = 8 if theme.look().density == "compact" else 0
        self.delegate.height = int(min(max(room, least), _HIGH)) + more
        self.scheduleDelayedItemsLayout()

    def lines(self, least: int) -> int:
        """How many rows have room at their full height, at least so many."""
        return max(least, self.viewport().height() // px(_HIGH))

    def minimumSizeHint(self) -> QSize:
        """Every row at its least."""
        return QSize(px(240), px(_LOW) * max(len(self.rows.rows), 1))

    sizeHint = minimumSizeHint

    def fill(self, rows: list[Row]) -> None:
        """Show these rows, all of them without scrolling."""
        super().fill(rows)
        self.updateGeometry()
        self.share()


class HomePage(QWidget):
    """Reads everything at once, and again when one of its parts changes."""

    parts = ("agenda", "meetings", "tasks", "notices", "evaluation", "voices", "people")

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        forms.load("home_page", self)
        self._view: HomeView | None = None
        self._all_todo = self._all_duties = False
        self.hero = HomeHero(desk)
        self.hero_place.addWidget(self.hero)
        self.todo_rows = SharedRows(name=_("To do"))
        self.todo_empty = EmptyState(
            "done", _("Nothing waits for you"),
            _("Tasks near their date, notices to take down and items to be scored will stand here."),
        )  # fmt: skip
        self.duty_rows = SharedRows(status_width=132, name=_("Required meetings"))
        self.duty_empty = EmptyState("duties", _("No meetings are required of this kind of unit"))
        for place, widgets in ((self.todo_column, (self.todo_rows, self.todo_empty)),
                               (self.duty_column, (self.duty_rows, self.duty_empty))):  # fmt: skip
            for widget in widgets:
                place.addWidget(widget)
        self.strip = StageStrip(desk)
        self.strip_place.addWidget(self.strip)
        self.figures_act = Button(_("Figures"), "quiet", icon="chart-bar")
        self.top.insertWidget(1, self.figures_act)
        self._connect()

    def _connect(self) -> None:
        self._filling = QTimer(self, singleShot=True, interval=0)
        self._filling.timeout.connect(self._fill_rows)
        self.figures_act.clicked.connect(lambda: self.desk.navigate("figures"))
        self.raise_item.clicked.connect(lambda: self.desk.navigate("agenda", new=True))
        self.call_meeting.clicked.connect(lambda: self.desk.navigate("meetings", new=True))
        self.call_meeting.setVisible(there("meetings"))
        for signal in (self.todo_rows.opened, self.todo_rows.acted):
            signal.connect(self._do)
        self.duty_rows.opened.connect(lambda _id: self.desk.navigate("duties") if there("duties") else None)
        self.all_todo.clicked.connect(self._toggle_todo)
        self.all_duties.clicked.connect(self._toggle_duties)

    def minimumSizeHint(self) -> QSize:
        """Narrower than its wide form: then it folds."""
        return QSize(px(_LEAST), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two columns while there is room, else one."""
        super().resizeEvent(event)
        narrow = event.size().width() < px(_FOLD)
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self.middle.setDirection(down if narrow else across)
        needed = sum(
            part.sizeHint().width() + px(12)
            for part in (self.header, self.figures_act, self.raise_item, self.call_meeting)
        )
        self.top.setDirection(down if event.size().width() < needed else across)
        self.duty_card.setMinimumWidth(px(378 if event.size().width() >= px(_ROOMY) else 318))
        self.hero.fold(narrow)
        self.strip.fold(narrow)
        self._filling.start()

    def shown(self, **_where: Any) -> None:
        """The first thing to do has the focus."""
        self.hero.take_focus()

    def refresh(self) -> None:
        """Read the day again."""
        today = self.desk.today()
        first = self._view is None
        self._view = home(self.desk.work, self.desk.unit_id, today)
        self.header.set_context(day_words(today, LONG_DAY))
        self.hero.show_view(self._view)
        if first:  # only now is it known which button is the first thing to do
            self.hero.take_focus()
        self._fill_todo()
        self._fill_duties()
        self.strip.show_figures(self._view.stages, self._view.published_until)

    def _fill_rows(self) -> None:
        """More rows where there is more room."""
        if self._view is not None:
            self._fill_todo()
            self._fill_duties()

    def _toggle_todo(self) -> None:
        self._all_todo = not self._all_todo
        self._fill_todo()

    def _toggle_duties(self) -> None:
        self._all_duties = not self._all_duties
        self._fill_duties()

    def _fill_todo(self) -> None:
        found = self._view.todo
        shown = found if self._all_todo else found[: self.todo_rows.lines(_MOST_LINES)]
        self.todo_rows.fill([_todo_row(str(at), one) for at, one in enumerate(shown)])
        self.todo_rows.setVisible(bool(found))
        self.todo_empty.setVisible(not found)
        self.todo_count.setText(str(len(found)) if found else "")
        _offer_all(self.all_todo, len(found), self.todo_rows.lines(_MOST_LINES), self._all_todo)

    def _fill_duties(self) -> None:
        found = self._view.duties
        today = self._view.today
        shown = found if self._all_duties else found[: self.duty_rows.lines(_DUTY_ROWS)]
        self.duty_rows.fill([_duty_row(state) for state in shown])
        self.duty_rows.setVisible(bool(found))
        self.duty_empty.setVisible(not found)
        self.duties_head.setText(_("Required meetings · quarter {quarter}").format(quarter=(today.month + 2) // 3))
        _offer_all(self.all_duties, len(found), self.duty_rows.lines(_DUTY_ROWS), self._all_duties)

    def _do(self, key: str) -> None:
        one = self._view.todo[int(key)]
        a_notice = one.icon == "notices" and one.target_id != one.item_id
        if a_notice and one.act.message != "Answer":
            run.act(self, self._take_down, one)
        elif one.item_id is not None and not (one.page != "agenda" and there(one.page)):
            ask = "notices.answer" if a_notice else _ASKS.get(one.icon)
            self.desk.navigate("agenda", item=one.item_id, **({"ask": ask} if ask else {}))
        elif one.page == "meetings" and there("meeting"):
            self.desk.navigate("meeting", id=str(one.target_id))
        else:
            ask = {"ask": "done"} if one.page == "tasks" else {}
            self.desk.navigate(one.page, **({"id": str(one.target_id), **ask} if one.target_id else {}))

    def _take_down(self, one: Todo) -> None:
        notices.take_down(self.desk.work, one.target_id)
        self.desk.toast(_("“{title}” is taken down").format(title=said(one.title)))


def _offer_all(button, count: int, few: int, all_shown: bool) -> None:
    button.setVisible(count > few)
    button.setText(_("Fewer") if all_shown else _("All {count}").format(count=count))


def _todo_row(key: str, one: Todo) -> Row:
    leads = one.item_id is not None or there(one.page)  # a page that is not built yet has no button
    return Row(
        key, said(one.title), said(one.hint), icon=one.icon, tone=one.tone, status=said(one.status),
        status_tone=one.tone, act=said(one.act) if leads else "",
    )  # fmt: skip


def _duty_row(state: DutyState) -> Row:
    icon, tone = _DUTY_LOOK.get(state.status, ("to_do", "text2"))
    often = _(_PER[state.duty.per])
    if state.needed > 1:
        often = f"{often} × {state.needed}"
    return Row(state.duty.id, _(state.duty.name), often, status=_duty_words(state), status_tone=tone, status_icon=icon)


def _duty_words(state: DutyState) -> str:
    if state.status == "held":
        return _("Held {day}").format(day=day_words(max(state.held)))
    if state.status == "partial":
        return _("{done} of {needed} held").format(done=len(state.held), needed=state.needed)
    if state.status == "to_come":
        return _("From {day}").format(day=day_words(state.start))
    return _("By {day}").format(day=day_words(state.end))

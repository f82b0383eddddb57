"""The reception room in a month: the turns of duty, and who came."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from deliberation_app.domain.votes import percent
from deliberation_app.errors import N_
from deliberation_app.language import _, ngettext_
from deliberation_app.services import papers_made, voices_duty
from deliberation_app.services.papers_asked import Asked
from deliberation_app.services.voices_duty import Month, SlotCard, Visit
from deliberation_app.ui import voices_duty_asks
from deliberation_app.ui.agenda_ask import AskPanel
from deliberation_app.ui.agenda_words import WEEKDAY, day_words
from deliberation_app.ui.kit import forms, run
from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.kit.table import Cell, Column, PagedModel
from deliberation_app.ui.kit.theme import px
from deliberation_app.ui.people_look import width_of
from deliberation_app.ui.voices_duty_asks import month_after
from deliberation_app.ui.voices_duty_grid import DutyGrid
from deliberation_app.ui.voices_printing import write
from deliberation_app.ui.voices_side import Do, Line, Shown, SidePane
from deliberation_app.ui.voices_words import channel_words, day, moment, slot_look, visit_look

_FOLD = 820
_MONTH = N_("MMMM yyyy")


class DutyPane(QWidget):
    """Plans turns, signs hand-overs, and lists the visits."""

    def __init__(self, desk: Desk, ask: AskPanel) -> None:
        super().__init__()
        self.desk, self.ask = desk, ask
        forms.load("voices_duty_pane", self)
        self.first = desk.today().replace(day=1)
        self.month = Month((), ())
        self._chosen = ""
        self.slots = PagedModel(_slot_columns(), key=lambda card: f"slot:{card.slot.id}")
        self.visits = PagedModel(_visit_columns(), key=lambda one: f"visit:{one.voice.id}")
        self.slot_table.show_model(self.slots)
        self.visit_table.show_model(self.visits)
        self.grid = DutyGrid(desk.today())
        self.slot_column.addWidget(self.grid, 1)
        self.way.set_options([("calendar", _("Calendar")), ("list", _("Turns and visits"))])
        self.way.setAccessibleName(_("View"))
        self.way.chosen.connect(lambda _way: run.act(self, self.read))
        self.slot_table.setAccessibleName(_("Turns of duty"))
        self.visit_table.setAccessibleName(_("Visits and calls"))
        self.side = SidePane(_("Choose a turn or a visit to see how it stands"))
        self.body.addWidget(self.side)
        for button, by, words in ((self.before, -1, _("The month before")), (self.next_month, 1, _("The next month"))):
            button.setAccessibleName(words)
            button.setToolTip(words)
            button.clicked.connect(lambda _on=False, by=by: self.go(month_after(self.first, by)))
        self.plan.clicked.connect(run.slot(self, self._plan))
        self.print_roster.clicked.connect(lambda: self._print("duty_roster", _("Duty roster")))
        self.print_log.clicked.connect(lambda: self._print("reception_log", _("Reception log")))
        for table in (self.slot_table, self.visit_table):
            table.picked.connect(self._pick)
        self.visit_table.opened.connect(lambda key: self.desk.navigate("voices", id=key.partition(":")[2]))
        self.slot_table.opened.connect(lambda _key: self.do("edit"))
        self.side.acted.connect(self.do)
        self.grid.moved.connect(self._moved)
        self.grid.opened.connect(lambda _key: self.do("edit"))
        self.grid.wanted.connect(self._plan)

    # Reading

    def open_now(self) -> None:
        """The month that is running, each time the reception is opened."""
        self.first = self.desk.today().replace(day=1)
        self.grid.today = self.grid.day = self.desk.today()

    def go(self, first: date) -> None:
        """Show another month."""
        self.first = first
        self.ask.close_ask()
        run.act(self, self.read)

    def read(self) -> None:
        """Read the month again."""
        self.month = voices_duty.month(self.desk.work, self.desk.unit_id, self.first.year, self.first.month)
        self.month_words.setText(day_words(self.first, _MONTH))
        for model, table, rows in ((self.slots, self.slot_table, self.month.slots),
                                   (self.visits, self.visit_table, self.month.visits)):  # fmt: skip
            model.read_from(lambda _after, _limit, rows=rows: (rows, None))
            for at, column in enumerate(model.columns):
                if column.width:
                    cells = [column.cell(one) for one in rows]
                    wide = width_of(column.heading, *(cell.text for cell in cells), icon=at == len(model.columns) - 1)
                    table.setColumnWidth(at, px(min(wide, 240)))
        listed = self.way.current() == "list"
        if (self.grid.day.year, self.grid.day.month) != (self.first.year, self.first.month):
            self.grid.day = self.first
        self.grid.fill(self.month.slots)
        self.grid.setVisible(not listed)
        self.visit_card.setVisible(listed)
        self.no_slots.setVisible(not self.month.slots)
        self.slot_table.setVisible(listed and bool(self.month.slots))
        self.no_visits.setVisible(not self.month.visits)
        self.visit_table.setVisible(bool(self.month.visits))
        self._say_sums()
        self._show_chosen()

    def _say_sums(self) -> None:
        turns, came = len(self.month.slots), len(self.month.visits)
        missed, spot = self.month.missed, self.month.on_spot
        words = ngettext_("{count} turn of duty", "{count} turns of duty", turns).format(count=turns)
        if turns:
            sum_ = f"{missed} ÷ {turns} = {percent(missed, turns)}"
            words = _("{turns} · missed {sum}").format(turns=words, sum=sum_)
        self.slot_sum.set_text(words)
        words = ngettext_("{count} visit or call", "{count} visits and calls", came).format(count=came)
        if came:
            sum_ = f"{spot} ÷ {came} = {percent(spot, came)}"
            words = _("{visits} · answered on the spot {sum}").format(visits=words, sum=sum_)
        self.visit_sum.set_text(words)

    def _pick(self, key: str) -> None:
        if key and key != self._chosen:
            self._chosen = key
            self.ask.close_ask()
            self._show_chosen()

    def _moved(self) -> None:
        """Another day was chosen in the calendar, perhaps of another month."""
        turn = self.grid.meeting()
        self._chosen = self.grid.block(turn).key if turn is not None else ""
        if (self.grid.day.year, self.grid.day.month) != (self.first.year, self.first.month):
            self.go(self.grid.day.replace(day=1))
        elif turn is not None:
            self._show_chosen()
        else:
            self.side.show_what(_told_day(self.grid.day, self.desk.today()))

    def _card(self) -> SlotCard | None:
        return next((one for one in self.month.slots if f"slot:{one.slot.id}" == self._chosen), None)

    def _show_chosen(self) -> None:
        card = self._card()
        visit = next((one for one in self.month.visits if f"visit:{one.voice.id}" == self._chosen), None)
        if card is None and visit is None:
            card = next((one for one in self.month.slots if one.overdue or one.slot.state == "on_duty"),
                        next(iter(self.month.slots), None))  # fmt: skip
            self._chosen = f"slot:{card.slot.id}" if card is not None else ""
        for table in (self.slot_table, self.visit_table, self.grid):
            table.choose(self._chosen)
        if card is not None:
            self.side.show_what(_told_slot(card, self.desk.today()))
        elif visit is not None:
            self.side.show_what(_told_visit(visit))
        else:
            self.side.show_nothing()

    # Acts

    def _plan(self, once: date | None = None) -> None:
        self.ask.open(voices_duty_asks.plan(self.desk, self.first.year, self.first.month, once))

    def do(self, act: str) -> None:
        """Do an act of the pane by its name."""
        card = self._card()
        if act == "plan":
            self._plan(self.grid.day)
        elif act.startswith("open:"):
            self.desk.navigate("voices", id=act.partition(":")[2])
        elif card is not None and act in voices_duty_asks.ASKS:
            self.ask.open(voices_duty_asks.ASKS[act](self.desk, card))
        elif card is not None and act == "begin":
            if run.act(self, self._begin, card):
                self.desk.toast(_("{name} is on duty").format(name=card.person))
        elif card is not None and act == "strike" and run.act(self, self._strike, card):
            self.desk.toast(_("The turn is off the roster"))

    def _begin(self, card: SlotCard) -> bool:
        voices_duty.begin(self.desk.work, card.slot.id)
        return True

    def _strike(self, card: SlotCard) -> bool:
        voices_duty.strike(self.desk.work, card.slot.id)
        return True

    def _print(self, paper: str, title: str) -> None:
        asked = Asked(paper=paper, unit=self.desk.unit_id, period=f"{self.first:%Y-%m}")
        write(self, self.desk, f"{title} {self.first:%Y-%m}", lambda: papers_made.made(self.desk.work, asked))

    def minimumSizeHint(self) -> QSize:
        """Narrower than its wide form: then the pane goes below."""
        return QSize(px(360), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lists and pane beside each other while there is room."""
        super().resizeEvent(event)
        wanted = self.month_left.sizeHint().width() + self.month_acts.sizeHint().width() + px(16)
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self.month_row.setDirection(down if event.size().width() < wanted else across)
        narrow = event.size().width() < px(_FOLD)
        self.body.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
        self.side.stand(below=narrow)
        QTimer.singleShot(0, self, self._see_chosen)

    def _see_chosen(self) -> None:
        for table in (self.slot_table, self.visit_table):
            table.scrollTo(table.currentIndex())


def _told_day(on: date, today: date) -> Shown:
    """A day without a turn: one can be planned from today on."""
    acts = [Do("plan", _("Plan a turn"), "add")] if on >= today else []
    head = f"{day(on)} {day_words(on, WEEKDAY)}"
    return Shown(head, ("", "text2", ""), _("Nobody has the room on this day"), (), (), acts)


def _told_slot(card: SlotCard, today: object) -> Shown:
    slot = card.slot
    lines = [Line("person", card.person, _("Stands in: {name}").format(name=card.deputy) if card.deputy else ""),
             Line("room", slot.room or _("No room named"), slot.matter or "")]  # fmt: skip
    if card.visits:
        words = ngettext_("{count} visit or call", "{count} visits and calls", card.visits).format(count=card.visits)
        lines.append(Line("voices", words))
    if slot.began_at is not None:
        lines.append(Line("play", _("Begun {moment}").format(moment=moment(slot.began_at))))
    if slot.handed_over_at is not None:
        words = _("Taken over by {name}, {moment}").format(name=slot.taken_over_by, moment=moment(slot.handed_over_at))
        lines.append(Line("sign", words, slot.handed_over_note or "", "ok"))
    if slot.missed_reason:
        lines.append(Line("missing", slot.missed_reason, "", "bad"))
    acts = []
    if slot.state in ("scheduled", "missed") and slot.on_day <= today:
        acts.append(Do("begin", _("Begin the duty") if slot.on_day == today else _("It was held"), "play"))
    if slot.state == "on_duty":
        acts.append(Do("hand_over", _("Hand over and sign"), "sign"))
    if slot.state == "scheduled" and slot.on_day <= today:
        acts.append(Do("miss", _("Nobody was there"), "missing"))
    if slot.state in ("scheduled", "on_duty"):
        acts.append(Do("edit", _("Somebody else"), "edit"))
    if slot.state == "scheduled":
        acts.append(Do("strike", _("Off the roster"), more=True))
    head = f"{day(slot.on_day)} {day_words(slot.on_day, WEEKDAY)}"
    return Shown(head, slot_look(card), card.hours, lines, (), acts)


def _told_visit(visit: Visit) -> Shown:
    voice = visit.voice
    lines = [
        Line("lock" if voice.confidential else "person", visit.who or _("No name"),
             " · ".join(one for one in (channel_words(voice.channel), voice.room or "") if one)),
        Line("calendar", moment(voice.received_at)),
    ]  # fmt: skip
    if voice.wish:
        lines.append(Line("first_time", _("Wishes: {wish}").format(wish=voice.wish)))
    return Shown(voice.number or "", visit_look(visit), voice.text, lines, (),
                 [Do(f"open:{voice.id}", _("Open"), "go_on")])  # fmt: skip


def _slot_columns() -> list[Column]:
    return [
        Column(_("Day"), lambda card: Cell(f"{day(card.slot.on_day)} {day_words(card.slot.on_day, WEEKDAY)}"), 110),
        Column(_("Hours"), lambda card: Cell(card.hours), 110, spare=True),
        Column(_("Who is on duty"), lambda card: Cell(card.person, strong=True), 0),
        Column(_("State"), lambda card: _look_cell(slot_look(card)), 130),
    ]


def _visit_columns() -> list[Column]:
    return [
        Column(_("When"), lambda one: Cell(moment(one.voice.received_at)), 110),
        Column(_("Who said it"), _visitor, 110, spare=True),
        Column(_("The words said"), lambda one: Cell(" ".join(one.voice.text.split()), strong=True), 0),
        Column(_("State"), lambda one: _look_cell(visit_look(one)), 130),
    ]  # fmt: skip


def _visitor(one: Visit) -> Cell:
    return Cell(_("In confidence") if one.voice.confidential else one.who or _("No name"))


def _look_cell(look: tuple[str, str, str]) -> Cell:
    words, tone, icon = look
    return Cell(words, icon=icon, tone=tone)

"""The figures of a period: voices, visits, orders, each with its formula, and the channels and services one by one."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from deliberation_app.language import _, ngettext_, render
from deliberation_app.services import voices_figures
from deliberation_app.services.voices_figures import Channel, Figure, Figures, Kind
from deliberation_app.ui.kit import theme
from deliberation_app.ui.kit.buttons import Button, Segment
from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.kit.labels import Label
from deliberation_app.ui.kit.panels import Card, Scroll, column, empty, line, row
from deliberation_app.ui.kit.theme import px
from deliberation_app.ui.voices_duty_asks import month_after
from deliberation_app.ui.voices_flow import FlowBox
from deliberation_app.ui.voices_words import channel_words

_FOLD = 720
_MONTHS = {"month": 1, "quarter": 3, "year": 12}


class FiguresPane(QWidget):
    """Month, quarter or year; the figures as they stand now."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.day = desk.today()
        box = column(self, spacing=12)
        top, period = FlowBox(gap=8), QWidget()
        around = row(period, spacing=8)
        self.kind = Segment([("month", _("Month")), ("quarter", _("Quarter")), ("year", _("Year"))], name=_("Period"))
        self.kind.chosen.connect(lambda _kind: self.read())
        self.before = Button("", "quiet", icon="left")
        self.after = Button("", "quiet", icon="right")
        self.words = Label("", "h3")
        for button, by, words in ((self.before, -1, _("The period before")), (self.after, 1, _("The next period"))):
            button.setAccessibleName(words)
            button.setToolTip(words)
            button.clicked.connect(lambda _on=False, by=by: self._go(by))
        for widget in (self.before, self.words, self.after):
            around.addWidget(widget)
        for widget in (self.kind, period):
            top.add(widget)
        box.addWidget(top)
        self._body = QWidget()
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._body)
        self._across.setContentsMargins(0, 0, 0, 0)
        self._across.setSpacing(px(16))
        self.cards = [Card() for _at in range(4)]
        self._columns = [one.column(20, 8) for one in self.cards]
        box.addWidget(Scroll(self._body), 1)
        for of in ((0,), (1, 2, 3)):
            side = column(spacing=16)
            for at in of:
                side.addWidget(self.cards[at])
            side.addStretch()
            self._across.addLayout(side, 1)

    def open_now(self) -> None:
        """The period that is running, each time the figures are opened."""
        self.day = self.desk.today()

    def _go(self, by: int) -> None:
        self.day = month_after(self.day, by * _MONTHS[self.kind.current()])
        self.read()

    def read(self) -> None:
        """Count again."""
        first, after = voices_figures.span_of(self.kind.current(), self.day)
        last = after - timedelta(days=1)
        self.words.setText(f"{first:%Y-%m-%d} – {last:%Y-%m-%d}")
        self.words.parentWidget().updateGeometry()
        found = voices_figures.figures(self.desk.work, self.desk.unit_id, first, after)
        self._fill(0, _("Voices"), voices_figures.voice_rows(found))
        self._fill(1, _("Reception"), voices_figures.visit_rows(found))
        self._fill(2, _("Services"), voices_figures.order_rows(found))
        self._fill(3, _("By channel and service"), list(_one_by_one(found)))

    def _fill(self, at: int, head: str, figures: list[Figure]) -> None:
        box = self._columns[at]
        empty(box)
        box.addWidget(Label(head, "h3"))
        for number, figure in enumerate(figures):
            if number:
                box.addWidget(line())
            box.addWidget(_row(figure))
        if not figures:
            box.addWidget(Label(_("Nothing in this period."), "hint", wrap=True))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column in a narrow window."""
        super().resizeEvent(event)
        narrow = event.size().width() < px(_FOLD)
        self._across.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)


def _row(figure: Figure) -> QWidget:
    """What it is and its formula at the left, the value at the right."""
    holder = QWidget()
    across = row(holder, spacing=12)
    words = column(spacing=0)
    words.addWidget(Label(_(figure.name), "", wrap=True))
    if figure.formula is not None:
        words.addWidget(Label(render(figure.formula), "hint", wrap=True))
    across.addLayout(words, 1)
    value = Label(figure.value, "h3")
    value.setFont(theme.font("h3"))
    across.addWidget(value, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    holder.setAccessibleName(f"{_(figure.name)} {figure.value}")
    return holder


def _one_by_one(found: Figures) -> list[Figure]:
    return [*map(_channel, found.channels), *map(_kind, found.kinds)]


def _channel(one: Channel) -> Figure:
    words = _("{answered} of {received} with an answer").format(answered=one.answered, received=one.received)
    if one.median_days is not None:
        days = ngettext_("median {days} day", "median {days} days", one.median_days).format(days=one.median_days)
        words = f"{words} · {days}"
    return Figure(channel_words(one.channel) or _("Other"), words)


def _kind(one: Kind) -> Figure:
    words = _("{accepted} of {ordered} accepted").format(accepted=one.accepted, ordered=one.ordered)
    if one.scores:
        words = f"{words} · {_('score {mean}').format(mean=one.mean)}"
    return Figure(one.kind, words)

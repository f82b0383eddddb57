"""The one thing first: the next meeting with its five steps of preparation, or the first act where there is none."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout

from deliberation_app.language import _, ngettext_
from deliberation_app.services.home import HomeView, NextMeeting, Preparation
from deliberation_app.ui.agenda_words import MONTH, WEEKDAY, civil, day_words, hour_words, said, there
from deliberation_app.ui.kit import forms, theme
from deliberation_app.ui.kit.buttons import Button
from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.kit.panels import Card, empty
from deliberation_app.ui.kit.states import Fact
from deliberation_app.ui.kit.theme import px

_LOOK = {"done": ("done", "ok"), "partial": ("under_way", "accentText"), "to_do": ("to_do", "text3")}


class HomeHero(Card):
    """Shows a meeting, or what to begin with."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._meeting: NextMeeting | None = None
        self._needs: list[int] = []
        forms.load("home_hero", self)
        self.papers = Button(_("Papers"), icon="print")
        self.words_and_go.insertWidget(self.words_and_go.indexOf(self.go), self.papers)
        self.papers.clicked.connect(lambda: self.desk.navigate("papers", id=str(self._meeting.id)))
        self.go.clicked.connect(self._go)
        self.begin.clicked.connect(self._begin)
        self.begin.setEnabled(False)  # until the day is read nobody knows whether there is nothing

    def fold(self, narrow: bool) -> None:
        """Button below the words and steps below each other where the page is narrow."""
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        for layout in (self.words_and_go, self.nothing_row, self.steps):
            layout.setDirection(down if narrow else across)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room among the steps."""
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        """Equal columns while every step has room for its words, else each as wide as it needs."""
        if self._needs:
            each = max(self._needs) + self.steps.spacing()
            equal = each * len(self._needs) <= self.width() - px(40)
            for at, need in enumerate(self._needs):
                self.steps.setStretch(at, 1 if equal else need)

    def take_focus(self) -> None:
        """The one button takes the focus where nothing on the page has it."""
        held = QApplication.focusWidget()
        if held is None or not self.window().isAncestorOf(held):
            (self.go if self._meeting else self.begin).setFocus()

    def show_view(self, view: HomeView) -> None:
        """The next meeting, or none."""
        self.begin.setEnabled(True)
        self._meeting = view.next_meeting
        self._fresh = not any(figure.count for figure in view.stages)
        self.meeting_part.setVisible(self._meeting is not None)
        self.nothing_part.setVisible(self._meeting is None)
        if self._meeting is not None:
            self._show_meeting(self._meeting)
        elif self._fresh:
            self.nothing_title.setText(_("Begin with what the residents want"))
            self.nothing_hint.setText(_("Raise the first item. What is missing until it can be discussed and decided "
                                        "is shown at every step."))  # fmt: skip
            self.begin.setText(_("Raise the first item"))
        else:
            self.nothing_title.setText(_("No meeting is planned"))
            self.nothing_hint.setText(_("The meetings still due in this period stand below."))
            self.begin.setText(_("Prepare a meeting"))

    def _show_meeting(self, meeting: NextMeeting) -> None:
        at = civil(meeting.starts_at)
        self.month.setText(day_words(at.date(), MONTH))
        self.day.setText(str(at.day))
        self.weekday.setText(day_words(at.date(), WEEKDAY))
        live = meeting.state in ("open", "recess")
        self.when.setText(_("Meeting in session") if live else _("Next meeting"))
        if live:
            self.chip.show_as(_("Meeting under way"), "accent", "live")
        else:
            self.chip.show_as(_left(meeting.days_left), "accent", "clock")
        self.meeting_title.set_text(meeting.title)
        due = ngettext_("{count} person due", "{count} people due", meeting.due).format(count=meeting.due)
        self.facts.set_text(" · ".join((hour_words(meeting.starts_at), meeting.place or _("no room yet"), due)))
        if live:
            self.go.setText(_("Go back into the meeting"))
        else:
            self.go.setText(_("Go to the meeting") if meeting.prepared else _("Go on preparing"))
        self.steps_part.setVisible(not live)
        empty(self.steps)
        for step in meeting.steps:
            self.steps.addWidget(_step(step), 1)
        self._needs = [_need(step) for step in meeting.steps]
        self._share()

    def _go(self) -> None:
        page = "meeting" if there("meeting") else "meetings"
        self.desk.navigate(page, id=str(self._meeting.id))

    def _begin(self) -> None:
        where: dict[str, Any] = {"new": True}
        self.desk.navigate("agenda" if self._fresh or not there("meetings") else "meetings", **where)


def _need(step: Preparation) -> int:
    """How wide a step would like to be: icon, gap, and the longer of its lines."""
    lines = (("strong", said(step.name)), ("hint", said(step.words)))
    return int(max(theme.metrics(face).horizontalAdvance(words) for face, words in lines)) + px(32)


def _step(step: Preparation) -> Fact:
    icon, tone = _LOOK[step.status]
    return Fact(icon, tone, said(step.name), said(step.words))


def _left(days: int) -> str:
    if days <= 0:
        return _("today")
    return _("tomorrow") if days == 1 else _("in {days} days").format(days=days)

"""Posts and their terms: the committee of the branch, of the residents or villagers, and those who oversee it."""

from __future__ import annotations

import uuid
from datetime import date

from PySide6.QtWidgets import QWidget

from deliberation_app.domain.meetings import ROLES
from deliberation_app.errors import N_, RuleBroken
from deliberation_app.language import _, render
from deliberation_app.services import duties, people, posts
from deliberation_app.services.people_roles import term_words
from deliberation_app.services.posts import Holder
from deliberation_app.ui.kit import forms, run
from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.kit.lists import Row
from deliberation_app.ui.meeting_roll import find_people

_COMMITTEE = {"": None, "yes": True, "no": False}


class SettingsLawPosts(QWidget):
    """Who holds a post and until when; a post is given for a term, and ended with a day."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        forms.load("settings_law_posts", self)
        self.entries.setAccessibleName(self.head.text())
        self.who.editor.set_find(find_people(desk.work, desk.unit_id))
        for field in (self.from_on, self.to_on):
            field.editor.set_today(desk.today())
        words = {"": _("As its members show"), "yes": _("It has one"), "no": _("It has none")}
        self.committee.set_options(list(words.items()))
        self.committee.setAccessibleName(self.committee_label.text())
        self.committee.chosen.connect(
            lambda said: run.act(self.card, duties.set_committee, desk.work, desk.unit_id, _COMMITTEE[said])
        )
        self.entries.acted.connect(lambda key: run.act(self.card, self._end, key))
        self.from_on.edited.connect(self._propose_end)
        self.give.clicked.connect(run.slot(self.card, self._give))

    def refresh(self) -> None:
        """Read the posts again."""
        found = run.act(self.card, posts.of_unit, self.desk.work, self.desk.unit_id)
        if found is None:
            return
        self.setVisible(bool(found.roles))
        options = [(role, _(name)) for role, name in posts.titles(found.roles)]
        if options:
            self.role.editor.set_options(options, self.role.value() or options[0][0])
        self.committee_part.setVisible(found.branch)
        told = next(key for key, value in _COMMITTEE.items() if value is found.has_committee)
        self.committee.choose(told)
        self.hint.setText("\n".join(render(hint) for hint in found.hints))
        self.hint.setVisible(bool(found.hints))
        self.entries.fill([_row(one, self.desk.today()) for one in found.holders])
        self.entries.fit()
        self.entries.setVisible(bool(found.holders))

    def _propose_end(self) -> None:
        begins = self.from_on.value()
        if begins is not None and self.to_on.value() is None:
            years = posts.TERM_YEARS
            last = 28 if (begins.month, begins.day) == (2, 29) else begins.day
            self.to_on.set_value(begins.replace(year=begins.year + years, day=last))

    def _give(self) -> None:
        person = self.who.editor.person_id()
        if not person:
            raise RuleBroken(N_("Choose the person from the list that opens. Nothing was changed."))
        posts.give(self.desk.work, self.desk.unit_id, uuid.UUID(person), self.role.value(),
                   from_on=self.from_on.value(), to_on=self.to_on.value())  # fmt: skip
        self.desk.toast(_("The post is entered"))
        self.error_line.hide()
        self.who.editor.clear_person()
        self.refresh()

    def _end(self, key: str) -> None:
        people.end_membership(self.desk.work, uuid.UUID(key), self.desk.today())
        self.desk.toast(_("The post ends today; it stays on record"))
        self.refresh()


def _row(one: Holder, today: date) -> Row:
    role = _(ROLES[one.role].name)
    if one.over:
        status, tone, icon = _("term over"), "warn", "late"
    else:
        ends = term_words(one.to_on, today)
        status, tone, icon = (render(ends), "warn", "late") if ends is not None else ("", "text2", "")
    hint = " · ".join((role, _term(one.from_on, one.to_on)))
    return Row(str(one.membership_id), one.name, hint, status=status, status_tone=tone, status_icon=icon,
               act="" if one.over else _("End"))  # fmt: skip


def _term(begins: date | None, ends: date | None) -> str:
    if ends is None:
        return _("since {first}").format(first=begins.isoformat()) if begins else _("term not entered")
    first = begins.isoformat() if begins else "—"
    return _("from {first} to {last}").format(first=first, last=ends.isoformat())

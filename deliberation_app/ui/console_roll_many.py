"""Many people signed in at once: those of last time, all who are due, a building, a party."""

from __future__ import annotations

import uuid
from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING

from deliberation_app.language import _, ngettext_
from deliberation_app.services import floor_roll, roll_view
from deliberation_app.settings import DISPLAY_ZONE
from deliberation_app.ui.console_roll_ask import Choice, among
from deliberation_app.ui.kit import run

if TYPE_CHECKING:
    from deliberation_app.ui.console_roll_acts import RollActs


class RollMany:
    """Shows in the list whom a question means, and signs them in together."""

    def __init__(self, acts: RollActs) -> None:
        self.acts, self._panel = acts, acts.panel

    def last_time(self) -> None:
        """Those who came last time and are not here yet: shown first, then signed in together."""
        self._panel.come_up()
        chair = self._panel.chair
        found = run.act(self._panel, lambda: (roll_view.last_time(chair.work, chair.meeting_id),))
        last = found[0] if found else None
        if last is None:
            self._panel.tell(_("There was no meeting of this kind before; nobody can be taken from it."), "warn")
            return
        if not last.people:
            self._panel.tell(_("Of those who came last time nobody is missing."), "ok")
            return
        self._ask_last(last.day.astimezone(DISPLAY_ZONE), set(last.people))

    def _ask_last(self, day: datetime, coming: set[uuid.UUID]) -> None:
        """The whole row is ticked; whoever is not here this time is taken out of it by initials."""
        lines = [line for line in self._panel.lines if line.person_id in coming]

        def find(typed: str) -> list[Choice]:
            rest = [line for line in lines if line.person_id in coming]
            if not typed:
                return [Choice("last", _("last time"), _count(len(rest)))] * bool(rest)
            out = [Choice(str(line.person_id), line.name, _("is not here: take out of the row")) for line in rest]
            return among(out)(typed)

        def done(key: str, name: str) -> bool:
            if key == "last":
                said = ngettext_("{count} person signed in", "{count} people signed in", len(coming))
                people = [line.person_id for line in lines if line.person_id in coming]
                return self._together(said, people)
            coming.discard(uuid.UUID(key))
            self.acts.groups = groups()
            self._panel.ask.again()
            self._panel.tell(_("{name} stays out of the row.").format(name=name), "info")
            return False

        def groups() -> dict[str, frozenset[uuid.UUID]]:
            """Whom the list shows: the row as it is, whichever line of the question is lit."""
            return dict.fromkeys(["last", *map(str, coming)], frozenset(coming))

        title = _("These people came on {month}-{day}. Are they all here?").format(month=day.month, day=day.day)
        self.acts.ask(title, find, done, groups=groups(), placeholder=_("Who is not here? Initials, Enter"))

    def groups(self) -> None:
        """All who are expected, those of a building, those of a party: shown first, then signed in together."""
        self._panel.come_up()
        expected = [line for line in self._panel.lines if line.expected]
        if not expected:
            self._panel.tell(_("Nobody is expected any more."), "ok")
            return
        groups = {"all": (_("all who are expected"), frozenset(line.person_id for line in expected))}
        for place, of in (("building", lambda line: line.building), ("party", lambda line: line.party)):
            for name, _count in Counter(filter(None, map(of, expected))).most_common():
                members = frozenset(line.person_id for line in expected if of(line) == name)
                groups[f"{place}:{name}"] = (name, members)
        self._ask_group(_("Sign in together: whom?"), groups)

    def _ask_group(self, title: str, groups: dict[str, tuple[str, frozenset[uuid.UUID]]]) -> None:
        def done(key: str, _words: str) -> bool:
            people = [line.person_id for line in self._panel.lines if line.person_id in groups[key][1]]
            said = ngettext_("{count} person signed in", "{count} people signed in", len(people))
            return self._together(said, people)

        rows = [Choice(key, name, _count(len(people))) for key, (name, people) in groups.items()]
        self.acts.ask(title, among(rows), done, groups={key: people for key, (_name, people) in groups.items()})

    def _together(self, said: str, people: list[uuid.UUID]) -> bool:
        done = self.acts.do_said(said.format(count=len(people)), floor_roll.sign_in, people, status=None)
        if done:
            self._panel.nobody_chosen()
        return done


def _count(people: int) -> str:
    return ngettext_("sign in {count} person", "sign in {count} people", people).format(count=people)

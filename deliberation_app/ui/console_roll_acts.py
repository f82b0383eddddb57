"""What is done to people on the roll, and the questions that an act asks first."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from deliberation_app.domain.minutes_parties import PARTIES
from deliberation_app.domain.roll_events import Noted, hour, read_line
from deliberation_app.domain.roll_words import CAPACITIES, USUAL_REASONS
from deliberation_app.language import _, render
from deliberation_app.services import floor_roll, floor_seat, gates, roll_view
from deliberation_app.services.floor_scan import Scanned
from deliberation_app.services.people_find import Found
from deliberation_app.services.roll_view import RollLine
from deliberation_app.settings import DISPLAY_ZONE
from deliberation_app.ui.console_roll_ask import Choice, among
from deliberation_app.ui.console_roll_opinion import ask_opinion
from deliberation_app.ui.kit import run
from deliberation_app.ui.kit.dates import read_time

if TYPE_CHECKING:
    from deliberation_app.ui.console_roll import RollPanel

_NONE = "none"


class RollActs:
    """The acts of one roll page; `asking` while a question stands beside the list."""

    def __init__(self, panel: RollPanel) -> None:
        self.panel = panel
        self.asking = False
        self.groups: dict[str, frozenset[uuid.UUID]] = {}

    def do_said(self, said: str, act: Callable[..., object], *values: object, **named: Any) -> bool:
        """Do an act of the roll and say what was done; false where it was refused."""
        return self._do(said, act, *values, **named)

    def ask(self, title: str, find: Any, done: Callable[[str, str], object], **more: Any) -> None:
        """Put a question beside the list; `done` answers whether it was settled."""
        self._ask(title, find, done, **more)

    def _do(self, said: str, act: Callable[..., object], *values: object, **named: Any) -> bool:
        chair = self.panel.chair
        self.panel.error.hide()
        return chair.do(self.panel, said, act, chair.meeting_id, *values, **named) is not None

    def _ask(self, title: str, find: Any, done: Callable[[str, str], object], **more: Any) -> None:
        self.asking = True
        self.groups = more.pop("groups", {})
        self.panel.error.hide()
        self.panel.ask.ask(title, find, done, **more)
        self.panel.show_pane()
        self.panel.ask.line.setFocus()

    def tell_gates(self, early: bool) -> None:
        """What stands before the opening; some of it may be passed over with a reason."""
        panel = self.panel
        states = (run.act(panel, gates.opening, panel.chair.work, panel.chair.meeting_id) or ()) if early else ()
        unmet = [state for state in states if state.sentence is not None]
        panel.bars.setText("\n".join(render(state.sentence) for state in unmet))
        panel.bars.setVisible(bool(unmet))
        panel.urgent.setVisible(bool(unmet) and all(state.overridable for state in unmet))

    def choice_moved(self, key: str) -> None:
        """Show in the list whom the choice means; where nothing fits it stays as it is."""
        if self.groups and key:
            self.panel.preview(self.groups.get(key))

    # Coming and going

    def happened(self, who: RollLine, noted: Noted) -> bool:
        """Note what the line says of this person; true also where there was nothing to do."""
        if noted.status is not None:
            return self._stays_away(who, noted) if noted.status != "online" else self._on_line(who)
        what = noted.what
        if what is None:
            what = "back" if who.out or who.gone else "arrived"
            if who.there and noted.at is None and who.status == "present":
                return True
        name, key, at = who.name, who.person_id, noted.at
        if what == "out":
            return self._do(_("{name} stepped out").format(name=name), floor_roll.step_out, key, at=at)
        if what == "left":
            return self._do(_("{name} left for good").format(name=name), floor_roll.sign_out, key, at=at)
        if what == "back" and who.out:
            return self._do(_("{name} is back").format(name=name), floor_roll.come_back, key, at=at)
        return self._do(_("{name} is here").format(name=name), floor_roll.sign_in, [key], at=at)

    def say_if_nothing(self, who: RollLine, noted: Noted) -> None:
        """Somebody who signs in twice is told so."""
        if noted.what is noted.at is noted.status is None and who.there and who.status == "present":
            self._say_here(who.name, who.events[-1].at)

    def _say_here(self, name: str, since: Any) -> None:
        said = _("{name} is here already")
        if since is not None:
            said = _("{name} is here already, since {hour}")
        told = said.format(name=name, hour=hour(since.astimezone(DISPLAY_ZONE)) if since is not None else "")
        self.panel.tell(told, "warn")
        if not self.panel.isVisible():
            self.panel.chair.remarked.emit(told)

    def tell_scanned(self, done: Scanned) -> None:
        """Say whose code it was."""
        if done.before == "here":
            self._say_here(done.name, done.at)
        else:
            said = _("{name} is back") if done.before else _("{name} is here")
            self.panel.chair.told.emit(said.format(name=done.name))

    def do(self, name: str, who: RollLine) -> None:
        """An act on the person chosen, by its button or key."""
        if name in ("leave", "absent"):
            self._ask_reason(who, name)
        elif name == "online":
            self._on_line(who)
        else:
            self.happened(who, Noted(what={"here": None, "out": "out", "left": "left"}[name]))
        if self.panel.name.text():
            self.panel.name.setText("")
            self.panel.fill()

    def say_why_not(self, name: str, who: RollLine) -> None:
        """What a key cannot do with the person chosen is told, with the way there is."""
        if name in ("leave", "absent"):
            said = _("{name} has signed in. If that was a mistake, choose the arrival beside the list, Enter, and take "
                     "it away.")  # fmt: skip
            self.panel.tell(said.format(name=who.name), "warn")
        elif who.there:
            self._say_here(who.name, who.events[-1].at if who.events else None)
        else:
            self.panel.tell(_("{name} is not in the room.").format(name=who.name), "warn")

    def _on_line(self, who: RollLine) -> bool:
        said = _("{name} takes part on line").format(name=who.name)
        return self._do(said, floor_roll.sign_in, [who.person_id], status="online")

    def _stays_away(self, who: RollLine, noted: Noted) -> bool:
        """On leave or absent, with the reason that was typed or is asked."""
        status = noted.status or "leave"
        if who.came:
            self.say_why_not(status, who)
            return False
        if not noted.reason:
            self._ask_reason(who, status)
            return True
        said = self._away_words(who, status)
        return self._do(said, floor_roll.leave, who.person_id, reason=noted.reason, status=status)

    @staticmethod
    def _away_words(who: RollLine, status: str) -> str:
        return (_("{name} is on leave") if status == "leave" else _("{name} is absent")).format(name=who.name)

    def _ask_reason(self, who: RollLine, status: str) -> None:
        title = _("Why is {name} on leave?") if status == "leave" else _("Why is {name} absent?")
        said = self._away_words(who, status)
        self._ask(
            title.format(name=who.name),
            among([Choice(one, one) for one in USUAL_REASONS[status]]),
            lambda _id, words: self._do(said, floor_roll.leave, who.person_id, reason=words, status=status),
            placeholder=_("The reason, in own words or from the list"), own=lambda typed: typed,
        )  # fmt: skip

    # Who is not on the roll

    def let_in(self, other: Found, noted: Noted) -> None:
        """Somebody of the register who is not on the roll: asked as what."""
        said = _("{name} is here").format(name=other.name)
        self._ask_seat(other.name, lambda capacity: self._do(
            said, floor_roll.sign_in, [other.id], capacity=capacity, at=noted.at) and self._then(other.id))  # fmt: skip

    def walk_in(self, noted: Noted) -> None:
        """Somebody nobody knows: entered in the register and signed in."""
        said = _("{name} is entered in the register and signed in").format(name=noted.name)
        self._ask_seat(noted.name, lambda capacity: self._do(
            said, floor_seat.walk_in, noted.name, capacity=capacity, at=noted.at))  # fmt: skip

    def _then(self, key: uuid.UUID) -> bool:
        self.panel.who = str(key)
        return True

    def _ask_seat(self, name: str, done: Callable[[str], bool]) -> None:
        hints = {
            "observing": _("listens and may speak, does not vote"), "voting": _("counts among those due and votes"),
            "invited": _("guest, expert, neighbour unit"),
        }  # fmt: skip
        choices = [Choice(key, _(CAPACITIES[key]), hints[key]) for key in hints]
        self._ask(_("{name} is not on the roll. As what?").format(name=name), among(choices), lambda key, _w: done(key))

    # Facts of the person chosen

    def change(self, fact: str, who: RollLine) -> None:
        """Ask for another value of a fact."""
        if fact.startswith("event:"):
            self._ask_event(who, int(fact.removeprefix("event:")))
        elif fact == "reason":
            self._ask_reason(who, who.status)
        elif fact == "proxy" and not self.panel.proxies():
            self.panel.tell(
                _("By the rules of this meeting everybody votes in person; a proxy does not count."), "warn"
            )
        else:
            {"capacity": self._ask_capacity, "household": self._ask_household, "party": self._ask_party,
             "proxy": self._ask_proxy, "opinion": partial(ask_opinion, self)}[fact](who)  # fmt: skip

    def _ask_event(self, who: RollLine, number: int) -> None:
        def done(key: str, typed: str) -> bool:
            if key == _NONE:
                said = _("Taken away: {name}").format(name=who.name)
                return self._do(said, floor_roll.take_away, who.person_id, number)
            said = _("Hour corrected: {name}").format(name=who.name)
            return self._do(said, floor_roll.correct, who.person_id, number, _hour(typed))

        event = who.events[number]
        shown = hour(event.at) if event.at is not None else "14:30"
        self._ask(
            _("{name} at {hour}: when was it really?").format(name=who.name, hour=shown),
            lambda typed: [] if typed else [Choice(_NONE, _("It did not happen: take it away"))], done,
            placeholder=_("The right hour, such as {hour}").format(hour=shown),
            own=_it_was,
        )  # fmt: skip

    def _ask_capacity(self, who: RollLine) -> None:
        said = _("Seat of {name} changed").format(name=who.name)
        self._ask(
            _("As what does {name} sit here?").format(name=who.name),
            among([Choice(key, _(words)) for key, words in CAPACITIES.items()]),
            lambda key, _w: self._do(said, floor_seat.seat, who.person_id, key),
        )

    def _ask_household(self, who: RollLine) -> None:
        chair = self.panel.chair

        def find(typed: str) -> list[Choice]:
            found = run.act(self.panel, roll_view.flats, chair.work, chair.meeting_id, typed) or []
            rows = [
                Choice(str(key), door, _("{name} votes for it").format(name=voter) if voter else "")
                for key, door, voter in found
            ]
            return [Choice(_NONE, _("no household"))] * bool(who.represents and not typed) + rows

        def done(key: str, door: str) -> bool:
            said = _("{name} speaks for {home}").format(name=who.name, home=door)
            return self._do(said, floor_seat.represent, who.person_id, None if key == _NONE else uuid.UUID(key))

        title = _("Which household does {name} represent?").format(name=who.name)
        self._ask(title, find, done, placeholder=_("Building and room: 1-2-301"))

    def _ask_party(self, who: RollLine) -> None:
        used = [line.party for line in self.panel.lines if line.party]
        known = list(dict.fromkeys([*used, *(party for party, _posts in PARTIES)]))
        rows = [Choice(one, one) for one in known]
        default = [Choice(_NONE, _("as the post says"))] if who.party_told else []

        def done(key: str, party: str) -> bool:
            said = _("{name} speaks for {home}").format(name=who.name, home=party)
            return self._do(said, floor_seat.speak_for, who.person_id, "" if key == _NONE else party)

        title = _("For which party does {name} speak?").format(name=who.name)
        self._ask(title, among([*default, *rows]), done, own=lambda typed: typed)

    def _ask_proxy(self, who: RollLine) -> None:
        absent = [one for one in self.panel.lines if one.capacity == "voting" and not one.there and one != who]
        rows = [Choice(str(one.person_id), one.name, one.home or one.post) for one in absent]
        if who.proxy_of:
            rows.insert(0, Choice(_NONE, _("nobody")))

        def done(key: str, name: str) -> bool:
            said = _("{holder} holds the proxy of {name}").format(holder=who.name, name=name)
            return self._do(said, floor_seat.hold_proxy, who.person_id, None if key == _NONE else uuid.UUID(key))

        self._ask(_("Whose written proxy does {name} hold?").format(name=who.name), among(rows), done)


def _hour(typed: str) -> Any:
    """The hour that somebody typed, 14:35 or 1435."""
    return read_line(typed).at or read_time(typed)


def _it_was(typed: str) -> str:
    at = _hour(typed)
    return "" if at is None else _("It was at {hour}").format(hour=f"{at:%H:%M}")

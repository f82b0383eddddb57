"""A meeting under way with people in the room, made through the services, for the tests of the live meeting."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from deliberation_app.services import floor_roll, meetings, meetings_agenda, people, units
from deliberation_app.services.board import Board, board
from deliberation_app.services.work import Work
from deliberation_app.storage.floor import FloorState

NAMES = ("王秀兰", "郝五", "李建国", "赵敏", "孙和睦", "钱商户", "周居务", "吴网格", "郑调解")


@dataclass(frozen=True)
class Live:
    """A meeting in session: everybody of NAMES is due, `here` of them are there."""

    work: Work
    unit: uuid.UUID
    id: uuid.UUID
    people: tuple[uuid.UUID, ...]

    def board(self) -> Board:
        """The picture of now."""
        return board(self.work, self.id)

    @property
    def entry(self) -> uuid.UUID:
        """The entry of the moment."""
        with self.work.read() as session:
            current = session.get_one(FloorState, self.id).entry_id
        assert current is not None
        return current


def register(work: Work, kind: str = "courtyard") -> tuple[uuid.UUID, tuple[uuid.UUID, ...]]:
    """A unit with nine people in its register, all full Party members."""
    unit = units.set_up(work, name="山大路194号院", kind=kind, chair_name="范例安")
    return unit, tuple(people.add(work, unit, name=name, party="full") for name in NAMES)


def call(work: Work, kind: str = "courtyard_consultation", *, unit_kind: str = "courtyard", **more: Any) -> Live:
    """A meeting that is called and not yet opened."""
    unit, keys = register(work, unit_kind)
    told = {"title": "停车议事会", "starts_at": work.clock(), "due": keys, **more}
    return Live(work, unit, meetings.call(work, unit, kind=kind, **told), keys)


def start(work: Work, kind: str = "courtyard_consultation", here: int = 7, **more: Any) -> Live:
    """A meeting in session with the first `here` of those due in the room; its notice went out a month before."""
    live = call(work, kind, **more)
    meetings.give_notice(work, live.id, at=work.clock() - timedelta(days=30))
    if here:
        floor_roll.sign_in(work, live.id, live.people[:here])
    meetings.open_meeting(work, live.id)
    return live


def give_options(live: Live, *titles: str) -> None:
    """Put options before the entry of the moment."""
    meetings_agenda.set_options(live.work, live.entry, [(None, title, "") for title in titles])

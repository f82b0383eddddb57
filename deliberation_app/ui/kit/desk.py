"""What a page is given: the work, the unit, and the few things it may ask of the window around it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from deliberation_app.settings import DISPLAY_ZONE, Settings

if TYPE_CHECKING:
    from deliberation_app.services.work import Work


@dataclass
class Desk:
    """Made once by the window; a page keeps it and asks it instead of knowing the window.

    `navigate(page, **where)` goes to a page of PAGES; `back()` returns to where one came from, focus included;
    `toast(text, undo=True)` tells what was done; `badge(page, count)` shows what waits for this person;
    `choose_unit(unit_id)` works for another unit from now on.
    """

    work: Work
    unit_id: Any
    settings: Settings
    navigate: Callable[..., None]
    toast: Callable[..., None]
    back: Callable[[], None] = lambda: None
    badge: Callable[[str, int], None] = lambda _page, _count: None
    choose_unit: Callable[[Any], None] = lambda _unit_id: None

    def now(self) -> datetime:
        """The moment, in the one civil time of the country."""
        return self.work.clock().astimezone(DISPLAY_ZONE)

    def today(self) -> date:
        """The day, in the one civil time of the country."""
        return self.now().date()

"""What tests of services share: a Work on a fresh database, a clock that is set by hand, and a small meeting."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from deliberation_app.services.work import Work, open_work
from tests.services.small import HandClock, Small, set_up_small


@pytest.fixture
def clock() -> HandClock:
    """The morning of the demonstration's today."""
    return HandClock()


@pytest.fixture
def open_another(database_url: str, clock: HandClock) -> Iterator[Callable[..., Work]]:
    """Open one more Work on the database of this test, as another program or computer would."""
    opened: list[Work] = []

    def make(**more: Any) -> Work:
        opened.append(open_work(database_url, clock=clock, **more))
        return opened[-1]

    yield make
    for one in opened:
        one.close()


@pytest.fixture
def work(open_another: Callable[..., Work]) -> Work:
    """The Work of the local user on a fresh database of either kind."""
    return open_another(user_name="王秀兰")


@pytest.fixture
def small(work: Work) -> Small:
    """A small meeting in the database of `work`."""
    return set_up_small(work)

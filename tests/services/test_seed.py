"""The made-up database: sound, the same each time, of the size asked for, and its meetings are files without fault."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from deliberation_app.domain import meeting_file as domain
from deliberation_app.errors import AppError, RuleBroken
from deliberation_app.services import meeting_file
from deliberation_app.services.check import check
from deliberation_app.services.seed import seed
from deliberation_app.services.work import Work, open_work
from deliberation_app.storage.agenda import AgendaItem
from deliberation_app.storage.floor import Statement
from deliberation_app.storage.meetings import Meeting
from deliberation_app.storage.people import Household, Unit
from deliberation_app.storage.votes import Ballot

NOW = datetime(2026, 10, 20, tzinfo=UTC)
SCALE = 0.004


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small made-up database."""
    file = tmp_path_factory.mktemp("seed") / "a.sqlite"
    told: list[tuple[int, int]] = []
    seed(file, SCALE, lambda done, whole: told.append((done, whole)))
    assert told == [(0, 2), (1, 2), (2, 2)]
    return file


@pytest.fixture
def seeded(place: Path) -> Work:
    """A Work on it."""
    return open_work(place, clock=lambda: NOW)


def test_it_is_sound_and_of_its_size(seeded: Work) -> None:
    """Households, items, meetings, statements and ballots as the scale says."""
    assert check(seeded) == ()
    with seeded.read() as session:
        counts = [session.scalar(select(func.count()).select_from(record))
                  for record in (Household, AgendaItem, Meeting, Statement, Ballot)]  # fmt: skip
    assert counts == [400, 400, 80, 2400, 1600]
    seeded.close()


def test_its_meetings_are_meeting_files(seeded: Work) -> None:
    """Each can be carried to another laptop."""
    with seeded.read() as session:
        keys = list(session.scalars(select(Meeting.id)))
    for key in keys[::20]:
        found = domain.examine(meeting_file.export(seeded, key))
        assert found.faults == ()
    seeded.close()


def test_it_goes_into_an_empty_database_only(seeded: Work, place: Path) -> None:
    """And is taken back as a whole or not at all."""
    with pytest.raises(AppError, match="not empty"):
        seed(place, SCALE)
    with pytest.raises(RuleBroken):
        seeded.undo()
    seeded.close()


def test_the_same_scale_makes_the_same(place: Path, tmp_path: Path) -> None:
    """So that two measurements are of the same thing."""
    seed(tmp_path / "b.sqlite", SCALE)
    dumps = []
    for file in (place, tmp_path / "b.sqlite"):
        work = open_work(file, clock=lambda: NOW)
        with work.read() as session:
            queries = [select(record.__table__).order_by(record.id) for record in (Unit, Statement)]
            dumps.append([list(session.execute(query)) for query in queries])
        work.close()
    assert dumps[0] == dumps[1]

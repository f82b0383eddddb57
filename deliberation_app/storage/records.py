"""Every table of the database, gathered in one place for those who must know them all."""

from __future__ import annotations

from deliberation_app.storage import (
    accounts,
    agenda,
    archive,
    evaluation,
    floor,
    meetings,
    minutes,
    notices,
    people,
    search,
    tasks,
    voices,
    votes,
)
from deliberation_app.storage.base import Kept, Record

MODULES = (
    accounts, agenda, archive, evaluation, floor, meetings, minutes, notices, people, search, tasks, votes, voices,
)  # fmt: skip

TABLES: dict[str, type[Record]] = {mapper.class_.__tablename__: mapper.class_ for mapper in Record.registry.mappers}
# The tables of the work, which the log of acts covers; the log's own tables are not among them.
KEPT: dict[str, type[Kept]] = {name: record for name, record in TABLES.items() if issubclass(record, Kept)}

"""The index of search: a line for each row that can be found, and its words in the form of each database."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from sqlalchemy import Connection, Index, Integer, Text, Uuid, bindparam, delete, func, insert, select, text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from deliberation_app.domain import search as words
from deliberation_app.storage.base import Record

# SQLite: a table of FTS5 beside search_entry, which holds the words; PostgreSQL: the words are a tsvector.
FTS = "search_words"
MAKE_FTS = f"CREATE VIRTUAL TABLE {FTS} USING fts5(words, content='search_entry', content_rowid='id', tokenize='ascii')"


class SearchEntry(Record):
    """One row that can be found; made from it, never a source."""

    __tablename__ = "search_entry"
    part = "search"
    stays_here = True

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    what: Mapped[str]
    row_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    words: Mapped[str] = mapped_column(Text().with_variant(TSVECTOR(), "postgresql"))

    __table_args__ = (
        Index("ix_search_entry_row", "row_id", "what", unique=True),
        Index("ix_search_entry_words", "words", postgresql_using="gin").ddl_if(dialect="postgresql"),
    )


_TABLE = SearchEntry.__table__
_WHERE = (_TABLE.c.row_id == bindparam("was_id"), _TABLE.c.what == bindparam("was_what"))
_KNOWN = select(_TABLE.c.id, _TABLE.c.what, _TABLE.c.row_id, _TABLE.c.words).where(
    _TABLE.c.row_id.in_(bindparam("keys", expanding=True))
)
_BATCH = 500

# (what, id of the row, unit, text); a text of None takes the row out.
Line = tuple[str, uuid.UUID, uuid.UUID | None, str | None]


def write(connection: Connection, lines: Sequence[Line]) -> None:
    """Bring the index to these lines."""
    for start in range(0, len(lines), _BATCH):
        some = lines[start : start + _BATCH]
        sqlite = connection.dialect.name == "sqlite"
        _take_out(connection, some, sqlite)
        fresh = [
            {"what": what, "row_id": key, "words": words.words_of(what, unit, told)}
            for what, key, unit, told in some
            if told
        ]
        if fresh and sqlite:
            _put_in(connection, fresh)
        elif fresh:
            told = func.to_tsvector("simple", bindparam("words", type_=Text))
            connection.execute(insert(_TABLE).values(words=told), fresh)


def _take_out(connection: Connection, some: Sequence[Line], sqlite: bool) -> None:
    keys = {(key, what) for what, key, _, _ in some}
    found = connection.execute(_KNOWN, {"keys": [key for key, _ in keys]})
    known = [row for row in found if (row.row_id, row.what) in keys]
    if known and sqlite:
        gone = text(f"INSERT INTO {FTS} ({FTS}, rowid, words) VALUES ('delete', :id, :words)")
        connection.execute(gone, [{"id": row.id, "words": row.words} for row in known])
    if known:
        connection.execute(delete(_TABLE).where(_TABLE.c.id.in_([row.id for row in known])))


def _put_in(connection: Connection, fresh: list[dict[str, object]]) -> None:
    highest = connection.scalar(select(func.max(_TABLE.c.id))) or 0
    for place, row in enumerate(fresh, start=highest + 1):
        row["id"] = place
    connection.execute(insert(_TABLE), fresh)
    connection.execute(text(f"INSERT INTO {FTS} (rowid, words) VALUES (:id, :words)"), fresh)


# Made once, since to make them takes longer than to ask them.
_IN_FTS = text(
    f"SELECT e.what, e.row_id FROM {FTS} f JOIN search_entry e ON e.id = f.rowid "
    f"WHERE {FTS} MATCH :asked ORDER BY f.rowid DESC LIMIT :most"
).columns(what=Text, row_id=Uuid)
_IN_VECTOR = (
    select(_TABLE.c.what, _TABLE.c.row_id)
    .where(
        _TABLE.c.words.op("@@")(
            func.phraseto_tsquery("simple", bindparam("phrase", type_=Text)).op("&&")(
                func.to_tsquery("simple", bindparam("scope", type_=Text))
            )
        )
    )
    .order_by(_TABLE.c.id.desc())
    .limit(bindparam("most"))
)


def found(
    connection: Connection, typed: str, unit_id: uuid.UUID, limit: int, what: str = ""
) -> list[tuple[str, uuid.UUID]]:
    """The rows (of one sort, else of all) whose text holds what was typed, those written last first."""
    phrase, scope = words.spaced(words.folded(typed)), words.scope(unit_id, what)
    if connection.dialect.name == "sqlite":
        asked = " AND ".join((*scope, f'"{phrase}"'))
        rows = connection.execute(_IN_FTS, {"asked": asked, "most": limit})
    else:
        rows = connection.execute(_IN_VECTOR, {"phrase": phrase, "scope": " & ".join(scope), "most": limit})
    return [(row[0], row[1]) for row in rows]

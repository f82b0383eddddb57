"""The index of search: a line for each row that can be found, and its words in the form of each database."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from sqlalchemy import Connection, Index, Integer, Text, Uuid, bindparam, delete, func, insert, select, text
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import UserDefinedType

from deliberation_app.domain import search as words
from deliberation_app.domain.search_sounds import Phrase, phrases
from deliberation_app.storage.base import Record
from deliberation_app.storage.statements import ByKeys, Prepared, Wire

# SQLite: a table of FTS5 beside search_entry, which holds the words; PostgreSQL: the words are a tsvector.
FTS = "search_words"
MAKE_FTS = f"CREATE VIRTUAL TABLE {FTS} USING fts5(words, content='search_entry', content_rowid='id', tokenize='ascii')"


class TextVector(UserDefinedType[str]):
    """PostgreSQL's tsvector; SQLAlchemy's own would load that whole dialect at every start."""

    cache_ok = True

    def get_col_spec(self, **_options: object) -> str:
        """The type's name."""
        return "TSVECTOR"


class SearchEntry(Record):
    """One row that can be found; made from it, never a source."""

    __tablename__ = "search_entry"
    part = "search"
    stays_here = True

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    what: Mapped[str]
    row_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    words: Mapped[str] = mapped_column(Text().with_variant(TextVector(), "postgresql"))

    # PostgreSQL's index of the words is known to the database step only: naming it here would load that dialect, too.
    __table_args__ = (Index("ix_search_entry_row", "row_id", "what", unique=True),)


_TABLE = SearchEntry.__table__
_KNOWN = ByKeys(select(_TABLE.c.id, _TABLE.c.what, _TABLE.c.row_id, _TABLE.c.words), _TABLE.c.row_id)
# Made once, since to make them takes longer than to carry them out.
_HIGHEST, _ADD = Prepared(select(func.max(_TABLE.c.id))), Prepared(insert(_TABLE), _TABLE.c.keys())
_REMOVE = Prepared(delete(_TABLE).where(_TABLE.c.id == bindparam("was_id")))
_ADD_WORDS = Prepared(text(f"INSERT INTO {FTS} (rowid, words) VALUES (:id, :words)"))
_REMOVE_WORDS = Prepared(text(f"INSERT INTO {FTS} ({FTS}, rowid, words) VALUES ('delete', :id, :words)"))
_ADD_VECTOR = Prepared(
    text(
        "INSERT INTO search_entry (what, row_id, words) VALUES (:what, :row_id, to_tsvector('simple', :words))"
    ).bindparams(bindparam("row_id", type_=Uuid))
)
_BATCH = 500

# (what, id of the row, unit, text); a text of None takes the row out.
Line = tuple[str, uuid.UUID, uuid.UUID | None, str | None]


def write(wire: Wire, lines: Sequence[Line]) -> None:
    """Bring the index to these lines."""
    for start in range(0, len(lines), _BATCH):
        some = lines[start : start + _BATCH]
        sqlite = wire.dialect.name == "sqlite"
        _take_out(wire, some, sqlite)
        fresh = [
            {"what": what, "row_id": key, "words": words.words_of(what, unit, told)}
            for what, key, unit, told in some
            if told
        ]
        if fresh and sqlite:
            _put_in(wire, fresh)
        elif fresh:
            _ADD_VECTOR.run_many(wire, fresh)


def _take_out(wire: Wire, some: Sequence[Line], sqlite: bool) -> None:
    lines = {(key, what) for what, key, _, _ in some}
    found = _KNOWN.rows(wire, {key for key, _ in lines})
    known = [(place, said) for place, what, key, said in found if (key, what) in lines]
    if sqlite:
        _REMOVE_WORDS.run_many(wire, [{"id": place, "words": said} for place, said in known])
    _REMOVE.run_many(wire, [{"was_id": place} for place, _ in known])


def _put_in(wire: Wire, fresh: list[dict[str, object]]) -> None:
    highest = _HIGHEST.value(wire, {}) or 0
    for place, row in enumerate(fresh, start=highest + 1):
        row["id"] = place
    _ADD.run_many(wire, fresh)
    _ADD_WORDS.run_many(wire, fresh)


# Made once, since to make them takes longer than to ask them.
_IN_FTS = text(
    f"SELECT e.what, e.row_id FROM {FTS} f JOIN search_entry e ON e.id = f.rowid "
    f"WHERE {FTS} MATCH :asked ORDER BY f.rowid DESC LIMIT :most"
).columns(what=Text, row_id=Uuid)
_BY_WORDS = "SELECT what, row_id FROM search_entry WHERE words @@ {} ORDER BY id DESC LIMIT :most"
_SCOPED = "to_tsquery('simple', :scope)"
_IN_VECTOR = text(_BY_WORDS.format(f"(phraseto_tsquery('simple', :phrase) && {_SCOPED})")).columns(
    what=Text, row_id=Uuid
)
_SOUNDING = text(_BY_WORDS.format(_SCOPED)).columns(what=Text, row_id=Uuid)


def found(
    connection: Connection, typed: str, unit_id: uuid.UUID, limit: int, what: str = ""
) -> list[tuple[str, uuid.UUID]]:
    """The rows (of one sort, else of all) whose text holds what was typed, those written last first."""
    phrase, scope = words.spaced(words.folded(typed)), words.scope(unit_id, what)
    if connection.dialect.name == "sqlite":
        return _in_fts(connection, " AND ".join((*scope, f'"{phrase}"')), limit)
    rows = connection.execute(_IN_VECTOR, {"phrase": phrase, "scope": " & ".join(scope), "most": limit})
    return [(row[0], row[1]) for row in rows]


def sounding(
    connection: Connection, typed: str, unit_id: uuid.UUID, limit: int, what: str = ""
) -> list[tuple[str, uuid.UUID]]:
    """The same where somebody typed pinyin: rows whose text is read so from one of its characters on (ld, ludeng)."""
    asked, scope = phrases(typed), words.scope(unit_id, what)
    if not asked:
        return []
    if connection.dialect.name == "sqlite":
        either = " OR ".join(f'"{" ".join(some)}"{"*" if open_ended else ""}' for some, open_ended in asked)
        return _in_fts(connection, " AND ".join((*scope, f"({either})")), limit)
    either = " | ".join(map(_in_tsquery, asked))
    rows = connection.execute(_SOUNDING, {"scope": " & ".join((*scope, f"({either})")), "most": limit})
    return [(row[0], row[1]) for row in rows]


def _in_tsquery(phrase: Phrase) -> str:
    some, open_ended = phrase
    return f"({' <-> '.join(some)}{':*' if open_ended else ''})"


def _in_fts(connection: Connection, asked: str, limit: int) -> list[tuple[str, uuid.UUID]]:
    return [(row[0], row[1]) for row in connection.execute(_IN_FTS, {"asked": asked, "most": limit})]

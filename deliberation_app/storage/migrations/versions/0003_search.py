"""The index of search, made from the rows that are there."""

from __future__ import annotations

import uuid

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from deliberation_app.domain.search import words_of

revision = "0003"
down_revision = "0002"

_FOUND = (
    ("item", "SELECT id, unit_id, title, background, number FROM item"),
    ("meeting", "SELECT id, unit_id, title, number, place FROM meeting"),
    (
        "statement",
        "SELECT s.id, m.unit_id, s.text FROM statement s JOIN agenda_entry e ON e.id = s.entry_id "
        "JOIN meeting m ON m.id = e.meeting_id",
    ),
    (
        "agenda_entry",
        "SELECT e.id, m.unit_id, e.title, e.resolution FROM agenda_entry e JOIN meeting m ON m.id = e.meeting_id",
    ),
    ("task", "SELECT t.id, i.unit_id, t.title FROM task t JOIN item i ON i.id = t.item_id"),
    ("publication", "SELECT p.id, i.unit_id, p.text FROM publication p JOIN item i ON i.id = p.item_id"),
    # Papers and enclosures came with the step before: a database that is older has none.
    ("voice", "SELECT id, unit_id, text, number FROM voice"),
)
_BATCH = 500


def upgrade() -> None:
    """Make the tables and write what can be found."""
    words = sa.Text().with_variant(postgresql.TSVECTOR(), "postgresql")
    table = op.create_table(
        "search_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("row_id", sa.Uuid(), nullable=False),
        sa.Column("words", words, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_entry")),
    )
    op.create_index("ix_search_entry_row", "search_entry", ["row_id", "what"], unique=True)
    sqlite = op.get_context().dialect.name == "sqlite"
    if sqlite:
        op.execute(
            "CREATE VIRTUAL TABLE search_words USING fts5(words, content='search_entry', content_rowid='id', "
            "tokenize='ascii')"
        )
    else:
        op.create_index("ix_search_entry_words", "search_entry", ["words"], postgresql_using="gin")
    _fill(op.get_bind(), table, sqlite)


def _fill(connection: sa.Connection, table: sa.Table, sqlite: bool) -> None:
    told: object = sa.bindparam("words", type_=sa.Text)
    if not sqlite:
        told = sa.func.to_tsvector("simple", told)
    put_in = sa.insert(table).values(words=told)
    for what, query in _FOUND:
        rows = connection.execute(sa.text(query).columns(id=sa.Uuid, unit_id=sa.Uuid)).all()
        lines = [_line(what, row[0], row[1], row[2:]) for row in rows]
        for start in range(0, len(lines), _BATCH):
            connection.execute(put_in, lines[start : start + _BATCH])
    if sqlite:
        connection.execute(sa.text("INSERT INTO search_words (search_words) VALUES ('rebuild')"))


def _line(what: str, key: uuid.UUID, unit: uuid.UUID, texts: tuple[str | None, ...]) -> dict[str, object]:
    text = "\n".join(part for part in texts if part)
    return {"what": what, "row_id": key, "words": words_of(what, unit, text)}

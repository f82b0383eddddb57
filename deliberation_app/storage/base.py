"""What all records share: ids, times, version counters, and which of their columns leave the laptop."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from functools import lru_cache
from typing import Annotated, Any, ClassVar

import uuid_utils.compat
from sqlalchemy import JSON, BigInteger, DateTime, Dialect, ForeignKey, MetaData, String, Table, Uuid
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column
from sqlalchemy.types import TypeDecorator

_DERIVED = uuid.UUID("6a2f7c0e-7f55-5c1e-9d0a-2b1f6d2c9a41")


def new_id() -> uuid.UUID:
    """A fresh UUIDv7; nothing is ordered by it."""
    return uuid_utils.compat.uuid7()


@lru_cache(maxsize=1024)
def id_of(written: str) -> uuid.UUID:
    """The id that is written so: the same thing for the same letters, so that tables find it at the first look."""
    return uuid.UUID(written)


@lru_cache(maxsize=4096, typed=True)
def derived_id(*parts: object) -> uuid.UUID:
    """The same id for the same parts, for rows that the meeting file knows by their place and not by an id."""
    return uuid.uuid5(_DERIVED, "/".join(str(part) for part in parts))


class UtcTime(TypeDecorator[datetime]):
    """An instant: goes in with an offset, lies in the table as UTC, comes out as UTC."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a time without offset: it would mean another instant on another computer."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a time without offset: {value}")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Say that what lies there is UTC."""
        return None if value is None else value.replace(tzinfo=UTC)


def utc_text(value: datetime | None) -> str | None:
    """An instant as UtcTime has it written to a file."""
    if value is None:
        return None
    if value.tzinfo is None:
        raise ValueError(f"a time without offset: {value}")
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")


def utc_of(written: str | None) -> datetime | None:
    """An instant as UtcTime reads it from a file."""
    return None if written is None else datetime.fromisoformat(written).replace(tzinfo=UTC)


def id_text(value: uuid.UUID | None) -> str | None:
    """An id as it is written to a file."""
    return None if value is None else value.hex


# Text that lists are paged by: the same order on SQLite and PostgreSQL.
paged_text = String().with_variant(String(collation="C"), "postgresql")

Fact = Annotated[str | None, mapped_column(default=None)]
Big = Annotated[int | None, mapped_column(BigInteger, default=None)]


def local(**more: Any) -> dict[str, Any]:
    """Column info: this column never goes into a meeting file, so changing it is no new revision."""
    return {"local": True, **more}


def reference(
    target: str,
    *,
    index: bool = False,
    nullable: bool = False,
    cycle: bool = False,
    info: dict[str, Any] | None = None,
) -> Any:
    """A foreign key column; checked at commit, so that rows can be put back in any order.

    `cycle` marks the one key of a circle of tables that can only be added when both tables stand.
    """
    key = ForeignKey(target, deferrable=True, initially="DEFERRED", use_alter=cycle)
    return mapped_column(Uuid, key, index=index, nullable=nullable, info=info or {})


class Record(DeclarativeBase):
    """A row of the database: one class a table, and no twin elsewhere."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UtcTime,
        uuid.UUID: Uuid,
        list[Any]: JSON(none_as_null=True),
        dict[str, Any]: JSON(none_as_null=True),
    }
    __table__: ClassVar[Table]  # no record is made of a join
    # Which part of product.md is told when a row of this table changes.
    part: ClassVar[str]
    # The whole table stays on this laptop: no meeting file has a place for it.
    stays_here: ClassVar[bool] = False

    def __init__(self, **values: Any) -> None:
        """Take the values of its columns; of a new row nobody asks which of them were other before."""
        for name in values:
            if name not in self.__table__.columns:
                raise TypeError(f"{type(self).__name__} has no column {name}")
        vars(self).update(values)


class Kept(Record):
    """A record of the work: it has an id of its own and a counter of its changes."""

    __abstract__ = True

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id, sort_order=-2)
    version: Mapped[int] = mapped_column(default=1, info=local(), sort_order=-1)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:
        """Two people on one server never overwrite each other silently: an update names the version it read."""
        return {"version_id_col": cls.version}

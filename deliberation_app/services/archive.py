"""The files of meetings and items: what is there and what is missing, told line by line; ticks, reasons, periods."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import func, or_, select, tuple_
from sqlalchemy.orm import Session

from deliberation_app.domain import archive_needs as law
from deliberation_app.domain import calendar
from deliberation_app.domain.archive import FOREVER, PAPERS, TEN, THIRTY
from deliberation_app.domain.archive_needs import FileNeed, Order
from deliberation_app.domain.minutes_check import Level
from deliberation_app.errors import N_, NotFound, RuleBroken
from deliberation_app.services.act import Act
from deliberation_app.services.archive_evidence import Evidence, Piece, of_meetings
from deliberation_app.services.archive_items import of_items
from deliberation_app.services.work import Work
from deliberation_app.storage.agenda import AgendaItem
from deliberation_app.storage.archive import FileNote
from deliberation_app.storage.base import new_id
from deliberation_app.storage.meetings import Meeting
from deliberation_app.storage.people import Unit

About = Literal["meeting", "item"]
State = Literal["there", "excused", "missing"]
PERIODS = (FOREVER, THIRTY, TEN)
_PERIOD = re.compile(r"永久|[1-9]\d?年")
_READ = 100


@dataclass(frozen=True, kw_only=True)
class FileLine:
    """One paper of a file; `level` is empty for what lies there without being asked for."""

    paper: str
    level: Level | Literal[""]
    state: State
    pieces: tuple[Piece, ...]
    keep: str
    verify: bool
    reason: str = ""
    printed: bool = False  # printed here, but the signed paper has not come back

    @property
    def colour(self) -> str:
        """red, amber or green."""
        return self.level or "green" if self.state == "missing" else "green"


@dataclass(frozen=True, kw_only=True)
class FileView:
    """One file: whose it is, and its lines in the order in which things happened."""

    about: About
    id: uuid.UUID
    unit_id: uuid.UUID
    title: str
    number: str
    kind: str  # of a meeting, else the stage of the item
    at: datetime
    lines: tuple[FileLine, ...]
    filed: str = ""  # 归档号 of an item's file

    @property
    def red(self) -> int:
        """So many papers block."""
        return sum(line.colour == "red" for line in self.lines)

    @property
    def amber(self) -> int:
        """So many want a reason."""
        return sum(line.colour == "amber" for line in self.lines)

    @property
    def there(self) -> int:
        """So many of those asked for are there or excused."""
        return sum(line.colour == "green" and bool(line.level) for line in self.lines)

    @property
    def asked(self) -> int:
        """So many are asked for."""
        return sum(bool(line.level) for line in self.lines)

    @property
    def colour(self) -> str:
        """red, amber or green."""
        return "red" if self.red else "amber" if self.amber else "green"

    def ordered(self, order: Order) -> tuple[FileLine, ...]:
        """The lines as they happened, or with the conclusion first."""
        return tuple(sorted(self.lines, key=lambda line: law.place(line.paper, order)))


@dataclass(frozen=True)
class Page:
    """One page of files; `next` goes into `after` for the following page, None at the end."""

    rows: tuple[FileView, ...]
    next: tuple[datetime, uuid.UUID] | None


def page(
    work: Work,
    unit_id: uuid.UUID,
    about: About,
    *,
    year: int | None = None,
    kind: str = "",
    incomplete: bool = False,
    after: tuple[datetime, uuid.UUID] | None = None,
    limit: int = 50,
) -> Page:
    """A page of files, the latest first; `incomplete` leaves out those in which nothing is missing."""
    rows: list[FileView] = []
    with work.read() as session:
        while True:
            found = _read(session, work.clock(), unit_id, about, year, kind, after, _READ if incomplete else limit + 1)
            for view in found:
                if incomplete and view.colour == "green":
                    after = (view.at, view.id)
                    continue
                if len(rows) == limit:
                    last = rows[-1]
                    return Page(tuple(rows), (last.at, last.id))
                rows.append(view)
                after = (view.at, view.id)
            if not incomplete or len(found) < _READ:
                return Page(tuple(rows), None)


def _read(
    session: Session, now: datetime, unit_id: uuid.UUID, about: About, year: int | None, kind: str,
    after: tuple[datetime, uuid.UUID] | None, limit: int,
) -> list[FileView]:  # fmt: skip
    table: Any = Meeting if about == "meeting" else AgendaItem
    day: Any = Meeting.starts_at if about == "meeting" else func.coalesce(AgendaItem.entered_at, AgendaItem.raised_at)
    query = select(table).where(table.unit_id == unit_id, day.is_not(None))
    if about == "meeting":
        query = query.where(Meeting.cancelled_at.is_(None), Meeting.starts_at <= now)
        query = query.where(Meeting.kind == kind) if kind else query
    else:
        query = query.where(or_(AgendaItem.state.is_(None), AgendaItem.state != "merged"))
        query = query.where(AgendaItem.stage == kind) if kind else query
    if year is not None:
        first, last = (calendar.instant(date(one, 1, 1)) for one in (year, year + 1))
        query = query.where(day >= first, day < last)
    if after is not None:
        query = query.where(tuple_(day, table.id) < after)
    rows = list(session.scalars(query.order_by(day.desc(), table.id.desc()).limit(limit)))
    return views(session, about, rows)


def years(work: Work, unit_id: uuid.UUID) -> list[int]:
    """The years of which there are files, the latest first."""
    with work.read() as session:
        spans = [
            session.execute(select(func.min(day), func.max(day)).where(owner == unit_id, day <= work.clock())).one()
            for day, owner in ((Meeting.starts_at, Meeting.unit_id), (AgendaItem.raised_at, AgendaItem.unit_id))
        ]
    known = [calendar.day_of(day).year for span in spans for day in span if day is not None]
    return list(range(max(known), min(known) - 1, -1)) if known else []


def views(session: Session, about: About, rows: Sequence[Any]) -> list[FileView]:
    """The files of these meetings or items, in a handful of questions however many they are."""
    if not rows:
        return []
    keeps = kept(session, rows[0].unit_id)
    if about == "meeting":
        evidence = of_meetings(session, [row.id for row in rows])
        return [
            _view("meeting", row, row.number, row.kind, row.opened_at or row.starts_at, evidence[row.id],
                  law.needs_of_meeting(row.kind, evidence[row.id].traits), keeps)
            for row in rows
        ]  # fmt: skip
    evidence = of_items(session, rows)
    return [
        _view("item", row, row.number, row.stage, row.entered_at or row.raised_at, evidence[row.id],
              law.needs_of_item(row.stage, evidence[row.id].traits), keeps)
        for row in rows
    ]  # fmt: skip


def _view(
    about: About, row: Any, number: str | None, kind: str, at: datetime, evidence: Evidence,
    needs: Sequence[FileNeed], keeps: Mapping[str, str],
) -> FileView:  # fmt: skip
    by_paper: dict[str, list[Piece]] = {}
    for piece in evidence.pieces:
        by_paper.setdefault(piece.paper, []).append(piece)
    lines = [_line(need, by_paper.pop(need.paper, []), evidence, keeps) for need in needs]
    lines += [
        FileLine(paper=paper, level="", state="there", pieces=tuple(pieces), **_keep(paper, keeps))
        for paper, pieces in by_paper.items()
    ]
    lines.sort(key=lambda line: law.place(line.paper))
    return FileView(
        about=about, id=row.id, unit_id=row.unit_id, title=row.title, number=number or "", kind=kind, at=at,
        lines=tuple(lines), filed=(row.archive_number or "") if about == "item" else "",
    )  # fmt: skip


def _line(need: FileNeed, pieces: Sequence[Piece], evidence: Evidence, keeps: Mapping[str, str]) -> FileLine:
    proven = any(piece.way in need.proofs for piece in pieces)
    note = evidence.notes.get((need.paper, "reason"))
    excused = not proven and need.level == "amber" and note is not None
    return FileLine(
        paper=need.paper, level=need.level, state="there" if proven else "excused" if excused else "missing",
        pieces=tuple(pieces), reason=(note.text or "") if note is not None else "",
        printed=not proven and any(piece.way == "printed" for piece in pieces), **_keep(need.paper, keeps),
    )  # fmt: skip


def _keep(paper: str, keeps: Mapping[str, str]) -> dict[str, Any]:
    keep = law.keep_of(paper)
    return {"keep": keeps.get(paper, keep.period), "verify": keep.verify and paper not in keeps}


def file(work: Work, about: About, key: uuid.UUID) -> FileView:
    """One file; NotFound where there is none."""
    with work.read() as session:
        return file_of(session, about, key)


def file_of(session: Session, about: About, key: uuid.UUID) -> FileView:
    """The same within a session under way."""
    return views(session, about, [_owner(session, about, key)])[0]


def _owner(session: Session, about: About, key: uuid.UUID) -> Any:
    found: Any = session.get(Meeting if about == "meeting" else AgendaItem, key)
    if found is None:
        raise NotFound(N_("What this file belongs to is not there any more. Nothing was changed."))
    return found


# What people say of a line


def tick(
    work: Work, about: About, key: uuid.UUID, paper: str, *, there: bool, text: str = "", pages: int | None = None
) -> None:
    """在纸质卷里: say that a paper lies in the paper file, with its pages and where; or that it does not."""
    if pages is not None and not 1 <= pages <= 9999:
        raise RuleBroken(N_("The number of pages lies between 1 and 9999. Nothing was changed."))
    with work.act("archive.tick") as act:
        _note(act, work.user_name, about, key, paper, "on_paper", text.strip() if there else None, pages)


def excuse(work: Work, about: About, key: uuid.UUID, paper: str, reason: str) -> None:
    """Say why a paper is missing that may be; an empty reason takes it back. What blocks has no excuse."""
    line = next((one for one in file(work, about, key).lines if one.paper == paper), None)
    if line is None or not line.level:
        raise NotFound(N_("This paper is not asked for in this file."))
    if line.level == "red" and reason.strip():
        raise RuleBroken(N_("This paper must be in the file; no reason takes its place. Nothing was changed."))
    with work.act("archive.excuse") as act:
        _note(act, work.user_name, about, key, paper, "reason", reason.strip() or None)


def _note(
    act: Act, by: str, about: About, key: uuid.UUID, paper: str, way: str, text: str | None, pages: int | None = None
) -> None:
    """One note a line and way; None takes it away."""
    owner = _owner(act, about, key)
    query = select(FileNote).where(
        FileNote.about == about, FileNote.about_id == key, FileNote.need == paper, FileNote.way == way
    )
    known = act.scalars(query).first()
    if text is None:
        if known is not None:
            act.delete(known)
        return
    if known is None:
        known = FileNote(
            id=new_id(), unit_id=owner.unit_id, about=about, about_id=key, need=paper, way=way, noted_at=act.now,
        )  # fmt: skip
        act.add(known)
    known.text, known.pages = text or None, pages
    known.noted_at, known.noted_by = act.now, by or None


# How long


def kept(session: Session, unit_id: uuid.UUID) -> Mapping[str, str]:
    """The periods that a unit has set itself."""
    unit = session.get(Unit, unit_id)
    told: Mapping[str, str] = ((unit.settings if unit is not None else None) or {}).get("keep") or {}
    return told


def periods(work: Work, unit_id: uuid.UUID) -> list[tuple[str, str, bool]]:
    """Every paper with its period as it is in force here, and whether the unit may set another one."""
    with work.read() as session:
        own = kept(session, unit_id)
    known = [*PAPERS, *law.OTHERS]
    return [(paper, own.get(paper, law.keep_of(paper).period), law.keep_of(paper).verify) for paper in known]


def set_period(work: Work, unit_id: uuid.UUID, paper: str, period: str) -> None:
    """Keep a paper another time than the table says, where the table is practice; empty goes back to the table."""
    told = period.strip()
    if not law.keep_of(paper).verify:
        raise RuleBroken(N_("The rules name this period themselves; it is not set here. Nothing was changed."))
    if told and not _PERIOD.fullmatch(told):
        raise RuleBroken(N_("“{period}” is no period. Write 永久, 30年 or 10年. Nothing was changed."), period=told)
    with work.act("settings.edit") as act:
        unit = act.get(Unit, unit_id)
        if unit is None:
            raise NotFound(N_("This unit is not here; choose another one."))
        own = {name: value for name, value in kept(act, unit_id).items() if name != paper}
        if told and told != law.keep_of(paper).period:
            own[paper] = told
        unit.settings = {**(unit.settings or {}), "keep": own}

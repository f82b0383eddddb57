"""Every paper of a meeting: what it is about, what it still lacks, whether it was printed, signed or filed."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from deliberation_app.domain.archive import EVIDENCE_ORDER, PAPERS, Paper, Phase, copies_of
from deliberation_app.domain.meetings import KINDS
from deliberation_app.domain.minutes_words import PAPER_METHODS
from deliberation_app.domain.votes import RULES
from deliberation_app.errors import AppError, NotFound
from deliberation_app.papers.document import Document, content_sha256
from deliberation_app.services import papers, papers_lack, papers_made
from deliberation_app.services.meetings import find
from deliberation_app.services.papers import Source
from deliberation_app.services.papers_asked import Asked
from deliberation_app.services.papers_table import COMPOSERS
from deliberation_app.services.work import Work
from deliberation_app.storage.archive import Enclosure, PrintedPaper
from deliberation_app.storage.meetings import Meeting


@dataclass(frozen=True)
class PaperRow:
    """One paper; `state` is lacking, ready, printed, changed, signed or filed.

    `there`: it can be printed, whatever it lacks. `form`: it can be had empty, to be filled in by hand.
    """

    asked: Asked
    subject: str
    phase: Phase
    state: str
    there: bool
    form: bool
    copies: int
    lacks: tuple[AppError, ...] = ()
    printed_at: datetime | None = None
    scans: int = 0

    @property
    def key(self) -> str:
        """What tells it from the other papers of the meeting."""
        return "/".join(f"{name}={value}" for name, value in self.asked.told().items())

    @property
    def paper(self) -> Paper:
        """What PAPERS says of it."""
        return PAPERS[self.asked.paper]


@dataclass(frozen=True)
class PapersView:
    """The papers of a meeting in the order of its file."""

    meeting: Meeting
    rows: tuple[PaperRow, ...]

    @property
    def printable(self) -> tuple[PaperRow, ...]:
        """Those that can be printed now."""
        return tuple(row for row in self.rows if row.there)


@dataclass(frozen=True)
class _Seen:
    """What is read once for all papers of a meeting."""

    session: Session
    meeting: Meeting
    source: Source
    people: int
    prints: Sequence[PrintedPaper]
    scans: Sequence[tuple[str, uuid.UUID]]
    forms: frozenset[str]

    def printed(self, contents: frozenset[str]) -> datetime | None:
        """When all of these contents had been printed; None while one is missing."""
        known = {row.content_sha256: row.printed_at for row in self.prints}
        return max(known[one] for one in contents) if contents and contents <= known.keys() else None

    def once(self, asked: Asked) -> bool:
        """Whether this question was printed with any content."""
        told = {name: value for name, value in asked.told().items() if name != "posted"}
        return any(
            told.items() >= {name: value for name, value in row.asked.items() if name != "posted"}.items()
            for row in self.prints
            if row.paper == asked.paper
        )


def listed(work: Work, meeting_id: uuid.UUID) -> PapersView:
    """Compose every paper of a meeting to see how it stands; it takes a while, so ask beside the window."""
    with work.read() as session:
        seen = _seen(session, meeting_id)
        rows = [_row(seen, asked, subject) for asked, subject in _asked(seen)]
        wanted = KINDS[seen.meeting.kind].papers
        return PapersView(seen.meeting, tuple(row for row in rows if row.there or row.asked.paper in wanted))


def standing(work: Work, asked: Asked) -> PaperRow | None:
    """How one paper of a meeting stands, whichever copy of it is asked for; None for what is about no meeting."""
    if asked.meeting is None:
        return None
    plain = replace(asked, posted=False, empty=False)
    with work.read() as session:
        seen = _seen(session, asked.meeting)
        subjects = {one: subject for one, subject in _asked(seen) if one == plain}
        return _row(seen, plain, subjects.get(plain, ""))


def _seen(session: Session, meeting_id: uuid.UUID) -> _Seen:
    meeting, source = find(session, meeting_id), papers.source(session, meeting_id)
    items = [uuid.UUID(one["id"]) for one in source.told.get("items", ())]
    due = sum(1 for one in source.told["meeting"].get("attendance", ()) if one["capacity"] == "voting")
    mine = or_(PrintedPaper.meeting_id == meeting_id, PrintedPaper.item_id.in_(items))
    prints = session.scalars(select(PrintedPaper).where(mine)).all()
    scans = session.execute(select(Enclosure.paper, Enclosure.about_id).where(Enclosure.removed_at.is_(None)))
    forms_there = frozenset(asked.paper for asked in _empty_forms(session, meeting=meeting_id))
    filed = [(paper, about) for paper, about in scans]
    return _Seen(session, meeting, source, due, prints, filed, forms_there)


def _asked(seen: _Seen) -> Iterator[tuple[Asked, str]]:
    """Each paper with what it is about, in the order of the file; one without anything to be about stands once."""
    for paper in EVIDENCE_ORDER:
        if paper in COMPOSERS:
            whole = Asked(paper=paper, meeting=seen.meeting.id)
            yield from _ABOUT[PAPERS[paper].about](seen, whole)


def _about_votes(seen: _Seen, whole: Asked) -> list[tuple[Asked, str]]:
    found = [vote for entry in seen.source.told["meeting"].get("agenda", ()) for vote in entry.get("votes", ())]
    by_flat = any(RULES[vote["rule"]].by_area for vote in found)
    # One paper a flat holds every question of an owners' vote, and one proxy is for all votes of a meeting.
    if not found or whole.paper == "proxy_form" or (whole.paper == "ballot" and by_flat):
        return [(whole, "")]
    wanted = _VOTES_OF.get(whole.paper)
    found = [vote for vote in found if wanted is None or wanted(vote)]
    return [(replace(whole, vote=uuid.UUID(vote["id"])), vote["motion"]) for vote in found]


# Which votes have such a paper at all.
_VOTES_OF: Mapping[str, Callable[[Mapping[str, Any]], bool]] = {
    "ballot": lambda vote: vote["method"] in PAPER_METHODS,
    "resolution": lambda vote: bool(RULES[vote["rule"]].legal_force),
    "written_opinion_form": lambda vote: bool(RULES[vote["rule"]].written_opinions),
}


def _about_items(seen: _Seen, whole: Asked) -> list[tuple[Asked, str]]:
    titles = {one["id"]: one["title"] for one in seen.source.told.get("items", ())}
    order = [entry.get("item") for entry in seen.source.told["meeting"].get("agenda", ())]
    found = [(replace(whole, item=uuid.UUID(key)), titles[key]) for key in dict.fromkeys(order) if key in titles]
    return found or [(whole, "")]


_ABOUT: Mapping[str, Callable[[_Seen, Asked], list[tuple[Asked, str]]]] = {
    "meeting": lambda _seen, whole: [(whole, "")], "vote": _about_votes, "item": _about_items,
}  # fmt: skip


def _row(seen: _Seen, asked: Asked, subject: str) -> PaperRow:
    contents, once = _contents(seen, asked), seen.once(asked)
    printed = seen.printed(contents)
    if printed is None and once and PAPERS[asked.paper].posted:
        printed = seen.printed(_contents(seen, replace(asked, posted=True)))
    lacks = tuple(papers_lack.lacks(asked, seen.source, seen.meeting, there=bool(contents)))
    scans = sum(1 for paper, about in seen.scans if paper == asked.paper and about in _about(asked))
    return PaperRow(
        asked, subject, EVIDENCE_ORDER[asked.paper], _state(seen, asked, lacks, printed, once=once, filed=bool(scans)),
        bool(contents), asked.paper in seen.forms, copies_of(PAPERS[asked.paper], seen.people), lacks, printed, scans,
    )  # fmt: skip


def _state(
    seen: _Seen, asked: Asked, lacks: Sequence[AppError], printed: datetime | None, *, once: bool, filed: bool
) -> str:
    """What is said of a paper: the last thing that happened to it, unless it says something else by now."""
    signed = asked.paper == "record" and seen.source.signed
    if filed and (signed or printed is not None or not once):
        return "filed"
    if signed:
        return "signed"
    if printed is not None:
        return "printed"
    if once:
        return "changed"
    return "lacking" if lacks else "ready"


def _about(asked: Asked) -> tuple[uuid.UUID | None, ...]:
    """What a scan of this paper may have been taken in for."""
    return (asked.item,) if asked.item is not None else (asked.vote, asked.meeting)


def _contents(seen: _Seen, asked: Asked) -> frozenset[str]:
    """The checksums of what this paper says now; none where there is nothing to print."""
    if asked.paper == "record":
        said = papers.content_sha256(seen.source.record(posted=True)) if asked.posted else seen.source.content()
        return frozenset({said})
    return frozenset(content_sha256(one) for one in _composed(seen.session, asked))


def _composed(session: Session, asked: Asked) -> Sequence[Document]:
    try:
        return papers_made.compose(session, asked)
    except NotFound:
        return ()


def _empty_forms(session: Session, **about: Any) -> Iterator[Asked]:
    """The papers that can be had as empty forms."""
    for paper in PAPERS:
        asked = Asked(paper=paper, empty=True, **about)
        if paper in COMPOSERS and _composed(session, asked):
            yield asked


def forms(work: Work, unit_id: uuid.UUID, period: str) -> tuple[PaperRow, ...]:
    """The empty forms of a unit, for handwriting; the roster and the reception log say the month."""
    with work.read() as session:
        found = list(_empty_forms(session, unit=unit_id))
    return tuple(
        PaperRow(
            replace(asked, period=period) if PAPERS[asked.paper].about == "none" else asked, "",
            EVIDENCE_ORDER.get(asked.paper, "after"), "ready", there=True, form=True, copies=1,
        )
        for asked in found
    )  # fmt: skip

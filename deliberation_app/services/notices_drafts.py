"""Notices before they hang: written, masked by rule, checked by eye, printed, and then posted."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from deliberation_app.domain import calendar, calendar_days
from deliberation_app.domain.notices_periods import PERIODS, Period
from deliberation_app.domain.notices_spans import Span, spans
from deliberation_app.domain.votes import GateState
from deliberation_app.errors import N_, AppError, NotFound, RuleBroken
from deliberation_app.papers.document import content_sha256
from deliberation_app.services import gates, notices, notices_copy, papers
from deliberation_app.services.act import Act
from deliberation_app.services.agenda_item import gone
from deliberation_app.services.calendar_days import edits
from deliberation_app.services.notices_waiting import state_of
from deliberation_app.services.papers import Printed
from deliberation_app.services.papers_asked import Asked
from deliberation_app.services.papers_made import note_printed
from deliberation_app.services.papers_posted import Veil
from deliberation_app.services.work import Work
from deliberation_app.storage.agenda import AgendaItem
from deliberation_app.storage.base import new_id
from deliberation_app.storage.notices import NoticeDraft
from deliberation_app.storage.voices import Voice

_UNSET: Any = object()


@dataclass(frozen=True)
class Line:
    """A line of the copy: as written, as masked, and the stretches that differ."""

    original: str
    masked: str
    cut: tuple[Span, ...]
    stars: tuple[Span, ...]


@dataclass(frozen=True)
class DraftView:
    """A draft with both copies side by side; `state` is written, checked or printed."""

    draft: NoticeDraft
    item_title: str
    item_number: str | None
    lines: tuple[Line, ...]
    cut: tuple[Span, ...]  # what is masked of the text as it was written
    state: str
    period: Period
    posts_on: date
    last_day: date
    too_short: AppError | None
    remark: AppError | None
    gates: tuple[GateState, ...]

    @property
    def masked(self) -> int:
        """How many stretches were masked."""
        return sum(len(line.stars) for line in self.lines)


def start(
    work: Work,
    item_id: uuid.UUID,
    *,
    about: str | None = "decision",
    text: str = "",
    period: str | None = None,
    days: int | None = None,
    place: str | None = None,
    planned_on: date | None = None,
) -> uuid.UUID:
    """Write a draft; without a text one is proposed from the records. The answer is its id."""
    with work.act("notices.draft") as act:
        item = act.get(AgendaItem, item_id)
        if item is None:
            raise gone()
        chosen = PERIODS[period or "decision"]
        kept = NoticeDraft(
            id=new_id(), unit_id=item.unit_id, item_id=item_id, about=about, period=chosen.id,
            days=chosen.days if days is None else days, place=(place or "").strip() or None, planned_on=planned_on,
            text=text.strip() or notices_copy.proposed(act, item, about), made_at=act.now,
            made_by=work.user_name or None,
        )  # fmt: skip
        _check(kept, planned_on or calendar.day_of(act.now))
        act.add(kept)
    return kept.id


def open_or_start(work: Work, item_id: uuid.UUID, about: str | None) -> uuid.UUID:
    """The draft of an item's decision or outcome that does not hang yet; where there is none, one is begun."""
    query = select(NoticeDraft.id).where(
        NoticeDraft.item_id == item_id, NoticeDraft.about == about, NoticeDraft.publication_id.is_(None)
    )
    with work.read() as session:
        known = session.scalars(query.order_by(NoticeDraft.made_at)).first()
    return known if known is not None else start(work, item_id, about=about)


def edit(
    work: Work,
    draft_id: uuid.UUID,
    *,
    about: str | None = _UNSET,
    text: str = _UNSET,
    period: str = _UNSET,
    days: int = _UNSET,
    place: str | None = _UNSET,
    planned_on: date | None = _UNSET,
    masks: Sequence[str] = _UNSET,
) -> None:
    """Change what is given and leave the rest; what was checked by eye must be checked again if it now says else."""
    told = {"about": about, "period": period, "days": days, "planned_on": planned_on}
    with work.act("notices.edit") as act:
        kept = _kept(act, draft_id)
        for name, value in told.items():
            if value is not _UNSET:
                setattr(kept, name, value)
        if text is not _UNSET:
            kept.text = text.strip()
        if place is not _UNSET:
            kept.place = (place or "").strip() or None
        if masks is not _UNSET:
            kept.masks = list(dict.fromkeys(word.strip() for word in masks if len(word.strip()) > 1)) or None
        _check(kept, kept.planned_on or calendar.day_of(act.now))


def check(work: Work, draft_id: uuid.UUID, checked: bool = True) -> None:
    """Say that somebody read the masked copy and found nothing that may not hang; or take that back."""
    with work.act("notices.check") as act:
        kept = _kept(act, draft_id)
        kept.checked_sha256 = _content(act, kept, work) if checked else None
        kept.checked_at, kept.checked_by = (act.now, work.user_name or None) if checked else (None, None)


def copy(work: Work, draft_id: uuid.UUID) -> Printed:
    """The masked copy as PDF; refused before it was checked by eye, and whenever it says something else since."""
    with work.read() as session:
        kept = _found(session, draft_id)
        made = notices_copy.document(session, kept, _day(kept, work), _veil(session, kept))
        _require_checked(kept, content_sha256(made))
    return papers.press((made,))


def note_copy(work: Work, draft_id: uuid.UUID) -> None:
    """Remember that the checked copy was printed or saved."""
    with work.read() as session:
        kept = _found(session, draft_id)
        made = notices_copy.document(session, kept, _day(kept, work), _veil(session, kept))
    note_printed(work, Asked(paper="posting", item=kept.item_id, posted=True), (made,), papers.press((made,)).each)
    with work.act("notices.print") as act:
        kept = _kept(act, draft_id)
        _require_checked(kept, content_sha256(made))
        kept.printed_sha256, kept.printed_at = kept.checked_sha256, act.now


def post(
    work: Work,
    draft_id: uuid.UUID,
    *,
    posted_on: date | None = None,
    place: str | None = None,
    checked: bool = False,
    reasons: Mapping[str, str] | None = None,
) -> uuid.UUID:
    """Record that the printed copy hangs: where and since when; the answer is the id of the publication."""
    with work.act("notices.post") as act:
        kept = _kept(act, draft_id)
        if kept.printed_sha256 is None or kept.printed_sha256 != kept.checked_sha256:
            raise RuleBroken(N_("Print the checked copy first; what hangs must be what was checked."))
        veil = _veil(act, kept)
        made = notices.post_within(
            act, kept.item_id, text=kept.text, about=kept.about, days=kept.days, posted_on=posted_on,
            place=place or kept.place, checked=checked, reasons=reasons, period=kept.period,
        )  # fmt: skip
        made.posted_text = veil.text(kept.text)
        kept.publication_id = made.id
    return made.id


def drop(work: Work, draft_id: uuid.UUID) -> None:
    """Give a draft up."""
    with work.act("notices.drop") as act:
        act.delete(_kept(act, draft_id))


def view(work: Work, draft_id: uuid.UUID) -> DraftView:
    """A draft with its two copies; NotFound where there is none."""
    with work.read() as session:
        kept = _found(session, draft_id)
        item = session.get_one(AgendaItem, kept.item_id)
        day, own = _day(kept, work), edits(session, kept.unit_id)
        plain = notices_copy.document(session, kept, day, None)
        veil = _veil(session, kept)
        posted, masked = notices_copy.document(session, kept, day, veil), veil.text(kept.text)
        content = content_sha256(posted)
        state = state_of(kept) if kept.checked_sha256 == content else "written"
        states = gates.posting_gates(session, kept.item_id, kept.text, day) if kept.about == "decision" else ()
    period = PERIODS[kept.period]
    last = period.last_day(day, kept.days, own)
    pairs = zip(notices_copy.texts(plain), notices_copy.texts(posted), strict=True)
    lines = tuple(Line(one, other, *spans(one, other)) for one, other in pairs)
    return DraftView(
        kept, item.title, item.number, lines, spans(kept.text, masked)[0], state, period, day, last,
        period.too_short(day, kept.days), calendar_days.remark(day, last, own), states,
    )  # fmt: skip


def _veil(session: Session, kept: NoticeDraft) -> Veil:
    """Over the register, over who raised the item without standing in it, and over what was asked for besides."""
    raised = select(Voice.said_by).where(Voice.item_id == kept.item_id, Voice.said_by.is_not(None))
    return Veil(session, kept.unit_id, {*(kept.masks or ()), *(name for name in session.scalars(raised) if name)})


def _day(kept: NoticeDraft, work: Work) -> date:
    return kept.planned_on or calendar.day_of(work.clock())


def _content(act: Act, kept: NoticeDraft, work: Work) -> str:
    veil = _veil(act, kept)
    return content_sha256(notices_copy.document(act, kept, _day(kept, work), veil))


def _require_checked(kept: NoticeDraft, content: str) -> None:
    if kept.checked_sha256 != content:
        raise RuleBroken(N_("Read the masked copy and tick it as checked first; it says something else since it was "
                            "last checked, or was never checked. Nothing was printed."))  # fmt: skip


def _check(kept: NoticeDraft, day: date) -> None:
    if not kept.text:
        raise RuleBroken(N_("The notice has no text yet. Nothing was changed."))
    if kept.about not in notices.ABOUT:
        raise RuleBroken(N_("Choose whether the notice is about the decision, the outcome or something else."))
    if not 1 <= kept.days <= 365:
        raise RuleBroken(N_("The period is between 1 and 365 days. Nothing was changed."))
    least = PERIODS["decision"] if kept.about is not None else PERIODS[kept.period]
    short = least.too_short(day, kept.days) or PERIODS[kept.period].too_short(day, kept.days)
    if short is not None:
        raise RuleBroken(N_("The period is too short. Nothing was changed."), reasons=(short,))


def _found(session: Session, draft_id: uuid.UUID) -> NoticeDraft:
    kept = session.get(NoticeDraft, draft_id)
    if kept is None:
        raise NotFound(N_("This draft is not here any more; perhaps it was taken back on another computer."))
    return kept


def _kept(act: Act, draft_id: uuid.UUID) -> NoticeDraft:
    kept = _found(act, draft_id)
    if kept.publication_id is not None:
        raise RuleBroken(N_("This notice hangs already; what is posted is not changed."))
    return kept

"""The veil over a posted copy: whatever a paper says, the names and numbers that may not hang on a board are masked."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from deliberation_app.domain.minutes_names import Names
from deliberation_app.domain.notices import is_public_post
from deliberation_app.papers.document import Document
from deliberation_app.services.papers_office import of
from deliberation_app.storage.floor import Attendance
from deliberation_app.storage.meetings import Meeting
from deliberation_app.storage.people import Person, RegisterEntry, Unit

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


F = TypeVar("F", bound="DataclassInstance")


class Veil:
    """Knows everybody in the register of a unit, but for those who hold a public post (rules.md 6).

    `more` are names that no register knows, `openly` those that a law or a part in the meeting makes public.
    """

    def __init__(
        self, session: Session, unit_id: uuid.UUID, more: Collection[str] = (), openly: Collection[str] = ()
    ) -> None:
        unit = session.get_one(Unit, unit_id)
        known = select(Person.name, Person.post).join(RegisterEntry, RegisterEntry.person_id == Person.id)
        rows = session.execute(known.where(RegisterEntry.unit_id == unit_id))
        private = ({name for name, post in rows if not is_public_post(post or "")} | set(more)) - set(openly)
        self._names = Names({}, posted=True, openly=frozenset(), unit=unit.name, others=private, office=of(unit).phone)

    def over(self, document: Document) -> Document:
        """The paper with every text of its blocks masked."""
        return replace(
            document,
            blocks=tuple(self._names.veil(block) for block in document.blocks),
            title=self._names.veil_text(document.title),
            mark=self._names.veil_text(document.mark),
            footnotes=tuple(self._names.veil_text(text) for text in document.footnotes),
        )

    def facts(self, facts: F, *, but: Collection[str]) -> F:
        """The facts of a paper masked, but for what names an office (rules.md 6.1)."""
        return replace(self._names.veil(facts), **{name: getattr(facts, name) for name in but})

    def text(self, text: str) -> str:
        """A text as it may hang on a board."""
        return self._names.veil_text(text)


def of_meeting(session: Session, meeting_id: uuid.UUID, document: Document) -> Document:
    """A paper of a meeting as it may be posted."""
    return veil_of(session, meeting_id).over(document)


def veil_of(session: Session, meeting_id: uuid.UUID) -> Veil:
    """The veil over a meeting: of all who came only those with a public post, chair and recorder are named."""
    meeting = session.get_one(Meeting, meeting_id)
    came = select(Person.id, Person.name, Person.post).join(Attendance, Attendance.person_id == Person.id)
    rows = session.execute(came.where(Attendance.meeting_id == meeting_id)).all()
    led = (meeting.chair_id, meeting.recorder_id)
    openly = set(session.scalars(select(Person.name).where(Person.id.in_([id_ for id_ in led if id_ is not None]))))
    private = {name for _, name, post in rows if not is_public_post(post or "")}
    return Veil(session, meeting.unit_id, private, openly)

"""The veil over a posted copy: whatever a paper says, the names and numbers that may not hang on a board are masked."""

from __future__ import annotations

import uuid
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from deliberation_app.domain.minutes_names import Names
from deliberation_app.domain.notices import is_public_post
from deliberation_app.papers.document import Document
from deliberation_app.storage.people import Person, RegisterEntry, Unit


class Veil:
    """Knows everybody in the register of a unit, but for those who hold a public post (rules.md 6)."""

    def __init__(self, session: Session, unit_id: uuid.UUID) -> None:
        unit = session.get_one(Unit, unit_id)
        known = select(Person.name, Person.post).join(RegisterEntry, RegisterEntry.person_id == Person.id)
        rows = session.execute(known.where(RegisterEntry.unit_id == unit_id))
        private = {name for name, post in rows if not is_public_post(post or "")}
        self._names = Names({}, posted=True, openly=frozenset(), unit=unit.name, others=private)

    def over(self, document: Document) -> Document:
        """The paper with every text of its blocks masked."""
        return replace(
            document,
            blocks=tuple(self._names.veil(block) for block in document.blocks),
            title=self._names.veil_text(document.title),
            footnotes=tuple(self._names.veil_text(text) for text in document.footnotes),
        )

"""A character that no font has leads to the person whose name has it."""

from __future__ import annotations

import uuid

import pytest

from deliberation_app import settings
from deliberation_app.errors import AppError
from deliberation_app.services import meeting_file, papers_glyphs, papers_made
from deliberation_app.services.papers_asked import Asked
from deliberation_app.services.work import Work
from deliberation_app.storage.people import Person

# A place of private use: every old system puts another name there.
NOWHERE = "\ue123"


@pytest.fixture
def meeting(work: Work) -> uuid.UUID:
    """A theme day."""
    return meeting_file.import_file(work, settings.path("resources", "demo", "theme-day.json")).meeting_id


def test_the_person_with_that_name_is_found(work: Work, meeting: uuid.UUID) -> None:
    """The sign-in sheet is refused with the character; among two with it, the one in the passage is named."""
    with work.read() as session:
        first, *_more, last = session.query(Person).order_by(Person.sort_key).all()
    with work.act("people.edit") as act:
        act.get_one(Person, first.id).name = f"甲{NOWHERE}"
        act.get_one(Person, last.id).name = f"乙{NOWHERE}"
    with pytest.raises(AppError, match="U\\+E123") as refused:
        papers_made.made(work, Asked(paper="sign_in_sheet", meeting=meeting))
    passage = AppError("x", character=NOWHERE, code="E123", text=f"签到：乙{NOWHERE}")
    assert papers_glyphs.bearer(work, passage).id == last.id
    assert papers_glyphs.bearer(work, refused.value).id in (first.id, last.id)


def test_other_errors_lead_nowhere(work: Work, meeting: uuid.UUID) -> None:
    """A character in no name, and what is about no character."""
    assert papers_glyphs.bearer(work, AppError("x", character=NOWHERE, code="E123", text="")) is None
    assert papers_glyphs.bearer(work, AppError("x {name}", name="甲")) is None
    assert papers_glyphs.character_of(AppError("x", character="甲")) == ""

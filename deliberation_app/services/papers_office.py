"""What papers say of the unit's office: where and by which telephone it is reached, who gets a copy, its red head."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass

from sqlalchemy.orm import Session

from deliberation_app.domain import minutes_words as words
from deliberation_app.errors import N_, RuleBroken
from deliberation_app.services import units
from deliberation_app.services.work import Work
from deliberation_app.storage.people import Unit

BLANK = "＿" * 6  # to be written in by hand
_DIALLED = re.compile(r"[0-9０-９()（）+＋ \-—－转]{3,30}")
_LONGEST = 100


@dataclass(frozen=True, kw_only=True)
class Office:
    """What a unit has told about its office; empty texts leave room to write on paper."""

    phone: str = ""
    place: str = ""
    copies_to: str = ""
    red_head: bool = False


def of(unit: Unit) -> Office:
    """The office of a unit."""
    told = unit.settings or {}
    return Office(
        phone=str(told.get("office_phone") or ""), place=str(told.get("office_place") or ""),
        copies_to=str(told.get("copies_to") or ""), red_head=bool(told.get("red_head")),
    )  # fmt: skip


def office(work: Work, unit_id: uuid.UUID) -> Office:
    """The same for the settings."""
    return of(units.unit(work, unit_id))


def phone(session: Session, unit_id: uuid.UUID) -> str:
    """The telephone of the office, which is no personal data and stands on posted papers in full (rules.md 6.1)."""
    return of(session.get_one(Unit, unit_id)).phone


def objections_to(unit: Unit) -> str:
    """异议受理: who takes objections, by which telephone and where (papers.md 3.3)."""
    told = of(unit)
    lines = (
        f"受理单位：{unit.name}", f"电话：{told.phone or BLANK}", f"地点：{told.place or BLANK}",
        "公示期内可书面或者当面提出",
    )  # fmt: skip
    return words.closed(words.listed(lines, "；"))


def save(work: Work, unit_id: uuid.UUID, told: Office) -> None:
    """Keep what papers say of the office; refused when the telephone cannot be dialled or a text is too long."""
    number = told.phone.strip()
    if number and not _DIALLED.fullmatch(number):
        raise RuleBroken(N_("Write the telephone of the office as it is dialled, such as 0531-88886666. "
                            "Nothing was changed."))  # fmt: skip
    for text in (told.place, told.copies_to):
        if len(text.strip()) > _LONGEST:
            raise RuleBroken(N_("At most {most} characters fit on the paper here. Nothing was changed."), most=_LONGEST)
    units.edit(
        work, unit_id,
        settings={
            "office_phone": number, "office_place": told.place.strip(), "copies_to": told.copies_to.strip(),
            "red_head": told.red_head,
        },
    )  # fmt: skip

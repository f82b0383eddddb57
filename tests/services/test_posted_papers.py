"""No telephone, room, plate or full name of a resident on anything that hangs, over invented registers."""

from __future__ import annotations

import random
import uuid
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deliberation_app.domain.archive import PAPERS
from deliberation_app.domain.evaluation import Responses
from deliberation_app.domain.notices import mask_text
from deliberation_app.papers.document import Document
from deliberation_app.services import (
    evaluation,
    meeting_file,
    notices_copy,
    notices_drafts,
    papers,
    papers_made,
    people,
    tasks,
    voices,
    voices_duty,
    voices_papers,
)
from deliberation_app.services.papers_asked import Asked
from deliberation_app.services.papers_posted import Veil
from deliberation_app.services.work import Work, open_work
from deliberation_app.storage.meetings import Meeting
from deliberation_app.storage.notices import NoticeDraft, Publication
from tests.fresh import fresh
from tests.papers.reading import text_of
from tests.services import invented

NOW = datetime(2026, 10, 20, 7, 0, tzinfo=UTC)
POSTED = {paper.id for paper in PAPERS.values() if paper.posted}
# A consultation passes no resolution; the owners' vote does.
OF_VOTES = {"resolution"}
_SURNAMES, _GIVEN = "甄龚冼敖訾阚麴郗卞邬欧阳", "㛃龑堃頔喆煜璟骐昶淼婳鋆赟𬱖"


@dataclass
class Secrets:
    """Numbers as they are dialled or painted, each with one of the ways in which people write it."""

    chance: random.Random
    all: list[str] = field(default_factory=list)

    def _note(self, core: str, *forms: str) -> str:
        form = self.chance.choice(forms)
        self.all += [form, core] if len(core) > 3 else [form]
        return form

    def telephone(self) -> str:
        """A mobile."""
        n = f"1{self.chance.choice('356789')}{self.chance.randrange(10**8, 10**9)}"
        return self._note(n, n, f"{n[:3]} {n[3:7]} {n[7:]}", f"{n[:3]}-{n[3:7]}-{n[7:]}", f"+86 {n}")

    def landline(self) -> str:
        """A telephone with its area code, or said to be one."""
        n = str(self.chance.randrange(2 * 10**7, 9 * 10**7))
        return self._note(n, f"0531-{n}", f"0531{n}", f"(0531){n}", f"（0531）{n}", f"电话{n}", f"座机：{n}")

    def room(self) -> str:
        """A flat."""
        b, u = self.chance.randrange(1, 30), self.chance.randrange(1, 6)
        r = 100 * self.chance.randrange(1, 33) + self.chance.randrange(1, 20)
        return self._note(
            str(r) if r > 9999 else "", f"{b}号楼{u}单元{r}室", f"{b}-{u}-{r}", f"{b}栋{u}单元{r}户", f"{b}幢{r}室",
            f"{b}号楼{u}单元{r}", f"{b}#{u}-{r}", f"{b}号楼{u}单元 {r} 室",
        )  # fmt: skip

    def plate(self) -> str:
        """A car, one of the new energy among them."""
        place, n = self.chance.choice("京鲁沪粤") + self.chance.choice("ABCD"), f"{self.chance.randrange(10**5):05d}"
        core = self.chance.choice((n, f"{self.chance.choice('DF')}{n}", f"{n}D", f"{self.chance.choice('BCK')}{n[1:]}"))
        return self._note(core, place + core, f"{place}·{core}", f"{place} {core}")

    def name(self) -> str:
        """Somebody."""
        made = self.chance.choice(_SURNAMES) + "".join(self.chance.sample(_GIVEN, self.chance.choice((1, 2))))
        self.all.append(made)
        return made

    def sentence(self, name: str) -> str:
        """All of them in one breath."""
        return (
            f"{self.room()}{name}反映（{self.telephone()}，{self.landline()}），车{self.plate()}停在门口，"
            f"住{self.room()}的{name}不同意。"
        )


@given(st.integers(0, 2**32))
@settings(max_examples=150)
def test_no_secret_is_left_in_a_masked_text(seed: int) -> None:
    secrets = Secrets(random.Random(seed))
    names = {secrets.name() for _n in range(4)}
    told = "".join(secrets.sentence(name) for name in sorted(names))
    masked = mask_text(told, names)
    assert [secret for secret in secrets.all if secret in masked] == []


class Held(NamedTuple):
    """A unit with its meeting, an item that was published, and what may not hang."""

    work: Work
    unit: uuid.UUID
    meeting: uuid.UUID
    item: uuid.UUID
    secrets: Secrets


def _told(work: Work, chance: random.Random) -> Held:
    """A meeting full of private things, and a register, voices, tasks and scores around it that hold more of them."""
    private = invented.private(chance.randrange(2**32))
    meeting = meeting_file.import_bytes(work, private.data).meeting_id
    secrets = Secrets(chance, list(private.secrets))
    with work.read() as session:
        unit = session.get_one(Meeting, meeting).unit_id
        item = session.query(Publication.item_id).order_by(Publication.id).first()[0]
    keys = []
    for number in range(6):
        room = f"{chance.randrange(11, 33)}0{number + 1}"
        home = people.Home(courtyard="194号院", building="3号楼", entrance="2单元", room=room)
        phone = f"139{chance.randrange(10**8):08d}"
        secrets.all += [phone, f"3号楼2单元{room}", f"3-2-{room}"]
        name = secrets.name()
        keys.append((people.add(work, unit, name=name, phone=phone, home=home), name))
    for key, name in keys:
        voices.add(work, unit, text=secrets.sentence(name), channel="wish_wall", person_id=key)
        tasks.add(work, item, title=secrets.sentence(name), owner_id=key, due=date(2026, 11, 1))
    voices.add(work, unit, text=secrets.sentence("麴喆婳"), channel="opinion_tree", said_by="麴喆婳")
    secrets.all.append("麴喆婳")
    voices_duty.plan(work, unit, days=[date(2026, 10, 21)], begins="09:00", ends="11:00", people=[keys[0][0]],
                     matter=secrets.sentence(keys[1][1]))  # fmt: skip
    evaluation.add(work, item, held_on=date(2026, 10, 19), responses=Responses(satisfied=9), invited=10)
    return Held(work, unit, meeting, item, secrets)


def _posted(held: Held, text: str) -> dict[str, list[Document]]:
    """Everything that hangs: the posted copies of the table, slips and list for the wall, and a draft of a notice."""
    work, unit, item = held.work, held.unit, held.item
    asks: dict[str, dict[str, Any]] = {"duty_roster": {"unit": unit, "period": "2026-10"}}
    found: dict[str, list[Document]] = {}
    with work.read() as session:
        for paper in sorted(POSTED - OF_VOTES - {"record"}):
            told = asks.get(paper, {"item": item} if PAPERS[paper].about == "item" else {"meeting": held.meeting})
            found[paper] = list(papers_made.compose(session, Asked(paper=paper, posted=True, **told)))
        found["record"] = [papers.as_paper(papers.source(session, held.meeting).record(posted=True))]
    draft = notices_drafts.start(work, item, about=None, text=text, place=text)
    with work.read() as session:
        kept = session.get_one(NoticeDraft, draft)
        found["draft"] = [notices_copy.document(session, kept, date(2026, 10, 20), Veil(session, unit))]
    hung = [row.voice.id for row in voices.page(work, unit).rows]
    found["slips"] = [voices_papers.slip_document(work, unit, hung)]
    found["status"] = [voices_papers.status_document(work, unit, date(2026, 10, 1), date(2026, 11, 1))]
    return found


@pytest.mark.parametrize("seed", [1, 20261020])
def test_no_secret_of_a_resident_hangs_anywhere(tmp_path: Path, seed: int) -> None:
    work = open_work(fresh(tmp_path / "posted.sqlite"), clock=lambda: NOW)
    held = _told(work, random.Random(seed))
    secrets = held.secrets
    found = _posted(held, "公示\n" + secrets.sentence("甄租住"))
    assert {name for name, some in found.items() if some} == POSTED - OF_VOTES | {"draft", "slips", "status"}
    for name, some in found.items():
        drawn = text_of(papers.press(some).pdf)
        bare = [secret for secret in secrets.all if "".join(secret.split()) in drawn]
        assert bare == [], name
    with work.read() as session:
        plain = papers.as_paper(papers.source(session, held.meeting).record(posted=False))
    archived = text_of(papers.press((plain,)).pdf)
    assert sum("".join(secret.split()) in archived for secret in secrets.all) > 10  # they are there to be masked
    work.close()


@pytest.mark.parametrize("seed", [3, 4])
def test_nor_on_the_resolution_of_a_vote(tmp_path: Path, seed: int) -> None:
    work = open_work(fresh(tmp_path / "voted.sqlite"), clock=lambda: NOW)
    voted = invented.private(seed, "shandalu194-owners-vote")
    meeting = meeting_file.import_bytes(work, voted.data).meeting_id
    for paper in sorted({*OF_VOTES, "result", "notice"}):
        with work.read() as session:
            found = papers_made.compose(session, Asked(paper=paper, meeting=meeting, posted=True))
        drawn = text_of(papers.press(found).pdf)
        assert [secret for secret in voted.secrets if secret in drawn] == [], paper
    work.close()

"""Voices: numbered, answered, made items."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest

from deliberation_app.errors import NotFound, RuleBroken
from deliberation_app.services import agenda, people, voices
from deliberation_app.services.work import Work
from tests.services.courtyard import found_unit
from tests.services.small import HandClock


def test_each_voice_gets_the_next_number_of_its_year(work: Work, clock: HandClock) -> None:
    unit_id, other = found_unit(work), found_unit(work, "另一支部")
    kept = [voices.add(work, unit_id, text="路灯坏了", number=number) for number in (None, "M2026-41", "墙上7号", None)]
    kept.append(voices.add(work, unit_id, text="去年的", received_at=clock() - timedelta(days=365)))
    kept.append(voices.add(work, other, text="别处的"))
    numbers = [voices.voice(work, key).voice.number for key in kept]
    assert numbers == ["M2026-001", "M2026-41", "墙上7号", "M2026-042", "M2025-001", "M2026-001"]


def test_a_voice_becomes_an_item_or_is_answered(work: Work) -> None:
    unit_id = found_unit(work)
    person = people.add(work, unit_id, name="石䶮")
    first = voices.add(
        work, unit_id, text="路灯坏了三盏，没有钱修。\n晚上看不见", channel="opinion_tree", person_id=person
    )
    second = voices.add(work, unit_id, text="二单元门口的灯也坏了")
    third = voices.add(work, unit_id, text="谢谢支部")
    item_id = voices.to_item(work, first, category="照明", vital_interest=False)
    assert voices.to_item(work, second, item_id=item_id) == item_id
    voices.answer(work, third, "转告了大家")
    view = agenda.item(work, item_id)
    assert (view.item.title, view.item.channel, view.item.category) == (
        "路灯坏了三盏，没有钱修。",
        "opinion_tree",
        "照明",
    )
    assert view.item.background == "M2026-001：路灯坏了三盏，没有钱修。\n晚上看不见\nM2026-002：二单元门口的灯也坏了"
    assert [one.id for one in view.raisers] == [person]
    assert [voice.id for voice in view.voices] == [first, second]
    assert voices.counts(work, unit_id) == voices.Counts(open=0, item=2, answered=1)
    with pytest.raises(RuleBroken):
        voices.to_item(work, first)
    work.undo()
    work.undo()
    work.undo()
    assert voices.counts(work, unit_id) == voices.Counts(open=3, item=0, answered=0)
    with pytest.raises(NotFound):
        agenda.item(work, item_id)


def test_pages_and_filters(work: Work, clock: HandClock) -> None:
    unit_id = found_unit(work)
    person = people.add(work, unit_id, name="石䶮")
    kept = []
    for number in range(7):
        kept.append(voices.add(work, unit_id, text=f"第{number}条：路灯", channel="wish_wall" if number % 2 else None))
        clock.move(minutes=number % 2)
    voices.edit(work, kept[3], text="車位不够", person_id=person, channel="visit")
    found, after = [], None
    while True:
        part = voices.page(work, unit_id, after=after, limit=3)
        found += [row.voice.id for row in part.rows]
        after = part.next
        if after is None:
            break
    assert sorted(found) == sorted(kept)
    for typed in ("車位", "shiyan", "石䶮", "M2026-004"):
        rows = voices.page(work, unit_id, text=typed).rows
        assert [(row.voice.id, row.person, row.state) for row in rows] == [(kept[3], "石䶮", "open")]
    assert len(voices.page(work, unit_id, channel="wish_wall").rows) == 2
    assert len(voices.page(work, unit_id, state="open").rows) == 7
    assert voices.page(work, unit_id, state="item").rows == ()


def test_nothing_is_noted_from_half_an_answer(work: Work, clock: HandClock) -> None:
    unit_id, other = found_unit(work), found_unit(work, "另一支部")
    for told in (
        {"text": " "},
        {"text": "灯", "channel": "pigeon"},
        {"text": "灯", "received_at": clock() + timedelta(1)},
    ):
        with pytest.raises(RuleBroken):
            voices.add(work, unit_id, **told)
    voice = voices.add(work, unit_id, text="灯")
    with pytest.raises(RuleBroken):
        voices.answer(work, voice, " ")
    with pytest.raises(NotFound):
        voices.to_item(work, voice, item_id=agenda.raise_item(work, other, title="别处的"))
    with pytest.raises(NotFound):
        voices.voice(work, uuid.uuid4())
    with pytest.raises(NotFound):
        voices.answer(work, uuid.uuid4(), "好")

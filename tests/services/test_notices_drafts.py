"""Drafts of notices: masked by rule, checked by eye, printed, posted; objections with their day, and who was told."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deliberation_app.domain.notices import mask_text
from deliberation_app.domain.notices_spans import spans
from deliberation_app.errors import RuleBroken
from deliberation_app.services import agenda, notices, notices_drafts, notices_waiting, people, voices, voices_ends
from deliberation_app.services.work import Work
from deliberation_app.storage.agenda import AgendaItem
from tests.services.courtyard import found_unit
from tests.services.small import HandClock

_NAMES = st.text("王李张欧阳司马建国秀英𬱖䶮㛃", min_size=2, max_size=4).filter(lambda name: len(set(name)) > 1)
_PHONES = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
_ROOMS = st.builds("{}号楼{}单元{}室".format, st.integers(1, 30), st.integers(1, 6), st.integers(101, 3304))
_PLATES = st.from_regex(r"鲁A[A-HJ-NP-Z0-9][0-9]{4}", fullmatch=True)


@pytest.fixture
def unit_id(work: Work) -> uuid.UUID:
    return found_unit(work)


@pytest.fixture
def item_id(work: Work, unit_id: uuid.UUID) -> uuid.UUID:
    return agenda.raise_item(work, unit_id, title="充电桩")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(names=st.lists(_NAMES, min_size=1, max_size=3, unique=True), phone=_PHONES, room=_ROOMS, plate=_PLATES,
       place=st.integers(0, 3))  # fmt: skip
def test_the_copy_never_shows_telephone_room_plate_or_full_name(
    work: Work, unit_id: uuid.UUID, item_id: uuid.UUID, names: list[str], phone: str, room: str, plate: str, place: int
) -> None:
    for name in names:
        people.add(work, unit_id, name=name)
    parts = [f"反映人{'、'.join(names)}，", f"住{room}，", f"电话{phone}，", f"车牌{plate}。"]
    text = "公示\n" + "".join(parts[place:] + parts[:place])
    draft = notices_drafts.start(work, item_id, about=None, text=text, place=f"{room}门口")
    view = notices_drafts.view(work, draft)
    said = "\n".join(line.masked for line in view.lines)
    room_number = room.rpartition("单元")[2]
    for secret in (*names, phone, plate, f"单元{room_number}"):
        assert secret not in said
    for line in view.lines:
        assert [line.masked[first:last] for first, last in line.stars] == [
            piece for piece in (line.masked[first:last] for first, last in line.stars) if "*" in piece
        ]
    notices_drafts.drop(work, draft)


@given(name=_NAMES, phone=_PHONES, before=st.text("甲乙丙，。", max_size=6), after=st.text("丁戊，。", max_size=6))
def test_what_differs_is_marked_and_nothing_else(name: str, phone: str, before: str, after: str) -> None:
    original = f"{before}{name}{after}{phone}{before}"
    masked = mask_text(original, [name])
    cut, stars = spans(original, masked)
    assert len(cut) == len(stars)
    rest = lambda text, parts: "".join(  # noqa: E731
        sign for at, sign in enumerate(text) if not any(first <= at < last for first, last in parts)
    )
    assert rest(original, cut) == rest(masked, stars)
    assert "*" not in rest(masked, stars)


def test_checked_by_eye_before_it_is_printed(work: Work, unit_id: uuid.UUID, item_id: uuid.UUID) -> None:
    draft = notices_drafts.start(work, item_id, about="outcome", text="公示\n郝五看过现场。", place="院门")
    with pytest.raises(RuleBroken, match="tick it as checked"):
        notices_drafts.copy(work, draft)
    with pytest.raises(RuleBroken, match="Print the checked copy"):
        notices_drafts.post(work, draft)
    notices_drafts.check(work, draft)
    assert notices_drafts.view(work, draft).state == "checked"
    people.add(work, unit_id, name="郝五")  # the register grew: the copy says something else now
    assert notices_drafts.view(work, draft).state == "written"
    with pytest.raises(RuleBroken, match="tick it as checked"):
        notices_drafts.copy(work, draft)
    notices_drafts.check(work, draft)
    assert notices_drafts.copy(work, draft).pdf.startswith(b"%PDF")
    notices_drafts.note_copy(work, draft)
    assert notices_drafts.view(work, draft).state == "printed"
    notices_drafts.edit(work, draft, masks=["现场"])
    assert notices_drafts.view(work, draft).state == "written"
    work.undo()
    post = notices_drafts.post(work, draft)
    kept = notices.notice(work, post).publication
    assert (kept.text, kept.posted_text, kept.place) == ("公示\n郝五看过现场。", "公示\n郝*看过现场。", "院门")
    assert notices_waiting.drafts(work, unit_id) == []
    with pytest.raises(RuleBroken, match="hangs already"):
        notices_drafts.edit(work, draft, text="别的")


def test_no_period_below_the_law(work: Work, item_id: uuid.UUID) -> None:
    for about, period, days in (
        ("decision", None, 14),
        (None, "voters", 19),
        (None, "admission", 4),
    ):
        with pytest.raises(RuleBroken):
            notices_drafts.start(work, item_id, about=about, text="公示", period=period, days=days)
    draft = notices_drafts.start(work, item_id, about=None, text="公示", period="admission")
    view = notices_drafts.view(work, draft)
    assert (view.draft.days, view.last_day, view.too_short) == (5, date(2026, 10, 27), None)
    with pytest.raises(RuleBroken):
        notices_drafts.edit(work, draft, days=4)


def test_a_decision_passes_its_gates(work: Work, item_id: uuid.UUID) -> None:
    agenda.edit(work, item_id, charges=True)
    draft = notices_drafts.start(work, item_id, text="公示\n停车每月100元。")
    assert [state.gate.id for state in notices_drafts.view(work, draft).gates if not state.met]
    notices_drafts.check(work, draft)
    notices_drafts.note_copy(work, draft)
    with pytest.raises(RuleBroken, match="cannot be posted yet"):
        notices_drafts.post(work, draft, checked=True)


def test_both_publications_are_waited_for(work: Work, unit_id: uuid.UUID, item_id: uuid.UUID) -> None:
    assert notices_waiting.waiting(work, unit_id) == []
    for stage, about in (("decided", "decision"), ("evaluated", "outcome")):
        with work.act("agenda.edit") as act:
            act.get_one(AgendaItem, item_id).stage = stage
        assert [one.about for one in notices_waiting.waiting(work, unit_id)] == [about]
    draft = notices_drafts.start(work, item_id, about="outcome")
    assert notices_drafts.view(work, draft).draft.text.startswith("关于“充电桩”结果的公示")
    assert notices_waiting.waiting(work, unit_id) == []


def test_objections_have_a_day_to_be_answered(work: Work, item_id: uuid.UUID, clock: HandClock) -> None:
    post = notices.post(work, item_id, text="公示", about=None, days=30)
    notices.object_to(work, post, "缺发票")
    clock.move(days=2)
    notices.object_to(work, post, "缺合同")
    row = notices.notice(work, post)
    assert (row.open_objections, row.answer_due, row.late) == (2, date(2026, 10, 23), False)
    clock.move(days=2)
    assert notices.notice(work, post).late
    notices.answer(work, post, 0, "已补")
    row = notices.notice(work, post)
    assert (row.answer_due, row.late) == (date(2026, 10, 25), False)
    with pytest.raises(RuleBroken, match="between"):
        notices.object_to(work, post, "早了", on=row.publication.posted_on - timedelta(days=1))


def test_who_was_told(work: Work, item_id: uuid.UUID) -> None:
    post = notices.post(work, item_id, text="公示", about=None, days=7)
    with pytest.raises(RuleBroken, match="Say who was told"):
        notices.tell(work, post, " ", "phone")
    notices.tell(work, post, "陶堃", "face")
    assert notices.notice(work, post).publication.told == [{"who": "陶堃", "how": "face", "on": "2026-10-20"}]
    work.undo()
    assert notices.notice(work, post).publication.told is None


def test_the_voices_behind_the_item_say_who_was_told(work: Work, unit_id: uuid.UUID, clock: HandClock) -> None:
    """Those named, those joined to them, and whoever gave no name and is told by what hangs; nobody else."""
    named = voices.add(work, unit_id, text="灯坏了", channel="visit", said_by="陶堃")
    other = voices.add(work, unit_id, text="灯不亮", channel="visit", said_by="冯安")
    like = voices.add(work, unit_id, text="路灯不亮", channel="wish_wall")
    voices_ends.join(work, named, like)
    item = voices.to_item(work, named, title="换灯")
    voices.to_item(work, other, item_id=item)
    voices_ends.tell(work, other, how="phone", words="已列入议题")
    clock.move(days=2)
    post = notices.post(work, item, text="公示", about="outcome")
    assert notices.tell(work, post, "陶堃", "face") == 2
    told = {key: voices.voice(work, key).voice for key in (named, like, other)}
    assert [(told[key].told_how, told[key].told_words) for key in (named, like)] == [
        ("face", "2026年10月22日告知办理结果（当面）"),
        ("wall", "2026年10月22日告知办理结果（当面）"),
    ]
    assert told[named].told_at == clock()
    assert told[other].told_words == "已列入议题"
    assert notices.tell(work, post, "冯安", "letter", on=date(2026, 10, 22)) == 2
    assert voices.voice(work, other).voice.told_words == "已列入议题；2026年10月22日告知办理结果（书面）"
    work.undo()
    assert voices.voice(work, other).voice.told_words == "已列入议题"


def test_an_item_has_one_draft_of_each_notice(work: Work, item_id: uuid.UUID) -> None:
    draft = notices_drafts.open_or_start(work, item_id, "decision")
    assert notices_drafts.open_or_start(work, item_id, "decision") == draft
    assert notices_drafts.open_or_start(work, item_id, "outcome") != draft


def test_who_raised_it_is_masked_without_standing_in_the_register(work: Work, unit_id: uuid.UUID) -> None:
    voice = voices.add(work, unit_id, text="灯坏了", channel="visit", said_by="麴喆婳")
    item = voices.to_item(work, voice, title="换灯")
    draft = notices_drafts.start(work, item, about="outcome", text="公示\n已告知麴喆婳。")
    told = [line.masked for line in notices_drafts.view(work, draft).lines]
    assert "已告知麴*婳。" in told

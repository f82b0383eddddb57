"""The scenes for the room: nothing is cut, nothing lies across, names stand whole, what is left out is counted."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QApplication

from deliberation_app.domain.votes import RULES, Count, Election, Verdict
from deliberation_app.domain.votes_law import UNCHECKED
from deliberation_app.services import (
    floor,
    floor_clock,
    floor_queue,
    floor_roll,
    floor_room,
    meetings,
    meetings_agenda,
    votes,
)
from deliberation_app.services.board import Board
from deliberation_app.services.board_picture import EntryLine, Motion, Nominee, Speaker
from deliberation_app.services.votes import Preview
from deliberation_app.storage.people import Person
from deliberation_app.ui import projector_names, projector_scenes, projector_votes
from deliberation_app.ui import projector_type as type_
from deliberation_app.ui.console_room import online_words
from deliberation_app.ui.kit import forms, rare_faces
from deliberation_app.ui.projector_canvas import Canvas
from tests.ui.console_meeting import Held
from tests.ui.projector_ink import WIDTHS, faults, inked

UIGHUR = "阿卜杜热西提·麦麦提图尔荪·阿卜杜克热木"
FRENCH = "Jean-Baptiste Emmanuel de La Rochefoucauld-Montmorency"
RARE = "𠮷𫝊𬭎"
LONG = "关于院内路灯、门禁、垃圾分类投放点与老旧管道更换的意见征集和经费安排"


@pytest.fixture(params=["zh_CN", "zh_TW", "en"])
def spoken(app_dressed: QApplication, request: pytest.FixtureRequest) -> Iterator[str]:
    """Each language of the program."""
    forms.speak(request.param)
    yield request.param
    forms.speak("en")


def scene(made: Held, width: float = WIDTHS[0], board: Board | None = None) -> Canvas:
    """What the room sees of a meeting now."""
    board = board or made.board()
    if board.screen.mode:
        return projector_scenes.compose_instead(width, board, board.screen.mode, made.clock.now)
    return projector_scenes.compose(width, board, made.clock.now, lambda: None)


def wrong(made: Held) -> list[str]:
    """What is wrong on any screen."""
    return [fault for width in WIDTHS for fault in faults(scene(made, width))]


def name(made: Held, old: str, new: str) -> None:
    """Somebody has another name."""
    with made.work.act("people.edit") as act:
        act.get(Person, made.people[old]).name = new


@pytest.mark.usefixtures("spoken")
@pytest.mark.parametrize("who", ["龚龑", UIGHUR, FRENCH, RARE])
def test_who_speaks_and_who_is_next_stand_whole(meeting: Held, who: str) -> None:
    work, key = meeting.work, meeting.meeting
    name(meeting, "龚龑", who)
    name(meeting, "甄租住", who)
    floor_queue.queue(work, key, meeting.people["甄租住"])
    assert not wrong(meeting)
    floor.note(work, key, text="停车费怎么收、收多少、谁来管？", side="raise", speaker_id=meeting.people["甄租住"])
    floor_clock.give(work, key, meeting.people["龚龑"])
    for seconds in (20, 170, 1000):
        meeting.clock.now += timedelta(seconds=seconds)
        assert not wrong(meeting)
    for width in WIDTHS:
        shown = [text.replace("\n", "").replace(" ", "") for text, _size, _place in inked(scene(meeting, width))]
        assert shown.count(who.replace(" ", "")) == 2


@pytest.mark.usefixtures("spoken")
def test_before_the_meeting_place_and_title_are_whole_and_it_is_said_who_is_on_line(early: Held) -> None:
    place = "山大路街道山大社区党群服务中心二楼东侧多功能会议室（电梯出来右手第二间）"
    meetings.edit(early.work, early.meeting, place=place, title=LONG)
    assert not wrong(early)
    due = [one.person_id for one in early.board().guests if one.capacity == "voting"]
    floor_roll.sign_in(early.work, early.meeting, due[:17])
    floor_roll.sign_in(early.work, early.meeting, due[17:20], status="online")
    assert not wrong(early)
    told = [text for text, *_more in inked(scene(early))]
    assert "20" in told
    assert "3" in online_words(early.board())
    assert any(online_words(early.board()) in text for text in told)


@pytest.mark.usefixtures("spoken")
def test_in_a_recess_and_at_the_end_nothing_is_cut(meeting: Held) -> None:
    meetings.recess(meeting.work, meeting.meeting)
    assert not wrong(meeting)
    meetings.resume(meeting.work, meeting.meeting)
    meetings.recess(meeting.work, meeting.meeting, meeting.clock.now + timedelta(days=7))
    assert not wrong(meeting)
    assert sum(meeting.board().meeting.title == text for text, *_more in inked(scene(meeting))) == 1
    meetings.resume(meeting.work, meeting.meeting)
    meetings.close(meeting.work, meeting.meeting)
    assert not wrong(meeting)


@pytest.mark.parametrize("count", [1, 3, 6, 20, 173])
@pytest.mark.parametrize("at", [0, 2, 100, 172])
@pytest.mark.parametrize("width", WIDTHS)
def test_the_agenda_shows_every_entry_or_says_how_many_more_there_are(
    app_dressed: QApplication, meeting: Held, count: int, at: int, width: float
) -> None:
    if at >= count:
        at = count - 1
    lines = tuple(
        EntryLine(uuid.uuid4(), f"{place}号 {LONG * (4 if place == 99 else place % 3)}", 10, None, None,
                  "done" if place < at else "current" if place == at else "to_come")
        for place in range(count)
    )  # fmt: skip
    board = replace(meeting.board(), entries=lines, current=lines[at].id, options=(), statements=())
    texts = inked(scene(meeting, width, board))
    listed = [(text, size) for text, size, place in texts if place.left() > width * 0.5 and place.top() > 200]
    rows = [text for text, _size in listed if "号" in text]
    more = [int(found[1]) for text, _size in listed if (found := re.fullmatch(r"(\d+) (earlier|still to come)", text))]
    assert len(rows) + sum(more) == count
    assert any(row.startswith(f"{at}号") for row in rows)
    assert len({size for _text, size in listed}) == 1  # a list of one kind in one size
    assert len(rows) >= min(count, 2)


def test_while_nobody_speaks_the_entry_stands_there_once_in_large_type(
    app_dressed: QApplication, meeting: Held
) -> None:
    board = meeting.board()
    shown = inked(scene(meeting))
    assert board.entry is not None
    assert [size >= 92 for text, size, _place in shown if text == board.entry.title] == [True]
    assert board.meeting.title in [text for text, *_more in shown]
    floor_clock.give(meeting.work, meeting.meeting, meeting.people["龚龑"])
    assert board.entry.title in [text for text, *_more in inked(scene(meeting))]


@pytest.mark.usefixtures("spoken")
def test_options_stand_in_one_size_the_larger_the_fewer_they_say(meeting: Held) -> None:
    entry = meeting.board().current
    assert entry is not None
    sizes = {}
    for long in (False, True):
        options = [(None, f"{sign}案：{LONG if long else '同意'}", LONG if long else "") for sign in "甲乙丙丁"]
        meetings_agenda.set_options(meeting.work, entry, options)
        assert not [fault for fault in wrong(meeting) if not fault.startswith("cut")]
        titles = {size for text, size, _place in inked(scene(meeting)) if text in (LONG, "同意")}
        assert len(titles) == 1
        sizes[long] = titles.pop()
    assert sizes[True] < 56 < sizes[False]


def test_what_the_clock_shows_is_said_in_words_too(app_dressed: QApplication) -> None:
    turn = Speaker(uuid.uuid4(), "龚龑", "", 0, None, None, 180)
    assert projector_scenes.clock_words(turn, 100) == ("time left", "")
    assert projector_scenes.clock_words(turn, 30) == ("time left", "warn")
    assert projector_scenes.clock_words(turn, 0) == ("Time is up", "bad")
    assert projector_scenes.clock_words(turn, -5) == ("Time is up", "bad")
    assert projector_scenes.clock_words(replace(turn, paused_seconds=-5), -5) == ("paused", "")
    assert projector_scenes.clock_words(replace(turn, allotted_seconds=0), -5) == ("no limit", "")


@pytest.mark.parametrize("width", WIDTHS)
def test_at_the_end_what_is_owed_is_told_however_much_was_promised(
    app_dressed: QApplication, meeting: Held, width: float
) -> None:
    work, key = meeting.work, meeting.meeting
    for day in range(1, 13):
        floor.note(work, key, text="账目多久贴一次？", side="raise", speaker_id=meeting.people["甄租住"])
        asked = meeting.board().statements[-1].id
        floor.note(work, key, text=LONG * (day % 3), side="answer", speaker_id=meeting.people["龚龑"],
                   answers_id=asked, promised_by=date(2026, 11, day)) if day % 3 else None  # fmt: skip
    meetings.close(work, key)
    canvas = scene(meeting, width)
    texts = [text for text, *_more in inked(canvas)]
    assert "4 questions are answered later" in texts
    assert "The record is read out, signed and posted" in texts
    told = sum(text.startswith("龚龑") for text in texts)
    assert 0 < told < 8
    assert f"and {8 - told} more promises" in texts
    assert not [fault for fault in faults(canvas) if not fault.startswith("cut")]


@pytest.mark.usefixtures("spoken")
@pytest.mark.parametrize(
    "text", ["15:10", "请三号楼前白色轿车的车主现在到院门口挪车，" * 5, "https://example.org/" * 5]
)
def test_words_for_the_room_fill_it(meeting: Held, text: str) -> None:
    floor_room.message(meeting.work, meeting.meeting, text)
    assert not wrong(meeting)
    size = next(size for shown, size, place in inked(scene(meeting)) if place.top() > 200)
    assert size >= (72 if len(text) > 50 else 300)


def test_a_name_breaks_at_its_joints(app_dressed: QApplication) -> None:
    assert type_.parted(UIGHUR, 112, 700, 960, 212) == "阿卜杜热西提·\n麦麦提图尔荪·阿卜杜克热木"
    assert type_.parted(FRENCH, 112, 700, 960, 212).replace("\n", " ") == FRENCH
    assert type_.parted("范例安", 112, 700, 960, 212) == "范例安"
    assert type_.parted("阿" * 30, 112, 700, 960, 212) == "阿" * 30  # no joint


def test_a_name_is_drawn_in_one_weight_and_without_empty_boxes(app_dressed: QApplication) -> None:
    assert rare_faces.worn("范例安 1:42", 700) == (700, ())
    assert rare_faces.worn("龚龑", 700) == (500, ())  # the bold face lacks the second
    weight, faces = rare_faces.worn("𠮷田", 700)
    assert (weight, len(faces)) == (700, 1)
    assert type_.wide("𠮷田", 100, 700) == pytest.approx(200, abs=4)


NAMES = ("范例安", "尹记录", UIGHUR, "龚龑", "买买提·吐尔逊", "欧阳试例", FRENCH, "陆𬱖", "陶堃", "甄租住", "钱商户")


def election(count: int, seats: int = 3) -> tuple[Motion, Preview]:
    """An election of so many, the first ones elected."""
    nominees = tuple(Nominee(uuid.uuid4(), NAMES[at % len(NAMES)], 15 - at, at, 0) for at in range(count))
    motion = Motion(uuid.uuid4(), "选举支部委员会委员", "secret_ballot", "branch_election", None, None, None, None, 0,
                    seats=seats, nominees=nominees)  # fmt: skip
    won = tuple(str(one.person_id) for one in nominees[:seats])
    numbers = Count(eligible=20, present=18)
    verdict = Verdict(True, True, "", ())
    return motion, Preview(numbers, verdict, (), election=Election(won, (), 0, {}, ""))


@pytest.mark.usefixtures("spoken")
@pytest.mark.parametrize("count", [1, 2, 4, 6, 11])
def test_who_stands_and_who_is_elected_is_never_shortened(meeting: Held, count: int) -> None:
    motion, preview = election(count, seats=min(count, 3))
    for width in WIDTHS:
        board = replace(meeting.board(), vote=motion)
        voting, result = scene(meeting, width, board), Canvas(width)
        projector_names.counted(result, motion, preview, QRectF(80, 400, width - 160, 344))
        for canvas in (voting, result):
            assert not faults(canvas)
            shown = [text for text, *_more in inked(canvas)]
            assert {one.name for one in motion.nominees} <= set(shown)
        numbers = " ".join(text for text, *_more in inked(result))
        assert all(str(one.in_favour) in numbers for one in motion.nominees)


def test_a_rare_character_makes_no_name_stand_out_among_others(app_dressed: QApplication) -> None:
    canvas = Canvas(WIDTHS[0])
    motion, _preview = election(4)
    projector_names.standing(canvas, motion, QRectF(80, 300, 1760, 470))
    names = {one.name for one in motion.nominees}
    assert len({stroke[8] for stroke in canvas.strokes if stroke[0] == "line" and stroke[5] in names}) == 1


def test_more_candidates_than_have_room_are_counted(app_dressed: QApplication) -> None:
    canvas = Canvas(WIDTHS[1])
    motion, _preview = election(60)
    projector_names.standing(canvas, motion, QRectF(80, 300, 1280, 470))
    texts = [text for text, *_more in inked(canvas)]
    shown = sum(text in NAMES for text in texts)
    assert f"and {60 - shown} more people" in texts


@pytest.mark.usefixtures("spoken")
def test_a_vote_and_its_result_are_whole_on_every_screen(meeting: Held) -> None:
    work = meeting.work
    floor.note(work, meeting.meeting, text="可以表决了。")
    entry = meeting.board().current
    assert entry is not None
    for words, method in (("是否同意收费", "secret_ballot"), (LONG * 5, "show_of_hands")):
        key = votes.open_vote(work, entry, motion=words, method=method)
        assert not [fault for fault in wrong(meeting) if not fault.startswith("cut: Count")]
        papers = {"ballots_issued": 19, "ballots_returned": 18} if method == "secret_ballot" else {}
        votes.count(work, key, in_favour=12, against=3, abstain=1, invalid=2, **papers)
        votes.announce(work, key)
        assert votes_told(meeting) == {"12", "3", "1"}


def votes_told(made: Held) -> set[str]:
    """The numbers that stand for themselves on every screen, where nothing else is wrong."""
    board = made.board()
    assert board.result is not None
    told: set[str] = set()
    for width in WIDTHS:
        judged = votes.preview(made.work, board.result.id, in_favour=12, against=3, abstain=1, invalid=2)
        canvas = projector_scenes.compose(width, board, made.clock.now, lambda judged=judged: judged)
        assert not faults(canvas)
        told = {text for text, *_more in inked(canvas) if text.isdigit()}
    return told


def test_names_with_rare_characters_are_ready_before_anything_is_drawn(
    app_dressed: QApplication, meeting: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    name(meeting, "龚龑", RARE)
    loaded: list[int] = []
    monkeypatch.setattr(rare_faces, "_shards", loaded.append)
    rare_faces.prepare(one.name for one in meeting.board().guests)
    assert sorted(loaded) == sorted({ord(one) >> 10 for one in RARE[:2]})  # the third is in the face of names


@pytest.mark.usefixtures("spoken")
def test_an_answer_stands_beside_its_question_until_somebody_goes_on(meeting: Held) -> None:
    work, key = meeting.work, meeting.meeting
    floor.note(work, key, text="贴在哪里？", side="raise", speaker_id=meeting.people["甄租住"])
    question = meeting.board().statements[-1].id
    floor_clock.give(work, key, meeting.people["龚龑"])
    floor.note(work, key, text="贴在门口。", side="answer", speaker_id=meeting.people["龚龑"], answers_id=question,
               promised_by=date(2026, 11, 5))  # fmt: skip
    assert not wrong(meeting)
    for width in WIDTHS:
        texts = [text for text, *_more in inked(scene(meeting, width))]
        assert "贴在门口。" in texts
        assert any("甄租住" in text and text.endswith("贴在哪里？") for text in texts)
        assert any("龚龑" in text and "5" in text for text in texts if text != "龚龑")
    floor_clock.give(work, key, meeting.people["甄租住"])
    assert "贴在门口。" not in [text for text, *_more in inked(scene(meeting))]
    floor_clock.stop(work, key)
    assert "贴在门口。" in [text for text, *_more in inked(scene(meeting))]
    floor.note(work, key, text="好。", speaker_id=meeting.people["甄租住"])
    assert "贴在门口。" not in [text for text, *_more in inked(scene(meeting))]


def test_lines_end_where_they_were_broken_with_rare_characters_too(app_dressed: QApplication) -> None:
    text = f"{RARE}先生问停车费怎么收、收多少、谁来管，账目多久贴一次"
    lines = type_.laid(text, 112, 700, 800).words()
    assert "".join(lines) == text
    assert len(lines) > 2
    assert all(type_.wide(line, 112, 700) <= 800 for line in lines)


@pytest.mark.usefixtures("spoken")
def test_a_long_title_stands_in_two_lines_away_from_the_edge(meeting: Held) -> None:
    entry = meeting.board().current
    assert entry is not None
    for words in (LONG, LONG * 5):
        meetings_agenda.edit_entry(meeting.work, entry, title=words)
        floor_clock.give(meeting.work, meeting.meeting, meeting.people["龚龑"])
        canvas = scene(meeting, WIDTHS[1])
        title = [(text, place) for text, _size, place in inked(canvas) if place.bottom() < 140 and place.left() < 200]
        assert len(title) == 2
        assert min(place.top() for _text, place in title) >= 8
        assert words in [text for text, _size in canvas.written]
        assert not [fault for fault in faults(canvas) if not fault.startswith("cut: ")]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("rule", RULES)
@pytest.mark.usefixtures("spoken")
def test_the_clause_of_a_rule_is_never_shortened_and_what_comes_next_gives_way(rule: str, width: float) -> None:
    canvas, day = Canvas(width), date(2026, 10, 20)
    clause = RULES[rule].clause(Count(eligible=20, present=18), day)
    projector_votes.force(canvas, rule, clause, f"接下来：{LONG * 3}")
    texts = [text for text, *_more in inked(canvas)]
    assert (clause if RULES[rule].legal_force else texts[0]) in texts
    assert not [fault for fault in faults(canvas) if not fault.startswith("cut: 接下来")]


def test_the_result_tells_what_comes_next(meeting: Held, app_dressed: QApplication) -> None:
    floor.note(meeting.work, meeting.meeting, text="可以表决了。")
    board = meeting.board()
    assert board.current is not None
    first, second = board.options[:2]
    key = votes.open_vote(meeting.work, board.current, motion="是否赞成A案", option_id=first.id)
    votes.count(meeting.work, key, in_favour=12, against=4, abstain=3)
    votes.announce(meeting.work, key)
    board = meeting.board()
    judged = votes.preview(meeting.work, key, in_favour=12, against=4, abstain=3)
    canvas = projector_scenes.compose(WIDTHS[0], board, meeting.clock.now, lambda: judged)
    assert f"Next, the vote on {second.name}" in [text for text, *_more in inked(canvas)]
    assert not faults(canvas)


def test_that_a_clause_is_still_to_be_checked_is_not_for_the_room(meeting: Held, app_dressed: QApplication) -> None:
    day, remarked = meeting.clock.now.date(), 0
    for rule in RULES:
        numbers = Count(eligible=20, present=18, in_favour=12)
        motion = replace(election(0)[0], rule=rule, seats=None)
        canvas = Canvas(WIDTHS[0])
        projector_votes.result(canvas, meeting.board(), motion, Preview(numbers, Verdict(True, True, "", ()), ()))
        remarked += UNCHECKED in RULES[rule].clause(numbers, day)
        assert not any(UNCHECKED in text for text, *_more in inked(canvas))
    assert remarked

"""The floor by real keys: queue and its reasons, clock and sound, the line with stance, promise and time."""

from __future__ import annotations

import wave
from array import array
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QApplication

from deliberation_app.domain.speaking import OTHERS_SILENT
from deliberation_app.services import floor, floor_draft, floor_marks, floor_roll
from deliberation_app.ui.kit import sound, theme
from tests.ui.console_meeting import Hands, Held, close_console, open_console

K, M = Qt.Key, Qt.KeyboardModifier


@pytest.fixture(autouse=True)
def heard(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The sounds that were played, heard by nobody."""
    played: list[str] = []
    monkeypatch.setattr(sound, "play_file", lambda file: played.append(file.name.partition("-")[0].partition(".")[0]))
    return played


def names(meeting: Held) -> list[str]:
    return [one.guest.name for one in meeting.board().waiting]


def rows(hands: Hands) -> list[tuple[str, str]]:
    return [(row.title, row.status) for row in hands.window.frame.queue.list.rows.rows]


def test_a_point_of_order_and_a_direct_answer_go_to_the_front(hands: Hands, meeting: Held) -> None:
    hands.key(K.Key_F4)
    hands.name("gy")
    hands.name("sy")
    hands.key(K.Key_F4, M.ShiftModifier)
    hands.name("mmt")
    hands.key(K.Key_F4, M.ShiftModifier)
    hands.key(K.Key_F4, M.ShiftModifier)
    hands.name("fj")
    assert [said for _name, said in rows(hands)] == ["point of order", "direct answer", "first time", "first time"]
    queue = hands.window.frame.queue.list
    queue.setFocus()
    queue.choose(str(meeting.board().waiting[3].guest.person_id))
    before = names(meeting)
    hands.key(K.Key_Up, M.AltModifier)
    assert names(meeting) == [*before[:2], before[3], before[2]]
    assert rows(hands)[2][1] == "placed by the chair"
    hands.key(K.Key_Delete)
    assert names(meeting) == before[:3]
    hands.ctrl(K.Key_Z)
    hands.ctrl(K.Key_Z)
    assert names(meeting) == before


def test_who_went_out_is_marked_in_the_queue_and_does_not_get_the_floor(hands: Hands, meeting: Held) -> None:
    hands.key(K.Key_F4)
    for initials in ("gy", "fj"):
        hands.name(initials)
    floor_roll.step_out(meeting.work, meeting.meeting, meeting.people[names(meeting)[0]])
    QApplication.processEvents()
    first, second = names(meeting)
    assert rows(hands)[1] == (second, "not in the room")
    queue = hands.window.frame.queue.list
    queue.setFocus()
    queue.choose(str(meeting.people[second]))
    hands.enter()
    assert meeting.board().speaker is None
    assert "is not in the room" in hands.window.frame.queue._error.accessibleName()
    hands.next_step()
    assert meeting.board().speaker.name == first


def test_the_sound_comes_before_the_end_and_at_the_end_once(hands: Hands, meeting: Held, heard: list[str]) -> None:
    floor.give(meeting.work, meeting.meeting, meeting.people["龚龑"])
    QApplication.processEvents()
    frame = hands.window.frame
    for minute, second in ((0, 1), (2, 29), (2, 31), (2, 45), (2, 59), (3, 0), (3, 1), (3, 20)):
        meeting.clock.to(15, minute, second)
        frame.tick(hands.window.chair.now())
    assert heard == ["soon", "over"]
    assert frame.speaker._left.text() == "Time is up"
    hands.key(K.Key_F5, M.ShiftModifier)
    assert frame.speaker._left.text() == "time left"
    hands.key(K.Key_F5, M.ControlModifier)
    meeting.clock.to(15, 3, 51)
    frame.tick(hands.window.chair.now())
    assert heard == ["soon", "over"]
    assert frame.speaker._left.text() == "Time is up"
    hands.key(K.Key_F5, M.ControlModifier)
    assert heard == ["soon", "over", "soon"]


def test_the_length_of_turns_is_chosen_by_key_and_in_the_panel(hands: Hands, meeting: Held) -> None:
    hands.ctrl(K.Key_T)
    assert (meeting.board().turn_seconds, hands.said()) == (300, "From the next turn on: 5 minutes each")
    hands.ctrl(K.Key_G)
    shares = hands.window.frame.shares
    shares.length.step(1)
    assert meeting.board().turn_seconds == 0
    floor.give(meeting.work, meeting.meeting, meeting.people["龚龑"])
    meeting.clock.to(15, 7)
    QApplication.processEvents()
    hands.window.frame.tick(hands.window.chair.now())
    assert (hands.window.frame.speaker._clock.text(), hands.window.frame.speaker._left.text()) == ("7:00", "no limit")


def test_stance_promise_and_words_are_noted_for_who_has_not_the_floor(hands: Hands, meeting: Held) -> None:
    floor.give(meeting.work, meeting.meeting, meeting.people["龚龑"])
    QApplication.processEvents()
    line = hands.window.frame.line
    assert line.who.text() == "龚龑"
    hands.ctrl(K.Key_1)
    hands.type("灯坏了")
    hands.enter()
    hands.ctrl(K.Key_L)
    line.who.setFocus()
    line.who.selectAll()
    hands.name("fla")
    hands.ctrl(K.Key_S)
    hands.ctrl(K.Key_D)
    hands.type("下周三")
    assert "Wed" in line.target.whole()
    hands.enter()
    hands.type("修好")
    hands.enter()
    question, answer = meeting.board().statements
    assert (answer.answers_id, answer.stance, answer.promised_by) == (question.id, "for", date(2026, 10, 28))
    assert (answer.speaker_id, meeting.board().speaker.name) == (meeting.people["范例安"], "龚龑")
    assert hands.window.frame.said.list.lines.lines[0].status()[0] == "范例安 promised by 28 Oct"


def test_a_day_that_has_passed_is_refused_and_nothing_is_lost(hands: Hands, meeting: Held) -> None:
    line = hands.window.frame.line
    line.text.setFocus()
    hands.type("x")
    hands.ctrl(K.Key_D)
    hands.type("2026-10-01")
    hands.enter()
    hands.enter()
    assert meeting.board().statements == ()
    assert (line.text.text(), line.due.text(), line.error.isVisible()) == ("x", "2026-10-01", True)


def test_a_statement_is_corrected_in_time_and_moved_to_another_question(hands: Hands, meeting: Held) -> None:
    note = lambda **told: floor.note(meeting.work, meeting.meeting, **told)  # noqa: E731
    first, second = note(text="一？", side="raise"), note(text="二？", side="raise")
    said = note(text="答", side="answer", answers_id=first)
    QApplication.processEvents()
    frame = hands.window.frame
    frame.said.list.setFocus()
    frame.said.list.setCurrentIndex(frame.said.list.lines.index(2, 0))
    hands.ctrl(K.Key_E)
    hands.ctrl(K.Key_Down)
    frame.line.at.setFocus()
    frame.line.at.selectAll()
    hands.type("1455")
    hands.enter()
    hands.enter()
    (found,) = [one for one in meeting.board().statements if one.id == said]
    assert (found.answers_id, f"{found.at.astimezone(meeting.clock.now.tzinfo):%H:%M}") == (second, "14:55")


def test_what_is_half_typed_is_there_again(hands: Hands, meeting: Held) -> None:
    line = hands.window.frame.line
    hands.ctrl(K.Key_1)
    line.text.setFocus()
    hands.type("租户的车算")
    line.text.textEdited.emit(line.text.text())
    hands.window.chair.drafts.keep()
    again = open_console(meeting)
    try:
        assert (again.frame.line.text.text(), again.frame.line.side.current()) == ("租户的车算", "raise")
        Hands(again).enter()
    finally:
        close_console(again)
    assert [one.text for one in meeting.board().statements] == ["租户的车算"]
    assert floor_draft.kept(meeting.work, meeting.meeting) == {}


def test_only_the_open_questions_are_shown_and_lead_to_their_item(hands: Hands, meeting: Held) -> None:
    floor.note(meeting.work, meeting.meeting, text="谁来修？", side="raise")
    first = meeting.board().current
    floor.go_to_entry(meeting.work, meeting.meeting)
    floor.note(meeting.work, meeting.meeting, text="好。")
    QApplication.processEvents()
    frame = hands.window.frame
    hands.key(K.Key_F7, M.ShiftModifier)
    assert [line.said.text for line in frame.said.list.lines.lines] == ["谁来修？"]
    frame.said.list.setCurrentIndex(frame.said.list.lines.index(0, 0))
    hands.enter()
    assert meeting.board().current == first
    assert not frame.said.only_open
    hands.ctrl(K.Key_2)
    frame.line.text.setFocus()
    hands.type("物业修。")
    hands.enter()
    assert meeting.board().unanswered == 0


def test_who_was_not_heard_is_asked_by_one_key_and_the_rest_noted_by_another(hands: Hands, meeting: Held) -> None:
    floor.note(meeting.work, meeting.meeting, text="我说两句。", speaker_id=meeting.people["龚龑"])
    QApplication.processEvents()
    silent = meeting.board().unheard
    hands.key(K.Key_F6, M.ShiftModifier)
    assert meeting.board().speaker.person_id == silent[0]
    hands.key(K.Key_F6)
    assert len(meeting.board().unheard) == len(silent) - 1
    assert "no_more" in [step.act for step in meeting.board().steps]
    hands.window.acts._take(next(step for step in meeting.board().steps if step.act == "no_more"))
    assert meeting.board().statements[-1].text == OTHERS_SILENT


def test_a_time_mark_with_and_without_words(hands: Hands, meeting: Held) -> None:
    hands.ctrl(K.Key_M)
    hands.type("tree")
    hands.enter()
    hands.ctrl(K.Key_M)
    hands.key(K.Key_Escape)
    assert [one.text for one in floor_marks.marks(meeting.work, meeting.meeting)] == ["tree", ""]
    assert not hands.window.frame.mark.isVisible()


def test_the_sounds_are_there_and_softer_on_demand() -> None:
    for name in sound.SOUNDS:
        with (
            wave.open(str(sound.file_of(name, 100)), "rb") as loud,
            wave.open(str(sound.file_of(name, 30)), "rb") as soft,
        ):
            assert loud.getnframes() == soft.getnframes() > 10_000
            assert max(soft.readframes(5000)) <= max(loud.readframes(5000))


def test_no_player_no_sound_and_no_complaint(app_dressed: QApplication, tmp_path: Path) -> None:
    beeps: list[int] = []
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(QApplication, "beep", lambda: beeps.append(1))
        playing = sound.Playing(tmp_path / "x.wav", [["/nonexistent-player"], ["false"]])
        for _wait in range(200):
            QApplication.processEvents()
            if beeps:
                break
            playing._process.waitForFinished(20)
    assert beeps == [1]


def test_the_sounds_are_soft_whole_and_preceded_by_silence() -> None:
    for name, seconds in (("soon", 1.3), ("over", 2.02)):
        with wave.open(str(sound.file_of(name, 100)), "rb") as heard:
            loud = array("h", heard.readframes(heard.getnframes()))
            rate = heard.getframerate()
        assert abs(len(loud) / rate - seconds) < 0.01
        # Sound cards that sleep swallow what comes first; nothing is clipped, and nobody is startled.
        assert max(abs(one) for one in loud[: rate // 3]) == 0
        assert 0.3 < max(abs(one) for one in loud) / 32768 < 0.6
        assert max(abs(one) for one in loud[-20:]) < 200


def test_no_sound_for_who_has_no_time_limit_and_none_while_paused(
    hands: Hands, meeting: Held, heard: list[str]
) -> None:
    floor.choose_seconds(meeting.work, meeting.meeting, 0)
    floor.give(meeting.work, meeting.meeting, meeting.people["龚龑"])
    QApplication.processEvents()
    for minute in range(1, 20):
        meeting.clock.to(15, minute)
        hands.window.frame.tick(hands.window.chair.now())
    floor.choose_seconds(meeting.work, meeting.meeting, 120)
    floor.give(meeting.work, meeting.meeting, meeting.people["范例安"])
    QApplication.processEvents()
    hands.key(K.Key_F5)
    for minute in range(20, 30):
        meeting.clock.to(15, minute)
        hands.window.frame.tick(hands.window.chair.now())
    assert heard == []


def test_that_nothing_can_be_heard_is_said_once(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QApplication, "beep", lambda: None)
    monkeypatch.setattr(sound.silence, "known", False)
    sound.silence.tell()
    assert "plays no sound" in hands.said()
    hands.key(K.Key_F5, M.ControlModifier)
    before = hands.said()
    sound.silence.tell()
    assert hands.said() == before


def test_the_clock_in_the_strip_is_whole_when_time_is_over(hands: Hands, meeting: Held) -> None:
    hands.window.resize(800, 760)
    floor.give(meeting.work, meeting.meeting, meeting.people["龚龑"])
    QApplication.processEvents()
    clock = hands.window.frame.speaker._clock
    for second in (2, 10, 45):
        meeting.clock.to(15, 2 if second == 45 else 3, second)
        hands.window.frame.tick(hands.window.chair.now())
        assert QFontMetricsF(clock.font()).horizontalAdvance(clock.text()) <= clock.minimumWidth(), clock.text()


def test_rows_of_the_queue_share_the_height_and_none_is_lit_without_the_keyboard(hands: Hands, meeting: Held) -> None:
    hands.key(K.Key_F4)
    for initials in ("gy", "sy", "mmt", "fj", "tk", "zzz", "qsh", "lha", "zjw", "wwg"):
        hands.name(initials)
    hands.key(K.Key_Escape)
    queue = hands.window.frame.queue.list
    high = queue.delegate.exact or queue.row_height()
    assert len(queue.rows.rows) * high > queue.height()
    assert queue.viewport().height() % high == 0
    assert queue.height() - queue.viewport().height() < high / 2
    queue.setFocus()
    assert queue.current_id() == queue.rows.rows[0].id
    hands.ctrl(K.Key_L)
    assert queue.current_id() == ""


def test_that_time_is_up_is_said_once_in_the_strip(hands: Hands, meeting: Held) -> None:
    hands.window.resize(1024, 700)
    theme.apply(QApplication.instance(), "light", 150)
    QApplication.processEvents()
    hands.key(K.Key_F6, M.ShiftModifier)
    speaker = hands.window.frame.speaker
    hands.window.resize(640, 700)
    QApplication.processEvents()
    meeting.clock.to(15, 59)
    hands.window.frame.tick(meeting.clock.now)
    assert speaker._under.whole() == "Time is up"
    hands.window.resize(1366, 700)
    QApplication.processEvents()
    hands.window.frame.tick(meeting.clock.now)
    assert "Time is up" in speaker._head.text()
    assert speaker._under.whole() != "Time is up"

"""The frame of the console by real keys: recess, what the room sees, what is not settled, the conclusion, closing."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QApplication, QDialog

from deliberation_app.services import floor, floor_outcome, floor_room, meetings, people, votes
from deliberation_app.ui.console_keys import LISTED
from tests.ui.console_meeting import Hands, Held, close_console, open_console

F = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def room_says(hands: Hands) -> list[str]:
    """What the room reads now."""
    room = hands.window.acts.projector
    QApplication.processEvents()
    room.repaint()
    assert min((size for _text, size in room.written), default=40) >= 40
    return [text for text, _size in room.written]


def chip(hands: Hands) -> str:
    chip = hands.window.frame.screen_chip
    assert chip.isVisible()
    return chip.accessibleName()


# Recess


def test_a_quarter_of_an_hour_is_two_keys(hands: Hands, meeting: Held) -> None:
    hands.key(F.Key_F10)
    hands.ctrl(F.Key_R)
    assert hands.window.frame.page() == "recess"
    assert hands.window.frame.foot.next.text() == "Begin the recess"
    hands.next_step()
    board = meeting.board()
    assert (board.state, board.resumes_at) == ("recess", meeting.clock.now + timedelta(minutes=15))
    assert hands.window.frame.rest.said() == "In recess until 15:15, 15 min left"
    assert {"In recess", "15:15", "15 minutes left"} <= set(room_says(hands))
    meeting.clock.to(15, 16)
    hands.window.frame.tick(hands.window.chair.now())
    assert hands.window.frame.rest.said() == "The break is over: the meeting was to go on at 15:15"
    assert "Please come back to your seats" in room_says(hands)
    hands.next_step()
    assert meeting.board().state == "open"
    assert not hands.window.frame.rest.isVisible()
    assert hands.window.frame.line.isVisible()


def test_arrows_choose_the_length_and_esc_goes_on(hands: Hands, meeting: Held) -> None:
    hands.ctrl(F.Key_R)
    hands.key(F.Key_Right)
    assert hands.window.frame.recess.hour.editor.text() == "15:30"
    hands.key(F.Key_Escape)
    assert (hands.window.frame.page(), meeting.board().state) == ("talk", "open")


def test_a_meeting_that_goes_on_next_week_takes_the_roll_anew(hands: Hands, meeting: Held) -> None:
    hands.ctrl(F.Key_R)
    hands.key(F.Key_Tab)
    hands.type("10-27")
    hands.key(F.Key_Tab)
    hands.type("14:30")
    hands.enter()
    board = meeting.board()
    assert board.state == "recess"
    assert (board.resumes_at.day, board.resumes_at.hour, board.room.there) == (27, 14, 0)
    meeting.clock.now += timedelta(days=7)
    hands.next_step()
    assert meeting.board().state == "open"
    assert hands.window.frame.page() == "roll"
    assert meeting.board().room.there == 0


def test_a_day_that_is_none_is_said_at_its_field(hands: Hands, meeting: Held) -> None:
    hands.ctrl(F.Key_R)
    hands.key(F.Key_Tab)
    hands.type("39-99")
    hands.enter()
    assert (meeting.board().state, hands.window.frame.page()) == ("open", "recess")


# What the room sees


def test_the_screen_is_blanked_and_comes_back(hands: Hands, meeting: Held) -> None:
    hands.key(F.Key_F10)
    hands.ctrl(F.Key_F10)
    assert meeting.board().screen.mode == "blank"
    assert room_says(hands) == []
    assert chip(hands) == "The room sees an empty screen. Ctrl+F10 shows the meeting again."
    hands.ctrl(F.Key_F10)
    assert meeting.board().screen.mode == ""
    assert "引入停车公司经营" in room_says(hands)


def test_a_frozen_screen_keeps_what_stood_there(hands: Hands, meeting: Held) -> None:
    hands.key(F.Key_F10)
    floor.give(meeting.work, meeting.meeting, meeting.people["龚龑"])
    assert "龚龑" in room_says(hands)
    hands.ctrl(F.Key_F11)
    floor.give(meeting.work, meeting.meeting, meeting.people["钱商户"])
    meeting.clock.to(15, 20)
    said = room_says(hands)
    assert ("龚龑" in said, "钱商户" in said, "3:00" in said) == (True, False, True)
    hands.ctrl(F.Key_F11)
    assert "钱商户" in room_says(hands)


def test_a_frozen_screen_shows_nothing_newer_after_a_restart(hands: Hands, meeting: Held) -> None:
    title = meeting.board().entry.title
    hands.ctrl(F.Key_F11)
    hands.window.close()
    floor.give(meeting.work, meeting.meeting, meeting.people["钱商户"])
    again = Hands(open_console(meeting))
    again.key(F.Key_F10)
    said = room_says(again)
    assert (title in said, "钱商户" in said) == (True, False)
    assert "stood there" in chip(again)
    close_console(again.window)


def test_words_for_the_room_are_typed_in_the_page(hands: Hands, meeting: Held) -> None:
    hands.key(F.Key_F10)
    hands.ctrl(F.Key_F12)
    assert hands.window.frame.message.isVisible()
    hands.type("tea is outside")
    hands.enter()
    assert "tea is outside" in room_says(hands)
    assert not hands.window.frame.message.isVisible()
    assert hands.window.frame.line.isAncestorOf(QApplication.focusWidget())
    hands.ctrl(F.Key_F12)
    assert meeting.board().screen.mode == ""
    hands.ctrl(F.Key_F12)
    hands.key(F.Key_Escape)
    assert not hands.window.frame.message.isVisible()
    assert meeting.board().screen.mode == ""


def test_what_the_room_sees_is_told_at_every_width(hands: Hands) -> None:
    hands.ctrl(F.Key_F10)
    for width in (1366, 1000, 700):
        hands.window.resize(width, 700)
        QApplication.processEvents()
        assert "empty screen" in chip(hands)


# What is not settled


def test_closing_names_what_is_left_once(hands: Hands, meeting: Held) -> None:
    floor.note(meeting.work, meeting.meeting, text="租户怎么办？", side="raise",
               speaker_id=meeting.people["甄租住"])  # fmt: skip
    QApplication.processEvents()
    hands.window.frame.agenda.close_button.click()
    frame = hands.window.frame
    assert (frame.page(), meeting.board().state) == ("unfinished", "open")
    titles = [row.title for row in frame.unfinished.list.rows.rows]
    assert titles[0] == "甄租住：租户怎么办？"
    hands.next_step()
    assert meeting.board().state == "closed"


def test_a_line_leads_to_where_it_is_settled(hands: Hands, meeting: Held) -> None:
    asked = floor.note(meeting.work, meeting.meeting, text="租户怎么办？", side="raise",
                       speaker_id=meeting.people["甄租住"])  # fmt: skip
    QApplication.processEvents()
    hands.key(F.Key_R, CTRL, SHIFT)
    assert hands.window.frame.page() == "unfinished"
    hands.enter()
    assert hands.window.frame.page() == "talk"
    hands.name("fla")
    hands.type("yes")
    hands.enter()
    told = meeting.board().statements[-1]
    assert (told.answers_id, told.text) == (asked, "yes")


def test_the_list_goes_away_by_the_key_that_brought_it(hands: Hands) -> None:
    for _ in range(2):
        hands.key(F.Key_R, CTRL, SHIFT)
    assert hands.window.frame.page() == "talk"


def test_the_conclusion_comes_before_the_next_item(hands: Hands, meeting: Held) -> None:
    floor.note(meeting.work, meeting.meeting, text="说说看。")
    board = meeting.board()
    for option in board.options:
        vote = votes.open_vote(meeting.work, board.current, motion=f"是否赞成{option.name}", option_id=option.id)
        votes.count(meeting.work, vote, in_favour=12, against=4, abstain=3)
        votes.announce(meeting.work, vote)
    floor_steps(hands, "Write the conclusion")
    hands.next_step()
    frame = hands.window.frame
    assert frame.page() == "outcome"
    assert "形成多数意见" in frame.outcome.resolution.value()
    assert frame.foot.next.text() == "Put it on record"
    hands.next_step()
    kept = floor_outcome.read(meeting.work, board.current)
    assert "形成多数意见" in kept.resolution
    assert frame.foot.next.text().startswith("Go on to")


def floor_steps(hands: Hands, wanted: str) -> None:
    """Take the steps before the one that is wanted."""
    QApplication.processEvents()
    for _ in range(4):
        if hands.window.frame.foot.next.text() == wanted:
            return
        hands.next_step()
    raise AssertionError(hands.window.frame.foot.next.text())


# The frame


def test_what_was_done_before_this_meeting_is_not_told(app_dressed: QApplication, meeting: Held) -> None:
    people.add(meeting.work, meeting.board().meeting.unit_id, name="与会无关")
    window = open_console(meeting)
    assert window.frame.foot.said() == ""
    close_console(window)


def test_every_key_of_the_window_stands_on_the_sheet(hands: Hands) -> None:
    told = {keys.replace("Enter", "Return") for keys, *_rest in LISTED}
    live = {one.key().toString().replace("Enter", "Return") for one in hands.window.findChildren(QShortcut)}
    live.discard("")
    assert {key.replace("Del", "Delete").replace("Deleteete", "Delete") for key in live} <= told


def test_nothing_in_the_console_is_a_dialog(hands: Hands) -> None:
    for key in (F.Key_R, F.Key_F12, F.Key_J):
        hands.ctrl(key)
        assert QApplication.activeModalWidget() is None
    assert hands.window.findChildren(QDialog) == []


def test_both_windows_have_the_seal_as_their_icon(hands: Hands) -> None:
    hands.key(F.Key_F10)
    assert not hands.window.windowIcon().isNull()
    assert not hands.window.acts.projector.windowIcon().isNull()


def test_the_closing_scene_tells_what_was_promised(hands: Hands, meeting: Held) -> None:
    hands.key(F.Key_F10)
    floor.note(meeting.work, meeting.meeting, text="月底前换好三盏灯。", side="answer",
               speaker_id=meeting.people["龚龑"], promised_by=meeting.clock.now.date())  # fmt: skip
    meetings.close(meeting.work, meeting.meeting)
    said = room_says(hands)
    assert "龚龑: 月底前换好三盏灯。" in said
    assert "The record is read out, signed and posted" in said


def test_states_of_what_is_left_stand_in_one_line(hands: Hands, meeting: Held) -> None:
    floor.note(meeting.work, meeting.meeting, text="账什么时候贴？", side="raise")
    QApplication.processEvents()
    hands.window.acts.leads.show_unfinished()
    listed = hands.window.frame.unfinished.list
    acts = {row.act for row in listed.rows.rows}
    assert len(acts) > 1
    box = QRectF(0, 0, listed.viewport().width(), listed.row_height())
    assert len({listed.delegate.act_box(box, row).left() for row in listed.rows.rows}) == 1


def test_tab_goes_through_what_is_left_before_the_recess(hands: Hands, meeting: Held) -> None:
    agenda = hands.window.frame.agenda
    agenda.list.setFocus()
    order = []
    for _press in range(8):
        hands.key(F.Key_Tab)
        order.append(QApplication.focusWidget())
    shown = [one for one in agenda._left if one.isVisible() and one.isEnabled()]
    assert shown
    assert order[: len(shown) + 3] == [agenda._all, *shown, agenda.recess, agenda.close_button]


def test_after_the_end_nothing_is_under_way_and_the_agenda_has_the_room(hands: Hands, meeting: Held) -> None:
    hands.window.acts.leads.close_now()
    board = meeting.board()
    assert board.state == "closed"
    assert "current" not in {one.state for one in board.entries}
    agenda = hands.window.frame.agenda
    assert not any(one.sizePolicy().retainSizeWhenHidden() for one in agenda._left)
    hands.ctrl(F.Key_Z)
    assert next(one for one in meeting.board().entries if one.id == board.current).state == "current"
    assert hands.said() == "Taken back: Closing of the meeting"


def test_the_chip_says_that_what_is_to_be_shown_has_no_window(hands: Hands, meeting: Held) -> None:
    floor_room.blank(meeting.work, meeting.meeting)
    QApplication.processEvents()
    assert chip(hands).startswith("The room's window is not open, F10 opens it.")
    hands.key(F.Key_F10)
    assert chip(hands) == "The room sees an empty screen. Ctrl+F10 shows the meeting again."


def test_what_came_down_behind_the_console_is_brought_in_front_by_the_key_that_opens_it(hands: Hands) -> None:
    place = hands.window.acts.place
    hands.key(F.Key_F10)
    window = place.window
    assert window is not None
    window.setWindowState(Qt.WindowState.WindowFullScreen)  # as on a screen of its own, which is lost
    place.settle()
    assert not window.isFullScreen()
    hands.key(F.Key_F10)
    assert place.window is window
    hands.key(F.Key_F10)
    assert place.window is None

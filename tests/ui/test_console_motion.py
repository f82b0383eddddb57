"""A motion that lacks something which a reason may make up for: the reason is asked for, kept and printed."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from deliberation_app.services import agenda, floor, floor_outcome, floor_roll, meetings, people, units, votes
from deliberation_app.services.work import Work
from deliberation_app.settings import Settings
from deliberation_app.storage.votes import Vote
from deliberation_app.ui.chair_console import ChairConsole
from deliberation_app.ui.console_motion import MotionPanel
from tests.ui.console_meeting import Hands, Held, close_console


@pytest.fixture
def assembly(branch_work: Work) -> uuid.UUID:
    """A branch assembly at an important item that no committee meeting has discussed."""
    unit = units.all_units(branch_work)[0]
    members = [
        people.add(branch_work, unit.id, name=name, party="full", roles=("member", "committee_member"))
        for name in ("尹记录", "龚龑", "陆𬱖")
    ]
    item = agenda.raise_item(branch_work, unit.id, title="活动室怎么用", channel="meeting", vital_interest=True)
    key = meetings.call(
        branch_work, unit.id, kind="branch_assembly", title="支部党员大会", items=[item], due=members,
        starts_at=branch_work.clock() + timedelta(hours=1),
    )  # fmt: skip
    meetings.give_notice(branch_work, key)
    floor_roll.sign_in(branch_work, key, members)
    meetings.open_meeting(branch_work, key)
    floor.go_to_entry(branch_work, key)
    floor.no_statements(branch_work, floor.go_to_entry(branch_work, key))
    return key


def test_a_reason_is_asked_for_where_it_is_enough(
    app_dressed: QApplication, branch_work: Work, desk_settings: Settings, assembly: uuid.UUID
) -> None:
    """Without the reason the vote stays closed; with it the vote opens, and the reason is on record."""
    window = ChairConsole(branch_work, assembly, desk_settings)
    window.show()
    window.chair.wanted.emit("motion")
    panel = window.frame.motion
    assert panel.reason.isVisibleTo(panel)
    panel.motion.set_value("同意活动室周末开放")
    panel.start()
    assert panel.error.isVisibleTo(panel)
    panel.reason.editor.setFocus()
    panel.reason.editor.insert("支委会因故未开")
    QTest.mouseClick(panel.open_button, Qt.MouseButton.LeftButton)
    with branch_work.read() as session:
        [vote] = session.scalars(select(Vote)).all()
    assert vote.overrides == [{"gate": "G3", "reason": "支委会因故未开"}]
    close_console(window)


def test_seats_left_open_bring_the_further_election_as_the_next_step(
    app_dressed: QApplication, branch_work: Work, desk_settings: Settings
) -> None:
    """Two keys lead from the announced election to the further one; a conclusion on record ends the offer."""
    unit = units.all_units(branch_work)[0]
    names = ("王秀兰", "李和安", "赵敏", "孙建国", "周桂英", "吴大勇", "郑小红", "钱多", "冯婷")
    members = [people.add(branch_work, unit.id, name=name, party="full") for name in names]
    starts = branch_work.clock() + timedelta(hours=1)
    key = meetings.call(branch_work, unit.id, kind="branch_assembly", title="换届选举", starts_at=starts, due=members)
    meetings.give_notice(branch_work, key)
    floor_roll.sign_in(branch_work, key, members)
    meetings.open_meeting(branch_work, key)
    entry = floor.go_to_entry(branch_work, key)
    floor.note(branch_work, key, text="介绍候选人基本情况。")
    vote = votes.open_vote(
        branch_work, entry, motion="选举支部委员会委员", rule="branch_election", seats=3, candidates=members[:4]
    )
    given = dict(zip(members, ((8, 1, 0), (6, 2, 1), (4, 4, 1), (3, 5, 1)), strict=False))
    votes.count(branch_work, vote, candidates=given, ballots_issued=9, ballots_returned=9, invalid=0)
    window = ChairConsole(branch_work, key, desk_settings)
    window.show()
    told = window.frame.foot.next
    assert told.text() == "Announce the result"
    window.acts.next()
    assert told.text() == "Further election for 1 seat"
    window.acts.next()
    assert told.text() == "Open the vote"
    assert window.frame.motion.motion.value() == "另行选举：选举支部委员会委员"
    window.acts.escape()
    assert told.text() == "Further election for 1 seat"
    floor_outcome.write(branch_work, entry, common="", differences="", resolution="当选两人。", routing="")
    QApplication.processEvents()
    assert "election" not in told.text()
    close_console(window)


@pytest.fixture
def motion(hands: Hands, meeting: Held) -> MotionPanel:
    """The panel of a motion, with words proposed for the first option."""
    floor.note(meeting.work, meeting.meeting, text="可以表决了。")
    hands.key(Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    return hands.window.frame.motion


def test_words_typed_are_about_the_option_that_they_name(hands: Hands, meeting: Held, motion: MotionPanel) -> None:
    first, second = meeting.board().options[:2]
    assert motion.option.value() == str(first.id)
    hands.type("下次再议")
    assert motion.motion.value() == "下次再议"
    assert motion.option.value() == "none"
    hands.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    hands.type(f"先按{second.name}试三个月")
    assert motion.option.value() == str(second.id)
    motion.option.editor.setFocus()
    hands.key(Qt.Key.Key_Down)
    assert motion.motion.value() == f"先按{second.name}试三个月"
    chosen = motion.option.value()
    motion.motion.editor.setFocus()
    hands.type("，到期再议")  # chosen by hand for words that name another: it stays
    assert motion.option.value() == chosen
    hands.next_step()
    assert str(meeting.board().vote.option_id) == chosen


def test_words_proposed_follow_the_option_and_the_rule(hands: Hands, meeting: Held, motion: MotionPanel) -> None:
    first, second = meeting.board().options[:2]
    assert motion.motion.value() == f"是否赞成{first.name}（意向表决，无法定效力）"
    motion.option.editor.setFocus()
    hands.key(Qt.Key.Key_Down)
    assert motion.motion.value() == f"是否赞成{second.name}（意向表决，无法定效力）"
    motion.rule.editor.setFocus()
    hands.key(Qt.Key.Key_Down)
    assert motion.rule.value() == "house_rule"
    assert motion.motion.value() == f"是否赞成{second.name}"
    hands.key(Qt.Key.Key_Up)
    assert motion.motion.value() == f"是否赞成{second.name}（意向表决，无法定效力）"
    motion.rule.editor.setFocus()
    hands.key(Qt.Key.Key_Down)
    hands.next_step()
    assert hands.window.frame.vote.head.text().startswith("By the agreed fractions")


def test_what_was_only_looked_at_is_proposed_again(hands: Hands, meeting: Held, motion: MotionPanel) -> None:
    QTest.qWait(600)
    hands.key(Qt.Key.Key_Escape)
    hands.key(Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    hands.type("下次再议")
    assert motion.motion.value() == "下次再议"

"""The window for the room: what it says in each moment, in type that is read from ten metres."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget

from deliberation_app.services import floor, meetings, meetings_agenda, votes, votes_series
from deliberation_app.services.board_picture import Option
from deliberation_app.storage.people import Person
from deliberation_app.ui.console_item import letter, without_name
from deliberation_app.ui.console_vote_rows import TakenLine
from deliberation_app.ui.projector_window import ProjectorWindow
from tests.ui.console_meeting import Hands, Held


@pytest.fixture
def room(hands: Hands) -> ProjectorWindow:
    """The window for the room, opened by its key."""
    hands.key(Qt.Key.Key_F10)
    assert hands.window.acts.projector is not None
    return hands.window.acts.projector


def says(room: ProjectorWindow) -> list[str]:
    """What the room reads now; nothing of it is smaller than 40 of 1080."""
    QApplication.processEvents()
    room.repaint()
    assert min(size for _text, size in room.written) >= 40
    return [text for text, _size in room.written]


def test_the_room_sees_who_speaks_and_for_how_long(room: ProjectorWindow, meeting: Held) -> None:
    floor.note(meeting.work, meeting.meeting, text="租户能不能办月票？", side="raise",
               speaker_id=meeting.people["甄租住"])  # fmt: skip
    floor.queue(meeting.work, meeting.meeting, meeting.people["钱商户"])
    floor.give(meeting.work, meeting.meeting, meeting.people["龚龑"])
    meeting.clock.to(15, 1, 18)
    said = says(room)
    assert {"龚龑", "1:42", "甄租住 asks", "租户能不能办月票？", "钱商户", "引入停车公司经营"} <= set(said)


def test_the_room_sees_the_result_with_its_arithmetic(room: ProjectorWindow, meeting: Held) -> None:
    floor.note(meeting.work, meeting.meeting, text="说说看。")
    board = meeting.board()
    vote = votes.open_vote(meeting.work, board.current, motion="是否赞成A案", option_id=board.options[0].id)
    assert {"是否赞成A案", "Please vote"} <= set(says(room))
    votes.count(meeting.work, vote, in_favour=12, against=4, abstain=3)
    said = says(room)
    assert {"是否赞成A案", "Counting…"} <= set(said)
    assert {"A majority is in favour", "12", "4", "3"}.isdisjoint(said)
    votes.announce(meeting.work, vote)
    said = says(room)
    assert {"A majority is in favour", "12", "4", "3", "In favour 12，12 × 2 ＝ 24 ＞ 19"} <= set(said)
    assert "A straw poll, no legal force" in said
    meeting.work.undo()
    assert "Counting…" in says(room)
    meeting.work.redo()
    assert "A majority is in favour" in says(room)
    meeting.clock.to(15, 20)
    floor.note(meeting.work, meeting.meeting, text="大家定了就办。")
    assert "A majority is in favour" not in says(room)


def test_a_result_counted_again_is_out_of_the_room_until_it_is_announced_anew(
    hands: Hands, room: ProjectorWindow, meeting: Held
) -> None:
    floor.note(meeting.work, meeting.meeting, text="说说看。")
    vote = votes.open_vote(meeting.work, meeting.board().current, motion="先试一个月")
    assert "Please vote" in says(room)
    hands.window.frame.show_page("vote")
    hands.type("10")
    room._look(None)  # as every tick of the clock does
    told = says(room)
    assert "Counting…" in told
    assert "10" not in told
    votes.count(meeting.work, vote, in_favour=10, against=9, abstain=0)
    votes.recount(meeting.work, vote, reason="后排没数到", in_favour=9, against=10, abstain=0)
    assert "Counting…" in says(room)
    votes.announce(meeting.work, vote)
    assert "No majority in favour" in says(room)
    votes.recount(meeting.work, vote, reason="有人不服", in_favour=11, against=8, abstain=0)
    told = says(room)
    assert "Counting again…" in told
    assert {"11", "8", "9"}.isdisjoint(told)
    votes.announce(meeting.work, vote)
    assert {"A majority is in favour", "11", "8"} <= set(says(room))


def test_what_everybody_agreed_on_aloud_is_seen_at_once(room: ProjectorWindow, meeting: Held) -> None:
    floor.note(meeting.work, meeting.meeting, text="说说看。")
    vote = votes.open_vote(meeting.work, meeting.board().current, motion="先试一个月", method="consensus")
    assert "Does anybody object?" in says(room)
    votes.count(meeting.work, vote, in_favour=19, against=0, abstain=0)
    assert "A majority is in favour" in says(room)


def test_the_room_sees_that_the_meeting_rests(room: ProjectorWindow, meeting: Held) -> None:
    meetings.recess(meeting.work, meeting.meeting)
    assert "In recess" in says(room)


def test_long_names_and_marks_are_only_text(room: ProjectorWindow, meeting: Held) -> None:
    floor.note(meeting.work, meeting.meeting, text="<b>古丽娜尔</b> & " * 40, side="raise",
               speaker_id=meeting.people["古丽娜尔·阿不都热西提"])  # fmt: skip
    floor.give(meeting.work, meeting.meeting, meeting.people["古丽娜尔·阿不都热西提"])
    said = says(room)
    assert "古丽娜尔·阿不都热西提" in said
    assert any(text.startswith("<b>") for text in said)


def test_who_asks_is_named_whole_and_a_long_question_says_that_there_is_more(
    room: ProjectorWindow, meeting: Held
) -> None:
    name = "古丽娜尔·阿不都热西提·买买提江·阿卜杜拉·吐尔逊古丽"
    with meeting.work.act("people.edit") as act:
        act.get(Person, meeting.people["甄租住"]).name = name
    floor.note(meeting.work, meeting.meeting, text="停车费怎么收？" * 200, side="raise",
               speaker_id=meeting.people["甄租住"])  # fmt: skip
    says(room)
    shown = [str(stroke[5]) for stroke in room._scene.strokes]
    assert f"{name} asks" in shown
    assert any(one.startswith("停车费怎么收？") and one.endswith("… (the chair reads out the rest)") for one in shown)


def test_the_room_sees_the_answer_at_once(room: ProjectorWindow, meeting: Held) -> None:
    floor.note(meeting.work, meeting.meeting, text="贴在哪里？", side="raise", speaker_id=meeting.people["甄租住"])
    asked = meeting.board().statements[-1].id
    assert "贴在哪里？" in says(room)
    floor.note(meeting.work, meeting.meeting, text="贴在门口。", side="answer", speaker_id=meeting.people["龚龑"],
               answers_id=asked)  # fmt: skip
    assert {"龚龑 answers", "贴在门口。", "甄租住 asks: 贴在哪里？"} <= set(says(room))
    floor.note(meeting.work, meeting.meeting, text="好。")
    assert "贴在门口。" not in says(room)


def test_the_key_closes_it_and_the_console_takes_it_along(hands: Hands, room: ProjectorWindow) -> None:
    hands.key(Qt.Key.Key_F10)
    assert hands.window.acts.projector is None
    hands.key(Qt.Key.Key_F10)
    again = hands.window.acts.projector
    hands.window.close()
    assert not again.isVisible()


def test_the_room_sees_the_table_of_a_comparison_until_somebody_speaks(room: ProjectorWindow, meeting: Held) -> None:
    board = meeting.board()
    work, names = meeting.work, [one.name for one in board.options]
    floor.note(work, meeting.meeting, text="三个方案都看过了。")
    for at, (given, against) in enumerate(((12, 4), (5, 9), (7, 8))):
        if at:
            key = votes_series.go_on(work, board.current)
        else:
            key = votes_series.begin(work, board.current, "pairs", rule="straw_poll", method="show_of_hands")
        votes.count(work, key, in_favour=given, against=against, abstain=0)
        votes.announce(work, key)
    told = says(room)
    assert "No option wins against every other one" in told or any("wins against" in one for one in told)
    assert [one for one in told if " : " in one] == ["12 : 4", "5 : 9", "7 : 8"]
    assert "A straw poll, no legal force" in told
    assert any(names[0] in one for one in told)
    meeting.clock.to(16, 0)
    floor.note(work, meeting.meeting, text="我说一句。")
    assert "12 : 4" not in says(room)


def test_the_room_reads_what_the_option_is_that_is_voted_on(room: ProjectorWindow, meeting: Held) -> None:
    board = meeting.board()
    option = board.options[0]
    floor.note(meeting.work, meeting.meeting, text="可以表决了。")
    votes.open_vote(meeting.work, board.current, motion=f"是否赞成{option.name}", option_id=option.id)
    told = says(room)
    assert option.title.partition("：")[2] in told
    assert any("首车60元/月" in one for one in told)


class Painted(QObject):
    """Hears which of some widgets are painted."""

    def __init__(self, **parts: QWidget) -> None:
        super().__init__()
        self.parts, self.heard = parts, set[str]()
        for part in parts.values():
            part.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hear, and let everything happen."""
        if event.type() == QEvent.Type.Paint:
            self.heard |= {name for name, part in self.parts.items() if part is watched}
        return False

    def after(self, do: Callable[[], object]) -> set[str]:
        """What an act has painted once it is seen."""
        self._settle()
        self.heard.clear()
        do()
        self._settle()
        return set(self.heard)

    @staticmethod
    def _settle() -> None:
        for _ in range(6):
            QApplication.processEvents()


def test_an_act_paints_what_it_changes_and_nothing_else(hands: Hands, room: ProjectorWindow, meeting: Held) -> None:
    frame, work = hands.window.frame, meeting.work
    parts = Painted(
        room=room, said=frame.said.list.viewport(), speaker=frame.speaker, room_card=frame.attendance,
        agenda=frame.agenda.list.viewport(), queue=frame.queue, vote=frame.vote_card,
    )  # fmt: skip
    floor.give(work, meeting.meeting, meeting.people["尹记录"])  # with the first one the column finds its heights
    give = parts.after(lambda: floor.give(work, meeting.meeting, meeting.people["龚龑"]))
    assert {"room", "speaker"} <= give
    assert give.isdisjoint({"said", "room_card", "agenda"})
    speaker = meeting.people["龚龑"]
    floor.note(work, meeting.meeting, text="先划线。", speaker_id=speaker)
    note = parts.after(lambda: floor.note(work, meeting.meeting, text="钱要公开。", speaker_id=speaker))
    assert "said" in note
    assert note.isdisjoint({"room", "room_card", "agenda", "queue", "vote"})


def test_votes_taken_meanwhile_stand_in_the_card_when_it_comes_back(hands: Hands, meeting: Held) -> None:
    card = hands.window.frame.vote_card
    floor.note(meeting.work, meeting.meeting, text="说说看。")
    option = meeting.board().options[0].id
    vote = votes.open_vote(meeting.work, meeting.board().current, motion="先试一个月", option_id=option)
    QApplication.processEvents()
    votes.count(meeting.work, vote, in_favour=12, against=4, abstain=3)
    QApplication.processEvents()
    assert not card.isVisible()
    votes.announce(meeting.work, vote)
    QApplication.processEvents()
    assert card.isVisible()
    (line,) = card.findChildren(TakenLine)
    assert line.numbers == "12 : 4 : 3"
    assert line.accessibleName() == "A案, 12 : 4 : 3, A majority is in favour"


def test_what_the_room_reads_of_a_secret_ballot_adds_up(room: ProjectorWindow, meeting: Held) -> None:
    floor.note(meeting.work, meeting.meeting, text="说说看。")
    vote = votes.open_vote(meeting.work, meeting.board().current, motion="先试一个月", method="secret_ballot")
    votes.count(meeting.work, vote, ballots_issued=19, ballots_returned=18, in_favour=12, against=4, abstain=1,
                invalid=1)  # fmt: skip
    votes.announce(meeting.work, vote)
    assert "Ballots issued 19, returned 18 · Invalid 1 · 1 has not voted" in says(room)


def test_options_are_explained_below_a_question_and_carry_the_sign_of_their_name(
    room: ProjectorWindow, meeting: Held
) -> None:
    given = [(None, f"{sign}案：{what}", text) for sign, what, text in (
        ("甲", "先交半年", "一次交清"), ("乙", "按月交", "月底前交"), ("丙", "免收一年", "一年后再议"),
        ("丁", "按车长收", "四米以上加十元"),
    )]  # fmt: skip
    meetings_agenda.set_options(meeting.work, meeting.board().current, given)
    floor.note(meeting.work, meeting.meeting, text="租户能不能办月票？", side="raise",
               speaker_id=meeting.people["甄租住"])  # fmt: skip
    told = says(room)
    assert {"租户能不能办月票？", "先交半年", "一次交清", "四米以上加十元"} <= set(told)
    assert [stroke[5] for stroke in room._scene.strokes if stroke[0] == "disc"] == list("甲乙丙丁")


@pytest.mark.parametrize(
    ("title", "sign", "shown"),
    [
        ("甲案：先交半年", "甲", "先交半年"), ("方案一：更换", "一", "更换"), ("第二方案：不换", "二", "不换"),
        ("B案：按月交", "B", "按月交"), ("3号方案：免收", "3", "免收"), ("Plan 2: later", "2", "later"),
        ("同意更换：物业出钱", "C", "同意更换：物业出钱"), ("Apples", "C", "Apples"), ("丁案", "丁", "丁案"),
    ],
)  # fmt: skip
def test_an_option_carries_the_sign_of_its_name_or_that_of_its_place(title: str, sign: str, shown: str) -> None:
    option = Option(uuid.uuid4(), title, "", voted=False)
    assert (letter(option, 2), without_name(option)) == (sign, shown)

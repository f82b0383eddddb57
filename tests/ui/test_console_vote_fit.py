"""A vote fits whatever is counted: every number whole, in line, and in sight where there is room for it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextLayout
from PySide6.QtWidgets import QApplication

from deliberation_app.services import votes, votes_series
from deliberation_app.ui.console_count import CountFields
from deliberation_app.ui.console_count_roll import AnswerKeys
from deliberation_app.ui.console_verdict_lines import Told, arranged
from deliberation_app.ui.kit import forms, theme
from deliberation_app.ui.kit.buttons import Button
from deliberation_app.ui.kit.theme import px
from tests.ui.console_meeting import Hands, Held
from tests.ui.fitting import unfit
from tests.ui.test_console_fit import cut_at, settle, talked

SIZES = ((1366, 768), (1024, 768), (640, 480), (1366, 682))


@pytest.fixture(autouse=True)
def at_hundred(app_dressed: QApplication) -> Iterator[None]:
    """Whatever the scale was, it is the usual one afterwards."""
    yield
    forms.speak("en")
    theme.apply(app_dressed, "light", 100, "comfortable")


def put(held: Held, method: str) -> None:
    """Open a vote."""
    votes.open_vote(held.work, held.board().current, motion="是否赞成划42个车位", method=method)
    settle()


def places(hands: Hands) -> list[tuple[int, int]]:
    """Where the fields stand, in the order they are typed."""
    return [edit.mapTo(hands.window, QPoint(0, 0)).toTuple() for edit in hands.window.frame.vote.fields.edits()]


@pytest.mark.parametrize(("language", "scale"), [("zh_CN", 100), ("en", 100), ("zh_CN", 150)])
@pytest.mark.parametrize("method", ["secret_ballot", "roll_call"])
def test_many_numbers_are_whole_at_any_size(
    app_dressed: QApplication, hands: Hands, meeting: Held, method: str, language: str, scale: int
) -> None:
    talked(meeting)
    forms.speak(language)
    theme.apply(app_dressed, "light", scale, "comfortable")
    settle()
    put(meeting, method)
    assert cut_at(hands, SIZES) == {}


def test_papers_stand_in_line_with_the_votes_on_them(hands: Hands, meeting: Held) -> None:
    """Two in a row in a broad column, below each other in a narrow one; the order of typing stays."""
    talked(meeting)
    put(meeting, "secret_ballot")
    broad = places(hands)
    assert len(broad) == 6
    assert len({x for x, _y in broad}) == 2
    assert len({y for _x, y in broad}) == 3
    assert broad == sorted(broad, key=lambda place: (place[1], place[0]))
    hands.window.resize(1024, 768)
    settle()
    narrow = places(hands)
    assert len({x for x, _y in narrow}) == 1
    assert narrow == sorted(narrow, key=lambda place: place[1])
    hands.window.resize(1366, 768)
    settle()
    assert places(hands) == broad


def test_the_four_answers_stand_in_one_row_or_two_even_ones(hands: Hands, meeting: Held) -> None:
    talked(meeting)
    forms.speak("zh_CN")
    settle()
    put(meeting, "roll_call")
    answers = hands.window.frame.vote.findChild(AnswerKeys)
    buttons = answers.findChildren(Button)
    assert len({button.y() for button in buttons}) == 1
    assert max(b.width() for b in buttons) - min(b.width() for b in buttons) <= 1
    forms.speak("en")
    settle()
    answers = hands.window.frame.vote.findChild(AnswerKeys)
    buttons = answers.findChildren(Button)
    assert len({button.y() for button in buttons}) == len({button.x() for button in buttons}) == 2
    assert answers.rect().contains(answers.childrenRect())


@pytest.mark.parametrize(("scale", "size"), [(150, (1366, 768)), (100, (640, 480))])
def test_numbers_typed_again_do_not_lie_over_each_other(
    app_dressed: QApplication, hands: Hands, meeting: Held, scale: int, size: tuple[int, int]
) -> None:
    """The same fields come back after the form of a motion was looked at: higher than they were when it came."""
    talked(meeting)
    theme.apply(app_dressed, "light", scale, "comfortable")
    settle()
    hands.window.resize(*size)
    settle()
    for option in meeting.board().options[:2]:
        vote = votes.open_vote(meeting.work, meeting.board().current, motion="是否赞成", option_id=option.id)
        settle()
        votes.count(meeting.work, vote, in_favour=14, against=3, abstain=2)
        settle()
        votes.announce(meeting.work, vote)
        settle()
    hands.key(Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    settle()
    hands.key(Qt.Key.Key_Escape)
    hands.key(Qt.Key.Key_Escape)
    settle()
    entry = meeting.board().current
    votes_series.begin(meeting.work, entry, "approval", rule="straw_poll", method="show_of_hands")
    settle()
    assert isinstance(hands.window.frame.vote.fields, CountFields)
    assert unfit(hands.window) == []


def lines(text: str, width: int) -> list[str]:
    """The lines that a text is broken into, as it is painted."""
    layout = QTextLayout(text, theme.font("hint"))
    layout.beginLayout()
    found = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        found.append(text[line.textStart() : line.textStart() + line.textLength()].strip())
    layout.endLayout()
    return found


@pytest.mark.parametrize("width", [190, 220, 255, 290])
@pytest.mark.usefixtures("app_dressed")
def test_an_equation_is_broken_before_what_compares(width: int) -> None:
    """Never before its last number."""
    said = "Present 19，19 × 3 ＝ 57 ≥ 22 × 2 ＝ 44"
    drawn = arranged(Told(title="Passed", passing=said, quorum=said), False, width + 2 * px(14), 100)
    for painted, _kind, _tone, _place in drawn.words[1:]:
        assert painted.replace("\u00a0", " ") == said
        for line in lines(painted, width)[1:]:
            assert line.replace("\u00a0", " ") in ("19 × 3 ＝ 57", "19 × 3 ＝ 57 ≥ 22 × 2 ＝ 44", "≥ 22 × 2 ＝ 44")


@pytest.mark.usefixtures("app_dressed")
def test_an_equation_wider_than_its_place_is_broken_where_it_can_be() -> None:
    said = "In favour 16799.96 m²，16799.96 × 4 ＝ 67199.84 ＞ 5600.00 × 3 ＝ 16800.00"
    drawn = arranged(Told(title="Passed", quorum=said), False, 120, 100)
    assert drawn.words[-1][0] == said

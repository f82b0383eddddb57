"""The page of rules as a chair uses it: choose, read, type numbers, see the verdict and its boundary."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from deliberation_app.domain.votes import RULES, Count
from deliberation_app.domain.votes import Fraction as Line
from deliberation_app.services import rules, units
from deliberation_app.services.rules import OwnRule
from deliberation_app.services.work import Work
from deliberation_app.ui import rules_words
from deliberation_app.ui.kit.labels import Label
from deliberation_app.ui.kit.marks import Chip
from deliberation_app.ui.main_window import MainWindow
from deliberation_app.ui.rules_page import RulesPage

HOUSE = OwnRule(
    name="某院议事规则", version="第二版", adopted_on=date(2026, 3, 1), kinds=("courtyard_consultation",),
    quorum=Line("eligible", 4, 5, strict=False), passing=Line("present", 2, 3, strict=False),
)  # fmt: skip


@pytest.fixture
def page(shell_window: MainWindow) -> RulesPage:
    """The page, just come to."""
    shell_window.shell.navigate("rules")
    return shell_window.shell.page()


def choose(page: RulesPage, rule: str) -> None:
    """Go to a rule."""
    page.shown(rule=rule)
    page.refresh()


def write(page: RulesPage, **numbers: object) -> None:
    """Type numbers over what stands there."""
    for name, number in numbers.items():
        editor = page.trial.numbers.editors[name]
        editor.selectAll()
        QTest.keyClick(editor, Qt.Key.Key_Backspace)
        QTest.keyClicks(editor, str(number))


def told(page: RulesPage) -> str:
    """Everything that the reading of the rule says."""
    QGuiApplication.processEvents()
    return "\n".join(label.text() for label in page.reading.findChildren(Label) if label.isVisible())


def test_every_rule_is_listed_under_its_body(page: RulesPage) -> None:
    """Each rule of the table once, and no body chosen by the arrows."""
    ids = [row.id for row in page.list.rows.rows if row.id]
    assert sorted(ids) == sorted(RULES)
    assert page.list.current_id() == ids[0]
    seen = [ids[0]]
    for _step in ids[1:]:
        QTest.keyClick(page.list, Qt.Key.Key_Down)
        seen.append(page.list.current_id())
    assert seen == ids


def test_every_rule_is_read_with_its_clause_and_example(page: RulesPage) -> None:
    """Lines, clause and worked example stand in the middle; the example is judged at the right."""
    for reading in rules.readings(date(2026, 10, 20)):
        choose(page, reading.id)
        said = told(page)
        assert reading.example_sentence in said
        assert reading.clause in said
        assert page.trial.verdict.words()


def test_what_is_not_certain_is_marked(page: RulesPage) -> None:
    """A clause that is not checked carries the mark, another one does not."""
    marks = {}
    for rule in ("branch_election", "branch_resolution"):
        choose(page, rule)
        QGuiApplication.processEvents()
        marks[rule] = [chip.accessibleName() for chip in page.reading.findChildren(Chip) if chip.isVisible()]
    assert marks == {"branch_election": ["Not certain, verify"], "branch_resolution": []}


def test_numbers_are_judged_as_they_are_typed(page: RulesPage) -> None:
    """Enter goes to the numbers and on from one to the next; one vote more and it passes."""
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    editors = page.trial.numbers.editors
    for name, number in (("eligible", "20"), ("present", "16"), ("in_favour", "10")):
        assert page.window().focusWidget() is editors[name]
        QTest.keyClicks(editors[name], number)
        QTest.keyClick(editors[name], Qt.Key.Key_Return)
    assert page.trial.verdict.words() == "Not passed"
    assert page.trial.verdict.lines() == [
        "10 of 20 is exactly on the line, and this law asks for more than that.",
        "1 vote more in favour and it passes.",
    ]
    write(page, in_favour=11, against=3)
    assert page.trial.verdict.words() == "Passed"
    assert page.trial.verdict.lines() == ["It just passes: one vote less in favour and it fails."]
    assert page.trial.verdict.printed().endswith("第十一条。")


def test_too_few_present_and_never_enough(page: RulesPage) -> None:
    """Nobody is told to find one vote more where those present cannot pass it."""
    write(page, eligible=21, present=10, in_favour=10, against=0, abstain=0)
    assert page.trial.verdict.lines() == ["1 more must take part before there can be a result."]
    write(page, eligible=20)
    assert page.trial.verdict.lines() == ["10 of 20 present: even with all 10 in favour the motion cannot pass."]


def test_before_the_vote_it_says_what_is_possible(page: RulesPage) -> None:
    """Without votes there is no verdict but what it takes."""
    write(page, eligible=20, present=16, in_favour="", against="", abstain="", invalid="")
    assert page.trial.verdict.words() == "What is still possible"
    assert "It takes at least 11 votes in favour; 16 are possible at most." in page.trial.verdict.lines()


def test_owners_by_heads_and_area(page: RulesPage) -> None:
    """0.01 m² short fails and says so; a third decimal is an error in its place, not rounded away."""
    choose(page, "owners_special")
    assert "0.01 m² more in favour and it passes." in page.trial.verdict.lines()
    write(page, in_favour_area="4200.00", against_area="1200.00")
    assert page.trial.verdict.words() == "Passed"
    write(page, in_favour_area="4200.001")
    assert page.trial.verdict.words() == "No verdict yet"
    assert page.trial.numbers.editors["in_favour_area"].property("state") == "error"
    assert not page.trial.verdict.printed()


def test_an_election_with_a_ballot_too_many_is_void(page: RulesPage) -> None:
    """No number of votes mends that."""
    choose(page, "branch_election")
    write(page, ballots_issued=24, ballots_returned=25)
    assert page.trial.verdict.words() == "Not passed"


def test_the_day_decides_the_law(page: RulesPage) -> None:
    """Before 2026 the residents' law had other articles; before 2021 owners are judged by hand."""
    choose(page, "residents_assembly")
    assert "第二十六条" in page.trial.verdict.printed()
    page.trial.day.selectAll()
    QTest.keyClicks(page.trial.day, "2025-12-31")
    assert "第九条" in page.trial.verdict.printed()
    assert "第九条" in told(page)
    choose(page, "owners_ordinary")
    page.trial.day.selectAll()
    QTest.keyClicks(page.trial.day, "2020-12-31")
    assert page.trial.verdict.words() == "Judged by hand"


def test_numbers_stay_with_their_rule_and_the_example_comes_back(page: RulesPage) -> None:
    """Looking at another rule loses nothing; Ctrl E fills in the example."""
    write(page, eligible=33)
    choose(page, "straw_poll")
    choose(page, "branch_resolution")
    assert page.trial.numbers.editors["eligible"].text() == "33"
    QTest.keyClick(page.window(), Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert page.trial.numbers.editors["eligible"].text() == "20"


def test_the_unit_s_own_rules_can_be_tried(page: RulesPage, branch_work: Work) -> None:
    """They are offered for their rule and set its lines."""
    unit = units.all_units(branch_work)[0].id
    rules.save_house_rule(branch_work, unit, HOUSE)
    choose(page, "house_rule")
    assert page.trial.house.isVisible()
    write(page, eligible=20, present=16, in_favour=10, against=6, abstain=0)
    assert page.trial.verdict.words() == "Not passed"
    assert "《某院议事规则》" in page.trial.verdict.printed()
    choose(page, "straw_poll")
    assert not page.trial.house.isVisible()


def test_the_sentence_is_copied(page: RulesPage) -> None:
    """By its key, ready for the papers of the meeting."""
    modifiers = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(page.window(), Qt.Key.Key_C, modifiers)
    assert QGuiApplication.clipboard().text() == page.trial.verdict.printed()


def test_every_control_has_a_name(page: RulesPage) -> None:
    """For those who hear the screen."""
    choose(page, "owners_special")
    assert all(editor.accessibleName() for editor in page.trial.numbers.editors.values())
    assert page.list.accessibleName() == "Rules"
    assert page.trial.day.accessibleName() == "Day of the vote"


@pytest.mark.parametrize(("width", "height"), [(1366, 696), (1024, 696), (760, 600)])
def test_nothing_is_cut_in_narrow_windows(page: RulesPage, width: int, height: int) -> None:
    """Panes go under each other before anything leaves the window."""
    page.window().resize(width, height)
    QGuiApplication.processEvents()
    choose(page, "owners_special")
    QGuiApplication.processEvents()
    assert page.minimumSizeHint().width() <= page.width()
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    editor = page.trial.numbers.editors["eligible"]
    assert editor.isVisible()
    assert page.window().focusWidget() is editor
    assert page.view.isVisible() == (width < 1200)
    assert page.view._group.button(1).text() == "Try it · Not passed"


@given(
    rule=st.sampled_from([name for name, rule in RULES.items() if not rule.by_area and not rule.own_fractions]),
    eligible=st.integers(1, 60), share=st.fractions(0, 1), favour=st.fractions(0, 1),
)  # fmt: skip
def test_the_boundary_says_the_truth(rule: str, eligible: int, share: Fraction, favour: Fraction) -> None:
    """So many votes more pass and one fewer does not; one vote less than just passing fails."""
    present = int(eligible * share)
    in_favour = int(present * favour)
    count = {"eligible": eligible, "present": present, "in_favour": in_favour}
    verdict = RULES[rule].judge(Count(**count))
    said = [words for _icon, _tone, words in rules_words.boundary(rule, Count(**count), verdict)]
    assert said
    passing = [check for check in verdict.checks if check.name == "passing"]
    least = rules_words.needed(passing[0])
    if verdict.quorate:
        assert RULES[rule].judge(Count(**{**count, "in_favour": least})).passed
        assert not RULES[rule].judge(Count(**{**count, "in_favour": least - 1})).passed
    more = [words for words in said if words.endswith("in favour and it passes.")]
    assert bool(more) == (verdict.quorate and in_favour < least <= present)

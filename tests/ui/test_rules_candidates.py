"""Several candidates tried on the page of the rules, with real keys."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from deliberation_app.ui.rules_candidates import RuleCandidates
from tests import patience

NUMBERS = {"eligible": 22, "present": 20, "ballots_issued": 20, "ballots_returned": 20, "invalid": 1}
DAY = date(2026, 10, 20)


def test_candidates_are_typed_one_after_the_other(app_dressed: QApplication) -> None:
    """Enter goes from name to votes to the next name; who is elected follows the numbers."""
    made = RuleCandidates()
    made.edited.connect(lambda: made.judge("branch_election", NUMBERS, DAY))
    made.show()
    QTest.qWaitForWindowActive(made, 1000 * patience.SECONDS)
    made.seats.setFocus()
    made.seats.selectAll()
    window = made.windowHandle()
    QTest.keyClick(window, "2")
    QTest.keyClick(window, Qt.Key.Key_Return)
    for name, votes in (("甲", "15"), ("乙", "11"), ("丙", "3")):
        QApplication.focusWidget().insert(name)
        QTest.keyClick(window, Qt.Key.Key_Return)
        for digit in votes:
            QTest.keyClick(window, digit)
        QTest.keyClick(window, Qt.Key.Key_Return)
    assert made.candidates() == [("甲", 15), ("乙", 11), ("丙", 3)]
    assert made.lines()[0] == "Elected: 甲、乙"
    made.close()


def test_votes_that_cannot_be_are_refused(app_dressed: QApplication) -> None:
    """More votes for one than valid ballots: nobody is called elected."""
    made = RuleCandidates()
    _name, votes = made._lines[0]
    votes.setText("25")
    made.judge("branch_election", NUMBERS, DAY)
    assert "only 19 valid ballots" in made.lines()[0]
    assert not any(line.startswith("Elected") for line in made.lines())
    made.deleteLater()

"""What the console says of what is saved is true: after an act that could not be kept it does not claim so."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from deliberation_app.errors import AppError, OutOfReach, RuleBroken
from deliberation_app.services import floor
from deliberation_app.ui.kit.states import ErrorLine
from tests.ui.console_meeting import Hands, Held

FULL = "The disk is full: the last step was not saved."


def refuse(error: AppError) -> object:
    """An act that ends so."""

    def act(*_values: object, **_named: object) -> object:
        raise error

    return act


def told(hands: Hands) -> list[str]:
    """What the error lines in sight say."""
    return [one.accessibleName() for one in hands.window.frame.findChildren(ErrorLine) if one.isVisible()]


def note(hands: Hands) -> None:
    """Say something, and note it."""
    hands.window.frame.line.text.setFocus()
    hands.type("x")
    hands.enter()


def test_a_step_not_saved_is_said_until_the_next_one_is(
    hands: Hands, meeting: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved = hands.window.frame.saved
    assert saved.text == "Every step is saved"
    with monkeypatch.context() as broken:
        broken.setattr(floor, "note", refuse(OutOfReach(FULL)))
        note(hands)
        assert saved.text == "The last step is not saved"
        assert told(hands) == [FULL]
        hands.window.resize(900, 700)
        assert saved.text == "Not saved"
        hands.window.resize(1366, 768)
        assert saved.text == "The last step is not saved"
    note(hands)
    assert len(meeting.board().statements) == 1
    assert saved.text == "Every step is saved"


def test_a_rule_that_forbids_an_act_leaves_everything_saved(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(floor, "note", refuse(RuleBroken("This is not allowed.")))
    note(hands)
    assert told(hands) == ["This is not allowed."]
    assert hands.window.frame.saved.text == "Every step is saved"


def test_the_same_sentence_stands_in_one_place(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    """On top it is said where nobody nearer says it."""
    error = OutOfReach(FULL)
    hands.window.frame.show_error(error)
    assert told(hands) == [FULL]
    monkeypatch.setattr(floor, "note", refuse(error))
    note(hands)
    assert told(hands) == [FULL]
    assert not hands.window.frame.error_place.isVisible()
    hands.window.frame.show_error(error)
    assert told(hands) == [FULL]


def test_what_could_not_be_taken_back_is_not_saved(
    hands: Hands, meeting: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    note(hands)
    monkeypatch.setattr(type(meeting.work), "undo", refuse(OutOfReach(FULL)))
    hands.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert told(hands) == [FULL]
    assert hands.window.frame.saved.text == "The last step is not saved"

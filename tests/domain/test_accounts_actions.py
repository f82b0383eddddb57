"""Who may do what, and what can be taken back."""

from __future__ import annotations

import pytest

from deliberation_app.domain.accounts import ACTIONS, may, undoable


def test_acts_are_part_dot_verb() -> None:
    assert all(act in ("undo", "redo") or act.count(".") == 1 for act in ACTIONS)
    assert ACTIONS["floor.sign_in"].part == "floor"
    assert len({action.name for action in ACTIONS.values()}) == len(ACTIONS)


def test_everybody_may_for_now_and_nobody_without_a_role() -> None:
    assert all(may(("all",), act) for act in ACTIONS)
    assert not any(may((), act) for act in ACTIONS)


def test_an_unknown_act_is_a_programming_error() -> None:
    with pytest.raises(KeyError):
        may(("all",), "agenda.rise")


@pytest.mark.parametrize("act", ["minutes.sign", "minutes.supplement", "notices.post", "undo", "from.a_newer_program"])
def test_signed_and_published_is_not_undone(act: str) -> None:
    assert not undoable(act)


def test_the_live_meeting_can_be_undone() -> None:
    assert all(undoable(act) for act in ACTIONS if act.startswith(("floor.", "votes.")))

"""A motion that lacks something which a reason may make up for: the reason is asked for, kept and printed."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from deliberation_app.services import agenda, floor, floor_roll, meetings, people, units
from deliberation_app.services.work import Work
from deliberation_app.settings import Settings
from deliberation_app.storage.votes import Vote
from deliberation_app.ui.chair_console import ChairConsole
from tests.ui.console_meeting import close_console


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

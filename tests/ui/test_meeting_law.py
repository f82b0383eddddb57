"""The panel of what must be ready before deciding: lines with their act, questions, members left out, opinions."""

from __future__ import annotations

from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from deliberation_app.services import agenda, meeting_law, meetings, people, units
from deliberation_app.services.work import Work
from deliberation_app.settings import DISPLAY_ZONE
from deliberation_app.ui.meeting_law import FiledLine, GateLine, MeetingLawPanel
from deliberation_app.ui.meeting_page import MeetingPage


@pytest.fixture
def page(open_main, branch_work: Work) -> MeetingPage:
    """A branch assembly in a week on an item that charges a fee."""
    unit = units.all_units(branch_work)[0]
    member = {"party": "full", "roles": ("member",)}
    members = [people.add(branch_work, unit.id, name=name, **member) for name in ("龚龑", "陆𬱖")]
    item = agenda.raise_item(branch_work, unit.id, title="停车收费", vital_interest=True, charges=True)
    meeting = meetings.call(
        branch_work, unit.id, kind="branch_assembly", title="党员大会", due=members, items=[item],
        starts_at=datetime(2026, 10, 27, 14, 0, tzinfo=DISPLAY_ZONE),
    )  # fmt: skip
    window = open_main(branch_work)
    window.shell.navigate("meetings")
    window.shell.navigate("meeting", id=str(meeting))
    shown = window.shell.page()
    shown.side_choice.choose("law")
    shown._show_side()
    return shown


def placed(panel: MeetingLawPanel, kind: type) -> list:
    """What stands in the panel now."""
    body = panel._body
    return [body.itemAt(at).widget() for at in range(body.count()) if isinstance(body.itemAt(at).widget(), kind)]


def lines(panel: MeetingLawPanel) -> dict[str, GateLine]:
    return {line.accessibleName().partition(",")[0]: line for line in placed(panel, GateLine)}


def law(page: MeetingPage) -> meeting_law.MeetingLaw:
    return meeting_law.of_meeting(page.desk.work, page._id)


def test_every_line_says_what_is_missing_and_by_which_clause(page: MeetingPage) -> None:
    told = lines(page.law)
    assert "A fee rests on a vote of all owners" in told
    assert "lacking" in told["A fee rests on a vote of all owners"].accessibleName()
    assert "in the meeting" in told["A quorum at the moment of the vote"].accessibleName()
    assert told["A quorum at the moment of the vote"].act is None
    assert page.law.sum.accessibleName() or page.law.sum.text()


def test_a_question_is_answered_by_keys_and_brings_its_gate(page: MeetingPage) -> None:
    choice = page.law._order[1]
    assert "company or office" in choice.accessibleName()
    choice.setFocus()
    choice.choose("yes")
    choice.chosen.emit("yes")
    assert law(page).stated["concerns_unit"] is True
    page.refresh()
    told = lines(page.law)["The unit concerned is invited"]
    assert told.act is not None
    QTest.keyClick(told.act, Qt.Key.Key_Space)
    assert page.law.ask.asking()
    assert page.console_act.kind() == "normal"  # one filled button in a view
    QTest.keyClick(page.law.ask, Qt.Key.Key_Escape)
    assert not page.law.ask.asking()
    assert page.console_act.kind() == "primary"


def test_a_member_is_left_out_and_counted_again(page: MeetingPage) -> None:
    [member, _] = [one.person_id for one in page._view.roll][:2]
    page.law.open_ask("left_out", None)
    fields = dict(page.law.ask._ask.fields)
    fields["who"].editor.set_person(str(member), "龚龑")
    fields["reason"].set_value("bedridden")
    fields["superior_on"].editor.setText("2026-10-01")
    QTest.keyClick(page.law.ask.answer, Qt.Key.Key_Space)
    page.refresh()
    [filed] = placed(page.law, FiledLine)
    assert law(page).left_out[0].approved is False
    QTest.keyClick(filed.act, Qt.Key.Key_Space)
    assert law(page).left_out == ()
    page.desk.work.undo()
    assert len(law(page).left_out) == 1


def test_an_opinion_without_a_date_is_refused_where_it_was_asked(page: MeetingPage) -> None:
    page.law.open_ask("written", None)
    fields = dict(page.law.ask._ask.fields)
    fields["who"].editor.set_person(str(page._view.roll[0].person_id), "龚龑")
    QTest.keyClick(page.law.ask.answer, Qt.Key.Key_Space)
    assert page.law.ask.error_line.isVisible()
    fields["written_on"].editor.setText("2026-10-19")
    fields["entry"].set_value(str(law(page).entries[-1][0]))
    QTest.keyClick(page.law.ask.answer, Qt.Key.Key_Space)
    assert law(page).opinions[0].fault is None
    assert not page.law.ask.asking()


def test_what_bars_the_notice_opens_the_panel(open_main, branch_work: Work) -> None:
    unit = units.all_units(branch_work)[0]
    units.edit(branch_work, unit.id, name=unit.name, kind="community", parents=())
    item = agenda.raise_item(branch_work, unit.id, title="物业费", vital_interest=True)
    meeting = meetings.call(
        branch_work, unit.id, kind="residents_representatives", title="会", items=[item],
        starts_at=datetime(2026, 11, 27, 14, 0, tzinfo=DISPLAY_ZONE),
    )  # fmt: skip
    window = open_main(branch_work)
    window.shell.navigate("meetings")
    window.shell.navigate("meeting", id=str(meeting))
    page = window.shell.page()
    page.notice_act.click()
    assert page.error_line.isVisible()
    assert page.side_choice.current() == "law"
    assert page.law.isVisible()

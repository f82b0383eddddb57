"""The page of voices with real keys: noted, joined, made an item, told; a turn handed over; an order confirmed."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from deliberation_app.errors import RuleBroken
from deliberation_app.services import (
    agenda,
    enclosures,
    people,
    units,
    voices,
    voices_duty,
    voices_ends,
    voices_list,
    voices_orders,
)
from deliberation_app.services.work import Work
from deliberation_app.ui.main_window import MainWindow
from deliberation_app.ui.voices_page import VoicesPage

Open = Callable[..., VoicesPage]


@pytest.fixture
def page(open_main: Callable[[Work], MainWindow], branch_work: Work) -> Open:
    """Opens the page on the records of one branch."""

    def show(**where: object) -> VoicesPage:
        window = open_main(branch_work)
        window.resize(1366, 728)
        window.shell.navigate("voices", **where)
        found = window.shell.page()
        assert isinstance(found, VoicesPage)
        return found

    return show


def unit_of(work: Work) -> uuid.UUID:
    """The only unit."""
    return units_of(work)[0]


def units_of(work: Work) -> list[uuid.UUID]:
    """All units."""
    return [one.id for one in units.all_units(work)]


def press(where: QWidget, words: str) -> None:
    """Click the button with these words that is in sight."""
    QApplication.processEvents()
    found = [one for one in where.findChildren(QPushButton) if one.text() == words and one.isVisible()]
    assert len(found) == 1, (words, [one.text() for one in where.findChildren(QPushButton)])
    QTest.mouseClick(found[0], Qt.MouseButton.LeftButton)


def enter(widget: QWidget) -> None:
    """The Enter key."""
    QTest.keyClick(widget, Qt.Key.Key_Return)


def test_an_empty_page_says_what_to_do_and_enter_notes_one_after_another(page: Open, branch_work: Work) -> None:
    shown = page()
    line = shown.voices.intake
    assert shown.voices.empty.isVisible()
    QTest.keyClick(line.said, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert line.channel() == "opinion_tree"
    line.said.insert("路灯坏了")
    enter(line.said)
    line.said.insert("长椅断了")
    enter(line.said)
    rows = voices_list.page(branch_work, unit_of(branch_work)).rows
    assert sorted(card.voice.text for card in rows) == ["路灯坏了", "长椅断了"]
    assert {card.voice.channel for card in rows} == {"opinion_tree"}
    assert len({card.voice.number for card in rows}) == 2
    assert line.said.text() == ""
    assert shown.voices.table.isVisible()


def test_at_the_reception_a_name_is_asked_for_and_found_by_initials(page: Open, branch_work: Work) -> None:
    unit_id = unit_of(branch_work)
    person = people.add(branch_work, unit_id, name="石宝")
    shown = page()
    line = shown.voices.intake
    QTest.keyClick(line.said, Qt.Key.Key_4, Qt.KeyboardModifier.AltModifier)
    line.said.insert("问津贴")
    enter(line.said)
    assert voices_list.counts(branch_work, unit_id)["all"] == 0
    QTest.mouseClick(line.save, Qt.MouseButton.LeftButton)
    assert line.error_line.isVisible()
    QTest.keyClicks(line.who, "sb")
    enter(line.who._completer.popup())
    assert line.who.person_id() == str(person)
    enter(line.who)
    (card,) = voices_list.page(branch_work, unit_id).rows
    assert (card.voice.channel, card.voice.person_id, card.who) == ("reception", person, "石宝")


def test_a_day_before_and_a_picture_go_along(page: Open, branch_work: Work, tmp_path: Path) -> None:
    shown = page()
    line = shown.voices.intake
    QTest.mouseClick(line.more, Qt.MouseButton.LeftButton)
    assert line.more_box.isVisible()
    line.day.set_value(date(2026, 10, 17))
    picture = tmp_path / "wall.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + b"0" * 40)
    line.take_in([picture])
    line.said.insert("墙皮掉了")
    enter(line.said)
    (card,) = voices_list.page(branch_work, unit_of(branch_work)).rows
    assert card.voice.received_at.date() == date(2026, 10, 17)
    assert [one.title for one in enclosures.listed(branch_work, "voice", card.voice.id)] == ["wall"]


def test_like_ones_are_joined_by_one_button_and_ctrl_z_parts_them(page: Open, branch_work: Work) -> None:
    unit_id = unit_of(branch_work)
    for words in ("消防通道被车堵了", "东边消防通道又堵了"):
        voices.add(branch_work, unit_id, text=words, channel="wish_wall")
    shown = page()
    press(shown.voices.side, "Join")
    assert voices_list.counts(branch_work, unit_id)["grouped"] == 1
    QTest.keyClick(shown.voices.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert voices_list.counts(branch_work, unit_id)["grouped"] == 0


def test_a_voice_becomes_an_item_and_whoever_said_it_is_told(page: Open, branch_work: Work) -> None:
    unit_id = unit_of(branch_work)
    key = voices.add(branch_work, unit_id, text="雨天积水", channel="wish_wall")
    shown = page(id=str(key))
    press(shown.voices.side, "Make it an item")
    assert shown.ask.isVisible()
    assert not shown.voices.intake.isVisible()
    enter(shown.ask.answer)
    assert agenda.board(branch_work, unit_id).count == 1
    press(shown.voices.side, "They were told")
    press(shown.ask, "They were told")
    assert voices_list.voice(branch_work, key).card.told
    assert shown.voices.intake.isVisible()


def test_refused_without_a_reason_stays_and_says_why(page: Open, branch_work: Work) -> None:
    key = voices.add(branch_work, unit_of(branch_work), text="圈地种菜", channel="wish_wall")
    shown = page(id=str(key))
    shown.voices.do("refuse")
    enter(shown.ask.answer)
    assert shown.ask.error_line.isVisible()
    assert voices_list.voice(branch_work, key).card.state == "open"
    QTest.keyClick(shown.ask, Qt.Key.Key_Escape)
    assert not shown.ask.isVisible()


def test_a_turn_of_duty_begins_and_is_handed_over(page: Open, branch_work: Work) -> None:
    unit_id = unit_of(branch_work)
    one = people.add(branch_work, unit_id, name="龚龑")
    voices_duty.plan(branch_work, unit_id, days=[date(2026, 10, 20)], begins="13:00", ends="15:00", people=[one])
    shown = page(view="duty")
    press(shown.duty.side, "Begin the duty")
    press(shown.duty.side, "Hand over and sign")
    shown.ask._ask.fields[0][1].editor.insert("范例安")
    press(shown.ask, "Hand over and sign")
    (card,) = voices_duty.month(branch_work, unit_id, 2026, 10).slots
    assert (card.slot.state, card.slot.taken_over_by) == ("handed_over", "范例安")


def test_an_order_is_accepted_done_and_confirmed(page: Open, branch_work: Work) -> None:
    unit_id = unit_of(branch_work)
    old, helper = people.add(branch_work, unit_id, name="石宝"), people.add(branch_work, unit_id, name="孙和睦")
    key = voices_orders.order(branch_work, unit_id, kind="上门理发", person_id=old)
    voices_orders.assign(branch_work, key, helper)
    shown = page(order=str(key))
    for words in ("They accept", "The service is done", "The resident confirms"):
        press(shown.orders.side, words)
    press(shown.ask, "It is confirmed")
    assert shown.orders._view.card.order.state == "confirmed"


def test_enter_sends_an_order_to_the_only_name_that_is_asked(page: Open, branch_work: Work) -> None:
    """Enter with a name nobody bears says so; Enter takes a name from the list, and once more sends the order."""
    unit_id = unit_of(branch_work)
    old = people.add(branch_work, unit_id, name="石宝")
    people.add(branch_work, unit_id, name="孙和睦")
    key = voices_orders.order(branch_work, unit_id, kind="上门理发", person_id=old)
    shown = page(order=str(key))
    press(shown.orders.side, "Send it to a volunteer")
    name = dict(shown.ask._ask.fields)["who"].editor
    name.insert("无此人")
    enter(name)
    assert shown.ask.error_line.isVisible()
    name.clear()
    QTest.keyClicks(name, "shm")
    enter(name)
    assert (name.value(), shown.ask.asking()) == ("孙和睦", True)
    enter(name)
    assert not shown.ask.asking()
    assert shown.orders._view.card.order.state == "assigned"


def test_an_order_for_a_day_that_is_past_is_refused(branch_work: Work) -> None:
    unit_id = unit_of(branch_work)
    with pytest.raises(RuleBroken):
        voices_orders.order(branch_work, unit_id, kind="上门理发", said_by="石宝", due=date(2026, 10, 1))


def test_every_view_is_filled_and_the_side_bar_counts(page: Open, branch_work: Work) -> None:
    unit_id = unit_of(branch_work)
    key = voices.add(branch_work, unit_id, text="一件事", channel="wish_wall")
    voices_ends.refuse(branch_work, key, "不归我们管")
    shown = page()
    told: list[tuple[str, int]] = []
    shown.desk.badge = lambda name, count: told.append((name, count))
    for name, pane in shown.panes.items():
        shown.desk.navigate("voices", view=name)
        assert pane.isVisible()
    assert set(told) == {("voices", 1)}


def test_the_roster_is_a_calendar_that_goes_by_keys(page: Open, branch_work: Work) -> None:
    """Arrows go by days, a day with a turn shows it, Enter on a free day plans one there; another month is read."""
    unit_id = unit_of(branch_work)
    one = people.add(branch_work, unit_id, name="龚龑")
    voices_duty.plan(branch_work, unit_id, days=[date(2026, 10, 22)], begins="09:00", ends="11:00", people=[one])
    shown = page(view="duty")
    grid = shown.duty.grid
    assert grid.isVisible()
    assert "龚龑" in grid.accessibleName()
    QTest.keyClick(grid, Qt.Key.Key_Right)
    assert shown.duty.side.head.text().startswith("23 Oct")
    QTest.keyClick(grid, Qt.Key.Key_Return)
    assert dict(shown.ask._ask.fields)["once"].value() == date(2026, 10, 23)
    QTest.keyClick(grid, Qt.Key.Key_PageDown)
    assert shown.duty.first == date(2026, 11, 1)
    shown.desk.navigate("voices", view="duty")
    assert shown.duty.first == date(2026, 10, 1), "the month that is running, each time it is opened"

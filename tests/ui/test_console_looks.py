"""How the console looks: words stand whole, what is pressed stands where it stood."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtWidgets import QApplication, QWidget

from deliberation_app.services.board_picture import EntryLine
from deliberation_app.ui.console_entries import EntryList, EntryRow
from deliberation_app.ui.console_foot import Foot, in_two_lines
from deliberation_app.ui.console_option import CLOSE, ROOMY, USUAL, Lines, OptionBox, OptionGrid
from deliberation_app.ui.console_queue import WholeRows
from deliberation_app.ui.console_text import wrapped
from deliberation_app.ui.kit import theme, tokens
from deliberation_app.ui.kit.lists import Row
from deliberation_app.ui.kit.name_lines import name_lines

NAME = "古丽娜尔·阿不都热西提"
LONG = "只划消防通道和两个残疾人车位，其余先到先停，半年后再议"


@pytest.fixture
def foot(app_dressed: QApplication, qtbot) -> Foot:
    """The foot of a laptop's window."""
    made = Foot(lambda: datetime(2026, 10, 20, 15, 0, tzinfo=UTC))
    qtbot.addWidget(made)
    made.resize(1366, made.height())
    made.show()
    return made


@pytest.mark.parametrize("wide", [640, 860, 1024, 1366, 1920])
def test_the_next_step_stands_where_it_stood_whatever_is_told(foot: Foot, wide: int) -> None:
    foot.resize(wide, foot.height())
    foot.set_narrow(wide < 960)
    places = set()
    for told, first, after in (
        ("", "签到", ""),
        ("已记下" * 12, f"请下一位：{NAME}", f"请下一位：{NAME}"),
        ("a", "b", "c"),
    ):
        foot.tell(told, datetime(2026, 10, 20, 15, 0, tzinfo=UTC))
        foot.show_steps(first, after)
        QApplication.processEvents()
        places.add(foot.next.geometry().getRect())
        assert foot.next.geometry().right() <= wide
    assert len(places) == 1


@pytest.mark.parametrize("wide", [860, 1024, 1366])
@pytest.mark.parametrize("narrow", [False, True])
def test_whom_the_next_step_but_one_names_stands_whole(foot: Foot, wide: int, narrow: bool) -> None:
    foot.resize(wide, foot.height())
    foot.set_narrow(narrow)
    foot.tell("进入下一项议程，" + LONG, datetime(2026, 10, 20, 15, 0, tzinfo=UTC))
    foot.show_steps("请下一位：龚龑", f"Give the floor: {NAME}")
    QApplication.processEvents()
    after = foot._after
    assert after.isVisible()
    box = QRectF(after.rect())
    laid = in_two_lines(after.words(), "strong", box)
    assert laid.height <= box.height()
    assert not laid.ends_cut()
    assert foot._told.accessibleName().startswith("进入下一项议程，" + LONG)


def test_two_lines_are_about_as_long_as_each_other(app_dressed: QApplication) -> None:
    text, box = "下一项：通报摸底情况和党员大会讨论结果", QRectF(0, 0, 270, 60)
    assert wrapped(text, "h3", box.width()).lines()[1] == "讨论结果"
    first, second = in_two_lines(text, "h3", box).lines()
    assert first + second == text
    assert len(first) - len(second) <= 2


def test_an_option_has_as_many_lines_as_there_is_room_for(app_dressed: QApplication, qtbot) -> None:
    high = theme.metrics("strong").height()
    lines = {most: Lines(LONG, "strong", most).heightForWidth(170) for most in (1, 2, 3)}
    assert [round(lines[most] / high) for most in (1, 2, 3)] == [1, 2, 3]
    heights = []
    for given in (CLOSE, USUAL, ROOMY):
        box = OptionBox("C", LONG, "试行半年，到期由居务监督委员会当众通报收支，再议一次", voted=True, lines=given)
        qtbot.addWidget(box)
        box.ensurePolished()
        heights.append(box.layout().totalHeightForWidth(240))
    assert heights == sorted(set(heights))


@pytest.mark.parametrize(
    ("count", "wide", "columns"),
    [(3, 690, 3), (4, 690, 4), (5, 690, 3), (4, 550, 2), (7, 690, 4), (2, 140, 1), (0, 690, 0)],
)
def test_options_stand_in_as_many_rows_as_they_need(app_dressed, qtbot, count: int, wide: int, columns: int) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    grid = OptionGrid(holder)
    grid.fill([OptionBox(str(at), LONG, "试行半年", voted=False, lines=USUAL) for at in range(count)])
    grid.fit(wide)
    places = [grid.getItemPosition(at)[:2] for at in range(grid.count())]
    assert len({column for _row, column in places}) == columns
    assert len(set(places)) == count
    grid.fit(5000)
    assert {row for row, _column in (grid.getItemPosition(at)[:2] for at in range(grid.count()))} <= {0}
    assert holder.minimumSizeHint().width() < 5000


def test_the_agenda_shows_what_comes_next_before_what_is_done(app_dressed: QApplication, qtbot) -> None:
    made = EntryList()
    qtbot.addWidget(made)
    made.resize(256, 260)
    made.show()
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # who looks around in it sees what he looks at
    states = ("done", "done", "done", "current", "to_come", "to_come")
    lines = [EntryLine(uuid.UUID(int=at), LONG, 10, None, None, state) for at, state in enumerate(states)]
    made.show_rows([EntryRow(line, 0, at) for at, line in enumerate(lines, 1)], len(lines))
    QApplication.processEvents()
    made.keep_in_sight()
    for at in (3, 4):
        place = made.visualRect(made.rows.index(at, 0))
        assert 0 <= place.top() < place.bottom() < made.viewport().height(), at


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        (NAME, ["古丽娜尔·", "阿不都热西提"]),
        ("Jean-Baptiste Emmanuel", ["Jean-Baptiste", "Emmanuel"]),
        ("欧阳司徒慕容雪莲", ["欧阳司徒慕容雪", "莲"]),
    ],
)
def test_a_name_in_a_list_is_parted_where_its_parts_meet(
    app_dressed: QApplication, name: str, lines: list[str]
) -> None:
    assert name_lines(name, "hint", 100) == lines


def test_a_name_in_a_list_begins_at_its_beginning_however_long(app_dressed: QApplication) -> None:
    name = "阿卜杜热西提·麦麦提图尔荪·阿卜杜克热木"
    assert len(name_lines(name, "hint", 100)) == 3
    first, second = name_lines(name, "hint", 100, 2)
    assert name.startswith(first)
    assert second.endswith("…")
    assert name_lines(name, "hint", 160, 2) == [name[:11], name[11:]]


@pytest.mark.parametrize(
    "name", ["阿卜杜热西提·麦麦提图尔荪·阿卜杜克热木", "Jean-Baptiste Emmanuel de La Rochefoucauld-Montmorency"]
)
def test_a_row_of_a_list_is_as_high_as_the_longest_name_needs(app_dressed: QApplication, qtbot, name: str) -> None:
    made = WholeRows(height=47, least=44)
    qtbot.addWidget(made)
    made.resize(300, 200)
    made.show()
    short = [Row(str(at), "龚龑", "居民", status="首次发言", status_icon="first_time", lead="1") for at in range(7)]
    made.fill(short)
    QApplication.processEvents()
    usual = made.visualRect(made.rows.index(0, 0)).height()
    long = Row("9", name, "居民", status="首次发言", status_icon="first_time", lead="8")
    made.fill([*short, long])
    QApplication.processEvents()
    high = made.visualRect(made.rows.index(7, 0)).height()
    room = made.delegate.words_room(QRectF(made.visualRect(made.rows.index(7, 0))), long, 8)
    lines = name_lines(name, "hint", room)
    assert high >= len(lines) * theme.metrics("hint").height()
    assert high > usual
    made.fill(short)
    QApplication.processEvents()
    assert made.visualRect(made.rows.index(0, 0)).height() == usual


@pytest.mark.parametrize("theme_name", sorted(tokens.THEMES))
def test_every_ink_can_be_read_on_every_ground(theme_name: str) -> None:
    """Whatever row is chosen or looked at, and whatever state stands in it."""
    colours = tokens.THEMES[theme_name]
    inks = ("text", "text2", "text3", "accentText", "ok", "warn", "bad", "info")
    grounds = ("bg", "side", "surface", "sunken", "hover", "accentTint")
    tints = {"ok": "okTint", "warn": "warnTint", "bad": "badTint", "info": "infoTint"}
    pairs = [(ink, ground) for ink in inks for ground in (*grounds, tints.get(ink, "surface"))]
    assert [pair for pair in pairs if tokens.contrast(*(colours[one] for one in pair)) < 4.5] == []

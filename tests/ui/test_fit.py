"""What must not be cut: the unit's two lines, a table's main column, the sole thing of a bottom panel, the rail."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QHeaderView, QWidget

from deliberation_app.ui.kit import theme
from deliberation_app.ui.kit.buttons import Button, FilterButton
from deliberation_app.ui.kit.flow import let_flow
from deliberation_app.ui.kit.marks import name_face
from deliberation_app.ui.kit.panels import PageHeader
from deliberation_app.ui.kit.side_bar import Entry, SideBar
from deliberation_app.ui.kit.states import BottomPanel
from deliberation_app.ui.kit.table import Cell, Column, PagedModel, Table
from deliberation_app.ui.opening import heading


@pytest.mark.parametrize(
    ("name", "kind", "told"),
    [
        ("山大路194号院党支部", "courtyard", ("山大路194号院", "党支部 · 山大社区")),
        ("和睦里第二党支部", "branch", ("和睦里", "第二党支部 · 山大社区")),
        ("山大社区居民委员会", "community", ("山大社区", "居民委员会 · 山大社区")),
        ("山大路194号院业主大会", "owners", ("山大路194号院", "业主大会 · 山大社区")),
        ("山大社区", "community", ("山大社区", "Community · 山大社区")),
        ("党支部", "branch", ("党支部", "Party branch · 山大社区")),
    ],
)
def test_a_unit_is_named_by_its_place_and_below_by_its_body(app_dressed, name: str, kind: str, told: tuple) -> None:
    assert heading(name, kind, ["试例街道", "山大社区"]) == told


def test_the_column_that_stretches_keeps_a_width_one_can_read(app_dressed, qtbot) -> None:
    table = Table()
    qtbot.addWidget(table)
    columns = [Column("Day", Cell, 120), Column("Title", Cell, 0)]
    table.show_model(PagedModel([*columns, Column("Kind", Cell, 300)], key=str))
    table.resize(900, 300)
    table.show()
    stretches = QHeaderView.ResizeMode.Stretch
    assert table.horizontalHeader().sectionResizeMode(1) == stretches
    assert table.columnWidth(1) > 400
    table.resize(480, 300)
    assert table.columnWidth(1) == 150
    table.setColumnHidden(2, True)
    assert table.horizontalHeader().sectionResizeMode(1) == stretches


def test_a_panel_without_facts_gives_its_name_the_whole_width(app_dressed, qtbot) -> None:
    panel = BottomPanel()
    qtbot.addWidget(panel)
    panel.resize(900, 76)
    panel.show()
    title = "院内停车位重新划分与停车收费以及访客临停的办法"
    panel.show_facts("10月20日 周二", title, [])
    panel.layout().activate()
    assert panel._under.whole() == panel._under.text() == title


def test_pages_without_room_in_the_rail_go_behind_the_dots(app_dressed, qtbot) -> None:
    side = SideBar()
    qtbot.addWidget(side)
    side.set_entries([Entry(str(at), "Items", "agenda") for at in range(9)])
    side.set_mode("rail")
    side.resize(80, 460)
    side.show()
    shown = [at for at in range(9) if side.button(str(at)).isVisible()]
    assert 0 < len(shown) < 9
    assert side.more.isVisible()


def test_acts_of_a_page_go_below_its_title_before_a_word_is_cut(app_dressed, qtbot) -> None:
    header = PageHeader("Evaluation", "The unit's line", [Button(f"Print empty forms {at}") for at in range(4)])
    qtbot.addWidget(header)
    acts = [header.acts.flow.itemAt(at).widget() for at in range(4)]
    for wide, lines in ((1400, 1), (520, 2)):
        header.resize(wide, 400)
        header.show()
        header.layout().activate()
        QApplication.processEvents()
        assert all(act.width() >= act.sizeHint().width() for act in acts)
        assert len({act.y() for act in acts}) == lines
        assert (header.acts.x() > 0) == (lines == 1)


@pytest.mark.parametrize("width", [90, 130, 160, 400])
def test_a_name_takes_smaller_type_before_it_takes_a_second_line(app_dressed, width: int) -> None:
    name = "古丽娜尔·阿不都热西提"
    face = name_face(name, width)
    wide = {one: theme.metrics(one).horizontalAdvance(name) for one in ("strong", "name", "label", "hint")}
    assert face == next((one for one, needed in wide.items() if needed <= width), "")


def test_filters_go_on_in_the_next_line(app_dressed, qtbot) -> None:
    box = QWidget()
    line = QHBoxLayout(box)
    filters = [FilterButton(f"To be accepted {at}") for at in range(5)]
    for one in filters:
        line.addWidget(one)
    line.addStretch()
    qtbot.addWidget(box)
    let_flow(box)
    box.resize(400, 300)
    box.show()
    QApplication.processEvents()
    assert all(one.width() >= one.sizeHint().width() for one in filters)
    assert all(one.geometry().right() <= 400 for one in filters)
    assert len({one.y() for one in filters}) > 1

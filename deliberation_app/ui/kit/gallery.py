"""Every component of the kit on one page, to look at beside the pictures of the design."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QRadioButton, QWidget

from deliberation_app.language import _
from deliberation_app.ui.kit.bars import ThresholdBar
from deliberation_app.ui.kit.buttons import Button, FilterButton, Segment
from deliberation_app.ui.kit.fields import Combo, DateEdit, Field, LineEdit, SearchEdit, TimeEdit
from deliberation_app.ui.kit.lists import Row, RowList
from deliberation_app.ui.kit.marks import SIDE_WORDS, Chip, Disc, KeyCap, StageSeal, StatusWords
from deliberation_app.ui.kit.names import NameEdit
from deliberation_app.ui.kit.panels import Card, PageHeader, column, row
from deliberation_app.ui.kit.states import BottomPanel, EmptyState, ErrorLine
from deliberation_app.ui.kit.toast import Toast


def _line(*widgets: QWidget, spacing: int = 16) -> QWidget:
    held = QWidget()
    across = row(held, spacing=spacing)
    for widget in widgets:
        across.addWidget(widget)
    across.addStretch()
    return held


class Gallery(QWidget):
    """The components, as in picture 08."""

    def __init__(self) -> None:
        super().__init__()
        box = column(self, margins=(32, 20, 32, 24), spacing=14)
        box.addWidget(
            PageHeader("今日", "2026年10月20日　星期二", [Button("筹备会议", keys="Ctrl+M", icon="meetings")])
        )
        self._acts(box)
        self._fields(box)
        self._marks(box)
        across = row(spacing=20)
        across.addLayout(self._left(), 6)
        across.addLayout(self._right(), 5)
        box.addLayout(across, 1)
        box.addWidget(self._panel())

    def _acts(self, box) -> None:
        off = Button("宣布结果")
        off.setEnabled(False)
        self.first = Button("继续筹备", "primary", after="go_on")
        box.addWidget(
            _line(
                self.first,
                Button("存为 PDF", icon="pdf"),
                Button("撤销", cap="Ctrl+Z"),
                off,
                Button("全部清单", "link"),
                Button("安静", "quiet", icon="edit"),
                Button("查看", small=True),
            )
        )

    def _fields(self, box) -> None:
        across = row(spacing=24)
        across.addWidget(Field("姓名", LineEdit("钱商户"), "和户口本一致"), 1)
        self.phone = Field("电话", LineEdit("139000000"), "")
        self.phone.set_error("少 2 位：手机号是 11 位")
        across.addWidget(self.phone, 1)
        across.addWidget(Field("复核", Combo([("1", "居务监督委员会"), ("2", "业主委员会")]), "选一个机构"), 1)
        across.addWidget(Field("日期", DateEdit(), "10-24、10月24日都行"), 1)
        across.addWidget(Field("时间", TimeEdit(), ""), 1)
        self.name = NameEdit(lambda text: [("1", "范例安", "支部书记"), ("2", "冯㛃", "1号楼 2单元 301")], "打首字母")
        across.addWidget(Field("谁", self.name), 1)
        box.addLayout(across)

    def _marks(self, box) -> None:
        chips = [
            Chip("正在开会", "accent", "live"), Chip("已通过", "ok", "done"), Chip("未通过", "bad", "failed"),
            Chip("等待手签", "warn", "sign"), Chip("无法定效力", "info", "note"), Chip("草稿"),
        ]  # fmt: skip
        sides = [Disc(word, tone, size=30, face="bold") for word, tone in SIDE_WORDS.values()]
        box.addWidget(_line(*chips, *sides, KeyCap("F3"), KeyCap("Ctrl+K"), KeyCap("Enter"), spacing=10))
        self.segment = Segment([("board", "看板"), ("list", "列表"), ("time", "时间线")], name=_("View"))
        both, all_pages, this_page = QCheckBox("双面打印"), QRadioButton("全部页"), QRadioButton("本页")
        both.setChecked(True)
        all_pages.setChecked(True)
        on = FilterButton("全部")
        on.setChecked(True)
        search = SearchEdit("姓名、首字母、房号")
        search.setFixedWidth(240)
        box.addWidget(_line(self.segment, both, all_pages, this_page, on, FilterButton("楼长"), search))

    def _left(self):
        left = column(spacing=14)
        card = Card()
        self.rows = RowList(name="要办的事")
        self.rows.fill(
            [
                Row(
                    "1", "测量、划线42个车位并编号", "欧阳试例 · 协办 王双报到 · 照片6张、验收单",
                    icon="check", tone="ok", status="5月18日 完成", status_tone="ok", act="查看",
                ),
                Row(
                    "2", "第二辆车收费重新协商", "范例安 · 9月30日到期",
                    icon="late", tone="bad", status="逾期 20 天", status_tone="bad", act="查看",
                ),
            ]
        )  # fmt: skip
        card.column(1, 0).addWidget(self.rows)
        self.rows.fit()
        left.addWidget(card)
        bar = ThresholdBar()
        bar.show_part(19, 22, 15)
        left.addWidget(bar)
        left.addWidget(
            _line(
                StatusWords("达到三分之二", "ok", "done"),
                *(
                    StageSeal(stage, active=stage != "decided")
                    for stage in ("raised", "discussed", "decided", "evaluated", "shared")
                ),
            )
        )
        left.addStretch()
        return left

    def _right(self):
        right = column(spacing=14)
        error = ErrorLine()
        error.say(
            "没有打印：打印机 HP LaserJet 1020 没有连接。", "接好线再试，或先存为 PDF。会议记录没有变化。", lambda: None
        )
        right.addWidget(error)
        card = Card()
        empty = EmptyState(
            "voices",
            "还没有人提意见",
            "心愿墙、民情树、接访时听到的，都先记在这里。",
            Button("记一条民意", "primary", cap="Ctrl+N"),
        )
        card.column(8, 0).addWidget(empty)
        right.addWidget(card, 1)
        return right

    def _panel(self) -> BottomPanel:
        panel = BottomPanel()
        panel.show_facts(
            "进入「决」还差 1 项",
            "第二辆车停车收费标准",
            [
                ("done", "ok", "协商会已开，发言在案", "3月21日，19 人到会"),
                ("missing", "bad", "党员大会讨论未关联", "涉及切身利益，须先讨论"),
            ],
            [Button("关联党员大会", "normal", icon="link")],
        )
        return panel

    def toast(self) -> Toast:
        """Show the toast over the page."""
        made = Toast(self, lambda: None)
        made.say("已收起第三季度停车收支公示")
        return made

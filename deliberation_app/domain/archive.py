"""PAPERS: every paper the program knows, how it looks, how many copies, how long it is kept (papers.md 3, 6 and 9)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from deliberation_app.errors import N_

Layout = Literal["official", "table", "large"]  # grid of GB/T 9704 · bordered tables · large type for the board
About = Literal["meeting", "item", "vote", "none"]

# 《城市社区档案管理办法》（国家档案局、民政部令第11号）; where it is silent, by analogy and marked to be checked.
FOREVER, THIRTY, TEN = "永久", "30年", "10年"
WITH_RECORD, WITH_VOTE = "随会议记录", "随表决材料"


@dataclass(frozen=True, kw_only=True)
class Keep:
    """How long a paper is kept; `verify`: practice or analogy, editable, never shown as settled law."""

    period: str
    verify: bool = True
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Paper:
    """One paper; `title` is printed, `name` is English source."""

    id: str
    title: str
    name: str
    layout: Layout
    about: About
    copies: str
    keep: Keep
    signs: tuple[str, ...] = ()
    posted: bool = False  # a masked copy may hang on the board
    count: int = 1  # so many sheets are offered to be printed, what `copies` says in figures
    each: bool = False  # and one more for everybody who is to come


# In the order of a meeting's file (papers.md 7.2), then the rest; a new paper is one entry.
_ENTRIES = (
    Paper(
        id="notice", title="会议通知", name=N_("Notice of meeting"), layout="official", about="meeting",
        copies="每人1份，存档1份", each=True, keep=Keep(period=TEN), signs=("召集人",), posted=True,
    ),
    Paper(
        id="delivery_list", title="送达登记表", name=N_("Delivery log"), layout="table", about="meeting",
        copies="1份", keep=Keep(period=TEN, note="业主表决的，随表决票"), signs=("送达人", "签收人"),
    ),
    Paper(
        id="agenda", title="会议议程", name=N_("Agenda of the meeting"), layout="table", about="meeting",
        copies="每人1份", count=0, each=True, keep=Keep(period=WITH_RECORD, verify=False), posted=True,
    ),
    Paper(
        id="sign_in_sheet", title="签到表", name=N_("Sign-in sheet"), layout="table", about="meeting",
        copies="1份", keep=Keep(period=WITH_RECORD, verify=False), signs=("到会人", "核对人"),
    ),
    Paper(
        id="leave_list", title="请假登记", name=N_("Leave list"), layout="table", about="meeting",
        copies="1份", keep=Keep(period=TEN), signs=("请假人", "批准人"),
    ),
    Paper(
        id="record", title="会议记录", name=N_("Record of the meeting"), layout="table", about="meeting",
        copies="1份，装订", keep=Keep(period=FOREVER, verify=False, note="庭院协商记录的期限待核对"),
        signs=("主持人", "记录人", "各方代表"), posted=True,
    ),
    Paper(
        id="summary", title="会议纪要", name=N_("Summary of decisions"), layout="official", about="meeting",
        copies="按发放范围", keep=Keep(period=THIRTY, note="重要的永久"), signs=("签发人",), posted=True,
    ),
    Paper(
        id="resolution", title="决议", name=N_("Resolution as passed"), layout="official", about="vote",
        copies="按发放范围", keep=Keep(period=FOREVER, verify=False), signs=("主持人",), posted=True,
    ),
    Paper(
        id="ballot", title="表决票", name=N_("Ballot paper"), layout="table", about="vote",
        copies="每名表决人1份",
        keep=Keep(period=TEN, note="接收预备党员的30年、密封；业主表决的至本届期满并过诉讼时效；意向票随会议记录"),
    ),
    Paper(
        id="tally_sheet", title="计票单", name=N_("Tally sheet"), layout="table", about="vote",
        copies="2份", count=2, keep=Keep(period=FOREVER), signs=("监票人", "计票人", "唱票人", "主持人"),
    ),
    Paper(
        id="result", title="表决结果报告单", name=N_("Result of the vote"), layout="table", about="vote",
        copies="2份", count=2, keep=Keep(period=FOREVER), signs=("监票人", "计票人", "唱票人", "主持人"), posted=True,
    ),
    Paper(
        id="posting", title="公示", name=N_("Notice for the board"), layout="large", about="item",
        copies="按张贴处数，存档1份", count=2, keep=Keep(period=TEN, note="结果公示30年"),
        signs=("发布人", "张贴人"), posted=True,
    ),
    Paper(
        id="opinion_sheet", title="群众意见议事表", name=N_("Opinion and agenda sheet"), layout="table", about="item",
        copies="2份（含回执）", count=2, keep=Keep(period=TEN, note="重大事项30年"),
        signs=("提出人", "受理人", "支部书记"),
    ),
    Paper(
        id="task_list", title="落实清单", name=N_("Action list"), layout="table", about="item",
        copies="1份，滚动更新", keep=Keep(period=TEN), signs=("责任人", "销号人"), posted=True,
    ),
    Paper(
        id="satisfaction_form", title="满意度测评表", name=N_("Satisfaction form"), layout="table", about="item",
        copies="按发放份数", keep=Keep(period=TEN),
    ),
    Paper(
        id="satisfaction_count", title="满意度测评统计表", name=N_("Satisfaction count"), layout="table", about="item",
        copies="1份", keep=Keep(period=TEN), signs=("计算人", "监督人"), posted=True,
    ),
    Paper(
        id="closing_form", title="结项表", name=N_("Closing form of the item"), layout="table", about="item",
        copies="1份", keep=Keep(period=TEN, note="重大事项30年"), signs=("承办人", "监督人", "支部书记"),
    ),
    Paper(
        id="reception_log", title="接访登记", name=N_("Reception log"), layout="table", about="none",
        copies="1份", keep=Keep(period=THIRTY), signs=("接访人", "支部书记"),
    ),
    Paper(
        id="duty_roster", title="值班表", name=N_("Duty roster"), layout="table", about="none",
        copies="1份", keep=Keep(period=TEN), signs=("值班人",), posted=True,
    ),
    Paper(
        id="proxy_form", title="授权委托书", name=N_("Proxy form"), layout="table", about="vote",
        copies="1份", keep=Keep(period=WITH_VOTE, verify=False), signs=("委托人", "受托人"),
    ),
    Paper(
        id="written_opinion_form", title="书面意见", name=N_("Written opinion form"), layout="table", about="vote",
        copies="1份", keep=Keep(period=FOREVER, note="随决议"), signs=("党员本人",),
    ),
    Paper(
        id="supplement", title="更正页", name=N_("Correction page"), layout="table", about="meeting",
        copies="1份", keep=Keep(period=WITH_RECORD, verify=False), signs=("更正人", "主持人"),
    ),
    Paper(
        id="archive_cover", title="案卷封面", name=N_("Archive cover"), layout="table", about="item",
        copies="1份", keep=Keep(period=FOREVER, note="随案卷"), signs=("立卷人", "检查人"),
    ),
    Paper(
        id="archive_list", title="卷内文件目录", name=N_("List of the file's papers"), layout="table", about="item",
        copies="1份", keep=Keep(period=FOREVER, note="随案卷"), signs=("立卷人", "检查人"),
    ),
)  # fmt: skip

PAPERS: Mapping[str, Paper] = MappingProxyType({paper.id: paper for paper in _ENTRIES})

Phase = Literal["before", "at", "after"]
# 证据序 of a meeting's file (papers.md 7.2), and when each paper is printed.
EVIDENCE_ORDER: Mapping[str, Phase] = MappingProxyType(
    {
        "opinion_sheet": "before", "notice": "before", "delivery_list": "before", "agenda": "before",
        "written_opinion_form": "before", "proxy_form": "before", "sign_in_sheet": "at", "leave_list": "at",
        "record": "after", "supplement": "after", "ballot": "at", "tally_sheet": "at", "result": "at",
        "resolution": "after", "summary": "after", "posting": "after", "task_list": "after",
        "satisfaction_form": "after", "satisfaction_count": "after", "closing_form": "after", "archive_cover": "after",
        "archive_list": "after",
    }
)  # fmt: skip


def copies_of(paper: Paper, people: int) -> int:
    """How many copies are offered where so many people are to come."""
    return max(1, paper.count + (people if paper.each else 0))

"""Breaks titles and headings of columns into lines by sense: no word torn, no lonely word, trapezium or lozenge."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations, pairwise

from deliberation_app.papers.breaker import UNITS, may_break
from deliberation_app.papers.lines import balanced, running_widths

# Longer titles, and those of more lines, are broken evenly: nobody reads their shape.
LONGEST, MOST_LINES, BETTER = 90, 4, 36
# Words that stand in titles here; a line does not end inside one.
WORDS = frozenset(
    (  # noqa: SIM905 - words in lines can be read and sorted, quoted ones not
        "关于 召开 会议 通知 公示 公告 决议 决定 纪要 记录 议程 登记 登记表 清单 目录 卷内文件 落实 满意度 测评 "
        "统计表 报告单 结果 表决 表决票 书面 意见 意向 更正 签到 签到表 请假 送达 值班 值班表 授权 委托书 计票 "
        "计票单 选举 选举票 党支部 支部 党员 党员大会 支部大会 大会 党小组 党课 预备党员 同志 接收 转正 讨论 "
        "主题党日 组织生活 民主 评议 协商 民主协商会 协商会 庭院 院内 居民 居民会议 居民代表 代表 委员会 居委会 "
        "居民委员会 业主 业主大会 全体 共同 社区 街道 网格 小区 楼长 物业 服务 服务企业 企业 停车 停车位 停车费 "
        "车位 车辆 收费 收费标准 标准 重新 划分 划线 分配 抽签 轮候 管理 自治 办法 公约 制度 方案 方案A 方案B "
        "方案C 改造 维修 更换 加装 电梯 路灯 损坏 消防 通道 消防通道 充电 充电桩 绿化 环境 整治 经费 账目 收支 "
        "收入 支出 公共 收益 使用 工作 安全 计划 用时 时间 姓名 事项 是否 规则 材料 身份 单位 房号 电话 签名 备注 "
        "序号 日期 地点 责任 责任人 协办 时限 进度 完成 佐证 逾期 原因 销号人 验收人 来源 值班书记 支委 交接 专有 "
        "面积 选项 人数 票数 候选人 评价 份数 第一 第二 第三 第四 季度 年度 三盏 有关 问题 情况 社会 志愿 志愿者 "
        "队伍 活动 建设 处理 办理 执行 监督 老旧 联系 汇报人 免费 每月 首车 分钟 扣除 合理 成本 日常 共有 道路 "
        "场地 用于 全体业主"
    ).split()
)
LONGEST_WORD = max(map(len, WORDS))
OPENED, CLOSED = "“‘《（〔", "”’》）〕"
# What it costs to end a line somewhere: nothing after a mark, little before a word that joins, much within a word.
AFTER_MARK, BEFORE_JOINT, AT_WORD, UNKNOWN, IN_WORD, BEFORE_PARTICLE, LONE_OPENER = 0.0, 0.3, 1.3, 2.2, 7.0, 8.0, 6.0
WITHIN_QUOTES = 2.5
MARKS = frozenset("：，、；。！？／”’》）〕—")
JOINTS = frozenset("与和及并暨或")
PARTICLES = frozenset("的了")
# A line shorter than this part of the longest looks lonely; the middle of three shorter than both is an hourglass.
LONELY, LONELY_COST, HOURGLASS_COST = 0.4, 6.0, 0.6
UNEVEN = 5.0
ONE_LINE_MORE = 4.0


@lru_cache(maxsize=256)
def title_lines(face: str, text: str, size: float, wide: float) -> tuple[str, ...]:
    """The lines of a title, as few as fit, broken where its sense allows."""
    sums = running_widths(((face, text),))
    limit = wide * 1000 / size
    if sums[-1] <= limit:
        return (text,)
    if len(text) > LONGEST:
        return tuple(balanced(face, text, size, wide))
    costs = break_costs(text)
    fewest = int(-(-sums[-1] // limit))
    found = [
        (cost + extra * ONE_LINE_MORE, breaks)
        for extra in range(2)
        if fewest + extra <= MOST_LINES
        for cost, breaks in _shapes(text, sums, limit, costs, fewest + extra)
    ]
    if not found:
        return tuple(balanced(face, text, size, wide))
    _, breaks = min(found)
    return tuple(text[left:right].strip() for left, right in pairwise((0, *breaks, len(text))))


def break_costs(text: str) -> dict[int, float]:
    """How bad it is to end a line before each character where one may end at all."""
    edges = _edges(text)
    depth, costs = 0, {}
    for at in range(1, len(text)):
        before, after = text[at - 1], text[at]
        depth += (before in OPENED) - (before in CLOSED)
        if may_break(text, at):
            costs[at] = _cost(before, after, edges, at, text) + (WITHIN_QUOTES if depth > 0 else 0.0)
    return costs


def _cost(before: str, after: str, edges: frozenset[int], at: int, text: str) -> float:
    if before in MARKS:
        return AFTER_MARK
    if after in PARTICLES or after == "／":
        return BEFORE_PARTICLE
    if before in UNITS and text[at - 2 : at - 1].isdigit():
        return UNKNOWN  # 42个|车位
    if before == "·":
        return AT_WORD  # within a name of several parts
    if text[:at] == "关于":
        return LONE_OPENER
    if after in OPENED or text.startswith("关于", at):
        return BEFORE_JOINT
    if after in JOINTS and at in edges:
        return BEFORE_JOINT
    if before in PARTICLES:
        return AT_WORD
    if before in JOINTS:
        return UNKNOWN
    return AT_WORD if at in edges else IN_WORD if -at in edges else UNKNOWN


def _edges(text: str) -> frozenset[int]:
    """Where known words begin and end; where one goes on, as a negative place."""
    found: set[int] = set()
    at = 0
    while at < len(text):
        known = next((n for n in range(LONGEST_WORD, 1, -1) if text[at : at + n] in WORDS), 0)
        if known:
            found |= {at, at + known, *(-inner for inner in range(at + 1, at + known))}
        at += known or 1
    return frozenset(found)


def _shapes(
    text: str, sums: Sequence[int], limit: float, costs: dict[int, float], count: int
) -> Iterator[tuple[float, tuple[int, ...]]]:
    """Each way to break the title into so many lines that fit, with what it costs."""
    places = sorted(costs)
    if count == MOST_LINES:  # many ways: only the better places
        places = sorted(sorted(places, key=costs.__getitem__)[:BETTER])
    for breaks in combinations(places, count - 1):
        wides = [sums[right] - sums[left] for left, right in pairwise((0, *breaks, len(text)))]
        longest = max(wides)
        if longest > limit:
            continue
        even = sums[-1] / count
        cost = sum(costs[at] for at in breaks) + UNEVEN * sum((wide / even - 1) ** 2 for wide in wides)
        if min(wides) < LONELY * longest:
            cost += LONELY_COST
        if count == 3 and wides[1] < min(wides[0], wides[2]):
            cost += HOURGLASS_COST
        yield cost, breaks

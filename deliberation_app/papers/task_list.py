"""落实清单 (papers.md 3.3): who does what by when after the resolution, how far it is, and who accepted it."""

from __future__ import annotations

from dataclasses import dataclass

from deliberation_app.papers.document import Document, Field, Fields, Signature, SignTable

COLUMNS = (
    "序号",
    "议定事项及来源会议",
    "责任人／协办",
    "开始／时限",
    "进度／完成日期",
    "佐证／逾期原因",
    "销号人／验收人",
)
# a day as 2026.10.31 with its word fits one line of its column
WIDTHS = (9, 36, 20, 27, 23, 21, 20)
EMPTY_ROWS = 14


@dataclass(frozen=True, kw_only=True)
class TaskLine:
    """One thing to do; its days are written short, as 2026.10.31."""

    title: str
    source: str = ""
    owner: str = ""
    helpers: str = ""
    begun: str = ""
    due: str = ""
    progress: str = ""
    done_on: str = ""
    evidence: str = ""
    late: str = ""
    closed_by: str = ""
    accepted_by: str = ""


@dataclass(frozen=True, kw_only=True)
class TaskListFacts:
    """What there is to do; without lines it is an empty form."""

    unit: str
    subject: str
    lines: tuple[TaskLine, ...]
    as_of: str = ""
    number: str = ""
    posted: bool = False


def compose(facts: TaskListFacts) -> Document:
    """The list as a paper, two facts to a cell, one over the other."""
    sources = {line.source for line in facts.lines}
    shared = sources.pop() if len(sources) == 1 else ""  # said once above the table, not in every row
    rows = tuple(
        (
            str(n), _two(line.title, "" if shared else line.source), _two(line.owner, _named("协办：", line.helpers)),
            _two(line.begun and f"{line.begun}起", line.due and f"{line.due}止"), _two(line.progress, line.done_on),
            _two(line.evidence, _named("逾期：", line.late)),
            _two(_named("销号：", line.closed_by), _named("验收：", line.accepted_by)),
        )
        for n, line in enumerate(facts.lines, start=1)
    )  # fmt: skip
    empty = tuple((str(n), *("",) * 6) for n in range(1, EMPTY_ROWS + 1))
    totals = f"截至{facts.as_of}。" if facts.as_of else ""
    return Document(
        paper="task_list", layout="table", unit=facts.unit, title=f"{facts.subject}落实清单", number=facts.number,
        copy="posted" if facts.posted else "archive", mark="公示件" if facts.posted else "存档件",
        blocks=(
            *((Fields(rows=((Field(label="来源会议", text=shared.strip("（）")),),)),) if shared else ()),
            SignTable(columns=COLUMNS, widths=WIDTHS, rows=rows or empty, totals=totals),
        ),
        signatures=(Signature(label="责任人（签名）"), Signature(label="销号人（签名）")),
    )  # fmt: skip


def _named(word: str, text: str) -> str:
    return word + text if text else ""


def _two(first: str, second: str) -> str:
    return "\n".join(text for text in (first, second) if text)

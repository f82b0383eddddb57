"""会议议程 (papers.md 3.1): what is dealt with in which order, by whom, how long, what is voted on by which rule."""

from __future__ import annotations

from dataclasses import dataclass

from deliberation_app.papers.document import Document, Field, Fields, Note, SignTable

COLUMNS = ("序号", "议题", "汇报人", "计划用时", "材料", "是否表决及规则")
WIDTHS = (9, 48, 18, 16, 27, 28)
EMPTY_ROWS = 11
# House rules of the room (practice).
ORDER = (
    "1. 按议程进行，先举手，经主持人同意后发言；没有发过言的先发言。",
    "2. 每次发言一般不超过3分钟，对事不对人，不打断他人。",
    "3. 手机调至静音；录音、拍照须经主持人同意。",
)


@dataclass(frozen=True, kw_only=True)
class AgendaLine:
    """One point: its options, who reports, for how long (3分钟), what lies before the meeting, how it is voted on."""

    title: str
    options: tuple[str, ...] = ()
    presenter: str = ""
    minutes: str = ""
    enclosures: str = ""
    vote: str = ""


@dataclass(frozen=True, kw_only=True)
class AgendaFacts:
    """What the agenda says; without lines it is an empty form."""

    unit: str
    meeting: str
    time: str
    place: str
    chair: str
    lines: tuple[AgendaLine, ...]
    number: str = ""
    posted: bool = False


def compose(facts: AgendaFacts) -> Document:
    """The agenda as a paper."""
    head = Fields(
        rows=(
            (Field(label="会议名称", text=facts.meeting),),
            (Field(label="时间", text=facts.time, share=3), Field(label="主持人", text=facts.chair, share=2)),
            (Field(label="地点", text=facts.place),),
        )
    )
    rows = tuple(
        (str(n), "\n".join((line.title, *line.options)), line.presenter, line.minutes, line.enclosures, line.vote)
        for n, line in enumerate(facts.lines, start=1)
    )
    empty = tuple((str(n), "", "", "", "", "") for n in range(1, EMPTY_ROWS + 1))
    return Document(
        paper="agenda", layout="table", unit=facts.unit, title="会议议程", number=facts.number,
        copy="posted" if facts.posted else "archive", mark="公示件" if facts.posted else "",
        blocks=(
            head, SignTable(columns=COLUMNS, widths=WIDTHS, rows=rows or empty),
            Note(text="\n".join(("会场纪律：", *ORDER))),
        ),
    )  # fmt: skip

"""The empty form of a 会议记录, for a meeting that is written down by hand (papers.md 3.2), copied in later."""

from __future__ import annotations

from dataclasses import dataclass

from deliberation_app.papers.document import Block, Document, Field, Fields, Heading, Note, Signature, SignTable

SPAN = "\u3000\u3000年\u3000月\u3000日\u3000时\u3000分至\u3000时\u3000分"
DUE = "\u3000\u3000人（有表决权\u3000\u3000人）"
CLOSED = "\u3000时\u3000分，主持人宣布散会。"
SAID, SAID_WIDTHS = ("序号", "发言人", "时间", "发言内容（记原话）"), (12, 24, 15, 105)
TALKED, TALKED_WIDTHS = ("序号", "发言人", "锣／鼓／法", "发言内容（记原话）", "承诺及期限"), (9, 22, 21, 72, 32)
VOTED = ("表决事项", "方式", "赞成", "反对", "弃权", "未投票", "结果")
VOTED_WIDTHS = (50, 22, 16, 16, 16, 16, 20)
SAID_ROWS, TALKED_ROWS, VOTED_ROWS = 17, 19, 4
HELP = "记原话，不作概括；有保留意见的逐字记录，由本人核对签名。写不下的另附页，每页由记录人签名。"


@dataclass(frozen=True, kw_only=True)
class RecordFormFacts:
    """Which kind of record it is; `consultation` has parties, gong and drum, and one who signs for each party."""

    unit: str
    title: str = "会议记录"
    consultation: bool = False
    signs: tuple[str, ...] = ("主持人", "记录人")


def compose(facts: RecordFormFacts) -> Document:
    """The form as a paper: the facts, what was said, what was voted on, what was decided."""
    columns, widths = (TALKED, TALKED_WIDTHS) if facts.consultation else (SAID, SAID_WIDTHS)
    count = TALKED_ROWS if facts.consultation else SAID_ROWS
    said = tuple((str(n), *("",) * (len(columns) - 1)) for n in range(1, count + 1))
    voted = (("",) * len(VOTED),) * VOTED_ROWS
    treated = "协商情况" if facts.consultation else "会议内容"
    blocks: tuple[Block, ...] = (
        Heading(text="一、会议情况"), Fields(rows=tuple(_opening(facts))),
        Heading(text=f"二、{treated}"), SignTable(columns=columns, widths=widths, rows=said),
        Heading(text="三、表决情况"), SignTable(columns=VOTED, widths=VOTED_WIDTHS, rows=voted),
        Heading(text="四、结果和散会"), Fields(rows=tuple(_ending(facts))), Note(text=HELP),
    )  # fmt: skip
    return Document(
        paper="record", layout="table", unit=facts.unit, title=facts.title, mark="存档件", blocks=blocks,
        signatures=(*(Signature(label=f"{label}（签名）") for label in facts.signs), Signature(label="签名日期")),
    )  # fmt: skip


def _opening(facts: RecordFormFacts) -> list[tuple[Field, ...]]:
    rows: list[tuple[Field, ...]] = [
        (Field(label="会议名称"),),
        (Field(label="会议类型"), Field(label="届次、次数")),
        (Field(label="时间", text=SPAN),),
        (Field(label="地点"),),
        (Field(label="主持人"), Field(label="记录人")),
        (Field(label="应到", text=DUE), Field(label="实到", text=DUE)),
        (Field(label="请假、缺席及原因", lines=2),),
        (Field(label="列席、邀请"),),
    ]
    if facts.consultation:
        rows += [(Field(label="协商主体", lines=2),), (Field(label="提案人"),), (Field(label="方案", lines=3),)]
    return [*rows, (Field(label="议题和议程", lines=4),)]


def _ending(facts: RecordFormFacts) -> list[tuple[Field, ...]]:
    if facts.consultation:
        told = [Field(label="共识", lines=2), Field(label="分歧、保留意见", lines=2), Field(label="决议原文", lines=3),
                Field(label="下一步去向")]  # fmt: skip
    else:
        told = [Field(label="不同意见", lines=2), Field(label="决议原文", lines=4), Field(label="主持人小结", lines=2)]
    return [
        *((field,) for field in told),
        (Field(label="散会", text=CLOSED),),
        (Field(label="附件"),),
    ]

"""表决票, 意向票 (papers.md 3.1): secret ones several to a sheet without any mark, named ones of owners a page each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from deliberation_app.papers.document import Block, Document, Field, Fields, Note, SignTable, Slips

CHOICES = ("赞成", "反对", "弃权")
OWNERS_CHOICES = ("同意", "反对", "弃权")
EMPTY_QUESTIONS = 5
SECRET_HELP = "填写说明：每项只能在一栏内画“○”；多画、不画或者无法辨认的为无效票。本票无记名，请勿写姓名、作记号。"
ELECTION_HELP = (
    "填写说明：同意的在“赞成”栏内画“○”，不同意的在“反对”栏内画“○”，弃权的在“弃权”栏内画“○”。另选他人的，在空行内写明姓名并画“○”。"
    "所选人数等于或者少于应选名额（{seats}名）的为有效票，多于应选名额的为无效票。本票无记名，请勿写姓名、作记号。"
)
STRAW_HELP = "填写说明：在同意的一栏内画“○”。本票只表达意向，无法定效力；结果按{basis}计算。"
OWNERS_HELP = (
    "填写说明：每项只能在“同意”“反对”“弃权”中选一栏画“○”；须由业主本人签名，未签名的为无效票；共有的房屋由共有人推举一人签名；"
    "由他人代理的，附书面委托书。无民事行为能力人、限制民事行为能力人由其监护人代为行使。"
)


@dataclass(frozen=True, kw_only=True)
class BallotFacts:
    """A ballot to be filled in secretly or for a straw poll: what stands on it and how many are needed."""

    unit: str
    meeting: str
    questions: tuple[str, ...]
    count: int
    form: Literal["secret", "straw", "election"] = "secret"
    seats: int = 1
    basis: str = "到会人数的过半数"


@dataclass(frozen=True, kw_only=True)
class OwnersBallotFacts:
    """The named paper of one flat; empty texts leave room to write."""

    unit: str
    meeting: str
    questions: tuple[str, ...]
    number: str = ""
    flat: str = ""
    owner: str = ""
    area: str = ""
    until: str = ""


def compose(facts: BallotFacts) -> Document:
    """As many slips as are needed, several to a sheet; nothing on a secret one tells whose it is."""
    names = {"secret": "表决票", "straw": "意向票", "election": "选举票"}
    column = "候选人" if facts.form == "election" else "表决事项"
    spare = facts.seats if facts.form == "election" else 0
    rows = tuple((question, "", "", "") for question in (*facts.questions, *("\u3000",) * spare))
    widths = (36, 10, 10, 10) if facts.form != "election" else (20, 12, 12, 12)
    help_text = {
        "secret": SECRET_HELP, "straw": STRAW_HELP.format(basis=facts.basis),
        "election": ELECTION_HELP.format(seats=facts.seats),
    }[facts.form]  # fmt: skip
    one = (SignTable(columns=(column, *CHOICES), widths=widths, rows=rows), Note(text=help_text))
    force = "（意向表决，无法定效力）" if facts.form == "straw" else ""
    titles = tuple(title for title in (facts.unit, f"{facts.meeting}{names[facts.form]}", force) if title)
    slips = Slips(slips=(one,) * max(facts.count, 1), titles=titles)
    return Document(paper="ballot", layout="table", title="", blocks=(slips,), coded=False)


def compose_owners(facts: OwnersBallotFacts) -> Document:
    """The named paper of one flat, with everything that is decided on it."""
    head = Fields(
        rows=(
            (Field(label="会议名称", text=facts.meeting),),
            (Field(label="票号", text=facts.number), Field(label="幢/单元/室", text=facts.flat, share=2)),
            (Field(label="业主姓名", text=facts.owner), Field(label="专有面积", text=facts.area)),
        )
    )
    questions = facts.questions or ("",) * EMPTY_QUESTIONS
    rows = tuple((str(n), question, "", "", "") for n, question in enumerate(questions, start=1))
    table = SignTable(columns=("序号", "议题", *OWNERS_CHOICES), widths=(9, 84, 21, 21, 21), rows=rows)
    tail = Fields(
        rows=(
            (Field(label="业主（签名）", lines=2), Field(label="代理人（签名）", lines=2)),
            (Field(label="委托书", text="□已附　□无"), Field(label="填票日期", text=_day())),
            (Field(label="收票人（签名）", lines=2),),
        ),
        whole=True,
    )
    until = f"请于{facts.until}前交回。" if facts.until else ""
    blocks: tuple[Block, ...] = (head, table, tail, Note(text=OWNERS_HELP + until))
    return Document(
        paper="ballot", layout="table", unit=facts.unit, title="业主共同决定事项表决票", number=facts.number,
        blocks=blocks, mark="存档件",
    )  # fmt: skip


def _day() -> str:
    return "\u3000\u3000\u3000年\u3000\u3000月\u3000\u3000日"

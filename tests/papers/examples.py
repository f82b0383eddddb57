"""Records to print in the tests."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from deliberation_app.domain.minutes import (
    Heading,
    Paragraph,
    Record,
    Signature,
    Statement,
    Table,
    Vote,
)
from deliberation_app.papers.record import PaperFacts, draw

NAMES = ("冯㛃", "石䶮", "龚龑", "陶堃", "陆𬱖", "买买提·吐尔逊", "古丽娜尔·阿不都热西提", "欧阳试例")
LONG_NAME = "古丽娜尔·阿不都热西提·买买提明·阿不力孜·艾合买提江·吐尔逊"
COLUMNS = ("序号", "姓名", "身份", "单位或房号", "状态", "备注")
TALK = (
    "我住1号楼2单元，消防通道天天被堵，去年11月3日夜里救护车进不来，老人在楼下等了二十分钟。车位到底怎么划？"
    "外面的车还让不让进？“先公示、再施工”——这句话要写进去……大家同意吗？（鼓掌）《民法典》第二百七十八条说得很清楚。"
)


def whole_record(**changes: Any) -> Record:
    """A record with every part there is."""
    facts: dict[str, Any] = {
        "unit": "山大路194号院党支部",
        "title": "庭院民主协商会记录",
        "copy": "archive",
        "mark": "存档件",
        "number": "〔2026〕第3次",
        "blocks": (
            Heading(text="一、会议情况"),
            Paragraph(label="时间：", text="2026年3月21日14时32分至17时05分。地点：庭院党群之家居民议事厅。"),
            Paragraph(
                text="应到22人，实到19人，请假2人（林请假，陪护病人；何请假，出差），缺席1人，列席3人，可以开会。"
            ),
            Heading(text="二、协商经过"),
            Heading(text="（一）停车位怎么划", level=2),
            *(
                Statement(
                    speaker=name, text=TALK, time="14:40", side="锣鼓法"[n % 3], answer=n % 3 > 0, note="承诺 5月5日前"
                )
                for n, name in enumerate(NAMES)
            ),
            Vote(
                motion="停车位重新划分方案B：消防通道两侧不划车位，其余划28个车位，按户轮候。",
                method="举手表决",
                numbers="应到22人，实到19人；赞成15，反对2，弃权2",
                explanation="15 ÷ 19 ＝ 78.9% ＞ 1/2（《居民委员会组织法》第十条）",
                outcome="通过",
                passed=True,
                remarks=("意向票，无法定效力。",),
            ),
            Heading(text="附：到会人员名册"),
            Table(
                columns=COLUMNS,
                widths=(8, 18, 16, 26, 12, 20),
                rows=tuple(
                    (str(n + 1), name, "居民代表", "1号楼2单元301室", "实到", "")
                    for n, name in enumerate((*NAMES, LONG_NAME) * 6)
                ),
                totals="应到54人，实到54人。",
            ),
            Paragraph(text="17时05分，散会。"),
        ),
        "signatures": tuple(
            Signature(label=label) for label in ("主持人（签名）", "记录人（签名）", "居民代表（签名）", "签名日期")
        ),
        "footnotes": ("表决规则见附件。",),
    }
    return Record(**{**facts, **changes})


def prose(count: int, **changes: Any) -> Record:
    """A record of `count` paragraphs and nothing else."""
    return whole_record(blocks=tuple(Paragraph(text=TALK) for _ in range(count)), footnotes=(), **changes)


def printed(record: Record, **how: Any) -> tuple[bytes, PaperFacts]:
    """The file and what is known of it."""
    out = BytesIO()
    facts = draw(record, out, **how)
    return out.getvalue(), facts

"""How long a big record takes, as a ratio to the same text put on pages by the page library without any layout."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from io import BytesIO
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 7
SAID = (
    "车位划线以后消防通道要留出来，救护车能进能出；收费标准按居民协商的意见执行，"
    "每季度公示一次，大家监督。《民法典》第二百七十八条讲得很清楚："
)
PROGRAM = """
import sys
sys.path[:0] = [{root!r}, {here!r}]
import paper
paper.{function}()
"""


def big_record() -> Any:
    """2,000 attendance rows, 300 statements of 120 characters, 20 votes, signatures."""
    from deliberation_app.domain.minutes import Heading, Record, Signature, Statement, Table, Vote

    chance = random.Random(20261020)
    given = ("建国", "秀英", "㛃", "龑", "伟", "志强", "例安", "小满")
    names = [surname + name for surname in "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨" for name in given]
    rows = tuple(
        (str(n), chance.choice(names), "居民", f"{n % 30 + 1}号楼{n % 4 + 1}单元{n % 28 + 101}室", "实到", "")
        for n in range(1, 2001)
    )
    said = [SAID[chance.randrange(len(SAID)) :] + SAID * 2 for _ in range(300)]
    statements = tuple(
        Statement(speaker=chance.choice(names), time="14:32", side="锣鼓法"[n % 3], text=text[:120])
        for n, text in enumerate(said)
    )
    votes = tuple(
        Vote(
            motion=f"方案{n}：消防通道两侧不划车位，其余按户轮候", method="举手表决",
            numbers="应到2000人，实到2000人；赞成1500，反对300，弃权200", explanation="1500 ÷ 2000 ＝ 75% ＞ 1/2",
            outcome="通过", passed=True,
        )
        for n in range(20)
    )  # fmt: skip
    columns = ("序号", "姓名", "身份", "单位或房号", "状态", "备注")
    attendance = Table(columns=columns, widths=(8, 18, 16, 26, 12, 20), rows=rows)
    return Record(
        unit="山大路194号院党支部", title="庭院民主协商会记录", copy="archive", mark="存档件", number="〔2026〕第3次",
        blocks=(
            Heading(text="一、协商经过"), *statements, Heading(text="二、表决"), *votes,
            Heading(text="附：到会人员名册"), attendance,
        ),
        signatures=(Signature(label="主持人（签名）"), Signature(label="记录人（签名）")),
    )  # fmt: skip


def texts(record: Any) -> list[str]:
    """Every text of the record, cut to lines of 28 characters."""
    from dataclasses import asdict

    found: list[str] = []
    pending: list[Any] = [asdict(record)]
    while pending:
        part = pending.pop()
        if isinstance(part, str):
            found += [part[n : n + 28] for n in range(0, len(part), 28)]
        elif isinstance(part, dict):
            pending.extend(reversed(part.values()))
        elif isinstance(part, list | tuple):
            pending.extend(reversed(part))
    return found


def floor() -> None:
    """The floor: `drawString` of the same text in one font, 33 strings a page, nothing measured and nothing checked."""
    record = big_record()
    lines = texts(record)
    start = time.perf_counter()
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(TTFont("floor", str(ROOT / "resources" / "fonts" / "NotoSerifSC-Light.ttf")))
    canvas = Canvas(BytesIO(), initialFontName="floor", initialFontSize=15.8, invariant=1)
    for n, line in enumerate(lines):
        if n and n % 98 == 0:
            canvas.showPage()
        canvas.drawString(80, 730 - n % 98 * 7, line)
    canvas.save()
    print(json.dumps({"cold": time.perf_counter() - start}))  # noqa: T201 - read by the measuring process


def paper() -> None:
    """Draw the record in this new process, then again."""
    record = big_record()
    start = time.perf_counter()
    from deliberation_app.papers.record import draw

    facts = draw(record, BytesIO())
    cold = time.perf_counter() - start
    again = []
    for _ in range(3):
        start = time.perf_counter()
        draw(record, BytesIO())
        again.append(time.perf_counter() - start)
    print(json.dumps({"cold": cold, "warm": min(again), "pages": facts.pages}))  # noqa: T201


def measured(function: str) -> dict[str, float]:
    """What a function of this module says of itself in a new process."""
    program = PROGRAM.format(root=str(ROOT), here=str(Path(__file__).parent), function=function)
    done = subprocess.run((sys.executable, "-c", program), capture_output=True, text=True, check=True, cwd=ROOT)
    return json.loads(done.stdout)


def run() -> list[dict[str, Any]]:
    """The rows of the table of benchmarks."""
    pairs = [(measured("floor"), measured("paper")) for _ in range(ROUNDS)]
    # other work on the computer only ever adds, so the quickest of each is nearest to the truth
    raw, own, again = (min(pair[n][key] for pair in pairs) for n, key in ((0, "cold"), (1, "cold"), (1, "warm")))
    cold, warm = own / raw, again / own
    what = "minutes of 2,000 rows, 300 statements, 20 votes, new process / raw drawString"
    return [
        {"what": what, "ratio": round(cold, 2), "bar": 1.5},
        {"what": "the same in the open program / the new process", "ratio": round(warm, 2), "bar": 0.5},
    ]


if __name__ == "__main__":
    for row in run():
        print(f"{row['ratio']:>6.2f}  (bar {row['bar']})  {row['what']}")  # noqa: T201

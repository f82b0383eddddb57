"""The same big record set by Typst and by LibreOffice in the same run, to compare with ours."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.benchmarks import paper

TYPST = "typst==0.15.0"
# One face with nearly every character: more of them to look through would only slow it down.
FACE = paper.ROOT / "resources" / "fonts" / "NotoSerifSC-Light.ttf"
ROUNDS = 5
ONE_ROUND = 2
# New process, the library loaded, the document compiled; then again in the open process.
TYPST_PROGRAM = """
import json, sys, time
start = time.perf_counter()
import typst
typst.compile(sys.argv[1], output=sys.argv[2], font_paths=[sys.argv[3]], ignore_system_fonts=True)
print(json.dumps({"cold": time.perf_counter() - start}))
"""
HEAD = """
#set page(paper: "a4", margin: (top: 37mm, left: 28mm, right: 26mm, bottom: 35mm), numbering: "1")
#set text(font: "Noto Serif SC", size: 15.8pt, lang: "zh")
#set par(justify: true, first-line-indent: (amount: 2em, all: true), leading: 13.8pt)
"""


def typst_source() -> str:
    """The big record in the language of Typst, every text as a string, nothing of it mark-up."""
    from deliberation_app.domain.minutes import Heading, Statement, Table, Vote

    record = paper.big_record()
    parts = [HEAD, f"#align(center, text(size: 22pt, weight: 900, {_string(record.unit + record.title)}))\n"]
    for block in record.blocks:
        if isinstance(block, Heading):
            parts.append(f"#strong({_string(block.text)})\n\n")
        elif isinstance(block, Statement):
            said = f"{block.speaker}（{block.time}）：{block.text}"
            parts.append(f"#box(stroke: 0.4pt, {_string(block.side)})#{_string(said)}\n\n")
        elif isinstance(block, Vote):
            told = ("表决事项", block.motion, "表决方式", block.method, "票数", block.numbers, "计算与依据",
                    block.explanation, "表决结果", block.outcome)  # fmt: skip
            parts.append(f"#table(columns: (68pt, 1fr), {', '.join(map(_string, told))})\n\n")
        elif isinstance(block, Table):
            wide = ", ".join(f"{share}fr" for share in block.widths)
            head = ", ".join(map(_string, block.columns))
            cells = ", ".join(_string(cell) for row in block.rows for cell in row)
            parts.append(f"#set text(size: 10.5pt)\n#table(columns: ({wide}), table.header({head}), {cells})\n\n")
    for place in record.signatures:
        parts.append(f"#{_string(place.label + '：')}#line(length: 40mm)\n\n")
    return "".join(parts)


def _string(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def with_typst(folder: Path) -> Iterator[float]:
    """Seconds of each new process that sets the record with Typst; none where it cannot be fetched."""
    uv = shutil.which("uv") or str(paper.ROOT / ".uv" / "bin" / "uv")
    python = folder / "typst" / "bin" / "python"
    try:
        subprocess.run((uv, "venv", "-q", "-p", sys.executable, str(folder / "typst")), check=True, capture_output=True)
        subprocess.run((uv, "pip", "install", "-q", "--python", str(python), TYPST), check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        return
    source = folder / "record.typ"
    source.write_text(typst_source(), "utf-8")
    faces = folder / "faces"
    faces.mkdir()
    shutil.copy(FACE, faces)
    for _ in range(ROUNDS):
        told = subprocess.run(
            (str(python), "-c", TYPST_PROGRAM, str(source), str(folder / "typst.pdf"), str(faces)),
            check=True, capture_output=True, text=True,
        )  # fmt: skip
        yield json.loads(told.stdout)["cold"]


def with_a_word_processor(folder: Path) -> Iterator[float]:
    """Seconds to write the record as .docx and have LibreOffice print it; none where there is no LibreOffice."""
    office = shutil.which("soffice")
    if office is None:
        return
    from deliberation_app.papers import word
    from deliberation_app.papers.record import compose

    record = compose(paper.big_record())
    for _ in range(ONE_ROUND):
        start = time.perf_counter()
        (folder / "record.docx").write_bytes(word.write(record))
        subprocess.run(
            (office, "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "pdf", "--outdir",
             str(folder), str(folder / "record.docx")),
            check=True, capture_output=True, env={**os.environ, "HOME": str(folder)},
        )  # fmt: skip
        yield time.perf_counter() - start


def run() -> list[dict[str, Any]]:
    """Ours against theirs: below 1 is ahead."""
    rows: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        own = min(paper.measured("paper")["cold"] for _ in range(ROUNDS))
        for what, seconds, bar in (
            ("minutes as above, new process / Typst", list(with_typst(folder)), 1.0),
            ("minutes as above, new process / .docx printed by LibreOffice", list(with_a_word_processor(folder)), 1.0),
        ):
            if seconds:
                rows.append({"what": what, "ratio": round(own / min(seconds), 2), "bar": bar})
    return rows


if __name__ == "__main__":
    for row in run():
        print(f"{row['ratio']:>6.2f}  (bar {row['bar']})  {row['what']}")  # noqa: T201

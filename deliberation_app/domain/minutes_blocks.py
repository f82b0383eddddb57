"""The blocks of a record: what is printed, in the order in which it is read, and a vote as judged."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class Heading:
    """A heading; level 1 is 一、 in 黑体, level 2 （一） in 楷体."""

    text: str
    level: int = 1


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """Running text, first line two characters in; `label` (such as 时间：) is set in 黑体 before it."""

    text: str
    label: str = ""
    key: str = ""  # stable name of what can be corrected, e.g. "entry/<id>/summary"; "" = fixed


@dataclass(frozen=True, kw_only=True)
class Statement:
    """What one person said, in the speaker's own words; `side` is 锣, 鼓, 法 or empty."""

    speaker: str
    text: str
    time: str = ""  # HH:MM in UTC+08:00
    side: str = ""
    answer: bool = False  # set further in, under the question it answers
    note: str = ""  # 承诺 5月5日前 · 原话照记
    key: str = ""


@dataclass(frozen=True, kw_only=True)
class Vote:
    """One vote: motion, how, the numbers, the arithmetic with its clause, the outcome in words."""

    motion: str
    method: str
    numbers: str
    explanation: str
    outcome: str
    passed: bool | None  # None: not counted, or judged by hand
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Table:
    """Rows of plain strings under a heading row that is repeated on each page; widths are shares of the type area."""

    columns: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]
    totals: str = ""  # one line under the last row, kept with it


@dataclass(frozen=True, kw_only=True)
class Signature:
    """A place to sign: the words before the line, such as 主持人（签名）."""

    label: str


Block = Heading | Paragraph | Statement | Vote | Table


@dataclass(frozen=True, kw_only=True)
class Record:
    """A whole 会议记录; `copy` is the archive or the posted rendering (papers.md 2)."""

    unit: str  # first line of the title
    title: str  # second line of the title: 庭院民主协商会记录
    copy: Literal["archive", "posted"]
    blocks: tuple[Block, ...]
    signatures: tuple[Signature, ...] = ()
    number: str = ""  # 〔2026〕第3次
    mark: str = ""  # top right: 存档件, 公示件 with period and place for objections
    footnotes: tuple[str, ...] = field(default=())


@dataclass(frozen=True, kw_only=True)
class JudgedVote:
    """A vote with its counts and verdict computed; areas in 0.01 m²; None = not counted yet."""

    eligible: int = 0
    present: int = 0
    in_favour: int = 0
    against: int = 0
    abstain: int = 0
    invalid: int = 0
    not_cast: int = 0
    eligible_area: int = 0
    present_area: int = 0
    in_favour_area: int = 0
    against_area: int = 0
    abstain_area: int = 0
    invalid_area: int = 0
    quorate: bool | None = None
    passed: bool | None = None
    explanation: str = ""  # Chinese: arithmetic and clause
    elected: tuple[str, ...] = ()  # ids of persons
    rule_title: str = ""  # Chinese
    by_hand: bool = False  # counted, but not judged by the program: the result as announced counts
    remarks: tuple[str, ...] = ()  # Chinese: what must be said beside the law of the day

"""A register of 10,000 people taken in from an .xlsx as WPS writes it, against openpyxl reading the file."""

from __future__ import annotations

import statistics
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

from deliberation_app.services import register, units
from deliberation_app.services.work import open_work

PEOPLE, TIMES = 10_000, 3
HEADING = ("序号", "姓名", "性别", "手机", "小区", "楼栋", "单元", "房号", "面积", "业主", "政治面貌", "职务", "备注")
FAMILY, GIVEN = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗", "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平"
PARTIES = ("群众", "群众", "群众", "共青团员", "中共党员", "中共预备党员")


def write_list(path: Path, count: int = PEOPLE) -> None:
    """A title over the whole width, shared texts, telephones as numbers, empty rows at the end."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "居民名册"
    sheet.append(["试例大院居民名册"])
    sheet.merge_cells("A1:M1")
    sheet.append(HEADING)
    for n in range(count):
        flat = n // 2
        name = FAMILY[n % 20] + GIVEN[n // 20 % 20] + GIVEN[n // 400 % 20]
        sheet.append([
            n + 1, name, "男女"[n % 2], float(13_000_000_000 + n), "试例大院", f"{flat // 100 + 1}号楼",
            f"{flat // 50 % 2 + 1}单元", str(flat % 50 + 101), 60 + n // 2 % 90 + 0.25, "是" if n % 2 == 0 else "否",
            PARTIES[n % 6], "楼长" if n % 200 == 0 else None, None,
        ])  # fmt: skip
    for _ in range(200):
        sheet.append([None] * len(HEADING))
    book.save(path)


def read_with_openpyxl(path: Path) -> float:
    """How long openpyxl takes to read all values, in the faster of its two ways."""
    begun = time.perf_counter()
    sheet = load_workbook(path, read_only=True, data_only=True).worksheets[0]
    assert sum(1 for _ in sheet.iter_rows(values_only=True)) >= PEOPLE
    return time.perf_counter() - begun


def take_in(path: Path, folder: Path, number: int) -> float:
    """How long a list takes from the file to the committed register."""
    work = open_work(folder / f"{number}.sqlite", clock=lambda: datetime(2026, 10, 20, 7, tzinfo=UTC))
    unit = units.set_up(work, name="试例大院", kind="courtyard", chair_name="范例安")
    begun = time.perf_counter()
    taken = register.take_in(work, unit, register.chosen(register.sheets(path), path.stem))
    took = time.perf_counter() - begun
    assert taken.added == PEOPLE
    work.close()
    return took


def run() -> list[dict[str, Any]]:
    """The ratio, the median of few times each, taken in turn."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "名册.xlsx"
        write_list(path)
        floors, ours = [], []
        for number in range(TIMES):
            floors.append(read_with_openpyxl(path))
            ours.append(take_in(path, Path(name), number))
    ratio = statistics.median(ours) / statistics.median(floors)
    return [{"what": "register of 10,000 people from Excel / openpyxl reading the file", "ratio": ratio, "bar": 2}]

"""The house layout: slips to cut, heads of columns, long names, forms that stay whole, titles broken by sense."""

from __future__ import annotations

from io import BytesIO
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation_app.papers import ballot, fonts, press, reception_log, sheet, sign_in_sheet
from deliberation_app.papers.breaker import NO_END, NO_START
from deliberation_app.papers.document import Document, Note, SignTable
from deliberation_app.papers.lines import SMALLER, width
from deliberation_app.papers.titles import WORDS, break_costs, title_lines
from tests.papers.examples import LONG_NAME
from tests.papers.reading import Seen, drawn_of, holes, lines_of, pages_of

WIDE = sheet.WIDE - 2 * sheet.SIZE_2
TITLES = (
    "关于“院内停车位重新划分与停车收费”的公示", "关于召开“当面锣对面鼓”庭院民主协商会：停车位重新划分与停车收费的通知",
    "山大路194号院全体业主书面表决：停车位划分与收费纪要", "关于讨论接收甄秀荷同志为预备党员的决议",
    "“院内停车位重新划分与停车收费”落实清单", "关于召开和睦里第二党支部2026年第二季度党员大会的通知",
)  # fmt: skip


def drawn(document: Document) -> bytes:
    """The paper as a PDF."""
    out = BytesIO()
    press.draw(document, out)
    return out.getvalue()


def text(line: list[Seen]) -> str:
    """What a line says."""
    return "".join(seen.character for seen in line)


@pytest.mark.parametrize(("names", "seats", "count"), [(5, 3, 37), (5, 5, 1), (1, 1, 61), (8, 2, 9)])
def test_slips_are_as_many_as_voters_all_of_one_size_and_none_is_split(names: int, seats: int, count: int) -> None:
    facts = ballot.BallotFacts(
        unit="和睦里第二党支部", meeting="支部党员大会", form="election", seats=seats, count=count,
        questions=tuple(LONG_NAME for _ in range(names)),
    )  # fmt: skip
    data = drawn(ballot.compose(facts))
    pages, rules = pages_of(data), drawn_of(data)
    assert holes(data) == []
    cuts = {round(one.y, 1) for page in rules for one in page if one.kind == "line" and one.wide > 200}
    across = len(cuts) + 1
    assert cuts == {round(297 / across * n, 1) for n in range(1, across)} or count == 1
    slips = 0
    for page in pages:
        for part in range(across):
            top, bottom = 297 / across * part, 297 / across * (part + 1)
            inside = [seen for seen in page if top <= seen.y < bottom]
            if not inside:
                continue
            slips += 1
            words = text(inside)
            # the whole slip: its title, every candidate, how to fill it in to the last word, clear of the cut
            assert words.count("选举票") == 1
            assert words.count(LONG_NAME[-3:]) == names
            assert words.endswith("作记号。")
            assert min(seen.y - 0.88 * seen.size * 25.4 / 72 for seen in inside) >= top + 7
            assert max(seen.y for seen in inside) <= bottom - 7
    assert slips == count
    assert not any("校验码" in text(page) or "第1页" in text(page) for page in pages)


def test_a_ballot_longer_than_a_sheet_is_still_whole() -> None:
    facts = ballot.BallotFacts(
        unit="和睦里", meeting="居民会议", form="election", seats=5, count=2, questions=tuple("甲乙丙丁戊己庚辛" * 6)
    )
    data = drawn(ballot.compose(facts))
    assert text([seen for page in pages_of(data) for seen in page]).count("填写说明") == 2
    assert all(seen.y < 270 for page in pages_of(data) for seen in page)


def test_heads_of_columns_are_broken_by_sense_and_stand_in_the_middle() -> None:
    facts = sign_in_sheet.SignInFacts(unit="和睦里", meeting="议事会", time="", place="", comers=())
    page = pages_of(drawn(sign_in_sheet.compose(facts)))[0]
    heads = [text(line) for line in lines_of(page, sheet.SIZE_5)]
    assert any("签到" in line and "时间" not in line for line in heads)
    assert any(line.startswith("序号姓名身份") for line in heads)


@pytest.mark.parametrize("name", ["冯㛃", LONG_NAME, LONG_NAME * 3, "欧阳试例" * 20], ids=len)
def test_names_of_any_length_wrap_then_shrink_to_the_limit_and_no_further(name: str) -> None:
    comer = sign_in_sheet.Comer(name=name, capacity="居民代表", address="1号楼2单元301", phone="13912345678")
    facts = sign_in_sheet.SignInFacts(unit="和睦里", meeting="议事会", time="", place="", comers=(comer,))
    data = drawn(sign_in_sheet.compose(facts))
    (page,) = pages_of(data)
    named = [seen for seen in page if seen.character in set(name) and 90 < seen.y < 250]
    assert named
    assert min(seen.size for seen in named) >= SMALLER[-1] - 0.01
    assert text(page).count(name) == 1
    # a telephone number is never broken
    assert all("13912345678" in "".join(map(text, lines_of(page, size))) for size in {phone_size(page)})


def phone_size(page: list[Seen]) -> float:
    """The size in which the telephone numbers are set."""
    return next(seen.size for n, seen in enumerate(page) if text(page[n : n + 11]) == "13912345678")


def test_a_form_that_fits_a_page_is_not_split() -> None:
    visits = tuple(reception_log.Visit(number=f"J{n}", subject="反映停车问题。" * (n * 7 % 30)) for n in range(1, 12))
    data = drawn(reception_log.compose(reception_log.ReceptionFacts(unit="和睦里", period="", visits=visits)))
    for page in pages_of(data):
        words = text(page)
        assert words.count("来访时间") == words.count("归档号") == words.count("接访人")


def test_rows_to_sign_on_leave_room_for_a_hand() -> None:
    table = SignTable(columns=("序号", "姓名", "签名"), widths=(1, 2, 3), rows=(("1", "甲", ""), ("2", "乙", "")))
    data = drawn(Document(paper="leave_list", layout="table", title="请假登记", blocks=(table, Note(text="注"))))
    (rules,) = drawn_of(data)
    across = sorted({round(one.y, 2) for one in rules if one.kind == "line" and one.wide > 100})
    assert all(low - high >= 9.9 for high, low in list(pairwise(across))[:1])


@pytest.mark.parametrize("title", TITLES)
def test_titles_are_broken_by_sense(title: str) -> None:
    lines = title_lines(fonts.XIAOBIAOSONG, title, sheet.SIZE_2, WIDE)
    assert "".join(lines) == title
    at = 0
    for line in lines[:-1]:
        at += len(line)
        assert not any(
            title[at - n : at - n + len(word)] == word for word in WORDS for n in range(1, len(word)) if at >= n
        ), lines  # fmt: skip
        assert break_costs(title)[at] < 5
    assert min(map(len, lines)) >= 0.4 * max(map(len, lines))


@given(
    st.text(st.sampled_from("停车位重新划分与收费的“”（），：山大路194号院党支部关于公示·"), min_size=1, max_size=80)
)
def test_titles_of_any_words_keep_within_their_measure(title: str) -> None:
    lines = title_lines(fonts.XIAOBIAOSONG, title, sheet.SIZE_2, WIDE)
    assert "".join(lines) == title
    for line in lines:
        assert width(fonts.XIAOBIAOSONG, line, sheet.SIZE_2) <= WIDE + 0.5 or len(line) == 1
    for before, after in pairwise(lines):
        if len(lines) <= 2:
            assert not (after[0] in NO_START and before[-1] not in NO_START)
            assert not (before[-1] in NO_END and after[0] not in NO_END)

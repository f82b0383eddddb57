"""The papers of a year's hand-over and the report of a period: all that goes in comes out, in embedded faces."""

from __future__ import annotations

import io

import pytest

from deliberation_app.papers import archive_box, archive_year, period_report, press, word
from deliberation_app.papers.archive_year import BoxFacts, HandOverFacts, Piece
from deliberation_app.papers.document import Document
from tests.papers.reading import fonts_of, holes, text_of

HOSTILE = "=1+1<b>“引号”</b>%s {x} 𠮷野龑"


def _piece(number: int, title: str = "会议记录") -> Piece:
    return Piece(
        place=str(number), code=f"WS·2026-Y-{number:04d}", number=str(number), author="山大路194号院党支部",
        reference="〔2026〕第3次", title=f"{title}{number}", date="20261020", pages="12",
        checksum="0123 4567 89ab cdef",
    )  # fmt: skip


def _box(count: int = 40) -> BoxFacts:
    pieces = tuple(_piece(n, HOSTILE if n == 1 else "会议记录") for n in range(1, count + 1))
    return BoxFacts(fonds="山大路194号院党支部", year="2026", keep="永久", box="1", pieces=pieces,
                    remarks=("路灯：卷内材料尚不齐全。",))  # fmt: skip


def _report() -> Document:
    line = period_report.Line(title="办结率", formula="已办结÷受理", sum="12÷15", value="80.0000%")
    return period_report.compose(period_report.ReportFacts(
        unit="山大路194号院党支部", period="2026年度", first="2026年1月1日", last="2026年12月31日",
        made="2026年10月20日",
        groups=(("民情民意", (line,) * 3),) * 6,
        tables=(("按类别", ("类别", "提出"), (80, 70), ((HOSTILE, "3"),) * 60),
                ("按楼栋", ("楼栋", "提出"), (80, 70), ())),
    ))  # fmt: skip


def _moved() -> Document:
    return archive_year.hand_over(HandOverFacts(
        fonds="山大路194号院党支部", year="2026", boxes=(_box(), _box(60)), giver="尹记录", receiver="李归档",
        day="2026年10月20日", checksum="fedc ba98 7654 3210",
    ))  # fmt: skip


PAPERS = {
    "catalogue": lambda: archive_year.catalogue(_box()),
    "catalogue_empty": lambda: archive_year.catalogue(BoxFacts(fonds="山大路194号院党支部")),
    "remarks": lambda: archive_year.remarks(_box()),
    "remarks_empty": lambda: archive_year.remarks(BoxFacts(fonds="山大路194号院党支部")),
    "hand_over": _moved,
    "face": lambda: archive_box.faces([_box(), _box()]),
    "spine": lambda: archive_box.spines([_box()] * 9),
    "labels_empty": lambda: archive_box.faces([]),
    "report": _report,
}
SAYS = {
    "catalogue": ("归档文件目录", "WS·2026-Y-0040", HOSTILE, "密级", "备注"),
    "remarks": ("备考表", "1—40", "480", "路灯：卷内材料尚不齐全。"),
    "hand_over": ("档案移交清单", "共2盒、100件", "fedcba9876543210", "李归档", HOSTILE),
    "face": ("归档文件盒", "起件号", "保管期限"),
    "spine": ("件号1—40", "盒号1"),
    "report": ("统计报告（2026年度）", "12÷15", "80.0000%", HOSTILE, "本期没有。", "截至小数点后四位"),
}


@pytest.mark.parametrize("name", PAPERS)
def test_what_goes_in_comes_out_in_embedded_faces(name: str) -> None:
    document = PAPERS[name]()
    buffer = io.BytesIO()
    facts = press.draw(document, buffer)
    said = "".join(text_of(buffer.getvalue()).split())
    for words in SAYS.get(name, ()):
        assert "".join(words.split()) in said, words
    assert holes(buffer.getvalue()) == []
    assert all(embedded for _face, embedded in fonts_of(buffer.getvalue()))
    assert (
        facts.rare_characters == () or "龑" in "".join(facts.rare_characters) or "𠮷" in "".join(facts.rare_characters)
    )


@pytest.mark.parametrize("name", ["catalogue", "remarks", "hand_over", "report"])
def test_both_sides_sign_below_text_and_word_says_the_same(name: str) -> None:
    document = PAPERS[name]()
    assert len(document.signatures) == 2
    buffer = io.BytesIO()
    facts = press.draw(document, buffer)
    assert facts.signatures_page == facts.pages
    assert word.write((document,)).startswith(b"PK")


def test_a_label_bears_no_code_and_stands_as_often_as_there_are_boxes() -> None:
    document = archive_box.spines([_box()] * 9)
    assert not document.coded
    buffer = io.BytesIO()
    press.draw(document, buffer)
    assert text_of(buffer.getvalue()).count("盒号") == 9

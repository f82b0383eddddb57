"""What is no part of pasted words is taken out; every word stays."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation_app.domain.pasted import cleaned


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("\u202e张\x00三\x1b", "张三"),
        ("先划线，\r\n再收费。\u2028好\u2029", "先划线， 再收费。 好 "),
        ("\x1b[31m红\x1b[0m", "[31m红[0m"),
        ("半\ud83d个\udfff\ufeff", "半个"),
        ("买买提\u3000吐尔逊\xa0", "买买提\u3000吐尔逊\xa0"),
        ("👨\u200d👩\u200d👧 \U00020bb7 العربية", "👨\u200d👩\u200d👧 \U00020bb7 العربية"),
        ("甲\t乙", "甲 乙"),
    ],
)
def test_one_line(pasted: str, kept: str) -> None:
    assert cleaned(pasted) == kept


def test_several_lines() -> None:
    assert cleaned("一\r\n二\u2028三\t四\x07", lines=True) == "一\n二\n三\t四"


@given(st.text(), st.booleans())
def test_every_word_stays(text: str, lines: bool) -> None:
    said = cleaned(text, lines=lines)
    assert cleaned(said, lines=lines) == said

    def words(one: str) -> list[str]:
        return [sign for sign in one if unicodedata.category(sign)[0] in "LNPSM"]

    assert words(said) == words(text)
    assert "\u202e" not in said
    assert not any(
        unicodedata.category(sign) in ("Cc", "Cs") and sign not in ("\n\t" if lines else "") for sign in said
    )

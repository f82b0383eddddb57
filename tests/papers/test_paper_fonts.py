"""Which font draws which character, and what is said of it in the file."""

from __future__ import annotations

import pytest
from reportlab.pdfbase import ttfonts

from deliberation_app.errors import RuleBroken
from deliberation_app.papers import fonts, lines

NAMES = ("冯㛃", "石䶮", "龚龑", "陶堃", "陆𬱖", "买买提·吐尔逊", "古丽娜尔·阿不都热西提", "欧阳试例")


@pytest.mark.parametrize("face", list(fonts.FACES))
def test_every_face_prints_the_names(face: str) -> None:
    for name in NAMES:
        assert lines.width(face, name, 1.0) > 0


@pytest.mark.parametrize("face", list(fonts.FACES))
def test_every_face_prints_gb_2312_and_signs(face: str) -> None:
    rows = (bytes((first, second)) for first in range(0xB0, 0xF8) for second in range(0xA1, 0xFF))
    text = "".join(row.decode("gb2312", errors="ignore") for row in rows) + "→←↑↓×÷≥≤＞＝〔〕〇·•…—“”‘’①㎡²℃"
    assert len(lines.running_widths(((face, text),))) == len(text) + 1


def test_a_character_comes_from_its_face_before_the_fallbacks() -> None:
    assert fonts.font_for(fonts.FANGSONG, "议") is fonts.carried(fonts.FANGSONG)
    assert fonts.font_for(fonts.FANGSONG, "㛃") is fonts.carried(fonts.SONGTI)
    assert fonts.font_for(fonts.FANGSONG, "\U00020000").fontName == "paper-rare-h80"
    assert fonts.font_for(fonts.FANGSONG, "\U0002ebe0").fontName == "paper-rare-hba"


def test_the_extensions_of_gb_18030_are_covered() -> None:
    ranges = (
        (0x3400, 0x4DB5),
        (0x4E00, 0x9FEF),
        (0x20000, 0x2A6D6),
        (0x2A700, 0x2B734),
        (0x2B740, 0x2B81D),
        (0x2B820, 0x2CEA1),
        (0x2CEB0, 0x2EBE0),
    )
    missing = []
    for first, last in ranges:
        for code in range(first, last + 1, 7):
            try:
                fonts.font_for(fonts.SONGTI, chr(code))
            except fonts.NoGlyph:
                missing.append(f"{code:X}")
    assert missing == []


def test_a_character_without_a_font_is_named_with_its_text() -> None:
    with pytest.raises(RuleBroken) as raised:
        lines.running_widths(((fonts.FANGSONG, "请\U0001f600批准"),))
    assert "U+1F600" in str(raised.value)
    assert "请\U0001f600批准" in str(raised.value)


def test_width_and_widths_agree() -> None:
    text = "山大路194号院“AVO”——陆𬱖"
    assert lines.width(fonts.FANGSONG, text, 1000) == lines.running_widths(((fonts.FANGSONG, text),))[-1]


def test_the_quick_reading_of_a_face_agrees_with_the_library() -> None:
    path = str(fonts.settings.path("resources", "fonts", fonts.FACES[fonts.HEITI]))
    slow, quick = ttfonts.TTFontFace(path), fonts.QuickFace(path)
    for code in (*range(0x20, 0x7F), *range(0x4E00, 0x9FFF, 11), 0xFF0C, 0x2014, 0x10FFFF):
        assert (code in quick.charToGlyph) == (code in slow.charToGlyph)
        if code in slow.charToGlyph:
            glyph = slow.charToGlyph[code]
            assert quick.charToGlyph[code] == glyph
            assert quick.getCharWidth(code) == slow.getCharWidth(code)
            assert quick.hmetrics[glyph] == slow.hmetrics[glyph]
            assert (quick.glyphPos[glyph], quick.glyphPos[glyph + 1]) == (
                slow.glyphPos[glyph],
                slow.glyphPos[glyph + 1],
            )


def test_upstream_still_writes_five_digits() -> None:
    """When this fails the library has been mended: remove fonts.to_unicode and the line that installs it."""
    assert "<2CC56>" in fonts.UPSTREAM_TO_UNICODE("rare", [0, 0x2CC56])
    assert "<00> <0000>" in fonts.UPSTREAM_TO_UNICODE("rare", [0, 0x2CC56])


def test_our_map_writes_surrogates_in_short_blocks() -> None:
    written = fonts.to_unicode("rare", [0, 0x2CC56, *range(0x4E00, 0x4E00 + 150)])
    assert "<01> <D873DC56>" in written
    assert "<00> <" not in written.replace("<00> <FF>", "")
    assert "100 beginbfchar" in written
    assert "51 beginbfchar" in written
    assert ttfonts.makeToUnicodeCMap is fonts.to_unicode


def test_rare_characters_are_the_ideographs_outside_gb_2312() -> None:
    assert fonts.rare_among("冯㛃，石䶮A𬱖①") == ("㛃", "䶮", "𬱖")

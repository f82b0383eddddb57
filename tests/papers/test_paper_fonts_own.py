"""The user's own fonts: found by name, offered only where they may be put into a PDF, used where chosen."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from struct import pack_into, unpack_from

import pikepdf
import pytest

from deliberation_app import settings
from deliberation_app.papers import fonts, fonts_own, press
from deliberation_app.papers.document import Document, Heading, Paragraph
from tests.papers.archive_rules import complaints
from tests.papers.reading import text_of

CARRIED = settings.path("resources", "fonts", "DeliberationKai-Regular.ttf")


@pytest.fixture(autouse=True)
def nothing_chosen() -> Iterator[None]:
    """Every test begins and ends with the carried faces."""
    fonts_own.choose("")
    yield
    fonts_own.choose("")


def tables(data: bytes | bytearray) -> dict[bytes, int]:
    """Where in the directory each table stands."""
    return {bytes(data[at : at + 4]): at for at in range(12, 12 + 16 * unpack_from(">H", data, 4)[0], 16)}


def font_called(place: Path, name: str, *, rights: int = 0, outlines: bytes = b"glyf", form_4: bool = False) -> Path:
    """A font of the program under another name, with other rights, outlines or character map."""
    data = bytearray(CARRIED.read_bytes())
    known = tables(data)
    text, latin = name.encode("utf-16-be"), "TestKai".encode("utf-16-be")
    record = bytearray(30)
    pack_into(">HHH", record, 0, 0, 2, 30)
    pack_into(">HHHHHH", record, 6, 3, 1, 0x409, 6, len(latin), len(text))
    pack_into(">HHHHHH", record, 18, 3, 1, 0x804, 1, len(text), 0)
    at, new = known[b"name"], bytes(record) + text + latin
    pack_into(">LL", data, at + 8, len(data), len(new))
    data += new + b"\0" * (-len(new) % 4)
    pack_into(">H", data, unpack_from(">L", data, known[b"OS/2"] + 8)[0] + 8, rights)
    data[known[b"glyf"] : known[b"glyf"] + 4] = outlines
    if form_4:
        _only_form_4(data, known[b"cmap"])
    place.write_bytes(data)
    return place


def _only_form_4(data: bytearray, at: int) -> None:
    """Put a character map in format 4 with three segments in place of the one there is."""
    face = fonts.carried(fonts.KAITI).face
    first, second = ord("主"), ord("持")
    one, other = face.charToGlyph[first], face.charToGlyph[second]
    low, high = sorted(((first, one), (second, other)))
    table = bytearray(12 + 14 + 2 + 4 * 3 * 2 + 2)
    pack_into(">HHHHL", table, 0, 0, 1, 3, 1, 12)
    pack_into(">HHHHHHH", table, 12, 4, 14 + 2 + 24 + 2, 0, 6, 4, 1, 2)
    pack_into(">HHHH", table, 26, low[0], high[0], 0xFFFF, 0)
    pack_into(">HHH", table, 34, low[0], high[0], 0xFFFF)
    pack_into(">HHH", table, 40, (low[1] - low[0]) & 0xFFFF, 0, 1)
    pack_into(">HHH", table, 46, 0, 4, 0)  # the second segment points behind the ranges
    pack_into(">H", table, 52, high[1])
    pack_into(">LL", data, at + 8, len(data), len(table))
    data += table + b"\0" * (-len(table) % 4)


def fonts_in(pdf: bytes) -> set[str]:
    """Names of the embedded fonts."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        return {str(font.BaseFont) for page in opened.pages for font in page.Resources.Font.values()}


def printed(text: str) -> bytes:
    """A paper with one paragraph."""
    out = BytesIO()
    press.draw(Document(paper="summary", layout="official", title="", blocks=(Paragraph(text=text),)), out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "face"),
    [("仿宋_GB2312", "仿宋"), ("FangSong", "仿宋"), ("方正小标宋简体", "小标宋"), ("楷体_GB2312", "楷体"),
     ("SimHei", "黑体"), ("宋体", "宋体")],
)  # fmt: skip
def test_fonts_are_found_by_their_own_name(tmp_path: Path, name: str, face: str) -> None:
    """Whatever the file is called."""
    file = font_called(tmp_path / "x.TTF", name)
    (tmp_path / "broken.ttf").write_bytes(b"\0\1\0\0\0\xff" + b"\0" * 30)
    (tmp_path / "other.txt").write_bytes(b"")
    font_called(tmp_path / "other.ttf", "某某体")
    assert [(one.face, one.name, one.file, one.refused) for one in fonts_own.found([tmp_path])] == [
        (face, name, file, None)
    ]


@pytest.mark.parametrize(
    ("rights", "outlines", "good"),
    [(0, b"glyf", True), (4, b"glyf", True), (8, b"glyf", True), (2, b"glyf", False), (6, b"glyf", True),
     (0x104, b"glyf", False), (0x204, b"glyf", False), (0, b"CFF ", False)],
)  # fmt: skip
def test_what_may_not_be_embedded_is_refused_with_a_reason(
    tmp_path: Path, rights: int, outlines: bytes, good: bool
) -> None:
    """fsType as the makers mean it; only TrueType outlines."""
    font_called(tmp_path / "x.ttf", "仿宋_GB2312", rights=rights, outlines=outlines)
    (one,) = fonts_own.found([tmp_path])
    assert (one.refused is None) == good


def test_a_chosen_font_draws_and_rare_characters_fall_back(tmp_path: Path) -> None:
    """Off by default; chosen it is embedded; what it lacks comes from the carried faces; off again all is as before."""
    text = "主持人陆𬱖说明情况。"
    before = printed(text)
    file = font_called(tmp_path / "own.ttf", "仿宋_GB2312")
    fonts_own.choose(json.dumps({"仿宋": str(file)}))
    with_own = printed(text)
    assert with_own != before
    assert text in text_of(with_own)
    assert complaints(with_own, attached=False) == []
    assert any("TestKai" in name for name in fonts_in(with_own))
    fonts_own.choose("")
    assert printed(text) == before


def test_an_older_character_map_is_read(tmp_path: Path) -> None:
    """Format 4, by difference and by list; what it lacks falls back."""
    file = font_called(tmp_path / "own.ttf", "楷体_GB2312", form_4=True)
    (one,) = fonts_own.found([tmp_path])
    assert one.refused is None
    own = fonts.CarriedFont("test-own", str(file))
    carried = fonts.carried(fonts.KAITI)
    assert own.has("主")
    assert own.has("持")
    assert not own.has("人")
    for sign in "主持":
        assert own.face.charToGlyph[ord(sign)] == carried.face.charToGlyph[ord(sign)]


@pytest.mark.parametrize("kept", ["", "{", "[1]", '{"仿宋": "nowhere.ttf"}', '{"别的": "x"}'])
def test_settings_without_sense_choose_nothing(kept: str) -> None:
    """A font that is gone is not missed."""
    fonts_own.choose(kept)
    assert fonts_own.chosen == {}


def test_a_font_that_breaks_later_is_not_used(tmp_path: Path) -> None:
    """The file is there but is no font: the carried face draws."""
    (tmp_path / "x.ttf").write_bytes(b"no font")
    fonts_own.choose(json.dumps({"仿宋": str(tmp_path / "x.ttf")}))
    assert "主持人" in text_of(printed("主持人"))


def test_one_font_for_several_faces_and_two_of_one_name(tmp_path: Path) -> None:
    """The same file may stand in for two faces, another file with the same name within it for a third."""
    one, other = font_called(tmp_path / "one.ttf", "仿宋_GB2312"), font_called(tmp_path / "other.ttf", "仿宋_GB2312")
    fonts_own.choose(json.dumps({"仿宋": str(one), "楷体": str(one), "黑体": str(other)}))
    blocks = (Heading(text="一、主持人"), Heading(text="（一）主持人", level=2), Paragraph(text="主持人"))
    out = BytesIO()
    press.draw(Document(paper="summary", layout="official", title="", blocks=blocks), out)
    assert text_of(out.getvalue()).count("主持人") == 3
    assert complaints(out.getvalue(), attached=False) == []
    assert sum("TestKai" in name for name in fonts_in(out.getvalue())) == 2

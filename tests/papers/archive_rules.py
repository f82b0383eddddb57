"""What a file for decades must be (ISO 19005-3, level B), as far as it can be told by looking at its structure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from struct import unpack_from
from typing import Any

import pikepdf
from lxml import etree

NAMES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "dc": "http://purl.org/dc/elements/1.1/", "pdf": "http://ns.adobe.com/pdf/1.3/",
}  # fmt: skip
# Operators of ISO 32000-1; anything else is refused by archives.
OPERATORS = frozenset(re.findall(r"\S+", """
    b B b* B* BDC BI BMC BT BX c cm CS cs d d0 d1 Do DP EI EMC ET EX f F f* G g gs h i ID j J K k l m M MP n q Q re RG
    rg ri s S SC sc SCN scn sh T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W W* y ' "
    """))  # fmt: skip
FORBIDDEN_ANNOTATIONS = {"/Sound", "/Movie", "/Screen", "/3D", "/RichMedia"}


def complaints(data: bytes, *, attached: bool | None = None) -> list[str]:
    """Everything wrong with a file; `attached` says whether a meeting file must be inside."""
    with pikepdf.open(BytesIO(data)) as pdf:
        found = [*_file(data, pdf), *_metadata(pdf), *_colour(pdf), *_pages(pdf), *_fonts(pdf), *_objects(pdf)]
        found += _attachments(pdf, attached)
    return found


def _file(data: bytes, pdf: pikepdf.Pdf) -> Iterator[str]:
    """6.1: header, trailer, no encryption, ids, an end."""
    if not re.match(rb"%PDF-1\.[4-7]\n%[\x80-\xff]{4}", data):
        yield "6.1.2 header"
    if "/Encrypt" in pdf.trailer:
        yield "6.1.3 encrypted"
    if len(pdf.trailer.get("/ID", ())) != 2:
        yield "6.1.3 no id"
    if not data.rstrip(b"\r\n").endswith(b"%%EOF"):
        yield "6.1.3 something after the end"
    for key in ("/NeedsRendering", "/Requirements", "/OpenAction", "/AA"):
        if key in pdf.Root:
            yield f"catalogue has {key}"


def _metadata(pdf: pikepdf.Pdf) -> Iterator[str]:
    """6.6: XMP there, well formed, part and level, the same as the information dictionary."""
    if "/Metadata" not in pdf.Root:
        yield "6.6.2 no metadata"
        return
    raw = pdf.Root.Metadata.read_bytes()
    if b" bytes=" in raw or b" encoding=" in raw:
        yield "6.6.2.1 header of the packet"
    tree = etree.fromstring(raw)

    def said(path: str) -> str:
        return "".join(tree.xpath(f"//{path}//text()", namespaces=NAMES)).strip()

    if (said("pdfaid:part"), said("pdfaid:conformance")) != ("3", "B"):
        yield "6.6.4 part and conformance"
    title = str(pdf.docinfo.get("/Title", ""))
    if said("dc:title") != title or not title:
        yield f"6.6.3 title {title!r} is {said('dc:title')!r}"
    if said("pdf:Producer") != str(pdf.docinfo.get("/Producer", "")):
        yield "6.6.3 producer"
    if set(pdf.docinfo.keys()) - {"/Title", "/Producer"}:
        yield f"information that metadata do not have: {sorted(pdf.docinfo.keys())}"
    if said("dc:language") != str(pdf.Root.get("/Lang", "")):
        yield "language"


def _colour(pdf: pikepdf.Pdf) -> Iterator[str]:
    """6.2.3: one output intent with an RGB profile."""
    intents = [one for one in pdf.Root.get("/OutputIntents", ()) if one.S == "/GTS_PDFA1"]
    if len(intents) != 1:
        yield "6.2.3 output intent"
        return
    profile = intents[0].DestOutputProfile
    head = profile.read_bytes()[:40]
    if head[36:40] != b"acsp" or head[16:20] != b"RGB " or head[12:16] not in (b"mntr", b"prtr"):
        yield "6.2.3 profile"
    if int(profile.N) != 3 or head[8] > 4:
        yield "6.2.3 version or number of colours"


def _pages(pdf: pikepdf.Pdf) -> Iterator[str]:
    """6.2.2: known operators, own resources, no deep nesting; 6.4: no transparency; 6.3: annotations."""
    for number, page in enumerate(pdf.pages, 1):
        if "/Resources" not in page.obj:
            yield f"page {number} inherits its resources"
        if "/Group" in page.obj:
            yield f"page {number} has a transparency group"
        for key in ("/PresSteps", "/AA", "/Trans"):
            if key in page.obj:
                yield f"page {number} has {key}"
        deep = 0
        for instruction in pikepdf.parse_content_stream(page):
            name = str(instruction.operator)
            if name not in OPERATORS:
                yield f"page {number}: operator {name}"
            deep += {"q": 1, "Q": -1}.get(name, 0)
            if deep > 28:
                yield f"page {number}: nested too deep"
        for annotation in page.obj.get("/Annots", ()):
            yield from _annotation(number, annotation)


def _annotation(number: int, annotation: Any) -> Iterator[str]:
    if str(annotation.Subtype) in FORBIDDEN_ANNOTATIONS:
        yield f"page {number}: annotation {annotation.Subtype}"
    flags = int(annotation.get("/F", 0))
    if not flags & 4 or flags & (1 | 2 | 32):
        yield f"page {number}: an annotation that is not printed"
    if set(annotation.get("/AP", {"/N": 0}).keys()) != {"/N"}:
        yield f"page {number}: appearances of an annotation"
    if "/AP" not in annotation:
        yield f"page {number}: annotation without appearance"


def _objects(pdf: pikepdf.Pdf) -> Iterator[str]:
    """No program code, no references outside, no old compression, no transparency, names in range."""
    for one in pdf.objects:
        if not isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
            continue
        kind = str(one.get("/S", "")) if str(one.get("/Type", "")) == "/Action" or "/JS" in one else ""
        if kind in ("/JavaScript", "/Launch", "/Sound", "/Movie", "/ResetForm", "/ImportData"):
            yield f"6.5.1 action {kind}"
        for key in ("/SMask", "/BM", "/TR", "/HTP"):
            if key in one and str(one.get(key)) not in ("/None", "/Normal"):
                yield f"{key} used"
        for key in ("/CA", "/ca"):
            if key in one and float(one[key]) != 1.0:
                yield f"transparency {key}"
        if isinstance(one, pikepdf.Stream):
            filters = one.get("/Filter", [])
            names = {str(each) for each in filters} if isinstance(filters, pikepdf.Array) else {str(filters)}
            if names & {"/LZWDecode", "/Crypt"}:
                yield f"6.1.7 filter {names}"
            if {"/F", "/FFilter"} & set(one.keys()):
                yield "6.1.7 a stream outside the file"
            if str(one.get("/Subtype", "")) == "/Form" and ({"/Ref", "/OPI", "/PS"} & set(one.keys())):
                yield "6.2.9 form"


def _attachments(pdf: pikepdf.Pdf, attached: bool | None) -> Iterator[str]:
    """6.8: named twice, with a media type and a relationship, told by the catalogue."""
    names = list(pdf.attachments)
    if attached is not None and bool(names) != attached:
        yield f"attached: {names}"
    told = {one.objgen for one in pdf.Root.get("/AF", ())}
    for name in names:
        spec = pdf.attachments[name].obj
        if not {"/F", "/UF", "/AFRelationship", "/EF"} <= set(spec.keys()):
            yield f"6.8 {name}: {sorted(spec.keys())}"
        if str(spec.AFRelationship) not in ("/Source", "/Data", "/Alternative", "/Supplement", "/Unspecified"):
            yield f"6.8 {name}: relationship"
        if "/Subtype" not in spec.EF.F:
            yield f"6.8 {name}: no media type"
        if spec.objgen not in told:
            yield f"6.8 {name}: not associated"


def _fonts(pdf: pikepdf.Pdf) -> Iterator[str]:
    """6.2.11: embedded, widths as in the font, symbolic TrueType without encoding and with one map."""
    for one in pdf.objects:
        if isinstance(one, pikepdf.Dictionary) and str(one.get("/Type", "")) == "/Font":
            yield from _font(one)


def _font(font: Any) -> Iterator[str]:
    name = str(font.get("/BaseFont", ""))
    descriptor = font.get("/FontDescriptor")
    if str(font.Subtype) != "/TrueType" or descriptor is None or "/FontFile2" not in descriptor:
        yield f"{name}: not an embedded TrueType font"
        return
    if str(descriptor.FontName) != name or not re.match(r"/[A-Z]{6}\+", name):
        yield f"{name}: name of the subset"
    if int(descriptor.Flags) & 4 and "/Encoding" in font:
        yield f"{name}: symbolic with an encoding"
    if "/ToUnicode" not in font:
        yield f"{name}: text cannot be read back"
    program = font.FontDescriptor.FontFile2.read_bytes()
    tables = {
        program[at : at + 4]: unpack_from(">LL", program, at + 8)
        for at in range(12, 12 + 16 * unpack_from(">H", program, 4)[0], 16)
    }
    if not {b"glyf", b"head", b"hhea", b"hmtx", b"loca", b"maxp", b"cmap"} <= tables.keys():
        yield f"{name}: tables {sorted(tables)}"
        return
    maps = unpack_from(">H", program, tables[b"cmap"][0] + 2)[0]
    if maps != 1:
        yield f"{name}: {maps} character maps"
    yield from _widths(font, name, program, tables)


def _widths(font: Any, name: str, program: bytes, tables: dict[bytes, tuple[int, int]]) -> Iterator[str]:
    """The widths in the file are those of the font, to a thousandth."""
    cmap = tables[b"cmap"][0]
    start = cmap + unpack_from(">L", program, cmap + 8)[0]
    form = unpack_from(">H", program, start)[0]
    if form != 6:
        yield f"{name}: character map of format {form}"
        return
    first, count = unpack_from(">HH", program, start + 6)
    units = unpack_from(">H", program, tables[b"head"][0] + 18)[0]
    full = unpack_from(">H", program, tables[b"hhea"][0] + 34)[0]
    begin, widths = int(font.FirstChar), list(font.Widths)
    if len(widths) != int(font.LastChar) - begin + 1:
        yield f"{name}: number of widths"
    for code, told in enumerate(widths, begin):
        if not first <= code < first + count:
            continue
        glyph = unpack_from(">H", program, start + 10 + 2 * (code - first))[0]
        if not glyph:
            continue
        advance = unpack_from(">H", program, tables[b"hmtx"][0] + 4 * min(glyph, full - 1))[0]
        if abs(advance * 1000 / units - float(told)) > 1:
            yield f"{name}: width of {code} is {told}, in the font {advance * 1000 / units:.1f}"

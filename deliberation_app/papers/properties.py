"""What a finished PDF says of itself: title and language, colour space, the attached meeting file."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from io import BytesIO
from xml.sax.saxutils import escape

import pikepdf

from deliberation_app import settings
from deliberation_app.papers import beside

PROFILE = "sRGB.icc"
ATTACHMENT = "meeting.json"


# What the file says of itself in the words of archives: PDF/A-3, level B, and nothing that is not true.
XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
    xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
   <pdfaid:part>3</pdfaid:part>
   <pdfaid:conformance>B</pdfaid:conformance>
   <dc:format>application/pdf</dc:format>
   <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
   <dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
   <pdf:Producer>{producer}</pdf:Producer>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""
LANGUAGE = "zh-CN"
PRODUCER = "deliberation-app"


def finish(
    data: bytes, title: str, attachment: bytes | None = None, *, stamps: Sequence[beside.Words] = (), small: bytes = b""
) -> bytes:
    """The same pages as a file for decades (ISO 19005-3, level B), with the meeting file attached, if any.

    `stamps` are put on them as the pages of `small` show them.
    """
    with pikepdf.open(BytesIO(data)) as pdf:
        known = "".join(sign for sign in title if sign.isprintable())
        # the page library writes a made-up date, which would be the only untruth in the file
        pdf.trailer.Info = pdf.make_indirect(pikepdf.Dictionary(Title=pikepdf.String(known), Producer=PRODUCER))
        told = XMP.format(title=escape(known), language=LANGUAGE, producer=PRODUCER)
        metadata = pdf.make_stream(told.encode("utf-8"), Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)
        pdf.Root.Metadata = metadata
        pdf.Root.Lang = pikepdf.String(LANGUAGE)
        pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        for page in pdf.pages:
            if "/Trans" in page.obj:
                del page.obj["/Trans"]
        colours = settings.path("resources", "fonts", PROFILE).read_bytes()
        intent = pikepdf.Dictionary(
            Type=pikepdf.Name.OutputIntent,
            S=pikepdf.Name.GTS_PDFA1,
            OutputConditionIdentifier=pikepdf.String("sRGB"),
            Info=pikepdf.String("sRGB IEC61966-2.1"),
            DestOutputProfile=pdf.make_stream(colours, N=3, Alternate=pikepdf.Name.DeviceRGB),
        )
        pdf.Root.OutputIntents = pikepdf.Array([pdf.make_indirect(intent)])
        if attachment is not None:
            _attach(pdf, attachment)
        if stamps:
            beside.put(pdf, stamps, small)
        out = BytesIO()
        # every stream is compressed already; trying again would take longer than all the rest of this
        packed = pikepdf.ObjectStreamMode.generate
        pdf.save(out, deterministic_id=True, object_stream_mode=packed, compress_streams=False, force_version="1.7")
        return out.getvalue()


def _attach(pdf: pikepdf.Pdf, attachment: bytes) -> None:
    """The meeting file inside, as the source from which the paper was made."""
    pdf.attachments[ATTACHMENT] = pikepdf.AttachedFileSpec(
        pdf, attachment, filename=ATTACHMENT, mime_type="application/json", description="会议文件", creation_date="",
        mod_date="",
    )  # fmt: skip
    found = pdf.attachments[ATTACHMENT]
    found.relationship = pikepdf.Name.Source
    found.obj.EF.F.write(zlib.compress(attachment), filter=pikepdf.Name.FlateDecode)
    pdf.Root.AF = pikepdf.Array([found.obj])

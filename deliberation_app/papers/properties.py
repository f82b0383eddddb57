"""What a finished PDF says of itself: title and language, colour space, the attached meeting file."""

from __future__ import annotations

import zlib
from io import BytesIO

import pikepdf

from deliberation_app import settings

PROFILE = "sRGB.icc"
ATTACHMENT = "meeting.json"


def finish(data: bytes, title: str, *, attachment: bytes | None = None) -> bytes:
    """The same pages with XMP properties, an output intent of archive files, and the meeting file attached, if any."""
    with pikepdf.open(BytesIO(data)) as pdf:
        # the page library writes a made-up date, which would be the only untruth in the file
        for key in ("/CreationDate", "/ModDate", "/Author", "/Creator", "/Keywords", "/Subject"):
            if key in pdf.docinfo:
                del pdf.docinfo[key]
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
            metadata["dc:title"] = title
            metadata["dc:language"] = ["zh-CN"]
        pdf.Root.Lang = pikepdf.String("zh-CN")
        pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
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
            pdf.attachments[ATTACHMENT] = pikepdf.AttachedFileSpec(
                pdf,
                attachment,
                filename=ATTACHMENT,
                mime_type="application/json",
                description="会议文件",
                creation_date="",
                mod_date="",
            )
            pdf.attachments[ATTACHMENT].relationship = pikepdf.Name.Source
            pdf.attachments[ATTACHMENT].obj.EF.F.write(zlib.compress(attachment), filter=pikepdf.Name.FlateDecode)
        out = BytesIO()
        # every stream is compressed already; trying again would take longer than all the rest of this
        packed = pikepdf.ObjectStreamMode.generate
        pdf.save(out, deterministic_id=True, object_stream_mode=packed, compress_streams=False)
        return out.getvalue()

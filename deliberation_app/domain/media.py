"""What a file is, told by its first bytes and never by its name."""

from __future__ import annotations

# How much of a file is looked at.
HEAD = 4096
UNKNOWN = "application/octet-stream"

_STARTS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"BM", "image/bmp"),
    (b"ID3", "audio/mpeg"),
    (b"fLaC", "audio/flac"),
    (b"OggS", "audio/ogg"),
    (b"#!AMR", "audio/amr"),
    (b"\x1aE\xdf\xa3", "video/webm"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
)
# The brand in the first box of an MP4 file.
_BRANDS = {b"M4A ": "audio/mp4", b"M4B ": "audio/mp4", b"heic": "image/heic", b"heix": "image/heic",
           b"mif1": "image/heic", b"avif": "image/avif", b"qt  ": "video/quicktime"}  # fmt: skip
_RIFF = {b"WAVE": "audio/wav", b"WEBP": "image/webp", b"AVI ": "video/x-msvideo"}
_ZIPPED = (
    (b"word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (b"xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (b"OFD.xml", "application/ofd"),
)
# How a file of this type is called when it leaves the program.
ENDINGS = {
    "application/pdf": ".pdf", "image/png": ".png", "image/jpeg": ".jpg", "image/gif": ".gif", "image/tiff": ".tif",
    "image/bmp": ".bmp", "image/heic": ".heic", "image/avif": ".avif", "image/webp": ".webp", "audio/mpeg": ".mp3",
    "audio/flac": ".flac", "audio/ogg": ".ogg", "audio/amr": ".amr", "audio/mp4": ".m4a", "audio/wav": ".wav",
    "audio/aac": ".aac", "video/mp4": ".mp4", "video/webm": ".webm", "video/quicktime": ".mov",
    "video/x-msvideo": ".avi", "application/zip": ".zip", "text/plain": ".txt", "application/ofd": ".ofd",
    _ZIPPED[0][1]: ".docx", _ZIPPED[1][1]: ".xlsx",
}  # fmt: skip


def media_type(head: bytes) -> str:
    """The media type of a file that begins like this."""
    if head[:4] == b"RIFF":
        return _RIFF.get(head[8:12], UNKNOWN)
    if head[4:8] == b"ftyp":
        return _BRANDS.get(head[8:12], "video/mp4")
    if head[:4] == b"PK\x03\x04":
        return next((kind for sign, kind in _ZIPPED if sign in head), "application/zip")
    found = next((kind for start, kind in _STARTS if head.startswith(start)), None)
    return found or _sound(head) or _text(head)


def _sound(head: bytes) -> str:
    """Sound without a head of its own: the frames of MP3 and AAC begin with eleven bits set."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return ""
    if head[1] & 0xF6 == 0xF0:
        return "audio/aac"
    layer, rate = head[1] >> 1 & 3, head[2] >> 4
    return "audio/mpeg" if layer == 1 and rate != 15 else ""


def _text(head: bytes) -> str:
    if not head or b"\x00" in head:
        return UNKNOWN
    for cut in range(min(4, len(head))):  # the head may end within a character
        try:
            head[: len(head) - cut].decode("utf-8")
        except UnicodeDecodeError:
            continue
        return "text/plain"
    return UNKNOWN


def sort_of(media: str) -> str:
    """photo, audio (with or without picture) or other: what a file is taken in as that is no scan of a paper."""
    kind = media.partition("/")[0]
    return {"image": "photo", "audio": "audio", "video": "audio"}.get(kind, "other")

"""Files are known by their first bytes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation_app.domain.media import HEAD, UNKNOWN, media_type, sort_of


@pytest.mark.parametrize(
    ("head", "known"),
    [
        (b"%PDF-1.7\n", "application/pdf"), (b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"ID3\x03", "audio/mpeg"), (b"\xff\xfb\x90\x00", "audio/mpeg"), (b"\xff\xf1\x50\x80", "audio/aac"),
        (b"RIFF\x00\x00\x00\x00WAVE", "audio/wav"), (b"RIFF\x00\x00\x00\x00WEBP", "image/webp"),
        (b"RIFF\x00\x00\x00\x00nope", UNKNOWN), (b"\x00\x00\x00\x20ftypM4A ", "audio/mp4"),
        (b"\x00\x00\x00\x20ftypisom", "video/mp4"), (b"\x00\x00\x00\x20ftypheic", "image/heic"),
        (b"OggS", "audio/ogg"), (b"#!AMR\n", "audio/amr"), (b"PK\x03\x04", "application/zip"),
        (b"PK\x03\x04....word/document.xml",
         "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("会议记录".encode(), "text/plain"), ("会议记录".encode()[:-1], "text/plain"),
        (b"MZ\x90\x00", UNKNOWN), (b"", UNKNOWN),
    ],
)  # fmt: skip
def test_the_content_tells_and_not_the_name(head: bytes, known: str) -> None:
    assert media_type(head) == known


@given(st.binary(max_size=HEAD))
def test_any_bytes_have_a_type(head: bytes) -> None:
    assert "/" in media_type(head)


def test_what_a_file_is_taken_in_as() -> None:
    sorts = [sort_of(one) for one in ("image/png", "audio/mpeg", "video/mp4", "application/pdf")]
    assert sorts == ["photo", "audio", "audio", "other"]

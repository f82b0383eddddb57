"""Calls to the services of the desktop over its D-Bus, for what must not wait and needs no answer.

QtDBus waits for the bus to answer when it connects, holding up all of Python, and from Python it sends no unsigned
number; the desktop's doors want one. So the few bytes are written here, all at once, and no answer is read:
https://dbus.freedesktop.org/doc/dbus-specification.html ("Message Protocol", "Authentication Protocol").
"""

from __future__ import annotations

import os
import socket
import struct
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

_CALL, _DO_NOT_START, _PROTOCOL = 1, 2, 1
_PATH, _INTERFACE, _MEMBER, _DESTINATION, _SIGNATURE = 1, 2, 3, 6, 8


class Call(NamedTuple):
    """A method of an interface of a service, and what it is given: texts and whole numbers from 0."""

    service: str
    path: str
    interface: str
    method: str
    values: tuple[str | int, ...] = ()


_HELLO = Call("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "Hello")


def tell(calls: tuple[Call, ...]) -> socket.socket | None:
    """Send these, and give the line on which they were sent; None where there is no desktop that hears.

    A service that is not running is not started. What was asked for holds until the line is closed, at the latest when
    the program ends, however it ends.
    """
    for place in _places():
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.setblocking(False)
        words = _greeting() + b"".join(_message(*numbered) for numbered in enumerate((_HELLO, *calls), 1))
        try:
            line.connect(place)
            if line.send(words) == len(words):
                return line
        except OSError:  # nobody is there, or is too busy to listen: the desktop does then what it always does
            pass
        line.close()
    return None


def _places() -> list[bytes]:
    """Where the bus of this session may be heard, as names of sockets."""
    told = os.environ.get("DBUS_SESSION_BUS_ADDRESS", "")
    if not told:
        folder = os.environ.get("XDG_RUNTIME_DIR", "")
        return [os.fsencode(folder) + b"/bus"] if folder else []
    found: list[bytes] = []
    for address in told.split(";"):
        kind, _colon, rest = address.partition(":")
        named = dict(part.partition("=")[::2] for part in rest.split(","))
        if kind == "unix" and "path" in named:
            found.append(unquote_to_bytes(named["path"]))
        elif kind == "unix" and "abstract" in named:
            found.append(b"\0" + unquote_to_bytes(named["abstract"]))
    return found


def _greeting() -> bytes:
    """Who is calling; the bus looks at the other end of the line to see that it is true."""
    return b"\0AUTH EXTERNAL " + str(os.getuid()).encode().hex().encode() + b"\r\nBEGIN\r\n"


def _message(serial: int, call: Call) -> bytes:
    """A call as bytes, least ones first."""
    signature = "".join("s" if isinstance(value, str) else "u" for value in call.values)
    body = b""
    for value in call.values:
        body = _up_to(4, body) + (_text(value) if isinstance(value, str) else struct.pack("<I", value))
    fields = b""
    for code, kind, value in (
        (_PATH, "o", call.path), (_INTERFACE, "s", call.interface), (_MEMBER, "s", call.method),
        (_DESTINATION, "s", call.service), (_SIGNATURE, "g", signature),
    ):  # fmt: skip
        if value:
            fields = _up_to(8, fields) + bytes([code, 1]) + kind.encode() + b"\0"
            fields += _text(value) if kind != "g" else bytes([len(value)]) + value.encode() + b"\0"
    head = struct.pack("<cBBBIII", b"l", _CALL, _DO_NOT_START, _PROTOCOL, len(body), serial, len(fields))
    return _up_to(8, head + fields) + body


def _text(value: str) -> bytes:
    """A text with its length; neither an empty character nor half of one may stand in it."""
    written = value.replace("\0", "").encode("utf-8", "replace")
    return struct.pack("<I", len(written)) + written + b"\0"


def _up_to(edge: int, written: bytes) -> bytes:
    """Filled up to the next edge of so many bytes."""
    return written + b"\0" * (-len(written) % edge)

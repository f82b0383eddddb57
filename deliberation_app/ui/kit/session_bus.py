"""Calls to the services of the desktop over its D-Bus, for what holds as long as the caller is on the line."""

from __future__ import annotations

import threading
from typing import NamedTuple

from jeepney import DBusAddress, Message, MessageFlag, new_method_call
from jeepney.io.blocking import open_dbus_connection


class Call(NamedTuple):
    """A method of an interface of a service, and what it is given, with its D-Bus signature."""

    service: str
    path: str
    interface: str
    method: str
    signature: str
    values: tuple[str | int, ...]

    def message(self) -> Message:
        """The call as it is sent; a service that is not running is not started for it."""
        address = DBusAddress(self.path, bus_name=self.service, interface=self.interface)
        made = new_method_call(address, self.method, self.signature, self.values)
        made.header.flags |= MessageFlag.no_auto_start
        return made


class Line:
    """A line on which calls were made: what they asked for holds until it is closed, or the program ends."""

    def __init__(self, calls: tuple[Call, ...]) -> None:
        self._over = threading.Event()
        # Nobody waits for a desktop that does not answer.
        self.thread = threading.Thread(target=self._hold, args=(calls,), daemon=True)
        self.thread.start()

    def close(self) -> None:
        """Nothing is asked for any more."""
        self._over.set()

    def _hold(self, calls: tuple[Call, ...]) -> None:
        try:
            with open_dbus_connection() as line:
                for call in calls:
                    line.send(call.message())
                self._over.wait()
        except (OSError, LookupError, ValueError, RuntimeError):
            return  # no bus, or none that can be understood: the desktop does what it always does

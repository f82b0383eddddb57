"""A file that one run of the program holds, so that others see that it has not ended; a kill lets go of it too."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_TAKEN = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)
# Far behind what is ever written: on Windows nobody else could write where a file is held.
_FAR = 1 << 30


def claim(file: Path) -> int | None:
    """Hold the file, made if need be, until what is returned is closed; None where another run holds it.

    A disk without locks holds nothing, and nobody is turned away. Raises OSError where the file cannot be opened.
    """
    opened = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if sys.platform == "win32":
            os.lseek(opened, _FAR, os.SEEK_SET)
            msvcrt.locking(opened, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in _TAKEN:
            os.close(opened)
            return None
    return opened

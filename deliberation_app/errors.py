"""The errors that people read: each is a sentence that says what happened and what to do next."""

from __future__ import annotations

import errno


def N_(message: str) -> str:
    """Mark an English sentence for the catalogue; it is translated where it is shown."""
    return message


class AppError(Exception):
    """Something a person can mend; `message` is English source with placeholders, `values` fill them."""

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message, values)
        self.message = message
        self.values = values

    def __str__(self) -> str:
        return self.message.format(**self.values) if self.values else self.message


# What a computer says of a file in its own language, in words that people know.
_OF_FILES = {
    errno.ENOENT: N_("it is not there"), errno.EACCES: N_("not permitted"), errno.EPERM: N_("not permitted"),
    errno.ENOSPC: N_("the disk is full"), errno.EROFS: N_("the disk cannot be written on"),
    errno.EISDIR: N_("it is a folder"), errno.ENOTDIR: N_("it lies below a file, not a folder"),
    errno.ENAMETOOLONG: N_("the name is too long"), errno.EIO: N_("the disk has a fault"),
    errno.EBUSY: N_("another program has it open"),
}  # fmt: skip


def reason_of(error: OSError) -> AppError | str:
    """Why a file could not be read or written, as a value of a sentence."""
    known = _OF_FILES.get(error.errno or 0)
    return AppError(known) if known else error.strerror or str(error)


class RuleBroken(AppError):
    """Law or procedure does not allow this; `reasons` lists every missing piece, not the first only."""

    def __init__(self, message: str, *, reasons: tuple[AppError, ...] = (), **values: object) -> None:
        super().__init__(message, **values)
        self.reasons = reasons


class OutOfReach(AppError):
    """The records could not be read or written: the step was not kept."""


class NotAllowed(AppError):
    """This person may not do that."""


class NotFound(AppError):
    """What was asked for is not here."""


class FileFaults(AppError):
    """A file was refused as a whole; `faults` are (place, sentence) pairs in the order of the file."""

    def __init__(self, message: str, faults: tuple[tuple[str, AppError], ...], more: int = 0, **values: object) -> None:
        super().__init__(message, **values)
        self.faults = faults
        self.more = more

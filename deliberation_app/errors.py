"""The errors that people read: each is a sentence that says what happened and what to do next."""

from __future__ import annotations


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


class RuleBroken(AppError):
    """Law or procedure does not allow this; `reasons` lists every missing piece, not the first only."""

    def __init__(self, message: str, *, reasons: tuple[AppError, ...] = (), **values: object) -> None:
        super().__init__(message, **values)
        self.reasons = reasons


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

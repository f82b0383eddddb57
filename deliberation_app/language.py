"""Which language the screens speak, and how an English source sentence is said in it."""

from __future__ import annotations

import gettext
import struct

from deliberation_app import settings
from deliberation_app.errors import N_, AppError

LANGUAGES = {"zh_CN": "简体中文", "zh_TW": "繁體中文", "en": "English"}
# How a source sentence writes a day that is given in numbers.
DAY = "{month}/{day}"
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

# The faces of our windows have these marks only as wide as a Chinese character.
_NARROW = str.maketrans("“”‘’", "\"\"''")


class _English(gettext.NullTranslations):
    """The sentences as the source has them."""

    def gettext(self, message: str) -> str:
        """The sentence itself."""
        return message.translate(_NARROW)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The form that fits the number."""
        return super().ngettext(msgid1, msgid2, n).translate(_NARROW)


_catalogue: gettext.NullTranslations = _English()
_current = "en"
_lacking = False


def use(language: str) -> None:
    """Speak `language` (a key of LANGUAGES) from now on; English serves where there are no words of it."""
    global _catalogue, _current, _lacking  # noqa: PLW0603 - gettext itself is one catalogue a process
    _current, _lacking, _catalogue = language, False, _English()
    if language != "en":
        try:
            _catalogue = gettext.translation("deliberation", settings.path("resources", "translations"), [language])
        except (OSError, ValueError, struct.error):  # not there, or broken in one of the ways a file can be
            _lacking = True


def fault() -> AppError | None:
    """What to say where the words of the language are missing; a meeting is held in English rather than not at all."""
    if not _lacking:
        return None
    return AppError(
        N_("The words of this language are missing or damaged, so the program speaks English for now. Set it up "
           "again; your data are not concerned.")
    )  # fmt: skip


def current() -> str:
    """The language spoken now, a key of LANGUAGES."""
    return _current


def _(message: str) -> str:
    """`message` in the language spoken now."""
    return _catalogue.gettext(message) if message else ""


def ngettext_(singular: str, plural: str, count: int) -> str:
    """The form of the sentence that fits `count`."""
    return _catalogue.ngettext(singular, plural, count)


def render(error: AppError) -> str:
    """The sentence of an error with its values filled in; values that are errors are rendered too."""
    values = {key: render(value) if isinstance(value, AppError) else value for key, value in error.values.items()}
    sentence = _(error.message)
    if DAY in sentence and isinstance(month := values.get("month"), int):
        # A catalogue puts the parts of a day in its own order; without one English says 30 Sep, which nobody misreads.
        sentence, values["month"] = sentence.replace(DAY, "{day} {month}"), MONTHS[month - 1]
    return sentence.format(**values) if values else sentence

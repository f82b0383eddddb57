"""What stands in the wrong place of the statement line, and why it cannot be noted as it is, said there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from deliberation_app.language import _
from deliberation_app.ui import console_words as words

if TYPE_CHECKING:
    from deliberation_app.ui.console_line import StatementLine

# Initials, and behind them words in characters: typed on where a name was asked for.
_INITIALS = re.compile(r"[A-Za-z]{2,8}")
_NAME_AND_WORDS = re.compile(r"([A-Za-z]{0,8})[\s,，:：]*(.*[\u3400-\u9fff\U00020000-\U0003ffff].*)")
# More characters than a name has, or a stop between them.
_LONG = 7
_STOPS = re.compile(r"[，。；：？！、,;:?!]")
# Nothing but numbers, as they are typed for a count.
_NUMBERS = re.compile(r"[\s，、.。+＋;；/,]*\d[\s\d，、.。+＋;；/,]*")


def typed_who(line: StatementLine) -> bool:
    """Whether a name is typed that belongs to nobody yet."""
    return bool(line.who.text()) and not line.who.person_id()


def _like_votes(line: StatementLine) -> str:
    """Numbers alone, typed while a vote waits for its numbers."""
    vote = line.chair.board.vote if line.chair.board is not None and line.corrected() is None else None
    typed = line.who.text() if typed_who(line) else line.text.text()
    return typed if vote is not None and vote.counts is None and _NUMBERS.fullmatch(typed) else ""


def refused(line: StatementLine) -> bool:
    """Say what is missing and lead to it; nothing of what was typed is lost."""
    votes = _like_votes(line)
    if votes:
        said = _("A vote is being counted, and “{text}” looks like a number of votes.")
        said = said.format(text=words.told_short(votes))
        line.error.say(said, _("Esc leads back to the count. What was typed is still in the line."))
    elif typed_who(line) and _words_in_name(line):
        pass
    elif typed_who(line):
        said = _("Nobody is called “{name}” here. Choose somebody from the list, or leave it empty.")
        line.error.say(said.format(name=words.told_short(line.who.text())), _("What was typed is still in the line."))
        line.who.setFocus()
        line.who.selectAll()  # the name typed next takes its place
    elif no_day(line):
        pass
    elif line.at.isVisible() and line.at.value() is None:
        line.error.say(_("When was it said? Type an hour such as 14:35."))
        line.at.setFocus()
    else:
        return False
    return True


def no_day(line: StatementLine, *, empty: bool = False) -> bool:
    """Say that the day of the promise is not understood; `empty` lets pass that none is typed yet."""
    if not line.due_shown() or line.due.value() is not None or (empty and not line.due.text().strip()):
        return False
    line.error.say(
        _("By when is it promised? Type a day from today on, such as 11.30 or 下周三, or press Ctrl D again.")
    )
    line.due.setFocus()
    line.due.selectAll()
    return True


def named_in_words(line: StatementLine) -> bool:
    """Initials alone, typed where somebody has the floor, are who speaks now, and not what was said."""
    typed = line.text.text().strip()
    filled_in = bool(line.auto) and line.who.person_id() == line.auto
    if not filled_in or line.corrected() is not None or not _INITIALS.fullmatch(typed):
        return False
    found = line.chair.find(typed)
    if not found:
        return False
    line.text.setText("")
    if len(found) == 1:
        _name_speaker(line, *found[0][:2])
    else:
        line.who.ask(typed)
    return True


def _name_speaker(line: StatementLine, person_id: str, name: str) -> None:
    line.auto = ""
    line.who.set_person(person_id, name)
    line.text.setFocus()


def give_up_name(line: StatementLine) -> None:
    """Initials that were typed and name nobody go; who has the floor stands there again."""
    if typed_who(line) and line.chair.board is not None:
        line.error.hide()
        line.who.clear_person()
        line.follow(line.chair.board)


def _words_in_name(line: StatementLine) -> bool:
    """What was said was typed on in the place of the name: it goes over to the words, the initials stay."""
    parts = _NAME_AND_WORDS.fullmatch(line.who.text().strip())
    if parts is None or line.text.text():
        return False
    initials, said = parts.groups()
    if not initials and len(said) < _LONG and not _STOPS.search(said):
        return False
    line.text.setText(said)
    found = line.chair.find(initials) if initials else []
    if len(found) == 1:
        _name_speaker(line, *found[0][:2])
    elif found:
        line.who.ask(initials)
    else:
        line.who.set_person("", initials)
        line.who.setFocus()
        line.who.selectAll()
        what = _("Nobody here has the initials “{typed}”.").format(typed=initials) if initials else _("Who says that?")
        line.error.say(what, _("The words stand in the line; type the initials, or leave the name empty."))
    line.draft.later()
    return True

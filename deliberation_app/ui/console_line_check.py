"""Why what stands in the statement line cannot be noted as it is, said in the line itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from deliberation_app.language import _

if TYPE_CHECKING:
    from deliberation_app.ui.console_line import StatementLine

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
        said = _("A vote is being counted, and “{text}” looks like a number of votes.").format(text=votes)
        line.error.say(said, _("Esc leads back to the count. What was typed is still in the line."))
    elif typed_who(line):
        said = _("Nobody is called “{name}” here. Choose somebody from the list, or leave it empty.")
        line.error.say(said.format(name=line.who.text()), _("What was typed is still in the line."))
        line.who.setFocus()
    elif line.due_shown() and line.due.value() is None:
        line.error.say(
            _("By when is it promised? Type a day from today on, such as 11.30 or 下周三, or press Ctrl D again.")
        )
        line.due.setFocus()
    elif line.at.isVisible() and line.at.value() is None:
        line.error.say(_("When was it said? Type an hour such as 14:35."))
        line.at.setFocus()
    else:
        return False
    return True

"""What was said: questions with their answers, the newest at the line in which the next is typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel

from deliberation_app.language import _
from deliberation_app.services.board_floor import Standing, standings
from deliberation_app.services.board_picture import Said
from deliberation_app.settings import DISPLAY_ZONE
from deliberation_app.ui import console_words as words

LINE = Qt.ItemDataRole.UserRole + 1
_HIGH = Qt.ItemDataRole.SizeHintRole


@dataclass(frozen=True)
class Line:
    """A statement as it stands in the list: indented under its question, with a rule above where a new one begins."""

    said: Said
    inner: bool
    ruled: bool
    to: str
    # Of a question: how it stands, with whom, until when.
    stands: tuple[Standing, str, date | None] | None = None
    # The day of another sitting, where it begins.
    day: date | None = None

    def time(self) -> str:
        """When it was said, with the day where another one begins."""
        hour = words.hour(self.said.at)
        return hour if self.day is None else f"{words.day(self.day)} {hour}"

    def status(self) -> tuple[str, str, str]:
        """Words, tone and icon at the right."""
        if self.said.open:
            return _("nobody has answered"), "bad", "late"
        if self.stands is not None:
            return standing_words(*self.stands)
        if self.said.promised_by is not None:
            told, tone, icon = _("promised by {day}").format(day=words.day(self.said.promised_by)), "info", "promise"
        elif self.said.stance in words.STANCES:
            told, tone, icon = _(words.STANCES[self.said.stance][0]), words.STANCES[self.said.stance][1], ""
        else:
            told, tone, icon = "", "accent", "verbatim"
        if self.said.dissent:
            return " · ".join(part for part in (_("word for word"), told) if part), tone, icon or "verbatim"
        return (told, tone, icon) if told else ("", "", "")

    def name(self) -> str:
        """Who spoke."""
        return self.said.speaker or _("no name given")

    def spoken(self) -> str:
        """What a screen reader says."""
        side = words.SIDES.get(self.said.side or "")
        parts = (_(side) if side else "", self.name(), self.time(), self.to, self.said.text)
        return ", ".join(part for part in (*parts, self.status()[0]) if part)


def standing_words(how: Standing, who: str, until: date | None) -> tuple[str, str, str]:
    """How a question stands, with tone and icon."""
    if how == "open":
        return _("nobody has answered"), "bad", "late"
    name = who or _("no name given")
    if how == "promised" and until is not None:
        return _("{name} promised by {day}").format(name=name, day=words.day(until)), "info", "promise"
    return _("answered by {name}").format(name=name), "ok", "done"


def lines_of(statements: Sequence[Said], before: Sequence[Line] = ()) -> list[Line]:
    """Statements in their order; an answer is named by its question where that does not stand right above.

    Of the lines `before` those stay whose statements stand where they stood.
    """
    same = 0
    for line, one in zip(before, statements, strict=False):
        if line.said is not one:
            break
        same += 1
    # An answer that comes or goes changes how its question stands, wherever that is, and a question its answers.
    other = (*statements[same:], *(line.said for line in before[same:]))
    asked_for = {line.said.answers_id for line in before[:same]}
    if any(one.answers_id is not None or one.id in asked_for for one in other):
        same = 0
    made = list(before[:same])
    by_id = {one.id: one for one in statements} if same == 0 else {}
    stand = standings(statements[same:])
    above = next((line.said.id for line in reversed(made) if not line.inner), None)
    last = _last_day(made)
    for one in statements[same:]:
        asked = by_id.get(one.answers_id) if one.answers_id is not None else None
        inner = asked is not None
        to = ""
        if asked is not None and asked.id != above:
            to = _("to {name} {hour}").format(name=asked.speaker or _("no name given"), hour=words.hour(asked.at))
        if not inner:
            above = one.id
        day = one.at.astimezone(DISPLAY_ZONE).date() if one.at is not None else last
        begins = day if last is not None and day != last else None
        made.append(Line(one, inner, bool(made) and (not inner or bool(to)), to, stand.get(one.id), begins))
        last = day
    return made


def _last_day(lines: Sequence[Line]) -> date | None:
    return next((line.said.at.astimezone(DISPLAY_ZONE).date() for line in reversed(lines) if line.said.at), None)


class SaidModel(QStandardItemModel):
    """Holds the lines with their heights; those that stay the same are not painted anew.

    A model of Qt's own items: a list asks for the height of every row whenever one is new, and not in Python then.
    """

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[Line] = []
        self._highs: list[int] = []

    def show(self, lines: list[Line], highs: list[int]) -> list[int] | None:
        """Show these, only what is new or other is told to the view; which rows that are, None where a line went."""
        same = 0
        for old, new in zip(self.lines, lines, strict=False):
            if old is not new and old.said.id != new.said.id:
                break
            same += 1
        gone, other = same < len(self.lines), list[int]()
        if gone:
            self.removeRows(same, len(self.lines) - same)
        for at in range(same):
            if self.lines[at] is not lines[at] and self.lines[at] != lines[at]:
                _tell(self.item(at), lines[at])
                other.append(at)
            if self._highs[at] != highs[at]:
                self.item(at).setData(QSize(1, highs[at]), _HIGH)
        self.lines, self._highs = list(lines), list(highs)
        if len(lines) > same:
            self.invisibleRootItem().appendRows(
                [_item(line, high) for line, high in zip(lines[same:], highs[same:], strict=True)]
            )
        return None if gone else [*other, *range(same, len(lines))]


def _item(line: Line, high: int) -> QStandardItem:
    made = QStandardItem()
    made.setEditable(False)
    made.setData(QSize(1, high), _HIGH)
    _tell(made, line)
    return made


def _tell(item: QStandardItem, line: Line) -> None:
    item.setData(line.spoken(), Qt.ItemDataRole.AccessibleTextRole)
    item.setData(line, LINE)

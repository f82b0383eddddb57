"""One rule in plain words: who counts, attendance, the line to pass, the ballot, the clause, a worked example."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from deliberation_app.domain.meetings import KINDS
from deliberation_app.domain.votes import RULES, OwnRule
from deliberation_app.language import _, render
from deliberation_app.services.rules import Reading
from deliberation_app.ui.kit.icons import IconLabel
from deliberation_app.ui.kit.labels import Label
from deliberation_app.ui.kit.marks import Chip
from deliberation_app.ui.kit.panels import Tint, column, empty, line, row


class RuleReading(QWidget):
    """The chosen rule, from top to bottom as it would be explained in a courtyard."""

    def __init__(self) -> None:
        super().__init__()
        self._box = column(self, margins=(24, 18, 24, 20), spacing=4)
        self.setAccessibleName(_("The rule in plain words"))

    def show_rule(self, reading: Reading, own: list[OwnRule]) -> None:
        """Say this rule; `own` are the unit's rules of procedure, which only one of the rules asks for."""
        empty(self._box)
        self._head(reading)
        lines = list(reading.requirements)
        attendance = len(RULES[reading.id].quorum)
        self._part(_("To be valid"), "people", [render(said) for said in lines[:attendance]], big=True)
        self._part(_("To pass"), "votes", [render(said) for said in lines[attendance:]], big=True)
        self._own(reading, own)
        self._clause(reading)
        self._part(_("Ballot"), "sign", [_ballot(reading)])
        self._part(_("Who counts, and how"), "person", [*_eligible(reading), *(render(note) for note in reading.notes)])
        self._example(reading)
        self._box.addStretch()

    def _head(self, reading: Reading) -> None:
        name = Label(render(reading.name), "h2", wrap=True)
        self._box.addWidget(name)
        if reading.title != name.text():
            self._box.addWidget(Label(reading.title, "context", wrap=True))
        chips = row(spacing=8)
        if reading.verify:
            chips.addWidget(Chip(_("Not certain, verify"), "warn", "late"))
        if reading.by_hand:
            chips.addWidget(Chip(_("Judged by hand"), "info", "note"))
        if not RULES[reading.id].legal_force:
            chips.addWidget(Chip(_("No legal force"), "warn", "note"))
        if chips.count():
            chips.addStretch()
            self._box.addSpacing(4)
            self._box.addLayout(chips)

    def _part(self, head: str, icon: str, said: list[str], *, big: bool = False) -> None:
        if not said:
            return
        self._box.addSpacing(8)
        self._box.addWidget(line())
        self._box.addSpacing(6)
        self._box.addLayout(_heading(head, icon))
        for words in said:
            self._box.addLayout(_sentence(words, "statement" if big else "body", dot=not big and len(said) > 1))

    def _own(self, reading: Reading, own: list[OwnRule]) -> None:
        if RULES[reading.id].own_fractions:
            none = [_("No rules of procedure are entered yet: they are entered in the settings.")]
            self._part(_("Entered for this unit"), "note", [rule.printed for rule in own] or none)

    def _clause(self, reading: Reading) -> None:
        said = [reading.clause] if reading.clause else []
        self._part(_("Clause"), "minutes", said)
        if reading.since != date.min:
            since = _("In force since {day}").format(day=reading.since.isoformat())
            self._box.addLayout(_sentence(since, "hint"))
        for remark in reading.remarks:
            self._box.addLayout(_sentence(remark, "hint", "warn" if reading.verify else "text2", icon="late"))

    def _example(self, reading: Reading) -> None:
        self._box.addSpacing(14)
        block = Tint("info")
        inside = column(block, margins=(16, 12, 16, 12), spacing=4)
        inside.addWidget(Label(_("Worked example, as it is printed"), "label"))
        inside.addWidget(Label(reading.example_sentence, "body", wrap=True))
        self._box.addWidget(block)


def _heading(words: str, icon: str) -> QHBoxLayout:
    across = row(spacing=8)
    across.addWidget(IconLabel(icon, "text3", 18))
    across.addWidget(Label(words, "label"), 1)
    return across


def _sentence(words: str, kind: str, tone: str = "", *, dot: bool = False, icon: str = "") -> QHBoxLayout:
    across = row(margins=(26, 0, 0, 0), spacing=8)
    if dot:
        across.addWidget(Label("·", kind, "text3"), 0, Qt.AlignmentFlag.AlignTop)
    if icon:
        across.addWidget(IconLabel(icon, tone or "text2", 16), 0, Qt.AlignmentFlag.AlignTop)
    across.addWidget(Label(words, kind, tone, wrap=True), 1)
    return across


def _ballot(reading: Reading) -> str:
    ways = [render(way) for way in reading.ballot]
    if len(ways) == 1:
        return _("Only: {way}").format(way=ways[0])
    return _("Usually: {way}; also: {others}").format(way=ways[0], others=_(", ").join(ways[1:]))


def _eligible(reading: Reading) -> list[str]:
    """Who is due, said once for all the kinds of meeting that say the same."""
    said: dict[str, list[str]] = {}
    for kind, _title, name in reading.kinds:
        said.setdefault(KINDS[kind].due_note, []).append(render(name))
    return [
        _("{kinds}: {due}").format(kinds=_(", ").join(names), due=_(due)) if due else _(", ").join(names)
        for due, names in said.items()
    ]

"""The terms of the posts that somebody holds: from when, until when, and whether they soon end."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from deliberation_app.domain.meetings import ROLES
from deliberation_app.language import _, render
from deliberation_app.services.people_roles import Term, term_words
from deliberation_app.services.posts import POSTS
from deliberation_app.ui.kit.fields import Field
from deliberation_app.ui.kit.labels import Label
from deliberation_app.ui.kit.theme import px

WITH_TERM = frozenset({"council_member", "villagers_group_head"}.union(*POSTS.values()))


class TermLine(QWidget):
    """The term of one post."""

    def __init__(self, role: str, today: date) -> None:
        super().__init__()
        self.today = today
        name = _(ROLES[role].name)
        self.from_on = Field(_("{role} from").format(role=name), "date")
        self.to_on = Field(_("until"), "date")
        self.words = Label("", "hint", "warn", wrap=True)
        column, row = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(0, 0, 0, px(4))
        column.setSpacing(px(4))
        row.setSpacing(px(12))
        for field in (self.from_on, self.to_on):
            field.editor.set_today(today)
            row.addWidget(field, 1)
        self.to_on.editor.setAccessibleName(_("{role} until").format(role=name))
        column.addLayout(row)
        column.addWidget(self.words)
        self.to_on.edited.connect(self._say)
        self._say()

    def set_term(self, begins: date | None, ends: date | None) -> None:
        """Show a term."""
        self.from_on.set_value(begins)
        self.to_on.set_value(ends)
        self._say()

    def term(self) -> Term:
        """What stands there."""
        return self.from_on.value(), self.to_on.value()

    def _say(self) -> None:
        told = term_words(self.to_on.value(), self.today)
        self.words.setText(render(told) if told is not None else "")
        self.words.setVisible(told is not None)


class PersonTerms(QWidget):
    """A line for each post that is ticked."""

    def __init__(self, today: date) -> None:
        super().__init__()
        self.today = today
        self.lines: dict[str, TermLine] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, px(4), 0, 0)
        column.setSpacing(px(4))

    def follow(self, role: str, held: bool) -> None:
        """Show the term of a post that is held; a role without a term has no line."""
        if role not in WITH_TERM:
            return
        if role not in self.lines:
            self.lines[role] = TermLine(role, self.today)
            self.layout().addWidget(self.lines[role])
        self.lines[role].setVisible(held)

    def faulty(self) -> Field | None:
        """The first field in which no day stands, or an end before its beginning."""
        for line in self.lines.values():
            for field in (line.from_on, line.to_on):
                if not line.isHidden() and field.editor.faulty():
                    field.set_error(_("This is no day; write it such as 2026-09-12"))
                    return field
                field.clear_error()
            begins, ends = line.term()
            if not line.isHidden() and begins is not None and ends is not None and ends < begins:
                line.to_on.set_error(_("The term ends before it begins"))
                return line.to_on
        return None

    def values(self, roles: Iterable[str], known: dict[str, Term]) -> dict[str, Term]:
        """Each role with its term; what has no line keeps what is known."""
        return {role: self.lines[role].term() if role in self.lines else known.get(role, (None, None))
                for role in roles}  # fmt: skip

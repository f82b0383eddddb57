"""The unit's own kinds of meeting: copies of a kind of the law with other words, agenda and longer notice."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from deliberation_app.domain.meetings import KINDS
from deliberation_app.domain.votes import RULES
from deliberation_app.language import _, ngettext_
from deliberation_app.services import kinds
from deliberation_app.services.kinds import OwnKind
from deliberation_app.ui.kit import forms, run
from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.kit.lists import Row
from deliberation_app.ui.settings_law_agenda import AgendaLines


class SettingsLawKinds(QWidget):
    """A list of own kinds; Enter edits one, the button takes it away, and that can be undone."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        forms.load("settings_law_kinds", self)
        self._held: dict[str, OwnKind] = {}
        self._editing = ""
        self.agenda = AgendaLines()
        self.agenda_place.addWidget(self.agenda)
        self.entries.setAccessibleName(self.head.text())
        self.editing.hide()
        self.add.clicked.connect(self._new)
        self.entries.opened.connect(lambda key: self._edit(self._held[key]))
        self.entries.acted.connect(lambda key: run.act(self.card, self._remove, key))
        self.base.edited.connect(lambda: self._show(kinds.copy_of(self.base.value())))
        self.save.clicked.connect(run.slot(self.card, self._save))
        self.cancel.clicked.connect(self._close)

    def refresh(self) -> None:
        """Read the kinds again; what is being edited stays."""
        held = run.act(self.card, kinds.own, self.desk.work, self.desk.unit_id) or ()
        self._held = {kind.id: kind for kind in held}
        self.entries.fill([_row(kind) for kind in held])
        self.entries.fit()
        self.entries.setVisible(bool(held))
        bases = kinds.kinds(self.desk.work, self.desk.unit_id)
        offered = [(kind.id, _(kind.name)) for kind in bases if not kind.base]
        self.base.editor.set_options(offered, self.base.value() or offered[0][0])

    def _new(self) -> None:
        self.base.setEnabled(True)
        self._edit(kinds.copy_of(self.base.value()))
        self.base.editor.setFocus()

    def _edit(self, kind: OwnKind) -> None:
        self._editing = kind.id
        self.base.setEnabled(not kind.id)
        self.base.set_value(kind.base)
        self._show(kind)
        self.editing.show()
        self.error_line.hide()
        self.kind_title.editor.setFocus()

    def _show(self, kind: OwnKind) -> None:
        base = KINDS[kind.base]
        # A copy may not carry the very title of its original, so a new one starts without.
        self.kind_title.set_value(kind.title if kind.id else "")
        self.record_title.set_value(kind.record_title)
        self.notice_days.set_value(kind.notice_days)
        clause = base.notice.clause
        least = _("At least {days}: {clause}").format(days=base.notice.days, clause=clause) if clause else ""
        self.notice_days.set_hint(least)
        self.default_rule.editor.set_options([(rule, _(RULES[rule].name)) for rule in base.rules], kind.default_rule)
        self.default_rule.setVisible(bool(base.rules))
        self.agenda.show_entries(kind.standing_agenda)

    def _save(self) -> None:
        before = self._held.get(self._editing)
        kind = OwnKind(
            id=self._editing, base=self.base.value(), title=self.kind_title.value(),
            record_title=self.record_title.value(), standing_agenda=self.agenda.entries(),
            notice_days=self.notice_days.value() or 0, rules=before.rules if before else (),
            default_rule=self.default_rule.value(),
        )  # fmt: skip
        kinds.save(self.desk.work, self.desk.unit_id, kind)
        self.desk.toast(_("The kind “{title}” is saved").format(title=kind.title), undo=True)
        self._close()
        self.refresh()

    def _remove(self, key: str) -> None:
        title = self._held[key].title
        kinds.remove(self.desk.work, self.desk.unit_id, key)
        self.desk.toast(_("“{title}” is taken away").format(title=title), undo=True)
        if key == self._editing:
            self._close()
        self.refresh()

    def _close(self) -> None:
        self._editing = ""
        self.editing.hide()
        self.error_line.hide()
        self.add.setFocus()


def _row(kind: OwnKind) -> Row:
    hint = _("Copied from: {base}").format(base=_(KINDS[kind.base].name))
    if kind.notice_days:
        said = ngettext_("notice {days} day before", "notice {days} days before", kind.notice_days)
        hint = f"{hint} · {said.format(days=kind.notice_days)}"
    return Row(kind.id, kind.title, hint, act=_("Take away"))

"""The unit's own rules of procedure: name, version, the day they were adopted, and the fractions they set."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from deliberation_app.domain.meetings import KINDS
from deliberation_app.domain.votes import Fraction
from deliberation_app.errors import N_, RuleBroken
from deliberation_app.language import _
from deliberation_app.services import rules
from deliberation_app.services.rules import OwnRule
from deliberation_app.ui.kit import forms, run
from deliberation_app.ui.kit.buttons import FilterButton, Segment
from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.kit.fields import Field
from deliberation_app.ui.kit.lists import Row


class SettingsLawHouse(QWidget):
    """A list of rules of procedure; Enter edits, the button takes away; votes already taken keep their own copy."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        forms.load("settings_law_house", self)
        self._held: dict[str, OwnRule] = {}
        self._editing = ""
        self._offer()
        self.kinds: dict[str, FilterButton] = {}
        for kind in rules.house_kinds():
            self.kinds[kind] = FilterButton(_(KINDS[kind].name))
            self.kinds_place.addWidget(self.kinds[kind])
        self.entries.setAccessibleName(self.head.text())
        self.adopted_on.editor.set_today(desk.today())
        self.editing.hide()
        self.add.clicked.connect(lambda: self._edit(None))
        self.entries.opened.connect(lambda key: self._edit(self._held[key]))
        self.entries.acted.connect(lambda key: run.act(self.card, self._remove, key))
        self.save.clicked.connect(run.slot(self.card, self._save))
        self.cancel.clicked.connect(self._close)

    def _offer(self) -> None:
        for choice, label in ((self.quorum_strict, self.quorum_label), (self.passing_strict, self.passing_label)):
            choice.set_options([("least", _("at least")), ("more", _("more than"))])
            choice.setAccessibleName(label.text())
        wholes = {"eligible": _("of those due"), "present": _("of those present"), "cast": _("of the votes cast")}
        self.passing_whole.set_options(list(wholes.items()), "present")
        self.passing_whole.setAccessibleName(_("Measured by"))
        for field, words in (
            (self.quorum_n, _("To be valid, parts")), (self.quorum_d, _("To be valid, of how many parts")),
            (self.passing_n, _("To pass, parts")), (self.passing_d, _("To pass, of how many parts")),
        ):  # fmt: skip
            field.editor.setAccessibleName(words)

    def refresh(self) -> None:
        """Read the rules again; what is being edited stays."""
        held = run.act(self.card, rules.house_rules, self.desk.work, self.desk.unit_id) or []
        self._held = {rule.id: rule for rule in held}
        self.entries.fill([Row(rule.id, rule.printed, _fractions(rule), act=_("Take away")) for rule in held])
        self.entries.fit()
        self.entries.setVisible(bool(held))

    def _edit(self, rule: OwnRule | None) -> None:
        self._editing = rule.id if rule else ""
        quorum = rule.quorum if rule else Fraction("eligible", 2, 3, False)
        passing = rule.passing if rule else Fraction("present", 1, 2, True)
        self.rule_name.set_value(rule.name if rule else "")
        self.version.set_value(rule.version if rule else "")
        self.adopted_on.set_value(rule.adopted_on if rule else None)
        for line, strict, n, d in (
            (quorum, self.quorum_strict, self.quorum_n, self.quorum_d),
            (passing, self.passing_strict, self.passing_n, self.passing_d),
        ):
            strict.choose("more" if line.strict else "least")
            n.set_value(line.numerator)
            d.set_value(line.denominator)
        self.passing_whole.choose(passing.of)
        for kind, button in self.kinds.items():
            button.setChecked(rule is not None and kind in rule.kinds)
        self.error_line.hide()
        self.editing.show()
        self.rule_name.editor.setFocus()

    def _save(self) -> None:
        adopted_on = self.adopted_on.value()
        if adopted_on is None:
            raise RuleBroken(N_("Write the day on which the rules were adopted (2026-03-01). Nothing was changed."))
        rule = OwnRule(
            id=self._editing, name=self.rule_name.value(), version=self.version.value(), adopted_on=adopted_on,
            kinds=tuple(kind for kind, button in self.kinds.items() if button.isChecked()),
            quorum=_line("eligible", self.quorum_strict, self.quorum_n, self.quorum_d),
            passing=_line(self.passing_whole.current(), self.passing_strict, self.passing_n, self.passing_d),
        )  # fmt: skip
        rules.save_house_rule(self.desk.work, self.desk.unit_id, rule)
        self.desk.toast(_("“{title}” is saved").format(title=rule.name), undo=True)
        self._close()
        self.refresh()

    def _remove(self, key: str) -> None:
        title = self._held[key].name
        rules.remove_house_rule(self.desk.work, self.desk.unit_id, key)
        self.desk.toast(_("“{title}” is taken away").format(title=title), undo=True)
        if key == self._editing:
            self._close()
        self.refresh()

    def _close(self) -> None:
        self._editing = ""
        self.editing.hide()
        self.error_line.hide()
        self.add.setFocus()


def _line(whole: str, strict: Segment, n: Field, d: Field) -> Fraction:
    return Fraction(whole, n.value() or 0, d.value() or 0, strict.current() == "more")


def _fractions(rule: OwnRule) -> str:
    wholes = {"eligible": _("of those due"), "present": _("of those present"), "cast": _("of the votes cast")}
    said = []
    for head, line in ((_("valid"), rule.quorum), (_("passes"), rule.passing)):
        strict = _("more than") if line.strict else _("at least")
        said.append(_("{head}: {strict} {n}/{d} {whole}").format(
            head=head, strict=strict, n=line.numerator, d=line.denominator, whole=wholes[line.of]))  # fmt: skip
    return " · ".join(said)

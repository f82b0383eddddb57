"""What must be ready before the meeting may decide: every gate with ✓ or ✗, its clause, and the act that settles it."""

from __future__ import annotations

import uuid
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from deliberation_app.domain.votes_exclusions import EXCLUSIONS
from deliberation_app.errors import N_
from deliberation_app.language import _, ngettext_, render
from deliberation_app.services import gates, meeting_facts, meeting_law
from deliberation_app.services.meeting_law import STATED, Group, Line, MeetingLaw
from deliberation_app.ui import consoles
from deliberation_app.ui.agenda_ask import AskPanel
from deliberation_app.ui.agenda_words import MIDDLE_DAY, day_words
from deliberation_app.ui.kit import run
from deliberation_app.ui.kit.buttons import Button, Segment
from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.kit.icons import IconLabel
from deliberation_app.ui.kit.labels import Label
from deliberation_app.ui.kit.marks import Chip
from deliberation_app.ui.kit.panels import column, empty, line, row
from deliberation_app.ui.meeting_law_asks import ASKS, WORDS
from deliberation_app.ui.people_look import tab_through

_MOMENTS = {
    "notice": N_("Before the notice"), "opening": N_("Before the opening"), "vote": N_("Before the vote"),
    "count": N_("Before the count"), "publication": N_("Before the publication"), "post": N_("Posts"),
}  # fmt: skip
_LOOK = {
    "met": ("done", "ok", N_("ready")), "missing": ("missing", "bad", N_("lacking")),
    "reason": ("late", "warn", N_("or a reason")), "later": ("to_do", "text3", N_("in the meeting")),
    "passed": ("note", "warn", N_("passed over with a reason")),
}  # fmt: skip


class GateLine(QWidget):
    """One gate: its mark, what it asks for, what is missing, its clause, and the one act."""

    acted = Signal()

    def __init__(self, told: Line, *, changeable: bool) -> None:
        super().__init__()
        icon, tone, words = _LOOK[told.status]
        across = row(self, spacing=10)
        across.addWidget(IconLabel(icon, tone, 18), 0, Qt.AlignmentFlag.AlignTop)
        stack = column(spacing=2)
        name = render(told.name)
        stack.addWidget(Label(name, "strong", wrap=True))
        said = [render(one) for one in (told.sentence, told.detail) if one is not None and told.status != "passed"]
        if told.reason:
            said.append(_("Reason, printed: {reason}").format(reason=told.reason))
        elif told.status == "reason" and told.gate.at in ("vote", "publication"):
            said.append(_("A reason, which is printed, may be given when it comes to it"))
        if told.status == "later":
            said = [_("Settled in the meeting itself")]
        for sentence in said:
            stack.addWidget(Label(sentence, "hint", "text2", wrap=True))
        stack.addWidget(Label(told.clause, "hint", "text3", wrap=True))
        across.addLayout(stack, 1)
        self.act: Button | None = None
        if told.act and changeable and told.status not in ("met", "later"):
            self.act = Button(_(WORDS[told.act]), small=True)
            self.act.setAccessibleName(f"{_(WORDS[told.act])}: {name}")
            self.act.clicked.connect(self.acted)
            across.addWidget(self.act, 0, Qt.AlignmentFlag.AlignTop)
        self.setAccessibleName(", ".join([name, _(words), *said]))


class FiledLine(QWidget):
    """A member left out, or an opinion on file: name, what is said of it, whether it holds, and the way to undo it."""

    acted = Signal()

    def __init__(self, name: str, words: str, fault: str, undo: str, *, changeable: bool) -> None:
        super().__init__()
        across = row(self, spacing=10)
        across.addWidget(IconLabel("missing" if fault else "done", "bad" if fault else "ok", 18), 0,
                         Qt.AlignmentFlag.AlignTop)  # fmt: skip
        stack = column(spacing=2)
        stack.addWidget(Label(name, "strong", wrap=True))
        stack.addWidget(Label(words, "hint", "text2", wrap=True))
        if fault:
            stack.addWidget(Label(fault, "hint", "bad", wrap=True))
        across.addLayout(stack, 1)
        self.act: Button | None = None
        if changeable:
            self.act = Button(undo, "quiet", small=True)
            self.act.setAccessibleName(f"{undo}: {name}")
            self.act.clicked.connect(self.acted)
            across.addWidget(self.act, 0, Qt.AlignmentFlag.AlignTop)


class MeetingLawPanel(QWidget):
    """The panel; `ask` is shown by the page where there is room for fields, `elsewhere` tells an act of the page."""

    move_wanted = Signal()
    asking = Signal(bool)  # its question has the one filled button now
    counted = Signal(str)  # the words of its tab

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.ask = AskPanel()
        self.law: MeetingLaw | None = None
        self._order: list[QWidget] = []
        box = column(self, margins=(16, 14, 16, 14), spacing=12)
        head = row(spacing=8)
        head.addWidget(Label(_("Ready before deciding"), "h3"))
        head.addStretch()
        self.sum = Chip()
        head.addWidget(self.sum)
        box.addLayout(head)
        self._body = column(spacing=10)
        box.addLayout(self._body)
        box.addStretch(1)
        self.ask.answer.setText(_("Enter it"))
        self.ask.left.connect(self._leave)
        self.ask.answered.connect(self._answered)

    def _leave(self) -> None:
        self.ask.close_ask()
        self.asking.emit(False)

    def _answered(self, words: str) -> None:
        self.desk.toast(words)
        self.asking.emit(False)

    def show_meeting(self, meeting_id: uuid.UUID) -> None:
        """Read the gates of a meeting and show them."""
        law = run.act(self, meeting_law.of_meeting, self.desk.work, meeting_id)
        if law is None or repr(law) == repr(self.law):
            return
        if self.law is None or self.law.meeting_id != law.meeting_id:
            self._leave()
        self.law = law
        held = self.focusWidget()
        place = self._order.index(held) if held in self._order else -1
        self._fill(law)
        if 0 <= place < len(self._order) and self.isVisible():
            self._order[place].setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self, law: MeetingLaw) -> None:
        empty(self._body)
        self._order = []
        words = ngettext_("{count} thing missing", "{count} things missing", law.missing).format(count=law.missing)
        self.sum.show_as(words if law.missing else _("Everything is ready"), "warn" if law.missing else "ok",
                         "late" if law.missing else "done")  # fmt: skip
        for name, value in law.stated.items():
            self._add_question(law, name, value)
        for group in law.groups:
            self._add_group(law, group)
        if law.elections:
            self._add_left_out(law)
        if law.admissions:
            self._add_opinions(law)
        tab_through(*self._order)
        self.counted.emit(f"{_('To be ready')} {law.missing}" if law.missing else _("To be ready"))

    def _add_question(self, law: MeetingLaw, name: str, value: bool | None) -> None:
        across = row(spacing=8)
        across.addWidget(Label(_(STATED[name]), "label", wrap=True), 1)
        # Nobody has to say No: it holds until somebody says Yes.
        choice = Segment([("yes", _("Yes")), ("no", _("No"))], "yes" if value else "no")
        choice.setAccessibleName(_(STATED[name]))
        choice.setEnabled(law.changeable)
        choice.chosen.connect(lambda told, name=name: run.act(self, self._state, name, told == "yes"))
        across.addWidget(choice, 0, Qt.AlignmentFlag.AlignVCenter)
        self._body.addLayout(across)
        self._order.append(choice)

    def _state(self, name: str, told: bool) -> None:
        gates.state_facts(self.desk.work, self.law.meeting_id, **{name: told})

    def _add_head(self, words: str, under: str = "") -> None:
        self._body.addWidget(line())
        self._body.addWidget(Label(words, "label", "text2", wrap=True))
        if under:
            self._body.addWidget(Label(under, "hint", wrap=True))

    def _add_group(self, law: MeetingLaw, group: Group) -> None:
        head = _(_MOMENTS[group.at])
        rule = _("Decided by: {rule}").format(rule=render(group.rule)) if group.rule is not None else ""
        self._add_head(f"{head} · {group.entry}" if group.entry else head, rule)
        for told in group.lines:
            made = GateLine(told, changeable=law.changeable or told.act == "post")
            made.acted.connect(partial(self._act, told))
            self._body.addWidget(made)
            self._order += [made.act] if made.act is not None else []

    def _add_left_out(self, law: MeetingLaw) -> None:
        self._add_head(_("Left out of those due, in elections only"))
        for one in law.left_out:
            reason = EXCLUSIONS.get(one.reason)
            days = ((_("level above {day}"), one.superior_on), (_("assembly {day}"), one.assembly_on))
            said = [_(reason.name) if reason is not None else one.reason,
                    *(words.format(day=day_words(day, MIDDLE_DAY)) for words, day in days if day is not None),
                    one.document, _("from the register") if one.of_register else ""]  # fmt: skip
            fault = "" if one.approved else _("came after all: counts again") if one.came else _(
                "a consent is missing")  # fmt: skip
            made = FiledLine(one.name, " · ".join(part for part in said if part), fault, _("Count as due again"),
                             changeable=law.changeable)  # fmt: skip
            made.acted.connect(partial(run.act, self, meeting_facts.take_in, self.desk.work, law.meeting_id,
                                       one.person_id))  # fmt: skip
            self._place(made)
        self._add_button(law, _("Leave a member out …"), "left_out")

    def _add_opinions(self, law: MeetingLaw) -> None:
        self._add_head(_("Written opinions"))
        titles = dict(law.entries)
        for one in law.opinions:
            said = [_(meeting_facts.CHOICES[one.choice]), day_words(one.written_on, MIDDLE_DAY),
                    titles.get(one.entry_id, ""), one.reason]  # fmt: skip
            fault = render(one.fault) if one.fault is not None else ""
            made = FiledLine(one.name, " · ".join(part for part in said if part), fault, _("Take out"),
                             changeable=law.changeable)  # fmt: skip
            made.acted.connect(partial(run.act, self, meeting_facts.take_back, self.desk.work, law.meeting_id,
                                       one.person_id, one.entry_id))  # fmt: skip
            self._place(made)
        self._add_button(law, _("Enter a written opinion …"), "written")

    def _place(self, made: FiledLine) -> None:
        self._body.addWidget(made)
        self._order += [made.act] if made.act is not None else []

    def _add_button(self, law: MeetingLaw, words: str, act: str) -> None:
        if law.changeable:
            button = Button(words, icon="add", small=True)
            button.clicked.connect(lambda: self.open_ask(act, None))
            self._body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            self._order.append(button)

    def _act(self, told: Line) -> None:
        if told.act == "points":
            run.act(self, self._state, "points_weigh", False)
        elif told.act in ASKS and (told.act != "link" or told.item_id is not None):
            self.open_ask(told.act, told)
        else:
            self._elsewhere(told)

    def _elsewhere(self, told: Line) -> None:
        item = str(told.item_id or "")
        if told.act == "move":
            self.move_wanted.emit()
        elif told.act == "console":
            consoles.hold(self.desk, self.law.meeting_id, self.window())
        elif told.act == "delivery":
            self.desk.navigate("owners", id=str(self.law.meeting_id))
        elif told.act in ("committee", "owners"):
            self.desk.navigate("meetings", new=True, item=item)
        else:
            self.desk.navigate({"post": "agenda", "link": "agenda"}.get(told.act, "people"), item=item)

    def waits(self, at: str) -> bool:
        """Whether something before this moment is missing."""
        groups = self.law.groups if self.law is not None else ()
        return any(one.status == "missing" for group in groups if group.at == at for one in group.lines)

    def open_ask(self, act: str, told: Line | None) -> None:
        """Ask what this act needs to know."""
        if self.law is not None:
            self.ask.open(ASKS[act](self.desk, self.law, told))
            self.asking.emit(True)

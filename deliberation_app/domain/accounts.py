"""ACTIONS: every act "part.verb" a person can do, who may do it, and whether it can be undone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from deliberation_app.errors import N_

# Everybody who works here; finer roles come with accounts of their own.
ALL = frozenset({"all"})


@dataclass(frozen=True)
class Action:
    """One act; `name` is its English source for lists of what was done."""

    act: str
    name: str
    undoable: bool = True
    roles: frozenset[str] = ALL

    @property
    def part(self) -> str:
        """The part that the act belongs to."""
        return self.act.partition(".")[0]


# One line, one act. What is signed or published is not undone (a correction is a new act).
_ENTRIES = (
    Action("units.set_up", N_("Unit set up"), undoable=False),
    Action("units.edit", N_("Unit changed")),
    Action("units.seed", N_("Made-up data written"), undoable=False),
    Action("settings.edit", N_("Settings changed")),
    Action("people.add", N_("Person added")),
    Action("people.edit", N_("Person changed")),
    Action("people.move_out", N_("Person moved out")),
    Action("people.move", N_("Moved into another flat")),
    Action("people.join", N_("Taken into the unit")),
    Action("people.leave", N_("Left the unit")),
    Action("people.verify", N_("Entry checked")),
    Action("people.head", N_("Head of a building named")),
    Action("people.merge", N_("Doubles merged")),
    Action("people.import", N_("Register imported")),
    Action("people.household", N_("Household changed")),
    Action("people.group", N_("Contact group changed")),
    Action("people.partner", N_("Partner unit changed")),
    Action("voices.add", N_("Voice noted")),
    Action("voices.edit", N_("Voice changed")),
    Action("voices.to_item", N_("Voice made an item")),
    Action("voices.answer", N_("Voice answered")),
    Action("voices.refuse", N_("Voice not accepted")),
    Action("voices.hand_on", N_("Voice handed on")),
    Action("voices.take_up", N_("Voice taken up again")),
    Action("voices.join", N_("Like voices joined")),
    Action("voices.part", N_("Voice parted from the others")),
    Action("voices.tell", N_("Whoever said it was told")),
    Action("voices.step", N_("Step of a voice noted")),
    Action("voices.terms", N_("Terms for voices changed")),
    Action("voices.menu", N_("Menu of services changed")),
    Action("voices.order", N_("Service ordered")),
    Action("voices.order_step", N_("Service order moved on")),
    Action("voices.order_merge", N_("Service orders merged")),
    Action("voices.roster", N_("Duty roster changed")),
    Action("voices.on_duty", N_("Duty begun")),
    Action("voices.hand_over", N_("Duty handed over")),
    Action("voices.missed", N_("Duty missed")),
    Action("agenda.raise", N_("Item raised")),
    Action("agenda.edit", N_("Item changed")),
    Action("agenda.take", N_("Item moved on")),
    Action("agenda.link", N_("Meeting linked to item")),
    Action("agenda.note", N_("Note on item")),
    Action("meetings.call", N_("Meeting called")),
    Action("meetings.edit", N_("Meeting changed")),
    Action("meetings.give_notice", N_("Notice given")),
    Action("meetings.open", N_("Meeting opened")),
    Action("meetings.recess", N_("Recess begun")),
    Action("meetings.resume", N_("Meeting resumed")),
    Action("meetings.close", N_("Meeting closed")),
    Action("meetings.cancel", N_("Meeting cancelled")),
    Action("floor.sign_in", N_("Arrived")),
    Action("floor.sign_out", N_("Left for good")),
    Action("floor.step_out", N_("Stepped out")),
    Action("floor.come_back", N_("Came back")),
    Action("floor.leave", N_("Leave noted")),
    Action("floor.correct_roll", N_("Attendance corrected")),
    Action("floor.seat", N_("Place on the roll changed")),
    Action("floor.queue", N_("Asked to speak")),
    Action("floor.unqueue", N_("No longer asks to speak")),
    Action("floor.move_queue", N_("Queue put in another order")),
    Action("floor.turn_time", N_("Speaking time chosen")),
    Action("floor.give", N_("Floor given")),
    Action("floor.pause", N_("Clock paused")),
    Action("floor.extend", N_("Speaking time extended")),
    Action("floor.stop", N_("Speaker finished")),
    Action("floor.note", N_("Statement noted")),
    Action("floor.edit_note", N_("Statement corrected")),
    Action("floor.strike", N_("Statement struck out")),
    Action("floor.no_statements", N_("Nobody wished to speak")),
    Action("floor.no_more", N_("Nobody else wished to speak")),
    Action("floor.mark", N_("Time marked")),
    Action("floor.edit_mark", N_("Time mark changed")),
    Action("floor.next_entry", N_("Next point of the agenda")),
    Action("floor.screen", N_("What the room sees changed")),
    Action("floor.outcome", N_("Conclusion written")),
    Action("floor.raise_item", N_("Item raised for what was promised and asked")),
    Action("votes.leave_out", N_("Left out of the election")),
    Action("votes.take_in", N_("Counted in the election again")),
    Action("votes.write_in", N_("Written opinion entered")),
    Action("votes.take_back", N_("Written opinion taken out")),
    Action("votes.roster", N_("List of owners changed")),
    Action("votes.deliver", N_("Delivery noted")),
    Action("votes.paper", N_("Paper of a flat noted")),
    Action("votes.open", N_("Vote opened")),
    Action("votes.reword", N_("Words of the motion changed")),
    Action("votes.draft", N_("Numbers typed")),
    Action("votes.method", N_("Way of voting changed")),
    Action("votes.ballot", N_("Ballot noted")),
    Action("votes.count", N_("Votes counted")),
    Action("votes.recount", N_("Votes counted again")),
    Action("votes.close", N_("Result announced")),
    Action("votes.void", N_("Vote declared void")),
    Action("minutes.draft", N_("Record drafted")),
    Action("minutes.correct", N_("Record corrected")),
    Action("minutes.print", N_("Record printed"), undoable=False),
    Action("minutes.take_signature", N_("Signature taken"), undoable=False),
    Action("minutes.drop_signature", N_("Signature taken out"), undoable=False),
    Action("minutes.sign", N_("Record signed"), undoable=False),
    Action("minutes.supplement", N_("Supplement to a signed record"), undoable=False),
    Action("papers.print", N_("Paper printed"), undoable=False),
    Action("tasks.add", N_("Task added")),
    Action("tasks.edit", N_("Task changed")),
    Action("tasks.done", N_("Task done")),
    Action("tasks.drop", N_("Task dropped")),
    Action("tasks.reopen", N_("Task reopened")),
    Action("tasks.accept", N_("Task accepted")),
    Action("archive.add", N_("File attached")),
    Action("archive.edit", N_("Attached file described anew")),
    Action("archive.remove", N_("Attached file taken out")),
    Action("archive.number", N_("Archive number given")),
    Action("archive.tick", N_("Noted what the paper file holds")),
    Action("archive.excuse", N_("Gave the reason for a missing paper")),
    Action("archive.hand_over", N_("Year handed to the archive")),
    Action("evaluation.add", N_("Survey entered")),
    Action("evaluation.edit", N_("Survey changed")),
    Action("evaluation.line", N_("Line of satisfaction set")),
    Action("evaluation.begin", N_("Satisfaction forms handed out")),
    Action("evaluation.cancel", N_("Satisfaction forms called back")),
    Action("evaluation.form", N_("Form counted")),
    Action("evaluation.take_back", N_("Form taken back")),
    Action("evaluation.totals", N_("Totals typed")),
    Action("evaluation.comment", N_("Comment noted")),
    Action("evaluation.close", N_("Counting closed")),
    Action("notices.draft", N_("Notice drafted")),
    Action("notices.edit", N_("Draft of a notice changed")),
    Action("notices.check", N_("Masked copy checked")),
    Action("notices.print", N_("Masked copy printed")),
    Action("notices.drop", N_("Draft of a notice given up")),
    Action("notices.told", N_("Those who raised it told")),
    Action("notices.post", N_("Notice posted"), undoable=False),
    Action("notices.take_down", N_("Notice taken down")),
    Action("notices.object", N_("Objection noted")),
    Action("notices.answer", N_("Objection answered")),
    Action("meeting_file.import", N_("Meeting file imported")),
    Action("undo", N_("Undone"), undoable=False),
    Action("redo", N_("Done again"), undoable=False),
)

ACTIONS: Mapping[str, Action] = MappingProxyType({action.act: action for action in _ENTRIES})


def may(roles: Iterable[str], act: str) -> bool:
    """Whether one of these roles may do the act; an act that is not in the table is a programming error (KeyError)."""
    allowed = ACTIONS[act].roles
    return any(role == "all" or role in allowed for role in roles)


def undoable(act: str) -> bool:
    """Whether the act can be taken back; one written by a newer program is not."""
    return act in ACTIONS and ACTIONS[act].undoable

"""What is asked where a gate of a meeting waits: the link, the reason, the guest, the member left out, the opinion."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from deliberation_app.domain.votes_exclusions import EXCLUSIONS
from deliberation_app.errors import N_, RuleBroken
from deliberation_app.language import _
from deliberation_app.services import agenda, gates, meeting_facts, meetings
from deliberation_app.services.agenda_party import assemblies
from deliberation_app.services.meeting_law import Line, MeetingLaw
from deliberation_app.ui.agenda_ask import Ask
from deliberation_app.ui.agenda_words import MIDDLE_DAY, day_words
from deliberation_app.ui.kit.dates import DateEdit
from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.kit.editors import Combo, LineEdit
from deliberation_app.ui.kit.fields import Field
from deliberation_app.ui.kit.names import NameEdit
from deliberation_app.ui.meeting_roll import find_people

Make = Callable[[Desk, MeetingLaw, Line | None], Ask]


def link(desk: Desk, law: MeetingLaw, line: Line | None) -> Ask:
    """Which Party meeting discussed it first."""
    item_id = line.item_id if line is not None else None
    found = [one for one in assemblies(desk.work, desk.unit_id) if one.id != law.meeting_id]
    options = [(str(one.id), f"{day_words(one.day, MIDDLE_DAY)} · {one.title}") for one in found]
    hint = "" if found else _("No branch assembly is known here yet: call one, or import its meeting file.")
    choice = Field(_("Party meeting"), Combo(options), hint)

    def do(values: dict[str, Any]) -> None:
        if not values["meeting"] or item_id is None:
            raise RuleBroken(N_("Choose the meeting that discussed it. Nothing was changed."))
        agenda.link_party_meeting(desk.work, item_id, uuid.UUID(values["meeting"]))

    why = _("It is linked to the item and printed with the record.")
    return Ask(_("Which Party meeting discussed it first?"), why, _("Link it"), do, _("The Party meeting is linked"),
               [("meeting", choice)], frozenset({"meeting"}))  # fmt: skip


def urgent(desk: Desk, law: MeetingLaw, line: Line | None) -> Ask:
    """Why the notice is shorter than the law asks."""
    why = Field(_("Why it cannot wait"), LineEdit(law.urgent_reason), _("It is printed in the record"))
    hint = _("The law lets an urgent meeting be called at shorter notice, with its reason on record.")
    return Ask(_("An urgent reason for the short notice"), hint, _("Keep the reason"),
               lambda values: gates.state_urgent_reason(desk.work, law.meeting_id, values["reason"]),
               _("The urgent reason is on record"), [("reason", why)], frozenset({"reason"}))  # fmt: skip


def invite(desk: Desk, law: MeetingLaw, line: Line | None) -> Ask:
    """Who comes for the unit that the matter concerns."""
    who = Field(_("Who comes for it"), NameEdit(find_people(desk.work, desk.unit_id)), _("Somebody of the register"))

    def do(values: dict[str, Any]) -> None:
        meetings.invite(desk.work, law.meeting_id, [_person(values, "who")], "invited")

    return Ask(_("Invite the unit concerned"), _("Whoever is concerned sends a representative, who may speak."),
               _("Invite"), do, _("The representative is on the roll"), [("who", who)], frozenset({"who"}))  # fmt: skip


def left_out(desk: Desk, law: MeetingLaw, line: Line | None) -> Ask:
    """Which member is not counted among those due in the election, and with whose consent."""
    today = desk.today()
    fields = [
        ("who", Field(_("Member"), NameEdit(find_people(desk.work, desk.unit_id)))),
        ("reason", Field(_("Reason"), Combo([(key, _(one.name)) for key, one in EXCLUSIONS.items()]))),
        ("superior_on", Field(_("Consent of the level above"), DateEdit(today=today), _("The day it was given"))),
        ("assembly_on", Field(_("Consent of the branch assembly"), DateEdit(today=today), _("The day it was given"))),
        ("document", Field(_("Document"), "line", _("Such as its number, or where it is kept"))),
    ]

    def do(values: dict[str, Any]) -> None:
        meeting_facts.leave_out(
            desk.work, law.meeting_id, _person(values, "who"), values["reason"], superior_on=values["superior_on"],
            assembly_on=values["assembly_on"], document=values["document"],
        )  # fmt: skip

    hint = _("Only in elections; in every other vote all members count. Both consents are needed before it opens.")
    return Ask(_("Leave a member out of those due"), hint, _("Leave out"), do,
               _("The member is not counted in the election"), fields, frozenset({"reason"}))  # fmt: skip


def written(desk: Desk, law: MeetingLaw, line: Line | None) -> Ask:
    """What an absent member wrote before the meeting."""
    choices = [(key, _(name)) for key, name in meeting_facts.CHOICES.items()]
    fields = [
        ("who", Field(_("Member"), NameEdit(find_people(desk.work, desk.unit_id)))),
        ("entry", Field(_("On which point"), Combo([(str(key), title) for key, title in law.entries]))),
        ("choice", Field(_("Opinion"), Combo(choices))),
        ("written_on", Field(_("Dated"), DateEdit(today=desk.today()))),
        ("signed", Field(_("Signed by the member"), Combo([("yes", _("Yes")), ("no", _("No"))]))),
        ("reason", Field(_("Why the member cannot come"), "line")),
    ]

    def do(values: dict[str, Any]) -> None:
        if values["written_on"] is None or not values["entry"]:
            raise RuleBroken(N_("Say on which point the opinion is, and its date. Nothing was changed."))
        meeting_facts.write_in(
            desk.work, law.meeting_id, _person(values, "who"), values["choice"], entry_id=uuid.UUID(values["entry"]),
            written_on=values["written_on"], signed=values["signed"] == "yes", reason=values["reason"],
        )  # fmt: skip

    hint = _("It counts in the vote, never in the quorum: dated before the meeting, signed by the member, no proxy.")
    return Ask(_("Enter a written opinion"), hint, _("Enter it"), do, _("The written opinion is on file"), fields)


def _person(values: dict[str, Any], name: str) -> uuid.UUID:
    if not values[name]:
        raise RuleBroken(N_("Choose the member from the list that opens. Nothing was changed."))
    return uuid.UUID(values[name])


# The words on the button of a line, and what opens; those without a question lead elsewhere.
ASKS: dict[str, Make] = {"link": link, "urgent": urgent, "invite": invite, "left_out": left_out, "written": written}
WORDS: dict[str, str] = {
    "link": N_("Link"), "urgent": N_("Say why"), "invite": N_("Invite"), "left_out": N_("Enter"),
    "written": N_("Correct"), "committee": N_("Call it"), "owners": N_("Call it"), "points": N_("They do not"),
    "posts": N_("See"), "move": N_("Move"), "console": N_("Go there"), "post": N_("Post it"), "delivery": N_("See"),
}  # fmt: skip

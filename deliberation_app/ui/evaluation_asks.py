"""What the pages of evaluation ask: the line, the forms that go out, totals, comments, sending an item back."""

from __future__ import annotations

import uuid
from typing import Any

from deliberation_app.domain.evaluation import ANSWERS, ASPECTS, GROUPS, OVERALL, Responses
from deliberation_app.errors import N_, RuleBroken
from deliberation_app.language import _
from deliberation_app.services import agenda, evaluation_survey
from deliberation_app.services.evaluation import SurveyRow
from deliberation_app.services.evaluation_survey import Tally
from deliberation_app.ui.agenda_ask import Ask
from deliberation_app.ui.evaluation_words import BASIS_WORDS, Standing, reasons
from deliberation_app.ui.kit.dates import DateEdit
from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.kit.editors import Combo, NumberEdit, TextEdit
from deliberation_app.ui.kit.fields import Field
from deliberation_app.ui.tasks_asks import find_item

_GAPS = str.maketrans("，,；; 　\t", "、、、、、、、")


def line(desk: Desk) -> Ask:
    """The unit's line; forms that are out keep theirs."""
    known = evaluation_survey.line(desk.work, desk.unit_id)
    basis = Field(_("Which rate"), Combo([(key, _(words)) for key, words in BASIS_WORDS.items()]))
    percent = Field(_("Percent at least"), NumberEdit(80 if known is None else known[1] * 100 // known[2], digits=3),
                    _("Empty: no line"))  # fmt: skip
    if known is not None:
        basis.set_value(known[0])

    def do(values: dict[str, Any]) -> None:
        evaluation_survey.set_line(desk.work, desk.unit_id, values["basis"], values["percent"])

    return Ask(
        _("Below which rate does an item go back to be discussed?"),
        _("No law fixes it: the unit sets it before the forms go out. Strict counts very satisfied and satisfied, wide "
          "also fairly satisfied; forms that are out keep the line they went out with."),
        _("Keep the line"), do, _("The line is set"), [("basis", basis), ("percent", percent)],
    )  # fmt: skip


def begin(desk: Desk, one: Standing | None, line_words: str) -> Ask:
    """What is asked of whom, and how many forms go out; without an item also about which."""
    found = find_item(desk)
    issued = Field(_("How many forms"), NumberEdit(digits=5), _("They are printed at once"))
    aspects = Field(_("What is asked"), Combo([
        ("all", _("Overall, in time, fair, real effect")), (OVERALL, _("Only overall")),
    ]))  # fmt: skip
    groups = Field(_("Groups, with a blank between"), "line", _("Empty: the forms are not kept apart by group"))
    groups.set_value(" ".join(GROUPS))

    def do(values: dict[str, Any]) -> None:
        asked = tuple(ASPECTS) if values["aspects"] == "all" else (OVERALL,)
        names = [name for name in values["groups"].translate(_GAPS).split("、") if name]
        if one is None and not values["item"]:
            raise RuleBroken(N_("Choose the item that the forms are about. Nothing was changed."))
        about = one.item_id if one is not None else uuid.UUID(values["item"])
        evaluation_survey.begin(desk.work, about, groups=names, aspects=asked, issued=values["issued"])

    fields = [("issued", issued), ("aspects", aspects), ("groups", groups)]
    if one is None:
        fields.insert(0, ("item", Field(_("For which item"), found, _("One that is decided"))))
    head = _("Forms about “{title}”").format(title=one.title) if one is not None else _("Give out forms")
    return Ask(head, _("Held against the line in force now: {line}").format(line=line_words),
               _("Hand out the forms"), do, _("The forms are out"), fields, frozenset({"groups"}))  # fmt: skip


def send_back(desk: Desk, one: Standing, row: SurveyRow) -> Ask:
    """Back to be discussed again, the reasons filled in."""
    field = Field(_("Why"), TextEdit(rows=2), _("Kept with the item and printed with its history"))
    field.set_value(reasons(row))

    def do(values: dict[str, Any]) -> None:
        agenda.take(desk.work, one.item_id, "send_back", reason=values["reason"])

    return Ask(_("Send “{title}” back to be discussed again").format(title=one.title),
               _("The meetings and votes held so far stay on record and count no more."), _("Send it back"), do,
               _("“{title}” is discussed again").format(title=one.title), [("reason", field)])  # fmt: skip


def totals(desk: Desk, tally: Tally, group: str | None) -> Ask:
    """Forms counted by hand, as sums for one group and one line of the form."""
    aspect = Field(_("Line of the form"), Combo([(key, _(ASPECTS[key][1])) for key in tally.survey.aspects]))
    who = Field(_("Group"), Combo([("", _("No group")), *((name, name) for name in tally.survey.groups)]))
    who.set_value(group or "")
    known = (tally.survey.typed or {}).get(group or "", {}).get(OVERALL, {})
    names = [*((key, _(name)) for key, (_title, name) in ANSWERS.items()), ("invalid", _("Invalid forms"))]
    numbers = [(key, Field(words, NumberEdit(known.get(key), digits=5))) for key, words in names]

    def do(values: dict[str, Any]) -> None:
        told = Responses(**{key: values[key] or 0 for key, _field in numbers})
        evaluation_survey.type_totals(desk.work, tally.survey.id, values["aspect"], told, values["group"] or None)

    return Ask(_("Totals counted by hand"), _("They are added to the forms counted one by one."), _("Keep the totals"),
               do, _("The totals are kept"), [("aspect", aspect), ("group", who), *numbers])  # fmt: skip


def comments(desk: Desk, tally: Tally) -> Ask:
    """What was written on the forms, a line each."""
    field = Field(_("One remark a line"), TextEdit(rows=4), _("Without names: the forms are anonymous"))
    field.set_value("\n".join(str(one) for one in tally.survey.comments or ()))

    def do(values: dict[str, Any]) -> None:
        evaluation_survey.comment(desk.work, tally.survey.id, values["comments"].splitlines())

    return Ask(_("What was written on the forms"), "", _("Keep the remarks"), do, _("The remarks are kept"),
               [("comments", field)])  # fmt: skip


def close(desk: Desk, tally: Tally, closed: Any) -> Ask:
    """When it was counted; then the survey is held against its line."""
    issued = Field(_("Handed out"), NumberEdit(tally.survey.issued, digits=5))
    day = Field(_("Counted on"), DateEdit(desk.today(), desk.today()))

    def do(values: dict[str, Any]) -> None:
        if values["issued"] != tally.survey.issued:
            evaluation_survey.set_issued(desk.work, tally.survey.id, values["issued"])
        closed(evaluation_survey.close(desk.work, tally.survey.id, values["day"] or desk.today()))

    return Ask(_("Close the counting"), _("The rates are held against the line that was in force when the forms went "
                                          "out."),
               _("Close the counting"), do, _("The survey is counted"), [("issued", issued), ("day", day)])  # fmt: skip


def key_of(text: str) -> uuid.UUID:
    """The id behind the key of a line."""
    return uuid.UUID(text.partition(":")[2])

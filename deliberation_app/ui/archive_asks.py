"""What the archive asks in the place of its panel: the paper file, a reason, a period, the hand-over."""

from __future__ import annotations

from typing import Any

from deliberation_app.domain.archive_needs import name_of
from deliberation_app.language import _
from deliberation_app.services import archive, archive_number, archive_year, enclosures
from deliberation_app.services.archive import PERIODS, FileLine, FileView
from deliberation_app.ui.agenda_ask import Ask
from deliberation_app.ui.kit.dates import DateEdit
from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.kit.editors import NumberEdit
from deliberation_app.ui.kit.fields import Field


def on_paper(desk: Desk, view: FileView, line: FileLine) -> Ask:
    """The paper lies in the paper file: where, and how many pages."""
    note = next((piece for piece in line.pieces if piece.way == "on_paper"), None)
    place = Field(_("Where, if it is not at its place"), "line", _("May stay empty."))
    place.set_value(note.title if note is not None else "")
    pages = Field(_("Page count"), NumberEdit(note.pages if note is not None else None, digits=4))

    def keep(said: dict[str, Any]) -> None:
        archive.tick(desk.work, view.about, view.id, line.paper, there=True, text=said["place"], pages=said["pages"])

    return Ask(
        head=_("“{paper}” lies in the paper file").format(paper=_(name_of(line.paper))),
        hint=_("For papers that exist only on paper. Who said so, and when, is kept."), words=_("Tick it off"),
        fields=(("place", place), ("pages", pages)), wide=frozenset({"place"}), do=keep,
        done=_("“{paper}” is ticked off").format(paper=_(name_of(line.paper))),
    )  # fmt: skip


def reason(desk: Desk, view: FileView, line: FileLine) -> Ask:
    """Why a paper that may be missing is missing."""
    field = Field(_("Why"), "line", _("Kept with the file; emptied, it is taken back."))
    field.set_value(line.reason)
    return Ask(
        head=_("Why is there no “{paper}”?").format(paper=_(name_of(line.paper))), hint="", words=_("Keep the reason"),
        fields=(("reason", field),), wide=frozenset({"reason"}),
        do=lambda said: archive.excuse(desk.work, view.about, view.id, line.paper, said["reason"]),
        done=_("The reason is kept"),
    )  # fmt: skip


def take_out(desk: Desk, line: FileLine) -> Ask:
    """Why the newest scan of a paper is taken out; it can be taken back."""
    piece = [one for one in line.pieces if one.opens == "enclosure" and not one.shared][-1]
    field = Field(_("Why"), "line", _("The log keeps the reason; the file itself stays and can come back."))
    return Ask(
        head=_("Take out “{name}”?").format(name=piece.title), hint="", words=_("Take out"),
        fields=(("reason", field),), wide=frozenset({"reason"}),
        do=lambda said: enclosures.remove(desk.work, piece.key, said["reason"]),
        done=_("“{name}” is taken out").format(name=piece.title),
    )  # fmt: skip


def fonds(desk: Desk, known: str) -> Ask:
    """The number of the fonds, which begins the code of every piece."""
    field = Field(
        _("Fonds number"), "line", _("Given by the archive, such as Z109; it begins every code. May be empty.")
    )
    field.set_value(known)
    return Ask(
        head=_("What number has this unit's fonds?"), hint="", words=_("Keep the number"), fields=(("fonds", field),),
        do=lambda said: archive_year.set_fonds(desk.work, desk.unit_id, said["fonds"]),
        done=_("The fonds number is kept"),
    )  # fmt: skip


def number(desk: Desk, view: FileView) -> Ask:
    """The number of an item's file."""
    field = Field(_("Archive number"), "line", _("The next of its year is proposed; an item is shared once it has one"))
    field.set_value(archive_number.proposed(desk.work, view.id))
    return Ask(
        head=_("Which number has the file of “{title}”?").format(title=view.title), hint="",
        words=_("Keep the number"), fields=(("number", field),),
        do=lambda said: archive_number.give(desk.work, view.id, said["number"]),
        done=_("The file has its archive number"),
    )  # fmt: skip


def period(desk: Desk, line: FileLine) -> Ask:
    """How long this unit keeps such papers."""
    field = Field(_("Keep for"), "line", _("{periods}, or another number of years").format(periods="、".join(PERIODS)))
    field.set_value(line.keep)
    return Ask(
        head=_("How long is “{paper}” kept?").format(paper=_(name_of(line.paper))),
        hint=_("The rules are silent or differ from place to place; ask your archive. It holds for all files here."),
        words=_("Keep the period"), fields=(("period", field),),
        do=lambda said: archive.set_period(desk.work, desk.unit_id, line.paper, said["period"]),
        done=_("The period is changed"),
    )  # fmt: skip


def hand_over(desk: Desk, year: int) -> Ask:
    """Who gives, who receives, when."""
    giver, receiver = Field(_("Handed over by"), "line"), Field(_("Received by"), "line")
    giver.set_value(desk.work.user_name)
    day = DateEdit()
    day.set_today(desk.today())
    day.set_value(desk.today())

    def keep(said: dict[str, Any]) -> None:
        archive_year.hand_over(desk.work, desk.unit_id, year, giver=said["giver"], receiver=said["receiver"],
                               on=said["on"] or desk.today())  # fmt: skip

    return Ask(
        head=_("Hand over the year {year}").format(year=year),
        hint=_("Print the list first; both sides check it against the boxes and sign. From then on it stays as it is."),
        words=_("Note the hand-over"),
        fields=(("giver", giver), ("receiver", receiver), ("on", Field(_("Day"), day))), do=keep,
        done=_("The hand-over of {year} is noted").format(year=year),
    )  # fmt: skip

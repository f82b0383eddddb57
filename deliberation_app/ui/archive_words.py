"""What the archive says of files and of their papers: rows, hints, states in words."""

from __future__ import annotations

from deliberation_app.domain.agenda import STAGES
from deliberation_app.domain.archive_needs import name_of
from deliberation_app.domain.meetings import KINDS
from deliberation_app.errors import N_
from deliberation_app.language import _, ngettext_, render
from deliberation_app.services.archive import FileLine, FileView
from deliberation_app.services.archive_evidence import Piece
from deliberation_app.services.archive_intake import Arrival
from deliberation_app.settings import DISPLAY_ZONE
from deliberation_app.ui.kit.lists import Row

# Colour of a file or line: icon, tone; never colour alone, words stand beside it.
LOOKS = {"red": ("failed", "bad"), "amber": ("late_fill", "warn"), "green": ("done", "ok")}
_WAYS = {
    "printed": N_("printed here"), "signed": N_("signed and locked"), "scan": N_("scan"), "photo": N_("photo"),
    "on_paper": N_("in the paper file"), "records": N_("on record"),
}  # fmt: skip
_PERIODS = {
    "永久": N_("for ever"), "随会议记录": N_("with the record"), "随表决材料": N_("with the vote"),
}  # fmt: skip


def kind_words(view: FileView) -> str:
    """The kind of a meeting, or the stage of an item."""
    if view.kind in KINDS:
        return _(KINDS[view.kind].name)
    return _("stage “{stage}”").format(stage=_(STAGES[view.kind].name))


def state_words(view: FileView) -> str:
    """What is missing from a file, in a few words."""
    if view.red:
        return ngettext_("{count} missing", "{count} missing", view.red).format(count=view.red)
    if view.amber:
        return ngettext_("{count} to explain", "{count} to explain", view.amber).format(count=view.amber)
    return _("Complete")


def whole_state(view: FileView) -> str:
    """The same with all that is to be done."""
    if view.red and view.amber:
        return _("{count} missing, {more} to explain").format(count=view.red, more=view.amber)
    return state_words(view)


def day_of(view: FileView) -> str:
    """The day of a meeting, or the day an item came to its stage."""
    return f"{view.at.astimezone(DISPLAY_ZONE):%Y-%m-%d}"


def counts(view: FileView) -> str:
    """How much of what is asked for is there."""
    return _("{there} of {asked} papers").format(there=view.there, asked=view.asked)


def keep_words(keep: str) -> str:
    """A period of keeping."""
    if keep[:-1].isdigit():
        return ngettext_("{count} year", "{count} years", int(keep[:-1])).format(count=int(keep[:-1]))
    words = _PERIODS.get(keep, "")
    return _(words) or keep


def period_words(line: FileLine) -> str:
    """How long a paper is kept, marked where nobody has checked it against the rules."""
    words = keep_words(line.keep)
    return _("keep {period} (to be checked)").format(period=words) if line.verify else _("keep {period}").format(
        period=words
    )  # fmt: skip


def piece_words(piece: Piece) -> str:
    """One proof: how, when, by whom."""
    parts = [_(_WAYS[piece.way])]
    if piece.at is not None and piece.way != "records":
        parts.append(f"{piece.at.astimezone(DISPLAY_ZONE):%Y-%m-%d}")
    if piece.by and piece.way in ("on_paper", "scan", "photo"):
        parts.append(piece.by)
    if piece.title and piece.way == "on_paper":
        parts.append(piece.title)
    if piece.pages:
        parts.append(ngettext_("{count} page", "{count} pages", piece.pages).format(count=piece.pages))
    if piece.shared:
        parts.append(_("in the meeting's file"))
    return " ".join(parts)


def line_hint(line: FileLine) -> str:
    """What proves it, or what is missing of it; then how long it is kept."""
    strong = [piece for piece in line.pieces if piece.way != "printed"]
    if line.state == "excused":
        told = _("Why: {reason}").format(reason=line.reason)
    elif line.state == "missing" and line.printed:
        told = _("printed, the signed paper is not in the file yet")
    else:
        proofs = list(dict.fromkeys(piece_words(piece) for piece in strong or line.pieces))
        told = " · ".join(proofs[:2])
        more = len(proofs) - 2
        told += f" +{more}" if more > 0 else ""
    return " · ".join(part for part in (told, period_words(line)) if part)


def line_state(line: FileLine) -> tuple[str, str, str]:
    """Words, tone and icon of a line."""
    if line.state == "excused":
        return _("Explained"), "ok", "note"
    if line.state == "missing":
        icon, tone = LOOKS[line.colour]
        return (_("Missing") if line.level == "red" else _("To explain")), tone, icon
    return (_("There"), "ok", "done") if line.level else (_("Also here"), "text2", "check")


def line_row(line: FileLine) -> Row:
    """One paper of a file as a row; its one act is the next thing to do."""
    words, tone, icon = line_state(line)
    opens = any(piece.opens in ("enclosure", "printed", "record") for piece in line.pieces)
    act = "" if line.state == "missing" else _("Open") if opens else ""
    return Row(
        line.paper, _(name_of(line.paper)), line_hint(line), status=words, status_tone=tone, status_icon=icon, act=act,
    )  # fmt: skip


def arrival_row(at: int, one: Arrival) -> Row:
    """One file that came in: where it goes, or why it does not."""
    if one.fault is not None:
        return Row(str(at), one.path.name, render(one.fault), icon="failed", tone="bad", status=_("Cannot be taken in"),
                   status_tone="bad")  # fmt: skip
    if one.kept_as:
        hint = _("here already as “{title}”").format(title=one.kept_as)
        return Row(str(at), one.path.name, hint, icon="check", status=_("Kept already"), status_tone="text2")
    where = f"{_(name_of(one.paper))} · {one.owner}" if one.owner and one.paper else _("Say whose file it belongs to")
    if one.by_code:
        return Row(str(at), one.path.name, where, icon="done", tone="ok", status=_("Read from its code"),
                   status_tone="ok")  # fmt: skip
    return Row(str(at), one.path.name, where, icon="late", tone="warn", status=_("By hand"), status_tone="warn")

"""The upper row of the statement line: its buttons give up the caps of their keys, never their words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deliberation_app.language import _
from deliberation_app.ui import console_words as words
from deliberation_app.ui.kit import theme
from deliberation_app.ui.kit.marks import SIDE_WORDS
from deliberation_app.ui.kit.theme import px

if TYPE_CHECKING:
    from deliberation_app.services.board import Said
    from deliberation_app.ui.console_line import StatementLine


# The width of a name at 100 %, as in the form.
_NAME = 148
_CAPS = ("Ctrl+S", "Ctrl+D", "Ctrl+B")


def of_itself(line: StatementLine, asked: Said | None) -> str:
    """What the line will do: the day that is promised, what it corrects, whom it answers."""
    said, one = _promised(line), line.corrected()
    if said:
        return said
    if one is not None:
        return _("Correcting {name} {hour}").format(name=one.speaker or _("no name given"), hour=words.hour(one.at))
    if line.gong and line.verbatim.isChecked():
        return _("neither question nor answer")
    if asked is not None and line.side.current() != "raise":
        return _("to {name} {hour}").format(name=asked.speaker or _("no name given"), hour=words.hour(asked.at))
    return ""


def _promised(line: StatementLine) -> str:
    """The day understood, in words, before it is noted."""
    if not line.due_shown():
        return ""
    day = line.due.value()
    if day is None:
        return _("10.31 · 下周三 · 三天内") if not line.due.text().strip() else _("not a day from today on")
    stance = _(words.STANCES[line.chosen_stance][0]) if line.chosen_stance else ""
    on = [stance, _("word for word") if line.verbatim.isChecked() else ""]
    if line.gong and any(on):  # their buttons have no room then
        return " · ".join(filter(None, (words.week_day(day, line.chair.today()), *on)))
    return words.promised_day(day, line.chair.today())


def fit_name(line: StatementLine, name: str) -> None:
    """A long name has the width it needs: a name is never cut."""
    wide = round(theme.advance("bold", name)) + px(28)
    line.who.setFixedWidth(max(px(_NAME), min(wide, px(2 * _NAME), line.card.width() // 3)))


def show_marks(line: StatementLine) -> None:
    """Stance and word for word give their room to the day of a promise; what is on is told behind the day."""
    crowded = line.gong and line.due_shown()
    for button in (line.stance, line.verbatim):
        button.setVisible(not line.short and not crowded)


def fit(line: StatementLine) -> None:
    """Whole words as far as there is room; what the line says of itself keeps room for a name and an hour."""
    chosen, said_of_itself = line.chosen_stance, line.target.whole()
    parts = (line.side, line.cancel, line.stance, line.promise, line.due, line.verbatim)
    state = (chosen, said_of_itself, line.card.width(), *(part.isHidden() for part in parts))
    if state == line.fitted:
        return
    stance = _(words.STANCES[chosen][0]) if chosen else _("Stance")
    said = _("Stance: {stance}").format(stance=stance) if chosen else stance
    told = ((line.stance, stance, said), (line.promise, _("Promise"), _("Promise")),
            (line.verbatim, _("Verbatim"), _("Word for word")))  # fmt: skip
    for (button, short, whole), keys in zip(told, _CAPS, strict=True):
        button.setText(short)
        button.set_cap(keys)
        button.setAccessibleName(whole)
        button.setToolTip(f"{whole} ({keys})")
    line.stance.set_icon_name("check" if chosen else "")
    _tell_cancel(line)
    _tell_sides(line, whole=True)
    for button in (line.verbatim, line.promise, line.stance, line.cancel):
        if _needed(line) <= line.card.width():
            break
        button.set_cap("")
    words_of_target, _space, hour = said_of_itself.rpartition(" ")
    if ":" in hour and _needed(line) > line.card.width():
        line.target.set_text(words_of_target)  # the name is needed, the hour only helps
    if _needed(line, px(120)) > line.card.width():
        _tell_sides(line, whole=False)
    if line.target.whole() and _needed(line, px(64)) > line.card.width():
        line.target.set_text("")  # nothing but an ellipsis would stand there
    keys_of = dict(zip((line.cancel, line.verbatim, line.promise, line.stance), ("Esc", *_CAPS[::-1]), strict=True))
    for button, keys in keys_of.items():
        # Narrower still, as with very large type: the key alone, its words as tool tip and accessible name.
        if _needed(line, px(120)) <= line.card.width():
            break
        button.set_cap(keys)
        button.setText("")
    # What it says of itself may have been taken out: then it is told anew each time.
    line.fitted = state if line.target.whole() == said_of_itself else None


def _tell_cancel(line: StatementLine) -> None:
    said = _("Do not correct")
    line.cancel.set_cap("Esc")
    line.cancel.setText(said)
    line.cancel.setAccessibleName(said)
    line.cancel.setToolTip(f"{said} (Esc)")


def _tell_sides(line: StatementLine, *, whole: bool) -> None:
    for name, said in words.SIDES.items():
        line.side.words(name, f"{SIDE_WORDS[name][0]} {_(said)}" if whole else _(said))


def _needed(line: StatementLine, most: int = 0) -> int:
    parts = (line.side, line.cancel, line.stance, line.promise, line.due, line.verbatim)
    shown = [part for part in parts if not part.isHidden()]
    target = min(line.target.sizeHint().width(), most or px(230)) if line.target.whole() else 0
    return sum(part.sizeHint().width() for part in shown) + target + px(8) * len(shown) + px(32)

"""The upper row of the statement line: its buttons give up their words, not their keys, where the row is too narrow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deliberation_app.language import _
from deliberation_app.ui import console_words as words
from deliberation_app.ui.kit.theme import px

if TYPE_CHECKING:
    from deliberation_app.ui.console_line import StatementLine


def fit(line: StatementLine) -> None:
    """Whole words as far as there is room; what the line says of itself keeps room for a name and an hour."""
    chosen = line.chosen_stance
    stance = _(words.STANCES[chosen][0]) if chosen else _("Stance")
    said = _("Stance: {stance}").format(stance=stance) if chosen else stance
    told = ((line.stance, stance, said), (line.promise, _("Promise"), _("Promise")),
            (line.verbatim, _("Word for word"), _("Word for word")))  # fmt: skip
    for button, short, whole in told:
        button.setText(short)
        button.setAccessibleName(whole)
        button.setToolTip(whole)
    line.stance.set_icon_name("check" if chosen else "")
    for button, _short, _whole in ((*told[1:], told[0]) if chosen else told):
        if _needed(line) <= line.card.width() or (chosen and button is line.stance):
            break
        button.setText("")
    if line.target.whole() and _needed(line, px(64)) > line.card.width():
        line.target.set_text("")  # nothing but an ellipsis would stand there


def _needed(line: StatementLine, most: int = 0) -> int:
    parts = (line.side, line.cancel, line.stance, line.promise, line.due, line.verbatim)
    shown = [part for part in parts if not part.isHidden()]
    target = min(line.target.sizeHint().width(), most or px(230)) if line.target.whole() else 0
    return sum(part.sizeHint().width() for part in shown) + target + px(8) * len(shown) + px(32)

"""What is typed while a vote is counted, step by step: the last number or answer is taken back, and typed again."""

from __future__ import annotations

import uuid
from collections import deque
from collections.abc import Iterator, MutableSequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QLineEdit, QWidget

from deliberation_app.language import _
from deliberation_app.services import board_before

if TYPE_CHECKING:
    from deliberation_app.ui.console_vote import VotePanel

Draft = dict[str, Any]
# So many steps back are kept; of a roll of hundreds each holds every answer.
_MOST = 100


@dataclass
class Steps:
    """What stood in the fields of one vote: before, now, and what was taken back."""

    past: deque[Draft] = field(default_factory=lambda: deque(maxlen=_MOST))
    now: Draft = field(default_factory=dict)
    ahead: list[Draft] = field(default_factory=list)
    where: QWidget | None = None
    at: datetime | None = None


class Back:
    """The steps of the count of a panel; they outlive the vote, for taking it back may itself be taken back."""

    def __init__(self, panel: VotePanel) -> None:
        self._panel = panel
        self._kept: dict[uuid.UUID, Steps] = {}
        self._steps = Steps()
        self._putting = False

    def begin(self, vote_id: uuid.UUID, draft: Draft) -> Draft:
        """These fields are for this vote; the answer is what stands in them: what stood there before, or was kept.

        Of a vote that was taken back and comes again the window itself knows more than what was written away of it.
        """
        if vote_id not in self._kept:
            past = deque(leading_to(draft), maxlen=_MOST)
            self._kept[vote_id] = Steps(past, draft, at=self._panel.chair.work.clock() if draft else None)
        self._steps = self._kept[vote_id]
        self._steps.where = None
        return self._steps.now

    def recount(self) -> None:
        """What was counted is typed over: its steps are no longer those of the first count."""
        self._steps = Steps(now=self._panel.draft())

    def any(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._steps.past)

    def seal(self) -> None:
        """What comes now is a step of its own, in the same field too."""
        self._steps.where = None

    def note(self) -> None:
        """Something was typed; digits one behind the other in one field are one step."""
        steps, draft, typing = self._steps, self._panel.draft(), self._panel.focusWidget()
        if self._putting:
            return
        if draft == steps.now:  # Enter behind a row of hands
            steps.where = None
            return
        steps.at = self._panel.chair.work.clock()
        if steps.past and draft == steps.past[-1]:  # the field itself has taken it back
            steps.ahead.append(steps.now)
            steps.now, steps.where = steps.past.pop(), None
            return
        line = typing if isinstance(typing, QLineEdit) else None
        if line is None or line is not steps.where:
            steps.past.append(steps.now)
        steps.ahead.clear()
        steps.now, steps.where = draft, line

    def undo(self) -> bool:
        """Take back the last number or answer; False where something else was done since, or nothing was typed."""
        steps = self._steps
        if not self._panel.counting() or not steps.past or not self._latest():
            return False
        self._step(steps.past, steps.ahead, _("Taken back: {act}"))
        return True

    def redo(self) -> bool:
        """Type again what was taken back last; False where nothing was."""
        steps = self._steps
        if not self._panel.counting() or not steps.ahead:
            return False
        self._step(steps.ahead, steps.past, _("Done again: {act}"))
        return True

    def _latest(self) -> bool:
        """Whether the last thing done was to type here, and not an act of the meeting."""
        chair = self._panel.chair
        last = board_before.last_act(chair.work, chair.meeting_id)
        return last is None or self._steps.at is None or last[1] <= self._steps.at

    def _step(self, out_of: MutableSequence[Draft], into: MutableSequence[Draft], told: str) -> None:
        """A step back or forward: what stood there comes out of the one, what stands there goes into the other."""
        steps, before = self._steps, self._steps.now
        into.append(before)
        steps.now, steps.where = out_of.pop(), None
        with self._quiet():
            self._panel.put(steps.now)
        self._panel.chair.drafts.keep()  # after a power failure too it is as it was taken back
        said = self._panel.fields.go_to_changed(before, steps.now)
        self._panel.chair.told.emit(told.format(act=said or _("what was typed in the count")))

    @contextmanager
    def _quiet(self) -> Iterator[None]:
        self._putting = True
        try:
            yield
        finally:
            self._putting = False


def leading_to(draft: Draft) -> list[Draft]:
    """What was typed before it came to this, one number or answer after the other."""
    rest = {name: value for name, value in draft.items() if name == "first"}
    if draft.get("answers"):
        answers = draft["answers"]
        return [{"answers": answers[:count], **rest} if count else rest for count in range(len(answers))]
    if draft.get("typed"):
        typed = draft["typed"]
        filled = [at for at, text in enumerate(typed) if text]
        blank = [""] * len(typed)
        return [rest if not at else {"typed": [*typed[:at], *blank[at:]], **rest} for at in (0, *filled[1:])]
    if isinstance(draft.get("rows"), dict):
        return _rows_before(draft["rows"], rest)
    return [rest] if len(draft) > len(rest) else []


def _rows_before(rows: dict[str, list[int]], rest: Draft) -> list[Draft]:
    steps: list[Draft] = []
    now: dict[str, list[int]] = {name: [] for name in rows}
    for name, numbers in rows.items():
        for number in numbers:
            steps.append({"rows": dict(now), **rest})
            now = {**now, name: [*now[name], number]}
    return steps

"""The open vote: what is put, the numbers as they are counted, and what they mean."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from deliberation_app.domain.votes import papers_so_far
from deliberation_app.errors import AppError
from deliberation_app.language import _
from deliberation_app.services import votes, votes_numbers
from deliberation_app.services.board import Board, Motion
from deliberation_app.services.votes import Preview
from deliberation_app.ui import console_vote_room as room
from deliberation_app.ui import console_ways as ways
from deliberation_app.ui import console_words as words
from deliberation_app.ui.console_chair import Chair
from deliberation_app.ui.console_count import CountWay
from deliberation_app.ui.console_reword import Reword
from deliberation_app.ui.console_verdict import VerdictBox
from deliberation_app.ui.console_vote_again import CountAgain
from deliberation_app.ui.console_vote_back import Back
from deliberation_app.ui.console_vote_draft import DraftKeeper
from deliberation_app.ui.console_vote_title import MotionTitle
from deliberation_app.ui.console_vote_twice import SecondCount
from deliberation_app.ui.console_vote_void import Voiding
from deliberation_app.ui.kit import forms, run
from deliberation_app.ui.kit.panels import empty, row
from deliberation_app.ui.kit.theme import px


class VotePanel(room.LaidOut):
    """An open vote: type the numbers, see at once whether they add up and what they mean."""

    def __init__(self, chair: Chair) -> None:
        super().__init__()
        self.chair = chair
        self._motion: Motion | None = None
        self._counts: object = None
        self.by_rows = False
        self.fields: CountWay | None = None
        self.again = False
        forms.load("console_vote", self)
        self.reword = Reword(self)
        self.inner_column.insertWidget(self.inner_column.indexOf(self.title) + 1, self.reword)
        self.beside_row = row(spacing=24)
        self.inner_column.insertLayout(self.inner_column.indexOf(self.fields_place), self.beside_row)
        self.beside_row.addWidget(self.fields_place, 1)
        self.verdict = VerdictBox()
        self.inner_column.insertWidget(self.inner_column.indexOf(self.error) + 1, self.verdict)
        room.paint_own_ground(self.inner)
        for part in (self.why, self.void_reason, self.twice_tint):
            part.hide()
        self.second, self.motion_title = SecondCount(self), MotionTitle(self)
        self.second_count = self.second.ask
        self.keeper, self.back = DraftKeeper(self, chair, self.draft), Back(self)
        self.anew, self.voiding = CountAgain(self), Voiding(self)
        self.count_again, self.void = self.anew.ask, self.voiding.ask
        self._bring = QTimer(self, singleShot=True, interval=0)
        self._bring.timeout.connect(lambda: room.bring(self))
        self.by.set_find(chair.find)
        self.recount_button.clicked.connect(self.count_again)
        self.void_button.clicked.connect(self.void)
        self.rows_button.clicked.connect(self.count_by_rows)
        self.void_reason.returnPressed.connect(self.void)
        chair.changed.connect(self.show_board)

    def show_error(self, error: AppError, again: Callable[[], object] | None = None) -> None:
        """Say here what went wrong."""
        self.error.show_error(error, again)
        self._wrong()

    def say_wrong(self, sentence: str) -> None:
        """Say here what is missing."""
        self.error.say(sentence)
        self._wrong()

    def _wrong(self) -> None:
        self.preview()
        self.bring(self.error)

    def bring(self, part: QWidget) -> None:
        """Bring a part into sight once everything has its place."""
        QTimer.singleShot(0, self, lambda: self.scroll.ensureWidgetVisible(part, 0, px(8)))

    def large(self) -> bool:
        """Whether there is more to count than three numbers."""
        return self.fields is not None and self.fields.large()

    def motion(self) -> Motion | None:
        """The vote that is shown."""
        return self._motion

    def show_board(self, board: Board) -> None:
        """The vote that is open, or the one that is counted again."""
        motion = board.vote
        if motion is None and self.again:
            motion = next((one for one in board.motions if self._motion and one.id == self._motion.id), None)
        if motion is None:
            self.keeper.write()
            self._motion, self.again = None, False
            return
        fresh = self._motion is None or self._motion.id != motion.id or self._motion.method != motion.method
        if fresh or self._counts != motion.counts:
            self._motion, self._counts = motion, motion.counts
            self._show_motion(board, motion, fresh=fresh)
        else:
            self._motion = motion
            self.motion_title.say(ways.said(motion))
            ways.follow_room(self.fields, self.chair, motion)  # who is present may have changed
            self.preview()

    def _show_motion(self, board: Board, motion: Motion, *, fresh: bool) -> None:
        self.head.setText(ways.head(motion))
        self.anew.tell()
        self.force.show_as(*words.force(motion.rule))
        self.motion_title.say(ways.said(motion))
        self.earlier.setText(ways.earlier(board, motion))
        self.earlier.setVisible(bool(motion.recounts))
        counted = motion.counts is not None
        if fresh:
            self.again = False
            self.second.leave()
            self._make_fields({} if counted else self.back.begin(motion.id, self.keeper.read(motion.id)))
        elif not counted:  # the verdict was taken back: the numbers stand as they were typed
            self.keeper.note(motion.id)
        if counted:
            self.keeper.drop()
            self.second.leave()
            self.fields.show_counted(motion)
        self._let_count(not counted)

    def _make_fields(self, draft: dict[str, Any]) -> None:
        """The fields of this way of counting, with what was typed before the window closed or the power failed."""
        self.by_rows = self.by_rows or "rows" in draft
        self.chair.counting = self._motion.id if draft else None
        self.verdict.set_short(False)
        kept = ways.fit(self.fields, self._motion, self.chair, by_rows=self.by_rows)
        if kept:
            self.fields.clear()
        else:
            empty(self.fields_place.layout())
            self.fields = ways.make(self.chair, self._motion, by_rows=self.by_rows)
        self.fields.restore(draft)
        self.second.restore(draft.get("first"))
        if not kept:
            self._wire_fields()
        self.chair.wanted.emit("door")

    def _wire_fields(self) -> None:
        self.fields.edited.connect(self._typed)
        self.fields.nothing_to_type.connect(lambda: self.chair.wanted.emit("line"))
        if hasattr(self.fields, "objected"):
            self.fields.objected.connect(self._count_hands)
        for edit in self.fields.edits():
            edit.editingFinished.connect(self.keeper.write)
        self.fields_place.layout().addWidget(self.fields)
        room.order_keys(self)

    def _let_count(self, open_: bool) -> None:
        counted = self._motion is not None and self._motion.counts is not None
        self.fields.set_fixed(not open_)
        self.why.setVisible(open_ and counted)
        if not open_ and (self.again or self.large()):  # what was asked for leaves its room to the verdict
            self.verdict.set_short(False)
            self._bring.start()
        self.again = open_ and counted
        self.error.hide()
        self.void_reason.hide()
        self.reword.put_away()
        self.voiding.tell()
        self.rows_button.setText(_("As a whole") if self.by_rows else _("By rows"))
        self.preview()
        if open_:
            self.fields.start()

    def _typed(self) -> None:
        """Other numbers: what was wrong with the last ones no longer holds."""
        self.error.hide()
        self.back.note()
        self.anew.tell()
        if self._motion is not None and not self.again and self._motion.counts is None:
            self.keeper.note(self._motion.id, whole=self._motion.method == "roll_call")
        self.preview()

    def counting(self) -> bool:
        """Whether numbers can be typed now."""
        return self._motion is not None and (self.again or self._motion.counts is None)

    def put(self, draft: dict[str, Any]) -> None:
        """Let the fields show what stood in them before."""
        by_rows = "rows" in draft
        if ways.takes_rows(self._motion) and (by_rows or "typed" in draft) and self.by_rows != by_rows:
            self.by_rows = by_rows
            self._make_fields({})
            self.rows_button.setText(_("As a whole") if self.by_rows else _("By rows"))
        self.fields.empty()
        self.fields.restore(draft)
        self.second.leave()
        self.second.restore(draft.get("first"))
        self._typed()

    def draft(self) -> dict[str, Any]:
        """What is kept against a power failure."""
        kept = self.fields.draft() if self.fields is not None else {}
        return {**kept, "first": self.second.first} if self.second.first is not None else kept

    def _judged(self) -> Preview | None:
        """What the rule makes of the numbers as they stand."""
        return run.act(
            self, votes_numbers.preview, self.chair.work, self._motion.id, self.fields.candidates(),
            **self.fields.numbers(),
        )  # fmt: skip

    def preview(self) -> None:
        """What the numbers typed so far mean."""
        motion, board = self._motion, self.chair.board
        if motion is None or board is None or self.fields is None:
            return
        preview, fixed = None, motion.counts is not None and not self.again
        if fixed:
            preview = run.act(self, self.chair.judged, motion)
        elif any(number is not None for number in self.fields.numbers().values()) or self.fields.complete():
            preview = self._judged()
        ready = self.fields.complete() and not ways.unfinished(self.fields, motion)
        papers = [] if fixed or preview is None else ways.papers(self.fields, motion, preview, papers_so_far)
        self.so_far.setText("\n".join(papers))
        room.give_room(self, papers=bool(papers), verdict=ready and not fixed)
        self.twice_tint.setVisible(self.second.first is not None and not fixed)
        names, pair = {str(one.person_id): one.name for one in motion.nominees}, None
        shown = preview if fixed or ready else None
        if shown is not None and shown.faults and not self.error.isHidden():
            shown = None  # the error has said it
        if shown is not None and words.in_pairs(motion):
            pair = words.pair_told(motion, board.options, shown)
        self.verdict.show_preview(motion.rule, shown, self.chair.today(), names, sums=not motion.nominees, pair=pair)
        long = self.motion_title.fit()
        if long or not fixed or self.large():
            self._bring.start()

    def judge(self) -> None:
        """Close the count; refused with every sum that does not hold, put away for a second one when close."""
        motion = self._motion
        if motion is None or self.fields is None:
            return
        self.error.hide()
        if not self.fields.complete():
            self.say_wrong(ways.nothing_typed(self.fields, motion))
            self.fields.resume()
            return
        preview = self._judged()
        if preview is not None and not preview.faults and self.second.wanted(preview):
            return
        done = self._take(motion)
        if done is not None:
            self.chair.wanted.emit("line")

    def _take(self, motion: Motion) -> object:
        """Hand the numbers in; what was typed is kept until they are accepted."""
        said = ways.counted(motion)
        numbers: dict[str, Any] = {**self.fields.numbers(), "candidates": self.fields.candidates()}
        numbers["ballots"] = self.fields.ballots()
        if not self.again:
            self.keeper.write()
            return self.chair.do(self, said, votes.count, motion.id, **numbers)
        by = self.by.person_id()
        done = self.chair.do(
            self, said, votes.recount, motion.id, reason=self.reason.text(), by_id=uuid.UUID(by) if by else None,
            **numbers,
        )  # fmt: skip
        if done is None and not self.reason.text().strip():
            self.reason.setFocus()
        return done

    def count_by_rows(self) -> None:
        """Count hands row by row, or as whole numbers; what was typed goes along."""
        motion = self._motion
        if motion is None or not ways.takes_rows(motion) or (motion.counts is not None and not self.again):
            return
        numbers, self.by_rows = self.fields.numbers(), not self.by_rows
        again, first = self.again, self.second.first
        self._make_fields({})
        ways.carry(self.fields, numbers)
        self._let_count(True)
        self.again, self.second.first = again, first
        self._typed()

    def _count_hands(self) -> None:
        """Somebody objects: the same motion, by a show of hands."""
        if self._motion is not None:
            said = _("Somebody objects: hands are counted")
            self.chair.do(self, said, votes.take_by, self._motion.id, "show_of_hands")

    def show_again(self, board: Board, motion: Motion) -> None:
        """Show a vote of this entry that was announced."""
        self._motion, self.again, self._counts = motion, True, motion.counts
        self._show_motion(board, motion, fresh=True)

    def recount(self) -> None:
        """What was counted is typed over, with the reason."""
        self.reason.setText("")
        self.by.clear_person()
        self.fields.begin_again()
        self._let_count(True)
        self.back.recount()
        self.chair.wanted.emit("vote")

    def announce(self) -> None:
        """The result has been read out."""
        if self._motion is not None:
            said = _("Announced: {motion}").format(motion=ways.said(self._motion))
            self.chair.do(self, said, votes.announce, self._motion.id)

    def done(self) -> bool:
        """Leave other words, a voiding or a recount that was not finished; whether there was one."""
        if self.reword.isVisibleTo(self):
            self.reword.leave()
            return True
        if self.void_reason.isVisibleTo(self):
            self.void_reason.hide()
            self.fields.start()
            return True
        if not self.again:
            return False
        if self.chair.board is not None and self.chair.board.vote is None:
            self._motion, self.again = None, False
        else:
            self.second.leave()
            self.fields.show_counted(self._motion)
            self._let_count(False)
        self.chair.wanted.emit("line")
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or less room for the words."""
        super().resizeEvent(event)
        self._bring.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing typed waits for a timer that may never run."""
        super().hideEvent(event)
        self.keeper.write()

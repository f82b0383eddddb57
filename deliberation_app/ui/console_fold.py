"""Where the parts of the console lie: three columns, two with the agenda in one line, or one with tabs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QWidget

from deliberation_app.language import _
from deliberation_app.services.board import Board
from deliberation_app.ui import console_words as words
from deliberation_app.ui.console_room import present_of, quorum_words
from deliberation_app.ui.kit import theme
from deliberation_app.ui.kit.one_line import elided
from deliberation_app.ui.kit.states import ErrorLine
from deliberation_app.ui.kit.theme import px

if TYPE_CHECKING:
    from deliberation_app.ui.console_frame import ConsoleFrame

WIDE, MIDDLE = 1280, 960
# Below this height the column at the right has no room, at 100 %; below the other the bars take less.
SHORT, LOW = 584, 640
# All parts stand whole in this much, at 100 %; a smaller window shows so much of them as it can.
LEAST = (640, 366)
# A bar among the statements takes so much more, and so does that at the top, which comes only where there is room.
BAR = 56
# Below this even the tabs need the room of the quorum beside them.
LITTLE = 800
TABS = ("talk", "agenda", "queue", "roll", "vote")


def logical_width(width: int) -> float:
    """The width of a window as it would be at 100 %."""
    return width * 100 / theme.look().scale


def mode_of(width: int, height: int) -> str:
    """wide, middle or narrow, as the logical width says; in a low window narrow, whatever its width."""
    logical = logical_width(width)
    if logical_width(height) < SHORT:
        return "narrow"
    return "wide" if logical >= WIDE else "middle" if logical >= MIDDLE else "narrow"


def fill(window: QWidget, frame: ConsoleFrame) -> None:
    """The frame fills the window; in one too small it lies at the bottom, where is typed what is said."""
    wide, high = max(window.width(), px(LEAST[0])), max(window.height(), px(_least(frame)))
    frame.setGeometry(0, window.height() - high, wide, high)


def _least(frame: ConsoleFrame) -> int:
    error = frame.line.error
    told = 0 if error.isHidden() else logical_width(error.heightForWidth(frame.width() - px(32))) + 8
    return LEAST[1] + BAR * sum(not bar.isHidden() for bar in frame.bars()) + round(told)


def bring(window: QWidget, frame: ConsoleFrame, at: QWidget) -> None:
    """In a window too small the part that has the keyboard is in sight."""
    if frame.size() == window.size() or not frame.isAncestorOf(at):
        return
    place = QRect(at.mapTo(frame, QPoint(0, 0)), at.size()).adjusted(-px(8), -px(8), px(8), px(8))
    _move(window, frame, min(0, window.width() - place.right()), max(window.height() - frame.height(), -place.top()))


def move_by(window: QWidget, frame: ConsoleFrame, turned: QPoint) -> None:
    """The wheel moves a window too small over its parts."""
    _move(window, frame, frame.x() + turned.x() // 2, frame.y() + turned.y() // 2)


def _move(window: QWidget, frame: ConsoleFrame, left: int, top: int) -> None:
    frame.move(max(min(left, 0), window.width() - frame.width()), max(min(top, 0), window.height() - frame.height()))


def arrange(frame: ConsoleFrame, mode: str) -> None:
    """Put every part where it belongs in this mode; nothing is made anew."""
    narrow, wide = mode == "narrow", mode == "wide"
    frame.middle_fits.wait()  # a part that fits itself while others are put would leave them in their old places
    frame.side.setVisible(wide)
    (frame.side_place if wide else frame.pages["agenda"]).addWidget(frame.agenda)
    frame.agenda_strip.setVisible(mode == "middle")
    frame.speaker.set_strip(narrow)
    (frame.strip_place if narrow else frame.talk_place).insertWidget(0, frame.speaker)
    (frame.pages["queue"] if narrow else frame.talk_place).addWidget(frame.queue, 1)
    if narrow:  # on a page of its own it is no higher than its words
        frame.pages["vote"].addWidget(frame.vote_card, 0, Qt.AlignmentFlag.AlignTop)
    else:
        frame.talk_place.addWidget(frame.vote_card)
    frame.vote_card.set_alone(narrow)
    for panel in (frame.vote, frame.motion):
        (frame.pages["vote"] if narrow else frame.vote_place).addWidget(panel, 1)
    frame.right.setVisible(not narrow)
    frame.rule.setVisible(not narrow)
    frame.tabs_row.setVisible(narrow)
    fold_bars(frame)
    frame.number.setVisible(wide)
    frame.tell_state()
    tell_saved(frame)
    frame.place_vote()
    frame.fold_line()
    frame.middle_fits.go_on()
    if frame.chair.board is not None and not wide:
        tell_tabs(frame, frame.chair.board)


def tell_saved(frame: ConsoleFrame) -> None:
    """That every step is saved, or that the last one is not."""
    wide = frame.mode == "wide"
    if frame.chair.unsaved:
        frame.saved.show_as(_("The last step is not saved") if wide else _("Not saved"), "bad", "late_fill")
    else:
        frame.saved.show_as(_("Every step is saved") if wide else _("Saved"), "ok", "done")


def say_once(frame: ConsoleFrame) -> None:
    """What the line on top says is not said there too where a part says it that is nearer to the eye."""
    told = [one for one in frame.findChildren(ErrorLine) if one.isVisible() and one is not frame.error_line]
    if frame.error_line.accessibleName() in (one.accessibleName() for one in told):
        frame.error_place.hide()
    typing = frame.window().focusWidget()
    told.sort(key=lambda one: typing is None or not one.parentWidget().isAncestorOf(typing))
    said = set()
    for one in told:
        one.setVisible(one.accessibleName() not in said)
        said.add(one.accessibleName())


def fold_bars(frame: ConsoleFrame) -> None:
    """The bars above and below take less where there is little room."""
    less = frame.mode == "narrow" or logical_width(frame.height()) < LOW
    frame.top.setVisible(logical_width(frame.height()) >= _least(frame) + BAR)
    frame.top.setFixedHeight(px(48 if less else 56))
    frame.foot.set_narrow(less)
    board, little = frame.chair.board, logical_width(frame.width()) < LITTLE
    if board is not None and frame.mode == "narrow" and little != frame.tabs_quorum.isHidden():
        tell_tabs(frame, board)


def tell_tabs(frame: ConsoleFrame, board: Board) -> None:
    """The tabs with their state, and the agenda in its one line."""
    at = next((place for place, one in enumerate(board.entries, 1) if one.id == board.current), 0)
    present, due = present_of(board)
    little = logical_width(frame.width()) < LITTLE
    frame.tabs_quorum.setVisible(not little)
    mark = "" if not little or board.quorum.needed is None else "  ✓" if board.quorum.reached else "  !"
    labels = {
        "talk": _("Statements"),
        "agenda": _("Agenda {place}/{count}").format(place=at, count=len(board.entries)),
        "queue": _("Queue {count}").format(count=len(board.queue)),
        "roll": _("Present {present}/{due}").format(present=present, due=due) + mark,
        "vote": _("Vote open") if board.vote is not None else _("Vote"),
    }
    for name, said in labels.items():
        frame.tabs.words(name, said)
    frame.tabs_quorum.show_as(*quorum_words(board))
    entry = board.entry
    if entry is None:
        frame.agenda_strip.setText(labels["agenda"])
    else:
        used = words.minutes(entry.used_seconds(board.now))
        time = _("{used} / {planned} min").format(used=used, planned=entry.minutes) if entry.minutes else ""
        # The card below it tells the title: here stands what comes after it.
        after = _("then: {title}").format(title=board.entries[at].title) if at < len(board.entries) else ""
        frame.agenda_strip.setText(
            " · ".join(part for part in (labels["agenda"], time, elided(after, "strong", px(300))) if part)
        )

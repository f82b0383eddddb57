"""Room in a panel of many numbers: what helps to type them gives way to what came out, and that comes into view."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QPalette, QShowEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget

from deliberation_app.ui import console_ways as ways
from deliberation_app.ui.kit.theme import px

if TYPE_CHECKING:
    from deliberation_app.ui.console_vote import VotePanel

# From this height on there is room for everything at once.
HIGH = 780
# Below this one not even three numbers and what they mean have room for more.
_LOW = 560
# What belongs to a field, or to a list of names, below and above it.
_RING, _WORDS = 6, 44
# What the form leaves below everything.
_USUAL = 4


class LaidOut(QWidget):
    """A panel whose inner column is whole as soon as it is seen."""

    inner: QWidget
    inner_column: QVBoxLayout

    def showEvent(self, event: QShowEvent) -> None:
        """What grew while it was being shown had no word of it: its parts would lie over each other."""
        super().showEvent(event)
        if self.inner_column.geometry().size() != self.inner.size():
            self.inner_column.setGeometry(self.inner.rect())


def give_room(panel: VotePanel, *, papers: bool, verdict: bool) -> None:
    """Show what helps to type, unless the verdict needs its place; the keys work all the same."""
    motion = panel.motion()
    high, many = panel.window().height(), panel.large() or panel.by_rows or panel.again
    crowded = verdict and (high < px(HIGH) if many else high < px(_LOW))
    uncounted = motion is not None and (panel.again or motion.counts is None)
    panel.so_far.setVisible(papers and not crowded)
    if panel.fields is not None:
        panel.fields.stand_close(crowded and panel.again)
    twice = panel.again and panel.second.first is not None
    panel.rows_button.setVisible(uncounted and ways.takes_rows(motion) and not crowded and not twice)
    panel.reword_button.setVisible(panel.reword.can_ask() and panel.reword.isHidden() and not crowded)


def paint_own_ground(inner: QWidget) -> None:
    """What lies on a card paints the card's ground itself: then no window, column or card is painted below it."""
    inner.setProperty("ground", None)
    inner.setBackgroundRole(QPalette.ColorRole.Base)
    inner.setAutoFillBackground(True)


def order_keys(panel: VotePanel) -> None:
    """Tab follows the eye: the words, the numbers, what helps to type them, the reasons, what else can be done."""
    parts = (
        panel.reword, panel.fields, panel.rows_button, panel.reword_button, panel.why, panel.void_reason, panel.error,
        panel.recount_button, panel.void_button,
    )  # fmt: skip
    stops = [one for part in parts for one in (part, *part.findChildren(QWidget)) if _stops(one)]
    for before, after in pairwise(stops):
        QWidget.setTabOrder(before, after)


def _stops(part: QWidget) -> bool:
    return bool(part.focusPolicy() & Qt.FocusPolicy.TabFocus) and part.focusProxy() is None


def place_verdict(panel: VotePanel, *, beside: bool) -> None:
    """Below the numbers in a column, beside them where the panel is as wide as the window and as low."""
    inner, across = panel.inner_column, panel.beside_row
    if beside == (across.indexOf(panel.verdict) >= 0):
        return
    # The numbers are the last thing then: the ring around one of them has its room.
    edges = inner.contentsMargins()
    inner.setContentsMargins(edges.left(), edges.top(), edges.right(), px(_RING if beside else _USUAL))
    if beside:
        across.addWidget(panel.verdict, 1, Qt.AlignmentFlag.AlignBottom)
    else:
        inner.insertWidget(inner.indexOf(panel.error) + 1, panel.verdict)
    panel.verdict.set_short(False)


def bring(panel: VotePanel) -> None:
    """Many fields push the verdict down: it comes into view, and with it the field that is typed in."""
    long = panel.motion_title.fit()  # once more: what was shown just now has its height only by now
    if not panel.verdict.isHidden():
        view = panel.scroll.viewport().size()
        # Measured, for the scroll bar may still tell of what was shown before.
        if not long and panel.inner_column.minimumHeightForWidth(view.width()) > view.height():
            panel.verdict.set_short(True)
        panel.scroll.ensureWidgetVisible(panel.verdict, 0, 0)
    typing = panel.focusWidget()
    if typing is not None and panel.fields is not None and panel.fields.isAncestorOf(typing):
        panel.scroll.ensureWidgetVisible(typing, 0, px(12))
        _show_ring(panel.scroll, typing)


def _show_ring(scroll: QScrollArea, typing: QWidget) -> None:
    """What lies just inside of what is in sight counts as seen, but its ring or the words above it would be cut."""
    view, bar = scroll.viewport(), scroll.verticalScrollBar()
    below = typing.mapTo(view, typing.rect().bottomLeft()).y() + px(_RING) - view.height()
    bar.setValue(bar.value() + max(below, 0))
    above = typing.mapTo(view, typing.rect().topLeft()).y() - px(_WORDS)
    bar.setValue(bar.value() + min(above, 0))


def bring_later(scroll: QScrollArea, *parts: QWidget) -> None:
    """Bring these into sight, the last one in any case, when what is changing now has its place."""

    def show() -> None:
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        for part in parts:
            scroll.ensureWidgetVisible(part, 0, px(12))

    QTimer.singleShot(0, scroll, show)

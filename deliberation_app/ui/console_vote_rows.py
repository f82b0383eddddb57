"""The votes that were taken on an entry, a line each; where there is no room for all, the lines scroll as they are."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from deliberation_app.domain.votes import RULES
from deliberation_app.domain.votes_series import SeriesTable, SeriesVote
from deliberation_app.language import _, ngettext_
from deliberation_app.services.board import Board, Motion
from deliberation_app.ui import console_words as words
from deliberation_app.ui.kit import theme
from deliberation_app.ui.kit.labels import Label
from deliberation_app.ui.kit.marks import paint_status, status_wide
from deliberation_app.ui.kit.one_line import elided, plain_tip
from deliberation_app.ui.kit.panels import Scroll, column
from deliberation_app.ui.kit.theme import px

_HIGH, _MORE = 26, 22
# Lines that stand there in any case.
_LEAST = 1
# A line with its key: the same key makes the same line.
Line = tuple[object, Callable[[], QWidget]]
# Words, tone and icon.
Status = tuple[str, str, str]


class TakenRows(Scroll):
    """Lines of one height each; whole ones only, and below them how many more there are."""

    def __init__(self) -> None:
        self._inner = QWidget()
        self._lines = column(self._inner, spacing=0)
        super().__init__(self._inner)
        self._keys: tuple[object, ...] = ()
        self._more = Label("", "hint", "text3", parent=self)
        self._more.hide()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.verticalScrollBar().setSingleStep(px(_HIGH))
        self.verticalScrollBar().valueChanged.connect(lambda _at: self._tell())
        self.setAccessibleName(_("Votes taken on this"))
        self.hide()

    def show_lines(self, lines: Sequence[Line]) -> None:
        """These lines, the last one in sight."""
        keys = tuple(key for key, _make in lines)
        if keys == self._keys:
            return
        same = next((at for at, pair in enumerate(zip(keys, self._keys, strict=False)) if pair[0] != pair[1]),
                    min(len(keys), len(self._keys)))  # fmt: skip
        self._keys = keys
        while (item := self._lines.takeAt(same)) is not None:
            item.widget().hide()
            item.widget().deleteLater()
        for _key, make in lines[same:]:
            made = make()
            made.setFixedHeight(px(_HIGH))
            self._lines.addWidget(made)
        self._inner.setFixedHeight(px(_HIGH) * len(lines))
        self.setMaximumHeight(px(_HIGH) * len(lines))
        self.setVisible(bool(lines))
        self.updateGeometry()
        self._fit()

    def sizeHint(self) -> QSize:
        """All lines."""
        return QSize(px(200), px(_HIGH) * len(self._keys))

    def minimumSizeHint(self) -> QSize:
        """A few lines, and where there are others that there are."""
        some = len(self._keys) > _LEAST
        return QSize(px(120), px(_HIGH) * min(len(self._keys), _LEAST) + (px(_MORE) if some else 0))

    def said(self) -> str:
        """How many lines are out of sight."""
        return "" if self._more.isHidden() else self._more.text()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Whole lines, and room for the words below them."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        high, whole = px(_HIGH), px(_HIGH) * len(self._keys)
        scrolls = self.height() < whole
        shown = max((self.height() - px(_MORE)) // high, 1) * high if scrolls else whole
        self.setViewportMargins(0, 0, 0, max(self.height() - shown, 0) if scrolls else 0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if scrolls else Qt.FocusPolicy.NoFocus)
        bar = self.verticalScrollBar()
        bar.setPageStep(shown)
        bar.setValue(bar.maximum())
        self._more.setGeometry(0, shown, self.width(), px(_MORE))
        self._more.setVisible(scrolls)
        self._tell()

    def _tell(self) -> None:
        """How many lines stand above and below those in sight."""
        if self._more.isHidden():
            return
        above = self.verticalScrollBar().value() // px(_HIGH)
        below = len(self._keys) - above - self.viewport().height() // px(_HIGH)
        said = [ngettext_("↑ {count} more line", "↑ {count} more lines", above).format(count=above)] if above else []
        if below > 0:
            said.append(ngettext_("↓ {count} more line", "↓ {count} more lines", below).format(count=below))
        self._more.setText(" · ".join(said))


class TakenLine(QWidget):
    """A vote in one line: what was voted on, its numbers, and what came out (words, tone, icon).

    It paints its words itself: a dozen labels that come with each vote are made, laid out and painted for longer than
    the whole act takes.
    """

    def __init__(self, name: str, numbers: str = "", state: Status | None = None, told: str = "") -> None:
        super().__init__()
        self.name, self.numbers, self.state = name, numbers, state
        parts = [part for part in (name, numbers, told or (state[0] if state is not None else "")) if part]
        self.setAccessibleName(", ".join(parts))
        self.setToolTip(plain_tip("\n".join(parts)))

    def _parts(self) -> tuple[int, int]:
        """The widths of numbers and state, each with the gap before it."""
        numbers = int(theme.advance("label", self.numbers)) + 2 + px(8) if self.numbers else 0
        return numbers, status_wide(*self.state[::2]) + px(8) if self.state is not None else 0

    def sizeHint(self) -> QSize:
        """The whole name."""
        return QSize(int(theme.advance("label", self.name)) + 2 + sum(self._parts()), px(_HIGH))

    def minimumSizeHint(self) -> QSize:
        """The name keeps room for some of its characters."""
        some = round(theme.advance("label", "中中中中…")) + sum(self._parts())
        return QSize(min(some, self.sizeHint().width()), px(_HIGH))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """From the right: state, numbers, and as much of the name as there is room for."""
        painter, right, high = QPainter(self), float(self.width()), float(self.height())
        numbers, state = self._parts()
        if self.state is not None:
            wide = state - px(8)
            paint_status(painter, QRectF(right - wide, 0, wide, high), *self.state)
            right -= state
        painter.setFont(theme.face("label"))
        painter.setPen(theme.colour("text"))
        if self.numbers:
            wide = numbers - px(8)
            painter.drawText(QRectF(right - wide, 0, wide, high), Qt.AlignmentFlag.AlignVCenter, self.numbers)
            right -= numbers
        shown = elided(self.name, "label", right)
        painter.drawText(QRectF(0, 0, right, high), Qt.AlignmentFlag.AlignVCenter, shown)


def taken_line(motion: Motion, board: Board) -> QWidget:
    """A vote that was taken: which, what came out, the numbers."""
    option = next((one for one in board.options if one.id == motion.option_id), None)
    counts = motion.counts or {}
    numbers = " : ".join(str(counts.get(name, 0)) for name in ("in_favour", "against", "abstain"))
    entered = RULES[motion.rule].entered((motion.house_rule or {}).get("name", "") if motion.house_rule else None)
    said = words.outcome(motion.rule, quorate=bool(motion.quorate), passed=bool(motion.passed), entered=entered)
    state = (_short(motion, said), "ok" if motion.passed else "text2", "done" if motion.passed else "note")
    return TakenLine(option.name if option else motion.motion, "" if motion.nominees else numbers, state, said)


def _short(motion: Motion, said: str) -> str:
    """What came out in so few words that they stand beside the numbers."""
    if not motion.quorate:
        return _("no quorum")
    if RULES[motion.rule].legal_force:
        return said
    return _("Majority") if motion.passed else _("No majority")


def series_lines(table: SeriesTable | None) -> list[Line]:
    """The votes of a comparison."""
    if table is None:
        return []
    return [((_about(vote), _numbers(table, vote)), lambda vote=vote: TakenLine(_about(vote), _numbers(table, vote)))
            for vote in table.rows]  # fmt: skip


def _about(vote: SeriesVote) -> str:
    return vote.options[0] if len(vote.options) == 1 else _("{one} against {other}").format(
        one=vote.options[0], other=vote.options[1]
    )  # fmt: skip


def _numbers(table: SeriesTable, vote: SeriesVote) -> str:
    given = (vote.in_favour, vote.against) if table.way == "pairs" else (vote.in_favour, vote.against, vote.abstain)
    return " : ".join(str(one) for one in given)

"""The strip of the five stages: how many items stand in each, and how long earlier ones stayed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from deliberation_app.domain.agenda import STAGES
from deliberation_app.language import _, ngettext_
from deliberation_app.services.agenda import StageFigure
from deliberation_app.ui.agenda_words import COUNTED, day_words, stage_name
from deliberation_app.ui.kit import theme
from deliberation_app.ui.kit.buttons import Button
from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.kit.icons import IconLabel
from deliberation_app.ui.kit.marks import STAGE_WORDS, paint_disc
from deliberation_app.ui.kit.one_line import elided
from deliberation_app.ui.kit.panels import Card, row
from deliberation_app.ui.kit.theme import px


class StageButton(Button):
    """One stage: seal, figure and the median stay; it opens the board at that column."""

    def __init__(self, stage: str, parent: QWidget | None = None) -> None:
        super().__init__("", "quiet", parent=parent)
        self.stage = stage
        self._count = 0
        self._under = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_figure(self, count: int, under: str) -> None:
        """Show a count and the line below it."""
        self._count, self._under = count, under
        self.setAccessibleName(f"{stage_name(self.stage)}: {count} {_(COUNTED[self.stage])}, {under}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the longer of the two lines."""
        wide = max(theme.metrics("hint").horizontalAdvance(self._under), self._upper_width())
        return QSize(int(px(4 + 40 + 12 + 4) + wide) + 1, px(60))

    def _upper_width(self) -> float:
        words = theme.metrics("hint").horizontalAdvance(_(COUNTED[self.stage]))
        return theme.metrics("h3").horizontalAdvance(str(self._count)) + px(8) + words

    def paint_content(self, painter: QPainter, box: QRectF) -> None:
        """Seal, figure with its measure word, stay."""
        seal = QRectF(box.left() + px(4), box.center().y() - px(20), px(40), px(40))
        paint_disc(painter, seal, STAGE_WORDS[self.stage], "accent" if self._count else "", "seal")
        left = seal.right() + px(12)
        upper, lower = theme.metrics("h3").height(), theme.metrics("hint").height()
        top = box.center().y() - (upper + lower) / 2
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.setFont(theme.font("h3"))
        painter.setPen(theme.colour("text"))
        painter.drawText(QRectF(left, top, box.right() - left, upper), flags, str(self._count))
        after = left + theme.metrics("h3").horizontalAdvance(str(self._count)) + px(8)
        painter.setFont(theme.font("hint"))
        painter.setPen(theme.colour("text2"))
        painter.drawText(QRectF(after, top, box.right() - after, upper), flags, _(COUNTED[self.stage]))
        room = QRectF(left, top + upper, box.right() - left, lower)
        painter.drawText(room, flags, elided(self._under, "hint", room.width()))


class StageStrip(Card):
    """Five stages in a row with arrows between them."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setMinimumHeight(px(76))
        self._across = across = row(self, margins=(16, 7, 12, 7), spacing=4)
        self._arrows: list[IconLabel] = []
        self._narrow = False
        self.stages: dict[str, StageButton] = {}
        for at, stage in enumerate(STAGES):
            if at:
                self._arrows.append(IconLabel("right", "text3", 16))
                across.addWidget(self._arrows[-1])
            button = StageButton(stage)
            button.clicked.connect(lambda _on=False, stage=stage: desk.navigate("agenda", stage=stage))
            self.stages[stage] = button
            across.addWidget(button, 1)

    def fold(self, narrow: bool) -> None:
        """Below each other where the page is narrow; the arrows give way before the words."""
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._across.setDirection(down if narrow else across)
        self._narrow = narrow
        self._fit()

    def _fit(self) -> None:
        words = sum(button.sizeHint().width() for button in self.stages.values())
        room = self.width() - px(28 + 4 * (16 + 8))
        for arrow in self._arrows:
            arrow.setVisible(not self._narrow and words <= room)

    def show_figures(self, figures: Sequence[StageFigure], published_until: date | None) -> None:
        """Counts and medians; the last stage says until when the latest outcome hangs."""
        for figure in figures:
            self.stages[figure.stage].show_figure(figure.count, _under(figure, published_until))
        self._fit()


def _under(figure: StageFigure, published_until: date | None) -> str:
    if figure.stage == "shared":
        if published_until is not None:
            return _("posted until {day}").format(day=day_words(published_until))
        return _("none posted")
    if figure.median_days is None:
        return _("no stay yet")
    return ngettext_("median {days} day", "median {days} days", figure.median_days).format(days=figure.median_days)

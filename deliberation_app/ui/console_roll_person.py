"""The one person chosen on the roll: every act with its key, and what happened in time and is known, to be changed."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QPainter, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from deliberation_app.language import _
from deliberation_app.services.roll_view import RollLine
from deliberation_app.ui import console_roll_words as words
from deliberation_app.ui.console_queue import WholeRows
from deliberation_app.ui.console_speaker_clock import NameLabel
from deliberation_app.ui.kit import focus, theme
from deliberation_app.ui.kit.buttons import Button, paint_cap
from deliberation_app.ui.kit.labels import ElideLabel, Label
from deliberation_app.ui.kit.lists import ROW, Row
from deliberation_app.ui.kit.marks import StatusWords
from deliberation_app.ui.kit.one_line import elided
from deliberation_app.ui.kit.panels import column, line, row
from deliberation_app.ui.kit.theme import px

# The acts on a person: name, key.
ACTS = (
    ("here", "Enter"), ("online", "Ctrl+O"), ("out", "Ctrl+Y"), ("left", "Ctrl+W"), ("leave", "Ctrl+K"),
    ("absent", "Ctrl+U"),
)  # fmt: skip
# Keys of the facts, live like those of the acts.
FACTS = (
    ("capacity", "Ctrl+I"), ("household", "Ctrl+H"), ("party", "Ctrl+F"), ("proxy", "Ctrl+P"), ("opinion", "Ctrl+N"),
)  # fmt: skip
_HIGH = 32


class RollKeys(QObject):
    """Lets a line leave the keys of the roll to the roll: Ctrl U would empty the line, Ctrl H take a letter."""

    def __init__(self, parent: QObject, *lines: QWidget) -> None:
        super().__init__(parent)
        self._keys = {QKeySequence(keys)[0] for name, keys in (*ACTS, *FACTS) if name != "here"}
        for guarded in lines:
            guarded.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Whatever is ours is no editing key."""
        if event.type() == QEvent.Type.ShortcutOverride and event.keyCombination() in self._keys:
            event.ignore()
            return True
        return False


class FactDelegate(QStyledItemDelegate):
    """Paints what a fact is, its value, and the key that changes it."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex) -> QSize:
        """One height for all."""
        return QSize(px(200), px(_HIGH))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """Ground, label, value, key cap."""
        fact, box = index.data(ROW), QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected) and option.widget.hasFocus()
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.fillRect(box, theme.colour("accentTint" if chosen else "sunken" if over else "surface"))
        if chosen and focus.keyboard_used():
            focus.paint_ring(painter, box.adjusted(px(2), px(2), -px(2), -px(2)), 6)
        right = box.right() - px(4)
        if fact.act:
            right = paint_cap(painter, right, box.center().y(), fact.act, "text2", "field") - px(8)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font("hint"))
        painter.setPen(theme.colour("text2"))
        wide = max(theme.metrics("hint").horizontalAdvance(one.title) for one in index.model().rows)
        left = box.left() + px(4)
        painter.drawText(QRectF(left, box.top(), wide + 2, box.height()), middle, fact.title)
        left += wide + px(12)
        painter.setFont(theme.font("label"))
        painter.setPen(theme.colour("text"))
        value = QRectF(left, box.top(), right - left, box.height())
        painter.drawText(value, middle, elided(fact.hint, "label", value.width()))
        painter.restore()


def _labels(*, back: bool) -> dict[str, str]:
    return {
        "here": _("Is back") if back else _("Here"), "online": _("On line"), "out": _("Out"), "left": _("Left"),
        "leave": _("On leave"), "absent": _("Absent"),
    }  # fmt: skip


class PersonPane(QWidget):
    """`act` brings the name of an act, `fact` the id of a fact that is to be changed."""

    act = Signal(str)
    fact = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._named = ""
        box = column(self, spacing=6)
        head = row(spacing=8)
        self.name = NameLabel(("h3", "strong", "name"))
        self.status = StatusWords()
        head.addWidget(self.name, 1)
        head.addWidget(self.status)
        box.addLayout(head)
        self.under = ElideLabel("", "hint", "text2")
        box.addWidget(self.under)
        self.buttons: dict[str, Button] = {}
        grid = QGridLayout()
        grid.setSpacing(px(6))
        labels = _labels(back=False)
        for at, (name, keys) in enumerate(ACTS):
            button = Button(labels[name], cap=keys, small=True)
            button.clicked.connect(lambda _on=False, name=name: self.act.emit(name))
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            policy = button.sizePolicy()
            policy.setHorizontalPolicy(policy.Policy.Expanding)
            button.setSizePolicy(policy)
            grid.addWidget(button, at // 2, at % 2)
            self.buttons[name] = button
        box.addLayout(grid)
        box.addSpacing(px(2))
        box.addWidget(line())
        self.facts = WholeRows(height=_HIGH, name=_("What is noted of this person"))
        self.facts.setItemDelegate(FactDelegate(self.facts))
        self.facts.opened.connect(self.fact)
        self.facts.acted.connect(self.fact)
        box.addWidget(self.facts, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A name fits itself into another width."""
        super().resizeEvent(event)
        self._fit_name()

    def _fit_name(self) -> None:
        """The whole name in what the state beside it leaves, in two lines where it must be."""
        self.name.fit(self._named, max(self.width() - self.status.sizeHint().width() - px(12), px(80)), 0)

    def show_person(self, who: RollLine, now: datetime, *, live: bool, proxy: bool) -> None:
        """Everything about this person as it is now."""
        said, tone, icon = words.state(who, now)
        self.status.show_as(said, tone, icon)
        self._named = who.name
        self._fit_name()
        self.under.set_text(" · ".join(part for part in (who.post, who.home) if part))
        labels = _labels(back=who.out or who.gone)
        able = {
            "here": not (who.there and who.status == "present"), "online": not (who.there and who.status == "online"),
            "out": who.there, "left": who.there or who.out, "leave": not who.came, "absent": not who.came,
        }  # fmt: skip
        for name, button in self.buttons.items():
            button.setText(labels[name])
            button.setEnabled(live and able[name])
            button.updateGeometry()
        self.facts.fill(
            [Row(key, what, value, act=keys) for key, what, value, keys in words.facts(who, now, proxy=proxy)]
        )


class NobodyPane(QWidget):
    """Nobody is chosen: how people are signed in, and the acts on many at once."""

    def __init__(self) -> None:
        super().__init__()
        box = column(self, spacing=8)
        box.addWidget(Label(_("Sign people in"), "h3"))
        # The line says that as well, where there is no room for it twice.
        self.first = Label(
            _("Type initials, Enter signs in. Or scan the code on the sign-in sheet, wherever you are."),
            "hint", "text2", wrap=True,
        )  # fmt: skip
        box.addWidget(self.first)
        for said in (
            _("Told late? Type the hour behind the name: wlj 14:35. Or what happened: wlj 走, wlj 出, wlj 回, wlj 假."),
            _("↑ ↓ choose somebody in the list; the acts for the one chosen stand here."),
        ):
            box.addWidget(Label(said, "hint", "text2", wrap=True))
        self.last = Button(_("Those of last time"), cap="Ctrl+F3", small=True)
        self.many = Button(_("Many at once"), cap="Shift+F3", small=True)
        box.addWidget(self.last)
        box.addWidget(self.many)
        box.addStretch()

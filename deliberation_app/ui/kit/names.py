"""The line in which somebody is named by characters, pinyin or initials, and chosen from a short list."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRectF, QSize, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QApplication, QCompleter, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from deliberation_app.ui.kit import theme
from deliberation_app.ui.kit.editors import LineEdit
from deliberation_app.ui.kit.one_line import elided
from deliberation_app.ui.kit.theme import px

Finding = tuple[str, str, str]
Find = Callable[[str], Sequence[Finding]]
_HINT = Qt.ItemDataRole.UserRole
_ROWS = 8
_CHOOSING = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)
_ELSEWHERE = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.WindowDeactivate, QEvent.Type.Hide)


class FindingModel(QStringListModel):
    """Names found, with a hint each (role, flat) for the delegate."""

    def __init__(self) -> None:
        super().__init__()
        self.findings: list[Finding] = []

    def fill(self, findings: Sequence[Finding]) -> None:
        """Show these."""
        self.findings = list(findings)
        self.setStringList([name for _id, name, _hint in self.findings])

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Name, or hint."""
        if role == _HINT and index.isValid():
            return self.findings[index.row()][2]
        return super().data(index, role)


class FindingDelegate(QStyledItemDelegate):
    """Paints a name strong and its hint quiet, on one line."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex) -> QSize:
        """A row of 36."""
        return QSize(px(200), px(36))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """Ground, name, hint."""
        box = QRectF(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(box, theme.colour("accentTint" if chosen else "surface"))
        told, room = str(index.data(_HINT) or ""), box.width() - px(34)
        # A long name leaves a third to its hint, which tells two of the same name apart.
        beside = min(theme.metrics("hint").horizontalAdvance(told), room / 3)
        name = elided(str(index.data()), "strong", room - beside)
        wide = theme.metrics("strong").horizontalAdvance(name)
        painter.setFont(theme.font("strong"))
        painter.setPen(theme.colour("text"))
        painter.drawText(box.adjusted(px(12), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, name)
        rest = box.adjusted(px(22) + wide, 0, -px(12), 0)
        painter.setFont(theme.font("hint"))
        painter.setPen(theme.colour("text2"))
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, elided(told, "hint", rest.width()))


class NameEdit(LineEdit):
    """A line that asks `find(text)` for (id, name, hint) while one types; Enter takes the first or the chosen one."""

    chosen = Signal(str, str)

    def __init__(self, find: Find | None = None, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__("", placeholder, parent)
        self._find: Find = find or (lambda _text: ())
        self._person = ""
        self._model = FindingModel()
        self._completer = QCompleter(self._model, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setMaxVisibleItems(_ROWS)
        self._completer.setWidget(self)
        self._completer.popup().setItemDelegate(FindingDelegate(self))
        self._completer.popup().setProperty("kind", "popup")
        # A window that takes no keys: one that takes them loses some under X11 each time it comes and goes, and
        # the words that a quick hand or a scanner types next stand behind the name or nowhere.
        self._completer.popup().setWindowFlags(Qt.WindowType.ToolTip | Qt.WindowType.WindowDoesNotAcceptFocus)
        self._completer.popup().setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self._completer.popup().installEventFilter(self)
        self._completer.activated[QModelIndex].connect(lambda index: self._take(index.row()))
        self.textEdited.connect(self._look_up)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """While the list is open: whoever goes elsewhere, clicks elsewhere or moves the window closes it."""
        popup = self._completer.popup()
        if watched is popup:
            shown = {QEvent.Type.Show: self._opened, QEvent.Type.Hide: self._closed}.get(event.type())
            if shown is not None:
                shown()
        elif (watched is self and event.type() == QEvent.Type.FocusOut) or (
            watched is self.window() and event.type() in _ELSEWHERE
        ):
            popup.hide()
        elif event.type() == QEvent.Type.MouseButtonPress and isinstance(watched, QWidget) and watched is not self:
            popup.setVisible(watched.window() is popup)
        return super().eventFilter(watched, event)

    def _opened(self) -> None:
        QApplication.instance().installEventFilter(self)

    def _closed(self) -> None:
        QApplication.instance().removeEventFilter(self)

    def event(self, event: QEvent) -> bool:
        """The keys that choose from the open list are for no shortcut of the window."""
        if isinstance(event, QKeyEvent) and self._chooses(event):
            if event.type() == QEvent.Type.KeyPress:
                self._choose(event.key())
            event.accept()
            return True
        return super().event(event)

    def _chooses(self, event: QKeyEvent) -> bool:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        known = event.type() in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress) and event.key() in _CHOOSING
        return known and not held and self._completer.popup().isVisible()

    def _choose(self, key: int) -> None:
        popup = self._completer.popup()
        row = popup.currentIndex().row()
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            to = row + (1 if key == Qt.Key.Key_Down else -1)
            popup.setCurrentIndex(popup.model().index(max(0, min(to, popup.model().rowCount() - 1)), 0))
            return
        popup.hide()
        if key != Qt.Key.Key_Escape and row >= 0:
            self._take(row)

    def set_find(self, find: Find) -> None:
        """Ask this from now on."""
        self._find = find

    def person_id(self) -> str:
        """The id of the person taken, empty while the text names nobody taken."""
        return self._person

    def set_person(self, person_id: str, name: str) -> None:
        """Show somebody as taken."""
        self._person = person_id
        self.setText(name)

    def clear_person(self) -> None:
        """Show nobody."""
        self.set_person("", "")

    def ask(self, text: str) -> None:
        """Look for this as if it were typed here."""
        self.setText(text)
        self.setFocus()
        self._look_up(text)

    def _look_up(self, text: str) -> None:
        self._person = ""
        findings = list(self._find(text.strip()))[:50] if text.strip() else []
        self._model.fill(findings)
        popup = self._completer.popup()
        if not findings:
            popup.hide()
            return
        popup.winId()
        popup.windowHandle().setTransientParent(self.window().windowHandle())
        area = self.rect()
        area.setWidth(max(self.width(), px(280), min(_widest(findings[:_ROWS]), px(480))))
        self._completer.complete(area)
        popup.setCurrentIndex(self._completer.completionModel().index(0, 0))

    def _take(self, row: int) -> None:
        person, name, _hint = self._model.findings[row]
        self.set_person(person, name)
        self.chosen.emit(person, name)


def _widest(findings: Sequence[Finding]) -> int:
    """So wide that no name and no hint of these is cut."""
    strong, hint = theme.metrics("strong"), theme.metrics("hint")
    return round(
        max(strong.horizontalAdvance(name) + hint.horizontalAdvance(said) for _id, name, said in findings)
    ) + px(40)

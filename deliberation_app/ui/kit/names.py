"""The line in which somebody is named by characters, pinyin or initials, and chosen from a short list."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, QRectF, QSize, QStringListModel, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QCompleter, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from deliberation_app.ui.kit import theme
from deliberation_app.ui.kit.editors import LineEdit
from deliberation_app.ui.kit.fields import EDITORS
from deliberation_app.ui.kit.labels import elided
from deliberation_app.ui.kit.theme import px

Finding = tuple[str, str, str]
Find = Callable[[str], Sequence[Finding]]
_HINT = Qt.ItemDataRole.UserRole
_ROWS = 8


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
        name = str(index.data())
        wide = theme.metrics("strong").horizontalAdvance(name)
        painter.setFont(theme.font("strong"))
        painter.setPen(theme.colour("text"))
        painter.drawText(box.adjusted(px(12), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, name)
        rest = box.adjusted(px(22) + wide, 0, -px(12), 0)
        painter.setFont(theme.font("hint"))
        painter.setPen(theme.colour("text2"))
        painter.drawText(
            rest, Qt.AlignmentFlag.AlignVCenter, elided(str(index.data(_HINT) or ""), "hint", rest.width())
        )


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
        self._completer.activated[QModelIndex].connect(lambda index: self._take(index.row()))
        self.textEdited.connect(self._look_up)

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

    def _look_up(self, text: str) -> None:
        self._person = ""
        findings = list(self._find(text.strip()))[:50] if text.strip() else []
        self._model.fill(findings)
        popup = self._completer.popup()
        if not findings:
            popup.hide()
            return
        area = self.rect()
        area.setWidth(max(self.width(), px(280)))
        self._completer.complete(area)
        popup.setCurrentIndex(self._completer.completionModel().index(0, 0))

    def _take(self, row: int) -> None:
        person, name, _hint = self._model.findings[row]
        self.set_person(person, name)
        self.chosen.emit(person, name)


# A form may ask for it by name; the table lives where the other editors are.
EDITORS["name"] = NameEdit

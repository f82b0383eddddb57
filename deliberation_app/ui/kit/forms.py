"""Loads forms/x.ui with the widgets of the kit, and keeps their words in the language spoken now."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from PySide6.QtCore import QCoreApplication, QFile, QIODevice, QLibraryInfo, QLocale, QSize, QTranslator
from PySide6.QtUiTools import QUiLoader
from PySide6.QtWidgets import QApplication, QLayout, QWidget

from deliberation_app import language, settings
from deliberation_app.ui.kit.theme import px

# Modules of the kit and the classes in them that a form may name. As text, as the pages are: what the first page does
# not show is not imported for it.
_KIT = {
    "labels": ("Label", "ElideLabel"),
    "marks": ("KeyCap", "Chip", "StatusWords", "Disc", "StageSeal", "Seal"),
    "buttons": ("Button", "FilterButton", "Segment"),
    "editors": ("LineEdit", "SearchEdit", "TextEdit", "Combo", "NumberEdit"),
    "dates": ("DateEdit", "TimeEdit", "PromiseEdit"),
    "fields": ("Field",),
    "names": ("NameEdit",),
    "icons": ("IconLabel",),
    "panels": ("Card", "Tint", "PageHeader", "InnerHeader", "Scroll"),
    "states": ("ErrorLine", "EmptyState", "Progress", "BottomPanel"),
    "lists": ("RowList",),
    "cards": ("CardList",),
    "table": ("Table",),
    "tree": ("Tree",),
    "bars": ("ThresholdBar",),
    "side_bar": ("SideBar",),
}
# QLabel and friends become the plain-text ones of the kit.
_OURS = {
    "QLabel": "Label", "QPushButton": "Button", "QComboBox": "Combo", "QLineEdit": "LineEdit",
    "QPlainTextEdit": "TextEdit", "QScrollArea": "Scroll",
}  # fmt: skip
WIDGETS = {name: module for module, names in _KIT.items() for name in names}
_UNSET = 16777215


@cache
def kit_class(name: str) -> type[QWidget] | None:
    """The class of the kit for the one that a form names; None where Qt's own will do."""
    name = _OURS.get(name, name)
    return getattr(import_module(f"deliberation_app.ui.kit.{WIDGETS[name]}"), name) if name in WIDGETS else None


class Loader(QUiLoader):
    """Builds a form into an existing widget, measures scaled, and hangs its named children on that widget."""

    def __init__(self, base: QWidget | None) -> None:
        # It would load every plug-in made for Qt Designer, and Qt's network, Qml and Quick libraries with them.
        folders = QCoreApplication.libraryPaths()
        QCoreApplication.setLibraryPaths([])
        super().__init__()
        QCoreApplication.setLibraryPaths(folders)
        self._base = base
        self._made: list[tuple[QWidget, QSize, QSize]] = []
        self._layouts: list[QLayout] = []
        self.setLanguageChangeEnabled(True)

    def createWidget(self, class_name: str, parent: QWidget | None = None, name: str = "") -> QWidget:
        """A widget of the kit where there is one of that name; the outermost is the base itself."""
        if parent is None and self._base is not None:
            return self._base
        ours = kit_class(class_name)
        if ours is not None:
            made = ours(parent=parent)
            made.setObjectName(name)
        else:
            made = super().createWidget(class_name, parent, name)
        self._made.append((made, made.minimumSize(), made.maximumSize()))
        if self._base is not None and name:
            setattr(self._base, name, made)
        return made

    def createLayout(self, class_name: str, parent: QWidget | None = None, name: str = "") -> QLayout:
        """A layout whose measures are scaled once the form is read."""
        made = super().createLayout(class_name, parent, name)
        self._layouts.append(made)
        if self._base is not None and name and not hasattr(self._base, name):
            setattr(self._base, name, made)
        return made

    def scale(self) -> None:
        """Turn the measures of the form, given at 100 %, into those of the scale in force."""
        for layout in self._layouts:
            edges = layout.contentsMargins()
            layout.setContentsMargins(px(edges.left()), px(edges.top()), px(edges.right()), px(edges.bottom()))
            if layout.spacing() > 0:
                layout.setSpacing(px(layout.spacing()))
        for widget, own_least, own_most in self._made:
            least, most = widget.minimumSize(), widget.maximumSize()
            # What a widget of the kit fixed for itself is scaled already.
            if least != own_least:
                widget.setMinimumSize(px(least.width()), px(least.height()))
            if most != own_most:
                widget.setMaximumSize(*(side if side >= _UNSET else px(side) for side in (most.width(), most.height())))


def load(name: str, base: QWidget | None = None) -> QWidget:
    """Build forms/`name`.ui into `base` (its children become attributes of it), or into a new widget."""
    loader = Loader(base)
    file = QFile(str(settings.path("forms", f"{name}.ui")))
    if not file.open(QIODevice.OpenModeFlag.ReadOnly):
        raise FileNotFoundError(file.fileName())
    made = loader.load(file)
    file.close()
    if made is None:
        raise ValueError(loader.errorString())
    loader.scale()
    return made


class Catalogue(QTranslator):
    """Answers the words of forms from the gettext catalogue."""

    def isEmpty(self) -> bool:
        """Never empty: Qt would not ask."""
        return False

    def translate(self, _context: str, source: str, _comment: str | None = None, _count: int = -1) -> str | None:
        """The words in the language spoken now; None lets Qt's own catalogue answer."""
        said = language._(source)
        return said if said != source else None


@cache
def _translators() -> tuple[Catalogue, QTranslator]:
    return Catalogue(), QTranslator()


def speak(name: str) -> None:
    """Speak a language from now on: ours, Qt's own words, and the order of dates; open forms change at once."""
    language.use(name)
    ours, theirs = _translators()
    app = QApplication.instance()
    for translator in (ours, theirs):
        QCoreApplication.removeTranslator(translator)
    QLocale.setDefault(QLocale(name))
    if theirs.load(f"qtbase_{name}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        QCoreApplication.installTranslator(theirs)
    if app is not None:
        QCoreApplication.installTranslator(ours)

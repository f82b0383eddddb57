"""Names with rare characters are never drawn as empty boxes, whichever part of the kit shows them."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from deliberation_app.ui.kit import rare_faces
from deliberation_app.ui.kit.cards import BoardCard, CardList
from deliberation_app.ui.kit.editors import Combo, LineEdit, TextEdit
from deliberation_app.ui.kit.labels import ElideLabel, Label
from deliberation_app.ui.kit.lists import Row, RowList
from deliberation_app.ui.kit.table import Cell, Column, PagedModel, Table

# One of each of the extensions B, C and E; the last is one of the general standard characters, which our faces have.
RARE = "𠮷𫝊𬭎"


def said(widget: QWidget, text: str) -> QWidget:
    """A line or page in which it was written."""
    widget.set_value(text)
    return widget


def rows(text: str) -> QWidget:
    """A list with one row."""
    made = RowList()
    made.fill([Row("1", text, text)])
    return made


def board(text: str) -> QWidget:
    """A board with one card."""
    made = CardList()
    made.fill([BoardCard("1", "1", text, text)])
    return made


def table(text: str) -> QWidget:
    """A table with one row."""
    made = Table()
    model = PagedModel([Column("Name", Cell, width=0)], key=lambda one: one)
    model.read_from(lambda after, _limit: ([text], None) if after is None else ([], None))
    made.show_model(model)
    return made


SHOWS: dict[str, Callable[[str], QWidget]] = {
    "label": Label,
    "elided": ElideLabel,
    "line": lambda text: said(LineEdit(), text),
    "page": lambda text: said(TextEdit(), text),
    "choice": lambda text: Combo([("1", text)]),
    "row": rows,
    "card": board,
    "table": table,
}


@pytest.mark.parametrize("kind", SHOWS)
def test_what_shows_a_rare_name_has_its_faces_before_it_is_drawn(
    app_dressed: QApplication, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    asked: set[str] = set()
    prepare = rare_faces.prepare
    monkeypatch.setattr(rare_faces, "prepare", lambda texts: asked.update(texts) or prepare(texts))
    for name, wanted in ((f"龚龑{kind}", set()), (f"吴{RARE}{kind}", {f"吴{RARE}{kind}"})):
        shown = SHOWS[kind](name)
        shown.resize(400, 200)
        shown.grab()
        assert asked == wanted
        shown.deleteLater()


def test_characters_of_every_extension_are_told_apart_in_the_picture(app_dressed: QApplication) -> None:
    pictures: list[QImage] = []
    for one in (chr(0x2FFFE), *RARE):  # the first is nothing, so that it is an empty box
        label = Label(one)
        QApplication.processEvents()
        label.resize(60, 40)
        pictures.append(label.grab().toImage())
    assert all(first != second for first, second in combinations(pictures, 2))

"""Labels: words that need the same room move nothing, and words that need another have it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSizePolicy, QWidget

from deliberation_app.ui.kit import theme
from deliberation_app.ui.kit.labels import ElideLabel, Label
from deliberation_app.ui.kit.panels import at_once


class Layouts(QObject):
    """Counts how often a widget is asked to lay out anew."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__(watched)
        self.count = 0
        watched.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Count, and let everything happen."""
        self.count += event.type() == QEvent.Type.LayoutRequest
        return False


@pytest.fixture
def bar(app_dressed, qtbot) -> QWidget:
    """A window with a row."""
    made = QWidget()
    QHBoxLayout(made)
    made.resize(640, 60)
    qtbot.addWidget(made)
    return made


def shown(bar: QWidget, *labels: QWidget) -> Layouts:
    for label in labels:
        bar.layout().addWidget(label)
    bar.layout().addStretch(1)
    bar.show()
    QTest.qWaitForWindowExposed(bar)
    QApplication.processEvents()
    return Layouts(bar)


@pytest.mark.parametrize("kind", [Label, ElideLabel])
def test_words_of_the_same_width_lay_out_nothing(bar: QWidget, kind: type[Label]) -> None:
    label = kind("10:31:22", "hint")
    label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
    layouts = shown(bar, label)
    for said in ("10:31:23", "10:31:24", "10:31:25"):
        label.setText(said)
        QApplication.processEvents()
        assert label.text() == said
    assert layouts.count <= 1  # until the room is known that the first words had


@pytest.mark.parametrize("kind", [Label, ElideLabel])
def test_wider_words_have_their_room_at_once(bar: QWidget, kind: type[Label]) -> None:
    label = kind("一", "hint")
    label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
    shown(bar, label)
    for said in ("二", "王秀兰：三号楼的车位先划线再收费", "三", "王秀兰：三号楼的车位先划线"):
        label.setText(said)
        QApplication.processEvents()
        assert label.text() == said
        assert label.width() == label.sizeHint().width()


def test_cut_words_that_begin_alike_ask_for_what_they_need(bar: QWidget) -> None:
    label, beside = ElideLabel("王秀兰：三号楼的车位先划线"), QWidget()
    label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
    beside.setFixedWidth(540)
    shown(bar, label, beside)
    cut = label.text()
    longer = "王秀兰：三号楼的车位先划线再收费"
    label.setText(longer)
    assert label.text() == cut != longer
    beside.setFixedWidth(10)
    QApplication.processEvents()
    assert label.text() == longer
    assert label.width() == label.sizeHint().width()


def test_a_label_in_another_face_asks_anew(bar: QWidget) -> None:
    label = Label("王秀兰", "hint")
    shown(bar, label)
    label.setText("王秀花")
    theme.restyle(label, type="h2")
    QApplication.processEvents()
    wide = label.width()
    label.setText("王秀")
    theme.restyle(label, type="hint")
    label.setText("王秀花")
    QApplication.processEvents()
    assert label.width() == label.sizeHint().width() < wide


def test_words_that_change_unseen_have_their_room_when_they_come(bar: QWidget) -> None:
    label = Label("一", "hint")
    shown(bar, label)
    label.hide()
    label.setText("王秀兰：三号楼的车位")
    assert label.isHidden()
    label.show()
    QApplication.processEvents()
    assert label.width() == label.sizeHint().width()


def test_parts_that_come_together_are_laid_out_once(bar: QWidget) -> None:
    parts = [Label(said) for said in ("王秀兰", "三号楼", "先划线")]
    shown(bar, *parts)
    wide = parts[0].width()
    for part in parts[1:]:
        part.hide()
    QApplication.processEvents()
    with at_once(bar.layout()):
        for part in parts[1:]:
            part.show()
        parts[0].setText("王秀兰、李和安")
        assert parts[0].width() == wide
    assert parts[0].width() == parts[0].sizeHint().width() > wide
    assert parts[2].x() > parts[1].x() > parts[0].x()
    assert bar.layout().isEnabled()

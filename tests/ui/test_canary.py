"""Keeps guard over the binding: PySide6 6.12 loses a reference to None with each call on Python 3.10 and 3.11."""

from __future__ import annotations

import gc
import sys

from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QLabel, QTableWidget, QTableWidgetItem


def test_calls_into_qt_lose_no_reference_to_none(qapp) -> None:
    label = QLabel()
    table = QTableWidget(10, 10)
    model = QStandardItemModel()
    gc.collect()
    before = sys.getrefcount(None)
    for at in range(3000):
        label.setText(str(at))
        table.setItem(at % 10, 0, QTableWidgetItem(str(at)))
        model.setItem(at % 10, 0, QStandardItem(str(at)))
    # A lost reference a call would be 9,000; what other tests left behind may still go meanwhile.
    assert sys.getrefcount(None) > before - 3000

"""Where acts are run: the one place that catches AppError, long work with progress and cancel, and the crash dialog."""

from __future__ import annotations

import platform
import sys
import threading
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Qt, QThread, Signal, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit, QWidget
from shiboken6 import isValid

from deliberation_app.errors import AppError
from deliberation_app.language import _
from deliberation_app.ui.kit import focus
from deliberation_app.ui.kit.buttons import Button
from deliberation_app.ui.kit.labels import Label
from deliberation_app.ui.kit.panels import column, row
from deliberation_app.ui.kit.states import ErrorLine, Progress
from deliberation_app.ui.kit.theme import px


def act(where: QWidget, do: Callable[..., Any], *values: Any, again: bool = False, **named: Any) -> Any:
    """Run `do`; an AppError is shown on the nearest thing above `where` that has show_error, and None comes back.

    `again` offers Try again, for what may work the next time without any change (a printer, a drive).
    """
    key, began = focus.last_key(), time.monotonic()
    try:
        return do(*values, **named)
    except AppError as error:
        retry = (lambda: act(where, do, *values, again=True, **named)) if again else None
        show_error(where, error, retry)
    finally:
        focus.stood_still(key, time.monotonic() - began)
    return None


def slot(where: QWidget, do: Callable[..., Any], *values: Any) -> Callable[..., None]:
    """A slot that runs `do(*values)` through act, whatever the signal brings."""
    return lambda *_signalled: (act(where, do, *values), None)[1]


def show_error(where: QWidget, error: AppError, again: Callable[[], object] | None = None) -> None:
    """Show an error where it happened: the nearest error line or page above `where`."""
    above: QWidget | None = where
    while above is not None:
        if hasattr(above, "show_error"):
            above.show_error(error, again)
            return
        lines = above.findChildren(ErrorLine, options=Qt.FindChildOption.FindDirectChildrenOnly)
        if lines:
            lines[0].show_error(error, again)
            return
        above = above.parentWidget()
    raise error


class Report:
    """What long work is given: `report(done, total)` shows how far, `cancelled()` asks whether to stop."""

    def __init__(self, tell: Callable[[int, int], None]) -> None:
        self._tell = tell
        self._stop = threading.Event()

    def __call__(self, done: int, total: int = 0) -> None:
        self._tell(done, total)

    def cancelled(self) -> bool:
        """Whether the person asked to stop."""
        return self._stop.is_set()

    def cancel(self) -> None:
        """Ask it to stop."""
        self._stop.set()


class Worker(QThread):
    """Runs one job beside the window."""

    progressed = Signal(int, int)
    succeeded = Signal(object)
    refused = Signal(object)

    def __init__(self, job: Callable[[Report], Any]) -> None:
        super().__init__()
        self._job = job
        self.report = Report(self.progressed.emit)

    def run(self) -> None:
        """The job; an AppError goes to the window, anything else to the crash dialog."""
        try:
            self.succeeded.emit(self._job(self.report))
        except AppError as error:
            self.refused.emit(error)


def beside(
    where: QWidget,
    words: str,
    job: Callable[[Report], Any],
    done: Callable[[Any], object],
    progress: Progress | None = None,
) -> Worker:
    """Run `job(report)` in a worker thread, then `done(result)` in the window; progress and Cancel in `progress`."""
    worker = Worker(job)
    _running.add(worker)
    if progress:
        progress.start(words)
        progress.shows = worker
        worker.progressed.connect(progress.report)
        progress.cancelled.connect(worker.report.cancel)
        # What was done may have begun the next piece of work, which the bar shows by now.
        worker.finished.connect(lambda: isValid(progress) and progress.shows is worker and progress.hide())
    worker.succeeded.connect(lambda result: isValid(where) and done(result))
    worker.refused.connect(lambda error: isValid(where) and show_error(where, error))
    worker.finished.connect(lambda: _running.discard(worker))
    QCoreApplication.instance().aboutToQuit.connect(worker.wait)
    worker.start()
    return worker


# A page may be thrown away before its work is done; a thread that lost its last owner would end the program.
_running: set[Worker] = set()


class CrashDialog(QDialog):
    """Says that something unforeseen happened, that what was saved is safe, and where the report lies."""

    def __init__(self, report: str, file: Path | None, over: QWidget | None = None) -> None:
        super().__init__(over)
        self.setWindowTitle(_("Something unforeseen happened"))
        self.setMinimumWidth(px(560))
        box = column(self, margins=(24, 20, 24, 20), spacing=12)
        box.addWidget(Label(_("Something unforeseen happened"), "h2"))
        box.addWidget(
            Label(
                _(
                    "Every step shown as done is saved. You can go on working; "
                    "if it happens again, close the program and open it again."
                ),
                wrap=True,
            )
        )
        if file:
            kept = Label(
                _("A report was written to {file}. It holds no personal data of the records.").format(file=file),
                "hint",
                wrap=True,
            )
            kept.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            box.addWidget(kept)
        text = QPlainTextEdit(report)
        text.setReadOnly(True)
        text.setAccessibleName(_("Report"))
        text.setMinimumHeight(px(160))
        box.addWidget(text)
        acts = row(spacing=12)
        acts.addStretch()
        copy = Button(_("Copy the report"), icon="copy")
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(report))
        go_on = Button(_("Go on"), "primary")
        go_on.clicked.connect(self.accept)
        acts.addWidget(copy)
        acts.addWidget(go_on)
        box.addLayout(acts)
        go_on.setFocus()


def crash_report(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> str:
    """The text of a report: versions and the way to the error, without the values of records."""
    head = f"Python {platform.python_version()} · Qt {qVersion()} · {platform.platform()}\n"
    return (
        f"{head}{datetime.now(UTC).isoformat()}\n\n"
        + "".join(traceback.format_tb(trace))
        + f"{kind.__module__}.{kind.__qualname__}\n"
    )


def at_hand() -> QWidget | None:
    """The window in which somebody works; never one that the keyboard cannot reach, as that for the room."""
    silent = Qt.WidgetAttribute.WA_ShowWithoutActivating
    shown = (one for one in QApplication.topLevelWidgets() if one.isVisible() and not one.testAttribute(silent))
    return QApplication.activeWindow() or next(shown, None)


def _said(error: AppError) -> bool:
    """Whether an error that came where nobody waited for it could be shown in the window in which somebody works."""
    window = at_hand()
    inside = window.findChildren(QWidget) if window is not None else ()
    lines = (one for one in inside if hasattr(one, "show_error") and one.isVisible())
    for where in filter(None, (QApplication.focusWidget(), next(lines, None))):
        with suppress(AppError):
            show_error(where, error)
            return True
    return False


class CrashWatch(QObject):
    """Takes what nobody caught, writes a report and shows the dialog in the window's own thread.

    A sentence for people is shown as one: a list was looked up while the disk was gone, say.
    """

    crashed = Signal(str, object)
    refused = Signal(object, object)

    def __init__(self, folder: Callable[[], Path]) -> None:
        super().__init__()
        self._folder = folder
        self._open = False
        self.crashed.connect(self._show, Qt.ConnectionType.QueuedConnection)
        self.refused.connect(self._refuse, Qt.ConnectionType.QueuedConnection)

    def take(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None = None) -> None:
        """The hook."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        if isinstance(error, AppError):
            self.refused.emit(error, trace)
            return
        self._crash(kind, error, trace)

    def _refuse(self, error: AppError, trace: TracebackType | None) -> None:
        if not _said(error):
            self._crash(type(error), error, trace)

    def _crash(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        report = crash_report(kind, error, trace)
        file = self._write(report)
        if file is None:
            sys.__excepthook__(kind, error, trace)
        self.crashed.emit(report, file)

    def _write(self, report: str) -> Path | None:
        try:
            folder = self._folder()
            folder.mkdir(parents=True, exist_ok=True)
            file = folder / f"report-{datetime.now(UTC):%Y%m%d-%H%M%S}.txt"
            file.write_text(report, encoding="utf-8")
        except OSError:
            return None
        return file

    def _show(self, report: str, file: Path | None) -> None:
        if QApplication.instance() is None or self._open:
            return
        self._open = True
        CrashDialog(report, file, at_hand()).exec()
        self._open = False


def catch_crashes(folder: Callable[[], Path]) -> CrashWatch:
    """Send every uncaught exception of any thread to the crash dialog; reports go to `folder()`."""
    watch = CrashWatch(folder)
    sys.excepthook = watch.take
    threading.excepthook = lambda raised: watch.take(
        raised.exc_type, raised.exc_value or raised.exc_type(), raised.exc_traceback
    )
    return watch

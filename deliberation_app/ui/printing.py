"""Hands the PDF itself to the print system, so that the paper has lines and letters and not a picture of them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from deliberation_app.errors import N_, AppError
from deliberation_app.ui import print_range, print_system
from deliberation_app.ui.kit.run import Report
from deliberation_app.ui.preview_pages import PDFIUM
from deliberation_app.ui.print_range import Range

_DOTS = 600
_LONGEST_TITLE = 80


@dataclass(frozen=True)
class PrintJob:
    """What is printed where: ranges of pages from 1, both inclusive; none prints all."""

    printer: str
    copies: int = 1
    pages: tuple[Range, ...] = ()
    duplex: bool = True


def printers() -> list[str]:
    """The printers this computer knows, the usual one first."""
    if print_system.present():
        return print_system.printers()
    usual = QPrinterInfo.defaultPrinterName()
    return sorted(QPrinterInfo.availablePrinterNames(), key=lambda name: (name != usual, name))


def send(pdf: bytes, job: PrintJob, title: str, report: Report | None = None) -> None:
    """Print; raises AppError with what to do when the print system refuses."""
    if not job.printer:
        raise AppError(N_("No printer is connected. Connect one and try again, or save the paper as PDF first."))
    title = "".join(sign for sign in title if sign.isprintable())[:_LONGEST_TITLE]
    if print_system.present():
        _hand_over(pdf, job, title, report)
    else:
        _paint(pdf, job, title, report)


def _hand_over(pdf: bytes, job: PrintJob, title: str, report: Report | None) -> None:
    words = ["-n", str(job.copies), "-t", title or "record", "-o", "media=A4"]
    words += ["-o", "sides=two-sided-long-edge" if job.duplex else "sides=one-sided"]
    if job.pages:
        words += ["-P", print_range.words(job.pages)]
    with TemporaryDirectory() as folder:
        file = Path(folder) / "record.pdf"
        file.write_bytes(pdf)
        stopped = report.cancelled if report is not None else lambda: False
        print_system.submit(job.printer, [*words, "--", str(file)], stopped)


def _paint(pdf: bytes, job: PrintJob, title: str, report: Report | None) -> None:
    """Where nobody takes a PDF (Windows): pictures of 600 dots an inch."""
    printer = QPrinter(QPrinterInfo.printerInfo(job.printer), QPrinter.PrinterMode.HighResolution)
    printer.setResolution(_DOTS)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setFullPage(True)
    printer.setCopyCount(job.copies)
    printer.setDocName(title or "record")
    printer.setDuplex(QPrinter.DuplexMode.DuplexLongSide if job.duplex else QPrinter.DuplexMode.DuplexNone)
    paint_pages(pdf, job, printer, report)


def paint_pages(pdf: bytes, job: PrintJob, printer: QPrinter, report: Report | None = None) -> None:
    """Paint the pages of a job on a printer, each as large as the paper; stops between pages when asked to."""
    with PDFIUM:
        document = pypdfium2.PdfDocument(pdf)
        last = len(document)
    wanted = [number for first, end in job.pages or ((1, last),) for number in range(first, end + 1)]
    painter = QPainter()
    try:
        if not painter.begin(printer):
            raise print_system.refused(job.printer, "")
        paper = QRectF(printer.paperRect(QPrinter.Unit.DevicePixel))
        for done, number in enumerate(wanted):
            if report is not None:
                report(done, len(wanted))
                if report.cancelled():
                    printer.abort()
                    raise AppError(N_("Stopped. What had reached the printer is printed; nothing else changed."))
            if done:
                printer.newPage()
            painter.drawImage(paper, _picture(document, number))
    finally:
        painter.end()
        with PDFIUM:
            document.close()


def _picture(document: pypdfium2.PdfDocument, number: int) -> QImage:
    with PDFIUM:
        drawn = document[number - 1].render(scale=_DOTS / 72, grayscale=True)
        return QImage(drawn.buffer, drawn.width, drawn.height, drawn.stride, QImage.Format.Format_Grayscale8).copy()

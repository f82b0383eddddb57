"""Hands the PDF itself to the print system, so that the paper has lines and letters and not a picture of them."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from deliberation_app.errors import N_, AppError

_DOTS = 600
_SECONDS = 60


@dataclass(frozen=True)
class PrintJob:
    """What is printed where: pages from 1, both inclusive; None prints all."""

    printer: str
    copies: int = 1
    pages: tuple[int, int] | None = None
    duplex: bool = True
    title: str = ""


def printers() -> list[str]:
    """The printers this computer knows, the usual one first."""
    usual = QPrinterInfo.defaultPrinterName()
    names = QPrinterInfo.availablePrinterNames()
    return sorted(names, key=lambda name: (name != usual, name))


def send(pdf: bytes, job: PrintJob) -> None:
    """Print; raises AppError with what to do when the print system refuses."""
    if not job.printer:
        raise AppError(N_("No printer is connected. Connect one and try again, or save the paper as PDF first."))
    if shutil.which("lp"):
        _hand_over(pdf, job)
    else:
        _paint(pdf, job)


def _hand_over(pdf: bytes, job: PrintJob) -> None:
    words = ["lp", "-d", job.printer, "-n", str(job.copies), "-t", job.title or "record"]
    words += ["-o", "media=A4", "-o", "sides=two-sided-long-edge" if job.duplex else "sides=one-sided"]
    if job.pages:
        words += ["-P", f"{job.pages[0]}-{job.pages[1]}"]
    with TemporaryDirectory() as folder:
        file = Path(folder) / "record.pdf"
        file.write_bytes(pdf)
        try:
            done = subprocess.run([*words, "--", str(file)], capture_output=True, text=True, timeout=_SECONDS, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise _refused(job, str(error)) from error
    if done.returncode:
        raise _refused(job, (done.stderr or done.stdout).strip())


def _refused(job: PrintJob, reason: str) -> AppError:
    return AppError(
        N_("Not printed: the printer {printer} does not answer ({reason}). Check it and try again, or save the paper as "
           "PDF first. The record has not changed."),
        printer=job.printer,
        reason=reason or "?",
    )  # fmt: skip


def _paint(pdf: bytes, job: PrintJob) -> None:
    """Where nobody takes a PDF (Windows): pictures of 600 dots an inch."""
    printer = QPrinter(QPrinterInfo.printerInfo(job.printer), QPrinter.PrinterMode.HighResolution)
    printer.setResolution(_DOTS)
    printer.setFullPage(True)
    printer.setCopyCount(job.copies)
    printer.setDocName(job.title or "record")
    printer.setDuplex(QPrinter.DuplexMode.DuplexLongSide if job.duplex else QPrinter.DuplexMode.DuplexNone)
    document = pypdfium2.PdfDocument(pdf)
    first, last = job.pages or (1, len(document))
    painter = QPainter()
    if not painter.begin(printer):
        document.close()
        raise _refused(job, "")
    for number in range(first, last + 1):
        if number > first:
            printer.newPage()
        drawn = document[number - 1].render(scale=_DOTS / 72, grayscale=True)
        image = QImage(bytes(drawn.buffer), drawn.width, drawn.height, drawn.stride, QImage.Format.Format_Grayscale8)
        painter.drawImage(QRectF(0, 0, drawn.width, drawn.height), image)
    painter.end()
    document.close()

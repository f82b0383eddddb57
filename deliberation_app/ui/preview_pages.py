"""Pages of a PDF as pictures: drawn beside the window, kept while they are near, crisp on every screen."""

from __future__ import annotations

import threading
from collections import OrderedDict

import pypdfium2
from PySide6.QtCore import QObject, QRunnable, QSizeF, QThreadPool, Signal
from PySide6.QtGui import QImage

# PDFium keeps one state for the whole process.
_LOCK = threading.Lock()
_POINTS = 72
# Pictures kept: enough for what is seen and its neighbours, a few dozen megabytes at most.
_KEPT = 24


class PdfPages(QObject):
    """One PDF; ask for a page in pixels, get it now or be told when it is ready."""

    ready = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document: pypdfium2.PdfDocument | None = None
        self._serial = 0
        self._pictures: OrderedDict[tuple[int, int], QImage] = OrderedDict()
        self._asked: set[tuple[int, int]] = set()
        self.sizes: list[QSizeF] = []
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._drawn.connect(self._keep)

    _drawn = Signal(int, int, int, QImage)

    def open(self, data: bytes) -> None:
        """Show this PDF instead; pictures of the old one stay until the new ones come."""
        self.close()
        self._serial += 1
        with _LOCK:
            self._document = pypdfium2.PdfDocument(data)
            self.sizes = [QSizeF(*self._document.get_page_size(at)) for at in range(len(self._document))]

    def close(self) -> None:
        """Let go of the document and its pictures."""
        self._pool.clear()
        self._pool.waitForDone()
        with _LOCK:
            if self._document is not None:
                self._document.close()
                self._document = None
        self._pictures.clear()
        self._asked.clear()
        self.sizes = []

    def count(self) -> int:
        """How many pages there are."""
        return len(self.sizes)

    def picture(self, page: int, wide: int) -> QImage | None:
        """The page `wide` device pixels wide; None while it is being drawn, `ready` tells when."""
        key = (page, wide)
        found = self._pictures.get(key)
        if found is not None:
            self._pictures.move_to_end(key)
            return found
        if key not in self._asked and self._document is not None:
            self._asked.add(key)
            self._pool.start(_Drawing(self, self._serial, page, wide))
        return self._nearest(page)

    def _nearest(self, page: int) -> QImage | None:
        """A picture of the page at another size, better than a blank sheet."""
        return next((image for (at, _wide), image in reversed(self._pictures.items()) if at == page), None)

    def draw(self, serial: int, page: int, wide: int) -> None:
        """Draw one page; called in the worker thread."""
        with _LOCK:
            if serial != self._serial or self._document is None:
                return
            drawn = self._document[page].render(scale=wide / self.sizes[page].width(), rev_byteorder=True)
            image = QImage(
                bytes(drawn.buffer), drawn.width, drawn.height, drawn.stride, _FORMATS[drawn.n_channels]
            ).convertToFormat(QImage.Format.Format_RGB32)
        self._drawn.emit(serial, page, wide, image)

    def _keep(self, serial: int, page: int, wide: int, image: QImage) -> None:
        if serial != self._serial:
            return
        self._asked.discard((page, wide))
        self._pictures[(page, wide)] = image
        while len(self._pictures) > _KEPT:
            self._pictures.popitem(last=False)
        self.ready.emit(page)


_FORMATS = {1: QImage.Format.Format_Grayscale8, 3: QImage.Format.Format_RGB888, 4: QImage.Format.Format_RGBX8888}


class _Drawing(QRunnable):
    """One page to be drawn."""

    def __init__(self, pages: PdfPages, serial: int, page: int, wide: int) -> None:
        super().__init__()
        self._job = (serial, page, wide)
        self._pages = pages

    def run(self) -> None:
        """Draw it."""
        self._pages.draw(*self._job)

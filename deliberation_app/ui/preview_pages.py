"""Pages of a PDF as pictures: drawn beside the window, kept while they are near, crisp on every screen."""

from __future__ import annotations

import threading
from collections import OrderedDict
from functools import partial

import pypdfium2
from PySide6.QtCore import QCoreApplication, QObject, QRunnable, QSizeF, QThreadPool, Signal
from PySide6.QtGui import QImage

# PDFium keeps one state for the whole process: whoever calls it holds this.
PDFIUM = threading.Lock()
# Bytes of pictures kept, and how many wait to be drawn: enough for what is seen and its neighbours.
_KEPT = 128 * 1024 * 1024
_WAITING = 8
# So many characters tell a passage from the others.
_KNOWN_BY = 16
# Wider than this a picture costs memory and shows nothing more.
WIDEST = 2800

Key = tuple[int, int]


class PdfPages(QObject):
    """One PDF; ask for a page in pixels, get it now or be told when it is ready."""

    ready = Signal(int)
    _drawn = Signal(int, int, int, QImage)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._held: list[pypdfium2.PdfDocument] = []
        self._serial = 0
        self._pictures: OrderedDict[Key, QImage] = OrderedDict()
        self._before: dict[int, QImage] = {}
        self._waiting: OrderedDict[Key, None] = OrderedDict()
        self._busy = False
        self._guard = threading.Lock()
        self.sizes: list[QSizeF] = []
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._drawn.connect(self._keep)
        QCoreApplication.instance().aboutToQuit.connect(self.close)
        # The page is thrown away when language or scale change, without being asked to close anything.
        self.destroyed.connect(partial(_let_go, self._held))

    def open(self, data: bytes) -> None:
        """Show this PDF instead; pictures of the old one stay until the new ones come."""
        before = {page: image for (page, _wide), image in self._pictures.items()}
        self.close()
        self._before = before
        with PDFIUM:
            document = pypdfium2.PdfDocument(data)
            self._held.append(document)
            self.sizes = [QSizeF(*document.get_page_size(at)) for at in range(len(document))]

    def close(self) -> None:
        """Let go of the document and its pictures."""
        with self._guard:
            self._waiting.clear()
        self._serial += 1
        _let_go(self._held)
        self._pictures.clear()
        self._before = {}
        self.sizes = []

    def count(self) -> int:
        """How many pages there are."""
        return len(self.sizes)

    def page_of(self, words: str) -> int | None:
        """The page on which these words begin; it reads the pages, so ask beside the window."""
        wanted = "".join(words.split())[:_KNOWN_BY]
        for page in range(self.count() if wanted else 0):
            with PDFIUM:
                if not self._held:
                    return None
                text = self._held[0][page].get_textpage()
                found = "".join(text.get_text_range().split())
                text.close()
            if wanted in found:
                return page
        return None

    def kept_bytes(self) -> int:
        """How much memory the pictures take."""
        return sum(image.sizeInBytes() for image in self._pictures.values())

    def picture(self, page: int, wide: int) -> QImage | None:
        """The page `wide` device pixels wide, or what there is until `ready` tells that it has been drawn."""
        key = (page, min(wide, WIDEST))
        found = self._pictures.get(key)
        if found is not None:
            self._pictures.move_to_end(key)
            return found
        self._ask(key)
        return self._nearest(page)

    def _ask(self, key: Key) -> None:
        """Put a page on the list; the newest is drawn first, and what was only scrolled past falls off."""
        if not self._held:
            return
        with self._guard:
            self._waiting[key] = None
            self._waiting.move_to_end(key)
            while len(self._waiting) > _WAITING:
                self._waiting.popitem(last=False)
            if self._busy:
                return
            self._busy = True
        self._pool.start(_Drawing(self))

    def _nearest(self, page: int) -> QImage | None:
        """A picture of the page at another size or of the draft before, better than a blank sheet."""
        others = [image for (at, _wide), image in self._pictures.items() if at == page]
        return max(others, key=QImage.width, default=self._before.get(page))

    def draw_waiting(self) -> None:
        """Draw what is asked for until nothing is; called in the worker thread."""
        while True:
            with self._guard:
                if not self._waiting:
                    self._busy = False
                    return
                (page, wide), _none = self._waiting.popitem()
                serial = self._serial
            image = self._draw(serial, page, wide)
            if image is not None:
                self._drawn.emit(serial, page, wide, image)

    def _draw(self, serial: int, page: int, wide: int) -> QImage | None:
        with PDFIUM:
            if serial != self._serial or not self._held or page >= len(self.sizes):
                return None
            sheet = self._held[0][page]
            # A hair less, or rounding up would add a column of pixels and blur every letter.
            drawn = sheet.render(scale=(wide - 0.01) / self.sizes[page].width(), prefer_bgrx=True)
            sheet.close()
            # The copy owns its bytes; those of PDFium go with the bitmap.
            return QImage(drawn.buffer, drawn.width, drawn.height, drawn.stride, QImage.Format.Format_RGB32).copy()

    def _keep(self, serial: int, page: int, wide: int, image: QImage) -> None:
        if serial != self._serial:
            return
        self._before.pop(page, None)
        self._pictures[(page, wide)] = image
        held = self.kept_bytes()
        while held > _KEPT and len(self._pictures) > 1:
            _key, gone = self._pictures.popitem(last=False)
            held -= gone.sizeInBytes()
        self.ready.emit(page)


def _let_go(held: list[pypdfium2.PdfDocument], *_destroyed: object) -> None:
    with PDFIUM:
        while held:
            held.pop().close()


class _Drawing(QRunnable):
    """Draws what waits."""

    def __init__(self, pages: PdfPages) -> None:
        super().__init__()
        self._pages = pages

    def run(self) -> None:
        """Until nothing waits."""
        self._pages.draw_waiting()

"""The room's scene as strokes: what differs is painted anew, and then the picture is that of the whole scene."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from deliberation_app.ui.projector_canvas import HEIGHT, Canvas, region

WIDTH = 1920.0
# The sizes of a small window, of a screen, and one where nothing falls on whole pixels.
SCALES = (0.5, 1.0, 0.737)


def scene(*lines: str, part: float = 0.0, tone: str = "ok") -> Canvas:
    """A scene with a title, lines of words, a bar and an icon."""
    canvas = Canvas(WIDTH)
    canvas.fill(QRectF(0, 0, WIDTH, HEIGHT), "bg")
    canvas.top("停车议事会", "1 / 3", "15:00")
    for at, said in enumerate(lines):
        canvas.write(said, QRectF(80, 200 + at * 160, 900, 150), 120, weight=700)
        canvas.wrap(said * 9, QRectF(1040, 200 + at * 160, 800, 150), 50, tone="text2")
    canvas.bar(QRectF(80, 900, 900, 24), part, "okFill")
    canvas.icon("done", QRectF(1040, 880, 60, 60), tone)
    canvas.disc("A", 1200, 910)
    return canvas


def painted(image: QImage, canvas: Canvas, scale: float, before: Canvas | None = None) -> QImage:
    """The scene on a picture; with `before` only what is other than there."""
    boxes = canvas.changed_from(before) if before is not None else [QRectF(0, 0, WIDTH, HEIGHT)]
    changed = region(boxes, scale, 0)
    painter = QPainter(image)
    painter.setClipRegion(changed)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(scale, scale)
    parts = [(box.left() / scale, box.top() / scale, (box.left() + box.width()) / scale,
              (box.top() + box.height()) / scale) for box in changed]  # fmt: skip
    canvas.paint(painter, parts)
    painter.end()
    return image


def blank(scale: float) -> QImage:
    return QImage(int(WIDTH * scale), int(HEIGHT * scale), QImage.Format.Format_RGB32)


@pytest.mark.parametrize("scale", SCALES)
def test_what_changed_painted_over_the_last_scene_is_the_whole_scene(app_dressed: QApplication, scale: float) -> None:
    scenes = (
        scene("范例安", "1:42"), scene("范例安", "1:41"), scene("龚龑", "3:00", part=0.3), scene("龚龑", part=0.31),
        scene("Resolved by a large majority of those present", "300", "50", tone="bad", part=1.0), scene(),
    )  # fmt: skip
    image = painted(blank(scale), scenes[0], scale)
    for before, now in pairwise(scenes):
        assert painted(image, now, scale, before) == painted(blank(scale), now, scale)


def test_a_second_on_the_clock_touches_only_its_line(app_dressed: QApplication) -> None:
    boxes = scene("范例安", "1:41").changed_from(scene("范例安", "1:42"))
    assert boxes
    assert all(box.top() > 300 and box.bottom() < 600 for box in boxes)


def test_the_same_scene_touches_nothing(app_dressed: QApplication) -> None:
    assert scene("范例安").changed_from(scene("范例安")) == []


def test_strokes_in_another_order_are_painted_as_a_whole(app_dressed: QApplication) -> None:
    first, second = Canvas(WIDTH), Canvas(WIDTH)
    for canvas, tones in ((first, ("ok", "bad")), (second, ("bad", "ok"))):
        for tone in tones:
            canvas.fill(QRectF(0, 0, 100, 100), tone)
    assert second.changed_from(first) == [QRectF(0, 0, WIDTH, HEIGHT)]


def test_words_longer_than_a_room_can_read_say_that_there_are_more(app_dressed: QApplication) -> None:
    canvas, box = Canvas(WIDTH), QRectF(80, 200, 700, 330)
    used = canvas.wrap("停车费怎么收、收多少、谁来管，" * 100, box, 56, weight=700, more="…（还有）")
    shown = str(canvas.strokes[-1][5])
    assert used <= box.height()
    assert shown.endswith("…（还有）")
    assert used + canvas.height("停", 700, 40, 700) > box.height()  # it fills its box
    canvas.wrap("停车费怎么收？", box, 56, weight=700, more="…（还有）")
    assert canvas.strokes[-1][5] == "停车费怎么收？"


@pytest.mark.parametrize("most", [40, 56, 92])
def test_type_is_as_large_as_the_box_lets_it_be(app_dressed: QApplication, most: int) -> None:
    canvas = Canvas(WIDTH)
    for text in ("票", "停车议事会", "In favour 300", "先划线再收费，" * 5):
        size = canvas.line(text, 600, most, 700)
        assert 40 <= size <= most
        assert size == 40 or canvas.wide(text, size, 700) <= 600
        assert size == most or canvas.wide(text, min(size + 4, most), 700) > 600

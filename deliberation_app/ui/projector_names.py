"""Who stands in an election and what each has got: names as large as there is room for, and never shortened."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QRectF

from deliberation_app.language import _, ngettext_
from deliberation_app.services.board import Motion
from deliberation_app.services.votes import Preview
from deliberation_app.ui.kit import rare_faces
from deliberation_app.ui.projector_canvas import LEAST, Canvas

# A name, what stands behind it, and whether both are strong.
Told = tuple[str, str, bool]
_LINE = 1.45
_LARGEST, _LARGEST_ROW = 104, 72
# Less than this is no bar.
_BAR = 120.0


def standing(canvas: Canvas, motion: Motion, box: QRectF) -> None:
    """How many are to be elected, and who stands."""
    upper = box.top()
    if motion.seats:
        said = _("To be elected: {count}").format(count=motion.seats)
        canvas.write(said, QRectF(box.left(), upper, box.width(), 70), 48, tone="text2")
        upper += 82
    rest = QRectF(box.left(), upper, box.width(), box.bottom() - upper)
    _flow(canvas, [(one.name, "", True) for one in motion.nominees], rest, _LARGEST)


def counted(canvas: Canvas, motion: Motion, preview: Preview, place: QRectF) -> None:
    """Everybody who stood with a bar and the votes; where the names are too long for that, one behind the other."""
    elected = preview.election.elected if preview.election is not None else ()
    word, told = _("elected"), []
    for one in motion.nominees:
        won = str(one.person_id) in elected
        told.append((one.name, f"{one.in_favour} {word}" if won else str(one.in_favour), won))
    columns = 2 if len(told) > 5 else 1
    lines = max(-(-len(told) // columns), 1)
    wide = (place.width() - 80 * (columns - 1)) / columns
    high = min(place.height() / lines, 120)
    size = max(min(high * 0.6, _LARGEST_ROW), LEAST)
    end = canvas.wide(f"999 {word}", size, 700) + 20
    while size > LEAST and max(canvas.wide(name, size, 700) for name, *_more in told) + 30 > wide - end - _BAR:
        size = max(size - 4, LEAST)
        end = canvas.wide(f"999 {word}", size, 700) + 20
    across = max(canvas.wide(name, size, 700) for name, *_more in told) + 30
    if across > wide - end or high < LEAST * _LINE:
        _flow(canvas, told, place, _LARGEST_ROW)
        return
    whole, heavy = max(preview.count.present, 1), _heavy(told)
    for at, (one, (name, said, won)) in enumerate(zip(motion.nominees, told, strict=True)):
        row = QRectF(place.left() + at // lines * (wide + 80), place.top() + at % lines * high, wide, high)
        canvas.write(name, QRectF(row.left(), row.top(), across, high), size, weight=heavy if won else 400)
        thick = min(size * 0.7, high * 0.55)
        bar = QRectF(row.left() + across, row.center().y() - thick / 2, wide - across - end, thick)
        if bar.width() >= _BAR:
            canvas.bar(bar, one.in_favour / whole, "okFill" if won else "tick")
        canvas.write(said, QRectF(row.right() - end, row.top(), end, high), size, weight=700, right=True)


def _heavy(told: Sequence[Told]) -> int:
    """The weight of what is strong: one that every name can have, so that nobody stands out by a rare character."""
    return min((rare_faces.worn(name, 700)[0] for name, *_more in told), default=700)


def _flow(canvas: Canvas, told: Sequence[Told], box: QRectF, largest: int) -> None:
    """One name behind the other, none broken, in the largest size in which all have room."""
    for size in range(largest, LEAST - 1, -4):
        lines = list(_lines(canvas, told, box.width(), size))
        widest = max((_across(canvas, one, size) - size for one in told), default=0)
        if len(lines) * size * _LINE <= box.height() and widest <= box.width():
            break
    else:
        if any(behind for _name, behind, _strong in told):  # a number alone, rather than beyond the edge
            told = [(name, behind.partition(" ")[0], strong) for name, behind, strong in told]
            lines = list(_lines(canvas, told, box.width(), size))
    heavy = _heavy(told)
    most = max(int(box.height() / (size * _LINE)), 1)
    more = sum(len(line) for line in lines[most:])
    for at, line in enumerate(lines[:most]):
        left, upper = box.left(), box.top() + at * size * _LINE
        for name, behind, strong in line:
            wide = min(canvas.wide(name, size, 700) + 4, box.width())
            place = QRectF(left, upper, wide, size * _LINE)
            canvas.write(name, place, size, weight=heavy if strong else 400)
            if behind:
                after = QRectF(left + wide + size * 0.3, upper, canvas.wide(behind, size, 700) + 4, size * _LINE)
                canvas.write(behind, after, size, weight=700, tone="ok" if strong else "text2")
            left += _across(canvas, (name, behind, strong), size)
    if more:
        said = ngettext_("and {count} more person", "and {count} more people", more).format(count=more)
        place = QRectF(box.left(), box.bottom(), box.width(), LEAST * _LINE)
        canvas.write(said, place.translated(0, -LEAST * _LINE * 0.2), LEAST, tone="text2", right=True)


def _across(canvas: Canvas, one: Told, size: float) -> float:
    """How wide a name is with what stands behind it and the gap to the next."""
    name, behind, _strong = one
    return canvas.wide(name, size, 700) + (canvas.wide(behind, size, 700) + size * 0.3 if behind else 0) + size


def _lines(canvas: Canvas, told: Sequence[Told], width: float, size: float) -> Iterator[list[Told]]:
    line: list[Told] = []
    used = 0.0
    for one in told:
        across = _across(canvas, one, size)
        if line and used + across - size > width:
            yield line
            line, used = [], 0.0
        line.append(one)
        used += across
    yield line

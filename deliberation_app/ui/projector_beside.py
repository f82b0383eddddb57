"""Beside who speaks: the open question or what was answered just now, and the options that lie before the room."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QRectF

from deliberation_app.language import _
from deliberation_app.services.board import Board, Said
from deliberation_app.ui import console_words as words
from deliberation_app.ui.console_item import explained, letter, without_name
from deliberation_app.ui.projector_canvas import LEAST, Canvas
from deliberation_app.ui.projector_votes import more_words

_QUESTION_AT_LEAST = 300.0
_ASKS = 60.0
# Whether options are explained, their size, and that of the question at most: the explanations give way last.
_SIZES = (
    (True, 72, 72), (True, 64, 64), (True, 56, 64), (True, 50, 56), (True, 44, 56), (True, LEAST, 56),
    (True, LEAST, 44), (False, 50, 56), (False, 44, 56), (False, LEAST, 56),
)  # fmt: skip
# Larger than this is only what is short: one line for a title or what explains it, at most two.
_USUAL = 50
# Who asks or answers, in words, and what; the tone; to what it is an answer.
Asked = tuple[str, str, str, str]
# The letter, the title and what is explained.
Shown = tuple[str, str, str]


def beside(canvas: Canvas, board: Board, box: QRectF) -> None:
    """The question, then the options: explained where there is room, the question alone gives way to them."""
    told = _pair(board) or _open(board)
    options = tuple((letter(one, at), without_name(one), explained(one)) for at, one in enumerate(board.options))
    canvas.take(_composed(canvas.width, box.getRect(), told, options, more_words()))


def answered(board: Board) -> Said | None:
    """The answer that was noted last, until something else is noted or somebody else speaks."""
    last = board.statements[-1] if board.statements else None
    if last is None or last.side != "answer" or last.answers_id is None:
        return None
    return last if board.speaker is None or board.speaker.person_id == last.speaker_id else None


def _pair(board: Board) -> Asked | None:
    """What was answered just now, with its question and the day that was promised."""
    answer = answered(board)
    question = next((one for one in board.statements if answer is not None and one.id == answer.answers_id), None)
    if answer is None or question is None:
        return None
    head = _("{name} answers").format(name=answer.speaker or _("no name given"))
    if answer.promised_by is not None:
        head = f"{head} · {_('promised by {day}').format(day=words.day(answer.promised_by))}"
    asked = _("{name} asks").format(name=question.speaker or _("no name given"))
    return head, answer.text, "ok", _("{name}: {text}").format(name=asked, text=question.text)


def _open(board: Board) -> Asked | None:
    asked = next((one for one in reversed(board.statements) if one.open), None)
    if asked is None and not board.options and board.open_questions:
        asked = board.open_questions[-1]
    if asked is None:
        return None
    return _("{name} asks").format(name=asked.speaker or _("no name given")), asked.text, "warn", ""


# While somebody speaks it stays the same from second to second.
@lru_cache(8)
def _composed(
    width: float, place: tuple[float, ...], asked: Asked | None, options: tuple[Shown, ...], more: str
) -> Canvas:  # fmt: skip
    canvas, box = Canvas(width), QRectF(*place)
    question, room = asked, box.height()
    for explain, size, most in _SIZES:
        rows = _option_heights(canvas, options, box.width(), size, explain)
        above = _question_height(canvas, asked, box.width(), most) + 40 if asked is not None else 0
        if above + sum(rows) <= room and (size <= _USUAL or _short(canvas, options, box.width(), size)):
            break
    else:
        # A question longer than the room is shortened; where not even that fits, the options are what counts.
        above = room - sum(rows)
        if above < _QUESTION_AT_LEAST:
            question, above = None, 0
            explain = sum(_option_heights(canvas, options, box.width(), size, True)) <= room
            rows = _option_heights(canvas, options, box.width(), size, explain)
    rows = _given_way(rows, room - above)
    below = box.top()
    if question is not None:
        _question(canvas, question, QRectF(box.left(), box.top(), box.width(), above - 40), most, more)
        below += above
    spare = max(box.bottom() - below - sum(rows), 0) / max(len(rows) + 1, 2)
    for at, ((sign, title, text), high) in enumerate(zip(options, rows, strict=True)):
        below += min(spare, 24) if at or question is not None else 0
        canvas.disc(sign, box.left(), below + size * 0.73 + 8)
        beside_disc = QRectF(box.left() + 100, below + 8, box.width() - 100, high)
        used = canvas.put(title, beside_disc.adjusted(0, 0, 0, -19), size, weight=700, more=more)
        if explain and text:
            canvas.put(text, beside_disc.adjusted(0, used + 4, 0, 0), _under(size), tone="text2")
        below += high
    return canvas


def _option_heights(
    canvas: Canvas, options: tuple[Shown, ...], width: float, size: float, explain: bool
) -> list[float]:  # fmt: skip
    rows = []
    for _sign, title, text in options:
        high = canvas.height(title, width - 100, size, 700)
        if explain and text:
            high += canvas.height(text, width - 100, _under(size)) + 4
        rows.append(max(high, 80) + 20)
    return rows


def _given_way(rows: list[float], room: float) -> list[float]:
    """The same heights where they have room, else the highest as high as all of them can be."""
    most = max(rows, default=0.0)
    while rows and most > 0 and sum(min(high, most) for high in rows) > room:
        most -= 4
    return [min(high, most) for high in rows]


def _under(size: float) -> float:
    """The size of what explains an option whose title has this size."""
    return max(round(size * 0.8), LEAST)


def _short(canvas: Canvas, options: tuple[Shown, ...], width: float, size: float) -> bool:
    """Whether no option needs more than two lines in this size, for its title or for what explains it."""
    return all(
        canvas.height(said, width - 100, high, weight) <= 2 * 1.45 * high + 1
        for _sign, title, text in options for said, high, weight in ((title, size, 700), (text, _under(size), 400))
    )  # fmt: skip


def _question_size(canvas: Canvas, asked: Asked, width: float, most: float) -> float:
    return canvas.size(asked[1], width - 96, 330, most, 700)


def _asks_height(canvas: Canvas, asked: Asked, width: float) -> float:
    """Who asks stands in as many lines as the name needs: a name is never shortened."""
    if canvas.wide(asked[0], LEAST, 500) <= width - 96:
        return _ASKS
    return canvas.height(asked[0], width - 96, LEAST, 500)


def _before_height(canvas: Canvas, asked: Asked, width: float) -> float:
    """To what it is an answer: two lines say it."""
    return min(canvas.height(asked[3], width - 96, LEAST), 2 * 1.45 * LEAST + 1) + 12 if asked[3] else 0


def _question_height(canvas: Canvas, asked: Asked, width: float, most: float) -> float:
    size = _question_size(canvas, asked, width, most)
    high = min(canvas.height(asked[1], width - 96, size, 700), 660)
    return high + 88 + _asks_height(canvas, asked, width) + _before_height(canvas, asked, width)


def _question(canvas: Canvas, asked: Asked, box: QRectF, most: float, more: str) -> None:
    head, text, tone, before = asked
    canvas.block(box, f"{tone}Tint")
    inside, above = box.adjusted(48, 32, -48, -32), _asks_height(canvas, asked, box.width())
    if before:
        high = _before_height(canvas, asked, box.width())
        canvas.put(before, QRectF(inside.left(), inside.top(), inside.width(), high - 12), LEAST, tone="text2")
        inside = inside.adjusted(0, high, 0, 0)
    place = QRectF(inside.left(), inside.top(), inside.width(), above)
    if above > _ASKS:
        canvas.wrap(head, place, LEAST, weight=500, tone=tone)
    else:
        canvas.write(head, place, 44, weight=500, tone=tone)
    size = _question_size(canvas, asked, box.width(), most)
    canvas.wrap(text, inside.adjusted(0, above + 16, 0, 8), size, weight=700, more=more)

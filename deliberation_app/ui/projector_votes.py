"""The room during a vote and after it: the motion, then the verdict with its arithmetic; never who voted how."""

from __future__ import annotations

import uuid

from PySide6.QtCore import QRectF

from deliberation_app.domain.votes import RULES
from deliberation_app.domain.votes_law import UNCHECKED
from deliberation_app.domain.votes_series import WAYS, SeriesTable, SeriesVote
from deliberation_app.language import _, ngettext_
from deliberation_app.services import votes
from deliberation_app.services.board import Board, Motion
from deliberation_app.services.board_picture import Option
from deliberation_app.services.votes import Preview
from deliberation_app.ui import console_words as words
from deliberation_app.ui import projector_names
from deliberation_app.ui.console_item import explained, letter, without_name
from deliberation_app.ui.console_room import present_of
from deliberation_app.ui.console_series import result_words
from deliberation_app.ui.projector_canvas import EDGE, LEAST, Canvas

# A motion higher than this leaves no room for words at the line; the arithmetic below says the same.
_LONG = 230.0
# A verdict in smaller type than this is none.
_READ = 60
# Above the arithmetic it is said what makes the votes add up, in one line or two of this height.
_BELOW, _SUMS = 802.0, 58.0
# What the chair has to do before anything the room sees comes next.
_CHORES = ("announce", "no_more", "outcome")
_VOTES = (("in_favour", "okFill"), ("against", "tick"), ("abstain", "tick"))


def more_words() -> str:
    """Behind words that are longer than a room can read: who sits ten metres away is to know that there are more."""
    return _("… (the chair reads out the rest)")


def voting(canvas: Canvas, board: Board, counting: uuid.UUID | None) -> None:
    """The motion while people vote, and while they wait for the numbers."""
    motion = board.vote
    if motion is None:
        return
    room = canvas.width - 2 * EDGE
    head = " · ".join((words.rule_name(motion), _(votes.METHODS[motion.method])))
    canvas.write(head, QRectF(EDGE, 180, room, 80), 52, weight=500, tone="accentText")
    about = [] if motion.nominees else _about(board, motion)
    # What is voted on stands below in large type where there is more of it than one option.
    most, high = (88, 230) if motion.nominees or len(about) > 1 else (112, 300) if about else (144, 480)
    used = canvas.wrap(motion.motion, QRectF(EDGE, 276, room, high), most, weight=700, more=more_words())
    if motion.nominees:
        projector_names.standing(canvas, motion, QRectF(EDGE, 300 + used, room, 770 - 300 - used))
    _options(canvas, about, QRectF(EDGE, 276 + used + 36, room, 770 - 276 - used - 36))
    present, due = present_of(board)
    said = _("{present} of {due} present").format(present=present, due=due)
    canvas.write(said, QRectF(EDGE, 790, room, 80), 52, tone="text2")
    said = _waiting(board, motion, counting)
    canvas.write(said, QRectF(EDGE, 790, room, 80), 56, weight=700, tone="accentText", right=True)
    force(canvas, motion.rule, "")


def _waiting(board: Board, motion: Motion, counting: uuid.UUID | None) -> str:
    """What the room waits for; a number is seen when the chair announces the result."""
    if board.counted_again:
        return _("Counting again…")
    if motion.method == "consensus":
        return _("Does anybody object?")
    if motion.counts is not None or counting == motion.id:
        return _("Counting…")
    papers = motion.method in ("secret_ballot", "written")
    return _("Please cast your ballots") if papers else _("Please vote")


def _about(board: Board, motion: Motion) -> list[tuple[str, Option]]:
    """The options that the motion only names, each with its letter: the room is to know what they are."""
    named = {str(one) for one in (motion.series or {}).get("about", ())} | {str(motion.option_id)}
    lettered = [(letter(one, at), one) for at, one in enumerate(board.options) if str(one.id) in named]
    return [(sign, one) for sign, one in lettered if without_name(one) not in motion.motion]


def _options(canvas: Canvas, about: list[tuple[str, Option]], box: QRectF) -> None:
    """What stands behind the names; the explanation only where there is room for it."""
    wide = box.width() - 104
    for title, text in ((64, 48), (56, LEAST), (56, 0), (LEAST, 0)):
        rows = [
            (canvas.height(without_name(one), wide, title, 700),
             canvas.height(explained(one), wide, text) if text and explained(one) else 0)
            for _sign, one in about
        ]  # fmt: skip
        if sum(max(above + below, 72) + 20 for above, below in rows) <= box.height():
            break
    upper = box.top()
    for (sign, one), (above, below) in zip(about, rows, strict=True):
        canvas.disc(sign, box.left(), upper + title * 0.73)
        used = canvas.wrap(without_name(one), QRectF(box.left() + 104, upper, wide, above), title, weight=700)
        if below:
            canvas.wrap(explained(one), QRectF(box.left() + 104, upper + used, wide, below), text, tone="text2")
        upper += max(above + below, 72) + 20


def result(canvas: Canvas, board: Board, motion: Motion, preview: Preview) -> None:
    """The verdict with its bars, the line to pass, the arithmetic, and what it is worth."""
    verdict, room = preview.verdict, canvas.width - 2 * EDGE
    said, won = words.judged(motion.rule, preview.count, verdict), verdict.passed
    pair = words.in_pairs(motion)
    if pair:
        said, won = words.pair_outcome(motion, board.options, preview.count, quorate=verdict.quorate)
    election = preview.election
    if election is not None and verdict.quorate:
        names = {str(one.person_id): one.name for one in motion.nominees}
        said = _("Elected: {names}").format(names="、".join(names.get(key, key) for key in election.elected))
        said, won = (said, True) if election.elected else (_("Nobody is elected"), False)
        if canvas.line(said, room - 156, 92, 700) < _READ:  # each name stands below, larger than here
            said = _seats(preview, motion)
    tone, icon = ("ok", "done") if won else ("text", "note" if pair else "failed")
    canvas.icon(icon, QRectF(EDGE, 176, 120, 120), tone)
    canvas.write(said, QRectF(236, 172, room - 156, 126), 92, weight=700, tone=tone)
    papers = _papers(preview, motion)
    if election is not None and verdict.quorate:
        papers = " · ".join(filter(None, (papers, words.least_votes(preview))))
    high = canvas.wrap(motion.motion, QRectF(EDGE, 308, room, 300), 48, tone="text2", more=more_words())
    sums = _BELOW - (_SUMS if canvas.wide(papers, LEAST) <= room else 2 * _SUMS) if papers else _BELOW
    place = QRectF(EDGE, 308 + high + 16, room, sums - 308 - high - 16)
    if motion.nominees:
        projector_names.counted(canvas, motion, preview, place)
    else:
        _bars(canvas, board, motion, preview, place, marked=high < _LONG)
    if papers:
        canvas.wrap(papers, QRectF(EDGE, sums, room, _BELOW - sums + 2), 42, tone="text2")
    _arithmetic(canvas, board, motion, preview, said)
    # That a number of a clause is still to be checked is for the chair, not for the room.
    clause = RULES[motion.rule].clause(preview.count, board.now.date()).replace(UNCHECKED, "")
    force(canvas, motion.rule, clause, _following(board))


def _following(board: Board) -> str:
    """What the room can expect now: the vote or the entry that comes next; what only the chair has to do is none."""
    step = next((one for one in board.steps if one.act not in _CHORES), None)
    if step is not None and step.act == "vote":
        option = next((one for one in board.options if one.id == step.target), None)
        return _("Next, the vote on {option}").format(option=option.name) if option is not None else ""
    if step is not None and step.act == "next_entry":
        title = next((one.title for one in board.entries if one.id == step.target), "")
        return _("Next: {title}").format(title=title)
    return ""


def _seats(preview: Preview, motion: Motion) -> str:
    elected = preview.election.elected if preview.election is not None else ()
    return _("{elected} of {seats} seats").format(elected=len(elected), seats=motion.seats or 1)


def _arithmetic(canvas: Canvas, board: Board, motion: Motion, preview: Preview, said: str) -> None:
    """What the votes are compared with, and the quorum beside it; below it where the screen is narrow."""
    room, election = canvas.width - 2 * EDGE, preview.election
    lines = {one.name: words.check_line(one) for one in preview.verdict.checks}
    if election is not None:
        tied = _("equal votes at the last seat: vote again between them") if election.tied else ""
        lines["passing"] = " · ".join(part for part in (_seats(preview, motion), tied) if part and part != said)
    if words.in_pairs(motion):
        lines["passing"] = words.only_ranks(board.options, words.compared(motion))
    passing, quorum = lines.get("passing", ""), lines.get("quorum", "")
    wide = canvas.wide(quorum, 44) + 4
    if canvas.wide(passing, 46, 500) + wide + 40 <= room:
        canvas.write(passing, QRectF(EDGE, 806, room - wide - 40, 116), 46, weight=500)
        canvas.write(quorum, QRectF(EDGE + room - wide, 806, wide, 116), 44, tone="text2", right=True)
    else:
        canvas.write(passing, QRectF(EDGE, 801, room, 62), 44, weight=500)
        canvas.write(quorum, QRectF(EDGE, 862, room, 62), 42, tone="text2")


def _papers(preview: Preview, motion: Motion) -> str:
    """What makes the votes add up to those present: papers given out, come back and invalid, and who gave no vote."""
    count, said = preview.count, []
    if motion.method == "secret_ballot" and count.ballots_issued is not None:
        returned = count.ballots_returned if count.ballots_returned is not None else count.ballots_issued
        said.append(_("Ballots issued {issued}, returned {returned}").format(
            issued=count.ballots_issued, returned=returned))  # fmt: skip
    if count.invalid:
        said.append(f"{_('Invalid')} {count.invalid}")
    if count.written_opinions:
        said.append(f"{_('of these in writing beforehand')} {count.written_opinions}")
    if preview.not_cast:
        waiting = ngettext_("{count} has not voted", "{count} have not voted", preview.not_cast)
        said.append(waiting.format(count=preview.not_cast))
    return " · ".join(said)


def _bars(
    canvas: Canvas, board: Board, motion: Motion, preview: Preview, place: QRectF, *, marked: bool
) -> None:  # fmt: skip
    count, pair = preview.count, words.in_pairs(motion)
    names = words.choices(motion, board.options)
    line = next((one for one in preview.verdict.checks if one.name == "passing"), None)
    heads = line is not None and line.by == "heads" and not pair
    marked = marked and heads
    upper = place.top() + (62 if marked else 0)
    high = min((place.bottom() - upper) / len(_VOTES), 106)
    size = max(min(56, high * 0.6), LEAST)
    left = EDGE + min(max(canvas.wide(name, size, 500) for name in names.values()) + 60, canvas.width * 0.4)
    right = canvas.width - EDGE - 180
    whole = max(line.whole if line is not None else count.present, 1)
    for at, (field, tone) in enumerate(_VOTES):
        row, number = QRectF(EDGE, upper + at * high, left - EDGE - 30, high), count.number(field)
        canvas.write(names[field], row, size, weight=500)
        thick = min(56.0, high * 0.55)
        ahead = pair and number > 0 and number == max(count.in_favour, count.against) and field != "abstain"
        tone = ("okFill" if ahead and count.in_favour != count.against else "tick") if pair else tone
        canvas.bar(QRectF(left, row.center().y() - thick / 2, right - left, thick), number / whole, tone)
        numbers = QRectF(right + 20, row.top(), canvas.width - EDGE - right - 20, high)
        canvas.write(str(number), numbers, max(min(72, high * 0.7), LEAST), weight=700, right=True)
    if line is None or not heads:
        return
    at = left + (right - left) * line.numerator / line.denominator
    canvas.fill(QRectF(at - 3, upper + high * 0.12, 6, high * 0.76), "text")
    if marked:
        part = words.threshold(line.numerator, line.denominator)
        said = (_("more than {part}") if line.strict else _("at least {part}")).format(part=part)
        half = canvas.wide(said, 42) / 2 + 2
        canvas.write(said, QRectF(min(at - half, right - 2 * half), upper - 58, 2 * half, 60), 42, tone="text2")


def series(canvas: Canvas, board: Board, table: SeriesTable) -> None:
    """What a comparison of several options has come to: each vote with its numbers, then who is ahead of all."""
    room = canvas.width - 2 * EDGE
    way = _("Approval") if table.way == "approval" else _("In pairs")
    said, tone = result_words(table) if table.over else (_(WAYS[table.way]), "text")
    if table.over:
        canvas.write(way, QRectF(EDGE, 160, room / 2, 70), 44, weight=500, tone="accentText")
    high = canvas.wrap(said, QRectF(EDGE, 228, room, 200), 92 if table.over else 64, weight=700, tone=tone)
    upper = 228 + high + 28
    still = _left_words(table)
    lower = 900 if still or not table.same_voters else 912
    step = min((lower - upper - (70 if still else 0)) / max(len(table.rows), 1), 176)
    size = max(min(56, step * 0.5), LEAST)
    if table.way == "approval":
        meant = " : ".join((_("In favour"), _("Against"), _("Abstained")))
        canvas.write(meant, QRectF(EDGE + room / 2, 160, room / 2, 70), LEAST, tone="text2", right=True)
    titles = {one.name: f"{one.name}　{without_name(one)}".strip() for one in board.options if one.name != one.title}
    for at, vote in enumerate(table.rows):
        row = QRectF(EDGE, upper + at * step, room, step)
        _series_row(canvas, table, vote, row, size, titles)
    if still:
        canvas.write(still, QRectF(EDGE, lower - 66, room, 66), 46, tone="text2")
    ranks = words.only_ranks(board.options, table.options) if table.way == "pairs" else ""
    force(canvas, board.motions[-1].rule, "", ranks)


def _left_words(table: SeriesTable) -> str:
    if table.over:
        return "" if table.same_voters else _("Not everybody was there for every vote.")
    return ngettext_("{count} vote still to come", "{count} votes still to come", table.left).format(count=table.left)


def _series_row(
    canvas: Canvas, table: SeriesTable, vote: SeriesVote, row: QRectF, size: float, titles: dict[str, str]
) -> None:
    """One vote: what it was about, a bar for each side that matters, its numbers."""
    won = vote.options[0] in table.winners or (len(vote.options) > 1 and vote.options[1] in table.winners)
    weight = 700 if won else 400
    wide = row.width() * 0.46
    if len(vote.options) > 1:
        said = _("{one} against {other}").format(one=vote.options[0], other=vote.options[1])
        numbers = f"{vote.in_favour} : {vote.against}"
    else:
        said = titles.get(vote.options[0], vote.options[0])
        numbers = f"{vote.in_favour} : {vote.against} : {vote.abstain}"
    canvas.wrap(said, QRectF(row.left(), row.top(), wide - 30, row.height()), size, weight=weight, middle=True)
    end = 300.0
    bar = QRectF(row.left() + wide, row.center().y() - 16, row.width() - wide - end, 32)
    canvas.bar(bar, vote.in_favour / max(vote.present, 1), "okFill" if won else "tick")
    canvas.write(numbers, QRectF(row.right() - end, row.top(), end, row.height()), size, weight=700, right=True)


def force(canvas: Canvas, rule: str, clause: str, beside: str = "") -> None:
    """What a vote is worth: the clause it rests on, or that it binds nobody; beside it what comes next."""
    box = QRectF(EDGE, 932, canvas.width - 2 * EDGE, 116)
    inside, binding = box.adjusted(40, 0, -40, 0), RULES[rule].legal_force
    said = clause if binding else _("A straw poll, no legal force")
    if not (said or beside):
        return
    canvas.block(box, "sunken" if binding else "warnTint")
    size, weight, tone = (42, 400, "text2") if binding else (48, 700, "warn")
    wide = min(canvas.wide(said, size, weight) + 4, inside.width() * 0.56)
    # Law is never shortened: what comes next is told where both have room.
    if said and beside and canvas.fits(said, QRectF(0, 0, wide, box.height()), weight):
        canvas.write(beside, inside.adjusted(wide + 60, 0, 0, 0), 44, right=True)
        inside.setWidth(wide)
    canvas.write(said or beside, inside, size, weight=weight, tone=tone)

"""What the numbers mean: whether they add up, the verdict with its arithmetic, and the clause it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from deliberation_app.domain.votes import RULES
from deliberation_app.language import _, ngettext_, render
from deliberation_app.services.votes import Preview
from deliberation_app.ui import console_words as words
from deliberation_app.ui.console_verdict_lines import WRAP, Arranged, Told, arranged
from deliberation_app.ui.kit import icons, theme
from deliberation_app.ui.kit.marks import ink, tint
from deliberation_app.ui.kit.one_line import plain_tip
from deliberation_app.ui.kit.theme import px


def sum_words(rule: str, preview: Preview) -> str:
    """12 + 4 + 3 = 19, with invalid papers where there are some."""
    count = preview.count
    parts = [count.in_favour, count.against, count.abstain]
    if count.invalid and RULES[rule].invalid_took_part:
        parts.append(count.invalid)
    return f"{' + '.join(str(part) for part in parts)} ＝ {sum(parts)}"


def sum_state(rule: str, preview: Preview) -> tuple[str, str, str]:
    """Whether the sum fits those present, with tone and icon; owners take part by their papers, not in a room."""
    if preview.faults:
        return _("does not add up"), "bad", "late"
    if preview.not_cast:
        said = ngettext_("{count} has not voted", "{count} have not voted", preview.not_cast)
        return said.format(count=preview.not_cast), "info", "note"
    apart = RULES[rule].by_area or preview.count.written_opinions
    return _("adds up") if apart else _("as many as are here"), "ok", "done"


class VerdictBox(QWidget):
    """The sum with its state, then a tint with the verdict and the lines of arithmetic.

    It paints its words itself: a dozen labels that come into sight together lay out and paint the column for longer
    than the whole act takes.
    """

    def __init__(self) -> None:
        super().__init__()
        self.told = Told()
        self._short = False
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changes.changed.connect(self.updateGeometry)

    def set_short(self, short: bool) -> None:
        """Only what came out and why, where counting leaves no room for the quorum and the clause too."""
        if short != self._short:
            self._short = short
            self._say()

    def show_preview(
        self, rule: str, preview: Preview | None, day: date, names: Mapping[str, str], *, sums: bool = True,
        pair: tuple[str, bool, str] | None = None,
    ) -> None:  # fmt: skip
        """What the numbers typed so far mean; None hides everything until there are some."""
        if preview is None:
            self.hide()
            return
        told = _told(rule, preview, day, names, sums=sums, pair=pair)
        if told != self.told:
            self.told = told
            self._say()
        self.show()

    def _say(self) -> None:
        rest = (self.told.quorum, self.told.clause) if self._short else ()
        self.setToolTip(plain_tip("\n".join(one for one in rest if one)))
        self.setAccessibleName("\n".join(self.told.lines()))
        self.updateGeometry()
        self.update()

    def _drawn(self, width: int) -> Arranged:
        return arranged(self.told, self._short, width, theme.look().scale)

    def heightForWidth(self, width: int) -> int:
        """As high as its lines."""
        return self._drawn(width).height

    def sizeHint(self) -> QSize:
        """For a column of the usual width."""
        return QSize(px(240), self.heightForWidth(px(240)))

    def minimumSizeHint(self) -> QSize:
        """Lines are broken, never cut."""
        return QSize(px(160), 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Tint, icons, words."""
        painter = QPainter(self)
        drawn = self._drawn(self.width())
        if drawn.tint is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(tint(self.told.tone)))
            painter.drawRoundedRect(drawn.tint, px(8), px(8))
        for name, icon_tone, place in drawn.icons:
            icons.paint(painter, name, place, theme.colour(ink(icon_tone)))
        for text, kind, tone, place in drawn.words:
            painter.setFont(theme.font(kind))
            painter.setPen(theme.colour(ink(tone)))
            painter.drawText(place, WRAP, text)


def _told(
    rule: str, preview: Preview, day: date, names: Mapping[str, str], *, sums: bool,
    pair: tuple[str, bool, str] | None,
) -> Told:  # fmt: skip
    """The words on a count; numbers that cannot be right are no result: what they would mean is not said."""
    said: dict[str, str] = {}
    if sums:
        state, tone, icon = sum_state(rule, preview)
        said = {"sum": sum_words(rule, preview), "state": state, "state_tone": tone, "state_icon": icon}
    if preview.faults:
        return Told(**said, faults="\n".join(render(fault) for fault in preview.faults))
    verdict = preview.verdict
    lines = {name: "\n".join(words.check_line(one) for one in verdict.checks if one.name == name)
             for name in ("passing", "quorum")}  # fmt: skip
    title, won = _outcome(rule, preview, names), verdict.passed
    if preview.election is not None:
        lines["passing"] = _seats(preview)
    if pair is not None:  # a comparison has no line to reach: it says who is ahead
        title, won, lines["passing"] = pair
    clause = RULES[rule].clause(preview.count, day)
    return Told(**said, title=title, tone="ok" if won else "warn", clause=clause, **lines)


def _outcome(rule: str, preview: Preview, names: Mapping[str, str]) -> str:
    verdict, election = preview.verdict, preview.election
    if election is None or not verdict.quorate:
        return words.judged(rule, preview.count, verdict)
    if not election.elected:
        return _("Nobody is elected")
    return _("Elected: {names}").format(names="、".join(names.get(key, key) for key in election.elected))


def _seats(preview: Preview) -> str:
    election = preview.election
    if election is None:
        return ""
    said = []
    if election.tied:
        said.append(_("equal votes at the last seat: vote again between them"))
    if election.unfilled:
        said.append(ngettext_("{count} seat stays open", "{count} seats stay open", election.unfilled).format(
            count=election.unfilled))  # fmt: skip
    return " · ".join(filter(None, (*said, words.least_votes(preview))))

"""One delivery: how far delivery is, the notice, and the fields of the flat that is chosen."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from deliberation_app.domain.votes import percent
from deliberation_app.domain.votes_owners import WAYS
from deliberation_app.language import _, render
from deliberation_app.services import deliveries
from deliberation_app.ui.kit import forms
from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.kit.labels import Label
from deliberation_app.ui.kit.panels import empty
from deliberation_app.ui.owners_words import way_words


class OwnersDeliver(QWidget):
    """Progress, the notice, and the fields of one delivery."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        forms.load("owners_deliver", self)
        self.way.editor.set_options([(way, _(words)) for way, (_title, words) in WAYS.items()], "in_person")
        self.on.editor.set_today(desk.today())
        self.on.set_value(desk.today())

    def show_progress(self, seen: deliveries.Progress) -> None:
        """How many flats were reached and how, and whether the notice was given in time."""
        words = _("{reached} of {flats} flats reached, {missing} not yet")
        self.sums.setText(words.format(reached=seen.reached, flats=seen.flats, missing=seen.missing))
        self.bar.show_part(seen.reached, seen.flats, words=self.sums.text())
        ways = [f"{way_words(way)} {count}" for way, count in sorted(seen.by_way.items())]
        rate = f"{seen.reached} ÷ {seen.flats} = {percent(seen.reached, seen.flats)}" if seen.flats else ""
        self.ways.setText(" · ".join([*([rate] if rate else []), *ways]))
        empty(self.notice_place)
        if seen.late is not None:
            self.notice_place.addWidget(Label(render(seen.late), "hint", "bad", wrap=True))
        else:
            days = (seen.starts_on - seen.told_on).days
            told = _("Notice on {day}, {days} days before the vote begins; {least} are asked.").format(
                day=seen.told_on.isoformat(), days=days, least=seen.days)  # fmt: skip
            self.notice_place.addWidget(Label(told, "hint", "ok", wrap=True))
        self.notice_place.addWidget(Label(seen.clause, "hint", wrap=True))

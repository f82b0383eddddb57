"""Any paper of a meeting before it is printed, as archive copy, posted copy or empty form."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from deliberation_app.domain.archive import PAPERS
from deliberation_app.language import _, render
from deliberation_app.services import papers_list, papers_made
from deliberation_app.services.papers_asked import Asked
from deliberation_app.services.papers_list import PaperRow
from deliberation_app.services.papers_made import Made
from deliberation_app.ui import papers_words as words
from deliberation_app.ui.kit.desk import Desk
from deliberation_app.ui.kit.marks import Chip
from deliberation_app.ui.minutes_checks import named, of_setting
from deliberation_app.ui.preview_page import ARCHIVE, EMPTY, POSTED, PRINT, PaperPreview
from deliberation_app.ui.preview_print import Check


@dataclass(frozen=True)
class Seen:
    """A paper as it is shown, and how it stands; None for what is about no meeting."""

    made: Made
    row: PaperRow | None


class PaperPage(PaperPreview):
    """shown(paper=…, meeting=…, item=…, vote=…, unit=…, period=…, posted=…, empty=…)."""

    lit = "meetings"
    parts = ("meetings", "floor", "votes", "people", "agenda", "tasks", "archive", "minutes", "notices", "evaluation")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, composer=self.composer, tell=self.tell, title=self.paper_title)
        self._wanted: Asked | None = None
        self._seen: Seen | None = None
        self.chip = Chip("", "accent", "print")
        self.header.add_chip(self.chip)
        self.mend.otherwise = self._to_meeting
        self.checks.mend_asked.connect(self._to_meeting)

    def shown(self, **where: Any) -> None:
        """Show the paper that is asked for."""
        if where.get("paper"):
            self._wanted = Asked.of(where)
            known = PAPERS[self._wanted.paper]
            copies = [EMPTY] if self._wanted.empty and self._wanted.meeting is None else [ARCHIVE]
            if known.posted and copies == [ARCHIVE]:
                copies.append(POSTED)
            self.offer_copies(copies)
            self.copy.choose(POSTED if self._wanted.posted and POSTED in copies else copies[0])
        self.checks.begin()
        self.checks.read_printers()
        self.open_panel(PRINT)
        self.refresh()

    def composer(self) -> Callable[[], Seen] | None:
        """The chosen copy, and how the paper stands."""
        if self._wanted is None:
            return None
        work, copy = self.desk.work, self.copy.current()
        asked = replace(self._wanted, posted=copy == POSTED, empty=copy == EMPTY)
        first = self._seen is None or self._seen.made.asked != self._wanted

        def compose() -> Seen:
            row = papers_list.standing(work, asked)
            # A paper that cannot be made yet is at least shown as the form it will be.
            wanted = replace(asked, empty=True) if first and row is not None and row.form and not row.there else asked
            if wanted.empty:
                wanted = replace(wanted, item=None, vote=None)
            return Seen(papers_made.prepared(work, wanted), row)

        return compose

    def _to_meeting(self) -> None:
        if self._wanted is not None and self._wanted.meeting is not None:
            self.desk.navigate("meeting", id=str(self._wanted.meeting))

    def made_of(self, found: Seen) -> Made:
        """The paper itself."""
        return found.made

    def tell(self, found: Seen) -> None:
        """Head, copies that can be had, checks."""
        self._seen = found
        asked, row = found.made.asked, found.row
        copies = [*([ARCHIVE] if row is not None and row.there else []),
                  *([POSTED] if row is not None and row.there and row.paper.posted else []),
                  *([EMPTY] if row is None or row.form else [])]  # fmt: skip
        self.offer_copies(copies)
        self.copy.choose(EMPTY if asked.empty else POSTED if asked.posted else ARCHIVE)
        self.header.set_title(words.name(asked.paper))
        self.header.set_context(self._context(found))
        if row is not None and not asked.empty:
            icon, tone = words.LOOKS[row.state]
            self.chip.show_as(words.state_words(row), tone, icon)
        else:
            self.chip.show_as(_("Empty form"), "text2", "note")
        self.checks.offer_copies(1 if row is None or asked.empty or asked.posted else row.copies)
        mend = _("Fill in on the meeting's page") if row is not None and row.lacks and not asked.empty else ""
        self.checks.show_checks(_checks(found), self.pages.count(), mend)

    def _context(self, found: Seen) -> str:
        paper = PAPERS[found.made.asked.paper]
        subject = found.row.subject if found.row is not None and not found.made.asked.empty else ""
        kept = _("kept {period}").format(period=words.kept_words(paper))
        return " · ".join(part for part in (subject, words.copies_words(paper, 1), kept) if part)

    def paper_title(self) -> str:
        """The Chinese title on the paper and what it is about."""
        title = PAPERS[self.made.asked.paper].title
        subject = self._seen.row.subject if self._seen.row is not None and not self.made.asked.empty else ""
        return " ".join(part for part in (title, subject, self.made.asked.period) if part)


def _checks(found: Seen) -> Iterator[Check]:
    asked, row, paper = found.made.asked, found.row, PAPERS[found.made.asked.paper]
    if asked.empty:
        yield Check("note", "info", _("Empty form"), _("Nothing is filled in; there is room to write by hand."))
    elif row is not None and row.lacks:
        yield Check("late_fill", "warn", _("Still missing"), named([render(one) for one in row.lacks]))
    else:
        yield Check("done", "ok", _("Nothing is missing"), _("Everything that such a paper needs is there."))
    if row is not None and row.state == "changed" and not asked.empty:
        hint = _("What was printed says something else by now. Print it again and take the old one back.")
        yield Check("late_fill", "warn", _("Changed since it was printed"), hint)
    if asked.posted:
        hint = _("Names, telephones and addresses of residents are masked.")
        yield Check("done", "ok", _("May hang on the board"), hint)
    yield from of_setting(found.made.printed)
    if paper.signs:
        yield Check("sign", "warn", _("To be signed by hand"), words.signs_words(paper))

"""What was checked of a record before printing, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from deliberation_app.domain.minutes import Finding
from deliberation_app.language import _, ngettext_, render
from deliberation_app.services.minutes_view import Preview
from deliberation_app.services.papers import Printed
from deliberation_app.ui.preview_print import Check

# So many missing things are named at once; the rest is counted.
_NAMED = 4


def of_record(shown: Preview) -> Iterator[Check]:
    """The findings of completeness and of the setting."""
    if shown.view.signed:
        yield Check("done", "ok", _("Signed and locked"), "、".join(shown.view.signed_by))
    else:
        yield from _complete(shown.view.findings)
    yield from of_setting(shown.printed)
    if shown.signatures and not shown.view.signed and not shown.posted:
        words = ngettext_("{count} signature by hand", "{count} signatures by hand", shown.signatures)
        hint = _("Printed; have it signed, then register it") if shown.view.printed else _(
            "Print it, have it signed, then register it")  # fmt: skip
        yield Check("sign", "warn", words.format(count=shown.signatures), hint)


def of_corrections(count: int) -> Iterator[Check]:
    """The numbered corrections of a signed record, which never goes to the printer without them."""
    if count:
        words = ngettext_("{count} correction", "{count} corrections", count).format(count=count)
        yield Check("note", "info", words, _("Printed together with the record; single pages are printed alone."))


def of_setting(printed: Printed) -> Iterator[Check]:
    """What was found while a paper was set."""
    if printed.rare_characters:
        yield Check("done", "ok", _("Rare characters can be printed"), " ".join(printed.rare_characters))
    if printed.signatures_page:
        where = _("On page {page}, on one sheet with the text").format(page=printed.signatures_page)
        yield Check("done", "ok", _("Signatures do not stand alone"), where)


def named(said: Sequence[str]) -> str:
    """The first few of several sentences, a line each, and how many more there are."""
    lines = list(said[:_NAMED])
    if len(said) > _NAMED:
        lines.append(_("and {count} more").format(count=len(said) - _NAMED))
    return "\n".join(lines)


def _complete(findings: Sequence[Finding]) -> Iterator[Check]:
    if not findings:
        yield Check("done", "ok", _("Nothing is missing"), _("Everything that such a record needs is there."))
    for level, tone, icon, words in (
        ("red", "bad", "failed", _("Missing; cannot be locked without it")),
        ("amber", "warn", "late_fill", _("Missing; a reason is enough")),
    ):
        found = [render(finding.sentence) for finding in findings if finding.level == level]
        if found:
            yield Check(icon, tone, words, named(found))

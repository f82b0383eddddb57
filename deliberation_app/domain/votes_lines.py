"""The lines of a rule in a sentence for a paper: how many must come, how many must agree, of which whole."""

from __future__ import annotations

from collections.abc import Sequence

from deliberation_app.domain.votes_count import Requirement
from deliberation_app.domain.votes_words import BY_WORDS, Words, fraction_text


def lines_told(words: Words, quorum: Sequence[Requirement], passing: Sequence[Requirement]) -> str:
    """到会须达到应到会的三分之二（含本数）；赞成须超过到会人数的半数（不含本数）."""
    come, agree = _told(words, quorum), _told(words, passing)
    told = [f"{words.present}{come}" if come else "", f"{words.in_favour}{agree}" if agree else ""]
    return "；".join(text for text in told if text)


def _told(words: Words, lines: Sequence[Requirement]) -> str:
    """Lines that differ only by heads and area are said once, with both."""
    found: dict[tuple[str, int, int, bool], list[str]] = {}
    for line in lines:
        if line.numerator:
            found.setdefault((line.of, line.numerator, line.denominator, line.strict), []).append(BY_WORDS[line.by])
    return "，".join(
        f"须{'超过' if strict else '达到'}{words.whole(of)}{_by(by)}的{fraction_text(numerator, denominator)}"
        + ("（不含本数）" if strict else "（含本数）")
        for (of, numerator, denominator, strict), by in found.items()
    )


def _by(by: Sequence[str]) -> str:
    return f"（{'和'.join(by)}均须）" if len(by) > 1 else ""

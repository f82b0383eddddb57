"""What a paper still lacks, in words: a table of one line a paper, asked of the meeting as its file tells it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from deliberation_app.domain import minutes as law
from deliberation_app.errors import N_, AppError
from deliberation_app.services.papers import Source
from deliberation_app.services.papers_asked import Asked
from deliberation_app.storage.meetings import Meeting

# Why there is nothing to print at all.
NOTHING: Mapping[str, str] = {
    "summary": N_("a decision of the meeting"),
    "resolution": N_("a motion that was passed"),
    "ballot": N_("a vote on paper"),
    "tally_sheet": N_("a vote"),
    "result": N_("the counted votes"),
    "proxy_form": N_("a vote that allows proxies"),
    "written_opinion_form": N_("an admission to be voted on"),
    "posting": N_("the text to be posted"),
    "opinion_sheet": N_("an item on the agenda"),
    "task_list": N_("tasks that were given out"),
    "satisfaction_form": N_("an item on the agenda"),
    "satisfaction_count": N_("a survey that was counted"),
    "supplement": N_("a correction of the signed record"),
}
_SOMETHING = N_("what it is about")


def lacks(asked: Asked, found: Source, meeting: Meeting, *, there: bool) -> Iterator[AppError]:
    """The things that are missing, each a few words; nothing for a paper that is ready."""
    if not there:
        yield AppError(NOTHING.get(asked.paper, _SOMETHING))
    elif asked.paper in _LACKS:
        yield from _LACKS[asked.paper](found, meeting)


def _notice(found: Source, meeting: Meeting) -> Iterator[AppError]:
    if not meeting.place:
        yield AppError(N_("the place"))
    if not found.told["meeting"].get("agenda"):
        yield AppError(N_("points on the agenda"))


def _agenda(found: Source, _meeting: Meeting) -> Iterator[AppError]:
    if not found.told["meeting"].get("agenda"):
        yield AppError(N_("points on the agenda"))


def _people(found: Source, _meeting: Meeting) -> Iterator[AppError]:
    if not any(one["capacity"] == "voting" for one in found.told["meeting"].get("attendance", ())):
        yield AppError(N_("people on the roll"))


def _record(found: Source, meeting: Meeting) -> Iterator[AppError]:
    if meeting.closed_at is None:
        yield AppError(N_("the end of the meeting"))
        return
    yield from (one.sentence for one in law.missing(found.told, found.judged, found.beside) if one.level == "red")


_LACKS: Mapping[str, Callable[[Source, Meeting], Iterator[AppError]]] = {
    "notice": _notice, "agenda": _agenda, "sign_in_sheet": _people, "delivery_list": _people, "record": _record,
}  # fmt: skip

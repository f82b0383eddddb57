"""The demonstration: filled whole or not at all, kept apart from everything real."""

from __future__ import annotations

import json
import uuid
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path

from deliberation_app import cli, settings
from deliberation_app.call import Call, progress
from deliberation_app.domain.archive import PAPERS
from deliberation_app.errors import N_, AppError, RuleBroken, reason_of
from deliberation_app.language import _, ngettext_
from deliberation_app.services import demo, listing, papers, units
from deliberation_app.services.work import Work, open_work
from deliberation_app.settings import Settings

# The states of a meeting of which there is something to record.
HELD = ("open", "recess", "closed")


def run_demo(call: Call) -> int:
    """Fill the demonstration, write its papers, open the window where there is a display."""
    place = call.arguments.database or settings.demonstration_database()
    folder = Path(call.arguments.to or "demo-papers")
    kept = demonstration_settings(call.kept)
    prepare(place, kept)
    with closing(open_demonstration(place, kept)) as work:
        count = write_papers(work, folder)
    sentence = ngettext_("{count} paper lies in {folder}", "{count} papers lie in {folder}", count)
    cli.answer(sentence.format(count=count, folder=folder.resolve()))
    if not cli.has_display():
        cli.answer(_("There is no screen here, so the window was not opened."))
        return cli.DONE
    return call.open_window(place, kept)


def demonstration_settings(kept: Settings) -> Settings:
    """The settings of this computer with a file of their own, so that playing changes nothing of the real work."""
    file = settings.settings_file().with_name("demonstration.json")
    return replace(kept, unit=settings.load(file)[0].unit, database="", file=file)


def open_demonstration(place: str | Path, kept: Settings) -> Work:
    """The database on the demonstration's day."""
    return open_work(place, clock=settings.demonstration_clock(), user_name=kept.user)


def prepare(place: str, kept: Settings) -> None:
    """Fill a database that has nothing in it; a filled demonstration stays as it was left, another one is refused."""
    if "://" not in place and not Path(place).exists():
        fill_beside(Path(place).expanduser(), kept)
        return
    with closing(open_demonstration(place, kept)) as work:
        if not empty(work):
            refuse_real(work, place)
            return
        fill(work, kept)


def fill_beside(file: Path, kept: Settings) -> None:
    """Fill a new file that takes its name when it is whole, so that a broken-off filling leaves nothing half done."""
    part = file.with_name(f"{file.stem}-unfinished{file.suffix}")
    for left in part.parent.glob(f"{part.name}*"):
        left.unlink()
    with closing(open_demonstration(part, kept)) as work:
        fill(work, kept)
    for made in sorted(part.parent.glob(f"{part.name}*"), reverse=True):  # the database itself last
        made.replace(file.with_name(file.name + made.name.removeprefix(part.name)))


def fill(work: Work, kept: Settings) -> None:
    """Fill, and remember which unit the window shows first."""
    with progress(_("Filling the demonstration")) as report:
        kept.unit = str(demo.fill(work, report))
    with suppress(AppError):
        kept.save()


def empty(work: Work) -> bool:
    """Whether nobody has used this database yet."""
    return not units.all_units(work) and not listing.meetings(work)


def refuse_real(work: Work, place: str) -> None:
    """The demonstration does not mix with real records."""
    files = settings.path("resources", "demo").glob("*.json")
    own = {json.loads(file.read_text(encoding="utf-8"))["meeting"]["id"] for file in files}
    if not own <= {row["id"] for row in listing.meetings(work)}:
        raise RuleBroken(
            N_("{place} holds other records; the demonstration is not mixed with them. Name a new file."),
            place=settings.shown(place),
        )


def write_papers(work: Work, folder: Path) -> int:
    """The record of every meeting that was held, its archive copy and its posted one; the answer is how many files."""
    make_folder(folder)
    held = [row for row in listing.meetings(work) if row["state"] in HELD]
    with progress(_("Writing papers")) as report:
        for number, row in enumerate(held, start=1):
            for posted, copy in ((False, "存档件"), (True, "公示件")):
                name = file_name(f"{row['starts_at'][:10]} {row['title'][:60]} {PAPERS['record'].title} {copy}")
                papers.write(work, uuid.UUID(row["id"]), folder / f"{name}.pdf", posted=posted)
            report(number, len(held))
    return 2 * len(held)


def file_name(words: str) -> str:
    """Words as a name that every file system takes."""
    kept = "".join("_" if sign in '<>:"/\\|?*' or not sign.isprintable() else sign for sign in words)
    return kept.strip(" .")[:100]


def make_folder(folder: Path) -> None:
    """Make the folder for results, or say why not."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise AppError(
            N_("{place} cannot be written ({reason}). Choose another place; nothing was changed."),
            place=folder,
            reason=reason_of(error),
        ) from error

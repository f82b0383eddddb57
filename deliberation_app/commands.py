"""What each command does: opens the database, asks a service, prints the answer."""

from __future__ import annotations

import json
import uuid
from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tqdm import tqdm

from deliberation_app import cli, settings
from deliberation_app.domain.archive import PAPERS
from deliberation_app.errors import N_, AppError, FileFaults, NotFound, RuleBroken
from deliberation_app.language import _, ngettext_, render
from deliberation_app.services import check as soundness
from deliberation_app.services import demo, listing, meeting_file, papers, seed
from deliberation_app.services.work import Work, open_work
from deliberation_app.settings import Settings

Row = Mapping[str, Any]

# The states of a meeting of which there is something to record.
HELD = ("open", "recess", "closed")

VERIFIED = {
    "kept": N_("kept: this file is the kept paper of “{title}”"),
    "content": N_("same content, another file: it says what the kept paper of “{title}” says"),
    "older": N_("an older version: the paper of “{title}” was written anew since"),
    "unknown": N_("unknown: no paper kept here is this file or says the same"),
}


@dataclass(frozen=True)
class Call:
    """One command as it was given, what this computer remembers, and how to open the window afterwards."""

    arguments: Namespace
    kept: Settings
    open_window: Callable[[str], int]


@contextmanager
def opened(call: Call) -> Iterator[Work]:
    """The database that was named or that of the last use, remembered for the next time."""
    place = call.arguments.database or call.kept.database or settings.default_database()
    work = open_work(place, clock=settings.clock, user_name=call.kept.user)
    try:
        remember(call.kept, place)
        yield work
    finally:
        work.close()


def remember(kept: Settings, place: str) -> None:
    """Keep which database was used last; a computer that cannot keep it asks for --database again."""
    place = cli.whole_place(place)
    if kept.database != place:
        kept.database = place
        with suppress(AppError):
            kept.save()


@contextmanager
def progress(words: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on a terminal, nothing in a pipe."""
    with tqdm(desc=words, disable=None, leave=False, unit="") as bar:

        def report(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield report


def run_demo(call: Call) -> int:
    """Fill the demonstration, write its papers, open the window where there is a display."""
    place = call.arguments.database or settings.demonstration_database()
    folder = Path(call.arguments.to or "demo-papers")
    work = open_work(place, clock=settings.demonstration_clock(), user_name=call.kept.user)
    try:
        with progress(_("Filling the demonstration")) as report:
            demo.fill(work, report)
        count = write_demo_papers(work, folder)
    finally:
        work.close()
    cli.answer(
        ngettext_("{count} paper lies in {folder}", "{count} papers lie in {folder}", count).format(
            count=count, folder=folder.resolve()
        )
    )
    if not cli.has_display():
        cli.answer(_("There is no screen here, so the window was not opened."))
        return cli.DONE
    return call.open_window(place)


def write_demo_papers(work: Work, folder: Path) -> int:
    """The record of every meeting that was held, as a file each; the answer is how many."""
    make_folder(folder)
    held = [row for row in listing.meetings(work) if row["state"] in HELD]
    with progress(_("Writing papers")) as report:
        for number, row in enumerate(held, start=1):
            name = file_name(f"{row['starts_at'][:10]} {row['title']} {PAPERS['record'].title}")
            papers.write(work, uuid.UUID(row["id"]), "record", folder / f"{name}.pdf")
            report(number, len(held))
    return len(held)


def file_name(words: str) -> str:
    """Words as a name that every file system takes."""
    kept = "".join("_" if sign in '<>:"/\\|?*' or not sign.isprintable() else sign for sign in words)
    return kept.strip(" .")[:80]


def make_folder(folder: Path) -> None:
    """Make the folder for results, or say why not."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise AppError(
            N_("{place} cannot be written ({reason}). Choose another place; nothing was changed."),
            place=folder,
            reason=error.strerror or str(error),
        ) from error


def run_import(call: Call) -> int:
    """Take files in one by one; a refused one does not keep the next from being taken."""
    files = [Path(name) for name in call.arguments.files]
    if call.arguments.check:
        return each_file(files, check_one)
    with opened(call) as work:
        return each_file(files, lambda file: import_one(work, file))


def each_file(files: list[Path], take: Callable[[Path], None]) -> int:
    """Do the same with each file; refused when one of them is."""
    status = cli.DONE
    for file in files:
        try:
            refuse_other_formats(file)
            take(file)
        except AppError as error:
            if len(files) > 1:
                cli.refuse(AppError(N_("{file} was refused:"), file=file))
            cli.refuse(error)
            status = cli.REFUSED
    return status


def refuse_other_formats(file: Path) -> None:
    """Only meeting files can be taken in yet."""
    if file.suffix.lower() != ".json":
        sentence = AppError(N_("A meeting file ends in .json; {file} does not. Nothing was changed."), file=file.name)
        raise FileFaults(sentence.message, (("", sentence),), file=file.name)


def check_one(file: Path) -> None:
    """Check a file and say what is worth knowing about it."""
    remarks = meeting_file.check_file(file)
    cli.answer(_("{file}: good").format(file=file))
    say_remarks(remarks)


def import_one(work: Work, file: Path) -> None:
    """Take a file in and say what it did."""
    report = meeting_file.import_file(work, file)
    sentence = _("{file}: “{title}” taken in") if report.changed else _("{file}: “{title}” was here already, unchanged")
    cli.answer(sentence.format(file=file, title=report.title))
    say_remarks(report.remarks)


def say_remarks(remarks: Iterable[tuple[str, AppError]]) -> None:
    """What is no fault but worth knowing, a line each."""
    for place, sentence in remarks:
        cli.answer(f"{place}: {render(sentence)}")


def run_export(call: Call) -> int:
    """Write a meeting as a file of the kind its name says."""
    file = Path(call.arguments.to)
    if file.suffix.lower() not in (".json", ".pdf"):
        raise AppError(N_("{file} must end in .json (meeting file) or .pdf (record)."), file=file.name)
    with opened(call) as work:
        meeting = find_meeting(work, call.arguments.meeting)
        if file.suffix.lower() == ".json":
            papers.save(meeting_file.export(work, meeting), file)
        else:
            papers.write(work, meeting, "record", file)
    cli.answer(file)
    return cli.DONE


def run_paper(call: Call) -> int:
    """Write one paper of a meeting."""
    with opened(call) as work:
        meeting = find_meeting(work, call.arguments.meeting)
        to = Path(call.arguments.to)
        papers.write(work, meeting, call.arguments.paper, to, posted=call.arguments.posted)
    cli.answer(to)
    return cli.DONE


def find_meeting(work: Work, said: str) -> uuid.UUID:
    """The meeting that MEETING means: an id, a unique beginning of one, or the latest that was held."""
    rows = listing.meetings(work)
    if said == "latest":
        return latest(rows)
    found = [row["id"] for row in rows if row["id"].startswith(said.lower())] if said else []
    if len(found) == 1:
        return uuid.UUID(found[0])
    if found:
        raise RuleBroken(
            N_("{count} meetings begin with “{said}”; give more of the id, as list meetings shows it."),
            count=len(found),
            said=said,
        )
    raise NotFound(N_("No meeting begins with “{said}”; list meetings shows those there are."), said=said)


def latest(rows: Iterable[Row]) -> uuid.UUID:
    """The last meeting that was held; where none was yet, the last one called."""
    ordered = sorted(rows, key=lambda row: (row["state"] in HELD, row["starts_at"], row["id"]))
    if not ordered:
        raise NotFound(N_("There is no meeting in this database yet."))
    return uuid.UUID(ordered[-1]["id"])


def run_list(call: Call) -> int:
    """Print a list, for people or as JSON."""
    what = call.arguments.what
    tables = {"papers": listing.papers, "rules": listing.rules, "kinds": listing.kinds, "duties": listing.duties}
    if what in tables:
        rows: list[Any] = list(tables[what]())
    else:
        records = {"meetings": listing.meetings, "items": listing.items}
        with opened(call) as work:
            rows = list(records[what](work))
    if call.arguments.json:
        cli.answer(json.dumps(rows, ensure_ascii=False, indent=1))
    for row in [] if call.arguments.json else rows:
        cli.answer("\t".join(told(row)))
    return cli.DONE


def told(row: Row) -> Iterator[str]:
    """A row as the words of one line: its id, its day or number, its title, how far it is."""
    yield row["id"]
    if "starts_at" in row:
        yield row["starts_at"][:10]
    elif "number" in row:
        yield str(row["number"])
    yield row["title"]
    for name in ("stage_title", "state_title"):
        if name in row:
            yield row[name]


def run_verify(call: Call) -> int:
    """Say whether a PDF is the paper that was kept; anything but that is refused."""
    with opened(call) as work:
        result = papers.verify(work, Path(call.arguments.file))
    sentence = AppError(VERIFIED[result.answer], title=result.title)
    if result.answer not in ("kept", "content"):
        raise sentence
    cli.answer(render(sentence))
    return cli.DONE


def run_check(call: Call) -> int:
    """Say whether database, history and kept files are as they were written."""
    with opened(call) as work:
        faults = soundness.check(work)
    for fault in faults:
        cli.refuse(fault)
    if not faults:
        cli.answer(_("The database is sound, its history unbroken, and the kept files are unchanged."))
    return cli.REFUSED if faults else cli.DONE


def run_seed_benchmark(call: Call) -> int:
    """Make the large made-up database."""
    file = Path(call.arguments.to)
    if call.arguments.scale <= 0:
        raise AppError(N_("--scale must be more than 0."))
    if file.exists():
        raise AppError(N_("{file} is there already. Choose another name; nothing was changed."), file=file)
    with progress(_("Making the database")) as report:
        seed.seed(file, call.arguments.scale, report)
    cli.answer(file)
    return cli.DONE


TABLE: dict[str, Callable[[Call], int]] = {
    "demo": run_demo,
    "import": run_import,
    "export": run_export,
    "paper": run_paper,
    "list": run_list,
    "verify": run_verify,
    "check": run_check,
    "seed-benchmark": run_seed_benchmark,
}

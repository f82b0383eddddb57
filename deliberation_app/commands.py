"""What each command does: opens the database, asks a service, prints the answer."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from deliberation_app import cli, commands_register
from deliberation_app.call import Call, opened, progress, there
from deliberation_app.commands_demo import HELD, run_demo
from deliberation_app.errors import N_, AppError, FileFaults, NotFound, RuleBroken
from deliberation_app.language import _, ngettext_, render
from deliberation_app.services import check as soundness
from deliberation_app.services import listing, meeting_file, papers, papers_made, papers_scanned, seed, supplements
from deliberation_app.services.papers_asked import Asked
from deliberation_app.services.work import Work
from deliberation_app.settings import shown

Row = Mapping[str, Any]

# Ten times the largest city street; more would only fill the disk.
MOST_SCALE = 10

VERIFIED = {
    "kept": N_("kept: this file is the kept paper of “{title}”"),
    "content": N_("same content, another file: it says what the kept paper of “{title}” says"),
    "older": N_("an older version: its code belongs to “{title}”, which was written anew since; "
                "its words cannot be compared any more"),
    "scan": N_("a scan: the code on it is that of “{title}” as it is kept; compare the words by eye"),
    "unknown": N_("unknown: no paper kept here is this file or says the same"),
    "forged": N_("unknown: the code on it belongs to “{title}”, but it does not say what that paper says"),
}  # fmt: skip


def run_import(call: Call) -> int:
    """Take files in one by one; a refused one does not keep the next from being taken."""
    files = [Path(name) for name in call.arguments.files]
    if not call.arguments.check:
        with opened(call, make=True) as work:
            return each_file(files, lambda file: import_one(work, file, call.kept.unit))
    if not there(call):
        return each_file(files, check_alone)
    with opened(call) as work:
        return each_file(files, lambda file: check_one(work, file, call.kept.unit))


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
    """Meeting files and registers are taken in, nothing else."""
    if file.suffix.lower() not in (".json", *commands_register.ENDINGS):
        sentence = AppError(
            N_("A meeting file ends in .json, a register in .xlsx or .csv; {file} does not. Nothing was changed."),
            file=file.name,
        )
        raise FileFaults(sentence.message, (("", sentence),), file=file.name)


def check_alone(file: Path) -> None:
    """Look a file over where there is no database yet."""
    if file.suffix.lower() == ".json":
        say_good(file, meeting_file.check_file(file))
    else:
        commands_register.check_register(None, file)


def check_one(work: Work, file: Path, unit: str) -> None:
    """Look over what taking the file in would do."""
    if file.suffix.lower() == ".json":
        say_good(file, meeting_file.rehearse_file(work, file).remarks)
    else:
        commands_register.check_register(work, file, unit)


def say_good(file: Path, remarks: Iterable[tuple[str, AppError]]) -> None:
    """Nothing stands against taking the file in; what is worth knowing about it."""
    cli.answer(_("{file}: good").format(file=file))
    say_remarks(remarks)


def import_one(work: Work, file: Path, unit: str) -> None:
    """Take a file in and say what it did."""
    if file.suffix.lower() != ".json":
        commands_register.import_register(work, file, unit)
        return
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
    suffix = file.suffix.lower()
    if suffix not in (".json", ".pdf", ".docx"):
        raise AppError(N_("{file} must end in .json (meeting file), .pdf or .docx (record)."), file=file.name)
    with opened(call) as work:
        meeting = find_meeting(work, call.arguments.meeting)
        if suffix == ".json":
            papers.save(meeting_file.export(work, meeting), file)
        elif suffix == ".docx":
            papers.save(papers_made.as_word(work, Asked(paper="record", meeting=meeting)), file)
        else:
            papers.write(work, meeting, file)
    cli.answer(file)
    return cli.DONE


def run_paper(call: Call) -> int:
    """Write one paper of a meeting, or with - for the meeting one about an item, a vote or a month."""
    given, to = call.arguments, Path(call.arguments.to)
    with opened(call) as work:
        meeting = None if given.meeting == "-" else find_meeting(work, given.meeting)
        asked = Asked(
            paper=given.paper, meeting=meeting, item=an_id("--item", given.item), vote=an_id("--vote", given.vote),
            period=given.period or "", posted=given.posted, empty=given.empty,
        )  # fmt: skip
        papers_made.write(work, asked, to)
    cli.answer(to)
    return cli.DONE


def an_id(option: str, said: str | None) -> uuid.UUID | None:
    """The id that an option gives."""
    try:
        return uuid.UUID(said) if said else None
    except ValueError as error:
        raise AppError(N_("{option} {said} is no id; list shows them."), option=option, said=said) from error


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
        result = papers_scanned.verify(work, Path(call.arguments.file))
        corrected = supplements.to(work, Path(call.arguments.file))
    known_code = result.answer == "unknown" and result.title
    sentence = AppError(VERIFIED["forged" if known_code else result.answer], title=result.title)
    if result.answer not in ("kept", "content"):
        raise sentence
    cli.answer(render(sentence))
    if corrected:
        told = ngettext_("{count} supplement corrects this record; it belongs beside it",
                         "{count} supplements correct this record; they belong beside it", corrected)  # fmt: skip
        cli.answer(told.format(count=corrected))
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
    """Make the large made-up database in a new file, or in an empty database on a server."""
    place = call.arguments.to
    if not 0 < call.arguments.scale <= MOST_SCALE:
        raise AppError(N_("--scale must be more than 0 and at most {most}."), most=MOST_SCALE)
    if "://" not in place and Path(place).exists():
        raise AppError(N_("{file} is there already. Choose another name; nothing was changed."), file=place)
    with progress(_("Making the database")) as report:
        seed.seed(place, call.arguments.scale, report)
    cli.answer(shown(place))
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

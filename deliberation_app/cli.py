"""The command line: what may be asked, and how an answer, a refusal or a mishap is said."""

from __future__ import annotations

import argparse
import os
import socket
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from deliberation_app.errors import N_, AppError, FileFaults, RuleBroken
from deliberation_app.language import LANGUAGES, _, ngettext_, render, use

DONE, REFUSED = 0, 1

LISTS = ("meetings", "items", "papers", "rules", "kinds", "duties")

# Name, what it does, and its own arguments as (names, options with help in English).
_Argument = tuple[tuple[str, ...], dict[str, object]]
_MEETING: _Argument = (
    ("meeting",),
    {"metavar": "MEETING", "help": N_("an id, a unique beginning of one, or latest")},
)
COMMANDS: dict[str, tuple[str, tuple[_Argument, ...]]] = {
    "demo": (
        N_("fill a demonstration database, write its papers, and open the window where there is a display"),
        ((("--to",), {"metavar": "DIR", "help": N_("the folder for the papers")}),),
    ),
    "import": (
        N_("take in meeting files (.json) and registers (.xlsx, .csv); all or nothing a file"),
        (
            (("files",), {"metavar": "FILE", "nargs": "+"}),
            (("--check",), {"action": "store_true", "help": N_("only check them; nothing is changed")}),
        ),
    ),
    "export": (
        N_("write a meeting as a meeting file (.json) or its record (.pdf, .docx)"),
        (_MEETING, (("--to",), {"metavar": "FILE", "required": True, "help": N_("the file to write")})),
    ),
    "paper": (
        N_("write one paper of a meeting as PDF"),
        (
            _MEETING,
            (("paper",), {"metavar": "PAPER", "help": N_("the id of the paper, as list papers shows it")}),
            (("--to",), {"metavar": "FILE", "required": True, "help": N_("the file to write")}),
            (("--posted",), {"action": "store_true", "help": N_("the copy for the board, personal data masked")}),
            (("--item",), {"metavar": "ID", "help": N_("the item that the paper is about")}),
            (("--vote",), {"metavar": "ID", "help": N_("the vote that the paper is about")}),
            (("--period",), {"metavar": "YYYY-MM", "help": N_("the month of a log or a roster; MEETING is then -")}),
            (("--empty",), {"action": "store_true", "help": N_("the empty form, to be filled in by hand")}),
        ),
    ),
    "list": (
        N_("list what there is"),
        (
            (("what",), {"metavar": "|".join(LISTS), "choices": LISTS}),
            (("--json",), {"action": "store_true", "help": N_("as an array of objects, each with id and title")}),
        ),
    ),
    "verify": (
        N_("tell whether a PDF is the paper that was kept"),
        ((("file",), {"metavar": "FILE.pdf"}),),
    ),
    "check": (N_("tell whether the database is sound, its history unbroken and the kept files unchanged"), ()),
    "seed-benchmark": (
        N_("make a large made-up database for measuring"),
        (
            (("--to",), {"metavar": "FILE", "required": True, "help": N_("the database to make")}),
            (("--scale",), {"type": float, "default": 1.0, "help": N_("1.0 is ten years of 24 communities")}),
        ),
    ),
}


# What argparse itself says; it asks for the words at the moment it speaks.
_OF_ARGPARSE = (
    N_("usage: "), N_("positional arguments"), N_("options"), N_("%(prog)s: error: %(message)s\n"),
    N_("argument %(argument_name)s: %(message)s"), N_("expected one argument"), N_("expected at least one argument"),
    N_("the following arguments are required: %s"), N_("unrecognized arguments: %s"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"), N_("invalid %(type)s value: %(value)r"),
    N_("ignored explicit argument %r"),
)  # fmt: skip


def _lend_words_to_argparse() -> None:
    """It takes its words from the catalogue of the computer, which need not be there nor speak the chosen language."""
    for name, own in (("_", _), ("ngettext", ngettext_)):
        setattr(argparse, name, own)


def parse(words: list[str]) -> argparse.Namespace:
    """What was asked for; help and wrong usage end the program here, in the language spoken now."""
    _lend_words_to_argparse()
    try:
        return parser().parse_args(words)
    finally:
        _heard()


def language_asked(words: list[str]) -> str | None:
    """What --language says, before the sentences of the help itself are made."""
    finder = argparse.ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    finder.add_argument("--language", choices=tuple(LANGUAGES))
    try:
        asked: str | None = finder.parse_known_args(words)[0].language
    except argparse.ArgumentError:
        return None  # the real parser says what is wrong
    return asked


def parser() -> argparse.ArgumentParser:
    """The parser of the words after the program's name, in the language spoken now."""
    whole = argparse.ArgumentParser(
        prog="deliberation-app",
        description=_("From a raised voice to signed minutes; without a command the window opens."),
        allow_abbrev=False,
        add_help=False,
    )
    _add_global(whole, None)
    choices = whole.add_subparsers(dest="command", metavar="COMMAND", title=_("commands"))
    for name, (about, arguments) in COMMANDS.items():
        one = choices.add_parser(name, help=_(about), description=_(about), allow_abbrev=False, add_help=False)
        # The global options are understood after the command too.
        _add_global(one, argparse.SUPPRESS)
        for names, options in arguments:
            told = {**options, "help": _(str(options["help"]))} if "help" in options else options
            one.add_argument(*names, **told)  # type: ignore[arg-type]
    return whole


def _add_global(one: argparse.ArgumentParser, default: object) -> None:
    one.add_argument("-h", "--help", action="help", help=_("show this help"))
    one.add_argument(
        "--database", metavar="FILE|URL", default=default, help=_("the database; without it that of the last use")
    )
    one.add_argument("--language", choices=tuple(LANGUAGES), default=default, help=_("the language of this run"))
    one.add_argument(
        "--debug",
        action="store_true",
        default=False if default is None else default,
        help=_("show where in the program a mishap happened"),
    )


def run(arguments: argparse.Namespace, act: Callable[[], int]) -> int:
    """Do what was asked for; the answer is the exit status."""
    try:
        status = act()
        sys.stdout.flush()
    except AppError as error:
        refuse(error)
        if arguments.debug:
            traceback.print_exc()
        return REFUSED
    except BrokenPipeError:
        return REFUSED  # whoever read the answer has enough
    finally:
        _heard()
    return status


def _heard() -> None:
    """Where nobody listens any more, the interpreter must not complain about that at its end."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BrokenPipeError:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)


def refuse(error: AppError) -> None:
    """Say on standard error why something was refused, a line for each reason."""
    if isinstance(error, FileFaults):
        for place, sentence in error.faults[:100]:
            _complain(f"{place}: {_one_line(render(sentence))}")
        more = error.more + max(0, len(error.faults) - 100)
        if more:
            _complain(ngettext_("and {count} more", "and {count} more", more).format(count=more))
        return
    _complain(render(error))
    if isinstance(error, RuleBroken):
        for reason in error.reasons:
            _complain(f"- {render(reason)}")


def answer(line: object) -> None:
    """Print a line of the answer on standard output."""
    print(line)


def _one_line(sentence: str) -> str:
    return " ".join(sentence.splitlines())


def _complain(line: str) -> None:
    with suppress(BrokenPipeError):
        print(line, file=sys.stderr)


def say_mishaps_in_a_sentence() -> None:
    """From now on what nobody foresaw ends in one sentence instead of a traceback, with exit status 1."""
    sys.excepthook = _mishap


def _mishap(kind: type[BaseException], error: BaseException, _where: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        _complain(_("Stopped. What was finished before is kept; nothing half-done was saved."))
        return
    what = f"{kind.__name__}: {error}" if str(error) else kind.__name__
    _complain(
        _("Something unforeseen happened ({what}). Nothing half-done was saved; --debug shows more.").format(
            what=_one_line(what)
        )
    )


def speak(language: str) -> None:
    """Speak `language` from now on, in UTF-8 wherever the output goes; into the air where there is no output."""
    use(language)
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by whoever started the program, or a window without a terminal
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 - as long as the program runs
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")


def whole_place(place: str) -> str:
    """A database as it is called from any folder: a URL as it is, a file with its whole path."""
    return place if "://" in place else str(Path(place).expanduser().resolve())


def screen_in_memory() -> bool:
    """Whether windows were asked to be painted where nobody sees them, as tests do."""
    return os.environ.get("QT_QPA_PLATFORM", "").partition(":")[0] in ("offscreen", "minimal")


def has_display() -> bool:
    """Whether a window can be shown; on X11 the screen is knocked at, because its name may be left from another day."""
    if screen_in_memory():
        return False
    if not sys.platform.startswith("linux"):
        return True
    if os.environ.get("WAYLAND_DISPLAY"):
        return True
    host, _colon, number = os.environ.get("DISPLAY", "").rpartition(":")
    screen = number.partition(".")[0]
    if not screen.isdigit():
        return False
    places: list[tuple[socket.AddressFamily, str | tuple[str, int]]] = (
        [(socket.AF_INET, (host, 6000 + int(screen)))]
        if host and host != "unix"
        else [(socket.AF_UNIX, f"/tmp/.X11-unix/X{screen}"), (socket.AF_UNIX, f"\0/tmp/.X11-unix/X{screen}")]
    )
    return any(_answers(family, place) for family, place in places)


def _answers(family: socket.AddressFamily, place: str | tuple[str, int]) -> bool:
    with socket.socket(family, socket.SOCK_STREAM) as knock:
        knock.settimeout(2)
        try:
            knock.connect(place)
        except OSError:
            return False
    return True


def require_display() -> None:
    """Raise AppError where no window can be shown; a screen that is only memory is asked for by name."""
    if not (has_display() or screen_in_memory()):
        raise AppError(N_("There is no screen here to open the window on. The commands work without one: see --help."))

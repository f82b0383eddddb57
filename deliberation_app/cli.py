"""The command line: what may be asked, and how an answer, a refusal or a mishap is said."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import NoReturn

from deliberation_app.errors import N_, AppError, FileFaults, RuleBroken
from deliberation_app.language import LANGUAGES, _, ngettext_, render, use

DONE, REFUSED = 0, 1

Command = Callable[[argparse.Namespace], int]

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
        N_("take in meeting files (.json); all or nothing a file"),
        (
            (("files",), {"metavar": "FILE", "nargs": "+"}),
            (("--check",), {"action": "store_true", "help": N_("only check them; nothing is changed")}),
        ),
    ),
    "export": (
        N_("write a meeting as a meeting file (.json) or its record (.pdf)"),
        (_MEETING, (("--to",), {"metavar": "FILE", "required": True, "help": N_("the file to write")})),
    ),
    "paper": (
        N_("write one paper of a meeting as PDF"),
        (
            _MEETING,
            (("paper",), {"metavar": "PAPER", "help": N_("the id of the paper, as list papers shows it")}),
            (("--to",), {"metavar": "FILE", "required": True, "help": N_("the file to write")}),
            (("--posted",), {"action": "store_true", "help": N_("the copy for the notice board, personal data masked")}),
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


def language_asked(words: list[str]) -> str | None:
    """What --language says, before the sentences of the help itself are made."""
    finder = argparse.ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    finder.add_argument("--language", choices=tuple(LANGUAGES))
    try:
        asked: str | None = finder.parse_known_args(words)[0].language
    except argparse.ArgumentError:
        return None  # the real parser says what is wrong
    return asked


def parser(built: frozenset[str]) -> argparse.ArgumentParser:
    """The parser of the commands in `built`; others are absent."""
    whole = argparse.ArgumentParser(
        prog="deliberation-app",
        description=_("Neighbourhood deliberation from a raised voice to signed minutes; without a command, the window."),
        allow_abbrev=False,
    )
    _add_global(whole, None)
    choices = whole.add_subparsers(dest="command", metavar="COMMAND", title=_("commands"))
    for name, (about, arguments) in COMMANDS.items():
        if name in built:
            one = choices.add_parser(name, help=_(about), description=_(about), allow_abbrev=False)
            # The global options are understood after the command too.
            _add_global(one, argparse.SUPPRESS)
            for names, options in arguments:
                told = {**options, "help": _(str(options["help"]))} if "help" in options else options
                one.add_argument(*names, **told)  # type: ignore[arg-type]
    return whole


def _add_global(one: argparse.ArgumentParser, default: object) -> None:
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


def run(arguments: argparse.Namespace, commands: Mapping[str, Command]) -> int:
    """Carry out the command that was asked for; the answer is the exit status."""
    try:
        status = commands[arguments.command](arguments)
        sys.stdout.flush()
    except AppError as error:
        if arguments.debug:
            raise
        refuse(error)
        return REFUSED
    except BrokenPipeError:
        # Whoever read our output has enough; the interpreter must not complain about that at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return REFUSED
    return status


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


def _one_line(sentence: str) -> str:
    return " ".join(sentence.splitlines())


def _complain(line: str) -> None:
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
    """Speak `language` from now on, in UTF-8 wherever the output goes."""
    use(language)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")


def wrong_usage(whole: argparse.ArgumentParser, message: str) -> NoReturn:
    """Leave with exit status 2 and a sentence."""
    whole.exit(2, f"{message}\n")

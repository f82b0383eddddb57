"""Wires the layers: the only module that knows them all, and the two ways in, window and command."""

from __future__ import annotations

import os
import signal
import sys
from functools import partial
from typing import TYPE_CHECKING

from deliberation_app import cli, language, settings
from deliberation_app.errors import AppError
from deliberation_app.papers import fonts_own
from deliberation_app.settings import Settings

if TYPE_CHECKING:
    from deliberation_app.services.work import Work


def main(words: list[str] | None = None) -> int:
    """Start the program with the words of the command line; the answer is the exit status."""
    words = sys.argv[1:] if words is None else words
    kept, fault = settings.load()
    fonts_own.choose(kept.paper_fonts)
    spoken = cli.language_asked(words) or kept.language
    cli.speak(spoken)
    fault = fault or language.fault()
    arguments = cli.parse(words)
    if not arguments.debug:
        cli.say_mishaps_in_a_sentence()
    if fault is not None:
        cli.refuse(fault)
    if arguments.command is None:
        kept.language = spoken
        place = arguments.database or kept.database or settings.default_database()
        return cli.run(arguments, lambda: open_window(kept, place, fault=fault))
    # Commands bring the database and the papers with them, which the first frame of a window must not wait for.
    from deliberation_app import commands
    from deliberation_app.call import Call

    call = Call(arguments, kept, lambda place, own: open_window(own, place, demonstration=True))
    return cli.run(arguments, lambda: commands.TABLE[arguments.command](call))


def open_window(kept: Settings, place: str, *, demonstration: bool = False, fault: AppError | None = None) -> int:
    """Show the main window until it is closed; the database is opened after its first frame, `fault` said then."""
    cli.require_display()
    # Qt only where a window is wanted.
    from deliberation_app.ui import main_window

    def make_work() -> Work:
        from deliberation_app.services.work import open_work

        clock = settings.demonstration_clock() if demonstration else settings.clock
        work = open_work(place, clock=clock, user_name=kept.user)
        if not demonstration:
            kept.database = cli.whole_place(place)  # saved with the rest when the window is closed
        return work

    reach_input_method()
    # Ctrl+C in the terminal ends the program at once: every act is saved the moment it is done.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    application = main_window.make_application(sys.argv[:1], kept)
    window = main_window.open_window(make_work, kept)
    # Whoever shuts the computer down closes the windows: what stands half-typed is kept.
    signal.signal(signal.SIGTERM, lambda _number, _frame: application.closeAllWindows())
    if demonstration:
        window.day = settings.DEMONSTRATION_TODAY
        window.say_title()
    if fault is not None:  # whoever starts from a menu sees no terminal
        window.wired.connect(partial(window.say_error, fault))
    status = application.exec()
    del window
    return status


def reach_input_method() -> None:
    """Let people type Chinese with Fcitx: its own plugin fits the system's Qt only, but it speaks IBus too."""
    if os.environ.get("QT_IM_MODULE", "").startswith("fcitx"):
        os.environ["QT_IM_MODULE"] = "ibus"

"""The two consoles: results on stdout, everything else on stderr."""

import io
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

NARROWEST = 100


def out() -> "Console":
    """Results. Piped into a file, tables are 100 columns wide."""
    return _console(error=False)


def err() -> "Console":
    """Progress, notices and errors; lines are left whole."""
    return _console(error=True)


def never_fail_on_characters() -> None:
    """What the terminal's encoding lacks is shown as `?`; it never ends a command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def flush() -> None:
    """Hand over what is still held back, so that a closed pipe is met here and not at the exit."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()


def give_up() -> None:
    """Nobody reads any more: what is still to be flushed at the exit goes nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.__stdout__, sys.__stderr__):
        if stream is None:
            continue
        try:
            stream.flush()
        except BrokenPipeError:
            os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def _console(*, error: bool) -> "Console":
    from rich.console import Console

    console = Console(stderr=error, soft_wrap=error, highlight=False)
    if not console.is_terminal and "COLUMNS" not in os.environ:
        return Console(stderr=error, soft_wrap=error, highlight=False, width=NARROWEST)
    return console

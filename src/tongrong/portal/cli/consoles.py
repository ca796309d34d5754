"""The two consoles: results on stdout, everything else on stderr."""

import os
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


def _console(*, error: bool) -> "Console":
    from rich.console import Console

    console = Console(stderr=error, soft_wrap=error, highlight=False)
    if not console.is_terminal and "COLUMNS" not in os.environ:
        return Console(stderr=error, soft_wrap=error, highlight=False, width=NARROWEST)
    return console

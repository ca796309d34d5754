"""Compiled programs shared by every test process, and by runs of the same code.

Compiling the whole checklist takes seconds; the key of a program holds a hash of the engine's
code, so what is found here was compiled from the code under test.
"""

from pathlib import Path

from tongrong.engine.programs import Programs

FOLDER = Path(__file__).parents[1] / ".pytest_cache" / "programs"
PROGRAMS = Programs(FOLDER)


def with_programs(home: Path) -> Path:
    """A home folder, made if need be, that keeps compiled programs where every test finds them."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    home.mkdir(parents=True, exist_ok=True)
    (home / "programs").symlink_to(FOLDER)
    return home

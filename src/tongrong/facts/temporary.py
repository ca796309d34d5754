"""Folders for what is only needed for a while; a killed process's go with the next one made."""

import fcntl
import os
import shutil
import weakref
from contextlib import suppress
from pathlib import Path
from tempfile import gettempdir, mkdtemp
from types import TracebackType

_PREFIX = ".tongrong-"
_HELD = "held"


class Temporary:
    """A folder that goes when nobody holds on to it any more, at the latest with the process.

    A process that is killed leaves its folders; whoever makes the next one beside them finds
    that nobody holds their locks, and removes them.
    """

    def __init__(self, within: Path | None = None) -> None:
        """`within` is the folder to make it in, the system's for temporary files if not given."""
        within = within or Path(gettempdir())
        _sweep(within)
        self.path = Path(mkdtemp(prefix=_PREFIX, dir=within))
        try:
            lock = _locked(self.path)
        except OSError:  # the disk is full
            shutil.rmtree(self.path, ignore_errors=True)
            raise
        self._gone = weakref.finalize(self, _remove, self.path, lock)

    def __enter__(self) -> Path:
        return self.path

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._gone()


def _locked(folder: Path) -> int:
    """The folder's lock, held: it has its name only once it is, so nobody finds it free."""
    unnamed = folder / f"{_HELD}-soon"
    lock = os.open(unnamed, os.O_CREAT | os.O_RDWR, 0o600)
    fcntl.flock(lock, fcntl.LOCK_EX)
    unnamed.rename(folder / _HELD)
    return lock


def _remove(folder: Path, lock: int) -> None:
    with suppress(OSError):
        _clear(folder)
    os.close(lock)


def _clear(folder: Path) -> None:
    """Remove the folder, its lock last: by that others find what is left of a killed one."""
    for one in folder.iterdir():
        if one.is_dir():
            shutil.rmtree(one)
        elif one.name != _HELD:
            one.unlink()
    shutil.rmtree(folder)


def _sweep(within: Path) -> None:
    """Remove the folders whose process is no more; what cannot be removed stays."""
    for held in within.glob(f"{_PREFIX}*/{_HELD}"):
        with suppress(OSError):  # held, or another user's, or gone meanwhile
            lock = os.open(held, os.O_RDWR)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                _clear(held.parent)
            finally:
                os.close(lock)

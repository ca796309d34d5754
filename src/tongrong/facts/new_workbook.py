"""An .xlsx workbook being written, on a disk that may be full."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import xlsxwriter  # type: ignore[import-untyped]
from xlsxwriter.exceptions import FileCreateError  # type: ignore[import-untyped]

from tongrong.facts.temporary import Temporary

_OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


@contextmanager
def new_workbook(path: Path) -> Iterator[Any]:
    """A workbook to fill in, at `path` once it is left; its rows go to the disk as they come.

    Raises:
        OSError: the file cannot be written, or the disk is full.
    """
    with Temporary() as folder, path.open("wb") as file:
        options = {**_OPTIONS, "tmpdir": folder}
        try:
            with xlsxwriter.Workbook(_RefusedOnce(file), options) as book:
                yield book
        except FileCreateError as error:
            raise error.args[0] from None


class _RefusedOnce:
    """A file that is let alone once it has refused something.

    An archive that is thrown away half written tries once more to write its end; nobody could
    catch what that raises, and Python would print it.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file, self._refused = file, False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def write(self, data: bytes) -> int:
        return self._tried(self._file.write, data)

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._tried(self._file.seek, offset, whence)

    def tell(self) -> int:
        return self._tried(self._file.tell)

    def flush(self) -> int:
        return self._tried(self._file.flush)

    def _tried(self, what: Any, *given: Any) -> int:
        if self._refused:
            return 0
        try:
            done: int = what(*given)
        except OSError:
            self._refused = True
            raise
        return done

"""The copies of files in which what `import --partial` held back is to be mended."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tongrong.portal.cli.consoles import err, out
from tongrong.portal.cli.outputs import copy_file, whole_file
from tongrong.vocabulary.errors import refuse

if TYPE_CHECKING:
    from tongrong.actions.import_facts import ImportResult
    from tongrong.facts.reading import Reading

_NAMED = re.compile(r"(.*-待改)(?:-(\d+))?")


@dataclass
class Mending:
    """Where the copy of each file goes, and how many rows were held back so far."""

    copies: Mapping[Path, Path]
    held: int = 0

    def write(self, path: Path, reading: "Reading", result: "ImportResult") -> None:
        """Write the copy of a file of which something was held back, and say so."""
        from tongrong.facts.reading import FilesRefused
        from tongrong.facts.registry import LEDGERS
        from tongrong.facts.to_mend import Copy, write_copy

        if not result.problems:
            return
        self.held += max(result.rows_held, 1)
        target = self.copies[path]
        with whole_file(target) as part:
            alike = write_copy(path, part, Copy(reading, result.problems, result.rows_held))
        err().print(str(FilesRefused(result.problems)), style="yellow", markup=False)
        rows = "，".join(f"{LEDGERS[code].label} {len(at)} 行" for code, at in result.held.items())
        out().print(f"{path.name}：暂缓 {result.rows_held} 行{f'（{rows}）' if rows else ''}")
        look = "" if alike else "（只有数据，没有原来的格式和公式）"
        out().print(
            f"已写出 {target}{look}：错处已标红并加批注。"
            f"改好后：tongrong import {target} --partial",
            soft_wrap=True,
            markup=False,
        )


def mending_of(
    files: Sequence[Path], copy: Path | None, *, partial: bool, force: bool
) -> Mending | None:
    """Where the copies may be written; None where files are taken in whole.

    Raises:
        TongrongError: a copy may not be written there, or nobody asked for one.
    """
    if not partial:
        if copy is not None:
            expected = "与 --partial 合用"
            raise refuse("cli.copy", "--copy", str(copy), expected, "加上 --partial")
        return None
    if copy is not None and len(files) > 1:
        expected = "一次导入一个文件"
        raise refuse("cli.copy", "--copy", f"{len(files)} 个文件", expected, "不写 --copy")
    copies = {path: copy or beside(path) for path in files}
    for path, target in copies.items():
        copy_file(target, path, force=force)
    return Mending(copies)


def beside(path: Path) -> Path:
    """The copy beside the file or folder: 台账-待改.xlsx, and of that one 台账-待改-2.xlsx."""
    path = path.resolve() if path.is_dir() else path
    stem = path.name if path.is_dir() else path.stem
    if again := _NAMED.fullmatch(stem):
        return path.with_name(f"{again[1]}-{int(again[2] or 1) + 1}.xlsx")
    return path.with_name(f"{stem}-待改.xlsx")

"""`tongrong import`: files into the database, whole or in part."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tongrong.portal import clock
from tongrong.portal.cli import inputs
from tongrong.portal.cli.consoles import err, out
from tongrong.portal.cli.evaluate import Cleared
from tongrong.portal.cli.ledgers import Actor, Force, login_name
from tongrong.portal.cli.mending import Mending, mending_of
from tongrong.portal.cli.progress import watched

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tongrong.actions.import_facts import ImportResult
    from tongrong.facts.headings import Meant
    from tongrong.facts.reading import Reading
    from tongrong.vocabulary.progress import Progress

HELD_BACK = 3
"""The exit code where rows were held back: as of input that is refused."""


def import_files(  # noqa: PLR0913, PLR0917 one argument an option
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="台账…", help="工作簿、CSV 或 Parquet，或装有它们的文件夹，可写多个"
        ),
    ],
    reason: Annotated[str, typer.Option("--reason", metavar="原因", help="更正或补录的原因")] = "",
    actor: Actor = None,
    column: Annotated[
        list[str] | None,
        typer.Option(
            "--column",
            metavar="表中列名=台账列名",
            help="说明一个不认识的列名，“=”后不写即不读此列；可写多次",
        ),
    ] = None,
    sender: Annotated[
        str, typer.Option("--sender", metavar="报送人", help="记住其列名，下次自动套用")
    ] = "",
    dry_run: Annotated[  # noqa: FBT002 typer takes a flag's default so
        bool, typer.Option("--dry-run", help="试导：只说会写入什么、哪些结果会变，不写入")
    ] = False,
    partial: Annotated[  # noqa: FBT002 typer takes a flag's default so
        bool,
        typer.Option(
            "--partial", help="没有错的行先写入，其余的写到一份待改副本，标出错处和改法；改好再导入"
        ),
    ] = False,
    copy: Annotated[
        Path | None,
        typer.Option(
            "--copy", metavar="文件", help="待改副本的文件名；默认在原文件旁，名为 原名-待改.xlsx"
        ),
    ] = None,
    force: Force = False,  # noqa: FBT002 typer takes a flag's default so
    cleared: Cleared = False,  # noqa: FBT002 typer takes a flag's default so
) -> None:
    """Take files into the database, each whole or not at all, or with `--partial` in part."""
    from tongrong.facts.headings import meant

    mending = mending_of(files, copy, partial=partial, force=force)
    columns = [meant(text) for text in column or ()]
    readings = _read(files, [*_remembered(sender), *columns], in_part=partial)
    inputs.ready_database()
    from tongrong.actions.import_facts import Sender
    from tongrong.portal.cli.refresh import refresh_stored, rehearsed

    known = Sender(sender.strip(), columns) if sender.strip() else None
    told = {"actor": actor or login_name(), "reason": reason, "sender": known}
    if dry_run:
        with rehearsed(cleared=cleared) as progress:
            _take_in(readings, mending, progress, **told)
        copies = "除待改副本外" if mending is not None and mending.held else ""
        out().print(f"以上为试导，{copies}没有写入任何内容")
    else:
        _take_in(readings, mending, None, **told)
        refresh_stored(cleared=cleared)
    if mending is not None and mending.held:
        raise typer.Exit(HELD_BACK)


def _read(
    files: "Sequence[Path]", said: "Sequence[Meant]", *, in_part: bool
) -> "Sequence[tuple[Path, Reading]]":
    """What is in the files; one without a record is refused."""
    from tongrong.facts.from_files import read_filled

    readings = []
    for path in files:
        with watched() as progress:
            reading = read_filled(path, said, in_part=in_part, progress=progress)
        readings.append((path, reading))
    return readings


def _take_in(
    readings: "Sequence[tuple[Path, Reading]]",
    mending: Mending | None,
    progress: "Progress | None",
    **told: Any,
) -> None:
    """Import each file and say what it did; `progress` is told, else a bar of its own."""
    from tongrong.actions.import_facts import Manner, import_facts
    from tongrong.facts.doubts import doubts
    from tongrong.facts.file_hash import fingerprint
    from tongrong.queries.facts import known_codes
    from tongrong.vocabulary.progress import untold

    for path, reading in readings:
        with watched(progress) as tell:
            result = import_facts(
                reading=reading,
                file_name=path.name,
                file_hash=fingerprint(path),
                recorded_at=clock.now(),
                manner=Manner(in_part=mending is not None, progress=tell or untold),
                **told,
            )
        print_result(path, result)
        if mending is not None:
            mending.write(path, reading, result)
        taken = result.taken
        inputs.tell_doubts(
            doubts(taken.snapshot, taken.sources, day=clock.today(), known=known_codes)
        )


def _remembered(sender: str) -> "Sequence[Meant]":
    """What is known of the headings of who sent the files."""
    if not sender.strip():
        return ()
    inputs.ready_database()
    from tongrong.queries.senders import remembered_columns

    return remembered_columns(sender.strip())


def print_result(path: Path, result: "ImportResult", *, by_ledger: bool = True) -> None:
    """What an import did, in one line and, where asked, a table of the ledgers it changed."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    said = (
        f"{path.name}：新增 {result.added}，更正 {result.corrected}，"
        f"撤回 {result.withdrawn}，未变 {result.unchanged}"
    )
    out().print(said, soft_wrap=True)
    inputs.tell_notes(result.notes)
    _note_left(path, result)
    _note_erased(path, result)
    changed = [one for one in result.ledgers if one.added or one.corrected or one.withdrawn]
    if not changed or not by_ledger:
        return
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("台账", overflow="fold")
    for heading in ("新增", "更正", "撤回", "未变"):
        table.add_column(heading, justify="right", overflow="fold")
    for one in changed:
        counts = (one.added, one.corrected, one.withdrawn, one.unchanged)
        table.add_row(one.label, *(str(number or "") for number in counts))
    out().print(table)


def _note_left(path: Path, result: "ImportResult") -> None:
    """Say which records the file no longer has: deleting a row does not withdraw its record."""
    if not result.left:
        return
    total = sum(len(one.records) for one in result.left)
    told = []
    for one in result.left:
        keys = "、".join(record.partition("/")[2] for record in one.records[: inputs.SHOWN])
        more = " 等" if len(one.records) > inputs.SHOWN else ""
        told.append(f"{one.label} {len(one.records)} 条（{keys}{more}）")
    err().print(
        f"有 {total} 条记录以前由 {path.name} 导入，这次表中没有，库中仍为有效、照常计算："
        f"{'，'.join(told)}。要撤回：tongrong export 取回这些行，"
        "把“记录状态”填为“撤回”，再导入；删去行不等于撤回",
        style="yellow",
        markup=False,
    )


def _note_erased(path: Path, result: "ImportResult") -> None:
    """Say that words about erased persons did not come back by the file."""
    if result.erased:
        rows = "，".join(f"{label} {rows} 行" for label, rows in result.erased.items())
        err().print(
            f"{path.name} 中有已依法删除的个人信息（{rows}）：没有导入，请从原文件中也删去",
            style="yellow",
            markup=False,
        )

"""`tongrong template|import|export`: ledgers as files, into the database and out of it."""

import getpass
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tongrong.portal import clock
from tongrong.portal.cli import inputs
from tongrong.portal.cli.consoles import err, out
from tongrong.portal.cli.evaluate import Cleared
from tongrong.portal.cli.known_at import KnownAt, moment_known, note_known
from tongrong.portal.cli.outputs import refuse_overwriting, whole_file, whole_folder
from tongrong.vocabulary.errors import refuse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tongrong.actions.import_facts import ImportResult
    from tongrong.facts.headings import Meant
    from tongrong.facts.reading import Reading
    from tongrong.facts.snapshot import Snapshot

Actor = Annotated[str | None, typer.Option("--actor", metavar="谁", help="经手人；默认为登录名")]
Force = Annotated[bool, typer.Option("--force", help="已有同名文件时覆盖")]


def template(
    file: Annotated[Path, typer.Argument(metavar="文件", help="要写出的工作簿")] = Path(
        "台账模板.xlsx"
    ),
    samples: Annotated[  # noqa: FBT002 typer takes a flag's default so
        bool, typer.Option("--samples", help="带示例行")
    ] = False,
    ledger: Annotated[
        list[str] | None,
        typer.Option("--ledger", metavar="台账", help="只要这些台账：名称或代码，可写多次"),
    ] = None,
    force: Force = False,  # noqa: FBT002 typer takes a flag's default so
) -> None:
    """Write a workbook to fill in."""
    from tongrong.facts.to_sheets import write_template

    codes = [ledger_of(text) for text in ledger] if ledger else None
    refuse_overwriting(file, force=force)
    if file.suffix.lower() != ".xlsx":
        raise refuse("cli.file", "文件", str(file), ".xlsx 工作簿", "把扩展名写成 .xlsx")
    with whole_file(file) as part:
        write_template(part, codes, with_samples=samples)
    out().print(f"已写出 {file}。填好后：tongrong evaluate {file}", soft_wrap=True)


def import_files(
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
    cleared: Cleared = False,  # noqa: FBT002 typer takes a flag's default so
) -> None:
    """Take files into the database, each whole or not at all."""
    from tongrong.facts.from_files import read_facts
    from tongrong.facts.headings import meant

    columns = [meant(text) for text in column or ()]
    said = [*_remembered(sender), *columns]
    readings = [(path, read_facts(path, said)) for path in files]
    for path, reading in readings:
        if not reading.snapshot.row_count:
            raise refuse(
                "facts.empty",
                str(path),
                "没有可导入的记录：各张表都没有记录",
                "填好的台账，至少“企业”“党组织”两张表有记录",
                "从标题行的下一行起填写后重试；空白模板不用导入",
            )
    inputs.ready_database()
    from tongrong.portal.cli.refresh import refresh_stored, rehearsed

    told = {"actor": actor or login_name(), "reason": reason, "sender": sender.strip()}
    if dry_run:
        with rehearsed(cleared=cleared):
            _take_in(readings, columns=columns, **told)
        out().print("以上为试导，没有写入任何内容")
        return
    _take_in(readings, columns=columns, **told)
    refresh_stored(cleared=cleared)


def _take_in(readings: "Sequence[tuple[Path, Reading]]", **told: Any) -> None:
    """Import each file and say what it did."""
    from tongrong.actions.import_facts import import_facts
    from tongrong.facts.doubts import doubts

    for path, reading in readings:
        result = import_facts(
            reading=reading,
            file_name=path.name,
            file_hash=fingerprint(path),
            recorded_at=clock.now(),
            **told,
        )
        print_result(path, result)
        inputs.tell_doubts(doubts(reading.snapshot, reading.sources))


def _remembered(sender: str) -> "Sequence[Meant]":
    """What is known of the headings of who sent the files."""
    if not sender.strip():
        return ()
    inputs.ready_database()
    from tongrong.queries.senders import remembered_columns

    return remembered_columns(sender.strip())


def export_facts(
    file: Annotated[
        Path, typer.Argument(metavar="文件", help=".xlsx 工作簿；其他名称为文件夹，内放 CSV")
    ],
    parquet: Annotated[  # noqa: FBT002 typer takes a flag's default so
        bool, typer.Option("--parquet", help="文件夹内放 Parquet，而不是 CSV")
    ] = False,
    known_at: KnownAt = None,
    cleared: Cleared = False,  # noqa: FBT002 typer takes a flag's default so
    force: Force = False,  # noqa: FBT002 typer takes a flag's default so
) -> None:
    """Write the database's ledgers to a workbook or folder."""
    from tongrong.facts.clearance import without_overseas

    known = moment_known(known_at)
    snapshot = inputs.database_facts(known)
    snapshot = snapshot if cleared else without_overseas(snapshot)
    refuse_overwriting(file, force=force)
    write_facts(snapshot, file, parquet=parquet)
    note_known(known)
    out().print(f"已写出 {file}（{snapshot.row_count} 条记录）", soft_wrap=True)
    if not cleared:
        err().print("境外单位及其记录如有，没有导出；可以掌握的人加 --cleared", style="dim")


def write_facts(snapshot: "Snapshot", file: Path, *, parquet: bool = False) -> None:
    """The snapshot as a workbook, or as a folder of CSV or Parquet files."""
    from tongrong.facts.to_parquet import write_parquet
    from tongrong.facts.to_sheets import write_folder, write_workbook

    if file.suffix.lower() == ".xlsx":
        with whole_file(file) as part:
            write_workbook(snapshot, part)
        return
    with whole_folder(file) as part:
        if parquet:
            write_parquet(snapshot, part)
        else:
            write_folder(snapshot, part)


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


def fingerprint(path: Path) -> str:
    """SHA-256 of a file; of a folder, of its files' names and contents in order."""
    if path.is_file():
        return hashlib.sha256(path.read_bytes()).hexdigest()
    digest = hashlib.sha256()
    for file in sorted(path.iterdir()):
        if file.is_file():
            digest.update(f"{file.name}\0".encode())
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def ledger_of(text: str) -> str:
    """A ledger's code, given by code or by name."""
    from tongrong.facts.cell_text import closest_label
    from tongrong.facts.registry import LEDGERS

    codes = {ledger.label: code for code, ledger in LEDGERS.items()}
    if text in LEDGERS:
        return text
    if text not in codes:
        near = inputs.nearest(text, codes)
        if not near and (label := closest_label(text, codes)):
            near = f"是否应为 {label}？"
        raise refuse(
            "cli.ledger", "--ledger", text, "台账的名称或代码", f"{near}全部台账见模板的填写说明"
        )
    return codes[text]


def login_name() -> str:
    """Who does this where nobody else is named: the name the person is logged in by."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "命令行"

"""`tongrong template|export`: ledgers as files to fill in, and out of the database."""

import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tongrong.portal.cli import inputs
from tongrong.portal.cli.consoles import err, out
from tongrong.portal.cli.evaluate import Cleared
from tongrong.portal.cli.known_at import KnownAt, moment_known, note_known
from tongrong.portal.cli.outputs import refuse_overwriting, whole_file, whole_folder
from tongrong.vocabulary.errors import refuse

if TYPE_CHECKING:
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

"""`tongrong verify|backup|restore`: whether what was recorded can be proved, and its safe copy."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tongrong.portal import clock
from tongrong.portal.cli import inputs
from tongrong.portal.cli.consoles import err, out
from tongrong.portal.cli.evaluate import Cleared
from tongrong.portal.cli.front import REFUSED
from tongrong.portal.cli.ledgers import Force
from tongrong.portal.cli.outputs import refuse_overwriting, whole_file
from tongrong.portal.cli.progress import watched
from tongrong.vocabulary.errors import refuse

if TYPE_CHECKING:
    from tongrong.queries.audit import Head
    from tongrong.queries.verify_store import Verification

SHOWN = 50
_HEAD = re.compile(r"(\d{1,18}):([0-9a-f]{64})")


def verify(
    file: Annotated[
        Path | None, typer.Argument(metavar="备份", help="备份文件；不写则核验数据库")
    ] = None,
    head: Annotated[
        str | None,
        typer.Option("--head", metavar="末端", help="以前记下的审计链末端，如 128:9f3c…"),
    ] = None,
    cleared: Cleared = False,  # noqa: FBT002 typer takes a flag's default so
) -> None:
    """Compute every hash again; name every row that was changed, removed or put in."""
    known = _head_of(head)
    if file is None:
        inputs.database_facts_exist()
        from tongrong.queries.verify_store import verify_store

        with watched() as progress:
            found = verify_store(known, progress, cleared=cleared)
    else:
        inputs.start_django()
        from tongrong.actions.restore import restore
        from tongrong.actions.scratch import scratch_database
        from tongrong.queries.verify_store import verify_store

        with watched() as progress, scratch_database():
            found = restore(file, progress, cleared=cleared).verification
            if known is not None:
                found = verify_store(known, progress, cleared=cleared)
    _tell(found, cleared=cleared)


def backup(
    file: Annotated[Path, typer.Argument(metavar="备份", help="要写出的文件，如 同融.backup.zip")],
    force: Force = False,  # noqa: FBT002 typer takes a flag's default so
) -> None:
    """Write everything the database holds into one file, while others go on working."""
    refuse_overwriting(file, force=force)
    inputs.database_facts_exist()
    from tongrong.queries.backup import write_backup

    with watched() as progress, whole_file(file) as part:
        part.unlink(missing_ok=True)
        manifest = write_backup(part, clock.now(), progress)
    out().print(f"已写出 {file}：{manifest.rows} 行", soft_wrap=True)
    out().print(f"审计链末端 {manifest.head}", soft_wrap=True)
    err().print(
        "请把末端抄在别处，日后用 tongrong verify --head 核对；"
        "备份中有个人信息，未加密，请妥善保管",
        style="yellow",
    )


def restore(
    file: Annotated[Path, typer.Argument(metavar="备份", help="tongrong backup 写出的文件")],
    cleared: Cleared = False,  # noqa: FBT002 typer takes a flag's default so
) -> None:
    """Put a backup into an empty database, whole or not at all, and verify it."""
    inputs.start_django()
    from tongrong.actions.restore import restore as put_back

    with watched() as progress:
        done = put_back(file, progress, cleared=cleared)
    manifest = done.manifest
    out().print(f"已恢复 {file}：{manifest.rows} 行，{manifest.made_at} 的备份", soft_wrap=True)
    err().print(
        f"备份中已有 {manifest.erasures} 人依法删除了个人信息；"
        "备份之后删除的，其个人信息随恢复又回到库中，须逐一再运行 tongrong erase",
        style="yellow",
    )
    _tell(done.verification, cleared=cleared)


def _tell(found: "Verification", *, cleared: bool) -> None:
    """What was checked, and on stderr what is wrong; that is exit code 3."""
    out().print(
        f"核验了 {found.entries} 条审计记录、{found.versions} 个版本、{found.runs} 次导入",
        soft_wrap=True,
    )
    out().print(f"审计链末端 {found.head}", soft_wrap=True)
    if not found.problems:
        out().print("全部相符")
        return
    for problem in found.problems[:SHOWN]:
        err().print(str(problem), markup=False)
    more = len(found.problems) - SHOWN
    err().print(
        f"共 {len(found.problems)} 处问题" + (f"，另有 {more} 处未列出" if more > 0 else "")
    )
    if not cleared:
        err().print("只写流水号，不写是哪条记录：可以掌握境外单位的人加 --cleared", style="dim")
    raise typer.Exit(REFUSED)


def _head_of(text: str | None) -> "Head | None":
    """The end of the chain that was written down."""
    if text is None:
        return None
    found = _HEAD.fullmatch(text.strip().lower())
    if found is None:
        raise refuse(
            "cli.head",
            "--head",
            text,
            "verify 或 backup 打印的“审计链末端”，编号:64 位十六进制",
            "照原样写，中间没有空格",
        )
    inputs.start_django()
    from tongrong.queries.audit import Head

    return Head(int(found[1]), found[2])

"""`tongrong demo`: an invented group as a workbook, and what the product makes of it."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tongrong.portal import clock
from tongrong.portal.cli import inputs
from tongrong.portal.cli.consoles import err, out
from tongrong.portal.cli.outputs import refuse_overwriting
from tongrong.vocabulary.errors import refuse

if TYPE_CHECKING:
    from tongrong.facts.snapshot import Snapshot

MOST_UNITS, WORTH_A_WORD, RECORDS_A_UNIT = 20_000, 200, 860
# Two verdicts worth explaining: a month that is lost, and an audit there is still time for.
EXPLAINED = (("QY01", "1.1.b"), ("QY01", "9.3.b"))


UNATTENDED = "CI"
"""Set where a build machine runs what people do: nobody would look, or stop it."""


def demo(
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="文件",
            help="要写出的 .xlsx 工作簿，不带扩展名的为文件夹，内放 Parquet；"
            "默认为数据文件夹中的 demo.xlsx",
        ),
    ] = None,
    run: Annotated[  # noqa: FBT002 typer takes a flag's default so
        bool, typer.Option("--run", help="导入数据库，按演示的考核日判定，说明其中两条")
    ] = False,
    units: Annotated[
        int,
        typer.Option(
            "--units",
            metavar="数",
            min=0,
            max=MOST_UNITS,
            help=f"企业和党组织合计至少这么多，至多 {MOST_UNITS}，按整个集团成倍增加",
        ),
    ] = 0,
    force: Annotated[  # noqa: FBT002 typer takes a flag's default so
        bool, typer.Option("--force", help="已有同名文件时覆盖")
    ] = False,
    serve: Annotated[  # noqa: FBT002 typer takes a flag's default so
        bool, typer.Option("--serve", help="与 --run 同用：接着建样例账户，打开门户")
    ] = False,
) -> None:
    """The invented group as a workbook; with `--run` the whole way from there to verdicts."""
    from tongrong.facts.demo import AS_OF, demo_snapshot
    from tongrong.portal.cli.ledgers import write_facts

    path = file or inputs.home() / "demo.xlsx"
    if path.suffix.lower() not in (".xlsx", ""):
        expected = ".xlsx 工作簿，或不带扩展名的文件夹"
        raise refuse("cli.file", "文件", str(path), expected, "把扩展名写成 .xlsx，或去掉")
    refuse_overwriting(path, force=force or file is None)
    if units > WORTH_A_WORD:
        said = f"正在生成约 {max(1, units * RECORDS_A_UNIT // 10_000)} 万条记录"
        pace = "写成工作簿每 10 万条约 20 秒，写成文件夹快得多"
        err().print(f"{said}；{pace}", style="dim")
    snapshot = demo_snapshot(units=units)
    write_facts(snapshot, path, parquet=True)
    out().print(f"已写出虚构集团的台账：{path}（{snapshot.row_count} 条记录）", soft_wrap=True)
    if run:
        _run(path)
        ready_portal(serve=serve)
    else:
        out().print(f"接着可以：tongrong evaluate {path} --as-of {AS_OF}", soft_wrap=True)


def _run(path: Path) -> None:
    """Import, evaluate as of the demo's day, print the group by item and two explanations."""
    from tongrong.facts.clearance import without_overseas
    from tongrong.facts.demo import AS_OF
    from tongrong.findings.explain import Explainer
    from tongrong.findings.names import Names
    from tongrong.findings.rollup import rolled_up
    from tongrong.portal.cli.evaluate import evaluated
    from tongrong.portal.cli.explanation_view import print_explanation
    from tongrong.portal.cli.lamps import legend
    from tongrong.portal.cli.verdict_tables import print_standing

    snapshot = without_overseas(_imported(path))
    checklist = inputs.checklist_of(None)
    evaluation, findings = evaluated(checklist, snapshot, AS_OF, None)
    out().print(f"\n[bold]截至 {AS_OF} 日终，各企业按项目的结果[/]")
    out().print(legend())
    names = Names(snapshot)
    for standing in rolled_up(checklist, findings, snapshot):
        print_standing(out(), standing, names)
    explainer = Explainer(evaluation, snapshot)
    for unit, clause in EXPLAINED:
        print_explanation(out(), explainer.explain(unit, clause))
    unit, clause = EXPLAINED[0]
    out().print(
        "\n[bold]接着可以试[/]\n"
        f"  tongrong evaluate --as-of {AS_OF} --unit {unit}\n"
        f"  tongrong explain {unit} {clause} --as-of {AS_OF}\n"
        f"  tongrong evaluate {path} --as-of {AS_OF} --format xlsx\n"
        "  tongrong norms show\n"
        "  tongrong template 我的台账.xlsx",
        soft_wrap=True,
    )


def ready_portal(*, serve: bool) -> None:
    """How to open the portal; with `serve` make it ready and open it, but where CI is set."""
    from tongrong.facts.demo import AS_OF
    from tongrong.portal.cli import refresh, sample_accounts
    from tongrong.portal.cli import serve as server

    if not serve:
        out().print(
            f"  tongrong refresh --as-of {AS_OF}; tongrong demo-accounts; tongrong serve --keep-day"
            "（浏览器中打开）",
            soft_wrap=True,
        )
        return
    out().print("\n[bold]门户[/]")
    refresh.refresh(as_of=str(AS_OF), checklist=None, cleared=False)
    sample_accounts.print_accounts()
    if os.environ.get(UNATTENDED):
        out().print(
            f"运行 tongrong serve --keep-day，在浏览器中打开 {server.ADDRESS}", soft_wrap=True
        )
    else:
        server.serve(host=server.HOST, port=server.PORT, workers=1, keep_day=True)


def _imported(path: Path) -> "Snapshot":
    """The database's facts after the demo went into it, unless it holds somebody's own."""
    from tongrong.facts.directory import UNIT_LEDGERS
    from tongrong.facts.file_hash import fingerprint
    from tongrong.facts.from_files import read_facts
    from tongrong.portal.cli.importing import print_result

    reading = read_facts(path)
    inputs.ready_database()
    from tongrong.actions.import_facts import import_facts
    from tongrong.queries.facts import current_snapshot

    own = current_snapshot().not_in(reading.snapshot)
    if own:
        own.sort(key=lambda record: record.partition("/")[0] not in UNIT_LEDGERS)
        shown = "、".join(_named(record) for record in own[: inputs.SHOWN])
        raise refuse(
            "database.in_use",
            "业务数据库",
            f"已有演示以外的 {len(own)} 条记录：{shown}{' 等' if own[inputs.SHOWN :] else ''}",
            "空的数据库，或只有演示数据的数据库",
            "为演示另设数据文件夹，如 TONGRONG_HOME=演示 tongrong demo --run",
        )
    result = import_facts(
        reading=reading,
        file_name=path.name,
        file_hash=fingerprint(path),
        actor="演示",
        recorded_at=clock.now(),
    )
    print_result(path, result, by_ledger=False)
    return current_snapshot()


def _named(record: str) -> str:
    """A record as people say it: the name of its ledger and its key."""
    from tongrong.facts.registry import LEDGERS

    code, _, key = record.partition("/")
    return f"{LEDGERS[code].label} {key}"

"""`tongrong evaluate`: the verdicts of a checklist on ledgers, as a table or a file."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tongrong.portal import clock
from tongrong.portal.cli import inputs
from tongrong.portal.cli.consoles import err, out
from tongrong.portal.cli.front import UNMET
from tongrong.portal.cli.known_at import KnownAt, moment_known, note_known
from tongrong.portal.cli.outputs import verdict_file, whole_file
from tongrong.vocabulary.errors import TongrongError, refuse
from tongrong.vocabulary.verdicts import Verdict

if TYPE_CHECKING:
    from tongrong.engine.run import Evaluation
    from tongrong.facts.snapshot import Snapshot
    from tongrong.findings.finding import Finding
    from tongrong.norms.checklist import Checklist
    from tongrong.norms.family import Family
    from tongrong.vocabulary.progress import Progress

MOST_TOLD = 10


class Format(StrEnum):
    """How verdicts are given out."""

    TABLE = "table"
    JSON = "json"
    XLSX = "xlsx"
    PARQUET = "parquet"


AsOf = Annotated[
    str | None, typer.Option("--as-of", metavar="日期", help="考核日，如 2026-09-25；默认今天")
]
Year = Annotated[
    str | None, typer.Option("--year", metavar="年度", help="考核年度；默认考核日所在的年")
]
ChecklistName = Annotated[
    str | None,
    typer.Option(
        "--checklist", metavar="清单", help="清单或其一个版本的名称，或清单文件夹；不写为默认清单"
    ),
]

Cleared = Annotated[
    bool, typer.Option("--cleared", help="连同境外单位；只限按“五不公开”可以掌握的人")
]


def evaluate(  # noqa: PLR0913, PLR0917 one argument an option
    facts: Annotated[
        Path | None,
        typer.Argument(
            metavar="台账", help="工作簿（.xlsx），或装有 CSV 或 Parquet 的文件夹；不写则读数据库"
        ),
    ] = None,
    as_of: AsOf = None,
    year: Year = None,
    known_at: KnownAt = None,
    unit: Annotated[
        str | None,
        typer.Option("--unit", metavar="单位", help="只看一个企业或党组织：编号或全称"),
    ] = None,
    checklist: ChecklistName = None,
    form: Annotated[
        Format, typer.Option("--format", help="table 表格；json、xlsx、parquet 每条判定一行")
    ] = Format.TABLE,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="文件", help="写到文件；xlsx、parquet 默认写到 判定-日期"
        ),
    ] = None,
    force: Annotated[  # noqa: FBT002 typer takes a flag's default so
        bool, typer.Option("--force", help="已有同名文件时覆盖；台账和数据库除外")
    ] = False,
    cleared: Cleared = False,  # noqa: FBT002 typer takes a flag's default so
    fail_on_unmet: Annotated[  # noqa: FBT002 typer takes a flag's default so
        bool, typer.Option("--fail-on-unmet", help="有不达标时退出码为 1")
    ] = False,
) -> None:
    """Evaluate a checklist on ledgers and give the verdicts out."""
    day, wanted = inputs.day_of(as_of), inputs.year_of(year)
    norms, known = inputs.family_of(checklist), moment_known(known_at, facts)
    target = _target(form, output, facts, day, force=force)
    snapshot = inputs.facts_of(facts, cleared=cleared, known_at=known)
    code = None if unit is None else inputs.unit_of(snapshot, unit)
    evaluation, findings = evaluated(norms, snapshot, day, wanted)
    if not findings:
        raise _nobody(day, norms.name)
    own = [one for one in findings if code in (None, one.unit)]
    if code is not None and not own:
        _refuse_outside_its_time(snapshot, code, day)
    if form is Format.TABLE:
        from tongrong.portal.cli.verdict_tables import print_tables

        with _console_for(target) as console:
            print_tables(console, evaluation, findings, snapshot, code)
    else:
        _write(form, target, evaluation, own, snapshot, known)
    _note_days(day, snapshot)
    note_known(known)
    _note_beginning(evaluation)
    note_not_applied(evaluation)
    _note_unheard(evaluation, snapshot)
    if target is not None:
        err().print(f"已写出 {target}（{len(own)} 条判定）", style="dim")
    if fail_on_unmet and any(one.verdict is Verdict.UNMET for one in own):
        raise typer.Exit(UNMET)


def _refuse_outside_its_time(snapshot: "Snapshot", unit: str, day: dt.date) -> None:
    """Refuse a unit that does not exist on the day, saying when it does."""
    from tongrong.findings.rows import having

    registers = (snapshot["enterprises"], snapshot["party_organizations"])
    (row,) = [row for table in registers for row in having(table, "number", unit).to_pylist()][:1]
    founded, dissolved = row["founded_on"], row["dissolved_on"]
    if founded <= day and (dissolved is None or day < dissolved):
        return
    until = f"，{dissolved}起已撤销" if dissolved else ""
    raise refuse(
        "facts.unit_not_then",
        "--unit",
        f"{unit}：{day} 没有可判定的内容（设立 {founded}{until}）",
        "考核日当天存续的单位",
        "用 --as-of 指定它存续时的日期",
    )


def note_future(day: dt.date) -> None:
    """Say on stderr that a day to come is judged by the records there are now."""
    if day > clock.today():
        err().print(f"考核日 {day} 在今天之后，只按现有记录推算", style="yellow")


def note_not_applied(evaluation: "Evaluation") -> None:
    """Tell on stderr every adjustment that the checklist does not admit."""
    for problem in evaluation.not_applied:
        err().print(f"未采用 {problem}", style="yellow", markup=False)


def _note_unheard(evaluation: "Evaluation", snapshot: "Snapshot") -> None:
    """Tell on stderr every record about what no checklist has, and what can hardly be so."""
    from tongrong.facts.doubts import doubts
    from tongrong.findings.unheard import unheard
    from tongrong.norms.from_files import clauses_known

    found = unheard(evaluation, snapshot, clauses_known)
    for problem in found[:MOST_TOLD]:
        err().print(f"未采用 {problem}", style="yellow", markup=False)
    if found[MOST_TOLD:]:
        err().print(f"未采用的记录另有 {len(found) - MOST_TOLD} 条", style="yellow")
    inputs.tell_doubts(doubts(snapshot))


def _note_days(day: dt.date, snapshot: "Snapshot") -> None:
    """Say on stderr what a day in the future, or records after the day, mean for the verdicts."""
    note_future(day)
    later = snapshot.dated_after(day)
    if later:
        err().print(f"有 {later} 条记录的日期在考核日 {day} 之后，未计入", style="dim")


def _note_beginning(evaluation: "Evaluation") -> None:
    """Say on stderr that periods before the checklist came into force are not judged."""
    moment = evaluation.moment
    begun = [one.moment.span.since for one in evaluation.editions]
    since = min(day for day in begun if day is not None) if all(begun) else None
    if since is not None and since > moment.year_first:
        err().print(
            f"清单自 {since} 起施行，考核年度 {moment.year} 中此前的期间没有判定", style="dim"
        )


def _nobody(day: dt.date, checklist: str) -> TongrongError:
    return refuse(
        "facts.no_units_then",
        "台账",
        f"没有可判定的单位：{day} 没有清单 {checklist} 所管、已设立而未撤销的企业或党组织",
        "考核日当天存续的企业和党组织",
        "核对 --as-of 与“企业”“党组织”两张表的设立、撤销日期",
    )


def evaluated(
    checklist: "Checklist | Family", snapshot: "Snapshot", day: dt.date, year: int | None
) -> tuple["Evaluation", "list[Finding]"]:
    """The evaluation with details and its findings, progress shown to a person who waits."""
    from tongrong.engine.run import evaluate as run
    from tongrong.findings.from_engine import findings_of

    with waiting() as progress:
        evaluation = run(
            checklist,
            snapshot,
            day,
            year=year,
            details=True,
            programs=inputs.programs(),
            progress=progress,
        )
    return evaluation, findings_of(evaluation, snapshot)


@contextmanager
def waiting() -> Iterator["Progress | None"]:
    """A bar on stderr while the engine works; nothing where nobody watches."""
    if not err().is_terminal:
        yield None
        return
    from rich.progress import BarColumn, Progress, TextColumn

    columns = TextColumn("{task.description}"), BarColumn()
    with Progress(*columns, console=err(), transient=True) as bar:
        task = bar.add_task("准备判据（规则有改动后的第一次约半分钟）", total=None)

        def step(table: str, done: int, total: int) -> None:
            del table
            bar.update(task, description="计算", completed=done, total=total)

        yield step


def _target(
    form: Format, output: Path | None, facts: Path | None, day: dt.date, *, force: bool
) -> Path | None:
    """The file to write, None for stdout."""
    if output is None and form in (Format.XLSX, Format.PARQUET):
        output = Path(f"判定-{day}.{form.value}")
    return None if output is None else verdict_file(output, form.value, facts, force=force)


@contextmanager
def _console_for(target: Path | None) -> Iterator[Any]:
    """The console to print tables to: stdout, or a text file."""
    if target is None:
        yield out()
        return
    from rich.console import Console

    with whole_file(target) as part, part.open("w", encoding="utf-8") as file:
        yield Console(file=file, width=out().width, highlight=False)


def _write(
    form: Format,
    target: Path | None,
    evaluation: "Evaluation",
    findings: "list[Finding]",
    snapshot: "Snapshot",
    known: dt.datetime | None,
) -> None:
    from tongrong.portal.cli import verdict_files

    try:
        if target is None:
            verdict_files.write_json(findings, None)
            return
        with whole_file(target) as part:
            if form is Format.JSON:
                verdict_files.write_json(findings, part)
            elif form is Format.XLSX:
                verdict_files.write_xlsx(findings, part, evaluation, snapshot, known)
            else:
                verdict_files.write_parquet(findings, part, evaluation, known)
    except PermissionError as error:
        raise refuse(
            "cli.output",
            "--output",
            str(target),
            "可以写入的文件",
            "关闭正在打开它的程序，或换位置",
        ) from error

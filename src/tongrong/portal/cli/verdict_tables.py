"""Verdicts as tables: what each enterprise's items say, then every clause that calls for action."""

from collections import Counter
from collections.abc import Iterable, Sequence

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from tongrong.engine.run import Evaluation
from tongrong.facts.snapshot import Snapshot
from tongrong.findings.finding import Finding
from tongrong.findings.names import Names
from tongrong.findings.rollup import (
    ItemStanding,
    UnitStanding,
    hosts,
    leading_organizations,
    rolled_up,
    standing,
)
from tongrong.findings.subtree import Subtree, subtree
from tongrong.findings.told_missing import MissingWords
from tongrong.portal.cli.lamps import STYLES, lamp, legend
from tongrong.portal.lamp_marks import WORST_FIRST
from tongrong.vocabulary.verdicts import Verdict

CALLING = (Verdict.UNMET, Verdict.NO_DATA, Verdict.AT_RISK)
MOST_ROWS, MOST_MISSING = 40, 3
RULE_BESIDE = 4
OPEN_POINTS = "（未到期、缺数据的还没有定：前数为照现状全部扣分，后数为不再扣分）"


def print_tables(
    console: Console,
    evaluation: Evaluation,
    findings: Sequence[Finding],
    snapshot: Snapshot,
    unit: str | None,
) -> None:
    """Every enterprise rolled up, or one unit, and the clauses that are not met."""
    moment, names = evaluation.moment, Names(snapshot)
    checklist = evaluation.checklist
    console.print(f"{checklist.title}（{checklist.slug}）", style="bold", soft_wrap=True)
    console.print(f"截至 {moment.today} 日终，考核年度 {moment.year}")
    console.print(legend())
    standings = rolled_up(checklist, findings, snapshot)
    concerned = findings
    if unit is not None:
        concerned = _concerning(unit, findings, snapshot)
        about = {unit} & {one.unit for one in standings} or {one.unit for one in concerned}
        standings = [one for one in standings if one.unit in about]
        standings = standings or [standing(checklist, unit, concerned)]
    for one in standings:
        print_standing(console, one, names)
        if unit is not None:
            _print_shares(console, one)
        if unit == one.unit:
            _print_points(console, one)
    if unit is not None:
        _print_subtree(console, subtree(checklist, findings, snapshot, unit))
    _print_calling(console, concerned, evaluation, names)


def _concerning(unit: str, findings: Iterable[Finding], snapshot: Snapshot) -> list[Finding]:
    """The findings of an enterprise and of the organizations it is rolled up from."""
    organizations = {**hosts(snapshot), **leading_organizations(snapshot)}
    return [one for one in findings if unit in (one.unit, organizations.get(one.unit))]


def print_standing(console: Console, one: UnitStanding, names: Names) -> None:
    """A unit's items, each with its lamp and how many clauses got which verdict."""
    title = f"{names.unit(one.unit)}（{one.unit}）"
    fits = cell_len(title) + RULE_BESIDE <= console.width
    console.print(Rule(title, align="left") if fits else Text(title, overflow="fold"))
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("项目", overflow="fold")
    table.add_column("结果", overflow="fold")
    for verdict in WORST_FIRST:
        table.add_column(verdict.label, justify="right", style=STYLES[verdict], overflow="fold")
    total = one.points()
    if total:
        table.add_column("得分", justify="right", overflow="fold")
    for section in one.sections:
        if len(one.sections) > 1:
            told = section.section
            title = "　".join(filter(None, (f"{told.id}、{told.title}", told.subtitle)))
            table.add_row(Text(title, style="bold"), lamp(section.verdict))
        for item in section.items:
            counts = _counts(item)
            shown = [str(counts[verdict] or "") for verdict in WORST_FIRST]
            points = one.points(item.clauses())
            shown += [points.words if points else ""] if total else []
            table.add_row(f"{item.item.id} {item.item.title}", lamp(item.verdict), *shown)
    console.print(table)
    if total:
        console.print(f"得分 {total.words}{OPEN_POINTS if total.least < total.most else ''}")


def _print_points(console: Console, one: UnitStanding) -> None:
    """The points of each clause that gives any, and by which standard."""
    clauses = [clause for item in one.items for clause in item.clauses()]
    found = [(clause, points) for clause in clauses if (points := one.points([clause]))]
    if not found:
        return
    table = Table(box=SIMPLE_HEAD, pad_edge=False, title="各条得分", title_justify="left")
    table.add_column("判据", overflow="fold")
    table.add_column("结果", overflow="fold")
    table.add_column("得分", justify="right", overflow="fold")
    table.add_column("评分标准", overflow="fold")
    table.add_column("要求", ratio=1, overflow="fold")
    for clause, points in found:
        told = clause.clause
        row = (told.id, lamp(clause.verdict), points.words, told.standard, told.reading)
        table.add_row(*row)
    console.print(table)


def _print_shares(console: Console, one: UnitStanding) -> None:
    """The clauses judged of several organizations: how many of them are met."""
    clauses = [clause for item in one.items for clause in item.clauses()]
    shared = [clause for clause in clauses if len(clause.findings) > 1]
    if not shared:
        return
    table = Table(box=SIMPLE_HEAD, pad_edge=False, title="所属党组织的判据", title_justify="left")
    table.add_column("判据", overflow="fold")
    table.add_column("结果", overflow="fold")
    table.add_column("达标/适用", justify="right", overflow="fold")
    table.add_column("要求", ratio=1, overflow="fold")
    for clause in shared:
        met = f"{clause.met}/{clause.of}"
        table.add_row(clause.clause.id, lamp(clause.verdict), met, clause.clause.reading)
    console.print(table)


def _print_subtree(console: Console, below: Subtree) -> None:
    """Of the units below: how many meet each item, and the clauses that not all of them meet."""
    if not below.items:
        return
    title = f"下级单位达标情况（{len(below.units)} 个单位，不含本级；按单位计数，不求平均）"
    table = Table(box=SIMPLE_HEAD, pad_edge=False, title=title, title_justify="left")
    table.add_column("项目", overflow="fold")
    table.add_column("达标/适用", justify="right", overflow="fold")
    table.add_column("未全部达标的判据", ratio=1, overflow="fold")
    for item in below.items:
        short = (one for one in item.clauses if one.share.met < one.share.of)
        table.add_row(
            f"{item.item.id} {item.item.title}",
            f"{item.share.met}/{item.share.of}",
            "  ".join(f"{one.clause.id}（{one.share.met}/{one.share.of}）" for one in short),
        )
    console.print(table)


def _counts(item: ItemStanding) -> Counter[Verdict]:
    return Counter(clause.verdict for clause in item.clauses())


def _print_calling(
    console: Console, findings: Iterable[Finding], evaluation: Evaluation, names: Names
) -> None:
    """The clauses that are unmet, undecidable or at risk, worst first."""
    calling = [one for one in findings if one.verdict in CALLING]
    calling.sort(key=lambda one: -one.verdict.severity)
    if not calling:
        console.print("没有不达标、缺数据或预警的判据。")
        return
    clauses = {bound.clause.id: bound.clause for bound in evaluation.clauses}
    missing = MissingWords(evaluation, names)
    table = Table(box=SIMPLE_HEAD, pad_edge=False, title="需要处理的判据", title_justify="left")
    table.add_column("判定", overflow="fold")
    table.add_column("判据", overflow="fold")
    table.add_column("单位", overflow="fold")
    table.add_column("要求", ratio=1, overflow="fold")
    table.add_column("实测/应达", overflow="fold", max_width=14)
    table.add_column("缺什么", max_width=22, overflow="fold")
    for one in calling[:MOST_ROWS]:
        clause = clauses[one.clause]
        table.add_row(
            lamp(one.verdict),
            one.clause,
            f"{names.unit(one.unit)} {one.unit}",
            clause.reading if not one.part else f"【{one.part}】{clause.reading}",
            Text(_numbers(one)),
            Text(_lacking(one, missing.of(one))),
        )
    console.print(table)
    if len(calling) > MOST_ROWS:
        console.print(
            f"另有 {len(calling) - MOST_ROWS} 条未列出：用 --unit 看一个单位，"
            "或用 --format xlsx 写出全部。"
        )
    first = calling[0]
    console.print(f"看一条的理由：tongrong explain {first.unit} {first.clause}", style="dim")


def _numbers(one: Finding) -> str:
    return f"{one.measured}，应{one.required}" if one.measured else f"应{one.required}"


def _lacking(one: Finding, missing: Sequence[str]) -> str:
    if one.reason.label:
        return one.reason.label
    more = f"等{len(missing)}项" if len(missing) > MOST_MISSING else ""
    words = "、".join(missing[:MOST_MISSING]) + more
    if one.due and one.verdict is Verdict.AT_RISK:
        return f"{words}（{one.due}前）"
    return words

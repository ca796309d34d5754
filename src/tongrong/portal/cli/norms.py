"""`tongrong norms`: checks, shows, compares and imports checklists."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from enum import StrEnum
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tongrong.portal import clock
from tongrong.portal.cli import inputs
from tongrong.portal.cli.consoles import err, out
from tongrong.portal.cli.front import EXIT_CODES, UNMET, Front
from tongrong.portal.cli.outputs import refuse_overwriting
from tongrong.vocabulary.errors import Problem, TongrongError, refuse
from tongrong.vocabulary.verdicts import Scope

if TYPE_CHECKING:
    from rich.tree import Tree

    from tongrong.engine.from_norms import BoundClause
    from tongrong.norms.checklist import Checklist, Clause, Indicator
    from tongrong.norms.difference import Change

norms = typer.Typer(
    cls=Front,
    help="清单：检查（check）、查看（show）、比较（diff），把计分表导入成清单（import）。",
    no_args_is_help=True,
    epilog=EXIT_CODES,
)
Name = Annotated[
    str | None, typer.Argument(metavar="清单", help="清单的名称或文件夹；不写则为全部清单")
]


@norms.command(
    help="检查清单：文件读得懂，原文一字不差，规则对得上台账；有问题逐处指明行列。",
    epilog=EXIT_CODES,
)
def check(checklist: Name = None) -> None:
    """Load and bind checklists; every problem at file:line:column."""
    from tongrong.engine.from_norms import bind
    from tongrong.norms.from_files import checklists, families, load_family

    problems: list[Problem] = []
    for name in [checklist] if checklist else checklists():
        try:
            found = inputs.checklist_of(name)
            bound = bind(found, clock.today())
        except TongrongError as error:
            problems += error.problems
        else:
            out().print(_summary(found, len(bound)), soft_wrap=True)
    for family in () if checklist or problems else families():
        load_family(family)
    if problems:
        raise TongrongError(problems)


def _summary(checklist: "Checklist", clauses: int) -> str:
    items = list(checklist.items())
    indicators = list(checklist.indicators())
    return (
        f"{checklist.slug}：没有问题。{len(checklist.text.sections)} 个部分，{len(items)} 个项目，"
        f"{len(indicators)} 项具体指标，{clauses} 条判据，{len(list(checklist.thresholds))} 个数值"
    )


@norms.command(
    help="查看清单：部分 → 项目 → 具体指标 → 判据，各条的大白话和数值。", epilog=EXIT_CODES
)
def show(
    checklist: Annotated[
        str | None, typer.Argument(metavar="清单", help="清单的名称或文件夹；不写为默认清单")
    ] = None,
    clause: Annotated[
        str | None, typer.Argument(metavar="判据", help="只看一条判据，如 1.1.b")
    ] = None,
) -> None:
    """A checklist as a tree, with readings and thresholds."""
    from tongrong.engine.from_norms import bind

    if clause is None and checklist and inputs.looks_like_clause(checklist):
        checklist, clause = None, checklist
    found = inputs.checklist_of(checklist)
    wanted = None if clause is None else {inputs.clause_of(found, clause).id}
    bound = {one.clause.id: one for one in bind(found, clock.today(), wanted)}
    out().print(_tree(found, bound))


def _tree(checklist: "Checklist", bound: dict[str, "BoundClause"]) -> "Tree":
    """The branches that hold a clause shown; without a choice of clauses all of them."""
    from rich.tree import Tree

    every = len(bound) == len(list(checklist.clauses()))
    tree = Tree(f"[bold]{checklist.title}[/]（{checklist.slug}）")
    for section in checklist.text.sections:
        items = [
            (item, [i for i in item.indicators if every or _holds(i, bound)])
            for item in section.items
        ]
        if not any(indicators for _, indicators in items):
            continue
        branch = tree.add(f"[bold]{section.id}、{section.title} {section.subtitle}[/]")
        for item, indicators in items:
            twig = branch.add(f"[bold]{item.id} {item.title}[/]") if indicators else branch
            for indicator in indicators:
                leaf = twig.add(f"{indicator.id} {indicator.text}")
                for clause in indicator.clauses:
                    if clause.id in bound:
                        _add_clause(leaf, checklist, clause, bound[clause.id])
                if not indicator.clauses:
                    leaf.add("[dim]尚未写成判据[/]")
    return tree


def _holds(indicator: "Indicator", bound: dict[str, "BoundClause"]) -> bool:
    return any(clause.id in bound for clause in indicator.clauses)


def _add_clause(
    leaf: "Tree", checklist: "Checklist", clause: "Clause", bound: "BoundClause"
) -> None:
    from rich.text import Text

    from tongrong.findings.told_thresholds import told_thresholds

    node = leaf.add(
        Text(f"{clause.id} ", style="cyan")
        .append(f"{clause.scope.label}·{clause.strength.label} ", style="dim")
        .append(clause.reading, style="default")
        .append(_worth(clause), style="magenta")
    )
    told = dict.fromkeys(
        one
        for part in bound.parts
        for one in told_thresholds(part, checklist.thresholds, clock.today())
    )
    for one in told:
        why = f"⚙ {one.why}" if one.is_parameter else f"原文“{one.why}”"
        line = Text(f"{one.label} {one.value} {one.unit}  ").append(why, style="dim")
        node.add(line.append(f"；{one.adjustable}" if one.adjustable else ""))


def _worth(clause: "Clause") -> str:
    """What the clause is worth and how it is scored; empty where it has no points."""
    from tongrong.norms.points import marked

    if not clause.standard:
        return ""
    return f"（{f'{marked(clause.points)}分，' if clause.points else ''}{clause.standard}）"


@norms.command(
    name="import",
    help="把计分表（考核项目、考核内容、分值、评分标准）导入成一份清单，各条先由上级评定。",
    epilog=EXIT_CODES,
)
def import_sheet(
    sheet: Annotated[
        Path, typer.Argument(metavar="工作簿", help="计分表（.xlsx），读第一张工作表")
    ],
    to: Annotated[
        Path, typer.Option("--to", metavar="文件夹", help="清单的文件夹，如 norms/branch-2026")
    ],
    scope: Annotated[
        Scope, typer.Option("--scope", help="判定谁：branch 党支部、enterprise 企业等")
    ] = Scope.BRANCH,
) -> None:
    """A folder of norms from a customary sheet, checked before it is written."""
    from tongrong.facts.workbooks import sheets_of
    from tongrong.norms.from_sheet import folder_from_sheet

    refuse_overwriting(to, force=False)
    grids = sheets_of(sheet) if sheet.is_file() else []
    if not grids:
        raise refuse("cli.file", "工作簿", str(sheet), "有工作表的 .xlsx 文件", "核对文件名和位置")
    grid = grids[0]
    folder = folder_from_sheet(to.name, grid.rows, grid.at, scope)
    to.mkdir(parents=True, exist_ok=True)
    for name, text in folder.files.items():
        (to / name).write_text(text, encoding="utf-8")
    check(str(to))
    out().print(f"已写出 {to}：各条先由上级评定，能由台账算出的，逐条改写成规则", soft_wrap=True)
    if folder.unread:
        said = "评分标准没有全部采用，在 checklist.yaml 中以 ⚙ 标出，请逐条核对"
        err().print(f"有 {len(folder.unread)} 行的{said}：", style="yellow")
        for one in folder.unread:
            err().print(f"  {one.where}：{one.words}（{one.taken}）", markup=False)


class Format(StrEnum):
    """How differences are given out."""

    TEXT = "text"
    JSON = "json"


Side = Annotated[str, typer.Argument(metavar="清单", help="清单的名称或文件夹")]


@norms.command(
    help="比较两份清单：按项目列出增删和改动的判据、规则、数值，各注明在哪个文件第几行。",
    epilog="退出码：0 不论是否相同；1 有不同（仅在 --exit-code 时）；2 用法不对；3 清单有误",
)
def diff(
    old: Side,
    new: Side,
    form: Annotated[
        Format, typer.Option("--format", help="text 文字；json 每处不同一个对象")
    ] = Format.TEXT,
    exit_code: Annotated[  # noqa: FBT002 typer takes a flag's default so
        bool, typer.Option("--exit-code", help="有不同时退出码为 1")
    ] = False,
) -> None:
    """What differs between two checklists that both read."""
    from tongrong.norms.difference import difference

    changes = difference(inputs.checklist_of(old).folder, inputs.checklist_of(new).folder)
    if form is Format.JSON:
        typer.echo(json.dumps([asdict(one) for one in changes], ensure_ascii=False, indent=1))
    elif changes:
        _print_changes(changes)
    else:
        out().print("两份清单相同")
    if changes and exit_code:
        raise typer.Exit(UNMET)


def _print_changes(changes: "Iterable[Change]") -> None:
    from rich.text import Text

    for group, of_group in groupby(changes, key=lambda one: one.group):
        out().print(Text(group, style="bold cyan"))
        for one in of_group:
            word = "新增" if one.old is None else "删去" if one.new is None else "改动"
            name = " ".join(filter(None, (one.subject, one.words)))
            out().print(Text(f"  {word} {name}".rstrip()), soft_wrap=True)
            for mark, style, said in (("-", "red", one.old), ("+", "green", one.new)):
                if said is not None:
                    line = Text(f"    {mark} {said.words}", style=style)
                    out().print(line.append(f"  {said.where}", style="dim"), soft_wrap=True)

"""An explanation on the terminal: what, why, which records, what to do now."""

from collections import Counter
from collections.abc import Iterable

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from tongrong.findings.explanation import (
    Explanation,
    ToldAdjustment,
    ToldCell,
    ToldCondition,
    ToldLedger,
    ToldPart,
    ToldThreshold,
)
from tongrong.portal.cli.lamps import lamp
from tongrong.vocabulary.verdicts import Verdict

MOST_SHORT, MOST_RECORDS = 12, 12
HOLDS = {True: ("符合", "green"), False: ("不符合", "yellow"), None: ("无法判断", "bright_black")}
GOOD = (Verdict.MET, Verdict.JUSTIFIED)


def print_explanation(console: Console, told: Explanation) -> None:
    """The whole explanation."""
    console.print(Panel(_summary(told), title=f"{told.clause.id}  {told.unit_name}"))
    _heading(console, f"原文（{told.item}）")
    console.print(Padding(_quoted(told), (0, 2)))
    _heading(console, "规则")
    _line(
        console, f"{told.clause.reading}（{told.clause.scope.label}·{told.clause.strength.label}）"
    )
    shared = _shared_conditions(told.parts)
    _print_conditions(console, shared)
    for part in told.parts:
        _print_part(console, part, shared)
    _heading(console, "计入的记录")
    if not told.ledgers:
        _line(console, "没有计入的记录。")
    for ledger in told.ledgers:
        _print_ledger(console, ledger)
    _heading(console, "怎样达标")
    steps = Table.grid(padding=(0, 1))
    for number, step in enumerate(told.steps, start=1):
        steps.add_row(f"{number}.", Text(step, overflow="fold"))
    console.print(Padding(steps, (0, 2)))


def _summary(told: Explanation) -> Table:
    finding = told.finding
    table = Table.grid(padding=(0, 2))
    table.add_column(overflow="fold")
    table.add_column(overflow="fold")
    table.add_row("单位", f"{told.unit_name}（{told.unit}）")
    table.add_row("判定", lamp(finding.verdict))
    if finding.part:
        table.add_row("取决于", finding.part)
    numbers = [f"实测 {finding.measured}"] if finding.measured else []
    numbers.append(f"应达 {finding.required}")
    if finding.gap:
        numbers.append(f"还差 {finding.gap}" if finding.gap > 0 else f"超出 {-finding.gap}")
    table.add_row("数字", "，".join(numbers))
    if finding.points:
        table.add_row("得分", f"{finding.points.words}（{told.clause.standard}）")
    if finding.reason.label:
        table.add_row("原因", finding.reason.label)
    if finding.due:
        table.add_row("最近期限", str(finding.due))
    table.add_row("考核日", f"{told.as_of} 日终，考核年度 {told.year}")
    return table


def _quoted(told: Explanation) -> Text:
    """The indicator with the words of the clause marked."""
    text = Text(told.indicator)
    for words in told.clause.words:
        text.highlight_words([words], style="bold underline")
    return text


def _shared_conditions(parts: Iterable[ToldPart]) -> tuple[ToldCondition, ...]:
    """The conditions every part has: those of the clause."""
    first, *rest = [part.conditions for part in parts]
    return tuple(one for one in first if all(one in others for others in rest))


def _print_conditions(console: Console, conditions: Iterable[ToldCondition]) -> None:
    for one in conditions:
        word, style = HOLDS[one.holds]
        text = Text(f"适用条件：{one.words}。{one.found}，")
        console.print(Padding(text.append(word, style=style), (0, 2)))


def _print_part(console: Console, part: ToldPart, shared: tuple[ToldCondition, ...]) -> None:
    if part.label:
        title = Text(f"▪ {part.label}  ", style="bold")
        if part.verdict is not None:
            title.append_text(lamp(part.verdict))
        title.append("" if part.judged else "  只供参考，不作判定", style="dim")
        console.print(Padding(title, (0, 2)))
    _print_conditions(console, (one for one in part.conditions if one not in shared))
    for words in part.counted:
        _line(console, words)
    for threshold in part.thresholds:
        console.print(Padding(_threshold(threshold), (0, 2)))
        if threshold.adjusted is not None:
            _line(console, _adjusted(threshold.adjusted))
        for words in threshold.not_applied:
            _line(console, f"未采用 {words}", style="yellow")
    if part.verdict is None:
        _line(console, "这一部分对本单位没有可判的期间或对象。")
        return
    _line(console, f"结果：{part.measured or '—'}，应达 {part.required}")
    _print_cells(console, part.cells)


def _threshold(one: ToldThreshold) -> Text:
    text = Text(f"数值：{one.label} ")
    text.append(one.value, style="bold").append(f" {one.unit}")
    words = f"（⚙ {one.why}；{one.source}）" if one.is_parameter else f"（原文“{one.why}”）"
    return text.append(words, style="dim")


def _adjusted(one: ToldAdjustment) -> str:
    whose = "本企业参数" if one.own else f"上级参数（{one.set_by}）"
    span = f"自{one.since}起" + (f"，{one.until}起停止" if one.until else "")
    return f"{whose}：{one.value}（{span}，理由：{one.reason}，批准：{one.approved_by}）"


def _print_cells(console: Console, cells: tuple[ToldCell, ...]) -> None:
    """Few cells in full; of many how each period stands, and then what falls short."""
    with_members = any(cell.member for cell in cells)
    periods = dict.fromkeys(cell.period for cell in cells)
    if not with_members or len(cells) <= MOST_SHORT:
        _print_rows(console, cells)
        return
    if periods.keys() != {""}:
        table = _table("期间", "达标/全部", "结果")
        for period in periods:
            own = [cell for cell in cells if cell.period == period]
            met = sum(cell.verdict in GOOD for cell in own)
            worst = max(own, key=lambda cell: cell.verdict.severity)
            table.add_row(own[0].period_words, f"{met}/{len(own)}", lamp(worst.verdict))
        console.print(Padding(table, (0, 2)))
    short = [cell for cell in cells if cell.verdict not in (*GOOD, Verdict.NOT_APPLICABLE)]
    short.sort(key=lambda cell: -cell.verdict.severity)
    _print_rows(console, short[:MOST_SHORT])
    if len(short) > MOST_SHORT:
        counts = Counter(cell.verdict.label for cell in short)
        said = "、".join(f"{label}{number}" for label, number in counts.items())
        _line(console, f"共 {len(short)} 项未达标（{said}），以上为其中 {MOST_SHORT} 项。")


def _print_rows(console: Console, cells: Iterable[ToldCell]) -> None:
    rows = list(cells)
    if not any(cell.period or cell.member for cell in rows):
        return
    columns: dict[str, list[str | Text]] = {
        "期间": [cell.period_words for cell in rows],
        "对象": [_member(cell) for cell in rows],
        "数": [cell.measured or "" for cell in rows],
        "结果": [lamp(cell.verdict) for cell in rows],
        "查到的": [cell.found for cell in rows],
        "期限或原因": [cell.reason.label or str(cell.due or "") for cell in rows],
    }
    filled = {heading: column for heading, column in columns.items() if any(column)}
    table = _table(*filled)
    for values in zip(*filled.values(), strict=True):
        table.add_row(*values)
    console.print(Padding(table, (0, 2)))


def _member(cell: ToldCell) -> str:
    if cell.member_name == cell.member:
        return cell.member
    return f"{cell.member_name}（{cell.member}）"


def _print_ledger(console: Console, ledger: ToldLedger) -> None:
    _line(console, f"“{ledger.label}” {len(ledger.records)} 条", style="bold")
    rows = Table.grid(padding=(0, 1))
    for record in ledger.records[:MOST_RECORDS]:
        said = "，".join(f"{label} {text}" for label, text in record.values)
        rows.add_row("·", Text(said or record.record, overflow="fold"))
    console.print(Padding(rows, (0, 2)))
    if len(ledger.records) > MOST_RECORDS:
        more = len(ledger.records) - MOST_RECORDS
        _line(console, f"……另有 {more} 条，编号见 tongrong evaluate --format json", style="dim")


def _table(*headings: str) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table


def _heading(console: Console, words: str) -> None:
    console.print(Text(words, style="bold cyan"))


def _line(console: Console, words: str, style: str = "") -> None:
    console.print(Padding(Text(words, style=style), (0, 2)))

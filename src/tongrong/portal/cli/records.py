"""`tongrong history|correct|withdraw`: the versions of one record, and a further one by hand."""

import json
import sys
from dataclasses import asdict
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tongrong.portal import clock
from tongrong.portal.cli import inputs
from tongrong.portal.cli.consoles import out
from tongrong.portal.cli.evaluate import Cleared
from tongrong.portal.cli.ledgers import Actor, ledger_of, login_name
from tongrong.vocabulary.errors import Problem, TongrongError, refuse

if TYPE_CHECKING:
    from tongrong.actions.correct_record import Correction
    from tongrong.facts.ledger import Ledger
    from tongrong.queries.history import History, ToldVersion

Record = Annotated[
    str, typer.Argument(metavar="记录", help="如 会议活动/HY1；编号由几列组成的用 | 隔开")
]
LedgerName = Annotated[
    str | None, typer.Option("--ledger", metavar="台账", help="记录所在的台账：名称或代码")
]
Reason = Annotated[str, typer.Option("--reason", metavar="原因", help="为什么，必填")]

_ACTIONS = {
    "import_facts": "导入",
    "record_fact": "登记",
    "correct_record": "更正",
    "withdraw_record": "撤回",
    "begin_chain": "建链前登记",
}


class Format(StrEnum):
    """How a history is given out."""

    TEXT = "text"
    JSON = "json"


def history(
    record: Record,
    ledger: LedgerName = None,
    form: Annotated[Format, typer.Option("--format", help="text 文字；json")] = Format.TEXT,
    cleared: Cleared = False,  # noqa: FBT002 typer takes a flag's default so
) -> None:
    """Tell every version of a record."""
    inputs.database_facts_exist()
    from tongrong.queries.history import find_record, history_of

    found = history_of(*find_record(record, _named(ledger), cleared=cleared))
    if form is Format.JSON:
        text = json.dumps(_plain(found), ensure_ascii=False, indent=2)
        sys.stdout.buffer.write(f"{text}\n".encode())
        return
    out().print(f"{found.label} {found.record}：{len(found.versions)} 版", markup=False)
    for version in found.versions:
        _print(version)


def correct(
    record: Record,
    values: Annotated[
        list[str], typer.Option("--set", metavar="列=值", help="改成的值，可写多次；空着为清空")
    ],
    reason: Reason,
    ledger: LedgerName = None,
    actor: Actor = None,
    cleared: Cleared = False,  # noqa: FBT002 typer takes a flag's default so
) -> None:
    """Correct one record by a further version."""
    inputs.database_facts_exist()
    from tongrong.actions.correct_record import correct_record
    from tongrong.queries.history import find_record

    own, record = find_record(record, _named(ledger), cleared=cleared)
    said = correct_record(
        ledger=own,
        record=record,
        changes=_changes(own, values),
        actor=actor or login_name(),
        recorded_at=clock.now(),
        reason=reason,
    )
    _tell(said, "已更正", "已经是这样")


def withdraw(
    record: Record,
    reason: Reason,
    ledger: LedgerName = None,
    actor: Actor = None,
    cleared: Cleared = False,  # noqa: FBT002 typer takes a flag's default so
) -> None:
    """Withdraw one record by a further version."""
    inputs.database_facts_exist()
    from tongrong.actions.correct_record import withdraw_record
    from tongrong.portal.withdrawn_with import parts_told
    from tongrong.queries.history import find_record

    own, record = find_record(record, _named(ledger), cleared=cleared)
    said = withdraw_record(
        ledger=own,
        record=record,
        actor=actor or login_name(),
        recorded_at=clock.now(),
        reason=reason,
    )
    with_it = parts_told(said.parts)
    _tell(said, f"已撤回{with_it}，不再计入；以前各版都还在", "已经撤回")


def _named(ledger: str | None) -> "type[Ledger] | None":
    from tongrong.facts.registry import LEDGERS

    return None if ledger is None else LEDGERS[ledger_of(ledger)]


def _tell(said: "Correction", done: str, already: str) -> None:
    what = done if said.changed else f"{already}，没有改动"
    out().print(f"{said.record} 第 {said.version} 版：{what}", markup=False, soft_wrap=True)


def _changes(ledger: "type[Ledger]", values: list[str]) -> dict[str, Any]:
    """The values of `--set`, by column.

    Raises:
        TongrongError: with every one that names no column or cannot be read.
    """
    from tongrong.facts.cell_text import Refused, closest_label
    from tongrong.facts.cells import parser_of, quoted
    from tongrong.facts.headings import sheet_columns
    from tongrong.facts.ledger import EFFECTIVE, STATUS

    columns, labels = sheet_columns(ledger), ledger.by_label()
    found: dict[str, Any] = {}
    problems = []
    for text in values:
        heading, equals, cell = text.partition("=")
        name = labels.get(heading.strip(), heading.strip())
        if not equals or name not in columns:
            near = closest_label(heading, labels)
            hint = f"是否应为 {near}=…？" if near else ""
            expected = f"列=值，列为 {'、'.join(labels)} 之一"
            problems.append(Problem("cli.set", "--set", heading, expected, f"{hint}改正列名"))
            continue
        try:
            found[name] = parser_of(columns[name])(cell)
        except Refused as fault:
            where, said = f"--set {columns[name].label}", quoted(columns[name], cell)
            problems.append(Problem(fault.code, where, said, fault.expected, fault.remedy))
    if problems:
        raise TongrongError(problems)
    if STATUS in found:
        found[STATUS] = found[STATUS] or EFFECTIVE
    if not found:
        raise refuse("cli.set", "--set", "没有写", "列=值", "写上要改的列和值")
    return found


def _print(version: "ToldVersion") -> None:
    """One version: its heading, then what it says otherwise than the one before."""
    until = version.superseded_at
    heading = [
        f"第 {version.version} 版",
        version.status,
        f"{clock.told(version.recorded_at)} 起" + (f"，{clock.told(until)} 止" if until else ""),
        f"{version.recorded_by} {_ACTIONS.get(version.action, version.action)}",
    ]
    place = "!".join(filter(None, (version.file, version.sheet)))
    if place and version.row:
        place = f"{place} 第 {version.row} 行"
    told = [*heading, place, f"原因：{version.reason}" if version.reason else ""]
    out().print("\n" + "  ".join(filter(None, told)), markup=False, soft_wrap=True)
    for change in version.changes:
        before = f"{change.before or '（空）'} → " if version.version > 1 else ""
        line = f"    {change.label}：{before}{change.after or '（空）'}"
        out().print(
            line + (f"  {change.cell}" if change.cell else ""), markup=False, soft_wrap=True
        )


def _plain(history: "History") -> dict[str, Any]:
    """The history in the words of JSON: moments in ISO 8601 in Shanghai."""
    told = asdict(history)
    for version in told["versions"]:
        for name in ("recorded_at", "superseded_at"):
            moment = version[name]
            version[name] = moment and moment.astimezone(clock.SHANGHAI).isoformat()
    return told

"""What would turn a finding green, by when; and what is left to do where nothing can."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from tongrong.findings.calendar_words import day_words
from tongrong.findings.explanation import ToldCell, ToldPart
from tongrong.findings.finding import Finding
from tongrong.findings.telling import Shortfall, Telling, listed
from tongrong.findings.wording import ledger_label
from tongrong.norms.checklist import Clause
from tongrong.vocabulary.verdicts import Reason, Strength, Verdict

Told = tuple[Telling[Any], ToldPart]
OPEN = (Verdict.PENDING, Verdict.AT_RISK)
SHOWN_KEYS = 4
FORGOTTEN = "如当时确已办理、只是漏登或登错，按实际日期补登或更正即可。"


def next_steps(clause: Clause, finding: Finding, told: Iterable[Told]) -> Iterator[str]:
    """Steps in plain Chinese, one sentence each, the most urgent first."""
    judged = [(teller, one) for teller, one in told if one.judged]
    if finding.verdict is Verdict.NOT_APPLICABLE:
        yield _not_applicable(finding)
        return
    for teller, one in judged:
        prefix = f"【{one.label}】" if one.label else ""
        yield from (f"{prefix}{step}" for step in _part_steps(teller, one))
    over = [(teller, c) for teller, one in judged for c in one.cells if c.verdict is Verdict.UNMET]
    if over:
        yield _closing(clause, over, finding)
    elif finding.verdict in (Verdict.MET, Verdict.JUSTIFIED):
        yield _settled(finding)


def _not_applicable(finding: Finding) -> str:
    if finding.reason is Reason.NOT_TAKEN_UP:
        return "鼓励事项，没有开展不扣分；开展并登记后即作判定。"
    return f"{finding.reason.label or '本条不适用'}，无需办理。"


def _part_steps(teller: Telling[Any], told: ToldPart) -> Iterator[str]:
    by_due: dict[dt.date | None, list[ToldCell]] = defaultdict(list)
    for cell in told.cells:
        if cell.verdict in OPEN:
            by_due[cell.due].append(cell)
    for due in sorted(by_due, key=lambda day: day or dt.date.max):
        by = f"，最迟{day_words(due)}" if due else ""
        yield f"{teller.act(shortfalls(by_due[due]))}{by}。"
    yield from _unknown_steps(teller, told)
    over = [cell for cell in told.cells if cell.verdict is Verdict.UNMET]
    if over:
        yield from (one.assumed for one in told.conditions if one.assumed)
    if over and teller.mendable:
        yield f"{teller.act(shortfalls(over))}；登记后即按考核日重新判定，没有截止日，越早越好。"
    elif over:
        yield f"{listed(shortfalls(over))}{_seen(over)}{teller.lost()}。{FORGOTTEN}"


def _seen(cells: Iterable[ToldCell]) -> str:
    """What was found of the cells, where they do not differ in too many ways."""
    seen = list(dict.fromkeys(cell.found for cell in cells if cell.found))
    return f"{'；'.join(seen)}。" if 0 < len(seen) <= SHOWN_KEYS else ""


def shortfalls(cells: Iterable[ToldCell]) -> list[Shortfall]:
    """The cells as what is short, in words."""
    return [Shortfall(one.period_words, one.member_name, one.lacking) for one in cells]


def _unknown_steps(teller: Telling[Any], told: ToldPart) -> Iterator[str]:
    cells = [cell for cell in told.cells if cell.verdict is Verdict.NO_DATA]
    by_reason: dict[Reason, list[ToldCell]] = defaultdict(list)
    for cell in cells:
        by_reason[cell.reason].append(cell)
    for reason, found in by_reason.items():
        if reason is Reason.REGISTER_NOT_KEPT:
            label = ledger_label(teller.register) if teller.register else "有关"
            yield (
                f"{label}台账还没有本单位的记录：有的逐条登记；确实没有的，"
                f"在{ledger_label('nil_declarations')}登记一条，台账填{label}，申报日期须在考核年度内。"
            )
        elif reason is Reason.CONDITION_UNKNOWN:
            mends = [one.mend for one in told.conditions if one.holds is None and one.mend]
            yield f"{'；'.join(mends) or '补登适用条件所需的信息'}，才能判断本条是否适用。"
        elif reason is Reason.ORDER_UNKNOWN:
            yield f"{listed(shortfalls(found))}{teller.unordered()}。"
        else:
            yield f"{listed(shortfalls(found))}{_seen(found)}{teller.unknown()}。"


def _closing(
    clause: Clause, over: Sequence[tuple[Telling[Any], ToldCell]], finding: Finding
) -> str:
    """What remains to be done about what is unmet."""
    mendable = all(teller.mendable for teller, _ in over)
    if clause.strength is Strength.SHOULD:
        keys = "；".join(filter(None, (_keys(cell) for _, cell in over[:SHOWN_KEYS])))
        more = f"等{len(over)}处，每处一条" if len(over) > SHOWN_KEYS else ""
        start = "确有原因不能照办的" if mendable else "确有原因的"
        return (
            f"{start}，写情况说明报批，登记到{ledger_label('justifications')}"
            f"（判据编号{clause.id}{keys and f'，{keys}'}{more}），批准之日起转为“有说明”。"
        )
    if clause.strength is Strength.MAY:
        return "鼓励事项，不达标只在本条显示，不计入汇总。"
    if mendable:
        return "本条是“必须”的要求，情况说明不能代替。"
    ahead = f"；下一次最迟{day_words(finding.due)}办到" if finding.due else ""
    return f"本条是“必须”的要求，情况说明不能代替，本年度不再转为达标：列入整改{ahead}。"


def _keys(cell: ToldCell) -> str:
    period = f"期间填{cell.period}" if cell.period else ""
    member = f"对象填{cell.member}" if cell.member else ""
    return "、".join(filter(None, (period, member)))


def _settled(finding: Finding) -> str:
    words = "已达标" if finding.verdict is Verdict.MET else "已有批准的情况说明"
    if finding.due:
        return f"{words}。下一次最迟{day_words(finding.due)}办到。"
    return f"{words}，保持即可。"

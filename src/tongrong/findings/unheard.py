"""Records about a checklist, clause or member there is not: no verdict ever hears of them."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tongrong.engine.adjustments import LEDGER as ADJUSTMENTS
from tongrong.engine.run import Evaluation
from tongrong.facts.columns import Code
from tongrong.facts.ledger import EFFECTIVE, RECORD, STATUS
from tongrong.facts.registry import LEDGERS
from tongrong.facts.snapshot import Snapshot
from tongrong.vocabulary.errors import Problem

ABOUT_CLAUSES = ("justifications", "assessments")
Row = Mapping[str, Any]
Known = Mapping[str, frozenset[str]]
"""The clause ids of every checklist, by its own name and by that of its family."""


def unheard(
    evaluation: Evaluation, snapshot: Snapshot, others: Callable[[], Known]
) -> list[Problem]:
    """A problem for every effective record that names what no checklist has.

    `others` gives the checklists there are besides the one evaluated; it is asked only where a
    record is not about this one. A member is sought among those judged and all codes recorded.
    """
    own = _own(evaluation)
    rows = [(code, row) for code in (*ABOUT_CLAUSES, ADJUSTMENTS) for row in _rows(snapshot, code)]
    strange = [(code, row) for code, row in rows if not _known(row, own)]
    known = {**others(), **own} if strange else own
    found = [problem for code, row in strange for problem in _strange(code, row, known, own)]
    return found + list(_members(evaluation, snapshot))


def _own(evaluation: Evaluation) -> dict[str, frozenset[str]]:
    names = {name for one in evaluation.editions for name in one.checklist.names}
    clauses = (clause.id for one in evaluation.editions for clause in one.checklist.clauses())
    return dict.fromkeys(names, frozenset(clauses))


def _rows(snapshot: Snapshot, code: str) -> list[Row]:
    return [row for row in snapshot[code].to_pylist() if row[STATUS] == EFFECTIVE]


def _known(row: Row, known: Known) -> bool:
    """Whether a checklist the row may be about has its clause; an adjustment names none."""
    named = row["checklist"]
    among = known.values() if named is None else filter(None, [known.get(named)])
    return any(row.get("clause") in {None, *clauses} for clauses in among)


def _strange(code: str, row: Row, known: Known, own: Known) -> Iterator[Problem]:
    if _known(row, known):
        return
    named, label = row["checklist"], LEDGERS[code].label
    where = f"{label}：{row[RECORD].partition('/')[2]}"
    if named is not None and named not in known:
        names = "、".join(sorted(known))
        yield Problem("A005", where, named, f"清单的名称：{names}", "改正清单，或撤回这条记录")
    else:
        among = named or "、".join(sorted(own))
        expected = f"清单 {among} 中的判据编号"
        yield Problem("A006", where, row["clause"], expected, "改正判据编号，或撤回这条记录")


def _members(evaluation: Evaluation, snapshot: Snapshot) -> Iterator[Problem]:
    own = _own(evaluation)
    named = [
        row
        for row in _rows(snapshot, "justifications")
        if row["member"] is not None and _known(row, own)
    ]
    if not named or evaluation.cells is None:
        return
    members = set(evaluation.cells["member"].unique().to_pylist())
    for code, ledger in LEDGERS.items():
        keys = [name for name, column in ledger.columns.items() if isinstance(column, Code)]
        members |= {value for name in keys for value in snapshot[code][name].to_pylist()}
    for row in named:
        if row["member"] not in members:
            where = f"{LEDGERS['justifications'].label}：{row[RECORD].partition('/')[2]}"
            expected = f"判据 {row['clause']} 判定的对象：人员编号、其他编号或所列内容"
            yield Problem("A007", where, row["member"], expected, "改正对象，或撤回这条记录")

"""Whether somebody may write a record: of a unit they record for, naming only what they may see."""

from collections.abc import Mapping
from typing import Any

from tongrong.facts.erasure import PERSONS
from tongrong.facts.ledger import EFFECTIVE, RECORD, Ledger
from tongrong.queries.ledger_scope import entered, owning, rows_within
from tongrong.queries.lookups import unreachable
from tongrong.queries.persons import named_anywhere
from tongrong.queries.policy import Permission, Viewer
from tongrong.vocabulary.errors import Problem, TongrongError


class NotRecorded(TongrongError):
    """What was entered is refused; `by_column` has what is wrong with each column, "" for all."""

    def __init__(self, by_column: Mapping[str, Problem]) -> None:
        """Told of the columns by name."""
        self.by_column = dict(by_column)
        super().__init__(list(by_column.values()))


def check_whose(viewer: Viewer, ledger: type[Ledger], row: Mapping[str, Any]) -> None:
    """Refuse a unit of which the viewer may not record, and what does not exist for them."""
    faults: dict[str, Problem] = {}
    whose = owning(ledger) if ledger.owner is not None else None
    if not entered(ledger) or not viewer.may(Permission.RECORD):
        said = Problem("record.scope", ledger.label, "", "在门户中登记的台账", "改用导入")
        raise NotRecorded({"": said})
    for name, reference in ledger.references().items():
        code = row[name]
        if code is None:
            continue
        own = name == whose
        permission = Permission.RECORD if own else None
        if unreachable(viewer, reference, code, within=permission):
            within = "您负责范围内的" if own else "已登记的"
            expected = f"{within}{reference.label.removesuffix('编号')}"
            remedy = "输入名称或编号的一部分，从列出的里面选"
            faults[name] = Problem("record.reference", reference.label, code, expected, remedy)
    if faults:
        raise NotRecorded(faults)


def check_alike(viewer: Viewer, ledger: type[Ledger], row: Mapping[str, Any]) -> None:
    """Refuse what the viewer's units have recorded already under another code that was said.

    Where a code can be made of what says which thing a record is, nothing is refused: the same
    content has the same code.
    """
    code = ledger.code_column()
    likeness = {name: row[name] for name in ledger.likeness()}
    if code is None or ledger.codeless() or None in likeness.values():
        return
    rows = rows_within(viewer, Permission.RECORD, ledger).filter(status=EFFECTIVE, **likeness)
    known = rows.exclude(**{code: row[code]}).values_list(code, flat=True).first()
    if known is not None:
        name = next(iter(likeness))
        label = ledger.columns[name].label
        expected = f"没有登记过的{label}；{known} 已登记为这个"
        remedy = f"查找 {known}，写错的更正那一条"
        raise NotRecorded({name: Problem("record.alike", label, "", expected, remedy)})


def check_unnamed(ledger: type[Ledger], row: Mapping[str, Any]) -> None:
    """Refuse to withdraw a person whom records name: these would speak of nobody.

    Raises:
        TongrongError: some record that counts names the person.
    """
    if ledger.code == PERSONS and named_anywhere(str(row[ledger.keys()[0]])):
        said = "没有记录写着的人员才能撤回"
        remedy = "任职、组织关系等登记错的，先撤回那些；离开的，填终止日期，人员保留"
        raise TongrongError([Problem("record.named", ledger.label, "", said, remedy)])


def may_change(viewer: Viewer, ledger: type[Ledger], record: str) -> bool:
    """Whether the record is of a unit the viewer records for."""
    rows = rows_within(viewer, Permission.RECORD, ledger)
    return entered(ledger) and rows.filter(**{RECORD: record}).exists()

"""Where words still stand that are to be erased: open texts, reasons, names of files."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.db.models import Q

from tongrong.facts.columns import Text
from tongrong.facts.content import erasable
from tongrong.facts.registry import LEDGERS
from tongrong.records.models import LEDGER_MODELS, AuditEntry, ReturnStep
from tongrong.vocabulary.returning import Step

_ABOUT_A_WRITE = {
    "recorded_by": "登记人",
    "recorded_because": "登记原因",
    "source_file": "来源文件名",
}


@dataclass(frozen=True)
class Mention:
    """Where words stand, as people are told it, and in which record; none for an audit entry."""

    place: str
    record: str = ""


def mentions(words: Collection[str]) -> Iterator[Mention]:
    """Record and column of every text outside the erasable columns that has one of the words.

    The words may stand there by chance, as part of others: a person has to look.
    """
    for code, ledger in LEDGERS.items():
        closed = erasable(ledger)
        texts = {n: c.label for n, c in ledger.columns.items() if isinstance(c, Text)}
        own = {name: label for name, label in texts.items() if name not in closed}
        versions = LEDGER_MODELS[code].objects.order_by("record", "version")
        for name, label in {**own, **_ABOUT_A_WRITE}.items():
            found = versions.filter(_has(name, words)).values_list("record", "version")
            for record, version in found.iterator():
                yield Mention(f"{ledger.label} {record} 第 {version} 版 {label}", record)
    for name, label in {"actor": "经手人", "subject": "对象"}.items():
        entries = AuditEntry.objects.filter(_has(name, words)).order_by("number")
        for number in entries.values_list("number", flat=True).iterator():
            yield Mention(f"第 {number} 号审计记录 {label}")
    for column, label in {"by": "经手人", "words": "原因"}.items():
        steps = ReturnStep.objects.filter(_has(column, words)).order_by("step_id")
        for record, step in steps.values_list("record", "step").iterator():
            yield Mention(f"{record} {Step(step).label} {label}", record)


def _has(column: str, words: Collection[str]) -> Q:
    condition = Q()
    for word in words:
        condition |= Q(**{f"{column}__contains": word})
    return condition

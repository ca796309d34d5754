"""Which records have a page for somebody, and its number: what is told elsewhere leads there."""

from collections.abc import Collection, Mapping

from django.db.models import QuerySet

from tongrong.facts.ledger import RECORD, Ledger
from tongrong.facts.registry import LEDGERS
from tongrong.queries.concealed import concealed
from tongrong.queries.ledger_scope import rows_within
from tongrong.queries.policy import Permission, Viewer
from tongrong.records.models import LEDGER_MODELS, RowVersion


def by_ledger(records: Collection[str]) -> Mapping[str, list[str]]:
    """The records by the code of their ledger."""
    found: dict[str, list[str]] = {}
    for record in sorted(records):
        found.setdefault(record.partition("/")[0], []).append(record)
    return found


def openable(
    viewer: Viewer, ledger: type[Ledger], records: Collection[str]
) -> "QuerySet[RowVersion]":
    """The current rows of those of a ledger's records that have a page for the viewer.

    One whose history tells of a unit abroad has none for who is not cleared.
    """
    told = None if viewer.cleared else concealed(ledger)
    rows = rows_within(viewer, Permission.SEE_LEDGERS, ledger).filter(record__in=records)
    if told is not None:
        ever = LEDGER_MODELS[ledger.code].objects.filter(told, record__in=records)
        rows = rows.exclude(record__in=ever.values(RECORD))
    return rows


def page_numbers(viewer: Viewer, records: Collection[str]) -> Mapping[str, int]:
    """The numbers of the pages of those of the records that have one; one query for all ledgers."""
    if not viewer.may(Permission.SEE_LEDGERS):
        return {}
    every = [
        openable(viewer, LEDGERS[code], some).order_by().values_list(RECORD, "version_id")
        for code, some in by_ledger(records).items()
        if code in LEDGERS
    ]
    return dict(every[0].union(*every[1:], all=True)) if every else {}

"""All that is wrong with what somebody entered, told by column and at once."""

from collections.abc import Mapping
from typing import Any

from tongrong.actions.permitted import NotRecorded, check_whose
from tongrong.facts.check import check_sense
from tongrong.facts.ledger import Ledger
from tongrong.facts.reading import Source
from tongrong.facts.snapshot import Snapshot
from tongrong.queries.policy import Viewer
from tongrong.vocabulary.errors import Problem


def faults_in(
    viewer: Viewer,
    ledger: type[Ledger],
    values: Mapping[str, Any],
    before: Mapping[str, Any] | None = None,
) -> dict[str, Problem]:
    """What is wrong with these values, by column, "" for all: whom they name, what makes no sense.

    `before` is what a record says that they correct. Columns in neither are taken for empty: what
    could not be read is told by who read it.
    """
    entered = {name: values.get(name) for name in ledger.columns}
    found = sense_faults(ledger, {**entered, **(before or {}), **values})
    try:
        check_whose(viewer, ledger, entered)
    except NotRecorded as refused:
        found |= refused.by_column
    return found


def sense_faults(ledger: type[Ledger], row: Mapping[str, Any]) -> dict[str, Problem]:
    """What an import would refuse of a row by itself, by column; the first of each."""
    names = list(ledger.columns)
    at = {name: place for place, name in enumerate(names)}
    sources = {ledger.code: Source("", ledger.label, [1], at)}
    faults: dict[str, Problem] = {}
    for one in check_sense(Snapshot.of_rows({ledger.code: [dict(row)]}), sources):
        place = one.place.column if one.place is not None else None
        faults.setdefault("" if place is None else names[place], one)
    return faults

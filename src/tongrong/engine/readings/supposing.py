"""What would be counted if every attribute that nobody recorded stood as tested."""

from collections.abc import Mapping

from tongrong.engine.readings.selection import Selection
from tongrong.facts.registry import LEDGERS


def supposing_all(above: Selection, below: Selection) -> Selection:
    """The selection if every attribute not recorded stood as tested.

    An attribute can be missing where it is optional and only the numerator tests it.
    """
    where = dict(above.get("where", {}))
    for name, test in where.items():
        missing = _may_be_missing(above["ledger"], name)
        doubted = missing and name not in below.get("where", {})
        if doubted and not (isinstance(test, Mapping) and "recorded" in test):
            where[name] = {"or_missing": test}
    return {**above, "where": where}


def _may_be_missing(code: str, name: str) -> bool:
    """Whether a column, or one carried along a reference that must be there, is optional."""
    columns = LEDGERS[code].columns
    if name in columns:
        return columns[name].optional
    for own, reference in LEDGERS[code].references().items():
        for carried in reference.carry:
            if name == f"{own}_{carried}" and not reference.optional:
                return LEDGERS[reference.to].columns[carried].optional
    return False

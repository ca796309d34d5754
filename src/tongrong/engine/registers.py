"""Registers: who declared that there is nothing to record in one."""

from collections.abc import Iterable

import ibis
import ibis.expr.types as ir

from tongrong.engine.selection import OWN
from tongrong.engine.tables import clock, facts
from tongrong.facts.registry import LEDGERS
from tongrong.vocabulary.verdicts import Scope


def declared_nil(code: str, scopes: Iterable[Scope]) -> ir.Table:
    """The units that declared the ledger nil in the assessment year until D: `kept_unit`."""
    nil = facts("nil_declarations")
    in_year = (nil["declared_on"] >= clock("year_first")) & (
        nil["declared_on"] <= ibis.least(clock("today"), clock("year_last"))
    )
    nil = nil.filter((nil["ledger"] == LEDGERS[code].label) & in_year)
    owners = [nil[f"of_{owner}"] for owner in sorted({OWN[scope] for scope in scopes})]
    found = [nil.filter(owner.notnull()).select(kept_unit=owner) for owner in owners]
    return ibis.union(*found)

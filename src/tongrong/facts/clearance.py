"""五不公开: the facts as they may be shown to somebody who is not cleared for units abroad."""

from collections.abc import Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tongrong.facts.cell_choices import YES
from tongrong.facts.directory import UNIT_LEDGERS, targets
from tongrong.facts.ledger import Ledger
from tongrong.facts.registry import LEDGERS
from tongrong.facts.snapshot import Snapshot
from tongrong.facts.spool import Tables

ABROAD, OVERSEAS_BRANCH = "境外企业", "境外分支机构"

SAY_WHAT_IS_ABROAD = (*UNIT_LEDGERS, "enterprise_features", "workplaces")
"""The registers that say which units there are, where they stand and which are abroad."""

SAID_ABROAD: Mapping[str, Mapping[str, str]] = {
    "enterprise_features": {"feature": ABROAD, "value": YES},
    "workplaces": {"kind": OVERSEAS_BRANCH},
}
"""What a row says, by ledger, that itself says where something stands: abroad."""

Hidden = dict[str, set[str]]
"""The codes that must not be shown, by ledger."""


def without_overseas(snapshot: Snapshot) -> Snapshot:
    """The snapshot without units abroad, and without every row that refers to one.

    Abroad are enterprises marked 境外企业, workplaces of kind 境外分支机构, and the Party
    organizations of both; not an organization that leads, or covers a workplace of, an
    enterprise here. Drafts and withdrawn rows count: to hide too much is the lesser fault.
    Whatever stands below a hidden unit, and persons known from hidden rows only, go with it.
    """
    return without(snapshot, _seeds(snapshot))


def without(snapshot: Snapshot, hidden: Hidden) -> Snapshot:
    """The snapshot without what is hidden, by ledger, and without all that follows from that."""
    hidden = {code: set(hidden.get(code, ())) for code in LEDGERS}
    if not any(hidden.values()):
        return snapshot
    tables = dict(snapshot.tables)
    grown = True
    while grown:
        grown = False
        for code, ledger in LEDGERS.items():
            told = _tells(ledger, tables[code], hidden)
            if told is None or not pc.any(told).as_py():
                continue
            number = ledger.code_column()
            if number:
                hidden[code].update(map(str, tables[code].filter(told)[number].to_pylist()))
            tables[code] = tables[code].filter(pc.invert(told))
            grown = True
    gone = _persons(snapshot.tables) - _persons(tables)
    known = tables["persons"]
    lost: Any = pc.is_in(known["number"], value_set=pa.array(sorted(gone), pa.string()))
    tables["persons"] = known.filter(pc.invert(lost))
    return Snapshot(Tables(tables))


def _seeds(snapshot: Snapshot) -> Hidden:
    """Enterprises marked abroad, workplaces abroad, and the organizations only these name."""
    hidden: Hidden = {code: set() for code in LEDGERS}
    features = snapshot["enterprise_features"].select(["unit", "feature", "value"]).to_pylist()
    hidden["enterprises"] = {
        row["unit"] for row in features if row["feature"] == ABROAD and row["value"] == YES
    }
    workplaces = snapshot["workplaces"].to_pylist()
    abroad = [
        row
        for row in workplaces
        if row["kind"] == OVERSEAS_BRANCH or row["unit"] in hidden["enterprises"]
    ]
    hidden["workplaces"] = {row["number"] for row in abroad}
    here = {row["organization"] for row in workplaces if row["number"] not in hidden["workplaces"]}
    organizations = snapshot["party_organizations"].select(["number", "enterprise", "leads"])
    here |= {
        row["number"]
        for row in organizations.to_pylist()
        if row["leads"] and row["enterprise"] not in hidden["enterprises"]
    }
    hidden["party_organizations"] = {row["organization"] for row in abroad} - here - {None}
    return hidden


def _tells(ledger: type[Ledger], table: pa.Table, hidden: Hidden) -> Any:
    """Which rows are hidden themselves or refer to something hidden; None where none can."""
    columns = {name: targets(reference.to) for name, reference in ledger.references().items()}
    number = ledger.code_column()
    if number:
        columns[number] = (ledger.code,)
    found: Any = None
    for name, ledgers in columns.items():
        codes = sorted(set[str]().union(*(hidden[one] for one in ledgers)))
        if codes:
            told: Any = pc.is_in(table[name], value_set=pa.array(codes, pa.string()))
            found = told if found is None else pc.or_(found, told)
    return found


def _persons(tables: Mapping[str, pa.Table]) -> set[str]:
    """Every person some row refers to."""
    found: set[str] = set()
    for code, ledger in LEDGERS.items():
        for name, reference in ledger.references().items():
            if reference.to == "persons":
                found.update(map(str, pc.unique(tables[code][name]).drop_null().to_pylist()))
    return found

"""The world a scenario takes place in: a group, its Party organizations, and what was recorded.

Enterprise 甲 is a large group with a board and supervisors; 甲党委 leads it, 甲一支部 is its
branch, 上级党委 stands above. A row of the same number changes what it gives of them.
"""

from collections.abc import Mapping
from typing import Any

from tongrong.engine.scenario_facts import SINCE, UNSAID, Facts, is_thing, is_unit
from tongrong.facts.cell_text import Value
from tongrong.facts.columns import Reference
from tongrong.facts.ledger import EFFECTIVE, STATUS, Ledger
from tongrong.facts.registry import LEDGERS
from tongrong.facts.snapshot import Snapshot
from tongrong.vocabulary.verdicts import Scope

Rows = dict[str, list[dict[str, Any]]]

ENTERPRISE, COMMITTEE, BRANCH, SUPERIOR = "甲", "甲党委", "甲一支部", "上级党委"
USUAL_UNIT = {
    Scope.ENTERPRISE: ENTERPRISE,
    Scope.GROUP: ENTERPRISE,
    Scope.ORGANIZATION: COMMITTEE,
    Scope.BRANCH: BRANCH,
    Scope.SUPERIOR: SUPERIOR,
}
FEATURES = {
    "规模": "大型",
    "监督机构": "监事会",
    "董事会形式": "董事会",
    "行业门类": "C",
    "控制关系": "控股",
}
_UNITS: Rows = {
    "enterprises": [
        {"number": ENTERPRISE, "is_group": True, "superior": SUPERIOR},
    ],
    "party_organizations": [
        {"number": SUPERIOR, "kind": "党委", "leads": False},
        {
            "number": COMMITTEE,
            "kind": "党委",
            "enterprise": ENTERPRISE,
            "leads": True,
            "superior": SUPERIOR,
        },
        {
            "number": BRANCH,
            "kind": "党支部",
            "enterprise": ENTERPRISE,
            "leads": False,
            "superior": COMMITTEE,
        },
    ],
}


USUAL: Mapping[tuple[str, Value], Mapping[str, Value]] = {
    (code, row["number"]): {"name": row["number"], "founded_on": SINCE, **row}
    for code, rows in _UNITS.items()
    for row in rows
}


def world(facts: Facts, features: Mapping[str, str | None], scope: Scope, unit: str) -> Snapshot:
    """The snapshot of the default world with these facts and features; `unit` is judged."""
    rows: Rows = {code: [dict(row) for row in found] for code, found in facts.items()}
    for (code, number), row in USUAL.items():
        if all(given["number"] != number for given in rows.setdefault(code, [])):
            rows[code].append({**row, STATUS: EFFECTIVE})
    rows.setdefault("enterprise_features", []).extend(_features({**FEATURES, **features}))
    _declare_things(rows)
    for code, found in rows.items():
        for row in found:
            _own(LEDGERS[code], row, scope, unit)
    return Snapshot.of_rows(rows)


def _features(features: Mapping[str, str | None]) -> list[dict[str, Any]]:
    return [
        {
            "unit": ENTERPRISE,
            "feature": feature,
            "value": value,
            "from_on": SINCE,
            STATUS: EFFECTIVE,
        }
        for feature, value in features.items()
        if value is not None
    ]


def _own(ledger: type[Ledger], row: dict[str, Any], scope: Scope, unit: str) -> None:
    """Whose record it is where the row does not say: the unit judged, as far as it can be."""
    for name, column in ledger.columns.items():
        if name in row or not is_unit(ledger, name) or not isinstance(column, Reference):
            continue
        of_enterprise = scope in (Scope.ENTERPRISE, Scope.GROUP)
        if column.to == "units":
            row[name] = unit
        elif column.to == "enterprises":
            row[name] = unit if of_enterprise else ENTERPRISE
        else:
            row[name] = BRANCH if of_enterprise else unit


def _declare_things(rows: Rows) -> None:
    """Persons and matters are declared by being mentioned."""
    mentioned: dict[str, dict[Value, None]] = {}
    for code, found in rows.items():
        for name, reference in LEDGERS[code].references().items():
            if is_thing(reference):
                wanted = mentioned.setdefault(reference.to, {})
                wanted |= {row[name]: None for row in found if row.get(name) is not None}
    for code, numbers in mentioned.items():
        declared = {row["number"] for row in rows.get(code, [])}
        rows.setdefault(code, []).extend(
            _thing(LEDGERS[code], number) for number in numbers if number not in declared
        )


def _thing(ledger: type[Ledger], number: Value) -> dict[str, Any]:
    thing: dict[str, Any] = {"number": number, STATUS: EFFECTIVE}
    for name, column in ledger.columns.items():
        if name not in thing and not column.optional and not is_unit(ledger, name):
            thing[name] = getattr(column, "choices", (UNSAID,))[0]
    return thing

"""One verdict explained on demand, from the few records near its unit."""

from collections.abc import Mapping
from typing import Any

from django.db.models import BooleanField, Value

from tongrong.engine.kinship import Kinship
from tongrong.engine.nearby import Near
from tongrong.engine.read_one import evaluate_one
from tongrong.facts.clearance import OVERSEAS_BRANCH, Hidden, without
from tongrong.facts.ledger import EFFECTIVE, RECORD, STATUS
from tongrong.facts.snapshot import Snapshot
from tongrong.findings.explain import Explainer, year_before
from tongrong.findings.explanation import Explanation
from tongrong.queries.findings import is_open
from tongrong.queries.judgements import Judgements
from tongrong.queries.nearby import current_kinship
from tongrong.queries.policy import masked_name
from tongrong.queries.remembered import RememberedRecords, read_near, references
from tongrong.records.models import LEDGER_MODELS, Place

Tables = dict[str, list[dict[str, Any]]]
_KIND, _NUMBER = "kind", "number"  # of a ledger whose table is derived


def explanation(seen: Judgements, unit: str, clause: str, *, names: bool) -> Explanation | None:
    """Why a unit has its verdict on a clause; None where the clause says nothing of it.

    The cost is that of the unit's own records, whatever the size of the group. Without `names`
    persons are shown by the first character of theirs.
    """
    kinship, records = current_kinship(), RememberedRecords()
    near = Near(records, kinship, unit)
    read_near(records, [(near, seen.norms.places(near, [clause]))])
    tables = seen.norms.around(near, [clause])
    named = _named(tables, kinship, records, names=names)
    hidden = _hidden() if is_open(seen.key) else {}
    facts, shown = (without(Snapshot.of_rows(one), hidden) for one in (tables, named))
    now = evaluate_one(seen.norms, unit, clause, facts)
    if now is None:
        return None
    year = year_before(now)
    before = None if year is None else evaluate_one(seen.norms, unit, clause, facts, year=year)
    return Explainer(now, shown, before).explain(unit, clause)


def _named(tables: Tables, kinship: Kinship, records: RememberedRecords, *, names: bool) -> Tables:
    """The same rows with those they refer to, so that codes can be told by name."""
    found = {code: {row[RECORD]: row for row in rows} for code, rows in tables.items()}
    asks = references(tables, kinship)
    records.read_together(asks)
    for to, where in asks:
        for row in records.find(to, where):
            found.setdefault(to, {}).setdefault(row[RECORD], {**row, STATUS: EFFECTIVE})
    if not names:
        masked = found.get("persons", {})
        found["persons"] = {key: _masked(row) for key, row in masked.items()}
    return {code: list(rows.values()) for code, rows in found.items()}


def _masked(row: Mapping[str, Any]) -> dict[str, Any]:
    return {**row, "name": masked_name(row["name"])}


def _hidden() -> Hidden:
    """The units and workplaces abroad, by one query."""
    found: Hidden = {"enterprises": set(), "party_organizations": set(), "workplaces": set()}
    places = Place.objects.filter(hidden=True).values_list("unit", "enterprise")
    abroad = LEDGER_MODELS["workplaces"].objects.filter(**{_KIND: OVERSEAS_BRANCH})
    workplaces = abroad.annotate(enterprise=Value(None, BooleanField(null=True)))
    every: Any = places.union(workplaces.values_list(_NUMBER, "enterprise"))
    registers = {True: "enterprises", False: "party_organizations", None: "workplaces"}
    for code, enterprise in every:
        found[registers[enterprise]].add(code)
    return found

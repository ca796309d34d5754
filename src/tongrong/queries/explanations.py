"""One verdict explained on demand, from the few records near its unit."""

from collections.abc import Mapping
from typing import Any

from tongrong.engine.kinship import Kinship
from tongrong.engine.nearby import Near
from tongrong.engine.programs import Programs
from tongrong.engine.run import Evaluation, evaluate
from tongrong.facts.clearance import OVERSEAS_BRANCH, Hidden, without
from tongrong.facts.directory import targets
from tongrong.facts.ledger import EFFECTIVE, RECORD, STATUS
from tongrong.facts.registry import LEDGERS
from tongrong.facts.snapshot import Snapshot
from tongrong.findings.explain import Explainer, year_before
from tongrong.findings.explanation import Explanation
from tongrong.queries.findings import is_open
from tongrong.queries.judgements import Judgements
from tongrong.queries.nearby import StoredRecords, current_kinship
from tongrong.queries.policy import masked_name
from tongrong.records.models import LEDGER_MODELS, Place
from tongrong.vocabulary.verdicts import Scope

Tables = dict[str, list[dict[str, Any]]]
_KIND, _NUMBER = "kind", "number"  # of a ledger whose table is derived


def explanation(
    seen: Judgements, unit: str, clause: str, *, programs: Programs, names: bool
) -> Explanation | None:
    """Why a unit has its verdict on a clause; None where the clause says nothing of it.

    The cost is that of the unit's own records, whatever the size of the group. Without `names`
    persons are shown by the first character of theirs.
    """
    kinship = current_kinship()
    tables = _near(seen, unit, clause, kinship)
    named = _named(tables, kinship, names=names)
    hidden = _hidden() if is_open(seen.key) else {}
    facts, shown = (without(Snapshot.of_rows(one), hidden) for one in (tables, named))

    def judge(year: int | None) -> Evaluation:
        return evaluate(
            seen.norms.family,
            facts,
            seen.as_of,
            year=year,
            clauses=[clause],
            details=True,
            programs=programs,
        )

    now = judge(None)
    earlier = year_before(now)
    explainer = Explainer(now, shown, None if earlier is None else judge(earlier))
    return explainer.explain(unit, clause) if unit in explainer.units(clause) else None


def _near(seen: Judgements, unit: str, clause: str, kinship: Kinship) -> Tables:
    """The rows the clause reads for the unit, with those they need beside them."""
    norms = seen.norms
    near = Near(StoredRecords(), kinship, unit)
    for place in norms.reach.clauses[clause]:
        if kinship.exists(unit, place.scope, norms.as_of):
            near.read(place)
    superior = Scope.SUPERIOR in norms.reach.scopes[clause]
    heads = list(kinship.heads(unit, norms.as_of))[:1] if superior else []
    return near.complete(heads=heads)


def _named(tables: Tables, kinship: Kinship, *, names: bool) -> Tables:
    """The same rows with those they refer to, so that codes can be told by name."""
    units = {
        "enterprises": set(kinship.enterprises),
        "party_organizations": set(kinship.organizations),
    }
    found = {code: {row[RECORD]: row for row in rows} for code, rows in tables.items()}
    wanted: dict[str, set[str]] = {}
    for code, rows in tables.items():
        for name, reference in LEDGERS[code].references().items():
            codes = {row[name] for row in rows if row.get(name)}
            for to in targets(reference.to):
                wanted.setdefault(to, set()).update(codes)
    for to, codes in wanted.items():
        key = str(LEDGERS[to].code_column())
        known = {row[key] for row in found.get(to, {}).values()}
        there = codes & units.get(to, codes)  # a unit is looked up in the register that has it
        for row in StoredRecords().find(to, {key: there - known}):
            found.setdefault(to, {})[row[RECORD]] = {**row, STATUS: EFFECTIVE}
    if not names:
        masked = found.get("persons", {})
        found["persons"] = {key: _masked(row) for key, row in masked.items()}
    return {code: list(rows.values()) for code, rows in found.items()}


def _masked(row: Mapping[str, Any]) -> dict[str, Any]:
    return {**row, "name": masked_name(row["name"])}


def _hidden() -> Hidden:
    """The units and workplaces abroad."""
    units = Place.objects.filter(hidden=True).values_list("unit", "enterprise")
    found: Hidden = {"enterprises": set(), "party_organizations": set()}
    for unit, enterprise in units:
        found["enterprises" if enterprise else "party_organizations"].add(unit)
    abroad = LEDGER_MODELS["workplaces"].objects.filter(**{_KIND: OVERSEAS_BRANCH})
    found["workplaces"] = set(abroad.values_list(_NUMBER, flat=True))
    return found

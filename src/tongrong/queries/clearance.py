"""五不公开: which records may be told of to somebody who is not cleared for units abroad."""

from collections import Counter
from collections.abc import Collection, Mapping

import pyarrow as pa
import pyarrow.compute as pc

from tongrong.facts.cell_choices import YES
from tongrong.facts.clearance import ABROAD, OVERSEAS_BRANCH, without_overseas
from tongrong.facts.ledger import RECORD
from tongrong.facts.registry import LEDGERS
from tongrong.facts.snapshot import Snapshot
from tongrong.queries.facts import current_snapshot
from tongrong.records.models import LEDGER_MODELS


def told_of(records: Collection[str]) -> frozenset[str]:
    """Those of the records of which no version, now or before, is of a unit abroad.

    What is of a unit abroad is what `without_overseas` leaves out, so all facts are read; not
    where no unit abroad was ever recorded.
    """
    if not records or not any_abroad():
        return frozenset(records)
    tables = dict(current_snapshot().tables)
    versions: Counter[str] = Counter()
    for code in {record.partition("/")[0] for record in records}:
        table = tables[code]
        asked = sorted(one for one in records if one.startswith(f"{code}/"))
        rows = LEDGER_MODELS[code].objects.filter(**{f"{RECORD}__in": asked})
        said = list(rows.values(*LEDGERS[code].arrow_schema().names))
        versions.update(row[RECORD] for row in said)
        found = pc.is_in(table[RECORD], value_set=pa.array(asked, pa.string()))
        others = table.filter(pc.invert(found))
        tables[code] = pa.concat_tables([others, Snapshot.of_rows({code: said})[code]])
    shown = without_overseas(Snapshot(tables))
    left: Counter[str] = Counter()
    for code in {record.partition("/")[0] for record in versions}:
        column = shown[code][RECORD]
        asked_for = pc.is_in(column, value_set=pa.array(sorted(versions), pa.string()))
        left.update(map(str, column.filter(asked_for).to_pylist()))
    return frozenset(one for one, number in versions.items() if left[one] == number)


def any_abroad() -> bool:
    """Whether any version of any row says that a unit is abroad; one query."""
    said: Mapping[str, Mapping[str, str]] = {
        "enterprise_features": {"feature": ABROAD, "value": YES},
        "workplaces": {"kind": OVERSEAS_BRANCH},
    }
    features, workplaces = (
        LEDGER_MODELS[code].objects.filter(**where).values(RECORD) for code, where in said.items()
    )
    return bool(features.union(workplaces, all=True).exists())

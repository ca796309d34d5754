"""The verdicts do not depend on where the facts are kept: files of any format, either database.

Everything an evaluation says is compared row by row, both ways: what only one of the two says
is named, whichever of them it is.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tests.compiled import PROGRAMS
from tests.drawn_values import Rows
from tests.read_by_clauses import Read
from tests.science.agreement import batches, rules_of, the_checklist

from tongrong.actions.import_facts import import_facts
from tongrong.engine.run import evaluate
from tongrong.facts.demo import AS_OF, demo_snapshot
from tongrong.facts.from_files import read_facts
from tongrong.facts.ledger import STATUSES, Holds
from tongrong.facts.reading import Reading
from tongrong.facts.registry import LEDGERS
from tongrong.facts.snapshot import Snapshot
from tongrong.facts.spool import Tables
from tongrong.facts.to_parquet import write_parquet
from tongrong.facts.to_sheets import write_folder, write_workbook
from tongrong.findings.from_engine import findings_of
from tongrong.queries.facts import current_snapshot
from tongrong.vocabulary.verdicts import Verdict

SLUG = "442-2018"
TABLES = ("verdicts", "cells", "evidence", "missing", "records")
WRITERS: dict[str, tuple[str, Callable[[Snapshot, Path], None]]] = {
    "workbook": ("台账.xlsx", write_workbook),
    "csv": ("台账", write_folder),
    "parquet": ("台账", write_parquet),
}
Said = Mapping[str, "Counter[str]"]


@dataclass(frozen=True)
class Facts:
    """Facts at a moment, and what is said of them as they are in memory."""

    snapshot: Snapshot
    today: dt.date
    year: int
    said: Said


def said_of(snapshot: Snapshot, today: dt.date, year: int) -> Said:
    """Every row of every table of an evaluation, and every finding, each with how often."""
    checklist = the_checklist(SLUG)
    run = evaluate(checklist, snapshot, today, year=year, details=True, programs=PROGRAMS)
    tables = {name: getattr(run, name).to_pylist() for name in TABLES}
    tables["findings"] = [one.as_plain() for one in findings_of(run, snapshot)]
    return {name: Counter(map(repr, rows)) for name, rows in tables.items()}


def differences(one: Said, other: Said) -> list[str]:
    """What only the one says, and what only the other says."""
    assert one.keys() == other.keys()
    sides = (("first", one, other), ("second", other, one))
    return [
        f"only the {side}: {name} {row}"
        for side, more, less in sides
        for name in more
        for row in more[name] - less[name]
    ]


@pytest.fixture(scope="module", params=["demo", "drawn"])
def facts(request: pytest.FixtureRequest) -> Facts:
    """The demo group; and twelve drawn ones with drafts, withdrawn rows and dissolved units."""
    if request.param == "demo":
        snapshot, today, year = demo_snapshot(), AS_OF, AS_OF.year
    else:
        read = Read.by(rules_of(SLUG).values())
        ((moment, groups),) = batches("formats", read, 12)
        rows = {code: [r for g in map(sound, groups) for r in g.get(code, ())] for code in LEDGERS}
        snapshot, today, year = Snapshot.of_rows(rows), moment.today, moment.year
    return Facts(snapshot, today, year, said_of(snapshot, today, year))


def sound(group: Rows) -> Rows:
    """The group without references to nothing, as a file or database must be."""
    codes = {
        code: {row["number"] for row in rows}
        for code, rows in group.items()
        if "number" in LEDGERS[code].columns
    }
    codes["units"] = codes.get("enterprises", set()) | codes["party_organizations"]
    kept: Rows = {}
    for code in sorted(group, key=list(LEDGERS).index):
        rows = [row for row in group[code] if _refers(code, row, codes) and _lasts(code, row)]
        kept[code] = list(_in_order(code, rows))
    return kept if kept == group else sound(kept)


def _lasts(code: str, row: dict[str, Any]) -> bool:
    """Whether the row does not end before it begins."""
    time = LEDGERS[code].time
    if not isinstance(time, Holds) or time.end is None or row.get(time.end) is None:
        return True
    return bool(row[time.start] <= row[time.end])


def _in_order(code: str, rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The rows of which none stands above itself: each refers to one before it, or to none."""
    own = [name for name, c in LEDGERS[code].references().items() if c.to == code]
    before: set[str] = set()
    for row in rows:
        yield {**row, **{name: None for name in own if row.get(name) not in before}}
        before.add(row.get("number", ""))


def _refers(code: str, row: dict[str, Any], codes: dict[str, set[str]]) -> bool:
    """Whether all the row refers to is there."""
    return all(
        row[name] is None or row[name] in codes.get(column.to, ())
        for name, column in LEDGERS[code].references().items()
        if name in row
    )


@pytest.mark.parametrize("form", sorted(WRITERS))
def test_files_of_every_format_give_the_same_verdicts(
    form: str, facts: Facts, tmp_path: Path
) -> None:
    name, write = WRITERS[form]
    write(facts.snapshot, tmp_path / name)
    read = read_facts(tmp_path / name).snapshot
    assert differences(facts.said, said_of(read, facts.today, facts.year)) == []


@pytest.mark.usefixtures("database")
def test_either_database_gives_the_same_verdicts(facts: Facts) -> None:
    import_facts(
        reading=Reading(facts.snapshot, {}),
        file_name="台账.xlsx",
        file_hash="0" * 64,
        actor="小王",
        recorded_at=dt.datetime(2030, 1, 1, tzinfo=dt.UTC),
    )
    stored = current_snapshot()
    assert stored.row_count == facts.snapshot.row_count
    assert differences(facts.said, said_of(stored, facts.today, facts.year)) == []


# --- the comparison is not an empty one ----------------------------------------------------


def test_there_is_everything_to_compare(facts: Facts) -> None:
    """The demo has every verdict; the drawn groups have rows in every state a row can have."""
    assert all(rows.total() for rows in facts.said.values())
    if facts.today == AS_OF:
        told = "".join(facts.said["findings"])
        assert [one for one in Verdict if f"'verdict': '{one.value}'" not in told] == []
    else:
        tables = facts.snapshot.tables.values()
        assert {state for one in tables for state in one["status"].to_pylist()} == set(STATUSES)


def test_one_item_more_or_less_is_told_from_both_sides() -> None:
    """QY01 studied Party work in every month of 2026 but May; without one item, nor in April."""
    demo = demo_snapshot()
    items = demo["agenda_items"]
    kept = [record != "agenda_items/HYDW01-260408-001|1" for record in items["record"].to_pylist()]
    less = Snapshot(Tables({**demo.tables, "agenda_items": items.filter(kept)}))
    whole, short = (said_of(one, AS_OF, AS_OF.year) for one in (demo, less))
    told = differences(whole, short)
    for side, missing in (("first", "['2026-05']"), ("second", "['2026-04', '2026-05']")):
        start = f"only the {side}: findings {{'unit': 'QY01', 'clause': '1.1.b', "
        (row,) = [one for one in told if one.startswith(start)]
        assert missing in row
    assert differences(short, short) == []

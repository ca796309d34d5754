"""Facts of so many units in Parquet: the demo group again and again, its branches meeting oftener.

    python -m bench.facts --units 20000 --to FOLDER

The demo has about 45 meetings a unit and 5 attendance rows a meeting. Here every meeting of a
branch gets the attendance of all its members, one in ten absent, and branches hold as many more
committee meetings as make a hundred meetings a unit, five persons at each: at 20,000 units
2 million meetings and about 20 million attendance rows, beside all other ledgers of the demo.
"""

import argparse
from pathlib import Path

import duckdb

from tongrong.facts.demo.generate import demo_snapshot
from tongrong.facts.spool import write_ledger

MEETINGS_A_UNIT = 100
FIRST_DAY, DAYS = "2025-02-03", 570
"""Further meetings are spread over the months of the demo."""

WITH_EVERYONE = """
    SELECT 'attendance/' || m.number || '|' || p.person AS record, '有效' AS status,
           m.number AS meeting, p.person, '出席' AS role,
           hash(m.number || p.person) % 10 <> 0 AS present,
           CASE WHEN hash(m.number || p.person) % 10 = 0 THEN '出差' END AS absence_reason
    FROM meetings m JOIN memberships p ON p.unit = m.unit
      AND p.from_on <= m.held_on AND coalesce(p.until_on, DATE '9999-01-01') > m.held_on
    WHERE m.kind IN ('主题党日', '党课') AND m.number NOT IN (SELECT meeting FROM attended)
"""
FURTHER = """
    SELECT 'meetings/' || number AS record, '有效' AS status, * FROM (
      SELECT unit || '-又' || n AS number, unit, '支部委员会' AS kind,
             DATE '{first}' + CAST({days} * n // {more} AS INTEGER) AS held_on
      FROM branches CROSS JOIN range({more}) AS t(n))
"""
AT_FURTHER = """
    SELECT 'attendance/' || m.number || '|' || p.person AS record, '有效' AS status,
           m.number AS meeting, p.person, '出席' AS role, TRUE AS present,
           NULL::VARCHAR AS absence_reason
    FROM further m JOIN few p USING (unit)
"""


def write_facts(units: int, folder: Path) -> None:
    """Write the ledgers of so many units as the files of a spool, one file a ledger."""
    folder.mkdir(parents=True)
    snapshot = demo_snapshot(units=units)
    for code, table in snapshot.tables.items():
        write_ledger(folder, code, table.to_batches())
    judged = snapshot["enterprises"].num_rows + snapshot["party_organizations"].num_rows
    del snapshot, table
    with duckdb.connect() as duck:
        _meet_oftener(duck, folder, judged)


def _meet_oftener(duck: duckdb.DuckDBPyConnection, folder: Path, judged: int) -> None:
    for code in ("meetings", "attendance", "memberships"):
        duck.read_parquet(str(folder / f"{code}.parquet")).create_view(code)
    duck.execute("CREATE TABLE attended AS SELECT DISTINCT meeting FROM attendance")
    duck.execute("CREATE TABLE branches AS SELECT DISTINCT unit FROM meetings"
                 " WHERE kind = '支部党员大会'")  # fmt: skip
    duck.execute("CREATE TABLE few AS SELECT unit, person FROM memberships WHERE until_on IS NULL"
                 " QUALIFY row_number() OVER (PARTITION BY unit ORDER BY person) <= 5")  # fmt: skip
    (held,) = duck.table("meetings").count("*").fetchone() or (0,)
    (branches,) = duck.table("branches").count("*").fetchone() or (1,)
    more = max(0, MEETINGS_A_UNIT * judged - held) // branches
    duck.execute("CREATE TABLE further AS"
                 + FURTHER.format(first=FIRST_DAY, days=DAYS, more=more))  # fmt: skip
    for code, added in (
        ("attendance", f"{WITH_EVERYONE} UNION ALL BY NAME {AT_FURTHER}"),
        ("meetings", "FROM further"),
    ):
        file, new = folder / f"{code}.parquet", folder / f"{code}.new"
        text = f"FROM {code} UNION ALL BY NAME ({added})"
        duck.execute(f"COPY ({text}) TO '{new}' (FORMAT parquet)")
        new.replace(file)


def main() -> None:
    """Write the facts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, required=True)
    parser.add_argument("--to", type=Path, required=True)
    given = parser.parse_args()
    write_facts(given.units, given.to)


if __name__ == "__main__":
    main()

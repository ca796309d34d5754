"""The four clauses of bench/norms/four by hand, one DuckDB statement a clause.

Each gives `unit`, `num`, `den`, and of the monthly clause `gaps`: the months without a meeting,
month m as bit m.
"""

import time
from pathlib import Path

import duckdb
import pyarrow as pa

LEDGERS = (
    "agenda_items",
    "attendance",
    "enterprises",
    "meetings",
    "memberships",
    "party_organizations",
    "talks",
)
EFFECTIVE = "status = '有效'"
# The day D of bench.peers, and its year.
DAY, YEAR_FIRST = "DATE '2026-08-31'", "DATE '2026-01-01'"

BRANCHES = f"""
    branches AS (
        SELECT number AS unit, founded_on FROM party_organizations
        WHERE {EFFECTIVE} AND kind IN ('党支部', '联合党支部', '临时党支部')
          AND founded_on <= {DAY} AND coalesce(dissolved_on > {DAY}, TRUE))
"""

MONTHLY = f"""
    WITH {BRANCHES}, months AS (
        SELECT month(first) AS month, first, last_day(first) AS last
        FROM range({YEAR_FIRST}, {DAY} + INTERVAL 1 DAY, INTERVAL 1 MONTH) AS every(first)
    ), held AS (
        SELECT DISTINCT unit, month(held_on) AS month FROM meetings
        WHERE {EFFECTIVE} AND kind = '主题党日' AND held_on BETWEEN {YEAR_FIRST} AND {DAY}
    )
    SELECT unit, count(held.month) AS num, count(*) AS den,
           coalesce(sum(1 << months.month) FILTER (held.month IS NULL), 0) AS gaps
    FROM branches JOIN months ON founded_on <= first LEFT JOIN held USING (unit, month)
    GROUP BY unit
"""

TALKS = f"""
    WITH {BRANCHES}, members AS (
        SELECT DISTINCT unit, person FROM memberships
        WHERE {EFFECTIVE} AND from_on <= {DAY} AND coalesce(until_on > {DAY}, TRUE)
    ), spoken_to AS (
        SELECT DISTINCT listener AS person FROM talks
        WHERE {EFFECTIVE} AND kind = '谈心谈话' AND talked_on BETWEEN {YEAR_FIRST} AND {DAY}
    )
    SELECT unit, count(spoken_to.person) AS num, count(*) AS den, 0 AS gaps
    FROM branches JOIN members USING (unit) LEFT JOIN spoken_to USING (person)
    GROUP BY unit
"""

ATTENDANCE = f"""
    WITH {BRANCHES}, life AS (
        SELECT number, unit FROM meetings
        WHERE {EFFECTIVE} AND kind IN ('支部党员大会', '支部委员会', '党课', '主题党日')
          AND held_on BETWEEN {YEAR_FIRST} AND {DAY}
    ), of_meetings AS (
        SELECT life.unit, count(*) FILTER (present) AS num, count(*) AS den
        FROM attendance JOIN life ON meeting = life.number
        WHERE {EFFECTIVE} GROUP BY life.unit
    )
    SELECT unit, num, den, 0 AS gaps
    FROM of_meetings JOIN branches USING (unit) WHERE founded_on <= {YEAR_FIRST}
"""

# A meeting takes an unknown minute of its day where its start was not recorded: a study came
# before where its last possible minute lies before the first possible one of the decision.
PRECEDENCE = f"""
    WITH heads AS (
        SELECT enterprise, min(number) AS number FROM party_organizations
        WHERE {EFFECTIVE} AND leads AND enterprise IS NOT NULL GROUP BY enterprise
    ), firms AS (
        SELECT number AS unit FROM enterprises
        WHERE {EFFECTIVE} AND founded_on <= {DAY} AND coalesce(dissolved_on > {DAY}, TRUE)
    ), items AS (
        SELECT coalesce(heads.enterprise, m.unit) AS unit, m.kind, matter, outcome,
               coalesce(proposal_version, '') AS proposal, held_on,
               datediff('day', DATE '1970-01-01', held_on) * 1440 AS minute,
               minute + coalesce(started_at, 0) AS low,
               minute + coalesce(started_at, 1439) AS high
        FROM agenda_items a JOIN meetings m ON a.meeting = m.number AND m.{EFFECTIVE}
        LEFT JOIN heads ON heads.number = m.unit
        WHERE a.{EFFECTIVE} AND matter IS NOT NULL AND held_on <= {DAY}
    ), studies AS (
        SELECT unit, matter, proposal, min(high) AS studied FROM items
        WHERE kind IN ('党委会', '支部委员会') AND outcome = '建议同意' GROUP BY ALL
    ), matters AS (
        SELECT unit, matter, bool_and(coalesce(studied < low, FALSE)) AS met
        FROM items LEFT JOIN studies USING (unit, matter, proposal)
        WHERE kind IN ('董事会', '总经理办公会', '执行董事决定')
          AND outcome IN ('决定通过', '决定不通过') AND held_on >= {YEAR_FIRST}
        GROUP BY unit, matter
    )
    SELECT unit, count(*) FILTER (met) AS num, count(*) AS den, 0 AS gaps
    FROM matters JOIN firms USING (unit) GROUP BY unit
"""

CLAUSES = {"1.1.a": MONTHLY, "1.2.a": TALKS, "1.3.a": ATTENDANCE, "1.4.a": PRECEDENCE}


def by_sql(folder: Path, clause: str) -> tuple[float, float, pa.Table]:
    """No seconds to load, those of one clause over the files of a folder, and what it found."""
    with duckdb.connect() as duck:
        for code in LEDGERS:
            duck.read_parquet(str(folder / f"{code}.parquet")).create_view(code)
        began = time.perf_counter()
        found = duck.sql(CLAUSES[clause]).to_arrow_table()
        return 0.0, time.perf_counter() - began, found

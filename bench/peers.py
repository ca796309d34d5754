"""The same four clauses by our engine, by hand-written SQL, by OpenFisca and by Django loops.

    python -m bench.peers FOLDER TO

Prints one line of JSON, seconds by peer and clause of bench/norms/four; scratch files go to TO.
What each peer found, every unit's numerator and denominator and the months without a meeting, is
compared with ours; where one differs the run ends with an error that names the rows. All but
Django begin at the Parquet files; of ours and OpenFisca the seconds that it takes to make the facts
ready stand apart, as `load`. Text compiled before is not counted. Ours gives all that a verdict
has, and of the monthly clause the records counted too.
"""

import argparse
import json
import statistics
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from bench.engine import DAY, Clock
from bench.peers_sql import CLAUSES, by_sql
from tongrong.engine.editions import bind_editions, editions_of
from tongrong.engine.programs import Programs
from tongrong.engine.run import Evaluation, evaluate
from tongrong.facts.snapshot import Snapshot
from tongrong.facts.spool import Tables
from tongrong.norms.checklist import Checklist
from tongrong.norms.from_files import load_checklist

HERE = Path(__file__).parent
MONTHLY = "1.1.a"
SHORT = 20.0
T = TypeVar("T")

OURS = f"""
    SELECT v.unit, CASE WHEN single AND v.clause = '{MONTHLY}' THEN CAST(severity = 1 AS BIGINT)
           ELSE num END AS num,
           CASE WHEN single AND v.clause = '{MONTHLY}' THEN 1 ELSE den END AS den,
           CASE WHEN v.clause = '{MONTHLY}' AND missing IS NOT NULL THEN list_sum(list_transform(
             missing, m -> 1 << TRY_CAST(right(m, 2) AS INTEGER))) ELSE 0 END AS gaps
    FROM verdicts v LEFT JOIN missing USING (unit, clause) WHERE clause = $clause
"""
ROWS = ("SELECT unit, CAST(num AS BIGINT) AS num, CAST(den AS BIGINT) AS den,"
        " CAST(gaps AS BIGINT) AS gaps FROM {} WHERE den > 0")  # fmt: skip


class Differs(Exception):
    """A peer found something else than our engine."""


def median(run: Callable[[], tuple[float, float, T]]) -> tuple[float, float, T]:
    """The median seconds to load and to judge of three runs, or of one that is long; its result."""
    load, spent, found = run()
    rounds = [(load, spent)]
    if load + spent < SHORT:
        rounds += [run()[:2] for _ in range(2)]
    load, spent = map(statistics.median, zip(*rounds, strict=True))
    return load, spent, found


class Ours:
    """Our engine over the facts of a folder."""

    def __init__(self, folder: Path) -> None:
        self.checklist: Checklist = load_checklist("four", HERE / "norms")
        self.snapshot, self.programs = Snapshot(Tables.of_folder(folder)), Programs()

    def judged(
        self, clause: str | None, *, details: bool = False
    ) -> tuple[float, float, Evaluation]:
        """Judge one clause or all; `details` tells the months without a meeting.

        Gives the seconds of making the facts ready, those of judging, and what was found.
        """
        only = [clause] if clause else None
        editions = editions_of(self.checklist, self.snapshot, DAY, None)
        self.programs.of(bind_editions(editions, DAY, set(only) if only else None), details=details)
        clock = Clock()
        found = evaluate(self.checklist, self.snapshot, DAY, clauses=only, details=details,
                         programs=self.programs, progress=clock.told)  # fmt: skip
        clock.add("verdicts_s")
        load = clock.spent.pop("load_s")
        return load, sum(clock.spent.values()), found

    def timed(self, clause: str) -> tuple[float, float, pa.Table]:
        """Median seconds to make ready and judge one clause, and each unit's numbers."""
        load, spent, found = median(lambda: self.judged(clause, details=clause == MONTHLY))
        return load, spent, numbers(found, clause)


def numbers(found: Evaluation, clause: str) -> pa.Table:
    """Each unit's numerator, denominator and months without, as every peer tells them."""
    missing = found.missing
    if missing is None:
        columns = {"unit": pa.string(), "clause": pa.string(), "missing": pa.list_(pa.string())}
        missing = pa.schema(list(columns.items())).empty_table()
    with duckdb.connect() as duck:
        duck.register("verdicts", found.verdicts)
        duck.register("missing", missing)
        text = ROWS.format(f"({OURS})")
        return duck.execute(text, {"clause": clause}).to_arrow_table()


def by_ours(folder: Path) -> tuple[dict[str, tuple[float, float, pa.Table]], tuple[float, float]]:
    """Each clause alone, and the seconds of all together."""
    engine = Ours(folder)
    alone = {clause: engine.timed(clause) for clause in CLAUSES}
    return alone, median(lambda: engine.judged(None))[:2]


def compare(peer: str, clause: str, theirs: pa.Table, ours: pa.Table, *, sample: bool) -> int:
    """How many rows were compared; of a sample only its own units.

    Raises:
        Differs: a row is not the same.
    """
    with duckdb.connect() as duck:
        duck.register("told", theirs)
        duck.register("every", ours)
        only = "SEMI JOIN told USING (unit)" if sample else ""
        mine, other = f"SELECT * FROM every {only}", ROWS.format("told")
        differ = duck.sql(
            f"SELECT '{peer}' AS who, * FROM (({other}) EXCEPT ALL ({mine}))"
            f" UNION ALL SELECT 'ours', * FROM (({mine}) EXCEPT ALL ({other})) ORDER BY unit"
        ).fetchall()
        if differ:
            raise Differs(f"{clause}: {len(differ)} rows differ, such as {differ[:4]}")
        return len(duck.sql(other).fetchall())


def by_process(python: Path, command: list[str], to: Path, peer: str) -> tuple[Any, dict[str, Any]]:
    """What a peer in a process of its own told, and its tables by clause."""
    done = subprocess.run(  # noqa: S603 our own scripts
        [str(python), *command], check=True, stdout=subprocess.PIPE, text=True, cwd=HERE.parent
    )
    told = json.loads(done.stdout.splitlines()[-1])
    return told, {clause: pq.read_table(to / f"{peer}-{clause}.parquet") for clause in CLAUSES}


def peers(folder: Path, to: Path, sample: int, openfisca: Path | None) -> dict[str, Any]:
    """Seconds of every peer, each compared with ours."""
    ours, together = by_ours(folder)
    told: dict[str, Any] = {
        "ours": {
            "load": {clause: load for clause, (load, _, _) in ours.items()},
            "clauses": {clause: spent for clause, (_, spent, _) in ours.items()},
            "together": {"load": together[0], "clauses": together[1]},
        }
    }
    found = {clause: median(partial(by_sql, folder, clause)) for clause in CLAUSES}
    told["sql"] = {"clauses": {clause: spent for clause, (_, spent, _) in found.items()}}
    tables = {"sql": {clause: table for clause, (_, _, table) in found.items()}}
    if openfisca is None or not openfisca.exists():
        told["openfisca"] = {"absent": f"no OpenFisca at {openfisca}"}
    else:
        script = ["-m", "bench.peers_openfisca", str(folder), str(to)]
        told["openfisca"], tables["openfisca"] = by_process(openfisca, script, to, "openfisca")
    script = ["-m", "bench.peers_django", str(folder), str(to), "--sample", str(sample)]
    told["django"], tables["django"] = by_process(Path(sys.executable), script, to, "django")
    told["compared"] = {
        peer: sum(
            compare(peer, clause, theirs, ours[clause][2], sample=peer == "django")
            for clause, theirs in by_clause.items()
        )
        for peer, by_clause in tables.items()
    }
    return told


def main() -> None:
    """Time and compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("to", type=Path)
    parser.add_argument("--sample", type=int, default=40, help="branches of the Django loops")
    parser.add_argument("--openfisca", type=Path, help="the python of OpenFisca's environment")
    given = parser.parse_args()
    given.to.mkdir(parents=True, exist_ok=True)
    try:
        told = peers(given.folder.resolve(), given.to.resolve(), given.sample, given.openfisca)
    except Differs as error:
        sys.exit(f"the peers differ: {error}")
    rounded = json.loads(json.dumps(told), parse_float=lambda text: round(float(text), 4))
    print(json.dumps(rounded))


if __name__ == "__main__":
    main()

"""How long the whole checklist takes over facts in a folder, and what a bare scan of them takes.

    python -m bench.engine FOLDER

Prints one line of JSON. `load_s`: files opened, facts made ready, each row with the units it
belongs to.
`measures_s`: what is counted of them, who is a member of what, who is spoken to when.
`verdicts_s`: cells folded as they are judged, results handed over. `total_s` is measures
and verdicts.
`limit_s`, in the same run: of each ledger one scan of the columns the checklist reads,
aggregated by the unit (or other record) its rows belong to.
"""

import argparse
import datetime as dt
import json
import re
import resource
import time
from pathlib import Path

from tongrong.engine.backends.duckdb import Duck
from tongrong.engine.editions import bind_editions, editions_of
from tongrong.engine.program import Program
from tongrong.engine.programs import Programs
from tongrong.engine.run import evaluate
from tongrong.facts.columns import Reference
from tongrong.facts.registry import LEDGERS
from tongrong.facts.snapshot import Snapshot
from tongrong.facts.spool import Tables
from tongrong.norms.from_files import load_family

CHECKLIST = "442-2018"
DAY = dt.date(2026, 8, 31)
LOADING = re.compile(r"(fact_.*|units|above_\d+|lineage|subjects|features)")
JUDGING = {"excuses", "tallies", "judged_verdicts", "verdicts_without_cells"}


class Clock:
    """The seconds since the last step, put to what the step was for."""

    def __init__(self) -> None:
        self.spent = {"load_s": 0.0, "measures_s": 0.0, "verdicts_s": 0.0}
        self.last = time.perf_counter()

    def told(self, table: str, done: int, _total: int) -> None:
        """A step is done: it made, added to or dropped a table."""
        if done == 1:  # until now files were opened; no step takes long before the first is done
            return self.add("load_s")
        loading = "load_s" if LOADING.fullmatch(table) else "measures_s"
        return self.add("verdicts_s" if table in JUDGING else loading)

    def add(self, what: str) -> None:
        """Put the seconds since the last call to one of the three."""
        now = time.perf_counter()
        self.spent[what] += now - self.last
        self.last = now


def evaluated(snapshot: Snapshot, programs: Programs) -> dict[str, float]:
    """One evaluation of the whole checklist, its text compiled before."""
    family = load_family(CHECKLIST)
    bound = bind_editions(editions_of(family, snapshot, DAY, None), DAY, None)
    began = time.perf_counter()
    programs.of(bound, details=False)
    compiled = time.perf_counter() - began
    clock = Clock()
    found = evaluate(family, snapshot, DAY, programs=programs, progress=clock.told)
    clock.add("verdicts_s")
    total = clock.spent["measures_s"] + clock.spent["verdicts_s"]
    return {
        **clock.spent,
        "total_s": total,
        "compile_s": compiled,
        "verdicts": found.verdicts.num_rows,
        "evaluate_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def limit(snapshot: Snapshot, program: Program) -> float:
    """Seconds of one bare scan-and-aggregate of each ledger, over the columns the program reads."""
    read = {name for step in program.steps for name in step.names}
    spent = 0.0
    with Duck(snapshot.row_count) as duck:
        for code, ledger in LEDGERS.items():
            if f"raw_{code}" not in read:
                continue
            duck.load(code, snapshot.source(code))
            references = [n for n, c in ledger.columns.items() if isinstance(c, Reference)]
            named = (name for name in (ledger.owner, *references) if name in ledger.columns)
            key = next(named, "record")
            used = [name for name in ledger.columns if name in read and name != key]
            most = ", ".join(f'max("{name}")' for name in used) or "1"
            began = time.perf_counter()
            duck.query(
                f'SELECT "{key}", count(*), {most} FROM "{code}" WHERE status = \'有效\' GROUP BY 1'
            )
            spent += time.perf_counter() - began
    return spent


def main() -> None:
    """Evaluate, then scan."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--programs", type=Path, help="a folder that keeps compiled text")
    given = parser.parse_args()
    snapshot, programs = Snapshot(Tables.of_folder(given.folder)), Programs(given.programs)
    found = evaluated(snapshot, programs)
    bound = bind_editions(editions_of(load_family(CHECKLIST), snapshot, DAY, None), DAY, None)
    found["limit_s"] = limit(snapshot, programs.of(bound, details=False))
    found["ratio"] = found["total_s"] / found["limit_s"]
    found["peak_mib"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    units = snapshot["enterprises"].num_rows + snapshot["party_organizations"].num_rows
    told = {"units": units, "rows": snapshot.row_count}
    print(json.dumps({**told, **{name: round(value, 3) for name, value in found.items()}}))


if __name__ == "__main__":
    main()

"""How long `tongrong import` takes for a workbook of so many rows, and the memory it needs.

    DATABASE_URL=sqlite:////path/to/new/file python -m bench.importing FACTS --rows 100000 --to DIR

The workbook is made of the facts in a folder (bench.facts, 200 units): every ledger but dues whole,
attendance until there are so many rows. It is kept in DIR for the next run. The command itself is
run, from its start to its end, on the database named, which must be new. Prints one line of JSON.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

from tongrong.facts.snapshot import Snapshot
from tongrong.facts.spool import Spool
from tongrong.facts.to_sheets import write_workbook

FILLING, LEFT_OUT = "attendance", "dues"
COMMAND = Path(sys.executable).with_name("tongrong")


def workbook(facts: Path, rows: int, folder: Path) -> Path:
    """A workbook of so many rows.

    Raises:
        ValueError: the facts are too few, or too many even without attendance.
    """
    file = folder / f"import-{rows}.xlsx"
    if file.exists():
        return file
    every = Snapshot(Spool.of_folder(facts))
    tables = {code: every[code] for code in every.tables if code != LEFT_OUT}
    lacking = rows - sum(t.num_rows for code, t in tables.items() if code != FILLING)
    if not 0 <= lacking <= tables[FILLING].num_rows:
        raise ValueError(f"{facts} cannot make exactly {rows} rows")
    tables[FILLING] = tables[FILLING].slice(0, lacking)
    folder.mkdir(parents=True, exist_ok=True)
    part = file.with_suffix(".part.xlsx")
    write_workbook(Snapshot.of(tables), part)
    return part.replace(file)


def imported(file: Path) -> tuple[float, float]:
    """Seconds and MiB of importing the workbook into the database of DATABASE_URL."""
    began = time.perf_counter()
    done = subprocess.run(  # noqa: S603 our own command
        [COMMAND, "import", str(file)], check=False, capture_output=True, text=True
    )
    spent = time.perf_counter() - began
    if done.returncode:
        sys.exit(f"tongrong import: {done.returncode}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return spent, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def main() -> None:
    """Make the workbook, import it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("facts", type=Path)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--to", type=Path, required=True)
    given = parser.parse_args()
    file = workbook(given.facts, given.rows, given.to)
    spent, peak = imported(file)
    told = {
        "database": urlsplit(os.environ["DATABASE_URL"]).scheme,
        "rows": given.rows,
        "import_s": round(spent, 1),
        "import_rows_per_s": round(given.rows / spent),
        "import_peak_mib": round(peak),
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main()

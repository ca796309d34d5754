"""How long `tongrong import` takes for a workbook of so many rows, and the memory it needs.

    DATABASE_URL=sqlite:////path/to/new/file python -m bench.importing FACTS --rows 100000 --to DIR
                                                                     [--filled UNITS]

The workbook is made of the facts in a folder (bench.facts, 200 units): every ledger but dues whole,
attendance until there are so many rows. It is kept in DIR for the next run. The command itself is
run, from its start to its end, on the database named, which must be new; `--filled` puts so many
other units into it first, with 18 meetings each (bench.filling). Prints one line of JSON; beside
the seconds by the clock those of the processor, without a database server's.
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

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tongrong.config.settings.dev")
django.setup()

from bench.filling import Filler  # noqa: E402 Django must be ready first
from tongrong.actions.prepare_database import prepare_database  # noqa: E402
from tongrong.facts.snapshot import Snapshot  # noqa: E402
from tongrong.facts.spool import Tables  # noqa: E402
from tongrong.facts.to_sheets import write_workbook  # noqa: E402

FILLING, LEFT_OUT = "attendance", "dues"
MEETINGS = 18
"""Of a unit that is there before: with ten persons at each, 20,000 units have 4 million records."""
COMMAND = Path(sys.executable).with_name("tongrong")


def workbook(facts: Path, rows: int, folder: Path) -> Path:
    """A workbook of so many rows.

    Raises:
        ValueError: the facts are too few, or too many even without attendance.
    """
    file = folder / f"import-{rows}.xlsx"
    if file.exists():
        return file
    every = Snapshot(Tables.of_folder(facts))
    tables = {code: every[code] for code in every.tables if code != LEFT_OUT}
    lacking = rows - sum(t.num_rows for code, t in tables.items() if code != FILLING)
    if not 0 <= lacking <= tables[FILLING].num_rows:
        raise ValueError(f"{facts} cannot make exactly {rows} rows")
    tables[FILLING] = tables[FILLING].slice(0, lacking)
    folder.mkdir(parents=True, exist_ok=True)
    part = file.with_suffix(".part.xlsx")
    write_workbook(Snapshot.of(tables), part)
    return part.replace(file)


def fill(units: int) -> None:
    """Put so many units into the new database of DATABASE_URL."""
    prepare_database()
    Filler(units, MEETINGS).fill()


def imported(file: Path) -> tuple[float, float, float]:
    """Seconds by the clock and of the processor, and MiB, of importing the workbook."""
    began = time.perf_counter()
    done = subprocess.run(  # noqa: S603 our own command
        [COMMAND, "import", str(file)], check=False, capture_output=True, text=True
    )
    spent = time.perf_counter() - began
    if done.returncode:
        sys.exit(f"tongrong import: {done.returncode}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main() -> None:
    """Make the workbook, import it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("facts", type=Path)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--filled", type=int, default=0, help="units that are there before")
    given = parser.parse_args()
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        parser.error(
            "DATABASE_URL names no database to import into, such as sqlite:////path/to/file"
        )
    file = workbook(given.facts, given.rows, given.to)
    if given.filled:
        fill(given.filled)
    spent, own, peak = imported(file)
    told = {
        "database": urlsplit(url).scheme,
        "rows": given.rows,
        "filled_units": given.filled,
        "import_s": round(spent, 1),
        "import_cpu_s": round(own, 1),
        "import_rows_per_s": round(given.rows / spent),
        "import_peak_mib": round(peak),
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main()

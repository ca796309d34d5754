"""`make bench`: every part at every size, told as it comes; docs/how-to/benchmark.md says more.

    TONGRONG_BENCH_UNITS="200 2000" python -m bench

Prints tables and writes bench/out/latest.json after each part. What fails is told, the rest goes
on, and the exit code is 1.
"""

import json
import os
import platform
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psycopg
from rich.console import Console

from bench import parts
from bench.tables import told_peers, told_sizes
from tongrong.portal import clock

OUT = parts.ROOT / "bench" / "out"
OPENFISCA = parts.ROOT / ".venv" / "peers" / "bin" / "python"
SMALL = 200
WIDE = 140
IMPORTED_ROWS = 100_000
LIBRARIES = ("duckdb", "pyarrow", "ibis-framework", "sqlglot", "django", "psycopg")
OF_SIZE = ("units", "rows", "load_s", "measures_s", "verdicts_s", "total_s", "limit_s", "ratio",
           "peak_mib", "incremental_p50_ms", "incremental_p95_ms", "import_rows_per_s")  # fmt: skip


class Run:
    """One run of the benchmark: what is known so far, and what failed."""

    def __init__(self, out: Path, server: str) -> None:
        self.out, self.server, self.console = out, server, Console()
        if not self.console.is_terminal:
            self.console.width = WIDE
        self.failed: dict[str, str] = {}
        self.sizes: dict[int, dict[str, Any]] = {}
        self.imports: dict[str, Any] = {}
        self.why_no_postgresql = parts.no_postgresql(server)
        self.machine = machine()
        if not self.why_no_postgresql:
            self.machine["postgresql"] = parts.server_version(server)

    def part(self, name: str, work: Callable[[], Any]) -> Any:
        """What a part gives, said at once; None where it fails, which is kept."""
        self.console.print(f"[dim]{name} ……[/dim]")
        try:
            told = work()
        except (parts.PartFailed, psycopg.Error, OSError, ValueError) as error:
            self.failed[name] = str(error)
            self.console.print(f"✖ {name}：{error}", style="red", markup=False)
            told = None
        else:
            self.console.print_json(json.dumps(told, default=str), indent=None)
        self.write()
        return told

    def size(self, units: int) -> None:
        """Everything at one size."""
        found = self.sizes.setdefault(units, {"units": units})
        facts = self.part(f"{units} 单位：台账", lambda: parts.facts(units, self.out))
        if facts is not None:
            whole = self.part(f"{units} 单位：整份清单", lambda: parts.engine(facts, self.out))
            found |= {"asked_units": units, **(whole or {})}
            name = f"{units} 单位：同样四条"
            found["peers"] = self.part(name, lambda: parts.peers(facts, self.out, OPENFISCA))
        self.on_both(f"{units} 单位：一条记录之后", found.setdefault("incremental", {}),
                     lambda url: parts.incremental(units, url))  # fmt: skip
        lite = found["incremental"].get("sqlite") or {}
        found |= {name: lite[name] for name in lite if name.startswith("incremental_")}
        self.write()

    def imported(self) -> None:
        """The import of a workbook, whatever the size."""
        facts = self.part("导入所用台账", lambda: parts.facts(SMALL, self.out))
        if facts is not None:

            def work(url: str) -> Any:
                return parts.importing(facts, IMPORTED_ROWS, self.out, url)

            self.on_both("导入工作簿", self.imports, work)

    def on_both(self, name: str, found: dict[str, Any], work: Callable[[str], Any]) -> None:
        """A part on SQLite, and on PostgreSQL where a server answers."""

        def on_sqlite() -> Any:
            with parts.sqlite(self.out) as url:
                return work(url)

        def on_postgresql() -> Any:
            with parts.postgresql(self.server) as url:
                return work(url)

        found["sqlite"] = self.part(f"{name}（SQLite）", on_sqlite)
        if self.why_no_postgresql:
            self.console.print(f"略过 {name}（PostgreSQL）：{self.why_no_postgresql}", markup=False)
        else:
            found["postgresql"] = self.part(f"{name}（PostgreSQL）", on_postgresql)

    def results(self) -> dict[str, Any]:
        """All that is known, in the shape of latest.json."""
        speed = (self.imports.get("sqlite") or {}).get("import_rows_per_s")
        sizes = []
        for found in self.sizes.values():
            known = {**found, "import_rows_per_s": speed}
            known = {name: known.get(name) for name in OF_SIZE} | known
            sizes.append(known)
        return {"machine": self.machine, "sizes": sizes, "imports": self.imports,
                "failed": self.failed}  # fmt: skip

    def write(self) -> None:
        """Write latest.json, whole or not at all."""
        file = self.out / "latest.json"
        part = file.with_suffix(".part")
        text = json.dumps(self.results(), ensure_ascii=False, indent=2)
        part.write_text(text + "\n", encoding="utf-8")
        part.replace(file)


def machine() -> dict[str, Any]:
    """What ran it: cores, memory, how busy it was, versions, and the day."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "day": clock.today().isoformat(),
        "cores": os.cpu_count(),
        "memory_gib": round(memory, 1),
        "load_average_before": round(os.getloadavg()[0], 2),
        "system": platform.platform(),
        "python": platform.python_version(),
        **{name: version(name) for name in LIBRARIES},
    }


def main() -> None:
    """Run all sizes chosen, smallest first."""
    OUT.mkdir(parents=True, exist_ok=True)
    try:
        sizes = sorted(parts.chosen(os.environ))
    except ValueError as error:
        sys.exit(f"{error}\n    应为：整数，如 TONGRONG_BENCH_UNITS='200 2000'")
    running = Run(OUT, os.environ.get("TONGRONG_BENCH_POSTGRES", parts.SERVER))
    running.imported()
    for units in sizes:
        running.size(units)
    results = running.results()
    running.console.print(told_sizes(results))
    for found in results["sizes"]:
        if found.get("peers"):
            running.console.print(told_peers(found))
    running.console.print(f"已写出 {OUT / 'latest.json'}", soft_wrap=True)
    if running.failed:
        sys.exit("没有做成：" + "；".join(running.failed))


if __name__ == "__main__":
    main()

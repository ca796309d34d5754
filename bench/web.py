"""`make bench-web`: the portal at 1,000 and 10,000 units on PostgreSQL, one worker process.

    TONGRONG_BENCH_WEB_UNITS="1000 10000" python -m bench.web

Each size in a database of its own, made and dropped again. Prints a table and writes
bench/out/web.json: `p50_ms`, `p95_ms` and `queries` a page and size, and how much a page grew.
"""

import json
import os
import sys
from typing import Any

from rich.console import Console
from rich.table import Table

from bench import parts

OUT = parts.ROOT / "bench" / "out"
MEETINGS = 18
"""Of a unit: with ten persons at each, 10,000 units have two million records."""
Told = dict[str, Any]


def told(found: dict[int, list[Told]]) -> Table:
    """A row a page: each size's times and queries, and the growth of the median."""
    sizes = sorted(found)
    table = Table(title="门户，PostgreSQL，一个进程，毫秒")
    table.add_column("页面")
    for units in sizes:
        for heading in ("中位", "p95", "查询"):
            table.add_column(f"{units:,} 单位 {heading}", justify="right")
    table.add_column("增长", justify="right")
    for row in zip(*(found[units] for units in sizes), strict=True):
        cells = [str(one[name]) for one in row for name in ("p50_ms", "p95_ms", "queries")]
        table.add_row(row[0]["page"], *cells, f"{row[-1]['p50_ms'] / row[0]['p50_ms']:.2f} ×")
    return table


def main() -> int:
    """Every size, then the table; the exit code."""
    asked = os.environ.get("TONGRONG_BENCH_WEB_UNITS", "1000 10000").split()
    server = os.environ.get("TONGRONG_BENCH_POSTGRES", parts.SERVER)
    console = Console()
    if not console.is_terminal:
        console.width = 140
    if why := parts.no_postgresql(server):
        console.print(f"没有 PostgreSQL：{why}", style="red", markup=False)
        return 1
    home = str(OUT / "web-home")
    sizes: list[Told] = []
    pages: dict[int, list[Told]] = {}
    for units in map(int, asked):
        console.print(f"[dim]{units} 单位 ……[/dim]")
        try:
            with parts.postgresql(server) as url:
                size, *found = parts.run("web_pages", "--units", units, "--meetings", MEETINGS,
                                         DATABASE_URL=url, TONGRONG_HOME=home)  # fmt: skip
        except parts.PartFailed as error:
            console.print(f"✖ {error}", style="red", markup=False)
            return 1
        console.print_json(json.dumps(size), indent=None)
        sizes.append({**size, "pages": found})
        pages[int(size["units"])] = found
        OUT.mkdir(parents=True, exist_ok=True)
        text = json.dumps({"sizes": sizes}, ensure_ascii=False, indent=1)
        (OUT / "web.json").write_text(text, encoding="utf-8")
    console.print(told(pages))
    return 0


if __name__ == "__main__":
    sys.exit(main())

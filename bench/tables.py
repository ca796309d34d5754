"""What `make bench` found, as tables people read."""

from typing import Any

from rich.table import Table

from bench.peers_sql import CLAUSES

COLUMNS = {
    "units": "单位",
    "rows": "记录",
    "load_s": "备料 秒",
    "measures_s": "计数 秒",
    "verdicts_s": "判定 秒",
    "total_s": "合计 秒",
    "limit_s": "下限 秒",
    "ratio": "倍数",
    "peak_mib": "内存 MiB",
    "incremental_p50_ms": "一条 p50 毫秒",
    "incremental_p95_ms": "一条 p95 毫秒",
    "import_rows_per_s": "导入 条/秒",
}
NAMES = dict(
    zip(CLAUSES, ("每月主题党日", "谈心谈话全覆盖", "到会率", "先研究后决策"), strict=True)
)


def told_sizes(results: dict[str, Any]) -> Table:
    """A row a size."""
    table = Table(title="整份清单")
    for label in COLUMNS.values():
        table.add_column(label, justify="right")
    for found in results["sizes"]:
        table.add_row(*(_number(found.get(name)) for name in COLUMNS))
    return table


def told_peers(found: dict[str, Any]) -> Table:
    """A row a clause: the seconds of each peer, of ours and OpenFisca loading and judging."""
    peers = found["peers"]
    ours, openfisca = peers["ours"], peers["openfisca"]
    django = peers["django"]
    title = f"同样四条，{found['units']} 单位，秒"
    sampled = "、".join(str(count) for count in django["sampled"].values())
    table = Table(title=title, caption=f"Django 循环由 {sampled} 个单位推算；结果逐条相同")
    for label in ("判据", "同融 备料+判定", "手写 SQL", "OpenFisca 备料+公式", "Django 循环"):
        table.add_column(label, justify="left" if label == "判据" else "right")
    for clause, name in NAMES.items():
        table.add_row(
            name,
            _both(ours, clause),
            _number(peers["sql"]["clauses"][clause]),
            "未安装" if "absent" in openfisca else _both(openfisca, clause),
            _number(django["clauses"][clause]),
        )
    together = ours["together"]
    sums = [_number(sum(peers["sql"]["clauses"].values()))]
    if "absent" in openfisca:
        sums.append("")
    else:
        load, spent = (sum(openfisca[what].values()) for what in ("load", "clauses"))
        sums.append(f"{_number(load)} + {_number(spent)}")
    sums.append(_number(sum(django["clauses"].values())))
    whole = f"{_number(together['load'])} + {_number(together['clauses'])}"
    table.add_row("四条一起", whole, *sums)
    return table


def _both(peer: dict[str, Any], clause: str) -> str:
    return f"{_number(peer['load'][clause])} + {_number(peer['clauses'][clause])}"


def _number(value: Any) -> str:
    if value is None:
        return "—"
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:,.0f}" if value >= 100 else f"{value:.2f}" if value >= 1 else f"{value:.3f}"

"""Where each unit stands: one tree of enterprises and Party organizations.

It says who may see what, so every unit stands below exactly one other, or at the top. A company
stands below its parent, else below whoever supervises it; a Party organization below its
superior of the same enterprise, else below the enterprise it is attached to, else below its
superior. Whoever has the enterprise thus has all its organizations, and a general branch its
branches. Units in a ring stand at the top: nobody gets them by mistake.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Standing:
    """A unit with its name, the unit right above it (empty: none), and the way down to it."""

    unit: str
    name: str
    enterprise: bool
    leads: bool
    upper: str
    path: str
    answering: str


def tree_of(enterprises: Iterable[Row], organizations: Iterable[Row]) -> dict[str, Standing]:
    """Every unit by its code, from the effective rows of the two registers."""
    firms = {row["number"]: row for row in enterprises}
    bodies = {row["number"]: row for row in organizations if row["number"] not in firms}
    uppers = {unit: _above_firm(row, firms, bodies) for unit, row in firms.items()}
    uppers |= {unit: _above_body(row, firms, bodies) for unit, row in bodies.items()}
    found = {}
    for unit, row in {**firms, **bodies}.items():
        way = _way(unit, uppers)
        found[unit] = Standing(
            unit=unit,
            name=row["name"],
            enterprise=unit in firms,
            leads=bool(row.get("leads")),
            upper=uppers[unit] if len(way) > 1 else "",
            path=path_of(way),
            answering=row["enterprise"] if row.get("enterprise") in firms else unit,
        )
    return found


def path_of(way: Iterable[str]) -> str:
    """The path of a way down: every code and a stroke; strokes of its own are %2F.

    So a path begins with another exactly if the one unit stands below the other, or is it.
    """
    return "/" + "".join(f"{quote(unit, safe='')}/" for unit in way)


def way_of(path: str) -> list[str]:
    """The units from the top down, as a path names them."""
    return [unquote(step) for step in path.strip("/").split("/")]


def _above_firm(row: Row, firms: Mapping[str, Row], bodies: Mapping[str, Row]) -> str:
    if row["parent"] in firms:
        return str(row["parent"])
    superior = bodies.get(row["superior"])
    if superior is None:
        return ""
    host = superior["enterprise"] if superior["leads"] else None
    return str(host if host in firms and host != row["number"] else superior["number"])


def _above_body(row: Row, firms: Mapping[str, Row], bodies: Mapping[str, Row]) -> str:
    superior = bodies.get(row["superior"])
    host = row["enterprise"] if row["enterprise"] in firms else ""
    if host and (row["leads"] or superior is None or superior["leads"]):
        return str(host)
    if superior is not None and (not host or superior["enterprise"] == host):
        return str(superior["number"])
    return str(host)


def _way(unit: str, uppers: Mapping[str, str]) -> list[str]:
    """The units from the top down to one; itself alone where they go round in a ring."""
    way = [unit]
    while upper := uppers[way[-1]]:
        if upper in way:
            return [unit]
        way.append(upper)
    return way[::-1]

"""Records read once, and together: what is asked of several ledgers comes by one query."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from tongrong.engine.kinship import Kinship
from tongrong.engine.nearby import REGISTERS, Near, Row, Where
from tongrong.engine.reach import Place
from tongrong.engine.tables import OWNERS
from tongrong.facts.directory import targets
from tongrong.facts.registry import LEDGERS
from tongrong.queries.nearby import StoredRecords, read_together

_OF_EVERY_CLAUSE = ("nil_declarations", "assessments", "parameter_adjustments")
"""What every clause asks of a unit."""
_FEW: Mapping[str, str] = {
    **{code: str(LEDGERS[code].owner) for code in _OF_EVERY_CLAUSE},
    "posts": "person",
}
"""The column by which so few rows are found that they are read whatever else is asked."""
Ask = tuple[str, Where]


class RememberedRecords(StoredRecords):
    """The same, asked of the database once: for what writes no records.

    What is asked by one column is kept by value, so a further value alone is asked for.
    """

    def __init__(self) -> None:
        self._asked: dict[Any, Sequence[Row]] = {}
        self._by_value: dict[tuple[str, str], dict[Any, list[Row]]] = {}

    def read_ahead(self, kinship: Kinship, units: Collection[str]) -> None:
        """Read what every clause asks of units and of those above them."""
        self.read_together(of_every_clause(kinship, units))

    def read_posts(self, persons: Collection[str]) -> None:
        """Read by one query the posts of persons."""
        self.read_together([("posts", {"person": persons})])

    def read_together(self, asks: Iterable[Ask]) -> None:
        """Read by one query what several ledgers are asked for and is not known yet."""
        unknown: dict[Any, Ask] = {}
        for code, where in asks:
            name = self._column(code, where)
            if name:
                values = set(where[name]) - self._by_value.get((code, name), {}).keys()
                known = unknown.get((code, name), (code, {name: set[Any]()}))[1]
                if values:
                    unknown[code, name] = code, {name: {*known[name], *values}}
            elif all(where.values()) and _key(code, where) not in self._asked:
                unknown[_key(code, where)] = code, where
        found = read_together(list(unknown.values()))
        for (key, (code, where)), rows in zip(unknown.items(), found, strict=True):
            name = self._column(code, where)
            if name:
                self._keep(code, name, where[name], rows)
            else:
                self._asked[key] = rows

    def find(
        self, code: str, where: Where, *, but: Collection[str] = (), most: int | None = None
    ) -> Sequence[Row]:
        """The effective rows of a ledger whose columns, own or carried, have one of the values."""
        name = self._column(code, where)
        if name and not but and most is None:
            rows = self._of(name, code, where[name])
            return [row for row in rows if all(row[n] in said for n, said in where.items())]
        key = _key(code, where, but, most)
        if key not in self._asked:
            self._asked[key] = super().find(code, where, but=but, most=most)
        return self._asked[key]

    @staticmethod
    def _column(code: str, where: Where) -> str:
        """The column by whose values rows are kept; empty: by all that is asked."""
        name = _FEW.get(code) or next(iter(where), "")
        return name if name in where and (code in _FEW or len(where) == 1) else ""

    def _of(self, name: str, code: str, values: Collection[Any]) -> list[Row]:
        """The rows with one of the values in a column."""
        known = self._by_value.get((code, name), {})
        unknown = set(values) - known.keys()
        if unknown:
            self._keep(code, name, unknown, super().find(code, {name: unknown}))
        known = self._by_value.get((code, name), {})
        return [row for value in set(values) for row in known[value]]

    def _keep(self, code: str, name: str, values: Collection[Any], rows: Sequence[Row]) -> None:
        known = self._by_value.setdefault((code, name), {})
        known.update((value, []) for value in values)
        for row in rows:
            known[row[name]].append(row)


def _key(code: str, where: Where, but: Collection[str] = (), most: int | None = None) -> Any:
    told = frozenset((name, frozenset(values)) for name, values in where.items())
    return code, told, frozenset(but), most


def of_every_clause(kinship: Kinship, units: Collection[str]) -> list[Ask]:
    """What every clause asks of units and of those above them."""
    near = {*units, *(kinship.owner(one, unit) or "" for one in OWNERS for unit in units)}
    near |= {upper for unit in list(near) for upper in kinship.above(unit)}
    near.discard("")
    return [
        *((code, {"number": near}) for code in REGISTERS),
        *((code, {_FEW[code]: near}) for code in _OF_EVERY_CLAUSE),
    ]


# --- what the clauses of some units read -----------------------------------------------------


def read_near(records: RememberedRecords, wanted: Iterable[tuple[Near, Collection[Place]]]) -> None:
    """Read what places read for their units, in turns: at once all that is known how to ask."""
    left = [(near, _with_ties(places)) for near, places in wanted]
    asks = [ask for near, _ in left for ask in of_every_clause(near.kinship, {near.unit})]
    while any(places for _, places in left):
        ready = [(near, one) for near, places in left for one in _untied(places)]
        records.read_together([*asks, *filter(None, (near.asked(one) for near, one in ready))])
        for near, one in ready:
            near.read(one)
        for _, places in left:
            places.difference_update(_untied(places))
        asks = [ask for one, _ in left for ask in references(one.rows_found(), one.kinship)]
    records.read_together(asks)


def _untied(places: Collection[Place]) -> set[Place]:
    """Those that no other of them says what to read at."""
    return {one for one in places if not any(tie.left in places for tie in one.ties)}


def references(rows: Mapping[str, Collection[Row]], kinship: Kinship) -> list[Ask]:
    """How what these rows refer to is asked for, by code."""
    registers = {REGISTERS[0]: kinship.enterprises, REGISTERS[1]: kinship.organizations}
    found: dict[str, set[Any]] = {}
    for code, some in rows.items():
        for name, reference in LEDGERS[code].references().items():
            codes = {row[name] for row in some} - {None}
            for to in targets(reference.to):  # a unit is looked up in the register that has it
                known = registers.get(to)
                found.setdefault(to, set()).update(codes if known is None else codes & known.keys())
    return [(to, {str(LEDGERS[to].code_column()): codes}) for to, codes in found.items() if codes]


def _with_ties(places: Collection[Place]) -> set[Place]:
    """The places with those whose rows say what to read there."""
    found, added = set[Place](), set(places)
    while added:
        found |= added
        added = {tie.left for one in added for tie in one.ties if tie.left is not None} - found
    return found

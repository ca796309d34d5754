"""The facts as a person would lay them out: effective rows, each with its owners beside it."""

import calendar
import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from tongrong.facts.ledger import EFFECTIVE, STATUS, Holds, Ledger
from tongrong.facts.registry import LEDGERS
from tongrong.vocabulary.quantities import parse_quantity

Row = dict[str, Any]
Threshold = Callable[[str, dt.date], str]
Table = Callable[[str, dt.date], list[dict[str, Any]]]

OWNERS = ("enterprise", "organization", "host", "superior")
KNOWN_LATER = "@end"  # a state's end as written, also where it lies after D
ABOUT_CLAUSES = ("assessments", "justifications")  # rows that may name whose clause they mean
LEDGER = "@ledger"  # the code of the ledger a row stands in

_MONTH_DAY = re.compile(r"^\d\d-\d\d$")


def owner_key(owner: str) -> str:
    """Where a row keeps one of its four owners; a ledger may have a column of that name."""
    return f"@{owner}"


@dataclass(frozen=True)
class Allowed:
    """What may be set otherwise: the names the checklist goes by, and its thresholds as written."""

    checklists: frozenset[str] = frozenset()
    thresholds: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


NOTHING = Allowed()


@dataclass(frozen=True)
class World:
    """Every effective row of every ledger on day `as_of` (D), for assessment year `year` (Y).

    A row is a dict of its columns, the columns carried from the rows it refers to, and its
    owners under `@enterprise`, `@organization`, `@host`, `@superior`. The end of a state that
    lies after D reads as empty. `threshold(name, day)` is the text in force on a day,
    `table(name, day)` the rows of a table of rates. `uppers` names the unit right above each,
    `allowed` what a unit may set otherwise. `saying` looks rows up by what they say, as a person
    would look under a tab, not by leafing through all of them.

    The checklist is in force from `since` until the day before `until`, where these are given;
    `in_force` says whether it is so at D.
    """

    rows: Mapping[str, list[Row]]
    as_of: dt.date
    year: int
    threshold: Threshold
    table: Table
    uppers: Mapping[str, str | None]
    allowed: Allowed = NOTHING
    since: dt.date | None = None
    until: dt.date | None = None
    in_force: bool = True
    _found: dict[tuple[str, str], dict[Any, list[Row]]] = field(default_factory=dict, repr=False)

    @classmethod
    def of(
        cls,
        snapshot_tables: Mapping[str, Sequence[Mapping[str, Any]]],
        as_of: dt.date,
        year: int,
        threshold: Threshold,
        table: Table,
        allowed: Allowed = NOTHING,
    ) -> "World":
        """The world these ledger rows describe.

        Raises ValueError where `year` is later than the year of `as_of`.
        """
        if year > as_of.year:
            raise ValueError(f"year {year} has not begun on {as_of}")
        rows = {
            code: [
                _unknown_end_emptied(ledger, {**row, LEDGER: code}, as_of)
                for row in snapshot_tables.get(code, ())
                if row[STATUS] == EFFECTIVE
                and (code not in ABOUT_CLAUSES or row["checklist"] in {None, *allowed.checklists})
            ]
            for code, ledger in LEDGERS.items()
        }
        for code, ledger in LEDGERS.items():
            _carry(ledger, rows[code], rows)
        owners: dict[str | None, Row] = {}
        for code, ledger in LEDGERS.items():
            for row in rows[code]:
                unit = row[ledger.owner] if ledger.owner is not None else None
                if unit not in owners:
                    owners[unit] = _owners(unit, rows["enterprises"], rows["party_organizations"])
                row.update(owners[unit])
        uppers = {row["number"]: row["parent"] for row in rows["enterprises"]}
        uppers |= {row["number"]: row["superior"] for row in rows["party_organizations"]}
        world = cls(rows, as_of, year, threshold, table, uppers, allowed)
        for row in rows["party_organizations"]:
            row["circular"] = row["number"] in world.above(row["number"])
        for ledger in LEDGERS.values():
            if isinstance(ledger.time, Holds) and ledger.time.next_of:
                _name_successors(ledger.time, rows[ledger.code])
        return world

    @property
    def first_day(self) -> dt.date:
        """1 January of the assessment year."""
        return dt.date(self.year, 1, 1)

    @property
    def last_day(self) -> dt.date:
        """31 December of the assessment year."""
        return dt.date(self.year, 12, 31)

    @property
    def closed_year(self) -> int:
        """The latest year not after Y that is over at D."""
        return self.year if self.last_day <= self.as_of else self.year - 1

    def number(self, name: str, day: dt.date) -> Fraction:
        """The threshold of this name in force on a day, exactly."""
        return parse_quantity(self.threshold(name, day))

    def whole(self, name: str, day: dt.date) -> int:
        """The threshold of this name in force on a day, a whole number."""
        number = self.number(name, day)
        if number.denominator != 1:
            raise ValueError(f"{name}: {number} is not whole")
        return int(number)

    def day_of_year(self, text: str, year: int) -> dt.date:
        """The day MM-DD of a year; `text` is that, or the name of a threshold that is.

        29 February is 28 February in a common year.
        """
        if not _MONTH_DAY.match(text):
            text = self.threshold(text, dt.date(year, 12, 31))
        month, day = (int(part) for part in text.split("-"))
        if (month, day) == (2, 29) and not calendar.isleap(year):
            day = 28
        return dt.date(year, month, day)

    def day(self, text: str) -> dt.date:
        """A day written YYYY-MM-DD, or by the name of a threshold that is one."""
        return dt.date.fromisoformat(
            text if text[:1].isdigit() else self.threshold(text, self.as_of)
        )

    def figures_due(self, year: int) -> dt.date:
        """The day of `year` until which a yearly figure may still be missing."""
        return self.day_of_year(self.threshold("figures_due", self.as_of), year)

    def above(self, unit: str) -> set[str]:
        """Every unit above a unit: the parents of an enterprise, the superiors of a body."""
        found: list[str] = []
        upper = self.uppers.get(unit)
        while upper is not None and upper not in found:
            found.append(upper)
            upper = self.uppers.get(upper)
        return set(found)

    def saying(self, code: str, key: str, said: Any) -> Sequence[Row]:
        """The rows of a ledger that say this under a key: a column, or an owner as `@host`."""
        if (code, key) not in self._found:
            found: dict[Any, list[Row]] = {}
            for row in self.rows[code]:
                found.setdefault(row[key], []).append(row)
            self._found[code, key] = found
        return self._found[code, key].get(said, ())

    def is_enterprise(self, unit: str) -> bool:
        """Whether a unit's code is an enterprise's; otherwise it is a Party organization's."""
        return bool(self.saying("enterprises", "number", unit))

    def unit_row(self, unit: str) -> Row:
        """The unit's own row in the register of enterprises or of Party organizations."""
        register = "enterprises" if self.is_enterprise(unit) else "party_organizations"
        return self.saying(register, "number", unit)[0]


def value(world: World, row: Mapping[str, Any], column: str, subject: str) -> Any:
    """What a row says in a column: its own or carried, else an owner.

    `owner` is the owner that `own` means for the subject; `subject` the subject itself.
    """
    if column == "subject":
        return subject
    if column == "owner":
        own = "enterprise" if world.is_enterprise(subject) else "organization"
        return row[owner_key(own)]
    if column in row:
        return row[column]
    return row[owner_key(column)]


def _unknown_end_emptied(ledger: type[Ledger], row: Row, as_of: dt.date) -> Row:
    """The row as known on D: that a state will end on a later day is not known yet."""
    if isinstance(ledger.time, Holds) and ledger.time.end is not None:
        end = row[ledger.time.end]
        row[KNOWN_LATER] = end
        if end is not None and end > as_of:
            row[ledger.time.end] = None
    return row


def _name_successors(time: Holds, rows: list[Row]) -> None:
    """Show on every row of a register without ends the day the next such row begins."""
    for row in rows:
        later = [
            other[time.start]
            for other in rows
            if all(other[name] == row[name] for name in time.next_of)
            and other[time.start] > row[time.start]
        ]
        row["replaced_on"] = min(later, default=None)


def _carry(ledger: type[Ledger], rows: list[Row], all_rows: Mapping[str, list[Row]]) -> None:
    """Show on every row the carried columns of the effective rows it refers to."""
    for name, reference in ledger.references().items():
        if not reference.carry:
            continue
        (code,) = LEDGERS[reference.to].keys()
        known: dict[str, Row] = {}
        for row in all_rows[reference.to]:
            known.setdefault(row[code], row)
        for row in rows:
            referred = known.get(row[name])
            for column in reference.carry:
                row[f"{name}_{column}"] = referred[column] if referred else None


def _owners(unit: str | None, enterprises: list[Row], organizations: list[Row]) -> Row:
    """The four owners of a record of this unit."""
    found: dict[str, str | None] = dict.fromkeys(OWNERS)
    for enterprise in enterprises:
        if enterprise["number"] == unit:
            found["enterprise"] = found["host"] = unit
            found["organization"] = _leading(unit, organizations)
    for organization in organizations:
        if organization["number"] == unit:
            found["organization"] = unit
            found["host"] = organization["enterprise"]
            if unit == _leading(organization["enterprise"], organizations):
                found["enterprise"] = organization["enterprise"]
    for enterprise in enterprises:
        if enterprise["number"] == found["host"]:
            found["superior"] = enterprise["superior"]
    return {owner_key(owner): code for owner, code in found.items()}


def _leading(enterprise: str | None, organizations: list[Row]) -> str | None:
    """The Party organization that leads an enterprise; of several, the smallest code."""
    leading = [
        row["number"]
        for row in organizations
        if enterprise is not None and row["enterprise"] == enterprise and row["leads"]
    ]
    return min(leading, default=None)

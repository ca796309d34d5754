"""What a ledger is: one typed class that states everything the rest derives."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, ClassVar

import pyarrow as pa

from tongrong.facts.columns import Code, Column, Day, Privacy, Reference

RECORD, STATUS = "record", "status"
EFFECTIVE, DRAFT, WITHDRAWN = "有效", "草稿", "撤回"
STATUSES = (EFFECTIVE, DRAFT, WITHDRAWN)
STATUS_LABEL = "记录状态"


@dataclass(frozen=True)
class Happens:
    """Rows are events: they count on the day in column `on`."""

    on: str


@dataclass(frozen=True)
class Holds:
    """Rows are states from day `start` until the day before `end` (empty: still so).

    Rows of a register without ends hold until the next one with the same values in `next_of`
    begins, where that is given. A state of `persons` counts for a period if held at least half
    its days; any other counts only for periods it existed throughout.
    """

    start: str
    end: str | None
    persons: bool = False
    next_of: tuple[str, ...] = ()


@dataclass(frozen=True)
class Yearly:
    """Rows are figures of the year in column `year`."""

    year: str


@dataclass(frozen=True)
class Timeless:
    """Rows describe things, not when they are so."""


Time = Happens | Holds | Yearly | Timeless


class Ledger:
    """Base of every ledger declaration; the class is the declaration and has no instances.

    A subclass states `code`, `label`, `time`, `owner` (the column that says whose record
    it is, None for none) and its columns as class attributes; where rows are about clauses,
    `of_checklist` (the column that names whose; a row with none is about any checklist that has
    such a clause). The docstring's first line says what a row is. `also` are other names
    customary sheets of it have. `alike` names the columns by which a record is known for the
    same thing under another code, where these are not all its required ones.
    """

    code: ClassVar[str]
    label: ClassVar[str]
    time: ClassVar[Time]
    owner: ClassVar[str | None] = "unit"
    of_checklist: ClassVar[str | None] = None
    also: ClassVar[tuple[str, ...]] = ()
    alike: ClassVar[tuple[str, ...]] = ()
    columns: ClassVar[Mapping[str, Column]]

    def __init_subclass__(cls) -> None:
        cls.columns = MappingProxyType(
            {name: value for name, value in vars(cls).items() if isinstance(value, Column)}
        )

    @classmethod
    def keys(cls) -> tuple[str, ...]:
        """The columns that together identify a record, in declared order."""
        return tuple(name for name, column in cls.columns.items() if column.key)

    @classmethod
    def code_column(cls) -> str | None:
        """The column with the code by which other records refer to one of these."""
        return next((name for name, c in cls.columns.items() if isinstance(c, Code)), None)

    @classmethod
    def day_column(cls) -> str | None:
        """The column of its own in which a record has its day or year."""
        match cls.time:
            case Happens(on=name) | Holds(start=name) | Yearly(year=name):
                return name if name in cls.columns else None
        return None

    @classmethod
    def past_days(cls) -> tuple[str, ...]:
        """The columns of its own with the day of what has been: an event took place."""
        on = cls.time.on if isinstance(cls.time, Happens) else ""
        days = {name: one for name, one in cls.columns.items() if isinstance(one, Day)}
        return tuple(name for name, one in days.items() if one.past or name == on)

    @classmethod
    def likeness(cls) -> tuple[str, ...]:
        """The columns that say what thing a record with a code is, whatever the code."""
        required = (n for n, c in cls.columns.items() if not c.optional and not c.key)
        return cls.alike or tuple(required)

    @classmethod
    def codeless(cls) -> bool:
        """Whether a record may come without a code: one can be made of what is no secret."""
        return cls.code_column() is not None and all(
            cls.columns[name].privacy is Privacy.OPEN for name in cls.likeness()
        )

    @classmethod
    def references(cls) -> Mapping[str, Reference]:
        """The columns that point at other ledgers."""
        return {n: c for n, c in cls.columns.items() if isinstance(c, Reference)}

    @classmethod
    @cache
    def arrow_schema(cls) -> pa.Schema:
        """Shape of the ledger's Arrow and Parquet form: `record`, `status`, its columns."""
        fields: list[pa.Field[Any]] = [pa.field(name, pa.string()) for name in (RECORD, STATUS)]
        fields += [pa.field(name, column.arrow) for name, column in cls.columns.items()]
        return pa.schema(fields)

    @classmethod
    def by_label(cls) -> Mapping[str, str]:
        """Column name by Chinese heading, the record state included."""
        labels = {column.label: name for name, column in cls.columns.items()}
        return {**labels, STATUS_LABEL: STATUS}

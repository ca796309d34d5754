"""Rows of Arrow tables as plain tuples, where findings are made ready to be shown."""

from collections.abc import Iterable
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc


def tuples(table: pa.Table, *columns: str) -> list[tuple[Any, ...]]:
    """The values of these columns, row by row."""
    return list(zip(*(table[name].to_pylist() for name in columns), strict=True))


def having(table: pa.Table, column: str, *values: Any) -> pa.Table:
    """The rows whose column is one of these values."""
    return among(table, column, values)


def among(table: pa.Table, column: str, values: Iterable[Any]) -> pa.Table:
    """The rows whose column is among these values."""
    wanted = pa.array(list(values), table.schema.field(column).type)
    mask: Any = pc.is_in(table[column], value_set=wanted)
    return table.filter(mask)

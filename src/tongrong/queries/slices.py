"""A page of a long list, found by where the last one ended: the same cost wherever it stands."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Model, QuerySet

ON_A_PAGE = 50
COUNTED_TO = 1000

Line = TypeVar("Line")
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Turn:
    """Where in a list to go on: after or before the line of a key; neither: at its beginning."""

    after: str = ""
    before: str = ""


@dataclass(frozen=True)
class Slice(Generic[Line]):
    """Lines of a list. `count` is exact up to `COUNTED_TO`, of more there are `many`.

    `earlier` and `later` are the keys to turn by, empty where there is nothing further.
    """

    lines: tuple[Line, ...]
    count: int
    many: bool
    earlier: str
    later: str


def slice_of(
    rows: "QuerySet[Row]",
    key: str,
    turn: Turn,
    told: Callable[[Sequence[Row]], Sequence[Line]],
    *,
    falling: bool = False,
) -> Slice[Line]:
    """A page of rows in the order of a key that no two of them share."""
    count = rows.order_by()[: COUNTED_TO + 1].count()
    backwards = bool(turn.before)
    start = turn.before or turn.after
    if start:
        than = "lt" if falling != backwards else "gt"
        rows = rows.filter(**{f"{key}__{than}": start})
    order = f"-{key}" if falling != backwards else key
    found = list(rows.order_by(order)[: ON_A_PAGE + 1])
    more = len(found) > ON_A_PAGE
    found = found[:ON_A_PAGE][::-1] if backwards else found[:ON_A_PAGE]
    first, last = (_key(found, at, key) for at in (0, -1))
    return Slice(
        lines=tuple(told(found)),
        count=min(count, COUNTED_TO),
        many=count > COUNTED_TO,
        earlier=first if (more if backwards else turn.after) else "",
        later=last if (backwards or more) else "",
    )


def _key(found: Sequence[Any], at: int, key: str) -> str:
    return str(getattr(found[at], key)) if found else ""

"""What can hardly be so, though each record reads: told, and counted all the same."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

from tongrong.facts.ledger import EFFECTIVE, RECORD, STATUS, Holds
from tongrong.facts.reading import Source
from tongrong.facts.registry import LEDGERS
from tongrong.facts.snapshot import Snapshot
from tongrong.vocabulary.errors import Problem

Row = Mapping[str, Any]


def doubts(snapshot: Snapshot, sources: Mapping[str, Source] | None = None) -> list[Problem]:
    """A problem for every two records that say of one time what is said once only.

    `sources` names the cells; without it the record is named.
    """
    told = sources or {}
    return [*_two_leading(snapshot, told), *_posts_twice(snapshot, told)]


def _two_leading(snapshot: Snapshot, sources: Mapping[str, Source]) -> Iterator[Problem]:
    rows = [one for one in _effective(snapshot, "party_organizations") if one[1]["leads"]]
    for first, (index, row) in _overlapping("party_organizations", rows, ("enterprise",)):
        yield Problem(
            "facts.doubt.leading",
            _where("party_organizations", index, row, "leads", sources),
            f"{row['number']}，与 {first['number']} 都是 {row['enterprise']} 的本级党组织",
            "一个企业同一时间只有一个本级党组织：它的会议即企业党委会",
            "把不是本级的改为 否；前一个已撤销的，填撤销日期",
        )


def _posts_twice(snapshot: Snapshot, sources: Mapping[str, Source]) -> Iterator[Problem]:
    rows = _effective(snapshot, "posts")
    for first, (index, row) in _overlapping("posts", rows, ("unit", "person", "post")):
        yield Problem(
            "facts.doubt.post",
            _where("posts", index, row, "from_on", sources),
            f"{row['person']} 任 {row['unit']} {row['post']}，自{first['from_on']}起的还没有结束",
            "一人同一职务同一时间只登记一次",
            "前一段已结束的，填免职日期；登记重了的，撤回其中一条",
        )


def _effective(snapshot: Snapshot, code: str) -> list[tuple[int, Row]]:
    rows = enumerate(snapshot[code].to_pylist())
    return [(index, row) for index, row in rows if row[STATUS] == EFFECTIVE]


def _overlapping(
    code: str, rows: Sequence[tuple[int, Row]], of: tuple[str, ...]
) -> Iterator[tuple[Row, tuple[int, Row]]]:
    """Pairs of rows alike in these columns of which one begins before the other ends."""
    time = LEDGERS[code].time
    if not isinstance(time, Holds) or time.end is None:
        return
    groups: dict[tuple[Any, ...], list[tuple[int, Row]]] = defaultdict(list)
    for index, row in rows:
        if None not in (key := tuple(row[name] for name in of)):
            groups[key].append((index, row))
    for group in groups.values():
        group.sort(key=lambda one: (one[1][time.start], one[1][RECORD]))
        for (_, first), later in combinations(group, 2):
            if first[time.end] is None or later[1][time.start] < first[time.end]:
                yield first, later


def _where(code: str, index: int, row: Row, column: str, sources: Mapping[str, Source]) -> str:
    if code in sources:
        return sources[code].at(index, column)
    return f"{row[RECORD]}!{LEDGERS[code].columns[column].label}"

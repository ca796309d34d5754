"""What can hardly be so, though each record reads: told, and counted all the same."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tongrong.facts.columns import Privacy
from tongrong.facts.declared import effective_where, place_of
from tongrong.facts.directory import Known, nothing_known
from tongrong.facts.ledger import EFFECTIVE, RECORD, STATUS, Holds, Ledger
from tongrong.facts.ledgers.meetings import OF_ENTERPRISES, PARTY_GROUP_MEETING
from tongrong.facts.reading import Source
from tongrong.facts.registry import LEDGERS
from tongrong.facts.snapshot import Snapshot
from tongrong.vocabulary.errors import Problem

Row = Mapping[str, Any]


def doubts(
    snapshot: Snapshot,
    sources: Mapping[str, Source] | None = None,
    *,
    day: dt.date | None = None,
    known: Known = nothing_known,
) -> list[Problem]:
    """A problem for all that records say which can hardly be so.

    Of one time what is said once only is said twice; what has been is of a day after `day`; a
    meeting is of a body that its unit does not have.

    `sources` names the cells; without it the record is named. `known` tells codes recorded
    elsewhere. Without a `day` nothing is said of days ahead.
    """
    told = sources or {}
    return [
        *_two_leading(snapshot, told),
        *_posts_twice(snapshot, told),
        *(() if day is None else _ahead(snapshot, told, day)),
        *_of_no_enterprise(snapshot, told, known),
        *_of_no_party_group(snapshot, told),
    ]


def doubts_of_one(
    ledger: type[Ledger], row: Row, *, day: dt.date, known: Known
) -> dict[str, Problem]:
    """What of one record, by its columns, can hardly be so; the first of each column."""
    names = list(ledger.columns)
    at = Source("", ledger.label, [1], {name: place for place, name in enumerate(names)})
    snapshot = Snapshot.of_rows({ledger.code: [dict(row)]})
    found: dict[str, Problem] = {}
    for one in doubts(snapshot, {ledger.code: at}, day=day, known=known):
        column = one.place.column if one.place is not None else None
        found.setdefault("" if column is None else names[column], one)
    return found


def _ahead(snapshot: Snapshot, sources: Mapping[str, Source], day: dt.date) -> Iterator[Problem]:
    for code, ledger in LEDGERS.items():
        table = snapshot[code]
        for name in ledger.past_days() if table.num_rows else ():
            column = ledger.columns[name]
            later: Any = pc.greater(table[name], pa.scalar(day))
            for index in effective_where(table, later):
                said = str(table[name][index]) if column.privacy is Privacy.OPEN else ""
                yield Problem(
                    "facts.doubt.ahead",
                    place_of(ledger, table, index, name, sources.get(code)),
                    said,
                    f"“{column.label}”不晚于 {day}",
                    "核对年份；还没有发生的，发生以后再登记",
                )


def _of_no_enterprise(
    snapshot: Snapshot, sources: Mapping[str, Source], known: Known
) -> Iterator[Problem]:
    table = snapshot["meetings"]
    kinds: Any = pc.is_in(table["kind"], value_set=pa.array(OF_ENTERPRISES))
    found = effective_where(table, kinds)
    units = {str(table["unit"][index]) for index in found}
    here = units & {*snapshot["party_organizations"]["number"].to_pylist()}
    organizations = here | {*known("party_organizations", units - here)} if units else set()
    for index in found:
        unit, kind = str(table["unit"][index]), str(table["kind"][index])
        if unit in organizations:
            yield Problem(
                "facts.doubt.body",
                place_of(LEDGERS["meetings"], table, index, "unit", sources.get("meetings")),
                f"{unit}是党组织",
                f"{kind}由企业召开",
                "召开单位选企业；是党组织的会议的，改会议类型",
            )


def _of_no_party_group(snapshot: Snapshot, sources: Mapping[str, Source]) -> Iterator[Problem]:
    table = snapshot["meetings"]
    held: Any = pc.equal(table["kind"], pa.scalar(PARTY_GROUP_MEETING))
    nameless: Any = pc.and_(held, table["party_group"].is_null())
    for index in effective_where(table, nameless):
        yield Problem(
            "facts.doubt.group",
            place_of(LEDGERS["meetings"], table, index, "party_group", sources.get("meetings")),
            "没有写是哪个党小组",
            f"{PARTY_GROUP_MEETING}写明党小组",
            "选党小组；不写的不计入任何一个党小组",
        )


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

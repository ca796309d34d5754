"""Parameter tables: the day, the calendar and the thresholds of one evaluation, as small rows.

The compiled text of the clauses never holds them, so it serves every day and year.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

import pyarrow as pa

from tongrong.engine.adjustments import Adjustments
from tongrong.engine.conditions import Count, OwnColumn, places
from tongrong.engine.editions import Edition
from tongrong.engine.frames import NO, OTHERWISE, frames_of, trait
from tongrong.engine.from_norms import BoundClause, asked_by
from tongrong.engine.moment import Moment
from tongrong.engine.part import Asked, Part, bundles_of
from tongrong.engine.selection import OWN
from tongrong.engine.tables import PARAMETERS, arrow_schema
from tongrong.facts.reference.industries import industries
from tongrong.facts.reference.sizes import size_rows
from tongrong.norms.thresholds import Thresholds
from tongrong.vocabulary.quantities import parse_quantity, yuan_to_fen
from tongrong.vocabulary.verdicts import Strength

Row = dict[str, Any]
UNLIMITED = 10**15


def parameter_tables(
    bound: Sequence[BoundClause], editions: Sequence[Edition]
) -> dict[str, pa.Table]:
    """Every table of PARAMETERS for the parts of these clauses, each by its own edition."""
    parts = [part for one in bound for part in one.parts]
    by_name = {edition.name: edition for edition in editions}
    rows: dict[str, list[Row]] = {
        "clock": [_clock(editions[0].moment)],
        "periods": list(_periods(parts, by_name)),
        "requirements": [],
        "days": [],
        "lists": [],
        "rates": [],
        "sizes": list(_sizes(editions[0].moment.today)),
        "sections": [
            {"division": division, "section": section}
            for division, section in industries().section_of.items()
        ],
        "checklist_names": [
            {"name": name} for name in sorted(set().union(*(e.checklist.names for e in editions)))
        ],
        "parts": [],
        **_frames(parts),
    }
    frame, bundle = frames_of(parts), _bundles(parts)
    for part in parts:
        moment = by_name[part.version].moment
        rows["requirements"] += _requirements(part, moment, by_name[part.version].adjustments)
        rows["days"] += [
            {"part": part.index, "label": label, "on": day}
            for label, day in part.rule.days(moment).items()
        ]
        rows["lists"] += [
            {"part": part.index, "listed": value} for value in part.rule.listed_values()
        ]
        rows["rates"] += _rates(part, moment)
        places_of = {"frame": frame[part.index].index, "bundle": bundle[part.index]}
        rows["parts"].append({**places_of, **_part(part, moment)})
    judging = Counter(row["clause"] for row in rows["parts"] if not row["shown_only"])
    for row in rows["parts"]:
        row["alone"] = not row["shown_only"] and judging[row["clause"]] == 1
    _give_way(rows["parts"], parts, by_name)
    return {
        name: pa.Table.from_pylist(rows[name], schema=arrow_schema(table))
        for name, table in PARAMETERS.items()
    }


def _clock(moment: Moment) -> Row:
    return {
        "today": moment.today,
        "year": moment.year,
        "year_first": moment.year_first,
        "year_last": moment.year_last,
        "year_before": dt.date(moment.year - 1, 1, 1),
        "closed": moment.closed,
    }


def _part(part: Part, moment: Moment) -> Row:
    return {
        "part": part.index,
        "clause": part.clause,
        "scope": part.scope.value,
        "owner": OWN[part.scope],
        "may": part.strength is Strength.MAY,
        "should": part.strength is Strength.SHOULD,
        "shown_only": part.shown_only,
        "per": part.per,
        "running_due": moment.running_due(part.rule.per),
        "next_due": moment.next_due(part.rule.per),
        "label": part.label,
    }


def _bundles(parts: list[Part]) -> dict[int, int]:
    """The bundle of each part, by number."""
    return {p.index: bundle.index for bundle in bundles_of(parts) for p in bundle.parts}


def _frames(parts: list[Part]) -> dict[str, list[Row]]:
    """Whom each frame speaks to, and its conditions as rows."""
    rows: dict[str, list[Row]] = {
        "frame_kinds": [],
        "trait_tests": [],
        "test_values": [],
        "count_tests": [],
    }
    numbers: dict[tuple[str, ...], int] = {}
    for part in {part.index: part for part in frames_of(parts).values()}.values():
        counted = False
        for place, tests in enumerate(places(part.conditions)):
            for test in tests:
                mine = {"frame": part.index, "place": place}
                if isinstance(test, Count):
                    counted = True
                    name = f"{test.name}:{OWN[part.scope]}"
                    rows["count_tests"].append({**mine, "test": name})
                    continue
                number = numbers.setdefault(tuple(test.among), len(numbers))
                unsaid = NO if isinstance(test, OwnColumn) else OTHERWISE[None]
                otherwise = OTHERWISE[test.otherwise] if test.otherwise else unsaid
                rows["trait_tests"].append(
                    {**mine, "test": number, "trait": trait(test, part.scope),
                     "otherwise": otherwise}
                )  # fmt: skip
        rows["frame_kinds"].append(
            {"frame": part.index, "scope": part.scope.value, "per": part.per,
             "counted": counted}
        )  # fmt: skip
    rows["test_values"] = [
        {"test": number, "worth": worth} for among, number in numbers.items() for worth in among
    ]
    return rows


def _give_way(rows: Iterable[Row], parts: Sequence[Part], editions: Mapping[str, Edition]) -> None:
    """Where no period of a version is left, the next day is the first of the clause's others."""
    coming: dict[str, list[dt.date]] = {}
    for part in parts:
        first = editions[part.version].moment.first_due(part.rule.per)
        if first is not None:
            coming.setdefault(part.clause, []).append(first)
    for row in rows:
        moment = editions[""].moment
        if row["per"] and row["next_due"] is None and moment.today < moment.year_last:
            row["next_due"] = min(coming.get(row["clause"], ()), default=None)


def _periods(parts: Iterable[Part], editions: Mapping[str, Edition]) -> Iterator[Row]:
    for key, (per, version) in sorted({p.per: (p.rule.per, p.version) for p in parts}.items()):
        moment = editions[version].moment
        for period, warning in moment.periods(per) if per else ():
            if period.begun(moment.today):
                yield {
                    "per": key,
                    "period": period.label,
                    "first": period.first,
                    "last": period.last,
                    "days": period.days,
                    "due_by": period.due_by,
                    "elapsed": period.elapsed(moment.today),
                    "warned": moment.today > period.due_by - warning,
                }


def _judged_on(part: Part, moment: Moment) -> Iterator[tuple[str, dt.date]]:
    """(period label, the day whose thresholds judge it)."""
    if not part.rule.per:
        yield "", moment.today
        return
    for period, _ in moment.periods(part.rule.per):
        yield period.label, period.last


def _requirements(part: Part, moment: Moment, adjustments: Adjustments) -> Iterator[Row]:
    """What a part asks of all, and of each unit of which it asks something else."""
    days = list(_judged_on(part, moment))
    for asked in asked_by(part):
        name, of_all = asked.threshold, moment.thresholds
        adjusted = adjustments.adjusted if of_all[name].adjustable else ()
        for unit, numbers in (("", of_all), *adjusted):
            for label, day in days:
                if unit and numbers.value(name, day) == of_all.value(name, day):
                    continue
                k, p, q = comparison(asked, numbers, day)
                mine = {"part": part.index, "unit": unit, "side": asked.side, "period": label}
                yield {**mine, "k": k, "p": p, "q": q}


def comparison(asked: Asked, thresholds: Thresholds, day: dt.date) -> tuple[int, int, int]:
    """(k, p, q) such that a measure is reached iff num × k ≥ den × p + q, all whole."""
    value = parse_quantity(thresholds.value(asked.threshold, day))
    sign = -1 if asked.how == "at_most" else 1
    strict = 1 if asked.how == "more_than" else 0
    k, bound = sign * value.denominator, sign * value.numerator
    return (k, bound, strict) if asked.of_whole else (k, 0, bound + strict)


def _rates(part: Part, moment: Moment) -> Iterator[Row]:
    name = part.rule.rate_table()
    if name is None:
        return
    for label, day in _judged_on(part, moment):
        for row in moment.thresholds.table(name, day):
            rate = parse_quantity(row["rate"]) * 1000 if row.get("rate") else None
            yield {
                "part": part.index,
                "period": label,
                "category": row["category"],
                "over": _fen(row.get("over"), 0),
                "up_to": _fen(row.get("up_to"), UNLIMITED),
                "permille": None if rate is None else int(rate),
                "fixed": _fen(row.get("fixed"), None),
            }


def _sizes(day: dt.date) -> Iterator[Row]:
    for row in size_rows(day):
        for code in row.codes:
            for division in industries().divisions(code):
                yield {
                    "division": division,
                    "industry_class": division if code.isalpha() else code,
                    "of": row.of,
                    "large": row.large,
                    "medium": row.medium,
                    "small": row.small,
                }


def _fen(yuan: str | None, default: int | None) -> int | None:
    return default if not yuan else yuan_to_fen(Decimal(yuan))

"""The four clauses of bench/norms/four as loops over Django's own queries, on a sample of units.

    python -m bench.peers_django FOLDER TO --sample 40

Fills the product's own tables in a new SQLite file with the sample and what concerns it, loops
over its units, writes what each clause found to TO/django-<clause>.parquet and prints the seconds
as JSON. `clauses` are extrapolated: seconds a unit of the sample times the units there are. A
store of all units would answer each query somewhat slower.
"""

import argparse
import datetime as dt
import json
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from tongrong.facts.registry import LEDGERS

DAY = dt.date(2026, 8, 31)
YEAR_FIRST = dt.date(DAY.year, 1, 1)
BRANCHES = ("党支部", "联合党支部", "临时党支部")
LIFE = ("支部党员大会", "支部委员会", "党课", "主题党日")
BODIES, BOARDS = ("党委会", "支部委员会"), ("董事会", "总经理办公会", "执行董事决定")
DECIDED = ("决定通过", "决定不通过")
BEGAN = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)

# What concerns the sample, in this order: each may name the ones before.
CONCERNED = {
    "party_organizations": "number IN (FROM sample) OR (leads AND enterprise IN (FROM sample))",
    "enterprises": "number IN (FROM sample)",
    "meetings": "unit IN (SELECT number FROM kept_party_organizations"
    " UNION ALL SELECT number FROM kept_enterprises)",
    "attendance": "meeting IN (SELECT number FROM kept_meetings)",
    "agenda_items": "meeting IN (SELECT number FROM kept_meetings)",
    "memberships": "unit IN (FROM sample)",
    "talks": "listener IN (SELECT person FROM kept_memberships)",
}
EXISTS = f"status = '有效' AND founded_on <= DATE '{DAY}' AND dissolved_on IS NULL"
JUDGED = {
    "branch": f"FROM party_organizations WHERE {EXISTS} AND kind IN {BRANCHES}",
    "firm": f"FROM enterprises WHERE {EXISTS}",
}


class Sample:
    """So many branches, half as many enterprises, and the rows that concern them."""

    def __init__(self, folder: Path, count: int) -> None:
        self.duck = duckdb.connect()
        for code in CONCERNED:
            self.duck.read_parquet(str(folder / f"{code}.parquet")).create_view(code)
        self.units: dict[str, list[str]] = {}
        self.all: dict[str, int] = {}
        for scope, rows in JUDGED.items():
            found = [one for (one,) in self.duck.sql(f"SELECT number {rows} ORDER BY 1").fetchall()]
            wanted = count if scope == "branch" else count // 2
            step = max(1, len(found) // wanted)
            self.units[scope], self.all[scope] = found[::step][:wanted], len(found)
        units = pa.table({"unit": [one for some in self.units.values() for one in some]})
        self.duck.register("sample", units)

    def rows(self) -> Iterator[tuple[str, pa.Table]]:
        """The rows of each ledger."""
        for code, concerns in CONCERNED.items():
            self.duck.execute(f"CREATE TABLE kept_{code} AS FROM {code} WHERE {concerns}")
            yield code, self.duck.table(f"kept_{code}").to_arrow_table()


def store(sample: Sample) -> None:
    """Fill the database that Django is connected to."""
    from tongrong.actions.prepare_database import prepare_database  # noqa: PLC0415
    from tongrong.records.models import LEDGER_MODELS  # noqa: PLC0415

    prepare_database()
    for code, table in sample.rows():
        model = LEDGER_MODELS[code]
        names = ["record", "status", *LEDGERS[code].columns]
        for batch in table.select(names).to_batches(max_chunksize=20_000):
            model.objects.bulk_create(
                model(version=1, content_hash="0" * 64, recorded_at=BEGAN, entry=0, **row)
                for row in batch.to_pylist()
            )


def rows_of(code: str) -> Any:
    """The current, effective rows of a ledger."""
    from tongrong.records.models import LEDGER_MODELS  # noqa: PLC0415

    return LEDGER_MODELS[code].objects.filter(superseded_at__isnull=True, status="有效")


Found = tuple[int, int, int]
"""Numerator, denominator, months without."""


def monthly(unit: str) -> Found:
    """Theme days: one query a month."""
    founded = rows_of("party_organizations").get(number=unit).founded_on
    num = den = gaps = 0
    for month in range(1, DAY.month + 1):
        first = dt.date(DAY.year, month, 1)
        after = dt.date(DAY.year, month + 1, 1)
        if founded > first:
            continue
        held = rows_of("meetings").filter(unit=unit, kind="主题党日", held_on__gte=first,
                                          held_on__lt=after).exists()  # fmt: skip
        num, den, gaps = num + held, den + 1, gaps + (0 if held else 1 << month)
    return num, den, gaps


def talks(unit: str) -> Found:
    """Talks: one query a member."""
    members = {
        one.person
        for one in rows_of("memberships").filter(unit=unit, from_on__lte=DAY)
        if one.until_on is None or one.until_on > DAY
    }
    spoken_to = sum(
        rows_of("talks").filter(listener=person, kind="谈心谈话",
                                talked_on__range=(YEAR_FIRST, DAY)).exists()
        for person in members
    )  # fmt: skip
    return spoken_to, len(members), 0


def attendance(unit: str) -> Found:
    """Attendance: one query a meeting."""
    if rows_of("party_organizations").get(number=unit).founded_on > YEAR_FIRST:
        return 0, 0, 0
    num = den = 0
    held = rows_of("meetings").filter(unit=unit, kind__in=LIFE, held_on__range=(YEAR_FIRST, DAY))
    for meeting in held:
        for one in rows_of("attendance").filter(meeting=meeting.number):
            num, den = num + bool(one.present), den + 1
    return num, den, 0


def precedence(unit: str) -> Found:
    """Decisions: the items of each meeting, then the studies of each item."""
    heads = rows_of("party_organizations").filter(leads=True, enterprise=unit)
    heads = heads.order_by("number")[:1]
    items = [
        (item, meeting)
        for meeting in rows_of("meetings").filter(
            unit__in=[unit, *(head.number for head in heads)], held_on__lte=DAY
        )
        for item in rows_of("agenda_items").filter(meeting=meeting.number, matter__isnull=False)
    ]
    met: dict[str, bool] = {}
    for item, meeting in items:
        decides = meeting.kind in BOARDS and item.outcome in DECIDED
        if decides and meeting.held_on >= YEAR_FIRST:
            same = (item.matter, item.proposal_version or "")
            studied = any(
                _minutes(other)[1] < _minutes(meeting)[0]
                for one, other in items
                if (one.matter, one.proposal_version or "") == same
                and other.kind in BODIES and one.outcome == "建议同意"
            )  # fmt: skip
            met[item.matter] = met.get(item.matter, True) and studied
    return sum(met.values()), len(met), 0


def _minutes(meeting: Any) -> tuple[int, int]:
    """The first and the last minute, from some day on, at which a meeting may have begun."""
    day = meeting.held_on.toordinal() * 1440
    known = meeting.started_at is not None
    return day + (meeting.started_at or 0), day + (meeting.started_at if known else 1439)


CLAUSES: dict[str, tuple[str, Callable[[str], Found]]] = {
    "1.1.a": ("branch", monthly),
    "1.2.a": ("branch", talks),
    "1.3.a": ("branch", attendance),
    "1.4.a": ("firm", precedence),
}


def main() -> None:
    """Fill, loop, tell the seconds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("to", type=Path)
    parser.add_argument("--sample", type=int, default=40)
    given = parser.parse_args()
    with TemporaryDirectory(dir=given.to) as home:
        os.environ["DATABASE_URL"] = f"sqlite:///{Path(home).resolve()}/sample.sqlite3"
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tongrong.config.settings.dev")
        import django  # noqa: PLC0415

        django.setup()
        sample = Sample(given.folder, given.sample)
        store(sample)
        spent = {}
        for clause, (scope, judge) in CLAUSES.items():
            units = sample.units[scope]
            began = time.perf_counter()
            found = [(unit, *judge(unit)) for unit in units]
            spent[clause] = (time.perf_counter() - began) / len(units) * sample.all[scope]
            columns = zip(("unit", "num", "den", "gaps"), zip(*found, strict=True), strict=True)
            pq.write_table(pa.table(dict(columns)), given.to / f"django-{clause}.parquet")
    sampled = {scope: len(units) for scope, units in sample.units.items()}
    print(json.dumps({"clauses": spent, "sampled": sampled, "of": sample.all}))


if __name__ == "__main__":
    main()

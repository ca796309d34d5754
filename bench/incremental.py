"""How long it takes to judge again what one record changes, in a store of so many units.

    DATABASE_URL=sqlite:////path/to/file python -m bench.incremental --units 2000 --records 100

Fills an empty database with groups of 100 units (10 enterprises, their committees, 80 branches),
each with 100 meetings (or so many), ten persons at each, posts, members and talks; stores verdicts;
then writes single records and times what follows each: finding what it concerns, and judging that
again. Prints one line of JSON a kind of record, times in milliseconds.
"""

import argparse
import datetime as dt
import json
import os
import random
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tongrong.config.settings.dev")
django.setup()

from django.db import connection  # noqa: E402 Django must be ready first

from tongrong.actions import marks  # noqa: E402
from tongrong.actions.prepare_database import prepare_database  # noqa: E402
from tongrong.actions.refresh import Engine, refresh  # noqa: E402
from tongrong.actions.turns import one_write  # noqa: E402
from tongrong.actions.versions import Stamp, write_versions  # noqa: E402
from tongrong.engine.again import fingerprint, norms_of  # noqa: E402
from tongrong.engine.programs import Programs  # noqa: E402
from tongrong.facts.registry import LEDGERS  # noqa: E402
from tongrong.facts.snapshot import Snapshot  # noqa: E402
from tongrong.records.models import LEDGER_MODELS, Evaluation  # noqa: E402

CHECKLIST = "442-2018"
DAY = dt.date(2026, 9, 25)
BEGAN = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
GROUP, FIRMS, BRANCHES = 100, 10, 8
PERSONS = 10
KINDS = {
    "branch": ("支部党员大会", "支部委员会", "党小组会", "党课", "主题党日"),
    "committee": ("党委会",),
    "firm": ("董事会", "总经理办公会"),
}
Row = dict[str, Any]


@contextmanager
def _indexed_afterwards() -> Iterator[None]:
    """Ledgers are filled without their indexes, which are made of the whole at the end.

    A SQLite file needs no journal meanwhile: a fill that breaks off is begun anew.
    """
    lite = connection.vendor == "sqlite"
    known = (
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        " AND tbl_name LIKE 'ledger_%'"
        if lite
        else "SELECT indexname, indexdef FROM pg_indexes WHERE tablename LIKE 'ledger_%'"
        " AND indexname NOT IN (SELECT conname FROM pg_constraint)"
    )
    with connection.cursor() as cursor:
        cursor.execute(known)
        indexes: list[tuple[str, str]] = cursor.fetchall()
        if lite:
            for setting in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-1000000"):
                cursor.execute(f"PRAGMA {setting}")
        for name, _ in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
    yield
    with connection.cursor() as cursor:
        for _, made_by in indexes:
            cursor.execute(made_by)
    connection.close()  # the settings of a SQLite connection go with it


class Filler:
    """Fills an empty database with so many units."""

    def __init__(self, units: int, meetings: int = 100) -> None:
        self.meetings = meetings
        self.groups = max(1, units // GROUP)
        self.units: dict[str, list[str]] = {"firm": [], "committee": [], "branch": []}

    def fill(self) -> None:
        """All ledgers, the long ones by the database itself."""
        rows: dict[str, list[Row]] = {"enterprises": [], "party_organizations": []}
        for group in range(self.groups):
            for firm in range(FIRMS):
                self._firm(rows, f"{group}-{firm}", f"{group}-0")
        rows |= {"persons": [], "posts": [], "memberships": [], "talks": []}
        for kind, units in self.units.items():
            for unit in units:
                self._people(rows, kind, unit)
        with _indexed_afterwards():
            for code, found in rows.items():
                self._insert(code, found)
            self._meetings()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    def _firm(self, rows: dict[str, list[Row]], name: str, top: str) -> None:
        firm, committee, above = f"QY{name}", f"DW{name}", None if name == top else f"DW{top}"
        self.units["firm"].append(firm)
        self.units["committee"].append(committee)
        usual = {"founded_on": dt.date(2010, 1, 1)}
        rows["enterprises"].append({
            "number": firm, "name": firm, "is_group": name == top, "superior": above,
            "parent": None if name == top else f"QY{top}", **usual,
        })  # fmt: skip
        bodies = rows["party_organizations"]
        bodies.append({"number": committee, "name": committee, "kind": "党委", "enterprise": firm,
                       "leads": True, "superior": above, **usual})  # fmt: skip
        for n in range(BRANCHES):
            branch = f"ZB{name}-{n}"
            self.units["branch"].append(branch)
            bodies.append({"number": branch, "name": branch, "kind": "党支部", "enterprise": firm,
                           "leads": False, "superior": committee, **usual})  # fmt: skip

    @staticmethod
    def _people(rows: dict[str, list[Row]], kind: str, unit: str) -> None:
        posts = {
            "branch": ("党支部书记", "党支部副书记", "党支部委员"),
            "committee": ("党委书记", "党委副书记", *["党委委员"] * 7),
            "firm": ("董事长", "总经理", *["董事"] * 5, "副总经理"),
        }[kind]
        since = dt.date(2020, 3, 1)
        for n in range(PERSONS):
            person = f"{unit}-{n}"
            rows["persons"].append({"number": person, "name": "某"})
            if n < len(posts):
                rows["posts"].append(
                    {"unit": unit, "person": person, "post": posts[n], "from_on": since}
                )
            if kind == "branch":
                rows["memberships"].append({"unit": unit, "person": person, "from_on": since,
                                            "full_on": dt.date(2021, 3, 1)})  # fmt: skip
            talk = {"talker": f"{unit}-0", "listener": person, "kind": "谈心谈话"}
            rows["talks"].append({"unit": unit, **talk, "talked_on": dt.date(2026, 2, 1)})

    @staticmethod
    def _insert(code: str, rows: list[Row]) -> None:
        model = LEDGER_MODELS[code]
        for start in range(0, len(rows), 20_000):
            table = Snapshot.of_rows({code: rows[start : start + 20_000]})[code]
            model.objects.bulk_create(
                model(version=1, content_hash="0" * 64, recorded_at=BEGAN, entry=0, **row)
                for row in table.to_pylist()
            )

    def _meetings(self) -> None:
        """Every unit's meetings over nine months, and who was there.

        SQLite takes cross joins in the order written: unit after unit, near each other in the
        index of records, which it cannot do without.
        """
        with connection.cursor() as cursor:
            cursor.execute("CREATE TEMPORARY TABLE b_unit (unit varchar(64), what varchar(20))")
            cursor.execute("CREATE TEMPORARY TABLE b_turn (what varchar(20), n varchar(9),"
                           " kind varchar(20), held_on date)")  # fmt: skip
            cursor.execute("CREATE TEMPORARY TABLE b_person (n varchar(9))")
            units = [(unit, kind) for kind, found in self.units.items() for unit in found]
            cursor.executemany("INSERT INTO b_unit VALUES (%s, %s)", units)
            first = dt.date(2026, 1, 5)
            turns = [
                (
                    what,
                    str(n),
                    kinds[n % len(kinds)],
                    first + dt.timedelta(260 * n // self.meetings),
                )
                for what, kinds in KINDS.items()
                for n in range(self.meetings)
            ]
            cursor.executemany("INSERT INTO b_turn VALUES (%s, %s, %s, %s)", turns)
            cursor.executemany(
                "INSERT INTO b_person VALUES (%s)", [(str(n),) for n in range(PERSONS)]
            )
            self._by_select(
                cursor, "meetings",
                {"record": "'meetings/' || u.unit || '/' || t.n", "number": "u.unit || '/' || t.n",
                 "unit": "u.unit", "kind": "t.kind", "held_on": "t.held_on"},
                "b_unit u CROSS JOIN b_turn t WHERE t.what = u.what",
            )  # fmt: skip
            meeting, person = "u.unit || '/' || t.n", "u.unit || '-' || p.n"
            self._by_select(
                cursor, "attendance",
                {"record": f"'attendance/' || {meeting} || '|' || {person}", "meeting": meeting,
                 "person": person, "role": "'出席'", "present": "TRUE"},
                "b_unit u CROSS JOIN b_turn t CROSS JOIN b_person p WHERE t.what = u.what",
            )  # fmt: skip

    @staticmethod
    def _by_select(cursor: Any, code: str, said: dict[str, str], source: str) -> None:
        plain = {"version": "1", "status": "'有效'", "content_hash": "'" + "0" * 64 + "'",
                 "recorded_at": "'2026-01-01 00:00:00+00'", "recorded_by": "''",
                 "recorded_because": "''", "source_file": "''", "entry": "0"}  # fmt: skip
        sealed = {"salt", "sealed"} & {one.name for one in LEDGER_MODELS[code]._meta.fields}
        columns = {**plain, **dict.fromkeys(sealed, "''"), **said}
        cursor.execute(
            f'INSERT INTO "ledger_{code}" ({", ".join(columns)})'
            f" SELECT {', '.join(columns.values())} FROM {source}"
        )


class Timed:
    """Times single writes and what follows them."""

    def __init__(self, filler: Filler) -> None:
        self.filler, self.roll, self.minutes = filler, random.Random(7), 0  # noqa: S311
        self.marking = 0.0
        self._timing_marks()

    def _timing_marks(self) -> None:
        """Time apart what of a write is spent on finding what it concerns."""
        plain: Callable[..., None] = marks._mark  # noqa: SLF001

        def timed(*given: Any) -> None:
            began = time.perf_counter()
            plain(*given)
            self.marking = time.perf_counter() - began

        marks._mark = timed  # type: ignore[assignment] # noqa: SLF001

    def now(self) -> dt.datetime:
        """A moment later than the last."""
        self.minutes += 1
        return dt.datetime(2026, 9, 1, tzinfo=dt.UTC) + dt.timedelta(minutes=self.minutes)

    def rows(self, code: str) -> Iterator[Row]:
        """Rows to write, of units by chance."""
        while True:
            kind = self.roll.choice(("branch", "branch", "committee", "firm"))
            unit, n = self.roll.choice(self.filler.units[kind]), self.roll.randrange(PERSONS)
            day = dt.date(2026, self.roll.randint(1, 9), self.roll.randint(1, 25))
            number = f"{unit}/{self.roll.randrange(self.filler.meetings)}"
            post = {"branch": "党支部委员", "committee": "党委委员"}.get(kind, "董事")
            yield {
                "meetings": {"number": f"新{self.minutes}-{number}", "unit": unit, "held_on": day,
                             "kind": self.roll.choice(KINDS[kind])},
                "attendance": {"meeting": number, "person": f"{unit}-{n}", "role": "出席",
                               "present": False},
                "posts": {"unit": unit, "person": f"{unit}-{n}", "from_on": day, "post": post},
                "talks": {"unit": unit, "talker": f"{unit}-0", "listener": f"{unit}-{n}",
                          "talked_on": day, "kind": "谈心谈话"},
            }[code]  # fmt: skip

    def once(self, code: str, row: Row) -> tuple[float, float, int, float]:
        """Write one row.

        Gives the seconds of finding what it concerns and of judging it, how many verdicts that
        is, and this process's own seconds of judging.
        """
        table = Snapshot.of_rows({code: [row]})[code]
        self.marking = 0.0
        with one_write("bench"), marks.marking([code], "bench"):
            write_versions(LEDGERS[code], table, None, Stamp(self.now(), "bench", "", "bench", 0))
        began, spent = time.perf_counter(), time.process_time()
        done = refresh(checklist=CHECKLIST, as_of=DAY, at=self.now())
        own = time.process_time() - spent
        return self.marking, time.perf_counter() - began, done.judged, own

    def measure(self, code: str, count: int) -> dict[str, Any]:
        """p50 and p95 of so many records of a ledger."""
        rows = self.rows(code)
        for _ in range(5):
            self.once(code, next(rows))
        found = [self.once(code, next(rows)) for _ in range(count)]
        both = sorted(1000 * (marking + judging) for marking, judging, _, _ in found)
        own = sorted(1000 * spent for _, _, _, spent in found)
        at95 = int(0.95 * len(found))
        return {
            "record": code,
            "p50_ms": round(statistics.median(both), 1),
            "p95_ms": round(both[at95], 1),
            "own_p50_ms": round(statistics.median(own), 1),
            "own_p95_ms": round(own[at95], 1),
            "marking_p50_ms": round(1000 * statistics.median(one[0] for one in found), 1),
            "verdicts_mean": round(statistics.mean(one[2] for one in found), 1),
        }


def main() -> None:
    """Fill, store, time."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=200)
    parser.add_argument("--meetings", type=int, default=100, help="a unit, each with ten persons")
    parser.add_argument("--records", type=int, default=100)
    parser.add_argument("--bare", action="store_true", help="do not judge everything at first")
    given = parser.parse_args()
    prepare_database()
    filler = Filler(given.units, given.meetings)
    began = time.perf_counter()
    filler.fill()
    told = {"units": sum(map(len, filler.units.values())), "database": connection.vendor,
            "fill_s": round(time.perf_counter() - began, 1)}  # fmt: skip
    began = time.perf_counter()
    norms = norms_of(CHECKLIST, DAY)
    if given.bare:
        made_by = fingerprint(norms.family)
        Evaluation.objects.create(
            checklist=CHECKLIST, as_of=DAY, fingerprint=made_by, judged_at=BEGAN
        )
    else:
        refresh(checklist=CHECKLIST, as_of=DAY, at=BEGAN, engine=Engine(Programs()))
    print(json.dumps({**told, "first_s": round(time.perf_counter() - began, 1)}))
    timed = Timed(filler)
    for code in ("meetings", "attendance", "posts", "talks"):
        print(json.dumps(timed.measure(code, given.records), ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()

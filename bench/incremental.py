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
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tongrong.config.settings.dev")
django.setup()

from django.db import connection  # noqa: E402 Django must be ready first

from bench.filling import BEGAN, KINDS, PERSONS, Filler, Row  # noqa: E402
from tongrong.actions import marks  # noqa: E402
from tongrong.actions.prepare_database import prepare_database  # noqa: E402
from tongrong.actions.refresh import Engine, refresh  # noqa: E402
from tongrong.actions.turns import one_write  # noqa: E402
from tongrong.actions.versions import Stamp, write_versions  # noqa: E402
from tongrong.engine.again import fingerprint, norms_of  # noqa: E402
from tongrong.engine.programs import Programs  # noqa: E402
from tongrong.facts.registry import LEDGERS  # noqa: E402
from tongrong.facts.snapshot import Snapshot  # noqa: E402
from tongrong.records.models import Evaluation  # noqa: E402

CHECKLIST = "442-2018"
DAY = dt.date(2026, 9, 25)


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

"""An empty database filled with so many units: groups of a hundred, past the actions.

A group is 10 enterprises, their committees and 80 branches, each with so many meetings, ten
persons at each, posts, members and talks. Django must be ready before this is imported.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from tongrong.facts.snapshot import Snapshot
from tongrong.records.models import LEDGER_MODELS

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
    """Fills an empty database with so many units; `above`: a committee above all groups."""

    def __init__(self, units: int, meetings: int = 100, above: str = "") -> None:
        self.meetings, self.above = meetings, above
        self.groups = max(1, units // GROUP)
        self.units: dict[str, list[str]] = {"firm": [], "committee": [], "branch": []}

    def fill(self) -> None:
        """All ledgers, the long ones by the database itself."""
        rows: dict[str, list[Row]] = {"enterprises": [], "party_organizations": []}
        if self.above:
            rows["party_organizations"].append({
                "number": self.above, "name": "上级党委", "kind": "党委", "leads": False,
                "founded_on": dt.date(2010, 1, 1),
            })  # fmt: skip
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
        firm, committee = f"QY{name}", f"DW{name}"
        above = (self.above or None) if name == top else f"DW{top}"
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

"""Small invented groups, drawn so that the filters of given clauses are hit and missed alike.

One builder serves two uses. Under Hypothesis (`groups`, `moments`) the dice are Hypothesis's
own, so that a failing group shrinks to its smallest facts; with `random.Random` many groups
are built fast and judged in one run, their codes kept apart by a prefix.
"""

import datetime as dt
import random
from collections.abc import Mapping
from functools import partial
from typing import Any

from hypothesis import strategies as st
from tests.brought_near import (
    DELIBERATED,
    affiliated,
    at_workplaces,
    each_of,
    joined,
    once_each,
    owed,
    taking_effect,
)
from tests.calendar_edges import Moment, a_moment, day_in_month, day_near
from tests.figures_near import INDUSTRIES, figures_of
from tests.read_by_clauses import UNIT_REGISTERS, Read, Row, depth

from tongrong.facts.columns import (
    Choice,
    Choices,
    Clock,
    Code,
    Column,
    Day,
    Flag,
    Money,
    Month,
    NationalCode,
    Reference,
    Share,
    Text,
    Whole,
    Year,
)
from tongrong.facts.ledger import EFFECTIVE, STATUSES, Happens, Holds, Ledger
from tongrong.facts.ledgers.organization import FEATURE_VALUES, FEATURES, SECTION, SIZE
from tongrong.facts.registry import LEDGERS

Rows = dict[str, list[Row]]

PARTY_BODIES = ("党委会", "党组会", "党总支委员会", "支部委员会")
OPINIONS, DECISIONS = ("建议同意", "建议修改后复议", "建议不予提交"), ("决定通过", "决定不通过")
BRANCH_KINDS = ("党支部", "联合党支部", "临时党支部")
MONEY = (100, 0, 1, -1, 2, 3, 99, 101, 299, 300, 301, 20_000, 10_000, 9_999, 10_001)
EXPLAINED = (("period", "member"), ("period",), ("member",), ())  # which keys are not given
MINUTES = (540, 541, 0, 1439, None)
SHARES = (500_000, 1_000_000, 0, 300_000, 10_000, 10_001, 300_001, 499_999)
BIRTHS = (dt.date(1980, 1, 1), dt.date(1989, 12, 31), dt.date(1979, 12, 31), dt.date(1990, 1, 1),
          None)  # fmt: skip
CLASSES = ("公益类", "商业二类", "商业一类")
WHOLES = (60, 59, 0, 1, 2, 5, 7, 9, 100)


def a_group(roll: random.Random, read: Read, moment: Moment, prefix: str = "") -> Rows:
    """One or two enterprises with their Party organizations and records of what is read."""
    return _Builder(roll, read, moment, prefix).group()


@st.composite
def moments(draw: st.DrawFn, read: Read) -> Moment:
    """A day D and a year Y; see `a_moment`."""
    return a_moment(draw(st.randoms(use_true_random=False)), read)


@st.composite
def groups(draw: st.DrawFn, read: Read, moment: Moment) -> Rows:
    """A group with records of the ledgers read; see `a_group`."""
    return a_group(draw(st.randoms(use_true_random=False)), read, moment)


class _Builder:
    """Builds one group; every choice is a roll, the first alternative the plainest."""

    def __init__(self, roll: random.Random, read: Read, moment: Moment, prefix: str) -> None:
        self.roll, self.read, self.moment, self.prefix = roll, read, moment, prefix
        self.day = partial(day_near, roll, moment.today, moment.year)
        self.persons = [f"{prefix}{name}" for name in "张王李赵"[: roll.randint(1, 4)]]
        self.rows: Rows = {}

    def one_in(self, n: int) -> bool:
        """True once in n rolls; false is the plainer answer."""
        return self.roll.randint(1, n) == n

    def mostly(self) -> bool:
        """True twice in three rolls; false is the plainer answer."""
        return self.roll.randint(0, 2) > 0

    def group(self) -> Rows:
        self._enterprises()
        self._organizations()
        if "enterprise_features" in self.read.tests:
            self._features()
        known = [c for c in LEDGERS if c not in (*UNIT_REGISTERS, "persons", "enterprise_features")]
        for code in sorted(known, key=depth):
            if code in self.read.tests:
                self._ledger(LEDGERS[code])
        for code in ("justifications", "nil_declarations"):
            self.rows[code] = [self._row(LEDGERS[code], {}) for _ in range(self.roll.randint(0, 2))]
        for row in self.rows["justifications"]:
            row.update(dict.fromkeys(self.roll.choice(EXPLAINED)))
        if self.rows.get("matters"):
            self._one_matter()
        if self.rows.get("workplaces"):
            at_workplaces(self.roll, self.rows.get("meetings", ()), self.rows["workplaces"])
        people = {
            row[name]
            for code, found in self.rows.items()
            for name, column in LEDGERS[code].references().items()
            if column.to == "persons"
            for row in found
        }
        births = BIRTHS if "persons" in self.read.tests else (None,)
        self.rows["persons"] = [
            {"number": person, "name": "某", "born_on": self.roll.choice(births)}
            for person in sorted(people - {None})
        ]
        return {code: once_each(LEDGERS[code], found) for code, found in self.rows.items() if found}

    # --- units ---------------------------------------------------------------------------

    def _founded(self) -> dt.date:
        return self.day() if self.one_in(6) else dt.date(2000, 1, 1)

    def _enterprises(self) -> None:
        group, subsidiary, above = (self.prefix + name for name in ("甲", "乙", "上级党委"))
        self.enterprises = [group] + ([subsidiary] if self.roll.randint(0, 1) else [])
        own = f"{self.prefix}甲党委"
        self.rows["enterprises"] = [
            {
                "number": number,
                "name": number,
                "is_group": number == group,
                "parent": None if number == group else group,
                "superior": (above if number == group else own) if not self.one_in(8) else None,
                "founded_on": self._founded(),
                "dissolved_on": self.day() if self.one_in(10) else None,
                "status": self._status(20),
            }
            for number in self.enterprises
        ]

    def _organizations(self) -> None:
        names = ("上级党委", "甲党委", "甲一支部", "乙支部")
        above, committee, first, second = (self.prefix + name for name in names)
        group = self.enterprises[0]
        found: list[tuple[str, str | None, bool, str | None, tuple[str, ...]]] = [
            (above, None, False, None, ("党委",)),
            (committee, group, not self.one_in(12), above, ("党委", "党组", "党总支")),
            (first, group, self.one_in(12), committee, BRANCH_KINDS),
        ]
        if self.roll.randint(0, 1):
            host = self.enterprises[-1] if not self.one_in(10) else None
            leads = bool(self.roll.randint(0, 1))
            found.append((second, host, leads, committee, (*BRANCH_KINDS, "党总支")))
        self.organizations = [number for number, *_ in found]
        self.branches = [number for number, *_ in found[2:]]
        self.rows["party_organizations"] = [
            {
                "number": number,
                "name": number,
                "kind": self.roll.choice(kinds),
                "enterprise": enterprise,
                "leads": leads,
                "superior": None if self.one_in(10) else superior,
                "dues_by_quarter": self.roll.choice((None, True, False)),
                "founded_on": self._founded(),
                "dissolved_on": self.day() if self.one_in(10) else None,
                "status": self._status(20),
            }
            for number, enterprise, leads, superior, kinds in found
        ]
        if any("outside_superior" in t for t in self.read.tests.get("party_organizations", ())):
            affiliated(self.roll, self.rows["party_organizations"])
        self.units = [*self.organizations, *self.enterprises]
        usual = {"branch": [first], "organization": [first, committee], "superior": [above]}
        for scope in sorted(self.read.scopes):
            self.units += 2 * usual.get(scope, [committee, self.enterprises[0]])

    def _features(self) -> None:
        asked: dict[str, list[str]] = {}
        for test in self.read.tests["enterprise_features"]:
            wanted = test.get("value", list(CLASSES))
            values = wanted if isinstance(wanted, list) else [wanted]
            asked.setdefault(test["feature"], [FEATURE_VALUES[test["feature"]][-1]]).extend(values)
        self.rows["enterprise_features"] = [
            {
                "unit": unit,
                "feature": feature,
                "from_on": self.day() if self.one_in(5) else dt.date(2000, 1, 1),
                "value": self.roll.choice(asked[feature][::-1]),
                "reason": "核定" if feature == SIZE else None,
                "status": self._status(12),
            }
            for unit in self.enterprises
            for feature in FEATURES
            if feature in asked
            for _ in range(1 + self.one_in(4))
            if not self.one_in(2 if feature in (SIZE, SECTION) else 8)
        ]
        if {SIZE, SECTION} & asked.keys() and self.mostly():
            self.rows["enterprise_scale"] = [
                figures_of(self.roll, unit, self.day(), self._status(12))
                for unit in 2 * self.enterprises
            ]

    # --- records -------------------------------------------------------------------------

    def _ledger(self, ledger: type[Ledger]) -> None:
        """A few rows of a ledger; at times one a month, a thing referred to, or a person."""
        tests = self.read.tests[ledger.code] or [{}]
        rows = self.rows.setdefault(ledger.code, [])
        for test in tests:
            for _ in range(self.roll.choice((0, 1, 2, 3))):
                rows.append(self._row(ledger, test))
        if self.mostly():
            rows += self._monthly(ledger, tests)
        rows += self._listed(ledger, tests) if self.mostly() else []
        for name, column in ledger.references().items():
            if column.key and column.to in self.rows and self.mostly():
                for other in self.rows[column.to]:
                    if not self.one_in(4):
                        row = self._row(ledger, self.roll.choice(tests))
                        rows.append({**row, name: other["number"]})
        if isinstance(ledger.time, Holds) and ledger.time.persons:
            counted = self.read.since & ledger.columns.keys()
            if self.mostly() if counted else self.one_in(3):
                rows += self._many(ledger, self.roll.choice(tests))

    def _many(self, ledger: type[Ledger], test: Row) -> list[Row]:
        """As many persons as a committee or a branch that must have one, most of one time."""
        first = self._row(ledger, test)
        same = {n: first[n] for n, c in ledger.columns.items() if isinstance(c, Day)}
        rows = []
        for number in range(self.roll.choice((7, 6, 5, 8, 9, 10))):
            row = {**self._row(ledger, test), **({} if self.one_in(9) else same)}
            rows.append({**row, "unit": first["unit"], "person": self._person(number)})
        return rows

    def _monthly(self, ledger: type[Ledger], tests: list[Row]) -> list[Row]:
        """Events of most months of the year until D, mostly of one unit."""
        time: Any = ledger.time
        time, rows = ledger.time, list[Row]()
        if not isinstance(time, Happens) or time.on not in ledger.columns:
            return []
        first = self._row(ledger, self.roll.choice(tests))
        same: Row = {name: first[name] for name in ("unit", "person") if name in first}
        for month in range(1, self.moment.today.month + 1):
            if not self.one_in(6):
                row = self._row(ledger, self.roll.choice(tests))
                day = day_in_month(self.roll, self.moment.year, month)
                rows.append({**row, time.on: day, **({} if self.one_in(4) else same)})
        return rows

    def _listed(self, ledger: type[Ledger], tests: list[Row]) -> list[Row]:
        """Rows that together hold most values of a fixed list, alike in all else."""
        rows = []
        for name, values in self.read.listed.get(ledger.code, ()):
            same = self._row(ledger, self.roll.choice(tests))
            if self.mostly() and ledger.owner == "unit":
                firm = ledger.references()["unit"].to == "enterprises"
                same["unit"] = [u for u in self.units if (u in self.enterprises) == firm][-1]
            rows += each_of(self.roll, ledger, same, name, values)
        return rows

    def _one_matter(self) -> None:
        """Most meetings within three days, most items on one matter: what comes first is close."""
        month = self.roll.randint(1, self.moment.today.month)
        day = min(day_in_month(self.roll, self.moment.year, month), self.moment.today)
        for row in self.rows.get("meetings", ()):
            if not self.one_in(3):
                beside = (0, 0, -1) if row["kind"] in PARTY_BODIES else (0, 0, 1)
                row["held_on"] = day + dt.timedelta(days=self.roll.choice(beside))
                row["started_at"] = self.roll.choice((540, 540, 541, None))
                row["unit"] = self.roll.choice(self.units[-2:])
        kinds = {row["number"]: row["kind"] for row in self.rows.get("meetings", ())}
        for row in self.rows.get("agenda_items", ()):
            if not self.one_in(3):
                row["matter"] = self.rows["matters"][0]["number"]
                row["proposal_version"] = self.roll.choice(("1", "1", None))
                kind = kinds.get(row["meeting"])
                outcomes = DELIBERATED if kind == "职代会" else DECISIONS
                row["outcome"] = self.roll.choice(OPINIONS if kind in PARTY_BODIES else outcomes)
        if any("vital_interest" in test for test in self.read.tests["matters"]):
            taking_effect(self.roll, self.rows["matters"], day, self.units[-2:])

    def _row(self, ledger: type[Ledger], test: Row) -> Row:
        row: Row = {"status": self._status(12)}
        for name, column in ledger.columns.items():
            asked = name in test and not self.one_in(10)
            row[name] = self._passing(column, test[name]) if asked else self._any(name, column)
        time = ledger.time
        if isinstance(time, Holds):
            if self.roll.randint(0, 1):
                row[time.start] = dt.date(self.moment.year - self.roll.choice((3, 1, 2, 6)), 3, 1)
            if time.end and ledger.columns[time.end].optional and self.roll.randint(0, 1):
                row[time.end] = None
        for name in self.read.since & ledger.columns.keys():
            if not self.one_in(3):
                row[name] = dt.date(self.moment.year - self.roll.choice((3, 1, 2)), 3, 1)
        if ledger.code == "dues":
            owed(self.roll, row, self.moment)
        return row

    def _passing(self, column: Column, test: Any) -> Any:
        """A value that passes the test, or nearly."""
        if isinstance(test, list | tuple):
            return self.roll.choice(test)
        if not isinstance(test, Mapping):
            years = {"current_year": self.moment.year, "last_year": self.moment.year - 1}
            return years.get(test, test)
        ((name, wanted),) = test.items()
        if name.startswith("contains") and isinstance(column, Choices):
            listed = wanted if isinstance(wanted, list | tuple) else [wanted]
            kept = set(listed) - ({self.roll.choice(listed)} if self.one_in(5) else set())
            return joined(column, kept)
        if name == "recorded":
            return self._present("", column) if wanted else None
        return self._present("", column)

    def _any(self, name: str, column: Column) -> Any:
        if column.optional and self.one_in(3):
            return None
        return self._present(name, column)

    def _present(self, name: str, column: Column) -> Any:
        """A value of the column's kind, of those that matter for the clauses."""
        match column:
            case Code():
                number = sum(map(len, self.rows.values()))
                return f"{self.prefix}{number}-{self.roll.randint(0, 1)}"
            case Reference():
                return self._refer(column)
            case Choice():
                return self.roll.choice(column.choices)
            case Choices():
                return joined(column, {c for c in column.choices if self.roll.randint(0, 1)})
            case Day():
                return self.day()
            case Month():
                return dt.date(self.moment.year, self.roll.randint(1, 12), 1)
            case Text():
                return self._text(name)
            case NationalCode():
                return self.roll.choice(INDUSTRIES)
        simple: dict[type[Column], tuple[Any, ...]] = {
            Clock: MINUTES[:-1] if not column.optional else MINUTES,
            Flag: (True, False),
            Money: MONEY,
            Whole: WHOLES,
            Share: SHARES,
            Year: tuple(self.moment.year - back for back in (0, 1, 2, -1)),
        }
        return self.roll.choice(simple[type(column)])

    def _text(self, name: str) -> str:
        if name == "ledger":
            return LEDGERS[self.roll.choice(sorted(self.read.tests) or ["posts"])].label
        y, m = self.moment.year, self.roll.randint(1, 4)
        choices: dict[str, tuple[str, ...]] = {
            "checklist": ("442-2018", "branch-standard"),
            "clause": tuple(self.read.clauses),
            **dict.fromkeys(("enterprise_class", "ranking"), CLASSES),
            **dict.fromkeys(("item", "proposal_version"), ("1", "2")),
            "member": (*self.persons, "重大决策"),
            "period": (str(y), f"{y}-{m:02}", f"{y}Q{m}", f"{y}H{m}", f"{y - 2}-{y}"),
        }
        return self.roll.choice(choices.get(name, ("—",)))

    def _refer(self, column: Column) -> Any:
        assert isinstance(column, Reference)
        if column.to == "persons":
            return self.roll.choice(self.persons)
        if column.to == "units":
            return self.roll.choice(self.units)
        if column.to == "enterprises":
            return self.roll.choice(self.enterprises)
        if column.to == "party_organizations":
            above = 4 * self.organizations[:1] if "superior" in self.read.scopes else []
            return self.roll.choice((*self.branches, *self.branches, *self.organizations, *above))
        codes = [row["number"] for row in self.rows.get(column.to, ())]
        if not codes:
            return None if column.optional else f"{self.prefix}无"
        return self.roll.choice((codes[0], *codes))

    def _person(self, number: int) -> str:
        return self.persons[number] if number < len(self.persons) else f"{self.prefix}丙{number}"

    def _status(self, n: int) -> str:
        return self.roll.choice(STATUSES[1:]) if self.one_in(n) else EFFECTIVE

"""Small invented groups, drawn so that the filters of given clauses are hit and missed alike.

Hand-made groups with small changes (`variants`) stand beside them.

One builder serves two uses. Under Hypothesis (`groups`, `moments`) the dice are Hypothesis's
own, so that a failing group shrinks to its smallest facts; with `random.Random` many groups
are built fast and judged in one run, their codes kept apart by a prefix.
"""

import datetime as dt
import random
from typing import Any

from hypothesis import strategies as st
from tests.brought_near import (
    DELIBERATED,
    affiliated,
    at_workplaces,
    each_of,
    once_each,
    taking_effect,
)
from tests.calendar_edges import Moment, a_moment, day_in_month
from tests.drawn_values import CLASSES, Rows, Values
from tests.figures_near import figures_of
from tests.hand_made import HandMade
from tests.perturbed import perturbed
from tests.read_by_clauses import UNIT_REGISTERS, Read, Row, depth

from tongrong.facts.columns import Day
from tongrong.facts.ledger import Happens, Holds, Ledger
from tongrong.facts.ledgers.organization import FEATURE_VALUES, FEATURES, SECTION, SIZE
from tongrong.facts.registry import LEDGERS

PARTY_BODIES = ("党委会", "党组会", "党总支委员会", "支部委员会")
OPINIONS, DECISIONS = ("建议同意", "建议修改后复议", "建议不予提交"), ("决定通过", "决定不通过")
BRANCH_KINDS = ("党支部", "联合党支部", "临时党支部")
EXPLAINED = (("period", "member"), ("period",), ("member",), ())  # which keys are not given
BIRTHS = (dt.date(1980, 1, 1), dt.date(1989, 12, 31), dt.date(1979, 12, 31), dt.date(1990, 1, 1),
          None)  # fmt: skip


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


@st.composite
def variants(draw: st.DrawFn, model: HandMade, read: Read, moment: Moment) -> Rows:
    """A hand-made group in the moment's year with small changes; see `perturbed`."""
    return perturbed(draw(st.randoms(use_true_random=False)), model, read, moment, "仿")


class _Builder(Values):
    """Builds one group; every choice is a roll, the first alternative the plainest."""

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
            self.rows[code] = [
                self.a_row(LEDGERS[code], {}) for _ in range(self.roll.randint(0, 2))
            ]
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
                "status": self.state(20),
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
                "status": self.state(20),
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
                "status": self.state(12),
            }
            for unit in self.enterprises
            for feature in FEATURES
            if feature in asked
            for _ in range(1 + self.one_in(4))
            if not self.one_in(2 if feature in (SIZE, SECTION) else 8)
        ]
        if {SIZE, SECTION} & asked.keys() and self.mostly():
            self.rows["enterprise_scale"] = [
                figures_of(self.roll, unit, self.day(), self.state(12))
                for unit in 2 * self.enterprises
            ]

    # --- records -------------------------------------------------------------------------

    def _ledger(self, ledger: type[Ledger]) -> None:
        """A few rows of a ledger; at times one a month, a thing referred to, or a person."""
        tests = self.read.tests[ledger.code] or [{}]
        rows = self.rows.setdefault(ledger.code, [])
        for test in tests:
            for _ in range(self.roll.choice((0, 1, 2, 3))):
                rows.append(self.a_row(ledger, test))
        if self.mostly():
            rows += self._monthly(ledger, tests)
        rows += self._listed(ledger, tests) if self.mostly() else []
        for name, column in ledger.references().items():
            if column.key and column.to in self.rows and self.mostly():
                for other in self.rows[column.to]:
                    if not self.one_in(4):
                        row = self.a_row(ledger, self.roll.choice(tests))
                        rows.append({**row, name: other["number"]})
        if isinstance(ledger.time, Holds) and ledger.time.persons:
            counted = self.read.since & ledger.columns.keys()
            if self.mostly() if counted else self.one_in(3):
                rows += self._many(ledger, self.roll.choice(tests))

    def _many(self, ledger: type[Ledger], test: Row) -> list[Row]:
        """As many persons as a committee or a branch that must have one, most of one time."""
        first = self.a_row(ledger, test)
        same = {n: first[n] for n, c in ledger.columns.items() if isinstance(c, Day)}
        rows = []
        for number in range(self.roll.choice((7, 6, 5, 8, 9, 10))):
            row = {**self.a_row(ledger, test), **({} if self.one_in(9) else same)}
            rows.append({**row, "unit": first["unit"], "person": self.person(number)})
        return rows

    def _monthly(self, ledger: type[Ledger], tests: list[Row]) -> list[Row]:
        """Events of most months of the year until D, mostly of one unit."""
        time: Any = ledger.time
        time, rows = ledger.time, list[Row]()
        if not isinstance(time, Happens) or time.on not in ledger.columns:
            return []
        first = self.a_row(ledger, self.roll.choice(tests))
        same: Row = {name: first[name] for name in ("unit", "person") if name in first}
        for month in range(1, self.moment.today.month + 1):
            if not self.one_in(6):
                row = self.a_row(ledger, self.roll.choice(tests))
                day = day_in_month(self.roll, self.moment.year, month)
                rows.append({**row, time.on: day, **({} if self.one_in(4) else same)})
        return rows

    def _listed(self, ledger: type[Ledger], tests: list[Row]) -> list[Row]:
        """Rows that together hold most values of a fixed list, alike in all else."""
        rows = []
        for name, values in self.read.listed.get(ledger.code, ()):
            same = self.a_row(ledger, self.roll.choice(tests))
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

"""The four clauses of bench/norms/four as OpenFisca-core formulas over whole columns.

    .venv/peers/bin/python -m bench.peers_openfisca FOLDER TO

OpenFisca-core is under the AGPL: it lives in an environment of its own that `make bench` makes,
and this file with its formulas, run there, is all that imports it. It reads the same Parquet
files, writes what each clause found to TO/openfisca-<clause>.parquet and prints the seconds as
JSON: `load` from Parquet to filled variables (joins to meetings included, which OpenFisca does
not do), `clauses` of the formulas.
"""

import argparse
import datetime as dt
import json
import resource
import statistics
import time
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from openfisca_core.simulations import Simulation, SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem

from bench.peers_formulas import EPOCH, FORMULAS, Matter, Member, Proposal, Record, Unit, input_of

# The day D of bench.peers, and its year.
DAY = dt.date(2026, 8, 31)
YEAR = str(DAY.year)
BRANCHES = ("党支部", "联合党支部", "临时党支部")
LIFE = ("支部党员大会", "支部委员会", "党课", "主题党日")
BODIES, BOARDS = ("党委会", "支部委员会"), ("董事会", "总经理办公会", "执行董事决定")
DECIDED = ("决定通过", "决定不通过")
SHORT = 20.0


class Facts:
    """The ledgers of a folder, effective rows only."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def read(self, code: str, *columns: str) -> pa.Table:
        """Some columns of a ledger."""
        file, only = self.folder / f"{code}.parquet", [("status", "=", "有效")]
        return pq.read_table(file, columns=list(columns), filters=only)

    def branches(self) -> pa.Table:
        """The branches that exist on the day, as `number` and `founded_on`."""
        rows = self.read(
            "party_organizations", "number", "kind", "founded_on", "dissolved_on"
        )  # fmt: skip
        there = pc.and_(among(rows["kind"], BRANCHES), stands(rows, "founded_on", "dissolved_on"))
        return rows.filter(there)


def stands(rows: pa.Table, since: str, until: str) -> Any:
    """Which rows hold on the day."""
    ended = pc.fill_null(pc.less_equal(rows[until], DAY), False)
    return pc.and_(pc.less_equal(rows[since], DAY), pc.invert(ended))


def among(column: Any, values: Any) -> Any:
    """Which values are among these."""
    return pc.is_in(column, value_set=values if isinstance(values, pa.Array) else pa.array(values))


def flag(column: Any) -> Any:
    """A column of truths, unknown ones false."""
    return np.asarray(pc.fill_null(column, False))


def days_of(column: Any) -> Any:
    """Days from 1970."""
    return np.asarray(column.cast(pa.int32()))


def whole(column: Any) -> Any:
    """One array of what may lie in several."""
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def codes(column: Any) -> tuple[Any, Any]:
    """The number of each value among the distinct ones, and these."""
    encoded = whole(whole(column).dictionary_encode())
    return np.asarray(encoded.indices), encoded.dictionary


def simulation(
    count: int, groups: dict[Any, Any], filled: dict[str, tuple[Any, Any]]
) -> Simulation:
    """A simulation of so many records: the group of each, and the variables given."""
    system = TaxBenefitSystem([Record, *groups])
    system.add_variables(
        *(input_of(name, entity, bool if value.dtype == bool else int)
          for name, (entity, value) in filled.items()),
        *(one for one in FORMULAS if one.entity in groups),
    )  # fmt: skip
    builder = SimulationBuilder()
    builder.create_entities(system)
    builder.populations["record"].count = count
    for group, members in groups.items():
        population = builder.populations[group.key]
        population.count, population.members_entity_id = int(members.max()) + 1, members
    built = builder.build(system)
    for name, (_, value) in filled.items():
        built.set_input(name, "ETERNITY", value)
    return built


Found = tuple[Any, Any, Any, Any]
"""Units, numerators, denominators, months without."""


def monthly(facts: Facts) -> Iterator[Any]:
    """Theme days: first the clause made ready, then what it found."""
    branches = facts.branches()
    rows = facts.read("meetings", "unit", "kind", "held_on")
    known = among(rows["unit"], whole(branches["number"]))
    rows = rows.filter(pc.and_(known, pc.less_equal(rows["held_on"], DAY)))
    of_unit, units = codes(rows["unit"])
    founded = pc.take(branches["founded_on"], pc.index_in(units, whole(branches["number"])))
    built = simulation(
        len(rows), {Unit: of_unit},
        {"day": (Record, days_of(rows["held_on"])),
         "fits": (Record, flag(among(rows["kind"], ["主题党日"]))),
         "founded": (Unit, days_of(founded))},
    )  # fmt: skip
    yield None
    num = np.zeros(len(units), np.int64)
    den, gaps = num.copy(), num.copy()
    for month in range(1, DAY.month + 1):
        first = dt.date(DAY.year, month, 1)
        period = f"{first:%Y-%m}"
        lived = built.calculate("founded", period) <= (first - EPOCH).days
        met = built.calculate("meets", period)
        num, den, gaps = num + (met & lived), den + lived, gaps + ((~met & lived) << month)
    # A group of nobody cannot stand in a simulation: of branches that never met this is known.
    never = branches.filter(pc.invert(among(branches["number"], units)))
    for unit, since in zip(
        never["number"].to_pylist(), never["founded_on"].to_pylist(), strict=True
    ):
        months = [m for m in range(1, DAY.month + 1) if since <= dt.date(DAY.year, m, 1)]
        units = pa.concat_arrays([units, pa.array([unit])])
        num, den = np.append(num, 0), np.append(den, len(months))
        gaps = np.append(gaps, sum(1 << month for month in months))
    yield units, num, den, gaps


def talks(facts: Facts) -> Iterator[Any]:
    """Talks: the records are the members and the talks with them."""
    branches = facts.branches()
    rows = facts.read("memberships", "unit", "person", "from_on", "until_on")
    there = pc.and_(among(rows["unit"], whole(branches["number"])),
                    stands(rows, "from_on", "until_on"))  # fmt: skip
    members = rows.filter(there).group_by(["unit", "person"]).aggregate([])
    spoken = facts.read("talks", "listener", "kind", "talked_on")
    known = among(spoken["listener"], whole(members["person"].unique()))
    spoken = spoken.filter(pc.and_(known, pc.less_equal(spoken["talked_on"], DAY)))
    of_unit, units = codes(members["unit"])
    persons = pa.chunked_array([whole(members["person"]), whole(spoken["listener"])])
    of_member, _ = codes(persons)
    nobody, no_talk = np.zeros(len(members), np.int32), np.zeros(len(spoken), np.int32)
    built = simulation(
        len(members) + len(spoken),
        {Unit: np.concatenate([of_unit, no_talk]), Member: of_member},
        {"day": (Record, np.concatenate([nobody, days_of(spoken["talked_on"])])),
         "fits": (Record, np.concatenate([nobody > 0,
                                          flag(among(spoken["kind"], ["谈心谈话"]))])),
         "counts": (Record, np.concatenate([nobody == 0, no_talk > 0]))},
    )  # fmt: skip
    yield None
    num = built.calculate("members_covered", YEAR)
    den = built.populations["unit"].sum(built.calculate("counts", YEAR))
    yield units, num, den, np.zeros(len(units), np.int64)


def attendance(facts: Facts) -> Iterator[Any]:
    """Attendance: joined to its meetings beforehand."""
    branches = facts.branches()
    lived = pc.less_equal(branches["founded_on"], dt.date(DAY.year, 1, 1))
    judged = whole(branches.filter(lived)["number"])
    meetings = facts.read("meetings", "number", "unit", "kind", "held_on")
    known = pc.and_(among(meetings["unit"], judged), pc.less_equal(meetings["held_on"], DAY))
    meetings = meetings.filter(known)
    rows = facts.read("attendance", "meeting", "present")
    place = pc.index_in(rows["meeting"], value_set=whole(meetings["number"]))
    rows, place = rows.filter(pc.is_valid(place)), np.asarray(place.drop_null())
    of_unit, units = codes(meetings["unit"])
    built = simulation(
        len(rows), {Unit: of_unit[place]},
        {"day": (Record, days_of(meetings["held_on"])[place]),
         "counts": (Record, flag(among(meetings["kind"], LIFE))[place]),
         "fits": (Record, flag(rows["present"]))},
    )  # fmt: skip
    yield None
    den, num = built.calculate("counted", YEAR), built.calculate("attended", YEAR)
    units = units[: len(den)]
    yield units, num, den, np.zeros(len(units), np.int64)


def precedence(facts: Facts) -> Iterator[Any]:
    """Decisions: items of agendas, joined to their meetings and to the enterprise beforehand."""
    bodies = facts.read("party_organizations", "number", "leads", "enterprise")
    bodies = bodies.filter(pc.and_(pc.fill_null(bodies["leads"], False),
                                   pc.is_valid(bodies["enterprise"])))  # fmt: skip
    heads = bodies.group_by("enterprise").aggregate([("number", "min")])
    firms = facts.read("enterprises", "number", "founded_on", "dissolved_on")
    firms = firms.filter(stands(firms, "founded_on", "dissolved_on"))
    meetings = facts.read("meetings", "number", "unit", "kind", "held_on", "started_at")
    meetings = meetings.filter(pc.less_equal(meetings["held_on"], DAY))
    items = facts.read("agenda_items", "meeting", "matter", "proposal_version", "outcome")
    items = items.filter(pc.is_valid(items["matter"]))
    place = pc.index_in(items["meeting"], value_set=whole(meetings["number"]))
    items, meetings = items.filter(pc.is_valid(place)), meetings.take(place.drop_null())
    led = pc.take(heads["enterprise"],
                  pc.index_in(meetings["unit"], value_set=whole(heads["number_min"])))  # fmt: skip
    unit = pc.coalesce(led, meetings["unit"])
    known = among(unit, whole(firms["number"]))
    items, meetings, unit = items.filter(known), meetings.filter(known), unit.filter(known)
    of_unit, units = codes(unit)
    matter = pc.binary_join_element_wise(unit, items["matter"], "|")
    proposal = pc.fill_null(items["proposal_version"], "")
    of_matter, _ = codes(matter)
    of_proposal, _ = codes(pc.binary_join_element_wise(matter, proposal, "|"))
    day, at = days_of(meetings["held_on"]), meetings["started_at"]
    agreed = flag(pc.equal(items["outcome"], "建议同意"))
    stands_for = np.zeros(len(items), bool)
    stands_for[np.unique(of_matter, return_index=True)[1]] = True
    built = simulation(
        len(items), {Unit: of_unit, Proposal: of_proposal, Matter: of_matter},
        {"day": (Record, day), "stands": (Record, stands_for),
         "low": (Record, day * 1440 + np.asarray(pc.fill_null(at, 0))),
         "high": (Record, day * 1440 + np.asarray(pc.fill_null(at, 1439))),
         "fits": (Record, flag(among(meetings["kind"], BODIES)) & agreed),
         "counts": (Record, flag(pc.and_(among(meetings["kind"], BOARDS),
                                         among(items["outcome"], DECIDED))))},
    )  # fmt: skip
    yield None
    num, den = built.calculate("matters_settled", YEAR), built.calculate("matters_decided", YEAR)
    yield units, num, den, np.zeros(len(units), np.int64)


CLAUSES = {"1.1.a": monthly, "1.2.a": talks, "1.3.a": attendance, "1.4.a": precedence}


def timed(steps: Any, folder: Path) -> tuple[float, float, Found]:
    """Seconds to make a clause ready and of its formulas, and what it found."""
    running = steps(Facts(folder))
    began = time.perf_counter()
    next(running)
    ready = time.perf_counter()
    found: Found = next(running)
    return ready - began, time.perf_counter() - ready, found


def main() -> None:
    """Load and compute each clause, three times where that is short; tell the median seconds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("to", type=Path)
    given = parser.parse_args()
    loads: dict[str, float] = {}
    spent: dict[str, float] = {}
    for clause, steps in CLAUSES.items():
        load, computed, found = timed(steps, given.folder)
        rounds = [(load, computed)]
        if load + computed < SHORT:
            rounds += [timed(steps, given.folder)[:2] for _ in range(2)]
        loads[clause], spent[clause] = map(statistics.median, zip(*rounds, strict=True))
        columns = dict(zip(("unit", "num", "den", "gaps"), found, strict=True))
        typed = {n: pa.array(v) if n == "unit" else pa.array(v, pa.int64())
                 for n, v in columns.items()}  # fmt: skip
        pq.write_table(pa.table(typed), given.to / f"openfisca-{clause}.parquet")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        json.dumps(
            {
                "load": loads,
                "clauses": spent,
                "peak_mib": peak,
                "version": version("OpenFisca-Core"),
            }
        )
    )


if __name__ == "__main__":
    main()

"""Whether the engine and the independent readings say the same of the same facts."""

import datetime as dt
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, NamedTuple

from tests.calendar_edges import Moment, a_moment
from tests.drawn_values import Rows
from tests.hand_made import HandMade
from tests.perturbed import perturbed
from tests.read_by_clauses import Read, Rule
from tests.strategies import a_group

from tongrong.engine.cells import REASONS
from tongrong.engine.programs import Programs
from tongrong.engine.readings.cell import Cell
from tongrong.engine.readings.clause import Outcome, read_versions
from tongrong.engine.readings.world import Allowed, World
from tongrong.engine.run import Evaluation, evaluate
from tongrong.facts.snapshot import Snapshot
from tongrong.norms.checklist import Checklist
from tongrong.norms.family import Family
from tongrong.norms.from_files import load_checklist
from tongrong.norms.thresholds import Thresholds
from tongrong.vocabulary.verdicts import Reason, Severity, Verdict

Key = tuple[str, str]
AT_ONCE = 16
UNDECIDED = (Severity.NOT_APPLICABLE, Severity.NO_DATA)
OPEN = (Severity.PENDING, Severity.AT_RISK)


@dataclass(frozen=True)
class Disagreement:
    """One thing said differently of one unit and clause."""

    group: int
    clause: str
    unit: str
    what: str
    engine: Any
    reading: Any


class Agreement(NamedTuple):
    """How often each verdict of each clause was compared, and everything said differently."""

    judged: Counter[tuple[str, Verdict]]
    differences: list[Disagreement]


@dataclass(frozen=True)
class Said:
    """What the engine said of one unit and clause, in the shape the readings use."""

    verdict: Verdict
    num: int | None
    den: int | None
    due: Any
    reason: Reason
    missing: frozenset[str]
    records: frozenset[str]
    cells: tuple[tuple[dict[str, Any], ...], ...]


@cache
def the_checklist(slug: str) -> Checklist:
    """A checklist, loaded once."""
    return load_checklist(slug)


@cache
def rules_of(slug: str) -> Mapping[str, Rule]:
    """The clauses of a checklist by id, terms expanded."""
    checklist = the_checklist(slug)
    return {clause.id: checklist.rule(clause) for clause in checklist.clauses()}


def with_new_numbers(checklist: Checklist, day: dt.date) -> Checklist:
    """The checklist with every count, share and length raised from a day on."""
    numbers = {}
    for name, threshold in checklist.thresholds.root.items():
        newest = threshold.values[-1]
        if newest.value is None or "-" in newest.value:
            numbers[name] = threshold
            continue
        value = str(int(newest.value) + 2) if newest.value.isdigit() else "45%"
        new = newest.model_copy(update={"since": day, "value": value})
        numbers[name] = threshold.model_copy(update={"values": [*threshold.values, new]})
    changed = Thresholds.model_construct(root=numbers)
    return Checklist(checklist.folder, checklist.text, checklist._located, changed)


def batches(
    seed: str, read: Read, count: int, models: Sequence[HandMade] = (), at_once: int = AT_ONCE
) -> Iterator[tuple[Moment, list[Rows]]]:
    """So many groups, each batch as of a day of its own, their codes kept apart.

    Where there are models, there are as many groups again made from them with small changes,
    and every other batch is as of a day on which models are both met and unmet; where there is
    no such day, as of one on which some is met, and once more as of one on which some is not.
    """
    for number, start in enumerate(range(0, count, at_once)):
        roll = random.Random(f"{seed} {start}")  # noqa: S311 the same groups every time
        size = min(at_once, count - start)
        moments = telling(roll, models) if models and number % 2 else [a_moment(roll, read)]
        for moment in moments:
            found = [a_group(roll, read, moment, f"{n}·") for n in range(size)]
            if models:
                found += [a_variant(roll, models, read, moment, f"仿{n}·") for n in range(size)]
            yield moment, found


def telling(roll: random.Random, models: Sequence[HandMade]) -> list[Moment]:
    """A moment at which models are both met and unmet, or one of each, as far as there are."""
    met, unmet = ({m.moment for m in models if m.expect is v} for v in (Verdict.MET, Verdict.UNMET))
    several = [met & unmet] if met & unmet else [found for found in (met, unmet) if found]
    if not several:
        several = [{model.moment for model in models}]
    return [roll.choice(sorted(found, key=lambda m: (m.today, m.year))) for found in several]


def a_variant(
    roll: random.Random, models: Sequence[HandMade], read: Read, moment: Moment, prefix: str = ""
) -> Rows:
    """A group made from a model, met, unmet or any, mostly one as of the same day."""
    expect = roll.choice((Verdict.MET, Verdict.UNMET, None))
    several = [one for one in models if one.expect is expect] or models
    same = [one for one in several if one.moment == moment]
    model = roll.choice(same if same and roll.randint(0, 3) else several)
    return perturbed(roll, model, read, moment, prefix)


def disagreements(
    checklist: Checklist | Family,
    groups: Sequence[Rows],
    moment: Moment,
    clauses: Iterable[str],
    programs: Programs | None = None,
) -> Agreement:
    """How often each verdict of each clause was compared, and everything said differently.

    All groups are judged by the engine in one run, and one by one by the readings.
    """
    wanted = set(clauses)
    together: Rows = defaultdict(list)
    for group in groups:
        for code, rows in group.items():
            together[code] += rows
    snapshot = Snapshot.of_rows(together)
    run = evaluate(
        checklist,
        snapshot,
        moment.today,
        year=moment.year,
        clauses=wanted,
        details=True,
        programs=programs,
    )
    said, found = what_was_said(run), list[Disagreement]()
    compared = Counter[tuple[str, Verdict]]()
    for number, tables in enumerate(apart(groups, snapshot)):
        worlds = worlds_of(tables, moment, checklist)
        for clause in wanted:
            rules = [(rule, world) for one, world in worlds if (rule := rule_of(one, clause))]
            for unit, outcome in read_versions(rules).items():
                compared[clause, outcome.verdict] += 1
                heard = said.pop((unit, clause), None)
                pairs = [("verdict", None, outcome.verdict)]
                if heard is not None:
                    pairs = list(_differences(heard, outcome))
                found += [Disagreement(number, clause, unit, *pair) for pair in pairs]
    found += [Disagreement(-1, c, u, "verdict", one.verdict, None) for (u, c), one in said.items()]
    return Agreement(compared, found)


def rule_of(checklist: Checklist, clause_id: str) -> Rule | None:
    """A clause of a checklist as written, terms expanded; None where it has none of that id."""
    found = (clause for clause in checklist.clauses() if clause.id == clause_id)
    return next((checklist.rule(clause) for clause in found), None)


def apart(groups: Sequence[Rows], snapshot: Snapshot) -> Iterator[Rows]:
    """The rows of each group as a snapshot of all has them, where they lie one after another."""
    named = {code for group in groups for code in group}
    tables = {code: snapshot[code].to_pylist() for code in named}
    begun = Counter[str]()
    for group in groups:
        yield {
            code: tables[code][begun[code] : begun[code] + len(rows)]
            for code, rows in group.items()
        }
        begun.update({code: len(rows) for code, rows in group.items()})


def worlds_of(
    tables: Rows, moment: Moment, norms: Checklist | Family
) -> list[tuple[Checklist, World]]:
    """The versions of a checklist, each with its world, the one in force at D first."""
    if isinstance(norms, Checklist):
        return [(norms, world_of(tables, moment, norms))]
    found = []
    for version in norms.versions:
        since, until = version.span.since, version.span.until
        assert since is not None
        in_force = since <= moment.today and (until is None or moment.today < until)
        world = world_of(tables, moment, version.checklist)
        world = replace(world, since=since, until=until, in_force=in_force)
        found.append((version.checklist, world))
    return sorted(found, key=lambda one: not one[1].in_force)


def world_of(tables: Rows, moment: Moment, checklist: Checklist) -> World:
    """Rows with all columns of their ledgers as the readings lay them out."""
    numbers = checklist.thresholds
    return World.of(
        tables,
        moment.today,
        moment.year,
        numbers.value,
        lambda name, day: [dict(row) for row in numbers.table(name, day)],
        Allowed(checklist.names, numbers.model_dump()),
    )


def what_was_said(run: Evaluation) -> dict[Key, Said]:
    """The engine's verdicts with their cells, what is missing and the records counted."""
    assert run.cells is not None
    assert run.missing is not None
    assert run.records is not None
    cells: Mapping[tuple[int, str], list[dict[str, Any]]] = defaultdict(list)
    for row in run.cells.to_pylist():
        cells[row["part"], row["unit"]].append(row)
    missing = {(r["unit"], r["clause"]): frozenset(r["missing"]) for r in run.missing.to_pylist()}
    records = {(r["unit"], r["clause"]): frozenset(r["records"]) for r in run.records.to_pylist()}
    parts = {one.clause.id: [part.index for part in one.parts] for one in run.clauses}
    said = {}
    for row in run.verdicts.to_pylist():
        key = row["unit"], row["clause"]
        said[key] = Said(
            Severity(row["severity"]).verdict,
            row["num"],
            row["den"],
            row["due"],
            REASONS[row["reason"]],
            missing.get(key, frozenset()),
            records.get(key, frozenset()),
            tuple(tuple(cells[index, row["unit"]]) for index in parts[row["clause"]]),
        )
    return said


def _differences(heard: Said, outcome: Outcome) -> Iterable[tuple[str, Any, Any]]:
    """What differs, the cells of each part first."""
    for number, (mine, theirs) in enumerate(zip(heard.cells, outcome.cells, strict=True)):
        left, right = sorted(map(_of_engine, mine)), sorted(map(_of_reading, theirs))
        if left != right:
            yield f"cells of part {number}", left, right
    exact = {
        "verdict": (heard.verdict, outcome.verdict),
        "due": (heard.due, outcome.due),
        "missing": (heard.missing, frozenset(outcome.missing)),
        "records": (heard.records, frozenset(outcome.records)),
    }
    undecided = heard.verdict.severity in UNDECIDED
    if not undecided:
        exact["num"] = (heard.num, outcome.num)
        if outcome.den is not None:
            exact["den"] = (heard.den, outcome.den)
    elif heard.reason and outcome.reason:
        exact["reason"] = (heard.reason, outcome.reason)
    for what, (mine, theirs) in exact.items():
        if mine != theirs:
            yield what, mine, theirs


def _shown(severity: int, *, num: Any, den: Any, due: Any) -> tuple[str, str, str]:
    """The measure of a decided cell, the due day of an open one."""
    decided = severity not in UNDECIDED
    return (
        str(num) if decided and num is not None else "",
        str(den) if decided and den is not None else "",
        str(due) if severity in OPEN else "",
    )


def _of_engine(cell: Mapping[str, Any]) -> tuple[Any, ...]:
    shown = _shown(cell["severity"], num=cell["num"], den=cell["den"], due=cell["due"])
    return cell["period"], cell["member"], cell["severity"], *shown


def _of_reading(cell: Cell) -> tuple[Any, ...]:
    shown = _shown(cell.severity, num=cell.num, den=cell.den, due=cell.due)
    return cell.period, cell.member, int(cell.severity), *shown

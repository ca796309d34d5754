"""The tables every expression reads: prepared facts, subjects, calendar and parameters.

All are unbound Ibis tables: a name and a schema. A backend creates them under these names.
"""

from functools import cache
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from tongrong.facts.columns import Choice
from tongrong.facts.ledger import RECORD, Holds, Ledger
from tongrong.facts.registry import LEDGERS

# The day from which the next row of a register without ends holds.
REPLACED = "replaced_on"
# Whether a Party organization stands above itself.
CIRCULAR = "circular"
# Whether a person's state is the only one of that person in its ledger.
SOLE = "sole"
OWNERS = ("enterprise", "organization", "host", "superior")
FOREVER = ibis.date(9999, 12, 31)


def _type(arrow: pa.DataType) -> str:
    if pa.types.is_date32(arrow):
        return "date"
    if pa.types.is_boolean(arrow):
        return "boolean"
    return "int64" if pa.types.is_integer(arrow) else "string"


@cache
def fact_columns(code: str) -> dict[str, str]:
    """Column types of a prepared ledger: its own, the carried, and the four owners.

    The owners of Party organizations and enterprises themselves would shadow columns of the
    same name, so a ledger's own column wins and is reached by its own name.
    """
    ledger = LEDGERS[code]
    columns = {RECORD: "string"}
    columns |= {name: _type(column.arrow) for name, column in ledger.columns.items()}
    columns |= carried_columns(ledger)
    if isinstance(ledger.time, Holds) and ledger.time.next_of:
        columns[REPLACED] = "date"
    if person_column(code):
        columns[SOLE] = "boolean"
    columns |= dict.fromkeys(map(number_of, numbered(code)), "int8")
    if code == "party_organizations":
        columns[CIRCULAR] = "boolean"
    if ledger.owner is not None:
        columns |= {f"of_{owner}": "string" for owner in OWNERS}
    return columns


def person_column(code: str) -> str | None:
    """The column that says whose a state of persons is; none where it may be one of two."""
    ledger = LEDGERS[code]
    if not (isinstance(ledger.time, Holds) and ledger.time.persons):
        return None
    return next(
        (n for n, one in ledger.references().items() if one.to == "persons" and one.key), None
    )


def numbered(code: str) -> dict[str, Choice]:
    """The choices of a ledger of persons' states: their number stands beside them.

    Dozens of clauses ask such a ledger for one of many choices, and numbers are compared with
    many in a tenth of the time that texts are.
    """
    if not person_column(code):
        return {}
    columns = LEDGERS[code].columns
    return {name: one for name, one in columns.items() if isinstance(one, Choice)}


def number_of(name: str) -> str:
    """The column that holds the numbers of a choice: its place among the choices."""
    return f"number_of_{name}"


def carried_columns(ledger: type[Ledger]) -> dict[str, str]:
    """Types of the columns a ledger's rows show of the records they refer to."""
    return {
        f"{name}_{carried}": _type(LEDGERS[reference.to].columns[carried].arrow)
        for name, reference in ledger.references().items()
        for carried in reference.carry
    }


def raw(code: str) -> ir.Table:
    """A ledger as it was loaded: every row, its own columns only."""
    schema = {field.name: _type(field.type) for field in LEDGERS[code].arrow_schema()}
    return ibis.table(schema, name=f"raw_{code}")


def facts(code: str) -> ir.Table:
    """A ledger prepared for the engine: effective rows with carried columns and owners."""
    return ibis.table(fact_columns(code), name=f"fact_{code}")


# Who each unit code is, in the four ways a record may belong to a unit.
UNITS = ibis.table(
    {"unit": "string", **{f"of_{owner}": "string" for owner in OWNERS}}, name="units"
)
# Every unit with itself and each unit above it.
LINEAGE = ibis.table({"unit": "string", "above": "string"}, name="lineage")
# Who is judged under each scope, and since when they exist; `stop` is known at D.
SUBJECTS = ibis.table(
    {"scope": "string", "unit": "string", "start": "date", "stop": "date"}, name="subjects"
)
# The newest value of each feature of each enterprise at D; size and section, where not recorded,
# as the enterprise's newest figures make them.
FEATURES_AT_D = ibis.table(
    {"unit": "string", "feature": "string", "worth": "string"}, name="features"
)
# One row: the day D, the assessment year Y with its first and last day, the first day of the year
# before, the latest closed year not after Y.
CLOCK = ibis.table(
    {
        "today": "date",
        "year": "int64",
        "year_first": "date",
        "year_last": "date",
        "year_before": "date",
        "closed": "int64",
    },
    name="clock",
)
# The periods of Y that have begun by D.
PERIODS = ibis.table(
    {
        "per": "string",
        "period": "string",
        "first": "date",
        "last": "date",
        "days": "int64",
        "due_by": "date",
        "elapsed": "boolean",
        "warned": "boolean",
    },
    name="periods",
)
# What a part asks, per period ("" for a state): reached iff num × k ≥ den × p + q. Where the
# number of a unit differs from that of all others (unit ""), it has a row of its own.
REQUIREMENTS = ibis.table(
    {
        "part": "int64",
        "unit": "string",
        "side": "string",
        "period": "string",
        "k": "int64",
        "p": "int64",
        "q": "int64",
    },
    name="requirements",
)
# Days a part names: the last day to have something, the day a figure is due.
DAYS = ibis.table({"part": "int64", "label": "string", "on": "date"}, name="days")
# Fixed lists that stand for a population.
LISTS = ibis.table({"part": "int64", "listed": "string"}, name="lists")
# Rates of dues by period and category: share = rate / 1000, or a fixed amount, in 分.
RATES = ibis.table(
    {
        "part": "int64",
        "period": "string",
        "category": "string",
        "over": "int64",
        "up_to": "int64",
        "permille": "int64",
        "fixed": "int64",
    },
    name="rates",
)
# The size table in force at D by division: for industries whose code begins with
# `industry_class`, the figure `of` and the least of it that each size takes.
SIZES = ibis.table(
    {
        "division": "string",
        "industry_class": "string",
        "of": "string",
        "large": "int64",
        "medium": "int64",
        "small": "int64",
    },
    name="sizes",
)
# The section of GB/T 4754 of each division.
SECTIONS = ibis.table({"division": "string", "section": "string"}, name="sections")

# What the checklist of a run may be called.
CHECKLIST_NAMES = ibis.table({"name": "string"}, name="checklist_names")

# The parts of a run: which frame each speaks to, which bundle judges it, and what the verdict
# of its clause needs to know; `alone`, whether its clause is judged by no other.
PARTS = ibis.table(
    {
        "part": "int64",
        "frame": "int64",
        "bundle": "int64",
        "clause": "string",
        "scope": "string",
        "owner": "string",
        "may": "boolean",
        "should": "boolean",
        "shown_only": "boolean",
        "alone": "boolean",
        "per": "string",
        "running_due": "date",
        "next_due": "date",
        "label": "string",
    },
    name="parts",
)

# Whom a frame speaks to: an audience (a scope with conditions), over the periods of `per`.
FRAME_KINDS = ibis.table(
    {"frame": "int64", "scope": "string", "per": "string", "counted": "boolean"},
    name="frame_kinds",
)
# Conditions on traits, as data. Places must all hold, of the tests of one place any; `otherwise`
# is the truth where the trait is not known.
TRAIT_TESTS = ibis.table(
    {
        "frame": "int64",
        "place": "int64",
        "test": "int64",
        "trait": "string",
        "otherwise": "int64",
    },
    name="trait_tests",
)
TEST_VALUES = ibis.table({"test": "int64", "worth": "string"}, name="test_values")
# Conditions on how many states hold: `test` names the count.
COUNT_TESTS = ibis.table({"frame": "int64", "place": "int64", "test": "string"}, name="count_tests")

PARAMETERS = {
    table.get_name(): table
    for table in (
        CLOCK,
        PERIODS,
        REQUIREMENTS,
        DAYS,
        LISTS,
        RATES,
        SIZES,
        SECTIONS,
        CHECKLIST_NAMES,
        PARTS,
        FRAME_KINDS,
        TRAIT_TESTS,
        TEST_VALUES,
        COUNT_TESTS,
    )
}

# Units × periods that count for each frame: begun by D, the unit existing on every day.
# `applies` is null where a condition cannot be decided.
FRAMES = ibis.table(
    {
        "frame": "int64",
        "unit": "string",
        "period": "string",
        "first": "date",
        "last": "date",
        "days": "int64",
        "due_by": "date",
        "elapsed": "boolean",
        "warned": "boolean",
        "reference": "date",
        "applies": "boolean",
    },
    name="frames",
)
# The units of each frame of which that cannot be decided in some period.
UNKNOWN_FRAMES = ibis.table({"frame": "int64", "unit": "string"}, name="unknown_frames")


def arrow_schema(table: ir.Table) -> pa.Schema:
    """The Arrow schema a backend loads a parameter table with."""
    types: dict[str, Any] = {
        "string": pa.string(),
        "date": pa.date32(),
        "int64": pa.int64(),
        "boolean": pa.bool_(),
    }
    return pa.schema([(name, types[str(kind)]) for name, kind in table.schema().items()])


def clock(column: str) -> ir.Scalar:
    """A value of the one-row clock, usable in any expression."""
    return CLOCK[column].as_scalar()


def as_column(day: ir.DateValue) -> ir.DateValue:
    """A day of the clock or the DAYS table as a column of its own.

    Ibis names a projected scalar subquery in place, everywhere it stands; the coalesce
    around it takes the name instead.
    """
    return ibis.coalesce(day, FOREVER)

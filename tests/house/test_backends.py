"""The shelf of backends: what each must bring, or it is refused; and that scenarios run on it."""

import datetime as dt
from pathlib import Path
from types import ModuleType

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.backends import (
    DECLARED,
    DEFAULT,
    backends,
    gaps,
    is_backend,
    modules,
    on_every_backend,
    running_on,
)
from tests.scenarios.shelves import about, clauses_and_kinds, the_checklist

from tongrong.engine.backends.duckdb import Duck
from tongrong.engine.program import Step, ordered
from tongrong.engine.programs import Programs
from tongrong.engine.scenarios import run_scenario
from tongrong.engine.shelf import kinds

LOADS, INTERFACE = "load_tables", "runner"


def lacking(module: ModuleType) -> list[str]:
    """What a module of the room lacks to be a backend; nothing of one that only loads."""
    if module.__name__.endswith(f".{INTERFACE}") or hasattr(module, LOADS):
        return []
    return [f"{module.__name__} has no {name}" for name in DECLARED if not hasattr(module, name)]


def backend_of(name: str, **declared: object) -> ModuleType:
    """A module that declares these things."""
    module = ModuleType(f"tongrong.engine.backends.{name}")
    vars(module).update(declared)
    return module


def test_a_module_is_a_backend_in_full_or_loads_tables_only() -> None:
    assert [breach for module in modules().values() for breach in lacking(module)] == []
    assert DEFAULT in backends()
    assert not is_backend(modules()["database"])


@pytest.mark.parametrize(
    ("declared", "breaches"),
    [
        ({"DIALECT": "spark", "connect": Duck}, ["tongrong.engine.backends.spark has no GAPS"]),
        ({}, [f"tongrong.engine.backends.spark has no {name}" for name in DECLARED]),
        ({"DIALECT": "spark", "connect": Duck, "GAPS": {}}, []),
        ({LOADS: None}, []),
    ],
)
def test_what_a_backend_lacks_is_named(declared: dict[str, object], breaches: list[str]) -> None:
    assert lacking(backend_of("spark", **declared)) == breaches


@pytest.mark.parametrize("name", backends())
def test_a_gap_is_a_clause_kind_and_says_why(name: str) -> None:
    found = backends()[name].GAPS
    assert set(found) <= set(kinds())
    assert all(isinstance(why, str) and len(why) >= 8 for why in found.values())


@pytest.mark.parametrize("name", backends())
def test_a_backend_runs_text_on_arrow_tables(name: str) -> None:
    """Tables are loaded, made anew and added to; whole numbers, days and nulls come back alike."""
    rows = {"n": [2**53 + 1, None], "d": [dt.date(2024, 2, 29), None], "b": [True, None]}
    types: list[pa.Field[pa.DataType]] = [
        pa.field("n", pa.int64()),
        pa.field("d", pa.date32()),
        pa.field("b", pa.bool_()),
    ]
    given = pa.table(rows, schema=pa.schema(types))
    with backends()[name].connect(given.num_rows) as runner:
        runner.load("given", given)
        replaced = Step("kept", "SELECT n FROM given")
        made = Step("kept", "SELECT n, d, b FROM given WHERE n IS NOT NULL")
        added = Step("kept", "SELECT n, d, b FROM given WHERE n IS NULL", "appends")
        runner.run(ordered([replaced, made, added]))
        assert runner.query("SELECT n, d, b FROM kept").to_pylist() == given.to_pylist()
        assert runner.query("SELECT n, d, b FROM kept").schema.types == given.schema.types


@pytest.mark.parametrize("name", backends())
def test_a_backend_reads_a_parquet_file_as_it_reads_a_table(name: str, tmp_path: Path) -> None:
    given = pa.table({"n": [2**53 + 1, None], "word": ["党", "支部's"]})
    pq.write_table(given, tmp_path / "it's given.parquet")
    with backends()[name].connect(given.num_rows) as runner:
        runner.load("given", tmp_path / "it's given.parquet")
        runner.run([Step("kept", "SELECT n, word FROM given")])
        assert runner.query("SELECT n, word FROM kept").to_pylist() == given.to_pylist()


# --- the scenario suite runs on every backend ----------------------------------------------


def test_every_clause_is_run_on_every_backend() -> None:
    cases = on_every_backend(clauses_and_kinds())
    wanted = {(name, *clause) for name in backends() for clause, _ in clauses_and_kinds()}
    assert {case.values for case in cases} == wanted


def test_a_case_of_a_gap_must_fail_and_any_other_pass() -> None:
    other = backend_of("other", GAPS={"trend": "没有窗口函数"})
    (mark,) = gaps(other, {"trend", "ratio"})
    assert (mark.name, mark.kwargs) == ("xfail", {"strict": True, "reason": "trend: 没有窗口函数"})
    assert gaps(other, {"ratio"}) == []


def test_a_scenario_runs_on_the_backend_named_and_on_no_other() -> None:
    opened = []

    def connect(rows: int) -> Duck:
        opened.append(rows)
        return Duck(rows)

    scenario = about("442-2018", "1.1.b")[0]
    other = backend_of("other", DIALECT="duckdb", GAPS={}, connect=connect)
    with running_on("other", other):
        assert run_scenario(scenario, the_checklist("442-2018"), Programs()) == []
    assert len(opened) == 1
    assert run_scenario(scenario, the_checklist("442-2018"), Programs()) == []
    assert len(opened) == 1


def test_after_several_statements_at_once_one_alone_has_all_processors_again() -> None:
    """While two run each has one caller; that DuckDB counts callers must not outlast them."""
    threads = "SELECT CAST(current_setting('threads') AS BIGINT) AS n"
    with Duck(rows=10**9) as duck:
        alone = duck.query(threads)["n"].to_pylist()
        duck.run(ordered([Step("shared", threads)]))
        shared = duck.query("SELECT n FROM shared")["n"].to_pylist()
        assert shared == [max(1, one - 1) for one in alone if one]
        assert duck.query(threads)["n"].to_pylist() == alone

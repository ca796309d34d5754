"""The benchmark runs, and those it compares with find what the engine finds."""

from pathlib import Path

import pyarrow as pa
import pytest

from tongrong.facts.demo import demo_snapshot
from tongrong.facts.spool import write_ledger

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT))


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("facts")
    for code, table in demo_snapshot().tables.items():
        write_ledger(folder, code, table.to_batches())
    return folder


@pytest.mark.usefixtures("bench")
def test_sql_finds_what_the_engine_finds(facts: Path) -> None:
    from bench.peers import Ours, compare, numbers
    from bench.peers_sql import CLAUSES, by_sql

    found = Ours(facts).judged(None, details=True)[2]
    for clause in CLAUSES:
        theirs = by_sql(facts, clause)[2]
        assert compare("sql", clause, theirs, numbers(found, clause), sample=False) > 5
    gaps = numbers(found, "1.1.a")["gaps"].to_pylist()
    assert sum(one > 0 for one in gaps) > 0


@pytest.mark.usefixtures("bench")
def test_a_peer_that_finds_something_else_ends_the_run() -> None:
    from bench.peers import Differs, compare

    ours = pa.table({"unit": ["ZB01", "ZB02"], "num": [7, 8], "den": [8, 8], "gaps": [4, 0]})
    same = compare("sql", "1.1.a", ours, ours, sample=False)
    assert same == 2
    other = ours.set_column(3, "gaps", pa.array([8, 0]))
    with pytest.raises(Differs, match=r"1\.1\.a: 2 rows differ.*ZB01"):
        compare("sql", "1.1.a", other, ours, sample=False)
    with pytest.raises(Differs, match="ZB02"):
        compare("sql", "1.1.a", ours.slice(0, 1), ours, sample=False)
    assert compare("django", "1.1.a", ours.slice(0, 1), ours, sample=True) == 1


@pytest.mark.usefixtures("bench")
def test_sizes_are_chosen_by_the_environment() -> None:
    from bench.parts import chosen

    assert chosen({}) == [200, 2_000, 20_000]
    assert chosen({"TONGRONG_BENCH_UNITS": "200, 2000"}) == [200, 2000]
    for wrong in ("0", "many", "-1"):
        with pytest.raises(ValueError, match=f"{wrong} is no number of units"):
            chosen({"TONGRONG_BENCH_UNITS": wrong})

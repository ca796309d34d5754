"""The demo group: lifelike in shape, evidently invented, and the same every time."""

import datetime as dt
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tongrong.facts.check import check_references
from tongrong.facts.demo import AS_OF, STORIES, demo_snapshot
from tongrong.facts.from_files import read_facts
from tongrong.facts.ledger import Happens, Holds, Yearly
from tongrong.facts.registry import LEDGERS
from tongrong.facts.snapshot import Snapshot
from tongrong.facts.to_sheets import write_workbook
from tongrong.vocabulary.verdicts import Verdict


@pytest.fixture(scope="module")
def demo() -> Snapshot:
    return demo_snapshot()


def test_one_group_with_its_four_subsidiaries(demo: Snapshot) -> None:
    enterprises = demo["enterprises"].to_pylist()
    assert [row["is_group"] for row in enterprises] == [True, False, False, False, False]
    organizations = demo["party_organizations"].to_pylist()
    assert 13 <= len(organizations) <= 18
    assert {row["kind"] for row in organizations} == {"党委", "党总支", "党支部"}
    belonging = [row for row in demo["memberships"].to_pylist() if row["until_on"] is None]
    assert 290 <= len(belonging) <= 320
    leading = [row["enterprise"] for row in organizations if row["leads"]]
    assert sorted(leading) == [row["number"] for row in enterprises]


def test_every_ledger_has_rows(demo: Snapshot) -> None:
    assert [code for code in LEDGERS if demo[code].num_rows == 0] == []


def test_fourteen_months_of_records_and_none_from_the_future(demo: Snapshot) -> None:
    held = demo["meetings"]["held_on"].to_pylist()
    assert {(day.year, day.month) for day in held} == {
        *((2025, month) for month in range(8, 13)),
        *((2026, month) for month in range(1, 10)),
    }
    for code, ledger in LEDGERS.items():
        column = {Happens: "on", Holds: "start", Yearly: "year"}.get(type(ledger.time))
        name = getattr(ledger.time, column) if column else ""
        if name in demo[code].column_names:
            last = max(demo[code][name].to_pylist())
            assert last <= (AS_OF if isinstance(last, dt.date) else AS_OF.year), code


def test_everyone_and_everything_is_evidently_invented(demo: Snapshot) -> None:
    names = demo["persons"]["name"].to_pylist()
    assert len(names) == len(set(names))
    assert all(name[1] in "例样试拟" for name in names)
    assert all("样例" in name for name in demo["enterprises"]["name"].to_pylist())


@pytest.mark.parametrize("seed", [442, 1, 2026])
def test_every_reference_resolves_and_no_record_stands_twice(seed: int) -> None:
    demo = demo_snapshot(seed)
    assert check_references(demo) == []
    for code in LEDGERS:
        records = demo[code]["record"].to_pylist()
        assert len(records) == len(set(records)), code


def test_the_workbook_reads_back_to_the_same_facts(demo: Snapshot, tmp_path: Path) -> None:
    write_workbook(demo, tmp_path / "demo.xlsx")
    read = read_facts(tmp_path / "demo.xlsx").snapshot
    assert [code for code in LEDGERS if not read[code].equals(demo[code])] == []


def test_the_same_seed_gives_the_same_workbook_whatever_the_hash_order(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from tongrong.facts.demo import demo_snapshot;"
        "from tongrong.facts.to_sheets import write_workbook;"
        "write_workbook(demo_snapshot(), Path(sys.argv[1]))"
    )
    written = []
    for hashing in ("1", "2"):
        path = tmp_path / f"{hashing}.xlsx"
        command = [sys.executable, "-c", program, str(path)]
        searched = os.pathsep.join(part for part in sys.path if part)
        environment = {**os.environ, "PYTHONHASHSEED": hashing, "PYTHONPATH": searched}
        subprocess.run(command, check=True, env=environment)
        written.append(path.read_bytes())
    assert written[0] == written[1]


def test_another_seed_gives_other_rows() -> None:
    assert not demo_snapshot(1)["persons"].equals(demo_snapshot(2)["persons"])


def test_it_takes_less_than_a_second() -> None:
    began = time.process_time()
    demo_snapshot()
    assert time.process_time() - began < 1


def test_the_stories_tell_every_verdict_once_for_each_unit_clause_and_day() -> None:
    assert len(STORIES) >= 20
    assert {story.verdict for story in STORIES} == set(Verdict)
    told = [(story.unit, story.clause, story.day) for story in STORIES]
    assert len(told) == len(set(told))

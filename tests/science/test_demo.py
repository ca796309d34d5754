"""The demo group: lifelike in shape, evidently invented, and the same every time."""

import datetime as dt
import os
import subprocess
import sys
from collections import Counter
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


def test_one_group_with_twelve_subsidiaries_on_two_levels(demo: Snapshot) -> None:
    enterprises = demo["enterprises"].to_pylist()
    assert [row["is_group"] for row in enterprises] == [True] + [False] * 12
    parents = Counter(row["parent"] for row in enterprises)
    assert parents == {None: 1, "QY00": 9, "QY02": 1, "QY05": 2}
    organizations = demo["party_organizations"].to_pylist()
    assert Counter(row["kind"] for row in organizations) == {
        "党委": 9,
        "党总支": 4,
        "党支部": 45,
        "联合党支部": 1,
        "临时党支部": 1,
    }
    leading = [row["enterprise"] for row in organizations if row["leads"]]
    assert sorted(leading) == [row["number"] for row in enterprises]
    belonging = [row for row in demo["memberships"].to_pylist() if row["until_on"] is None]
    assert 1450 <= len(belonging) <= 1550
    assert all(row["workplace"] for row in belonging)


def test_only_the_superior_committee_has_its_superior_outside(demo: Snapshot) -> None:
    organizations = demo["party_organizations"].to_pylist()
    assert [r["number"] for r in organizations if r["superior"] is None] == ["SJ00"]
    assert [r["number"] for r in organizations if r["outside_superior"]] == ["SJ00"]


def test_the_subsidiaries_are_of_every_sort(demo: Snapshot) -> None:
    """Sizes; listed, mixed, abroad, minority; audit committee; one zombie, one bankrupt."""
    told = [row for row in demo["enterprise_features"].to_pylist() if row["unit"] != "QY00"]
    latest = {(r["unit"], r["feature"]): r["value"] for r in told}
    sizes = Counter(value for (_, feature), value in latest.items() if feature == "规模")
    assert sizes == {"大型": 2, "中型": 6, "小型": 4}
    named = {
        ("上市情况", "上市"): ["QY05"],
        ("混合所有制", "是"): ["QY05", "QY06"],
        ("境外企业", "是"): ["QY07"],
        ("控制关系", "参股"): ["QY11"],
        ("监督机构", "审计委员会"): ["QY04", "QY05"],
    }
    for (feature, value), units in named.items():
        assert [u for (u, f), v in latest.items() if (f, v) == (feature, value)] == units
    disposals = {row["unit"]: row["kind"] for row in demo["enterprise_disposals"].to_pylist()}
    assert disposals == {"QY08": "“僵尸”企业处置", "QY12": "破产"}


def test_leaders_and_middle_managers_have_a_day_of_birth(demo: Snapshot) -> None:
    """And nobody else: the day serves the age of teams only."""
    born = {row["number"] for row in demo["persons"].to_pylist() if row["born_on"]}
    outside = {"外部董事", "审计委员会委员", "监事会主席", "监事", "职工监事"}
    posts: dict[str, set[str]] = {}
    for row in demo["posts"].to_pylist():
        if row["unit"] in demo["enterprises"]["number"].to_pylist():
            posts.setdefault(row["person"], set()).add(row["post"])
    assert {person for person, held in posts.items() if held - outside - {"工会主席"}} <= born
    assert len(born) < 200


def test_every_ledger_has_rows(demo: Snapshot) -> None:
    assert [code for code in LEDGERS if demo[code].num_rows == 0] == []


def test_twenty_months_of_records_and_none_from_the_future(demo: Snapshot) -> None:
    held = demo["meetings"]["held_on"].to_pylist()
    assert {(day.year, day.month) for day in held} == {
        *((2025, month) for month in range(2, 13)),
        *((2026, month) for month in range(1, 10)),
    }
    for code, ledger in LEDGERS.items():
        column = {Happens: "on", Holds: "start", Yearly: "year"}.get(type(ledger.time))
        name = getattr(ledger.time, column) if column else ""
        if name in demo[code].column_names and demo[code].num_rows:
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


def test_it_grows_by_whole_groups_under_codes_of_their_own(demo: Snapshot) -> None:
    """73 units make a group, so 150 units need three; nothing in one knows of another."""
    three = demo_snapshot(units=150)
    judged = ("enterprises", "party_organizations")
    assert sum(three[code].num_rows for code in judged) == 3 * 73
    assert check_references(three) == []
    for code in LEDGERS:
        rows, one = three[code], demo[code].num_rows
        assert rows.num_rows == 3 * one
        assert rows.slice(0, one).equals(demo[code])
        assert len(set(rows["record"].to_pylist())) == rows.num_rows, code


def test_a_text_that_names_a_record_is_renamed_with_it() -> None:
    """A justification speaks of a person by code; its clause is no code and stays."""
    rows = demo_snapshot(units=74)["justifications"].to_pylist()
    first, again = (row for row in rows if row["clause"] == "2.5.a")
    assert again["member"] == f"J002-{first['member']}"
    assert again["record"] == f"justifications/J002-QY01||2.5.a||{again['member']}|2026-02-10"


def test_the_stories_tell_every_verdict_once_for_each_unit_clause_and_day() -> None:
    assert len(STORIES) >= 200
    assert {story.verdict for story in STORIES} == set(Verdict)
    told = [(story.unit, story.clause, story.day) for story in STORIES]
    assert len(told) == len(set(told))

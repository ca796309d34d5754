"""What it costs to add a thing, in files: the table of the house, shown on a copy of the code.

Each test copies the product, adds only the files the table names, and uses what it added.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
KIND = '''
"""无记录 (absence): in every period, no record of a kind.

Example:
    kind: absence
    of: {ledger: meetings, where: {kind: 党委会}}
    per: month
"""

from typing import Literal

import ibis.expr.types as ir

from tongrong.engine.amounts import Amount, events_in, with_amount
from tongrong.engine.cells import cells_of, open_due, severity_in_time
from tongrong.engine.measures import Measures
from tongrong.engine.part import Bundle, Periodic
from tongrong.engine.selection import Selection


class Absence(Periodic):
    """In every period no record."""

    kind: Literal["absence"]
    of: Selection

    def cells(self, bundle: Bundle, measures: Measures) -> ir.Table:
        amounts = bundle.asks(lambda rule: Amount(**rule.of.model_dump()))
        rows = with_amount(bundle.units(), "num", amounts, bundle, measures)
        severity = severity_in_time(rows["num"] == 0, rows)
        return cells_of(rows, severity=severity, due=open_due(severity, rows["last"]))

    def evidence(self, bundle: Bundle, measures: Measures) -> ir.Table:
        found = events_in(bundle.units(), bundle.asks(lambda rule: rule.of), bundle.scope)
        return found.select("part", "unit", "record")
'''
READING = '''
"""Absence: in every period no record."""

from tongrong.engine.readings.cell import Cell, due_if_open, ids, period_severity
from tongrong.engine.readings.periods import counted_periods
from tongrong.engine.readings.selection import events


def read(part, world, subject):
    cells = []
    for period in counted_periods(part, world, subject):
        rows = events(world, part["of"], subject, period.first, period.last)
        severity = period_severity(world, period, satisfied=not rows)
        cells.append(Cell(severity, period.label, num=len(rows), records=ids(rows),
                          due=due_if_open(severity, period.last)))
    return cells
'''
SCENARIO = """
- rule: &none {kind: absence, scope: enterprise, of: {ledger: disclosures}, per: quarter}
  name: 一季度没有
  as_of: 2026-03-31
  expect: met
- rule: *none
  name: 三月最后一天有一次
  as_of: 2026-03-31
  facts: {disclosures: [{disclosed_on: 2026-03-31}]}
  expect: unmet
  missing: [2026Q1]
"""
CHECKLIST = """\
checklist: added
title: 新清单
in_force: {from: 2018-01-01}
adopted_on: 2018-01-01
sections:
  - id: 一
    title: 部署
    items:
      - id: 1
        title: 研究
        indicators:
          - id: 1.1
            text: 党委每月研究工作。
            clauses:
              - {id: 1.1.a, words: 每月研究工作, reading: 每月至少一次。, scope: enterprise,
                 strength: must, kind: KIND, per: month, of: {ledger: meetings}EXTRA}
"""
EVALUATE = """
import datetime as dt, json, sys
from pathlib import Path
from tongrong.engine.run import evaluate
from tongrong.facts.snapshot import Snapshot
from tongrong.norms.from_files import load_checklist
from tongrong.vocabulary.verdicts import Severity
day = dt.date
facts = Snapshot.of_rows({
    "enterprises": [dict(number="甲", name="甲", is_group=True, founded_on=day(2000, 1, 1))],
    "meetings": [dict(number="M", unit="甲", kind="党委会", held_on=day(2026, 2, 28))],
})
found = evaluate(load_checklist(sys.argv[1]), facts, day(2026, 3, 31), details=True)
cells = [row for row in found.cells.to_pylist() if row["part"] == int(sys.argv[2])]
print(json.dumps({row["period"]: Severity(row["severity"]).verdict for row in cells}))
"""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the product to add files to."""
    skip = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=skip)
    shutil.copytree(ROOT / "norms", tmp_path / "norms", ignore=skip)
    return tmp_path


def run(copy: Path, *words: str, database: str = "") -> str:
    """Run Python on the copy and return what it printed."""
    done = attempt(copy, *words, database=database)
    assert done.returncode == 0, done.stderr
    return done.stdout


def attempt(copy: Path, *words: str, database: str = "") -> subprocess.CompletedProcess[str]:
    """Run Python on the copy."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(copy / "src"),
        "TONGRONG_HOME": str(copy / "var"),
        "DJANGO_SETTINGS_MODULE": "tongrong.config.settings.test",
        "DATABASE_URL": database,
    }
    return subprocess.run(
        [sys.executable, *words], cwd=copy, env=environment, capture_output=True, text=True,
        check=False,
    )  # fmt: skip


def add_tests(copy: Path) -> None:
    """The tests too, and how they are run."""
    shutil.copytree(ROOT / "tests", copy / "tests", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", copy)


def add_checklist(copy: Path, kind: str, extra: str, name: str = "added") -> None:
    """A checklist is a folder: its text, its thresholds, its source (and its scenarios)."""
    folder = copy / "norms" / name
    folder.mkdir()
    text = CHECKLIST.replace("KIND", kind).replace("EXTRA", extra).replace("added", name)
    (folder / "checklist.yaml").write_text(text, encoding="utf-8")
    shipped = copy / "norms" / "442-2018"
    source = (shipped / "source.txt").read_text(encoding="utf-8")
    (folder / "source.txt").write_text(source + "党委每月研究工作。", encoding="utf-8")
    shutil.copy(shipped / "thresholds.yaml", folder)


def test_a_checklist_costs_its_folder(copy: Path) -> None:
    """A folder under norms/ is enough to be evaluated; nothing else is touched."""
    add_checklist(copy, "frequency", ", at_least: party_work_studies_per_month")
    found = json.loads(run(copy, "-c", EVALUATE, "added", "0"))
    assert found == {"2026-01": "unmet", "2026-02": "met", "2026-03": "unmet"}


def test_a_checklist_that_sorts_before_all_others_changes_no_test(copy: Path) -> None:
    """The cases of kinds speak of the checklist they name, wherever it stands among the others."""
    add_checklist(copy, "frequency", ", at_least: party_work_studies_per_month", "000")
    scenario = "- {clause: 1.1.a, name: 一次也没有, as_of: 2026-01-31, expect: unmet}\n"
    (copy / "norms/000/scenarios").mkdir()
    (copy / "norms/000/scenarios/01.yaml").write_text(scenario, encoding="utf-8")
    add_tests(copy)
    words = ("-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/scenarios/test_kinds.py")
    assert " passed" in run(copy, *words, "-k", "by_hand and (frequency or trend)")
    guards = attempt(copy, *words[:-1], "tests/scenarios/test_guards.py")
    assert re.findall(r"^FAILED \S*::(\S+)", guards.stdout, re.MULTILINE) == [
        "test_every_clause_has_a_met_and_an_unmet_scenario_and_a_pending_one_where_time_runs[000]"
    ]


def test_a_clause_kind_costs_one_file_to_be_used(copy: Path) -> None:
    """The kind's file is found by itself; its reading and scenario are asked for by the shelf."""
    kind = copy / "src/tongrong/engine/kinds/absence.py"
    kind.write_text(KIND.lstrip(), encoding="utf-8")
    add_checklist(copy, "absence", "")
    found = json.loads(run(copy, "-c", EVALUATE, "added", "0"))
    assert found == {"2026-01": "met", "2026-02": "unmet", "2026-03": "met"}
    add_tests(copy)
    words = ("-q", "-p", "no:cacheprovider", "-k", "absence", "tests/house/test_shelf.py")
    said = attempt(copy, "-m", "pytest", *words).stdout
    assert "engine/readings/absence.py is missing" in said
    assert "tests/scenarios/kinds/absence.yaml is missing" in said


def test_a_clause_kind_with_its_reading_and_scenario_is_compared_without_an_edit(
    copy: Path,
) -> None:
    """No checklist uses it yet: it is compared by the rule its scenario brings."""
    add_tests(copy)
    for path, text in (
        ("src/tongrong/engine/kinds/absence.py", KIND),
        ("src/tongrong/engine/readings/absence.py", READING),
        ("tests/scenarios/kinds/absence.yaml", SCENARIO),
    ):
        (copy / path).write_text(text.lstrip(), encoding="utf-8")
    words = (
        "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/house/test_shelf.py",
        "tests/scenarios/test_kinds.py", "tests/science/test_differential.py", "-k",
    )  # fmt: skip
    assert "8 passed" in run(copy, *words, "absence")
    reading = copy / "src/tongrong/engine/readings/absence.py"
    reading.write_text(READING.replace("not rows", "len(rows) < 2"), encoding="utf-8")
    said = attempt(copy, *words, "absence and not hypothesis").stdout
    assert re.findall(r"^FAILED \S*::(\S+)\[", said, re.MULTILINE) == [
        "test_the_reading_gives_what_was_worked_out_by_hand",
        "test_the_engine_says_of_many_groups_what_the_reading_says",
    ]


def test_a_changed_threshold_costs_one_dated_value(copy: Path) -> None:
    """A new value from July leaves the months before judged by the old one."""
    file = copy / "norms/442-2018/thresholds.yaml"
    old = 'values: [{from: 2018-01-01, value: "1", source: 清单1.1}]'
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    new = old.replace("}]", '}, {from: 2026-02-15, value: "2", source: 上级通知}]')
    before = json.loads(run(copy, "-c", MONTHS))
    file.write_text(text.replace(old, new), encoding="utf-8")
    after = json.loads(run(copy, "-c", MONTHS))
    assert before == {"2026-01": "met", "2026-02": "met", "2026-03": "met"}
    assert after == {"2026-01": "met", "2026-02": "unmet", "2026-03": "unmet"}


MONTHS = """
import datetime as dt, json
from tongrong.engine.run import evaluate
from tongrong.facts.snapshot import Snapshot
from tongrong.norms.from_files import load_checklist
from tongrong.vocabulary.verdicts import Severity
day = dt.date
facts = Snapshot.of_rows({
    "enterprises": [dict(number="甲", name="甲", is_group=True, founded_on=day(2000, 1, 1))],
    "party_organizations": [dict(number="甲党委", name="甲党委", kind="党委", enterprise="甲",
                                 leads=True, founded_on=day(2000, 1, 1))],
    "meetings": [dict(number=f"M{m}", unit="甲", kind="党委会", held_on=day(2026, m, 9))
                 for m in (1, 2, 3)],
    "agenda_items": [dict(meeting=f"M{m}", item="1", title="研究党建", topic="党建工作")
                     for m in (1, 2, 3)],
})
found = evaluate(load_checklist("442-2018"), facts, day(2026, 3, 31), clauses=["1.1.b"],
                 details=True)
print(json.dumps({row["period"]: Severity(row["severity"]).verdict
                  for row in found.cells.to_pylist()}))
"""
LEDGER = '''
"""Prizes."""

from tongrong.facts.columns import Code, Day, Reference, Text
from tongrong.facts.ledger import Happens, Ledger


class Prizes(Ledger):
    """One prize won by an enterprise."""

    code = "prizes"
    label = "奖项"
    time = Happens("won_on")

    number = Code("奖项编号")
    unit = Reference("获奖单位编号", to="units")
    won_on = Day("获奖日期")
    title = Text("奖项名称")
'''
USE_LEDGER = """
import datetime as dt, runpy
from pathlib import Path
import django
django.setup()
from django.core.management import call_command
from tongrong.actions.import_facts import import_facts
from tongrong.actions.prepare_database import prepare_database
from tongrong.facts.from_files import read_facts
from tongrong.facts.to_parquet import write_parquet
from tongrong.facts.to_sheets import write_folder, write_template
from tongrong.facts.snapshot import Snapshot
from tongrong.queries.facts import current_snapshot
call_command("makemigrations", "records", verbosity=0)
prepare_database()
write_template(Path("template.xlsx"), with_samples=True)
reading = read_facts(Path("template.xlsx"))
import_facts(reading=reading, file_name="t", file_hash="0", actor="测试",
             recorded_at=dt.datetime(2026, 1, 1, tzinfo=dt.timezone.utc))
write_parquet(current_snapshot(), Path("parquet"))
write_folder(current_snapshot(), Path("csv"))
for stored in (current_snapshot(), read_facts(Path("parquet")).snapshot,
               read_facts(Path("csv")).snapshot):
    print(stored["prizes"].to_pylist()[0]["title"])
page = runpy.run_path("docs/hooks.py")["derived_pages"]()["ledgers/prizes.md"]
print(all(word in page for word in ("奖项", "获奖日期", "won_on", "样例奖")))
"""


def test_a_ledger_costs_its_declaration_a_migration_and_a_sample(
    copy: Path, unused_database: str
) -> None:
    """Template, import, table, Parquet, CSV and documentation page come by themselves."""
    before = set(copy.glob("src/tongrong/records/migrations/*.py"))
    ledger = copy / "src/tongrong/facts/ledgers/prizes.py"
    ledger.write_text(LEDGER.lstrip(), encoding="utf-8")
    sample = copy / "src/tongrong/facts/samples/prizes.yaml"
    sample.write_text(
        "- {奖项编号: J1, 获奖单位编号: QY01, 获奖日期: 2026-03-01, 奖项名称: 样例奖}\n",
        encoding="utf-8",
    )
    shutil.copytree(ROOT / "docs", copy / "docs", ignore=shutil.ignore_patterns("__pycache__"))
    assert run(copy, "-c", USE_LEDGER, database=unused_database).split() == ["样例奖"] * 3 + [
        "True"
    ]
    added = set(copy.glob("src/tongrong/records/migrations/*.py")) - before
    assert len(added) == 1

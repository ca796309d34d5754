"""Laws that hold whatever the facts: nothing depends on order, on strangers, or on the format."""

import datetime as dt
import random
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoDbBlocker
from tests.calendar_edges import Moment
from tests.compiled import PROGRAMS
from tests.platform.conftest import django_at
from tests.read_by_clauses import Read
from tests.science.agreement import (
    Key,
    Said,
    batches,
    rules_of,
    the_checklist,
    what_was_said,
)
from tests.strategies import Rows, a_group, groups, moments

from tongrong.actions.import_facts import import_facts
from tongrong.engine.compile import compile_program
from tongrong.engine.from_norms import bind
from tongrong.engine.run import evaluate
from tongrong.facts.from_files import read_facts
from tongrong.facts.reading import Reading
from tongrong.facts.registry import LEDGERS
from tongrong.facts.snapshot import Snapshot
from tongrong.facts.to_parquet import write_parquet
from tongrong.facts.to_sheets import write_folder, write_workbook
from tongrong.queries.facts import current_snapshot

SLUG = "442-2018"
# One clause or two of every kind; together they read most ledgers.
CLAUSES = ("1.1.b", "9.2.a", "9.3.a", "11.1.d", "11.3.a", "11.2.a", "6.2.a", "2.1.b", "2.2.b",
           "2.5.a", "3.2.b", "5.2.c", "6.1.b")  # fmt: skip
UNITS = ("units", "enterprises", "party_organizations")

few = settings(
    max_examples=6, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def read(clauses: Iterable[str] = CLAUSES) -> Read:
    return Read.by([rules_of(SLUG)[clause] for clause in clauses])


def verdicts(
    facts: Rows | Snapshot, moment: Moment, only: Iterable[str] = CLAUSES
) -> dict[Key, Said]:
    snapshot = facts if isinstance(facts, Snapshot) else Snapshot.of_rows(facts)
    said = evaluate(
        the_checklist(SLUG),
        snapshot,
        moment.today,
        year=moment.year,
        clauses=only,
        details=True,
        programs=PROGRAMS,
    )
    return {key: _settled(one) for key, one in what_was_said(said).items()}


def _settled(said: Said) -> Said:
    """The same, its cells in an order of their own."""
    cells = tuple(tuple(sorted(part, key=str)) for part in said.cells)
    return Said(**{**vars(said), "cells": cells})


def joined(*several: Rows) -> Rows:
    return {code: [r for rows in several for r in rows.get(code, ())] for code in LEDGERS}


@few
@given(data=st.data())
def test_the_order_of_rows_says_nothing(data: st.DataObject) -> None:
    moment = data.draw(moments(read()))
    group = data.draw(groups(read(), moment))
    order = data.draw(st.randoms(use_true_random=False))
    mixed = {code: order.sample(rows, len(rows)) for code, rows in group.items()}
    assert verdicts(mixed, moment) == verdicts(group, moment)


@few
@given(data=st.data())
def test_strangers_change_nothing(data: st.DataObject) -> None:
    moment = data.draw(moments(read()))
    group = data.draw(groups(read(), moment))
    roll = random.Random(data.draw(st.integers(0, 99)))  # noqa: S311 who they are is no matter
    strangers = a_group(roll, read(), moment, "外·")
    alone, together = verdicts(group, moment), verdicts(joined(group, strangers), moment)
    assert {key: together[key] for key in alone} == alone


def test_running_again_says_the_same() -> None:
    for moment, found in batches("again", read(), 16):
        assert verdicts(joined(*found), moment) == verdicts(joined(*found), moment)


def test_compiling_again_gives_the_same_text() -> None:
    bound = bind(the_checklist(SLUG), dt.date(2026, 4, 15), {"1.2.c", "2.2.b"})
    assert compile_program(bound, details=True) == compile_program(bound, details=True)


def meeting_clauses() -> list[str]:
    """The clauses that ask only how often a meeting was held."""
    found = []
    for clause, rule in rules_of(SLUG).items():
        of = rule["of"]["ledger"] if rule["kind"] == "frequency" else ""
        found += [clause] if of in ("meetings", "agenda_items") else []
    return found


def with_one_more_meeting(group: Rows, moment: Moment, number: int, roll: random.Random) -> Rows:
    """The group with a further meeting of some body, on some day, on some topic."""
    code = f"{number}·另一次会议"
    unit = roll.choice([row["number"] for c in UNITS[1:] for row in group.get(c, ())])
    days = [row["held_on"] for row in group.get("meetings", ())] + [moment.today]
    kinds = ("党委会", "中心组学习", "支部党员大会", "支部委员会", "党课", "主题党日", "组织生活会")
    meeting = {
        "number": code,
        "unit": unit,
        "kind": roll.choice(kinds),
        "held_on": roll.choice(days),
    }
    topics = ("党建工作", "党风廉洁和反腐败", "经营管理层工作汇报")
    item = {"meeting": code, "item": "1", "topic": roll.choice(topics), "special": True}
    effective = {"status": "有效", "title": "—"}
    more = {"meetings": [{**effective, **meeting}], "agenda_items": [{**effective, **item}]}
    return joined(group, more)


def test_one_more_meeting_never_worsens_how_often_they_were_held() -> None:
    clauses, better = meeting_clauses(), 0
    assert len(clauses) >= 8
    for moment, found in batches("more", read(clauses), 160):
        roll = random.Random(str(moment))  # noqa: S311 the same meetings every time
        more = [with_one_more_meeting(g, moment, n, roll) for n, g in enumerate(found)]
        before, after = (verdicts(joined(*gs), moment, clauses) for gs in (found, more))
        assert before.keys() == after.keys()
        for key, one in before.items():
            assert after[key].verdict.severity <= one.verdict.severity, (moment, key)
            better += after[key].verdict.severity < one.verdict.severity
    assert better


def sound(group: Rows) -> Rows:
    """The group without references to nothing, as a file or database must be."""
    codes = {code: {row["number"] for row in rows} for code, rows in group.items() if _named(code)}
    codes["units"] = codes.get("enterprises", set()) | codes["party_organizations"]
    kept: Rows = {}
    for code in sorted(group, key=list(LEDGERS).index):
        kept[code] = [row for row in group[code] if _refers(code, row, codes)]
    return kept if kept == group else sound(kept)


def _named(code: str) -> bool:
    return "number" in LEDGERS[code].columns


def _refers(code: str, row: dict[str, Any], codes: dict[str, set[str]]) -> bool:
    """Whether all the row refers to is there."""
    return all(
        row[name] is None or row[name] in codes.get(column.to, ())
        for name, column in LEDGERS[code].references().items()
        if name in row
    )


WRITERS: dict[str, tuple[str, Callable[[Snapshot, Path], None]]] = {
    "workbook": ("台账.xlsx", write_workbook),
    "csv": ("台账", write_folder),
    "parquet": ("台账", write_parquet),
}


@pytest.fixture(scope="module")
def spoken() -> tuple[Snapshot, Moment, dict[Key, Said]]:
    """Facts that any format can hold, and the verdicts on them."""
    ((moment, found),) = batches("formats", read(), 12)
    snapshot = Snapshot.of_rows(joined(*map(sound, found)))
    return snapshot, moment, verdicts(snapshot, moment)


@pytest.mark.parametrize("form", sorted(WRITERS))
def test_every_format_of_files_gives_the_same_verdicts(
    form: str, spoken: tuple[Snapshot, Moment, dict[Key, Said]], tmp_path: Path
) -> None:
    snapshot, moment, expected = spoken
    name, write = WRITERS[form]
    write(snapshot, tmp_path / name)
    assert verdicts(read_facts(tmp_path / name).snapshot, moment) == expected


def test_the_database_gives_the_same_verdicts(
    spoken: tuple[Snapshot, Moment, dict[Key, Said]],
    tmp_path: Path,
    django_db_blocker: DjangoDbBlocker,
) -> None:
    snapshot, moment, expected = spoken
    with django_db_blocker.unblock(), django_at(f"sqlite:///{tmp_path}/facts.sqlite3"):
        call_command("migrate", verbosity=0)
        import_facts(
            reading=Reading(snapshot, {}),
            file_name="台账.xlsx",
            file_hash="0" * 64,
            actor="小王",
            recorded_at=dt.datetime(2030, 1, 1, tzinfo=dt.UTC),
        )
        assert verdicts(current_snapshot(), moment) == expected

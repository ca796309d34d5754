"""A small world of domain words for cases worked by hand, and clauses several of them use."""

import datetime as dt
from typing import Any

from tests.builders import (
    Row,
    a_branch,
    a_committee,
    a_group_company,
    a_meeting,
    a_member,
    a_post,
    day,
)

from tongrong.engine.readings.clause import Outcome, read_clause
from tongrong.engine.readings.world import World
from tongrong.facts.snapshot import Snapshot

Rows = dict[str, list[Row]]

THRESHOLDS = {
    "warning_month": "7",
    "warning_quarter": "15",
    "warning_half_year": "30",
    "warning_year": "60",
    "warning_obligation": "30",
    "figures_due": "04-30",
    "by_march": "03-31",
    "one": "1",
    "two": "2",
    "three": "3",
    "seven": "7",
    "nine": "9",
    "six_months": "6",
    "three_years": "3",
    "days_90": "90",
    "thirty_percent": "30%",
    "half_percent": "0.5%",
    "some": "0",
    "pass": "60",
    "by_2020": "2020-12-31",
}
RATES: list[dict[str, Any]] = [
    {"category": "在职", "over": 0, "up_to": 3000, "rate": "0.5%"},
    {"category": "在职", "over": 3000, "up_to": 5000, "rate": "1%"},
    {"category": "在职", "over": 5000, "up_to": None, "rate": "1.5%"},
    {"category": "定额", "over": None, "up_to": None, "fixed": "0.2"},
]


def units(**changes: dict[str, Any]) -> Rows:
    """The group 甲, its Party committee, a branch, and the committee above; changed by code."""
    enterprises = [a_group_company("甲", superior="上级党委")]
    organizations = [
        a_committee("上级党委", of=None),
        a_committee("甲党委", of="甲", superior="上级党委"),
        a_branch("甲一支部", of="甲", superior="甲党委"),
    ]
    for row in enterprises + organizations:
        row.update(changes.get(row["number"], {}))
    return {"enterprises": enterprises, "party_organizations": organizations}


def _threshold(name: str, _: dt.date) -> str:
    return THRESHOLDS[name]


def _rates(_: str, __: dt.date) -> list[dict[str, Any]]:
    return RATES


def judge(
    clause: dict[str, Any], facts: Rows, on: str, *, unit: str = "", year: int | None = None
) -> Outcome:
    """The outcome of a clause for the unit its scope means, at the end of a day."""
    rows = {**units(), **facts}
    rows = {code: [{"status": "有效", **row} for row in found] for code, found in rows.items()}
    snapshot = Snapshot.of_rows(rows)
    tables = {code: table.to_pylist() for code, table in snapshot.tables.items()}
    world = World.of(tables, day(on), year or day(on).year, _threshold, _rates)
    clause = {"id": "1.1.a", "scope": "enterprise", "strength": "must", **clause}
    usual = {"enterprise": "甲", "group": "甲", "organization": "甲党委", "branch": "甲一支部"}
    return read_clause(clause, world)[unit or usual.get(clause["scope"], "上级党委")]


def meeting(number: str, held_on: str, kind: str = "党委会", **more: Any) -> Row:
    return a_meeting(number, of=more.pop("unit", "甲党委"), on=held_on, kind=kind, **more)


def post(person: str, name: str, since: str = "2020-01-01", **more: Any) -> Row:
    return a_post(person, name, of=more.pop("unit", "甲"), since=since, **more)


def member(person: str, since: str = "2020-01-01", **more: Any) -> Row:
    return a_member(person, of="甲一支部", since=since, **more)


def verdict(outcome: Outcome) -> str:
    return outcome.verdict.value


MONTHLY = {
    "kind": "frequency",
    "of": {"ledger": "meetings", "where": {"kind": "党委会"}},
    "per": "month",
    "at_least": "one",
}
QUARTERLY = {**MONTHLY, "per": "quarter"}

BOARD = {
    "kind": "ratio",
    "numerator": {
        "ledger": "posts",
        "where": {"post": "董事"},
        "holding": {
            "ledger": "posts",
            "where": {"post": "党委委员"},
            "on": {"person": "person", "owner": "owner"},
        },
        "count": "person",
    },
    "denominator": {"ledger": "posts", "where": {"post": "董事"}, "count": "person"},
    "at": "today",
    "at_least": "thirty_percent",
}


def explanation(**keys: Any) -> Rows:
    row = {"unit": "甲", "clause": "1.1.a", "approved_on": day("2026-05-01"), **keys}
    return {"justifications": [row]}

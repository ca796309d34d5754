"""Figures and words that cannot be: refused at their cell, or told as doubtful."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from tests.builders import Row, a_committee, a_meeting, a_person, a_post, a_row, an_enterprise
from tests.platform.sheets import a_workbook, sample_cells

from tongrong.facts.check import check_sense
from tongrong.facts.doubts import doubts
from tongrong.facts.from_files import read_facts
from tongrong.facts.snapshot import Snapshot
from tongrong.vocabulary.periods import is_period_label


def an_assessment(score: int, **more: Any) -> Row:
    return a_row(
        "assessments", unit="QY1", clause="6.1.b", assessed_on="2026-01-15", score=score,
        expires_on="2027-01-15", assessed_by="上级党组织", assessor="P1", evidence="记录", **more,
    )  # fmt: skip


def a_rating(eligible: int | None, voters: int) -> Row:
    return a_row(
        "ratings", unit="QY1", year=2026, source="职工群众测评", rated_on="2026-06-10",
        eligible=eligible, voters=voters, score=90,
    )  # fmt: skip


def a_justification(period: str | None) -> Row:
    return a_row(
        "justifications", unit="QY1", clause="1.1.b", period=period, approved_on="2026-03-01",
        reason="过渡期", approved_by="上级党委",
    )  # fmt: skip


def dues(paid: int, **more: Any) -> Row:
    return a_row(
        "dues", unit="ZB1", person="P1", month="2026-03-01", category="在职", paid=paid,
        paid_on="2026-03-05", by_payroll=False, **more,
    )  # fmt: skip


def a_deposit(amount: int) -> Row:
    return a_row("deposits", unit="QY1", person="P1", paid_on="2026-03-05", amount=amount)


def a_figure(amount: int) -> Row:
    return a_row("economic_figures", unit="QY1", year=2025, amount=amount)


def a_nil(ledger: str) -> Row:
    return {"unit": "QY1", "ledger": ledger, "declared_on": dt.date(2026, 1, 5)}


@pytest.mark.parametrize(
    ("ledger", "row", "code"),
    [
        ("assessments", an_assessment(0), None),
        ("assessments", an_assessment(100), None),
        ("assessments", an_assessment(101), "facts.range.most"),
        ("assessments", an_assessment(500, status="草稿"), None),
        ("ratings", a_rating(50, 50), None),
        ("ratings", a_rating(None, 50), None),
        ("ratings", a_rating(10, 50), "facts.range.part"),
        ("justifications", a_justification(None), None),
        ("justifications", a_justification("2026-03"), None),
        ("justifications", a_justification("abc"), "facts.form.period"),
        ("justifications", a_justification("2026年13月"), "facts.form.period"),
        ("dues", dues(0), None),
        ("dues", dues(-1), "facts.range.least"),
        ("dues", dues(-1, status="撤回"), None),
        ("deposits", a_deposit(-500_00), "facts.range.least"),
        ("economic_figures", a_figure(-300_00), None),
        ("nil_declarations", a_nil("违纪案件"), None),
        ("nil_declarations", a_nil("违纪案例"), "facts.form.ledger"),
    ],
)
def test_what_cannot_be_is_refused(ledger: str, row: Row, code: str | None) -> None:
    found = [one.code for one in check_sense(Snapshot.of_rows({ledger: [row]}))]
    assert found == ([code] if code else [])


@pytest.mark.parametrize("text", ["2026", "2026-12", "2026Q4", "2026H2", "2024-2026"])
def test_a_period_is_written_as_files_write_it(text: str) -> None:
    assert is_period_label(text)


@pytest.mark.parametrize(
    "text", ["2026-13", "2026-00", "2026Q5", "2026H3", "2026-2024", "0001", "26", "2026-3", ""]
)
def test_no_other_words_are_a_period(text: str) -> None:
    assert not is_period_label(text)


def test_a_score_beyond_a_hundred_is_found_in_its_cell(tmp_path: Path) -> None:
    cells = {"评定": sample_cells("assessments", 得分="500")}
    reading = read_facts(a_workbook(tmp_path / "台账.xlsx", cells))
    (problem,) = check_sense(reading.snapshot, reading.sources)
    assert problem.where.startswith("台账.xlsx!评定!")
    assert problem.where[-1] == "2"
    assert (problem.found, problem.expected) == ("500", "“得分”在 0 至 100 之间")


def told(**rows: list[Row]) -> list[tuple[str, str]]:
    return [(one.code, one.where) for one in doubts(Snapshot.of_rows(rows))]


def test_of_two_organizations_that_lead_one_enterprise_the_second_is_doubted() -> None:
    second = a_committee("DW2", of="QY1", founded_on="2020-01-01")
    found = told(
        enterprises=[an_enterprise("QY1"), an_enterprise("QY2")],
        party_organizations=[
            a_committee("DW1", of="QY1"), second, a_committee("DW3", of="QY2"),
            a_committee("DW4", of="QY2", status="撤回"),
        ],
    )  # fmt: skip
    assert found == [("facts.doubt.leading", "party_organizations/DW2!是否企业本级党组织")]


@pytest.mark.parametrize(
    ("until", "again", "post", "doubtful"),
    [
        (None, "2025-01-01", "董事", True),
        ("2025-01-02", "2025-01-01", "董事", True),
        ("2025-01-01", "2025-01-01", "董事", False),
        (None, "2025-01-01", "总经理", False),
    ],
)
def test_one_person_twice_in_one_post_at_a_time_is_doubted(
    until: str | None, again: str, post: str, *, doubtful: bool
) -> None:
    first = a_post("P1", "董事", of="QY1", since="2020-01-01", until=until)
    second = a_post("P1", post, of="QY1", since=again)
    found = told(persons=[a_person("P1")], posts=[second, first])
    assert [code for code, _ in found] == (["facts.doubt.post"] if doubtful else [])


TODAY = dt.date(2026, 9, 25)


def doubted(**rows: list[Row]) -> list[tuple[str, str]]:
    """What is doubted on 25 September 2026, with the codes of ZB1 and DW1 known elsewhere."""

    def known(ledger: str, codes: Any) -> set[str]:
        return {"ZB1", "DW1"} & {*codes} if ledger == "party_organizations" else set()

    found = doubts(Snapshot.of_rows(rows), day=TODAY, known=known)
    return [(one.code, one.where) for one in found]


@pytest.mark.parametrize(
    ("on", "doubtful"), [("2026-09-25", False), ("2026-09-26", True), ("2027-05-12", True)]
)
def test_a_meeting_after_today_is_doubted(on: str, *, doubtful: bool) -> None:
    found = doubted(meetings=[a_meeting("HY1", of="QY1", on=on)])
    assert found == ([("facts.doubt.ahead", "meetings/HY1!召开日期")] if doubtful else [])


def test_a_birth_after_today_is_doubted_and_its_day_not_told() -> None:
    row = a_person("P1", born_on="2030-01-01")
    (problem,) = doubts(Snapshot.of_rows({"persons": [row]}), day=TODAY)
    assert (problem.code, problem.found) == ("facts.doubt.ahead", "")
    assert problem.expected == "“出生日期”不晚于 2026-09-25"


def test_a_term_or_a_plan_may_lie_ahead() -> None:
    step = {"set_on": "2026-01-05", "due_on": "2027-06-30", "project": "XM1", "name": "验收"}
    assert doubted(milestones=[a_row("milestones", **step)]) == []
    post = a_post("P1", "董事", of="QY1", since="2026-10-01", until="2029-10-01")
    assert doubted(posts=[post]) == []


@pytest.mark.parametrize(
    ("unit", "kind", "doubtful"),
    [
        ("QY1", "董事会", False),
        ("ZB1", "董事会", True),
        ("DW1", "职代会", True),
        ("DW1", "党委会", False),
        ("ZB1", "党课", False),
    ],
)
def test_a_board_meeting_of_a_party_organization_is_doubted(
    unit: str, kind: str, *, doubtful: bool
) -> None:
    found = doubted(meetings=[a_meeting("HY1", of=unit, on="2026-03-05", kind=kind)])
    assert found == ([("facts.doubt.body", "meetings/HY1!召开单位编号")] if doubtful else [])


@pytest.mark.parametrize(("group", "doubtful"), [("一组", False), (None, True)])
def test_a_party_group_meeting_of_no_group_is_doubted(group: str | None, *, doubtful: bool) -> None:
    row = a_meeting("HY1", of="ZB1", on="2026-03-05", kind="党小组会", party_group=group)
    found = doubted(meetings=[row])
    assert found == ([("facts.doubt.group", "meetings/HY1!党小组编号")] if doubtful else [])

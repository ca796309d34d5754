"""五不公开: what is left of the facts for somebody who is not cleared for units abroad."""

import datetime as dt

import pytest
from tests.builders import (
    Row,
    a_branch,
    a_committee,
    a_feature,
    a_group_company,
    a_meeting,
    a_member,
    a_row,
    an_enterprise,
)

from tongrong.engine.run import evaluate
from tongrong.facts.clearance import without_overseas
from tongrong.facts.snapshot import Snapshot
from tongrong.norms.from_files import load_checklist
from tongrong.vocabulary.verdicts import Severity, Verdict

SINCE = dt.date(2020, 1, 1)


def a_workplace(number: str, kind: str, organization: str | None, of: str = "集团") -> Row:
    return a_row("workplaces", number=number, unit=of, kind=kind, name=f"{number}名",
                 organization=organization, from_on=SINCE)  # fmt: skip


def a_group() -> dict[str, list[Row]]:
    """A group with an office abroad, an enterprise abroad, and one here that has neither."""
    return {
        "enterprises": [
            a_group_company("集团"),
            an_enterprise("境外公司", parent="集团"),
            an_enterprise("境外孙公司", parent="境外公司"),
            an_enterprise("境内公司", parent="集团"),
        ],
        "enterprise_features": [a_feature("境外企业", "是", of="境外公司")],
        "party_organizations": [
            a_committee("党委", of="集团"),
            a_branch("境外支部", of="集团", superior="党委"),
            a_branch("公司支部", of="境外公司", superior="党委"),
            a_branch("联合支部", of="集团", superior="党委"),
        ],
        "workplaces": [
            a_workplace("境外办", "境外分支机构", "境外支部"),
            a_workplace("境外二办", "境外分支机构", "联合支部"),
            a_workplace("境外三办", "境外分支机构", "党委"),
            a_workplace("车间", "车间班组", "联合支部"),
        ],
        "persons": [a_row("persons", number=name, name=f"{name}名") for name in ("张", "王", "李")],
        "memberships": [
            a_member("张", of="境外支部", workplace="境外办"),
            a_member("王", of="联合支部", workplace="境外二办"),
            a_member("李", of="联合支部", workplace="车间"),
        ],
        "meetings": [
            a_meeting("会一", of="境外支部", on="2026-03-01", kind="主题党日"),
            a_meeting("会二", of="联合支部", on="2026-03-01", kind="主题党日"),
        ],
        "attendance": [
            a_row("attendance", meeting="会一", person="张", role="出席", present=True),
            a_row("attendance", meeting="会二", person="李", role="出席", present=True),
        ],
    }


@pytest.fixture(scope="module")
def shown() -> Snapshot:
    return without_overseas(Snapshot.of_rows(a_group()))


def column(snapshot: Snapshot, ledger: str, name: str) -> list[str]:
    return sorted(snapshot[ledger][name].to_pylist())


def test_units_abroad_and_those_below_them_are_gone(shown: Snapshot) -> None:
    assert column(shown, "enterprises", "number") == ["境内公司", "集团"]
    assert column(shown, "workplaces", "number") == ["车间"]
    assert column(shown, "enterprise_features", "unit") == []


def test_an_organization_goes_if_only_units_abroad_name_it(shown: Snapshot) -> None:
    """联合支部 covers a workplace here and 党委 leads the group: both stay."""
    assert column(shown, "party_organizations", "number") == ["党委", "联合支部"]


def test_rows_that_refer_to_what_is_gone_go_with_it_however_far(shown: Snapshot) -> None:
    assert column(shown, "memberships", "person") == ["李"]
    assert column(shown, "meetings", "number") == ["会二"]
    assert column(shown, "attendance", "person") == ["李"]


def test_persons_known_from_hidden_rows_only_go_too(shown: Snapshot) -> None:
    assert column(shown, "persons", "number") == ["李"]


def test_no_code_and_no_name_is_left_anywhere(shown: Snapshot) -> None:
    words = (
        "境外办",
        "境外二办",
        "境外三办",
        "境外公司",
        "境外孙公司",
        "境外支部",
        "公司支部",
        "张",
        "王",
    )
    everything = "".join(str(table.to_pylist()) for table in shown.tables.values())
    assert [word for word in words if word in everything] == []


def test_facts_without_units_abroad_stay_as_they_are() -> None:
    rows = a_group()
    rows["workplaces"] = rows["workplaces"][3:]
    rows["enterprise_features"] = []
    rows["memberships"] = rows["memberships"][2:]
    snapshot = Snapshot.of_rows(rows)
    assert without_overseas(snapshot) is snapshot


def test_once_hidden_there_is_nothing_more_to_hide(shown: Snapshot) -> None:
    assert without_overseas(shown) is shown


def test_the_clause_on_units_abroad_reads_as_where_there_are_none() -> None:
    checklist, day = load_checklist("442-2018"), dt.date(2026, 6, 30)
    snapshot = Snapshot.of_rows(a_group())
    found = []
    for one in (snapshot, without_overseas(snapshot)):
        run = evaluate(checklist, one, day, clauses=["10.2.a"])
        rows = {row["unit"]: Severity(row["severity"]).verdict for row in run.verdicts.to_pylist()}
        found.append((rows["集团"], rows["境内公司"]))
    assert found == [
        (Verdict.MET, Verdict.NOT_APPLICABLE),
        (Verdict.NOT_APPLICABLE, Verdict.NOT_APPLICABLE),
    ]
